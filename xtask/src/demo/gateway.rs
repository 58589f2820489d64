//! The local gateway as a process of its own, which ends with the demo.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often the gateway is looked after while it runs.
const LOOK: Duration = Duration::from_millis(500);

pub struct Gateway {
    process: Child,
    url: String,
}

impl Gateway {
    /// Starts it and waits for the line that tells its address.
    pub fn start(program: &Path, port: u16) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["--quiet", "--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let mut line = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let url = line.trim().strip_prefix("gateway listening on ").map(str::to_owned);
        let mut gateway = Self { process, url: url.unwrap_or_default() };
        if gateway.url.is_empty() {
            bail!("the gateway did not start: {}", gateway.process.wait()?);
        }
        Ok(gateway)
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Until something comes from `stopped`; an error if the gateway ends before.
    pub fn wait(&mut self, stopped: &Receiver<()>) -> Result<()> {
        loop {
            match stopped.recv_timeout(LOOK) {
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(status) = self.process.try_wait()? {
                        bail!("the gateway ended: {status}");
                    }
                }
                _ => return Ok(()),
            }
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
