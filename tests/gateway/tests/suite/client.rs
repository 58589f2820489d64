//! A client that hides nothing: requests written by hand, answers as bytes.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    SessionTokenMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use gateway::{Gateway, Options};
use serde_json::Value;

pub const KEY: (&str, &str) = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
pub const TEMPORARY: (&str, &str) = ("ASIAEXAMPLETEMPORARY", "temporary/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY");
pub const EXPIRED: (&str, &str) = ("ASIAEXAMPLEEXPIRED", "expired/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY");
pub const DENIED: (&str, &str) = ("AKIDEXAMPLEDENIED", "denied/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY");

pub fn start() -> Gateway {
    Gateway::start(&Options::default()).expect("loopback")
}

/// What came back before the connection ended.
pub struct Raw {
    pub bytes: Vec<u8>,
    /// How it ended: `None` in order (FIN), otherwise the error.
    pub end: Option<ErrorKind>,
}

impl Raw {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn parse(bytes: &[u8]) -> Self {
        let split = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..split]);
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        Self {
            status: status.expect("status").parse().expect("number"),
            headers: lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: bytes[split + 4..].to_vec(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("not JSON: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// A request, changed by methods and sent by hand.
#[derive(Clone)]
pub struct Call {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

pub fn call(method: &str, target: &str) -> Call {
    Call { method: method.into(), target: target.into(), headers: Vec::new(), body: Vec::new() }
}

/// How a call is signed.
#[derive(Clone)]
pub struct Signing<'a> {
    pub key: (&'a str, &'a str),
    pub token: Option<&'a str>,
    pub token_signed: bool,
    pub query: bool,
    pub region: &'a str,
    pub service: &'a str,
    pub time: SystemTime,
    pub expires: u64,
    pub unsigned_payload: bool,
}

impl Default for Signing<'_> {
    fn default() -> Self {
        Self {
            key: KEY,
            token: None,
            token_signed: true,
            query: false,
            region: "us-east-1",
            service: "execute-api",
            time: SystemTime::now(),
            expires: 300,
            unsigned_payload: false,
        }
    }
}

impl Call {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Signs with `aws-sigv4`; `host` goes into the headers first.
    pub fn signed(mut self, host: &str, signing: &Signing<'_>) -> Self {
        self.headers.insert(0, ("host".into(), host.into()));
        let mut settings = SigningSettings::default();
        if signing.query {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(Duration::from_secs(signing.expires));
        }
        if !signing.token_signed {
            settings.session_token_mode = SessionTokenMode::Exclude;
        }
        let (id, secret) = signing.key;
        let token = signing.token.map(str::to_owned);
        let identity = Credentials::new(id, secret, token, None, "test").into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(signing.region)
            .name(signing.service)
            .time(signing.time)
            .settings(settings)
            .build()
            .expect("all given")
            .into();
        let body = if signing.unsigned_payload {
            self.headers.push(("x-amz-content-sha256".into(), "UNSIGNED-PAYLOAD".into()));
            SignableBody::UnsignedPayload
        } else {
            SignableBody::Bytes(&self.body)
        };
        let headers = self.headers.clone();
        let signable = SignableRequest::new(
            &self.method,
            format!("http://{host}{}", self.target),
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())),
            body,
        )
        .expect("signable");
        let (instructions, _) = sign(signable, &params).expect("signed").into_parts();
        let (new_headers, new_parameters) = instructions.into_parts();
        for header in new_headers {
            self.headers.push((header.name().into(), header.value().into()));
        }
        for (name, value) in new_parameters {
            let joint = if self.target.contains('?') { '&' } else { '?' };
            let value: String = value
                .bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                        char::from(byte).to_string()
                    }
                    other => format!("%{other:02X}"),
                })
                .collect();
            self.target.push_str(&format!("{joint}{name}={value}"));
        }
        self
    }

    pub fn to_bytes(&self, address: SocketAddr) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head.push_str(&format!("Host: {address}\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.body.is_empty() {
            head.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends and reads until the connection ends or nothing came for `patience`.
    pub fn send_raw(&self, gateway: &Gateway, patience: Duration) -> Raw {
        let mut stream = TcpStream::connect(gateway.addr()).expect("connect");
        stream.set_read_timeout(Some(patience)).expect("timeout");
        stream.write_all(&self.to_bytes(gateway.addr())).expect("write");
        let mut bytes = Vec::new();
        let mut chunk = [0; 65_536];
        loop {
            match stream.read(&mut chunk) {
                Ok(0) => return Raw { bytes, end: None },
                Ok(count) => bytes.extend_from_slice(&chunk[..count]),
                Err(error) => {
                    let end = Some(error.kind());
                    return Raw { bytes, end };
                }
            }
        }
    }

    pub fn send(&self, gateway: &Gateway) -> Response {
        let call = self.clone().header("connection", "close");
        let raw = call.send_raw(gateway, Duration::from_secs(60));
        assert_eq!(raw.end, None, "{}", raw.text());
        Response::parse(&raw.bytes)
    }

    /// Signs with the long-lived key, or as told, and sends.
    pub fn send_signed(self, gateway: &Gateway, signing: &Signing<'_>) -> Response {
        self.signed(&gateway.addr().to_string(), signing).send(gateway)
    }
}

/// A control request; answers its JSON (null for 204).
pub fn control(gateway: &Gateway, method: &str, endpoint: &str, body: &Value) -> Value {
    let mut request = call(method, &format!("/__gateway/{endpoint}"));
    if !body.is_null() {
        request = request.body(body.to_string());
    }
    let response = request.send(gateway);
    assert!(response.status < 300, "{endpoint}: {:?}", response.json());
    if response.status == 204 { Value::Null } else { response.json() }
}

/// The newest record.
pub fn last_record(gateway: &Gateway) -> Value {
    let records = control(gateway, "GET", "requests", &Value::Null);
    records.as_array().and_then(|all| all.last()).expect("a record").clone()
}
