//! Every case of the official signing test suite, natively.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a file of the suite that has another form fails the test"
)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn official_suite() {
    let counts = check("v4");
    println!("counted: official suite, natively: {} cases in headers, {} in the query", counts[0], counts[1]);
    assert_eq!(counts, [40, 38], "the suite's own number of cases");
}

/// Signature Version 4A. Its cases have no signatures to compare with, so those that are made are verified with
/// the suite's public key.
#[cfg(feature = "v4a")]
#[test]
fn official_suite_of_v4a() {
    let counts = check("v4a");
    println!("counted: official suite of v4a, natively: {} cases", counts[0]);
    assert_eq!(counts, [38, 38], "the suite's own number of cases");
}

fn check(version: &str) -> [usize; 2] {
    let output = Command::new(env!("CARGO"))
        .args(common::METADATA)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let suite = common::suite(&String::from_utf8(output.stdout).expect("UTF-8"), version);
    let mut counts = [0, 0];
    for entry in fs::read_dir(&suite).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let folder = Path::new(&suite).join(&name);
        let has_query_form = common::check_case(&name, &|file| fs::read_to_string(folder.join(file)).ok());
        counts[0] += 1;
        counts[1] += usize::from(has_query_form);
    }
    counts
}
