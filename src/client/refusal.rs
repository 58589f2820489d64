//! What to do after a refusal: stop, correct the clock, renew the token, or wait and send again. The texts by
//! which refusals are recognized are in `refusal/causes.txt`, which the scripts' `diagnose` reads too
//! (`src/diagnose/cause.ts`), so that both understand a refusal in the same way; a test compares them.

use super::retry::{exponential_ms, http_date, is_retryable, retry_after_ms};
use crate::buffer::Buffer;
use crate::sigv4::timestamp::Timestamp;
use crate::text::{before_any, contains, split_any, split_once};

/// What is known about a failed attempt. A text is empty if it is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Refusal<'a> {
    /// `None` if there was no response.
    pub status: Option<u16>,
    /// `x-amzn-errortype`, or the body's `__type` or `Code`, with or without namespace and suffixes.
    pub error_type: &'a str,
    /// The body's `message`, or the whole body, or the error's message if there was no response.
    pub message: &'a str,
    /// The error's code if there was no response.
    pub code: &'a str,
}

/// The cause of a refusal, if the client itself acts on it. Texts are matched loosely, because the owner of
/// an API can replace them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The signature is older than the service accepts, or its clock and the signer's differ too much.
    Clock,
    /// The session token has expired.
    Token,
    /// The quota of a usage plan is exceeded: waiting does not help.
    Quota,
}

/// The texts of each cause, one of which is enough, and the texts in front of the server's time: after a name
/// and a colon, separated by `|`. <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
/// <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
const TEXTS: &str = include_str!("refusal/causes.txt");

/// The texts in [`TEXTS`] for a name.
fn texts(name: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = split_any(TEXTS, "\n").filter_map(|line| split_once(line, ":"));
    let (_, list) = lines.find(|(its, _)| *its == name).unwrap_or_default();
    split_any(list, "|")
}

impl Refusal<'_> {
    /// The cause, if the client acts on it.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        let says = |text| contains(self.message, text) || contains(self.error_type, text);
        let mut all = [(Cause::Clock, "clock"), (Cause::Token, "token"), (Cause::Quota, "quota")].into_iter();
        all.find(|(_, name)| texts(name).any(says)).map(|(cause, _)| cause)
    }

    /// The server's clock in the message: `Signature expired: 20170212T175938Z is now earlier than
    /// 20170215T145534Z (20170215T150034Z - 5 min.)`, `<ServerTime>2017-02-15T15:00:34Z</ServerTime>`. Browsers
    /// cannot see the Date header of another origin, but they can read the body.
    #[must_use]
    pub fn server_time(&self) -> Option<Timestamp> {
        match texts("time in brackets").find_map(|start| split_once(self.message, start)) {
            Some((_, after)) => Timestamp::parse(split_once(after, "(")?.1.get(..16)?),
            None => texts("time in an element").find_map(|element| self.time_of(element)),
        }
    }

    /// The time in an element of S3's answer, in either form of ISO 8601.
    fn time_of(&self, element: &str) -> Option<Timestamp> {
        let (_, after) = split_once(self.message, element)?;
        let mut text = Buffer::default();
        for part in split_any(before_any(after, ".<"), "-:") {
            text.push(part);
        }
        Timestamp::parse(&text).or_else(|| Timestamp::parse(text.push("Z")))
    }
}

/// A failed attempt, and what the client may do about it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one independent permission each")]
pub struct Failure<'a> {
    /// Upper case.
    pub method: &'a str,
    /// What is known from the answer.
    pub refusal: Refusal<'a>,
    /// The answer's `Date`.
    pub date: &'a str,
    /// Its `Retry-After`.
    pub retry_after: &'a str,
    /// Whether the clock may be corrected, which is allowed once per call.
    pub may_correct: bool,
    /// Whether a provider may be called for a new token, which is allowed once per call.
    pub may_renew: bool,
    /// The number of retries, including the next one; 0 if no retry is allowed.
    pub attempt: u32,
    /// Whether the caller has its own condition for retries.
    pub own_condition: bool,
    /// Whether to wait longer each time, by [`exponential_ms`].
    pub exponential: bool,
}

/// What to do about a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Stop: nothing helps, or no further attempt is allowed.
    Stop,
    /// Correct the clock to this time, and send again.
    CorrectClock(Timestamp),
    /// Renew the credentials, and send again.
    RenewToken,
    /// Send again after at least this many ms.
    Wait(f64),
}

/// How much the clocks must differ before a time that only the `Date` header contains is used.
const APART_MS: i64 = 4 * 60 * 1000;

/// The latest time to which the clock is corrected: ten years after now or, for a clock without a battery,
/// after this package was made. Otherwise any server could get requests signed for a time in the future.
const MADE_MS: i64 = 1_767_225_600_000;
const TEN_YEARS_MS: i64 = 10 * 365 * 86_400_000;
/// The year 2001, by which the edge distinguishes a time from a delay.
const EARLIEST_MS: i64 = 1_000_000_000_000;

/// The longest wait for a `Retry-After`: services ask for seconds, not days.
const LONGEST_WAIT_MS: f64 = 300_000.0;

/// The longest delay that platforms support, about 24 days.
const LONGEST_TIMER_MS: f64 = 2_147_483_647.0;

/// Decides on a failed attempt at the time `now` of the corrected clock, with `random` from 0 to 1.
#[must_use]
pub fn next(failure: &Failure<'_>, now: Timestamp, random: f64) -> Next {
    let Failure { refusal, .. } = failure;
    let cause = refusal.cause();
    let refused = refusal.status.is_some_and(|status| (400..=403).contains(&status));
    if failure.may_correct
        && refused
        && let Some(time) = clock_of(failure, cause, now)
    {
        return Next::CorrectClock(time);
    }
    if failure.may_renew && refused && cause == Some(Cause::Token) {
        return Next::RenewToken;
    }
    let repeats = failure.own_condition
        || is_retryable(failure.method, refusal.status, refusal.code) && cause != Some(Cause::Quota);
    if failure.attempt == 0 || !repeats {
        return Next::Stop;
    }
    let delay = if failure.exponential { exponential_ms(failure.attempt, random) } else { 0.0 };
    let asks = matches!(refusal.status, Some(429 | 503));
    let server_delay = if asks { retry_after_ms(failure.retry_after, now) } else { None };
    #[expect(clippy::cast_precision_loss, reason = "it is cut to minutes")]
    Next::Wait(
        delay.max((server_delay.unwrap_or_default() as f64).min(LONGEST_WAIT_MS)).min(LONGEST_TIMER_MS),
    )
}

/// The server's time, if the request was refused because of the signature's age.
fn clock_of(failure: &Failure<'_>, cause: Option<Cause>, now: Timestamp) -> Option<Timestamp> {
    // The owner of the API may have replaced the text, but a Date far from the signer's time has the same
    // meaning.
    let refusal = &failure.refusal;
    let by_type = cause == Some(Cause::Clock)
        || ["InvalidSignature", "SignatureDoesNotMatch"]
            .iter()
            .any(|text| contains(refusal.error_type, text));
    let shown =
        http_date(failure.date).filter(|date| by_type && (date.millis() - now.millis()).abs() > APART_MS);
    let time = refusal.server_time().filter(|_| cause == Some(Cause::Clock)).or(shown)?;
    let latest = now.millis().max(MADE_MS) + TEN_YEARS_MS;
    (EARLIEST_MS..latest).contains(&time.millis()).then_some(time)
}

#[cfg(test)]
mod tests;
