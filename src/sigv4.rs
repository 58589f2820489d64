//! Signature Version 4, from a request to its signature, top to bottom.
//!
//! 1. the canonical request: one text for all spellings of the same request ([`canonical`]),
//! 2. the string to sign: algorithm, time, credential scope and the canonical request's hash,
//! 3. the signing key, derived from the secret for one day, region and service ([`key`]),
//! 4. the signature: HMAC-SHA256 of the string to sign.
//!
//! Pure: bytes in, text out. Time is an argument, nothing is sent, nothing is stored but the key of
//! the day.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
pub mod canonical;
pub mod explanation;
pub mod key;
mod rules;
pub mod timestamp;

pub use rules::Rules;

use crate::credentials::Credentials;
use crate::encode::encode;
use crate::error::Error;
use crate::text::{self, decimal};
use canonical::CanonicalHeader;
use core::cell::Cell;
use key::{EMPTY_PAYLOAD_HASH, SigningKey, sha256_hex};
use timestamp::Timestamp;
use zeroize::Zeroizing;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// The payload hash of a body that is not signed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
/// The longest life of a presigned URL: seven days, in seconds.
pub const MAX_EXPIRES: u32 = 604_800;

/// An HTTP request as it will be on the wire.
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
    /// SHA-256 of the bytes in hexadecimal digits, or a constant that the service defines, such as
    /// [`UNSIGNED_PAYLOAD`].
    Hash(&'a str),
}

/// Everything that signing works out. The canonical request holds the session token, so it is wiped
/// when it is dropped; [`explanation::Explanation`] shows it without.
pub struct Signed {
    /// `20130524T000000Z`, the value of `x-amz-date`.
    pub amz_date: String,
    /// `20130524/us-east-1/execute-api/aws4_request`
    pub credential_scope: String,
    /// `host;x-amz-date`
    pub signed_headers: String,
    /// The text whose hash is signed.
    pub canonical_request: Zeroizing<String>,
    /// The text that is signed.
    pub string_to_sign: String,
    /// SHA-256 of the body in lower-case hexadecimal digits, or [`UNSIGNED_PAYLOAD`].
    pub payload_hash: String,
    /// 64 lower-case hexadecimal digits.
    pub signature: String,
    /// For [`Signer::presign`]: the whole query of the presigned URL.
    pub query: Zeroizing<String>,
}

/// Signs for one identity, region and service, and keeps the signing key of the day.
pub struct Signer {
    credentials: Credentials,
    region: String,
    service: String,
    rules: Rules,
    key_of_day: Cell<Option<(i64, SigningKey)>>,
}

impl Signer {
    /// Checks that nothing needed is empty and that nothing has a form that no service accepts.
    ///
    /// # Errors
    /// [`Error::Argument`] names the field.
    pub fn new(credentials: Credentials, region: &str, service: &str, rules: Rules) -> Result<Self, Error> {
        check_scope_part("accessKeyId", credentials.access_key_id())?;
        check_secret("secretAccessKey", credentials.secret_access_key())?;
        check_secret("sessionToken", credentials.session_token().unwrap_or("none"))?;
        check_scope_part("region", region)?;
        check_scope_part("service", service)?;
        Ok(Self {
            credentials,
            region: region.into(),
            service: service.into(),
            rules,
            key_of_day: Cell::new(None),
        })
    }

    /// Whose signature it is.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// How this signer's service wants its requests.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Signs in headers. The request is then sent with what [`Signer::headers`] returns added.
    #[must_use]
    pub fn sign(&self, request: &Request<'_>, now: Timestamp) -> Signed {
        let amz_date = now.amz_date();
        let payload_hash = self.payload_hash(request.payload);
        let mut own = vec![("x-amz-date", amz_date.as_str())];
        if self.rules.payload_header {
            own.push(("x-amz-content-sha256", &payload_hash));
        }
        if let Some(token) = self.credentials.session_token()
            && !self.rules.omit_session_token
        {
            own.push(("x-amz-security-token", token));
        }
        let headers = canonical::canonical_headers(request, &own, &self.rules);
        let query = canonical::canonical_query(request.query, &[]);
        self.finish(request, &headers, query, &payload_hash, now, &amz_date)
    }

    /// Signs in the query: the request is then sent to a URL with [`Signed::query`] as its query and
    /// no further header than those given. `expires` is the URL's life in seconds.
    ///
    /// # Errors
    /// [`Error::Expires`] unless `expires` is from 1 to [`MAX_EXPIRES`].
    pub fn presign(&self, request: &Request<'_>, expires: u32, now: Timestamp) -> Result<Signed, Error> {
        if !(1..=MAX_EXPIRES).contains(&expires) {
            return Err(Error::Expires);
        }
        let payload_hash = match request.payload {
            // What will be uploaded through the URL is not known yet.
            Payload::Empty if self.rules.unsigned_presign => UNSIGNED_PAYLOAD.to_owned(),
            payload => self.payload_hash(payload),
        };
        let headers = canonical::canonical_headers(request, &[], &self.rules);
        let amz_date = now.amz_date();
        let mut parameters = vec![
            ("X-Amz-Algorithm", ALGORITHM.to_owned()),
            ("X-Amz-Credential", encode(&self.credential(&amz_date))),
            ("X-Amz-Date", amz_date.clone()),
            ("X-Amz-Expires", decimal(expires)),
            ("X-Amz-SignedHeaders", encode(&names(&headers))),
        ];
        let token = self.credentials.session_token().map(encode);
        if let (Some(token), false) = (&token, self.rules.omit_session_token) {
            parameters.push(("X-Amz-Security-Token", token.clone()));
        }
        let query = canonical::canonical_query(request.query, &parameters);
        let mut signed = self.finish(request, &headers, query, &payload_hash, now, &amz_date);
        signed.query.push_str("&X-Amz-Signature=");
        signed.query.push_str(&signed.signature);
        if let (Some(token), true) = (&token, self.rules.omit_session_token) {
            signed.query.push_str("&X-Amz-Security-Token=");
            signed.query.push_str(token);
        }
        Ok(signed)
    }

    /// Steps 2 to 4, the same for both ways of signing.
    fn finish(
        &self,
        request: &Request<'_>,
        headers: &[CanonicalHeader<'_>],
        query: String,
        payload_hash: &str,
        now: Timestamp,
        amz_date: &str,
    ) -> Signed {
        let signed_headers = names(headers);
        let mut canonical_request = Zeroizing::new(String::with_capacity(
            request.path.len() * 3 + query.len() + header_bytes(headers) + signed_headers.len() + 96,
        ));
        canonical_request.push_str(request.method);
        canonical_request.push('\n');
        canonical::push_path(&mut canonical_request, request.path, &self.rules);
        canonical_request.push('\n');
        canonical_request.push_str(&query);
        canonical_request.push('\n');
        for header in headers {
            canonical_request.push_str(&header.name);
            canonical_request.push(':');
            canonical_request.push_str(&header.value);
            canonical_request.push('\n');
        }
        canonical_request.push('\n');
        canonical_request.push_str(&signed_headers);
        canonical_request.push('\n');
        canonical_request.push_str(payload_hash);

        let credential_scope = self.credential_scope(amz_date);
        let mut string_to_sign = String::with_capacity(160);
        string_to_sign.push_str(ALGORITHM);
        string_to_sign.push('\n');
        string_to_sign.push_str(amz_date);
        string_to_sign.push('\n');
        string_to_sign.push_str(&credential_scope);
        string_to_sign.push('\n');
        string_to_sign.push_str(&sha256_hex(canonical_request.as_bytes()));

        let signature = self.signature(&string_to_sign, now);
        Signed {
            amz_date: amz_date.to_owned(),
            credential_scope,
            signed_headers,
            canonical_request,
            string_to_sign,
            payload_hash: payload_hash.to_owned(),
            signature,
            query: Zeroizing::new(query),
        }
    }

    /// Signs a text that another standard defines (event stream chunks, POST policies), with the
    /// signing key of `now`'s day.
    #[must_use]
    pub fn sign_string(&self, string_to_sign: &str, now: Timestamp) -> String {
        self.signature(string_to_sign, now)
    }

    /// The headers to send beside the request's own, in this order.
    #[must_use]
    pub fn headers<'a>(&'a self, signed: &'a Signed) -> Vec<(&'static str, String)> {
        let mut headers = vec![("x-amz-date", signed.amz_date.clone())];
        if self.rules.payload_header {
            headers.push(("x-amz-content-sha256", signed.payload_hash.clone()));
        }
        if let Some(token) = self.credentials.session_token() {
            headers.push(("x-amz-security-token", token.to_owned()));
        }
        headers.push(("authorization", self.authorization(signed)));
        headers
    }

    /// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`
    fn authorization(&self, signed: &Signed) -> String {
        let parts = [
            ALGORITHM,
            " Credential=",
            self.credentials.access_key_id(),
            "/",
            &signed.credential_scope,
            ", SignedHeaders=",
            &signed.signed_headers,
            ", Signature=",
            &signed.signature,
        ];
        text::concat(&parts)
    }

    fn credential(&self, amz_date: &str) -> String {
        text::concat(&[self.credentials.access_key_id(), "/", &self.credential_scope(amz_date)])
    }

    fn credential_scope(&self, amz_date: &str) -> String {
        text::concat(&[date_of(amz_date), "/", &self.region, "/", &self.service, "/aws4_request"])
    }

    /// The signature of `string_to_sign`, with the key of `now`'s day.
    fn signature(&self, string_to_sign: &str, now: Timestamp) -> String {
        let cached = self.key_of_day.take().filter(|(day, _)| *day == now.day());
        let (day, key) = cached.unwrap_or_else(|| {
            let date = now.amz_date();
            (now.day(), SigningKey::derive(&self.credentials, date_of(&date), &self.region, &self.service))
        });
        let signature = key.signature(string_to_sign);
        self.key_of_day.set(Some((day, key)));
        signature
    }

    fn payload_hash(&self, payload: Payload<'_>) -> String {
        match payload {
            Payload::Hash(hash) => hash.to_owned(),
            _ if !self.rules.sign_payload => UNSIGNED_PAYLOAD.to_owned(),
            Payload::Empty | Payload::Bytes([]) => EMPTY_PAYLOAD_HASH.to_owned(),
            Payload::Bytes(bytes) => sha256_hex(bytes),
        }
    }
}

/// `20130524` of `20130524T000000Z`.
fn date_of(amz_date: &str) -> &str {
    text::split_once(amz_date, "T").map_or(amz_date, |(date, _)| date)
}

fn names(headers: &[CanonicalHeader<'_>]) -> String {
    let names: Vec<&str> = headers.iter().map(|header| &*header.name).collect();
    text::join(&names, ";")
}

fn header_bytes(headers: &[CanonicalHeader<'_>]) -> usize {
    headers.iter().map(|header| header.name.len() + header.value.len() + 2).sum()
}

/// Region, service and access key id stand between slashes in the credential scope, and the scope
/// between commas in the Authorization header.
fn check_scope_part(argument: &'static str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::Missing(argument));
    }
    let allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'/' | b',' | b';');
    if text.bytes().all(allowed) {
        Ok(())
    } else if argument == "accessKeyId" {
        // It may be the secret in the wrong place.
        Err(Error::SecretForm(argument))
    } else {
        Err(Error::argument(argument, "a name without spaces, slashes or commas", text))
    }
}

/// A secret with white space in it was copied with too much around it: it would never match.
fn check_secret(argument: &'static str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        Err(Error::Missing(argument))
    } else if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(Error::SecretForm(argument))
    }
}
