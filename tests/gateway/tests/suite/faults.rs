//! Each fault, seen by a client that reads the bytes.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Call, Raw, Response, Signing, call, control, last_record, start};

const PATIENCE: Duration = Duration::from_secs(60);

fn get() -> Call {
    call("GET", "/stage/open/movie_list")
}

/// The answer to one GET under one fault, and the record of it.
fn under(action: Value) -> (Raw, Value) {
    let gateway = start();
    let name = action["type"].clone();
    control(&gateway, "POST", "faults", &json!({ "times": 1, "action": action }));
    // The end of the connection is the fault's doing, or asked for.
    let raw = get().header("connection", "close").send_raw(&gateway, PATIENCE);
    let record = last_record(&gateway);
    assert_eq!(record["fault"], name);
    assert_eq!(get().send(&gateway).status, 200, "{name}: only once");
    (raw, record)
}

fn declared_length(raw: &Raw) -> usize {
    let response = Response::parse(&raw.bytes);
    response.header("content-length").expect("length").parse().expect("number")
}

#[test]
fn connections_end_where_told() {
    for (action, end, starts, body) in [
        (json!({ "type": "resetBeforeHeaders" }), Some(ErrorKind::ConnectionReset), "", false),
        (json!({ "type": "closeBeforeHeaders" }), None, "", false),
        (
            json!({ "type": "resetInHeaders" }),
            Some(ErrorKind::ConnectionReset),
            "HTTP/1.1 200 OK\r\ncon",
            false,
        ),
        (
            json!({ "type": "resetAfterHeaders" }),
            Some(ErrorKind::ConnectionReset),
            "HTTP/1.1 200 OK\r\n",
            true,
        ),
        (json!({ "type": "garbage" }), None, "\u{16}\u{3}\u{1} this is not HTTP", false),
    ] {
        let (raw, record) = under(action.clone());
        assert_eq!(raw.end, end, "{action}");
        assert!(raw.text().starts_with(starts), "{action}: {}", raw.text());
        assert_eq!(raw.text().ends_with("\r\n\r\n") && raw.text().starts_with("HTTP"), body, "{action}");
        assert_eq!(record["status"], Value::Null, "{action}");
        if starts.is_empty() {
            assert_eq!(raw.bytes, b"", "{action}");
        }
    }
}

#[test]
fn bodies_are_cut_or_wrong() {
    let (raw, _) = under(json!({ "type": "truncateBody" }));
    assert_eq!(raw.end, None);
    assert_eq!(declared_length(&raw) / 2, Response::parse(&raw.bytes).body.len());

    let (raw, _) = under(json!({ "type": "truncateBody", "bytes": 3, "reset": true }));
    assert_eq!(raw.end, Some(ErrorKind::ConnectionReset));
    assert_eq!(Response::parse(&raw.bytes).body.len(), 3);

    let (raw, _) = under(json!({ "type": "wrongLength", "bytes": 7 }));
    assert_eq!(declared_length(&raw) + 7, Response::parse(&raw.bytes).body.len());

    let (raw, _) = under(json!({ "type": "chunkedAbort" }));
    let response = Response::parse(&raw.bytes);
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
    assert!(response.body.len() > 100);
    assert!(!raw.bytes.ends_with(b"0\r\n\r\n"));
    assert_eq!(raw.end, None);

    let (raw, _) = under(json!({ "type": "badJson" }));
    let response = Response::parse(&raw.bytes);
    assert_eq!(declared_length(&raw), response.body.len());
    assert!(serde_json::from_slice::<Value>(&response.body).is_err());
    assert_eq!(response.header("content-type"), Some("application/json"));

    let (raw, _) = under(json!({ "type": "hugeHeaders", "kilobytes": 100 }));
    let response = Response::parse(&raw.bytes);
    assert!(raw.bytes.len() - response.body.len() > 100 * 1024);
    assert_eq!(response.json()["Count"], 21);
}

#[test]
fn faults_give_answers_of_their_own() {
    let (raw, record) = under(json!({ "type": "status", "status": 504 }));
    let response = Response::parse(&raw.bytes);
    assert_eq!(response.status, 504);
    assert_eq!(response.json(), json!({ "message": "Endpoint request timed out" }));
    assert_eq!(record["status"], 504);

    let own = json!({ "type": "status", "status": 418, "headers": { "x-a": "b" }, "body": { "a": 1 } });
    let (raw, _) = under(own);
    let response = Response::parse(&raw.bytes);
    assert_eq!((response.status, response.header("x-a")), (418, Some("b")));
    assert_eq!(response.json(), json!({ "a": 1 }));

    let (raw, _) = under(json!({ "type": "throttle", "retryAfter": 3 }));
    let response = Response::parse(&raw.bytes);
    assert_eq!((response.status, response.header("retry-after")), (429, Some("3")));
    assert_eq!(response.header("x-amzn-errortype"), Some("TooManyRequestsException"));
    assert_eq!(response.json(), json!({ "message": "Too Many Requests" }));

    let (raw, _) = under(json!({ "type": "throttle", "quota": true }));
    let response = Response::parse(&raw.bytes);
    assert_eq!(response.header("retry-after"), None);
    assert_eq!(response.json(), json!({ "message": "Limit Exceeded" }));

    let (raw, _) = under(json!({ "type": "redirect", "location": "http://127.0.0.1:1/x" }));
    let response = Response::parse(&raw.bytes);
    assert_eq!((response.status, response.header("location")), (302, Some("http://127.0.0.1:1/x")));
}

#[test]
fn delays_last_as_long_as_told() {
    let started = Instant::now();
    let (raw, _) = under(json!({ "type": "stall", "delayMs": 300 }));
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert_eq!(Response::parse(&raw.bytes).json()["Count"], 21);

    let started = Instant::now();
    let (raw, _) = under(json!({ "type": "drip", "bytes": 400, "intervalMs": 5 }));
    assert!(started.elapsed() >= Duration::from_millis(50));
    assert_eq!(Response::parse(&raw.bytes).json()["Count"], 21);

    let gateway = start();
    control(&gateway, "POST", "faults", &json!({ "action": { "type": "stall" } }));
    let raw = get().send_raw(&gateway, Duration::from_millis(400));
    assert_eq!(raw.bytes, b"");
    assert!(matches!(raw.end, Some(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{:?}", raw.end);
    // The client has gone; its stalled exchange must not live on.
    // Each question is a connection too, and the one before may still be open.
    let ask = || control(&gateway, "GET", "stats", &Value::Null)["openConnections"].clone();
    let mut open = ask();
    for _ in 0..3_000 {
        if open == 1 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        open = ask();
    }
    assert_eq!(open, 1);
}

#[test]
fn a_fault_shifts_the_clock_of_one_request() {
    let gateway = start();
    let rule = json!({ "times": 1, "action": { "type": "clockOffsetMs", "ms": -3_600_000 } });
    control(&gateway, "POST", "faults", &rule);
    let send = || call("GET", "/stage/echo").send_signed(&gateway, &Signing::default());
    let answer = send();
    let text = answer.json()["message"].to_string();
    assert!(text.contains("Signature not yet current"), "{text}");
    assert_eq!(send().status, 200);
}

#[test]
fn effects_happen_before_or_after_the_fault() {
    let gateway = start();
    let put = |id: &str| {
        call("PUT", "/stage/open/movie/2024/New")
            .header("x-effect-id", id)
            .body(r#"{"rating":1}"#)
            .send_raw(&gateway, PATIENCE)
    };
    let there = || call("GET", "/stage/open/movie/2024/New").send(&gateway).status == 200;
    let rule =
        json!({ "match": { "method": "PUT" }, "times": 1, "action": { "type": "resetBeforeHeaders" } });
    control(&gateway, "POST", "faults", &rule);
    put("one");
    assert!(!there());
    let mut rule = rule;
    rule["afterEffect"] = json!(true);
    control(&gateway, "POST", "faults", &rule);
    put("two");
    assert!(there());
    let close = call("PUT", "/stage/open/movie/2024/New").header("x-effect-id", "two").body("{}");
    assert_eq!(close.send(&gateway).status, 200);
    let stats = control(&gateway, "GET", "stats", &Value::Null);
    assert_eq!(stats["effects"], json!({ "two": 2 }));
    assert_eq!(stats["effectsTotal"], 2);
    assert_eq!(stats["byFault"], json!({ "resetBeforeHeaders": 2 }));
    let rules = control(&gateway, "GET", "faults", &Value::Null);
    assert_eq!(rules[1], json!({ "id": 2, "action": "resetBeforeHeaders", "hits": 1, "timesLeft": 0 }));
}

#[test]
fn the_signature_is_judged_under_every_fault() {
    let gateway = start();
    control(&gateway, "POST", "faults", &json!({ "action": { "type": "status", "status": 500 } }));
    let good = call("POST", "/stage/echo").body("x").send_signed(&gateway, &Signing::default());
    assert_eq!(good.status, 500);
    assert_eq!(last_record(&gateway)["verdict"]["ok"], true);
    call("POST", "/stage/echo").body("x").send(&gateway);
    assert_eq!(last_record(&gateway)["verdict"]["kind"], "MissingAuthenticationToken");
}
