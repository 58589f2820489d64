//! What the fuzz targets check, as plain functions of bytes: libFuzzer calls them with what it makes
//! up (`fuzz/fuzz_targets`), and `tests/corpus.rs` with each file of the corpus, on stable Rust.
//!
//! Each panics if the crate breaks a promise; a panic inside the crate counts as much.

use gatesign::Credentials;
use gatesign::boundary::{Boundary, Job, Numbers};
use gatesign::client::template::{self, Value};
use gatesign::sigv4::canonical;
use gatesign::sigv4::timestamp::Timestamp;
use gatesign::sigv4::{Error, Payload, Request, Rules, Signer};

/// With a quote in it, which no URL can have: a path that is passed in pieces cannot be joined to it.
const SECRET: &str = "canary\"secret/of/the/fuzz/targets";
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
    let once = canonical::query(query);
    assert_eq!(canonical::query(&once), once, "a canonical query is its own canonical form");
    for service in ["execute-api", "s3"] {
        let rules = Rules::for_service(service);
        let written = canonical::path(path, &rules);
        assert!(written.bytes().all(|byte| byte.is_ascii_graphic()), "{written}");
    }
    let headers: Vec<(&str, &str)> = headers.iter().filter_map(|line| line.split_once(':')).collect();
    let request =
        Request { method: "GET", host: "a.b", path, query, headers: &headers, payload: Payload::Empty };
    let mut reversed: Vec<(&str, &str)> = headers.clone();
    reversed.reverse();
    let (signer, now) = (signer(Rules::default()).unwrap(), Timestamp::from_millis(NOW).unwrap());
    let signed = signer.sign(&request, now);
    assert_eq!(signed.signature().len(), 64);
    let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    if names.windows(2).all(|pair| pair[0] != pair[1]) {
        let again = signer.sign(&Request { headers: &reversed, ..request }, now);
        assert_eq!(again.signature(), signed.signature(), "the order of headers does not count");
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
            signed.query().bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'),
            "{}",
            signed.query()
        );
        assert!(!signed.query().contains(SECRET));
        assert!(signed.query().contains(signed.signature()));
    }
}

/// Lines: template, text of a variable, then a list's items, which are also a map's keys and values.
pub fn template(data: &[u8]) {
    let lines = lines(data);
    let [template, text, items @ ..] = &*lines else { return };
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let names = template::names(template);
    let values = [
        Value::Text(text),
        Value::List(items.clone()),
        Value::Map(items.iter().map(|item| (*item, text.as_str())).collect()),
    ];
    let expanded = template::expand(template, &|number, name| {
        assert_eq!(names[number], name);
        values.get(number % 3)
    });
    assert!(expanded.bytes().all(|byte| byte.is_ascii_graphic()), "{expanded}");
    // Without an expression nothing is left to expand but what is not ASCII.
    if names.is_empty() {
        assert_eq!(template::expand(&expanded, &|_, _| None), expanded);
    }
}

/// Lines: status, error type, code; the rest is the message.
pub fn refusal(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(4, '\n');
    let mut next = || parts.next().unwrap_or_default();
    let (status, kind, code, message) = (next(), next(), next(), next());
    let fields = ["GET", status, kind, message, code, message, message, "1", "1", "0", "1", "5"];
    let next = call(&mut Boundary::default(), Job::Next, &fields, &[], NONE);
    assert!(next.is_nan() || next >= -1.0 && Timestamp::from_millis(next).is_ok());
}

const NONE: Numbers = Numbers { handle: 0, now: NOW, number: 60.0 };

/// Does a job with these fields as `src/js/jobs.ts` writes them.
fn call(boundary: &mut Boundary, job: Job, fields: &[&str], body: &[u8], numbers: Numbers) -> f64 {
    let mut input: Vec<u8> = Vec::new();
    for field in fields {
        input.extend(u32::try_from(field.len()).unwrap().to_le_bytes());
    }
    input.extend(fields.concat().as_bytes());
    input.extend(body);
    ask_raw(boundary, job as u32, &input, fields.len(), numbers)
}

fn ask_raw(boundary: &mut Boundary, job: u32, input: &[u8], count: usize, numbers: Numbers) -> f64 {
    boundary.input(input.len()).unwrap()[..input.len()].copy_from_slice(input);
    boundary.call(job, count, input.len(), numbers)
}

/// The texts of an answer, or the message of a refusal.
fn texts(
    boundary: &mut Boundary,
    job: Job,
    fields: &[&str],
    body: &[u8],
    numbers: Numbers,
) -> Result<Vec<String>, String> {
    let answer = call(boundary, job, fields, body, numbers);
    if answer.is_nan() {
        Err("it was destroyed".into())
    } else if answer < 0.0 {
        Err(boundary.output().into())
    } else {
        Ok(boundary.output().split('\0').map(str::to_owned).collect())
    }
}

const CONFIG: [&str; 9] =
    ["https://a.b/p?k=v", "https://a.b", "us-east-1", "execute-api", "key", "a/b", "", "1", "0"];
const IDENTITY: [&str; 3] = ["AKID", SECRET, TOKEN];
const OPTIONS: [&str; 13] = ["AKID", SECRET, TOKEN, "us-east-1", "s3", "", "", "", "", "", "", "0", "0"];

/// The bytes are what a script writes: first a job, a count and a number, then the input as it is. The
/// same bytes, in their lines, are also the fields of every job.
pub fn boundary(data: &[u8]) {
    let [job, count, number, rest @ ..] = data else { return };
    let mut boundary = Boundary::default();
    let client = call(&mut boundary, Job::NewClient, &CONFIG, &[], NONE);
    let signer = call(&mut boundary, Job::NewSigner, &OPTIONS, &[], NONE);
    assert!((client, signer) == (0.0, 1.0), "{}", boundary.output());
    let set = call(&mut boundary, Job::SetCredentials, &IDENTITY, &[], NONE);
    assert!(set >= 0.0);
    // Who passes the secret as another field gets it back.
    let passed = |text: &[u8]| text.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
    for handle in [0, 1, 2] {
        let numbers = Numbers { handle, now: NOW + f64::from(*number) * 1e9, number: f64::from(*number) };
        ask_raw(&mut boundary, u32::from(*job), rest, usize::from(*count), numbers);
        assert!(passed(rest) || !boundary.output().contains(SECRET), "{}", boundary.output());
    }
    let lines = lines(rest);
    let fields: Vec<&str> = lines.iter().map(String::as_str).collect();
    let numbers = Numbers { number: f64::from(*number), ..NONE };
    if let Ok(out) = texts(&mut boundary, Job::Prepare, &fields, rest, numbers) {
        check_prepared(&out);
        assert!(passed(rest) || out.iter().all(|text| !text.contains(SECRET)), "{out:?}");
    }
    for (handle, job) in [(0, Job::PresignCall), (1, Job::Sign), (1, Job::Presign), (1, Job::SignString)] {
        if let Ok(out) = texts(&mut boundary, job, &fields, rest, Numbers { handle, ..numbers }) {
            assert!(passed(rest) || out.iter().all(|text| !text.contains(SECRET)), "{out:?}");
        }
    }
    for job in [Job::NewClient, Job::NewSigner, Job::TemplateNames, Job::Next] {
        call(&mut boundary, job, &fields, rest, numbers);
    }
    for handle in 0..4 {
        call(&mut boundary, Job::Destroy, &[], &[], Numbers { handle, ..NONE });
    }
    assert!(boundary.output().is_empty());
}

/// Method, URL, count of headers, as many pairs, and then nothing or the explanation's seven texts.
fn check_prepared(out: &[String]) {
    let count: usize = out[2].parse().unwrap();
    let rest = out.len() - 3 - 2 * count;
    assert!(rest == 0 || rest == 7, "{out:?}");
    let rest = out[1].strip_prefix("https://a.b").unwrap();
    assert!(rest.starts_with('/') && rest.bytes().all(|byte| byte.is_ascii_graphic()), "{out:?}");
}
