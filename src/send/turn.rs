//! A lock for one task at a time, in any executor.

use super::lock;
use alloc::vec::Vec;
use core::future::poll_fn;
use core::task::{Poll, Waker};
use std::sync::Mutex;

#[derive(Default)]
struct Queue {
    busy: bool,
    waiting: Vec<Waker>,
}

/// A lock whose waiters do not block a thread.
#[derive(Default)]
pub(super) struct Turn(Mutex<Queue>);

impl Turn {
    /// Resolves when no other task holds the lock.
    pub(super) async fn take(&self) -> Taken<'_> {
        poll_fn(|context| {
            let mut queue = lock(&self.0);
            if !queue.busy {
                queue.busy = true;
                return Poll::Ready(());
            }
            if !queue.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                queue.waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
        Taken(self)
    }
}

/// Releases the lock when it is dropped.
pub(super) struct Taken<'a>(&'a Turn);

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut queue = lock(&self.0.0);
            queue.busy = false;
            core::mem::take(&mut queue.waiting)
        };
        for waker in waiting {
            waker.wake();
        }
    }
}
