//! A text that functions append to. The texts of a signature are written into a few of these, which the
//! caller can keep, so that nothing is allocated after the first signature.

use alloc::string::String;
use core::ops::Deref;

/// A buffer that has grown beyond this size is not kept for the next text.
const LARGE: usize = 1 << 18;

/// A text that is being written. It may contain credentials, so it is wiped when it is cleared or dropped.
#[derive(Clone, Default)]
pub struct Buffer(String);

impl Buffer {
    /// An empty text, without any allocation.
    #[must_use]
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Appends a text. Not inlined in the module, because the code that grows the buffer would be repeated at
    /// each call.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn push(&mut self, text: &str) -> &mut Self {
        if let [byte @ 0..=127] = text.as_bytes() {
            self.0.push(char::from(*byte));
        } else {
            self.0.push_str(text);
        }
        self
    }

    /// Appends several texts.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn push_all(&mut self, texts: &[&str]) -> &mut Self {
        for text in texts {
            self.push(text);
        }
        self
    }

    /// Appends bytes that are known to be ASCII.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn ascii(&mut self, bytes: &[u8]) -> &mut Self {
        self.push(core::str::from_utf8(bytes).unwrap_or_default())
    }

    /// Appends a text with its ASCII letters in lower case.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn lower_case(&mut self, text: &str) -> &mut Self {
        let start = self.len();
        self.push(text);
        if let Some(written) = self.0.get_mut(start..) {
            written.make_ascii_lowercase();
        }
        self
    }

    /// Appends a text with its ASCII letters in upper case.
    pub fn upper_case(&mut self, text: &str) -> &mut Self {
        let start = self.len();
        self.push(text);
        if let Some(written) = self.0.get_mut(start..) {
            written.make_ascii_uppercase();
        }
        self
    }

    /// Appends decimal digits.
    pub fn decimal(&mut self, number: u32) -> &mut Self {
        let mut place = 1_000_000_000;
        while place > 0 {
            if place == 1 || number >= place {
                self.ascii(&[b'0' + (number / place % 10) as u8]);
            }
            place /= 10;
        }
        self
    }

    /// Appends a SHA-256 in lower-case hexadecimal digits. Written as one block: pushing each digit took a
    /// quarter of a signature's time.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn hex(&mut self, hash: &[u8; 32]) -> &mut Self {
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(hash) {
            *pair = [hex_digit(byte >> 4), hex_digit(byte & 15)];
        }
        self.ascii(&digits)
    }

    /// The text so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A part of the text; empty if it is out of range.
    #[must_use]
    pub fn get(&self, span: Span) -> &str {
        crate::text::slice(&self.0, span.start, span.end)
    }

    /// The text from an offset on.
    #[must_use]
    pub fn since(&self, start: usize) -> Span {
        Span { start, end: self.0.len() }
    }

    /// Removes the text from an offset on.
    pub fn cut(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Overwrites the text, and keeps the allocation unless it is large.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn clear(&mut self) {
        if self.0.is_empty() {
            return;
        }
        let mut bytes = core::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        bytes.clear();
        // Drops the allocation of an unusually large text. No content remains, so this cannot fail.
        if bytes.capacity() <= LARGE {
            self.0 = String::from_utf8(bytes).unwrap_or_default();
        }
    }
}

/// The position of a text in a [`Buffer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The offset of its first byte.
    pub start: usize,
    /// The offset after its last byte.
    pub end: usize,
}

impl Deref for Buffer {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Buffer {
    fn from(text: &str) -> Self {
        let mut buffer = Self::default();
        buffer.push(text);
        buffer
    }
}

impl From<String> for Buffer {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// In the module the allocator wipes every freed block (`boundary/exports.rs` of gatesign).
#[cfg(not(all(feature = "wiping-allocator", target_arch = "wasm32")))]
impl Drop for Buffer {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// The lower-case hexadecimal digit of a number below 16.
pub(crate) const fn hex_digit(nibble: u8) -> u8 {
    nibble + if nibble < 10 { b'0' } else { b'a' - 10 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::prelude::rust_2024::*;

    proptest! {
        #[test]
        fn writes_numbers_as_the_standard_library_does(number: u32) {
            let mut digits = Buffer::default();
            digits.decimal(number);
            prop_assert_eq!(&*digits, number.to_string());
        }
    }

    #[test]
    fn appends_in_order() {
        let mut buffer = Buffer::from("a");
        buffer.push_all(&["b", "ü"]).push("\n").lower_case("É-X").upper_case("y").decimal(0);
        assert_eq!(buffer.as_str(), "abü\nÉ-xY0");
        assert_eq!(buffer.get(Span { start: 1, end: 4 }), "bü");
        assert_eq!(buffer.get(Span { start: 1, end: 3 }), "", "not within a character");
        buffer.clear();
        assert_eq!(buffer.as_str(), "");
    }
}
