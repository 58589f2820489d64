//! The movies of an API with IAM, in a page that is written in Rust. `config.json` and `/credentials` next to it are
//! those of the other examples.

use gatesign::Credentials;
use gatesign::client::Options;
use gatesign::send::{Delay, Identity, Policy};
use gatesign::web::{AdditionalParams, Client};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    invoke_url: String,
    region: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Movies {
    items: Vec<Movie>,
}

#[derive(Deserialize)]
struct Movie {
    year: u16,
    title: String,
}

#[wasm_bindgen(start)]
async fn start() -> Result<(), JsValue> {
    let shown = movies().await.unwrap_or_else(|error| error);
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(list) = document.and_then(|document| document.get_element_by_id("movies")) {
        list.set_text_content(Some(&shown));
    }
    Ok(())
}

async fn movies() -> Result<String, String> {
    let config: Config = read("config.json").await?;
    let options = Options { invoke_url: &config.invoke_url, region: &config.region, ..Options::default() };
    let policy = Policy { retries: 3, delay: Delay::Exponential, timeout: 10_000.0, ..Policy::default() };
    let client = Client::new(&options, policy, Some(login)).map_err(|error| error.to_string())?;

    let none = AdditionalParams::default();
    let movies = client.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>).await;
    let Movies { items } = movies.map_err(|error| error.to_string())?.data;
    let lines: Vec<String> = items.iter().map(|Movie { year, title }| format!("{year} {title}")).collect();
    Ok(lines.join("\n"))
}

/// Your own login: temporary credentials of whoever looks at the page.
async fn login(_force_refresh: bool) -> Result<Identity, String> {
    let Login { access_key_id, secret_access_key, session_token } = read("/credentials").await?;
    let credentials = Credentials::new(access_key_id, secret_access_key, session_token);
    Ok(Identity { credentials, expires: None })
}

async fn read<T: DeserializeOwned>(url: &str) -> Result<T, String> {
    let window = web_sys::window().ok_or("this is no page")?;
    let failed = |error: JsValue| format!("{url}: {error:?}");
    let response: web_sys::Response =
        JsFuture::from(window.fetch_with_str(url)).await.and_then(JsCast::dyn_into).map_err(failed)?;
    let json = JsFuture::from(response.json().map_err(failed)?).await.map_err(failed)?;
    serde_wasm_bindgen::from_value(json).map_err(|error| format!("{url}: {error}"))
}
