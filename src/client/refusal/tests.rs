use super::*;
use crate::sigv4::timestamp::AmzDate;
use std::prelude::rust_2024::*;

const EXPIRED: &str =
    "Signature expired: 20170212T175938Z is now earlier than 20170215T145534Z (20170215T150034Z - 5 min.)";
const SKEWED: &str = "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>20261128T100000Z</RequestTime><ServerTime>2026-11-28T11:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>";

fn refusal(status: u16, error_type: &'static str, message: &'static str) -> Refusal<'static> {
    Refusal { status: Some(status), error_type, message, code: "" }
}

fn at(time: &str) -> Timestamp {
    Timestamp::parse(time).unwrap()
}

#[test]
fn reads_the_servers_time() {
    for (message, time) in [
        (EXPIRED, Some("20170215T150034Z")),
        (
            "Signature not yet current: 20170731T092200Z is still later than 20170731T092115Z (20170731T091615Z + 5 min.)",
            Some("20170731T091615Z"),
        ),
        (SKEWED, Some("20261128T110000Z")),
        ("<ServerTime>2026-11-28T11:00:00.123Z</ServerTime>", Some("20261128T110000Z")),
        ("<ServerTime>x</ServerTime>", None),
        ("Signature expired: x", None),
        ("Signature expired: x (日本", None),
        ("Forbidden", None),
    ] {
        let read = refusal(403, "", message).server_time().map(Timestamp::amz_date);
        assert_eq!(read.as_ref().map(AmzDate::as_str), time, "{message}");
    }
}

#[test]
fn acts_on_each_form_of_a_refusal() {
    let now = at("20261128T100000Z");
    let clock = Next::CorrectClock(at("20261128T110000Z"));
    for (status, error_type, message, expected) in [
        (400, "ExpiredToken", "<Error><Code>ExpiredToken</Code>", Next::RenewToken),
        (403, "com.amazon.coral.service#ExpiredTokenException:http://internal/", "", Next::RenewToken),
        (403, "", "The security token included in the request is expired", Next::RenewToken),
        (400, "", "The provided token has expired.", Next::RenewToken),
        (500, "ExpiredToken", "", Next::Stop),
        (403, "RequestTimeTooSkewed", SKEWED, clock),
        (403, "AccessDenied", "", Next::Stop),
    ] {
        let failure = Failure {
            refusal: refusal(status, error_type, message),
            may_correct: true,
            may_renew: true,
            ..Failure::default()
        };
        assert_eq!(next(&failure, now, 0.0), expected, "{error_type} {message}");
        let neither = Failure { may_correct: false, may_renew: false, ..failure };
        assert_eq!(next(&neither, now, 0.0), Next::Stop);
    }
}

#[test]
fn a_date_alone_tells_the_time_of_a_refused_signature() {
    let now = at("20261128T100000Z");
    for (error_type, date, expected) in [
        ("InvalidSignatureException", "Sat, 28 Nov 2026 11:00:00 GMT", true),
        ("SignatureDoesNotMatch", "Sat, 28 Nov 2026 11:00:00 GMT", true),
        ("RequestTimeTooSkewed", "Sat, 28 Nov 2026 11:00:00 GMT", true),
        ("InvalidSignatureException", "Sat, 28 Nov 2026 10:03:00 GMT", false),
        ("AccessDeniedException", "Sat, 28 Nov 2026 11:00:00 GMT", false),
        ("InvalidSignatureException", "Thu, 01 Jan 2099 00:00:00 GMT", false),
    ] {
        let refusal = refusal(403, error_type, "replaced");
        let failure = Failure { refusal, date, may_correct: true, ..Failure::default() };
        assert_eq!(next(&failure, now, 0.0) != Next::Stop, expected, "{error_type} {date}");
    }
}

#[test]
fn no_refusal_moves_a_clock_to_a_time_that_is_to_come() {
    let message = "Signature expired: 20261128T100000Z is now earlier than 20990101T000000Z (20990101T000500Z - 5 min.)";
    let failure = Failure { refusal: refusal(403, "", message), may_correct: true, ..Failure::default() };
    assert_eq!(next(&failure, at("20261128T100000Z"), 0.0), Next::Stop);
    // A clock without a battery starts at a time long ago.
    let message = "Signature expired: 20000101T000000Z is now earlier than 20261128T095500Z (20261128T100000Z - 5 min.)";
    let failure = Failure { refusal: refusal(403, "", message), ..failure };
    assert_eq!(next(&failure, at("20000101T000000Z"), 0.0), Next::CorrectClock(at("20261128T100000Z")));
}

#[test]
fn waits_as_asked_and_no_longer_than_minutes() {
    let now = at("20261021T072700Z");
    let failure = |status, retry_after| Failure {
        method: "POST",
        refusal: refusal(status, "", ""),
        retry_after,
        attempt: 1,
        ..Failure::default()
    };
    for (status, retry_after, expected) in [
        (429, "2", Next::Wait(2000.0)),
        (429, "", Next::Wait(0.0)),
        (429, "86400", Next::Wait(LONGEST_WAIT_MS)),
        (429, "Wed, 21 Oct 2099 07:28:00 GMT", Next::Wait(LONGEST_WAIT_MS)),
        (503, "2", Next::Stop),
    ] {
        assert_eq!(next(&failure(status, retry_after), now, 0.0), expected, "{status} {retry_after}");
    }
    let exponential = Failure { exponential: true, attempt: 3, ..failure(429, "0") };
    assert_eq!(next(&exponential, now, 1.0), Next::Wait(960.0));
    let own = Failure { own_condition: true, ..failure(503, "2") };
    assert_eq!(next(&own, now, 0.0), Next::Wait(2000.0));
    let quota =
        Failure { refusal: refusal(429, "LimitExceededException", "Limit Exceeded"), ..failure(429, "") };
    assert_eq!(next(&quota, now, 0.0), Next::Stop);
    assert_eq!(next(&Failure { attempt: 0, ..failure(429, "2") }, now, 0.0), Next::Stop);
}
