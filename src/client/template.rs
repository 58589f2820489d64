//! URI templates, [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) levels 1 to 4, as lenient with
//! malformed text as url-template 2: a brace without its partner, an empty expression or an unknown
//! operator is taken as text or as part of a name, never as an error.

use crate::ascii::AsciiSet;
use crate::encode::{UNRESERVED, push_encoded, push_encoded_once, push_unreserved};
use crate::text::{before, first_characters, push, split, tail, with_room};
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

/// The parts of a template in order.
struct Parts<'a>(&'a str);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let Some(after) = self.0.strip_prefix('{') else {
            let literal = before(self.0, "{");
            self.0 = tail(self.0, literal.len());
            return Some(Part::Literal(literal));
        };
        // An expression is the shortest text between braces; an outer brace stays as text.
        let inside = before(after, "{}");
        match tail(after, inside.len()).strip_prefix('}') {
            Some(rest) if !inside.is_empty() => {
                self.0 = rest;
                Some(Part::Expression(inside))
            }
            _ => {
                self.0 = after;
                Some(Part::Literal("{"))
            }
        }
    }
}

/// Expands `template` with `variables`.
#[must_use]
pub fn expand(template: &str, variables: &Variables) -> String {
    let mut out = with_room(template.len() + 32);
    for part in Parts(template) {
        match part {
            Part::Literal(text) => push_encoded_once(&mut out, text, &LITERAL),
            Part::Expression(text) => push_expression(&mut out, text, variables),
        }
    }
    out
}

/// The names of the variables in `template`, in the order in which they appear.
#[must_use]
pub fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in Parts(template) {
        if let Part::Expression(text) = part {
            for spec in split(operator_of(text).1, ",") {
                names.push(name_of(spec));
            }
        }
    }
    names
}

/// `template` with each expression replaced by a letter: what its author wrote.
pub(super) fn literal_text(template: &str) -> String {
    let mut out = with_room(template.len());
    for part in Parts(template) {
        push(&mut out, if let Part::Literal(text) = part { text } else { "x" });
    }
    out
}

/// An expression's operator, and its list of variables.
fn operator_of(text: &str) -> (&'static Operator, &str) {
    let first = text.as_bytes().first();
    match OPERATORS.iter().find(|operator| first == Some(&operator.sign)) {
        Some(operator) => (operator, tail(text, 1)),
        None => (&SIMPLE, text),
    }
}

/// The name in `name`, `name:3` or `name*`.
fn name_of(spec: &str) -> &str {
    before(spec, ":*")
}

/// What follows the name.
fn modifier_of(spec: &str) -> Modifier {
    let modifier = tail(spec, name_of(spec).len());
    match modifier.strip_prefix(':') {
        Some(digits) => prefix_length(digits).map_or(Modifier::None, Modifier::Prefix),
        None if modifier.is_empty() => Modifier::None,
        None => Modifier::Explode,
    }
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
    let (operator, list) = operator_of(text);
    let mut expression = Expression { out, operator, is_first: true };
    for spec in split(list, ",") {
        let name = name_of(spec);
        if let Some((_, value)) = variables.iter().find(|(known, _)| *known == name) {
            expression.push(name, value, &modifier_of(spec));
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
                    push(self.out, if_empty);
                }
            }
            (Value::Text(text), Modifier::Prefix(length)) => {
                self.push_item(name, named, first_characters(text, *length));
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
                        push(self.out, ",");
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
        push(self.out, if self.is_first { first } else { separator });
        self.is_first = false;
    }

    fn push_name(&mut self, name: &str) {
        push_unreserved(self.out, name);
        push(self.out, "=");
    }

    fn push_comma(&mut self, number: usize) {
        if number > 0 {
            push(self.out, ",");
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

#[cfg(test)]
mod tests;
