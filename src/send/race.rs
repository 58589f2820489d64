//! Waits for the first of two futures.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

/// The result of `work`, or nothing if `end` is done first; `work` is then dropped.
pub(super) async fn within<W: Future, E: Future>(work: W, end: E) -> Option<W::Output> {
    let (mut work, mut end) = (pin!(work), pin!(end));
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        end.as_mut().poll(context).map(|_| None)
    })
    .await
}
