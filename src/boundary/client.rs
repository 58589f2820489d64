//! The client of the drop-in, and its jobs.

use super::call::{read_call, write_prepared};
use super::fields::{Fields, Output};
use super::{Numbers, job, read_credentials, whole_seconds};
use crate::Error;
use crate::client::Client;
use crate::client::config::{Config, Endpoint};
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Rules, Signer};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A client, and the scope that its credentials will sign for.
pub(super) struct ClientCore {
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
    pub fn new(fields: &mut Fields<'_>) -> Result<Self, Error> {
        let endpoint = Endpoint::new(fields.text(), fields.text())?;
        let (region, service) = (fields.text(), fields.text());
        let (api_key, accept, host) = (fields.text(), fields.text(), fields.text());
        let signs = fields.flag();
        let config = Config::new(endpoint, api_key, accept, &fields.pairs(), host)?;
        let region = if region.is_empty() { config.region().unwrap_or_default() } else { region }.to_owned();
        if signs && region.is_empty() {
            return Err(Error::NoRegion);
        }
        Ok(Self { client: Client { config, signer: None }, region, service: service.into() })
    }

    pub fn call(
        &mut self,
        job: u32,
        fields: &mut Fields<'_>,
        numbers: Numbers,
        out: &mut Output,
    ) -> Result<(), Error> {
        if job == job::SET_CREDENTIALS {
            self.set_credentials(fields)
        } else {
            let now = Timestamp::from_millis(numbers.now)?;
            let presigns = job == job::PRESIGN_CALL;
            read_call(fields, presigns, &mut |call, payload, explain| {
                if presigns {
                    let expires = whole_seconds(numbers.number)?;
                    out.push(&self.client.presign(call, payload, expires, now)?);
                } else {
                    write_prepared(out, &self.client.prepare(call, payload, now)?, explain);
                }
                Ok(())
            })
        }
    }

    /// Fields: access key id, secret access key, session token.
    fn set_credentials(&mut self, fields: &mut Fields<'_>) -> Result<(), Error> {
        let mut rules = Rules::for_service(&self.service);
        rules.sign_payload = true;
        let signer = Signer::new(read_credentials(fields), &self.region, &self.service, rules);
        self.client.signer = Some(signer.map_err(in_client_terms)?);
        Ok(())
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
