//! What is signed.

/// An HTTP request as it will be on the wire.
///
/// Signing refuses nothing: a line break in one of these texts would be one in the canonical request.
/// HTTP libraries do not send such texts; check what comes from elsewhere
/// (`gatesign::client::headers::check`).
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Upper case, such as `GET`.
    pub method: &'a str,
    /// The URL's host, with its port unless that is the scheme's own. A `host` header among
    /// `headers` is signed in its place.
    pub host: &'a str,
    /// The percent-encoded path, starting with `/`.
    pub path: &'a str,
    /// The query without `?`; empty if there is none.
    pub query: &'a str,
    /// Names in any case, values as they are sent.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, or what is known of it.
    pub payload: Payload<'a>,
}

/// What the signature says of the body.
#[derive(Clone, Copy)]
pub enum Payload<'a> {
    /// No body.
    Empty,
    /// The bytes as they are sent; they are hashed here.
    Bytes(&'a [u8]),
    /// SHA-256 of the bytes in hexadecimal digits: they were hashed elsewhere.
    Digest(&'a str),
    /// What the caller wants signed, whatever the rules say: a digest, or a constant that the service defines,
    /// such as [`UNSIGNED_PAYLOAD`](crate::UNSIGNED_PAYLOAD).
    Hash(&'a str),
}
