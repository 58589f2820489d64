//! Identifiers that look like API Gateway's; they only have to differ.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// A request id: a random UUID.
pub fn request_id() -> String {
    let mut bytes = fastrand::u128(..).to_be_bytes();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex::encode(bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// An extended request id, `R0oXAdfD0kwCH6w=`.
pub fn extended_id() -> String {
    STANDARD.encode(&fastrand::u128(..).to_be_bytes()[..11])
}

/// A WebSocket connection id: 16 characters, the last one `=`.
pub fn connection_id() -> String {
    URL_SAFE.encode(&fastrand::u128(..).to_be_bytes()[..11])
}
