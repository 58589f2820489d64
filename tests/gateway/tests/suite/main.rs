//! The gateway from outside: raw TCP in, raw bytes out, signatures by `aws-sigv4`.
#![allow(clippy::disallowed_methods, reason = "the signer must not read the clock; its tests' client must")]

mod access;
mod binary;
mod client;
mod control;
mod cors;
mod faults;
mod order;
mod properties;
mod refusals;
mod routes;
mod signatures;
mod vectors;
mod websocket;
