//! The client over `reqwest`, against the local gateway, which verifies with a signer that is not ours.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the clock is read, and what fails is a failed test"
)]

use gatesign::Credentials;
use gatesign::client::Options;
use gatesign::client::template::Value;
use gatesign::send::{Client, Delay, Error, Identity, Invoke, Policy, Provider, Response};
use gatesign_reqwest_example::{Answer, Reqwest};
use gateway::auth::identity::SESSION_TOKEN;
use gateway::{Gateway, Options as GatewayOptions};
use serde_json::{Value as Json, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

fn start(clock_offset_ms: i64) -> Gateway {
    Gateway::start(&GatewayOptions { quiet: true, clock_offset_ms, ..GatewayOptions::default() }).unwrap()
}

async fn control(gateway: &Gateway, method: &str, path: &str, body: Option<Json>) -> Json {
    let url = format!("{}/__gateway/{path}", gateway.url());
    let mut request = reqwest::Client::new().request(method.parse().unwrap(), url);
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let text = request.send().await.unwrap().text().await.unwrap();
    serde_json::from_str(&text).unwrap_or(Json::Null)
}

async fn requests(gateway: &Gateway) -> Vec<Json> {
    control(gateway, "GET", "requests", None).await.as_array().unwrap().clone()
}

async fn fault(gateway: &Gateway, rule: Json) {
    control(gateway, "POST", "faults", Some(rule)).await;
}

fn long_lived() -> Identity {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned();
    Identity { credentials: Credentials::new("AKIDEXAMPLE".to_owned(), secret, None), expires: None }
}

fn client<P: Provider>(gateway: &Gateway, policy: Policy, provider: P) -> Client<Reqwest, P> {
    let invoke_url = format!("{}/stage", gateway.url());
    let options = Options { invoke_url: &invoke_url, region: "us-east-1", ..Options::default() };
    Client::new(&options, policy, Reqwest::new().unwrap(), Some(provider)).unwrap()
}

async fn text<P: Provider>(client: &Client<Reqwest, P>, invoke: &Invoke<'_>) -> Result<String, Error> {
    client.send(invoke, async |answer: Answer| answer.text().await.map_err(Error::Network)).await
}

const LIST: Invoke<'_> = Invoke {
    template: "/movie_list",
    absolute: false,
    variables: &[],
    method: "GET",
    headers: &[],
    parameters: &[],
    content_type: "",
    body: None,
    timeout: 0.0,
};

#[tokio::test]
async fn the_gateway_takes_the_signature() {
    let gateway = start(0);
    let client = client(&gateway, Policy::default(), async |_| Ok(long_lived()));
    assert!(text(&client, &LIST).await.unwrap().contains("The Matrix"));
    let variables = [("title", Value::Text("a b/ü")), ("rest", Value::List(vec!["x", "y z"]))];
    let echo = Invoke {
        template: "/echo/{title}{/rest*}",
        variables: &variables,
        method: "post",
        headers: &[("X-Trace", "seven")],
        parameters: &[("b", "2 +"), ("a", "*")],
        content_type: "application/json",
        body: Some(br#"{"a":1}"#),
        ..LIST
    };
    let answer: Json = serde_json::from_str(&text(&client, &echo).await.unwrap()).unwrap();
    assert_eq!(answer["target"], "/stage/echo/a%20b%2F%C3%BC/x/y%20z?a=%2A&b=2%20%2B");
    assert_eq!(answer["bodyBase64"], "eyJhIjoxfQ==");
    let requests = requests(&gateway).await;
    assert!(requests.iter().all(|request| request["verdict"]["ok"] == true), "{requests:?}");
}

#[tokio::test]
async fn a_status_and_an_argument() {
    let gateway = start(0);
    let client = client(&gateway, Policy { retries: 2, ..Policy::default() }, async |_| Ok(long_lived()));
    let missing = text(&client, &Invoke { template: "/movie/1/none", ..LIST }).await;
    assert!(matches!(missing, Err(Error::Status { status: 404, .. })), "{missing:?}");
    assert_eq!(requests(&gateway).await.len(), 1);
    for wrong in [
        Invoke { method: "TRACE", ..LIST },
        Invoke { body: Some(b"x"), ..LIST },
        Invoke { headers: &[("a b", "c")], ..LIST },
        Invoke { template: "/{x}", variables: &[("x", Value::Text(".."))], ..LIST },
    ] {
        assert!(matches!(text(&client, &wrong).await, Err(Error::Argument(_))));
    }
    assert_eq!(requests(&gateway).await.len(), 1);
}

#[tokio::test]
async fn failures_are_sent_again_and_signed_again() {
    let gateway = start(0);
    for action in [json!({ "type": "status", "status": 503 }), json!({ "type": "resetBeforeHeaders" })] {
        fault(&gateway, json!({ "times": 1, "action": action })).await;
    }
    let policy = Policy { retries: 3, delay: Delay::Fixed(1.0), ..Policy::default() };
    let client = client(&gateway, policy, async |_| Ok(long_lived()));
    assert!(text(&client, &LIST).await.is_ok());
    assert_eq!(requests(&gateway).await.len(), 3);

    // A POST may have had its effect.
    fault(&gateway, json!({ "times": 1, "action": { "type": "status", "status": 502 } })).await;
    let post =
        Invoke { template: "/echo", method: "POST", content_type: "text/plain", body: Some(b"x"), ..LIST };
    assert!(matches!(text(&client, &post).await, Err(Error::Status { status: 502, .. })));
    // A throttled one has not.
    fault(&gateway, json!({ "times": 1, "action": { "type": "throttle" } })).await;
    assert!(text(&client, &post).await.is_ok());
    assert!(requests(&gateway).await.iter().all(|request| request["verdict"]["ok"] == true));
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_once_for_all_calls() {
    let gateway = start(-3_600_000);
    let client = client(&gateway, Policy::default(), async |_| Ok(long_lived()));
    assert!(text(&client, &LIST).await.is_ok());
    assert!(text(&client, &LIST).await.is_ok());
    let oks: Vec<bool> =
        requests(&gateway).await.iter().map(|request| request["verdict"]["ok"] == true).collect();
    assert_eq!(oks, [false, true, true]);

    let policy = Policy { correct_clock: false, ..Policy::default() };
    let strict = self::client(&gateway, policy, async |_| Ok(long_lived()));
    assert!(matches!(text(&strict, &LIST).await, Err(Error::Status { status: 403, .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_is_asked_once_by_concurrent_calls() {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    async fn slow(_force_refresh: bool) -> Result<Identity, String> {
        ASKED.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        Ok(long_lived())
    }
    let gateway = start(0);
    let client = std::sync::Arc::new(client(&gateway, Policy::default(), slow));
    // The futures go to other threads.
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = std::sync::Arc::clone(&client);
            tokio::spawn(async move { text(&client, &LIST).await.is_ok() })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap());
    }
    assert_eq!(ASKED.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn expired_credentials_are_renewed() {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    async fn expiring(force_refresh: bool) -> Result<Identity, String> {
        let asked = ASKED.fetch_add(1, Ordering::SeqCst);
        assert_eq!(force_refresh, asked == 1, "the gateway had called the first one's token expired");
        let (id, secret) = if asked == 0 {
            ("ASIAEXAMPLEEXPIRED", "expired/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY")
        } else {
            ("ASIAEXAMPLETEMPORARY", "temporary/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY")
        };
        let credentials = Credentials::new(id.to_owned(), secret.to_owned(), Some(SESSION_TOKEN.to_owned()));
        // The second one ends in four minutes: it is renewed before it is used.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
        Ok(Identity { credentials, expires: (asked == 1).then_some(now + 240_000.0) })
    }
    let gateway = start(0);
    let client = client(&gateway, Policy::default(), expiring);
    for _ in 0..2 {
        assert!(text(&client, &LIST).await.is_ok());
        assert_eq!(ASKED.load(Ordering::SeqCst), 3);
    }
    let kinds: Vec<Json> =
        requests(&gateway).await.iter().map(|request| request["verdict"]["kind"].clone()).collect();
    assert_eq!(kinds, [json!("ExpiredToken"), Json::Null, Json::Null]);
}

#[tokio::test]
async fn what_the_provider_says_is_the_error() {
    let gateway = start(0);
    let none = client(&gateway, Policy::default(), async |_| Err("no session".to_owned()));
    assert_eq!(text(&none, &LIST).await, Err(Error::Credentials("no session".to_owned())));
    let hidden = Credentials::new("A KID".to_owned(), "hidden".to_owned(), None);
    let hidden = std::sync::Mutex::new(Some(Identity { credentials: hidden, expires: None }));
    let wrong =
        client(&gateway, Policy::default(), async |_| hidden.lock().unwrap().take().ok_or_else(String::new));
    let Err(Error::Credentials(said)) = text(&wrong, &LIST).await else { panic!("it cannot sign") };
    assert!(said.starts_with("accessKey ") && !said.contains("KID"), "{said}");
    assert!(requests(&gateway).await.is_empty());
}

#[tokio::test]
async fn a_timeout_covers_the_whole_call() {
    let gateway = start(0);
    let policy = Policy { retries: 9, timeout: 200.0, ..Policy::default() };
    let client = client(&gateway, policy, async |_| Ok(long_lived()));
    fault(&gateway, json!({ "times": 1, "action": { "type": "stall" } })).await;
    assert_eq!(text(&client, &LIST).await, Err(Error::Timeout { ms: 200.0 }));
    // A wait that does not fit ends the call with what was said.
    fault(&gateway, json!({ "times": 1, "action": { "type": "throttle", "retryAfter": 30 } })).await;
    assert!(matches!(text(&client, &LIST).await, Err(Error::Status { status: 429, .. })));
    assert!(text(&client, &LIST).await.is_ok());
}

#[tokio::test]
async fn a_redirect_gets_no_credentials() {
    let (gateway, other) = (start(0), start(0));
    let location = format!("{}/stage/movie_list", other.url());
    fault(&gateway, json!({ "action": { "type": "redirect", "location": location } })).await;
    let client = client(&gateway, Policy { retries: 2, ..Policy::default() }, async |_| Ok(long_lived()));
    assert_eq!(text(&client, &LIST).await, Err(Error::Redirect { status: 302, location }));
    assert!(requests(&other).await.is_empty());
    assert_eq!(requests(&gateway).await.len(), 1);
}

#[tokio::test]
async fn without_a_provider_requests_go_unsigned() {
    let gateway = start(0);
    let invoke_url = format!("{}/stage/open", gateway.url());
    let options = Options { invoke_url: &invoke_url, ..Options::default() };
    let none = None::<fn(bool) -> std::future::Ready<Result<Identity, String>>>;
    let client = Client::new(&options, Policy::default(), Reqwest::new().unwrap(), none).unwrap();
    assert!(text(&client, &LIST).await.is_ok());
    assert_eq!(requests(&gateway).await[0]["verdict"]["by"], "none");
}

#[test]
fn options_that_cannot_work() {
    for (invoke_url, region) in [("", "us-east-1"), ("ftp://x", "us-east-1"), ("https://api.example.com", "")]
    {
        let options = Options { invoke_url, region, ..Options::default() };
        let provider = async |_| Ok(long_lived());
        let made = Client::new(&options, Policy::default(), Reqwest::new().unwrap(), Some(provider));
        assert!(matches!(made, Err(Error::Argument(_))), "{invoke_url}");
    }
}

#[test]
fn the_program() {
    let gateway = start(0);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gatesign-reqwest-example"))
        .arg(format!("{}/stage", gateway.url()))
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        .env_remove("AWS_SESSION_TOKEN")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("The Matrix"));
}
