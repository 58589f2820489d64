//! What several steps need, made when the first of them asks.

use crate::build::build;
use crate::run::{cargo, command, npm_ci, output, root, run, target};
use anyhow::{Result, bail};
use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The package in `pkg/`, with the web tester in it, built from the sources as they are.
pub fn package() -> Result<PathBuf> {
    static BUILT: OnceLock<()> = OnceLock::new();
    if BUILT.get().is_none() {
        build(&[])?;
        let _ = BUILT.set(());
    }
    Ok(root().join("pkg"))
}

/// The local gateway's program.
pub fn gateway() -> Result<PathBuf> {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    if let Some(path) = BUILT.get() {
        return Ok(path.clone());
    }
    run(cargo().args(["build", "--quiet", "--release", "--package", "gateway"]))?;
    let path = target().join("release").join(format!("gateway{EXE_SUFFIX}"));
    Ok(BUILT.get_or_init(|| path).clone())
}

/// `node` with what the tests in JavaScript read: the package, their own npm packages, the gateway.
pub fn node() -> Result<Command> {
    package()?;
    npm_ci("tests")?;
    let mut node = command("node");
    node.env("GATEWAY_BIN", gateway()?);
    Ok(node)
}

/// The variables that name the servers of other makers: moto, botocore and an S3 server.
pub fn peers() -> Result<Vec<(String, String)>> {
    static READ: OnceLock<Vec<(String, String)>> = OnceLock::new();
    if let Some(variables) = READ.get() {
        return Ok(variables.clone());
    }
    let text = output(command("node").arg("tests/lib/setup-sdk.mjs").arg(target()))?;
    let variables = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(READ.get_or_init(|| variables).clone())
}

/// Makes sure that Debian packages are there: each with a program that it brings.
pub fn debian(packages: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|(_, program)| !Path::new(program).exists())
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install = format!("apt-get install --no-install-recommends {}", missing.join(" "));
    let is_root = output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || !Path::new("/usr/bin/apt-get").exists() {
        bail!("missing: {}. On Debian or Ubuntu, as root: {install}", missing.join(", "));
    }
    let apt = || {
        let mut apt = command("apt-get");
        apt.args(["-o", "DPkg::Lock::Timeout=600", "-qq"]).env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    output(apt().arg("update"))?;
    output(apt().args(["install", "-y", "--no-install-recommends"]).args(&missing))?;
    Ok(())
}
