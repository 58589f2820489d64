//! The signing key: derived once a day for each region and service, then only copied.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use crate::credentials::Credentials;
use crate::encode::push_hex;
use crate::secret::Secret;
use crate::text::{concat, with_room};
use alloc::string::String;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The payload hash of an empty body.
pub const EMPTY_PAYLOAD_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Appends the SHA-256 of `bytes` in lower-case hexadecimal digits.
pub fn push_sha256(out: &mut String, bytes: &[u8]) {
    push_hex(out, &sha256(bytes));
}

/// The state of HMAC-SHA256 after it took in the signing key: each signature starts from a copy, so
/// the key's two blocks are hashed once. Wiped when dropped.
#[derive(Clone)]
pub struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    /// Derives the key for one day (`20130524`), region and service:
    ///
    /// ```text
    /// kDate    = HMAC("AWS4" + secret access key, date)
    /// kRegion  = HMAC(kDate, region)
    /// kService = HMAC(kRegion, service)
    /// kSigning = HMAC(kService, "aws4_request")
    /// ```
    #[must_use]
    pub fn derive(credentials: &Credentials, date: &str, region: &str, service: &str) -> Self {
        let first = Secret::from(concat(&["AWS4", credentials.secret_access_key()]));
        let mut key = hmac(first.as_bytes(), date);
        for data in [region, service, "aws4_request"] {
            key = hmac(&*key, data);
        }
        Self(keyed(&*key))
    }

    /// The signature of a string to sign: 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn signature(&self, string_to_sign: &str) -> String {
        let mut digits = with_room(64);
        push_hex(&mut digits, &finish(self.0.clone(), string_to_sign));
        digits
    }
}

// The hash's code would be repeated in every function that uses it: 2 KB of the module's download.

#[cfg_attr(target_arch = "wasm32", inline(never))]
fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg_attr(target_arch = "wasm32", inline(never))]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // RFC 2104: a key longer than a block is replaced by its hash, a shorter one is filled with zeros.
    let mut block = Zeroizing::new([0; 64]);
    let hash;
    let key = if key.len() > block.len() {
        hash = Zeroizing::new(sha256(key));
        &*hash
    } else {
        key
    };
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::<Sha256>::new((&*block).into())
}

#[cfg_attr(target_arch = "wasm32", inline(never))]
fn finish(mut mac: Hmac<Sha256>, data: &str) -> Zeroizing<[u8; 32]> {
    mac.update(data.as_bytes());
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[cfg_attr(target_arch = "wasm32", inline(never))]
fn hmac(key: &[u8], data: &str) -> Zeroizing<[u8; 32]> {
    finish(keyed(key), data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn derives_the_key_of_the_documentation() {
        // "Examples of how to derive a signing key": the key's HMAC of the example's string to sign.
        let credentials =
            Credentials::new("AKIDEXAMPLE".into(), "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(), None);
        let key = SigningKey::derive(&credentials, "20150830", "us-east-1", "iam");
        let string_to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
            f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
        assert_eq!(
            key.signature(string_to_sign),
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        );
    }

    #[test]
    fn hashes_the_empty_payload() {
        let mut hash = String::new();
        push_sha256(&mut hash, b"");
        assert_eq!(hash, EMPTY_PAYLOAD_HASH);
    }
}
