//! The pure half of the JavaScript edge: numbers and texts in, texts out. `exports` adds no more than
//! wasm-bindgen's names, so all that a script can make this crate read is read here, and is tested
//! and fuzzed natively.
//!
//! A script writes the fields of a job into the input, calls the job by its number, and reads the
//! answer from the output: [`fields`] says how. Public for tests only: its form follows
//! `src/js/core.js` and changes with it.

mod call;
mod client;
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod exports;
pub mod fields;
pub mod job;
mod questions;
mod signer;

use crate::Credentials;
use crate::Error;
use crate::client::redact::redact;
use crate::sigv4::{Payload, Signed, Signer};
use alloc::boxed::Box;
use alloc::vec::Vec;
use client::ClientCore;
use fields::{Fields, Output};
use zeroize::Zeroize;

/// Input of more bytes than this is not kept for the next job.
const LARGE: usize = 1 << 18;

/// The numbers that go with a job beside its fields.
#[derive(Clone, Copy)]
pub struct Numbers {
    /// Which client or signer does it; those that make one are told its number.
    pub owner: usize,
    /// The time, in ms since the epoch.
    pub now: f64,
    /// What else the job needs: the life of a URL in seconds, a count of retries.
    pub number: f64,
}

/// Who does a job.
enum Owner {
    Nobody,
    Client(Box<ClientCore>),
    Signer(Box<Signer>),
}

/// All that lives behind the boundary.
#[derive(Default)]
pub struct Core {
    input: Vec<u8>,
    output: Output,
    owners: Vec<Owner>,
}

impl Core {
    /// Room for so many bytes of input, if there is enough memory. What was written before is kept or lost.
    pub fn input(&mut self, size: usize) -> Option<&mut [u8]> {
        if self.input.len() < size {
            // Not copied into the new room: in the module the allocator wipes what is freed.
            self.input = Vec::new();
            self.input.try_reserve_exact(size).ok()?;
            self.input.resize(size, 0);
        }
        Some(&mut self.input)
    }

    /// What the last job answered: its texts with NUL between them, or the message of its refusal.
    #[must_use]
    pub fn output(&self) -> &str {
        self.output.text()
    }

    /// Does a job whose `count` fields are in the first `size` bytes of the input. Answers a number,
    /// or the length of the output; a refusal is -1 minus the length of its message.
    pub fn call(&mut self, job: u32, count: usize, size: usize, numbers: Numbers) -> f64 {
        self.output.clear();
        let input = self.input.get(..size).unwrap_or(&self.input);
        let mut fields = Fields::new(input, count);
        let answer = match job {
            job::NEW_CLIENT => {
                ClientCore::new(&mut fields).map(|made| add(&mut self.owners, Owner::Client(Box::new(made))))
            }
            job::NEW_SIGNER => {
                signer::new(&mut fields).map(|made| add(&mut self.owners, Owner::Signer(Box::new(made))))
            }
            job::DESTROY => {
                if let Some(owner) = self.owners.get_mut(numbers.owner) {
                    *owner = Owner::Nobody;
                }
                self.output.wipe();
                wipe_stack();
                Ok(0.0)
            }
            _ => match self.owners.get_mut(numbers.owner) {
                Some(Owner::Client(client)) if job < job::NEW_SIGNER => {
                    client.call(job, &mut fields, numbers, &mut self.output).map(|()| self.output.length())
                }
                Some(Owner::Signer(owner)) if job < job::TEMPLATE_NAMES => {
                    signer::call(owner, job, &mut fields, numbers, &mut self.output)
                        .map(|()| self.output.length())
                }
                // Scripts do not ask those who are gone.
                _ if job < job::TEMPLATE_NAMES => Ok(f64::NAN),
                _ => Ok(questions::answer(job, &mut fields, numbers, &mut self.output)),
            },
        };
        // Secrets came in with these, and nobody would overwrite them soon.
        if matches!(job, job::NEW_CLIENT | job::NEW_SIGNER | job::SET_CREDENTIALS | job::DESTROY)
            || self.input.len() > LARGE
        {
            self.input = Vec::new();
        }
        answer.unwrap_or_else(|error| {
            self.output.clear();
            -1.0 - self.output.push_any(&error.message()).length()
        })
    }
}

/// Overwrites what earlier jobs left below on the stack: the signing key was there while it was made.
/// They reach 4 KB deep.
#[inline(never)]
fn wipe_stack() {
    let mut stack = [0_u8; 8192];
    stack.zeroize();
}

/// Puts an owner where none is, and gives its number.
fn add(owners: &mut Vec<Owner>, new: Owner) -> f64 {
    let free = owners.iter().position(|owner| matches!(owner, Owner::Nobody));
    let at = free.unwrap_or(owners.len());
    match owners.get_mut(at) {
        Some(owner) => *owner = new,
        None => owners.push(new),
    }
    fields::number(at)
}

fn read_credentials(fields: &mut Fields<'_>) -> Credentials {
    let (id, secret, token) = (fields.text(), fields.text(), fields.text());
    Credentials::new(id.into(), secret.into(), Some(token.into()))
}

/// The payload: a hash that the platform has worked out, or the body itself. That of a presigned URL is
/// sent by whoever uses it, so that no more than its hash may be known.
///
/// # Errors
/// [`Error::Argument`] if the hash cannot be a line of the canonical request.
fn payload<'a>(hash: &'a str, body: &'a [u8], presigns: bool) -> Result<Payload<'a>, Error> {
    if hash.is_empty() {
        Ok(if presigns { Payload::Empty } else { Payload::Bytes(body) })
    } else if hash.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(Payload::Hash(hash))
    } else {
        Err(Error::argument("bodyHash", "64 hexadecimal digits, or a constant of the service", hash))
    }
}

/// Seconds as presigning takes them; anything else is refused there.
fn whole_seconds(seconds: f64) -> Result<u32, Error> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let whole = seconds as u32;
    #[expect(clippy::float_cmp, reason = "only whole numbers are taken")]
    if f64::from(whole) == seconds { Ok(whole) } else { Err(Error::Expires) }
}

fn write_explanation(out: &mut Output, signed: &Signed) {
    out.push(&redact(&signed.canonical_request))
        .push(&signed.string_to_sign)
        .push(signed.credential_scope())
        .push(signed.signed_headers())
        .push(signed.payload_hash())
        .push(&signed.signature)
        .push(signed.amz_date());
}

#[cfg(test)]
mod tests;
