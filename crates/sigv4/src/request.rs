//! The request to sign.

/// An HTTP request as it will be sent.
///
/// Signing refuses nothing: a line break in one of these texts would be a line break in the canonical
/// request. HTTP libraries do not send such texts; check untrusted input first
/// (`gatesign::client::headers::check`).
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Upper case, such as `GET`.
    pub method: &'a str,
    /// The URL's host, with its port unless that is the scheme's default. A `host` header in `headers` is
    /// signed instead.
    pub host: &'a str,
    /// The percent-encoded path, starting with `/`.
    pub path: &'a str,
    /// The query without `?`; empty if there is none.
    pub query: &'a str,
    /// Names in upper or lower case, values as they are sent.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, or what is known about it.
    pub payload: Payload<'a>,
}

/// How the body is signed.
#[derive(Clone, Copy)]
pub enum Payload<'a> {
    /// No body.
    Empty,
    /// The bytes as they are sent, to be hashed here.
    Bytes(&'a [u8]),
    /// SHA-256 of the bytes in hexadecimal digits, if they were hashed elsewhere.
    Digest(&'a str),
    /// The payload hash that the caller wants to sign, whatever the rules say: a digest, or a constant that
    /// the service defines, such as [`UNSIGNED_PAYLOAD`](crate::UNSIGNED_PAYLOAD).
    Hash(&'a str),
}
