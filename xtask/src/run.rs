//! Running programs, and installing what they need.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

/// The root of the project: cargo names the folder of this crate also to the running program.
pub fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program that runs in the root of the project.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a program to its end; an error names the program if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| missing(&program))?;
    if status.success() { Ok(()) } else { bail!("{program} failed: {status}\n  {command:?}") }
}

/// Runs a program to its end and gives what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| missing(&program))?;
    if !output.status.success() {
        bail!("{program} failed: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub fn missing(program: &str) -> String {
    match program {
        "node" | "npm" => format!("{program} is needed: install Node.js 20 or later"),
        "python3" => "python3 is needed, with its venv module".into(),
        _ => format!("{program} cannot be started"),
    }
}

/// Does something that takes a while, and says so: what, every quarter of a minute how long already unless cargo or npm
/// show it themselves on a terminal, and how long it took.
pub fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let started = Instant::now();
    println!("{what} …");
    let (done, waits) = mpsc::channel::<()>();
    let name = what.to_owned();
    let ticker = thread::spawn(move || {
        while waits.recv_timeout(Duration::from_secs(15)) == Err(RecvTimeoutError::Timeout) {
            if !is_terminal() {
                println!("{name} … {} s", started.elapsed().as_secs());
            }
        }
    });
    let result = work();
    drop(done);
    let _ = ticker.join();
    if result.is_ok() {
        println!("{what}: {} s", started.elapsed().as_secs());
    }
    result
}

fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// `cargo build` with its own signs of progress on a terminal.
pub fn cargo_build() -> Command {
    let mut build = cargo();
    build.arg("build");
    if !is_terminal() {
        build.arg("--quiet");
    }
    build
}

/// `npm ci` in a folder, unless its lock file is the one that was installed last.
pub fn npm_ci(folder: &str) -> Result<PathBuf> {
    static INSTALLS: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLS.lock().unwrap_or_else(PoisonError::into_inner);
    let name = folder;
    let folder = root().join(name);
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read(&stamp).ok().as_ref() != Some(&lock) {
        println!("installing the npm packages of {name} from its lock file");
        let mut npm = command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
        run(&mut npm)?;
        fs::write(stamp, lock)?;
    }
    Ok(folder.join("node_modules"))
}

/// Adds a rustup target if rustup is there; without rustup the compiler itself will say what is missing.
pub fn rust_target(target: &str) -> Result<()> {
    let installed = output(command("rustup").args(["target", "list", "--installed"]));
    match installed {
        Ok(list) if !list.lines().any(|line| line == target) => {
            println!("downloading the standard library for {target}: rustup target add {target}");
            run(command("rustup").args(["target", "add", target]))
        }
        _ => Ok(()),
    }
}
