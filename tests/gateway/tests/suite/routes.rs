//! What the resources answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::client::{Signing, call, start};

#[test]
fn movies_are_listed_put_read_and_deleted() {
    let gateway = start();
    let signing = Signing::default();
    let send = |method: &str, path: &str, body: &str| {
        call(method, &format!("/stage/{path}")).body(body).send_signed(&gateway, &signing)
    };
    let list = send("GET", "movie_list", "").json();
    assert_eq!((&list["Count"], &list["ScannedCount"]), (&json!(21), &json!(21)));
    let typed = send("GET", "movie_list?format=dynamodb", "").json();
    assert_eq!(typed["Items"][16]["year"], json!({ "N": "1999" }));
    assert_eq!(typed["Items"][16]["title"], json!({ "S": "The Matrix" }));

    let events = send("GET", "movie_list?format=events", "");
    assert_eq!(events.header("content-type"), Some("text/event-stream"));
    let text = String::from_utf8(events.body).expect("text");
    assert!(text.starts_with("id: 1\nevent: movie\ndata: {"));
    assert_eq!(text.matches("\n\n").count(), 21);

    let matrix = "movie/1999/The%20Matrix";
    assert_eq!(send("GET", matrix, "").json()["Item"]["info"]["rating"], 8.7);
    assert_eq!(send("PUT", matrix, r#"{"info":{"rating":10}}"#).status, 200);
    assert_eq!(send("GET", matrix, "").json()["Item"]["info"], json!({ "rating": 10 }));
    let deleted = send("DELETE", matrix, "").json();
    assert_eq!(deleted["Attributes"]["title"], "The Matrix");
    assert_eq!(send("DELETE", matrix, "").json(), json!({}));
    let gone = send("GET", matrix, "");
    assert_eq!((gone.status, gone.json()), (404, json!({ "message": "Not Found" })));

    let posted = send("POST", "movie", r#"{"year":2026,"title":"Ä / Ö","info":null}"#);
    assert_eq!(posted.status, 201);
    assert_eq!(send("GET", "movie/2026/%C3%84%20%2F%20%C3%96", "").status, 200);
    let bad = send("POST", "movie", "{");
    assert_eq!((bad.status, bad.json()), (400, json!({ "message": "Invalid request body" })));
}

#[test]
fn movies_come_as_events() {
    let gateway = start();
    let begun = std::time::Instant::now();
    let answer = call("GET", "/stage/events")
        .header("origin", "http://page.example")
        .signed(&gateway.addr().to_string(), &Signing::default());
    let answer = answer.send(&gateway);
    // As a stream: 21 events, each some time after the one before.
    assert!(begun.elapsed() > std::time::Duration::from_millis(21 * 100));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(text.matches("event: movie\ndata: ").count(), 21);
    assert!(text.contains("The Matrix"), "{text}");
    assert!(text.ends_with("\r\n0\r\n\r\n"));
    assert_eq!(call("GET", "/stage/events").send(&gateway).status, 403);
    let records = crate::client::control(&gateway, "GET", "requests", &json!(null));
    assert_eq!(records[0]["status"], 200);
}

#[test]
fn echo_tells_what_arrived() {
    let gateway = start();
    let body: Vec<u8> = (0..=255).collect();
    let answer = call("PATCH", "/stage/open/echo//a/../b%2Fc?x=%20&&y")
        .header("X-MiXed", "1")
        .header("x-mixed", "2")
        .body(body.clone())
        .send(&gateway)
        .json();
    assert_eq!(answer["method"], "PATCH");
    assert_eq!(answer["target"], "/stage/open/echo//a/../b%2Fc?x=%20&&y");
    assert_eq!(answer["headers"][1], json!(["X-MiXed", "1"]));
    assert_eq!(answer["headers"][2], json!(["x-mixed", "2"]));
    assert_eq!(answer["bodyBase64"], STANDARD.encode(body));
    assert_eq!(answer["accessKeyId"], json!(null));
}
