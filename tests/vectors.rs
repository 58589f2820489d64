//! Every case of the official signing test suite, signed in headers and in the query: canonical
//! request, string to sign and signature.

mod common;

use gatesign::Credentials;
use gatesign::sigv4::timestamp::Timestamp;
use gatesign::sigv4::{Payload, Request, Rules, Signed, Signer};
use std::fs;
use std::path::Path;

struct Case {
    name: String,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
    signer: Signer,
    now: Timestamp,
    expires: u32,
}

/// Two cases come from an older suite and have no settings: they are the ones that encode the path
/// twice, for a request that says in which region, service and time it was signed.
const WITHOUT_CONTEXT: [(&str, &str, &str, &str); 2] = [
    ("double-encode-path", "us-east-1", "execute-api", "20210511T154045Z"),
    ("double-url-encode", "us-east-2", "lambda", "20210511T154045Z"),
];

fn read(folder: &Path) -> Case {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(folder.join("request.txt")).unwrap();
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end_matches('\n'), ""));
    let mut lines = head.split('\n');
    let request_line = lines.next().unwrap().strip_suffix(" HTTP/1.1").unwrap();
    let (method, target) = request_line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        match line.split_once(':') {
            Some((name, value)) if !line.starts_with(' ') => headers.push((name.into(), value.into())),
            _ => {
                let (_, value) = headers.last_mut().unwrap();
                value.push('\n');
                value.push_str(line);
            }
        }
    }
    let older = WITHOUT_CONTEXT.iter().find(|(known, ..)| *known == name);
    let (signer, now, expires) = match older {
        Some((_, region, service, time)) => (
            signer(&test_credentials(), region, service, Rules::default()),
            Timestamp::parse(time).unwrap(),
            1,
        ),
        None => {
            let text = fs::read_to_string(folder.join("context.json")).unwrap();
            let context: serde_json::Value = serde_json::from_str(&text).unwrap();
            let rules = Rules {
                double_encode_path: false,
                normalize_path: context["normalize"].as_bool().unwrap(),
                payload_header: context["sign_body"].as_bool().unwrap(),
                omit_session_token: context["omit_session_token"].as_bool().unwrap_or(false),
                ..Rules::default()
            };
            let (region, service) =
                (context["region"].as_str().unwrap(), context["service"].as_str().unwrap());
            let time = context["timestamp"].as_str().unwrap().replace(['-', ':'], "");
            let expires = u32::try_from(context["expiration_in_seconds"].as_u64().unwrap()).unwrap();
            let signer = signer(&context["credentials"], region, service, rules);
            (signer, Timestamp::parse(&time).unwrap(), expires)
        }
    };
    let [method, path, query, body] = [method, path, query, body].map(str::to_owned);
    Case { name, method, path, query, headers, body, signer, now, expires }
}

fn test_credentials() -> serde_json::Value {
    serde_json::json!({
        "access_key_id": "AKIDEXAMPLE",
        "secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    })
}

fn signer(credentials: &serde_json::Value, region: &str, service: &str, rules: Rules) -> Signer {
    let text = |name: &str| credentials[name].as_str().map(str::to_owned);
    let credentials =
        Credentials::new(text("access_key_id").unwrap(), text("secret_access_key").unwrap(), text("token"));
    Signer::new(credentials, region, service, rules).unwrap()
}

/// Compares the three steps with the files of one way of signing; `false` if the suite has none.
fn check(folder: &Path, kind: &str, case: &Case, signed: &Signed) -> bool {
    let file = |step: &str| fs::read_to_string(folder.join(format!("{kind}-{step}.txt")));
    let Ok(canonical_request) = file("canonical-request") else { return false };
    let what = format!("{} {kind}", case.name);
    assert_eq!(*signed.canonical_request, canonical_request, "{what}");
    if let Ok(string_to_sign) = file("string-to-sign") {
        assert_eq!(signed.string_to_sign, string_to_sign.trim_end(), "{what}");
    }
    if let Ok(signature) = file("signature") {
        assert_eq!(signed.signature, signature.trim(), "{what}");
    }
    true
}

#[test]
fn official_suite() {
    let mut counts = [0, 0];
    let mut folders: Vec<_> =
        fs::read_dir(common::suite()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in &folders {
        let case = read(folder);
        let headers: Vec<(&str, &str)> =
            case.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let payload = Payload::Bytes(case.body.as_bytes());
        let request = Request {
            method: &case.method,
            host: "example.amazonaws.com",
            path: &case.path,
            query: &case.query,
            headers: &headers,
            payload,
        };
        let signed = case.signer.sign(&request, case.now);
        counts[0] += usize::from(check(folder, "header", &case, &signed));
        let presigned = case.signer.presign(&request, case.expires, case.now).unwrap();
        counts[1] += usize::from(check(folder, "query", &case, &presigned));
    }
    println!("official suite: {} cases in headers, {} in the query", counts[0], counts[1]);
    assert_eq!(counts, [folders.len(), folders.len() - WITHOUT_CONTEXT.len()]);
}
