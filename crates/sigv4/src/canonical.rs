//! The canonical request: one text for all the spellings of the same HTTP request.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>

use crate::encode::{PATH, normalize_path, push_encoded, push_lower_case, push_path_once, push_recoded};
use crate::pairs::Pairs;
use crate::text::{is_among, push, same_name, slice, split, split_once, with_room};
use crate::{Request, Rules};
use alloc::borrow::Cow;
use alloc::string::String;

/// Header names that intermediaries rewrite or that belong to one connection, so that a signature
/// over them would break on the way. The AWS SDKs leave out the same ones, beside those that start
/// with `proxy-` or `sec-`.
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

/// The canonical path: what comes after the host, as the service's rules want it.
pub fn push_path(out: &mut String, path: &str, rules: &Rules) {
    let normal = if rules.normalize_path { normalize_path(path) } else { Cow::Borrowed(path) };
    let path = if normal.is_empty() { "/" } else { &normal };
    if rules.double_encode_path {
        push_encoded(out, path, &PATH);
    } else {
        push_path_once(out, path);
    }
}

/// The canonical query: the query without its `?`, names and values in canonical form, sorted by name and then
/// by value. `extra` are parameters that are already encoded (those of a presigned URL).
#[must_use]
pub fn canonical_query(query: &str, extra: &[(&str, &str)]) -> String {
    if query.is_empty() && extra.is_empty() {
        return String::new();
    }
    let mut pairs = Pairs::with_capacity(query.len() + 16);
    for part in split(query, "&") {
        if !part.is_empty() {
            let (name, value) = split_once(part, "=").unwrap_or((part, ""));
            pairs.push(name, push_recoded, value, push_recoded);
        }
    }
    for (name, value) in extra {
        pairs.add(name, value);
    }
    pairs.sort(true);
    let mut out = with_room(pairs.bytes() + 2 * pairs.len());
    for (name, value) in pairs.iter() {
        if !out.is_empty() {
            push(&mut out, "&");
        }
        push(&mut out, name);
        push(&mut out, "=");
        push(&mut out, value);
    }
    out
}

/// The canonical headers: the headers that are signed, names in lower case, values trimmed and folded, sorted by
/// name. `own` are the signer's; they replace those of the request.
#[must_use]
pub fn canonical_headers(request: &Request<'_>, own: &[Option<(&str, &str)>], rules: &Rules) -> Pairs {
    let mut headers = Pairs::with_capacity(1024);
    for (name, value) in request.headers {
        let replaced = own.iter().flatten().any(|(own, _)| same_name(own, name));
        if !replaced && is_signed(name, rules) {
            headers.push(name, push_lower_case, value, push_folded);
        }
    }
    if !headers.has("host") {
        headers.push("host", String::push_str, request.host, push_folded);
    }
    for (name, value) in own.iter().flatten() {
        headers.add(name, value);
    }
    headers.sort(false);
    headers
}

/// Appends a line for each header; values of one name are joined by commas in their order.
pub fn push_headers(out: &mut String, headers: &Pairs) {
    let mut last = None;
    for (name, value) in headers.iter() {
        if last == Some(name) {
            push(out, ",");
        } else {
            if last.is_some() {
                push(out, "\n");
            }
            push(out, name);
            push(out, ":");
        }
        push(out, value);
        last = Some(name);
    }
    push(out, "\n");
}

/// Appends the names of the headers, each once, with `;` between them: the signed headers.
pub fn push_names(out: &mut String, headers: &Pairs) {
    let mut last = None;
    for (name, _) in headers.iter() {
        if last != Some(name) {
            if last.is_some() {
                push(out, ";");
            }
            push(out, name);
        }
        last = Some(name);
    }
}

/// Whether a header takes part in the signature.
fn is_signed(name: &str, rules: &Rules) -> bool {
    let is_named = |list: &[String]| list.iter().any(|other| same_name(other, name));
    let left_out = is_among(&NEVER_SIGNED, name)
        || ["proxy-", "sec-"].iter().any(|start| starts_with(name, start))
        || is_named(&rules.unsignable_headers)
        // A caller's own one is replaced when the token is added after signing.
        || rules.omit_session_token && same_name(name, "x-amz-security-token");
    !left_out || is_named(&rules.signable_headers)
}

fn starts_with(name: &str, start: &str) -> bool {
    same_name(slice(name, 0, start.len()), start)
}

/// Appends a header's value without outer white space, inner runs folded to one space.
fn push_folded(out: &mut String, value: &str) {
    if value.bytes().all(|byte| byte > b' ') {
        return push(out, value);
    }
    let start = out.len();
    for word in split(value, SPACE) {
        if !word.is_empty() {
            if out.len() > start {
                push(out, " ");
            }
            push(out, word);
        }
    }
}

const SPACE: &str = " \t\n\r\x0b\x0c";

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
            assert_eq!(canonical_query(query, &[]), canonical, "{query}");
        }
    }

    #[test]
    fn values_are_trimmed_and_folded() {
        for (value, folded) in
            [("", ""), (" a  b\t c ", "a b c"), ("a b", "a b"), ("a\tb", "a b"), ("é  é", "é é")]
        {
            let mut out = String::new();
            push_folded(&mut out, value);
            assert_eq!(out, folded);
        }
    }
}
