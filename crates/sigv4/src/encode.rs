//! Percent-encoding and path normalization: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986) as Signature
//! Version 4 uses it. Everything works on bytes, so that no input is refused here.

use crate::ascii::{ALPHANUMERIC, AsciiSet};
use crate::buffer::{Buffer, hex_digit};
use crate::text::{contains, rsplit_once, slice, split_any, tail};

/// The characters that are never encoded: RFC 3986 section 2.3.
pub const UNRESERVED: AsciiSet = ALPHANUMERIC.with("-._~");
/// The characters that are not encoded in a canonical path.
pub const PATH: AsciiSet = UNRESERVED.with("/");

/// How [`encode`] reads `%XX` and `+`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Escapes {
    /// As ordinary characters: `%` becomes `%25`.
    Encode,
    /// `%XX` stays (RFC 6570 section 3.2.1 calls it `pct-encoded`).
    Keep,
    /// `%XX` is decoded, and its byte encoded again unless it is unreserved.
    Decode,
    /// `%XX` is decoded and `+` is a space, as in a form; then characters in `keep` stay.
    DecodeForm,
}

/// Appends `text` with everything outside `keep` percent-encoded, hexadecimal digits in upper case.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn encode(out: &mut Buffer, text: &str, keep: &AsciiSet, escapes: Escapes) {
    // Text that needs no encoding is copied in runs.
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = text.as_bytes().get(at).copied() {
        if keep.contains(byte) {
            at += 1;
            continue;
        }
        let escaped = if escapes == Escapes::Encode { None } else { escaped_byte(text, at) };
        if escaped.is_some() && escapes == Escapes::Keep {
            at += 3;
            continue;
        }
        out.push(slice(text, start, at));
        at += if escaped.is_some() { 3 } else { 1 };
        start = at;
        let byte = match escaped {
            None if byte == b'+' && escapes == Escapes::DecodeForm => b' ',
            escaped => escaped.unwrap_or(byte),
        };
        let plain = if escapes == Escapes::DecodeForm { keep } else { &UNRESERVED };
        if plain.contains(byte) {
            out.ascii(&[byte]);
        } else {
            let digits = [hex_digit(byte >> 4), hex_digit(byte & 15)].map(|digit| digit.to_ascii_uppercase());
            out.ascii(&[b'%', digits[0], digits[1]]);
        }
    }
    out.push(slice(text, start, at));
}

/// Appends `text` with everything outside RFC 3986's unreserved characters percent-encoded.
pub fn unreserved(out: &mut Buffer, text: &str) {
    encode(out, text, &UNRESERVED, Escapes::Encode);
}

/// The byte of a `%XX` at this position.
fn escaped_byte(text: &str, at: usize) -> Option<u8> {
    match text.as_bytes().get(at..)? {
        [b'%', high, low, ..] => Some(hex_value(*high)? << 4 | hex_value(*low)?),
        _ => None,
    }
}

const fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Whether [`normalize_path`] would not change a path.
#[must_use]
pub fn is_normal(path: &str) -> bool {
    path.starts_with("/") && !contains(path, "//") && !contains(path, "/.")
}

/// Appends a path without dot segments and repeated slashes, as the AWS SDKs do for every service but S3: RFC
/// 3986 section 5.2.4 without empty segments. The result starts with `/`, and ends with one if the path does.
pub fn normalize_path(out: &mut Buffer, path: &str) {
    let start = out.len();
    for segment in split_any(path, "/") {
        match segment {
            "" | "." => {}
            ".." => pop_segment(out, start),
            _ => drop(out.push_all(&["/", segment])),
        }
    }
    if out.len() == start || path.ends_with("/") {
        out.push("/");
    }
}

/// Removes the last segment of the path that begins at `start`, and the slash before it.
pub fn pop_segment(path: &mut Buffer, start: usize) {
    let slash = rsplit_once(tail(path, start), b'/').0.len();
    path.cut(start + slash);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    fn encoded(text: &str, keep: &AsciiSet, escapes: Escapes) -> String {
        let mut out = Buffer::default();
        encode(&mut out, text, keep, escapes);
        out.as_str().to_owned()
    }

    #[test]
    fn query_text_has_one_canonical_form() {
        for (given, canonical) in [
            ("a b", "a%20b"),
            ("a+b", "a%20b"),
            ("a%20b", "a%20b"),
            ("a%2bb", "a%2Bb"),
            ("%41", "A"),
            ("100%", "100%25"),
            ("%zz", "%25zz"),
            ("%", "%25"),
            ("%f", "%25f"),
            ("%ff", "%FF"),
            ("é*'()!~", "%C3%A9%2A%27%28%29%21~"),
        ] {
            assert_eq!(encoded(given, &UNRESERVED, Escapes::DecodeForm), canonical, "{given}");
        }
    }

    #[test]
    fn single_encoding_is_of_the_key_that_s3_reads() {
        for (wire, canonical, as_it_arrives) in [
            ("/a%20b", "/a%20b", "/a%20b"),
            ("/a%2fb", "/a/b", "/a%2Fb"),
            ("/a%2F%2Fb%252F", "/a//b%252F", "/a%2F%2Fb%252F"),
            ("/%41(1)", "/A%281%29", "/A%281%29"),
            ("/a+b", "/a%20b", "/a%2Bb"),
            ("/a%2Bb%2b", "/a%2Bb%2B", "/a%2Bb%2B"),
            ("/ሴ", "/%E1%88%B4", "/%E1%88%B4"),
            ("/%%", "/%25%25", "/%25%25"),
        ] {
            assert_eq!(encoded(wire, &PATH, Escapes::DecodeForm), canonical, "{wire}");
            assert_eq!(encoded(wire, &PATH, Escapes::Decode), as_it_arrives, "{wire}");
        }
    }

    #[test]
    fn paths_normalise_as_the_sdks_do() {
        for (path, normal) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/a", "/a"),
            ("/a/", "/a/"),
            ("//a//b//", "/a/b/"),
            ("/a/./b/../c", "/a/c"),
            ("/../..", "/"),
            ("/a/..", "/"),
            ("/a/b/..", "/a"),
            ("/./", "/"),
        ] {
            let mut out = Buffer::from("before");
            normalize_path(&mut out, path);
            assert_eq!(out.strip_prefix("before"), Some(normal), "{path}");
            let mut again = Buffer::default();
            normalize_path(&mut again, normal);
            assert_eq!(&*again, normal);
            assert!(path == normal || !is_normal(path), "{path}");
        }
    }
}
