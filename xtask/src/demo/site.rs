//! The web tester on loopback, with a `config.json` that names the gateway.

use super::sample::{ACCESS_KEY, API_KEY, REGION, SECRET_KEY};
use super::service::Service;
use crate::build;
use crate::run::command;
use anyhow::Result;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Builds the page; gives its folder.
pub fn page() -> Result<PathBuf> {
    build::tester()
}

/// Starts the server of `gatesign serve` with the page.
pub fn serve(page: &Path, port: u16, gateway: &str) -> Result<Service> {
    let mut node = command("node");
    node.arg("xtask/tester.mjs").arg(page).args([
        port.to_string(),
        config(gateway).to_string(),
        gateway.to_owned(),
    ]);
    Service::start("tester", &mut node)
}

/// The tester's config.json: the sample's calls, ready to send.
fn config(gateway: &str) -> Value {
    let get = |id: &str, name: &str, url: &str, kind: &str| {
        json!({ "id": id, "name": name, "method": "GET", "url": url, "sendOnOpen": true, "view": "table",
                "auth": { "kind": kind, "region": REGION, "service": "execute-api" } })
    };
    json!({
        "version": 1,
        "environments": [{
            "id": "demo", "name": "Local gateway",
            "variables": [{ "name": "base", "value": format!("{gateway}/stage") }],
        }],
        "collections": [{
            "id": "demo", "name": "Movies of the local gateway",
            "requests": [
                get("signed", "Movies with a signature", "{{base}}/movie_list", "iam"),
                get("key", "Movies with an API key", "{{base}}/key/movie_list", "key"),
                get("movie", "One movie", "{{base}}/movie/2013/Gravity", "iam"),
            ],
        }],
        "credentials": { "accessKeyId": ACCESS_KEY, "secretAccessKey": SECRET_KEY, "apiKey": API_KEY },
        "open": "signed",
    })
}
