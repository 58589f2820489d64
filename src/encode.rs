//! Percent-encoding and path normalisation: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986) as
//! Signature Version 4 uses it. Everything works on bytes, so that no input can be refused here.

use alloc::string::String;
use alloc::vec::Vec;
/// A set of ASCII characters, one bit each.
#[derive(Clone, Copy)]
pub struct AsciiSet(u128);

impl AsciiSet {
    /// The characters of `text`; those outside ASCII are not part of the set.
    #[must_use]
    pub const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut bits = 0;
        let mut rest = bytes;
        while let [first, tail @ ..] = rest {
            if *first < 128 {
                bits |= 1 << *first;
            }
            rest = tail;
        }
        Self(bits)
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, text: &str) -> Self {
        Self(self.0 | Self::of(text).0)
    }

    /// Whether `byte` is in the set.
    #[must_use]
    pub const fn contains(self, byte: u8) -> bool {
        byte < 128 && (self.0 >> byte) & 1 == 1
    }
}

/// RFC 3986 section 2.3: the characters that are never encoded.
pub const UNRESERVED: AsciiSet =
    AsciiSet::of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
/// What stays as it is in a canonical path.
pub const PATH: AsciiSet = UNRESERVED.and("/");

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Writes `%XX` with upper-case digits.
pub fn push_escaped(out: &mut String, byte: u8) {
    out.push('%');
    for nibble in [byte >> 4, byte & 15] {
        out.push(HEX.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit)));
    }
}

/// Appends `bytes` with everything outside `keep` percent-encoded.
pub fn push_encoded(out: &mut String, bytes: &[u8], keep: AsciiSet) {
    for &byte in bytes {
        if keep.contains(byte) {
            out.push(char::from(byte));
        } else {
            push_escaped(out, byte);
        }
    }
}

/// Appends `bytes` with everything outside `keep` percent-encoded, but for `%XX` triplets, which
/// stay (RFC 6570 section 3.2.1 calls them `pct-encoded`).
pub fn push_encoded_once(out: &mut String, bytes: &[u8], keep: AsciiSet) {
    let mut rest = bytes;
    while let [byte, tail @ ..] = rest {
        if let [b'%', high, low, after @ ..] = rest
            && hex_value(*high).is_some()
            && hex_value(*low).is_some()
        {
            out.push('%');
            out.push(char::from(*high));
            out.push(char::from(*low));
            rest = after;
        } else {
            push_encoded(out, &[*byte], keep);
            rest = tail;
        }
    }
}

/// `text` with everything outside RFC 3986's unreserved characters percent-encoded.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_encoded(&mut out, text.as_bytes(), UNRESERVED);
    out
}

/// The next byte of percent-encoded text, and what follows it. A `%` that starts no triplet is
/// itself.
fn decode_next(bytes: &[u8]) -> Option<(u8, &[u8])> {
    if let [b'%', high, low, rest @ ..] = bytes
        && let (Some(high), Some(low)) = (hex_value(*high), hex_value(*low))
    {
        return Some((high << 4 | low, rest));
    }
    bytes.split_first().map(|(byte, rest)| (*byte, rest))
}

/// Appends one name or value of a query in its canonical form: decoded once (`+` is a space, as in
/// a form) and encoded again, so that every spelling of the same text gives the same signature.
pub fn push_recoded(out: &mut String, text: &str) {
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = decode_next(rest) {
        let byte = if rest.first() == Some(&b'+') { b' ' } else { byte };
        push_encoded(out, &[byte], UNRESERVED);
        rest = tail;
    }
}

/// Appends a path of the wire in the form that services with single encoding (S3) use: triplets
/// stay, except that an encoded unreserved character becomes that character and hexadecimal digits
/// become upper-case; everything else outside the unreserved characters and `/` is encoded.
pub fn push_path_once(out: &mut String, path: &str) {
    let mut rest = path.as_bytes();
    while let Some((byte, tail)) = decode_next(rest) {
        let was_triplet = tail.len() + 3 == rest.len();
        let keep = if was_triplet { UNRESERVED } else { PATH };
        push_encoded(out, &[byte], keep);
        rest = tail;
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

/// Lower-case hexadecimal digits of `bytes`. Written in place: pushing characters one by one took a
/// quarter of a signature's time.
#[must_use]
pub fn hex_lower(bytes: &[u8]) -> String {
    let mut out = alloc::vec![0; bytes.len() * 2];
    for (pair, byte) in out.chunks_exact_mut(2).zip(bytes) {
        if let [high, low] = pair {
            (*high, *low) = (hex_digit(byte >> 4), hex_digit(byte & 15));
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

const fn hex_digit(nibble: u8) -> u8 {
    nibble + if nibble < 10 { b'0' } else { b'a' - 10 }
}

/// Removes dot segments and folds repeated slashes, as the AWS SDKs do for every service but S3:
/// RFC 3986 section 5.2.4 without empty segments. The result starts with `/`; it ends with one if
/// the path did.
#[must_use]
pub fn normalize_path(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in crate::text::split(path, b'/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let mut out = String::with_capacity(path.len() + 1);
    for segment in &segments {
        out.push('/');
        out.push_str(segment);
    }
    if out.is_empty() || path.ends_with('/') {
        out.push('/');
    }
    out
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
