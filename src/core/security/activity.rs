//! What happened lately: a short log of events, and the limits of logins and requests.
//!
//! Owns the log, which limits there are, and the shape of the statistics. Must not know: who asks, or what time it is; the
//! clock is an argument. A login counts when it is about to be sent: one that is answered from a stored session never
//! comes here.

use std::collections::{BTreeSet, VecDeque};

use rand::CryptoRng;
use serde_json::{Value, json};

use super::window::Window;
use crate::core::{credentials::generate_uuid, json_text::push_string};

const HOUR_MS: u64 = 3_600_000;
const MINUTE_MS: u64 = 60_000;
const KEPT: usize = 200;
const SHOWN: usize = 50;
const DEFAULT_REQUESTS_PER_MINUTE: usize = 60;
const DEFAULT_LOGINS_PER_HOUR: usize = 10;

/// One event of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// UUID of the event.
    pub id: String,
    /// Its kind: `rate_limit_exceeded`.
    pub kind: String,
    /// Whatever belongs to it.
    pub details: Value,
    /// `high` for failures and blocks, else `medium`.
    pub severity: &'static str,
    /// When it happened, in milliseconds since 1970.
    pub timestamp: u64,
}

impl Activity {
    fn new<R: CryptoRng + ?Sized>(rng: &mut R, kind: &str, details: Value, now_ms: u64) -> Self {
        let severity = if kind.contains("failed") || kind.contains("blocked") { "high" } else { "medium" };
        Self { id: generate_uuid(rng), kind: kind.to_owned(), details, severity, timestamp: now_ms }
    }

    /// `{"id":…,"type":…,"details":…,"severity":…,"timestamp":…}`.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        out.push_str("{\"id\":");
        push_string(out, &self.id);
        out.push_str(",\"type\":");
        push_string(out, &self.kind);
        out.push_str(",\"details\":");
        out.push_str(&self.details.to_string());
        out.push_str(",\"severity\":");
        push_string(out, self.severity);
        out.push_str(",\"timestamp\":");
        out.push_str(&self.timestamp.to_string());
        out.push('}');
    }
}

/// Counts and remembers for one client. Whoever shares it between threads puts a lock around it.
#[derive(Debug)]
pub struct SecurityMonitor {
    logins: Window,
    requests: Window,
    blocked: BTreeSet<String>,
    log: VecDeque<Activity>,
}

impl SecurityMonitor {
    /// A monitor with these limits; zero stands for the usual ones, 60 requests in a minute and 10 logins in an hour.
    pub fn new(max_requests_per_minute: usize, max_logins_per_hour: usize) -> Self {
        let or = |limit, usual| if limit == 0 { usual } else { limit };
        Self {
            logins: Window::new(HOUR_MS, or(max_logins_per_hour, DEFAULT_LOGINS_PER_HOUR)),
            requests: Window::new(MINUTE_MS, or(max_requests_per_minute, DEFAULT_REQUESTS_PER_MINUTE)),
            blocked: BTreeSet::new(),
            log: VecDeque::new(),
        }
    }

    /// Requests allowed for one identifier within a minute.
    pub fn max_requests_per_minute(&self) -> usize {
        self.requests.limit()
    }

    /// Logins allowed for one identifier within an hour.
    pub fn max_logins_per_hour(&self) -> usize {
        self.logins.limit()
    }

    /// Asks whether one more of `kind` (`login`, or anything else for a request) may be sent now, and counts it if so.
    ///
    /// What is refused is written to the log and not counted: it was not sent, so it must not prolong the wait.
    ///
    /// ```
    /// use threexui::core::security::SecurityMonitor;
    /// let mut monitor = SecurityMonitor::new(60, 1);
    /// assert!(monitor.check_rate_limit(&mut rand::rng(), "user", "login", 0));
    /// assert!(!monitor.check_rate_limit(&mut rand::rng(), "user", "login", 1));
    /// assert!(monitor.check_rate_limit(&mut rand::rng(), "user", "login", 3_600_001));
    /// ```
    pub fn check_rate_limit<R: CryptoRng + ?Sized>(
        &mut self,
        rng: &mut R,
        identifier: &str,
        kind: &str,
        now_ms: u64,
    ) -> bool {
        let allowed = self.may_send(rng, identifier, kind, now_ms);
        if allowed {
            self.count(identifier, kind, now_ms);
        }
        allowed
    }

    /// The first half of [`Self::check_rate_limit`]: asks, and counts nothing. For what may yet fail to be sent.
    pub fn may_send<R: CryptoRng + ?Sized>(
        &mut self,
        rng: &mut R,
        identifier: &str,
        kind: &str,
        now_ms: u64,
    ) -> bool {
        let allowed = self.window(kind).has_room(identifier, now_ms);
        if !allowed {
            self.note(rng, "rate_limit_exceeded", json!({"identifier": identifier, "type": kind}), now_ms);
        }
        allowed
    }

    /// The second half: one was sent.
    pub fn count(&mut self, identifier: &str, kind: &str, now_ms: u64) {
        self.window(kind).add(identifier, now_ms);
    }

    fn window(&mut self, kind: &str) -> &mut Window {
        if kind == "login" { &mut self.logins } else { &mut self.requests }
    }

    /// Writes an event to the log, which keeps the last 200, and returns it.
    pub fn record<R: CryptoRng + ?Sized>(
        &mut self,
        rng: &mut R,
        kind: &str,
        details: Value,
        now_ms: u64,
    ) -> Activity {
        let activity = Activity::new(rng, kind, details, now_ms);
        self.keep(activity.clone());
        activity
    }

    /// The same for who does not want it back.
    pub fn note<R: CryptoRng + ?Sized>(&mut self, rng: &mut R, kind: &str, details: Value, now_ms: u64) {
        self.keep(Activity::new(rng, kind, details, now_ms));
    }

    fn keep(&mut self, activity: Activity) {
        if self.log.len() >= KEPT {
            self.log.pop_front();
        }
        self.log.push_back(activity);
    }

    /// The events of the log, the oldest first.
    pub fn activities(&self) -> impl ExactSizeIterator<Item = &Activity> {
        self.log.iter()
    }

    /// Notes an address as blocked.
    pub fn block_ip(&mut self, ip: &str) {
        self.blocked.insert(ip.to_owned());
    }

    /// Forgets all blocked addresses.
    pub fn clear_blocked_ips(&mut self) {
        self.blocked.clear();
    }

    /// Addresses noted as blocked.
    pub fn blocked_ips(&self) -> impl ExactSizeIterator<Item = &str> {
        self.blocked.iter().map(String::as_str)
    }

    /// The statistics as JSON: `blockedIPs`, `totalSuspiciousActivities`, `recentActivities` (the last 50) and
    /// `activeRateLimits` with what is inside the two windows at `now_ms`.
    pub fn stats_json(&mut self, now_ms: u64) -> String {
        let mut out = format!(
            "{{\"blockedIPs\":{},\"totalSuspiciousActivities\":{},\"recentActivities\":[",
            self.blocked.len(),
            self.log.len()
        );
        for (at, activity) in self.log.iter().skip(self.log.len().saturating_sub(SHOWN)).enumerate() {
            if at > 0 {
                out.push(',');
            }
            activity.write_json(&mut out);
        }
        let (general, login) = (self.requests.total(now_ms), self.logins.total(now_ms));
        out.push_str(&format!("],\"activeRateLimits\":{{\"general\":{general},\"login\":{login}}}}}"));
        out
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    fn rng() -> StdRng {
        StdRng::seed_from_u64(1)
    }

    #[test]
    fn the_eleventh_login_within_an_hour_is_refused_and_the_window_slides() {
        let mut monitor = SecurityMonitor::new(0, 0);
        for minute in 0..10 {
            assert!(monitor.check_rate_limit(&mut rng(), "u", "login", minute * MINUTE_MS));
        }
        assert!(!monitor.check_rate_limit(&mut rng(), "u", "login", HOUR_MS));
        assert!(monitor.check_rate_limit(&mut rng(), "other", "login", HOUR_MS));
        assert!(
            monitor.check_rate_limit(&mut rng(), "u", "login", HOUR_MS + 1),
            "the first one is over an hour old"
        );
        assert!(!monitor.check_rate_limit(&mut rng(), "u", "login", HOUR_MS + 2));
    }

    #[test]
    fn refused_logins_do_not_prolong_the_wait() {
        let mut monitor = SecurityMonitor::new(60, 1);
        assert!(monitor.check_rate_limit(&mut rng(), "u", "login", 0));
        for minute in 1..60 {
            assert!(!monitor.check_rate_limit(&mut rng(), "u", "login", minute * MINUTE_MS));
        }
        assert!(monitor.check_rate_limit(&mut rng(), "u", "login", HOUR_MS + 1));
    }

    #[test]
    fn requests_are_counted_by_the_minute_and_apart_from_logins() {
        let mut monitor = SecurityMonitor::new(2, 1);
        assert!(monitor.check_rate_limit(&mut rng(), "u", "general", 0));
        assert!(monitor.check_rate_limit(&mut rng(), "u", "general", 1));
        assert!(!monitor.check_rate_limit(&mut rng(), "u", "general", 2));
        assert!(monitor.check_rate_limit(&mut rng(), "u", "login", 2));
        assert!(monitor.check_rate_limit(&mut rng(), "u", "general", MINUTE_MS + 1));
    }

    #[test]
    fn a_refusal_is_written_to_the_log() {
        let mut monitor = SecurityMonitor::new(60, 1);
        monitor.check_rate_limit(&mut rng(), "u", "login", 5);
        monitor.check_rate_limit(&mut rng(), "u", "login", 6);
        let event = monitor.activities().next().unwrap();
        assert_eq!(
            (event.kind.as_str(), event.severity, event.timestamp),
            ("rate_limit_exceeded", "medium", 6)
        );
        assert_eq!(event.details, json!({"identifier": "u", "type": "login"}));
    }

    #[test]
    fn failures_and_blocks_are_severe() {
        let mut monitor = SecurityMonitor::new(0, 0);
        assert_eq!(monitor.record(&mut rng(), "multiple_failed_logins", Value::Null, 0).severity, "high");
        assert_eq!(monitor.record(&mut rng(), "ip_blocked", Value::Null, 0).severity, "high");
        assert_eq!(monitor.record(&mut rng(), "client_added", Value::Null, 0).severity, "medium");
    }

    #[test]
    fn the_log_keeps_the_last_200_and_the_statistics_show_the_last_50() {
        let mut monitor = SecurityMonitor::new(0, 0);
        for n in 0..250 {
            monitor.record(&mut rng(), "event", json!({"n": n}), n);
        }
        let stats: Value = serde_json::from_str(&monitor.stats_json(250)).unwrap();
        assert_eq!(stats.pointer("/totalSuspiciousActivities"), Some(&json!(200)));
        assert_eq!(stats.pointer("/recentActivities").and_then(Value::as_array).map(Vec::len), Some(50));
        assert_eq!(stats.pointer("/recentActivities/0/details/n"), Some(&json!(200)));
        assert_eq!(stats.pointer("/recentActivities/49/timestamp"), Some(&json!(249)));
    }

    #[test]
    fn the_statistics_have_their_keys_in_order_and_forget_what_is_old() {
        let mut monitor = SecurityMonitor::new(0, 0);
        monitor.block_ip("192.0.2.1");
        monitor.check_rate_limit(&mut rng(), "u", "login", 0);
        monitor.check_rate_limit(&mut rng(), "u", "general", 0);
        assert_eq!(
            monitor.stats_json(MINUTE_MS + 1),
            concat!(
                r#"{"blockedIPs":1,"totalSuspiciousActivities":0,"recentActivities":[],"#,
                r#""activeRateLimits":{"general":0,"login":1}}"#
            )
        );
        monitor.clear_blocked_ips();
        assert_eq!(monitor.blocked_ips().len(), 0);
    }

    #[test]
    fn an_event_is_written_with_its_keys_in_order() {
        let event = SecurityMonitor::new(0, 0).record(&mut rng(), "a\"b", json!({"k": [1]}), 7);
        assert_eq!(
            event.to_json(),
            format!(
                r#"{{"id":"{}","type":"a\"b","details":{{"k":[1]}},"severity":"medium","timestamp":7}}"#,
                event.id
            )
        );
    }
}
