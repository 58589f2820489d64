//! Promises of the signer that hold for every request, checked with made-up ones: what it signs, the
//! gateway's verifier takes, which is `aws-sigv4` and shares nothing with it.

use crate::client::KEY;
use gatesign::Credentials;
use gatesign::sigv4::canonical;
use gatesign::sigv4::timestamp::Timestamp;
use gatesign::sigv4::{Payload, Request, Rules as SigningRules, Signed, Signer};
use gateway::arrived::Arrived;
use gateway::auth::identity::Identities;
use gateway::auth::verify::{Rules, Verified, verify};
use gateway::errors::Refusal;
use proptest::prelude::*;
use std::cell::Cell;

const HOST: &str = "127.0.0.1:8080";
const CASES: u32 = 500;

/// A request as fetch can send it: an encoded path without dot segments (fetch resolves them, and
/// `aws-sigv4` and the SDK for JavaScript sign a last one differently), unique header names.
#[derive(Debug, Clone)]
struct Made {
    method: &'static str,
    path: String,
    query: Vec<String>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    now_ms: u32,
}

fn made() -> impl Strategy<Value = Made> {
    let escaped = "([A-Za-z0-9._~!$&'()*,;:@-]|%[0-9A-F]{2}){0,6}";
    let escaped = escaped
        .prop_map(|part| if part.replace("%2E", ".").starts_with('.') { format!("d{part}") } else { part });
    let path = prop::collection::vec(escaped, 0..5).prop_map(|parts| format!("/{}", parts.join("/")));
    let parameter =
        "([A-Za-z0-9._~/?:@-]|%[2-7][0-9A-F]|%C3%A9){1,6}(=([A-Za-z0-9._~/?:@=-]|%20|%[2-7]F){0,6})?";
    let name = "x-[a-z0-9-]{1,10}";
    let value = "[!-~]{0,5}( {1,3}[!-~]{1,5}){0,2}";
    let headers = prop::collection::btree_map(name, value, 0..5);
    (
        prop::sample::select(vec!["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]),
        path,
        prop::collection::vec(parameter, 0..5),
        headers,
        prop::collection::vec(any::<u8>(), 0..200),
        any::<u32>(),
    )
        .prop_map(|(method, path, query, headers, body, now_ms)| Made {
            method,
            path,
            query,
            headers: headers.into_iter().filter(|(name, _)| !name.starts_with("x-amz")).collect(),
            body,
            now_ms,
        })
}

fn now(made: &Made) -> Timestamp {
    // Whole seconds, because that is all that a date in a signature tells.
    Timestamp::from_millis(f64::from(made.now_ms) * 1000.0).unwrap()
}

fn signer() -> Signer {
    let credentials = Credentials::new(KEY.0.into(), KEY.1.into(), None);
    Signer::new(credentials, "us-east-1", "execute-api", SigningRules::default()).unwrap()
}

fn sign(signer: &Signer, made: &Made) -> Signed {
    let headers: Vec<(&str, &str)> =
        made.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let query = made.query.join("&");
    let request = Request {
        method: made.method,
        host: HOST,
        path: &made.path,
        query: &query,
        headers: &headers,
        payload: Payload::Bytes(&made.body),
    };
    signer.sign(&request, now(made))
}

fn target(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn arrive(made: &Made, signed: &Signed) -> Arrived {
    let mut headers = made.headers.clone();
    headers.push(("host".into(), HOST.into()));
    headers.extend(signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())));
    Arrived {
        method: made.method.into(),
        target: target(&made.path, &made.query.join("&")),
        headers,
        body: made.body.clone().into(),
    }
}

fn verified(arrived: &Arrived, now: Timestamp) -> Result<Verified, Refusal> {
    let identities = Identities::default();
    verify(
        arrived,
        &Rules {
            region: "us-east-1",
            service: "execute-api",
            now_ms: now.millis(),
            identities: &identities,
            allow_unsigned_payload: false,
        },
    )
}

/// Runs `check` on made-up requests and says how many there were. The seed is fixed, so that a run
/// says the same on every machine.
fn for_each(name: &str, check: impl Fn(Made) -> Result<(), TestCaseError>) {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let rng = prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha);
    let count = Cell::new(0);
    prop::test_runner::TestRunner::new_with_rng(config, rng)
        .run(&made(), |made| {
            count.set(count.get() + 1);
            check(made)
        })
        .unwrap();
    println!("\ncounted: {} made-up requests: {name}", count.get());
}

#[test]
fn what_is_signed_is_taken_and_what_is_changed_is_not() {
    let signer = signer();
    for_each("signed, verified, and refused once one byte is changed", |made| {
        let signed = sign(&signer, &made);
        let arrived = arrive(&made, &signed);
        if let Err(refusal) = verified(&arrived, now(&made)) {
            return Err(TestCaseError::fail(format!(
                "{} {refusal:?}\n{}",
                signed.canonical_request(),
                arrived.target
            )));
        }
        let mut body = arrived.clone();
        body.body = [&made.body[..], b"x"].concat().into();
        prop_assert!(verified(&body, now(&made)).is_err(), "a longer body");
        let mut path = arrived.clone();
        path.target = format!("/x{}", path.target);
        prop_assert!(verified(&path, now(&made)).is_err(), "another path");
        let mut query = arrived.clone();
        query.target.push_str(if made.query.is_empty() { "?zz=1" } else { "&zz=1" });
        prop_assert!(verified(&query, now(&made)).is_err(), "one parameter more");
        let mut method = arrived;
        method.method = if made.method == "GET" { "POST".into() } else { "GET".into() };
        prop_assert!(verified(&method, now(&made)).is_err(), "another method");
        Ok(())
    });
}

#[test]
fn what_is_presigned_is_taken_until_it_expires() {
    let signer = signer();
    for_each("presigned, verified, and refused after their end", |made| {
        let query = made.query.join("&");
        let request = Request {
            method: made.method,
            host: HOST,
            path: &made.path,
            query: &query,
            headers: &[],
            payload: Payload::Empty,
        };
        let signed = signer.presign(&request, 300, now(&made)).unwrap();
        let arrived = Arrived {
            method: made.method.into(),
            target: target(&made.path, signed.query()),
            headers: vec![("host".into(), HOST.into())],
            body: bytes::Bytes::new(),
        };
        if let Err(refusal) = verified(&arrived, now(&made)) {
            return Err(TestCaseError::fail(format!("{} {refusal:?}", signed.canonical_request())));
        }
        let after = Timestamp::from_millis((f64::from(made.now_ms) + 301.0) * 1000.0).unwrap();
        prop_assert!(verified(&arrived, after).is_err());
        Ok(())
    });
}

#[test]
fn the_order_of_headers_and_parameters_does_not_count() {
    let signer = signer();
    for_each("signed in another order of headers and parameters", |made| {
        let signature = sign(&signer, &made).signature().to_owned();
        let mut other = made.clone();
        other.headers.reverse();
        other.query.reverse();
        let signed = sign(&signer, &other);
        prop_assert_eq!(signed.signature(), &*signature);
        other.headers.iter_mut().for_each(|(name, value)| {
            *name = name.to_ascii_uppercase();
            *value = format!("  {value}\t");
        });
        let signed = sign(&signer, &other);
        prop_assert_eq!(signed.signature(), &*signature);
        Ok(())
    });
}

#[test]
fn canonical_forms_are_their_own_canonical_forms() {
    // A slash that is decoded and then folded is one more slash to fold: no service has both rules.
    let normalized =
        SigningRules { double_encode_path: false, decode_slashes: false, ..SigningRules::default() };
    let s3 = SigningRules::for_service("s3");
    for_each("normalised twice", |made| {
        let once = canonical::query(&made.query.join("&"));
        prop_assert_eq!(canonical::query(&once), once);
        for rules in [&normalized, &s3] {
            let path = canonical::path(&made.path, rules);
            prop_assert_eq!(canonical::path(&path, rules), path);
        }
        Ok(())
    });
}

proptest! {
    /// The decoder is the crate `percent-encoding`.
    #[test]
    fn every_value_comes_back_from_a_query(name in "\\PC{1,12}", value in any::<String>()) {
        let text = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let canonical = canonical::query(&format!("{}={}", text(&name), text(&value)));
        let (left, right) = canonical.split_once('=').unwrap();
        let back = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        prop_assert_eq!(back(left), name);
        prop_assert_eq!(back(right), value);
    }
}
