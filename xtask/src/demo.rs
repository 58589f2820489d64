//! `cargo xtask demo`: builds everything, starts the local gateway, runs the sample against it, and keeps
//! running with the web tester.

mod sample;
mod service;
mod site;

use crate::build;
use crate::run::{command, missing, output};
use crate::test::needs;
use anyhow::{Context, Result, bail};
use service::Service;
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// The oldest version of Node that the package supports.
const OLDEST_NODE: u32 = 20;

/// How often the running servers are checked.
const LOOK: Duration = Duration::from_millis(500);

struct Arguments {
    once: bool,
    /// 0 picks a free one.
    port: u16,
    tester_port: u16,
}

/// Runs the demo until Ctrl+C, or with `--once` until the sample has ended.
pub fn demo(arguments: &[String]) -> Result<()> {
    let arguments = read(arguments)?;
    check_node()?;
    // Checked before the build, which takes minutes on a new machine.
    check_port(arguments.port, "--port")?;
    if !arguments.once {
        check_port(arguments.tester_port, "--tester-port")?;
    }

    println!(
        "Builds the package, the local gateway and the web tester; what they need comes from lock files."
    );
    build::build(&["--quick".to_owned()])?;
    let program = needs::gateway()?;
    // Without the tester the demo still has the gateway and the sample.
    let page = if arguments.once { None } else { site::page().map_err(print_no_tester).ok() };

    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = stop.send(());
    })
    .context("Ctrl+C cannot be handled")?;
    let port = arguments.port.to_string();
    let mut program = command(program);
    program.args(["--quiet", "--port", &port]);
    // Other pages in the user's browser may call the API, but not control the gateway.
    for host in ["127.0.0.1", "localhost"] {
        program.args(["--control-origin", &format!("http://{host}:{}", arguments.tester_port)]);
    }
    let gateway = Service::start("gateway", &mut program)?;
    sample::run(gateway.url())?;
    if arguments.once {
        return Ok(());
    }
    let tester = page.map(|page| site::serve(&page, arguments.tester_port, gateway.url())).transpose()?;
    sample::print_addresses(gateway.url(), tester.as_ref().map(Service::url));
    wait(&stopped, [Some(gateway), tester])
}

/// Waits for a message from `stopped`; returns an error if a server ends first.
fn wait(stopped: &Receiver<()>, services: [Option<Service>; 2]) -> Result<()> {
    let mut services: Vec<Service> = services.into_iter().flatten().collect();
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(LOOK) {
        for service in &mut services {
            if let Some(status) = service.ended()? {
                bail!("{} is not served any more: {status}", service.url());
            }
        }
    }
    Ok(())
}

fn print_no_tester(error: anyhow::Error) {
    eprintln!("The web tester cannot be built, so the demo goes on without it: {error:#}");
}

fn read(arguments: &[String]) -> Result<Arguments> {
    let once = arguments.iter().any(|argument| argument == "--once");
    // With --once the address need not be known in advance.
    let (port, tester_port) = if once { (0, 0) } else { (8080, 8081) };
    let mut read = Arguments { once, port, tester_port };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        match name {
            "--once" => {}
            "--port" | "--tester-port" => {
                let value = value.or_else(|| rest.next().cloned()).unwrap_or_default();
                let port = value.parse().with_context(|| format!("{name} takes a port, not {value:?}"))?;
                if name == "--port" { read.port = port } else { read.tester_port = port }
            }
            _ => bail!("there is no option {name}: --once, --port and --tester-port are the options"),
        }
    }
    Ok(read)
}

fn check_node() -> Result<()> {
    let version = output(command("node").arg("--version"))?;
    let major =
        version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("node is {}; {}", version.trim(), missing("node"));
    }
    output(command("npm").arg("--version"))?;
    Ok(())
}

fn check_port(port: u16, option: &str) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .map(drop)
        .with_context(|| format!("port {port} cannot be used: choose another one with {option}"))
}
