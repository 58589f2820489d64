//! The headers of a request: which a caller may give, and which are signed.

use crate::Error;
use crate::ascii::AsciiSet;
use crate::pairs::Pairs;
use crate::text::{is_among, trim};
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

/// Sets headers that a caller gave.
///
/// # Errors
/// [`Error::Argument`] for a name or value that HTTP does not allow.
pub fn set_given(headers: &mut Pairs, given: &[(&str, &str)]) -> Result<(), Error> {
    check(given)?;
    for (name, value) in given {
        if !is_among(&LEFT_OUT, name) {
            // fetch cuts the ends off; what is signed must be what is shown and sent.
            headers.set(name, trim(value, " \t"));
        }
    }
    Ok(())
}

/// The headers that arrive as they are set, so that they can be signed.
///
/// # Errors
/// [`Error::Argument`] for a value outside ASCII: a signature over it would depend on how each hop
/// reads it.
pub fn signable(headers: &Pairs) -> Result<Vec<(&str, &str)>, Error> {
    let mut signable = Vec::with_capacity(headers.len());
    for (name, value) in headers.iter() {
        if !value.is_ascii() {
            return Err(Error::argument("headers", "ASCII to be signed; percent-encode the value of", name));
        }
        if !is_among(&OWNED_BY_THE_PLATFORM, name) {
            signable.push((name, value));
        }
    }
    Ok(signable)
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
    const TOKEN: AsciiSet =
        AsciiSet::of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");
    !text.is_empty() && text.bytes().all(|byte| TOKEN.contains(byte))
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
    let expected = if value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        "values without control characters; they are in"
    } else if value.bytes().any(|byte| byte > LAST_OF_LATIN_1) {
        "values in Latin-1; percent-encode the value of"
    } else {
        return Ok(());
    };
    Err(Error::argument("headers", expected, name))
}

/// The first byte of U+00FF in UTF-8; what comes after Latin-1 begins with a greater one.
const LAST_OF_LATIN_1: u8 = 0xc3;

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn values_are_trimmed_and_connections_left_alone() {
        let mut headers = Pairs::default();
        set_given(&mut headers, &[("X-A", " 1 \t"), ("Host", "evil"), ("TE", "x")]).unwrap();
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
            let error = set_given(&mut Pairs::default(), &[(name, value)]).unwrap_err().to_string();
            assert!(error.starts_with("headers must be"), "{error}");
        }
    }
}
