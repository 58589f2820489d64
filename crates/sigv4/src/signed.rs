//! The result of signing.

use crate::buffer::Buffer;
use crate::list::List;
use crate::timestamp::AmzDate;

/// The result of signing: each text of the standard, as it was signed.
///
/// It also contains the buffers for signing. Keep one and pass it to [`Signer::sign_into`] to sign many
/// requests without allocating; the texts of the previous request are overwritten. Everything is wiped when
/// it is dropped, because the canonical request contains the session token.
///
/// [`Signer::sign_into`]: crate::Signer::sign_into
#[expect(clippy::struct_field_names, reason = "the standard says signed headers")]
pub struct Signed {
    pub(crate) amz_date: AmzDate,
    pub(crate) payload_hash: Buffer,
    /// The signed headers, sorted.
    pub(crate) headers: List,
    pub(crate) added: List,
    pub(crate) signed_headers: Buffer,
    pub(crate) parameters: List,
    pub(crate) query: Buffer,
    pub(crate) canonical_request: Buffer,
    pub(crate) credential_scope: Buffer,
    pub(crate) string_to_sign: Buffer,
    pub(crate) signature: Buffer,
    pub(crate) authorization: Buffer,
}

impl Signed {
    /// An empty result, without any allocation.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            amz_date: AmzDate::none(),
            payload_hash: Buffer::new(),
            headers: List::new(),
            added: List::new(),
            signed_headers: Buffer::new(),
            parameters: List::new(),
            query: Buffer::new(),
            canonical_request: Buffer::new(),
            credential_scope: Buffer::new(),
            string_to_sign: Buffer::new(),
            signature: Buffer::new(),
            authorization: Buffer::new(),
        }
    }

    /// Step 1: the text whose hash is signed. It contains the session token.
    #[must_use]
    pub fn canonical_request(&self) -> &str {
        &self.canonical_request
    }

    /// Step 2: the text that is signed.
    #[must_use]
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// Step 4: 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// After [`Signer::sign`](crate::Signer::sign):
    /// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`
    #[must_use]
    pub fn authorization(&self) -> &str {
        &self.authorization
    }

    /// After [`Signer::presign`](crate::Signer::presign): the whole query of the presigned URL. Otherwise the
    /// canonical query.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// `20130524T000000Z`, the value of `x-amz-date`.
    #[must_use]
    pub fn amz_date(&self) -> &str {
        self.amz_date.as_str()
    }

    /// `20130524/us-east-1/execute-api/aws4_request`
    #[must_use]
    pub fn credential_scope(&self) -> &str {
        &self.credential_scope
    }

    /// `host;x-amz-date`
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// SHA-256 of the body in lower-case hexadecimal digits, or the value in the request that replaces it,
    /// such as [`UNSIGNED_PAYLOAD`](crate::UNSIGNED_PAYLOAD).
    #[must_use]
    pub fn payload_hash(&self) -> &str {
        &self.payload_hash
    }

    /// The headers to send in addition to the request's own, in this order; none for a presigned URL.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.added.iter()
    }

    /// Overwrites all texts, and keeps the buffers.
    pub fn clear(&mut self) {
        self.headers.clear();
        self.added.clear();
        self.parameters.clear();
        for text in [
            &mut self.payload_hash,
            &mut self.signed_headers,
            &mut self.query,
            &mut self.canonical_request,
            &mut self.credential_scope,
            &mut self.string_to_sign,
            &mut self.signature,
            &mut self.authorization,
        ] {
            text.clear();
        }
    }
}

impl Default for Signed {
    fn default() -> Self {
        Self::new()
    }
}
