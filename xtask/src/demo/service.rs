//! A server in a separate process, which ends with the demo.

use crate::run::missing;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

pub struct Service {
    process: Child,
    url: String,
}

impl Service {
    /// Starts it and waits for its first line, `NAME listening on URL`.
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| missing(&program))?;
        let mut line = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let url = line.trim().strip_prefix(name).and_then(|rest| rest.strip_prefix(" listening on "));
        let mut service = Self { process, url: url.unwrap_or_default().to_owned() };
        if service.url.is_empty() {
            bail!("the {name} did not start: {}", service.process.wait()?);
        }
        Ok(service)
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its exit status, if it has ended.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.process.try_wait()?)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
