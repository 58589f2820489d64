//! Converts values between Rust and JavaScript.

use crate::client;
use crate::client::template::Value;
use crate::send::Error;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use js_sys::{Array, JSON, JsString, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// The text that JavaScript writes for a scalar.
    #[wasm_bindgen(js_name = String)]
    fn string(value: &JsValue) -> JsString;
}

/// The value of a template's variable, which owns its texts.
pub(super) enum Owned {
    Text(String),
    List(Vec<String>),
    Map(Vec<(String, String)>),
}

impl Owned {
    pub(super) fn borrowed(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::List(items) => Value::List(items.iter().map(String::as_str).collect()),
            Self::Map(pairs) => {
                Value::Map(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
            }
        }
    }
}

/// Objects instead of `Map`, and `null` instead of `undefined`.
fn to_value(argument: &'static str, value: &impl Serialize) -> Result<JsValue, Error> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| refused(argument, &error.to_string()))
}

fn refused(argument: &'static str, cause: &str) -> Error {
    Error::Argument(client::Error::new(argument, &[" cannot be written: ", cause]))
}

/// The variables of a struct or a map; those that are `None` are left out.
pub(super) fn variables_of(path_params: &impl Serialize) -> Result<Vec<(String, Owned)>, Error> {
    let value = to_value("pathParams", path_params)?;
    if value.is_null() || value.is_undefined() {
        return Ok(Vec::new());
    }
    let Some(object) = value.dyn_ref::<Object>().filter(|_| !Array::is_array(&value)) else {
        return Err(refused("pathParams", "it is no struct or map"));
    };
    let pairs = entries(object).map(|(name, value)| owned(&value).map(|owned| (name, owned)));
    Ok(pairs.flatten().collect())
}

fn entries(object: &Object) -> impl Iterator<Item = (String, JsValue)> + use<> {
    Object::entries(object).into_iter().filter_map(|pair| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1)))
    })
}

fn owned(value: &JsValue) -> Option<Owned> {
    if let Some(text) = text_of(value) {
        return Some(Owned::Text(text));
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        return Some(Owned::List(items.iter().filter_map(|item| text_of(&item)).collect()));
    }
    let object = value.dyn_ref::<Object>()?;
    let pairs = entries(object).filter_map(|(name, value)| Some((name, text_of(&value)?)));
    Some(Owned::Map(pairs.collect()))
}

/// The text of a scalar, as JavaScript writes it.
fn text_of(value: &JsValue) -> Option<String> {
    let is_scalar = value.as_f64().is_some() || value.as_bool().is_some() || value.is_bigint();
    value.as_string().or_else(|| is_scalar.then(|| String::from(string(value))))
}

/// Writes a body as JSON.
pub(super) fn json_of(body: &impl Serialize) -> Result<String, Error> {
    let value = to_value("body", body)?;
    let text = JSON::stringify(&value).ok().and_then(|text| text.as_string());
    text.ok_or_else(|| refused("body", "JSON cannot hold it"))
}

/// Reads the text of an answer: as JSON if it is valid, otherwise as text.
pub(super) fn data_of<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let value = JSON::parse(text).unwrap_or_else(|_| JsValue::from_str(text));
    serde_wasm_bindgen::from_value(value).map_err(|error| Error::Data(error.to_string()))
}
