//! Small text and list functions in place of the standard ones whose panicking paths, or whose
//! generality, would be a large part of the module's download (measured: together 20 KB of wasm).

use alloc::string::String;
use alloc::vec::Vec;
/// Where `needle` begins in `text`. The needle must not be empty.
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
pub fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// What is before and after the first `separator`.
pub fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, separator)?;
    Some((text.get(..at)?, text.get(at + separator.len()..)?))
}

/// The parts of `text` between one separator and the next: at least one. `str::split` would be of
/// another type for each kind of separator, and links the formatting of its panics (3 KB).
pub fn split(text: &str, separator: u8) -> Parts<'_> {
    split_any(text, [separator, separator])
}

/// As [`split`], at either of two ASCII separators.
pub const fn split_any(text: &str, separators: [u8; 2]) -> Parts<'_> {
    Parts { rest: Some(text), separators }
}

/// What is before the first of two ASCII separators.
pub fn before(text: &str, separators: [u8; 2]) -> &str {
    split_any(text, separators).next().unwrap_or_default()
}

/// See [`split`].
#[derive(Clone)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    separators: [u8; 2],
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let [one, other] = self.separators;
        let at = text.bytes().position(|byte| byte == one || byte == other);
        let (part, tail) = at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
        self.rest = tail.get(1..);
        Some(part)
    }
}

/// `text` with each `from` replaced.
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

/// All parts after one another, `separator` between them.
pub fn join<T: AsRef<str>>(parts: &[T], separator: &str) -> String {
    let mut out = String::with_capacity(parts.iter().map(|part| part.as_ref().len() + separator.len()).sum());
    let mut first = true;
    for part in parts {
        if !first {
            out.push_str(separator);
        }
        out.push_str(part.as_ref());
        first = false;
    }
    out
}

/// All parts after one another.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// The number that `digits` writes, all of them decimal; `None` if there are none or too many.
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

/// Decimal digits.
pub fn decimal(number: u32) -> String {
    let mut out = String::with_capacity(10);
    let mut unit = 1_000_000_000;
    while unit > 0 {
        let digit = u8::try_from(number / unit % 10).unwrap_or_default();
        if digit > 0 || unit == 1 || !out.is_empty() {
            out.push(char::from(b'0' + digit));
        }
        unit /= 10;
    }
    out
}

/// Sorts in place; equal items keep their order. Lists of headers and parameters are short and
/// nearly sorted; a long one is merged, so that its time stays in proportion.
pub fn sort_by<T>(items: &mut Vec<T>, less: impl Fn(&T, &T) -> bool + Copy) {
    const SHORT: usize = 24;
    if items.len() > SHORT {
        let mut all = core::mem::take(items).into_iter();
        let half = all.len() / 2;
        let mut left: Vec<T> = all.by_ref().take(half).collect();
        let mut right: Vec<T> = all.collect();
        sort_by(&mut left, less);
        sort_by(&mut right, less);
        *items = merge(left, right, less);
        return;
    }
    for end in 2..=items.len() {
        let mut rest = items.get_mut(..end).unwrap_or_default();
        while let [.., before, last] = rest {
            if !less(last, before) {
                break;
            }
            core::mem::swap(before, last);
            let shorter = rest.len() - 1;
            rest = rest.get_mut(..shorter).unwrap_or_default();
        }
    }
}

fn merge<T>(left: Vec<T>, right: Vec<T>, less: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut out = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        let take_right = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => less(b, a),
            (a, _) => a.is_none(),
        };
        match if take_right { right.next() } else { left.next() } {
            Some(item) => out.push(item),
            None => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::prelude::rust_2024::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec((0_u8..20, any::<u8>()), 0..200)) {
            let mut ours = items.clone();
            sort_by(&mut ours, |a, b| a.0 < b.0);
            let mut theirs = items;
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn finds_as_the_standard_library_does(text in "[ab日]{0,12}", needle in "[ab日]{1,3}", to in "[ab]{0,2}") {
            prop_assert_eq!(find(&text, &needle), text.find(&needle));
            prop_assert_eq!(split_once(&text, &needle), text.split_once(&needle));
            prop_assert_eq!(replace(&text, &needle, &to), text.replace(&needle, &to));
            prop_assert!(split(&text, b'a').eq(text.split('a')));
            prop_assert!(split_any(&text, [b'a', b'b']).eq(text.split(['a', 'b'])));
        }

        #[test]
        fn numbers_round_trip(value: u32) {
            prop_assert_eq!(number(&decimal(value)), Some(value));
            prop_assert_eq!(decimal(value), value.to_string());
        }
    }

    #[test]
    fn numbers_that_are_none() {
        for text in ["", "a", "-1", "4294967296", "1 "] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
