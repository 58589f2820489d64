//! Each refusal: status, error type and the exact text, and which of two comes first.

use std::time::{Duration, SystemTime};

use gateway::auth::identity::SESSION_TOKEN;
use gateway::auth::timestamp::{format_basic, now_ms};
use serde_json::json;

use crate::client::{Call, DENIED, EXPIRED, KEY, Response, Signing, TEMPORARY, call, control, start};

pub fn assert_refused(name: &str, answer: &Response, error_type: &str, message: &str) {
    let body = answer.json();
    let text = body["message"].as_str().or_else(|| body["Message"].as_str());
    assert_eq!(text, Some(message), "{name}");
    assert_eq!(answer.status, 403, "{name}");
    assert_eq!(answer.header("x-amzn-errortype"), Some(error_type), "{name}");
    for header in ["x-amzn-requestid", "x-amz-apigw-id", "date"] {
        assert!(answer.header(header).is_some(), "{name}: no {header}");
    }
}

fn authorized(value: &str, date: &str) -> Call {
    call("GET", "/stage/echo").header("Authorization", value).header("X-Amz-Date", date)
}

#[test]
fn what_cannot_be_read_is_named() {
    let gateway = start();
    let now = format_basic(now_ms());
    let missing = "Authorization header requires";
    let hashed = "(Hashed with SHA-256 and encoded with Base64) Authorization=";
    let scope = format!("AKIDEXAMPLE/{}/us-east-1/execute-api/aws4_request", &now[..8]);
    let whole = format!("Credential={scope}, SignedHeaders=host;x-amz-date, Signature=00");
    for (name, call, error_type, message) in [
        (
            "both forms",
            call("GET", "/stage/echo?X-Amz-Algorithm=AWS4-HMAC-SHA256").header("authorization", "x"),
            "InvalidSignatureException",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.".into(),
        ),
        (
            "none",
            call("GET", "/stage/echo"),
            "MissingAuthenticationTokenException",
            "Missing Authentication Token".into(),
        ),
        (
            "bearer token",
            call("GET", "/stage/echo").header("authorization", "Bearer TOKEN"),
            "IncompleteSignatureException",
            // printf 'Bearer TOKEN' | openssl dgst -sha256 -binary | base64
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 \
             and encoded with Base64): '6zqBAWb+vqUIMNP4TO1bt+oi/OoDsTb8EcNs6/0Etdo='."
                .into(),
        ),
        (
            "no parts",
            call("GET", "/stage/echo").header("authorization", "TOKEN"),
            "IncompleteSignatureException",
            format!(
                "{missing} 'Credential' parameter. {missing} 'Signature' parameter. {missing} \
                 'SignedHeaders' parameter. {missing} existence of either a 'X-Amz-Date' or a 'Date' \
                 header. {hashed}+YED6SF/CZIIVp0pXBsnbxghNIY2wmjIVLsqCG4AN80="
            ),
        ),
        (
            "algorithm with equal sign",
            authorized("Credential=a, Signature=b", &now),
            "IncompleteSignatureException",
            "Authorization header must begin with the algorithm name, which cannot include an equal-sign"
                .into(),
        ),
        (
            "query parts",
            call(
                "GET",
                "/stage/echo?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=host",
            ),
            "IncompleteSignatureException",
            "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters."
                .into(),
        ),
        (
            "date format",
            authorized(&format!("AWS4-HMAC-SHA256 {whole}"), "2015-08-30T12:36:00Z"),
            "IncompleteSignatureException",
            "Date must be in ISO-8601 'basic format'. Got '2015-08-30T12:36:00Z'. \
             See http://en.wikipedia.org/wiki/ISO_8601"
                .into(),
        ),
        (
            "host not signed",
            authorized(&format!("AWS4-HMAC-SHA256 {}", whole.replace("host;", "")), &now),
            "InvalidSignatureException",
            "'Host' must be a 'SignedHeader' in the AWS Authorization.".into(),
        ),
        (
            "algorithm",
            authorized(&format!("AWS4-HMAC-SHA1 {whole}"), &now),
            "IncompleteSignatureException",
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'".into(),
        ),
        (
            "credential parts",
            authorized(&format!("AWS4-HMAC-SHA256 {}", whole.replace("/aws4_request", "")), &now),
            "IncompleteSignatureException",
            format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. \
                 keyid/date/region/service/term, got '{}'",
                scope.replace("/aws4_request", "")
            ),
        ),
        (
            "scope, all of it",
            authorized(
                "AWS4-HMAC-SHA256 Credential=nobody/20130609/mars/s3/e, SignedHeaders=host, Signature=00",
                &now,
            ),
            "InvalidSignatureException",
            format!(
                "Credential should be scoped to a valid region, not 'mars'. \
                 Credential should be scoped to correct service: 'execute-api'. \
                 Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. \
                 Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
                 '20130609' != '{}', from '{now}'.",
                &now[..8]
            ),
        ),
    ] {
        assert_refused(name, &call.send(&gateway), error_type, &message);
    }
}

#[test]
fn a_time_more_than_five_minutes_off_is_refused() {
    let gateway = start();
    let now = SystemTime::now();
    let minutes = |count: u64| Duration::from_secs(count * 60);
    for (time, taken) in [
        (now - minutes(4), true),
        (now + minutes(4), true),
        (now - minutes(6), false),
        (now + minutes(6), false),
    ] {
        for query in [false, true] {
            let signing = Signing { time, query, expires: 604_800, ..Signing::default() };
            let answer = call("GET", "/stage/echo").send_signed(&gateway, &signing);
            assert_eq!(answer.status == 200, taken, "{:?}", answer.json());
        }
    }
    // The texts need a clock that stands still: a date far off leaves only the server's own time open.
    let late = Signing { time: now - minutes(600), ..Signing::default() };
    let text = message(&call("GET", "/stage/echo").send_signed(&gateway, &late));
    let words: Vec<&str> = text.split([' ', '(', ')']).filter(|word| !word.is_empty()).collect();
    let [signed, earliest, server] = [words[2], words[7], words[8]];
    assert_eq!(
        text,
        format!("Signature expired: {signed} is now earlier than {earliest} ({server} - 5 min.)")
    );
    assert_eq!(difference(earliest, server), 300_000);
    let early = Signing { time: now + minutes(600), ..Signing::default() };
    let text = message(&call("GET", "/stage/echo").send_signed(&gateway, &early));
    let words: Vec<&str> = text.split([' ', '(', ')']).filter(|word| !word.is_empty()).collect();
    let [signed, latest, server] = [words[4], words[9], words[10]];
    assert_eq!(
        text,
        format!("Signature not yet current: {signed} is still later than {latest} ({server} + 5 min.)")
    );
    assert_eq!(difference(server, latest), 300_000);
}

fn message(answer: &Response) -> String {
    assert_eq!(answer.header("x-amzn-errortype"), Some("InvalidSignatureException"));
    answer.json()["message"].as_str().expect("message").to_owned()
}

fn difference(earlier: &str, later: &str) -> i64 {
    let ms = |text| gateway::auth::timestamp::parse_basic(text).unwrap_or_else(|| panic!("{text}"));
    ms(later) - ms(earlier)
}

#[test]
fn the_server_clock_can_be_shifted() {
    let gateway = start();
    control(&gateway, "POST", "config", &json!({ "clockOffsetMs": 3_600_000 }));
    let answer = call("GET", "/stage/echo").send_signed(&gateway, &Signing::default());
    assert!(message(&answer).starts_with("Signature expired: "));
    let date = httpdate::parse_http_date(answer.header("date").expect("date")).expect("date");
    let ahead = date.duration_since(SystemTime::now()).expect("ahead").as_secs();
    assert!((3590..=3600).contains(&ahead), "{ahead}");
    let shifted = Signing { time: SystemTime::now() + Duration::from_secs(3600), ..Signing::default() };
    assert_eq!(call("GET", "/stage/echo").send_signed(&gateway, &shifted).status, 200);
}

#[test]
fn a_short_lived_presigned_url_ends() {
    let gateway = start();
    let time = SystemTime::now() - Duration::from_secs(20);
    let short = Signing { time, query: true, expires: 10, ..Signing::default() };
    let text = message(&call("GET", "/stage/echo").send_signed(&gateway, &short));
    assert!(text.ends_with(" - 10 sec.)"), "{text}");
}

#[test]
fn unknown_expired_and_denied_identities_are_refused() {
    let gateway = start();
    let invalid = "The security token included in the request is invalid.";
    let token = Some(SESSION_TOKEN);
    for (name, key, token, error_type, text) in [
        ("unknown key", ("AKIDNOBODY", "x"), None, "UnrecognizedClientException", invalid),
        ("temporary key, no token", TEMPORARY, None, "UnrecognizedClientException", invalid),
        ("temporary key, wrong token", TEMPORARY, Some("no"), "UnrecognizedClientException", invalid),
        ("long-lived key with token", KEY, token, "UnrecognizedClientException", invalid),
        (
            "expired",
            EXPIRED,
            token,
            "ExpiredTokenException",
            "The security token included in the request is expired",
        ),
    ] {
        for query in [false, true] {
            let signing = Signing { key, token, query, ..Signing::default() };
            let answer = call("GET", "/stage/echo").send_signed(&gateway, &signing);
            assert_refused(name, &answer, error_type, text);
        }
    }
    let denied = Signing { key: DENIED, ..Signing::default() };
    let answer = call("GET", "/stage/echo/a").send_signed(&gateway, &denied);
    assert_eq!(answer.header("x-amzn-errortype"), Some("AccessDeniedException"));
    assert_eq!(
        answer.json(),
        json!({ "Message": "User: arn:aws:iam::123456789012:user/denied is not authorized to perform: \
            execute-api:Invoke on resource: \
            arn:aws:execute-api:us-east-1:********9012:gateway/stage/GET/echo/a" })
    );
}

#[test]
fn a_wrong_secret_names_both_texts() {
    let gateway = start();
    let signing = Signing { key: (KEY.0, "wrong"), ..Signing::default() };
    let host = gateway.addr().to_string();
    let request = call("GET", "/stage/echo/%C3%A4?b=2&a").signed(&host, &signing);
    let date = request.headers.iter().find(|(name, _)| name == "x-amz-date").expect("date").1.clone();
    let answer = request.send(&gateway);
    let canonical = format!(
        "GET\n/stage/echo/%25C3%25A4\na=&b=2\nhost:{host}\nx-amz-date:{date}\n\nhost;x-amz-date\n\
         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    let text = format!(
        "The request signature we calculated does not match the signature you provided. Check your AWS \
         Secret Access Key and signing method. Consult the service documentation for details.\n\n\
         The Canonical String for this request should have been\n'{canonical}'\n\n\
         The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n{date}\n{}/us-east-1/execute-api/aws4_request\n{}'\n",
        &date[..8],
        gateway::auth::canonical::sha256_hex(canonical.as_bytes())
    );
    assert_refused("wrong secret", &answer, "InvalidSignatureException", &text);
}
