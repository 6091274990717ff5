//! How those who wait for their turn are told that it has come: each by itself, or many through one ear.
//!
//! Owns that everybody is told something. Must not know: whose turn it is (`line`), and what a turn is used for.

use tokio::sync::{mpsc, oneshot};

use super::line::Gathered;
use crate::core::error::Result;
use crate::core::response::Response;

/// What the one who waits is told.
pub enum Go {
    /// It may begin, and does the work of these others with its own.
    Lead(Vec<Gathered>),
    /// Another one did it.
    Served(Box<Result<Response>>),
    /// Another one was to do it, and has gone away without a word.
    GivenUp,
}

/// Who waits, to be told once.
pub struct Waiter(Option<Ear>);

enum Ear {
    Own(oneshot::Sender<Go>),
    OfParty { ear: mpsc::UnboundedSender<(usize, Go)>, number: usize },
}

impl Waiter {
    /// One who waits by itself, and what it waits for.
    pub fn alone() -> (Self, oneshot::Receiver<Go>) {
        let (go, told) = oneshot::channel();
        (Self(Some(Ear::Own(go))), told)
    }

    /// Tells it. One who has gone away does not mind.
    pub fn tell(mut self, go: Go) {
        match self.0.take() {
            Some(Ear::Own(ear)) => drop(ear.send(go)),
            Some(Ear::OfParty { ear, number }) => drop(ear.send((number, go))),
            None => {}
        }
    }

    /// Whether it waits no more.
    pub fn is_gone(&self) -> bool {
        match &self.0 {
            Some(Ear::Own(ear)) => ear.is_closed(),
            Some(Ear::OfParty { ear, .. }) => ear.is_closed(),
            None => true,
        }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        // An ear of its own hears that it is closed.
        if let Some(Ear::OfParty { ear, number }) = self.0.take() {
            let _ = ear.send((number, Go::GivenUp));
        }
    }
}

/// Many who wait as one, and are known by the numbers in which they have joined. A task and a channel for each would take
/// more than the rest of a write that others do.
pub struct Party {
    ear: mpsc::UnboundedSender<(usize, Go)>,
    told: mpsc::UnboundedReceiver<(usize, Go)>,
    size: usize,
}

impl Default for Party {
    fn default() -> Self {
        let (ear, told) = mpsc::unbounded_channel();
        Self { ear, told, size: 0 }
    }
}

impl Party {
    /// One more of them.
    pub(super) fn join(&mut self) -> Waiter {
        let number = self.size;
        self.size += 1;
        Waiter(Some(Ear::OfParty { ear: self.ear.clone(), number }))
    }

    /// How many have joined.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The next of them that is told something, and what. One who has gone away may still be told.
    pub async fn next(&mut self) -> (usize, Go) {
        match self.told.recv().await {
            Some(told) => told,
            // It has an end of its own to be told by.
            None => std::future::pending().await,
        }
    }
}
