//! Prints, as JSON, what a signature costs natively: `native-bench ROUNDS MS`
//!
//! Each round runs every signer once for about MS milliseconds, so that whatever else the machine does
//! meets all of them alike; the figures are the median and the middle half of the rounds, in µs.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod signers;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signers::{Call, Ours, Peer, SignedHeaders};
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

/// A signer under measurement.
struct Case<'a> {
    name: &'static str,
    sign: Box<dyn Fn() -> Result<SignedHeaders> + 'a>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = || -> Result<u32> {
        let given = arguments.next().context("native-bench takes two numbers: ROUNDS MS")?;
        given.parse().with_context(|| format!("native-bench takes numbers, got {given:?}"))
    };
    let (rounds, round) = (number()?, Duration::from_millis(number()?.into()));
    let mut report = serde_json::Map::new();
    for call in Call::all() {
        let (ours, peer) = (Ours::new()?, Peer::new());
        let cases = [
            case("gatesign-sigv4", || ours.sign(&call, SystemTime::now())),
            case("gatesign-sigv4, key derived each time", || Ours::new()?.sign(&call, SystemTime::now())),
            case("aws-sigv4", || peer.sign(&call, SystemTime::now())),
        ];
        report.insert(call.name.to_owned(), interleaved(&cases, rounds, round)?);
    }
    for call in Call::all().into_iter().take(1) {
        let (ours, peer) = (Ours::for_region_set()?, Peer::new());
        let cases = [
            case("gatesign-sigv4", || ours.sign(&call, SystemTime::now())),
            case("gatesign-sigv4, key derived each time", || {
                Ours::for_region_set()?.sign(&call, SystemTime::now())
            }),
            case("aws-sigv4", || peer.sign_for_region_set(&call, SystemTime::now())),
        ];
        let name = format!("{} for a set of regions (SigV4a)", call.name);
        report.insert(name, interleaved(&cases, rounds, round)?);
    }
    println!("{}", Value::Object(report));
    Ok(())
}

fn case<'a>(name: &'static str, sign: impl Fn() -> Result<SignedHeaders> + 'a) -> Case<'a> {
    Case { name, sign: Box::new(sign) }
}

fn interleaved(cases: &[Case<'_>], rounds: u32, round: Duration) -> Result<Value> {
    let mut prepared = Vec::new();
    for case in cases {
        // Warm up, and find how many calls fill a round.
        let first = time_of(case, 100)?;
        let each = time_of(case, calls_in(round, first))?;
        prepared.push((case, calls_in(round, each), Vec::new()));
    }
    for _ in 0..rounds {
        for (case, calls, times) in &mut prepared {
            times.push(time_of(case, *calls)? * 1e6);
        }
    }
    let figures = prepared.into_iter().map(|(case, _, times)| figures(case.name, times));
    Ok(Value::Array(figures.collect()))
}

/// How many calls of so many seconds fill a round.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number below 2^32")]
fn calls_in(round: Duration, each: f64) -> u32 {
    (round.as_secs_f64() / each).clamp(1.0, 1e8) as u32
}

/// Seconds for each call.
fn time_of(case: &Case<'_>, calls: u32) -> Result<f64> {
    let started = Instant::now();
    for _ in 0..calls {
        black_box((case.sign)()?);
    }
    Ok((started.elapsed().as_secs_f64() / f64::from(calls)).max(1e-9))
}

/// The middle one of the times, and the span of the middle half.
fn figures(name: &str, mut times: Vec<f64>) -> Value {
    times.sort_by(f64::total_cmp);
    let at = |quarters: usize| times.get(times.len() * quarters / 4).copied().unwrap_or_default();
    json!({ "name": name, "median": at(2), "low": at(1), "high": at(3) })
}
