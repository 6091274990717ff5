//! How long a session is good for, and under which key it is kept.
//!
//! Must not know: stores, clocks, the panel.

use sha2::{Digest, Sha256};

use super::Session;

/// The rules of one session manager.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Life of a session in seconds.
    pub ttl_s: f64,
    /// Whether a session is renewed before its time is over.
    pub auto_refresh: bool,
    /// The part of its life after which it is renewed, 0 to 1.
    pub refresh_threshold: f64,
}

impl Default for Policy {
    fn default() -> Self {
        Self { ttl_s: 3600.0, auto_refresh: true, refresh_threshold: 0.8 }
    }
}

impl Policy {
    /// Whether a session made at `created_ms` is still to be used at `now_ms`.
    pub fn is_fresh(&self, created_ms: u64, now_ms: u64) -> bool {
        let age_ms = now_ms.saturating_sub(created_ms) as f64;
        let part = if self.auto_refresh { self.refresh_threshold } else { 1.0 };
        age_ms < self.ttl_s * 1000.0 * part
    }

    /// The same for a session.
    pub fn accepts(&self, session: &Session, now_ms: u64) -> bool {
        self.is_fresh(session.created_ms, now_ms)
    }
}

/// The key under which the session of one user on one panel is kept: the same in every process and in the
/// original library, so that a store can be shared. It is no secret; what is stored under it is.
pub fn session_key(base_url: &str, username: &str) -> String {
    let digest = Sha256::digest(format!("{base_url}:{username}").as_bytes());
    digest.iter().fold(String::from("session_"), |mut key, byte| {
        key.push_str(&format!("{byte:02x}"));
        key
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_renewed_at_the_threshold_and_not_before() {
        let policy = Policy { ttl_s: 10.0, ..Policy::default() };
        assert!(policy.is_fresh(0, 7_999));
        assert!(!policy.is_fresh(0, 8_000));
    }

    #[test]
    fn without_auto_refresh_a_session_lives_its_whole_time() {
        let policy = Policy { ttl_s: 10.0, auto_refresh: false, ..Policy::default() };
        assert!(policy.is_fresh(0, 9_999));
        assert!(!policy.is_fresh(0, 10_000));
    }

    #[test]
    fn the_key_is_that_of_the_original_library() {
        // sha256("http://127.0.0.1:2053:admin")
        assert_eq!(session_key("http://127.0.0.1:2053", "admin").len(), "session_".len() + 64);
        assert_ne!(session_key("http://a", "b"), session_key("http://a", "c"));
    }
}
