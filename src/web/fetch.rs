//! The platform's fetch, timer, clock and URL parser, which pages, workers and Node all have.

use crate::send::{self, NetworkError, Outgoing, Transport};
use alloc::string::String;
use alloc::vec::Vec;
use js_sys::{Array, Date, Function, Math, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Request, RequestInit, RequestRedirect, Url};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(request: &Request) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The transport of [`Client`](super::Client).
pub(super) struct Fetch;

impl Transport for Fetch {
    type Response = Answer;

    fn parse(&self, url: &str) -> Option<(String, String)> {
        let parsed = Url::new(url).ok()?;
        Some((parsed.href(), parsed.origin()))
    }

    fn now(&self) -> f64 {
        Date::now()
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    async fn sleep(&self, ms: f64) {
        let mut timer = Timer(JsValue::UNDEFINED);
        let over = Promise::new(&mut |resolve, _| timer.0 = set_timeout(&resolve, ms));
        // A timer cannot fail.
        let _ = JsFuture::from(over).await;
        drop(timer);
    }

    async fn send(&self, request: Outgoing<'_>) -> Result<Answer, NetworkError> {
        let abort = Abort(AbortController::new().ok());
        let fetch_request = fetch_request(&request, &abort).map_err(|error| failed(&error))?;
        let response = JsFuture::from(fetch(&fetch_request).map_err(|error| failed(&error))?).await;
        let response: web_sys::Response =
            response.and_then(JsCast::dyn_into).map_err(|error| failed(&error))?;
        Ok(Answer { response, abort: Some(abort) })
    }
}

fn fetch_request(request: &Outgoing<'_>, abort: &Abort) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers {
        headers.append(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers(&headers);
    if let Some(body) = request.body {
        init.set_body(&Uint8Array::from(body));
    }
    if request.guarded {
        init.set_redirect(RequestRedirect::Manual);
    }
    if let Abort(Some(controller)) = abort {
        init.set_signal(Some(&controller.signal()));
    }
    Request::new_with_str_and_init(request.url, &init)
}

/// The platform's own message; Node's code is in the cause.
fn failed(error: &JsValue) -> NetworkError {
    let of = |value: &JsValue, name: &str| Reflect::get(value, &JsValue::from_str(name)).ok();
    let text =
        |value: Option<JsValue>| value.and_then(|value| value.as_string()).filter(|text| !text.is_empty());
    let cause = of(error, "cause").filter(JsValue::is_object);
    let code = cause.as_ref().and_then(|cause| text(of(cause, "code")));
    let message = cause.and_then(|cause| text(of(&cause, "message"))).or_else(|| text(of(error, "message")));
    NetworkError {
        message: message.unwrap_or_else(|| String::from("Network Error")),
        code: code.unwrap_or_default(),
    }
}

/// Aborts a request that nothing waits for any more.
struct Abort(Option<AbortController>);

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// A timer that is cleared when it is dropped.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}

/// An answer. If it is dropped unread, its body is canceled.
pub(super) struct Answer {
    response: web_sys::Response,
    abort: Option<Abort>,
}

impl Answer {
    /// Lower-case names, in order.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        let pairs = js_sys::try_iter(&self.response.headers()).ok().flatten();
        let pairs = pairs.into_iter().flatten().filter_map(|pair| {
            let pair: Array = pair.ok()?.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        });
        pairs.collect()
    }

    /// The platform's response, whose body the caller reads.
    pub(super) fn into_inner(mut self) -> web_sys::Response {
        if let Some(Abort(controller)) = &mut self.abort {
            *controller = None;
        }
        self.response
    }
}

impl send::Response for Answer {
    fn status(&self) -> u16 {
        self.response.status()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    async fn text(self) -> Result<String, NetworkError> {
        let read = self.response.text().map_err(|error| failed(&error))?;
        let text = JsFuture::from(read).await.map_err(|error| failed(&error))?;
        Ok(text.as_string().unwrap_or_default())
    }
}
