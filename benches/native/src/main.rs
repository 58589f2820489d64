//! Prints, as JSON, what a signature costs natively: `native-bench ROUNDS MS`; with `--parts` after them, what a GET's
//! is made of, as a table: `cargo run --profile bench-native --package native-bench -- 21 20 --parts`
//!
//! Each round runs every signer once for about MS milliseconds, so that whatever else the machine does
//! meets all of them alike; the figures are the median and the middle half of the rounds, in µs.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod parts;
mod signers;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signers::{Call, Ours, Peer};
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

/// A signer under measurement.
struct Case<'a> {
    name: String,
    sign: Box<dyn Fn() -> Result<()> + 'a>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = || -> Result<u32> {
        let text = arguments.next().context("native-bench takes two numbers: ROUNDS MS")?;
        text.parse().with_context(|| format!("native-bench takes numbers, got {text:?}"))
    };
    let (rounds, round) = (number()?, Duration::from_millis(number()?.into()));
    if arguments.next().as_deref() == Some("--parts") {
        return parts::print(rounds, round);
    }
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

fn case<'a, T>(name: &str, sign: impl Fn() -> Result<T> + 'a) -> Case<'a> {
    Case { name: name.to_owned(), sign: Box::new(move || sign().map(|signed| drop(black_box(signed)))) }
}

fn interleaved(cases: &[Case<'_>], rounds: u32, round: Duration) -> Result<Value> {
    let all = times(cases, rounds, round)?;
    Ok(Value::Array(cases.iter().zip(all).map(|(case, times)| figures(&case.name, times)).collect()))
}

/// µs for each call of each case, by round.
fn times(cases: &[Case<'_>], rounds: u32, round: Duration) -> Result<Vec<Vec<f64>>> {
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
    Ok(prepared.into_iter().map(|(_, _, times)| times).collect())
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
        (case.sign)()?;
    }
    Ok((started.elapsed().as_secs_f64() / f64::from(calls)).max(1e-9))
}

/// The middle one of the times, and the span of the middle half.
fn figures(name: &str, mut times: Vec<f64>) -> Value {
    times.sort_by(f64::total_cmp);
    let at = |quarters: usize| times.get(times.len() * quarters / 4).copied().unwrap_or_default();
    json!({ "name": name, "median": at(2), "low": at(1), "high": at(3) })
}
