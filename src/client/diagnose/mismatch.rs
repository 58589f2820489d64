//! A signature that does not match: reads what the server says it has signed and finds the first line in
//! which that differs from what was signed here.

use super::{Diagnosis, Refusal};
use crate::client::redact::redact;
use crate::sigv4::timestamp::Timestamp;
use crate::text::{before, concat, contains, push_all, replace, slice, split, split_once, trim, with_room};
use alloc::string::String;

/// The texts in the server's answer, redacted. What was signed here is brought into the same form.
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

/// Adds to a diagnosis what the server's texts tell, if they are in its message.
pub(super) fn compare(refusal: &Refusal<'_>, diagnosis: &mut Diagnosis) {
    diagnosis.server = server_texts(refusal.message);
    let ours = comparable(refusal.canonical_request, refusal.string_to_sign);
    let Some((ours, theirs)) = ours.as_ref().zip(diagnosis.server.as_ref()) else {
        return;
    };
    diagnosis.difference = first_difference(ours, theirs);
    diagnosis.hint = SAME_TEXT.into();
    if let Some(Difference { part, .. }) = &diagnosis.difference {
        diagnosis.summary = concat(&["The signature does not match: the ", part, " differs."]).into();
        diagnosis.hint = hint(part).into();
    }
}

const SAME_TEXT: &str = "Both sides signed the same text, the time aside, so the secret key is not the one of this access \
                         key: check both for a missing character or a space too much.";

/// A line for each part that can differ, and one for what to do about it; the last is for all other headers.
const PARTS: &str = include_str!("parts.txt");

fn hint(part: &str) -> &'static str {
    let mut lines = split(PARTS, "\n");
    loop {
        let (name, hint) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        if name == part || name.is_empty() {
            return hint;
        }
    }
}

/// The two texts in AWS's message, whether its line ends are real or still escaped as in JSON, once or more.
fn server_texts(message: &str) -> Option<ServerTexts> {
    // S3 has both in elements of their own.
    if let Some((_, after)) = split_once(message, "<CanonicalRequest>") {
        let (canonical, _) = split_once(after, "</CanonicalRequest>")?;
        let to_sign = split_once(message, "<StringToSign>").map_or("", |(_, after)| before(after, "<"));
        return comparable(canonical, to_sign);
    }
    let mut message: String = message.into();
    for _ in 0..4 {
        if contains(&message, "should have been\\\\") {
            message = replace(&replace(&message, "\\\"", "\""), "\\\\", "\\");
        }
    }
    if contains(&message, "should have been\\") {
        for (escaped, meant) in [("\\r", ""), ("\\n", "\n"), ("\\u0026", "&"), ("\\\"", "\""), ("\\/", "/")] {
            message = replace(&message, escaped, meant);
        }
    }
    let (_, after) = split_once(&message, "The Canonical String for this request should have been")?;
    // The text itself may have quotes in it, so its end is where the next title begins.
    let (canonical, after) = split_once(after, "The String-to-Sign should have been")?;
    let to_sign = split_once(after, "'").and_then(|(_, text)| split_once(text, "'"));
    comparable(trim(canonical, " \t\r\n'"), to_sign.unwrap_or_default().0)
}

/// Both texts as they are compared and shown. `None` if the first has not the lines of a canonical request:
/// where they cannot be told apart, there is nothing to compare, and nothing is shown.
fn comparable(canonical_request: &str, string_to_sign: &str) -> Option<ServerTexts> {
    let canonical_request = plain(canonical_request);
    has_its_lines(&canonical_request)
        .then(|| ServerTexts { canonical_request, string_to_sign: plain(string_to_sign) })
}

/// A text without secrets, and without what is around its lines in other formats.
fn plain(text: &str) -> String {
    let mut out = with_room(text.len());
    for line in split(text, "\n") {
        push_all(&mut out, &[trim(line, " \t\r"), "\n"]);
    }
    redact(trim(&out, "\n"))
}

/// Whether a text is a method, a path, a query, headers, an empty line, their names and a hash.
fn has_its_lines(text: &str) -> bool {
    let mut after_headers = 0;
    for (number, line) in split(text, "\n").enumerate() {
        let name = before(line, ":= <\\");
        let is_header = slice(line, name.len(), name.len() + 1) == ":";
        if number > 2 && (after_headers > 0 || !is_header) {
            after_headers += 1;
        }
        if number == 1 && !line.starts_with('/') || after_headers == 1 && !line.is_empty() {
            return false;
        }
    }
    after_headers == 3
}

/// The first lines that differ, by more than the time if that is another one: the explanation may have been
/// made later than the signature, which is no cause.
fn first_difference(ours: &ServerTexts, theirs: &ServerTexts) -> Option<Difference> {
    let times = time_of(&ours.canonical_request).zip(time_of(&theirs.canonical_request));
    let (our_time, their_time) = times.unwrap_or_default();
    let last = split(&ours.canonical_request, "\n").fold(0, |count, _| count + 1);
    let whole = |texts: &ServerTexts| concat(&[&texts.canonical_request, "\n", &texts.string_to_sign]);
    let (ours, theirs) = (whole(ours), whole(theirs));
    let at_their_time = replace(&ours, our_time, their_time);
    let at_their_time = replace(&at_their_time, before(our_time, "T"), before(their_time, "T"));
    let mut theirs = split(&theirs, "\n");
    let mut at_their_time = split(&at_their_time, "\n");
    for (number, ours) in split(&ours, "\n").enumerate() {
        let theirs = theirs.next()?;
        if at_their_time.next() == Some(theirs) || ours == theirs {
            continue;
        }
        let (place, line) = match number {
            // The hash is over the time, too.
            _ if number >= last + 3 && our_time != their_time => return None,
            // The string to sign is not known of both sides.
            _ if number >= last && (ours.is_empty() || theirs.is_empty()) => return None,
            _ if number >= last => (number - last + 5, number - last),
            0..=2 => (number, number),
            _ if number + 1 == last => (3, number),
            _ if number + 2 == last => (4, number),
            // None of those that have a name.
            _ => (PARTS.len(), number),
        };
        let part = split(PARTS, "\n").nth(2 * place);
        let header = if ours.is_empty() { theirs } else { ours };
        let part = part.map_or_else(|| concat(&["header ", before(header, ":")]), Into::into);
        return Some(Difference { part, line: line + 1, ours: ours.into(), theirs: theirs.into() });
    }
    None
}

/// The time of a canonical request, in its header or its query.
fn time_of(canonical_request: &str) -> Option<&str> {
    let mut names = ["\nx-amz-date:", "X-Amz-Date="].iter();
    let (_, after) = names.find_map(|name| split_once(canonical_request, name))?;
    after.get(..16).filter(|time| Timestamp::parse(time).is_some())
}
