//! What a client is made of: the endpoint, its defaults and what the host's name tells.

use super::Error;
use super::headers::{add_given, check};
use crate::buffer::Buffer;
use crate::list::List;
use crate::text::{CONTROLS_AND_SPACE, before, concat, contains, split, split_once, tail, trim, trim_start};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Where the requests go: an origin, and what invokeUrl has after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `https://abc123.execute-api.us-east-1.amazonaws.com`
    pub origin: String,
    /// The origin without its scheme: what the Host header says.
    pub host: String,
    /// invokeUrl's path as given, without query and fragment; may be empty.
    pub path: String,
    /// invokeUrl's query without `?`; may be empty.
    pub query: String,
}

impl Endpoint {
    /// Splits `invoke_url`. `origin` is what the platform's URL parser says of it (empty if it
    /// refuses it), so that upper-case, internationalised and numeric host names have one form.
    ///
    /// # Errors
    /// [`Error::Missing`] without an invokeUrl, [`Error::Argument`] if it is no http(s) URL or
    /// carries a user name.
    pub fn new(invoke_url: &str, origin: &str) -> Result<Self, Error> {
        // What the platform's parser cuts off at both ends.
        let url = trim(invoke_url, CONTROLS_AND_SPACE);
        if url.is_empty() {
            return Err(Error::Missing("invokeUrl"));
        }
        let host =
            ["https://", "http://", "wss://", "ws://"].iter().find_map(|scheme| origin.strip_prefix(scheme));
        let (Some(host), Some((_, after_scheme))) = (host, split_once(url, ":")) else {
            return Err(Error::argument("invokeUrl", "an http or https URL", &without_user(url)));
        };
        let after_slashes = trim_start(after_scheme, "/\\\t\n\r");
        let authority = before(after_slashes, "/\\?#");
        let rest = tail(after_slashes, authority.len());
        if contains(authority, "@") {
            return Err(Error::argument(
                "invokeUrl",
                "a URL without a user name or password",
                &without_user(url),
            ));
        }
        let (before_fragment, _) = split_once(rest, "#").unwrap_or((rest, ""));
        let (path, query) = split_once(before_fragment, "?").unwrap_or((before_fragment, ""));
        Ok(Self { origin: origin.into(), host: host.into(), path: path.into(), query: query.into() })
    }

    /// The region in the names that AWS gives to APIs and to the endpoints of private ones:
    /// `*.execute-api.REGION.amazonaws.com`, `*.execute-api.REGION.vpce.amazonaws.com`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        region_of_host(&self.host)
    }
}

/// See [`Endpoint::region`].
pub(super) fn region_of_host(host: &str) -> Option<&str> {
    let (_, after) = split_once(host, ".execute-api.")?;
    let (region, domain) = split_once(after, ".")?;
    let domain = domain.strip_prefix("vpce.").unwrap_or(domain);
    let (domain, _port) = split_once(domain, ":").unwrap_or((domain, ""));
    let known = ["amazonaws.com", "amazonaws.com.cn", "api.aws"].contains(&domain);
    (known && !region.is_empty()).then_some(region)
}

/// What an error may show of a URL: nothing before an `@`, nothing of the query.
fn without_user(url: &str) -> String {
    let shown = before(url, "?#");
    match split(shown, "@").skip(1).last() {
        Some(after) => concat(&["…@", after]),
        None => shown.to_owned(),
    }
}

/// The settings of a client that do not depend on the call.
#[derive(Clone)]
pub struct Config {
    /// Where the requests go.
    pub endpoint: Endpoint,
    /// Sent as `x-api-key` if not empty.
    api_key: Buffer,
    /// The headers of every request; those of a call win.
    headers: List,
    /// The API's own host name, if it differs from the URL's (private APIs behind a VPC endpoint).
    host: String,
}

impl Config {
    /// Checks what every request will carry, so that a mistake shows when the client is made.
    /// `accept` is for calls that give no `Accept` header, in `headers` or of their own.
    ///
    /// # Errors
    /// [`Error::Argument`] that names the option.
    pub fn new(
        endpoint: Endpoint,
        api_key: &str,
        accept: &str,
        headers: &[(&str, &str)],
        host: &str,
    ) -> Result<Self, Error> {
        let mut all = List::default();
        let has_type_of_its_own = |name: &str| name == "content-type";
        add_given(&mut all, &[("accept", accept)], &|_| false)?;
        add_given(&mut all, headers, &has_type_of_its_own)?;
        all.keep_last();
        // The value itself must not be shown.
        if check(&[("x-api-key", api_key)]).is_err() || !api_key.is_ascii() {
            return Err(Error::SecretForm("apiKey"));
        }
        let config = Self { endpoint, api_key: api_key.into(), headers: all, host: host.into() };
        let id = config.api_id().unwrap_or("x");
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(Error::argument("host", "the API's host name, such as {api-id}.execute-api.…", host));
        }
        Ok(config)
    }

    /// The region that the names of the endpoint or of the API itself tell.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.endpoint.region().or_else(|| region_of_host(&self.host))
    }

    /// Adds the headers of a call: the client's and its own, sorted, each name once. There is a content type
    /// if there is a body. Those that `leaves_out` names are left out.
    ///
    /// # Errors
    /// [`Error::Argument`] for a header that HTTP does not allow.
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
        add_given(headers, own, &|name| name == "content-type" || leaves_out(name))?;
        if !content_type.is_empty() {
            add_given(headers, &[("content-type", content_type)], &|_| false)?;
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

    /// The id of the private API that `host` names, when the URL's host is another one.
    fn api_id(&self) -> Option<&str> {
        let differs = !self.host.is_empty() && !self.host.eq_ignore_ascii_case(&self.endpoint.host);
        differs.then(|| before(&self.host, "."))
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
        assert_eq!(Endpoint::new("", ""), Err(Error::Missing("invokeUrl")));
    }

    #[test]
    fn reads_the_region_of_a_host() {
        let hosts = include_str!("hosts.txt").lines().filter(|line| !line.starts_with('#'));
        for (host, region) in hosts.map(|line| line.split_once(' ').unwrap()) {
            let region = (region != "-").then_some(region);
            assert_eq!(region_of_host(host), region, "{host}");
            assert_eq!(region_of_host(&std::format!("{host}:8443")), region, "{host}");
        }
    }
}
