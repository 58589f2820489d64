//! Signature Version 4, from a request to its signature, in the standard's four steps:
//!
//! 1. the canonical request: the same text for all spellings of a request ([`canonical`]),
//! 2. the string to sign: algorithm, time, credential scope and the canonical request's hash,
//! 3. the signing key, derived from the secret for one day, region and service ([`key`]),
//! 4. the signature: HMAC-SHA256 of the string to sign.
//!
//! Pure: bytes in, text out. Time is an argument, nothing is sent, and only the key of the day is stored.
//!
//! ```
//! use gatesign_sigv4::{Credentials, Payload, Request, Rules, Signer, timestamp::Timestamp};
//!
//! # fn main() -> Result<(), gatesign_sigv4::Error> {
//! let credentials =
//!     Credentials::new("AKIDEXAMPLE".into(), "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(), None);
//! let signer = Signer::new(credentials, "us-east-1", "service", Rules::for_service("service"))?;
//! let request = Request {
//!     method: "GET",
//!     host: "example.amazonaws.com",
//!     path: "/",
//!     query: "",
//!     headers: &[],
//!     payload: Payload::Empty,
//! };
//! let signed = signer.sign(&request, Timestamp::from_millis(1_440_938_160_000.0)?);
//! let headers: Vec<(&str, &str)> = signed.headers().collect();
//! assert_eq!(headers[0], ("x-amz-date", "20150830T123600Z"));
//! assert_eq!(
//!     headers[1].1,
//!     "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
//!      SignedHeaders=host;x-amz-date, \
//!      Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
//! );
//! # Ok(())
//! # }
//! ```
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(test)]
extern crate std;

#[doc(hidden)]
pub mod ascii;
#[doc(hidden)]
pub mod buffer;
pub mod canonical;
mod credentials;
#[doc(hidden)]
pub mod encode;
mod error;
pub mod key;
#[doc(hidden)]
pub mod list;
mod request;
mod rules;
pub mod signature_params;
mod signed;
#[doc(hidden)]
pub mod text;
pub mod timestamp;
#[cfg(feature = "v4a")]
pub mod v4a;

pub use credentials::Credentials;
pub use error::{Error, Field};
pub use request::{Payload, Request};
pub use rules::{HeaderNames, Rules};
pub use signed::Signed;

/// Runs the example of the README, which crates.io shows, like the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

use crate::ascii::{AsciiSet, GRAPHIC};
use crate::buffer::Buffer;
use crate::canonical::{
    canonical_query, canonical_request, query_parameters, signable_headers, signed_headers,
};
use crate::encode::unreserved;
use crate::list::as_it_is;
use crate::text::owned;
use alloc::string::String;
use core::cell::RefCell;
use key::{EMPTY_PAYLOAD_HASH, Key, sha256};
use timestamp::Timestamp;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// The payload hash of a body that is not signed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
/// The longest life of a presigned URL: seven days, in seconds.
pub const MAX_EXPIRES: u32 = 604_800;

/// The header, and the parameter of a presigned URL, that contains the payload hash.
pub const PAYLOAD_HEADER: &str = "x-amz-content-sha256";
/// The header of Signature Version 4A that contains the regions.
#[cfg(feature = "v4a")]
const REGION_SET_HEADER: &str = "x-amz-region-set";
const DATE_HEADER: &str = "x-amz-date";
const TOKEN_HEADER: &str = "x-amz-security-token";

/// Signs for one identity, region and service, and keeps the signing key of the day.
pub struct Signer {
    credentials: Credentials,
    region: String,
    service: String,
    rules: Rules,
    scheme: Scheme,
}

/// A key and its day, in days since the epoch.
struct DayKey {
    day: i64,
    key: Key,
}

/// The version of the signature, with its key.
enum Scheme {
    /// Signature Version 4.
    V4(RefCell<DayKey>),
    /// Signature Version 4A: the signer's region is a set of regions, and the scope has none.
    #[cfg(feature = "v4a")]
    V4a(v4a::SigningKey),
}

impl Signer {
    /// Creates a signer. Checks that no required field is empty and that every field has a form that services
    /// accept.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::Form`] with the field.
    pub fn new(credentials: Credentials, region: &str, service: &str, rules: Rules) -> Result<Self, Error> {
        check_all(&credentials, (Field::Region, region), service)?;
        let scheme = Scheme::V4(RefCell::new(DayKey { day: i64::MIN, key: Key::default() }));
        Ok(Self { credentials, region: owned(region), service: owned(service), rules, scheme })
    }

    /// Creates a signer for Signature Version 4A: for a set of regions, separated by commas, or `*` for all.
    /// The key pair is derived here, once for all days, regions and services.
    ///
    /// ```
    /// use gatesign_sigv4::{Credentials, Payload, Request, Rules, Signer, timestamp::Timestamp};
    ///
    /// # fn main() -> Result<(), gatesign_sigv4::Error> {
    /// let credentials = Credentials::new("AKIDEXAMPLE".into(), "secret".into(), None);
    /// let signer = Signer::for_region_set(credentials, "us-east-1,eu-west-1", "execute-api", Rules::default())?;
    /// let payload = Payload::Empty;
    /// let request = Request { method: "GET", host: "a.b", path: "/", query: "", headers: &[], payload };
    /// let signed = signer.sign(&request, Timestamp::from_millis(1_440_938_160_000.0)?);
    /// assert!(signed.authorization().starts_with(
    ///     "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/execute-api/aws4_request, \
    ///      SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=30"
    /// ));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The same as [`Signer::new`], with [`Field::RegionSet`].
    #[cfg(feature = "v4a")]
    pub fn for_region_set(
        credentials: Credentials,
        region_set: &str,
        service: &str,
        rules: Rules,
    ) -> Result<Self, Error> {
        for region in text::split_any(region_set, ",") {
            check_all(&credentials, (Field::RegionSet, region), service)?;
        }
        let scheme = Scheme::V4a(v4a::SigningKey::derive(&credentials));
        Ok(Self { credentials, region: owned(region_set), service: owned(service), rules, scheme })
    }

    /// The algorithm in the string to sign and in front of the signature.
    fn algorithm(&self) -> &'static str {
        match &self.scheme {
            Scheme::V4(_) => ALGORITHM,
            #[cfg(feature = "v4a")]
            Scheme::V4a(_) => v4a::ALGORITHM,
        }
    }

    /// The regions for which a signature of Version 4A is valid.
    #[must_use]
    pub fn region_set(&self) -> Option<&str> {
        match &self.scheme {
            Scheme::V4(_) => None,
            #[cfg(feature = "v4a")]
            Scheme::V4a(_) => Some(&self.region),
        }
    }

    /// The credentials.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// The rules of this signer's service.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Signs in headers. Send the request with the headers of [`Signed::headers`] added, and without an
    /// earlier signature in its query ([`signature_params::without_signature`]).
    #[must_use]
    pub fn sign(&self, request: &Request<'_>, now: Timestamp) -> Signed {
        let mut signed = Signed::default();
        self.sign_into(&mut signed, request, now);
        signed
    }

    /// Signs in the query, which must not contain an earlier signature
    /// ([`signature_params::without_signature`]). Send the request to a URL with [`Signed::query`] as its
    /// query, with no headers but its own. `expires` is the URL's life in seconds.
    ///
    /// # Errors
    /// [`Error::Expires`] unless `expires` is from 1 to [`MAX_EXPIRES`].
    pub fn presign(&self, request: &Request<'_>, expires: u32, now: Timestamp) -> Result<Signed, Error> {
        let mut signed = Signed::default();
        self.presign_into(&mut signed, request, expires, now)?;
        Ok(signed)
    }

    /// The same as [`Signer::sign`], into existing buffers, for programs that sign many requests.
    ///
    /// ```
    /// # use gatesign_sigv4::{Credentials, Payload, Request, Rules, Signed, Signer, timestamp::Timestamp};
    /// # fn main() -> Result<(), gatesign_sigv4::Error> {
    /// # let credentials = Credentials::new("AKIDEXAMPLE".into(), "secret".into(), None);
    /// # let signer = Signer::new(credentials, "us-east-1", "execute-api", Rules::default())?;
    /// let mut signed = Signed::default();
    /// for path in ["/a", "/b"] {
    ///     let payload = Payload::Empty;
    ///     let request = Request { method: "GET", host: "a.b", path, query: "", headers: &[], payload };
    ///     signer.sign_into(&mut signed, &request, Timestamp::from_millis(0.0)?);
    ///     assert!(signed.canonical_request().contains(path));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn sign_into(&self, signed: &mut Signed, request: &Request<'_>, now: Timestamp) {
        self.start(signed, now);
        payload_hash(&mut signed.payload_hash, request, self.rules.sign_payload);
        let Signed { amz_date, payload_hash: hash, headers, added, .. } = signed;
        let token = self.credentials.session_token();
        let (token, token_after) = if self.rules.omit_session_token { (None, token) } else { (token, None) };
        added.add(DATE_HEADER, amz_date.as_str());
        added.add_some(PAYLOAD_HEADER, self.rules.payload_header.then_some(hash));
        added.add_some(TOKEN_HEADER, token);
        #[cfg(feature = "v4a")]
        added.add_some(REGION_SET_HEADER, self.region_set());
        signable_headers(headers, request, added, &self.rules);
        signed_headers(signed);
        query_parameters(&mut signed.parameters, request.query);
        self.finish(signed, request, now);
        signed.authorization.push_all(&[
            self.algorithm(),
            " Credential=",
            self.credentials.access_key_id(),
            "/",
            &signed.credential_scope,
            ", SignedHeaders=",
            &signed.signed_headers,
            ", Signature=",
            &signed.signature,
        ]);
        signed.added.add_some(TOKEN_HEADER, token_after);
        signed.added.add("authorization", &signed.authorization);
    }

    /// The same as [`Signer::presign`], into existing buffers.
    ///
    /// # Errors
    /// The same as [`Signer::presign`].
    pub fn presign_into(
        &self,
        signed: &mut Signed,
        request: &Request<'_>,
        expires: u32,
        now: Timestamp,
    ) -> Result<(), Error> {
        if !(1..=MAX_EXPIRES).contains(&expires) {
            return Err(Error::Expires);
        }
        self.start(signed, now);
        // The body that will be uploaded through the URL is not known yet, or is not checked.
        let signs_payload = self.rules.sign_payload && !self.rules.unsigned_presign;
        payload_hash(&mut signed.payload_hash, request, signs_payload);
        signable_headers(&mut signed.headers, request, &signed.added, &self.rules);
        signed_headers(signed);
        let (mut credential, mut seconds) = (Buffer::default(), Buffer::default());
        credential.push_all(&[self.credentials.access_key_id(), "/", &signed.credential_scope]);
        seconds.decimal(expires);
        let token = self.credentials.session_token().unwrap_or_default();
        let signs_token = !token.is_empty() && !self.rules.omit_session_token;
        query_parameters(&mut signed.parameters, request.query);
        for (name, value) in [
            ("X-Amz-Algorithm", self.algorithm()),
            ("X-Amz-Credential", &credential),
            ("X-Amz-Date", signed.amz_date.as_str()),
            ("X-Amz-Expires", &seconds),
            #[cfg(feature = "v4a")]
            ("X-Amz-Region-Set", self.region_set().unwrap_or_default()),
            ("X-Amz-SignedHeaders", &signed.signed_headers),
            ("X-Amz-Security-Token", if signs_token { token } else { "" }),
        ] {
            if !value.is_empty() {
                signed.parameters.push(name, as_it_is, value, unreserved);
            }
        }
        self.finish(signed, request, now);
        signed.query.push_all(&["&X-Amz-Signature=", &signed.signature]);
        if !token.is_empty() && !signs_token {
            signed.query.push("&X-Amz-Security-Token=");
            unreserved(&mut signed.query, token);
        }
        Ok(())
    }

    /// Signs a text that another standard defines (event stream chunks, POST policies), with the
    /// signing key of `now`'s day. Returns 64 lower-case hexadecimal digits, or those of a DER signature with
    /// Signature Version 4A.
    #[must_use]
    pub fn sign_string(&self, string_to_sign: &str, now: Timestamp) -> String {
        let mut signature = Buffer::default();
        self.signature(&mut signature, string_to_sign, now);
        owned(&signature)
    }

    /// The part that does not depend on the request.
    fn start(&self, signed: &mut Signed, now: Timestamp) {
        signed.clear();
        signed.amz_date = now.amz_date();
        let date = signed.amz_date.date();
        let (region, slash) = if self.region_set().is_some() { ("", "") } else { (&*self.region, "/") };
        signed.credential_scope.push_all(&[date, "/", region, slash, &self.service, "/aws4_request"]);
    }

    /// The four steps, which are the same for both ways of signing.
    fn finish(&self, signed: &mut Signed, request: &Request<'_>, now: Timestamp) {
        canonical_query(&mut signed.query, &mut signed.parameters);
        canonical_request(signed, request, &self.rules);
        string_to_sign(signed, self.algorithm());
        self.signature(&mut signed.signature, &signed.string_to_sign, now);
    }

    /// Steps 3 and 4: appends the signature of a text, with the key of `now`'s day.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature>
    fn signature(&self, out: &mut Buffer, string_to_sign: &str, now: Timestamp) {
        match &self.scheme {
            Scheme::V4(last) => {
                // Borrowed only here, where no code of a caller runs.
                let Ok(mut last) = last.try_borrow_mut() else { return };
                if last.day != now.day() {
                    let date = now.amz_date();
                    let key = Key::derive(&self.credentials, date.date(), &self.region, &self.service);
                    *last = DayKey { day: now.day(), key };
                }
                out.hex(&last.key.sign(string_to_sign));
            }
            #[cfg(feature = "v4a")]
            Scheme::V4a(key) => key.sign(out, string_to_sign),
        }
    }
}

/// Step 2: algorithm, time, credential scope and the hash of the canonical request.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign>
fn string_to_sign(signed: &mut Signed, algorithm: &str) {
    let texts = [algorithm, "\n", signed.amz_date.as_str(), "\n", &signed.credential_scope, "\n"];
    signed.string_to_sign.push_all(&texts).hex(&sha256(signed.canonical_request.as_bytes()));
}

/// Appends the last line of the canonical request.
fn payload_hash(out: &mut Buffer, request: &Request<'_>, signs: bool) {
    if signature_params::payload_hash(out, request) {
        return;
    }
    match request.payload {
        Payload::Hash(hash) => out.push(hash),
        _ if !signs => out.push(UNSIGNED_PAYLOAD),
        Payload::Digest(hash) => out.push(hash),
        Payload::Empty | Payload::Bytes([]) => out.push(EMPTY_PAYLOAD_HASH),
        Payload::Bytes(bytes) => out.hex(&sha256(bytes)),
    };
}

/// Checks the fields of a signer.
fn check_all(credentials: &Credentials, region: (Field, &str), service: &str) -> Result<(), Error> {
    for (field, text) in [
        (Field::AccessKeyId, credentials.access_key_id()),
        (Field::SecretAccessKey, credentials.secret_access_key()),
        (Field::SessionToken, credentials.session_token().unwrap_or("none")),
        region,
        (Field::Service, service),
    ] {
        check(field, text)?;
    }
    Ok(())
}

/// In the credential scope, region, service and access key id are separated by slashes, and in the
/// Authorization header commas surround the scope. A secret with white space was copied with extra
/// characters.
fn check(field: Field, text: &str) -> Result<(), Error> {
    const NAME: AsciiSet = GRAPHIC.without("/,;");
    let is_secret = matches!(field, Field::SecretAccessKey | Field::SessionToken);
    let allowed = if is_secret { &GRAPHIC } else { &NAME };
    if text.is_empty() {
        Err(Error::Missing(field))
    } else if allowed.has_all(text) {
        Ok(())
    } else {
        Err(Error::Form(field))
    }
}
