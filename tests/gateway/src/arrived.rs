//! A request as it arrived: every byte that matters to a signature, nothing decoded.

use bytes::Bytes;
use hyper::http::request::Parts;

/// A whole request in memory.
#[derive(Debug, Clone, Default)]
pub struct Arrived {
    /// Method, as written.
    pub method: String,
    /// Request target of the request line: path and query, still encoded.
    pub target: String,
    /// Header names (as written, where the connection could keep them) and values, in order.
    pub headers: Vec<(String, String)>,
    /// Body, transfer coding removed.
    pub body: Bytes,
}

impl Arrived {
    /// Joins what hyper parsed with the head's own bytes, which keep the case and order of the names.
    pub fn new(parts: &Parts, head: &[u8], body: Bytes) -> Self {
        let target = parts.uri.path_and_query().map_or_else(|| parts.uri.to_string(), ToString::to_string);
        let headers = headers_as_written(parts, head).unwrap_or_else(|| {
            parts
                .headers
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
                .collect()
        });
        Self { method: parts.method.as_str().to_owned(), target, headers, body }
    }

    /// The path of the target, still encoded.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The query of the target, still encoded; empty when there is none.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The first value of a header, by any case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// All values of a header, in their order.
    pub fn header_values<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.headers
            .iter()
            .filter(move |(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The head's header lines, if they are those of this very request (a pipelined request's are not).
fn headers_as_written(parts: &Parts, head: &[u8]) -> Option<Vec<(String, String)>> {
    let mut lines = [httparse::EMPTY_HEADER; 128];
    let mut request = httparse::Request::new(&mut lines);
    request.parse(head).ok()?.is_complete().then_some(())?;
    let same_request = request.method == Some(parts.method.as_str())
        && request.path.is_some_and(|path| path.starts_with(parts.uri.path()) || path.contains("://"))
        && request.headers.len() == parts.headers.len();
    same_request
        .then(|| request.headers.iter().map(|line| (line.name.to_owned(), text(line.value))).collect())
}

/// Header bytes as text: UTF-8 where they are, otherwise ISO 8859-1, as HTTP has it.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned)
}
