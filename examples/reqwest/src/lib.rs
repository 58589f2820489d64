//! gatesign's client over `reqwest` and `tokio`: this file is the whole transport.

#![allow(clippy::disallowed_methods, reason = "the signer must not read the clock; a transport must")]

use gatesign::send::{NetworkError, Outgoing, Response, Transport};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Url};
use std::error::Error;
use std::time::{Duration, SystemTime};

/// Sends over two connections' pools: what carries a credential follows no redirect.
pub struct Reqwest {
    guarded: Client,
    open: Client,
}

impl Reqwest {
    /// # Errors
    /// What `reqwest` cannot set up.
    pub fn new() -> reqwest::Result<Self> {
        let guarded = Client::builder().redirect(Policy::none()).build()?;
        Ok(Self { guarded, open: Client::new() })
    }
}

impl Transport for Reqwest {
    type Response = Answer;

    fn parse(&self, url: &str) -> Option<(String, String)> {
        let parsed = Url::parse(url).ok()?;
        Some((parsed.to_string(), parsed.origin().ascii_serialization()))
    }

    fn now(&self) -> f64 {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1000.0
    }

    fn random(&self) -> f64 {
        // Good enough to spread attempts.
        (self.now() * 1000.0).fract()
    }

    async fn sleep(&self, ms: f64) {
        tokio::time::sleep(Duration::from_secs_f64(ms.max(0.0) / 1000.0)).await;
    }

    async fn send(&self, request: Outgoing<'_>) -> Result<Answer, NetworkError> {
        let method = Method::from_bytes(request.method.as_bytes()).map_err(failed)?;
        let client = if request.guarded { &self.guarded } else { &self.open };
        let mut built = client.request(method, request.url);
        for (name, value) in request.headers {
            built = built.header(name, value);
        }
        if let Some(body) = request.body {
            built = built.body(body.to_vec());
        }
        built.send().await.map(Answer).map_err(failed)
    }
}

/// An answer of `reqwest`.
pub struct Answer(pub reqwest::Response);

impl Response for Answer {
    fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.0.headers().get(name)?.to_str().ok().map(str::to_owned)
    }

    async fn text(self) -> Result<String, NetworkError> {
        self.0.text().await.map_err(failed)
    }
}

/// The innermost cause says what happened: with its code, POST is sent again too.
fn failed(error: impl Error + 'static) -> NetworkError {
    let mut cause: &(dyn Error + 'static) = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let code = match kind {
        Some(std::io::ErrorKind::ConnectionRefused) => "ECONNREFUSED",
        Some(std::io::ErrorKind::ConnectionReset) => "ECONNRESET",
        _ => "",
    };
    NetworkError { message: cause.to_string(), code: code.to_owned() }
}
