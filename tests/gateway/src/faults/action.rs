//! What a fault does to an exchange.

use std::collections::BTreeMap;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use serde::Deserialize;
use serde_json::Value;

use crate::delivery::Delivery;
use crate::errors::{Answer, Refusal, json_answer, plain_answer};
use crate::raw::{Framing, SETTLE, Step, head};

/// The faults, by their `type` in JSON.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Action {
    /// Another answer; without a body the text API Gateway has for that status.
    Status {
        status: u16,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        #[serde(default)]
        body: Value,
    },
    /// 429, throttled or (`quota`) out of quota.
    Throttle {
        retry_after: Option<u64>,
        #[serde(default)]
        quota: bool,
    },
    /// No answer ever, or the normal one after `delay_ms`.
    Stall { delay_ms: Option<u64> },
    /// A redirect.
    Redirect {
        #[serde(default = "found")]
        status: u16,
        location: String,
    },
    /// Connection reset, nothing sent.
    ResetBeforeHeaders {},
    /// Connection closed, nothing sent.
    CloseBeforeHeaders {},
    /// This many bytes of the head, then a reset.
    ResetInHeaders {
        #[serde(default = "some_bytes")]
        bytes: usize,
    },
    /// The whole head, then a reset.
    ResetAfterHeaders {},
    /// The true content-length, but only this many bytes (default half), then the end.
    TruncateBody {
        bytes: Option<usize>,
        #[serde(default)]
        reset: bool,
    },
    /// A content-length this much too small (default half of it), then the whole body.
    WrongLength { bytes: Option<usize> },
    /// A chunked body that ends without its last chunk.
    ChunkedAbort {},
    /// The normal answer in small pieces.
    Drip {
        #[serde(default = "one_byte")]
        bytes: usize,
        #[serde(default = "ten_ms")]
        interval_ms: u64,
    },
    /// The normal answer with half of its JSON.
    BadJson {},
    /// The normal answer with this much of headers besides.
    HugeHeaders {
        #[serde(default = "many_kilobytes")]
        kilobytes: usize,
    },
    /// Bytes that are not HTTP.
    Garbage {},
    /// The signature is checked by a clock this far off; nothing else changes.
    ClockOffsetMs { ms: i64 },
}

fn found() -> u16 {
    302
}
fn some_bytes() -> usize {
    20
}
fn one_byte() -> usize {
    1
}
fn ten_ms() -> u64 {
    10
}
fn many_kilobytes() -> usize {
    64
}

impl Action {
    /// The name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Throttle { .. } => "throttle",
            Self::Stall { .. } => "stall",
            Self::Redirect { .. } => "redirect",
            Self::ResetBeforeHeaders {} => "resetBeforeHeaders",
            Self::CloseBeforeHeaders {} => "closeBeforeHeaders",
            Self::ResetInHeaders { .. } => "resetInHeaders",
            Self::ResetAfterHeaders {} => "resetAfterHeaders",
            Self::TruncateBody { .. } => "truncateBody",
            Self::WrongLength { .. } => "wrongLength",
            Self::ChunkedAbort {} => "chunkedAbort",
            Self::Drip { .. } => "drip",
            Self::BadJson {} => "badJson",
            Self::HugeHeaders { .. } => "hugeHeaders",
            Self::Garbage {} => "garbage",
            Self::ClockOffsetMs { .. } => "clockOffsetMs",
        }
    }

    /// Refuses values that no answer can hold.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Status { status, .. } | Self::Redirect { status, .. } if !(200..600).contains(status) => {
                Err(format!("status must be from 200 to 599, got {status}"))
            }
            Self::Drip { bytes: 0, .. } => Err("bytes of drip must be at least 1".into()),
            Self::HugeHeaders { kilobytes } if *kilobytes > 10_000 => {
                Err(format!("kilobytes must be at most 10000, got {kilobytes}"))
            }
            _ => Ok(()),
        }
    }

    /// Whether the client is given the route's own status, so that the route should have done its work.
    pub fn answers_whole(&self) -> bool {
        match self {
            Self::Stall { delay_ms } => delay_ms.is_some(),
            Self::WrongLength { .. }
            | Self::Drip { .. }
            | Self::BadJson {}
            | Self::HugeHeaders { .. }
            | Self::ClockOffsetMs { .. } => true,
            _ => false,
        }
    }

    /// What the verifying clock is off by.
    pub fn clock_offset_ms(&self) -> i64 {
        match self {
            Self::ClockOffsetMs { ms } => *ms,
            _ => 0,
        }
    }

    /// The answer that goes out instead of the route's, where the fault is an answer of its own.
    pub fn replacement(&self) -> Option<Answer> {
        match self {
            Self::Status { status, headers, body } => Some(status_answer(*status, headers, body)),
            Self::Throttle { retry_after, quota } => {
                let mut answer = Refusal::throttled(*quota).answer();
                if let Some(seconds) = retry_after {
                    answer.headers_mut().insert(RETRY_AFTER, (*seconds).into());
                }
                Some(answer)
            }
            Self::Redirect { status, location } => {
                let mut answer = plain_answer(*status, "");
                if let Ok(location) = HeaderValue::from_str(location) {
                    answer.headers_mut().insert(LOCATION, location);
                }
                Some(answer)
            }
            _ => None,
        }
    }

    /// How `answer` goes out. `bodyless` is true for a HEAD request.
    pub async fn deliver(&self, mut answer: Answer, bodyless: bool) -> Delivery {
        let raw = match self {
            Self::Stall { delay_ms: None } => return Delivery::Never,
            Self::Stall { delay_ms: Some(ms) } => {
                return Delivery::Later(answer, Duration::from_millis(*ms));
            }
            Self::Status { .. }
            | Self::Throttle { .. }
            | Self::Redirect { .. }
            | Self::ClockOffsetMs { .. } => return Delivery::Answer(answer),
            Self::HugeHeaders { kilobytes } => {
                for index in 0..*kilobytes {
                    let name = HeaderName::try_from(format!("x-huge-{index}"));
                    let value = HeaderValue::try_from("h".repeat(1010));
                    if let (Ok(name), Ok(value)) = (name, value) {
                        answer.headers_mut().insert(name, value);
                    }
                }
                return Delivery::Answer(answer);
            }
            raw => raw,
        };
        let body = match answer.body_mut().collect().await {
            Ok(body) if !bodyless => body.to_bytes(),
            _ => bytes::Bytes::new(),
        };
        if let Self::BadJson {} = raw {
            let half = body.slice(..body.len() / 2);
            *answer.body_mut() = if half.is_empty() { "{".into() } else { half.into() };
            return Delivery::Answer(answer);
        }
        Delivery::Raw(raw.script(&answer, &body))
    }

    /// The bytes and the end of a fault that no HTTP server would produce.
    fn script(&self, answer: &Answer, body: &[u8]) -> Vec<Step> {
        let whole = |framing| head(answer, framing);
        let length = body.len();
        match self {
            Self::ResetBeforeHeaders {} => vec![Step::Reset],
            Self::ResetInHeaders { bytes } => {
                let mut head = whole(Framing::Length(length));
                // Never the blank line: the head must stay incomplete.
                head.truncate((*bytes).min(head.len() - 2));
                vec![Step::Write(head), Step::Wait(SETTLE), Step::Reset]
            }
            Self::ResetAfterHeaders {} => {
                // At least one byte must be owed, or the answer would be complete.
                let head = whole(Framing::Length(length.max(1)));
                vec![Step::Write(head), Step::Wait(SETTLE), Step::Reset]
            }
            Self::TruncateBody { bytes, reset } => {
                let sent = bytes.unwrap_or(length / 2).min(length.saturating_sub(1));
                let mut text = whole(Framing::Length(length.max(1)));
                text.extend_from_slice(&body[..sent]);
                let end = if *reset { Step::Reset } else { Step::Close };
                vec![Step::Write(text), Step::Wait(SETTLE), end]
            }
            Self::WrongLength { bytes } => {
                let short = bytes.unwrap_or(length / 2).min(length);
                let mut text = whole(Framing::Length(length - short));
                text.extend_from_slice(body);
                vec![Step::Write(text), Step::Close]
            }
            Self::ChunkedAbort {} => {
                let sent = &body[..length / 2];
                let mut text = whole(Framing::Chunked);
                if !sent.is_empty() {
                    text.extend_from_slice(format!("{:x}\r\n", sent.len()).as_bytes());
                    text.extend_from_slice(sent);
                    text.extend_from_slice(b"\r\n");
                }
                vec![Step::Write(text), Step::Wait(SETTLE), Step::Close]
            }
            Self::Drip { bytes, interval_ms } => {
                let mut text = whole(Framing::Length(length));
                // This answer is whole, so the client must be told not to use the connection again.
                text.truncate(text.len() - 2);
                text.extend_from_slice(b"connection: close\r\n\r\n");
                text.extend_from_slice(body);
                let interval = Duration::from_millis(*interval_ms);
                text.chunks(*bytes)
                    .flat_map(|piece| [Step::Write(piece.to_vec()), Step::Wait(interval)])
                    .collect()
            }
            Self::Garbage {} => {
                let bytes = b"\x16\x03\x01 this is not HTTP \x00\xff\xfe\r\n\r\n".to_vec();
                vec![Step::Write(bytes), Step::Wait(SETTLE), Step::Close]
            }
            // The rest ends as the plainest fault: a close without an answer.
            _ => vec![Step::Close],
        }
    }
}

fn status_answer(status: u16, headers: &BTreeMap<String, String>, body: &Value) -> Answer {
    let (text, error_type) = match status {
        500 | 502 => ("Internal server error", "InternalServerErrorException"),
        504 => ("Endpoint request timed out", "InternalServerErrorException"),
        503 => ("Service Unavailable", ""),
        _ => ("", ""),
    };
    let mut answer = match body {
        Value::Null if text.is_empty() => plain_answer(status, ""),
        Value::Null => {
            let mut answer = json_answer(status, &serde_json::json!({ "message": text }));
            if !error_type.is_empty() {
                answer.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(error_type));
            }
            answer
        }
        Value::String(text) => {
            let mut answer = plain_answer(status, text.clone());
            answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            answer
        }
        json => json_answer(status, json),
    };
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}
