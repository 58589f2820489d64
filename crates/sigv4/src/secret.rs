//! Texts that are wiped when they are dropped.

use alloc::string::String;
use core::ops::{Deref, DerefMut};

/// A text with a credential in it.
#[derive(Clone, Default)]
pub struct Secret(String);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Deref for Secret {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl DerefMut for Secret {
    fn deref_mut(&mut self) -> &mut String {
        &mut self.0
    }
}

/// In the shipped module the allocator wipes every block that is freed (`boundary/exports.rs` of gatesign): a second pass,
/// byte by byte, was a tenth of a signature's time.
#[cfg(not(all(feature = "wiping-allocator", target_arch = "wasm32")))]
impl Drop for Secret {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}
