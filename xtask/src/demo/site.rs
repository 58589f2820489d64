//! The web tester on loopback, with a `config.json` that names the gateway.

use super::sample::{ACCESS_KEY, API_KEY, REGION, SECRET_KEY};
use crate::build;
use anyhow::{Result, anyhow};
use serde_json::{Value, json};
use std::fs::File;
use std::path::{Path, PathBuf};
use tiny_http::{Header, Request, Response, Server};

/// Builds the page; gives its folder.
pub fn page() -> Result<PathBuf> {
    println!("Building the web tester …");
    build::tester()
}

/// Serves the page from a thread of its own; gives its address.
pub fn serve(page: PathBuf, port: u16, gateway: &str) -> Result<String> {
    let server =
        Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("the tester's port {port}: {error}"))?;
    let address = server.server_addr().to_ip().map(|ip| format!("http://{ip}/")).unwrap_or_default();
    let config = config(gateway).to_string();
    let page = page.canonicalize()?;
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            // A browser that has gone away is no concern of the demo.
            let _ = answer(request, &page, &config);
        }
    });
    Ok(address)
}

fn answer(request: Request, page: &Path, config: &str) -> std::io::Result<()> {
    let path = request.url().split('?').next().unwrap_or_default().trim_start_matches('/').to_owned();
    if path == "config.json" {
        return request.respond(Response::from_string(config).with_header(content_type("application/json")?));
    }
    let name = if path.is_empty() { "index.html" } else { path.as_str() };
    // What a link or `..` leads out of the folder is not served.
    let file = page.join(name).canonicalize().ok().filter(|file| file.starts_with(page) && file.is_file());
    match file {
        Some(file) => {
            let kind = mime_guess::from_path(&file).first_or_octet_stream();
            let header = content_type(kind.essence_str())?;
            request.respond(Response::from_file(File::open(file)?).with_header(header))
        }
        None => request.respond(Response::from_string("Not Found").with_status_code(404)),
    }
}

fn content_type(kind: &str) -> std::io::Result<Header> {
    Header::from_bytes("content-type", kind).map_err(|()| std::io::Error::other("no media type"))
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
