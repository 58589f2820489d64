//! The same request signed by each crate, from a URL, headers and a body to the headers to send. Each gets
//! it as its own documentation shows it. The requests are those of benches/signers.mjs.

use anyhow::{Context, Result};
use aws_credential_types::Credentials as PeerCredentials;
use aws_sigv4::http_request::SigningParams;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::{v4, v4a};
use aws_smithy_runtime_api::client::identity::Identity;
use gatesign_sigv4::timestamp::Timestamp;
use gatesign_sigv4::{Credentials, Payload, Request, Rules, Signed, Signer};
use std::cell::RefCell;
use std::time::SystemTime;

const ACCESS_KEY_ID: &str = "ASIDEXAMPLE";
const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const REGION: &str = "us-east-1";
const REGION_SET: &str = "us-east-1,eu-west-1";
const SERVICE: &str = "execute-api";
const URL: &str =
    "https://abc123.execute-api.us-east-1.amazonaws.com/prod/movies/42?page=2&sort=title&filter=a%20b%2Fc";
const HEADERS: [(&str, &str); 1] = [("accept", "application/json")];

/// As long as those of temporary credentials.
fn session_token() -> String {
    "FwoGZXIvYXdzEJr".repeat(54).chars().take(800).collect()
}

/// What is signed.
pub struct Call {
    pub name: &'static str,
    method: &'static str,
    body: Vec<u8>,
}

impl Call {
    pub fn all() -> [Self; 3] {
        [
            Self { name: "GET", method: "GET", body: Vec::new() },
            Self { name: "POST 1 KB", method: "POST", body: vec![b'x'; 1024] },
            Self { name: "POST 64 KB", method: "POST", body: vec![b'x'; 64 * 1024] },
        ]
    }
}

/// The headers that signing adds.
pub type SignedHeaders = Vec<(String, String)>;

/// This project's signer, which keeps the signing key of the day.
pub struct Ours {
    signer: Signer,
    signed: RefCell<Signed>,
}

impl Ours {
    pub fn new() -> Result<Self> {
        let signer = Signer::new(credentials(), REGION, SERVICE, Rules::for_service(SERVICE));
        Ok(Self { signer: signer.context("the identity is complete")?, signed: RefCell::default() })
    }

    /// Of Signature Version 4A. The key pair is derived here.
    pub fn for_region_set() -> Result<Self> {
        let signer = Signer::for_region_set(credentials(), REGION_SET, SERVICE, Rules::for_service(SERVICE));
        Ok(Self { signer: signer.context("the identity is complete")?, signed: RefCell::default() })
    }

    pub fn sign(&self, call: &Call, time: SystemTime) -> Result<SignedHeaders> {
        self.sign_parsed(call, &parse()?, time)?;
        Ok(self.headers())
    }

    /// Signs the request of a URL that was parsed, into the room that is there.
    pub fn sign_parsed(&self, call: &Call, url: &http::Uri, time: SystemTime) -> Result<()> {
        let request = Request {
            method: call.method,
            host: url.host().unwrap_or_default(),
            path: url.path(),
            query: url.query().unwrap_or_default(),
            headers: &HEADERS,
            payload: if call.body.is_empty() { Payload::Empty } else { Payload::Bytes(&call.body) },
        };
        self.signer.sign_into(&mut self.signed.borrow_mut(), &request, timestamp(time)?);
        Ok(())
    }

    /// Those that the last signature adds.
    pub fn headers(&self) -> SignedHeaders {
        owned(self.signed.borrow().headers())
    }

    /// How many bytes the last canonical request and string to sign have.
    pub fn lengths(&self) -> [usize; 2] {
        let signed = self.signed.borrow();
        [signed.canonical_request().len(), signed.string_to_sign().len()]
    }
}

/// By the parser that aws-sigv4 uses too.
pub fn parse() -> Result<http::Uri> {
    Ok(URL.parse()?)
}

fn credentials() -> Credentials {
    Credentials::new(ACCESS_KEY_ID.into(), SECRET_ACCESS_KEY.into(), Some(session_token()))
}

/// `aws-sigv4`, which derives the signing key for each signature.
pub struct Peer(Identity);

impl Peer {
    pub fn new() -> Self {
        let token = Some(session_token());
        Self(PeerCredentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, token, None, "bench").into())
    }

    pub fn sign(&self, call: &Call, time: SystemTime) -> Result<SignedHeaders> {
        let parameters = v4::SigningParams::builder()
            .identity(&self.0)
            .region(REGION)
            .name(SERVICE)
            .time(time)
            .settings(SigningSettings::default())
            .build()?
            .into();
        Self::sign_with(call, &parameters)
    }

    pub fn sign_for_region_set(&self, call: &Call, time: SystemTime) -> Result<SignedHeaders> {
        let parameters = v4a::SigningParams::builder()
            .identity(&self.0)
            .region_set(REGION_SET)
            .name(SERVICE)
            .time(time)
            .settings(SigningSettings::default())
            .build()?
            .into();
        Self::sign_with(call, &parameters)
    }

    fn sign_with(call: &Call, parameters: &SigningParams<'_>) -> Result<SignedHeaders> {
        let body = SignableBody::Bytes(&call.body);
        let request = SignableRequest::new(call.method, URL, HEADERS.into_iter(), body)?;
        let (instructions, _) = sign(request, parameters)?.into_parts();
        Ok(owned(instructions.headers()))
    }
}

fn owned<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> SignedHeaders {
    headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn timestamp(time: SystemTime) -> Result<Timestamp> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH)?;
    Timestamp::from_millis(since.as_secs_f64() * 1000.0).ok().context("a time of this era")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn both_sign_alike() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_161);
        for call in Call::all() {
            let mut ours = Ours::new().expect("a signer").sign(&call, time).expect("signed");
            let mut peers = Peer::new().sign(&call, time).expect("signed");
            ours.sort();
            peers.sort();
            assert_eq!(ours, peers, "{}", call.name);
        }
    }

    /// The nonce is derived alike, so both have the same r; of the two values that s may have, ours is the lower one.
    #[test]
    fn both_sign_alike_for_regions() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_161);
        let without_s = |mut headers: SignedHeaders| {
            headers.sort();
            for (_, value) in headers.iter_mut().filter(|(name, _)| name == "authorization") {
                let (start, signature) = value.split_once(", Signature=30").expect("a signature");
                // Two digits of the length, 02, two digits of r's length, r.
                let digits = |from: usize, to: usize| signature.get(from..to).expect("a signature as DER");
                let length = usize::from_str_radix(digits(4, 6), 16).expect("a length") * 2;
                *value = format!("{start} {}", digits(6, 6 + length));
            }
            headers
        };
        for call in Call::all() {
            let ours = Ours::for_region_set().expect("a signer").sign(&call, time).expect("signed");
            let peers = Peer::new().sign_for_region_set(&call, time).expect("signed");
            assert_eq!(without_s(ours), without_s(peers), "{}", call.name);
        }
    }
}
