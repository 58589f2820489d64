//! Starting and stopping a gateway.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::connection;
use crate::state::State;

/// How a gateway starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// Added to the machine's clock, milliseconds.
    pub clock_offset_ms: i64,
    /// Region of the credential scope.
    pub region: String,
    /// Service of the credential scope.
    pub service: String,
    /// Whether refusals carry CORS headers.
    pub cors_on_errors: bool,
    /// The API id a private API asks for.
    pub require_api_id: Option<String>,
    /// The pages that may use the control endpoints; empty for every one, as tests need it.
    pub control_origins: Vec<String>,
    /// Nothing on stderr.
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            clock_offset_ms: 0,
            region: "us-east-1".into(),
            service: "execute-api".into(),
            cors_on_errors: true,
            require_api_id: None,
            control_origins: Vec::new(),
            quiet: true,
        }
    }
}

/// A running gateway; it stops when this is dropped.
pub struct Gateway {
    address: SocketAddr,
    runtime: Option<Runtime>,
}

impl Gateway {
    /// Listens on IPv4 loopback and serves on threads of its own, so it can be started from anywhere.
    pub fn start(options: &Options) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("gateway")
            .enable_all()
            .build()?;
        // Bound here and not on the runtime: `block_on` may not be called from another runtime's thread.
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let listener = {
            let _context = runtime.enter();
            TcpListener::from_std(listener)?
        };
        runtime.spawn(accept(listener, Arc::new(State::new(options))));
        Ok(Self { address, runtime: Some(runtime) })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // In the background, because waiting is forbidden on another runtime's threads.
            runtime.shutdown_background();
        }
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(connection::serve(stream, Arc::clone(&state)));
            }
            Err(error) => {
                // Out of file descriptors, mostly: give connections time to end.
                eprintln!("gateway: cannot accept a connection: {error}");
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        }
    }
}
