//! The parts of a request that matter before it is signed: an earlier signature in its query, a payload hash
//! that its sender set, and a `+` that would be read as a space.

use crate::buffer::Buffer;
use crate::encode::{Escapes, UNRESERVED, encode};
use crate::text::{before_any, same_name, split_any, tail};
use crate::{PAYLOAD_HEADER, Request};

/// The role of a parameter in a signature.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    /// A parameter of a presigned URL, or the one that Signature Version 4A adds:
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
    Signature,
    Token,
    PayloadHash,
}

/// The parameters that presigning writes, without `x-amz-`, and except the token and the payload hash.
const SIGNATURE: [&str; 7] =
    ["algorithm", "credential", "date", "expires", "region-set", "signature", "signedheaders"];

/// Recognizes a parameter `name=value` by its name, in upper or lower case, percent-encoded or not.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn kind(parameter: &str) -> Kind {
    // Few names in a query begin like these.
    if !matches!(parameter.as_bytes().first(), Some(b'x' | b'X' | b'%')) {
        return Kind::Other;
    }
    let (mut decoded, mut name) = (Buffer::default(), Buffer::default());
    encode(&mut decoded, before_any(parameter, "="), &UNRESERVED, Escapes::DecodeForm);
    name.lower_case(&decoded);
    match name.strip_prefix("x-amz-").unwrap_or_default() {
        rest if SIGNATURE.contains(&rest) => Kind::Signature,
        "security-token" => Kind::Token,
        "content-sha256" => Kind::PayloadHash,
        _ => Kind::Other,
    }
}

/// Appends the payload hash in the request's own header, or else in its query; returns false if neither has
/// one. The service compares the body with it, so no other hash can be signed.
pub fn payload_hash(out: &mut Buffer, request: &Request<'_>) -> bool {
    for (name, value) in request.headers {
        if same_name(name, PAYLOAD_HEADER) {
            out.push(value.trim_ascii());
            return true;
        }
    }
    let Some(named) = split_any(request.query, "&").find(|part| kind(part) == Kind::PayloadHash) else {
        return false;
    };
    // The service decodes the parameter before it reads it.
    encode(out, tail(named, before_any(named, "=").len() + 1), &UNRESERVED, Escapes::DecodeForm);
    true
}

/// Whether a query has parameters that [`without_signature`] may remove.
#[must_use]
pub fn is_signed(query: &str) -> bool {
    split_any(query, "&").any(|part| matches!(kind(part), Kind::Signature | Kind::Token))
}

/// Appends the query without an earlier signature, in any spelling: services refuse two signatures in one
/// query. The token of an earlier signature is removed too, and any token if the signer has its own
/// (`has_token`).
pub fn without_signature(out: &mut Buffer, query: &str, has_token: bool) {
    let drops_token = has_token || split_any(query, "&").any(|part| kind(part) == Kind::Signature);
    let mut separator = "";
    for part in split_any(query, "&") {
        let kind = kind(part);
        if kind != Kind::Signature && !(drops_token && kind == Kind::Token) {
            out.push_all(&[separator, part]);
            separator = "&";
        }
    }
}

/// Appends a path with `%2B` in place of each `+`, so that S3 and servers that read a `+` as itself use the
/// same key. The path must then be sent in this form.
pub fn written_plus(out: &mut Buffer, path: &str) {
    for (number, part) in split_any(path, "+").enumerate() {
        out.push_all(&[if number > 0 { "%2B" } else { "" }, part]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Payload;
    use std::prelude::rust_2024::*;

    #[test]
    fn an_earlier_signature_is_removed_in_any_spelling() {
        const SIGNED: &str = "a=1&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F1&X-Amz-Date=20130524T000000Z\
            &X-Amz-Expires=10&X-Amz-SignedHeaders=host&X-Amz-Security-Token=t&X-Amz-Signature=00&b";
        for (query, has_token, left) in [
            ("", true, ""),
            ("a=1&b", true, "a=1&b"),
            (SIGNED, false, "a=1&b"),
            ("x-amz-expires=10&a", false, "a"),
            ("X%2DAmz%2dSignature=0&X%2damz-%44ate=1", false, ""),
            ("X-Amz-Security-Token=t&a", false, "X-Amz-Security-Token=t&a"),
            ("X-Amz-Security-Token=t&a", true, "a"),
            (
                "X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-S3session-Token=t&X-Amz-Signature",
                true,
                "X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-S3session-Token=t",
            ),
            ("x-amz-meta-a=1&xx-amz-date=1&x=X-Amz-Date", true, "x-amz-meta-a=1&xx-amz-date=1&x=X-Amz-Date"),
        ] {
            let mut out = Buffer::default();
            without_signature(&mut out, query, has_token);
            assert_eq!(&*out, left, "{query}");
        }
    }

    #[test]
    fn a_plus_is_written_so_that_nobody_reads_a_space() {
        for (path, written) in [("/a+b%2B+", "/a%2Bb%2B%2B"), ("/a b", "/a b"), ("", "")] {
            let mut out = Buffer::default();
            written_plus(&mut out, path);
            assert_eq!(&*out, written);
        }
    }

    #[test]
    fn the_payload_hash_is_what_the_request_says() {
        let hash_of = |headers: &[(&str, &str)], query: &str| {
            let request = Request {
                method: "PUT",
                host: "a.b",
                path: "/",
                query,
                headers,
                payload: Payload::Bytes(b"x"),
            };
            let mut out = Buffer::default();
            payload_hash(&mut out, &request).then(|| String::from(&*out))
        };
        assert_eq!(hash_of(&[("a", "b")], "x-amz-content=1"), None);
        assert_eq!(
            hash_of(&[("X-Amz-Content-SHA256", " UNSIGNED-PAYLOAD ")], "").unwrap(),
            "UNSIGNED-PAYLOAD"
        );
        for query in
            ["a&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD", "X%2Damz-content-SHA256=UNSIGNED%2DP%41YLOAD&b"]
        {
            assert_eq!(hash_of(&[], query).unwrap(), "UNSIGNED-PAYLOAD", "{query}");
        }
        assert_eq!(hash_of(&[], "X-Amz-Content-Sha256").unwrap(), "");
    }
}
