//! Credentials that cannot be printed and are wiped when they are dropped.

use crate::buffer::Buffer;
use alloc::string::String;
use core::fmt;

/// An access key, with its session token if it is temporary.
#[derive(Clone)]
pub struct Credentials {
    access_key_id: String,
    secret_access_key: Buffer,
    session_token: Option<Buffer>,
}

impl Credentials {
    /// Creates credentials. An empty session token means none.
    #[must_use]
    pub fn new(access_key_id: String, secret: String, session_token: Option<String>) -> Self {
        Self {
            access_key_id,
            secret_access_key: secret.into(),
            session_token: session_token.filter(|token| !token.is_empty()).map(Buffer::from),
        }
    }

    /// The public half, such as `AKIDEXAMPLE`.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret half, which only the key derivation needs.
    pub(crate) fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// The token of temporary credentials.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(Buffer::as_str)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials { redacted }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;
    use std::prelude::rust_2024::*;

    #[test]
    fn debug_shows_nothing() {
        let credentials =
            Credentials::new("AKID".into(), "canary-secret".into(), Some("canary-token".into()));
        assert_eq!(format!("{credentials:?}"), "Credentials { redacted }");
    }

    #[test]
    fn an_empty_token_is_none() {
        let credentials = Credentials::new("AKID".into(), "secret".into(), Some(String::new()));
        assert_eq!(credentials.session_token(), None);
    }
}
