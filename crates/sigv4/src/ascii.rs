//! Sets of ASCII characters: what a text may keep, and what separates its parts.

/// A set of ASCII characters, one bit each.
#[derive(Clone, Copy)]
pub struct AsciiSet([u32; 4]);

impl AsciiSet {
    /// The characters of `text`; those outside ASCII are not part of the set.
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
