//! Why a request could not be made, in the terms of `newClient` and `createSigner`. The text is written
//! where it is needed, by [`Error::write`]; it names the argument and shows what it got, but never a
//! credential.

use crate::buffer::Buffer;
use crate::sigv4::{Error as SigningError, Field};
use crate::text::{CONTROLS_AND_SPACE, first_characters, split};
use alloc::boxed::Box;
use core::fmt;

/// Why a request could not be made or signed. Nothing was sent when one of these is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A needed argument is absent or empty.
    Missing(&'static str),
    /// An argument has a value that cannot work.
    Argument(Box<Argument>),
    /// A header's value cannot be sent or signed: what it must be and what to do, and the header's name. The
    /// value may be a secret.
    Header([&'static str; 2], Box<str>),
    /// A credential has white space or characters in it that none can have. Its text is not shown.
    SecretForm(&'static str),
    /// A time that is no number, or outside the years 0 to 9999.
    Date,
    /// The life of a presigned URL is not from 1 to 604,800 seconds.
    Expires,
    /// Requests are signed for a region: none was given, and the host's name has none.
    NoRegion,
    /// The method cannot have a body; holds the method.
    BodyNotAllowed(&'static str),
    /// A path parameter would move the request to another resource: it makes a `.` or `..` segment.
    DotSegment,
    /// The arguments are so long that no service would take them, and memory might not.
    TooLong,
}

/// An argument that cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name in the public interface.
    pub argument: &'static str,
    /// What would have been right.
    pub expected: &'static str,
    /// What was there, cut to a readable length.
    pub got: Box<str>,
}

/// What the fields of a signer are called in the interface that they came from.
pub struct Names {
    /// The public half of an access key.
    pub access_key_id: &'static str,
    /// The secret half.
    pub secret_access_key: &'static str,
}

impl Error {
    /// An [`Error::Argument`] with what was given, cut to 120 characters; control characters are spaces in it,
    /// so that a log keeps its lines.
    #[must_use]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn argument(argument: &'static str, expected: &'static str, got: &str) -> Self {
        let shown = first_characters(got, 120);
        let mut text = Buffer::default();
        for (number, part) in split(shown, CONTROLS_AND_SPACE).enumerate() {
            text.push_all(&[if number > 0 { " " } else { "" }, part]);
        }
        text.push(if shown.len() < got.len() { "…" } else { "" });
        Self::Argument(Box::new(Argument { argument, expected, got: text.as_str().into() }))
    }

    /// The refusal of a signer in the terms of the interface that its fields came from.
    #[must_use]
    pub fn of_signer(error: SigningError, names: &Names, region: &str, service: &str) -> Self {
        let of = |field| match field {
            Field::AccessKeyId => (names.access_key_id, None),
            Field::SecretAccessKey => (names.secret_access_key, None),
            Field::SessionToken => ("sessionToken", None),
            Field::Region => ("region", Some(region)),
            Field::Service => ("service", Some(service)),
        };
        match error {
            SigningError::Missing(field) => Self::Missing(of(field).0),
            SigningError::Form(field) => match of(field) {
                (name, None) => Self::SecretForm(name),
                (name, Some(text)) => {
                    // From this length on it may be a secret.
                    let shown = if text.len() < 40 { text } else { "40 characters or more" };
                    Self::argument(name, "a name without spaces, slashes or commas", shown)
                }
            },
            SigningError::Date => Self::Date,
            SigningError::Expires => Self::Expires,
        }
    }

    /// Appends what a person reads.
    pub fn write(&self, out: &mut Buffer) {
        let parts: &[&str] = match self {
            Self::Missing("invokeUrl") => &["invokeUrl must be specified!"],
            Self::Missing(argument) => &[argument, " must be specified"],
            Self::Argument(it) => &[it.argument, " must be ", it.expected, "; got \"", &it.got, "\""],
            Self::Header([expected, advice], name) => {
                &["headers must be values ", expected, " in \"", name, "\"", advice]
            }
            Self::SecretForm(argument) => &[
                argument,
                " has white space or characters in it that no AWS credential has: \
                 did you copy extra characters with it?",
            ],
            Self::Date => &["date must be a time between the years 0 and 9999"],
            Self::Expires => &["expiresIn must be a whole number of seconds from 1 to 604800"],
            Self::NoRegion => {
                &["region must be specified: it is needed for signing, and invokeUrl's host does not name it"]
            }
            Self::BodyNotAllowed(method) => &[
                "body must be empty for ",
                method,
                ": fetch cannot send one; pass values in queryParams, or use another method",
            ],
            Self::TooLong => &["the arguments must be shorter than 16 MB, the body aside"],
            Self::DotSegment => &["pathParams must not make a \".\" or \"..\" segment: \
                 the URL would name another resource than pathTemplate does"],
        };
        out.push_all(parts);
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Buffer::default();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn names_the_argument_and_what_it_got() {
        let error = Error::argument("region", "a region's name", "us east");
        assert_eq!(error.to_string(), "region must be a region's name; got \"us east\"");
        let control = Error::argument("x", "short", "a\r\n\x1b[1mb c").to_string();
        assert_eq!(control, "x must be short; got \"a   [1mb c\"");
        let long = Error::argument("x", "short", &"é".repeat(200)).to_string();
        assert!(long.ends_with("é…\""), "{long}");
    }
}
