//! What the resources of the stage do once a request is granted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::arrived::Arrived;
use crate::auth::canonical::query_pairs;
use crate::auth::verify::Verified;
use crate::delivery::Delivery;
use crate::errors::{Answer, Refusal, event_answer, json_answer, json_text_answer};
use crate::events::Events;
use crate::movies::Movie;
use crate::routes::{Resource, Route, STAGE};
use crate::state::State;
use crate::ws;

/// Does what a granted request asks.
pub async fn respond(state: &State, request: &Arrived, route: &Route, signer: Option<&Verified>) -> Delivery {
    let answer = match &route.resource {
        Resource::MovieList => {
            let parameters = query_pairs(request.query());
            let format = parameters.iter().find(|(name, _)| name == b"format").map(|(_, value)| &**value);
            if format == Some(b"events") {
                event_answer(state.movies.events())
            } else {
                json_text_answer(200, state.movies.scan(format == Some(b"dynamodb")))
            }
        }
        Resource::Events => return Delivery::Events(Events::of(&state.movies.events())),
        Resource::Movies => post_movie(state, request),
        Resource::Movie(year, title) => movie(state, request, *year, title),
        Resource::Echo => echo(request, signer),
        Resource::WebSocket => match ws::handshake(request) {
            Ok(handshake) => return Delivery::Socket(handshake),
            Err(refusal) => refusal.answer(),
        },
        Resource::Connection(id) => state.sockets.answer(request, id).await,
    };
    Delivery::Answer(answer)
}

/// The refusal of an identity whose policy does not allow the call; the account is masked as AWS does.
pub fn denial(state: &State, request: &Arrived, route: &Route, signer: &Verified) -> Refusal {
    let (action, method, path) = match &route.resource {
        Resource::WebSocket => ("execute-api:Invoke", "$connect", String::new()),
        resource => {
            let action = if matches!(resource, Resource::Connection(_)) {
                "execute-api:ManageConnections"
            } else {
                "execute-api:Invoke"
            };
            let path = request.path().strip_prefix("/stage").unwrap_or_default();
            (action, request.method.as_str(), path.to_owned())
        }
    };
    let arn = format!("arn:aws:execute-api:{}:********9012:gateway/{STAGE}/{method}{path}", state.region);
    Refusal::access_denied(&signer.identity.arn, action, &arn)
}

fn echo(request: &Arrived, signer: Option<&Verified>) -> Answer {
    json_answer(
        200,
        &json!({
            "method": request.method,
            "target": request.target,
            "headers": request.headers,
            "bodyBase64": STANDARD.encode(&request.body),
            "bodyLength": request.body.len(),
            "accessKeyId": signer.map(|signer| signer.identity.access_key_id.as_str()),
        }),
    )
}

fn post_movie(state: &State, request: &Arrived) -> Answer {
    match serde_json::from_slice::<Movie>(&request.body) {
        Ok(movie) => put(state, movie, 201),
        Err(_) => Refusal::bad_request("Invalid request body").answer(),
    }
}

fn movie(state: &State, request: &Arrived, year: u16, title: &str) -> Answer {
    match request.method.as_str() {
        "PUT" => match serde_json::from_slice::<Value>(&request.body) {
            Ok(info) => {
                // Either the info itself, or a whole item whose key is the path's anyway.
                let info = info.get("info").cloned().unwrap_or(info);
                let title = title.to_owned();
                put(state, Movie { year, title, info }, 200)
            }
            Err(_) => Refusal::bad_request("Invalid request body").answer(),
        },
        "DELETE" => state.movies.delete(year, title).map_or_else(
            || json_answer(200, &json!({})),
            |movie| json_answer(200, &json!({ "Attributes": movie })),
        ),
        _ => state.movies.get(year, title).map_or_else(
            || Refusal::not_found().answer(),
            |movie| json_answer(200, &json!({ "Item": movie })),
        ),
    }
}

fn put(state: &State, movie: Movie, status: u16) -> Answer {
    let item = json!({ "Item": movie });
    if state.movies.put(movie) { json_answer(status, &item) } else { Refusal::throttled(true).answer() }
}
