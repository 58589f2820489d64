//! A client's configuration: the endpoint, its defaults and what the host's name says.

use super::Error;
use super::headers::{add_checked, check};
use super::host;
use crate::buffer::Buffer;
use crate::list::List;
use crate::text::{
    CONTROLS_AND_SPACE, before_any, contains, owned, split_any, split_once, tail, trim_any, trim_start_any,
};
use alloc::string::String;

/// The target of the requests: an origin, and the path and query of invokeUrl.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://abc123.execute-api.us-east-1.amazonaws.com`
    pub origin: String,
    /// The origin without its scheme: the value of the Host header.
    pub host: String,
    /// invokeUrl's path, unchanged, without query and fragment; may be empty.
    pub path: String,
    /// invokeUrl's query without `?`; may be empty.
    pub query: String,
}

impl Endpoint {
    /// Splits `invoke_url`. `origin` comes from the platform's URL parser (empty if it refuses the URL), so
    /// that upper-case, internationalized and numeric host names have one form.
    ///
    /// # Errors
    /// Without an invokeUrl, and if it is not an http(s) URL or has a user name.
    pub fn new(invoke_url: &str, origin: &str) -> Result<Self, Error> {
        // The platform's parser trims these at both ends.
        let url = trim_any(invoke_url, CONTROLS_AND_SPACE);
        if url.is_empty() {
            return Err(Error::new("invokeUrl", &[" must be specified!"]));
        }
        let host =
            ["https://", "http://", "wss://", "ws://"].iter().find_map(|scheme| origin.strip_prefix(scheme));
        let (Some(host), Some((_, after_scheme))) = (host, split_once(url, ":")) else {
            return Err(Error::must_be("invokeUrl", "an http or https URL", &without_user(url)));
        };
        let after_slashes = trim_start_any(after_scheme, "/\\\t\n\r");
        let authority = before_any(after_slashes, "/\\?#");
        let rest = tail(after_slashes, authority.len());
        if contains(authority, "@") {
            return Err(Error::must_be(
                "invokeUrl",
                "a URL without a user name or password",
                &without_user(url),
            ));
        }
        let (before_fragment, _) = split_once(rest, "#").unwrap_or((rest, ""));
        let (path, query) = split_once(before_fragment, "?").unwrap_or((before_fragment, ""));
        Ok(Self { origin: owned(origin), host: owned(host), path: owned(path), query: owned(query) })
    }
}

/// The part of a URL that an error may show: nothing before an `@`, and no query.
fn without_user(url: &str) -> Buffer {
    let shown = before_any(url, "?#");
    let mut out = Buffer::default();
    match split_any(shown, "@").skip(1).last() {
        Some(after) => out.push_all(&["…@", after]),
        None => out.push(shown),
    };
    out
}

/// The error text for a region or service that contradicts the host's name.
const AS_NAMED: &str = "the one in the host's name, or left out";

/// That region or service, and the host.
fn at_host(scope: &str, host: &str) -> Buffer {
    let mut out = Buffer::default();
    out.push_all(&[scope, "\" at \"", host]);
    out
}

/// A custom domain of a private API must be called by its own name: through the endpoint's name it would need
/// a `Host` header, which fetch cannot send.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html>
const AN_API: &str = "an API's own name, {api-id}.execute-api.{region}.amazonaws.com \
                      (a private custom domain is called by its own name: make it invokeUrl)";

/// The settings of a client that do not depend on the call.
#[derive(Clone)]
pub struct Config {
    /// The target of the requests.
    pub endpoint: Endpoint,
    /// Sent as `x-api-key` unless it is empty.
    api_key: Buffer,
    /// The headers of every request; those of a call win.
    headers: List,
    /// The API's own host name, if it differs from the URL's (private APIs behind a VPC endpoint).
    host: String,
}

impl Config {
    /// Checks what every request will contain, so that a mistake shows when the client is made. `accept` is
    /// used if neither `headers` nor the call has an `Accept` header.
    ///
    /// # Errors
    /// Names the option.
    pub fn new(
        endpoint: Endpoint,
        api_key: &str,
        accept: &str,
        headers: &[(&str, &str)],
        host: &str,
    ) -> Result<Self, Error> {
        let mut all = List::default();
        let has_type_of_its_own = |name: &str| name == "content-type";
        add_checked(&mut all, &[("accept", accept)], &|_| false)?;
        add_checked(&mut all, headers, &has_type_of_its_own)?;
        all.keep_last();
        // The value must not be shown.
        if check(&[("x-api-key", api_key)]).is_err() || !api_key.is_ascii() {
            return Err(Error::secret_form("apiKey"));
        }
        let config = Self { endpoint, api_key: api_key.into(), headers: all, host: owned(host) };
        if config.api_id() == Some("") {
            return Err(Error::must_be("host", AN_API, host));
        }
        Ok(config)
    }

    /// The region and service to sign for: the configured ones, or those in the host names. The region is
    /// absent if neither has one.
    ///
    /// # Errors
    /// Names the region or service that AWS would refuse at this host.
    pub fn scope<'a>(&'a self, region: &'a str, service: &'a str) -> Result<(&'a str, &'a str), Error> {
        let named = host::read(&self.endpoint.host, self.endpoint.origin.starts_with("ws"));
        let api = host::read(&self.host, false);
        let expected = if named.region.is_empty() { api.region } else { named.region };
        if !api.region.is_empty() && api.region != expected {
            return Err(Error::must_be("host", "the name of an API in invokeUrl's region", &self.host));
        }
        let at = if named.region.is_empty() { &self.host } else { &self.endpoint.host };
        let service = match (service, named.service) {
            ("", "") => "execute-api",
            ("", service) => service,
            (service, known @ ("execute-api" | "lambda")) if service != known => {
                return Err(Error::must_be("service", AS_NAMED, &at_host(service, at)));
            }
            _ => service,
        };
        if region.is_empty() {
            return Ok((expected, service));
        }
        host::check_region(region, service)?;
        if !expected.is_empty() && region != expected {
            return Err(Error::must_be("region", AS_NAMED, &at_host(region, at)));
        }
        Ok((region, service))
    }

    /// Adds the headers of a call: the client's and its own, sorted, each name once, with a content type if
    /// there is a body. Headers for which `leaves_out` is true are left out.
    ///
    /// # Errors
    /// Names a header that HTTP does not allow.
    pub fn headers_with(
        &self,
        headers: &mut List,
        own: &[(&str, &str)],
        content_type: &str,
        leaves_out: &dyn Fn(&str) -> bool,
    ) -> Result<(), Error> {
        for (name, value) in self.headers.iter() {
            if !leaves_out(name) {
                headers.add(name, value);
            }
        }
        add_checked(headers, own, &|name| name == "content-type" || leaves_out(name))?;
        if !content_type.is_empty() {
            add_checked(headers, &[("content-type", content_type)], &|_| false)?;
        }
        if !self.api_key.is_empty() {
            headers.add("x-api-key", &self.api_key);
        }
        if let Some(id) = self.api_id() {
            headers.add("x-apigw-api-id", id);
        }
        headers.keep_last();
        Ok(())
    }

    /// The id of the private API in `host`, if the URL's host is another one.
    fn api_id(&self) -> Option<&str> {
        let differs = !self.host.is_empty() && !self.host.eq_ignore_ascii_case(&self.endpoint.host);
        differs.then(|| host::read(&self.host, false).api_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn splits_what_the_platform_accepts() {
        for (url, origin, path, query) in [
            ("https://a.b/prod", "https://a.b", "/prod", ""),
            ("https://a.b", "https://a.b", "", ""),
            ("HTTPS://A.b:443/prod/?k=v#f", "https://a.b", "/prod/", "k=v"),
            ("http://127.0.0.1:80/x", "http://127.0.0.1", "/x", ""),
            ("http://[::1]:8080/x?", "http://[::1]:8080", "/x", ""),
            (" https:\\\\a.b\\x ", "https://a.b", "\\x", ""),
            ("https:a.b?x", "https://a.b", "", "x"),
        ] {
            let endpoint = Endpoint::new(url, origin).unwrap();
            assert_eq!((&*endpoint.path, &*endpoint.query), (path, query), "{url}");
            assert_eq!(endpoint.origin, origin);
        }
    }

    #[test]
    fn refuses_without_showing_a_password() {
        let error = Endpoint::new("https://u:canary@a.b/x?t=canary", "https://a.b").unwrap_err();
        assert!(!error.to_string().contains("canary"), "{error}");
        assert!(Endpoint::new("ftp://a.b", "ftp://a.b").is_err());
        assert!(Endpoint::new("a.b", "").is_err());
        assert_eq!(Endpoint::new("", "").unwrap_err().to_string(), "invokeUrl must be specified!");
    }
}
