//! The headers of a request: defaults, the config's and the call's in one list without duplicates.

use crate::error::Error;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Headers that fetch sets by itself, or that a browser does not let a page set. They are passed on
/// where a platform takes them, but never signed: what arrives may be something else.
///
/// <https://developer.mozilla.org/en-US/docs/Glossary/Forbidden_request_header>
pub const OWNED_BY_THE_PLATFORM: [&str; 20] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Headers that describe the connection or the framing of the body: fetch fails, or hangs, when a
/// caller sets them, so they are left out.
const LEFT_OUT: [&str; 8] =
    ["connection", "content-length", "expect", "host", "keep-alive", "te", "transfer-encoding", "upgrade"];

/// A list of headers with lower-case names, each once.
#[derive(Clone, Debug, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Sets a header; a name that was there before, in any case, is replaced.
    pub fn set(&mut self, name: &str, value: &str) {
        let name = name.to_ascii_lowercase();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name, value.to_owned())),
        }
    }

    /// Sets headers that a caller gave.
    ///
    /// # Errors
    /// [`Error::Argument`] for a name or value that HTTP does not allow.
    pub fn set_given<'a>(
        &mut self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<(), Error> {
        for (name, value) in headers {
            check(&[(name, value)])?;
            if !LEFT_OUT.iter().any(|other| name.eq_ignore_ascii_case(other)) {
                // fetch cuts the ends off; what is signed must be what is shown and sent.
                self.set(name, value.trim_matches(|c| matches!(c, ' ' | '\t')));
            }
        }
        Ok(())
    }

    /// Removes a header; `name` is in lower case.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Whether a header is there; `name` is in lower case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// All headers in the order in which they were first set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The headers that arrive as they are set, so that they can be signed.
    #[must_use]
    pub fn signable(&self) -> Vec<(&str, &str)> {
        self.iter().filter(|(name, _)| !OWNED_BY_THE_PLATFORM.contains(name)).collect()
    }

    /// A signature over bytes outside ASCII would depend on how each hop reads them.
    ///
    /// # Errors
    /// [`Error::Argument`] that names the first such header.
    pub fn check_signable(&self) -> Result<(), Error> {
        match self.0.iter().find(|(_, value)| !value.is_ascii()) {
            Some((name, _)) => {
                Err(Error::argument("headers", "ASCII to be signed; percent-encode the value of", name))
            }
            None => Ok(()),
        }
    }
}

/// Checks names and values against what HTTP allows.
///
/// # Errors
/// [`Error::Argument`] that names the first header at fault.
pub fn check(headers: &[(&str, &str)]) -> Result<(), Error> {
    headers.iter().try_for_each(|(name, value)| {
        check_name(name)?;
        check_value(name, value)
    })
}

/// RFC 9110 section 5.6.2: a token.
pub(super) fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

fn check_name(name: &str) -> Result<(), Error> {
    if is_token(name) {
        Ok(())
    } else {
        Err(Error::argument("headers", "names that HTTP allows (RFC 9110 token)", name))
    }
}

/// RFC 9110 section 5.5. The value may be a secret, so only the name is shown.
fn check_value(name: &str, value: &str) -> Result<(), Error> {
    if value.chars().any(|c| matches!(c, '\r' | '\n' | '\0')) {
        Err(Error::argument("headers", "values without CR, LF or NUL; they are in", name))
    } else if value.chars().any(|c| c > '\u{ff}') {
        Err(Error::argument("headers", "values in Latin-1; percent-encode the value of", name))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn the_last_of_a_name_wins() {
        let mut headers = Headers::default();
        headers.set_given([("X-A", " 1 "), ("Host", "evil"), ("x-a", "2")]).unwrap();
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-a", "2")]);
    }

    #[test]
    fn refuses_what_could_split_a_request() {
        for (name, value) in [("X A", "1"), ("", "1"), ("é", "1"), ("x", "a\r\nb"), ("x", "a\0"), ("x", "日")]
        {
            let error = Headers::default().set_given([(name, value)]).unwrap_err().to_string();
            assert!(error.starts_with("headers must be"), "{error}");
        }
    }
}
