//! The web tester on loopback, with requests to the gateway that are ready to send (`xtask/demo-config.mjs`).

use super::sample::{ACCESS_KEY, API_KEY, REGION, SECRET_KEY};
use super::service::Service;
use crate::build;
use crate::run::command;
use anyhow::Result;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Builds the page; returns its folder.
pub fn page() -> Result<PathBuf> {
    build::tester()
}

/// Starts the server of `gatesign serve` with the page.
pub fn serve(page: &Path, port: u16, gateway: &str) -> Result<Service> {
    let keys = json!({ "accessKeyId": ACCESS_KEY, "secretAccessKey": SECRET_KEY, "apiKey": API_KEY, "region": REGION });
    let mut node = command("node");
    node.arg("xtask/tester.mjs").arg(page).args([port.to_string(), gateway.to_owned(), keys.to_string()]);
    Service::start("tester", &mut node)
}
