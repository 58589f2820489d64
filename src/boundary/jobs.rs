//! The protocol: one function for each job, with the order of its fields and of its answer. The counterpart
//! is `src/js/jobs.ts`, whose functions have the same names; no other file depends on the order. A test
//! compares the two.

use super::Numbers;
use super::fields::{Fields, Output};
use crate::ascii::GRAPHIC;
use crate::buffer::Buffer;
use crate::client::headers::check;
use crate::client::host;
use crate::client::redact::write_redacted;
use crate::client::refusal::{Failure, Next, Refusal, next as decide};
use crate::client::template::{Value, names};
use crate::client::{Call, Client, Error, Options, Prepared, check_method, is_signers_own};
use crate::sigv4::canonical::AUTHORITY;
use crate::sigv4::signature_params::{is_signed, without_signature, written_plus};
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Credentials, Payload, Request, Rules, Signed, Signer};
use crate::text::{contains, number, owned};
use alloc::vec::Vec;

/// Fields: invokeUrl, its origin, region, service, apiKey, accept, host, whether requests are signed,
/// headers, names that are not signed, names that are. Answers the client's number.
pub(super) fn new_client(fields: &mut Fields<'_>) -> Result<Client, Error> {
    let (invoke_url, origin) = (fields.text(), fields.text());
    let (region, service) = (fields.text(), fields.text());
    let (api_key, accept, host) = (fields.text(), fields.text(), fields.text());
    let (signs, headers) = (fields.flag(), fields.pairs());
    let (headers, unsignable_headers, signable_headers) = (&headers, &fields.list(), &fields.list());
    Client::new(&Options {
        invoke_url,
        origin,
        region,
        service,
        api_key,
        accept,
        host,
        signs,
        headers,
        unsignable_headers,
        signable_headers,
    })
}

/// Fields: access key id, secret access key, session token. Answers nothing.
pub(super) fn set_credentials(client: &mut Client, fields: &mut Fields<'_>) -> Result<(), Error> {
    client.set_credentials(credentials(fields))
}

/// Fields: a call, which [`with_call`] reads. Answers method, URL, count of headers and their pairs, then the
/// explanation if it was asked for.
pub(super) fn prepare(
    client: &Client,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    room: &mut Prepared,
    out: &mut Output,
) -> Result<(), Error> {
    let now = time(numbers)?;
    let explains = with_call(fields, &mut |call, payload| client.prepare_into(room, call, payload, now))?;
    out.push(room.method()).push(room.url()).push_number(room.headers().len());
    for (name, value) in room.headers().iter() {
        out.push(name).push(value);
    }
    explain(out, room.signed().filter(|_| explains));
    Ok(())
}

/// Fields: a call, which [`with_call`] reads. Answers the URL, then the explanation if it was asked for.
pub(super) fn presign_call(
    client: &Client,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    room: &mut Prepared,
    out: &mut Output,
) -> Result<(), Error> {
    let (now, expires) = (time(numbers)?, whole_seconds(numbers)?);
    let explains =
        with_call(fields, &mut |call, payload| client.presign_into(room, call, payload, expires, now))?;
    out.push(room.url());
    explain(out, room.signed().filter(|_| explains));
    Ok(())
}

/// Fields: whether the template is a whole path, template, variables, method, content type, whether there is
/// a body, payload hash, flags, headers, parameters; then the body. Variables are a count, then
/// kind and value of each in the order of [`template_names`]: `u`, `t` and a text, `l` and a list, `m` and
/// pairs. Returns whether to explain.
fn with_call(
    fields: &mut Fields<'_>,
    make: &mut dyn FnMut(&Call<'_>, Payload<'_>) -> Result<(), Error>,
) -> Result<bool, Error> {
    let (absolute, template) = (fields.flag(), fields.text());
    let mut values = Vec::new();
    for _ in 0..fields.count() {
        values.push(match fields.text() {
            "t" => Some(Value::Text(fields.text())),
            "l" => Some(Value::List(fields.list())),
            "m" => Some(Value::Map(fields.pairs())),
            _ => None,
        });
    }
    let variables = &|number: usize, _: &str| values.get(number).and_then(Option::as_ref);
    let (method, content_type) = (fields.text(), fields.text());
    let (has_body, hash, flags) = (fields.flag(), fields.text(), Flags::read(fields));
    let (headers, parameters) = (&fields.pairs(), &fields.pairs());
    let call = Call { absolute, template, variables, method, headers, parameters, content_type, has_body };
    make(&call, payload(hash, flags, fields.body)?)?;
    Ok(flags.explains())
}

/// Fields: credentials as in [`set_credentials`], region, service, then the rules (`1`, `0`, or empty for the
/// service's own), names that are not signed, names that are. Answers the signer's number.
pub(super) fn new_signer(fields: &mut Fields<'_>) -> Result<Signer, Error> {
    let credentials = credentials(fields);
    let (region, service) = (fields.text(), fields.text());
    host::check_region(region, service)?;
    let signer = Signer::new(credentials, region, service, rules(fields, service));
    signer.map_err(|error| Error::of_signer(error, SIGNER_NAMES, region, service))
}

/// Fields: as [`new_signer`], with a set of regions in place of one. Answers the signer's number.
#[cfg(feature = "v4a")]
pub(super) fn new_v4a_signer(fields: &mut Fields<'_>) -> Result<Signer, Error> {
    let credentials = credentials(fields);
    let (region_set, service) = (fields.text(), fields.text());
    host::check_region_set(region_set)?;
    let signer = Signer::for_region_set(credentials, region_set, service, rules(fields, service));
    signer.map_err(|error| Error::of_signer(error, SIGNER_NAMES, region_set, service))
}

/// The names of the options of `createSigner`.
const SIGNER_NAMES: [&str; 2] = ["accessKeyId", "secretAccessKey"];

/// The rules of a service, where the fields do not override them.
fn rules(fields: &mut Fields<'_>, service: &str) -> Rules {
    let mut rules = Rules::for_service(service);
    for rule in [
        &mut rules.double_encode_path,
        &mut rules.normalize_path,
        &mut rules.decode_slashes,
        &mut rules.sign_payload,
        &mut rules.payload_header,
        &mut rules.omit_session_token,
    ] {
        let flag = fields.text();
        if !flag.is_empty() {
            *rule = flag == "1";
        }
    }
    for names in [&mut rules.unsignable_headers, &mut rules.signable_headers] {
        names.add(&fields.list());
    }
    rules
}

/// Fields: a request, which [`with_request`] reads. Answers the path and the query to be sent, the count of headers
/// to add and their pairs, then the explanation if it was asked for.
pub(super) fn sign(
    signer: &Signer,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    room: &mut Signed,
    out: &mut Output,
) -> Result<(), Error> {
    let now = time(numbers)?;
    let explains = with_request(signer, fields, false, &mut |request| {
        signer.sign_into(room, request, now);
        out.push(request.path).push(request.query);
        Ok(())
    })?;
    out.push_number(room.headers().count());
    for (name, value) in room.headers() {
        out.push(name).push(value);
    }
    explain(out, Some(&*room).filter(|_| explains));
    Ok(())
}

/// Fields: a request, which [`with_request`] reads. Answers the path and the query to be sent, then the explanation
/// if it was asked for.
pub(super) fn presign(
    signer: &Signer,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    room: &mut Signed,
    out: &mut Output,
) -> Result<(), Error> {
    let (now, expires) = (time(numbers)?, whole_seconds(numbers)?);
    let explains = with_request(signer, fields, true, &mut |request| {
        out.push(request.path);
        signer.presign_into(room, request, expires, now).map_err(|_| Error::expires())
    })?;
    out.push(room.query());
    explain(out, Some(&*room).filter(|_| explains));
    Ok(())
}

/// Fields: method, host, path, query, payload hash, flags, headers; then the body. The request is made without an
/// earlier signature. Returns whether to explain.
fn with_request(
    signer: &Signer,
    fields: &mut Fields<'_>,
    presigns: bool,
    sign: &mut dyn FnMut(&Request<'_>) -> Result<(), Error>,
) -> Result<bool, Error> {
    let (method, host, path, query) = (fields.text(), fields.text(), fields.text(), fields.text());
    let (hash, flags) = (fields.text(), Flags::read(fields));
    let payload = payload(hash, flags, fields.body)?;
    let (mut headers, mut lower) = (Vec::new(), Buffer::new());
    for _ in 0..fields.count() {
        let (name, value) = (fields.text(), fields.text());
        // HTTP/2's name for the host is not valid in HTTP/1.
        check(&[(if name == AUTHORITY { "host" } else { name }, value)])?;
        lower.clear();
        // In a presigned URL they are parameters.
        let is_parameter =
            presigns && !flags.keeps_signature() && is_signers_own(signer, lower.lower_case(name));
        if !is_parameter {
            headers.push((name, value));
        }
    }
    check(&[("host", host)])?;
    check_method(method, method)?;
    // Only what differs from the input is written: most requests need no buffer here.
    let (mut written, mut unsigned) = (Buffer::default(), Buffer::default());
    let path = if flags.writes_url() && !signer.rules().double_encode_path && contains(path, "+") {
        written_plus(&mut written, path);
        &written
    } else {
        path
    };
    let query = if flags.keeps_signature() || !is_signed(query) {
        query
    } else {
        without_signature(&mut unsigned, query, signer.credentials().session_token().is_some());
        &unsigned
    };
    sign(&Request { method, host, path, query, headers: &headers, payload })?;
    Ok(flags.explains())
}

/// Further options of a request, each a bit of one number.
#[derive(Clone, Copy)]
struct Flags(u32);

impl Flags {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self(number(fields.text()).unwrap_or_default())
    }

    /// Whether the explanation is wanted.
    fn explains(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether the platform computed the payload hash, so that the caller did not set it.
    fn is_digest(self) -> bool {
        self.0 & 2 != 0
    }

    /// Whether the rest of an earlier signature is signed: clients of the AWS SDK send it.
    fn keeps_signature(self) -> bool {
        self.0 & 8 != 0
    }

    /// Whether the URL is sent as the answer returns it.
    fn writes_url(self) -> bool {
        self.0 & 4 != 0
    }
}

/// Fields: the text. Answers its signature.
pub(super) fn sign_string(
    signer: &Signer,
    fields: &mut Fields<'_>,
    numbers: Numbers,
    out: &mut Output,
) -> Result<(), Error> {
    out.push(&signer.sign_string(fields.text(), time(numbers)?));
    Ok(())
}

/// Fields: a template. Answers the names of its variables, as often as they appear.
pub(super) fn template_names(fields: &mut Fields<'_>, out: &mut Output) {
    for name in names(fields.text()) {
        out.push_any(name);
    }
}

/// Fields: method; status (empty without a response), error type, message, code, Date and Retry-After of the
/// answer; whether the clock may be corrected and the token renewed, whether the caller has a condition, whether
/// delays grow, and a random number below 1,000,000. Numbers: the time, how often it was sent again. Answers what
/// `src/js/jobs.ts` reads: NaN to stop, -1 to renew the token, the server's time in ms where it is past 2001,
/// else the ms to wait.
pub(super) fn next(fields: &mut Fields<'_>, numbers: Numbers) -> f64 {
    let method = fields.text();
    let (status, error_type) = (status(fields.text()), fields.text());
    let (message, code) = (fields.text(), fields.text());
    let (date, retry_after) = (fields.text(), fields.text());
    let (may_correct, may_renew, own_condition) = (fields.flag(), fields.flag(), fields.flag());
    let (exponential, random) = (fields.flag(), number(fields.text()).unwrap_or_default());
    let Ok(now) = Timestamp::from_millis(numbers.now) else { return f64::NAN };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let attempt = numbers.number as u32;
    let refusal = Refusal { status, error_type, message, code };
    let failure = Failure {
        method,
        refusal,
        date,
        retry_after,
        may_correct,
        may_renew,
        attempt,
        own_condition,
        exponential,
    };
    match decide(&failure, now, f64::from(random) / 1e6) {
        Next::Stop => f64::NAN,
        Next::RenewToken => -1.0,
        Next::CorrectClock(time) => milliseconds(time.millis()),
        Next::Wait(ms) => ms,
    }
}

/// Fields: a host's name, whether it is for a WebSocket, region and service of a signature (empty for none).
/// Answers kind, service, region, API id, and which part of the signature contradicts it.
pub(super) fn host(fields: &mut Fields<'_>, out: &mut Output) {
    let host = host::read(fields.text(), fields.flag());
    let (region, service) = (fields.text(), fields.text());
    out.push(host.kind).push(host.service).push(host.region).push(host.api_id);
    out.write(|text| host::warning(text, &host, region, service));
}

/// Canonical request, string to sign, credential scope, signed headers, payload hash, signature, time.
fn explain(out: &mut Output, signed: Option<&Signed>) {
    let Some(signed) = signed else { return };
    out.write(|text| write_redacted(text, signed.canonical_request()));
    for text in [
        signed.string_to_sign(),
        signed.credential_scope(),
        signed.signed_headers(),
        signed.payload_hash(),
        signed.signature(),
        signed.amz_date(),
    ] {
        out.push(text);
    }
}

fn credentials(fields: &mut Fields<'_>) -> Credentials {
    let (id, secret, token) = (fields.text(), fields.text(), fields.text());
    Credentials::new(owned(id), owned(secret), Some(owned(token)))
}

/// The payload: its hash, or the body itself.
fn payload<'a>(hash: &'a str, flags: Flags, body: &'a [u8]) -> Result<Payload<'a>, Error> {
    if hash.is_empty() {
        Ok(Payload::Bytes(body))
    } else if !GRAPHIC.has_all(hash) {
        // It cannot be a line of the canonical request.
        Err(Error::must_be("bodyHash", "64 hexadecimal digits, or a constant of the service", hash))
    } else if flags.is_digest() {
        Ok(Payload::Digest(hash))
    } else {
        Ok(Payload::Hash(hash))
    }
}

fn time(numbers: Numbers) -> Result<Timestamp, Error> {
    Timestamp::from_millis(numbers.now).map_err(|_| Error::date())
}

/// Seconds for presigning, which refuses anything out of range.
fn whole_seconds(Numbers { number: seconds, .. }: Numbers) -> Result<u32, Error> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let whole = seconds as u32;
    #[expect(clippy::float_cmp, reason = "only whole numbers are taken")]
    if f64::from(whole) == seconds { Ok(whole) } else { Err(Error::expires()) }
}

fn status(text: &str) -> Option<u16> {
    number(text).and_then(|status| u16::try_from(status).ok()).filter(|status| *status > 0)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
fn milliseconds(ms: i64) -> f64 {
    ms as f64
}
