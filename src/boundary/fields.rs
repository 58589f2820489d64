//! How texts cross between JavaScript and this module: many in one string, NUL between them, so that
//! a call costs one crossing and not one for each of its values.
//!
//! The first field is `1` if a text has a NUL in it, which is then written `\x01a` (and `\x01` as
//! `\x01b`); otherwise it is `0`. The counterpart is `fields.js`.

use crate::text::{Parts, contains, number, replace, split};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// Reads fields in order. A missing one is empty: the counterpart writes them all, and nothing that
/// JavaScript can pass may end this module.
pub struct Reader<'a> {
    rest: Parts<'a>,
    escaped: bool,
}

impl<'a> Reader<'a> {
    /// Reads `packed` from its start.
    #[must_use]
    pub fn new(packed: &'a str) -> Self {
        let mut rest = split(packed, 0);
        let escaped = rest.next() == Some("1");
        Self { rest, escaped }
    }

    /// The next field.
    pub fn text(&mut self) -> Cow<'a, str> {
        let field = self.rest.next().unwrap_or_default();
        if self.escaped && contains(field, "\x01") {
            Cow::Owned(replace(&replace(field, "\x01a", "\0"), "\x01b", "\x01"))
        } else {
            Cow::Borrowed(field)
        }
    }

    /// `1` is true.
    pub fn flag(&mut self) -> bool {
        self.rest.next() == Some("1")
    }

    /// A number of fields that follow; 0 if it is none.
    pub fn count(&mut self) -> usize {
        self.rest.next().and_then(number).map_or(0, |count| count as usize)
    }

    /// A count, then as many texts.
    pub fn list(&mut self) -> Vec<String> {
        (0..self.count()).map_while(|_| self.more().then(|| self.text().into_owned())).collect()
    }

    /// A count, then as many pairs.
    pub fn pairs(&mut self) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
        (0..self.count()).map_while(|_| self.more().then(|| (self.text(), self.text()))).collect()
    }

    /// A count that is larger than what follows must not make a list of that length.
    fn more(&self) -> bool {
        self.rest.clone().next().is_some()
    }
}

/// Writes fields; the buffer is wiped when it is dropped, because tokens pass through it.
pub struct Writer(Zeroizing<String>);

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self(Zeroizing::new(String::with_capacity(1024)))
    }

    /// NUL cannot be in what HTTP carries; where a server's text has one it becomes U+FFFD.
    pub fn push(&mut self, text: &str) -> &mut Self {
        if contains(text, "\0") {
            self.0.push_str(&replace(text, "\0", "\u{fffd}"));
        } else {
            self.0.push_str(text);
        }
        self.0.push('\0');
        self
    }

    /// All fields.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.0.pop();
        core::mem::take(&mut *self.0)
    }
}
