//! The table of steps. Those that fail quickly come first.

use super::{Lane, Log, Step, When, audit, fuzz, needs, reproducible};
use crate::run::{Packages, cargo, command, npm_ci, npm_tool, output, root, rust_target, target};
use anyhow::{Context as _, Result};
use std::env::consts::EXE_SUFFIX;
use std::env::current_exe;
use std::fs;

const CHROMIUM: (&str, &str) = ("chromium", "/usr/bin/chromium");
const BIOME: [&str; 4] = ["ci", "--error-on-warnings", "--colors=off", "."];
pub const NODE_TEST: [&str; 2] = ["--test", "--test-reporter=spec"];
/// The features that are not enabled by default.
const WITH_V4A: [&str; 2] = ["--features", "gatesign/v4a,gatesign-sigv4/v4a,gatesign/web"];
const WASM: &str = "wasm32-unknown-unknown";
/// The package of the page in Rust.
const PAGE: &str = "gatesign-page-example";
const FIREFOX: (&str, &str) = ("firefox-esr", "/usr/bin/firefox-esr");
const OPENSSL: (&str, &str) = ("openssl", "/usr/bin/openssl");

/// In each lane the steps run in this order. `Alone`: a step that builds the package again, or writes to what
/// another step reads, so nothing else may run meanwhile.
pub const STEPS: &[Step] = &[
    Step { name: "format", what: "cargo fmt", lane: Lane::Rust, when: When::Quick, run: format },
    Step {
        name: "scripts",
        what: "Biome on every script, tsc on src/js, src/credentials, src/streams, src/clients, src/verify, src/sdk and src/cli",
        lane: Lane::Scripts,
        when: When::Quick,
        run: scripts,
    },
    Step {
        name: "clippy",
        what: "clippy, for this machine and for wasm32",
        lane: Lane::Rust,
        when: When::Quick,
        run: clippy,
    },
    Step {
        name: "rustdoc",
        what: "the crate's documentation and its examples",
        lane: Lane::Rust,
        when: When::Whole,
        run: rustdoc,
    },
    Step {
        name: "native",
        what: "the core, the client and the gateway, natively",
        lane: Lane::Rust,
        when: When::Quick,
        run: native,
    },
    Step {
        name: "fuzz",
        what: "every fuzz target for some seconds, and made-up calls, arguments and texts",
        lane: Lane::Rust,
        when: When::Whole,
        run: fuzz::fuzz,
    },
    Step {
        name: "wasm",
        what: "wasm-bindgen-test in Node and Chromium, and the page in Rust",
        lane: Lane::Rust,
        when: When::Whole,
        run: wasm,
    },
    Step {
        name: "package",
        what: "the npm package, and the limits of its sizes",
        lane: Lane::Scripts,
        when: When::Quick,
        run: package,
    },
    Step {
        name: "reproducible",
        what: "the same package from a clean build in another folder",
        lane: Lane::Rust,
        when: When::Whole,
        run: reproducible::reproducible,
    },
    Step {
        name: "types",
        what: "tsc --strict on an example of every feature",
        lane: Lane::Scripts,
        when: When::Quick,
        run: types,
    },
    Step {
        name: "js",
        what: "the package in Node, next to other signers and servers",
        lane: Lane::Scripts,
        when: When::Whole,
        run: js,
    },
    Step {
        name: "tester-unit",
        what: "tsc, Biome and vitest on the web tester",
        lane: Lane::Scripts,
        when: When::Quick,
        run: tester_unit,
    },
    Step {
        name: "docs",
        what: "the demo, and every link, command and snippet of the documents",
        lane: Lane::Alone,
        when: When::Whole,
        run: docs,
    },
    Step {
        name: "examples",
        what: "every example, in Node, Chromium and workerd",
        lane: Lane::Scripts,
        when: When::Whole,
        run: examples,
    },
    Step {
        name: "release",
        what: "the tarball and the crate, from empty projects",
        lane: Lane::Alone,
        when: When::Whole,
        run: release,
    },
    Step {
        name: "runtimes",
        what: "every runtime, browser and bundler",
        lane: Lane::Scripts,
        when: When::Whole,
        run: runtimes,
    },
    Step {
        name: "integrations",
        what: "HTTP clients and frameworks of others, each in its current version",
        lane: Lane::Scripts,
        when: When::Whole,
        run: integrations,
    },
    Step {
        name: "tester",
        what: "the web tester in Chromium and Firefox",
        lane: Lane::Scripts,
        when: When::Whole,
        run: tester,
    },
    Step {
        name: "audit",
        what: "cargo deny, cargo audit and npm audit, where they answer",
        lane: Lane::Alone,
        when: When::Long,
        run: audit::audit,
    },
];

fn format(log: &Log) -> Result<()> {
    log.run(cargo().args(["fmt", "--all", "--check"]))
}

fn scripts(log: &Log) -> Result<()> {
    needs::package()?;
    log.run(npm_tool("xtask", "@biomejs/biome/bin/biome")?.args(BIOME))?;
    for project in [
        "src/js",
        "src/credentials",
        "src/credentials/node",
        "src/streams",
        "src/clients",
        "src/verify",
        "src/sdk",
        "src/cli",
    ] {
        log.run(npm_tool("xtask", "typescript/bin/tsc")?.args(["--project", project]))?;
    }
    Ok(())
}

fn clippy(log: &Log) -> Result<()> {
    let native = ["clippy", "--quiet", "--workspace", "--all-targets"];
    log.run(cargo().args(native).args(WITH_V4A).args(["--", "-D", "warnings"]))?;
    rust_target(WASM)?;
    let wasm = ["clippy", "--quiet", "--lib", "--target", WASM];
    for features in ["wasm", "wasm,v4a", "web"] {
        log.run(cargo().args(wasm).args(["--features", features, "--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn rustdoc(log: &Log) -> Result<()> {
    log.run(cargo().args(["doc", "--quiet", "--no-deps", "--lib"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    log.run(cargo().args(["test", "--quiet", "--doc"]).args(WITH_V4A))
}

fn native(log: &Log) -> Result<()> {
    log.run(cargo().args(["test", "--workspace", "--lib", "--bins", "--tests"]).args(WITH_V4A))
}

fn wasm(log: &Log) -> Result<()> {
    rust_target(WASM)?;
    needs::debian(&[CHROMIUM])?;
    log.run(cargo().args(["build", "--quiet", "--package", "wasm-runner"]))?;
    let program = |name: &str| target().join("debug").join(format!("{name}{EXE_SUFFIX}"));
    let test = ["test", "--target", WASM, "--test"];
    log.run(
        cargo()
            .args(test)
            .args(["wasm", "--features", "wasm,std", "--", "--nocapture"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", program("wasm-runner")),
    )?;
    // The tests of the feature `web`, for which a script starts gateway and browser: cargo says where the
    // tests are.
    let built =
        output(cargo().args(test).args(["web", "--features", "web", "--no-run", "--message-format=json"]))?;
    let tests = built
        .lines()
        .filter_map(|line| line.split_once("\"executable\":\"")?.1.split_once('"'))
        .map(|(path, _)| path)
        .next_back()
        .context("cargo names the tests of the feature web")?;
    log.run(cargo().args(["build", "--quiet", "--package", PAGE, "--target", WASM]))?;
    let page = target().join("rust-page");
    let module = target().join(WASM).join("debug").join("gatesign_page_example.wasm");
    log.run(
        command(program("bindgen")).args(["--target", "web", "--out-dir"]).arg(page.join("pkg")).arg(module),
    )?;
    fs::copy(root().join("examples/rust-page/index.html"), page.join("index.html"))?;
    log.run(
        needs::node()?
            .arg("tests/wasm-runner/web.mjs")
            .env("WASM_TESTS", tests)
            .env("RUNNER", program("wasm-runner"))
            .env("PAGE", page),
    )
}

fn package(log: &Log) -> Result<()> {
    needs::package()?;
    log.run(command("node").args(["xtask/sizes.mjs", "pkg", "--check"]))
}

fn types(log: &Log) -> Result<()> {
    needs::package()?;
    // The types as resolved by bundlers, by Node's two module systems, and next to the AWS SDK's types.
    for project in ["tests/types", "tests/types/tsconfig.node16.json", "tests/types/sdk"] {
        log.run(npm_tool("xtask", "typescript/bin/tsc")?.args(["--project", project]))?;
    }
    Ok(())
}

/// The names of a folder's test files for Node's test runner: Node 20 accepts no pattern, and later versions
/// accept no folder.
fn test_files(folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("{folder}/{name}"));
        }
    }
    files.sort();
    Ok(files)
}

/// The tests of every folder in `tests`, except those with their own step.
pub fn tests_of_the_package() -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join("tests"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir()
            && !["docs", "examples", "integrations", "runtimes", "node_modules"].contains(&&*name)
        {
            files.append(&mut test_files(&format!("tests/{name}"))?);
        }
    }
    files.sort();
    Ok(files)
}

fn js(log: &Log) -> Result<()> {
    needs::debian(&[CHROMIUM, FIREFOX, OPENSSL])?;
    // Tests that try random values for a while run in another step.
    let mut files = tests_of_the_package()?;
    files.retain(|file| !file.contains(fuzz::FILES));
    log.run(
        needs::node()?
            .args(NODE_TEST)
            // Many of these tests wait for timeouts and for frozen tabs.
            .arg("--test-concurrency=2")
            .args(files)
            .envs(needs::peers()?)
            .env("LONG", if log.is_long() { "1" } else { "" }),
    )
}

fn tester_unit(log: &Log) -> Result<()> {
    needs::package()?;
    let tool = |path: &str| {
        let mut node = npm_tool("www", path)?;
        node.current_dir(root().join("www"));
        anyhow::Ok(node)
    };
    log.run(&mut tool("typescript/bin/tsc")?)?;
    log.run(tool("@biomejs/biome/bin/biome")?.args(BIOME))?;
    let mut units = tool("vitest/vitest.mjs")?;
    if log.is_long() {
        // Crates that an earlier run found safe are checked again.
        units.env("RECHECK_ALL", "1");
    }
    log.run(units.args(["run", "--exclude", &format!("**/*{}ts", fuzz::FILES)]))
}

fn runtimes(log: &Log) -> Result<()> {
    log.run(needs::node()?.arg("tests/runtimes/run.mjs"))
}

fn integrations(log: &Log) -> Result<()> {
    needs::debian(&[CHROMIUM])?;
    npm_ci(Packages::Frameworks)?;
    log.run(needs::node()?.arg("tests/integrations/run.mjs"))
}

fn tester(log: &Log) -> Result<()> {
    needs::debian(&[CHROMIUM, FIREFOX, ("curl", "/usr/bin/curl")])?;
    log.run(needs::node()?.arg("www/tests/run.mjs").envs(needs::peers()?))
}

fn examples(log: &Log) -> Result<()> {
    needs::debian(&[CHROMIUM])?;
    log.run(needs::node()?.args(NODE_TEST).args(test_files("tests/examples")?).envs(needs::peers()?))
}

fn release(log: &Log) -> Result<()> {
    // Uncommitted changes are packaged too; a release is made without this option.
    log.run(command(current_exe()?).args(["package", "--allow-dirty"]))
}

fn docs(log: &Log) -> Result<()> {
    needs::debian(&[CHROMIUM])?;
    log.run(command("node").args(["xtask/release/api.mjs", "--check"]))?;
    log.run(command("node").args(["xtask/release/refusals.mjs", "--check"]))?;
    // The demo builds the package again, so nothing else may read it meanwhile.
    let (demo, others): (Vec<String>, Vec<String>) =
        test_files("tests/docs")?.into_iter().partition(|file| file.ends_with("/demo.test.mjs"));
    log.run(needs::node()?.args(NODE_TEST).args(others).envs(needs::peers()?))?;
    log.run(needs::node()?.args(NODE_TEST).args(demo).env("XTASK", current_exe()?))
}
