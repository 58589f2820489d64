//! What the scripts ask the core beside requests: names of variables, retries, clocks, causes.

use super::fields::{Fields, Output};
use super::{Numbers, job};
use crate::client::diagnose::{Refusal, diagnose as diagnose_refusal, server_time};
use crate::client::retry::{Failure, exponential_ms, is_retryable, retry_after_ms};
use crate::client::template::names;
use crate::sigv4::timestamp::Timestamp;
use crate::text::number;

/// A number, or the length of the texts.
pub(super) fn answer(job: u32, fields: &mut Fields<'_>, numbers: Numbers, out: &mut Output) -> f64 {
    match job {
        job::TEMPLATE_NAMES => {
            for name in names(fields.text()) {
                out.push_any(name);
            }
            out.length()
        }
        job::IS_RETRYABLE => f64::from(u8::from(repeats(fields))),
        job::EXPONENTIAL_DELAY => exponential_ms(retry_count(numbers.number), numbers.now),
        job::RETRY_AFTER => {
            let now = Timestamp::from_millis(numbers.now).ok();
            now.and_then(|now| retry_after_ms(fields.text(), now)).map_or(-1.0, as_number)
        }
        job::SERVER_TIME => server_time(fields.text()).map_or(f64::NAN, |time| as_number(time.millis())),
        _ => {
            diagnose(fields, out);
            out.length()
        }
    }
}

/// Fields: method, status (empty without a response), error code, whether the quota is used up.
fn repeats(fields: &mut Fields<'_>) -> bool {
    let (method, status, code) = (fields.text(), read_status(fields.text()), fields.text());
    is_retryable(&Failure { method, status, code, quota_exceeded: fields.flag() })
}

fn read_status(text: &str) -> Option<u16> {
    number(text).and_then(|status| u16::try_from(status).ok()).filter(|status| *status > 0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn retry_count(number: f64) -> u32 {
    number as u32
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
fn as_number(ms: i64) -> f64 {
    ms as f64
}

/// Fields: status (empty for none), error type, message, code, canonical request, string to sign.
/// Answers kind, summary, hint; then part, line, ours and theirs of the difference; then the
/// server's canonical request and string to sign.
fn diagnose(fields: &mut Fields<'_>, out: &mut Output) {
    let status = read_status(fields.text());
    let (error_type, message, code) = (fields.text(), fields.text(), fields.text());
    let (canonical_request, string_to_sign) = (fields.text(), fields.text());
    let refusal = Refusal { status, error_type, message, code, canonical_request, string_to_sign };
    let diagnosis = diagnose_refusal(&refusal);
    out.push(diagnosis.kind).push_any(&diagnosis.summary).push(diagnosis.hint);
    if let Some(found) = diagnosis.difference {
        out.push_any(&found.part).push_number(found.line).push_any(&found.ours).push_any(&found.theirs);
    } else {
        out.push("").push("").push("").push("");
    }
    if let Some(server) = diagnosis.server {
        out.push_any(&server.canonical_request).push_any(&server.string_to_sign);
    }
}
