//! The pure half of the JavaScript edge: numbers and texts in, texts out. `exports` adds no more than
//! wasm-bindgen's names, so all that a script can make this crate read is read here, and is tested
//! and fuzzed natively.
//!
//! A script writes the fields of a job into the input, calls the job by its number, and reads the
//! answer from the output: [`fields`] says how texts cross, `jobs` which ones. Public for tests only: its
//! form follows `src/js/jobs.ts` and changes with it.

// A module with less to do leaves parts of this without use.
#![cfg_attr(not(all(feature = "client", feature = "signer")), allow(unused))]

#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod exports;
pub mod fields;
mod job;
mod jobs;

pub use job::Job;

use crate::client::{Client, Error, LONGEST, Prepared};
use crate::sigv4::{Signed, Signer};
use alloc::boxed::Box;
use alloc::vec::Vec;
use fields::{Fields, Output};
use zeroize::Zeroize;

/// Input of more bytes than this is not kept for the next job.
const LARGE: usize = 1 << 18;

/// The numbers that go with a job, next to its fields.
#[derive(Clone, Copy)]
pub struct Numbers {
    /// Which client or signer does it; those that make one are told its number.
    pub handle: usize,
    /// The time, in ms since the epoch.
    pub now: f64,
    /// What else the job needs: the life of a URL in seconds, a count of retries.
    pub number: f64,
}

/// What a number that a script holds stands for.
enum Handle {
    Free,
    #[cfg(feature = "client")]
    Client(Box<Client>),
    #[cfg(feature = "signer")]
    Signer(Box<Signer>),
}

/// All that lives behind the boundary.
pub struct Boundary {
    input: Vec<u8>,
    output: Output,
    handles: Vec<Handle>,
    /// Where the first free one may be.
    first_free: usize,
    room: Room,
}

/// Where jobs write what they work out; it stays, so that they need not allocate, and is wiped after each.
struct Room {
    #[cfg(feature = "client")]
    prepared: Prepared,
    #[cfg(feature = "signer")]
    signed: Signed,
}

impl Boundary {
    /// With no client and no signer in it.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            input: Vec::new(),
            output: Output::new(),
            handles: Vec::new(),
            first_free: 0,
            room: Room {
                #[cfg(feature = "client")]
                prepared: Prepared::new(),
                #[cfg(feature = "signer")]
                signed: Signed::new(),
            },
        }
    }

    /// Room for so many bytes of input, if there is enough memory. What was written before is kept or lost.
    pub fn input(&mut self, size: usize) -> Option<&mut [u8]> {
        if self.input.len() < size {
            // Not copied into the new room: in the module the allocator wipes what is freed.
            self.input = Vec::new();
            self.input.try_reserve(size).ok()?;
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
        let Some(job) = Job::ALL.get(job as usize).copied() else { return f64::NAN };
        let answer = self.answer(job, count, size, numbers);
        // Secrets came in with these, and nobody would overwrite them soon.
        if matches!(
            job,
            Job::NewClient | Job::NewSigner | Job::NewV4aSigner | Job::SetCredentials | Job::Destroy
        ) || self.input.len() > LARGE
        {
            self.input = Vec::new();
        }
        answer.unwrap_or_else(|error| {
            self.output.clear();
            self.output.push(error.text());
            -1.0 - self.output.length()
        })
    }

    fn answer(&mut self, job: Job, count: usize, size: usize, numbers: Numbers) -> Result<f64, Error> {
        let Self { input, output, handles, room, .. } = self;
        let input = input.get(..size).unwrap_or(input);
        let mut fields = Fields::new(input, count);
        if fields.size() > LONGEST {
            return Err(Error::too_long());
        }
        let fields = &mut fields;
        let handle = handles.get_mut(numbers.handle);
        match (job, handle) {
            #[cfg(feature = "client")]
            (Job::NewClient, _) => {
                let client = jobs::new_client(fields)?;
                return Ok(self.add(Handle::Client(Box::new(client))));
            }
            #[cfg(feature = "signer")]
            (Job::NewSigner, _) => {
                let signer = jobs::new_signer(fields)?;
                return Ok(self.add(Handle::Signer(Box::new(signer))));
            }
            #[cfg(feature = "v4a")]
            (Job::NewV4aSigner, _) => {
                let signer = jobs::new_v4a_signer(fields)?;
                return Ok(self.add(Handle::Signer(Box::new(signer))));
            }
            (Job::Destroy, handle) => {
                if let Some(handle) = handle {
                    *handle = Handle::Free;
                    self.first_free = self.first_free.min(numbers.handle);
                }
                self.output.clear();
                wipe_stack();
                return Ok(0.0);
            }
            #[cfg(feature = "client")]
            (Job::SetCredentials, Some(Handle::Client(client))) => jobs::set_credentials(client, fields)?,
            #[cfg(feature = "client")]
            (Job::Prepare, Some(Handle::Client(client))) => {
                let result = jobs::prepare(client, fields, numbers, &mut room.prepared, output);
                room.prepared.clear();
                result?;
            }
            #[cfg(feature = "client")]
            (Job::PresignCall, Some(Handle::Client(client))) => {
                let result = jobs::presign_call(client, fields, numbers, &mut room.prepared, output);
                room.prepared.clear();
                result?;
            }
            #[cfg(feature = "signer")]
            (Job::Sign, Some(Handle::Signer(signer))) => {
                jobs::sign(signer, fields, numbers, &mut room.signed, output)?;
                room.signed.clear();
            }
            #[cfg(feature = "signer")]
            (Job::Presign, Some(Handle::Signer(signer))) => {
                jobs::presign(signer, fields, numbers, &mut room.signed, output)?;
                room.signed.clear();
            }
            #[cfg(feature = "signer")]
            (Job::SignString, Some(Handle::Signer(signer))) => {
                jobs::sign_string(signer, fields, numbers, output)?;
            }
            #[cfg(feature = "client")]
            (Job::TemplateNames, _) => jobs::template_names(fields, output),
            #[cfg(feature = "client")]
            (Job::Host, _) => jobs::host(fields, output),
            #[cfg(feature = "client")]
            (Job::Next, _) => return Ok(jobs::next(fields, numbers)),
            // Unreachable from our scripts: they refuse what was destroyed themselves.
            _ => return Ok(f64::NAN),
        }
        Ok(output.length())
    }

    /// Stores a client or signer at a number that is free, and returns the number.
    fn add(&mut self, new: Handle) -> f64 {
        let mut at = self.first_free;
        while !matches!(self.handles.get(at), None | Some(Handle::Free)) {
            at += 1;
        }
        match self.handles.get_mut(at) {
            Some(handle) => *handle = new,
            None => self.handles.push(new),
        }
        self.first_free = at + 1;
        fields::number(at)
    }
}

impl Default for Boundary {
    fn default() -> Self {
        Self::new()
    }
}

/// Overwrites what earlier jobs left below on the stack: the signing key was there while it was made.
/// They reach 4 KB deep.
#[inline(never)]
fn wipe_stack() {
    let mut stack = [0_u8; 8192];
    stack.zeroize();
}

#[cfg(test)]
mod tests;
