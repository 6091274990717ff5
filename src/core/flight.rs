//! One at a time: of many who need the same piece of work, one does it and the others learn how it ended.
//!
//! Owns the waiting. Must not know: what the work is.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A piece of work that many may ask for at once.
pub struct Flight<T> {
    gate: tokio::sync::Mutex<()>,
    ended: Mutex<Ended<T>>,
}

struct Ended<T> {
    /// How often the work was done.
    times: u64,
    /// How it ended the last time.
    last: Option<T>,
}

/// The right to do the work: while it lives, nobody else has it.
pub struct Turn<'a, T> {
    flight: &'a Flight<T>,
    seen: u64,
    _gate: tokio::sync::MutexGuard<'a, ()>,
}

impl<T> Default for Flight<T> {
    fn default() -> Self {
        Self { gate: tokio::sync::Mutex::default(), ended: Mutex::new(Ended { times: 0, last: None }) }
    }
}

impl<T: Clone> Flight<T> {
    /// Waits until nobody else is at it.
    pub async fn turn(&self) -> Turn<'_, T> {
        let seen = self.ended().times;
        Turn { flight: self, seen, _gate: self.gate.lock().await }
    }

    /// Whether somebody is at it.
    pub fn is_taken(&self) -> bool {
        self.gate.try_lock().is_err()
    }

    fn ended(&self) -> MutexGuard<'_, Ended<T>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> Turn<'_, T> {
    /// How the work ended while this turn was waited for; `None` when nobody did it meanwhile.
    pub fn meanwhile(&self) -> Option<T> {
        let ended = self.flight.ended();
        if ended.times > self.seen { ended.last.clone() } else { None }
    }

    /// Tells those who wait how the work ended.
    pub fn end(&self, outcome: T) {
        let mut ended = self.flight.ended();
        ended.times += 1;
        ended.last = Some(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_learns_how_it_ended_and_who_comes_later_does_not() {
        let flight = Flight::<u8>::default();
        let first = flight.turn().await;
        assert_eq!(first.meanwhile(), None);
        let (second, ()) = tokio::join!(flight.turn(), async {
            tokio::task::yield_now().await;
            first.end(7);
            drop(first);
        });
        assert_eq!(second.meanwhile(), Some(7));
        drop(second);
        assert_eq!(flight.turn().await.meanwhile(), None);
    }
}
