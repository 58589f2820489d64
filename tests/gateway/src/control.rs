//! The endpoints under `/__gateway/` by which a test steers the gateway. Not signed, not recorded, open to
//! every origin unless the gateway was started for certain ones.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::arrived::Arrived;
use crate::auth::canonical::query_pairs;
use crate::auth::identity::Identity;
use crate::auth::timestamp::now_ms;
use crate::cors;
use crate::errors::{Answer, json_answer, plain_answer};
use crate::state::State;

/// What every control path starts with.
pub const PREFIX: &str = "/__gateway/";

/// Answers a control request; `endpoint` is the path behind [`PREFIX`].
pub fn answer(state: &State, endpoint: &str, request: &Arrived) -> Answer {
    if !may_ask(&state.control_origins, request) {
        return json_answer(403, &json!({ "error": "another page may not use the control endpoints" }));
    }
    let mut answer = match dispatch(state, endpoint, request) {
        Ok(Value::Null) => plain_answer(204, ""),
        Ok(json) => json_answer(200, &json),
        Err((status, message)) => json_answer(status, &json!({ "error": message })),
    };
    let origin = if state.control_origins.is_empty() { Some("*") } else { request.header("origin") };
    if let Some(origin) = origin {
        cors::open(&mut answer, origin);
    }
    answer
}

/// Whether the request comes from one of these pages or from no page at all. A name that leads here although
/// it is none of this machine's (DNS rebinding) would make any page one of the same origin.
fn may_ask(origins: &[String], request: &Arrived) -> bool {
    if origins.is_empty() {
        return true;
    }
    let host = request.header("host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_page = request.header("origin").is_none_or(|origin| origins.iter().any(|known| known == origin));
    let is_site = request.header("origin").is_some()
        || request.header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    matches!(name, "127.0.0.1" | "localhost") && is_page && is_site
}

type Outcome = Result<Value, (u16, String)>;

fn dispatch(state: &State, endpoint: &str, request: &Arrived) -> Outcome {
    let method = request.method.as_str();
    if method == "OPTIONS" {
        return Ok(Value::Null);
    }
    let (name, rest) = endpoint.split_once('/').unwrap_or((endpoint, ""));
    match (method, name, rest) {
        ("GET", "requests", "") => Ok(state.records.json(since(request)?)),
        ("DELETE", "requests", "") => {
            state.records.clear();
            Ok(Value::Null)
        }
        ("GET", "stats", "") => {
            let mut stats = state.stats.json();
            stats["webSockets"] = json!(state.sockets.ids());
            Ok(stats)
        }
        ("GET", "faults", "") => Ok(state.faults.json()),
        ("POST", "faults", "") => {
            state.faults.add(&body(request)?).map_err(bad)?;
            Ok(state.faults.json())
        }
        ("DELETE", "faults", "") => {
            state.faults.clear();
            Ok(Value::Null)
        }
        ("GET", "config", "") => Ok(json!(*state.config())),
        ("POST", "config", "") => {
            let config = state.config().merged(&body(request)?).map_err(bad)?;
            state.set_config(config);
            Ok(json!(*state.config()))
        }
        ("GET", "identities", "") => Ok(identities(state)),
        ("POST", "identities", "") => register(state, &body(request)?),
        ("DELETE", "identities", id) if !id.is_empty() => {
            if state.identities.revoke(id) {
                Ok(Value::Null)
            } else {
                Err((404, format!("no identity with the access key id {id}")))
            }
        }
        ("POST", "reset", "") => {
            state.reset();
            Ok(Value::Null)
        }
        _ => Err((404, format!("no such control endpoint: {method} {PREFIX}{endpoint}"))),
    }
}

fn bad(message: String) -> (u16, String) {
    (400, message)
}

fn body(request: &Arrived) -> Result<Value, (u16, String)> {
    serde_json::from_slice(&request.body).map_err(|error| bad(format!("body is not JSON: {error}")))
}

fn since(request: &Arrived) -> Result<u64, (u16, String)> {
    query_pairs(request.query()).iter().find(|(name, _)| name == b"since").map_or(Ok(0), |(_, value)| {
        let text = String::from_utf8_lossy(value);
        text.parse().map_err(|_| bad(format!("since must be a number, got '{text}'")))
    })
}

fn identities(state: &State) -> Value {
    state
        .identities
        .all()
        .iter()
        .map(|identity| {
            json!({
                "accessKeyId": identity.access_key_id,
                "temporary": identity.session_token.is_some(),
                "expiresAtMs": identity.expires_at_ms,
                "allowed": identity.allowed,
                "arn": identity.arn,
            })
        })
        .collect()
}

/// An identity as a test registers it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Registration {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    expires_at_ms: Option<i64>,
    expires_in_ms: Option<i64>,
    arn: Option<String>,
    allowed: Option<bool>,
}

/// Expiry is by the server's clock, so `expiresInMs` counts from its present time.
fn register(state: &State, given: &Value) -> Outcome {
    let given = Registration::deserialize(given).map_err(|error| bad(error.to_string()))?;
    let server_now = now_ms().saturating_add(state.config().clock_offset_ms);
    let expires_at_ms =
        given.expires_at_ms.or_else(|| given.expires_in_ms.map(|ms| server_now.saturating_add(ms)));
    let arn = given
        .arn
        .unwrap_or_else(|| format!("arn:aws:sts::123456789012:assumed-role/example/{}", given.access_key_id));
    state.identities.register(Identity {
        access_key_id: given.access_key_id,
        secret_access_key: given.secret_access_key,
        session_token: given.session_token,
        expires_at_ms,
        allowed: given.allowed.unwrap_or(true),
        arn,
    });
    Ok(json!({ "expiresAtMs": expires_at_ms }))
}
