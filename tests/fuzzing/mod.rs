//! What the fuzz targets check, as plain functions of bytes: libFuzzer calls them with what it makes
//! up (`fuzz/fuzz_targets`), and `tests/corpus.rs` with each file of the corpus, on stable Rust.
//!
//! Each panics if the crate breaks a promise; a panic inside the crate counts as much.

use gatesign::boundary::{client::ClientCore, fields::Reader, questions, signer::SignerCore};
use gatesign::client::template::{self, Value};
use gatesign::sigv4::canonical::{canonical_query, push_path};
use gatesign::sigv4::timestamp::Timestamp;
use gatesign::sigv4::{Payload, Request, Rules, Signer};
use gatesign::{Credentials, Error};

const SECRET: &str = "canary/secret/of/the/fuzz/targets";
const TOKEN: &str = "canary/token/of/the/fuzz/targets";
/// 2013-05-24T00:00:00Z
const NOW: f64 = 1_369_353_600_000.0;

/// The text that the bytes are, in its lines.
fn lines(data: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(data).split('\n').map(str::to_owned).collect()
}

fn signer(rules: Rules) -> Result<Signer, Error> {
    Signer::new(
        Credentials::new("AKID".into(), SECRET.into(), Some(TOKEN.into())),
        "us-east-1",
        "execute-api",
        rules,
    )
}

/// Lines: path, query, then headers as `name:value`.
pub fn canonical(data: &[u8]) {
    let lines = lines(data);
    let [path, query, headers @ ..] = &*lines else { return };
    let once = canonical_query(query, &[]);
    assert_eq!(canonical_query(&once, &[]), once, "a canonical query is its own canonical form");
    for service in ["execute-api", "s3"] {
        let rules = Rules::for_service(service);
        let mut written = String::new();
        push_path(&mut written, path, &rules);
        assert!(written.bytes().all(|byte| byte.is_ascii_graphic()), "{written}");
    }
    let headers: Vec<(&str, &str)> = headers.iter().filter_map(|line| line.split_once(':')).collect();
    let request =
        Request { method: "GET", host: "a.b", path, query, headers: &headers, payload: Payload::Empty };
    let mut reversed: Vec<(&str, &str)> = headers.clone();
    reversed.reverse();
    let (signer, now) = (signer(Rules::default()).unwrap(), Timestamp::from_millis(NOW).unwrap());
    let signed = signer.sign(&request, now);
    assert_eq!(signed.signature.len(), 64);
    let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    if names.windows(2).all(|pair| pair[0] != pair[1]) {
        let again = signer.sign(&Request { headers: &reversed, ..request }, now);
        assert_eq!(again.signature, signed.signature, "the order of headers does not count");
    }
}

/// Lines: path, query, method, seconds, then headers as `name:value`.
pub fn presign(data: &[u8]) {
    let lines = lines(data);
    let [path, query, method, seconds, headers @ ..] = &*lines else { return };
    let seconds: u32 = seconds.trim().parse().unwrap_or(60);
    let headers: Vec<(&str, &str)> = headers.iter().filter_map(|line| line.split_once(':')).collect();
    let request = Request { method, host: "a.b", path, query, headers: &headers, payload: Payload::Empty };
    let now = Timestamp::from_millis(NOW).unwrap();
    for omit_session_token in [false, true] {
        let signer = signer(Rules { omit_session_token, ..Rules::default() }).unwrap();
        let Ok(signed) = signer.presign(&request, seconds, now) else {
            assert!(!(1..=604_800).contains(&seconds));
            return;
        };
        assert!(
            signed.query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'),
            "{}",
            &*signed.query
        );
        assert!(!signed.query.contains(SECRET));
        assert!(signed.query.contains(&signed.signature));
    }
}

/// Lines: template, text of a variable, then a list's items, which are also a map's keys and values.
pub fn template(data: &[u8]) {
    let lines = lines(data);
    let [template, text, items @ ..] = &*lines else { return };
    let names: Vec<String> = template::names(template).into_iter().map(str::to_owned).collect();
    let variables: Vec<(String, Value)> = names
        .iter()
        .zip(0..)
        .map(|(name, number)| {
            let value = match number % 3 {
                0 => Value::Text(text.clone()),
                1 => Value::List(items.to_vec()),
                _ => Value::Map(items.iter().map(|item| (item.clone(), text.clone())).collect()),
            };
            (name.clone(), value)
        })
        .collect();
    let expanded = template::expand(template, &variables);
    assert!(expanded.bytes().all(|byte| byte.is_ascii_graphic()), "{expanded}");
    // Without an expression nothing is left to expand but what is not ASCII.
    if names.is_empty() {
        assert_eq!(template::expand(&expanded, &[]), expanded);
    }
}

/// Lines: status, error type, code; the rest is the message, and after a form feed what was signed.
pub fn diagnose(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(4, '\n');
    let mut next = || parts.next().unwrap_or_default().replace('\0', " ");
    let (status, kind, code, rest) = (next(), next(), next(), next());
    let (message, ours) = rest.split_once('\x0c').unwrap_or((&rest, ""));
    let packed = ["0", &status, &kind, message, &code, ours, ours].join("\0");
    let answer = questions::diagnose(&packed);
    let fields: Vec<&str> = answer.split('\0').collect();
    assert!([7, 9].contains(&fields.len()), "{answer:?}");
    assert!(
        fields.iter().take(3).all(|field| !field.is_empty()),
        "kind, summary and hint are always there: {answer:?}"
    );
    let time = questions::server_clock(message);
    assert!(time.is_nan() || Timestamp::from_millis(time).is_ok());
    let wait = questions::retry_after(message, NOW);
    assert!(wait >= -1.0 && wait.is_finite());
}

/// The bytes are what a script passes, field after field: first a number, then the packed text.
pub fn boundary(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let packed = String::from_utf8_lossy(rest);
    let now = NOW + f64::from(*first) * 1e9;
    let mut reader = Reader::new(&packed);
    let (list, pairs) = (reader.list(), reader.pairs());
    assert!(list.len() + pairs.len() <= packed.len() + 2, "no more texts than there are fields");
    let _ = questions::template_variables(&packed);
    let _ = questions::diagnose(&packed);
    // A secret that is in the input, percent-encoded or not, tells nothing when it comes out.
    let searched = !packed.contains("canary") && !packed.contains('%');
    let clean = |out: &str| assert!(!searched || !out.contains("canary/secret"), "{out:?}");
    let known = "0\0https://a.b/p?k=v\0https://a.b\0us-east-1\0execute-api\0key\0a/b\0\x001\x000";
    for (config, origin) in [(&*packed, None), (known, Some("https://a.b"))] {
        let Ok(mut client) = ClientCore::new(config) else { continue };
        check_prepared(client.prepare(&packed, rest, now), origin, clean);
        for credentials in [&*packed, "0\0AKID\0canary/secret/of/the/fuzz/targets\0token"] {
            if let Err(error) = client.set_credentials(credentials) {
                clean(&error.to_string());
                continue;
            }
            check_prepared(client.prepare(&packed, rest, now), origin, clean);
            if let Ok(url) = client.presign(&packed, f64::from(*first), now) {
                clean(&url);
            }
        }
    }
    for options in [&*packed, "0\0AKID\0canary/secret/of/the/fuzz/targets\0\0us-east-1\0s3\0\0\0\0\0\x000"] {
        let Ok(signer) = SignerCore::new(options) else { continue };
        let _ = signer.presign(&packed, f64::from(*first), now);
        let _ = signer.sign_string(&packed, now);
        if let Ok(out) = signer.sign(&packed, rest, now) {
            clean(&out);
        }
    }
}

/// Method, URL, count of headers, as many pairs, and then nothing or the explanation's seven texts.
fn check_prepared(prepared: Result<String, Error>, origin: Option<&str>, clean: impl Fn(&str)) {
    let Ok(out) = prepared else { return };
    let fields: Vec<&str> = out.split('\0').collect();
    let count: usize = fields[2].parse().unwrap();
    let rest = fields.len() - 3 - 2 * count;
    assert!(rest == 0 || rest == 7, "{out:?}");
    clean(&out);
    // The origin is the platform's own text, which made-up fields have not; what follows it is ours.
    if let Some(origin) = origin {
        let rest = fields[1].strip_prefix(origin).unwrap();
        assert!(rest.starts_with('/') && rest.bytes().all(|byte| byte.is_ascii_graphic()), "{out:?}");
    }
}
