//! Checks that a clean build of the package with its web tester, in a folder with a name of another length,
//! has the same bytes in every file as the build in `pkg/`; with `--long` two clean builds in two folders.

use super::{Log, needs};
use crate::run::{command, output, root, target};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files that a build makes, or that other tools keep next to the sources.
const NOT_SOURCES: [&str; 5] = [".git", "dist", "node_modules", "pkg", "target"];

pub fn reproducible(log: &Log) -> Result<()> {
    let ours = needs::package()?;
    let base = target().join("reproducible");
    let _ = fs::remove_dir_all(&base);
    let first = read_files(&ours)?;
    let folders = ["another-folder/with a longer name", "a"];
    let folders = folders.get(..if log.is_long() { 2 } else { 1 }).unwrap_or_default();
    for folder in folders {
        let built = clean_build(log, &base.join(folder))?;
        let files = read_files(&built)?;
        let differing: Vec<&String> =
            first.keys().chain(files.keys()).filter(|name| first.get(*name) != files.get(*name)).collect();
        if !differing.is_empty() {
            bail!("{} and {} differ in {differing:?}", ours.display(), built.display());
        }
    }
    let sum = output(command("sha256sum").arg("gatesign.wasm").current_dir(&ours))?;
    let sum = sum.split_whitespace().next().unwrap_or_default();
    log.write(&format!(
        "counted: {} files of the package, the same from {} clean builds in other folders; \
         SHA-256 of gatesign.wasm: {sum}",
        first.len(),
        folders.len()
    ))?;
    // Each has its own tools and compiled crates.
    Ok(fs::remove_dir_all(base)?)
}

/// Copies the sources to a new folder, builds the package there, and returns the package's folder.
fn clean_build(log: &Log, folder: &Path) -> Result<PathBuf> {
    copy_sources(&root(), folder)?;
    log.run(
        command(std::env::current_exe()?)
            .arg("build")
            .current_dir(folder)
            // The driver works in the folder of its manifest.
            .env("CARGO_MANIFEST_DIR", folder.join("xtask"))
            .env("CARGO_TARGET_DIR", folder.join("target")),
    )?;
    Ok(folder.join("pkg"))
}

fn copy_sources(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if NOT_SOURCES.iter().any(|other| name == *other) {
            continue;
        }
        let (source, copy) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            copy_sources(&source, &copy)?;
        } else {
            fs::copy(&source, &copy).with_context(|| source.display().to_string())?;
        }
    }
    Ok(())
}

/// Every file below a folder, by its path in it.
fn read_files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}
