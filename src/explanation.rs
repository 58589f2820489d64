//! What was signed, in a form that may be shown and logged: session tokens, API keys and cookies
//! are replaced by their length.

use crate::sigv4::Signed;
use crate::text::{push_decimal, split, split_once};
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

/// The steps of a signature without a secret in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// With secret values replaced, so its hash is not the one in `string_to_sign`.
    pub canonical_request: String,
    /// What was signed.
    pub string_to_sign: String,
    /// `20130524/us-east-1/execute-api/aws4_request`
    pub credential_scope: String,
    /// `host;x-amz-date`
    pub signed_headers: String,
    /// Lower-case hexadecimal digits, or `UNSIGNED-PAYLOAD`.
    pub payload_hash: String,
    /// 64 lower-case hexadecimal digits.
    pub signature: String,
    /// `20130524T000000Z`
    pub amz_date: String,
}

impl From<&Signed> for Explanation {
    fn from(signed: &Signed) -> Self {
        Self {
            canonical_request: redact(&signed.canonical_request),
            string_to_sign: signed.string_to_sign.clone(),
            credential_scope: signed.credential_scope().into(),
            signed_headers: signed.signed_headers().into(),
            payload_hash: signed.payload_hash().into(),
            signature: signed.signature.clone(),
            amz_date: signed.amz_date().into(),
        }
    }
}

/// A canonical request without secret values. Redacting twice changes nothing, so texts that were
/// redacted apart can be compared.
#[must_use]
pub fn redact(canonical_request: &str) -> String {
    let mut out = String::with_capacity(canonical_request.len());
    for (number, line) in split(canonical_request, b'\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        match split_once(line, ":") {
            Some((name, value)) if number > 2 && is_secret_header(name) => {
                out.push_str(name);
                out.push(':');
                push_redacted(&mut out, value);
            }
            _ if number == 2 => push_redacted_query(&mut out, line),
            _ => out.push_str(line),
        }
    }
    out
}

fn push_redacted_query(out: &mut String, query: &str) {
    for (number, parameter) in split(query, b'&').enumerate() {
        if number > 0 {
            out.push('&');
        }
        match parameter.strip_prefix(SECRET_PARAMETER) {
            Some(value) => {
                out.push_str(SECRET_PARAMETER);
                push_redacted(out, value);
            }
            None => out.push_str(parameter),
        }
    }
}

fn push_redacted(out: &mut String, value: &str) {
    if value.starts_with("[redacted") {
        out.push_str(value);
        return;
    }
    // Every character has one byte that continues none.
    let length = value.bytes().filter(|byte| byte & 0xc0 != 0x80).fold(0, |count, _| count + 1);
    out.push_str("[redacted: ");
    push_decimal(out, length);
    out.push_str(" characters]");
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
