//! Step 1, the canonical request: the same text for all spellings of an HTTP request.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>

use crate::buffer::Buffer;
use crate::encode::{Escapes, PATH, UNRESERVED, encode, is_normal, normalize_path};
use crate::list::{List, as_it_is, lower_case};
use crate::text::{split_any, split_once};
use crate::{Request, Rules, Signed};
use alloc::string::String;

/// Headers that intermediaries rewrite or that belong to one connection, so that a signature over them would
/// break on the way. The AWS SDKs leave out the same headers, and those that start with `proxy-` or `sec-`.
const NEVER_SIGNED: [&str; 15] = [
    "authorization",
    "cache-control",
    "connection",
    "expect",
    "from",
    "keep-alive",
    "max-forwards",
    "pragma",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// HTTP/2's replacement for the header `host` (RFC 9113 section 8.3.1). The AWS SDK for JavaScript signs it
/// under this name.
pub const AUTHORITY: &str = ":authority";

/// The canonical form of a path by the service's rules.
///
/// ```
/// use gatesign_sigv4::{Rules, canonical};
///
/// assert_eq!(canonical::path("/a//b%20c", &Rules::for_service("execute-api")), "/a/b%2520c");
/// assert_eq!(canonical::path("/a//b%20c", &Rules::for_service("s3")), "/a//b%20c");
/// ```
#[must_use]
pub fn path(path: &str, rules: &Rules) -> String {
    let mut out = Buffer::default();
    canonical_path(&mut out, path, rules);
    out.as_str().into()
}

/// The canonical form of a query, without its `?`.
///
/// ```
/// assert_eq!(gatesign_sigv4::canonical::query("b=2&a=x+y&a=%7e"), "a=x%20y&a=~&b=2");
/// ```
#[must_use]
pub fn query(query: &str) -> String {
    let (mut out, mut parameters) = (Buffer::default(), List::default());
    query_parameters(&mut parameters, query);
    canonical_query(&mut out, &mut parameters);
    out.as_str().into()
}

/// Appends the canonical request; [`Signed`] holds the lists and texts for it.
pub(crate) fn canonical_request(signed: &mut Signed, request: &Request<'_>, rules: &Rules) {
    let out = &mut signed.canonical_request;
    out.push(request.method).push("\n");
    canonical_path(out, request.path, rules);
    out.push("\n").push(&signed.query).push("\n");
    canonical_headers(out, &signed.headers);
    out.push("\n").push(&signed.signed_headers).push("\n").push(&signed.payload_hash);
}

/// Appends the canonical path by the service's rules.
fn canonical_path(out: &mut Buffer, path: &str, rules: &Rules) {
    let escapes = match (rules.double_encode_path, rules.decode_slashes) {
        (true, _) => Escapes::Encode,
        (_, true) => Escapes::DecodeForm,
        _ => Escapes::Decode,
    };
    let mut normal = Buffer::default();
    let path = if rules.normalize_path && !is_normal(path) {
        normalize_path(&mut normal, path);
        &normal
    } else {
        path
    };
    encode(out, if path.is_empty() { "/" } else { path }, &PATH, escapes);
}

/// Adds the parameters of a query, without its `?`: each name and value is decoded once and encoded again, so
/// that every spelling of the same text results in the same signature.
pub(crate) fn query_parameters(parameters: &mut List, query: &str) {
    for part in split_any(query, "&") {
        if !part.is_empty() {
            let (name, value) = split_once(part, "=").unwrap_or((part, ""));
            parameters.push(name, recode, value, recode);
        }
    }
}

fn recode(out: &mut Buffer, text: &str) {
    encode(out, text, &UNRESERVED, Escapes::DecodeForm);
}

/// Appends the canonical query: the parameters sorted by name and then by value.
pub(crate) fn canonical_query(out: &mut Buffer, parameters: &mut List) {
    parameters.sort_with_values();
    for (number, (name, value)) in parameters.iter().enumerate() {
        out.push_all(&[if number > 0 { "&" } else { "" }, name, "=", value]);
    }
}

/// Adds the headers to sign: names in lower case, values trimmed and folded. The signer's `own` headers
/// replace those of the request with the same name.
pub(crate) fn signable_headers(headers: &mut List, request: &Request<'_>, own: &List, rules: &Rules) {
    let mut has_host = false;
    for (name, value) in request.headers {
        headers.push(name, lower_case, value, fold);
        let (name, _) = headers.last();
        has_host |= name == "host" || name == AUTHORITY;
        if own.has(name) || !is_signed(name, rules) {
            headers.remove_last();
        }
    }
    if !has_host {
        headers.push("host", as_it_is, request.host, fold);
    }
    for (name, value) in own.iter() {
        headers.add(name, value);
    }
}

/// Appends a line for each of the sorted headers; values of the same name are joined by commas in their
/// order.
fn canonical_headers(out: &mut Buffer, headers: &List) {
    let mut last = "";
    for (name, value) in headers.iter() {
        if last == name {
            out.push(",");
        } else {
            out.push_all(&[if last.is_empty() { "" } else { "\n" }, name, ":"]);
        }
        out.push(value);
        last = name;
    }
    out.push("\n");
}

/// Sorts the headers, and appends their names, each once, with `;` between them.
pub(crate) fn signed_headers(signed: &mut Signed) {
    signed.headers.sort();
    let (out, mut last) = (&mut signed.signed_headers, "");
    for (name, _) in signed.headers.iter() {
        if last != name {
            out.push_all(&[if last.is_empty() { "" } else { ";" }, name]);
        }
        last = name;
    }
}

/// Whether a header is signed; `name` is in lower case.
fn is_signed(name: &str, rules: &Rules) -> bool {
    let left_out = NEVER_SIGNED.contains(&name)
        || name.starts_with("proxy-")
        || name.starts_with("sec-")
        || rules.unsignable_headers.has(name)
        // The caller's token header would be overwritten later, so leave it out.
        || rules.omit_session_token && name == "x-amz-security-token";
    !left_out || rules.signable_headers.has(name)
}

/// Appends a header's value without outer white space, inner runs folded to one space.
fn fold(out: &mut Buffer, value: &str) {
    if value.bytes().all(|byte| byte > b' ') {
        out.push(value);
        return;
    }
    let start = out.len();
    for word in split_any(value, " \t\n\r\x0b\x0c") {
        if !word.is_empty() {
            out.push_all(&[if out.len() > start { " " } else { "" }, word]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn queries_sort_by_encoded_name_then_value() {
        for (query, canonical) in [
            ("", ""),
            ("&&", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1&a", "a=&a=1&a=2"),
            ("a=b=c", "a=b%3Dc"),
            ("=v", "=v"),
            ("a%5B=1&a-=2&aa=3", "a%5B=1&a-=2&aa=3"),
            ("B=1&a=2&A=3", "A=3&B=1&a=2"),
            ("%C3%A9=1&z=2", "%C3%A9=1&z=2"),
        ] {
            assert_eq!(super::query(query), canonical, "{query}");
        }
    }

    #[test]
    fn values_are_trimmed_and_folded() {
        for (value, folded) in
            [("", ""), (" a  b\t c ", "a b c"), ("a b", "a b"), ("a\tb", "a b"), ("é  é", "é é")]
        {
            let mut out = Buffer::default();
            fold(&mut out, value);
            assert_eq!(&*out, folded);
        }
    }
}
