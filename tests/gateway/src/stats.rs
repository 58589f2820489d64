//! Counters since the start or the last reset.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// A load test names many effects, but not without end.
const MOST_EFFECT_IDS: usize = 1_000_000;

/// The counters.
#[derive(Default)]
pub struct Stats {
    order: AtomicU64,
    preflights: AtomicU64,
    connections: AtomicU64,
    open_connections: AtomicI64,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    by_status: BTreeMap<u16, u64>,
    by_verdict: BTreeMap<String, u64>,
    by_fault: BTreeMap<&'static str, u64>,
    effects: HashMap<String, u64>,
    effects_total: u64,
}

impl Stats {
    /// The number of the next request, from 1.
    pub fn next_order(&self) -> u64 {
        self.order.fetch_add(1, Relaxed) + 1
    }

    /// One more `OPTIONS` on a known route.
    pub fn count_preflight(&self) {
        self.preflights.fetch_add(1, Relaxed);
    }

    /// One request decided: its verdict, the fault put in, the status that goes out, if any.
    pub fn count(&self, verdict: &str, fault: Option<&'static str>, status: Option<u16>) {
        let mut counted = self.lock();
        match counted.by_verdict.get_mut(verdict) {
            Some(count) => *count += 1,
            None => {
                counted.by_verdict.insert(verdict.to_owned(), 1);
            }
        }
        if let Some(fault) = fault {
            *counted.by_fault.entry(fault).or_default() += 1;
        }
        if let Some(status) = status {
            *counted.by_status.entry(status).or_default() += 1;
        }
    }

    /// One effect applied, under its idempotency key if the client named one.
    pub fn count_effect(&self, id: Option<&str>) {
        let mut counted = self.lock();
        counted.effects_total += 1;
        if let Some(id) = id
            && (counted.effects.len() < MOST_EFFECT_IDS || counted.effects.contains_key(id))
        {
            *counted.effects.entry(id.to_owned()).or_default() += 1;
        }
    }

    /// A TCP connection came.
    pub fn connected(&self) {
        self.connections.fetch_add(1, Relaxed);
        self.open_connections.fetch_add(1, Relaxed);
    }

    /// A TCP connection went.
    pub fn disconnected(&self) {
        self.open_connections.fetch_sub(1, Relaxed);
    }

    /// Everything, for `GET /__gateway/stats`.
    pub fn json(&self) -> Value {
        let counted = self.lock();
        json!({
            "requests": self.order.load(Relaxed),
            "preflights": self.preflights.load(Relaxed),
            "connections": self.connections.load(Relaxed),
            "openConnections": self.open_connections.load(Relaxed),
            "byStatus": counted.by_status,
            "byVerdict": counted.by_verdict,
            "byFault": counted.by_fault,
            "effectsTotal": counted.effects_total,
            "effects": counted.effects,
        })
    }

    /// Back to zero; connections that are open stay counted as open.
    pub fn reset(&self) {
        self.order.store(0, Relaxed);
        self.preflights.store(0, Relaxed);
        self.connections.store(0, Relaxed);
        *self.lock() = Counted::default();
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
