//! One call of the client: its fields, and the request that is made of it.

use super::fields::{Reader, Writer};
use super::{decimal, write_explanation};
use crate::client::template::Value;
use crate::client::{Call, Prepared};
use crate::error::Error;
use alloc::string::String;
use alloc::vec::Vec;

/// Fields: whether the template is a whole path, template, variables, method, content type, whether
/// there is a body, payload hash, whether to explain, headers, parameters.
pub(super) fn read_call(
    packed: &str,
    make: impl FnOnce(&Call<'_>, &str, bool) -> Result<String, Error>,
) -> Result<String, Error> {
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
    make(&call, &hash, explain)
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
pub(super) fn write_prepared(prepared: &Prepared, explain: bool) -> String {
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
