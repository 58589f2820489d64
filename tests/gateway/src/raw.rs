//! Bytes written by hand: what a well-behaved HTTP server would never send.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::errors::Answer;

/// One thing done to a connection that was taken from the HTTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send these bytes.
    Write(Vec<u8>),
    /// Let this much time pass.
    Wait(Duration),
    /// End with a reset (RST): what the peer has not read may be lost to it.
    Reset,
    /// End in order (FIN).
    Close,
}

/// Long enough for the peer to read what was sent before a reset overtakes it.
pub const SETTLE: Duration = Duration::from_millis(30);

/// Plays a script on a connection, which ends with it.
pub async fn play(mut stream: TcpStream, script: Vec<Step>) {
    for step in script {
        let done = match step {
            Step::Write(bytes) => stream.write_all(&bytes).await,
            Step::Wait(time) => {
                tokio::time::sleep(time).await;
                Ok(())
            }
            Step::Reset => {
                // A linger of zero turns the close into a reset.
                let linger = socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO));
                drop(stream);
                if let Err(error) = linger {
                    eprintln!("gateway: cannot reset a connection: {error}");
                }
                return;
            }
            Step::Close => break,
        };
        if done.is_err() {
            // The peer went first; there is nobody left to play to.
            return;
        }
    }
    close(stream).await;
}

/// Closes for writing and reads what still comes, so that the kernel does not answer it with a reset.
async fn close(mut stream: TcpStream) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let drain = async {
        let mut rest = [0; 4096];
        while matches!(stream.read(&mut rest).await, Ok(count) if count > 0) {}
    };
    // A peer that keeps its side open is not waited for.
    let _ = tokio::time::timeout(Duration::from_secs(2), drain).await;
}

/// How the head tells where the body ends.
#[derive(Debug, Clone, Copy)]
pub enum Framing {
    /// `content-length`, true or not.
    Length(usize),
    /// `transfer-encoding: chunked`.
    Chunked,
}

/// Status line and headers of an answer, as HTTP/1.1 bytes. Without `connection: close`: a server that fails
/// did not know it would, and some clients take whatever came before an announced close for the whole.
pub fn head(answer: &Answer, framing: Framing) -> Vec<u8> {
    let status = answer.status();
    let reason = status.canonical_reason().unwrap_or_default();
    let mut out = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
    for (name, value) in answer.headers() {
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    let framing = match framing {
        Framing::Length(length) => format!("content-length: {length}\r\n"),
        Framing::Chunked => "transfer-encoding: chunked\r\n".to_owned(),
    };
    out.extend_from_slice(framing.as_bytes());
    out.extend_from_slice(b"\r\n");
    out
}
