//! The refusals of API Gateway: status, `x-amzn-errortype` and body text, each written once.

use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::json;

/// A response of the gateway, its whole body in memory.
pub type Answer = Response<Full<Bytes>>;

/// Why a request was refused, in the words of API Gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Short name for the record, finer than the error type (`SignatureExpired`, `HostNotSigned`).
    pub kind: &'static str,
    /// Value of the header `x-amzn-errortype`.
    pub error_type: &'static str,
    /// The text in the JSON body.
    pub message: String,
}

impl Refusal {
    fn new(kind: &'static str, error_type: &'static str, message: impl Into<String>) -> Self {
        Self { status: 403, kind, error_type, message: message.into() }
    }

    fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// No authentication at all.
    pub fn missing_token() -> Self {
        Self::new(
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        )
    }

    /// No such stage, resource or method: API Gateway answers as if the token were missing.
    pub fn unknown_route() -> Self {
        Self { kind: "UnknownRoute", ..Self::missing_token() }
    }

    /// The authentication parameters cannot be read.
    pub fn incomplete(message: impl Into<String>) -> Self {
        Self::new("IncompleteSignature", "IncompleteSignatureException", message)
    }

    /// The signature is well formed and refused; `kind` says in which check.
    pub fn invalid_signature(kind: &'static str, message: impl Into<String>) -> Self {
        Self::new(kind, "InvalidSignatureException", message)
    }

    /// Unknown access key id, or a session token that does not belong to it.
    pub fn unrecognized_client() -> Self {
        Self::new(
            "UnrecognizedClient",
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        )
    }

    /// Temporary credentials past their end.
    pub fn expired_token() -> Self {
        Self::new(
            "ExpiredToken",
            "ExpiredTokenException",
            "The security token included in the request is expired",
        )
    }

    /// A valid identity without permission for this resource.
    pub fn access_denied(user_arn: &str, action: &str, resource_arn: &str) -> Self {
        Self::new(
            "AccessDenied",
            "AccessDeniedException",
            format!("User: {user_arn} is not authorized to perform: {action} on resource: {resource_arn}"),
        )
    }

    /// API key missing or wrong, or the wrong API behind a private endpoint.
    pub fn forbidden() -> Self {
        Self::new("Forbidden", "ForbiddenException", "Forbidden")
    }

    /// A body the route cannot read.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new("BadRequest", "BadRequestException", message).with_status(400)
    }

    /// An item that is not there.
    pub fn not_found() -> Self {
        Self::new("NotFound", "NotFoundException", "Not Found").with_status(404)
    }

    /// A WebSocket connection that is not there any more.
    pub fn gone() -> Self {
        Self::new("Gone", "GoneException", "Gone").with_status(410)
    }

    /// A body over API Gateway's 10 MB.
    pub fn too_large() -> Self {
        Self::new("RequestTooLarge", "RequestTooLargeException", "Request Too Long").with_status(413)
    }

    /// The WebSocket route called without an upgrade.
    pub fn upgrade_required() -> Self {
        Self::new("UpgradeRequired", "BadRequestException", "Upgrade to WebSocket required").with_status(426)
    }

    /// Too many requests (throttled), or the usage plan's quota is used up.
    pub fn throttled(quota: bool) -> Self {
        let (error_type, message) = if quota {
            ("LimitExceededException", "Limit Exceeded")
        } else {
            ("TooManyRequestsException", "Too Many Requests")
        };
        Self::new("Throttled", error_type, message).with_status(429)
    }

    /// The answer as API Gateway writes it; policy denials spell the key `Message`.
    pub fn answer(&self) -> Answer {
        let key = if self.kind == "AccessDenied" { "Message" } else { "message" };
        let mut answer = json_answer(self.status, &json!({ key: self.message }));
        answer.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(self.error_type));
        answer
    }
}

/// An answer with a JSON body.
pub fn json_answer(status: u16, body: &impl serde::Serialize) -> Answer {
    json_text_answer(status, serde_json::to_vec(body).unwrap_or_default())
}

/// An answer with a body that is JSON already.
pub fn json_text_answer(status: u16, text: impl Into<Bytes>) -> Answer {
    let mut answer = plain_answer(status, text);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// An answer of Server-Sent Events.
pub fn event_answer(text: impl Into<Bytes>) -> Answer {
    let mut answer = plain_answer(200, text);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    answer
}

/// An answer with these bytes and no content type.
pub fn plain_answer(status: u16, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() =
        hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    answer
}
