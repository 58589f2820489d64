//! Decides whether a failed call is sent again, and how long to wait first. The edge sends, sleeps and draws
//! the random number.

use crate::ascii::AsciiSet;
use crate::sigv4::timestamp::Timestamp;
use crate::text::{contains, find, number, split_any, trim_any};

/// Errors that would also occur at the next attempt: names that do not resolve, and certificates that do not
/// verify, for which Node has OpenSSL's codes; codes with `CERT` or `CRL` are not listed. An idempotent
/// request is repeated anyway, as axios-retry does.
const HOPELESS: &str = "\
    ENOTFOUND ENETUNREACH UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY INVALID_CA PATH_LENGTH_EXCEEDED INVALID_PURPOSE \
    HOSTNAME_MISMATCH";

/// Whether an error would also occur at the next attempt.
fn is_hopeless(code: &str) -> bool {
    contains(code, "CERT") || contains(code, "CRL") || split_any(HOPELESS, " ").any(|other| other == code)
}

/// The condition of clients without a `retryCondition`: a network error; a status from 500 to 599 on GET,
/// HEAD, OPTIONS, PUT or DELETE; throttling (429) on every method, because a throttled request was not
/// executed.
#[must_use]
pub fn is_retryable(method: &str, status: Option<u16>, code: &str) -> bool {
    if ["ECONNABORTED", "ERR_CANCELED", "ERR_REDIRECT"].contains(&code) {
        return false;
    }
    let idempotent = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"].contains(&method);
    match status {
        Some(429) => true,
        Some(status) => idempotent && (500..600).contains(&status),
        None => idempotent || !code.is_empty() && !is_hopeless(code),
    }
}

/// `retryDelay: 'exponential'`: 2ⁿ · 100 ms and up to 20 % more, by `random` from 0 to 1.
#[must_use]
pub fn exponential_ms(retry_count: u32, random: f64) -> f64 {
    let base = (0..retry_count.min(40)).fold(100.0, |ms, _| ms * 2.0);
    base + base * 0.2 * random
}

/// How long a `Retry-After` header asks to wait, in milliseconds: seconds, or a date in RFC 9110's
/// preferred form (`Wed, 21 Oct 2026 07:28:00 GMT`).
#[must_use]
pub fn retry_after_ms(header: &str, now: Timestamp) -> Option<i64> {
    const DIGITS: AsciiSet = AsciiSet::of("0123456789");
    let header = trim_any(header, " \t");
    if !header.is_empty() && DIGITS.has_all(header) {
        // A number of seconds beyond 32 bits means never.
        return Some(i64::from(number(header).unwrap_or(u32::MAX)) * 1000);
    }
    let date = http_date(header)?;
    Some((date.millis() - now.millis()).max(0))
}

/// RFC 9110 section 5.6.7, IMF-fixdate.
#[must_use]
pub fn http_date(text: &str) -> Option<Timestamp> {
    let mut words = split_any(text, " :").skip(1);
    let mut fields = [0; 6];
    for (place, field) in fields.iter_mut().enumerate() {
        let word = words.next()?;
        *field = if place == 1 { month(word) } else { number(word) }?;
    }
    let [day, month, year, hour, minute, second] = fields;
    let is_utc = words.next()? == "GMT";
    is_utc.then(|| Timestamp::from_civil([year, month, day, hour, minute, second])).flatten()
}

/// The number of a month by its English name of three letters.
fn month(name: &str) -> Option<u32> {
    let at =
        find("JanFebMarAprMayJunJulAugSepOctNovDec", name).filter(|at| name.len() == 3 && at % 3 == 0)?;
    u32::try_from(at / 3 + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn repeats_what_axios_retry_repeats_and_throttling() {
        for (method, status, code, expected) in [
            ("GET", Some(500), "", true),
            ("GET", Some(599), "", true),
            ("GET", Some(600), "", false),
            ("PUT", Some(503), "", true),
            ("POST", Some(500), "", false),
            ("PATCH", Some(502), "", false),
            ("GET", Some(404), "", false),
            ("POST", Some(429), "", true),
            ("POST", None, "ECONNRESET", true),
            ("POST", None, "ENOTFOUND", false),
            ("GET", None, "ENOTFOUND", true),
            ("GET", None, "ECONNABORTED", false),
            ("GET", None, "ERR_CANCELED", false),
            ("GET", None, "", true),
            ("POST", None, "", false),
        ] {
            assert_eq!(is_retryable(method, status, code), expected, "{method} {status:?} {code}");
        }
    }

    #[test]
    fn exponential_delays() {
        assert!((exponential_ms(1, 0.0) - 200.0).abs() < 1e-9);
        assert!((exponential_ms(3, 1.0) - 960.0).abs() < 1e-9);
        assert!(exponential_ms(u32::MAX, 1.0).is_finite());
    }

    #[test]
    fn reads_retry_after() {
        let now = Timestamp::parse("20261021T072700Z").unwrap();
        for (header, ms) in [
            ("2", Some(2000)),
            (" 0 ", Some(0)),
            ("Wed, 21 Oct 2026 07:28:00 GMT", Some(60_000)),
            ("Wed, 21 Oct 2020 07:28:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("", None),
            ("99999999999999999999", Some(4_294_967_295_000)),
        ] {
            assert_eq!(retry_after_ms(header, now), ms, "{header}");
        }
    }
}
