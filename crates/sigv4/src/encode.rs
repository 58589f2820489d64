//! Percent-encoding and path normalisation: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986) as
//! Signature Version 4 uses it. Everything works on bytes, so that no input can be refused here.

use crate::ascii::AsciiSet;
use crate::text::{contains, push, push_all, push_ascii, slice, split, tail, with_room};
use alloc::borrow::Cow;
use alloc::string::String;

/// RFC 3986 section 2.3: the characters that are never encoded.
pub const UNRESERVED: AsciiSet =
    AsciiSet::of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
/// What stays as it is in a canonical path.
pub const PATH: AsciiSet = UNRESERVED.and("/");

/// Writes `%XX` with upper-case digits.
fn push_escaped(out: &mut String, byte: u8) {
    let digits = [hex_digit(byte >> 4), hex_digit(byte & 15)].map(|digit| digit.to_ascii_uppercase());
    push_ascii(out, &[b'%', digits[0], digits[1]]);
}

/// Appends `text` with everything outside `keep` percent-encoded.
pub fn push_encoded(out: &mut String, text: &str, keep: &AsciiSet) {
    push_encoded_but(out, text, keep, false);
}

/// Appends `text` with everything outside `keep` percent-encoded, but for `%XX` triplets, which
/// stay (RFC 6570 section 3.2.1 calls them `pct-encoded`).
pub fn push_encoded_once(out: &mut String, text: &str, keep: &AsciiSet) {
    push_encoded_but(out, text, keep, true);
}

fn push_encoded_but(out: &mut String, text: &str, keep: &AsciiSet, triplets: bool) {
    // What needs no encoding is copied in runs.
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if keep.contains(byte) || triplets && triplet(text, at).is_some() {
            continue;
        }
        push(out, slice(text, start, at));
        push_escaped(out, byte);
        start = at + 1;
    }
    push(out, tail(text, start));
}

/// Appends `text` with everything outside RFC 3986's unreserved characters percent-encoded.
pub fn push_unreserved(out: &mut String, text: &str) {
    push_encoded(out, text, &UNRESERVED);
}

/// The byte that a `%XX` at this place stands for.
fn triplet(text: &str, at: usize) -> Option<u8> {
    match text.as_bytes().get(at..)? {
        [b'%', high, low, ..] => Some(hex_value(*high)? << 4 | hex_value(*low)?),
        _ => None,
    }
}

/// Appends one name or value of a query in its canonical form: decoded once (`+` is a space, as in
/// a form) and encoded again, so that every spelling of the same text gives the same signature.
pub fn push_recoded(out: &mut String, text: &str) {
    push_canonical(out, text, &UNRESERVED, b' ');
}

/// Appends a path of the wire in the form that services with single encoding (S3) use: triplets
/// stay, except that an encoded unreserved character becomes that character and hexadecimal digits
/// become upper-case; everything else outside the unreserved characters and `/` is encoded.
pub fn push_path_once(out: &mut String, path: &str) {
    push_canonical(out, path, &PATH, b'+');
}

/// Decodes triplets and encodes everything again that is not unreserved or, as it is, in `keep`.
fn push_canonical(out: &mut String, text: &str, keep: &AsciiSet, plus: u8) {
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = text.as_bytes().get(at).copied() {
        if keep.contains(byte) {
            at += 1;
            continue;
        }
        push(out, slice(text, start, at));
        let (byte, length) = match triplet(text, at) {
            Some(byte) => (byte, 3),
            None if byte == b'+' => (plus, 1),
            None => (byte, 1),
        };
        if UNRESERVED.contains(byte) {
            push_ascii(out, &[byte]);
        } else {
            push_escaped(out, byte);
        }
        at += length;
        start = at;
    }
    push(out, tail(text, start));
}

const fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Appends a SHA-256 in lower-case hexadecimal digits. Written in place: pushing characters one by
/// one took a quarter of a signature's time.
pub fn push_hex(out: &mut String, hash: &[u8; 32]) {
    let mut digits = [0; 64];
    for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(hash) {
        *pair = [hex_digit(byte >> 4), hex_digit(byte & 15)];
    }
    push_ascii(out, &digits);
}

const fn hex_digit(nibble: u8) -> u8 {
    nibble + if nibble < 10 { b'0' } else { b'a' - 10 }
}

/// Appends a header's name in lower case.
pub fn push_lower_case(out: &mut String, name: &str) {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        push(out, &name.to_ascii_lowercase());
    } else {
        push(out, name);
    }
}

/// Removes dot segments and folds repeated slashes, as the AWS SDKs do for every service but S3:
/// RFC 3986 section 5.2.4 without empty segments. The result starts with `/`; it ends with one if
/// the path did.
#[must_use]
pub fn normalize_path(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') && !contains(path, "//") && !contains(path, "/.") {
        return Cow::Borrowed(path);
    }
    let mut out = with_room(path.len() + 1);
    for segment in split(path, "/") {
        match segment {
            "" | "." => {}
            ".." => pop_segment(&mut out),
            _ => push_all(&mut out, &["/", segment]),
        }
    }
    if out.is_empty() || path.ends_with('/') {
        push(&mut out, "/");
    }
    Cow::Owned(out)
}

/// Removes the last segment of a path, and the slash before it.
pub fn pop_segment(path: &mut String) {
    while path.pop().is_some_and(|last| last != '/') {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

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
            let mut out = String::new();
            push_recoded(&mut out, given);
            assert_eq!(out, canonical, "{given}");
        }
    }

    #[test]
    fn single_encoding_keeps_triplets() {
        for (wire, canonical) in [
            ("/a%20b", "/a%20b"),
            ("/a%2fb", "/a%2Fb"),
            ("/%41(1)", "/A%281%29"),
            ("/a+b", "/a%2Bb"),
            ("/ሴ", "/%E1%88%B4"),
            ("/%%", "/%25%25"),
        ] {
            let mut out = String::new();
            push_path_once(&mut out, wire);
            assert_eq!(out, canonical, "{wire}");
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
            assert_eq!(normalize_path(path), normal, "{path}");
            assert_eq!(normalize_path(&normalize_path(path)), normalize_path(path));
        }
    }
}
