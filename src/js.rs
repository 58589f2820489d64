//! The exports: one function a job, texts in and texts out. Reading JavaScript values, sending and
//! the shapes of results are in the scripts beside this file (`src/js/*.js`), which no one but they
//! call these functions from.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
mod fields;

use crate::client::config::{Config, Endpoint};
use crate::client::diagnose::{Refusal, diagnose as diagnose_refusal, server_time};
use crate::client::retry::{Failure, exponential_ms, is_retryable, retry_after_ms};
use crate::client::template::{Value, names};
use crate::client::{Call, Client, Prepared};
use crate::sigv4::explanation::Explanation;
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Payload, Request, Rules, Signed, Signer};
use crate::text::number;
use crate::{Credentials, Error};
use fields::{Reader, Writer};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

#[cfg(not(feature = "std"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Without the standard library's handler and its formatting, 20 KB of the module go.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Error)]
    type PlainError;
    #[wasm_bindgen(constructor, js_class = Error)]
    fn new(message: &str) -> PlainError;

    type TypeError;
    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> TypeError;
}

/// Every refusal is a `TypeError`, but for the one message that callers of the old package know.
fn thrown(error: &Error) -> JsValue {
    let message = error.message();
    match error {
        Error::Missing("invokeUrl") => PlainError::new(&message).into(),
        _ => TypeError::new(&message).into(),
    }
}

/// The same refusal under the names that `newClient` gives its credentials.
fn in_client_terms(error: Error) -> Error {
    match error {
        Error::SecretForm("accessKeyId") => Error::SecretForm("accessKey"),
        Error::SecretForm("secretAccessKey") => Error::SecretForm("secretKey"),
        other => other,
    }
}

fn timestamp(ms: f64) -> Result<Timestamp, JsValue> {
    Timestamp::from_millis(ms).map_err(|error| thrown(&error))
}

/// The payload: a hash that the platform has worked out, or the body itself.
fn payload<'a>(hash: &'a str, body: &'a [u8]) -> Payload<'a> {
    if hash.is_empty() { Payload::Bytes(body) } else { Payload::Hash(hash) }
}

/// The client of the drop-in: `prepare(call)` gives the exact request.
#[wasm_bindgen]
pub struct ClientCore {
    client: Client,
    region: String,
    service: String,
}

#[wasm_bindgen]
impl ClientCore {
    /// Fields: invokeUrl, its origin, region, service, apiKey, accept, host, whether requests are
    /// signed, headers.
    #[wasm_bindgen(constructor)]
    pub fn new(config: String) -> Result<ClientCore, JsValue> {
        let config = Zeroizing::new(config);
        let mut fields = Reader::new(&config);
        let endpoint = Endpoint::new(&fields.text(), &fields.text()).map_err(|error| thrown(&error))?;
        let (region, service) = (fields.text().into_owned(), fields.text().into_owned());
        let api_key = Zeroizing::new(fields.text().into_owned());
        let (default_accept, host) = (fields.text().into_owned(), fields.text().into_owned());
        let signs = fields.flag();
        let headers =
            fields.pairs().into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let config = Config { endpoint, api_key, default_accept, headers, host };
        let region = if region.is_empty() { config.region().unwrap_or_default().to_owned() } else { region };
        if signs && region.is_empty() {
            return Err(thrown(&Error::NoRegion));
        }
        config.check().map_err(|error| thrown(&error))?;
        Ok(Self { client: Client { config, signer: None }, region, service })
    }

    /// Fields: access key id, secret access key, session token.
    #[wasm_bindgen(js_name = setCredentials)]
    pub fn set_credentials(&mut self, credentials: String) -> Result<(), JsValue> {
        let credentials = Zeroizing::new(credentials);
        let mut rules = Rules::for_service(&self.service);
        rules.sign_payload = true;
        let signer =
            Signer::new(read_credentials(&mut Reader::new(&credentials)), &self.region, &self.service, rules);
        self.client.signer = Some(signer.map_err(|error| thrown(&in_client_terms(error)))?);
        Ok(())
    }

    /// The request of a call with a binary body, or without one.
    pub fn prepare(&self, call: &str, body: &[u8], now: f64) -> Result<String, JsValue> {
        self.prepared(call, body, now)
    }

    /// The request of a call with a text body.
    #[wasm_bindgen(js_name = prepareText)]
    pub fn prepare_text(&self, call: &str, body: &str, now: f64) -> Result<String, JsValue> {
        self.prepared(call, body.as_bytes(), now)
    }

    /// The presigned URL of a call, valid for `expires` seconds.
    pub fn presign(&self, call: &str, expires: f64, now: f64) -> Result<String, JsValue> {
        let now = timestamp(now)?;
        read_call(call, |call, hash, _| {
            let payload = if hash.is_empty() { Payload::Empty } else { Payload::Hash(hash) };
            let prepared = self.client.presign(call, payload, whole_seconds(expires)?, now)?;
            Ok(prepared.url)
        })
    }

    fn prepared(&self, call: &str, body: &[u8], now: f64) -> Result<String, JsValue> {
        let now = timestamp(now)?;
        read_call(call, |call, hash, explain| {
            let prepared = self.client.prepare(call, payload(hash, body), now)?;
            Ok(write_prepared(&prepared, explain))
        })
    }
}

/// Fields: whether the template is a whole path, template, variables, method, content type, whether there is a body, payload hash, whether
/// to explain, headers, parameters.
fn read_call(
    packed: &str,
    make: impl FnOnce(&Call<'_>, &str, bool) -> Result<String, Error>,
) -> Result<String, JsValue> {
    let mut fields = Reader::new(packed);
    let absolute = fields.flag();
    let template = fields.text();
    let variables = read_variables(&mut fields);
    let (method, content_type) = (fields.text(), fields.text());
    let has_body = fields.flag();
    let (hash, explain) = (fields.text(), fields.flag());
    let headers = fields.pairs();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    let parameters: Vec<(String, String)> =
        fields.pairs().into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let call = Call {
        absolute,
        template: &template,
        variables: &variables,
        method: &method,
        headers: &headers,
        parameters: &parameters,
        content_type: &content_type,
        has_body,
    };
    make(&call, &hash, explain).map_err(|error| thrown(&error))
}

/// A count, then name, kind (`t`, `l` or `m`) and value of each variable.
fn read_variables(fields: &mut Reader<'_>) -> Vec<(String, Value)> {
    let count = fields.count();
    let mut variables = Vec::new();
    for _ in 0..count {
        let name = fields.text().into_owned();
        let value = match &*fields.text() {
            "l" => Value::List(fields.list()),
            "m" => Value::Map(
                fields.pairs().into_iter().map(|(key, text)| (key.into_owned(), text.into_owned())).collect(),
            ),
            "t" => Value::Text(fields.text().into_owned()),
            _ => break,
        };
        variables.push((name, value));
    }
    variables
}

/// Method, URL, count of headers and their pairs, then the explanation if it was asked for.
fn write_prepared(prepared: &Prepared, explain: bool) -> String {
    let mut out = Writer::new();
    out.push(&prepared.method).push(&prepared.url).push(&decimal(prepared.headers.len()));
    for (name, value) in &prepared.headers {
        out.push(name).push(value);
    }
    if let (Some(signed), true) = (&prepared.signed, explain) {
        write_explanation(&mut out, signed);
    }
    out.finish()
}

fn write_explanation(out: &mut Writer, signed: &Signed) {
    let explanation = Explanation::from(signed);
    out.push(&explanation.canonical_request)
        .push(&explanation.string_to_sign)
        .push(&explanation.credential_scope)
        .push(&explanation.signed_headers)
        .push(&explanation.payload_hash)
        .push(&explanation.signature)
        .push(&explanation.amz_date);
}

fn read_credentials(fields: &mut Reader<'_>) -> Credentials {
    let (id, secret, token) = (fields.text(), fields.text(), fields.text());
    Credentials::new(id.into_owned(), secret.into_owned(), Some(token.into_owned()))
}

/// Seconds as presigning takes them; anything else is refused there.
fn whole_seconds(seconds: f64) -> Result<u32, Error> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let whole = seconds as u32;
    #[expect(clippy::float_cmp, reason = "only whole numbers are taken")]
    if f64::from(whole) == seconds { Ok(whole) } else { Err(Error::Expires) }
}

fn decimal(number: usize) -> String {
    crate::text::decimal(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The signer of `createSigner`: any service, synchronous.
#[wasm_bindgen]
pub struct SignerCore(Signer);

#[wasm_bindgen]
impl SignerCore {
    /// Fields: credentials, region, service, then the rules: empty for the service's own.
    #[wasm_bindgen(constructor)]
    pub fn new(options: String) -> Result<SignerCore, JsValue> {
        let options = Zeroizing::new(options);
        let mut fields = Reader::new(&options);
        let credentials = read_credentials(&mut fields);
        let (region, service) = (fields.text(), fields.text());
        let mut rules = Rules::for_service(&service);
        for rule in [
            &mut rules.double_encode_path,
            &mut rules.normalize_path,
            &mut rules.sign_payload,
            &mut rules.payload_header,
            &mut rules.omit_session_token,
        ] {
            match &*fields.text() {
                "1" => *rule = true,
                "0" => *rule = false,
                _ => {}
            }
        }
        rules.unsignable_headers = fields.list();
        rules.signable_headers = fields.list();
        Signer::new(credentials, &region, &service, rules).map(Self).map_err(|error| thrown(&error))
    }

    /// Signs a request with a binary body, or without one.
    pub fn sign(&self, request: &str, body: &[u8], now: f64) -> Result<String, JsValue> {
        self.signed(request, body, now)
    }

    /// Signs a request with a text body.
    #[wasm_bindgen(js_name = signText)]
    pub fn sign_text(&self, request: &str, body: &str, now: f64) -> Result<String, JsValue> {
        self.signed(request, body.as_bytes(), now)
    }

    /// The query of a presigned URL, valid for `expires` seconds, then the explanation.
    pub fn presign(&self, request: &str, expires: f64, now: f64) -> Result<String, JsValue> {
        let now = timestamp(now)?;
        read_request(request, |request, hash, _| {
            let payload = if hash.is_empty() { Payload::Empty } else { Payload::Hash(hash) };
            let signed = self.0.presign(&Request { payload, ..*request }, whole_seconds(expires)?, now)?;
            let mut out = Writer::new();
            out.push(&signed.query);
            write_explanation(&mut out, &signed);
            Ok(out.finish())
        })
    }

    /// The signature of a text that another standard defines.
    #[wasm_bindgen(js_name = signString)]
    pub fn sign_string(&self, text: &str, now: f64) -> Result<String, JsValue> {
        Ok(self.0.sign_string(text, timestamp(now)?))
    }

    /// Count of headers to add and their pairs, then the explanation if it was asked for.
    fn signed(&self, request: &str, body: &[u8], now: f64) -> Result<String, JsValue> {
        let now = timestamp(now)?;
        read_request(request, |request, hash, explain| {
            let signed = self.0.sign(&Request { payload: payload(hash, body), ..*request }, now);
            let headers = self.0.headers(&signed);
            let mut out = Writer::new();
            out.push(&decimal(headers.len()));
            for (name, value) in headers {
                out.push(name).push(&value);
            }
            if explain {
                write_explanation(&mut out, &signed);
            }
            Ok(out.finish())
        })
    }
}

/// Fields: method, host, path, query, payload hash, whether to explain, headers.
fn read_request(
    packed: &str,
    make: impl FnOnce(&Request<'_>, &str, bool) -> Result<String, Error>,
) -> Result<String, JsValue> {
    let mut fields = Reader::new(packed);
    let (method, host, path) = (fields.text(), fields.text(), fields.text());
    let (query, hash, explain) = (fields.text(), fields.text(), fields.flag());
    let headers = fields.pairs();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    let request = Request {
        method: &method,
        host: &host,
        path: &path,
        query: &query,
        headers: &headers,
        payload: Payload::Empty,
    };
    crate::client::headers::check(&headers)
        .and_then(|()| crate::client::check_method(&method))
        .and_then(|_| make(&request, &hash, explain))
        .map_err(|error| thrown(&error))
}

/// The names of a template's variables.
#[wasm_bindgen(js_name = templateVariables)]
pub fn template_variables(template: &str) -> String {
    let mut out = Writer::new();
    for name in names(template) {
        out.push(name);
    }
    out.finish()
}

/// Whether the default condition repeats a failed attempt; a status of 0 means no response.
#[wasm_bindgen(js_name = isRetryable)]
pub fn retryable(method: &str, status: u16, code: &str, quota_exceeded: bool) -> bool {
    is_retryable(&Failure { method, status: (status > 0).then_some(status), code, quota_exceeded })
}

/// The delay of `retryDelay: 'exponential'` in ms.
#[wasm_bindgen(js_name = exponentialDelay)]
pub fn exponential_delay(retry_count: u32, random: f64) -> f64 {
    exponential_ms(retry_count, random)
}

/// What a `Retry-After` header asks for in ms; -1 if it cannot be read.
#[wasm_bindgen(js_name = retryAfter)]
pub fn retry_after(header: &str, now: f64) -> f64 {
    let ms = Timestamp::from_millis(now).ok().and_then(|now| retry_after_ms(header, now));
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
    ms.map_or(-1.0, |ms| ms as f64)
}

/// The server's clock in a refusal's message, in ms since the epoch; NaN if it does not tell.
#[wasm_bindgen(js_name = serverTime)]
pub fn server_clock(message: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
    server_time(message).map_or(f64::NAN, |time| time.millis() as f64)
}

/// Fields: status (empty for none), error type, message, code, canonical request, string to sign.
/// Answers kind, summary, hint; then part, line, ours and theirs of the difference; then the
/// server's canonical request and string to sign.
#[wasm_bindgen]
pub fn diagnose(refusal: &str) -> String {
    let mut fields = Reader::new(refusal);
    let status = number(&fields.text()).and_then(|status| u16::try_from(status).ok());
    let (error_type, message, code) = (fields.text(), fields.text(), fields.text());
    let (canonical_request, string_to_sign) = (fields.text(), fields.text());
    let diagnosis = diagnose_refusal(&Refusal {
        status,
        error_type: &error_type,
        message: &message,
        code: &code,
        canonical_request: &canonical_request,
        string_to_sign: &string_to_sign,
    });
    let mut out = Writer::new();
    out.push(diagnosis.kind).push(&diagnosis.summary).push(&diagnosis.hint);
    let (part, line, ours, theirs) = diagnosis
        .difference
        .map_or_else(Default::default, |found| (found.part, decimal(found.line), found.ours, found.theirs));
    out.push(&part).push(&line).push(&ours).push(&theirs);
    if let Some(server) = diagnosis.server {
        out.push(&server.canonical_request).push(&server.string_to_sign);
    }
    out.finish()
}
