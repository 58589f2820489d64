//! Why a request could not be signed. Errors do not contain the refused text, which may be a secret.

use crate::MAX_EXPIRES;
use core::fmt;

/// Why a request could not be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// A required field is empty.
    Missing(Field),
    /// A field contains white space, or characters that no service accepts there.
    Form(Field),
    /// A time that is not a number, or outside the years 0 to 9999.
    Date,
    /// The life of a presigned URL is outside 1 to [`MAX_EXPIRES`] seconds.
    Expires,
}

/// The fields of a signer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The public half of an access key.
    AccessKeyId,
    /// The secret half.
    SecretAccessKey,
    /// The token of temporary credentials.
    SessionToken,
    /// The region in the credential scope.
    Region,
    /// The regions of a signature of Version 4A.
    RegionSet,
    /// The service in the credential scope.
    Service,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(f, "the {field} is missing"),
            Self::Form(Field::RegionSet) => f.write_str(
                "the region set is not a list of regions with commas between them, without spaces",
            ),
            Self::Form(field @ (Field::Region | Field::Service)) => {
                write!(f, "the {field} is not a name without spaces, slashes, commas and semicolons")
            }
            Self::Form(field) => write!(f, "the {field} has white space or characters that no {field} has"),
            Self::Date => f.write_str("the time is not between the years 0 and 9999"),
            Self::Expires => write!(f, "the life of a presigned URL is from 1 to {MAX_EXPIRES} seconds"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessKeyId => "access key id",
            Self::SecretAccessKey => "secret access key",
            Self::SessionToken => "session token",
            Self::Region => "region",
            Self::RegionSet => "region set",
            Self::Service => "service",
        })
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn says_which_field_it_is() {
        for (error, text) in [
            (Error::Missing(Field::Region), "the region is missing"),
            (Error::Form(Field::Service), "the service is not a name without spaces"),
            (Error::Form(Field::SessionToken), "the session token has white space"),
            (Error::Expires, "the life of a presigned URL"),
            (Error::Date, "the time is not"),
        ] {
            assert!(error.to_string().starts_with(text), "{error}");
        }
    }
}
