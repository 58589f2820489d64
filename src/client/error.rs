//! Why a request could not be made, in the terms of `newClient` and `createSigner`: a text that names the
//! argument and shows its value, but never a credential. Each text is in the place of its check, so that a
//! module contains only the texts that it needs.

use crate::buffer::Buffer;
use crate::sigv4::{Error as SigningError, Field};
use crate::text::{CONTROLS_AND_SPACE, first_characters, owned, split_any, tail};
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// Why a request could not be made or signed. Nothing was sent when one of these is returned.
///
/// ```
/// use gatesign::client::{Client, Options};
///
/// let error = Client::new(&Options::default()).err().unwrap();
/// assert_eq!(error.argument(), "invokeUrl");
/// assert_eq!(error.to_string(), "invokeUrl must be specified!");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Reason>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Reason {
    argument: &'static str,
    text: String,
}

impl Error {
    /// The name of an argument, then what is wrong with it.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn new(argument: &'static str, rest: &[&str]) -> Self {
        let mut text = Buffer::default();
        text.push(argument).push_all(rest);
        Self(Box::new(Reason { argument, text: owned(&text) }))
    }

    /// What an argument must be, and the value that was passed, cut to 120 characters. Control characters
    /// become spaces, so that the text stays on one line of a log.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn must_be(argument: &'static str, expected: &str, got: &str) -> Self {
        let shown = first_characters(got, 120);
        let mut text = Buffer::default();
        for part in split_any(shown, CONTROLS_AND_SPACE) {
            text.push_all(&[" ", part]);
        }
        let end = if shown.len() < got.len() { "…\"" } else { "\"" };
        Self::new(argument, &[" must be ", expected, "; got \"", tail(&text, 1), end])
    }

    /// A required argument is absent or empty.
    #[must_use]
    pub(crate) fn missing(argument: &'static str) -> Self {
        Self::new(argument, &[" must be specified"])
    }

    /// A credential contains white space or characters that no credential has. Its text is not shown.
    #[must_use]
    pub(crate) fn secret_form(argument: &'static str) -> Self {
        const FORM: &str = " has white space or characters in it that no AWS credential has: \
                            did you copy extra characters with it?";
        Self::new(argument, &[FORM])
    }

    /// A time that is not a number, or outside the years 0 to 9999.
    #[must_use]
    pub(crate) fn date() -> Self {
        Self::new("date", &[" must be a time between the years 0 and 9999"])
    }

    /// The life of a presigned URL is outside 1 to `MAX_EXPIRES` seconds.
    #[must_use]
    pub(crate) fn expires() -> Self {
        Self::new("expiresIn", &[" must be a whole number of seconds from 1 to 604800"])
    }

    /// The arguments are so long that no service would accept them and that memory might not suffice.
    #[must_use]
    pub(crate) fn too_long() -> Self {
        Self::new("the arguments", &[" must be shorter than 16 MB, the body aside"])
    }

    /// A signer's error in the terms of the interface that its fields came from: the interface's names for
    /// the halves of an access key, and the other values.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn of_signer(
        error: SigningError,
        key: [&'static str; 2],
        region: &str,
        service: &str,
    ) -> Self {
        let (SigningError::Missing(field) | SigningError::Form(field)) = error else { return Self::date() };
        let [id, secret] = key;
        let (name, shown) = match field {
            Field::AccessKeyId => (id, ""),
            Field::SecretAccessKey => (secret, ""),
            Field::SessionToken => ("sessionToken", ""),
            Field::Region => ("region", region),
            Field::RegionSet => ("regionSet", region),
            Field::Service => ("service", service),
        };
        if matches!(error, SigningError::Missing(_)) {
            Self::missing(name)
        } else if shown.is_empty() {
            Self::secret_form(name)
        } else {
            Self::must_be(name, "a name without spaces, slashes or commas", harmless(shown))
        }
    }

    /// The argument's name in the public interface.
    #[must_use]
    pub fn argument(&self) -> &'static str {
        self.0.argument
    }

    /// The message.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }
}

/// A name for an error message, cut: a long one may be a secret in the wrong place.
pub(crate) fn harmless(name: &str) -> &str {
    if name.len() < 40 { name } else { "40 characters or more" }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn names_the_argument_and_what_it_got() {
        let error = Error::must_be("region", "a region's name", "us east");
        assert_eq!(error.to_string(), "region must be a region's name; got \"us east\"");
        let control = Error::must_be("x", "short", "a\r\n\x1b[1mb c").to_string();
        assert_eq!(control, "x must be short; got \"a   [1mb c\"");
        let long = Error::must_be("x", "short", &"é".repeat(200)).to_string();
        assert!(long.ends_with("é…\""), "{long}");
    }
}
