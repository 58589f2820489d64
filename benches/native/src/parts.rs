//! What a GET signature is made of, natively: how near a goal can be is told by its parts, because the blocks of SHA-256
//! are hashed whoever writes the rest.

use crate::signers::{Call, Ours, Peer, parse};
use crate::{Case, case, times};
use anyhow::{Context, Result};
use gatesign_sigv4::key::sha256;
use std::time::{Duration, SystemTime};

/// A block of SHA-256, and the least that its padding takes of the last one.
const BLOCK: usize = 64;
const PADDING: usize = 9;

/// Prints the shortest time of each part in any round, and what share of aws-sigv4's it is.
pub fn print(rounds: u32, round: Duration) -> Result<()> {
    let call = Call::all().into_iter().next().context("there is a GET")?;
    let (ours, peer, url) = (Ours::new()?, Peer::new(), parse()?);
    ours.sign(&call, SystemTime::now())?;
    let [canonical, to_sign] = ours.lengths().map(|length| (length + PADDING).div_ceil(BLOCK));
    // The states after the key's own blocks are kept: the string to sign and the outer hash are left.
    let own = canonical + to_sign + 1;
    // aws-sigv4 hashes both blocks of five keys, each key's text, and the empty body as well.
    let others = own + 2 * 5 + 2 * 4 + 1;
    let [own_bytes, other_bytes] = [own, others].map(|blocks| vec![0; blocks * BLOCK - PADDING]);
    let cases: [Case<'_>; 8] = [
        case("gatesign-sigv4, from a URL to headers", || ours.sign(&call, SystemTime::now())),
        case("- the URL parsed by http", parse),
        case("- signed in room that is there", || ours.sign_parsed(&call, &url, SystemTime::now())),
        case(&format!("- - its {own} blocks of SHA-256"), || Ok(sha256(&own_bytes))),
        case("- - the time of the clock", || Ok(SystemTime::now())),
        case("- headers as texts of their own", || Ok(ours.headers())),
        case("aws-sigv4, from a URL to headers", || peer.sign(&call, SystemTime::now())),
        case(&format!("- its {others} blocks of SHA-256"), || Ok(sha256(&other_bytes))),
    ];
    let shortest: Vec<f64> = times(&cases, rounds, round)?
        .into_iter()
        .map(|times| times.into_iter().fold(f64::INFINITY, f64::min))
        .collect();
    let peers = shortest.get(6).copied().unwrap_or_default();
    for (case, time) in cases.iter().zip(&shortest) {
        println!("{:<44}{time:>8.2} µs{:>8.1} × as fast as aws-sigv4", case.name, peers / time);
    }
    Ok(())
}
