//! The client over the platform's fetch, in Node and in Chromium, against the local gateway:
//! `node tests/wasm-runner/web.mjs`, which says where the gateway is.
#![cfg(all(target_arch = "wasm32", feature = "web"))]

use gatesign::Credentials;
use gatesign::client::Options;
use gatesign::send::{Delay, Error, Identity, Policy, Provider};
use gatesign::web::{AdditionalParams, Client};
use js_sys::{Promise, Reflect};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// In Node from the environment, in a page from what follows `#`.
fn gateway() -> String {
    let of = |value: &JsValue, name: &str| Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default();
    let global: JsValue = js_sys::global().into();
    let process = of(&global, "process");
    if process.is_object() {
        return of(&of(&process, "env"), "GATEWAY_URL").as_string().expect("GATEWAY_URL names the gateway");
    }
    let hash = of(&of(&global, "location"), "hash").as_string().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

fn long_lived() -> Identity {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned();
    Identity { credentials: Credentials::new("AKIDEXAMPLE".to_owned(), secret, None), expires: None }
}

fn client<P: Provider>(policy: Policy, provider: P) -> Client<P> {
    let invoke_url = format!("{}/stage", gateway());
    let options = Options { invoke_url: &invoke_url, region: "us-east-1", ..Options::default() };
    Client::new(&options, policy, Some(provider)).unwrap()
}

async fn control(method: &str, path: &str, body: &str) -> String {
    let url = format!("{}/__gateway/{path}", gateway());
    let init = web_sys::RequestInit::new();
    init.set_method(method);
    let headers = web_sys::Headers::new().unwrap();
    if !body.is_empty() {
        headers.append("content-type", "application/json").unwrap();
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let request = web_sys::Request::new_with_str_and_init(&url, &init).unwrap();
    let fetch: js_sys::Function =
        Reflect::get(&js_sys::global(), &JsValue::from_str("fetch")).unwrap().into();
    let answer: Promise = fetch.call1(&JsValue::UNDEFINED, &request).unwrap().into();
    let response: web_sys::Response = JsFuture::from(answer).await.unwrap().into();
    JsFuture::from(response.text().unwrap()).await.unwrap().as_string().unwrap()
}

/// Whether the signature of each request since the start was right.
async fn verdicts() -> Vec<bool> {
    #[derive(Deserialize)]
    struct Verdict {
        ok: bool,
        by: Option<String>,
    }
    #[derive(Deserialize)]
    struct Request {
        verdict: Verdict,
    }
    let requests: Vec<Request> =
        serde_wasm_bindgen::from_value(js_sys::JSON::parse(&control("GET", "requests", "").await).unwrap())
            .unwrap();
    let own = requests.into_iter().filter(|request| request.verdict.by.as_deref() != Some("preflight"));
    own.map(|request| request.verdict.ok).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Movies {
    items: Vec<Movie>,
    count: u32,
}

#[derive(Deserialize)]
struct Movie {
    title: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Echo {
    method: String,
    target: String,
    body_length: u32,
}

#[derive(Serialize)]
struct Variables {
    title: &'static str,
    year: u16,
    rest: Vec<Option<&'static str>>,
    missing: Option<u8>,
}

#[wasm_bindgen_test]
async fn values_go_through_serde() {
    control("POST", "reset", "").await;
    let client = client(Policy::default(), async |_| Ok(long_lived()));
    let none = AdditionalParams::default();
    let list = client.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>).await.unwrap();
    assert_eq!((list.status, list.data.items.len()), (200, list.data.count as usize));
    assert!(list.data.items.iter().any(|movie| movie.title.contains("Matrix")));
    assert!(list.headers.iter().any(|(name, value)| name == "content-type" && value.contains("json")));

    let variables =
        Variables { title: "a b/ü", year: 1999, rest: vec![Some("x"), None, Some("y")], missing: None };
    let additional = AdditionalParams {
        headers: &[("Accept", "text/plain")],
        query_params: &[("b", "2 +"), ("a", "*")],
        ..AdditionalParams::default()
    };
    let template = "/echo/{title}/{year}{/rest*}{?missing}";
    let body = [1, 2, 3];
    let echo = client.invoke_api::<Echo>(&variables, template, "post", &additional, Some(&body)).await;
    let Echo { method, target, body_length } = echo.unwrap().data;
    assert_eq!(method, "POST");
    assert_eq!(target, "/stage/echo/a%20b%2F%C3%BC/1999/x/y?a=%2A&b=2%20%2B");
    assert_eq!(body_length, "[1,2,3]".len() as u32);
    assert_eq!(verdicts().await, [true, true]);
}

#[wasm_bindgen_test]
async fn a_signed_fetch() {
    control("POST", "reset", "").await;
    let client = client(Policy::default(), async |_| Ok(long_lived()));
    let response =
        client.fetch("/stage/echo?x=1", "PUT", &[("content-type", "text/plain")], Some(b"text")).await;
    let text = JsFuture::from(response.unwrap().text().unwrap()).await.unwrap().as_string().unwrap();
    assert!(text.contains("\"/stage/echo?x=1\""), "{text}");
    assert_eq!(verdicts().await, [true]);
    for elsewhere in ["https://example.com/", "//example.com/", "data:,x"] {
        let refused = client.fetch(elsewhere, "GET", &[], None).await;
        let Err(Error::Argument(error)) = refused else { panic!("{elsewhere}") };
        assert_eq!(error.argument(), "url");
    }
    assert_eq!(verdicts().await, [true]);
}

#[wasm_bindgen_test]
async fn arguments_that_cannot_work() {
    control("POST", "reset", "").await;
    let client = client(Policy::default(), async |_| Ok(long_lived()));
    let none = AdditionalParams::default();
    for (variables, template, method, body) in
        [("", "/x", "TRACE", None), ("", "/x", "GET", Some(1)), ("x", "/x", "GET", None)]
    {
        let made = if variables.is_empty() {
            client.invoke_api::<String>(&(), template, method, &none, body.as_ref()).await
        } else {
            client.invoke_api::<String>(&variables, template, method, &none, body.as_ref()).await
        };
        assert!(matches!(made, Err(Error::Argument(_))), "{variables} {method}");
    }
    assert!(verdicts().await.is_empty());
}

#[wasm_bindgen_test]
async fn retries_and_what_does_not_help() {
    control("POST", "reset", "").await;
    control("POST", "faults", r#"{"times":2,"action":{"type":"status","status":503}}"#).await;
    let policy = Policy { retries: 3, delay: Delay::Fixed(1.0), ..Policy::default() };
    let client = client(policy, async |_| Ok(long_lived()));
    let none = AdditionalParams::default();
    assert!(client.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>).await.is_ok());
    assert_eq!(verdicts().await, [true, true, true]);
    let missing = client.invoke_api::<Movies>(&(), "/movie/1/none", "GET", &none, None::<&()>).await;
    assert!(matches!(missing, Err(Error::Status { status: 404, .. })));
    // A text where a struct was wanted.
    let text = client.invoke_api::<Movies>(&(), "/echo", "GET", &none, None::<&()>).await;
    assert!(matches!(text, Err(Error::Data(_))));
    assert_eq!(verdicts().await.len(), 5);
}

#[wasm_bindgen_test]
async fn a_clock_that_is_wrong() {
    control("POST", "reset", "").await;
    let policy = Policy { clock_offset: -3_600_000.0, ..Policy::default() };
    let client = client(policy, async |_| Ok(long_lived()));
    let none = AdditionalParams::default();
    for _ in 0..2 {
        assert!(client.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>).await.is_ok());
    }
    assert_eq!(verdicts().await, [false, true, true]);
}

#[wasm_bindgen_test]
async fn credentials_are_an_async_function() {
    control("POST", "reset", "").await;
    let asked = Cell::new(0);
    let provider = async |_force_refresh: bool| {
        asked.set(asked.get() + 1);
        // Others come meanwhile.
        JsFuture::from(Promise::resolve(&JsValue::NULL)).await.map_err(|_| String::new())?;
        Ok(long_lived())
    };
    let client = client(Policy::default(), provider);
    let none = AdditionalParams::default();
    let call = || client.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>);
    let (first, second) = (core::pin::pin!(call()), core::pin::pin!(call()));
    let (mut first, mut second, mut done) = (first, second, [false, false]);
    core::future::poll_fn(|context| {
        done[0] = done[0] || first.as_mut().poll(context).is_ready();
        done[1] = done[1] || second.as_mut().poll(context).is_ready();
        if done == [true, true] { core::task::Poll::Ready(()) } else { core::task::Poll::Pending }
    })
    .await;
    assert_eq!(asked.get(), 1);
    let failing = self::client(Policy::default(), async |_| Err("no session".to_owned()));
    let said = failing.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>).await;
    assert!(matches!(said, Err(Error::Credentials(text)) if text == "no session"));
    assert_eq!(verdicts().await, [true, true]);
}

#[wasm_bindgen_test]
async fn timeouts_and_networks() {
    control("POST", "reset", "").await;
    control("POST", "faults", r#"{"times":1,"action":{"type":"stall"}}"#).await;
    let client = client(Policy { retries: 9, ..Policy::default() }, async |_| Ok(long_lived()));
    let soon = AdditionalParams { timeout: 100.0, ..AdditionalParams::default() };
    let late = client.invoke_api::<Movies>(&(), "/movie_list", "GET", &soon, None::<&()>).await;
    assert!(matches!(late, Err(Error::Timeout { ms: 100.0 })));

    let options = Options { invoke_url: "http://127.0.0.1:1/x", region: "us-east-1", ..Options::default() };
    let nobody = Client::new(&options, Policy::default(), Some(async |_| Ok(long_lived()))).unwrap();
    let none = AdditionalParams::default();
    let gone = nobody.invoke_api::<Movies>(&(), "/", "GET", &none, None::<&()>).await;
    assert!(matches!(gone, Err(Error::Network(_))));
}

#[wasm_bindgen_test]
async fn a_redirect_is_not_followed() {
    control("POST", "reset", "").await;
    let rule = r#"{"times":1,"action":{"type":"redirect","location":"/stage/movie_list"}}"#;
    control("POST", "faults", rule).await;
    let client = client(Policy::default(), async |_| Ok(long_lived()));
    let none = AdditionalParams::default();
    let refused = client.invoke_api::<Movies>(&(), "/movie_list", "GET", &none, None::<&()>).await;
    assert!(matches!(refused, Err(Error::Redirect { .. })));
    assert_eq!(verdicts().await.len(), 1);
}
