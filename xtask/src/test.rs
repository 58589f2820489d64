//! `cargo xtask test`: every check and test, one named step after the other.
//!
//! A step is a row in [`STEPS`]: a command, and what it needs. Its output goes to
//! `target/test/NAME.log`; the end of it is printed if the step fails.

mod audit;
mod fuzz;
pub mod needs;
mod reproducible;
mod steps;

use crate::run::{missing, target};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;
use steps::STEPS;

/// One check.
pub struct Step {
    name: &'static str,
    /// What is checked, in a few words.
    what: &'static str,
    /// Only run with `--long`.
    long: bool,
    run: fn(&Log) -> Result<()>,
}

/// Where a step's programs write to.
pub struct Log {
    path: PathBuf,
    long: bool,
}

impl Log {
    fn new(name: &str, long: bool) -> Result<Self> {
        let folder = target().join("test");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.log"));
        File::create(&path)?;
        Ok(Self { path, long })
    }

    /// Whether the long form of the tests was asked for.
    pub fn is_long(&self) -> bool {
        self.long
    }

    /// Runs a program to its end with its output in the log.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        let file = File::options().append(true).open(&self.path)?;
        let program = command.get_program().to_string_lossy().into_owned();
        let status = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .status()
            .with_context(|| missing(&program))?;
        if status.success() { Ok(()) } else { bail!("{program} failed: {status}") }
    }

    /// Adds a text to the log.
    pub fn write(&self, text: &str) -> Result<()> {
        writeln!(File::options().append(true).open(&self.path)?, "{text}")?;
        Ok(())
    }

    /// The last `count` lines.
    fn tail(&self, count: usize) -> String {
        let text = fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines.get(lines.len().saturating_sub(count)..).unwrap_or_default().join("\n")
    }

    /// What the step's programs say of their counts: each line that begins with one.
    fn counts(&self) -> Vec<String> {
        let text = fs::read(&self.path).unwrap_or_default();
        String::from_utf8_lossy(&text)
            .lines()
            // Node's test runner puts what a test prints into comments.
            .filter_map(|line| line.strip_prefix("# ").unwrap_or(line).strip_prefix("counted: "))
            .map(str::to_owned)
            .collect()
    }
}

/// Runs all steps, or those whose names are given; fails if one of them fails.
pub fn test(arguments: &[String]) -> Result<()> {
    let (options, names): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.starts_with("--"));
    let mut long = false;
    for option in options {
        match option.as_str() {
            "--list" => {
                for step in STEPS {
                    println!("{:<12} {}{}", step.name, step.what, if step.long { " (--long)" } else { "" });
                }
                return Ok(());
            }
            "--long" => long = true,
            other => bail!("there is no option {other}: --list and --long are the options"),
        }
    }
    for name in &names {
        if !STEPS.iter().any(|step| step.name == name.as_str()) {
            bail!("there is no step {name}: cargo xtask test --list shows their names");
        }
    }
    let chosen = |step: &&Step| {
        if names.is_empty() {
            long || !step.long
        } else {
            names.iter().any(|name| name.as_str() == step.name)
        }
    };
    let mut failed = Vec::new();
    let mut passed = 0;
    for step in STEPS.iter().filter(chosen) {
        if run_step(step, long)? {
            passed += 1;
        } else {
            failed.push(step.name);
        }
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{passed} passed, {} failed", failed.len());
    if failed.is_empty() { Ok(()) } else { bail!("cargo xtask test {} runs what failed", failed.join(" ")) }
}

fn run_step(step: &Step, long: bool) -> Result<bool> {
    let started = Instant::now();
    let log = Log::new(step.name, long)?;
    println!("{:<12} {}", step.name, step.what);
    let result = (step.run)(&log);
    for count in log.counts() {
        println!("             {count}");
    }
    let seconds = started.elapsed().as_secs_f64();
    match result {
        Ok(()) => println!("             ok, {seconds:.1} s"),
        Err(ref error) => {
            println!("{}\n             FAILED, {seconds:.1} s: {error:#}", log.tail(60));
            println!("             all of its output: {}", log.path.display());
        }
    }
    Ok(result.is_ok())
}
