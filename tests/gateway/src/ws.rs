//! The WebSocket route and the `@connections` endpoint that pushes to its sockets.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Message, Role, WebSocketConfig};

use crate::arrived::Arrived;
use crate::auth::timestamp::{format_basic, now_ms};
use crate::errors::{Answer, Refusal, json_answer, plain_answer};
use crate::ids;
use crate::state::State;

/// API Gateway's quotas: 128 KB a message.
const MOST_MESSAGE: usize = 128 * 1024;
/// Pushes waiting for a slow client.
const MOST_WAITING: usize = 256;

/// A granted upgrade.
pub struct Handshake {
    accept: String,
    user_agent: String,
}

/// Reads the upgrade's headers.
pub fn handshake(request: &Arrived) -> Result<Handshake, Refusal> {
    let names = |header: &str, token: &str| {
        request
            .header_values(header)
            .flat_map(|value| value.split(','))
            .any(|part| part.trim().eq_ignore_ascii_case(token))
    };
    if !names("connection", "upgrade") || !names("upgrade", "websocket") {
        return Err(Refusal::upgrade_required());
    }
    let key = request.header("sec-websocket-key").ok_or_else(|| Refusal::bad_request("Bad Request"))?;
    Ok(Handshake {
        accept: derive_accept_key(key.as_bytes()),
        user_agent: request.header("user-agent").unwrap_or_default().to_owned(),
    })
}

/// Completes the handshake and serves the socket to its end.
pub async fn run(mut stream: TcpStream, early: &Bytes, handshake: Handshake, state: &State) {
    let response = format!(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-accept: {}\r\nx-amzn-requestid: {}\r\n\r\n",
        handshake.accept,
        ids::request_id()
    );
    if stream.write_all(response.as_bytes()).await.is_err() {
        return;
    }
    let config =
        WebSocketConfig::default().max_message_size(Some(MOST_MESSAGE)).max_frame_size(Some(MOST_MESSAGE));
    let socket =
        WebSocketStream::from_partially_read(stream, early.to_vec(), Role::Server, Some(config)).await;
    let (id, pushes) = state.sockets.open(handshake.user_agent);
    converse(socket, &id, pushes, &state.sockets).await;
    state.sockets.forget(&id);
}

/// Echoes messages, answers `whoami`, and sends what is pushed, until either side closes.
async fn converse(
    mut socket: WebSocketStream<TcpStream>,
    id: &str,
    mut pushes: mpsc::Receiver<Message>,
    sockets: &Sockets,
) {
    loop {
        let outgoing = tokio::select! {
            pushed = pushes.recv() => match pushed {
                Some(message) => message,
                None => Message::Close(None),
            },
            incoming = socket.next() => match incoming {
                Some(Ok(Message::Text(text))) => {
                    sockets.touch(id);
                    if asks_who(&text) {
                        Message::text(json!({ "connectionId": id }).to_string())
                    } else {
                        Message::Text(text)
                    }
                }
                Some(Ok(message @ Message::Binary(_))) => {
                    sockets.touch(id);
                    message
                }
                // Pings and closes are answered by the library itself.
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
        };
        let last = outgoing.is_close();
        if socket.send(outgoing).await.is_err() || last {
            // After our close frame the client's comes; then the library ends the stream.
            while let Some(Ok(_)) = socket.next().await {}
            return;
        }
    }
}

fn asks_who(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|message| message["action"] == "whoami")
}

/// The open WebSockets, by connection id.
#[derive(Default)]
pub struct Sockets {
    open: Mutex<HashMap<String, Socket>>,
}

struct Socket {
    pushes: mpsc::Sender<Message>,
    user_agent: String,
    connected_at_ms: i64,
    last_active_ms: i64,
}

impl Sockets {
    /// Answers `POST`, `GET` and `DELETE` on `@connections/{id}`.
    pub async fn answer(&self, request: &Arrived, id: &str) -> Answer {
        let Some(pushes) = self.lock().get(id).map(|socket| socket.pushes.clone()) else {
            return Refusal::gone().answer();
        };
        match request.method.as_str() {
            "POST" => {
                if request.body.len() > MOST_MESSAGE {
                    return Refusal::too_large().answer();
                }
                let message = match std::str::from_utf8(&request.body) {
                    Ok(text) => Message::text(text),
                    Err(_) => Message::Binary(request.body.clone()),
                };
                if pushes.send(message).await.is_err() {
                    return Refusal::gone().answer();
                }
                plain_answer(200, "")
            }
            "DELETE" => {
                let _ = pushes.send(Message::Close(None)).await;
                self.forget(id);
                plain_answer(204, "")
            }
            _ => self.describe(id),
        }
    }

    fn describe(&self, id: &str) -> Answer {
        self.lock().get(id).map_or_else(
            || Refusal::gone().answer(),
            |socket| {
                json_answer(
                    200,
                    &json!({
                        "connectedAt": format_basic(socket.connected_at_ms),
                        "identity": { "sourceIp": "127.0.0.1", "userAgent": socket.user_agent },
                        "lastActiveAt": format_basic(socket.last_active_ms),
                    }),
                )
            },
        )
    }

    /// Closes every socket.
    pub fn close_all(&self) {
        // Dropping the sender makes the socket's task send a close frame.
        self.lock().clear();
    }

    /// The ids of the open sockets.
    pub fn ids(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    fn open(&self, user_agent: String) -> (String, mpsc::Receiver<Message>) {
        let (pushes, receiver) = mpsc::channel(MOST_WAITING);
        let id = ids::connection_id();
        let now = now_ms();
        self.lock()
            .insert(id.clone(), Socket { pushes, user_agent, connected_at_ms: now, last_active_ms: now });
        (id, receiver)
    }

    fn touch(&self, id: &str) {
        if let Some(socket) = self.lock().get_mut(id) {
            socket.last_active_ms = now_ms();
        }
    }

    fn forget(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Socket>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
