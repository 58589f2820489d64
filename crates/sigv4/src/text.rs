//! Small functions for texts and lists. They replace functions of the standard library whose panics or
//! generality would be a large part of the module's download (measured: 20 KB of wasm together). Only in the
//! module, some are kept from being inlined at every call.

use alloc::string::String;

/// ASCII's control characters and the space.
pub const CONTROLS_AND_SPACE: &str = "\0\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\
     \x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x20";

/// The position of `needle` in `text`. The needle must not be empty.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
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

/// Whether `text` contains `needle`.
#[must_use]
pub fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// Whether two names are equal, ignoring the case of ASCII letters.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Whether a name is one of `names`, ignoring the case of ASCII letters.
#[must_use]
pub fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|other| same_name(other, name))
}

/// A part of `text`; empty if it is out of range.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// `text` from an offset on; empty if it is out of range.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn tail(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}

/// The texts before and after the first `separator`.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, separator)?;
    Some((text.get(..at)?, text.get(at + separator.len()..)?))
}

/// The texts before and after the last `separator`; without a separator, the whole text is the second.
#[must_use]
pub fn rsplit_once(text: &str, separator: u8) -> (&str, &str) {
    let at = text.bytes().rposition(|byte| byte == separator);
    (slice(text, 0, at.unwrap_or_default()), tail(text, at.map_or(0, |at| at + 1)))
}

/// The parts of `text` between separators: at least one. Each ASCII character of `separators` is a separator,
/// as in all functions here whose name ends in `any`. `str::split` would have a different type for each kind
/// of separator, and links the formatting of its panics (3 KB).
#[must_use]
pub const fn split_any<'a>(text: &'a str, separators: &'static str) -> Parts<'a> {
    Parts { rest: Some(text), separators }
}

/// The text before the first of several ASCII separators.
#[must_use]
pub fn before_any<'a>(text: &'a str, separators: &'static str) -> &'a str {
    split_any(text, separators).next().unwrap_or_default()
}

/// See [`split_any`].
#[derive(Clone)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    separators: &'static str,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let at = match self.separators.as_bytes() {
            // The usual case: no search of the set for each byte.
            [one] => text.bytes().position(|byte| byte == *one),
            _ => text.bytes().position(|byte| has(self.separators, byte)),
        };
        self.rest = at.map(|at| tail(text, at + 1));
        Some(at.map_or(text, |at| slice(text, 0, at)))
    }
}

fn has(set: &str, byte: u8) -> bool {
    set.bytes().any(|other| other == byte)
}

/// `text` without leading characters of `set`, which are all ASCII.
#[must_use]
pub fn trim_start_any<'a>(text: &'a str, set: &str) -> &'a str {
    let start = text.bytes().position(|byte| !has(set, byte));
    tail(text, start.unwrap_or(text.len()))
}

/// `text` without leading and trailing characters of `set`, which are all ASCII.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn trim_any<'a>(text: &'a str, set: &str) -> &'a str {
    let text = trim_start_any(text, set);
    let last = text.bytes().rposition(|byte| !has(set, byte));
    slice(text, 0, last.map_or(0, |last| last + 1))
}

/// The first characters of `text`, counted in code points.
#[must_use]
pub fn first_characters(text: &str, count: usize) -> &str {
    let mut starts = text.bytes().enumerate().filter(|(_, byte)| begins_character(*byte));
    slice(text, 0, starts.nth(count).map_or(text.len(), |(at, _)| at))
}

/// The number of characters in `text`, counted in code points.
#[must_use]
pub fn count_characters(text: &str) -> u32 {
    text.bytes().fold(0, |count, byte| count + u32::from(begins_character(byte)))
}

/// In UTF-8 every character has exactly one byte that is not a continuation byte.
const fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// An owned copy. It is filled by a function that is in the module anyway; `String::from` would add another
/// one.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn owned(text: &str) -> String {
    let mut out = String::new();
    out.push_str(text);
    out
}

/// The number that decimal `digits` represent; `None` if there are none, too many, or other characters.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::prelude::rust_2024::*;

    proptest! {
        #[test]
        fn finds_as_the_standard_library_does(text in "[ab日]{0,12}", needle in "[ab日]{1,3}") {
            prop_assert_eq!(find(&text, &needle), text.find(&needle));
            prop_assert_eq!(split_once(&text, &needle), text.split_once(&needle));
            prop_assert!(split_any(&text, "a").eq(text.split('a')));
            prop_assert!(split_any(&text, "ab").eq(text.split(['a', 'b'])));
            prop_assert_eq!(trim_any(&text, "ab"), text.trim_matches(['a', 'b']));
        }

        #[test]
        fn reads_numbers_as_the_standard_library_writes_them(value: u32) {
            prop_assert_eq!(number(&value.to_string()), Some(value));
        }
    }

    #[test]
    fn numbers_that_are_none() {
        for text in ["", "a", "-1", "4294967296", "1 "] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
