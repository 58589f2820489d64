//! How long each step took the last time: `target/test/times.txt`, one line per step.

use crate::run::target;
use anyhow::Result;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

pub struct Times(BTreeMap<String, f64>);

impl Times {
    pub fn read() -> Self {
        let text = fs::read_to_string(path()).unwrap_or_default();
        let line = |line: &str| {
            let (name, seconds) = line.split_once(' ')?;
            Some((name.to_owned(), seconds.parse().ok()?))
        };
        Self(text.lines().filter_map(line).collect())
    }

    /// In seconds.
    pub fn of(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    pub fn set(&mut self, name: &str, seconds: f64) {
        self.0.insert(name.to_owned(), seconds);
    }

    pub fn write(&self) -> Result<()> {
        let lines: Vec<String> =
            self.0.iter().map(|(name, seconds)| format!("{name} {seconds:.1}\n")).collect();
        Ok(fs::write(path(), lines.concat())?)
    }
}

fn path() -> PathBuf {
    target().join("test/times.txt")
}

/// `42 s`, `3 min 5 s`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a run of tests")]
pub fn minutes(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    if whole < 60 { format!("{whole} s") } else { format!("{} min {} s", whole / 60, whole % 60) }
}
