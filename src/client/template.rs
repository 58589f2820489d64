//! URI templates, [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) levels 1 to 4, as lenient with
//! malformed text as url-template 2: a brace without its partner, an empty expression or an unknown
//! operator is taken as text or as part of a name, never as an error.

use crate::ascii::AsciiSet;
use crate::encode::{UNRESERVED, push_encoded, push_encoded_once, push_unreserved};
use crate::text::{split, split_once};
use alloc::string::String;
use alloc::vec::Vec;

/// Section 3.2.1: what `{+x}`, `{#x}` and literal text keep, beside triplets.
const RESERVED: AsciiSet = UNRESERVED.and(";,/?:@&=+$!*'()#[]");
/// Braces without a partner stay as they are; the URL encodes them.
const LITERAL: AsciiSet = RESERVED.and("{}");

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A string, or the text of a number or boolean.
    Text(&'a str),
    /// A list; undefined items are already left out.
    List(Vec<&'a str>),
    /// Names with their values; undefined ones are already left out.
    Map(Vec<(&'a str, &'a str)>),
}

/// The variables of one expansion; a name that is not here is undefined.
pub type Variables<'a> = [(&'a str, Value<'a>)];

/// An expression's operator: RFC 6570 appendix A as a table.
struct Operator {
    sign: u8,
    first: &'static str,
    separator: &'static str,
    named: bool,
    /// What follows a name without a value.
    if_empty: &'static str,
    /// Whether values keep reserved characters and triplets.
    reserved: bool,
}

static SIMPLE: Operator = operator(0, "", ",", false, "", false);

static OPERATORS: [Operator; 7] = [
    operator(b'+', "", ",", false, "", true),
    operator(b'#', "#", ",", false, "", true),
    operator(b'.', ".", ".", false, "", false),
    operator(b'/', "/", "/", false, "", false),
    operator(b';', ";", ";", true, "", false),
    operator(b'?', "?", "&", true, "=", false),
    operator(b'&', "&", "&", true, "=", false),
];

const fn operator(
    sign: u8,
    first: &'static str,
    separator: &'static str,
    named: bool,
    if_empty: &'static str,
    reserved: bool,
) -> Operator {
    Operator { sign, first, separator, named, if_empty, reserved }
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
fn parts<'a>(template: &'a str, visit: &mut dyn FnMut(Part<'a>)) {
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
    parts(template, &mut |part| match part {
        Part::Literal(text) => push_encoded_once(&mut out, text, &LITERAL),
        Part::Expression(text) => push_expression(&mut out, text, variables),
    });
    out
}

/// The names of the variables in `template`, in the order in which they appear.
#[must_use]
pub fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    parts(template, &mut |part| {
        if let Part::Expression(text) = part {
            names.extend(specs(text).1.map(|(name, _)| name));
        }
    });
    names
}

/// `template` with each expression replaced by a letter: what its author wrote.
pub(super) fn literal_text(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    parts(template, &mut |part| match part {
        Part::Literal(text) => out.push_str(text),
        Part::Expression(_) => out.push('x'),
    });
    out
}

/// An expression's operator, and its variables with their modifiers.
fn specs(text: &str) -> (&'static Operator, impl Iterator<Item = (&str, Modifier)>) {
    let found = OPERATORS.iter().find(|operator| text.as_bytes().first() == Some(&operator.sign));
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
    (found.unwrap_or(&SIMPLE), specs)
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

fn push_expression(out: &mut String, text: &str, variables: &Variables<'_>) {
    let (operator, specs) = specs(text);
    let mut expression = Expression { out, operator, is_first: true };
    for (name, modifier) in specs {
        if let Some((_, value)) = variables.iter().find(|(known, _)| *known == name) {
            expression.push(name, value, &modifier);
        }
    }
}

/// The text of an expression while it is written: section 3.2.1.
struct Expression<'a> {
    out: &'a mut String,
    operator: &'static Operator,
    is_first: bool,
}

impl Expression<'_> {
    /// What one variable adds.
    fn push(&mut self, name: &str, value: &Value<'_>, modifier: &Modifier) {
        let Operator { named, if_empty, .. } = *self.operator;
        match (value, modifier) {
            (Value::Text(""), _) => {
                self.start_item();
                if named {
                    push_unreserved(self.out, name);
                    self.out.push_str(if_empty);
                }
            }
            (Value::Text(text), Modifier::Prefix(length)) => {
                self.push_item(name, named, prefix(text, *length));
            }
            (Value::Text(text), _) => self.push_item(name, named, text),
            (Value::List(list), Modifier::Explode) => {
                for text in list {
                    self.push_item(name, named, text);
                }
            }
            (Value::Map(map), Modifier::Explode) => {
                for (key, text) in map {
                    self.push_item(key, true, text);
                }
            }
            (Value::List(list), _) => {
                if self.start_joined(name, list.is_empty()) {
                    for (number, text) in list.iter().enumerate() {
                        self.push_comma(number);
                        self.push_value(text);
                    }
                }
            }
            (Value::Map(map), _) => {
                if self.start_joined(name, map.is_empty()) {
                    for (number, (key, text)) in map.iter().enumerate() {
                        self.push_comma(number);
                        push_unreserved(self.out, key);
                        self.out.push(',');
                        self.push_value(text);
                    }
                }
            }
        }
    }

    /// An item, with its name if it has one.
    fn push_item(&mut self, name: &str, named: bool, text: &str) {
        self.start_item();
        if named {
            self.push_name(name);
        }
        self.push_value(text);
    }

    /// Begins an item that holds a whole list or map; without a name there is none for an empty one.
    fn start_joined(&mut self, name: &str, is_empty: bool) -> bool {
        let named = self.operator.named;
        if named || !is_empty {
            self.start_item();
        }
        if named {
            self.push_name(name);
        }
        !is_empty
    }

    fn start_item(&mut self) {
        let Operator { first, separator, .. } = self.operator;
        self.out.push_str(if self.is_first { first } else { separator });
        self.is_first = false;
    }

    fn push_name(&mut self, name: &str) {
        push_unreserved(self.out, name);
        self.out.push('=');
    }

    fn push_comma(&mut self, number: usize) {
        if number > 0 {
            self.out.push(',');
        }
    }

    fn push_value(&mut self, text: &str) {
        if self.operator.reserved {
            push_encoded_once(self.out, text, &RESERVED);
        } else {
            push_encoded(self.out, text, &UNRESERVED);
        }
    }
}

/// The first characters of `text`, counted in code points.
fn prefix(text: &str, length: usize) -> &str {
    let end = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
