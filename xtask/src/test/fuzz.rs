//! A short run of each fuzz target and of the JavaScript tests with random values; with `--long` half an hour
//! each.
//!
//! It does what cargo-fuzz does: runs a program that is built with a set of compiler flags. The coverage that
//! guides the fuzzer needs no nightly compiler. The address sanitizer does.

use super::steps::{NODE_TEST, tests_of_the_package};
use super::{Log, needs};
use crate::run::{cargo, command, missing, npm_tool, output, root, target};
use anyhow::{Context, Result, bail};
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};
use std::thread;

const TARGETS: [&str; 5] = ["canonical", "presign", "template", "refusal", "boundary"];
const SECONDS: u32 = 10;
const SECONDS_LONG: u32 = 1_800;
/// The name of test files that try random values for `FUZZ_SECONDS`.
pub const FILES: &str = "fuzz.test.";
/// The flags of cargo-fuzz 0.13.
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
    let seconds = seconds(log);
    let programs = folder.join(&host).join("release");
    let mut ran = Vec::new();
    for result in run_targets(&programs, seconds) {
        let (name, run) = result?;
        let said = String::from_utf8_lossy(&run.stderr);
        log.write(&said)?;
        ran.push(format!("{name} {}", inputs(name, run.status.success(), &said)?));
    }
    log.write(&format!("counted: inputs in {seconds} s each, {how}: {}", ran.join(", ")))?;
    scripts(log)
}

fn seconds(log: &Log) -> u32 {
    if log.is_long() { SECONDS_LONG } else { SECONDS }
}

/// The tests with random values in JavaScript: calls, arguments of the command, requests to the forwarder,
/// texts for the tester.
fn scripts(log: &Log) -> Result<()> {
    let seconds = seconds(log).to_string();
    let mut files = tests_of_the_package()?;
    files.retain(|file| file.contains(FILES));
    log.run(
        needs::node()?
            .args(NODE_TEST)
            .arg("--test-concurrency=2")
            .args(files)
            .envs(needs::peers()?)
            .env("FUZZ_SECONDS", &seconds),
    )?;
    log.run(
        npm_tool("www", "vitest/vitest.mjs")?
            .args(["run", FILES])
            .current_dir(root().join("www"))
            .env("FUZZ_SECONDS", &seconds),
    )
}

/// Fuzzes every target, as many at a time as the machine has cores: a fuzzer uses one core.
fn run_targets(programs: &Path, seconds: u32) -> Vec<Result<(&'static str, Output)>> {
    let waiting = Mutex::new(TARGETS.iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        std::iter::from_fn(next)
            .map(|name| Ok((*name, run_target(name, &programs.join(name), seconds)?)))
            .collect::<Vec<_>>()
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn run_target(name: &str, program: &Path, seconds: u32) -> Result<Output> {
    // New inputs of a run are stored here, and the next run starts with them.
    let grown = target().join("fuzz/corpus").join(name);
    fs::create_dir_all(&grown)?;
    fs::create_dir_all(found())?;
    Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-max_len=4096", "-timeout=60", "-print_final_stats=1"])
        .arg(format!("-artifact_prefix={}/{name}-", found().display()))
        .arg(&grown)
        .arg(root().join("fuzz/corpus").join(name))
        .output()
        .with_context(|| missing(&program.to_string_lossy()))
}

/// How many inputs a run called its target with.
fn inputs(name: &str, is_success: bool, said: &str) -> Result<u64> {
    if !is_success {
        let found = found();
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

/// The folder for inputs that broke a target.
fn found() -> PathBuf {
    target().join("fuzz/found")
}

/// The target triple of this machine: with it named, the flags reach no build script.
fn host() -> Result<String> {
    let version = output(command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc -vV names no host")
}
