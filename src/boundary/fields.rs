//! How texts cross between JavaScript and this module: all texts of a job together, so that they need one
//! crossing and not one each.
//!
//! In: the length of each field in bytes, as four bytes, lowest first; then the fields in UTF-8; then the
//! body, if there is one. Out: texts separated by NUL.

use crate::buffer::Buffer;
use crate::text::split_any;
use alloc::vec::Vec;

/// Reads fields in order. A missing field is empty: the counterpart writes all fields, and no input from
/// JavaScript may crash this module.
pub struct Fields<'a> {
    lengths: &'a [u8],
    text: &'a str,
    /// The bytes after the fields.
    pub body: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Reads an input that begins with `count` lengths.
    #[must_use]
    pub fn new(input: &'a [u8], count: usize) -> Self {
        let (lengths, rest) = input.split_at_checked(count.saturating_mul(4)).unwrap_or_default();
        let mut fields = Self { lengths, text: "", body: &[] };
        let mut size = 0_usize;
        while let Some(length) = fields.next_length() {
            size = size.saturating_add(length);
        }
        let (text, body) = rest.split_at_checked(size).unwrap_or((rest, &[]));
        Self { lengths, text: core::str::from_utf8(text).unwrap_or_default(), body }
    }

    fn next_length(&mut self) -> Option<usize> {
        let (length, rest) = self.lengths.split_first_chunk()?;
        self.lengths = rest;
        Some(u32::from_le_bytes(*length) as usize)
    }

    /// The next field.
    pub fn text(&mut self) -> &'a str {
        let length = self.next_length().unwrap_or_default();
        let (field, rest) = self.text.split_at_checked(length).unwrap_or((self.text, ""));
        self.text = rest;
        field
    }

    /// The size of the fields and their lengths in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.lengths.len() + self.text.len()
    }

    /// A boolean: `1` is true.
    pub fn flag(&mut self) -> bool {
        self.text() == "1"
    }

    /// The number of fields that follow; 0 if it is not a number, and never more than there are.
    pub fn count(&mut self) -> usize {
        let count = crate::text::number(self.text()).unwrap_or_default() as usize;
        count.min(self.lengths.len() / 4)
    }

    /// A count, then that many texts.
    pub fn list(&mut self) -> Vec<&'a str> {
        let count = self.count();
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(self.text());
        }
        list
    }

    /// A count, then that many pairs.
    pub fn pairs(&mut self) -> Vec<(&'a str, &'a str)> {
        let count = self.count();
        let mut pairs = Vec::new();
        for _ in 0..count {
            pairs.push((self.text(), self.text()));
        }
        pairs
    }
}

/// The texts of an answer. They are wiped when they are cleared, because they may contain tokens.
#[derive(Default)]
pub struct Output(Buffer);

impl Output {
    /// No texts.
    #[must_use]
    pub const fn new() -> Self {
        Self(Buffer::new())
    }

    /// Adds a text without NUL, like all text in HTTP.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.0.push_all(&[text, "\0"]);
        self
    }

    /// Adds any text; a NUL in it becomes U+FFFD.
    pub fn push_any(&mut self, text: &str) -> &mut Self {
        for (number, part) in split_any(text, "\0").enumerate() {
            self.0.push_all(&[if number > 0 { "\u{fffd}" } else { "" }, part]);
        }
        self.push("")
    }

    /// Adds a number.
    pub fn push_number(&mut self, number: usize) -> &mut Self {
        self.0.decimal(u32::try_from(number).unwrap_or(u32::MAX));
        self.push("")
    }

    /// Adds what a function appends, which must not contain NUL.
    pub fn write(&mut self, write: impl FnOnce(&mut Buffer)) -> &mut Self {
        write(&mut self.0);
        self.push("")
    }

    /// All texts.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.strip_suffix("\0").unwrap_or_default()
    }

    /// Their size in bytes.
    #[must_use]
    pub fn length(&self) -> f64 {
        number(self.text().len())
    }

    /// Clears and overwrites them, and keeps the buffer.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// A length as a number of JavaScript.
#[must_use]
pub fn number(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::INFINITY, f64::from)
}
