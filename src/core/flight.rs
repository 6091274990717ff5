//! One at a time: of many who need the same piece of work, one does it and the others learn how it ended.
//!
//! Owns the waiting. Must not know: what the work is.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::patience::{PacedGuard, PacedLock};

/// A piece of work that many may ask for at once.
pub struct Flight<T> {
    gate: PacedLock,
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
    gate: PacedGuard<'a>,
}

impl<T> Default for Flight<T> {
    fn default() -> Self {
        Self { gate: PacedLock::default(), ended: Mutex::new(Ended { times: 0, last: None }) }
    }
}

impl<T: Clone> Flight<T> {
    /// Waits until nobody else is at it; `None` when whoever is has not got any further for `timeout`.
    pub async fn turn(&self, timeout: Duration) -> Option<Turn<'_, T>> {
        let seen = self.ended().times;
        Some(Turn { flight: self, seen, gate: self.gate.lock(timeout).await? })
    }

    /// Whether somebody is at it.
    pub fn is_taken(&self) -> bool {
        self.gate.is_taken()
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

    /// The work has got a step further: those who wait go on waiting.
    pub fn moved(&self) {
        self.gate.moved();
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

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn who_waits_learns_how_it_ended_and_who_comes_later_does_not() {
        let flight = Flight::<u8>::default();
        let first = flight.turn(LONG).await.unwrap();
        assert_eq!(first.meanwhile(), None);
        let (second, ()) = tokio::join!(flight.turn(LONG), async {
            tokio::task::yield_now().await;
            first.end(7);
            drop(first);
        });
        let second = second.unwrap();
        assert_eq!(second.meanwhile(), Some(7));
        drop(second);
        assert_eq!(flight.turn(LONG).await.unwrap().meanwhile(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_hangs_is_not_waited_for_and_one_that_goes_away_is_succeeded() {
        let flight = Flight::<u8>::default();
        let hangs = flight.turn(LONG).await.unwrap();
        assert!(flight.turn(LONG).await.is_none());
        let (second, ()) = tokio::join!(flight.turn(LONG), async { drop(hangs) });
        assert_eq!(second.unwrap().meanwhile(), None, "the work is still to be done");
    }
}
