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

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(test)]
extern crate std;

#[doc(hidden)]
pub mod ascii;
pub mod canonical;
mod credentials;
#[doc(hidden)]
pub mod encode;
mod error;
pub mod key;
pub mod pairs;
mod rules;
mod secret;
#[doc(hidden)]
pub mod text;
pub mod timestamp;

pub use credentials::Credentials;
pub use error::{Argument, Error};
pub use rules::Rules;
pub use secret::Secret;

use crate::encode::push_unreserved;
use crate::pairs::Pairs;
use crate::text::{concat, push, push_all, push_decimal, rsplit_once, with_room};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::cell::Cell;
use key::{EMPTY_PAYLOAD_HASH, SigningKey, push_sha256};
use timestamp::{AmzDate, Timestamp};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// The payload hash of a body that is not signed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
/// The longest life of a presigned URL: seven days, in seconds.
pub const MAX_EXPIRES: u32 = 604_800;

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
    /// SHA-256 of the bytes in hexadecimal digits, or a constant that the service defines, such as
    /// [`UNSIGNED_PAYLOAD`].
    Hash(&'a str),
}

/// What signing works out. The canonical request holds the session token, so it is wiped when it is
/// dropped.
pub struct Signed {
    /// The text whose hash is signed.
    pub canonical_request: Secret,
    /// The text that is signed.
    pub string_to_sign: String,
    /// 64 lower-case hexadecimal digits.
    pub signature: String,
    /// For [`Signer::sign`]: `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`
    pub authorization: String,
    /// For [`Signer::presign`]: the whole query of the presigned URL.
    pub query: Secret,
}

impl Signed {
    /// `20130524T000000Z`, the value of `x-amz-date`.
    #[must_use]
    pub fn amz_date(&self) -> &str {
        text::slice(&self.string_to_sign, 17, 33)
    }

    /// `20130524/us-east-1/execute-api/aws4_request`
    #[must_use]
    pub fn credential_scope(&self) -> &str {
        // Algorithm and time are before it, a hash of 64 digits is after it.
        let end = self.string_to_sign.len().saturating_sub(65);
        text::slice(&self.string_to_sign, 34, end)
    }

    /// `host;x-amz-date`
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        self.last_lines().0
    }

    /// SHA-256 of the body in lower-case hexadecimal digits, or [`UNSIGNED_PAYLOAD`].
    #[must_use]
    pub fn payload_hash(&self) -> &str {
        self.last_lines().1
    }

    /// The canonical request ends with the signed headers and the payload hash.
    fn last_lines(&self) -> (&str, &str) {
        let text = self.canonical_request.as_str();
        let (rest, hash) = rsplit_once(text, b'\n');
        (rsplit_once(rest, b'\n').1, hash)
    }
}

/// Signs for one identity, region and service, and keeps the signing key of the day.
pub struct Signer {
    credentials: Credentials,
    region: String,
    service: String,
    rules: Rules,
    day: Cell<Option<Box<Day>>>,
}

/// What only changes with the day.
struct Day {
    /// Days since the epoch.
    number: i64,
    /// `20130524/us-east-1/execute-api/aws4_request`
    credential_scope: String,
    key: SigningKey,
}

impl Day {
    /// Steps 2 to 4, the same for both ways of signing.
    fn finish(
        &self,
        request: &Request<'_>,
        headers: &Pairs,
        query: String,
        payload_hash: &str,
        rules: &Rules,
        amz_date: &AmzDate,
    ) -> Signed {
        let room = request.path.len() * 3 + query.len() + 2 * headers.bytes() + 4 * headers.len() + 96;
        let mut canonical_request = Secret::from(with_room(room));
        let out = &mut *canonical_request;
        push_all(out, &[request.method, "\n"]);
        canonical::push_path(out, request.path, rules);
        push_all(out, &["\n", &query, "\n"]);
        canonical::push_headers(out, headers);
        push(out, "\n");
        canonical::push_names(out, headers);
        push_all(out, &["\n", payload_hash]);

        let mut string_to_sign = with_room(192);
        let scope = &self.credential_scope;
        push_all(&mut string_to_sign, &[ALGORITHM, "\n", amz_date.as_str(), "\n", scope, "\n"]);
        push_sha256(&mut string_to_sign, canonical_request.as_bytes());

        let signature = self.key.signature(&string_to_sign);
        let (authorization, query) = (String::new(), query.into());
        Signed { canonical_request, string_to_sign, signature, authorization, query }
    }
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
        Ok(Self { credentials, region: region.into(), service: service.into(), rules, day: Cell::new(None) })
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
        let own = [
            Some(("x-amz-date", amz_date.as_str())),
            self.rules.payload_header.then_some(("x-amz-content-sha256", &*payload_hash)),
            self.token_header().filter(|_| !self.rules.omit_session_token),
        ];
        let headers = canonical::canonical_headers(request, &own, &self.rules);
        let query = canonical::canonical_query(request.query, &[]);
        let day = self.take_day(now);
        let mut signed = day.finish(request, &headers, query, &payload_hash, &self.rules, &amz_date);
        self.day.set(Some(day));
        let parts = [
            ALGORITHM,
            " Credential=",
            self.credentials.access_key_id(),
            "/",
            signed.credential_scope(),
            ", SignedHeaders=",
            signed.signed_headers(),
            ", Signature=",
            &signed.signature,
        ];
        signed.authorization = concat(&parts);
        signed
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
            Payload::Empty if self.rules.unsigned_presign => Cow::Borrowed(UNSIGNED_PAYLOAD),
            payload => self.payload_hash(payload),
        };
        let headers = canonical::canonical_headers(request, &[], &self.rules);
        let amz_date = now.amz_date();
        let mut signed_headers = String::new();
        canonical::push_names(&mut signed_headers, &headers);
        let mut seconds = String::new();
        push_decimal(&mut seconds, expires);
        let day = self.take_day(now);
        let credential = encode(&concat(&[self.credentials.access_key_id(), "/", &day.credential_scope]));
        let signed_headers = encode(&signed_headers);
        let token = self.credentials.session_token().map(encode).unwrap_or_default();
        let added_later = self.rules.omit_session_token;
        let parameters = [
            ("X-Amz-Algorithm", ALGORITHM),
            ("X-Amz-Credential", &credential),
            ("X-Amz-Date", amz_date.as_str()),
            ("X-Amz-Expires", &seconds),
            ("X-Amz-SignedHeaders", &signed_headers),
            ("X-Amz-Security-Token", &token),
        ];
        let [without_token @ .., _] = &parameters;
        let signs_token = !token.is_empty() && !added_later;
        let extra = if signs_token { &parameters[..] } else { without_token };
        let query = canonical::canonical_query(request.query, extra);
        let mut signed = day.finish(request, &headers, query, &payload_hash, &self.rules, &amz_date);
        self.day.set(Some(day));
        push_all(&mut signed.query, &["&X-Amz-Signature=", &signed.signature]);
        if !token.is_empty() && added_later {
            push_all(&mut signed.query, &["&X-Amz-Security-Token=", &token]);
        }
        Ok(signed)
    }

    /// The headers to send beside the request's own, in this order.
    pub fn headers<'a>(&'a self, signed: &'a Signed) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = [
            Some(("x-amz-date", signed.amz_date())),
            self.rules.payload_header.then(|| ("x-amz-content-sha256", signed.payload_hash())),
            self.token_header(),
            Some(("authorization", &*signed.authorization)),
        ];
        all.into_iter().flatten()
    }

    fn token_header(&self) -> Option<(&'static str, &str)> {
        self.credentials.session_token().map(|token| ("x-amz-security-token", token))
    }

    /// Signs a text that another standard defines (event stream chunks, POST policies), with the
    /// signing key of `now`'s day.
    #[must_use]
    pub fn sign_string(&self, string_to_sign: &str, now: Timestamp) -> String {
        let day = self.take_day(now);
        let signature = day.key.signature(string_to_sign);
        self.day.set(Some(day));
        signature
    }

    /// The credential scope and the signing key of `now`'s day; the caller puts them back.
    fn take_day(&self, now: Timestamp) -> Box<Day> {
        match self.day.take() {
            Some(day) if day.number == now.day() => day,
            _ => {
                let (amz_date, region, service) = (now.amz_date(), &*self.region, &*self.service);
                Box::new(Day {
                    number: now.day(),
                    credential_scope: concat(&[amz_date.date(), "/", region, "/", service, "/aws4_request"]),
                    key: SigningKey::derive(&self.credentials, amz_date.date(), region, service),
                })
            }
        }
    }

    fn payload_hash<'a>(&self, payload: Payload<'a>) -> Cow<'a, str> {
        match payload {
            Payload::Hash(hash) => Cow::Borrowed(hash),
            _ if !self.rules.sign_payload => Cow::Borrowed(UNSIGNED_PAYLOAD),
            Payload::Empty | Payload::Bytes([]) => Cow::Borrowed(EMPTY_PAYLOAD_HASH),
            Payload::Bytes(bytes) => {
                let mut hash = with_room(64);
                push_sha256(&mut hash, bytes);
                Cow::Owned(hash)
            }
        }
    }
}

fn encode(text: &str) -> String {
    let mut out = with_room(text.len() + 16);
    push_unreserved(&mut out, text);
    out
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
        // From this length on it may be a secret, too.
        let shown = if text.len() < 40 { text } else { "40 characters or more" };
        Err(Error::argument(argument, "a name without spaces, slashes or commas", shown))
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
