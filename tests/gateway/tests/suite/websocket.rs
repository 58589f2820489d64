//! The WebSocket route and `@connections`, with a client that is not ours.

use futures_util::{SinkExt, StreamExt};
use gateway::Gateway;
use gateway::auth::identity::SESSION_TOKEN;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::client::{Call, DENIED, Response, Signing, TEMPORARY, call, start};

type Socket = WebSocketStream<TcpStream>;

async fn connect(gateway: &Gateway, request: &Call) -> Result<Socket, Error> {
    let stream = TcpStream::connect(gateway.addr()).await.expect("connect");
    let mut upgrade = format!("ws://{}{}", gateway.addr(), request.target).into_client_request()?;
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "host") {
        let name: tokio_tungstenite::tungstenite::http::HeaderName = name.parse().expect("name");
        upgrade.headers_mut().insert(name, value.parse().expect("value"));
    }
    client_async(upgrade, stream).await.map(|(socket, _)| socket)
}

fn signed(gateway: &Gateway, signing: &Signing<'_>) -> Call {
    call("GET", "/stage/ws").signed(&gateway.addr().to_string(), signing)
}

async fn ask(socket: &mut Socket, text: &str) -> String {
    socket.send(Message::text(text)).await.expect("send");
    next(socket).await.into_text().expect("text").to_string()
}

async fn next(socket: &mut Socket) -> Message {
    socket.next().await.expect("open").expect("message")
}

fn manage(gateway: &Gateway, method: &str, id: &str, body: &str) -> Response {
    call(method, &format!("/stage/{id}")).body(body).send_signed(gateway, &Signing::default())
}

#[tokio::test]
async fn a_connection_echoes_is_pushed_to_and_closes() {
    let gateway = start();
    let temporary = Signing { key: TEMPORARY, token: Some(SESSION_TOKEN), query: true, ..Signing::default() };
    for signing in [Signing::default(), temporary] {
        let mut socket = connect(&gateway, &signed(&gateway, &signing)).await.expect("upgrade");
        assert_eq!(ask(&mut socket, "hello ü").await, "hello ü");
        socket.send(Message::binary(vec![0, 255])).await.expect("send");
        assert_eq!(next(&mut socket).await, Message::binary(vec![0, 255]));
        let answer: Value =
            serde_json::from_str(&ask(&mut socket, r#"{"action":"whoami"}"#).await).expect("JSON");
        let id = answer["connectionId"].as_str().expect("id");
        assert!(id.len() == 16 && id.ends_with('='), "{id}");
        let encoded = id.replace('=', "%3D");
        for path in [
            format!("@connections/{encoded}"),
            format!("%40connections/{encoded}"),
            format!("@connections/{id}"),
        ] {
            assert_eq!(manage(&gateway, "POST", &path, "pushed").status, 200, "{path}");
            assert_eq!(next(&mut socket).await, Message::text("pushed"));
        }
        let path = format!("@connections/{encoded}");
        assert_eq!(manage(&gateway, "GET", &path, "").json()["identity"]["sourceIp"], "127.0.0.1");
        assert_eq!(manage(&gateway, "DELETE", &path, "").status, 204);
        assert!(next(&mut socket).await.is_close());
        let gone = manage(&gateway, "POST", &path, "late");
        assert_eq!((gone.status, gone.header("x-amzn-errortype")), (410, Some("GoneException")));
        assert_eq!(gone.json(), json!({ "message": "Gone" }));
    }
}

#[tokio::test]
async fn refusals_come_before_the_upgrade() {
    let gateway = start();
    let host = gateway.addr().to_string();
    let wrong = Signing { key: ("AKIDEXAMPLE", "wrong"), query: true, ..Signing::default() };
    let denied = Signing { key: DENIED, query: true, ..Signing::default() };
    for (name, request) in [
        ("unsigned", call("GET", "/stage/ws")),
        ("wrong secret", call("GET", "/stage/ws").signed(&host, &wrong)),
        ("denied", call("GET", "/stage/ws").signed(&host, &denied)),
    ] {
        let Err(Error::Http(answer)) = connect(&gateway, &request).await else {
            panic!("{name} was upgraded");
        };
        assert_eq!(answer.status(), 403, "{name}");
    }
    let plain = signed(&gateway, &Signing::default()).send(&gateway);
    assert_eq!(plain.status, 426);
    let unsigned = call("POST", "/stage/@connections/x%3D").send(&gateway);
    assert_eq!(unsigned.status, 403);
}

#[tokio::test]
async fn a_client_that_leaves_is_forgotten() {
    let gateway = start();
    let mut socket = connect(&gateway, &signed(&gateway, &Signing::default())).await.expect("upgrade");
    let answer: Value =
        serde_json::from_str(&ask(&mut socket, r#"{"action":"whoami"}"#).await).expect("JSON");
    let path = format!("@connections/{}", answer["connectionId"].as_str().expect("id"));
    drop(socket);
    for _ in 0..3_000 {
        if manage(&gateway, "GET", &path, "").status == 410 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("still there");
}
