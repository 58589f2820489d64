//! The comparison of what was signed with what the server says: which part is blamed, and that no secret is shown.

use super::tests::CORAL;
use super::*;
use crate::client::redact::redact;
use crate::text::before;
use std::format;
use std::prelude::rust_2024::*;

const OURS: &str = "POST\n/prod/movies\na=1&b=2\ncontent-type:application/json\nhost:a.b\nx-amz-date:20250509T163523Z\n\
                    x-amz-security-token:canary-token\n\ncontent-type;host;x-amz-date;x-amz-security-token\nhash";
const TO_SIGN: &str = "AWS4-HMAC-SHA256\n20250509T163523Z\n20250509/us-west-2/execute-api/aws4_request\nffff";

/// AWS's whole message for a request that it read as `canonical` and `to_sign`.
fn message(canonical: &str, to_sign: &str) -> String {
    format!(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this \
         request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{to_sign}'\n"
    )
}

fn mismatch(canonical: &str, to_sign: &str) -> Diagnosis {
    compared(OURS, canonical, to_sign)
}

fn compared(ours: &str, canonical: &str, to_sign: &str) -> Diagnosis {
    diagnose(&Refusal {
        status: Some(403),
        error_type: CORAL,
        message: &message(canonical, to_sign),
        canonical_request: ours,
        string_to_sign: TO_SIGN,
        ..Refusal::default()
    })
}

#[test]
fn a_mismatch_names_the_first_line_that_differs() {
    for (from, to, part, line) in [
        ("POST\n", "GET\n", "method", 1),
        ("/prod/movies", "/prod/movie%2573", "path", 2),
        ("a=1&b=2", "a=1", "query", 3),
        ("application/json", "text/plain", "header content-type", 4),
        ("host:a.b", "host:c.d", "header host", 5),
        (
            "content-type;host;x-amz-date;x-amz-security-token",
            "host;x-amz-date;x-amz-security-token",
            "signed headers",
            9,
        ),
        ("\nhash", "\nother", "payload hash", 10),
        ("canary-token", "canary-token-longer", "header x-amz-security-token", 7),
    ] {
        let diagnosis = mismatch(&OURS.replace(from, to), TO_SIGN);
        let difference = diagnosis.difference.expect(part);
        assert_eq!(
            (diagnosis.kind, &*difference.part, difference.line),
            ("SignatureDoesNotMatch", part, line)
        );
        assert!(diagnosis.summary.contains(part), "{}", diagnosis.summary);
        assert_ne!(difference.ours, difference.theirs);
        let shown = format!("{difference:?}{:?}{}{}", diagnosis.server, diagnosis.summary, diagnosis.hint);
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[test]
fn a_string_to_sign_that_differs_is_named() {
    for (from, to, part) in [
        ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", "algorithm"),
        ("20250509T163523Z", "20250509T163524Z", "time"),
        ("us-west-2", "us-east-1", "credential scope"),
        ("ffff", "eeee", "canonical request hash"),
    ] {
        let difference = mismatch(OURS, &TO_SIGN.replace(from, to)).difference.expect(part);
        assert_eq!(difference.part, part);
    }
}

#[test]
fn the_same_texts_mean_another_secret() {
    let diagnosis = mismatch(OURS, TO_SIGN);
    assert_eq!(diagnosis.difference, None);
    assert!(diagnosis.hint.contains("secret key"), "{}", diagnosis.hint);
    let server = diagnosis.server.expect("the server's texts");
    assert_eq!(server.canonical_request, redact(OURS));
    assert_eq!(server.string_to_sign, TO_SIGN);
}

/// As JSON writes a text.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r").replace('\n', "\\n")
}

#[test]
fn a_message_is_read_with_other_line_ends_and_with_quotes_in_it() {
    let canonical = OURS.replace("application/json", "x'y\"z");
    let message = message(&canonical, TO_SIGN);
    let escaped = escape(&message);
    for message in [
        message.clone(),
        escape(&escaped),
        escape(&escape(&escaped)),
        escape(&message.replace('\n', "\r\n")),
        escaped.replace('&', "\\u0026"),
        message.replace('\n', "\r\n"),
        message.replace('\n', "\n    "),
        message.replace('\n', " \t\r\n\t"),
        escaped,
    ] {
        let refusal = Refusal {
            message: &message,
            canonical_request: OURS,
            string_to_sign: TO_SIGN,
            ..Refusal::default()
        };
        let difference = diagnose(&refusal).difference.expect("a difference");
        assert_eq!(difference.part, "header content-type");
        assert_eq!(difference.theirs, "content-type:x'y\"z", "{message}");
    }
}

#[test]
fn a_mismatch_without_texts_and_texts_that_are_cut() {
    let whole = message(OURS, TO_SIGN);
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let cut = whole.get(..end).unwrap();
        let refusal = Refusal { status: Some(403), error_type: CORAL, message: cut, ..Refusal::default() };
        let diagnosis = diagnose(&refusal);
        assert!(!format!("{diagnosis:?}").contains("canary"), "{cut}");
        if end > 70 {
            assert_eq!(diagnosis.kind, "SignatureDoesNotMatch", "{cut}");
        }
    }
}

#[test]
fn an_explanation_of_another_time_blames_no_date() {
    let presigned = OURS
        .replace(
            "a=1",
            "X-Amz-Credential=AKID%2F20250509%2Fus-west-2%2Fexecute-api%2Faws4_request&X-Amz-Date=20250509T163523Z",
        )
        .replace("x-amz-date:20250509T163523Z\n", "")
        .replace("x-amz-date;", "");
    for ours in [OURS, &presigned] {
        // A second later, and over midnight.
        for later in ["20250509T163524Z", "20250510T000000Z"] {
            let at = |text: &str, hash: &str| {
                text.replace("20250509T163523Z", later)
                    .replace("20250509", before(later, "T"))
                    .replace("ffff", hash)
            };
            let to_sign = at(TO_SIGN, "eeee");
            let diagnosis = compared(ours, &at(ours, ""), &to_sign);
            assert_eq!(diagnosis.difference, None, "{later}");
            assert!(diagnosis.hint.contains("secret key"), "{}", diagnosis.hint);
            for (from, to, part) in [
                ("\nhash", "\nother", "payload hash"),
                ("/prod/movies", "/prod/movie%2573", "path"),
                ("b=2", "b=3", "query"),
                ("application/json", "text/plain", "header content-type"),
            ] {
                let difference =
                    compared(ours, &at(&ours.replace(from, to), ""), &to_sign).difference.expect(part);
                assert_eq!(difference.part, part);
            }
            let scope = compared(ours, &at(ours, ""), &to_sign.replace("us-west-2", "us-east-1"));
            assert_eq!(scope.difference.expect("a scope").part, "credential scope");
        }
    }
}

#[test]
fn a_day_in_the_path_is_no_time() {
    let ours = OURS.replace("/prod/movies", "/prod/20250509");
    let theirs = ours.replace("20250509T163523Z", "20250510T000000Z");
    assert_eq!(compared(&ours, &theirs, TO_SIGN).difference, None);
}

#[test]
fn a_date_that_is_none_is_a_difference() {
    let difference = mismatch(&OURS.replace("20250509T163523Z", "now"), TO_SIGN).difference.expect("a date");
    assert_eq!(difference.part, "header x-amz-date");
}

#[test]
fn no_secret_is_shown_however_lines_are_separated() {
    let presigned = OURS.replace("a=1", "a=1&x-amz-security-token=canary%2F");
    for canonical in [
        OURS,
        &OURS.replace("x-amz-s", "X-Amz-S"),
        &presigned,
        &OURS.replace("x-amz-security-token", "Cookie"),
    ] {
        for separator in [
            " ", "  ", "\r", "\r\n", "\n\n", "<br>", "<br>\n", "\n    ", "\\n", "\\\\n", "\\\\\\n", "\t",
            "|", "",
        ] {
            let whole = message(canonical, TO_SIGN).replace('\n', separator);
            let after_title = message(&canonical.replace('\n', separator), TO_SIGN);
            let wrapped = message(&canonical.replace("canary", &format!("can{separator}canary")), TO_SIGN);
            for message in [whole, after_title, wrapped] {
                for ours in ["", OURS, canonical, &canonical.replace('\n', separator)] {
                    let refusal = Refusal {
                        message: &message,
                        canonical_request: ours,
                        string_to_sign: TO_SIGN,
                        ..Refusal::default()
                    };
                    let diagnosis = diagnose(&refusal);
                    assert!(!format!("{diagnosis:?}").contains("canary"), "{message}\n{diagnosis:?}");
                    assert_eq!(diagnosis.kind, "SignatureDoesNotMatch", "{message}");
                }
            }
        }
    }
}

#[test]
fn lines_that_cannot_be_told_apart_are_not_compared() {
    for separator in [" ", "\r", "<br>", "<br>\n", "\n\n"] {
        let message = message(OURS, TO_SIGN).replace('\n', separator);
        let refusal = Refusal {
            message: &message,
            canonical_request: OURS,
            string_to_sign: TO_SIGN,
            ..Refusal::default()
        };
        let diagnosis = diagnose(&refusal);
        assert_eq!((diagnosis.difference, diagnosis.server), (None, None), "{message}");
        assert!(diagnosis.hint.starts_with("Compare"), "{}", diagnosis.hint);
    }
}

#[test]
fn a_secret_that_was_replaced_before_is_the_same() {
    let presigned = OURS.replace("a=1", "X-Amz-Security-Token=canary%2Ftoken");
    for ours in [OURS, &presigned] {
        let theirs = ours
            .replace("canary%2Ftoken", "[redacted: 14 characters]")
            .replace("canary-token", "[redacted: 12 characters]");
        let diagnosis = compared(ours, &theirs, TO_SIGN);
        assert_eq!(diagnosis.difference, None);
        assert_eq!(diagnosis.server.expect("the server's texts").canonical_request, redact(ours));
        assert!(diagnosis.hint.contains("secret key"), "{}", diagnosis.hint);
    }
}
