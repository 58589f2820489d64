//! The URL of a call, written as the platform's URL parser would write it, so that what is signed
//! is what is sent: `new URL(url).href === url` for every URL that comes out of here.
//!
//! The origin is invokeUrl's and nothing that is joined to it can change it: whatever follows is
//! path or query from its first character on.
//!
//! <https://url.spec.whatwg.org/#url-parsing>

use super::config::Endpoint;
use super::template::literal_text;
use crate::Error;
use crate::ascii::AsciiSet;
use crate::encode::{UNRESERVED, pop_segment, push_encoded_once, push_unreserved};
use crate::text::{before, concat, push, split, split_once, with_room};
use alloc::borrow::Cow;
use alloc::string::String;

/// Printable ASCII without the standard's path percent-encode set, and without `'` and `|`, which
/// platforms treat differently.
const PATH: AsciiSet = UNRESERVED.and("!$%&()*+,/:;=@[]");
/// Printable ASCII without the standard's special-query percent-encode set.
const QUERY: AsciiSet = UNRESERVED.and("!$%&()*+,/:;=?@[]\\^`{|}");

/// Path and query of a URL on the endpoint's origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Starts with `/`.
    pub path: String,
    /// Without `?`; empty if there is none.
    pub query: String,
}

impl Target {
    /// invokeUrl and an expanded template joined as text, with the queries of both and `parameters`
    /// as one query. A fragment is dropped. Without a path in invokeUrl the template starts one.
    #[must_use]
    pub fn join(endpoint: &Endpoint, expanded: &str, parameters: &[(&str, &str)]) -> Self {
        let before_fragment = before(expanded, "#");
        let (path, query) = split_once(before_fragment, "?").unwrap_or((before_fragment, ""));
        let mut full_query = with_room(query.len() + 32 * parameters.len() + 32);
        for part in [endpoint.query.as_str(), query] {
            if !part.is_empty() {
                push_ampersand(&mut full_query);
                push_query(&mut full_query, part);
            }
        }
        for (name, value) in parameters {
            push_ampersand(&mut full_query);
            push_unreserved(&mut full_query, name);
            push(&mut full_query, "=");
            push_unreserved(&mut full_query, value);
        }
        Self { path: serialize_path(&concat(&[&endpoint.path, path])), query: full_query }
    }

    /// Path and query of a URL, without its origin and fragment.
    #[must_use]
    pub fn whole(text: &str) -> Self {
        let (path, given) = split_once(text, "?").unwrap_or((text, ""));
        let mut query = with_room(given.len());
        push_query(&mut query, given);
        Self { path: serialize_path(path), query }
    }

    /// The whole URL.
    #[must_use]
    pub fn url(&self, endpoint: &Endpoint) -> String {
        let question = if self.query.is_empty() { "" } else { "?" };
        concat(&[&endpoint.origin, &self.path, question, &self.query])
    }
}

fn push_ampersand(query: &mut String) {
    if !query.is_empty() {
        push(query, "&");
    }
}

fn push_query(out: &mut String, query: &str) {
    push_encoded_once(out, &without_ignored(query), &QUERY);
}

/// The path as the standard's path state leaves it: dot segments resolved, empty ones kept.
fn serialize_path(path: &str) -> String {
    let path = without_ignored(path);
    let text = path.strip_prefix(['/', '\\']).unwrap_or(&path);
    let mut out = with_room(path.len() + 8);
    let mut last = 0;
    for segment in split(text, SLASHES) {
        last = dots(segment);
        match last {
            0 => {
                push(&mut out, "/");
                push_encoded_once(&mut out, segment, &PATH);
            }
            1 => {}
            _ => pop_segment(&mut out),
        }
    }
    if last > 0 {
        push(&mut out, "/");
    }
    out
}

/// The parser takes both as one.
const SLASHES: &str = "/\\";

/// How many dots a segment stands for, in any spelling: 1 for `.`, 2 for `..`, 0 for another text.
fn dots(segment: &str) -> usize {
    let mut rest = segment;
    let mut count = 0;
    while !rest.is_empty() {
        let escaped = rest.strip_prefix("%2e").or_else(|| rest.strip_prefix("%2E"));
        match rest.strip_prefix('.').or(escaped) {
            Some(after) if count < 2 => rest = after,
            _ => return 0,
        }
        count += 1;
    }
    count
}

/// Checks that no path parameter made a segment of dots: such a segment would be resolved, and the
/// request would go to another resource than `template`, as its author wrote it, says.
///
/// # Errors
/// [`Error::DotSegment`]
pub fn check_dot_segments(template: &str, expanded: &str) -> Result<(), Error> {
    let count = |text: &str| {
        let path = before(text, "?#");
        split(path, SLASHES).filter(|segment| dots(segment) > 0).fold(0, |count, _| count + 1)
    };
    let written = literal_text(template);
    if count(expanded) > count(&written) { Err(Error::DotSegment) } else { Ok(()) }
}

/// The parser drops tabs and newlines wherever they are.
fn without_ignored(text: &str) -> Cow<'_, str> {
    const IGNORED: &str = "\t\n\r";
    if before(text, IGNORED).len() < text.len() {
        let mut out = with_room(text.len());
        split(text, IGNORED).for_each(|part| push(&mut out, part));
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    fn endpoint(path: &str, query: &str) -> Endpoint {
        Endpoint { origin: "https://a.b".into(), host: "a.b".into(), path: path.into(), query: query.into() }
    }

    #[test]
    fn joins_as_text_and_stays_on_the_origin() {
        for (base, expanded, url) in [
            ("/prod", "/x", "https://a.b/prod/x"),
            ("/prod/", "/x", "https://a.b/prod//x"),
            ("/prod", "x", "https://a.b/prodx"),
            ("/prod", "", "https://a.b/prod"),
            ("", "", "https://a.b/"),
            ("", "x", "https://a.b/x"),
            ("", "@evil.example/x", "https://a.b/@evil.example/x"),
            ("", "//evil.example", "https://a.b//evil.example"),
            ("", ":8080/x", "https://a.b/:8080/x"),
            ("", "\\\\evil.example", "https://a.b//evil.example"),
            ("", ".evil.example", "https://a.b/.evil.example"),
            ("/p", "/a/../b", "https://a.b/p/b"),
            ("/p", "/%2e%2E/b", "https://a.b/b"),
            ("/p", "/..", "https://a.b/"),
            ("/p", "/../../../x", "https://a.b/x"),
            ("/p", "/a b'|^`{}<>\"é", "https://a.b/p/a%20b%27%7C%5E%60%7B%7D%3C%3E%22%C3%A9"),
            ("/p", "/a\tb\nc", "https://a.b/p/abc"),
            ("/p", "/x#frag?no", "https://a.b/p/x"),
            ("/p", "/x?a=1 '\"<>#f", "https://a.b/p/x?a=1%20%27%22%3C%3E"),
            ("/p", "/x?", "https://a.b/p/x"),
            ("/p", "/100%", "https://a.b/p/100%"),
        ] {
            let endpoint = endpoint(base, "");
            assert_eq!(Target::join(&endpoint, expanded, &[]).url(&endpoint), url, "{base} {expanded}");
        }
    }

    #[test]
    fn merges_the_queries_of_all_sources() {
        let endpoint = endpoint("/p", "k=v");
        let parameters = [("a b", "*'()!&=")];
        let target = Target::join(&endpoint, "/x?t=1", &parameters);
        assert_eq!(target.query, "k=v&t=1&a%20b=%2A%27%28%29%21%26%3D");
    }

    #[test]
    fn parameters_cannot_climb() {
        for (template, expanded, climbs) in [
            ("/users/{id}/x", "/users/../x", true),
            ("/users/{id}", "/users/.", true),
            ("/users{/id}", "/users/%2e%2e", true),
            ("/users/{id}", "/users/a..b", false),
            ("/users/{id}", "/users/...", false),
            ("/a/../b/{id}", "/a/../b/1", false),
            ("/x{?q}", "/x?q=/../", false),
        ] {
            assert_eq!(check_dot_segments(template, expanded).is_err(), climbs, "{expanded}");
        }
    }
}
