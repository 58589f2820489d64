//! The client of the drop-in, made from packed fields.

use super::call::{read_call, write_prepared};
use super::fields::Reader;
use super::{payload, read_credentials, whole_seconds};
use crate::client::Client;
use crate::client::config::{Config, Endpoint};
use crate::error::Error;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Payload, Rules, Signer};
use alloc::borrow::ToOwned;
use alloc::string::String;
use zeroize::Zeroizing;

/// A client, and the scope that its credentials will sign for.
pub struct ClientCore {
    client: Client,
    region: String,
    service: String,
}

impl ClientCore {
    /// Fields: invokeUrl, its origin, region, service, apiKey, accept, host, whether requests are
    /// signed, headers.
    ///
    /// # Errors
    /// Names the option that cannot work.
    pub fn new(config: &str) -> Result<Self, Error> {
        let mut fields = Reader::new(config);
        let endpoint = Endpoint::new(&fields.text(), &fields.text())?;
        let (region, service) = (fields.text().into_owned(), fields.text().into_owned());
        let api_key = Zeroizing::new(fields.text().into_owned());
        let (default_accept, host) = (fields.text().into_owned(), fields.text().into_owned());
        let signs = fields.flag();
        let headers =
            fields.pairs().into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let config = Config { endpoint, api_key, default_accept, headers, host };
        let region = if region.is_empty() { config.region().unwrap_or_default().to_owned() } else { region };
        if signs && region.is_empty() {
            return Err(Error::NoRegion);
        }
        config.check()?;
        Ok(Self { client: Client { config, signer: None }, region, service })
    }

    /// Fields: access key id, secret access key, session token.
    ///
    /// # Errors
    /// Names the credential that cannot be one, without its text.
    pub fn set_credentials(&mut self, credentials: &str) -> Result<(), Error> {
        let mut rules = Rules::for_service(&self.service);
        rules.sign_payload = true;
        let credentials = read_credentials(&mut Reader::new(credentials));
        let signer = Signer::new(credentials, &self.region, &self.service, rules);
        self.client.signer = Some(signer.map_err(in_client_terms)?);
        Ok(())
    }

    /// The request of a call, signed if there are credentials.
    ///
    /// # Errors
    /// Names the argument that cannot be sent or signed.
    pub fn prepare(&self, call: &str, body: &[u8], now: f64) -> Result<String, Error> {
        let now = Timestamp::from_millis(now)?;
        read_call(call, |call, hash, explain| {
            let prepared = self.client.prepare(call, payload(hash, body), now)?;
            Ok(write_prepared(&prepared, explain))
        })
    }

    /// The presigned URL of a call, valid for `expires` seconds.
    ///
    /// # Errors
    /// As [`ClientCore::prepare`], and without credentials.
    pub fn presign(&self, call: &str, expires: f64, now: f64) -> Result<String, Error> {
        let now = Timestamp::from_millis(now)?;
        read_call(call, |call, hash, _| {
            let payload = if hash.is_empty() { Payload::Empty } else { Payload::Hash(hash) };
            Ok(self.client.presign(call, payload, whole_seconds(expires)?, now)?.url)
        })
    }
}

/// The same refusal under the names that `newClient` gives its credentials.
fn in_client_terms(error: Error) -> Error {
    match error {
        Error::SecretForm("accessKeyId") => Error::SecretForm("accessKey"),
        Error::SecretForm("secretAccessKey") => Error::SecretForm("secretKey"),
        other => other,
    }
}
