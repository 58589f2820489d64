//! The signing key, which is derived once a day for each region and service.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key>

use crate::credentials::Credentials;
use sha2::block_api::compress256;
use zeroize::Zeroize;

/// The payload hash of an empty body.
pub const EMPTY_PAYLOAD_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const BLOCK: usize = 64;
/// FIPS 180-4 section 5.3.3: the state before the first block.
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    finish(&INITIAL, 0, bytes)
}

/// SHA-256 that continues from the state after `hashed` bytes, which are whole blocks. `sha2` has this too,
/// but its traits would add a third to the code of its block function.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn finish(start: &[u32; 8], hashed: usize, bytes: &[u8]) -> [u8; 32] {
    let mut state = *start;
    let (blocks, rest) = bytes.as_chunks();
    compress256(&mut state, blocks);
    // FIPS 180-4 section 5.1.1: a bit, zeros up to the end of a block, and the length in bits.
    let mut padded = [[0_u8; BLOCK]; 2];
    let last = usize::from(rest.len() + 1 + size_of::<u64>() > BLOCK);
    copy(padded.as_flattened_mut(), rest, &[0x80]);
    if let Some(end) = padded.get_mut(last).and_then(|block| block.last_chunk_mut()) {
        *end = ((hashed + bytes.len()) as u64 * 8).to_be_bytes();
    }
    compress256(&mut state, padded.get(..=last).unwrap_or_default());
    let mut hash = [0; 32];
    for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    hash
}

/// Copies two parts, one after the other, as far as they fit.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn copy(to: &mut [u8], first: &[u8], second: &[u8]) {
    let mut rest = to;
    for part in [first, second] {
        let Some((room, after)) = rest.split_at_mut_checked(part.len()) else { return };
        room.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
        rest = after;
    }
}

/// Bytes that are wiped when they are dropped, by one function: `Zeroizing` would inline the loop wherever it
/// is used.
struct Wiped<const N: usize>([u8; N]);

impl<const N: usize> Drop for Wiped<N> {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

#[cfg_attr(target_arch = "wasm32", inline(never))]
fn wipe(bytes: &mut [u8]) {
    bytes.zeroize();
}

#[cfg_attr(target_arch = "wasm32", inline(never))]
fn wipe_state(state: &mut [u32; 8]) {
    state.zeroize();
}

/// A key of HMAC-SHA256 ([RFC 2104](https://www.rfc-editor.org/rfc/rfc2104)): the two states after its
/// blocks, which are hashed only once, however many texts it signs. Wiped when it is dropped.
#[derive(Default)]
pub struct Key {
    inner: [u32; 8],
    outer: [u32; 8],
}

impl Key {
    /// Creates a key for HMAC from two parts, one after the other.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn new(first: &[u8], second: &[u8]) -> Self {
        let mut block = Wiped([0_u8; BLOCK]);
        if first.len() + second.len() > BLOCK {
            // A key of this length does not fit into the first block.
            let mut whole = [first, second].concat();
            copy(&mut block.0, &Wiped(sha256(&whole)).0, &[]);
            wipe(&mut whole);
        } else {
            copy(&mut block.0, first, second);
        }
        let mut key = Self { inner: INITIAL, outer: INITIAL };
        for (state, pad) in [(&mut key.inner, 0x36), (&mut key.outer, 0x36 ^ 0x5c)] {
            block.0.iter_mut().for_each(|byte| *byte ^= pad);
            compress256(state, core::slice::from_ref(&block.0));
        }
        key
    }

    /// Derives the signing key for one day (`20130524`), region and service:
    ///
    /// ```text
    /// kDate    = HMAC("AWS4" + secret access key, date)
    /// kRegion  = HMAC(kDate, region)
    /// kService = HMAC(kRegion, service)
    /// kSigning = HMAC(kService, "aws4_request")
    /// ```
    #[must_use]
    pub fn derive(credentials: &Credentials, date: &str, region: &str, service: &str) -> Self {
        let mut key = Self::new(b"AWS4", credentials.secret_access_key().as_bytes());
        for data in [date, region, service, "aws4_request"] {
            key = Self::new(&Wiped(key.sign(data)).0, &[]);
        }
        key
    }

    /// HMAC-SHA256 of a text.
    #[must_use]
    pub fn sign(&self, text: &str) -> [u8; 32] {
        self.sign_bytes(text.as_bytes())
    }

    /// HMAC-SHA256 of bytes.
    pub(crate) fn sign_bytes(&self, bytes: &[u8]) -> [u8; 32] {
        let inner = finish(&self.inner, BLOCK, bytes);
        finish(&self.outer, BLOCK, &inner)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        for state in [&mut self.inner, &mut self.outer] {
            wipe_state(state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::Buffer;
    use hmac::{Hmac, KeyInit, Mac};
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};
    use std::prelude::rust_2024::*;

    #[test]
    fn derives_the_key_of_the_documentation() {
        // "Examples of how to derive a signing key": the key's HMAC of the example's string to sign.
        let credentials =
            Credentials::new("AKIDEXAMPLE".into(), "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(), None);
        let key = Key::derive(&credentials, "20150830", "us-east-1", "iam");
        let string_to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
            f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
        let mut signature = Buffer::default();
        signature.hex(&key.sign(string_to_sign));
        assert_eq!(&*signature, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    #[test]
    fn hashes_the_empty_payload() {
        let mut hash = Buffer::default();
        hash.hex(&sha256(b""));
        assert_eq!(&*hash, EMPTY_PAYLOAD_HASH);
    }

    proptest! {
        #[test]
        fn hashes_and_signs_as_the_library_does(
            key in prop::collection::vec(any::<u8>(), 0..200), cut: prop::sample::Index, text in ".{0,200}"
        ) {
            prop_assert_eq!(&sha256(&key)[..], &Sha256::digest(&key)[..]);
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            mac.update(text.as_bytes());
            let (first, second) = key.split_at(cut.index(key.len() + 1));
            prop_assert_eq!(&Key::new(first, second).sign(&text)[..], &mac.finalize().into_bytes()[..]);
        }
    }
}
