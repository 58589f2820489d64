//! Small text and list functions in place of the standard ones whose panicking paths, or whose
//! generality, would be a large part of the module's download (measured: together 20 KB of wasm).

use crate::ascii::AsciiSet;
use crate::encode::push_ascii;
use alloc::string::String;

/// Where `needle` begins in `text`. The needle must not be empty.
#[must_use]
pub fn find(text: &str, needle: &str) -> Option<usize> {
    let first = *needle.as_bytes().first()?;
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        if *byte == first && rest.starts_with(needle.as_bytes()) {
            return Some(text.len() - rest.len());
        }
        rest = tail;
    }
    None
}

/// Whether `text` has `needle` in it.
#[must_use]
pub fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// Whether a name is one of `names`, in any case of ASCII letters.
#[must_use]
pub fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// What is before and after the first `separator`.
#[must_use]
pub fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, separator)?;
    Some((text.get(..at)?, text.get(at + separator.len()..)?))
}

/// The parts of `text` between one separator and the next: at least one. `str::split` would be of
/// another type for each kind of separator, and links the formatting of its panics (3 KB).
#[must_use]
pub fn split(text: &str, separator: u8) -> Parts<'_> {
    split_any(text, AsciiSet::one(separator))
}

/// As [`split`], at any of several ASCII separators.
#[must_use]
pub const fn split_any(text: &str, separators: AsciiSet) -> Parts<'_> {
    Parts { rest: Some(text), separators }
}

/// What is before the first of several ASCII separators.
#[must_use]
pub fn before(text: &str, separators: AsciiSet) -> &str {
    split_any(text, separators).next().unwrap_or_default()
}

/// See [`split`].
#[derive(Clone)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    separators: AsciiSet,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let at = text.bytes().position(|byte| self.separators.contains(byte));
        let (part, tail) = at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
        self.rest = tail.get(1..);
        Some(part)
    }
}

/// `text` without those of `set` at its ends.
#[must_use]
pub fn trim(text: &str, set: AsciiSet) -> &str {
    let is_other = |byte: u8| !set.contains(byte);
    let start = text.bytes().position(is_other).unwrap_or(text.len());
    let end = text.bytes().rposition(is_other).map_or(start, |last| last + 1);
    text.get(start..end).unwrap_or_default()
}

/// `text` with each `from` replaced.
#[must_use]
pub fn replace(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split_once(rest, from) {
        out.push_str(before);
        out.push_str(to);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// All parts after one another.
#[must_use]
pub fn concat(parts: &[&str]) -> String {
    let mut out = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    push_all(&mut out, parts);
    out
}

/// Appends all parts.
pub fn push_all(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

/// The number that `digits` writes, all of them decimal; `None` if there are none or too many.
#[must_use]
pub fn number(digits: &str) -> Option<u32> {
    let mut value = digits.bytes().next().map(|_| 0_u32)?;
    for digit in digits.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
    }
    Some(value)
}

/// Appends decimal digits.
pub fn push_decimal(out: &mut String, number: u32) {
    let mut digits = [b'0'; 10];
    let (mut rest, mut first) = (number, 9);
    for (at, digit) in digits.iter_mut().enumerate().rev() {
        if rest > 0 {
            first = at;
        }
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    push_ascii(out, digits.get(first..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::prelude::rust_2024::*;

    proptest! {
        #[test]
        fn finds_as_the_standard_library_does(text in "[ab日]{0,12}", needle in "[ab日]{1,3}", to in "[ab]{0,2}") {
            prop_assert_eq!(find(&text, &needle), text.find(&needle));
            prop_assert_eq!(split_once(&text, &needle), text.split_once(&needle));
            prop_assert_eq!(replace(&text, &needle, &to), text.replace(&needle, &to));
            prop_assert!(split(&text, b'a').eq(text.split('a')));
            prop_assert!(split_any(&text, AsciiSet::of("ab")).eq(text.split(['a', 'b'])));
            prop_assert_eq!(trim(&text, AsciiSet::of("ab")), text.trim_matches(['a', 'b']));
        }

        #[test]
        fn numbers_round_trip(value: u32) {
            let mut digits = String::new();
            push_decimal(&mut digits, value);
            prop_assert_eq!(number(&digits), Some(value));
            prop_assert_eq!(digits, value.to_string());
        }
    }

    #[test]
    fn numbers_that_are_none() {
        for text in ["", "a", "-1", "4294967296", "1 "] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
