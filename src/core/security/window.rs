//! A sliding window: how many of something an identifier sent within a span of time.
//!
//! Owns the counting. Must not know: what is counted, or the clock.

use std::collections::{HashMap, VecDeque};

/// Times of what was sent, by identifier, over a sliding span of time.
#[derive(Debug)]
pub(super) struct Window {
    span_ms: u64,
    limit: usize,
    sent: HashMap<String, VecDeque<u64>>,
}

impl Window {
    /// So many identifiers are kept before those with nothing in the window are thrown out.
    const ROOM: usize = 64;

    pub(super) fn new(span_ms: u64, limit: usize) -> Self {
        Self { span_ms, limit, sent: HashMap::new() }
    }

    /// How many an identifier may send within the span.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// Whether one more may be sent; if so it counts.
    pub(super) fn admit(&mut self, identifier: &str, now_ms: u64) -> bool {
        if !self.sent.contains_key(identifier) {
            if self.sent.len() >= Self::ROOM {
                self.prune(now_ms);
            }
            self.sent.insert(identifier.to_owned(), VecDeque::new());
        }
        let span_ms = self.span_ms;
        let Some(times) = self.sent.get_mut(identifier) else { return true };
        drop_old(times, now_ms, span_ms);
        if times.len() >= self.limit {
            return false;
        }
        times.push_back(now_ms);
        true
    }

    fn prune(&mut self, now_ms: u64) {
        let span_ms = self.span_ms;
        self.sent.retain(|_, times| {
            drop_old(times, now_ms, span_ms);
            !times.is_empty()
        });
    }

    /// How many are inside the window.
    pub(super) fn total(&mut self, now_ms: u64) -> usize {
        self.prune(now_ms);
        self.sent.values().map(VecDeque::len).sum()
    }
}

fn drop_old(times: &mut VecDeque<u64>, now_ms: u64, span_ms: u64) {
    while times.front().is_some_and(|&time| now_ms.saturating_sub(time) > span_ms) {
        times.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides_and_refusals_do_not_count() {
        let mut window = Window::new(10, 2);
        assert!(window.admit("u", 0) && window.admit("u", 5));
        assert!(!window.admit("u", 10), "both are still inside");
        assert!(window.admit("u", 11));
        assert!(!window.admit("u", 15));
        assert!(window.admit("u", 16));
        assert_eq!(window.total(16), 2);
    }

    #[test]
    fn a_clock_that_goes_back_does_no_harm() {
        let mut window = Window::new(10, 2);
        assert!(window.admit("u", 100) && window.admit("u", 50));
        assert!(!window.admit("u", 50));
    }

    #[test]
    fn identifiers_with_nothing_in_the_window_are_forgotten() {
        let mut window = Window::new(10, 5);
        for n in 0..1000 {
            window.admit(&format!("user{n}"), n * 100);
        }
        assert!(window.sent.len() <= Window::ROOM);
    }
}
