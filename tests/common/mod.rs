//! Where the official signing test suite is: in the source of the crate `aws-sigv4`.

use std::path::PathBuf;
use std::process::Command;

/// `aws-signing-test-suite/v4` of the version in the lock file.
pub fn suite() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let metadata: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let package = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .find(|package| package["name"] == "aws-sigv4")
        .expect("aws-sigv4 is a dev-dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    manifest.with_file_name("aws-signing-test-suite").join("v4")
}
