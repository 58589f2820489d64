//! Checks the crates and npm packages: licences, sources, advisories.
//!
//! Advisories are fetched (from the RustSec database and npm's registry), which is not possible on every
//! machine. The step's counts say which were not available; that is not a failure. `ADVISORY_DB` names a copy
//! of the RustSec database to use instead of fetching it.

use super::Log;
use crate::run::{cargo, command, missing, output, root, target};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::env;
use std::ffi::OsString;
use std::path::Path;

/// For `cargo install`.
const TOOLS: [&[&str]; 2] = [
    &["cargo-deny", "--version", "0.20.2"],
    // Without the feature that reads binaries, which is not used.
    &["cargo-audit", "--version", "0.22.2", "--no-default-features"],
];
const CRATE_LOCKS: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];
/// The packages that build the package and the tester, which must not have known vulnerabilities.
const NPM_BUILDS: [&str; 2] = ["xtask", "www"];
/// The peers under test, including the old package and its dependencies: vulnerabilities are only counted.
const NPM_PEERS: [&str; 5] = ["tests", "tests/runtimes", "tests/integrations", "examples", "examples/node"];

pub fn audit(log: &Log) -> Result<()> {
    let tools = target().join("tools");
    for tool in TOOLS {
        log.run(cargo().args(["install", "--quiet", "--locked"]).args(tool).arg("--root").arg(&tools))?;
    }
    let bin = tools.join("bin");
    log.run(command(bin.join("cargo-deny")).args(["check", "licenses", "bans", "sources"]))?;
    log.write("counted: cargo deny: licences, bans and sources are in order")?;
    for lock in CRATE_LOCKS {
        audit_crates(log, &bin.join("cargo-audit"), lock)?;
    }
    for (folders, may_have) in [(&NPM_BUILDS[..], false), (&NPM_PEERS[..], true)] {
        for folder in folders {
            audit_npm(log, folder, may_have)?;
        }
    }
    Ok(())
}

fn audit_crates(log: &Log, tool: &Path, lock: &str) -> Result<()> {
    let mut audit = command(tool);
    audit.args(["audit", "--json", "--file", lock]);
    let mut date = "today".to_owned();
    if let Some(copy) = env::var_os("ADVISORY_DB") {
        date = output(command("git").args(["log", "-1", "--format=%cs"]).current_dir(&copy))?;
        audit.args(["--no-fetch".into(), "--stale".into(), OsString::from("--db"), copy]);
    }
    let said = audit.output().context("cargo-audit")?;
    log.write(&String::from_utf8_lossy(&said.stderr))?;
    let Ok(report) = serde_json::from_slice::<Value>(&said.stdout) else {
        return log.write(&format!("counted: {lock}: NOT AUDITED, the RustSec database cannot be had here"));
    };
    log.write(&format!("{report:#}"))?;
    let count = |path: &str| report.pointer(path).and_then(Value::as_u64).unwrap_or_default();
    let unkept = report.pointer("/warnings/unmaintained").and_then(Value::as_array).map_or(0, Vec::len);
    let vulnerable = count("/vulnerabilities/count");
    log.write(&format!(
        "counted: {lock}: {} crates, {vulnerable} vulnerable, {unkept} unmaintained, by {} advisories of {}",
        count("/lockfile/dependency-count"),
        count("/database/advisory-count"),
        date.trim(),
    ))?;
    if vulnerable > 0 { bail!("{lock}: {vulnerable} vulnerable crates") } else { Ok(()) }
}

fn audit_npm(log: &Log, folder: &str, may_have: bool) -> Result<()> {
    let said = command("npm")
        .args(["audit", "--json", "--workspace", folder])
        .current_dir(root())
        .output()
        .with_context(|| missing("npm"))?;
    let report: Value = serde_json::from_slice(&said.stdout).unwrap_or_default();
    log.write(&format!("{report:#}"))?;
    let total = report.pointer("/metadata/vulnerabilities/total").and_then(Value::as_u64);
    let Some(total) = total else {
        let status = report.get("statusCode").map_or_else(|| "nothing".to_owned(), Value::to_string);
        let why = format!("npm's registry answers {status}");
        return log.write(&format!("counted: {folder}: NOT AUDITED, {why}"));
    };
    log.write(&format!("counted: {folder}: {total} vulnerable packages"))?;
    if total > 0 && !may_have {
        bail!("{folder}: npm audit knows {total} vulnerable packages")
    } else {
        Ok(())
    }
}
