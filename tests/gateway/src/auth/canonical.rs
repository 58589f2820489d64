//! The canonical request and the string to sign, written from AWS's description of Signature Version 4
//! ("Create a signed AWS API request") and from nothing else: API Gateway prints both texts when a
//! signature does not match, and the tests hold them against the crate `aws-sigv4`.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The one algorithm API Gateway takes.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// The payload hash of a request that does not sign its body.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Lower-case hex SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Percent-encodes every byte but the unreserved ones (RFC 3986 section 2.3) and those in `keep`.
fn uri_encode(bytes: &[u8], keep: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The canonical URI of every service but S3: empty and `.` segments go, `..` takes the segment before it,
/// and each segment, encoded as it stood in the request line, is encoded once more.
pub fn canonical_path(wire_path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut last = "";
    for segment in wire_path.split('/') {
        last = segment;
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let mut path = String::from("/");
    path.push_str(&kept.join("/"));
    if matches!(last, "" | "." | "..") && !path.ends_with('/') {
        path.push('/');
    }
    uri_encode(path.as_bytes(), b"/")
}

/// The canonical query string: every parameter decoded (`+` is a space), encoded again, `name=value` even
/// without a value, sorted by encoded name and then by encoded value. Leaves out the parameters in
/// `without`: a presigned URL does not sign its `X-Amz-Signature`.
pub fn canonical_query(wire_query: &str, without: &[&str]) -> String {
    let mut pairs: Vec<(String, String)> = query_pairs(wire_query)
        .into_iter()
        .filter(|(name, _)| !without.iter().any(|left| left.as_bytes() == name))
        .map(|(name, value)| (uri_encode(&name, b""), uri_encode(&value, b"")))
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// The decoded parameters of a query string, in their order, as bytes (a client may send any).
pub fn query_pairs(wire_query: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let decode = |text: &str| -> Vec<u8> {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced).collect()
    };
    wire_query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// `name:value` lines of the signed headers: values trimmed, runs of spaces folded, repeated headers
/// joined by a comma in the order they came. A header that is signed but absent has an empty value.
pub fn canonical_headers(headers: &[(String, String)], signed: &[String]) -> String {
    let mut lines = String::new();
    for name in signed {
        let values: Vec<String> = headers
            .iter()
            .filter(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| fold_spaces(value))
            .collect();
        let _ = writeln!(lines, "{name}:{}", values.join(","));
    }
    lines
}

fn fold_spaces(value: &str) -> String {
    let words: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Puts the six parts of the canonical request together.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &str,
    signed_headers: &str,
    payload_hash: &str,
) -> String {
    format!("{method}\n{path}\n{query}\n{headers}\n{signed_headers}\n{payload_hash}")
}

/// The string to sign for a canonical request; `scope` is `date/region/service/aws4_request`.
pub fn string_to_sign(amz_date: &str, scope: &str, canonical_request: &str) -> String {
    let hash = sha256_hex(canonical_request.as_bytes());
    format!("{ALGORITHM}\n{amz_date}\n{scope}\n{hash}")
}

/// The signature over a string to sign, with the key derived from `secret` for `scope`.
pub fn signature(secret: &str, scope: &str, string_to_sign: &str) -> String {
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in scope.split('/') {
        key = hmac_sha256(&key, part.as_bytes());
    }
    hex::encode(hmac_sha256(&key, string_to_sign.as_bytes()))
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length, so there is no error to pass on.
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mut mac| {
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (wire, canonical) in [
            ("", "/"),
            ("/", "/"),
            ("/stage//x", "/stage/x"),
            ("/a/./b/../c", "/a/c"),
            ("/a/b/..", "/a/"),
            ("/a/.", "/a/"),
            ("/../..", "/"),
            ("/a/%2E%2E/b", "/a/%252E%252E/b"),
            ("/path/%C3%A4", "/path/%25C3%25A4"),
            ("/prod/@connections/ID%3D", "/prod/%40connections/ID%253D"),
            ("/prod/%40connections/ID%3D", "/prod/%2540connections/ID%253D"),
            ("/a*b'(c)!~:,;=+&$", "/a%2Ab%27%28c%29%21~%3A%2C%3B%3D%2B%26%24"),
        ] {
            assert_eq!(canonical_path(wire), canonical, "{wire}");
        }
    }

    #[test]
    fn queries() {
        for (wire, canonical) in [
            ("", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a", "a="),
            ("a=b=c", "a=b%3Dc"),
            ("a=2&a=1&a=10", "a=1&a=10&a=2"),
            ("a%2A=1&a=2&a0=3", "a=2&a%2A=1&a0=3"),
            ("x=a+b&y=a%2Bb&z=%20", "x=a%20b&y=a%2Bb&z=%20"),
            ("k=%ff%C3%A4", "k=%FF%C3%A4"),
            ("&&a=1&", "a=1"),
            ("X-Amz-Signature=00&X-Amz-Date=1", "X-Amz-Date=1"),
        ] {
            assert_eq!(canonical_query(wire, &["X-Amz-Signature"]), canonical, "{wire}");
        }
    }
}
