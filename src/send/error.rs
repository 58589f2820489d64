//! The errors of a call, and what the client reads from them.

use super::Response;
use crate::client;
use crate::client::refusal::Refusal;
use alloc::string::String;
use core::fmt;

/// There was no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkError {
    /// The transport's own message.
    pub message: String,
    /// Node's code, such as `ECONNRESET`; empty if the transport has none. POST and PATCH are sent again only
    /// after an error with a code that may not occur again.
    pub code: String,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// An argument that cannot work; nothing was sent.
    Argument(client::Error),
    /// The URL would not be sent as it was signed; nothing was sent.
    NotAsSigned,
    /// The clock has a time that cannot be signed; nothing was sent.
    Clock,
    /// The provider returned no usable credentials.
    Credentials(String),
    /// There was no answer.
    Network(NetworkError),
    /// The timeout.
    Timeout {
        /// Milliseconds.
        ms: f64,
    },
    /// An answer with a status outside 200 to 299.
    Status {
        /// The status of the answer.
        status: u16,
        /// Its body.
        body: String,
    },
    /// A redirect, which a request with credentials does not follow.
    Redirect {
        /// 0 if the platform hides it.
        status: u16,
        /// Its target, if the platform shows it.
        location: String,
    },
    /// The answer could not be read as the requested type.
    Data(String),
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(error) => error.fmt(to),
            Self::NotAsSigned => to.write_str("the URL would not be sent as it was signed; nothing was sent"),
            Self::Clock => to.write_str("the clock is at no time between the years 0 and 9999"),
            Self::Credentials(cause) => write!(to, "no credentials: {cause}"),
            Self::Network(error) => to.write_str(&error.message),
            Self::Timeout { ms } => write!(to, "timeout of {ms}ms exceeded"),
            Self::Status { status, .. } => write!(to, "Request failed with status code {status}"),
            Self::Redirect { status, location } => write!(
                to,
                "Redirect refused: a request with credentials does not follow one (status {status}, location {location})"
            ),
            Self::Data(cause) => write!(to, "the answer cannot be read: {cause}"),
        }
    }
}

impl core::error::Error for Error {}

/// How many characters of a body are read.
const READ: usize = 4096;

/// A failed attempt.
pub(super) struct Refused {
    pub(super) error: Error,
    pub(super) date: String,
    pub(super) retry_after: String,
    status: Option<u16>,
    error_type: String,
    message: String,
    code: String,
}

impl Refused {
    pub(super) fn from_network(error: NetworkError) -> Self {
        Self {
            status: None,
            error_type: String::new(),
            message: error.message.clone(),
            code: error.code.clone(),
            date: String::new(),
            retry_after: String::new(),
            error: Error::Network(error),
        }
    }

    /// Reads an unsuccessful answer.
    pub(super) async fn read(response: impl Response, status: u16, guarded: bool) -> Self {
        let header = |name| response.header(name).unwrap_or_default();
        let (date, retry_after) = (header("date"), header("retry-after"));
        let (error_type, location) = (header("x-amzn-errortype"), header("location"));
        let is_redirect = status == 0 || guarded && (300..400).contains(&status) && !location.is_empty();
        let (error, body) = if is_redirect {
            (Error::Redirect { status, location }, String::new())
        } else {
            match response.text().await {
                Ok(body) => (Error::Status { status, body: body.clone() }, body),
                Err(error) => return Self::from_network(error),
            }
        };
        let read: String = body.chars().take(READ).collect();
        // Without the header, the type is in the body as `__type`, `Code` or `code`.
        let error_type = if error_type.is_empty() { read.clone() } else { error_type };
        let code = if is_redirect { String::from("ERR_REDIRECT") } else { String::new() };
        let status = (status > 0).then_some(status);
        Self { error, date, retry_after, status, error_type, message: read, code }
    }

    pub(super) fn refusal(&self) -> Refusal<'_> {
        let Self { status, error_type, message, code, .. } = self;
        Refusal { status: *status, error_type, message, code }
    }
}
