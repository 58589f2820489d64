//! Preflights and the headers that let a page read an answer.

use serde_json::{Value, json};

use crate::client::{Response, call, control, start};

fn preflight(gateway: &gateway::Gateway, target: &str) -> Response {
    call("OPTIONS", target)
        .header("origin", "http://page.example")
        .header("access-control-request-method", "GET")
        .send(gateway)
}

#[test]
fn preflights_allow_what_the_console_does_by_default() {
    let gateway = start();
    for (target, methods) in [
        ("/stage/movie_list", "GET,OPTIONS"),
        ("/stage/key/movie/1999/The%20Matrix", "GET,PUT,DELETE,OPTIONS"),
        ("/stage/both/echo/x", "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"),
    ] {
        let answer = preflight(&gateway, target);
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("access-control-allow-headers"),
            Some("Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token")
        );
        assert_eq!(answer.header("access-control-allow-methods"), Some(methods));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    assert_eq!(control(&gateway, "GET", "stats", &Value::Null)["preflights"], 3);
    let answer = call("GET", "/stage/open/movie_list").send(&gateway);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-expose-headers"), None);
}

#[test]
fn preflights_and_answers_follow_the_configuration() {
    let gateway = start();
    let cors = json!({ "allowHeaders": "Authorization,X-Apigw-Api-Id", "allowOrigin": "http://page.example", "exposeHeaders": "x-amzn-errortype,date" });
    control(&gateway, "POST", "config", &json!({ "cors": cors, "corsOnErrors": false }));
    let answer = preflight(&gateway, "/stage/movie_list");
    assert_eq!(answer.header("access-control-allow-headers"), Some("Authorization,X-Apigw-Api-Id"));
    let answer = call("GET", "/stage/open/movie_list").send(&gateway);
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://page.example"));
    assert_eq!(answer.header("access-control-expose-headers"), Some("x-amzn-errortype,date"));
    let refused = call("GET", "/stage/movie_list").send(&gateway);
    assert_eq!(refused.status, 403);
    assert_eq!(refused.header("access-control-allow-origin"), None);

    control(&gateway, "POST", "config", &json!({ "cors": { "enabled": false } }));
    let answer = preflight(&gateway, "/stage/movie_list");
    assert_eq!(answer.json(), json!({ "message": "Missing Authentication Token" }));
    let answer = call("GET", "/stage/open/movie_list").send(&gateway);
    assert_eq!(answer.header("access-control-allow-origin"), None);
}
