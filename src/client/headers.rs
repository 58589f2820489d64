//! The headers of a request: which a caller may give, which are sent, and which are signed.

use super::Error;
use crate::ascii::AsciiSet;
use crate::list::{List, as_it_is, lower_case};
use crate::sigv4::Rules;
use crate::text::trim;
use alloc::vec::Vec;

/// What is known of a header, one bit each.
pub type Class = u8;

/// fetch sets it by itself, or a browser does not let a page set it: it is passed on where a platform takes
/// it, but never signed, because what arrives may be something else.
///
/// <https://developer.mozilla.org/en-US/docs/Glossary/Forbidden_request_header>
pub const PLATFORM: Class = 1;
/// It describes the connection or the framing of the body: fetch fails, or hangs, when a caller sets it, so
/// it is left out.
pub const CONNECTION: Class = 2;
/// Its value is a credential.
pub const SECRET: Class = 4;
/// Proxies and tracers add it to a request or change it on its way, so it is not signed. botocore leaves out
/// `baggage`, `traceparent` and `tracestate` (`SIGNED_HEADERS_BLACKLIST` in its auth.py), Envoy's signer
/// `x-forwarded-*`.
pub const REWRITTEN: Class = 8;

/// All headers that are treated in a way of their own, besides those that no service expects in a signature
/// ([`crate::sigv4::canonical`]).
const HEADERS: [(&str, Class); 44] = [
    ("accept-charset", PLATFORM),
    ("accept-encoding", PLATFORM),
    ("access-control-request-headers", PLATFORM),
    ("access-control-request-method", PLATFORM),
    ("authorization", SECRET),
    // Zipkin; W3C: https://www.w3.org/TR/baggage/
    ("b3", REWRITTEN),
    ("baggage", REWRITTEN),
    // RFC 8586
    ("cdn-loop", REWRITTEN),
    ("connection", PLATFORM | CONNECTION),
    ("content-length", PLATFORM | CONNECTION),
    ("cookie", PLATFORM | SECRET),
    ("cookie2", PLATFORM),
    ("date", PLATFORM),
    ("dnt", PLATFORM),
    ("expect", PLATFORM | CONNECTION),
    ("fastly-client-ip", REWRITTEN),
    // RFC 7239
    ("forwarded", REWRITTEN),
    // gRPC
    ("grpc-trace-bin", REWRITTEN),
    ("host", PLATFORM | CONNECTION),
    ("keep-alive", PLATFORM | CONNECTION),
    // New Relic
    ("newrelic", REWRITTEN),
    ("origin", PLATFORM),
    ("proxy-authorization", SECRET),
    // Sentry
    ("sentry-trace", REWRITTEN),
    ("set-cookie", PLATFORM),
    ("te", PLATFORM | CONNECTION),
    // https://www.w3.org/TR/trace-context/
    ("traceparent", REWRITTEN),
    ("tracestate", REWRITTEN),
    ("trailer", PLATFORM),
    ("transfer-encoding", PLATFORM | CONNECTION),
    // Akamai
    ("true-client-ip", REWRITTEN),
    // Jaeger
    ("uber-trace-id", REWRITTEN),
    ("upgrade", PLATFORM | CONNECTION),
    ("via", PLATFORM),
    // Amazon's CDN
    ("x-amz-cf-id", REWRITTEN),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
    ("x-amz-copy-source-server-side-encryption-customer-key", SECRET),
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
    ("x-amz-s3session-token", SECRET),
    ("x-amz-security-token", SECRET),
    ("x-amz-server-side-encryption-customer-key", SECRET),
    ("x-api-key", SECRET),
    ("x-client-ip", REWRITTEN),
    // Google Cloud
    ("x-cloud-trace-context", REWRITTEN),
    ("x-real-ip", REWRITTEN),
    // Envoy: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers
    ("x-request-id", REWRITTEN),
];

/// What the names of further rewritten headers begin with: Cloudflare's, Amazon's CDN's, Zipkin's, Datadog's,
/// Envoy's, and those of all proxies.
const REWRITTEN_FROM: [&str; 6] = ["cf-", "cloudfront-", "x-b3-", "x-datadog-", "x-envoy-", "x-forwarded-"];

/// The names of a class, in lower case.
pub fn names_of(class: Class) -> impl Iterator<Item = &'static str> {
    HEADERS.iter().filter(move |(_, classes)| classes & class != 0).map(|(name, _)| *name)
}

/// Whether a name, which is in lower case, is of a class.
#[must_use]
pub fn is_of(class: Class, name: &str) -> bool {
    names_of(class).any(|known| known == name)
}

/// Adds headers that a caller gave, unless they are left out or `leaves_out` them. The last of a name counts:
/// see [`List::keep_last`].
///
/// # Errors
/// [`Error::Argument`] for a name or value that HTTP does not allow.
pub fn add_given(
    headers: &mut List,
    given: &[(&str, &str)],
    leaves_out: &dyn Fn(&str) -> bool,
) -> Result<(), Error> {
    check(given)?;
    for (name, value) in given {
        // fetch cuts the ends off; what is signed must be what is shown and sent.
        headers.push(name, lower_case, trim(value, " \t"), as_it_is);
        let (name, _) = headers.last();
        if is_of(CONNECTION, name) || leaves_out(name) {
            headers.remove_last();
        }
    }
    Ok(())
}

/// The headers that arrive as they are set, so that they can be signed, and those that the caller wants signed.
///
/// # Errors
/// [`Error::Argument`] for a value outside ASCII: a signature over it would depend on how each hop
/// reads it.
pub fn signable<'a>(headers: &'a List, rules: &Rules) -> Result<Vec<(&'a str, &'a str)>, Error> {
    let mut signable = Vec::with_capacity(headers.len());
    for (name, value) in headers.iter() {
        if !value.is_ascii() {
            return Err(Error::Header(["in ASCII to be signed; got others", PERCENT_ENCODE], (*name).into()));
        }
        let changes =
            is_of(PLATFORM | REWRITTEN, name) || REWRITTEN_FROM.iter().any(|start| name.starts_with(start));
        if !changes || rules.signable_headers.has(name) {
            signable.push((name, value));
        }
    }
    Ok(signable)
}

/// Checks names and values against what HTTP allows.
///
/// # Errors
/// [`Error::Argument`] or [`Error::Header`] that names the first header at fault.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn check(headers: &[(&str, &str)]) -> Result<(), Error> {
    for (name, value) in headers {
        if !is_token(name) {
            return Err(Error::argument("headers", "names that HTTP allows (RFC 9110 token)", name));
        }
        // The value may be a secret, so only the name is shown.
        let expected = if value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
            ["without control characters; got one", ""]
        } else if value.bytes().any(|byte| byte > LAST_OF_LATIN_1) {
            ["in Latin-1; got others", PERCENT_ENCODE]
        } else {
            continue;
        };
        return Err(Error::Header(expected, (*name).into()));
    }
    Ok(())
}

const PERCENT_ENCODE: &str = ": percent-encode its value";

/// RFC 9110 section 5.6.2: a token.
#[must_use]
pub fn is_token(text: &str) -> bool {
    const TOKEN: AsciiSet =
        AsciiSet::of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");
    !text.is_empty() && text.bytes().all(|byte| TOKEN.contains(byte))
}

/// The first byte of U+00FF in UTF-8; what comes after Latin-1 begins with a greater one.
const LAST_OF_LATIN_1: u8 = 0xc3;

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    fn add(headers: &mut List, given: &[(&str, &str)]) -> Result<(), Error> {
        add_given(headers, given, &|_| false)
    }

    #[test]
    fn values_are_trimmed_and_connections_left_alone() {
        let mut headers = List::default();
        add(&mut headers, &[("X-A", " 1 \t"), ("Host", "evil"), ("TE", "x")]).unwrap();
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-a", "1")]);
    }

    #[test]
    fn latin_1_ends_where_it_ends() {
        for (value, fine) in
            [("é\u{80}\u{ff}", true), ("\u{100}", false), ("日", false), ("\u{10ffff}", false)]
        {
            assert_eq!(check(&[("x", value)]).is_ok(), fine, "{value}");
        }
    }

    #[test]
    fn refuses_what_could_split_a_request() {
        for (name, value) in
            [("X A", "1"), ("", "1"), ("é", "1"), ("x", "a\r\nb"), ("x", "a\0"), ("x", "\x7f"), ("x", "日")]
        {
            let error = add(&mut List::default(), &[(name, value)]).unwrap_err().to_string();
            assert!(error.starts_with("headers must be"), "{error}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_in_lower_case() {
        assert!(HEADERS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(HEADERS.iter().all(|(name, _)| *name == name.to_ascii_lowercase()));
    }
}
