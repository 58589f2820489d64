//! The log of a step's programs.

use crate::run::{missing, target};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The output of one step, in `target/test/NAME.log`.
pub struct Log {
    path: PathBuf,
    long: bool,
}

impl Log {
    pub fn new(name: &str, long: bool) -> Result<Self> {
        let folder = target().join("test");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.log"));
        File::create(&path)?;
        Ok(Self { path, long })
    }

    pub fn path(&self) -> &Path {
        &self.path
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
    pub fn tail(&self, count: usize) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        lines.get(lines.len().saturating_sub(count)..).unwrap_or_default().join("\n")
    }

    /// The counts that the step's programs print: each line that starts with a number.
    pub fn counts(&self) -> Vec<String> {
        self.text()
            .lines()
            // Node's test runner puts what a test prints into comments.
            .filter_map(|line| line.strip_prefix("# ").unwrap_or(line).strip_prefix("counted: "))
            .map(str::to_owned)
            .collect()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.path).unwrap_or_default()).into_owned()
    }
}
