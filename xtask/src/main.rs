//! `cargo xtask build | demo | test | bench | package`: the one driver of this project. It installs
//! what it needs from lock files, or says exactly what to install.

#![allow(clippy::disallowed_methods, reason = "a tool of the workspace reads the clock")]

mod bench;
mod build;
mod demo;
mod package;
mod run;
mod test;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask COMMAND

  build [--quick]        write the npm package to pkg/ and print its sizes, and the web tester to
                         www/dist and into the package (--quick: only the package, with the tester
                         of the last build if there was one)
  demo [--once] [--port PORT] [--tester-port PORT]
                         build, start the local gateway and the web tester, and run the sample
                         (ports 8080 and 8081; --once ends after the sample, without the tester)
  test [NAME…] [--quick | --long]
                         run every check and test, or only the named ones (--list shows their names
                         and how long each took; --quick: what is checked before each commit;
                         --long: all, in their long forms)
  bench [--quick] [--write]
                         measure the package next to other signers and the old package, in Node and
                         in Chromium; the figures go to target/bench/ (--write: docs/figures.json and the documents)
  package [--allow-dirty | --publish]
                         write what is published to target/dist/, checked from empty projects
                         (--publish: npm publish with provenance, in the workflow of a release)
";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Err(error) = dispatch(&arguments) {
        eprintln!("error: {error:#}");
        std::process::exit(1);
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        print!("{USAGE}");
        return Ok(());
    };
    if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{USAGE}");
        return Ok(());
    }
    match command.as_str() {
        "bench" => bench::bench(rest),
        "build" => build::build(rest),
        "demo" => demo::demo(rest),
        "package" => package::package(rest),
        "test" => test::test(rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}
