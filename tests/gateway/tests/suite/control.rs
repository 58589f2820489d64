//! Records, counters, identities, configuration, and connections that are used again.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use gateway::{Gateway, Options};

use crate::client::{KEY, Signing, call, control, last_record, start};

#[test]
fn requests_are_recorded_and_counted() {
    let gateway = start();
    call("POST", "/stage/open/echo?a=%20")
        .header("X-Some", "Value")
        .body(vec![0xff; 1024 * 1024 + 5])
        .send(&gateway);
    let record = last_record(&gateway);
    assert_eq!(record["order"], 1);
    assert_eq!(record["target"], "/stage/open/echo?a=%20");
    assert_eq!(record["headers"][1], json!(["X-Some", "Value"]));
    assert_eq!(record["bodyLength"], 1024 * 1024 + 5);
    assert_eq!(record["bodyBase64"].as_str().map(str::len), Some((1024 * 1024usize).div_ceil(3) * 4));
    assert_eq!(record["verdict"], json!({ "ok": true, "by": "none" }));
    assert_eq!((&record["status"], &record["effectApplied"]), (&json!(200), &json!(true)));
    call("GET", "/stage/open/echo").send(&gateway);
    let since = control(&gateway, "GET", "requests?since=1", &Value::Null);
    assert_eq!(since.as_array().map(Vec::len), Some(1));
    let stats = control(&gateway, "GET", "stats", &Value::Null);
    assert_eq!((&stats["requests"], &stats["byStatus"]), (&json!(2), &json!({ "200": 2 })));

    control(&gateway, "DELETE", "requests", &Value::Null);
    assert_eq!(control(&gateway, "GET", "requests", &Value::Null), json!([]));
    control(&gateway, "POST", "config", &json!({ "record": false }));
    call("GET", "/stage/open/echo").send(&gateway);
    assert_eq!(control(&gateway, "GET", "requests", &Value::Null), json!([]));
    assert_eq!(control(&gateway, "GET", "stats", &Value::Null)["requests"], 3);
}

#[test]
fn only_the_pages_that_are_named_may_steer() {
    let page = "http://127.0.0.1:8081";
    let options = Options { control_origins: vec![page.into()], ..Options::default() };
    let gateway = Gateway::start(&options).expect("loopback");
    let host = gateway.addr().to_string();
    let ask = |headers: &[(&str, &str)]| {
        let call = call("POST", "/__gateway/reset");
        headers.iter().fold(call, |call, (name, value)| call.header(name, value)).send(&gateway)
    };
    let own = ask(&[("host", &host), ("origin", page)]);
    assert_eq!((own.status, own.header("access-control-allow-origin")), (204, Some(page)));
    assert_eq!(ask(&[("host", &host)]).status, 204);
    for foreign in [
        &[("host", &*host), ("origin", "http://evil.example")][..],
        &[("host", &host), ("origin", "null")],
        &[("host", &host), ("origin", "http://127.0.0.1:8082")],
        &[("host", &host), ("sec-fetch-site", "cross-site")],
        &[("host", "evil.example:8080"), ("origin", page)],
        &[("host", "127.0.0.1.evil.example")],
    ] {
        let refused = ask(foreign);
        assert_eq!(
            (refused.status, refused.header("access-control-allow-origin")),
            (403, None),
            "{foreign:?}"
        );
    }
    // The API itself is open to every page, as APIs with CORS are.
    let api = call("GET", "/stage/open/movie_list").header("origin", "http://evil.example").send(&gateway);
    assert_eq!((api.status, api.header("access-control-allow-origin")), (200, Some("*")));
}

#[test]
fn the_newest_ten_thousand_are_kept() {
    let gateway = start();
    let mut stream = TcpStream::connect(gateway.addr()).expect("connect");
    let request = "GET /stage/open/movie/1/x HTTP/1.1\r\nHost: a\r\n\r\n";
    // Pipelined: the gateway must keep up and the record must not mix heads.
    let mut reader = stream.try_clone().expect("clone");
    let writer = std::thread::spawn(move || {
        stream.write_all(request.repeat(10_050).as_bytes()).expect("write");
        stream
    });
    let mut answered = 0;
    let mut chunk = [0; 65_536];
    let mut tail = Vec::new();
    while answered < 10_050 {
        let count = reader.read(&mut chunk).expect("read");
        assert_ne!(count, 0, "closed after {answered}");
        tail.extend_from_slice(&chunk[..count]);
        let marker = b"{\"message\":\"Not Found\"}";
        while let Some(at) = tail.windows(marker.len()).position(|window| window == marker) {
            answered += 1;
            tail.drain(..at + marker.len());
        }
    }
    drop(writer.join().expect("writer"));
    let records = control(&gateway, "GET", "requests", &Value::Null);
    let records = records.as_array().expect("list");
    assert_eq!(records.len(), 10_000);
    assert_eq!(records[0]["order"], 51);
    for record in records {
        assert_eq!(record["headers"].as_array().map(Vec::len), Some(1), "{record}");
    }
}

#[test]
fn identities_come_expire_and_go() {
    let gateway = start();
    let signing = Signing { key: ("ASIANEW", "secret"), token: Some("t+/="), ..Signing::default() };
    let kind = || {
        call("GET", "/stage/echo").send_signed(&gateway, &signing);
        last_record(&gateway)["verdict"]["kind"].clone()
    };
    assert_eq!(kind(), "UnrecognizedClient");
    let identity = json!({ "accessKeyId": "ASIANEW", "secretAccessKey": "secret", "sessionToken": "t+/=", "expiresInMs": 60_000 });
    let answer = control(&gateway, "POST", "identities", &identity);
    assert!(answer["expiresAtMs"].as_i64().is_some_and(|ms| ms > 0));
    assert_eq!(kind(), Value::Null);
    let mut ended = identity.clone();
    ended["expiresInMs"] = json!(-1);
    control(&gateway, "POST", "identities", &ended);
    assert_eq!(kind(), "ExpiredToken");
    let list = control(&gateway, "GET", "identities", &Value::Null).to_string();
    assert!(list.contains("ASIANEW") && !list.contains("secret\""), "{list}");
    control(&gateway, "DELETE", "identities/ASIANEW", &Value::Null);
    assert_eq!(kind(), "UnrecognizedClient");
    control(&gateway, "DELETE", &format!("identities/{}", KEY.0), &Value::Null);
    control(&gateway, "POST", "reset", &Value::Null);
    let answer = call("GET", "/stage/echo").send_signed(&gateway, &Signing::default());
    assert_eq!(answer.status, 200, "reset brings the examples back");
}

#[test]
fn mistakes_are_named() {
    let gateway = start();
    for (method, endpoint, body, text) in [
        ("POST", "config", "{\"clock\":1}", "clock"),
        ("POST", "config", "{", "not JSON"),
        ("POST", "faults", "{\"action\":{\"type\":\"x\"}}", "x"),
        ("POST", "identities", "{}", "accessKeyId"),
        ("GET", "requests?since=x", "", "since"),
        ("GET", "nothing", "", "nothing"),
        ("DELETE", "identities/nobody", "", "nobody"),
    ] {
        let answer = call(method, &format!("/__gateway/{endpoint}")).body(body).send(&gateway);
        assert!((400..=404).contains(&answer.status), "{endpoint}");
        let error = answer.json()["error"].to_string();
        assert!(error.contains(text), "{endpoint}: {error}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
}

#[test]
fn only_loopback_and_connections_are_kept() {
    let gateway = start();
    assert!(gateway.addr().ip().is_loopback() && gateway.addr().is_ipv4());
    let mut stream = TcpStream::connect(gateway.addr()).expect("connect");
    let request = call("GET", "/stage/open/movie/1/x").to_bytes(gateway.addr());
    for _ in 0..3 {
        stream.write_all(&request).expect("write");
        let mut seen = Vec::new();
        while !seen.ends_with(b"{\"message\":\"Not Found\"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("read");
            seen.push(byte[0]);
        }
    }
    let stats = control(&gateway, "GET", "stats", &Value::Null);
    assert_eq!((&stats["connections"], &stats["requests"]), (&json!(2), &json!(3)));
}
