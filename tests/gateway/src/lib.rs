//! An API Gateway stand-in on loopback: it checks Signature Version 4 with the crate `aws-sigv4`, refuses
//! as API Gateway refuses, and fails on request. For the demo, the tests and the benchmarks.
//!
//! `connection` reads a request, `exchange` leads it through `routes`, `auth` and `resources`, `faults`
//! spoils the answer if a test asked for that, and `record` and `stats` keep what happened. `control` is
//! how tests steer all of it. README.md lists routes, identities and control endpoints.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "the signer must not read the clock; a server must")]

pub mod arrived;
pub mod auth;
pub mod errors;

mod config;
mod connection;
mod control;
mod cors;
mod delivery;
mod events;
mod exchange;
mod faults;
mod ids;
mod movies;
mod raw;
mod record;
mod resources;
mod routes;
mod server;
mod state;
mod stats;
mod tap;
mod ws;

pub use server::{Gateway, Options};
