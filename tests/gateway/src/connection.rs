//! One TCP connection: HTTP/1.1 with keep-alive, until it closes or leaves HTTP.

use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::delivery::Takeover;
use crate::exchange;
use crate::raw;
use crate::state::State;
use crate::tap::{Head, Tap};
use crate::ws;

/// What an exchange may use of its connection.
#[derive(Clone)]
pub struct Link {
    /// The head of the request, as written.
    pub head: Head,
    /// Takes the connection from the HTTP server.
    pub takeover: mpsc::Sender<Takeover>,
}

/// Serves a connection to its end.
pub async fn serve(stream: TcpStream, state: Arc<State>) {
    state.stats.connected();
    let peer_left = run(stream, &state).await;
    state.stats.disconnected();
    if let Err(error) = peer_left
        && state.verbose
    {
        eprintln!("gateway: connection ended: {error}");
    }
}

async fn run(stream: TcpStream, state: &Arc<State>) -> Result<(), hyper::Error> {
    // Answers are small and whole; waiting for more of them only adds latency.
    let _ = stream.set_nodelay(true);
    let (tap, head) = Tap::new(stream);
    let (sender, mut takeover) = mpsc::channel(1);
    let link = Link { head, takeover: sender };
    let service = service_fn(|request| exchange::serve(request, Arc::clone(state), link.clone()));
    let mut http =
        http1::Builder::new().header_read_timeout(None).serve_connection(TokioIo::new(tap), service);
    let taken = tokio::select! {
        biased;
        taken = takeover.recv() => taken,
        ended = &mut http => return ended,
    };
    let parts = http.into_parts();
    let stream = parts.io.into_inner().into_inner();
    match taken {
        Some(Takeover::Raw(script)) => raw::play(stream, script).await,
        Some(Takeover::Socket(handshake)) => {
            ws::run(stream, &parts.read_buf, handshake, state).await;
        }
        None => {}
    }
    Ok(())
}
