//! Names with their values, as headers and parameters are: all their texts in one buffer, so that a
//! list costs two allocations however long it is, and is wiped at once.

use crate::encode::push_lower_case;
use crate::secret::Secret;
use crate::text::{same_name, with_room};
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Appends a text in one form or another.
pub type Write = fn(&mut String, &str);

/// A list of names and values, in the order in which they were added until it is sorted.
#[derive(Clone, Default)]
pub struct Pairs {
    text: Secret,
    entries: Vec<Entry>,
}

/// Where in the text a name and its value are.
#[derive(Clone, Copy)]
struct Entry {
    name: (usize, usize),
    value: (usize, usize),
}

impl Pairs {
    /// An empty list with room for so many bytes of text.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: with_room(bytes).into(), entries: Vec::with_capacity(12) }
    }

    /// Adds a pair, each half in the form that its function writes.
    pub fn push(&mut self, name: &str, write_name: Write, value: &str, write_value: Write) {
        let name = self.write(name, write_name);
        let value = self.write(value, write_value);
        self.entries.push(Entry { name, value });
    }

    /// Adds a pair as it is.
    pub fn add(&mut self, name: &str, value: &str) {
        self.push(name, String::push_str, value, String::push_str);
    }

    /// Sets the value of a header: one of that name, in any case, is replaced where it stands.
    pub fn set(&mut self, name: &str, value: &str) {
        let value_at = self.write(value, String::push_str);
        let text = &self.text;
        let same = |entry: &&mut Entry| same_name(slice(text, entry.name), name);
        if let Some(known) = self.entries.iter_mut().find(same) {
            known.value = value_at;
        } else {
            let name = self.write(name, push_lower_case);
            self.entries.push(Entry { name, value: value_at });
        }
    }

    /// Removes all pairs of these names.
    pub fn remove(&mut self, names: &[&str]) {
        let all = core::mem::replace(&mut self.entries, Vec::with_capacity(12));
        for entry in all {
            if !names.contains(&slice(&self.text, entry.name)) {
                self.entries.push(entry);
            }
        }
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| (slice(&self.text, entry.name), slice(&self.text, entry.value)))
    }

    /// Whether a name is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.iter().any(|(known, _)| known == name)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many bytes all names and values have, those replaced or removed included.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Sorts by name and, if asked to, by value; pairs that are equal in that keep their order.
    ///
    /// Shell's sort: the short and nearly sorted lists of a request are sorted by insertion, and the
    /// time for long ones stays in proportion, in a tenth of the code of the standard library's.
    pub fn sort(&mut self, by_value: bool) {
        const GAPS: [usize; 8] = [8_929, 2_801, 701, 301, 132, 57, 23, 1];
        let text = self.text.as_str();
        let less = |a: &Entry, b: &Entry| {
            let order = slice(text, a.name).cmp(slice(text, b.name));
            let order = if by_value {
                order.then_with(|| slice(text, a.value).cmp(slice(text, b.value)))
            } else {
                order
            };
            // Texts are written in order, so this keeps the order of what is equal.
            order.then((a.name.0, a.value.1).cmp(&(b.name.0, b.value.1))) == Ordering::Less
        };
        for gap in GAPS {
            for end in gap..self.entries.len() {
                let mut at = end;
                while let Some(before) = at.checked_sub(gap) {
                    let Ok([a, b]) = self.entries.get_disjoint_mut([before, at]) else { break };
                    if !less(b, a) {
                        break;
                    }
                    core::mem::swap(a, b);
                    at = before;
                }
            }
        }
    }

    fn write(&mut self, text: &str, write: Write) -> (usize, usize) {
        let start = self.text.len();
        write(&mut self.text, text);
        (start, self.text.len())
    }
}

fn slice(text: &str, (start, end): (usize, usize)) -> &str {
    crate::text::slice(text, start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::prelude::rust_2024::*;

    fn all(pairs: &Pairs) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec(("[ab]{0,2}", "[a-c]{0,2}"), 0..400)) {
            for by_value in [false, true] {
                let mut ours = Pairs::default();
                for (name, value) in &items {
                    ours.add(name, value);
                }
                ours.sort(by_value);
                let mut theirs = items.clone();
                if by_value {
                    theirs.sort();
                } else {
                    theirs.sort_by(|a, b| a.0.cmp(&b.0));
                }
                prop_assert_eq!(all(&ours), theirs);
            }
        }
    }

    #[test]
    fn long_lists_are_sorted_too() {
        let mut pairs = Pairs::default();
        for number in 0..30_000_u32 {
            pairs.add(&std::format!("{:05}", number * 7919 % 30_000), "");
        }
        pairs.sort(true);
        assert!(pairs.iter().map(|(name, _)| name.parse::<u32>().unwrap()).eq(0..30_000));
    }

    #[test]
    fn the_last_of_a_name_wins() {
        let mut headers = Pairs::default();
        headers.set("X-A", "1");
        headers.set("x-b", "2");
        headers.set("x-a", "3");
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-a", "3"), ("x-b", "2")]);
        assert!(headers.has("x-b"));
        headers.remove(&["x-b"]);
        assert!(!headers.has("x-b"));
    }
}
