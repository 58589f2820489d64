//! The canonical request: one text for all the spellings of the same HTTP request.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>

use super::{Request, Rules};
use crate::encode::{PATH, normalize_path, push_encoded, push_path_once, push_recoded};
use crate::text::{split, split_once};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

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

/// A header as it is signed: lower-case name, trimmed and folded value.
pub struct CanonicalHeader<'a> {
    /// Lower case.
    pub name: Cow<'a, str>,
    /// Trimmed and folded.
    pub value: Cow<'a, str>,
}

/// Step 1 of the path: what comes after the host, as the service's rules want it.
pub fn push_path(out: &mut String, path: &str, rules: &Rules) {
    let normal = if rules.normalize_path { Cow::Owned(normalize_path(path)) } else { Cow::Borrowed(path) };
    let path = if normal.is_empty() { "/" } else { &normal };
    if rules.double_encode_path {
        push_encoded(out, path.as_bytes(), PATH);
    } else {
        push_path_once(out, path);
    }
}

/// Step 2: the query without its `?`, names and values in canonical form, sorted by name and then
/// by value. `extra` are parameters that are already encoded (those of a presigned URL).
#[must_use]
pub fn canonical_query(query: &str, extra: &[(&str, String)]) -> String {
    let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = split(query, b'&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = split_once(part, "=").unwrap_or((part, ""));
            (recoded(name), recoded(value))
        })
        .collect();
    pairs.extend(extra.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(value.as_str()))));
    crate::text::sort_by(&mut pairs, |a, b| a < b);
    let mut out = String::with_capacity(query.len() + 16);
    for (name, value) in &pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        out.push_str(value);
    }
    out
}

fn recoded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| crate::encode::UNRESERVED.contains(byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    push_recoded(&mut out, text);
    Cow::Owned(out)
}

/// Step 3: the headers that are signed, sorted by name; values of one name are joined by commas in
/// their order.
#[must_use]
pub fn canonical_headers<'a>(
    request: &Request<'a>,
    own: &[(&'a str, &'a str)],
    rules: &Rules,
) -> Vec<CanonicalHeader<'a>> {
    let mut headers: Vec<CanonicalHeader<'a>> = Vec::with_capacity(request.headers.len() + own.len() + 1);
    let replaced = |name: &str| own.iter().any(|(own, _)| *own == name);
    for (name, value) in request.headers {
        let name = lower_case(name);
        if is_signed(&name, rules) && !replaced(&name) {
            headers.push(CanonicalHeader { name, value: fold(value) });
        }
    }
    if !headers.iter().any(|header| header.name == "host") {
        headers.push(CanonicalHeader { name: "host".into(), value: fold(request.host) });
    }
    for (name, value) in own {
        headers.push(CanonicalHeader { name: (*name).into(), value: (*value).into() });
    }
    crate::text::sort_by(&mut headers, |a, b| a.name < b.name);
    headers.dedup_by(|later, first| {
        let same = later.name == first.name;
        if same {
            first.value.to_mut().push(',');
            first.value.to_mut().push_str(&later.value);
        }
        same
    });
    headers
}

/// Whether a header takes part in the signature; `name` is in lower case.
fn is_signed(name: &str, rules: &Rules) -> bool {
    let left_out = NEVER_SIGNED.contains(&name)
        || name.starts_with("proxy-")
        || name.starts_with("sec-")
        || rules.unsignable_headers.iter().any(|other| other == name);
    !left_out || rules.signable_headers.iter().any(|other| other == name)
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// A header's value without outer white space, inner runs folded to one space.
fn fold(value: &str) -> Cow<'_, str> {
    let value = value.trim_matches(is_space);
    let mut previous = false;
    let clean = value.chars().all(|c| {
        let repeated = is_space(c) && (previous || c != ' ');
        previous = is_space(c);
        !repeated
    });
    if clean {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    for word in value.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
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
            assert_eq!(canonical_query(query, &[]), canonical, "{query}");
        }
    }

    #[test]
    fn values_are_trimmed_and_folded() {
        for (value, folded) in
            [("", ""), (" a  b\t c ", "a b c"), ("a b", "a b"), ("a\tb", "a b"), ("é  é", "é é")]
        {
            assert_eq!(fold(value), folded);
        }
    }
}
