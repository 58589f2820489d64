//! The ways an exchange can end.

use std::time::Duration;

use crate::errors::Answer;
use crate::events::Events;
use crate::raw::Step;
use crate::ws::Handshake;

/// What goes back to the client.
pub enum Delivery {
    /// This answer, at once.
    Answer(Answer),
    /// This answer, after a while.
    Later(Answer, Duration),
    /// Nothing; the connection stays open until the client gives up.
    Never,
    /// Bytes by hand, and the end of the connection.
    Raw(Vec<Step>),
    /// An answer whose body comes bit by bit.
    Events(Events),
    /// The connection becomes a WebSocket.
    Socket(Handshake),
}

/// A connection that leaves HTTP.
pub enum Takeover {
    /// Bytes by hand.
    Raw(Vec<Step>),
    /// A WebSocket.
    Socket(Handshake),
}
