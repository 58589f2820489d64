//! Runs a gateway until it is killed.

use std::io::Write;

use clap::Parser;
use gateway::{Gateway, Options};

/// An API Gateway stand-in on 127.0.0.1 that checks Signature Version 4.
#[derive(Parser)]
#[command(name = "gateway")]
struct Arguments {
    /// Port on 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Shift of the server's clock in milliseconds, may be negative
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    clock_offset_ms: i64,
    /// Region of the credential scope
    #[arg(long, default_value = "us-east-1")]
    region: String,
    /// Service of the credential scope
    #[arg(long, default_value = "execute-api")]
    service: String,
    /// Refusals carry no CORS headers, as with real APIs that do not configure DEFAULT_4XX
    #[arg(long)]
    no_cors_on_errors: bool,
    /// Behave as a private API: only requests that name this API id are served
    #[arg(long)]
    require_api_id: Option<String>,
    /// Only pages of this origin may use the control endpoints; may be repeated. Default: every page
    #[arg(long)]
    control_origin: Vec<String>,
    /// Tell nothing on stderr
    #[arg(long)]
    quiet: bool,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let gateway = Gateway::start(&Options {
        port: arguments.port,
        clock_offset_ms: arguments.clock_offset_ms,
        region: arguments.region,
        service: arguments.service,
        cors_on_errors: !arguments.no_cors_on_errors,
        require_api_id: arguments.require_api_id,
        control_origins: arguments.control_origin,
        quiet: arguments.quiet,
    })?;
    let mut out = std::io::stdout();
    writeln!(out, "gateway listening on {}", gateway.url())?;
    out.flush()?;
    loop {
        std::thread::park();
    }
}
