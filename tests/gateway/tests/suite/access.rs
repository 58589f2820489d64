//! Refusals that have nothing to do with a signature: API keys, private APIs, unknown routes, size.

use gateway::auth::identity::API_KEY;
use serde_json::{Value, json};

use crate::client::{Signing, call, control, last_record, start};
use crate::refusals::assert_refused;

#[test]
fn a_route_with_a_key_takes_only_the_right_one() {
    let gateway = start();
    for (prefix, key, signed, status) in [
        ("/stage/key", Some(API_KEY), false, 200),
        ("/stage/key", Some("wrong"), false, 403),
        ("/stage/key", None, false, 403),
        ("/stage/both", Some(API_KEY), true, 200),
        ("/stage/both", None, true, 403),
        ("/stage/both", Some(API_KEY), false, 403),
        ("/stage/open", None, false, 200),
    ] {
        let mut request = call("GET", &format!("{prefix}/movie_list"));
        if let Some(key) = key {
            request = request.header("x-api-key", key);
        }
        if signed {
            request = request.signed(&gateway.addr().to_string(), &Signing::default());
        }
        let answer = request.send(&gateway);
        assert_eq!(answer.status, status, "{prefix} {key:?} {signed}");
        if status == 403 && (signed || prefix == "/stage/key") {
            assert_refused(prefix, &answer, "ForbiddenException", "Forbidden");
        }
    }
}

#[test]
fn a_private_api_takes_its_id_in_a_header_or_the_host() {
    let gateway = start();
    control(&gateway, "POST", "config", &json!({ "requireApiId": "abc123" }));
    let open = || call("GET", "/stage/open/echo");
    for (name, call, status) in [
        ("none", open(), 403),
        ("header", open().header("x-apigw-api-id", "abc123"), 200),
        ("wrong header", open().header("x-apigw-api-id", "abc124"), 403),
        ("host", open().header("host", "abc123.execute-api.us-east-1.amazonaws.com"), 200),
        ("alias", open().header("host", "abc123-vpce-01.execute-api.us-east-1.amazonaws.com"), 200),
        ("other host", open().header("host", "abc1234.execute-api.us-east-1.amazonaws.com"), 403),
        ("not execute-api", open().header("host", "abc123.example.com"), 403),
    ] {
        let answer = call.send(&gateway);
        assert_eq!(answer.status, status, "{name}");
        if status == 403 {
            assert_refused(name, &answer, "ForbiddenException", "Forbidden");
        }
    }
}

#[test]
fn a_private_route_takes_the_id_of_its_api() {
    let gateway = start();
    for (id, status) in [(None, 403), (Some("another"), 403), (Some("a1b2c3d4e5"), 200)] {
        let mut request = call("GET", "/stage/private/movie_list");
        if let Some(id) = id {
            request = request.header("x-apigw-api-id", id);
        }
        let answer = request.send_signed(&gateway, &Signing::default());
        assert_eq!(answer.status, status, "{id:?}");
        if status == 403 {
            assert_refused("private", &answer, "ForbiddenException", "Forbidden");
        }
    }
    // It names no API: a browser's question comes without the header.
    assert_eq!(call("OPTIONS", "/stage/private/movie_list").send(&gateway).status, 200);
}

#[test]
fn unknown_routes_answer_like_a_missing_token() {
    let gateway = start();
    for (method, target) in [
        ("GET", "/"),
        ("GET", "/stage"),
        ("GET", "/other/movie_list"),
        ("GET", "/stage//movie_list"),
        ("POST", "/stage/open/movie_list"),
        ("OPTIONS", "/stage/nothing"),
    ] {
        let answer = call(method, target).send(&gateway);
        assert_refused(
            target,
            &answer,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        );
        assert_eq!(last_record(&gateway)["verdict"]["kind"], "UnknownRoute", "{target}");
    }
}

#[test]
fn a_body_above_the_limit_is_refused() {
    let gateway = start();
    control(&gateway, "POST", "config", &json!({ "maxBodyBytes": 10 }));
    let send = |size: usize| call("POST", "/stage/open/echo").body(vec![b'x'; size]).send(&gateway);
    assert_eq!(send(10).status, 200);
    let answer = send(11);
    assert_eq!(answer.status, 413);
    assert_eq!(answer.json(), json!({ "message": "Request Too Long" }));
    assert_eq!(control(&gateway, "GET", "stats", &Value::Null)["byStatus"], json!({ "200": 1, "413": 1 }));
}
