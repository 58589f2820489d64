//! A list of names and values, for headers and parameters. All texts are in one buffer, so that a list of any
//! length needs two allocations and is wiped at once.

use crate::buffer::{Buffer, Span};
use alloc::vec::Vec;
use core::cmp::Ordering;

/// A function that appends a text in some form.
pub type Write = fn(&mut Buffer, &str);

/// Appends a text.
pub fn as_it_is(out: &mut Buffer, text: &str) {
    out.push(text);
}

/// Appends a text with its ASCII letters in lower case.
pub fn lower_case(out: &mut Buffer, text: &str) {
    out.lower_case(text);
}

/// A list of names and values, in the order in which they were added until it is sorted.
#[derive(Clone, Default)]
pub struct List {
    text: Buffer,
    entries: Vec<Entry>,
}

/// The positions of a name and its value in the text.
#[derive(Clone, Copy)]
struct Entry {
    name: Span,
    value: Span,
}

impl List {
    /// An empty list, without any allocation.
    #[must_use]
    pub const fn new() -> Self {
        Self { text: Buffer::new(), entries: Vec::new() }
    }

    /// Adds a pair; a function writes each half.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn push(&mut self, name: &str, write_name: Write, value: &str, write_value: Write) {
        let start = self.text.len();
        write_name(&mut self.text, name);
        let middle = self.text.len();
        write_value(&mut self.text, value);
        self.entries.push(Entry { name: Span { start, end: middle }, value: self.text.since(middle) });
    }

    /// Adds a pair unchanged.
    pub fn add(&mut self, name: &str, value: &str) {
        self.push(name, as_it_is, value, as_it_is);
    }

    /// Adds a name with its value, if there is one.
    pub fn add_some(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    /// The last added pair.
    #[must_use]
    pub fn last(&self) -> (&str, &str) {
        let entry = self.entries.last();
        entry.map_or(("", ""), |entry| (self.text.get(entry.name), self.text.get(entry.value)))
    }

    /// Removes the last added pair; its text stays until the list is cleared.
    pub fn remove_last(&mut self) {
        self.entries.pop();
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| (self.text.get(entry.name), self.text.get(entry.value)))
    }

    /// Whether the list has a name. Searches all pairs.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| self.text.get(entry.name) == name)
    }

    /// Whether a sorted list has a name.
    #[must_use]
    pub fn has_sorted(&self, name: &str) -> bool {
        self.entries.binary_search_by(|entry| self.text.get(entry.name).cmp(name)).is_ok()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Removes all pairs, overwrites their text, and keeps the allocation.
    pub fn clear(&mut self) {
        self.text.clear();
        self.entries.clear();
    }

    /// Sorts by name; pairs of the same name keep their order.
    pub fn sort(&mut self) {
        self.sort_by(false);
    }

    /// Sorts by name and then by value.
    pub fn sort_with_values(&mut self) {
        self.sort_by(true);
    }

    /// Sorts by name, and keeps only the last pair of each name.
    pub fn keep_last(&mut self) {
        self.sort();
        let (text, mut kept) = (&self.text, 0_usize);
        for at in 0..self.entries.len() {
            let Some(entry) = self.entries.get(at).copied() else { break };
            let last = kept.checked_sub(1).and_then(|last| self.entries.get(last));
            if last.is_none_or(|last| text.get(last.name) != text.get(entry.name)) {
                kept += 1;
            }
            if let Some(place) = self.entries.get_mut(kept - 1) {
                *place = entry;
            }
        }
        self.entries.truncate(kept);
    }

    /// Shell's sort: it sorts the short and nearly sorted lists of a request by insertion, stays fast for
    /// long ones, and needs a tenth of the code of the standard library's sort.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn sort_by(&mut self, values: bool) {
        const GAPS: [usize; 12] = [229_021, 101_787, 45_239, 20_106, 8_929, 2_801, 701, 301, 132, 57, 23, 1];
        let less = |a: &Entry, b: &Entry| {
            let order = self.text.get(a.name).cmp(self.text.get(b.name));
            let order = if values {
                order.then_with(|| self.text.get(a.value).cmp(self.text.get(b.value)))
            } else {
                order
            };
            // Texts are written in order, so comparing their positions keeps the order of equal pairs.
            order.then((a.name.start, a.value.end).cmp(&(b.name.start, b.value.end))) == Ordering::Less
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::prelude::rust_2024::*;

    fn all(list: &List) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec(("[ab]{0,2}", "[a-c]{0,2}"), 0..400)) {
            let mut ours = List::default();
            for (name, value) in &items {
                ours.add(name, value);
            }
            let mut theirs = items.clone();
            theirs.sort_by(|a, b| a.0.cmp(&b.0));
            ours.sort();
            prop_assert_eq!(all(&ours), &*theirs);
            let mut last = ours.clone();
            last.keep_last();
            let map: std::collections::BTreeMap<_, _> = theirs.iter().cloned().collect();
            prop_assert_eq!(all(&last), map.into_iter().collect::<Vec<_>>());
            theirs.sort();
            ours.sort_with_values();
            prop_assert_eq!(all(&ours), theirs);
            for (name, _) in &items {
                prop_assert!(ours.has_sorted(name) && ours.has(name));
            }
        }
    }

    #[test]
    fn long_lists_are_sorted_too() {
        let mut list = List::default();
        for number in 0..100_000_u64 {
            list.add(&std::format!("{:05}", number * 7919 % 100_000), "");
        }
        list.sort();
        assert!(list.iter().map(|(name, _)| name.parse::<u32>().unwrap()).eq(0..100_000));
        assert!(list.has_sorted("01234") && !list.has_sorted("1"));
        list.clear();
        assert!(list.is_empty());
    }
}
