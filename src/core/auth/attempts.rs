//! How many logins in a row the panel refused, and when that is enough.
//!
//! Must not know: why it refused.

/// After this long one more login is tried: the panel forgets its own lock-outs after 15 minutes.
const FORGOTTEN_AFTER_MS: u64 = 15 * 60_000;

/// Refused logins in a row.
#[derive(Default)]
pub struct Attempts {
    count: u32,
    last_ms: u64,
}

impl Attempts {
    /// How many there were since the last success.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// One more.
    pub fn add(&mut self, now_ms: u64) {
        self.set(self.count.saturating_add(1), now_ms);
    }

    /// Counts from `count` on.
    pub fn set(&mut self, count: u32, now_ms: u64) {
        *self = Self { count, last_ms: now_ms };
    }

    /// Whether a call may log in. A limit of 0 means that no session is ever renewed, not that there is none at all.
    pub fn may_try(&self, most: u32, is_renewal: bool, now_ms: u64) -> bool {
        if most == 0 {
            return !is_renewal;
        }
        self.count < most || now_ms.saturating_sub(self.last_ms) >= FORGOTTEN_AFTER_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_last_attempt_there_is_none_until_the_panel_has_forgotten() {
        let mut attempts = Attempts::default();
        for at in [1, 2, 3] {
            assert!(attempts.may_try(3, true, at));
            attempts.add(at);
        }
        assert!(!attempts.may_try(3, true, 4));
        assert!(!attempts.may_try(3, false, 3 + FORGOTTEN_AFTER_MS - 1));
        assert!(attempts.may_try(3, true, 3 + FORGOTTEN_AFTER_MS));
        attempts.set(0, 4);
        assert!(attempts.may_try(3, true, 4));
    }

    #[test]
    fn with_no_attempts_at_all_a_session_is_made_and_never_renewed() {
        assert!(Attempts::default().may_try(0, false, 0));
        assert!(!Attempts::default().may_try(0, true, 0));
    }
}
