//! Why a gateway refused a request, and what to do about it: a list of small rules over status,
//! error type and message. A new refusal is a paragraph in `diagnose/rules.txt`, with its case in the tests.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>

use super::refusal;
use crate::text::replace;
use alloc::borrow::Cow;

mod denied;
mod mismatch;
mod rules;

pub use denied::Denied;
pub use mismatch::{Difference, ServerTexts};

/// What is known of a failed call. Texts are empty where nothing is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Refusal<'a> {
    /// `None` if there was no response.
    pub status: Option<u16>,
    /// `x-amzn-errortype`, or the body's `__type`; suffixes are cut off here.
    pub error_type: &'a str,
    /// The body's `message`, or the whole body, or the error's message if there was no response.
    pub message: &'a str,
    /// The error's code if there was no response.
    pub code: &'a str,
    /// The canonical request that was signed, redacted or not.
    pub canonical_request: &'a str,
    /// The string that was signed.
    pub string_to_sign: &'a str,
}

impl<'a> Refusal<'a> {
    /// As the client reads it.
    fn told(&self) -> refusal::Refusal<'a> {
        let Self { status, error_type: full_type, message, code, .. } = *self;
        refusal::Refusal { status, full_type, message, code }
    }
}

/// The answer of [`diagnose`]. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// A stable name, such as `SignatureDoesNotMatch`.
    pub kind: &'static str,
    /// What happened, in one sentence.
    pub summary: Cow<'static, str>,
    /// What to do about it.
    pub hint: Cow<'static, str>,
    /// For a mismatch: the first line in which both sides differ.
    pub difference: Option<Difference>,
    /// For a mismatch: what the server says it has signed, redacted.
    pub server: Option<ServerTexts>,
}

/// Names the cause of a refusal.
#[must_use]
pub fn diagnose(refusal: &Refusal<'_>) -> Diagnosis {
    let (kind, summary, hint) = rules::find(&refusal.told());
    let mut hint = Cow::Borrowed(hint);
    if kind == "AccessDenied" {
        let Denied { action, .. } = Denied::read(refusal.message);
        let action = if action.is_empty() { "the action" } else { action };
        hint = replace(&hint, "{action}", action).into();
    }
    let mut diagnosis = Diagnosis { kind, summary, hint, difference: None, server: None };
    if kind == "SignatureDoesNotMatch" {
        mismatch::compare(refusal, &mut diagnosis);
    }
    diagnosis
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod mismatch_tests;
