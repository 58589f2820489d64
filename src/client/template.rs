//! URI templates, [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) levels 1 to 4, as lenient with
//! malformed text as url-template 2: a brace without its partner, an empty expression or an unknown
//! operator is taken as text or as part of a name, never as an error.

use crate::encode::{AsciiSet, UNRESERVED, push_encoded, push_encoded_once};
use crate::text::{concat, join, split, split_once};
use alloc::string::String;
use alloc::vec::Vec;

/// Section 3.2.1: what `{+x}`, `{#x}` and literal text keep, beside triplets.
const RESERVED: AsciiSet = UNRESERVED.and(";,/?:@&=+$!*'()#[]");

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string, or the text of a number or boolean.
    Text(String),
    /// A list; undefined items are already left out.
    List(Vec<String>),
    /// Names with their values; undefined ones are already left out.
    Map(Vec<(String, String)>),
}

/// The variables of one expansion; a name that is not here is undefined.
pub type Variables = [(String, Value)];

/// An expression's operator: RFC 6570 appendix A as a table.
struct Operator {
    first: &'static str,
    separator: &'static str,
    named: bool,
    /// What follows a name without a value.
    if_empty: &'static str,
    keep: AsciiSet,
}

const SIMPLE: Operator = Operator { first: "", separator: ",", named: false, if_empty: "", keep: UNRESERVED };

fn operator(sign: char) -> Option<Operator> {
    Some(match sign {
        '+' => Operator { keep: RESERVED, ..SIMPLE },
        '#' => Operator { first: "#", keep: RESERVED, ..SIMPLE },
        '.' => Operator { first: ".", separator: ".", ..SIMPLE },
        '/' => Operator { first: "/", separator: "/", ..SIMPLE },
        ';' => Operator { first: ";", separator: ";", named: true, ..SIMPLE },
        '?' => Operator { first: "?", separator: "&", named: true, if_empty: "=", keep: UNRESERVED },
        '&' => Operator { first: "&", separator: "&", named: true, if_empty: "=", keep: UNRESERVED },
        _ => return None,
    })
}

/// How much of a value, and in which form (section 2.4).
enum Modifier {
    None,
    /// `{var:3}`: the first characters, counted in code points.
    Prefix(usize),
    /// `{var*}`
    Explode,
}

/// A part of a template.
enum Part<'a> {
    Literal(&'a str),
    Expression(&'a str),
}

/// Calls `visit` with each part in order.
fn parts<'a>(template: &'a str, mut visit: impl FnMut(Part<'a>)) {
    let mut rest = template;
    while let Some((literal, after)) = split_once(rest, "{") {
        visit(Part::Literal(literal));
        // An expression is the shortest text between braces; an outer brace stays as text.
        rest = match after
            .bytes()
            .position(|byte| matches!(byte, b'{' | b'}'))
            .and_then(|at| after.split_at_checked(at))
        {
            Some((inside, tail)) if tail.starts_with('}') && !inside.is_empty() => {
                visit(Part::Expression(inside));
                tail.strip_prefix('}').unwrap_or_default()
            }
            _ => {
                visit(Part::Literal("{"));
                after
            }
        };
    }
    visit(Part::Literal(rest));
}

/// Expands `template` with `variables`.
#[must_use]
pub fn expand(template: &str, variables: &Variables) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    parts(template, |part| match part {
        // Braces without a partner stay as they are; the URL encodes them.
        Part::Literal(text) => push_encoded_once(&mut out, text.as_bytes(), RESERVED.and("{}")),
        Part::Expression(text) => push_expression(&mut out, text, variables),
    });
    out
}

/// The names of the variables in `template`, in the order in which they appear.
#[must_use]
pub fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    parts(template, |part| {
        if let Part::Expression(text) = part {
            names.extend(specs(text).1.map(|(name, _)| name));
        }
    });
    names
}

/// `template` with each expression replaced by a letter: what its author wrote.
pub(super) fn literal_text(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    parts(template, |part| match part {
        Part::Literal(text) => out.push_str(text),
        Part::Expression(_) => out.push('x'),
    });
    out
}

/// An expression's operator, and its variables with their modifiers.
fn specs(text: &str) -> (Operator, impl Iterator<Item = (&str, Modifier)>) {
    let found = text.chars().next().and_then(operator);
    let list = if found.is_some() { text.get(1..).unwrap_or_default() } else { text };
    let specs = split(list, b',').map(|spec| {
        let Some(at) = spec.bytes().position(|byte| matches!(byte, b':' | b'*')) else {
            return (spec, Modifier::None);
        };
        let (name, modifier) = spec.split_at_checked(at).unwrap_or((spec, ""));
        let modifier = match modifier.strip_prefix(':') {
            None => Modifier::Explode,
            Some(digits) => prefix_length(digits).map_or(Modifier::None, Modifier::Prefix),
        };
        (name, modifier)
    });
    (found.unwrap_or(SIMPLE), specs)
}

/// The number that `text` begins with.
fn prefix_length(text: &str) -> Option<usize> {
    let mut length = None;
    for digit in text.bytes().take_while(u8::is_ascii_digit) {
        let value = usize::from(digit - b'0');
        length = Some(length.unwrap_or(0_usize).saturating_mul(10).saturating_add(value));
    }
    length
}

fn push_expression(out: &mut String, text: &str, variables: &Variables) {
    let (operator, specs) = specs(text);
    let mut items = Vec::new();
    for (name, modifier) in specs {
        let found = variables.iter().find(|(known, _)| known == name);
        if let Some((_, value)) = found {
            push_items(&mut items, &operator, name, value, &modifier);
        }
    }
    if !items.is_empty() {
        out.push_str(operator.first);
        out.push_str(&join(&items, operator.separator));
    }
}

/// Section 3.2.1: the items that one variable adds to its expression.
fn push_items(items: &mut Vec<String>, operator: &Operator, name: &str, value: &Value, modifier: &Modifier) {
    let encoded = |text: &str| {
        let mut out = String::with_capacity(text.len());
        push_text(&mut out, text, operator);
        out
    };
    let pair = |name: &str, text: &str| concat(&[&encoded_name(name), "=", &encoded(text)]);
    let item = |text: &str| if operator.named { pair(name, text) } else { encoded(text) };
    match (value, modifier) {
        (Value::Text(text), _) if text.is_empty() => {
            items.push(if operator.named {
                concat(&[&encoded_name(name), operator.if_empty])
            } else {
                String::new()
            });
        }
        (Value::Text(text), Modifier::Prefix(length)) => {
            items.push(item(&text.chars().take(*length).collect::<String>()));
        }
        (Value::Text(text), _) => items.push(item(text)),
        (Value::List(list), Modifier::Explode) => items.extend(list.iter().map(|text| item(text))),
        (Value::Map(map), Modifier::Explode) => {
            items.extend(map.iter().map(|(key, text)| pair(key, text)));
        }
        (Value::List(list), _) => {
            let list = list.iter().map(|text| encoded(text)).collect::<Vec<_>>();
            push_joined(items, operator, name, &list);
        }
        (Value::Map(map), _) => {
            let list = map.iter().flat_map(|(key, text)| [encoded_name(key), encoded(text)]);
            push_joined(items, operator, name, &list.collect::<Vec<_>>());
        }
    }
}

fn push_joined(items: &mut Vec<String>, operator: &Operator, name: &str, list: &[String]) {
    let joined = join(list, ",");
    if operator.named {
        items.push(concat(&[&encoded_name(name), "=", &joined]));
    } else if !list.is_empty() {
        items.push(joined);
    }
}

fn push_text(out: &mut String, text: &str, operator: &Operator) {
    if operator.keep.contains(b'/') {
        push_encoded_once(out, text.as_bytes(), operator.keep);
    } else {
        push_encoded(out, text.as_bytes(), operator.keep);
    }
}

fn encoded_name(name: &str) -> String {
    crate::encode::encode(name)
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
