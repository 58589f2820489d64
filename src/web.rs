//! A client for front ends in Rust (feature `web`): `invoke_api` and a signed `fetch` over the platform's
//! own, in pages, workers and Node. Values are converted by `serde-wasm-bindgen`; the policy is that of
//! [`send`](crate::send).
//!
//! ```no_run
//! use gatesign::client::Options;
//! use gatesign::send::{Identity, Policy};
//! use gatesign::web::{AdditionalParams, Client};
//! # use gatesign::Credentials;
//!
//! # async fn of_my_login() -> Result<Identity, String> { Err(String::new()) }
//! # async fn example() -> Result<(), gatesign::send::Error> {
//! let invoke_url = "https://abc123.execute-api.us-east-1.amazonaws.com/stage";
//! let options = Options { invoke_url, ..Options::default() };
//! let policy = Policy { retries: 3, ..Policy::default() };
//! let client = Client::new(&options, policy, Some(|_force_refresh| of_my_login()))?;
//!
//! let none = AdditionalParams::default();
//! let answer = client.invoke_api::<serde::de::IgnoredAny>(&(), "/movie_list", "GET", &none, None::<&()>).await?;
//! assert_eq!(answer.status, 200);
//! # Ok(())
//! # }
//! ```

use crate::client::Options;
use crate::client::template::Value;
use crate::send;
use crate::send::{Error, Invoke, Policy, Provider};
use alloc::string::String;
use alloc::vec::Vec;
use fetch::Fetch;
use serde::Serialize;
use serde::de::DeserializeOwned;
use values::{Owned, data_of, json_of, variables_of};

mod fetch;
mod values;

/// The media type of bodies that have none themselves.
const JSON: &str = "application/json";

/// The optional arguments of a call.
#[derive(Clone, Copy, Default)]
pub struct AdditionalParams<'a> {
    /// Headers, which win over the client's. A `content-type` is the type of the body.
    pub headers: &'a [(&'a str, &'a str)],
    /// Names and values, not yet encoded.
    pub query_params: &'a [(&'a str, &'a str)],
    /// The timeout of the whole call in milliseconds; 0 for the policy's.
    pub timeout: f64,
}

/// What a call resolves with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response<T> {
    /// The body.
    pub data: T,
    /// The status, from 200 to 299.
    pub status: u16,
    /// Lower-case names.
    pub headers: Vec<(String, String)>,
}

/// A client over the platform's fetch.
pub struct Client<P> {
    inner: send::Client<Fetch, P>,
}

impl<P: Provider> Client<P> {
    /// Checks what every request will contain; nothing is sent. Without a provider requests are not signed.
    ///
    /// # Errors
    /// [`Error::Argument`] names the option that cannot work.
    pub fn new(options: &Options<'_>, policy: Policy, provider: Option<P>) -> Result<Self, Error> {
        let accept = if options.accept.is_empty() { JSON } else { options.accept };
        let options = Options { accept, ..*options };
        Ok(Self { inner: send::Client::new(&options, policy, Fetch, provider)? })
    }

    /// Calls the API. `path_params` is a struct or map with the template's variables, `()` for none. The body
    /// is written as JSON, and `data` is read as JSON if it is valid, and as text otherwise.
    ///
    /// # Errors
    /// [`Error`]; nothing was sent for [`Error::Argument`].
    pub async fn invoke_api<T: DeserializeOwned>(
        &self,
        path_params: &impl Serialize,
        path_template: &str,
        method: &str,
        additional_params: &AdditionalParams<'_>,
        body: Option<&impl Serialize>,
    ) -> Result<Response<T>, Error> {
        let owned = variables_of(path_params)?;
        let variables: Vec<(&str, Value<'_>)> =
            owned.iter().map(|(name, value)| (name.as_str(), Owned::borrowed(value))).collect();
        let text = body.map(json_of).transpose()?;
        let (headers, content_type) = without_type(additional_params.headers);
        let invoke = Invoke {
            template: path_template,
            variables: &variables,
            method,
            headers: &headers,
            parameters: additional_params.query_params,
            content_type: content_type.unwrap_or(JSON),
            body: text.as_deref().map(str::as_bytes),
            timeout: additional_params.timeout,
            ..Invoke::default()
        };
        let finish = async |response: fetch::Answer| {
            let (status, headers) = (send::Response::status(&response), response.headers());
            let text = send::Response::text(response).await.map_err(Error::Network)?;
            Ok(Response { data: data_of(&text)?, status, headers })
        };
        self.inner.send(&invoke, finish).await
    }

    /// A signed fetch, with the same policy. The URL must be on invokeUrl's origin; a URL without an origin
    /// is resolved against it and has to name the stage: `/prod/movies`. The answer's body is not read, and
    /// no timeout covers it.
    ///
    /// # Errors
    /// [`Error`]; unlike the platform's fetch, also for a status outside 200 to 299.
    pub async fn fetch(
        &self,
        url: &str,
        method: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<web_sys::Response, Error> {
        let target = self.target_of(url)?;
        let (headers, content_type) = without_type(headers);
        let invoke = Invoke {
            template: &target,
            absolute: true,
            method,
            headers: &headers,
            content_type: content_type.unwrap_or_default(),
            body,
            ..Invoke::default()
        };
        self.inner.send(&invoke, async |response: fetch::Answer| Ok(response.into_inner())).await
    }

    /// Path and query of a URL on the client's origin.
    fn target_of(&self, url: &str) -> Result<String, Error> {
        let origin = self.inner.origin();
        let parsed = web_sys::Url::new_with_base(url, origin).ok();
        let on_origin = parsed.filter(|parsed| parsed.origin() == origin);
        let Some(parsed) = on_origin else {
            let text = [" must be on ", origin, ", the origin of invokeUrl"];
            return Err(Error::Argument(crate::client::Error::new("url", &text)));
        };
        Ok(parsed.pathname() + &parsed.search())
    }
}

/// The headers without the content type, which is the body's.
fn without_type<'a>(headers: &[(&'a str, &'a str)]) -> (Vec<(&'a str, &'a str)>, Option<&'a str>) {
    let is_type = |name: &str| name.eq_ignore_ascii_case("content-type");
    let content_type = headers.iter().rfind(|(name, _)| is_type(name)).map(|(_, value)| *value);
    (headers.iter().copied().filter(|(name, _)| !is_type(name)).collect(), content_type)
}
