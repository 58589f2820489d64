//! Makes what was signed safe to show and log: session tokens, API keys and cookies are replaced by their
//! length.

use super::headers::secrets;
use crate::buffer::Buffer;
use crate::text::{before_any, count_characters, same_name, slice, split_any, tail};
use alloc::string::String;

/// Returns a text, such as a canonical request, without secret values. A secret value follows the name of a
/// secret and `:` or `=`, up to the end of the line or, for `=`, up to the next parameter. The name may be
/// anywhere and in upper or lower case, because the text may come from a server or a log. Redacting twice
/// changes nothing, so texts that were redacted separately can be compared.
#[must_use]
pub fn redact(text: &str) -> String {
    let mut out = Buffer::default();
    write_redacted(&mut out, text);
    out.as_str().into()
}

/// Appends what [`redact`] returns.
pub fn write_redacted(out: &mut Buffer, text: &str) {
    let (mut written, mut at) = (0, 0);
    for part in split_any(text, ":=\n") {
        at += part.len() + 1;
        // Still inside the previous secret's value.
        if at > written && is_secret(part) {
            let ends = match slice(text, at - 1, at) {
                ":" => "\n",
                "=" => "&\n",
                _ => continue,
            };
            let value = before_any(tail(text, at), ends);
            out.push(slice(text, written, at));
            write_value(out, value);
            written = at + value.len();
        }
    }
    out.push(tail(text, written));
}

/// Whether a text ends with the name of a secret.
fn is_secret(text: &str) -> bool {
    secrets().any(|name| same_name(name, tail(text, text.len().saturating_sub(name.len()))))
}

fn write_value(out: &mut Buffer, value: &str) {
    if value.starts_with("[redacted") && before_any(value, "]").len() + 1 == value.len() {
        out.push(value);
    } else {
        out.push("[redacted: ").decimal(count_characters(value)).push(" characters]");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;
    use std::prelude::rust_2024::*;

    #[test]
    fn hides_tokens_in_headers_and_query() {
        let canonical = "GET\n/\na=1&X-Amz-Security-Token=canary%2F&b=2\nhost:a.b\nx-amz-security-token:canary\nx-api-key:canary\ncookie:a=canary; b:canary\n\nhost\nhash";
        let shown = redact(canonical);
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("a=1&X-Amz-Security-Token=[redacted: 9 characters]&b=2\nhost:a.b\n"));
        assert!(shown.contains("\nx-api-key:[redacted: 6 characters]\ncookie:[redacted: 18 characters]\n\n"));
        assert_eq!(redact(&shown), shown);
    }

    #[test]
    fn hides_them_however_lines_are_separated_and_names_are_written() {
        for separator in [" ", "\r", "\r\n", "\n\n", "<br>", "\n    ", "\\n", "\\\\n", "\t", "; "] {
            for name in secrets() {
                for name in [name.to_owned(), name.to_ascii_uppercase()] {
                    let text = [
                        "GET",
                        "/",
                        &format!("a=1&{name}=canary%2F&b=2"),
                        &format!("{name}:canary"),
                        "",
                        "hash",
                    ];
                    let shown = redact(&text.join(separator));
                    assert!(!shown.contains("canary"), "{separator:?}: {shown}");
                    assert_eq!(redact(&shown), shown);
                }
            }
        }
    }

    #[test]
    fn any_text_is_redacted_once() {
        let parts = ["a", ":", "=", "\n", " ", "&", "é", "x-api-key", "COOKIE", "[redacted", "]"];
        // Every text of four of these.
        for number in 0..parts.len().pow(4) {
            let digits = [1, 11, 121, 1331].map(|place| parts[number / place % 11]);
            let shown = redact(&digits.concat());
            assert_eq!(redact(&shown), shown, "{digits:?}");
        }
    }
}
