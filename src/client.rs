//! The client's policy: from a call's arguments to the exact request that is sent. No JavaScript,
//! no I/O, no clock: the edge reads values and time, and sends.
//!
//! [`Client::prepare`] is the only function that makes a request. What goes on the wire, what is
//! signed, what `explain` shows and what a retry sends all come from it.

use alloc::string::String;
use alloc::vec::Vec;

pub mod config;
pub mod diagnose;
pub mod headers;
pub mod redact;
pub mod retry;
pub mod template;
pub mod url;

use crate::Error;
use crate::pairs::Pairs;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Payload, Request, Signed, Signer, UNSIGNED_PAYLOAD};
use config::Config;
use url::Target;

/// What one call asks for.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// Whether `template` is the path and query of a URL on invokeUrl's origin, to be taken as it is.
    pub absolute: bool,
    /// RFC 6570 template that is joined to invokeUrl.
    pub template: &'a str,
    /// The template's variables.
    pub variables: &'a template::Variables<'a>,
    /// In any case.
    pub method: &'a str,
    /// The call's own headers; `content-type` is given apart.
    pub headers: &'a [(&'a str, &'a str)],
    /// Names and values of the query, not yet encoded.
    pub parameters: &'a [(&'a str, &'a str)],
    /// The body's media type, if there is a body and it has one.
    pub content_type: &'a str,
    /// Whether there is a body.
    pub has_body: bool,
}

/// A request that is ready to be sent.
pub struct Prepared {
    /// Upper case.
    pub method: String,
    /// As the platform's URL parser would write it.
    pub url: String,
    /// Lower-case names, each once; signed requests have their `authorization` here.
    pub headers: Pairs,
    /// What was signed, unless the request goes unsigned.
    pub signed: Option<Signed>,
}

/// A configured client, with or without credentials.
pub struct Client {
    /// Its settings.
    pub config: Config,
    /// Who signs; without one, requests go unsigned.
    pub signer: Option<Signer>,
}

impl Client {
    /// The request for `call` at the time `now`.
    ///
    /// # Errors
    /// Whatever an argument has that cannot be sent or signed; see [`Error`].
    pub fn prepare(&self, call: &Call<'_>, payload: Payload<'_>, now: Timestamp) -> Result<Prepared, Error> {
        let method = method(call)?;
        let target = self.target(call)?;
        // Without a body there is nothing whose type it could be.
        let content_type = if call.has_body { call.content_type } else { "" };
        let mut headers = self.config.headers_with(call.headers, content_type)?;
        let signed = match &self.signer {
            None => None,
            Some(signer) => {
                remove_signers_own(&mut headers, signer);
                if matches!(payload, Payload::Hash(UNSIGNED_PAYLOAD)) {
                    // Without the header the service would hash what it gets.
                    headers.set("x-amz-content-sha256", UNSIGNED_PAYLOAD);
                }
                let signable = headers::signable(&headers)?;
                let signed = signer.sign(&self.request(&method, &target, &signable, payload), now);
                for (name, value) in signer.headers(&signed) {
                    headers.set(name, value);
                }
                Some(signed)
            }
        };
        Ok(Prepared { method, url: target.url(&self.config.endpoint), headers, signed })
    }

    /// The URL for `call`, signed in its query; valid for `expires` seconds from `now` on. Only
    /// headers that the call gives are signed beside the host, because whoever uses the URL has to
    /// send the same ones.
    ///
    /// # Errors
    /// As [`Client::prepare`], and without credentials.
    pub fn presign(
        &self,
        call: &Call<'_>,
        payload: Payload<'_>,
        expires: u32,
        now: Timestamp,
    ) -> Result<String, Error> {
        let Some(signer) = &self.signer else { return Err(Error::Missing("accessKey")) };
        let method = method(call)?;
        let mut target = self.target(call)?;
        let mut headers = Pairs::default();
        headers::set_given(&mut headers, call.headers)?;
        let signable = headers::signable(&headers)?;
        let mut signed = signer.presign(&self.request(&method, &target, &signable, payload), expires, now)?;
        target.query = core::mem::take(&mut signed.query);
        Ok(target.url(&self.config.endpoint))
    }

    fn request<'a>(
        &'a self,
        method: &'a str,
        target: &'a Target,
        headers: &'a [(&'a str, &'a str)],
        payload: Payload<'a>,
    ) -> Request<'a> {
        Request {
            method,
            host: &self.config.endpoint.host,
            path: &target.path,
            query: &target.query,
            headers,
            payload,
        }
    }

    fn target(&self, call: &Call<'_>) -> Result<Target, Error> {
        if call.absolute {
            return Ok(Target::whole(call.template));
        }
        let expanded = template::expand(call.template, call.variables);
        url::check_dot_segments(call.template, &expanded)?;
        if self.signer.is_none() || call.parameters.len() < 2 {
            return Ok(Target::join(&self.config.endpoint, &expanded, call.parameters));
        }
        // A signed request has its parameters in the canonical order on the wire too.
        let mut sorted = Pairs::default();
        for (name, value) in call.parameters {
            sorted.add(name, value);
        }
        sorted.sort(false);
        let sorted: Vec<_> = sorted.iter().collect();
        Ok(Target::join(&self.config.endpoint, &expanded, &sorted))
    }
}

/// The method in upper case, if fetch can send it with this call's body.
fn method(call: &Call<'_>) -> Result<String, Error> {
    let method = check_method(call.method)?;
    match ["GET", "HEAD"].into_iter().find(|without| call.has_body && *without == method) {
        Some(without) => Err(Error::BodyNotAllowed(without)),
        None => Ok(method),
    }
}

/// The method in upper case.
///
/// # Errors
/// [`Error::Argument`] if it is no token, or one that fetch refuses.
pub fn check_method(given: &str) -> Result<String, Error> {
    let method = given.to_ascii_uppercase();
    if headers::is_token(&method) && !["CONNECT", "TRACE", "TRACK"].contains(&&*method) {
        Ok(method)
    } else {
        Err(Error::argument("method", "an HTTP method that fetch can send", given))
    }
}

/// Headers that only the signer may write: a caller's would be signed and then replaced.
fn remove_signers_own(headers: &mut Pairs, signer: &Signer) {
    let token = signer.credentials().session_token().map_or("", |_| "x-amz-security-token");
    let payload_hash = if signer.rules().payload_header { "x-amz-content-sha256" } else { "" };
    headers.remove(&["authorization", "x-amz-date", token, payload_hash]);
}

#[cfg(test)]
mod tests;
