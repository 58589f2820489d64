//! The program: what it prints and what its options do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Kills the program when a test ends, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(options: &[&str]) -> (Running, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gateway"))
        .args(options)
        .stdout(Stdio::piped())
        .spawn()
        .expect("gateway");
    let stdout = child.stdout.take().expect("stdout");
    let running = Running(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let address =
        line.trim_end().strip_prefix("gateway listening on http://").unwrap_or_else(|| panic!("{line}"));
    (running, address.to_owned())
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connect");
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").expect("write");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("read");
    answer.to_ascii_lowercase()
}

#[test]
fn prints_its_address_and_takes_its_options() {
    let (_running, address) = run(&[]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let answer = get(&address, "/stage/movie_list");
    assert!(answer.contains("access-control-allow-origin: *"), "{answer}");

    let options = [
        "--quiet",
        "--no-cors-on-errors",
        "--clock-offset-ms",
        "-5000",
        "--require-api-id",
        "abc",
        "--region",
        "eu-central-1",
    ];
    let (_running, address) = run(&options);
    let answer = get(&address, "/stage/movie_list");
    assert!(answer.ends_with(r#"{"message":"forbidden"}"#), "{answer}");
    assert!(!answer.contains("access-control"), "{answer}");
    let config = get(&address, "/__gateway/config");
    assert!(config.contains(r#""clockoffsetms":-5000"#), "{config}");
    assert!(config.contains(r#""requireapiid":"abc""#), "{config}");
}
