//! Signatures made by `aws-sigv4`, sent over the wire.

use gateway::arrived::Arrived;
use gateway::auth::canonical::{self, sha256_hex};
use gateway::auth::claim;
use gateway::auth::identity::{Identities, SESSION_TOKEN};
use gateway::auth::timestamp::now_ms;
use gateway::auth::verify::{Rules, texts, verify};

use crate::client::{KEY, Signing, TEMPORARY, call, last_record, start};

#[test]
fn every_form_of_signature_is_taken() {
    let gateway = start();
    let temporary = Signing { key: TEMPORARY, token: Some(SESSION_TOKEN), ..Signing::default() };
    for (name, signing, signed_token) in [
        ("header", Signing::default(), None),
        ("query", Signing { query: true, ..Signing::default() }, None),
        ("header, token", temporary.clone(), Some(true)),
        ("query, token", Signing { query: true, ..temporary.clone() }, Some(true)),
        ("header, token later", Signing { token_signed: false, ..temporary.clone() }, Some(false)),
        (
            "query, token later",
            Signing { query: true, token_signed: false, ..temporary.clone() },
            Some(false),
        ),
    ] {
        let answer = call("POST", "/stage/echo/x?b=2&a=1")
            .header("content-type", "application/json")
            .body(r#"{"a":1}"#)
            .send_signed(&gateway, &signing);
        assert_eq!(answer.status, 200, "{name}: {}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.json()["accessKeyId"], signing.key.0, "{name}");
        let verdict = &last_record(&gateway)["verdict"];
        assert_eq!(verdict["by"], if signing.query { "query" } else { "header" }, "{name}");
        assert_eq!(verdict["sessionTokenSigned"].as_bool(), signed_token, "{name}");
    }
}

#[test]
fn unsigned_payload_only_where_the_route_says_so() {
    let gateway = start();
    let signing = Signing { unsigned_payload: true, ..Signing::default() };
    let send = |target: &str| call("POST", target).body("any").send_signed(&gateway, &signing);
    assert_eq!(send("/stage/unsigned-payload/echo").status, 200);
    let refused = send("/stage/echo");
    assert_eq!(refused.status, 403);
    assert_eq!(refused.header("x-amzn-errortype"), Some("InvalidSignatureException"));
}

#[test]
fn a_changed_body_or_header_or_query_is_refused() {
    let gateway = start();
    let host = gateway.addr().to_string();
    let good = call("POST", "/stage/echo?a=1")
        .header("x-extra", "one")
        .body("body")
        .signed(&host, &Signing::default());
    assert_eq!(good.send(&gateway).status, 200);
    let mut body = good.clone();
    body.body = b"Body".to_vec();
    let mut header = good.clone();
    header.headers[1].1 = "two".into();
    let mut query = good.clone();
    query.target = "/stage/echo?a=2".into();
    let mut path = good.clone();
    path.target = "/stage/echo/?a=1".into();
    let mut method = good.clone();
    method.method = "PUT".into();
    let hash = good.clone().header("x-amz-content-sha256", &sha256_hex(b"other"));
    for (name, call) in [
        ("body", body),
        ("header", header),
        ("query", query),
        ("path", path),
        ("method", method),
        ("payload hash", hash),
    ] {
        let answer = call.send(&gateway);
        assert_eq!(answer.status, 403, "{name}");
        let kind = &last_record(&gateway)["verdict"]["kind"];
        assert_eq!(kind, "SignatureDoesNotMatch", "{name}");
    }
}

#[test]
fn repeated_headers_and_inner_spaces_are_folded() {
    let gateway = start();
    let answer = call("GET", "/stage/echo")
        .header("x-many", "b")
        .header("x-many", "a   c")
        .header("X-Case", "  Kept  Case ")
        .send_signed(&gateway, &Signing::default());
    assert_eq!(answer.status, 200, "{:?}", answer.json());
    let headers = answer.json()["headers"].to_string();
    assert!(headers.contains(r#"["x-many","a   c"]"#), "{headers}");
    assert!(headers.contains("X-Case"), "{headers}");
}

/// The gateway's own canonical text and `aws-sigv4` must agree on whatever a client may send.
#[test]
fn own_text_and_aws_sigv4_agree() {
    const PIECES: [&str; 30] = [
        "a",
        "B",
        "0",
        "-",
        ".",
        "_",
        "~",
        "%20",
        "%2F",
        "%25",
        "%3D",
        "%C3%A4",
        "%E2%82%AC",
        "*",
        "'",
        "(",
        ")",
        "!",
        ":",
        "@",
        "$",
        ",",
        ";",
        "/",
        "//",
        "/./",
        "/../",
        "é",
        "%e4%bd%a0",
        "=",
    ];
    const VALUES: [&str; 16] =
        ["", "a", "A", "%20", "+", "%2B", "*", "'", "~", "%C3%A4", "=", "%3D", "é", "%2f", "/", "?"];
    const HEADERS: [&str; 6] = ["", "x", "a  b", " lead", "a,b", "ü"];
    let mut random = fastrand::Rng::with_seed(20_150_830);
    let identities = Identities::default();
    for index in 0..2000 {
        let pick = |random: &mut fastrand::Rng, from: &[&'static str]| *random.choice(from).expect("one");
        let mut target = String::from("/stage/");
        for _ in 0..random.usize(0..8) {
            target.push_str(pick(&mut random, &PIECES));
        }
        let mut joint = '?';
        for _ in 0..random.usize(0..5) {
            let (name, value) = (pick(&mut random, &VALUES), pick(&mut random, &VALUES));
            target.push_str(&format!("{joint}k{name}={value}"));
            joint = '&';
        }
        let signing = Signing {
            key: if random.bool() { KEY } else { TEMPORARY },
            query: random.bool(),
            ..Signing::default()
        };
        let signing = Signing { token: (signing.key == TEMPORARY).then_some(SESSION_TOKEN), ..signing };
        let mut request = call("PUT", &target);
        for _ in 0..random.usize(0..4) {
            request = request.header("x-meta", pick(&mut random, &HEADERS));
        }
        let body: Vec<u8> = (0..random.usize(0..64)).map(|_| random.u8(..)).collect();
        let sent = request.body(body).signed("127.0.0.1:8080", &signing);
        let arrived = Arrived {
            method: sent.method,
            target: sent.target,
            headers: sent.headers,
            body: sent.body.into(),
        };
        let rules = Rules {
            region: "us-east-1",
            service: "execute-api",
            now_ms: now_ms(),
            identities: &identities,
            allow_unsigned_payload: false,
        };
        let verdict = verify(&arrived, &rules).map(|_| ());
        assert_eq!(verdict, Ok(()), "case {index}: {}", arrived.target);
        let claim = claim::read(&arrived).expect("claim");
        let texts = texts(&arrived, &claim, &sha256_hex(&arrived.body), &[]);
        let (_, scope) = claim.credential.split_once('/').expect("scope");
        let own = canonical::signature(signing.key.1, scope, &texts.string_to_sign);
        assert_eq!(own, claim.signature, "case {index}: {}", texts.canonical_request);
    }
}
