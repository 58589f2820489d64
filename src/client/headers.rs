//! The headers of a request: which a caller may set, which are sent, and which are signed.

use super::Error;
use crate::ascii::{ALPHANUMERIC, AsciiSet};
use crate::list::{List, as_it_is, lower_case};
use crate::sigv4::Rules;
use crate::text::{split_any, trim_any};
use alloc::vec::Vec;

/// Headers of the connection or of the body's framing: fetch fails or hangs if a caller sets them, so they
/// are left out.
const CONNECTION: [&str; 8] =
    ["connection", "content-length", "expect", "host", "keep-alive", "te", "transfer-encoding", "upgrade"];

/// fetch sets these headers itself, or a browser does not let a page set them. They are passed on where the
/// platform accepts them, but never signed, because another value may arrive.
///
/// <https://developer.mozilla.org/en-US/docs/Glossary/Forbidden_request_header>
const PLATFORM: [&str; 12] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "origin",
    "set-cookie",
    "trailer",
    "via",
];

/// Proxies and tracers add these to a request or change them on its way, so they are not signed. botocore leaves
/// out `baggage`, `traceparent` and `tracestate` (`SIGNED_HEADERS_BLACKLIST` in its auth.py), Envoy's signer
/// `x-forwarded-*`.
const REWRITTEN: [&str; 17] = [
    // Zipkin; W3C: https://www.w3.org/TR/baggage/
    "b3",
    "baggage",
    // RFC 8586
    "cdn-loop",
    "fastly-client-ip",
    // RFC 7239
    "forwarded",
    // gRPC
    "grpc-trace-bin",
    // New Relic
    "newrelic",
    // Sentry
    "sentry-trace",
    // https://www.w3.org/TR/trace-context/
    "traceparent",
    "tracestate",
    // Akamai
    "true-client-ip",
    // Jaeger
    "uber-trace-id",
    // Amazon's CDN
    "x-amz-cf-id",
    "x-client-ip",
    // Google Cloud
    "x-cloud-trace-context",
    "x-real-ip",
    // Envoy: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers
    "x-request-id",
];

/// Prefixes of further headers that are rewritten: of Cloudflare, Amazon's CDN, Zipkin, Datadog, Envoy, and
/// of all proxies.
const REWRITTEN_FROM: [&str; 6] = ["cf-", "cloudfront-", "x-b3-", "x-datadog-", "x-envoy-", "x-forwarded-"];

/// Headers whose values are credentials. A single text, because it is searched only when something is shown.
///
/// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html>
/// - <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html>
const SECRET: &str = "\
    authorization cookie proxy-authorization x-amz-copy-source-server-side-encryption-customer-key \
    x-amz-s3session-token x-amz-security-token x-amz-server-side-encryption-customer-key x-api-key";

/// The names, in lower case, of the headers whose values are credentials.
pub fn secrets() -> impl Iterator<Item = &'static str> {
    split_any(SECRET, " ")
}

/// Whether another value may arrive in a header than the one that was set. `name` is in lower case.
fn changes(name: &str) -> bool {
    CONNECTION.contains(&name)
        || PLATFORM.contains(&name)
        || REWRITTEN.contains(&name)
        || REWRITTEN_FROM.iter().any(|start| name.starts_with(start))
}

/// Checks a caller's headers and adds them, except those of the connection and those for which `leaves_out`
/// is true. The last one of a name counts: see [`List::keep_last`].
///
/// # Errors
/// Names the first header with a name or value that HTTP does not allow.
pub fn add_checked(
    headers: &mut List,
    pairs: &[(&str, &str)],
    leaves_out: &dyn Fn(&str) -> bool,
) -> Result<(), Error> {
    check(pairs)?;
    for (name, value) in pairs {
        // fetch trims the value; the signed value must be the one that is shown and sent.
        headers.push(name, lower_case, trim_any(value, " \t"), as_it_is);
        let (name, _) = headers.last();
        if CONNECTION.contains(&name) || leaves_out(name) {
            headers.remove_last();
        }
    }
    Ok(())
}

/// The headers that can be signed because they arrive unchanged, and those that the caller wants signed.
///
/// # Errors
/// Names a header with a value outside ASCII: its signature would depend on how each hop reads it.
pub fn signable<'a>(headers: &'a List, rules: &Rules) -> Result<Vec<(&'a str, &'a str)>, Error> {
    let mut signable = Vec::new();
    for (name, value) in headers.iter() {
        if !value.is_ascii() {
            return Err(bad_value(["in ASCII to be signed; got others", PERCENT_ENCODE], name));
        }
        if !changes(name) || rules.signable_headers.has(name) {
            signable.push((name, value));
        }
    }
    Ok(signable)
}

/// Checks names and values against what HTTP allows.
///
/// # Errors
/// Names the first invalid header.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn check(headers: &[(&str, &str)]) -> Result<(), Error> {
    for (name, value) in headers {
        if !is_token(name) {
            return Err(Error::must_be("headers", "names that HTTP allows (RFC 9110 token)", name));
        }
        let expected = if value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
            ["without control characters; got one", ""]
        } else if value.bytes().any(|byte| byte > LAST_OF_LATIN_1) {
            ["in Latin-1; got others", PERCENT_ENCODE]
        } else {
            continue;
        };
        return Err(bad_value(expected, name));
    }
    Ok(())
}

/// The value may be a secret, so only the name is shown, with what the value must be and what to do.
fn bad_value([expected, advice]: [&str; 2], name: &str) -> Error {
    Error::new("headers", &[" must be values ", expected, " in \"", name, "\"", advice])
}

const PERCENT_ENCODE: &str = ": percent-encode its value";

/// A token of RFC 9110 section 5.6.2.
#[must_use]
pub fn is_token(text: &str) -> bool {
    const TOKEN: AsciiSet = ALPHANUMERIC.with("!#$%&'*+-.^_`|~");
    !text.is_empty() && TOKEN.has_all(text)
}

/// The first byte of U+00FF in UTF-8; characters beyond Latin-1 begin with a greater one.
const LAST_OF_LATIN_1: u8 = 0xc3;

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    fn add(headers: &mut List, pairs: &[(&str, &str)]) -> Result<(), Error> {
        add_checked(headers, pairs, &|_| false)
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
    fn the_tables_are_sorted_and_in_lower_case() {
        let secrets: Vec<&str> = secrets().collect();
        for table in [&CONNECTION[..], &PLATFORM, &REWRITTEN, &REWRITTEN_FROM, &secrets] {
            assert!(table.is_sorted_by(|a, b| a < b));
            assert!(table.iter().all(|name| *name == name.to_ascii_lowercase()));
        }
    }
}
