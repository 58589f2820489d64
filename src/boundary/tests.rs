//! What only the boundary has: owners and their numbers, refusals, and inputs that no script writes.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers")]

use super::*;
use std::prelude::rust_2024::*;

const NOW: f64 = 1_440_938_160_000.0;

fn ask(core: &mut Core, job: u32, owner: usize, fields: &[&str]) -> f64 {
    let mut input: Vec<u8> = Vec::new();
    for field in fields {
        input.extend(u32::try_from(field.len()).unwrap().to_le_bytes());
    }
    input.extend(fields.concat().as_bytes());
    core.input(input.len()).unwrap()[..input.len()].copy_from_slice(&input);
    core.call(job, fields.len(), input.len(), Numbers { owner, now: NOW, number: 60.0 })
}

fn new_signer(core: &mut Core, secret: &str) -> f64 {
    let options = ["AKID", secret, "", "us-east-1", "iam", "", "", "", "", "", "0", "0"];
    ask(core, job::NEW_SIGNER, 0, &options)
}

const GET: [&str; 7] = ["GET", "a.b", "/", "", "", "0", "0"];

#[test]
fn numbers_of_owners_are_used_again() {
    let mut core = Core::default();
    assert_eq!(["a", "b"].map(|secret| new_signer(&mut core, secret) as i64), [0, 1]);
    ask(&mut core, job::DESTROY, 0, &[]);
    assert_eq!(["c", "d"].map(|secret| new_signer(&mut core, secret) as i64), [0, 2]);
}

#[test]
fn a_destroyed_owner_signs_nothing() {
    let mut core = Core::default();
    new_signer(&mut core, "a");
    assert!(ask(&mut core, job::SIGN, 0, &GET) > 0.0);
    assert!(core.output().starts_with("2\0x-amz-date\x0020150830T123600Z\0authorization\0AWS4-HMAC-SHA256 "));
    for owner in [0, 7] {
        ask(&mut core, job::DESTROY, owner, &[]);
        assert!(ask(&mut core, job::SIGN, owner, &GET).is_nan());
        assert_eq!(core.output(), "");
    }
}

#[test]
fn a_refusal_is_a_negative_length() {
    let mut core = Core::default();
    new_signer(&mut core, "a");
    let answer = ask(&mut core, job::SIGN, 0, &["G T", "a.b", "/", "", "", "0", "0"]);
    let message = "method must be an HTTP method that fetch can send; got \"G T\"";
    assert_eq!((core.output(), answer), (message, -1.0 - fields::number(message.len())));
    let answer = ask(&mut core, job::SIGN, 0, &["GET", "a.b", "/", "", "a\nb", "0", "0"]);
    assert!(answer < 0.0 && core.output().starts_with("bodyHash must be 64"), "{}", core.output());
}

#[test]
fn secrets_do_not_stay_in_the_buffers() {
    let mut core = Core::default();
    new_signer(&mut core, "canary");
    assert!(core.input.is_empty());
    ask(&mut core, job::SIGN, 0, &GET);
    ask(&mut core, job::DESTROY, 0, &[]);
    assert!(core.input.is_empty() && core.output().is_empty());
}

#[test]
fn a_host_that_no_header_can_hold_is_refused() {
    let mut core = Core::default();
    new_signer(&mut core, "a");
    for host in ["a\0b", "a\nb", "a\rb", "日"] {
        for job in [job::SIGN, job::PRESIGN] {
            let answer = ask(&mut core, job, 0, &["GET", host, "/", "", "", "1", "0"]);
            let message = core.output();
            assert!(answer < 0.0 && message.starts_with("headers must be values"), "{message}");
            assert!(message.ends_with("got \"host\""), "{message}");
        }
    }
}

#[test]
fn more_input_than_there_is_memory_leaves_the_rest_in_order() {
    let mut core = Core::default();
    new_signer(&mut core, "a");
    assert!(core.input(usize::MAX).is_none());
    assert!(ask(&mut core, job::SIGN, 0, &GET) > 0.0);
}

#[test]
fn inputs_that_no_script_writes_do_not_end_the_module() {
    let mut core = Core::default();
    new_signer(&mut core, "a");
    for (count, size) in [(0, 0), (7, 0), (usize::MAX, 28), (7, usize::MAX), (3, 12)] {
        core.input(64).unwrap().fill(0xff);
        for job in 0..=job::DESTROY + 1 {
            core.call(job, count, size, Numbers { owner: 0, now: f64::NAN, number: f64::NAN });
        }
    }
    let owner = new_signer(&mut core, "a") as usize;
    assert!(ask(&mut core, job::SIGN, owner, &GET) > 0.0, "{}", core.output());
}
