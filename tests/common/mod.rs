//! Where the official signing test suite is: in the source of the crate `aws-sigv4`.

use std::path::PathBuf;
use std::process::Command;

/// `aws-signing-test-suite/v4` of the version in the lock file.
pub fn suite() -> PathBuf {
    // For this platform only: the crates of the others were never downloaded.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", "host-tuple"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let package = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .find(|package| package["name"] == "aws-sigv4")
        .expect("aws-sigv4 is a dev-dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    manifest.with_file_name("aws-signing-test-suite").join("v4")
}
