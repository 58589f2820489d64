//! The life of one request: read, route, check, do, record, answer.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::header::{DATE, HeaderValue};
use serde_json::{Value, json};

use crate::arrived::Arrived;
use crate::auth::claim::Location;
use crate::auth::identity::API_KEY;
use crate::auth::timestamp::{now_ms, system_time};
use crate::auth::verify::{Rules, Verified, constant_time_eq, verify};
use crate::config::Config;
use crate::connection::Link;
use crate::control;
use crate::cors;
use crate::delivery::{Delivery, Takeover};
use crate::errors::{Answer, Refusal, json_answer, plain_answer};
use crate::faults::Fault;
use crate::record::Record;
use crate::resources;
use crate::routes::{self, PRIVATE_API_ID, Route};
use crate::state::State;

/// A body longer than this is not even read to its end.
const MOST_READ: usize = 64 * 1024 * 1024;

/// Serves one request of a connection.
pub async fn serve(request: Request<Incoming>, state: Arc<State>, link: Link) -> Result<Answer, Infallible> {
    let at_ms = now_ms();
    let head = link.head.take();
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MOST_READ).collect().await else {
        // The client went away in the middle, or sends without end.
        let mut answer = Refusal::too_large().answer();
        answer.headers_mut().insert("connection", HeaderValue::from_static("close"));
        return Ok(answer);
    };
    let arrived = Arrived::new(&parts, &head, body.to_bytes());
    let delivery = if let Some(endpoint) = arrived.path().strip_prefix(control::PREFIX) {
        Delivery::Answer(control::answer(&state, endpoint, &arrived))
    } else {
        exchange(&state, &arrived, at_ms).await
    };
    link.head.listen();
    Ok(deliver(delivery, &link).await)
}

async fn deliver(delivery: Delivery, link: &Link) -> Answer {
    let takeover = match delivery {
        Delivery::Answer(answer) => return answer,
        Delivery::Later(answer, delay) => {
            tokio::time::sleep(delay).await;
            return answer;
        }
        Delivery::Never => return std::future::pending().await,
        Delivery::Raw(script) => Takeover::Raw(script),
        Delivery::Events(events) => Takeover::Raw(events.script()),
        Delivery::Socket(handshake) => Takeover::Socket(handshake),
    };
    // The connection's task drops this future as soon as it has the message.
    let _ = link.takeover.send(takeover).await;
    std::future::pending().await
}

/// What the checks said of a request.
enum Decision {
    Preflight(Route),
    Granted(Route, Option<Verified>),
    Refused(Refusal),
}

async fn exchange(state: &State, request: &Arrived, at_ms: i64) -> Delivery {
    let config = state.config();
    let order = state.stats.next_order();
    let fault = state.faults.pick(request);
    let offset = fault.as_ref().map_or(0, |fault| fault.action.clock_offset_ms());
    let clock_ms = state.clock_ms().saturating_add(offset);
    let decision = decide(state, &config, request, clock_ms);
    let (name, verdict) = verdict(&decision, config.record);
    if matches!(decision, Decision::Preflight(_)) {
        state.stats.count_preflight();
    }

    let acts = fault.as_ref().is_none_or(|fault| fault.after_effect);
    let done = act(state, &config, request, decision, acts).await;
    if done.effect {
        state.stats.count_effect(request.header("x-effect-id"));
    }
    let delivery = spoil(&config, request, done.delivery, fault.as_ref(), clock_ms).await;

    let fault_name = fault.as_ref().map(|fault| fault.action.name());
    let status = status_of(&delivery);
    state.stats.count(name, fault_name, status);
    if config.record {
        let mut record = Record::new(order, at_ms, request, verdict);
        record.fault = fault_name;
        record.status = status;
        record.effect_applied = done.effect;
        state.records.push(record);
    }
    delivery
}

/// The checks, in API Gateway's order: API, resource, body size, signature, policy, API key.
fn decide(state: &State, config: &Config, request: &Arrived, clock_ms: i64) -> Decision {
    if config.require_api_id.as_ref().is_some_and(|id| !names_api(id, request)) {
        return Decision::Refused(Refusal::forbidden());
    }
    let Some(route) = routes::find(request.path()) else {
        return Decision::Refused(Refusal::unknown_route());
    };
    if request.method == "OPTIONS" {
        return Decision::Preflight(route);
    }
    if route.access.private && !names_api(PRIVATE_API_ID, request) {
        return Decision::Refused(Refusal::forbidden());
    }
    if !route.allows(&request.method) {
        return Decision::Refused(Refusal::unknown_route());
    }
    if request.body.len() > config.max_body_bytes {
        return Decision::Refused(Refusal::too_large());
    }
    let mut verified = None;
    if route.access.iam {
        let rules = Rules {
            region: &state.region,
            service: &state.service,
            now_ms: clock_ms,
            identities: &state.identities,
            allow_unsigned_payload: route.access.unsigned_payload,
        };
        match verify(request, &rules) {
            Ok(signer) if !signer.identity.allowed => {
                return Decision::Refused(resources::denial(state, request, &route, &signer));
            }
            Ok(signer) => verified = Some(signer),
            Err(refusal) => return Decision::Refused(refusal),
        }
    }
    let has_key = request.header("x-api-key").is_some_and(|key| constant_time_eq(API_KEY, key));
    if route.access.api_key && !has_key {
        return Decision::Refused(Refusal::forbidden());
    }
    Decision::Granted(route, verified)
}

/// Whether a private API is named by `x-apigw-api-id` or by the first label of `Host`.
fn names_api(id: &str, request: &Arrived) -> bool {
    let host = request.header("host").unwrap_or_default();
    let label = host.split('.').next().unwrap_or_default();
    let by_host = host.contains(".execute-api.")
        && (label == id || label.strip_prefix(id).is_some_and(|rest| rest.starts_with("-vpce-")));
    by_host || request.header("x-apigw-api-id") == Some(id)
}

/// The verdict's name for the counters and, if asked, its JSON for the record.
fn verdict(decision: &Decision, wanted: bool) -> (&'static str, Value) {
    let (name, json) = match decision {
        Decision::Preflight(_) => ("preflight", json!({ "ok": true, "by": "preflight" })),
        Decision::Granted(route, None) => {
            let by = if route.access.api_key { "apiKey" } else { "none" };
            (by, json!({ "ok": true, "by": by }))
        }
        Decision::Granted(route, Some(signer)) => {
            let by = match signer.location {
                Location::Header => "header",
                Location::Query => "query",
            };
            let json = json!({
                "ok": true,
                "by": by,
                "accessKeyId": signer.identity.access_key_id,
                "sessionTokenSigned": signer.session_token_signed,
                "apiKey": route.access.api_key,
            });
            (by, json)
        }
        Decision::Refused(refusal) => {
            let json = json!({
                "ok": false,
                "kind": refusal.kind,
                "errorType": refusal.error_type,
                "message": refusal.message,
            });
            (refusal.kind, json)
        }
    };
    (name, if wanted { json } else { Value::Null })
}

/// What came of a decision.
struct Done {
    delivery: Delivery,
    effect: bool,
}

/// Does what was asked, if it was granted. With `acts` false a request that would change something
/// changes nothing, and a stand-in is answered.
async fn act(state: &State, config: &Config, request: &Arrived, decision: Decision, acts: bool) -> Done {
    let clock_ms = state.clock_ms();
    let (delivery, effect) = match decision {
        Decision::Preflight(route) => {
            let answer = cors::preflight(&config.cors, &route);
            (Delivery::Answer(finish(answer, clock_ms)), false)
        }
        Decision::Refused(refusal) => {
            let mut answer = refusal.answer();
            if config.cors_on_errors {
                cors::decorate(&config.cors, &mut answer);
            }
            (Delivery::Answer(finish(answer, clock_ms)), false)
        }
        Decision::Granted(route, signer) => {
            let safe = matches!(request.method.as_str(), "GET" | "HEAD");
            let delivery = if safe || acts {
                resources::respond(state, request, &route, signer.as_ref()).await
            } else {
                Delivery::Answer(json_answer(200, &json!({ "message": "OK" })))
            };
            match delivery {
                Delivery::Answer(mut answer) => {
                    let effect = !safe && acts && answer.status().is_success();
                    cors::decorate(&config.cors, &mut answer);
                    (Delivery::Answer(finish(answer, clock_ms)), effect)
                }
                Delivery::Events(mut events) => {
                    cors::decorate(&config.cors, &mut events.answer);
                    events.answer = finish(events.answer, clock_ms);
                    (Delivery::Events(events), false)
                }
                other => (other, false),
            }
        }
    };
    Done { delivery, effect }
}

/// Puts the fault in, if there is one.
async fn spoil(
    config: &Config,
    request: &Arrived,
    delivery: Delivery,
    fault: Option<&Fault>,
    clock_ms: i64,
) -> Delivery {
    let Some(fault) = fault else {
        return delivery;
    };
    let answer = match (fault.action.replacement(), delivery) {
        (Some(mut replacement), _) => {
            if config.cors_on_errors {
                cors::decorate(&config.cors, &mut replacement);
            }
            finish(replacement, clock_ms)
        }
        (None, Delivery::Answer(answer)) => answer,
        // A WebSocket has no answer to spoil, so an empty one stands in for the raw faults.
        (None, other) if fault.action.answers_whole() => return other,
        (None, _) => finish(plain_answer(200, Bytes::new()), clock_ms),
    };
    let bodyless = request.method == "HEAD";
    fault.action.deliver(answer, bodyless).await
}

/// Adds the headers that every answer of API Gateway has.
fn finish(mut answer: Answer, clock_ms: i64) -> Answer {
    let headers = answer.headers_mut();
    let date = httpdate::fmt_http_date(system_time(clock_ms));
    for (name, value) in [
        ("x-amzn-requestid", crate::ids::request_id()),
        ("x-amz-apigw-id", crate::ids::extended_id()),
        (DATE.as_str(), date),
    ] {
        if let (Ok(name), Ok(value)) =
            (hyper::header::HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            headers.insert(name, value);
        }
    }
    answer
}

fn status_of(delivery: &Delivery) -> Option<u16> {
    match delivery {
        Delivery::Answer(answer) | Delivery::Later(answer, _) => Some(answer.status().as_u16()),
        Delivery::Events(events) => Some(events.answer.status().as_u16()),
        Delivery::Socket(_) => Some(101),
        Delivery::Never | Delivery::Raw(_) => None,
    }
}
