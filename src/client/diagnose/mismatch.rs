//! A signature that does not match: reads what the server says it has signed and finds the first line in
//! which that differs from what was signed here.

use super::{Diagnosis, Refusal};
use crate::explanation::redact;
use crate::text::{before, concat, contains, find, replace, split, split_once};
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;

/// The texts in the server's answer, redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerTexts {
    /// "The Canonical String for this request should have been"
    pub canonical_request: String,
    /// "The String-to-Sign should have been"
    pub string_to_sign: String,
}

/// The first line in which two canonical requests, or two strings to sign, differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the line is: `method`, `path`, `query`, `header host`, `signed headers`, …
    pub part: String,
    /// Counted from 1.
    pub line: usize,
    /// The line that was signed here; empty if there is none.
    pub ours: String,
    /// The line that the server has; empty if there is none.
    pub theirs: String,
}

pub(super) fn diagnose(refusal: &Refusal<'_>) -> Option<Diagnosis> {
    let server = server_texts(refusal.message);
    let says_so = contains(refusal.message, "signature we calculated does not match");
    if server.is_none() && !says_so {
        return None;
    }
    let difference = server.as_ref().and_then(|server| first_difference(refusal, server));
    let (summary, hint) = match &difference {
        Some(difference) => {
            let known = HINTS.iter().find(|(part, _)| *part == difference.part);
            let summary = concat(&["The signature does not match: the ", &difference.part, " differs."]);
            (summary.into(), known.map_or(HEADER_HINT, |(_, hint)| *hint))
        }
        None if server.is_some() && !refusal.canonical_request.is_empty() => (NO_MATCH, SAME_TEXT),
        None => (NO_MATCH, COMPARE),
    };
    Some(Diagnosis { kind: "SignatureDoesNotMatch", summary, hint, difference, server })
}

const NO_MATCH: Cow<'_, str> = Cow::Borrowed("The signature does not match.");
const SAME_TEXT: &str = "Both sides signed the same text, so the secret key is not the one of this access key: \
                         check both for a mix-up, a missing character or a space too much.";
const COMPARE: &str = "Compare the canonical request that was signed (explain) with the one that the server shows; \
                       if both are the same, the secret key is wrong.";
const HEADER_HINT: &str = "A header changed on the way: do not sign headers that a browser or a proxy rewrites \
                           (unsignableHeaders).";
const STAMP_HINT: &str = "The string to sign has another time: x-amz-date was changed after signing.";

/// What to do about a difference in each part; [`HEADER_HINT`] is for all others.
const HINTS: &[(&str, &str)] = &[
    ("method", "Something between here and the gateway changed the method: a redirect or a proxy."),
    (
        "path",
        "The path arrived in another spelling: look for encoding done twice, a proxy that normalises, or a service \
         that wants its path encoded once (doubleEncodePath: false).",
    ),
    (
        "query",
        "The query arrived in another spelling or order: pass values in queryParams, not yet encoded, and nothing \
         may be added after signing.",
    ),
    (
        "header host",
        "Another host was signed than the one that was called: sign for the host that the gateway sees, and let \
         proxies pass it on.",
    ),
    (
        "header x-amz-security-token",
        "The session token that arrived is another one than the one signed: was it cut or copied with white space?",
    ),
    (
        "signed headers",
        "A header was added, dropped or renamed on the way: sign only headers that arrive unchanged.",
    ),
    (
        "payload hash",
        "The body that arrived is not the one that was signed: it must not be serialised, compressed or re-encoded \
         after signing.",
    ),
    ("algorithm", STAMP_HINT),
    ("time", STAMP_HINT),
    (
        "credential scope",
        "The server has another date, region or service in its scope: check region and service.",
    ),
    ("canonical request hash", "The canonical requests differ in a value that is hidden here."),
];

/// The two texts in AWS's message, whether its line ends are real or still escaped as in JSON.
fn server_texts(message: &str) -> Option<ServerTexts> {
    let unescaped;
    let message = if contains(message, "should have been\\n") {
        unescaped = replace(&replace(&replace(message, "\\n", "\n"), "\\\"", "\""), "\\/", "/");
        &unescaped
    } else {
        message
    };
    let quoted = |title: &str| {
        let (_, after) = split_once(message, title)?;
        let (_, text) = split_once(after, "'")?;
        Some(text)
    };
    let canonical = quoted("The Canonical String for this request should have been")?;
    // The text itself may have quotes in it, so its end is where the next title begins.
    let end = find(canonical, "\n\nThe String-to-Sign").unwrap_or(canonical.len());
    let (canonical, _) = canonical.split_at_checked(end)?;
    let string_to_sign = quoted("The String-to-Sign should have been").unwrap_or_default();
    Some(ServerTexts {
        canonical_request: redact(canonical.strip_suffix('\'').unwrap_or(canonical)),
        string_to_sign: before(string_to_sign, "'").to_owned(),
    })
}

fn first_difference(refusal: &Refusal<'_>, server: &ServerTexts) -> Option<Difference> {
    if refusal.canonical_request.is_empty() {
        return None;
    }
    let ours = redact(refusal.canonical_request);
    if let Some((line, ours_there, theirs)) = first_line(&ours, &server.canonical_request) {
        let last = split(&ours, "\n").fold(0, |count, _| count + 1);
        let named = if ours_there.is_empty() { theirs } else { ours_there };
        let part = canonical_part(line, last, named);
        return Some(Difference { part, line, ours: ours_there.into(), theirs: theirs.into() });
    }
    if refusal.string_to_sign.is_empty() || server.string_to_sign.is_empty() {
        return None;
    }
    let (line, ours, theirs) = first_line(refusal.string_to_sign, &server.string_to_sign)?;
    let parts = ["algorithm", "time", "credential scope", "canonical request hash"];
    let part = parts.get(line - 1).copied().unwrap_or("string to sign").into();
    Some(Difference { part, line, ours: ours.into(), theirs: theirs.into() })
}

/// The number of the first line that differs, and that line of both.
fn first_line<'a>(ours: &'a str, theirs: &'a str) -> Option<(usize, &'a str, &'a str)> {
    let (mut ours, mut theirs) = (split(ours, "\n"), split(theirs, "\n"));
    for line in 1.. {
        match (ours.next(), theirs.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => return Some((line, a.unwrap_or_default(), b.unwrap_or_default())),
        }
    }
    None
}

/// What a line of the canonical request is; `last` is the number of its last line.
fn canonical_part(line: usize, last: usize, text: &str) -> String {
    match line {
        1 => "method".into(),
        2 => "path".into(),
        3 => "query".into(),
        _ if line == last => "payload hash".into(),
        _ if line + 1 == last => "signed headers".into(),
        _ => concat(&["header ", before(text, ":")]),
    }
}
