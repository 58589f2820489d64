//! One error type. The text is written where it is needed, by [`Error::message`]; it names the
//! argument and shows what it got, but never a credential.

use crate::text::{CONTROLS_AND_SPACE, concat, first_characters, push, push_all, split, with_room};
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// Why a request could not be signed. Nothing was sent when one of these is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A needed argument is absent or empty.
    Missing(&'static str),
    /// An argument has a value that cannot work.
    Argument(Box<Argument>),
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
}

/// An argument that cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name in the public interface.
    pub argument: &'static str,
    /// What would have been right.
    pub expected: &'static str,
    /// What was there, cut to a readable length.
    pub got: String,
}

impl Error {
    /// An [`Error::Argument`] with what was given, cut to 120 characters; control characters are spaces in it,
    /// so that a log keeps its lines.
    #[must_use]
    pub fn argument(argument: &'static str, expected: &'static str, got: &str) -> Self {
        let shown = first_characters(got, 120);
        let mut text = with_room(shown.len() + 8);
        for (number, part) in split(shown, CONTROLS_AND_SPACE).enumerate() {
            push_all(&mut text, &[if number > 0 { " " } else { "" }, part]);
        }
        if shown.len() < got.len() {
            push(&mut text, "…");
        }
        Self::Argument(Box::new(Argument { argument, expected, got: text }))
    }

    /// What a person reads.
    #[must_use]
    pub fn message(&self) -> String {
        let parts: &[&str] = match self {
            Self::Missing("invokeUrl") => &["invokeUrl must be specified!"],
            Self::Missing(argument) => &[argument, " must be specified"],
            Self::Argument(it) => &[it.argument, " must be ", it.expected, "; got ", "\"", &it.got, "\""],
            Self::SecretForm(argument) => &[
                argument,
                " has white space or characters in it that no AWS credential has: \
                 was it copied with too much around it?",
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
            Self::DotSegment => &["pathParams must not make a \".\" or \"..\" segment: \
                 the URL would name another resource than pathTemplate does"],
        };
        concat(parts)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
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
