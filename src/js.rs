//! The exports: one function a job, texts in and texts out. Reading JavaScript values, sending and
//! the shapes of results are in the scripts beside this file (`src/js/*.js`), which no one but they
//! call these functions from; what the texts hold is read in [`crate::boundary`].

use crate::boundary::{client, questions, signer};
use crate::client::retry::{Failure, exponential_ms, is_retryable};
use crate::error::Error;
use alloc::string::String;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

#[cfg(not(feature = "std"))]
use {talc::wasm::WasmDynamicTalc, zeroizing_alloc::ZeroAlloc};

/// Every block is wiped when it is freed: the glue frees results, which have tokens in them, and
/// arguments without a word to this crate.
#[cfg(not(feature = "std"))]
#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(talc::wasm::new_wasm_dynamic_allocator());

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

/// The client of the drop-in: `prepare(call)` gives the exact request.
#[wasm_bindgen]
pub struct ClientCore(client::ClientCore);

#[wasm_bindgen]
impl ClientCore {
    /// See [`client::ClientCore::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(config: String) -> Result<ClientCore, JsValue> {
        let config = Zeroizing::new(config);
        client::ClientCore::new(&config).map(Self).map_err(|error| thrown(&error))
    }

    /// See [`client::ClientCore::set_credentials`].
    #[wasm_bindgen(js_name = setCredentials)]
    pub fn set_credentials(&mut self, credentials: String) -> Result<(), JsValue> {
        let credentials = Zeroizing::new(credentials);
        self.0.set_credentials(&credentials).map_err(|error| thrown(&error))
    }

    /// The request of a call with a binary body, or without one.
    pub fn prepare(&self, call: &str, body: &[u8], now: f64) -> Result<String, JsValue> {
        self.0.prepare(call, body, now).map_err(|error| thrown(&error))
    }

    /// The request of a call with a text body.
    #[wasm_bindgen(js_name = prepareText)]
    pub fn prepare_text(&self, call: &str, body: &str, now: f64) -> Result<String, JsValue> {
        self.0.prepare(call, body.as_bytes(), now).map_err(|error| thrown(&error))
    }

    /// The presigned URL of a call, valid for `expires` seconds.
    pub fn presign(&self, call: &str, expires: f64, now: f64) -> Result<String, JsValue> {
        self.0.presign(call, expires, now).map_err(|error| thrown(&error))
    }
}

/// The signer of `createSigner`: any service, synchronous.
#[wasm_bindgen]
pub struct SignerCore(signer::SignerCore);

#[wasm_bindgen]
impl SignerCore {
    /// See [`signer::SignerCore::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(options: String) -> Result<SignerCore, JsValue> {
        let options = Zeroizing::new(options);
        signer::SignerCore::new(&options).map(Self).map_err(|error| thrown(&error))
    }

    /// Signs a request with a binary body, or without one.
    pub fn sign(&self, request: &str, body: &[u8], now: f64) -> Result<String, JsValue> {
        self.0.sign(request, body, now).map_err(|error| thrown(&error))
    }

    /// Signs a request with a text body.
    #[wasm_bindgen(js_name = signText)]
    pub fn sign_text(&self, request: &str, body: &str, now: f64) -> Result<String, JsValue> {
        self.0.sign(request, body.as_bytes(), now).map_err(|error| thrown(&error))
    }

    /// The query of a presigned URL, valid for `expires` seconds, then the explanation.
    pub fn presign(&self, request: &str, expires: f64, now: f64) -> Result<String, JsValue> {
        self.0.presign(request, expires, now).map_err(|error| thrown(&error))
    }

    /// The signature of a text that another standard defines.
    #[wasm_bindgen(js_name = signString)]
    pub fn sign_string(&self, text: &str, now: f64) -> Result<String, JsValue> {
        self.0.sign_string(text, now).map_err(|error| thrown(&error))
    }
}

/// The names of a template's variables.
#[wasm_bindgen(js_name = templateVariables)]
pub fn template_variables(template: &str) -> String {
    questions::template_variables(template)
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
    questions::retry_after(header, now)
}

/// The server's clock in a refusal's message, in ms since the epoch; NaN if it does not tell.
#[wasm_bindgen(js_name = serverTime)]
pub fn server_clock(message: &str) -> f64 {
    questions::server_clock(message)
}

/// The cause of a refusal: see [`questions::diagnose`].
#[wasm_bindgen]
pub fn diagnose(refusal: &str) -> String {
    questions::diagnose(refusal)
}
