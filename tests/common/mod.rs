//! One case of the official signing test suite, signed in headers and in the query: canonical request,
//! string to sign and signature. Where the files come from is the caller's business, so that the same
//! checks run natively and in wasm.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a file of the suite that has another form fails the test"
)]

use gatesign::Credentials;
use gatesign::sigv4::timestamp::Timestamp;
use gatesign::sigv4::{Payload, Request, Rules, Signed, Signer};

/// `cargo metadata` for this platform only: the crates of the others were never downloaded.
pub const METADATA: [&str; 6] =
    ["metadata", "--format-version", "1", "--locked", "--filter-platform", "host-tuple"];

/// `aws-signing-test-suite/v4` or `v4a` in the source of the crate `aws-sigv4`, from cargo's metadata.
pub fn suite(metadata: &str, version: &str) -> String {
    let metadata: serde_json::Value = serde_json::from_str(metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "aws-sigv4");
    let manifest = package.expect("aws-sigv4 is a dev-dependency")["manifest_path"].as_str().expect("a path");
    let folder = manifest.strip_suffix("Cargo.toml").expect("a manifest");
    format!("{folder}aws-signing-test-suite/{version}")
}

/// Reads a file of the case; `None` if the case has no such file.
type File<'a> = &'a dyn Fn(&str) -> Option<String>;

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

/// A case of the older suite, which has no settings.
struct Older {
    name: &'static str,
    identity: (&'static str, &'static str),
    region: &'static str,
    service: &'static str,
    time: &'static str,
    /// The time in its canonical request, which was written on another day than its signature.
    canonical_time: &'static str,
}

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The two cases that encode the path twice. What they were signed with is in their Authorization
/// header; the secret of ANOTREAL is in the crate's own tests. They have no query form.
const OLDER: [Older; 2] = [
    Older {
        name: "double-encode-path",
        identity: ("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby"),
        region: "us-east-1",
        service: "service",
        time: "20150830T123600Z",
        canonical_time: "20210511T154045Z",
    },
    Older {
        name: "double-url-encode",
        identity: ("AKIDEXAMPLE", SECRET),
        region: "us-east-2",
        service: "lambda",
        time: "20210511T154045Z",
        canonical_time: "20210511T154045Z",
    },
];

fn read(name: &str, file: File<'_>) -> Case {
    let name = name.to_owned();
    let text = file("request.txt").unwrap();
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
    let older = OLDER.iter().find(|older| older.name == name);
    let (signer, now, expires) = older.map_or_else(|| read_context(file), sign_as_older);
    let [method, path, query, body] = [method, path, query, body].map(str::to_owned);
    Case { name, method, path, query, headers, body, signer, now, expires }
}

fn sign_as_older(older: &Older) -> (Signer, Timestamp, u32) {
    let (id, secret) = older.identity;
    let credentials = serde_json::json!({ "access_key_id": id, "secret_access_key": secret });
    let signer = signer(&credentials, older.region, older.service, Rules::default());
    (signer, Timestamp::parse(older.time).unwrap(), 1)
}

/// Signer, time and life of a presigned URL, as context.json has them.
fn read_context(file: File<'_>) -> (Signer, Timestamp, u32) {
    let text = file("context.json").unwrap();
    let context: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rules = Rules {
        double_encode_path: false,
        normalize_path: context["normalize"].as_bool().unwrap(),
        payload_header: context["sign_body"].as_bool().unwrap(),
        omit_session_token: context["omit_session_token"].as_bool().unwrap_or(false),
        ..Rules::default()
    };
    let (region, service) = (context["region"].as_str().unwrap(), context["service"].as_str().unwrap());
    let time = context["timestamp"].as_str().unwrap().replace(['-', ':'], "");
    let expires = u32::try_from(context["expiration_in_seconds"].as_u64().unwrap()).unwrap();
    #[cfg(feature = "v4a")]
    if file("public-key.json").is_some() {
        let signer = Signer::for_region_set(credentials(&context["credentials"]), region, service, rules);
        return (signer.unwrap(), Timestamp::parse(&time).unwrap(), expires);
    }
    let signer = signer(&context["credentials"], region, service, rules);
    (signer, Timestamp::parse(&time).unwrap(), expires)
}

fn signer(identity: &serde_json::Value, region: &str, service: &str, rules: Rules) -> Signer {
    Signer::new(credentials(identity), region, service, rules).unwrap()
}

fn credentials(identity: &serde_json::Value) -> Credentials {
    let text = |name: &str| identity[name].as_str().map(str::to_owned);
    Credentials::new(text("access_key_id").unwrap(), text("secret_access_key").unwrap(), text("token"))
}

/// Compares the three steps with the files of one way of signing.
fn check(file: File<'_>, kind: &str, case: &Case, signed: &Signed) {
    let read = |step: &str| file(&format!("{kind}-{step}.txt")).unwrap();
    let what = format!("{} {kind}", case.name);
    assert_eq!(signed.canonical_request(), read("canonical-request"), "{what}");
    assert_eq!(signed.string_to_sign(), read("string-to-sign"), "{what}");
    #[cfg(feature = "v4a")]
    if let Some(key) = file("public-key.json") {
        // That of the suite has a nonce of its own.
        for signature in [signed.signature(), read("signature").trim()] {
            assert!(verifies(&key, signed.string_to_sign(), signature), "{what}");
        }
        return;
    }
    assert_eq!(signed.signature(), read("signature").trim(), "{what}");
}

/// Whether a signature of Version 4A is of this key.
#[cfg(feature = "v4a")]
fn verifies(key: &str, text: &str, signature: &str) -> bool {
    use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

    let bytes = |digits: &str| -> Vec<u8> {
        let digits: Vec<u32> = digits.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
        digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
    };
    let key: serde_json::Value = serde_json::from_str(key).unwrap();
    let coordinate = |name: &str| bytes(key[name].as_str().unwrap());
    let key = VerifyingKey::from_sec1_bytes(&[vec![4], coordinate("X"), coordinate("Y")].concat()).unwrap();
    key.verify(text.as_bytes(), &Signature::from_der(&bytes(signature)).unwrap()).is_ok()
}

/// The signature of an older case is in the request as it was sent.
fn check_older(file: File<'_>, older: &Older, signed: &Signed) {
    let read = |name: &str| file(name).unwrap();
    let canonical_request = read("header-canonical-request.txt").replace(older.canonical_time, older.time);
    assert_eq!(signed.canonical_request(), canonical_request, "{}", older.name);
    if older.time == older.canonical_time {
        assert_eq!(signed.string_to_sign(), read("header-string-to-sign.txt").trim_end(), "{}", older.name);
    }
    let sent = read("header-signed-request.txt");
    let (_, after) = sent.split_once("Signature=").unwrap();
    assert_eq!(signed.signature(), after.lines().next().unwrap(), "{}", older.name);
}

/// Signs the case `name` and compares each step; gives whether it has a query form.
pub fn check_case(name: &str, file: File<'_>) -> bool {
    let case = read(name, file);
    let headers: Vec<(&str, &str)> =
        case.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = Request {
        method: &case.method,
        host: "example.amazonaws.com",
        path: &case.path,
        query: &case.query,
        headers: &headers,
        payload: Payload::Bytes(case.body.as_bytes()),
    };
    let signed = case.signer.sign(&request, case.now);
    if let Some(older) = OLDER.iter().find(|older| older.name == case.name) {
        check_older(file, older, &signed);
        return false;
    }
    check(file, "header", &case, &signed);
    let presigned = case.signer.presign(&request, case.expires, case.now).unwrap();
    check(file, "query", &case, &presigned);
    true
}
