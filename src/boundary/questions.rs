//! What the scripts ask the core beside requests: names of variables, retries, clocks, causes.

use super::decimal;
use super::fields::{Reader, Writer};
use crate::client::diagnose::{Refusal, diagnose as diagnose_refusal, server_time};
use crate::client::retry::retry_after_ms;
use crate::client::template::names;
use crate::sigv4::timestamp::Timestamp;
use crate::text::number;
use alloc::string::String;

/// The names of a template's variables.
#[must_use]
pub fn template_variables(template: &str) -> String {
    let mut out = Writer::new();
    for name in names(template) {
        out.push(name);
    }
    out.finish()
}

/// What a `Retry-After` header asks for in ms; -1 if it cannot be read.
#[must_use]
pub fn retry_after(header: &str, now: f64) -> f64 {
    let ms = Timestamp::from_millis(now).ok().and_then(|now| retry_after_ms(header, now));
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
    ms.map_or(-1.0, |ms| ms as f64)
}

/// The server's clock in a refusal's message, in ms since the epoch; NaN if it does not tell.
#[must_use]
pub fn server_clock(message: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
    server_time(message).map_or(f64::NAN, |time| time.millis() as f64)
}

/// Fields: status (empty for none), error type, message, code, canonical request, string to sign.
/// Answers kind, summary, hint; then part, line, ours and theirs of the difference; then the
/// server's canonical request and string to sign.
#[must_use]
pub fn diagnose(refusal: &str) -> String {
    let mut fields = Reader::new(refusal);
    let status = number(&fields.text()).and_then(|status| u16::try_from(status).ok());
    let (error_type, message, code) = (fields.text(), fields.text(), fields.text());
    let (canonical_request, string_to_sign) = (fields.text(), fields.text());
    let diagnosis = diagnose_refusal(&Refusal {
        status,
        error_type: &error_type,
        message: &message,
        code: &code,
        canonical_request: &canonical_request,
        string_to_sign: &string_to_sign,
    });
    let mut out = Writer::new();
    out.push(diagnosis.kind).push(&diagnosis.summary).push(&diagnosis.hint);
    let (part, line, ours, theirs) = diagnosis
        .difference
        .map_or_else(Default::default, |found| (found.part, decimal(found.line), found.ours, found.theirs));
    out.push(&part).push(&line).push(&ours).push(&theirs);
    if let Some(server) = diagnosis.server {
        out.push(&server.canonical_request).push(&server.string_to_sign);
    }
    out.finish()
}
