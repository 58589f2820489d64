//! Tests of what only the boundary has: handles, refusals, and inputs that no script writes.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers")]

use super::*;
use std::prelude::rust_2024::*;

const NOW: f64 = 1_440_938_160_000.0;

fn call(boundary: &mut Boundary, job: Job, handle: usize, fields: &[&str]) -> f64 {
    let mut input: Vec<u8> = Vec::new();
    for field in fields {
        input.extend(u32::try_from(field.len()).unwrap().to_le_bytes());
    }
    input.extend(fields.concat().as_bytes());
    boundary.input(input.len()).unwrap()[..input.len()].copy_from_slice(&input);
    boundary.call(job as u32, fields.len(), input.len(), Numbers { handle, now: NOW, number: 60.0 })
}

fn new_signer(boundary: &mut Boundary, secret: &str) -> f64 {
    let options = ["AKID", secret, "", "us-east-1", "iam", "", "", "", "", "", "", "0", "0"];
    call(boundary, Job::NewSigner, 0, &options)
}

const GET: [&str; 7] = ["GET", "a.b", "/", "", "", "0", "0"];

#[test]
fn handles_are_used_again() {
    let mut boundary = Boundary::default();
    assert_eq!(["a", "b"].map(|secret| new_signer(&mut boundary, secret) as i64), [0, 1]);
    call(&mut boundary, Job::Destroy, 0, &[]);
    assert_eq!(["c", "d"].map(|secret| new_signer(&mut boundary, secret) as i64), [0, 2]);
}

#[test]
fn a_destroyed_handle_signs_nothing() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "a");
    assert!(call(&mut boundary, Job::Sign, 0, &GET) > 0.0);
    assert!(
        boundary
            .output()
            .starts_with("/\0\x002\0x-amz-date\x0020150830T123600Z\0authorization\0AWS4-HMAC-SHA256 ")
    );
    for handle in [0, 7] {
        call(&mut boundary, Job::Destroy, handle, &[]);
        assert!(call(&mut boundary, Job::Sign, handle, &GET).is_nan());
        assert_eq!(boundary.output(), "");
    }
}

#[test]
fn a_refusal_is_a_negative_length() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "a");
    let answer = call(&mut boundary, Job::Sign, 0, &["G T", "a.b", "/", "", "", "0", "0"]);
    let message = "method must be an HTTP method that fetch can send; got \"G T\"";
    assert_eq!((boundary.output(), answer), (message, -1.0 - fields::number(message.len())));
    // The same for a digest from the platform and for the caller's own: neither fits into a line of the
    // canonical request.
    for (hash, flags) in ["a\nb", "a\0b", "日"].into_iter().flat_map(|hash| [(hash, "0"), (hash, "2")]) {
        let answer = call(&mut boundary, Job::Sign, 0, &["GET", "a.b", "/", "", hash, flags, "0"]);
        assert!(
            answer < 0.0 && boundary.output().starts_with("bodyHash must be 64"),
            "{}",
            boundary.output()
        );
    }
}

#[test]
fn secrets_do_not_stay_in_the_buffers() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "canary");
    assert!(boundary.input.is_empty());
    call(&mut boundary, Job::Sign, 0, &GET);
    call(&mut boundary, Job::Destroy, 0, &[]);
    assert!(boundary.input.is_empty() && boundary.output().is_empty());
}

#[test]
fn a_host_that_no_header_can_hold_is_refused() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "a");
    for host in ["a\0b", "a\nb", "a\rb", "日"] {
        for job in [Job::Sign, Job::Presign] {
            let answer = call(&mut boundary, job, 0, &["GET", host, "/", "", "", "1", "0"]);
            let message = boundary.output();
            assert!(answer < 0.0 && message.starts_with("headers must be values"), "{message}");
            assert!(message.contains("in \"host\""), "{message}");
        }
    }
}

#[test]
fn more_input_than_there_is_memory_leaves_the_rest_in_order() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "a");
    assert!(boundary.input(usize::MAX).is_none());
    assert!(call(&mut boundary, Job::Sign, 0, &GET) > 0.0);
}

#[test]
fn inputs_that_no_script_writes_do_not_end_the_module() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "a");
    assert!(Job::ALL.iter().enumerate().all(|(number, job)| *job as usize == number));
    for (count, size) in [(0, 0), (7, 0), (usize::MAX, 28), (7, usize::MAX), (3, 12)] {
        boundary.input(64).unwrap().fill(0xff);
        for job in 0..=Job::ALL.len() as u32 {
            boundary.call(job, count, size, Numbers { handle: 0, now: f64::NAN, number: f64::NAN });
        }
    }
    let handle = new_signer(&mut boundary, "a") as usize;
    assert!(call(&mut boundary, Job::Sign, handle, &GET) > 0.0, "{}", boundary.output());
}

#[test]
fn arguments_of_an_absurd_length_are_refused_before_work_begins() {
    let mut boundary = Boundary::default();
    new_signer(&mut boundary, "a");
    let query = "%".repeat(LONGEST);
    assert!(call(&mut boundary, Job::Sign, 0, &["GET", "a.b", "/", &query, "", "0", "0"]) < 0.0);
    assert!(boundary.output().starts_with("the arguments must be shorter"), "{}", boundary.output());
    assert!(call(&mut boundary, Job::Sign, 0, &GET) > 0.0);
}

#[test]
fn what_a_job_worked_out_does_not_stay() {
    let mut boundary = Boundary::default();
    let options = ["AKID", "secret", "token", "us-east-1", "iam", "", "", "", "", "", "", "0", "0"];
    call(&mut boundary, Job::NewSigner, 0, &options);
    assert!(call(&mut boundary, Job::Sign, 0, &["GET", "a.b", "/", "", "", "1", "0"]) > 0.0);
    assert_eq!(boundary.room.signed.canonical_request(), "");
}
