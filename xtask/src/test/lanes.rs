//! Runs steps: first those of the two lanes in parallel, then those that run alone. Shows which step is
//! running, and since when.

use super::times::minutes;
use super::{Lane, Log, Step};
use anyhow::Result;
use std::collections::VecDeque;
use std::io::{IsTerminal, Write, stdout};
use std::iter;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How a step ended.
pub struct End {
    pub name: &'static str,
    pub seconds: f64,
    pub failed: bool,
}

enum Message {
    Starts(&'static Step),
    Ended(End, String),
}

/// Runs all steps, even if one fails.
pub fn run(steps: &[&'static Step], long: bool) -> Vec<End> {
    let (sender, receiver) = mpsc::channel();
    let of =
        |lane| -> Vec<&'static Step> { steps.iter().copied().filter(|step| step.lane == lane).collect() };
    let (rust, scripts) = (of(Lane::Rust), Mutex::new(VecDeque::from(of(Lane::Scripts))));
    let alone = of(Lane::Alone);
    let runner = thread::spawn(move || {
        let take = |from_end: bool| {
            let mut waiting = scripts.lock().unwrap_or_else(PoisonError::into_inner);
            if from_end { waiting.pop_back() } else { waiting.pop_front() }
        };
        thread::scope(|scope| {
            scope.spawn(|| run_each(iter::from_fn(|| take(false)), long, &sender));
            scope.spawn(|| {
                run_each(rust, long, &sender);
                // The compiler's lane ends first and takes the last steps of the other lane, which use
                // browsers. What they need is built by then, because `package` is among the first steps
                // there.
                run_each(iter::from_fn(|| take(true)), long, &sender);
            });
        });
        run_each(alone, long, &sender);
    });
    let mut screen = Screen::new();
    let mut ended = Vec::new();
    loop {
        match receiver.recv_timeout(screen.pause()) {
            Ok(Message::Starts(step)) => screen.starts(step),
            Ok(Message::Ended(end, text)) => {
                screen.ended(end.name, &text);
                ended.push(end);
            }
            Err(RecvTimeoutError::Timeout) => screen.still_running(),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    // A lane that panicked has lost its steps.
    if runner.join().is_err() {
        ended.push(End { name: "xtask", seconds: 0.0, failed: true });
    }
    ended
}

fn run_each(steps: impl IntoIterator<Item = &'static Step>, long: bool, sender: &Sender<Message>) {
    for step in steps {
        // The receiver lives as long as the lanes do.
        let _ = sender.send(Message::Starts(step));
        let (end, text) = run_step(step, long);
        let _ = sender.send(Message::Ended(end, text));
    }
}

fn run_step(step: &Step, long: bool) -> (End, String) {
    let started = Instant::now();
    let log = Log::new(step.name, long);
    let result = log.as_ref().map_or_else(|error| Err(anyhow::anyhow!("{error:#}")), |log| (step.run)(log));
    let seconds = started.elapsed().as_secs_f64();
    let text = report(&result, log.as_ref().ok(), seconds);
    (End { name: step.name, seconds, failed: result.is_err() }, text)
}

fn report(result: &Result<()>, log: Option<&Log>, seconds: f64) -> String {
    let mut lines: Vec<String> = log.map(Log::counts).unwrap_or_default();
    match result {
        Ok(()) => lines.push(format!("ok, {}", minutes(seconds))),
        Err(error) => {
            if let Some(log) = log {
                lines.insert(0, log.tail(60));
                lines.push(format!("all of its output: {}", log.path().display()));
            }
            lines.push(format!("FAILED, {}: {error:#}", minutes(seconds)));
        }
    }
    lines.join("\n             ")
}

/// The output: on a terminal the running steps in the last line, elsewhere one line per minute.
struct Screen {
    is_terminal: bool,
    running: Vec<(&'static str, Instant)>,
}

impl Screen {
    fn new() -> Self {
        Self { is_terminal: stdout().is_terminal(), running: Vec::new() }
    }

    fn pause(&self) -> Duration {
        Duration::from_secs(if self.is_terminal { 1 } else { 60 })
    }

    fn starts(&mut self, step: &'static Step) {
        self.running.push((step.name, Instant::now()));
        self.print(&format!("{:<12} {} …", step.name, step.what));
    }

    fn ended(&mut self, name: &str, text: &str) {
        self.running.retain(|(other, _)| *other != name);
        self.print(&format!("{name:<12} {text}"));
    }

    fn still_running(&self) {
        if self.is_terminal {
            self.show_running();
        } else {
            println!("             running: {}", self.running());
        }
    }

    fn print(&self, text: &str) {
        if self.is_terminal {
            print!("\r\x1b[K");
        }
        println!("{text}");
        if self.is_terminal {
            self.show_running();
        }
    }

    fn show_running(&self) {
        print!("\r\x1b[K{}", self.running());
        let _ = stdout().flush();
    }

    fn running(&self) -> String {
        let parts: Vec<String> = self
            .running
            .iter()
            .map(|(name, since)| format!("{name} {}", minutes(since.elapsed().as_secs_f64())))
            .collect();
        parts.join(", ")
    }
}
