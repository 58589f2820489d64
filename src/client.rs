//! The client's policy: turns a call's arguments into the exact request that is sent. No JavaScript, no I/O,
//! no clock: the edge reads values and the time, and sends.
//!
//! [`Client::prepare`] is the only function that makes a request. The request on the wire, the signed
//! request, the output of `explain` and every retry come from it.

use alloc::string::String;

pub mod config;
pub mod error;
pub mod headers;
pub mod host;
pub mod redact;
pub mod refusal;
pub mod retry;
pub mod template;
pub mod url;

pub use error::Error;

use crate::buffer::Buffer;
use crate::list::List;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Credentials, PAYLOAD_HEADER, Payload, Request, Rules, Signed, Signer, UNSIGNED_PAYLOAD};
use crate::text::owned;
use config::{Config, Endpoint};
use url::Target;

/// The most bytes of a call's arguments, without the body. Encoding turns one byte into up to five, and there
/// are several copies of the whole: with more, the module could run out of memory in the middle of a job.
pub const LONGEST: usize = 1 << 24;

/// The options of a client, as texts in the form of `newClient`; empty if not set.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// The stage's URL.
    pub invoke_url: &'a str,
    /// Its origin as the platform's URL parser writes it; empty if the parser refuses the URL.
    pub origin: &'a str,
    /// The region to sign for; by default the one in the host's name.
    pub region: &'a str,
    /// The service to sign for; by default the one in the host's name, or `execute-api`.
    pub service: &'a str,
    /// Sent as `x-api-key`.
    pub api_key: &'a str,
    /// The `Accept` header of calls that set none.
    pub accept: &'a str,
    /// The API's own host name, if it differs from the URL's.
    pub host: &'a str,
    /// Whether requests are signed, which requires a region.
    pub signs: bool,
    /// The headers of every request; those of a call win.
    pub headers: &'a [(&'a str, &'a str)],
    /// Names of further headers that are not signed.
    pub unsignable_headers: &'a [&'a str],
    /// Names of headers that are signed although by default they are not.
    pub signable_headers: &'a [&'a str],
}

/// The arguments of one call.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// Whether `template` is the path and query of a URL on invokeUrl's origin, and is used as it is.
    pub absolute: bool,
    /// RFC 6570 template that is appended to invokeUrl.
    pub template: &'a str,
    /// The template's variables.
    pub variables: &'a template::Variables<'a>,
    /// The method, in upper or lower case.
    pub method: &'a str,
    /// The call's own headers; `content-type` is separate.
    pub headers: &'a [(&'a str, &'a str)],
    /// Names and values of the query, not yet encoded.
    pub parameters: &'a [(&'a str, &'a str)],
    /// The body's media type, if there is a body and it has one.
    pub content_type: &'a str,
    /// Whether there is a body.
    pub has_body: bool,
}

/// A request that is ready to be sent, and its buffers: keep one to use it for many calls.
pub struct Prepared {
    method: Buffer,
    url: Buffer,
    headers: List,
    signed: Signed,
    is_signed: bool,
    expanded: Buffer,
    literals: Buffer,
    parameters: List,
    target: Target,
}

impl Prepared {
    /// An empty request, without any allocation.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            method: Buffer::new(),
            url: Buffer::new(),
            headers: List::new(),
            signed: Signed::new(),
            is_signed: false,
            expanded: Buffer::new(),
            literals: Buffer::new(),
            parameters: List::new(),
            target: Target::new(),
        }
    }

    /// Upper case.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The URL as the platform's URL parser would write it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Lower-case names, each once; in a signed request `authorization` is one of them.
    #[must_use]
    pub fn headers(&self) -> &List {
        &self.headers
    }

    /// What was signed; none if the request is not signed.
    #[must_use]
    pub fn signed(&self) -> Option<&Signed> {
        self.is_signed.then_some(&self.signed)
    }

    /// Overwrites all texts, and keeps the buffers.
    pub fn clear(&mut self) {
        for text in [&mut self.method, &mut self.url, &mut self.expanded, &mut self.literals] {
            text.clear();
        }
        self.headers.clear();
        self.parameters.clear();
        self.signed.clear();
        self.target.clear();
        self.is_signed = false;
    }
}

impl Default for Prepared {
    fn default() -> Self {
        Self::new()
    }
}

/// A configured client, with or without credentials.
pub struct Client {
    config: Config,
    region: String,
    service: String,
    rules: Rules,
    /// The signer; without one, requests are not signed.
    signer: Option<Signer>,
}

impl Client {
    /// Checks what every request will contain, so that a mistake shows when the client is made. Requests are
    /// not signed until [`Client::set_credentials`] is called.
    ///
    /// # Errors
    /// Names the option that cannot work.
    pub fn new(options: &Options<'_>) -> Result<Self, Error> {
        let endpoint = Endpoint::new(options.invoke_url, options.origin)?;
        let config = Config::new(endpoint, options.api_key, options.accept, options.headers, options.host)?;
        let (region, service) = config.scope(options.region, options.service)?;
        if options.signs && region.is_empty() {
            return Err(Error::new(
                "region",
                &[" must be specified: it is needed for signing, and invokeUrl's host does not name it"],
            ));
        }
        let mut rules = Rules::for_service(service);
        rules.unsignable_headers.add(options.unsignable_headers);
        rules.signable_headers.add(options.signable_headers);
        Ok(Self { region: owned(region), service: owned(service), rules, config, signer: None })
    }

    /// Sets the credentials to sign requests with.
    ///
    /// # Errors
    /// Names the credential, the region or the service that cannot work.
    pub fn set_credentials(&mut self, credentials: Credentials) -> Result<(), Error> {
        let signer = Signer::new(credentials, &self.region, &self.service, self.rules.clone());
        self.signer = Some(signer.map_err(|error| {
            Error::of_signer(error, ["accessKey", "secretKey"], &self.region, &self.service)
        })?);
        Ok(())
    }

    /// Makes the request for `call` at the time `now`.
    ///
    /// # Errors
    /// If an argument cannot be sent or signed; see [`Error`].
    pub fn prepare(&self, call: &Call<'_>, payload: Payload<'_>, now: Timestamp) -> Result<Prepared, Error> {
        let mut prepared = Prepared::default();
        self.prepare_into(&mut prepared, call, payload, now)?;
        Ok(prepared)
    }

    /// The same as [`Client::prepare`], into existing buffers.
    ///
    /// # Errors
    /// The same as [`Client::prepare`].
    pub fn prepare_into(
        &self,
        prepared: &mut Prepared,
        call: &Call<'_>,
        payload: Payload<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.start(prepared, call)?;
        // Without a body there is no content type.
        let content_type = if call.has_body { call.content_type } else { "" };
        let Prepared { headers, signed, method, target, url, .. } = prepared;
        let own = |name: &str| self.signer.as_ref().is_some_and(|signer| is_signers_own(signer, name));
        self.config.headers_with(headers, call.headers, content_type, &own)?;
        if let Some(signer) = &self.signer {
            if matches!(payload, Payload::Hash(UNSIGNED_PAYLOAD)) && !signer.rules().payload_header {
                // Without the header the service would hash the body that it gets.
                headers.add(PAYLOAD_HEADER, UNSIGNED_PAYLOAD);
                headers.keep_last();
            }
            target.write_for(signer);
            let signable = headers::signable(headers, signer.rules())?;
            signer.sign_into(signed, &self.request(method, target, &signable, payload), now);
            for (name, value) in signed.headers() {
                // The caller may have set the payload hash.
                if name != PAYLOAD_HEADER || !headers.has(name) {
                    headers.add(name, value);
                }
            }
            prepared.is_signed = true;
        }
        target.write_url(url, &self.config.endpoint, &target.query);
        Ok(())
    }

    /// Makes the URL for `call`, signed in its query and valid for `expires` seconds from `now`. Besides the
    /// host only the call's own headers are signed, because they have to be sent with the URL.
    ///
    /// # Errors
    /// The same as [`Client::prepare`], and without credentials.
    pub fn presign(
        &self,
        call: &Call<'_>,
        payload: Payload<'_>,
        expires: u32,
        now: Timestamp,
    ) -> Result<Prepared, Error> {
        let mut prepared = Prepared::default();
        self.presign_into(&mut prepared, call, payload, expires, now)?;
        Ok(prepared)
    }

    /// The same as [`Client::presign`], into existing buffers.
    ///
    /// # Errors
    /// The same as [`Client::presign`].
    pub fn presign_into(
        &self,
        prepared: &mut Prepared,
        call: &Call<'_>,
        payload: Payload<'_>,
        expires: u32,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some(signer) = &self.signer else { return Err(Error::missing("accessKey")) };
        self.start(prepared, call)?;
        let Prepared { headers, signed, method, target, url, .. } = prepared;
        // Headers of an earlier signature: in a presigned URL they are parameters.
        headers::add_checked(headers, call.headers, &|name| is_signers_own(signer, name))?;
        headers.keep_last();
        target.write_for(signer);
        let signable = headers::signable(headers, signer.rules())?;
        if signer
            .presign_into(signed, &self.request(method, target, &signable, payload), expires, now)
            .is_err()
        {
            return Err(Error::expires());
        }
        prepared.is_signed = true;
        target.write_url(url, &self.config.endpoint, signed.query());
        Ok(())
    }

    /// Method and target, the same for both ways of signing.
    fn start(&self, prepared: &mut Prepared, call: &Call<'_>) -> Result<(), Error> {
        prepared.clear();
        let Prepared { method, expanded, literals, parameters, target, .. } = prepared;
        method.upper_case(call.method);
        check_method(method, call.method)?;
        // fetch sends no body with these.
        for without in ["GET", "HEAD"] {
            if call.has_body && **method == *without {
                return Err(Error::new(
                    "body",
                    &[
                        " must be empty for ",
                        without,
                        ": fetch cannot send one; pass values in queryParams, or use another method",
                    ],
                ));
            }
        }
        if call.absolute {
            target.take_whole(call.template);
            return Ok(());
        }
        template::write(expanded, call.template, call.variables);
        if expanded.len() > LONGEST {
            return Err(Error::too_long());
        }
        url::check_dot_segments(call.template, expanded, literals)?;
        for (name, value) in call.parameters {
            parameters.add(name, value);
        }
        if self.signer.is_some() {
            // A signed request is sent with its parameters in canonical order.
            parameters.sort();
        }
        target.join(&self.config.endpoint, expanded, parameters);
        Ok(())
    }

    fn request<'a>(
        &'a self,
        method: &'a str,
        target: &'a Target,
        headers: &'a [(&'a str, &'a str)],
        payload: Payload<'a>,
    ) -> Request<'a> {
        let host = &self.config.endpoint.host;
        Request { method, host, path: &target.path, query: &target.query, headers, payload }
    }
}

/// Checks a method in upper case; `original` is the caller's spelling.
///
/// # Errors
/// Names `method` if it is not a token, or one that fetch refuses.
pub fn check_method(method: &str, original: &str) -> Result<(), Error> {
    if headers::is_token(method) && !["CONNECT", "TRACE", "TRACK"].contains(&method) {
        Ok(())
    } else {
        Err(Error::must_be("method", "an HTTP method that fetch can send", original))
    }
}

/// Whether only the signer may write a header: the caller's header would be signed and then replaced.
pub(crate) fn is_signers_own(signer: &Signer, name: &str) -> bool {
    match name {
        "authorization" | "x-amz-date" => true,
        "x-amz-security-token" => signer.credentials().session_token().is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
