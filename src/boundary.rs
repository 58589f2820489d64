//! The pure half of the JavaScript edge: texts in and texts out, each many fields in one string.
//! `js` adds no more than wasm-bindgen's names and the thrown errors, so all that a script can make
//! this crate read is read here, and is tested and fuzzed natively.
//!
//! Public for those tests only: its form follows `src/js/*.js` and changes with it.

mod call;
pub mod client;
pub mod fields;
pub mod questions;
pub mod signer;

use crate::Credentials;
use crate::error::Error;
use crate::sigv4::explanation::Explanation;
use crate::sigv4::{Payload, Signed};
use alloc::string::String;
use fields::{Reader, Writer};

fn read_credentials(fields: &mut Reader<'_>) -> Credentials {
    let (id, secret, token) = (fields.text(), fields.text(), fields.text());
    Credentials::new(id.into_owned(), secret.into_owned(), Some(token.into_owned()))
}

/// The payload: a hash that the platform has worked out, or the body itself.
fn payload<'a>(hash: &'a str, body: &'a [u8]) -> Payload<'a> {
    if hash.is_empty() { Payload::Bytes(body) } else { Payload::Hash(hash) }
}

/// Seconds as presigning takes them; anything else is refused there.
fn whole_seconds(seconds: f64) -> Result<u32, Error> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let whole = seconds as u32;
    #[expect(clippy::float_cmp, reason = "only whole numbers are taken")]
    if f64::from(whole) == seconds { Ok(whole) } else { Err(Error::Expires) }
}

fn decimal(number: usize) -> String {
    crate::text::decimal(u32::try_from(number).unwrap_or(u32::MAX))
}

fn write_explanation(out: &mut Writer, signed: &Signed) {
    let explanation = Explanation::from(signed);
    out.push(&explanation.canonical_request)
        .push(&explanation.string_to_sign)
        .push(&explanation.credential_scope)
        .push(&explanation.signed_headers)
        .push(&explanation.payload_hash)
        .push(&explanation.signature)
        .push(&explanation.amz_date);
}
