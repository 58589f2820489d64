//! URI templates, [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) levels 1 to 4, as lenient with malformed
//! text as url-template 2: an unmatched brace, an empty expression or an unknown operator is read as text or
//! as part of a name, and is never an error.

use super::LONGEST;
use crate::ascii::AsciiSet;
use crate::buffer::Buffer;
use crate::encode::{Escapes, UNRESERVED, encode, unreserved};
use crate::text::{before_any, first_characters, split_any, tail};
use alloc::string::String;
use alloc::vec::Vec;

/// Section 3.2.1: the characters that `{+x}`, `{#x}` and literal text keep, besides triplets.
const RESERVED: AsciiSet = UNRESERVED.with(";,/?:@&=+$!*'()#[]");
/// Unmatched braces stay as they are; the URL encodes them.
const LITERAL: AsciiSet = RESERVED.with("{}");

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A string, or the text of a number or boolean.
    Text(&'a str),
    /// A list; undefined items are already left out.
    List(Vec<&'a str>),
    /// Names with their values; undefined values are already left out.
    Map(Vec<(&'a str, &'a str)>),
}

/// The variables of one expansion: returns the value for a name, or none if it is undefined. The number is
/// the name's index in [`names`], so that values in that order need not be searched.
///
/// ```
/// use gatesign::client::template::{Value, expand};
///
/// let value = Value::Text("a b");
/// let text = expand("/movies/{title}{?page}", &|_, name| (name == "title").then_some(&value));
/// assert_eq!(text, "/movies/a%20b");
/// ```
pub type Variables<'a> = dyn Fn(usize, &str) -> Option<&'a Value<'a>> + 'a;

/// An expression's operator: RFC 6570 appendix A as a table.
struct Operator {
    sign: u8,
    first: &'static str,
    separator: &'static str,
    named: bool,
    /// The text after a name with an empty value.
    if_empty: &'static str,
    /// Whether values keep reserved characters and triplets.
    reserved: bool,
}

/// The operator of an expression without a sign.
const SIMPLE: Operator =
    Operator { sign: 0, first: "", separator: ",", named: false, if_empty: "", reserved: false };

static OPERATORS: [Operator; 7] = [
    Operator { sign: b'+', reserved: true, ..SIMPLE },
    Operator { sign: b'#', first: "#", reserved: true, ..SIMPLE },
    Operator { sign: b'.', first: ".", separator: ".", ..SIMPLE },
    Operator { sign: b'/', first: "/", separator: "/", ..SIMPLE },
    Operator { sign: b';', first: ";", separator: ";", named: true, ..SIMPLE },
    Operator { sign: b'?', first: "?", separator: "&", named: true, if_empty: "=", ..SIMPLE },
    Operator { sign: b'&', first: "&", separator: "&", named: true, if_empty: "=", ..SIMPLE },
];

/// The modifier of a variable (section 2.4).
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
        let Some(after) = self.0.strip_prefix("{") else {
            let literal = before_any(self.0, "{");
            self.0 = tail(self.0, literal.len());
            return Some(Part::Literal(literal));
        };
        // An expression is the shortest text between braces; an outer brace stays as text.
        let inside = before_any(after, "{}");
        match tail(after, inside.len()).strip_prefix("}") {
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
pub fn expand(template: &str, variables: &Variables<'_>) -> String {
    let mut out = Buffer::default();
    write(&mut out, template, variables);
    out.as_str().into()
}

/// Appends what [`expand`] returns.
pub fn write(out: &mut Buffer, template: &str, variables: &Variables<'_>) {
    let mut number = 0;
    for part in Parts(template) {
        match part {
            Part::Literal(text) => encode(out, text, &LITERAL, Escapes::Keep),
            Part::Expression(text) => {
                let (operator, list) = operator_of(text);
                let mut expression = Expression { out, operator, is_first: true };
                for spec in split_any(list, ",") {
                    let name = name_of(spec);
                    if let Some(value) = variables(number, name) {
                        expression.write(name, value, &modifier_of(spec));
                    }
                    number += 1;
                }
            }
        }
    }
}

/// The names of the variables in `template`, in the order in which they appear, as often as they do.
#[must_use]
pub fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in Parts(template) {
        if let Part::Expression(text) = part {
            for spec in split_any(operator_of(text).1, ",") {
                names.push(name_of(spec));
            }
        }
    }
    names
}

/// Appends `template` with each expression replaced by a letter, which leaves what its author wrote.
pub(super) fn write_literals(out: &mut Buffer, template: &str) {
    for part in Parts(template) {
        out.push(if let Part::Literal(text) = part { text } else { "x" });
    }
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
    before_any(spec, ":*")
}

/// The modifier after the name.
fn modifier_of(spec: &str) -> Modifier {
    let modifier = tail(spec, name_of(spec).len());
    match modifier.strip_prefix(":") {
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

/// Writes the text of an expression: section 3.2.1.
struct Expression<'a> {
    out: &'a mut Buffer,
    operator: &'static Operator,
    is_first: bool,
}

impl Expression<'_> {
    /// Adds one variable.
    fn write(&mut self, name: &str, value: &Value<'_>, modifier: &Modifier) {
        let Operator { named, if_empty, .. } = *self.operator;
        match (value, modifier) {
            (Value::Text(""), _) => {
                self.start_item();
                if named {
                    unreserved(self.out, name);
                    self.out.push(if_empty);
                }
            }
            (Value::Text(text), Modifier::Prefix(length)) => {
                self.item(name, named, first_characters(text, *length));
            }
            (Value::Text(text), _) => self.item(name, named, text),
            (Value::List(list), Modifier::Explode) => {
                for text in list {
                    self.item(name, named, text);
                }
            }
            (Value::Map(map), Modifier::Explode) => {
                for (key, text) in map {
                    self.item(key, true, text);
                }
            }
            (Value::List(list), _) => {
                self.start_joined(name, list.is_empty());
                let mut separator = "";
                for text in list {
                    self.out.push(separator);
                    self.value(text);
                    separator = ",";
                }
            }
            (Value::Map(map), _) => {
                self.start_joined(name, map.is_empty());
                let mut separator = "";
                for (key, text) in map {
                    self.out.push(separator);
                    unreserved(self.out, key);
                    self.out.push(",");
                    self.value(text);
                    separator = ",";
                }
            }
        }
    }

    /// Adds an item, with its name if it has one. Stops if the text is already too long: a long name is
    /// repeated for each item of an exploded list.
    fn item(&mut self, name: &str, named: bool, text: &str) {
        if self.out.len() > LONGEST {
            return;
        }
        self.start_item();
        if named {
            self.name(name);
        }
        self.value(text);
    }

    /// Starts an item for a whole list or map; an empty one without a name has no item.
    fn start_joined(&mut self, name: &str, is_empty: bool) {
        let named = self.operator.named;
        if named || !is_empty {
            self.start_item();
        }
        if named {
            self.name(name);
        }
    }

    fn start_item(&mut self) {
        let Operator { first, separator, .. } = self.operator;
        self.out.push(if self.is_first { first } else { separator });
        self.is_first = false;
    }

    fn name(&mut self, name: &str) {
        unreserved(self.out, name);
        self.out.push("=");
    }

    fn value(&mut self, text: &str) {
        if self.operator.reserved {
            encode(self.out, text, &RESERVED, Escapes::Keep);
        } else {
            unreserved(self.out, text);
        }
    }
}

#[cfg(test)]
mod tests;
