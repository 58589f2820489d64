//! The signer of `createSigner`, for any service, and its jobs.

use super::fields::{Fields, Output};
use super::{Numbers, job, payload, read_credentials, whole_seconds, write_explanation};
use crate::Error;
use crate::client::check_method;
use crate::client::headers::check;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Request, Rules, Signer};

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
    for names in [&mut rules.unsignable_headers, &mut rules.signable_headers] {
        for _ in 0..fields.count() {
            names.push(fields.text().into());
        }
    }
    Signer::new(credentials, region, service, rules)
}

pub(super) fn call(
    signer: &Signer,
    job: u32,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    out: &mut Output,
) -> Result<(), Error> {
    let now = Timestamp::from_millis(numbers.now)?;
    if job == job::SIGN_STRING {
        out.push(&signer.sign_string(fields.text(), now));
        return Ok(());
    }
    // Fields: method, host, path, query, payload hash, whether to explain, headers; then the body.
    let (method, host, path, query) = (fields.text(), fields.text(), fields.text(), fields.text());
    let (hash, explain) = (fields.text(), fields.flag());
    let headers = fields.pairs();
    let presigns = job == job::PRESIGN;
    let payload = payload(hash, fields.body, presigns)?;
    check(&headers)?;
    check(&[("host", host)])?;
    check_method(method)?;
    let request = Request { method, host, path, query, headers: &headers, payload };
    if presigns {
        out.push(&signer.presign(&request, whole_seconds(numbers.number)?, now)?.query);
        return Ok(());
    }
    // Count of headers to add and their pairs, then the explanation if it was asked for.
    let signed = signer.sign(&request, now);
    out.push_number(signer.headers(&signed).count());
    for (name, value) in signer.headers(&signed) {
        out.push(name).push(value);
    }
    if explain {
        write_explanation(out, &signed);
    }
    Ok(())
}
