//! The signer of `createSigner`, for any service, and its jobs.

use super::fields::{Fields, Output};
use super::{Numbers, job, payload, payload_to_come, read_credentials, whole_seconds, write_explanation};
use crate::Error;
use crate::client::headers::check;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Request, Rules, Signer};
use alloc::string::String;
use alloc::vec::Vec;

/// Fields: credentials, region, service, then the rules: empty for the service's own.
///
/// # Errors
/// Names the option that cannot work.
pub(super) fn new(fields: &mut Fields<'_>) -> Result<Signer, Error> {
    let credentials = read_credentials(fields);
    let (region, service) = (fields.text(), fields.text());
    let mut rules = Rules::for_service(service);
    for rule in [
        &mut rules.double_encode_path,
        &mut rules.normalize_path,
        &mut rules.sign_payload,
        &mut rules.payload_header,
        &mut rules.omit_session_token,
    ] {
        match fields.text() {
            "1" => *rule = true,
            "0" => *rule = false,
            _ => {}
        }
    }
    rules.unsignable_headers = owned(&fields.list());
    rules.signable_headers = owned(&fields.list());
    Signer::new(credentials, region, service, rules)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).into()).collect()
}

pub(super) fn call(
    signer: &Signer,
    job: u32,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    out: &mut Output,
) -> Result<f64, Error> {
    let now = Timestamp::from_millis(numbers.now)?;
    if job == job::SIGN_STRING {
        out.push(&signer.sign_string(fields.text(), now));
        return Ok(out.length());
    }
    // Fields: method, host, path, query, payload hash, whether to explain, headers; then the body.
    let (method, host, path, query) = (fields.text(), fields.text(), fields.text(), fields.text());
    let (hash, explain) = (fields.text(), fields.flag());
    let headers = fields.pairs();
    let payload = payload(hash, fields.body)?;
    check(&headers)?;
    check(&[("host", host)])?;
    crate::client::check_method(method)?;
    let request = Request { method, host, path, query, headers: &headers, payload };
    if job == job::PRESIGN {
        let request = Request { payload: payload_to_come(payload), ..request };
        out.push(&signer.presign(&request, whole_seconds(numbers.number)?, now)?.query);
        return Ok(out.length());
    }
    // Count of headers to add and their pairs, then the explanation if it was asked for.
    let signed = signer.sign(&request, now);
    let added = signer.headers(&signed);
    out.push_number(added.len());
    for (name, value) in added {
        out.push(name).push(value);
    }
    if explain {
        write_explanation(out, &signed);
    }
    Ok(out.length())
}
