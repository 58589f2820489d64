//! A tap on a connection's incoming bytes, because the HTTP server keeps neither the case nor the order
//! of header names, and tests want to see both.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// More head than this is not kept; the server refuses such requests by itself.
const MOST_HEAD: usize = 512 * 1024;

/// The head of the request being read.
#[derive(Clone, Default)]
pub struct Head {
    buffer: Arc<Mutex<Buffer>>,
}

#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    /// Set once the head was taken: what follows until the answer is body.
    paused: bool,
}

impl Head {
    /// The bytes read since the last answer (the head and perhaps the start of the body); stops listening.
    pub fn take(&self) -> Vec<u8> {
        self.with(|buffer| {
            buffer.paused = true;
            std::mem::take(&mut buffer.bytes)
        })
    }

    /// Listens for the next request's head.
    pub fn listen(&self) {
        self.with(|buffer| buffer.paused = false);
    }

    fn hear(&self, bytes: &[u8]) {
        self.with(|buffer| {
            if !buffer.paused && buffer.bytes.len() < MOST_HEAD {
                buffer.bytes.extend_from_slice(bytes);
            }
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Buffer) -> T) -> T {
        act(&mut self.buffer.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connection whose incoming bytes are heard by a [`Head`].
pub struct Tap {
    stream: TcpStream,
    head: Head,
}

impl Tap {
    /// Puts a tap on a connection.
    pub fn new(stream: TcpStream) -> (Self, Head) {
        let head = Head::default();
        let tap = Self { stream, head: head.clone() };
        (tap, head)
    }

    /// The connection itself.
    pub fn into_inner(self) -> TcpStream {
        self.stream
    }
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        if result.is_ready() {
            self.head.hear(&buffer.filled()[before..]);
        }
        result
    }
}

impl AsyncWrite for Tap {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
