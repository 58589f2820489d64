//! The signer of `createSigner`, made from packed fields: any service, synchronous.

use super::fields::{Reader, Writer};
use super::{decimal, payload, read_credentials, whole_seconds, write_explanation};
use crate::error::Error;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Payload, Request, Rules, Signer};
use alloc::string::String;
use alloc::vec::Vec;

/// A signer for one identity, region and service.
pub struct SignerCore(Signer);

impl SignerCore {
    /// Fields: credentials, region, service, then the rules: empty for the service's own.
    ///
    /// # Errors
    /// Names the option that cannot work.
    pub fn new(options: &str) -> Result<Self, Error> {
        let mut fields = Reader::new(options);
        let credentials = read_credentials(&mut fields);
        let (region, service) = (fields.text(), fields.text());
        let mut rules = Rules::for_service(&service);
        for rule in [
            &mut rules.double_encode_path,
            &mut rules.normalize_path,
            &mut rules.sign_payload,
            &mut rules.payload_header,
            &mut rules.omit_session_token,
        ] {
            match &*fields.text() {
                "1" => *rule = true,
                "0" => *rule = false,
                _ => {}
            }
        }
        rules.unsignable_headers = fields.list();
        rules.signable_headers = fields.list();
        Signer::new(credentials, &region, &service, rules).map(Self)
    }

    /// Count of headers to add and their pairs, then the explanation if it was asked for.
    ///
    /// # Errors
    /// [`Error::Date`], or names the argument that cannot be signed.
    pub fn sign(&self, request: &str, body: &[u8], now: f64) -> Result<String, Error> {
        let now = Timestamp::from_millis(now)?;
        read_request(request, |request, hash, explain| {
            let signed = self.0.sign(&Request { payload: payload(hash, body), ..*request }, now);
            let headers = self.0.headers(&signed);
            let mut out = Writer::new();
            out.push(&decimal(headers.len()));
            for (name, value) in headers {
                out.push(name).push(&value);
            }
            if explain {
                write_explanation(&mut out, &signed);
            }
            Ok(out.finish())
        })
    }

    /// The query of a presigned URL, valid for `expires` seconds.
    ///
    /// # Errors
    /// As [`SignerCore::sign`], and [`Error::Expires`].
    pub fn presign(&self, request: &str, expires: f64, now: f64) -> Result<String, Error> {
        let now = Timestamp::from_millis(now)?;
        read_request(request, |request, hash, _| {
            let payload = if hash.is_empty() { Payload::Empty } else { Payload::Hash(hash) };
            let signed = self.0.presign(&Request { payload, ..*request }, whole_seconds(expires)?, now)?;
            Ok(String::clone(&signed.query))
        })
    }

    /// The signature of a text that another standard defines.
    ///
    /// # Errors
    /// [`Error::Date`]
    pub fn sign_string(&self, text: &str, now: f64) -> Result<String, Error> {
        Ok(self.0.sign_string(text, Timestamp::from_millis(now)?))
    }
}

/// Fields: method, host, path, query, payload hash, whether to explain, headers.
fn read_request(
    packed: &str,
    make: impl FnOnce(&Request<'_>, &str, bool) -> Result<String, Error>,
) -> Result<String, Error> {
    let mut fields = Reader::new(packed);
    let (method, host, path) = (fields.text(), fields.text(), fields.text());
    let (query, hash, explain) = (fields.text(), fields.text(), fields.flag());
    let headers = fields.pairs();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    let request = Request {
        method: &method,
        host: &host,
        path: &path,
        query: &query,
        headers: &headers,
        payload: Payload::Empty,
    };
    crate::client::headers::check(&headers)?;
    crate::client::check_method(&method)?;
    make(&request, &hash, explain)
}
