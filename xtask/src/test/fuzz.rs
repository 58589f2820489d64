//! A short run of each fuzz target; with `--long` half an hour each.
//!
//! What cargo-fuzz does, without it: it is one set of compiler flags and the program that they give.
//! The coverage that guides the fuzzer needs no nightly compiler. The address sanitizer does.

use super::{Log, needs};
use crate::run::{cargo, command, output, root, target};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

const TARGETS: [&str; 5] = ["canonical", "presign", "template", "diagnose", "boundary"];
const SECONDS: u32 = 10;
const SECONDS_LONG: u32 = 1_800;
/// Those of cargo-fuzz 0.13.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 \
    -Cdebug-assertions -Ccodegen-units=1";
const SANITIZER: &str = "-Zsanitizer=address";

pub fn fuzz(log: &Log) -> Result<()> {
    // For libFuzzer itself.
    needs::debian(&[("g++", "/usr/bin/c++")])?;
    let is_nightly = output(command("rustup").args(["run", "nightly", "rustc", "--version"])).is_ok();
    let (mut build, flags, how) = if is_nightly {
        let mut nightly = command("rustup");
        nightly.args(["run", "nightly", "cargo"]);
        (nightly, format!("{COVERAGE} {SANITIZER}"), "address sanitizer")
    } else {
        let how = "WITHOUT the address sanitizer, which needs: rustup toolchain install nightly";
        (cargo(), COVERAGE.to_owned(), how)
    };
    let host = host()?;
    let folder = target().join("fuzz");
    log.run(
        build
            .args(["build", "--quiet", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml"])
            .args(["--target", &host, "--target-dir"])
            .arg(&folder)
            .env("RUSTFLAGS", flags),
    )?;
    let seconds = if log.is_long() { SECONDS_LONG } else { SECONDS };
    let mut ran = Vec::new();
    for name in TARGETS {
        let program = folder.join(&host).join("release").join(name);
        ran.push(format!("{name} {}", run_target(log, name, &program, seconds)?));
    }
    log.write(&format!("counted: inputs in {seconds} s each, {how}: {}", ran.join(", ")))
}

/// Fuzzes one target and gives how many inputs it was called with.
fn run_target(log: &Log, name: &str, program: &Path, seconds: u32) -> Result<u64> {
    // What a run finds new is kept here: the next one begins with it.
    let grown = target().join("fuzz/corpus").join(name);
    let found = target().join("fuzz/found");
    for folder in [&grown, &found] {
        fs::create_dir_all(folder)?;
    }
    let result = Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-max_len=4096", "-timeout=60", "-print_final_stats=1"])
        .arg(format!("-artifact_prefix={}/{name}-", found.display()))
        .arg(&grown)
        .arg(root().join("fuzz/corpus").join(name))
        .output()
        .with_context(|| crate::run::missing(&program.to_string_lossy()))?;
    let said = String::from_utf8_lossy(&result.stderr);
    log.write(&said)?;
    if !result.status.success() {
        bail!(
            "{name}: the input that broke it is {}/{name}-…; it belongs in fuzz/corpus/{name}",
            found.display()
        );
    }
    said.lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|count| count.trim().parse().ok())
        .with_context(|| format!("{name} ended without its figures"))
}

/// The target triple of this machine: with it named, the flags reach no build script.
fn host() -> Result<String> {
    let version = output(command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc -vV names no host")
}
