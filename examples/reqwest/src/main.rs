//! Calls an API: `cargo run -p gatesign-reqwest-example -- INVOKE_URL`, with `AWS_ACCESS_KEY_ID` and
//! `AWS_SECRET_ACCESS_KEY`.

use gatesign::Credentials;
use gatesign::client::Options;
use gatesign::send::{Client, Delay, Error, Identity, Invoke, Policy, Response};
use gatesign_reqwest_example::Reqwest;
use std::env;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let invoke_url = env::args().nth(1).ok_or("the first argument is the URL of the stage")?;
    let options = Options { invoke_url: &invoke_url, region: "us-east-1", ..Options::default() };
    let policy = Policy { retries: 3, delay: Delay::Exponential, timeout: 30_000.0, ..Policy::default() };
    let client = Client::new(&options, policy, Reqwest::new()?, Some(from_environment))?;

    let list = Invoke { template: "/movie_list", method: "GET", ..Invoke::default() };
    let text = client.send(&list, async |answer| answer.text().await.map_err(Error::Network)).await?;
    println!("{text}");
    Ok(())
}

/// The provider: it is asked again before what it gives expires.
async fn from_environment(_force_refresh: bool) -> Result<Identity, String> {
    let read = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let (id, secret) = (read("AWS_ACCESS_KEY_ID")?, read("AWS_SECRET_ACCESS_KEY")?);
    let token = env::var("AWS_SESSION_TOKEN").ok();
    Ok(Identity { credentials: Credentials::new(id, secret, token), expires: None })
}
