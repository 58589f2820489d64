//! The refusals that API Gateway, and the services behind it, are known to give: the paragraphs of
//! `rules.txt`, the first that matches. Each has four lines:
//!
//! 1. the kind,
//! 2. signs with `|` between them, one of which is enough: a text that the error type or the message
//!    has in it; a status (`413`) or several (`500-999`), alone or with such a text (`403 Forbidden`);
//!    `code` and a text that the error's code has in it; `no response`, `browser` (the same in a browser's words); `anything else`; what the client itself
//!    acts on, as `refusal.rs` reads it: `clock` (with `behind` or `ahead`), `token`, `quota`,
//! 3. the summary,
//! 4. the hint.
//!
//! Texts are matched softly, because the owner of an API can replace every one of them. It is a text and
//! no table of Rust, because the addresses of its parts would be another 1 KB of the module's download.

use crate::client::redact::redact;
use crate::client::refusal::{Refusal, Told};
use crate::text::{before, contains, find as find_text, number, split, split_once, tail};
use alloc::borrow::Cow;
use alloc::string::String;

const RULES: &str = include_str!("rules.txt");

/// What browsers say when they have no answer that a page may read.
const BROWSERS: [&str; 5] =
    ["Network Error", "Failed to fetch", "Load failed", "NetworkError when attempting", "net::ERR_FAILED"];

/// Kind, summary and hint of the first rule that applies.
pub(super) fn find(refusal: &Refusal<'_>) -> (&'static str, Cow<'static, str>, &'static str) {
    let mut lines = split(RULES, "\n");
    loop {
        // The last one is empty.
        let mut rule = [""; 5];
        for line in &mut rule {
            *line = lines.next().unwrap_or_default();
        }
        let [kind, signs, summary, hint, _] = rule;
        if kind.is_empty() || split(signs, "|").any(|sign| shows(refusal, sign)) {
            let sentence = denied(refusal.message).filter(|_| kind == "AccessDenied");
            return (kind, sentence.map_or(Cow::Borrowed(summary), Cow::Owned), hint);
        }
    }
}

/// Whether a refusal has this sign.
fn shows(refusal: &Refusal<'_>, sign: &str) -> bool {
    let says = |text| refusal.says(text);
    let clock = |text, apart: fn(i64) -> bool| {
        refusal.told() == Some(Told::Clock) && (says(text) || refusal.ahead_ms().is_some_and(apart))
    };
    let (word, text) = split_once(sign, " ").unwrap_or((sign, ""));
    let (first, last) = split_once(word, "-").unwrap_or((word, word));
    match (sign, number(first), number(last)) {
        ("anything else", ..) => true,
        ("browser", ..) => {
            refusal.status.is_none() && BROWSERS.iter().any(|text| contains(refusal.message, text))
        }
        ("no response", ..) => refusal.status.is_none(),
        ("clock behind", ..) => clock("xpired", |ahead| ahead < 0),
        ("clock ahead", ..) => clock("not yet current", |ahead| ahead > 0),
        ("clock", ..) => refusal.told() == Some(Told::Clock),
        ("token", ..) => refusal.told() == Some(Told::Token),
        ("quota", ..) => refusal.told() == Some(Told::Quota),
        (_, Some(first), Some(last)) => {
            let status = refusal.status.map_or(0, u32::from);
            first <= status && status <= last && (text.is_empty() || says(text))
        }
        _ if word == "code" => contains(refusal.code, text),
        _ => says(sign),
    }
}

/// The kinds of all rules.
#[cfg(test)]
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    RULES.lines().step_by(5)
}

/// `User: ARN is not authorized to perform: ACTION on resource: ARN …`, from its first word to its end.
fn denied(message: &str) -> Option<String> {
    let at = find_text(message, "User: ")?;
    let sentence = before(tail(message, at), "\"<\\\r\n");
    contains(sentence, "is not authorized to perform").then(|| redact(sentence))
}
