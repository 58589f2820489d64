//! Sets of ASCII characters: those that stay in a text, and those that separate its parts.

/// A set of ASCII characters, one bit each.
#[derive(Clone, Copy)]
pub struct AsciiSet([u32; 4]);

/// Letters and digits.
pub const ALPHANUMERIC: AsciiSet =
    AsciiSet::of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
/// Printable characters without the space.
pub const GRAPHIC: AsciiSet = ALPHANUMERIC.with("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
/// Lower-case letters.
pub const LOWER_CASE: AsciiSet = AsciiSet::of("abcdefghijklmnopqrstuvwxyz");

impl AsciiSet {
    /// The characters of `text`; those outside ASCII are left out.
    #[must_use]
    pub const fn of(text: &str) -> Self {
        Self([0; 4]).with(text)
    }

    /// This set and the characters of `text`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "two bits are an index of four words")]
    pub const fn with(self, text: &str) -> Self {
        let mut words = self.0;
        let mut rest = text.as_bytes();
        while let [first, tail @ ..] = rest {
            if *first < 128 {
                words[(*first >> 5) as usize & 3] |= 1 << (*first & 31);
            }
            rest = tail;
        }
        Self(words)
    }

    /// This set without the characters of `text`.
    #[must_use]
    pub const fn without(self, text: &str) -> Self {
        let [first, second, third, fourth] = self.0;
        let out = Self::of(text).0;
        Self([first & !out[0], second & !out[1], third & !out[2], fourth & !out[3]])
    }

    /// Whether all characters of `text` are in the set.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn has_all(&self, text: &str) -> bool {
        text.bytes().all(|byte| self.contains(byte))
    }

    /// Whether `byte` is in the set.
    #[must_use]
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "asked for every byte: a call was a twentieth of a signature's time"
    )]
    #[expect(clippy::indexing_slicing, reason = "two bits are an index of four words")]
    pub const fn contains(&self, byte: u8) -> bool {
        byte < 128 && (self.0[(byte >> 5) as usize & 3] >> (byte & 31)) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_are_those_of_the_standard_library() {
        for byte in 0..=u8::MAX {
            assert_eq!(GRAPHIC.contains(byte), byte.is_ascii_graphic());
            assert_eq!(ALPHANUMERIC.contains(byte), byte.is_ascii_alphanumeric());
            assert_eq!(LOWER_CASE.contains(byte), byte.is_ascii_lowercase());
            assert_eq!(
                GRAPHIC.without("/,").contains(byte),
                byte.is_ascii_graphic() && !b"/,".contains(&byte)
            );
        }
        assert!(GRAPHIC.has_all("") && GRAPHIC.has_all("a/b") && !GRAPHIC.has_all("a b"));
    }
}
