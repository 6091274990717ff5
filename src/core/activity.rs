//! One client's activity log, shared by its calls.
//!
//! Owns which happenings are written down and in which words; the log itself and the limits are the security
//! monitor's. Must not know: requests, sessions.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::security::{SecurityMonitor, hash_for_logging};

const MINUTE_MS: u64 = 60_000;

/// After so many refused logins in a row something is wrong beyond a slip of the finger.
const SUSPICIOUS_REFUSALS: u32 = 3;

/// The log of one client.
pub struct ActivityLog {
    monitor: Mutex<SecurityMonitor>,
    requests_per_minute: u32,
    /// The minute that is being counted, and how many requests it has seen.
    minute: AtomicU64,
    requests: AtomicU32,
    refused_in_a_row: AtomicU32,
}

impl ActivityLog {
    /// A log with the limits that are watched; 0 stands for the usual one.
    pub fn new(max_requests_per_minute: usize, max_logins_per_hour: usize) -> Self {
        let monitor = SecurityMonitor::new(max_requests_per_minute, max_logins_per_hour);
        Self {
            requests_per_minute: u32::try_from(monitor.max_requests_per_minute()).unwrap_or(u32::MAX),
            monitor: Mutex::new(monitor),
            minute: AtomicU64::new(0),
            requests: AtomicU32::new(0),
            refused_in_a_row: AtomicU32::new(0),
        }
    }

    /// Whether one more login may be sent.
    pub fn may_log_in(&self, username: &str, now_ms: u64) -> bool {
        self.monitor().may_send(&mut rand::rng(), &hash_for_logging(username), "login", now_ms)
    }

    /// A login is sent: now it counts.
    pub fn login_sent(&self, username: &str, now_ms: u64) {
        self.monitor().count(&hash_for_logging(username), "login", now_ms);
    }

    /// The panel accepted a login: refusals are counted anew.
    pub fn logged_in(&self) {
        self.refused_in_a_row.store(0, Ordering::Relaxed);
    }

    /// The panel refused a login. From the third in a row on that is an event of its own.
    pub fn login_failed(&self, username: &str, now_ms: u64) {
        let username = hash_for_logging(username);
        self.record("login_failed", json!({ "username": username }), now_ms);
        let attempts = self.refused_in_a_row.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if attempts >= SUSPICIOUS_REFUSALS {
            let details = json!({ "username": username, "attempts": attempts });
            self.record("multiple_failed_logins", details, now_ms);
        }
    }

    /// The session store could not keep a session.
    pub fn store_failed(&self, now_ms: u64) {
        self.record("session_store_failed", Value::Null, now_ms);
    }

    /// A request was sent. Only watched, never limited: the first one above the limit is written down each minute.
    pub fn request_sent(&self, now_ms: u64) {
        let minute = now_ms / MINUTE_MS;
        if self.minute.swap(minute, Ordering::Relaxed) != minute {
            self.requests.store(0, Ordering::Relaxed);
        }
        if self.requests.fetch_add(1, Ordering::Relaxed) == self.requests_per_minute {
            self.record(
                "rate_limit_exceeded",
                json!({ "type": "general", "limit": self.requests_per_minute }),
                now_ms,
            );
        }
    }

    /// The panel did something: `client_created`, with whom or what it concerned.
    pub fn panel_event(&self, kind: &str, subject: &str, now_ms: u64) {
        self.record(kind, Value::from(subject), now_ms);
    }

    /// The statistics as JSON; see [`SecurityMonitor::stats_json`].
    pub fn stats_json(&self, now_ms: u64) -> String {
        self.monitor().stats_json(now_ms)
    }

    /// What a monitor of its own would do, for those who use one directly.
    pub fn with_monitor<T>(&self, work: impl FnOnce(&mut SecurityMonitor) -> T) -> T {
        work(&mut self.monitor())
    }

    fn record(&self, kind: &str, details: Value, now_ms: u64) {
        self.monitor().note(&mut rand::rng(), kind, details, now_ms);
    }

    fn monitor(&self) -> MutexGuard<'_, SecurityMonitor> {
        self.monitor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(log: &ActivityLog) -> Vec<String> {
        let stats: Value = serde_json::from_str(&log.stats_json(0)).unwrap();
        let recent = stats["recentActivities"].as_array().unwrap();
        recent.iter().map(|a| a["type"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn too_many_requests_are_mentioned_once_a_minute_and_never_refused() {
        let log = ActivityLog::new(2, 0);
        for _ in 0..10 {
            log.request_sent(0);
        }
        assert_eq!(kinds(&log), ["rate_limit_exceeded"]);
        for _ in 0..3 {
            log.request_sent(MINUTE_MS);
        }
        assert_eq!(kinds(&log).len(), 2);
    }

    #[test]
    fn the_third_refusal_in_a_row_is_suspicious() {
        let log = ActivityLog::new(0, 0);
        log.login_failed("admin", 0);
        log.login_failed("admin", 0);
        log.logged_in();
        log.login_failed("admin", 0);
        log.login_failed("admin", 0);
        assert_eq!(kinds(&log), ["login_failed"; 4]);
        log.login_failed("admin", 0);
        assert_eq!(kinds(&log).last().map(String::as_str), Some("multiple_failed_logins"));
    }

    #[test]
    fn a_user_name_is_never_written_in_clear() {
        let log = ActivityLog::new(0, 0);
        log.login_failed("administrator", 0);
        assert!(!log.stats_json(0).contains("administrator"));
    }
}
