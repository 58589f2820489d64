//! One call of a client: its fields, and the request that is made of it.

use super::fields::{Fields, Output};
use super::{payload, write_explanation};
use crate::Error;
use crate::client::template::Value;
use crate::client::{Call, Prepared};
use crate::sigv4::Payload;
use alloc::vec::Vec;

/// Fields: whether the template is a whole path, template, variables, method, content type, whether
/// there is a body, payload hash, whether to explain, headers, parameters; then the body.
pub(super) fn read_call(
    fields: &mut Fields<'_>,
    presigns: bool,
    make: &mut dyn FnMut(&Call<'_>, Payload<'_>, bool) -> Result<(), Error>,
) -> Result<(), Error> {
    let absolute = fields.flag();
    let template = fields.text();
    let variables = read_variables(fields);
    let (method, content_type) = (fields.text(), fields.text());
    let has_body = fields.flag();
    let (hash, explain) = (fields.text(), fields.flag());
    let (headers, parameters) = (fields.pairs(), fields.pairs());
    let call = Call {
        absolute,
        template,
        variables: &variables,
        method,
        headers: &headers,
        parameters: &parameters,
        content_type,
        has_body,
    };
    make(&call, payload(hash, fields.body, presigns)?, explain)
}

/// A count, then name, kind (`t`, `l` or `m`) and value of each variable.
fn read_variables<'a>(fields: &mut Fields<'a>) -> Vec<(&'a str, Value<'a>)> {
    let mut variables = Vec::new();
    for _ in 0..fields.count() {
        let name = fields.text();
        let value = match fields.text() {
            "l" => Value::List(fields.list()),
            "m" => Value::Map(fields.pairs()),
            _ => Value::Text(fields.text()),
        };
        variables.push((name, value));
    }
    variables
}

/// Method, URL, count of headers and their pairs, then the explanation if it was asked for.
pub(super) fn write_prepared(out: &mut Output, prepared: &Prepared, explain: bool) {
    out.push(&prepared.method).push(&prepared.url).push_number(prepared.headers.len());
    for (name, value) in prepared.headers.iter() {
        out.push(name).push(value);
    }
    if let (Some(signed), true) = (&prepared.signed, explain) {
        write_explanation(out, signed);
    }
}
