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

    /// Whether an identifier may send one more.
    pub(super) fn has_room(&mut self, identifier: &str, now_ms: u64) -> bool {
        let span_ms = self.span_ms;
        let Some(times) = self.sent.get_mut(identifier) else { return self.limit > 0 };
        drop_old(times, now_ms, span_ms);
        times.len() < self.limit
    }

    /// An identifier sent one.
    pub(super) fn add(&mut self, identifier: &str, now_ms: u64) {
        if !self.sent.contains_key(identifier) && self.sent.len() >= Self::ROOM {
            self.prune(now_ms);
        }
        self.sent.entry(identifier.to_owned()).or_default().push_back(now_ms);
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

    fn admit(window: &mut Window, now_ms: u64) -> bool {
        let room = window.has_room("u", now_ms);
        if room {
            window.add("u", now_ms);
        }
        room
    }

    #[test]
    fn the_window_slides_and_refusals_do_not_count() {
        let mut window = Window::new(10, 2);
        assert!(admit(&mut window, 0) && admit(&mut window, 5));
        assert!(!admit(&mut window, 10), "both are still inside");
        assert!(admit(&mut window, 11));
        assert!(!admit(&mut window, 15));
        assert!(admit(&mut window, 16));
        assert_eq!(window.total(16), 2);
    }

    #[test]
    fn a_clock_that_goes_back_does_no_harm() {
        let mut window = Window::new(10, 2);
        assert!(admit(&mut window, 100) && admit(&mut window, 50));
        assert!(!admit(&mut window, 50));
    }

    #[test]
    fn identifiers_with_nothing_in_the_window_are_forgotten() {
        let mut window = Window::new(10, 5);
        for n in 0..1000 {
            window.add(&format!("user{n}"), n * 100);
        }
        assert!(window.sent.len() <= Window::ROOM);
    }
}
