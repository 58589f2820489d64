//! The movie table: what the AWS samples put into DynamoDB, held in memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The movies the gateway starts with.
const SEED: &str = include_str!("movies.json");
/// A load test may write many movies, but not without end.
const MOST_MOVIES: usize = 200_000;

/// One item of the table; year and title are its key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Movie {
    /// Partition key.
    pub year: u16,
    /// Sort key.
    pub title: String,
    /// Everything else, any JSON.
    #[serde(default)]
    pub info: Value,
}

type Items = BTreeMap<(u16, String), Value>;

/// The table.
pub struct Movies {
    table: Mutex<Table>,
}

struct Table {
    items: Items,
    /// The texts of the two scans until the next write: benchmarks ask for little else, and what the
    /// gateway computes is taken from the client it shares the machine with.
    scans: [Option<Bytes>; 2],
}

impl Table {
    fn new(items: Items) -> Self {
        Self { items, scans: [None, None] }
    }

    /// The items, to be changed.
    fn change(&mut self) -> &mut Items {
        self.scans = [None, None];
        &mut self.items
    }
}

impl Default for Movies {
    fn default() -> Self {
        Self { table: Mutex::new(Table::new(seed())) }
    }
}

fn seed() -> Items {
    let movies: Vec<Movie> = serde_json::from_str(SEED).unwrap_or_default();
    movies.into_iter().map(|movie| ((movie.year, movie.title), movie.info)).collect()
}

impl Movies {
    /// A scan as `DocumentClient` prints it (plain JSON), or with attribute types as DynamoDB itself does.
    pub fn scan(&self, attribute_types: bool) -> Bytes {
        let mut table = self.lock();
        let form = usize::from(attribute_types);
        if let Some(text) = &table.scans[form] {
            return text.clone();
        }
        let text = Bytes::from(scan(&table.items, attribute_types).to_string());
        table.scans[form] = Some(text.clone());
        text
    }

    /// The same as Server-Sent Events, one of type `movie` for each, numbered from 1.
    pub fn events(&self) -> String {
        let table = self.lock();
        let event = |(number, ((year, title), info)): (usize, (&(u16, String), &Value))| {
            let movie = json!({ "year": year, "title": title, "info": info });
            format!("id: {}\nevent: movie\ndata: {movie}\n\n", number + 1)
        };
        table.items.iter().enumerate().map(event).collect()
    }

    /// One movie.
    pub fn get(&self, year: u16, title: &str) -> Option<Movie> {
        let key = (year, title.to_owned());
        self.lock().items.get(&key).map(|info| Movie { year, title: key.1.clone(), info: info.clone() })
    }

    /// Writes a movie over whatever had its key; false when the table is full.
    pub fn put(&self, movie: Movie) -> bool {
        let mut table = self.lock();
        let key = (movie.year, movie.title);
        if table.items.len() >= MOST_MOVIES && !table.items.contains_key(&key) {
            return false;
        }
        table.change().insert(key, movie.info);
        true
    }

    /// Removes a movie and answers what it was.
    pub fn delete(&self, year: u16, title: &str) -> Option<Movie> {
        let info = self.lock().change().remove(&(year, title.to_owned()))?;
        Some(Movie { year, title: title.to_owned(), info })
    }

    /// Back to the first set.
    pub fn reset(&self) {
        *self.lock() = Table::new(seed());
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn scan(items: &Items, attribute_types: bool) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|((year, title), info)| {
            let item = json!({ "year": year, "title": title, "info": info });
            if attribute_types { typed_map(&item) } else { item }
        })
        .collect();
    let count = items.len();
    json!({ "Items": items, "Count": count, "ScannedCount": count })
}

/// A JSON value as a DynamoDB attribute value: `{"S": "text"}`, `{"N": "8.7"}`, `{"L": [...]}`.
fn typed(value: &Value) -> Value {
    match value {
        Value::Null => json!({ "NULL": true }),
        Value::Bool(flag) => json!({ "BOOL": flag }),
        Value::Number(number) => json!({ "N": number.to_string() }),
        Value::String(text) => json!({ "S": text }),
        Value::Array(items) => json!({ "L": items.iter().map(typed).collect::<Vec<_>>() }),
        Value::Object(_) => json!({ "M": typed_map(value) }),
    }
}

/// The members of an object, each typed.
fn typed_map(value: &Value) -> Value {
    let members = value.as_object().into_iter().flatten();
    Value::Object(members.map(|(name, member)| (name.clone(), typed(member))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scan_has_the_sample_shape() {
        let movies = Movies::default();
        let scan = |typed| -> Value { serde_json::from_slice(&movies.scan(typed)).expect("JSON") };
        let plain = scan(false);
        assert_eq!(plain["Count"], 21);
        assert_eq!(plain["ScannedCount"], 21);
        assert_eq!(plain["Items"][0]["title"], "The Gold Rush");
        assert_eq!(plain["Items"][0]["info"]["rating"], 8.1);
        let typed = scan(true);
        assert_eq!(typed["Items"][0]["year"], json!({ "N": "1925" }));
        assert_eq!(typed["Items"][0]["info"]["M"]["genres"]["L"][0], json!({ "S": "Adventure" }));
        movies.delete(1925, "The Gold Rush");
        assert_eq!(scan(false)["Count"], 20, "a write ends the kept text");
    }
}
