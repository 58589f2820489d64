//! Signature Version 4 for AWS API Gateway and every other AWS service, and the client policy of the
//! npm package `gatesign`.
//!
//! Each layer only knows the layers below it:
//!
//! | layer | what it does |
//! | --- | --- |
//! | `boundary` (feature `wasm`) | the module's one export: numbers in, numbers and texts out |
//! | `send` (feature `send`), `web` (feature `web`) | a client that sends, over any transport or the platform's fetch |
//! | [`client`] | makes the exact request from a call's arguments; no JavaScript, no I/O, no clock |
//! | [`sigv4`] | signs; bytes in, text out |
//!
//! ```
//! use gatesign::sigv4::{Payload, Request, Rules, Signer, timestamp::Timestamp};
//! use gatesign::Credentials;
//!
//! # fn main() -> Result<(), gatesign::sigv4::Error> {
//! let credentials = Credentials::new(
//!     "AKIDEXAMPLE".into(),
//!     "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
//!     None,
//! );
//! let signer = Signer::new(credentials, "us-east-1", "service", Rules::default())?;
//! let signed = signer.sign(
//!     &Request {
//!         method: "GET",
//!         host: "example.amazonaws.com",
//!         path: "/",
//!         query: "",
//!         headers: &[],
//!         payload: Payload::Empty,
//!     },
//!     Timestamp::from_millis(1_440_938_160_000.0)?,
//! );
//! assert_eq!(signed.signed_headers(), "host;x-amz-date");
//! # Ok(())
//! # }
//! ```

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(any(feature = "std", feature = "send", not(all(feature = "wasm", target_arch = "wasm32"))))]
extern crate std;

#[doc(hidden)]
pub mod boundary;
pub mod client;
#[cfg(feature = "send")]
pub mod send;
#[cfg(feature = "web")]
pub mod web;

pub use gatesign_sigv4 as sigv4;
pub use gatesign_sigv4::Credentials;

// The other layers use it like a module of this crate; it is separate because it is optimized for speed.
use gatesign_sigv4::{ascii, buffer, encode, list, text};
