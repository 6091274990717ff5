//! Long answers that have come and that their host has not taken yet.
//!
//! A host that reads one text at a time cannot be hurried by having the others in memory: while it is behind by more than
//! a few of them, the rest of the long ones stays where it is, which is at the panel and in the system's buffers. Owns the
//! count and the wait. Must not know: connections, or how a host takes an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

/// Shorter bodies are neither counted nor held back.
pub const LONG: usize = 64 * 1024;
/// So many bytes may wait before the rest is held back.
const MOST: usize = 16 * 1024 * 1024;

/// What waits for one host, which takes one answer after the other: a thread of JavaScript.
#[derive(Debug, Default)]
pub struct Backlog {
    bytes: AtomicUsize,
    room: Notify,
}

/// One answer that waits, until it is dropped.
#[derive(Debug)]
pub struct Waiting {
    backlog: Arc<Backlog>,
    bytes: usize,
}

impl Backlog {
    /// Counts an answer of so many bytes; `None` for one that is too short to count.
    pub fn add(self: &Arc<Self>, bytes: usize) -> Option<Waiting> {
        (bytes >= LONG).then(|| {
            self.bytes.fetch_add(bytes, Ordering::Relaxed);
            Waiting { backlog: self.clone(), bytes }
        })
    }

    /// Waits while the host is behind.
    pub async fn room(&self) {
        loop {
            let notified = self.room.notified();
            if self.bytes.load(Ordering::Relaxed) <= MOST {
                return;
            }
            notified.await;
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.backlog.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
        self.backlog.room.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_rest_is_held_back_until_the_host_has_taken_enough() {
        let backlog = Arc::new(Backlog::default());
        assert!(backlog.add(LONG - 1).is_none());
        let (first, second) = (backlog.add(MOST), backlog.add(LONG));
        let mut held = Box::pin(backlog.room());
        assert!(at_once(&mut held).await.is_none());
        drop(second);
        assert!(at_once(&mut held).await.is_some());
        drop(first);
        backlog.room().await;
    }

    /// The outcome, if it is there at once.
    async fn at_once<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
        std::future::poll_fn(|context| match std::pin::Pin::new(&mut *future).poll(context) {
            std::task::Poll::Ready(value) => std::task::Poll::Ready(Some(value)),
            std::task::Poll::Pending => std::task::Poll::Ready(None),
        })
        .await
    }
}
