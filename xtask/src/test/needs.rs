//! What several steps need, made when the first of them needs it.

use crate::build::build;
use crate::run::{Packages, cargo_build, command, npm_ci, output, root, run, target, timed};
use anyhow::{Result, bail};
use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Makes something once for all steps: the first one makes it, others wait. If it fails, the next step tries
/// again.
fn once<T: Clone>(made: &Mutex<Option<T>>, make: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(made) = &*made {
        return Ok(made.clone());
    }
    let new = make()?;
    *made = Some(new.clone());
    Ok(new)
}

/// The package in `pkg/`, with the web tester in it, built from the sources as they are.
pub fn package() -> Result<PathBuf> {
    static BUILT: Mutex<Option<PathBuf>> = Mutex::new(None);
    once(&BUILT, || {
        build(&[])?;
        Ok(root().join("pkg"))
    })
}

/// The local gateway's program.
pub fn gateway() -> Result<PathBuf> {
    static BUILT: Mutex<Option<PathBuf>> = Mutex::new(None);
    once(&BUILT, || {
        timed("compiling the local gateway", || {
            run(cargo_build().args(["--release", "--package", "gateway"]))
        })?;
        Ok(target().join("release").join(format!("gateway{EXE_SUFFIX}")))
    })
}

/// `node` with everything that the JavaScript tests need: all npm packages, our package, the gateway.
pub fn node() -> Result<Command> {
    npm_ci(Packages::All)?;
    package()?;
    let mut node = command("node");
    node.env("GATEWAY_BIN", gateway()?);
    Ok(node)
}

/// The variables for third-party servers: moto, botocore and an S3 server.
pub fn peers() -> Result<Vec<(String, String)>> {
    static READ: Mutex<Option<Vec<(String, String)>>> = Mutex::new(None);
    once(&READ, || {
        let text = output(command("node").arg("tests/lib/setup-sdk.mjs").arg(target()))?;
        let variables = text
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Ok(variables)
    })
}

/// Makes sure that Debian packages are installed, each given with a program that it contains.
///
/// # Errors
/// Unless this runs as root on Debian or Ubuntu, the error contains the command to type. As root the command
/// is printed, then run.
pub fn debian(packages: &[(&str, &str)]) -> Result<()> {
    static INSTALLS: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLS.lock().unwrap_or_else(PoisonError::into_inner);
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
    println!("installing: {install}");
    let apt = || {
        let mut apt = command("apt-get");
        apt.args(["-o", "DPkg::Lock::Timeout=600", "-qq"]).env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    output(apt().arg("update"))?;
    output(apt().args(["install", "-y", "--no-install-recommends"]).args(&missing))?;
    Ok(())
}
