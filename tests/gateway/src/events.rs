//! Server-Sent Events: the movies one after the other, as an API with response streaming sends them.

use std::time::Duration;

use hyper::header::{CACHE_CONTROL, HeaderValue};

use crate::errors::{Answer, event_answer};
use crate::raw::{Framing, Step, head};

/// Long enough to be seen, short enough to wait for.
const PAUSE: Duration = Duration::from_millis(150);

/// An answer whose body comes in pieces.
pub struct Events {
    /// Status and headers; its own body is empty.
    pub answer: Answer,
    pieces: Vec<String>,
}

impl Events {
    /// Each event of a whole text of them.
    pub fn of(text: &str) -> Self {
        let mut answer = event_answer("");
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Self { answer, pieces: text.split_inclusive("\n\n").map(str::to_owned).collect() }
    }

    /// The bytes of the connection: the head, each event as a chunk of its own, and the end.
    pub fn script(mut self) -> Vec<Step> {
        self.answer.headers_mut().insert("connection", HeaderValue::from_static("close"));
        let mut script = vec![Step::Write(head(&self.answer, Framing::Chunked))];
        for piece in self.pieces {
            script.push(Step::Write(format!("{:x}\r\n{piece}\r\n", piece.len()).into_bytes()));
            script.push(Step::Wait(PAUSE));
        }
        script.push(Step::Write(b"0\r\n\r\n".to_vec()));
        script.push(Step::Close);
        script
    }
}
