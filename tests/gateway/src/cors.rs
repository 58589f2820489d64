//! Cross-origin answers as the REST console sets them up.

use hyper::header::{HeaderName, HeaderValue};

use crate::config::Cors;
use crate::errors::{Answer, Refusal, plain_answer};
use crate::routes::Route;

/// The answer to `OPTIONS` on a known route; without CORS there is no such method.
pub fn preflight(cors: &Cors, route: &Route) -> Answer {
    if !cors.enabled {
        return Refusal::missing_token().answer();
    }
    let mut answer = plain_answer(200, "");
    let mut methods = route.methods().to_vec();
    methods.push("OPTIONS");
    set(&mut answer, "access-control-allow-methods", &methods.join(","));
    // Who puts a private API behind a page allows the header that names it.
    let private = if route.access.private { ",X-Apigw-Api-Id" } else { "" };
    set(&mut answer, "access-control-allow-headers", &format!("{}{private}", cors.allow_headers));
    decorate(cors, &mut answer);
    answer
}

/// Adds the headers that let a page of another origin read the answer.
pub fn decorate(cors: &Cors, answer: &mut Answer) {
    if cors.enabled {
        set(answer, "access-control-allow-origin", &cors.allow_origin);
        if !cors.expose_headers.is_empty() {
            set(answer, "access-control-expose-headers", &cors.expose_headers);
        }
    }
}

/// Opens a control endpoint's answer to the pages of an origin, `*` for all.
pub fn open(answer: &mut Answer, origin: &str) {
    set(answer, "access-control-allow-origin", origin);
    set(answer, "access-control-allow-methods", "GET,POST,PUT,DELETE,OPTIONS");
    set(answer, "access-control-allow-headers", "*, content-type");
}

/// Sets a header; a configured value that no header can hold is left out.
fn set(answer: &mut Answer, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(HeaderName::from_static(name), value);
    }
}
