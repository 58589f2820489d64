//! `cargo xtask package`: writes what is published to `target/dist/`, and checks each part from an empty
//! project.

use crate::build::metadata;
use crate::run::{cargo, command, npm_tool, output, root, run, target};
use crate::test::needs;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Writes the npm tarball, the crate, the bill of materials and their checksums; with `--publish` it
/// publishes the tarball, with the provenance of the release workflow.
pub fn package(arguments: &[String]) -> Result<()> {
    let (dirty, publish) = match arguments {
        [] => (false, false),
        [option] if option == "--allow-dirty" => (true, false),
        [option] if option == "--publish" => (false, true),
        _ => bail!("package takes --allow-dirty (what is not committed yet) or --publish; got {arguments:?}"),
    };
    let dist = target().join("dist");
    let _ = fs::remove_dir_all(&dist);
    fs::create_dir_all(&dist)?;
    let tarball = npm_tarball(&dist)?;
    check_tarball(&dist.join(&tarball))?;
    let archives = crate_archives(&dist, dirty)?;
    check_crate(&dist, &archives)?;
    let bom = format!("gatesign-{VERSION}.cdx.json");
    fs::write(dist.join(&bom), bill_of_materials()?)?;
    let files = [&[tarball.clone(), bom], &*archives].concat();
    let sums = output(command("sha256sum").args(&files).current_dir(&dist))?;
    fs::write(dist.join("SHA256SUMS"), &sums)?;
    print!("{}\n{sums}", dist.display());
    if publish {
        let arguments = ["publish", "--provenance", "--access", "public"];
        run(command("npm").args(arguments).arg(dist.join(tarball)))?;
    }
    Ok(())
}

fn npm_tarball(dist: &Path) -> Result<String> {
    let package = needs::package()?;
    let mut npm = command("npm");
    npm.args(["pack", "--silent", "--pack-destination"]).arg(dist).current_dir(package);
    Ok(output(&mut npm)?.trim().to_owned())
}

/// Installs it in an empty project, and checks that it runs, that its types are right and that its command
/// starts.
fn check_tarball(tarball: &Path) -> Result<()> {
    let project = empty_project("npm")?;
    fs::write(project.join("package.json"), r#"{ "name": "empty", "private": true }"#)?;
    for file in ["check.cjs", "check.mts"] {
        fs::copy(root().join("xtask/release").join(file), project.join(file))?;
    }
    let install = ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error"];
    output(command("npm").args(install).arg(tarball).current_dir(&project))?;
    run(command("node").arg("check.cjs").current_dir(&project))?;
    let strict =
        ["--noEmit", "--strict", "--module", "nodenext", "--lib", "es2022,dom", "--types", "", "check.mts"];
    run(npm_tool("xtask", "typescript/bin/tsc")?.args(strict).current_dir(&project))?;
    let told = output(command("npx").args(["--offline", "gatesign", "--version"]).current_dir(&project))?;
    if told.trim() != VERSION {
        bail!("npx gatesign --version says {}, not {VERSION}", told.trim());
    }
    Ok(fs::remove_dir_all(project)?)
}

/// The published crates, each after its dependencies.
const CRATES: [&str; 2] = ["gatesign-sigv4", "gatesign"];

fn crate_archives(dist: &Path, dirty: bool) -> Result<Vec<String>> {
    let mut package = cargo();
    // Cargo's own check builds the second crate with the first one from its cache, which may be older for the
    // same version in the same folder. `check_crate` builds what was written here.
    package.args(["package", "--quiet", "--no-verify"]);
    for name in CRATES {
        package.args(["--package", name]);
    }
    if dirty {
        package.arg("--allow-dirty");
    }
    run(&mut package)?;
    let archives = CRATES.map(|name| format!("{name}-{VERSION}.crate")).to_vec();
    for archive in &archives {
        fs::copy(target().join("package").join(archive), dist.join(archive)).context(archive.clone())?;
    }
    Ok(archives)
}

/// A separate program signs with the unpacked crates and default features.
fn check_crate(dist: &Path, archives: &[String]) -> Result<()> {
    let project = empty_project("crate")?;
    for archive in archives {
        run(command("tar").arg("-xzf").arg(dist.join(archive)).arg("-C").arg(&project))?;
    }
    let [sigv4, gatesign] = CRATES.map(|name| project.join(format!("{name}-{VERSION}")));
    let manifest = format!(
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ngatesign = {{ path = {gatesign:?} }}\n\n\
         [patch.crates-io]\ngatesign-sigv4 = {{ path = {sigv4:?} }}\n\n[workspace]\n"
    );
    fs::write(project.join("Cargo.toml"), manifest)?;
    fs::create_dir_all(project.join("src"))?;
    fs::copy(root().join("xtask/release/check.rs"), project.join("src/main.rs"))?;
    run(cargo().args(["run", "--quiet"]).env_remove("CARGO_TARGET_DIR").current_dir(&project))?;
    Ok(fs::remove_dir_all(project)?)
}

/// `CycloneDX` of what is linked into the module and bundled into the web tester.
fn bill_of_materials() -> Result<String> {
    output(command("node").arg("xtask/release/sbom.mjs").arg(metadata()?).arg("Cargo.lock"))
}

fn empty_project(name: &str) -> Result<PathBuf> {
    // Outside this repository, so that none of its packages can be found by mistake.
    let project = std::env::temp_dir().join(format!("gatesign-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&project);
    fs::create_dir_all(&project)?;
    Ok(project)
}
