//! What was signed, in a form that may be shown and logged: session tokens, API keys and cookies
//! are replaced by their length.

use crate::text::{count_characters, push, push_decimal, split, split_once, with_room};
use alloc::string::String;

/// Headers whose values are credentials.
const SECRET_HEADERS: [&str; 5] =
    ["x-amz-security-token", "x-api-key", "authorization", "proxy-authorization", "cookie"];
/// The query parameter of a presigned URL that carries the session token.
const SECRET_PARAMETER: &str = "X-Amz-Security-Token=";

/// Whether a header's value must never be shown; `name` is in lower case.
#[must_use]
pub fn is_secret_header(name: &str) -> bool {
    SECRET_HEADERS.contains(&name)
}

/// A canonical request without secret values. Redacting twice changes nothing, so texts that were
/// redacted apart can be compared.
#[must_use]
pub fn redact(canonical_request: &str) -> String {
    let mut out = with_room(canonical_request.len());
    for (number, line) in split(canonical_request, "\n").enumerate() {
        if number > 0 {
            push(&mut out, "\n");
        }
        match split_once(line, ":") {
            Some((name, value)) if number > 2 && is_secret_header(name) => {
                push(&mut out, name);
                push(&mut out, ":");
                push_redacted(&mut out, value);
            }
            _ if number == 2 => push_redacted_query(&mut out, line),
            _ => push(&mut out, line),
        }
    }
    out
}

fn push_redacted_query(out: &mut String, query: &str) {
    for (number, parameter) in split(query, "&").enumerate() {
        if number > 0 {
            push(out, "&");
        }
        match parameter.strip_prefix(SECRET_PARAMETER) {
            Some(value) => {
                push(out, SECRET_PARAMETER);
                push_redacted(out, value);
            }
            None => push(out, parameter),
        }
    }
}

fn push_redacted(out: &mut String, value: &str) {
    if value.starts_with("[redacted") {
        push(out, value);
        return;
    }
    push(out, "[redacted: ");
    push_decimal(out, count_characters(value));
    push(out, " characters]");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn hides_tokens_in_headers_and_query() {
        let canonical = "GET\n/\na=1&X-Amz-Security-Token=canary%2F&b=2\nhost:a.b\nx-amz-security-token:canary\nx-api-key:canary\n\nhost\nhash";
        let shown = redact(canonical);
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("a=1&X-Amz-Security-Token=[redacted: 9 characters]&b=2\nhost:a.b\n"));
        assert_eq!(redact(&shown), shown);
    }
}
