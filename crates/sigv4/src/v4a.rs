//! The signature of Signature Version 4A: ECDSA on the curve P-256 with SHA-256, which is valid for a set of
//! regions. A region has only the public half of the key.
//!
//! The key pair is derived from the access key, for all days, regions and services. This file has the
//! derivation, the nonce of RFC 6979 and the encoding of the signature; the curve is in `point`, and its
//! arithmetic in `field` and `scalar`. The arithmetic is written for WebAssembly, where the largest products
//! have 64 bits. It takes the same time for every secret (`digits` says how), and tests compare it with
//! `p256`, whose additions took four times as long.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>

mod digits;
mod field;
mod inverse;
mod point;
mod scalar;

use self::point::{Affine, times_generator};
use self::scalar::Scalar;
use crate::buffer::{Buffer, hex_digit};
use crate::credentials::Credentials;
use crate::key::{Key, sha256};
use alloc::boxed::Box;
use alloc::vec::Vec;
use zeroize::{Zeroize, Zeroizing};

/// The algorithm in the string to sign.
pub(crate) const ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";

/// A private key of P-256. It is wiped when it is dropped, and is in a box, because moving it would leave
/// copies behind.
pub struct SigningKey(Box<Scalar>);

impl SigningKey {
    /// Derives the key pair of an access key: the key derivation function in counter mode of [NIST SP
    /// 800-108](https://csrc.nist.gov/pubs/sp/800/108/r1/upd1/final) with HMAC-SHA256, where a candidate that
    /// is not a private key is skipped ([FIPS 186-5](https://csrc.nist.gov/pubs/fips/186-5/final), A.2.2):
    ///
    /// ```text
    /// kCandidate = HMAC("AWS4A" + secret access key,
    ///                   00000001 + "AWS4-ECDSA-P256-SHA256" + 00 + access key id + counter + 00000100)
    /// kSigning   = kCandidate + 1, for the first counter from 01 on whose kCandidate is at most n - 2
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn derive(credentials: &Credentials) -> Self {
        let key = Key::new(b"AWS4A", credentials.secret_access_key().as_bytes());
        let id = credentials.access_key_id().as_bytes();
        // Only one candidate in 2^32 is skipped, so the range is never exhausted.
        for counter in 1..=u8::MAX {
            let input = [&[0, 0, 0, 1], ALGORITHM.as_bytes(), &[0], id, &[counter], &[0, 0, 1, 0]].concat();
            let candidate = Zeroizing::new(key.sign_bytes(&input));
            let private = Scalar::from_bytes(&candidate).map(|number| number.plus(&Scalar::ONE));
            if let Some(private) = private.filter(|private| !private.is_zero()) {
                return Self(Box::new(private));
            }
        }
        Self(Box::new(Scalar::ONE))
    }

    /// The public key that verifies its signatures, in the uncompressed form of SEC 1: `04`, x, y.
    #[must_use]
    pub fn public_key(&self) -> [u8; 65] {
        let point = times_generator(&self.0);
        let Affine { x, y } = point.affine(&point.z.inverse());
        let mut bytes = [4; 65];
        for (to, from) in bytes.iter_mut().skip(1).zip(x.to_bytes().into_iter().chain(y.to_bytes())) {
            *to = from;
        }
        bytes
    }

    /// Appends the signature of a text in lower-case hexadecimal digits: DER, with the lower of the two
    /// values of s. The same text always has the same signature.
    pub(crate) fn sign(&self, out: &mut Buffer, text: &str) {
        let message = Scalar::reduce(&sha256(text.as_bytes()));
        let mut nonces = Nonces::new(&self.0, &message);
        loop {
            let nonce = Zeroizing::new(nonces.candidate());
            if let Some((r, s)) = self.sign_with(&nonce, &message) {
                return write_der(out, &r.to_bytes(), &s.to_bytes());
            }
            nonces.pass_over();
        }
    }

    /// [FIPS 186-5](https://csrc.nist.gov/pubs/fips/186-5/final), section 6.4.1; nothing if the nonce is
    /// invalid.
    fn sign_with(&self, nonce: &Scalar, message: &Scalar) -> Option<(Scalar, Scalar)> {
        let point = Zeroizing::new(times_generator(nonce));
        let (inverse, of_z) = nonce.inverses(&point.z);
        let (inverse, of_z) = (Zeroizing::new(inverse), Zeroizing::new(of_z));
        let r = Scalar::reduce(&point.affine(&of_z).x.to_bytes());
        let s = inverse.times(&Zeroizing::new(message.plus(&Zeroizing::new(r.times(&self.0))))).lower();
        // The nonce 0 has no inverse, so s is 0.
        (!r.is_zero() && !s.is_zero()).then_some((r, s))
    }
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The candidates for the nonce of a key and a message, as [RFC
/// 6979](https://www.rfc-editor.org/rfc/rfc6979#section-3.2) derives them; the names K and V are the RFC's.
struct Nonces {
    key: Key,
    value: Zeroizing<[u8; 32]>,
}

impl Nonces {
    fn new(private: &Scalar, message: &Scalar) -> Self {
        let (private, message) = (private.to_bytes(), message.to_bytes());
        let mut nonces = Self { key: Key::new(&[0; 32], &[]), value: Zeroizing::new([1; 32]) };
        nonces.update(0, &[&*private, &message]);
        nonces.update(1, &[&*private, &message]);
        nonces
    }

    /// The next one; 0 for a number that is too large.
    fn candidate(&mut self) -> Scalar {
        *self.value = self.key.sign_bytes(&*self.value);
        Scalar::from_bytes(&self.value).unwrap_or_default()
    }

    /// Moves on to another candidate.
    fn pass_over(&mut self) {
        self.update(0, &[]);
    }

    fn update(&mut self, step: u8, more: &[&[u8; 32]]) {
        let mut input = Zeroizing::new(Vec::with_capacity(97));
        input.extend_from_slice(&*self.value);
        input.push(step);
        for part in more {
            input.extend_from_slice(*part);
        }
        self.key = Key::new(&*Zeroizing::new(self.key.sign_bytes(&input)), &[]);
        *self.value = self.key.sign_bytes(&*self.value);
    }
}

/// Appends a signature as DER: a sequence of two integers, each as short as possible and with a sign bit.
#[expect(clippy::cast_possible_truncation, reason = "72 bytes at most")]
fn write_der(out: &mut Buffer, r: &[u8; 32], s: &[u8; 32]) {
    let mut bytes = Vec::with_capacity(72);
    for number in [r, s] {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let digits = number.get(zeros..).unwrap_or_default();
        let sign = usize::from(digits.first().is_some_and(|byte| *byte > 0x7f));
        bytes.extend([2, digits.len() + sign].map(|it| it as u8));
        bytes.resize(bytes.len() + sign, 0);
        bytes.extend_from_slice(digits);
    }
    for byte in [0x30, bytes.len() as u8].iter().chain(&bytes) {
        out.ascii(&[hex_digit(byte >> 4), hex_digit(byte & 15)]);
    }
}

#[cfg(test)]
mod curve_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;
    use std::prelude::rust_2024::*;

    fn hex(bytes: &[u8; 32]) -> String {
        let mut digits = Buffer::default();
        digits.hex(bytes);
        digits.as_str().into()
    }

    fn bytes(hex: &str) -> [u8; 32] {
        let mut digits = hex.chars().map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap());
        core::array::from_fn(|_| digits.next().unwrap() << 4 | digits.next().unwrap())
    }

    #[test]
    fn derives_the_keys_of_the_documentation() {
        // The public key of the official suite, and the key pair of aws-c-auth's test of the derivation.
        for (id, secret, private, x, y) in [
            (
                "AKIDEXAMPLE",
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                "7efc8c0e65a324242818c5a50c891c6060b6a00717b7ba3cbe3c5d765be9259c",
                "b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1",
                "865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518",
            ),
            (
                "AKISORANDOMAASORANDOM",
                "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom",
                "7fd3bd010c0d9c292141c2b77bfbde1042c92e6836fff749d1269ec890fca1bd",
                "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb",
                "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0",
            ),
        ] {
            let key = SigningKey::derive(&Credentials::new(id.into(), secret.into(), None));
            assert_eq!(hex(&key.0.to_bytes()), private);
            assert_eq!(key.public_key(), *[&[4], &bytes(x)[..], &bytes(y)].concat());
        }
    }

    /// RFC 6979, A.2.5: P-256 with SHA-256. The larger of the two s is its difference from the order.
    #[test]
    fn signs_as_the_rfc_does() {
        const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        assert!(Scalar::from_bytes(&bytes(ORDER)).is_none(), "the order is no number below the order");
        let private =
            Scalar::from_bytes(&bytes("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"));
        let key = SigningKey(Box::new(private.unwrap()));
        for (text, r, s) in [
            (
                "sample",
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
                "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
            ),
            (
                "test",
                "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
                "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
            ),
        ] {
            let s = Scalar::from_bytes(&bytes(s)).unwrap().lower();
            let (mut expected, mut signature) = (Buffer::default(), Buffer::default());
            write_der(&mut expected, &bytes(r), &s.to_bytes());
            key.sign(&mut signature, text);
            assert_eq!(&*signature, &*expected, "{text}");
        }
    }

    #[test]
    fn integers_are_as_short_as_they_can_be() {
        let number = |last: u8| core::array::from_fn(|at| if at == 31 { last } else { 0 });
        for (r, s, der) in [
            (number(1), number(0x7f), "300602010102017f"),
            (number(0x80), [0xff; 32], &format!("302702020080022100{}", "ff".repeat(32))),
        ] {
            let mut out = Buffer::default();
            write_der(&mut out, &r, &s);
            assert_eq!(&*out, der);
        }
    }
}
