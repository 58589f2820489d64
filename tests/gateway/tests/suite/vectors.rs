//! The official suite that ships with the crate `aws-sigv4`, against the gateway's verifier and texts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gateway::arrived::Arrived;
use gateway::auth::canonical::sha256_hex;
use gateway::auth::claim::{self, Location};
use gateway::auth::identity::{Identities, Identity};
use gateway::auth::timestamp::parse_basic;
use gateway::auth::verify::{Rules, texts, verify};
use serde_json::Value;

use crate::client::KEY;

/// Cases that cannot apply to execute-api, each with its reason.
const NOT_FOR_API_GATEWAY: [(&str, &str); 7] = [
    ("get-relative-relative-unnormalized", "execute-api normalises the path"),
    ("get-relative-unnormalized", "execute-api normalises the path"),
    ("get-slash-dot-slash-unnormalized", "execute-api normalises the path"),
    ("get-slash-pointless-dot-unnormalized", "execute-api normalises the path"),
    ("get-slash-unnormalized", "execute-api normalises the path"),
    ("get-slashes-unnormalized", "execute-api normalises the path"),
    ("get-space-unnormalized", "execute-api normalises the path"),
];

/// Name, key, region, service, date.
type DoubleEncoded = (&'static str, (&'static str, &'static str), &'static str, &'static str, &'static str);

/// The two cases without context.json, header form only. The secret of
/// ANOTREAL is in the crate's own tests.
const DOUBLE_ENCODED: [DoubleEncoded; 2] = [
    (
        "double-encode-path",
        ("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby"),
        "us-east-1",
        "service",
        "20150830T123600Z",
    ),
    ("double-url-encode", KEY, "us-east-2", "lambda", "20210511T154045Z"),
];

fn suite() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", "host-tuple"])
        .arg("--manifest-path")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .expect("cargo metadata");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let package = metadata["packages"]
        .as_array()
        .and_then(|all| all.iter().find(|package| package["name"] == "aws-sigv4"))
        .expect("aws-sigv4 is a dependency");
    let manifest = package["manifest_path"].as_str().expect("path");
    Path::new(manifest).with_file_name("aws-signing-test-suite").join("v4")
}

/// A request of the suite as it would have arrived; folded header lines are unfolded, as HTTP asks.
fn parse(text: &str) -> Arrived {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let request_line = lines.next().expect("request line");
    let request_line = request_line.strip_suffix(" HTTP/1.1").unwrap_or(request_line);
    let (method, target) = request_line.split_once(' ').expect("method and target");
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with(' ') {
            let last = headers.last_mut().expect("a line to continue");
            last.1.push(' ');
            last.1.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.into(), value.trim().into()));
        }
    }
    Arrived {
        method: method.into(),
        target: target.into(),
        headers,
        body: body.trim_end_matches('\n').to_owned().into(),
    }
}

#[test]
fn official_cases_are_taken_in_both_forms() {
    let suite = suite();
    let mut names: Vec<String> = fs::read_dir(&suite)
        .expect("suite")
        .map(|entry| entry.expect("entry").file_name().into_string().expect("name"))
        .collect();
    names.sort();
    assert!(names.len() >= 40, "only {} cases found", names.len());
    let mut checked = 0;
    for name in &names {
        let skipped = NOT_FOR_API_GATEWAY.iter().any(|(skipped, _)| skipped == name);
        if skipped || DOUBLE_ENCODED.iter().any(|case| case.0 == name) {
            continue;
        }
        for form in ["header", "query"] {
            check(&suite.join(name), form);
            checked += 1;
        }
    }
    assert_eq!(checked, 2 * (names.len() - NOT_FOR_API_GATEWAY.len() - DOUBLE_ENCODED.len()));
}

fn check(case: &Path, form: &str) {
    let read = |file: &str| fs::read_to_string(case.join(file)).unwrap_or_else(|_| panic!("{case:?} {file}"));
    let context: Value = serde_json::from_str(&read("context.json")).expect("context");
    let request = parse(&read(&format!("{form}-signed-request.txt")));
    let secret = context["credentials"]["secret_access_key"].as_str();
    let identities = Identities::default();
    identities.register(Identity {
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: secret.expect("secret").into(),
        session_token: context["credentials"]["token"].as_str().map(Into::into),
        expires_at_ms: None,
        allowed: true,
        arn: String::new(),
    });
    let rules = Rules {
        region: "us-east-1",
        service: "service",
        now_ms: parse_basic("20150830T123600Z").expect("date"),
        identities: &identities,
        allow_unsigned_payload: false,
    };
    let verified =
        verify(&request, &rules).unwrap_or_else(|refusal| panic!("{case:?} {form}: {}", refusal.message));
    let expected = if form == "header" { Location::Header } else { Location::Query };
    assert_eq!(verified.location, expected);

    let claim = claim::read(&request).expect("claim");
    let token_added_later = context["omit_session_token"] == true;
    let without: &[&str] = if token_added_later { &["X-Amz-Security-Token"] } else { &[] };
    let texts = texts(&request, &claim, &sha256_hex(&request.body), without);
    let canonical = read(&format!("{form}-canonical-request.txt"));
    assert_eq!(texts.canonical_request, canonical, "{case:?} {form}");
    let to_sign = read(&format!("{form}-string-to-sign.txt"));
    assert_eq!(texts.string_to_sign, to_sign, "{case:?} {form}");

    let mut altered = request;
    altered.method = "PATCH".into();
    let refusal = verify(&altered, &rules).err().expect("another method, another signature");
    assert_eq!(refusal.kind, "SignatureDoesNotMatch", "{case:?} {form}");
}

#[test]
fn double_encoded_paths_are_taken() {
    for (name, (id, secret), region, service, date) in DOUBLE_ENCODED {
        let case = suite().join(name);
        let read = |file: &str| fs::read_to_string(case.join(file)).expect(name);
        let request = parse(&read("header-signed-request.txt"));
        let identities = Identities::default();
        identities.register(Identity {
            access_key_id: id.into(),
            secret_access_key: secret.into(),
            session_token: None,
            expires_at_ms: None,
            allowed: true,
            arn: String::new(),
        });
        let now_ms = parse_basic(date).expect("date");
        let rules = Rules { region, service, now_ms, identities: &identities, allow_unsigned_payload: false };
        let verdict = verify(&request, &rules).map(|_| ());
        assert_eq!(verdict, Ok(()), "{name}");
        let claim = claim::read(&request).expect("claim");
        let texts = texts(&request, &claim, &sha256_hex(b""), &[]);
        // One file was written with another date than its request has.
        let canonical = read("header-canonical-request.txt").replace("20210511T154045Z", date);
        assert_eq!(texts.canonical_request, canonical, "{name}");
    }
}
