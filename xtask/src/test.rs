//! `cargo xtask test`: every check and test, as named steps.
//!
//! A step is a row in [`STEPS`]: a command, and what it needs. Its output is written to
//! `target/test/NAME.log`, whose end is printed if the step fails. Steps of different lanes run at the same
//! time.

mod audit;
mod fuzz;
mod lanes;
mod log;
pub mod needs;
mod reproducible;
mod steps;
mod times;

use crate::run::{Packages, npm_ci};
use anyhow::{Result, bail};
pub use log::Log;
use std::time::Instant;
use steps::STEPS;
use times::{Times, minutes};

/// One check.
pub struct Step {
    name: &'static str,
    /// What is checked, in a few words.
    what: &'static str,
    lane: Lane,
    when: When,
    run: fn(&Log) -> Result<()>,
}

impl Step {
    /// Whether no package of npm is needed.
    fn needs_only_cargo(&self) -> bool {
        ["format", "clippy", "rustdoc", "native"].contains(&self.name)
    }
}

/// Which steps may run at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// Mostly the compiler, whose runs wait for each other anyway: cargo locks its folder.
    Rust,
    /// Mostly Node and browsers, which wait for answers.
    Scripts,
    /// Alone, because it changes what other steps read.
    Alone,
}

/// With which options of the command a step runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    /// Always: before each commit.
    Quick,
    /// Unless `--quick` is given.
    Whole,
    /// Only with `--long`.
    Long,
}

struct Arguments<'a> {
    at_most: When,
    names: Vec<&'a str>,
    only_list: bool,
}

/// Runs all steps, or those whose names are given; fails if one of them fails.
pub fn test(arguments: &[String]) -> Result<()> {
    let Arguments { at_most, names, only_list } = read(arguments)?;
    let chosen = |step: &&Step| {
        if names.is_empty() { step.when <= at_most } else { names.contains(&step.name) }
    };
    let chosen: Vec<&'static Step> = STEPS.iter().filter(chosen).collect();
    let mut times = Times::read();
    if only_list {
        for step in STEPS {
            let form = match step.when {
                When::Quick => "",
                When::Whole => " (not with --quick)",
                When::Long => " (--long)",
            };
            let last =
                times.of(step.name).map_or_else(String::new, |seconds| format!(", {}", minutes(seconds)));
            println!("{:<12} {}{form}{last}", step.name, step.what);
        }
        return Ok(());
    }
    println!("{}", plan(&chosen, &times));
    // Done before steps run in parallel, because installing removes packages.
    if chosen.iter().any(|step| !step.needs_only_cargo()) {
        npm_ci(Packages::All)?;
    }
    let started = Instant::now();
    let ended = lanes::run(&chosen, at_most == When::Long);
    for end in &ended {
        times.set(end.name, end.seconds);
    }
    times.write()?;
    let failed: Vec<&str> = ended.iter().filter(|end| end.failed).map(|end| end.name).collect();
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("in {}", minutes(started.elapsed().as_secs_f64()));
    println!("{} passed, {} failed", ended.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { bail!("cargo xtask test {} runs what failed", failed.join(" ")) }
}

/// Prints what will run, and how long it took the last time.
fn plan(chosen: &[&Step], times: &Times) -> String {
    let names: Vec<&str> = chosen.iter().map(|step| step.name).collect();
    let known: Option<Vec<f64>> = chosen.iter().map(|step| times.of(step.name)).collect();
    let last = known.map_or_else(
        || "the first run also installs and compiles what the steps need".to_owned(),
        |seconds| {
            let sum = |lane| -> f64 {
                chosen
                    .iter()
                    .zip(&seconds)
                    .filter(|(step, _)| step.lane == lane)
                    .map(|(_, seconds)| seconds)
                    .sum()
            };
            // The compiler's lane takes over the rest of the other lane.
            let (rust, scripts) = (sum(Lane::Rust), sum(Lane::Scripts));
            let whole = rust.max(f64::midpoint(rust, scripts)) + sum(Lane::Alone);
            format!("about {}, after the last times", minutes(whole))
        },
    );
    format!("{} steps ({}): {last}", chosen.len(), names.join(", "))
}

fn read(arguments: &[String]) -> Result<Arguments<'_>> {
    let mut read = Arguments { at_most: When::Whole, names: Vec::new(), only_list: false };
    for argument in arguments {
        match argument.as_str() {
            "--list" => read.only_list = true,
            "--quick" => read.at_most = When::Quick,
            "--long" => read.at_most = When::Long,
            option if option.starts_with("--") => {
                bail!("there is no option {option}: --list, --quick and --long are the options")
            }
            name if STEPS.iter().any(|step| step.name == name) => read.names.push(name),
            name => bail!("there is no step {name}: cargo xtask test --list shows their names"),
        }
    }
    Ok(read)
}
