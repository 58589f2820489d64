//! `cargo xtask bench`: compares the package with its peers in one table (benches/run.mjs).

use crate::run::{Packages, cargo, npm_ci, run, target};
use crate::test::needs;
use anyhow::{Result, bail};
use std::env::consts::EXE_SUFFIX;
use std::fs;

const CHROMIUM: (&str, &str) = ("chromium", "/usr/bin/chromium");

/// Builds the package and the gateway in release form, then measures.
pub fn bench(arguments: &[String]) -> Result<()> {
    if let Some(other) = arguments.iter().find(|given| !["--quick", "--write"].contains(&given.as_str())) {
        bail!("bench takes --quick and --write; got {other:?}");
    }
    needs::debian(&[CHROMIUM])?;
    npm_ci(Packages::All)?;
    fs::create_dir_all(target().join("bench"))?;
    run(cargo().args(["build", "--quiet", "--profile", "bench-native", "--package", "native-bench"]))?;
    let native = target().join("bench-native").join(format!("native-bench{EXE_SUFFIX}"));
    run(needs::node()?
        .arg("benches/run.mjs")
        .args(arguments)
        .env("NATIVE_BENCH", native)
        .env("BENCH_OUT", target().join("bench")))
}
