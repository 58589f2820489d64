//! The URL of a call, written as the platform's URL parser would write it, so that what is signed is what is
//! sent: `new URL(url).href === url` for every URL that this file makes.
//!
//! The origin is invokeUrl's, and nothing that is appended can change it: the appended text is path or query
//! from its first character on.
//!
//! <https://url.spec.whatwg.org/#url-parsing>

use super::Error;
use super::config::Endpoint;
use super::template::write_literals;
use crate::ascii::AsciiSet;
use crate::buffer::Buffer;
use crate::encode::{Escapes, UNRESERVED, encode, pop_segment, unreserved};
use crate::list::List;
use crate::sigv4::Signer;
use crate::sigv4::signature_params::{without_signature, written_plus};
use crate::text::{before_any, split_any, split_once, tail};

/// Printable ASCII without the standard's path percent-encode set, and without `'` and `|`, which
/// platforms treat differently.
const PATH: AsciiSet = UNRESERVED.with("!$%&()*+,/:;=@[]");
/// Printable ASCII without the standard's special-query percent-encode set.
const QUERY: AsciiSet = UNRESERVED.with("!$%&()*+,/:;=?@[]\\^`{|}");

/// Path and query of a URL on the endpoint's origin.
#[derive(Default)]
pub struct Target {
    /// Starts with `/`.
    pub path: Buffer,
    /// Without `?`; empty if there is none.
    pub query: Buffer,
    /// The path before it is serialized.
    joined: Buffer,
}

impl Target {
    /// An empty one, without any allocation.
    #[must_use]
    pub const fn new() -> Self {
        Self { path: Buffer::new(), query: Buffer::new(), joined: Buffer::new() }
    }

    /// Joins invokeUrl and an expanded template as text, with the queries of both and `parameters` as one
    /// query. A fragment is dropped. If invokeUrl has no path, the template starts it.
    pub fn join(&mut self, endpoint: &Endpoint, expanded: &str, parameters: &List) {
        let before_fragment = before_any(expanded, "#");
        let (path, query) = split_once(before_fragment, "?").unwrap_or((before_fragment, ""));
        self.write_path(&[&endpoint.path, path]);
        self.query.clear();
        for part in [&endpoint.query, query] {
            if !part.is_empty() {
                write_ampersand(&mut self.query);
                write_query(&mut self.query, part);
            }
        }
        for (name, value) in parameters.iter() {
            write_ampersand(&mut self.query);
            unreserved(&mut self.query, name);
            self.query.push("=");
            unreserved(&mut self.query, value);
        }
    }

    /// Path and query of a URL, without its origin and fragment.
    pub fn take_whole(&mut self, text: &str) {
        let (path, query) = split_once(text, "?").unwrap_or((text, ""));
        self.write_path(&[path]);
        self.query.clear();
        write_query(&mut self.query, query);
    }

    /// Writes the path in the form that S3 and others read in the same way, and the query without an earlier
    /// signature.
    pub fn write_for(&mut self, signer: &Signer) {
        let Self { path, query, joined } = self;
        if !signer.rules().double_encode_path {
            joined.clear();
            written_plus(joined, path);
            core::mem::swap(path, joined);
        }
        joined.clear();
        without_signature(joined, query, signer.credentials().session_token().is_some());
        core::mem::swap(query, joined);
    }

    /// Appends the whole URL, with a query that may differ from its own.
    pub fn write_url(&self, out: &mut Buffer, endpoint: &Endpoint, query: &str) {
        out.push_all(&[&endpoint.origin, &self.path, if query.is_empty() { "" } else { "?" }, query]);
    }

    /// Writes the path as the standard's path state does: dot segments are resolved, empty segments kept.
    fn write_path(&mut self, texts: &[&str]) {
        self.joined.clear();
        for text in texts {
            for part in split_any(text, IGNORED) {
                self.joined.push(part);
            }
        }
        let text =
            tail(&self.joined, usize::from(matches!(self.joined.as_bytes().first(), Some(b'/' | b'\\'))));
        let out = &mut self.path;
        out.clear();
        let mut last = 0;
        for segment in split_any(text, SLASHES) {
            last = dots(segment);
            match last {
                0 => {
                    out.push("/");
                    encode(out, segment, &PATH, Escapes::Encode);
                }
                1 => {}
                _ => pop_segment(out, 0),
            }
        }
        if last > 0 {
            out.push("/");
        }
    }

    /// Overwrites all texts, and keeps the buffers.
    pub fn clear(&mut self) {
        for text in [&mut self.path, &mut self.query, &mut self.joined] {
            text.clear();
        }
    }
}

/// Appends a query as the parser writes it. Escapes stay, because `%` is one of the characters that stay.
fn write_query(out: &mut Buffer, query: &str) {
    for part in split_any(query, IGNORED) {
        encode(out, part, &QUERY, Escapes::Encode);
    }
}

fn write_ampersand(out: &mut Buffer) {
    if !out.is_empty() {
        out.push("&");
    }
}

/// The parser removes these characters everywhere.
const IGNORED: &str = "\t\n\r";

/// The parser treats both as the same.
const SLASHES: &str = "/\\";

/// The number of dots of a dot segment in any spelling: 1 for `.`, 2 for `..`, 0 for any other segment.
fn dots(segment: &str) -> usize {
    let mut rest = segment;
    let mut count = 0;
    while !rest.is_empty() {
        let escaped = rest.strip_prefix("%2e").or_else(|| rest.strip_prefix("%2E"));
        match rest.strip_prefix(".").or(escaped) {
            Some(after) if count < 2 => rest = after,
            _ => return 0,
        }
        count += 1;
    }
    count
}

const CLIMBS: &str = " must not make a \".\" or \"..\" segment: \
                      the URL would name another resource than pathTemplate does";

/// Checks that no path parameter resulted in a dot segment: it would be resolved, and the request would go to
/// another resource than the author of `template` intended. `written` is a scratch buffer.
///
/// # Errors
/// Names `pathParams`.
pub fn check_dot_segments(template: &str, expanded: &str, written: &mut Buffer) -> Result<(), Error> {
    let count = |text: &str| {
        let path = before_any(text, "?#");
        split_any(path, SLASHES).filter(|segment| dots(segment) > 0).fold(0, |count, _| count + 1)
    };
    let in_expanded = count(expanded);
    if in_expanded == 0 {
        return Ok(());
    }
    written.clear();
    write_literals(written, template);
    if in_expanded > count(written) { Err(Error::new("pathParams", &[CLIMBS])) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;
    use std::prelude::rust_2024::*;

    fn joined(base: &str, expanded: &str, parameters: &[(&str, &str)]) -> String {
        let endpoint = Endpoint::new(&format!("https://a.b{base}"), "https://a.b").unwrap();
        let (mut target, mut url, mut list) = (Target::default(), Buffer::default(), List::default());
        for (name, value) in parameters {
            list.add(name, value);
        }
        target.join(&endpoint, expanded, &list);
        target.write_url(&mut url, &endpoint, &target.query);
        url.as_str().to_owned()
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
            assert_eq!(joined(base, expanded, &[]), url, "{base} {expanded}");
        }
    }

    #[test]
    fn merges_the_queries_of_all_sources() {
        let url = joined("/p?k=v", "/x?t=1", &[("a b", "*'()!&=")]);
        assert_eq!(url, "https://a.b/p/x?k=v&t=1&a%20b=%2A%27%28%29%21%26%3D");
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
            let checked = check_dot_segments(template, expanded, &mut Buffer::default());
            assert_eq!(checked.is_err(), climbs, "{expanded}");
        }
    }
}
