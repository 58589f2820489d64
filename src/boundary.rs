//! The pure half of the JavaScript edge: numbers and texts in, texts out. `exports` only adds the names for
//! wasm-bindgen, so everything that a script can pass to this crate is read here, where it is tested and
//! fuzzed natively.
//!
//! A script writes the fields of a job into the input, calls the job by its number, and reads the answer from
//! the output: [`fields`] defines how texts cross, `jobs` which ones. Public only for tests: it follows
//! `src/js/jobs.ts` and changes with it.

// A module with fewer jobs leaves parts of this unused.
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

/// A larger input buffer, in bytes, is not kept for the next job.
const LARGE: usize = 1 << 18;

/// The numbers of a job, in addition to its fields.
#[derive(Clone, Copy)]
pub struct Numbers {
    /// The client or signer to use; jobs that create one return its number.
    pub handle: usize,
    /// The time, in ms since the epoch.
    pub now: f64,
    /// Another number that the job needs: the life of a URL in seconds, a count of retries.
    pub number: f64,
}

/// What the number that a script holds refers to.
enum Handle {
    Free,
    #[cfg(feature = "client")]
    Client(Box<Client>),
    #[cfg(feature = "signer")]
    Signer(Box<Signer>),
}

/// Everything behind the boundary.
pub struct Boundary {
    input: Vec<u8>,
    output: Output,
    handles: Vec<Handle>,
    /// The index from which to search for a free one.
    first_free: usize,
    room: Room,
}

/// The buffers for the results of jobs. They are kept, so that jobs need not allocate, and wiped after each
/// job.
struct Room {
    #[cfg(feature = "client")]
    prepared: Prepared,
    #[cfg(feature = "signer")]
    signed: Signed,
}

impl Boundary {
    /// Without clients and signers.
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

    /// Space for this many bytes of input, if there is enough memory. Previous content may be lost.
    pub fn input(&mut self, size: usize) -> Option<&mut [u8]> {
        if self.input.len() < size {
            // Nothing is copied into the new buffer; in the module the allocator wipes freed memory.
            self.input = Vec::new();
            self.input.try_reserve(size).ok()?;
            self.input.resize(size, 0);
        }
        Some(&mut self.input)
    }

    /// The answer of the last job: its texts separated by NUL, or the message of its refusal.
    #[must_use]
    pub fn output(&self) -> &str {
        self.output.text()
    }

    /// Runs a job whose `count` fields are in the first `size` bytes of the input. Returns a number, or the
    /// length of the output; a refusal is -1 minus the length of its message.
    pub fn call(&mut self, job: u32, count: usize, size: usize, numbers: Numbers) -> f64 {
        self.output.clear();
        let Some(job) = Job::ALL.get(job as usize).copied() else { return f64::NAN };
        let answer = self.answer(job, count, size, numbers);
        // The fields contain secrets, which otherwise would not be overwritten soon.
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
            // Unreachable from our scripts: they refuse destroyed clients and signers themselves.
            _ => return Ok(f64::NAN),
        }
        Ok(output.length())
    }

    /// Stores a client or signer at a free number, and returns the number.
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

/// Overwrites what earlier jobs left on the stack, such as the signing key while it was derived. They use up
/// to 4 KB.
#[inline(never)]
fn wipe_stack() {
    let mut stack = [0_u8; 8192];
    stack.zeroize();
}

#[cfg(test)]
mod tests;
