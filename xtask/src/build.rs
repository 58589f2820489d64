//! `cargo xtask build`: compiles the module, with SIMD and without, and writes one thin entry for each
//! runtime around it.

mod choices;
mod ends;

use crate::run::{
    Packages, cargo, cargo_build, command, npm_ci, npm_tool, output, root, run, rust_target, target, timed,
};
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::{env, fs};
use wasm_bindgen_cli_support::{Bindgen, Output};

/// What wasm-opt gets for every module, one option a line.
const OPTIMIZER: &str = include_str!("../wasm-opt.txt");

/// Keeps loops as they are written, and compares texts by one function. LLVM would otherwise vectorize and
/// unroll loops, add variables to save multiplications, and inline comparisons with short texts. Only SHA-256
/// gains by that, and the crate unrolls its rounds itself: this saves 0.7 KB, for 1 to 4 % of the time of a
/// signature.
const AS_WRITTEN: [&str; 6] = [
    "-Cno-vectorize-loops",
    "-Cllvm-args=-unroll-runtime=false",
    "-Cllvm-args=-unroll-allow-partial=false",
    "-Cllvm-args=-disable-lsr",
    "-Cllvm-args=-max-loads-per-memcmp=0",
    "-Cllvm-args=-max-loads-per-memcmp-opt-size=0",
];

/// The exports that src/js/core.ts and src/js/module.ts call.
const EXPORTS: [&str; 4] = ["memory", "input", "call", "output"];

/// A module: its instructions, and its features.
struct Variant {
    /// The name of its file, without `.wasm`.
    name: &'static str,
    /// The folder in which cargo builds it, inside cargo's usual one: with a shared folder, each build would
    /// make cargo compile all crates of the other module again.
    folder: &'static str,
    /// Further flags for the compiler.
    compiler: &'static [&'static str],
    /// Further flags for wasm-opt besides [`FEATURES`].
    optimizer: &'static [&'static str],
    /// The crate's features.
    features: &'static str,
    /// Further arguments for cargo: its own profile.
    cargo: &'static [&'static str],
}

/// The module of every entry that contains everything.
const WITH_SIMD: Variant = Variant {
    name: "gatesign",
    folder: "",
    compiler: &["-Ctarget-feature=+simd128"],
    optimizer: &["--enable-simd"],
    features: ALL,
    cargo: &[],
};

/// The module for runtimes without SIMD.
const WITHOUT_SIMD: Variant =
    Variant { name: "gatesign-nosimd", folder: "nosimd", compiler: &[], optimizer: &[], ..WITH_SIMD };

const ALL: &str = "wasm,client,signer";

/// The modules of scripts that embed only what they need; only the module for Workers is a file of the
/// package.
const PARTS: [Variant; 2] = [
    Variant { name: "signer", features: "wasm,signer", ..WITH_SIMD },
    // The hot code of the curve is fast without optimizing for speed, so everything is optimized for size.
    Variant {
        name: "v4a",
        folder: "v4a",
        features: "wasm,signer,v4a",
        cargo: &["--config", "profile.release.package.gatesign-sigv4.opt-level='s'"],
        ..WITHOUT_SIMD
    },
];

/// Writes the package to `pkg/`, and the web tester to `www/dist` and into the package. With `--quick` the
/// package keeps the tester of the last build, or has none.
pub fn build(arguments: &[String]) -> Result<()> {
    if let Some(other) = arguments.iter().find(|argument| *argument != "--quick") {
        bail!("build takes --quick; got {other:?}");
    }
    package()?;
    if arguments.is_empty() {
        println!("web tester: {}", tester()?.display());
    }
    Ok(())
}

/// Writes the web tester as static files, which work at any path, and a copy into `pkg/tester`. Returns the
/// folder of the former.
pub fn tester() -> Result<PathBuf> {
    npm_ci(Packages::Build)?;
    let www = root().join("www");
    timed("building the web tester", || run(command("node").arg("scripts/build.mjs").current_dir(&www)))?;
    Ok(www.join("dist"))
}

/// Writes the package to `pkg/`.
fn package() -> Result<()> {
    let compile =
        |variant: &Variant| timed(&format!("compiling {}.wasm", variant.name), || wasm_module(variant));
    let modules = [compile(&WITH_SIMD)?, compile(&WITHOUT_SIMD)?];
    let parts = PARTS.iter().map(compile).collect::<Result<Vec<_>>>()?;
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
    for module in modules {
        fs::copy(&module, pkg.join(module.file_name().context("a module has a name")?))?;
    }
    // Workers import a module as a file.
    for (part, path) in PARTS.iter().zip(parts).filter(|(part, _)| part.name == "v4a") {
        fs::copy(path, pkg.join(format!("gatesign-{}.wasm", part.name)))?;
    }
    npm_ci(Packages::Build)?;
    let mut bundle = command("node");
    bundle.args(["xtask/bundle.mjs", env!("CARGO_PKG_VERSION")]).arg(target().join("bindgen"));
    run(&mut bundle)?;
    // The package contains the reference and the migration guide, to read offline.
    for (from, to) in [
        ("LICENSE-MIT", "LICENSE-MIT"),
        ("LICENSE-APACHE", "LICENSE-APACHE"),
        ("MIGRATION.md", "MIGRATION.md"),
        ("docs/api.md", "api.md"),
    ] {
        fs::copy(root().join(from), pkg.join(to)).with_context(|| from.to_owned())?;
    }
    let licenses = output(command("node").arg("xtask/release/licenses.mjs").arg(metadata()?))?;
    fs::write(pkg.join("licenses.md"), licenses)?;
    print!("{}", output(command("node").args(["xtask/sizes.mjs", "pkg"]))?);
    Ok(())
}

/// Writes cargo's metadata of the crates in the module to a file; returns its path.
pub fn metadata() -> Result<PathBuf> {
    let wasm = ["metadata", "--format-version=1", "--locked", "--features", "wasm,v4a"];
    let platform = ["--filter-platform", "wasm32-unknown-unknown"];
    let file = target().join("metadata.json");
    fs::write(&file, output(cargo().args(wasm).args(platform))?)?;
    Ok(file)
}

fn bindgen_folder(variant: &Variant) -> PathBuf {
    target().join("bindgen").join(variant.name)
}

/// Compiles, runs wasm-bindgen, and shrinks; returns the path of the finished module.
fn wasm_module(variant: &Variant) -> Result<PathBuf> {
    rust_target("wasm32-unknown-unknown")?;
    let compiled = target().join(variant.folder);
    run(cargo_build()
        .args(["--release", "--package", "gatesign", "--lib"])
        .args(["--no-default-features", "--features", variant.features])
        .args(variant.cargo)
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&compiled)
        // The separator between flags, which allows spaces in the names of folders. With a target they apply
        // only to it.
        .env("CARGO_ENCODED_RUSTFLAGS", module_flags(variant)?.join("\x1f")))?;
    let folder = bindgen_folder(variant);
    let optimized = folder.join(variant.name).with_extension("wasm");
    let compiled = compiled.join("wasm32-unknown-unknown/release/gatesign.wasm");
    let finished_from = folder.join("finished-from.wasm");
    if is_finished(&compiled, &finished_from, &optimized)? {
        return Ok(optimized);
    }
    let mut output = Bindgen::new()
        .input_path(&compiled)
        .out_name("gatesign")
        .web(true)?
        .typescript(true)
        .remove_name_section(false)
        // `ends` needs the compiler's names of functions.
        .demangle(false)
        .remove_producers_section(true)
        .generate_output()?;
    close(&mut output)?;
    if variant.name == "v4a" {
        choices::ensure_none(output.wasm_mut())?;
    }
    ends::end_at_once(output.wasm_mut())?;
    ends::forget_texts(output.wasm_mut());
    output.emit(&folder)?;
    run(npm_tool("xtask", "binaryen/bin/wasm-opt")?
        .args(OPTIMIZER.lines().filter(|line| line.starts_with('-')))
        .args(variant.optimizer)
        .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
        .arg(folder.join("gatesign_bg.wasm"))
        .arg("-o")
        .arg(&optimized))?;
    fs::copy(compiled, finished_from)?;
    Ok(optimized)
}

/// Whether this program has already finished the same module: most changes do not affect it.
fn is_finished(compiled: &Path, finished_from: &Path, optimized: &Path) -> Result<bool> {
    let time = |path: &Path| fs::metadata(path).and_then(|it| it.modified());
    let (Ok(before), Ok(finished)) = (fs::read(finished_from), time(optimized)) else { return Ok(false) };
    let tools = root().join("package-lock.json");
    Ok(finished > time(&env::current_exe()?)? && finished > time(&tools)? && before == fs::read(compiled)?)
}

/// Keeps only the exports that the scripts call and no imports, so that the scripts create the instance
/// themselves: with wasm-bindgen's script, and the exports for it, the browser entry is 0.9 KB larger.
fn close(output: &mut Output) -> Result<()> {
    let module = output.wasm_mut();
    let others = module.exports.iter().filter(|export| !EXPORTS.contains(&export.name.as_str()));
    for export in others.map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    for import in module.imports.iter() {
        // These imports fill a table of JavaScript values, which is not used, and report calls without an
        // object or inside another call, which the scripts never make: such a call now traps.
        let is_known =
            import.name.contains("__wbindgen_throw") || import.name.ends_with("init_externref_table");
        ensure!(is_known, "the module imports {}: nothing would be there for it", import.name);
    }
    let functions = module.funcs.iter().map(|function| function.id());
    let imported = functions.filter(|id| module.imports.get_imported_func(*id).is_some());
    for function in imported.collect::<Vec<_>>() {
        module.replace_imported_func(function, |(body, _)| {
            body.unreachable();
        })?;
    }
    Ok(())
}

/// The module contains source paths as places of panics. Without the folders of this machine they are shorter
/// and reveal nothing about it, and the module is the same wherever it is built.
fn module_flags(variant: &Variant) -> Result<Vec<String>> {
    let home = env::var("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|_| env::var("HOME").map(|home| PathBuf::from(home).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")?;
    let mut flags: Vec<String> = AS_WRITTEN.iter().chain(variant.compiler).map(ToString::to_string).collect();
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
