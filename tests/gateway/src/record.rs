//! What arrived, kept for the tests that ask.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::arrived::Arrived;
use crate::auth::canonical::sha256_hex;

/// At most this many requests are kept, the newest.
const MOST_RECORDS: usize = 10_000;
/// At most this much of one body is kept.
const MOST_BODY: usize = 1024 * 1024;
/// All kept bodies together.
const MOST_BODIES: usize = 64 * 1024 * 1024;

/// One request and what became of it.
pub struct Record {
    /// Counts from 1 since the gateway started or was reset.
    pub order: u64,
    /// Arrival, milliseconds since the epoch by the machine's clock.
    pub at_ms: i64,
    /// The request; its body is cut when kept.
    pub request: Arrived,
    /// `{"ok": true, ...}` or `{"ok": false, "kind": ...}`.
    pub verdict: Value,
    /// The fault that was put in, by type.
    pub fault: Option<&'static str>,
    /// Status answered; `None` when a fault let no status out or none was decided.
    pub status: Option<u16>,
    /// Whether the route did what was asked.
    pub effect_applied: bool,
    body_length: usize,
    body_sha256: String,
}

impl Record {
    /// A record; hashes the body and keeps its first megabyte.
    pub fn new(order: u64, at_ms: i64, request: &Arrived, verdict: Value) -> Self {
        let mut kept = request.clone();
        if kept.body.len() > MOST_BODY {
            // A copy, so that the cut body does not hold the whole one in memory.
            kept.body = Bytes::copy_from_slice(&kept.body[..MOST_BODY]);
        }
        Self {
            order,
            at_ms,
            body_length: request.body.len(),
            body_sha256: sha256_hex(&request.body),
            request: kept,
            verdict,
            fault: None,
            status: None,
            effect_applied: false,
        }
    }

    fn json(&self) -> Value {
        json!({
            "order": self.order,
            "atMs": self.at_ms,
            "method": self.request.method,
            "target": self.request.target,
            "headers": self.request.headers,
            "bodyBase64": STANDARD.encode(&self.request.body),
            "bodyLength": self.body_length,
            "bodySha256": self.body_sha256,
            "verdict": self.verdict,
            "fault": self.fault,
            "status": self.status,
            "effectApplied": self.effect_applied,
        })
    }
}

/// The newest requests.
#[derive(Default)]
pub struct Records {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    records: VecDeque<Record>,
    body_bytes: usize,
}

impl Records {
    /// Adds a record and lets the oldest go when there are too many or their bodies take too much.
    pub fn push(&self, record: Record) {
        let mut kept = self.lock();
        kept.body_bytes += record.request.body.len();
        kept.records.push_back(record);
        while kept.records.len() > MOST_RECORDS || kept.body_bytes > MOST_BODIES {
            let Some(oldest) = kept.records.pop_front() else {
                break;
            };
            kept.body_bytes -= oldest.request.body.len();
        }
    }

    /// All records as JSON, in order of arrival, after the one numbered `since`.
    pub fn json(&self, since: u64) -> Value {
        let kept = self.lock();
        let mut records: Vec<&Record> = kept.records.iter().filter(|record| record.order > since).collect();
        records.sort_by_key(|record| record.order);
        records.into_iter().map(Record::json).collect()
    }

    /// Forgets all.
    pub fn clear(&self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
