//! `cargo xtask build`: compiles the module once and writes one thin entry for each runtime around it.

use crate::run::{cargo, command, npm_ci, output, root, run, rust_target, target};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

/// The features that the module may use: those of every runtime that is supported (Node 20,
/// Safari 16.4). Named one by one, so that a newer wasm-opt does not add others.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Writes the package to `pkg/`, and the web tester to `www/dist` and into the package unless told
/// `--quick`: then the package keeps the tester of the last build, or has none.
pub fn build(arguments: &[String]) -> Result<()> {
    package()?;
    if !arguments.iter().any(|argument| argument == "--quick") {
        println!("web tester: {}", tester()?.display());
    }
    Ok(())
}

/// Writes the web tester as static files, which work from any path, and a copy into `pkg/tester`; gives
/// the folder of the first.
pub fn tester() -> Result<PathBuf> {
    npm_ci("www")?;
    let www = root().join("www");
    run(command("node").arg("scripts/build.mjs").current_dir(&www))?;
    Ok(www.join("dist"))
}

/// Writes the package to `pkg/`.
fn package() -> Result<()> {
    let module = wasm_module()?;
    let pkg = root().join("pkg");
    fs::create_dir_all(&pkg)?;
    for entry in fs::read_dir(&pkg)? {
        let path = entry?.path();
        if !path.is_dir() {
            fs::remove_file(path)?;
        } else if !path.ends_with("tester") {
            fs::remove_dir_all(path)?;
        }
    }
    fs::copy(&module, pkg.join("gatesign.wasm"))?;
    let tools = npm_ci("xtask")?;
    let mut bundle = command("node");
    bundle
        .args(["xtask/bundle.mjs", env!("CARGO_PKG_VERSION")])
        .arg(bindgen_folder().join("gatesign.js"))
        .env("NODE_PATH", tools);
    run(&mut bundle)?;
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(root().join(license), pkg.join(license)).with_context(|| license.to_owned())?;
    }
    let licenses = output(command("node").arg("xtask/release/licenses.mjs").arg(metadata()?))?;
    fs::write(pkg.join("licenses.md"), licenses)?;
    print!("{}", output(command("node").args(["xtask/sizes.mjs", "pkg"]))?);
    Ok(())
}

/// What cargo says of the crates in the module, as a file; gives its path.
pub fn metadata() -> Result<PathBuf> {
    let wasm = ["metadata", "--format-version=1", "--locked", "--features", "wasm"];
    let platform = ["--filter-platform", "wasm32-unknown-unknown"];
    let file = target().join("metadata.json");
    fs::write(&file, output(cargo().args(wasm).args(platform))?)?;
    Ok(file)
}

fn bindgen_folder() -> PathBuf {
    target().join("bindgen")
}

/// Compiles, makes the glue, and shrinks; gives the path of the finished module.
fn wasm_module() -> Result<PathBuf> {
    rust_target("wasm32-unknown-unknown")?;
    run(cargo()
        .args(["build", "--quiet", "--release", "--package", "gatesign", "--features", "wasm", "--lib"])
        .args(["--target", "wasm32-unknown-unknown"])
        // Between the flags, for folders with a space in their names. With a target named they are its own.
        .env("CARGO_ENCODED_RUSTFLAGS", module_flags()?.join("\x1f")))?;
    let compiled = target().join("wasm32-unknown-unknown/release/gatesign.wasm");
    let folder = bindgen_folder();
    Bindgen::new()
        .input_path(compiled)
        .out_name("gatesign")
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate(&folder)?;
    let optimized = folder.join("gatesign.wasm");
    let tools = npm_ci("xtask")?;
    run(command("node")
        .arg(tools.join("binaryen/bin/wasm-opt"))
        .args(FEATURES)
        .args(["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"])
        .arg(folder.join("gatesign_bg.wasm"))
        .arg("-o")
        .arg(&optimized))?;
    Ok(optimized)
}

/// Source paths stay in the module as the places of panics: without the folders of this machine they
/// are shorter, tell nothing of it, and the module is the same wherever it is built.
fn module_flags() -> Result<Vec<String>> {
    let home = std::env::var("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|_| std::env::var("HOME").map(|home| PathBuf::from(home).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")?;
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
    let registries = home.join("registry/src");
    let mut folders = vec![root().to_path_buf()];
    if let Ok(entries) = fs::read_dir(&registries) {
        folders.extend(entries.flatten().map(|entry| entry.path()));
    }
    for folder in folders {
        flags.push(format!("--remap-path-prefix={}=", folder.to_string_lossy()));
    }
    Ok(flags)
}
