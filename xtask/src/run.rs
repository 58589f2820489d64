//! Runs programs, and installs what they need.

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

/// The root of the project: cargo passes the folder of this crate to the running program too.
pub fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Cargo's target folder.
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

/// Runs a program to its end and returns its output.
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

/// Runs something that takes a while, and prints what it is and how long it took. Unless cargo or npm show
/// progress on a terminal, it also prints every quarter of a minute how long it has been running.
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

/// `cargo build`, which shows its own progress on a terminal.
pub fn cargo_build() -> Command {
    let mut build = cargo();
    build.arg("build");
    if !is_terminal() {
        build.arg("--quiet");
    }
    build
}

/// The packages that are installed from npm.
#[derive(Clone, Copy)]
pub enum Packages {
    /// Those that build the package and the tester, and that the demo runs.
    Build,
    /// Those for the tests and examples too: two gigabytes more.
    All,
    /// The project of the frameworks, which has its own lock file: npm 11 installs nothing into a workspace's
    /// folder that is inside another workspace's, and theirs would be inside that of the integrations.
    Frameworks,
}

/// The folders of [`Packages::Build`].
const BUILDS: [&str; 3] = ["xtask", "www", "examples/node"];
const FRAMEWORKS: &str = "tests/integrations/frameworks";

/// `npm ci`, unless the packages of the current lock file are already installed.
pub fn npm_ci(packages: Packages) -> Result<()> {
    static INSTALLS: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLS.lock().unwrap_or_else(PoisonError::into_inner);
    // One installation removes the packages of another one, so each writes a stamp; the stamp of all packages
    // also counts for a part.
    let (folder, what, stamps): (_, _, &[&str]) = match packages {
        Packages::Build => (root(), BUILDS.join(", "), &[".build", ".all"]),
        Packages::All => (root(), "every folder".to_owned(), &[".all"]),
        Packages::Frameworks => (root().join(FRAMEWORKS), FRAMEWORKS.to_owned(), &[".all"]),
    };
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = |name: &str| folder.join("node_modules").join(format!(".installed{name}"));
    if stamps.iter().any(|name| fs::read(stamp(name)).ok().as_ref() == Some(&lock)) {
        return Ok(());
    }
    println!("installing from package-lock.json: the npm packages of {what}");
    let mut npm = command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
    if matches!(packages, Packages::Build) {
        npm.args(BUILDS.map(|folder| format!("--workspace={folder}")));
    }
    run(&mut npm)?;
    let made = stamps.first().map(|name| stamp(name)).context("an installation has a stamp")?;
    Ok(fs::write(made, lock)?)
}

/// Node with a script of an npm package, in the place where scripts of `folder` find it: in the folder itself
/// if another folder has another version, otherwise at the top.
pub fn npm_tool(folder: &str, script: &str) -> Result<Command> {
    npm_ci(Packages::Build)?;
    let installed = |folder: &str| root().join(folder).join("node_modules").join(script);
    let own = installed(folder);
    let mut node = command("node");
    node.arg(if own.exists() { own } else { installed("") });
    Ok(node)
}

/// Adds a rustup target if rustup is installed; without rustup the compiler will say what is missing.
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
