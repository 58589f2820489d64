//! Of two things wrong with a request, the one AWS checks first is the answer.

use gateway::arrived::Arrived;
use gateway::auth::identity::{Identities, Identity};
use gateway::auth::timestamp::parse_basic;
use gateway::auth::verify::{Rules, verify};

const SCOPE: &str = "20150830/us-east-1/execute-api/aws4_request";

/// A request with an `Authorization` header of these parts.
fn request(algorithm: &str, credential: &str, signed: &str, date: &str) -> Arrived {
    let authorization = format!("{algorithm} Credential={credential}, SignedHeaders={signed}, Signature=00");
    Arrived {
        method: "GET".into(),
        target: "/stage/echo".into(),
        headers: vec![
            ("Host".into(), "a".into()),
            ("X-Amz-Date".into(), date.into()),
            ("Authorization".into(), authorization),
        ],
        ..Arrived::default()
    }
}

#[test]
fn the_first_check_that_fails_answers() {
    const SHA256: &str = "AWS4-HMAC-SHA256";
    const NOW: &str = "20150830T123600Z";
    let identities = Identities::default();
    let known = format!("AKIDEXAMPLE/{SCOPE}");
    let unknown = format!("nobody/{SCOPE}");
    let four = "AKIDEXAMPLE/20150830/us-east-1/execute-api";
    let mut both = request("x", four, "x", "no date");
    both.target = "/stage/echo?X-Amz-Algorithm=x".into();
    for (kind, text, request) in [
        ("BothForms", "Found both", both),
        ("IncompleteSignature", "Date must", request("x", four, "x", "no date")),
        ("SignatureExpired", "Signature expired", request("x", four, "x", "20150830T120000Z")),
        ("SignatureNotYetCurrent", "not yet", request("x", four, "x", "20150830T130000Z")),
        ("HostNotSigned", "'Host' must", request("x", four, "x", NOW)),
        ("IncompleteSignature", "Unsupported", request("x", four, "host", NOW)),
        ("IncompleteSignature", "exactly 5", request(SHA256, four, "host", NOW)),
        (
            "CredentialScope",
            "region",
            request(SHA256, "nobody/20150830/x/execute-api/aws4_request", "host", NOW),
        ),
        ("UnrecognizedClient", "token", request(SHA256, &unknown, "host", NOW)),
        ("SignatureDoesNotMatch", "calculated", request(SHA256, &known, "host", NOW)),
        // The temporary key without its token: the signature is wrong too, and comes first.
        (
            "SignatureDoesNotMatch",
            "calculated",
            request(SHA256, &format!("ASIAEXAMPLETEMPORARY/{SCOPE}"), "host", NOW),
        ),
    ] {
        let refusal = verify(&request, &rules(&identities)).err().expect(kind);
        assert_eq!(refusal.kind, kind, "{}", refusal.message);
        assert!(refusal.message.contains(text), "{kind}: {}", refusal.message);
    }
}

fn rules(identities: &Identities) -> Rules<'_> {
    Rules {
        region: "us-east-1",
        service: "execute-api",
        now_ms: parse_basic("20150830T123600Z").unwrap_or_default(),
        identities,
        allow_unsigned_payload: false,
    }
}

/// An expired key with the wrong token: the token is looked at first.
#[test]
fn a_wrong_token_is_told_before_an_expired_one() {
    let identities = Identities::default();
    identities.register(Identity {
        access_key_id: "ASIAEND".into(),
        secret_access_key: "secret".into(),
        session_token: Some("right".into()),
        expires_at_ms: Some(0),
        allowed: false,
        arn: String::new(),
    });
    for (token, kind) in [("wrong", "UnrecognizedClient"), ("right", "ExpiredToken")] {
        let signing = crate::client::Signing {
            key: ("ASIAEND", "secret"),
            token: Some(token),
            time: gateway::auth::timestamp::system_time(1_440_938_160_000),
            ..crate::client::Signing::default()
        };
        let sent = crate::client::call("GET", "/stage/echo").signed("a", &signing);
        let arrived = Arrived {
            method: sent.method,
            target: sent.target,
            headers: sent.headers,
            body: sent.body.into(),
        };
        let refusal = verify(&arrived, &rules(&identities)).err().expect(kind);
        assert_eq!(refusal.kind, kind);
    }
}
