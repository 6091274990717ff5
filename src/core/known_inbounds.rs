//! What inbounds are like, known for a while: many clients are made in one inbound, and what a client of it has to be like
//! is asked once.
//!
//! Owns how long something is known, and that many who need it at once cost one question. Must not know: who asks, and
//! what the facts are for (`flows`).

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::error::Result;
use super::flight::Flight;
use super::flows::Facts;
use super::response::Response;

const GOOD_FOR_MS: u64 = 30_000;

/// The inbounds that one client knows.
#[derive(Default)]
pub struct KnownInbounds {
    held: Mutex<HashMap<Name, Arc<KnownInbound>>>,
}

/// The panel's base URL and the inbound's id: a program may turn a client to another panel.
type Name = (String, u64);

/// What is known of one of them, for all whose call began when the same was known.
#[derive(Default)]
pub struct KnownInbound {
    asking: Flight<Reading>,
    known: Mutex<Option<(u64, Arc<Facts>)>>,
}

/// What it came to that an inbound was read.
#[derive(Debug, Clone)]
pub enum Reading {
    /// What it is like.
    Facts(Arc<Facts>),
    /// The panel's answer, which says that it does not tell them.
    Refused(Value),
    /// It could not be read; the panel may still take a client for it.
    Failed,
}

impl Reading {
    /// Of the outcome of `getInbound`.
    pub fn of(outcome: Result<Response>) -> Self {
        let answer = outcome.ok().and_then(|answer| serde_json::from_slice(&answer.body).ok());
        answer.map_or(Self::Failed, Self::told)
    }

    /// Of `getInbound`'s answer.
    pub fn told(answer: Value) -> Self {
        if answer.get("success") == Some(&Value::Bool(true)) {
            Self::Facts(Arc::new(Facts::of(&answer)))
        } else {
            Self::Refused(answer)
        }
    }
}

impl KnownInbounds {
    /// This one, known or not.
    pub fn of(&self, base_url: &str, inbound: u64, now_ms: u64) -> Arc<KnownInbound> {
        let mut held = self.held();
        let name = (base_url.to_owned(), inbound);
        if let Some(entry) = held.get(&name) {
            return entry.clone();
        }
        held.retain(|_, entry| Arc::strong_count(entry) > 1 || entry.facts(now_ms).is_some());
        held.entry(name).or_default().clone()
    }

    /// What was known is not so any more, for calls that begin from now on; nor is what is being read.
    pub fn clear(&self) {
        self.held().clear();
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Name, Arc<KnownInbound>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KnownInbound {
    /// Its facts, if they are recent.
    pub fn facts(&self, now_ms: u64) -> Option<Arc<Facts>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, facts) = known.as_ref()?;
        // Who asks may have looked at the clock before it was read.
        (now_ms.abs_diff(*at) < GOOD_FOR_MS).then(|| facts.clone())
    }

    /// They led to a refusal, and may be those of another inbound that had its id: panels give an id anew.
    pub fn doubt(&self, facts: &Arc<Facts>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.as_ref().is_some_and(|(_, held)| Arc::ptr_eq(held, facts)) {
            *known = None;
        }
    }

    /// The same; `read` asks for them, which one of many who need them does. What failed is nobody's later.
    pub async fn ask<F: Future<Output = Reading>>(
        &self,
        now_ms: u64,
        timeout: Duration,
        read: impl FnOnce() -> F,
    ) -> Reading {
        // Who asks already gets no answer: the panel may still take a client.
        let Some(turn) = self.asking.turn(timeout).await else { return Reading::Failed };
        if let Some(reading) = turn.meanwhile() {
            return reading;
        }
        if let Some(facts) = self.facts(now_ms) {
            return Reading::Facts(facts);
        }
        let reading = read().await;
        self.keep(&reading, now_ms);
        turn.end(reading.clone());
        reading
    }

    /// Keeps what has been read.
    pub fn keep(&self, reading: &Reading, now_ms: u64) {
        if let Reading::Facts(facts) = reading {
            *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((now_ms, facts.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const LONG: Duration = Duration::from_secs(30);
    const PANEL: &str = "http://known.test";

    fn answer(protocol: &str) -> Value {
        let stream = json!({"network": "tcp", "security": "tls"});
        json!({"success": true, "obj": {"protocol": protocol, "streamSettings": stream}})
    }

    fn facts(of: &str) -> Reading {
        Reading::of(Ok(Response::synthetic(answer(of).to_string())))
    }

    /// Whether the inbound is known to be, or now said to be, one of VLESS; `None` where it is not known.
    async fn is_vless(known: &KnownInbounds, now_ms: u64, reading: Reading) -> Option<bool> {
        match known.of(PANEL, 1, now_ms).ask(now_ms, LONG, || async { reading }).await {
            Reading::Facts(facts) => Some(*facts == Facts::of(&answer("vless"))),
            _ => None,
        }
    }

    #[tokio::test]
    async fn what_is_known_is_not_asked_again_until_it_is_old_or_cleared() {
        let known = KnownInbounds::default();
        assert_eq!(is_vless(&known, 0, facts("vless")).await, Some(true));
        assert_eq!(is_vless(&known, GOOD_FOR_MS - 1, facts("trojan")).await, Some(true));
        assert!(known.of(PANEL, 1, 0).facts(GOOD_FOR_MS).is_none());
        assert!(known.of("http://other.test", 1, 0).facts(0).is_none());
        assert_eq!(is_vless(&known, GOOD_FOR_MS, facts("trojan")).await, Some(false));
        known.clear();
        assert_eq!(is_vless(&known, GOOD_FOR_MS, facts("vless")).await, Some(true));
    }

    #[tokio::test]
    async fn facts_that_are_doubted_are_asked_for_again() {
        let known = KnownInbounds::default();
        assert_eq!(is_vless(&known, 0, facts("vless")).await, Some(true));
        let inbound = known.of(PANEL, 1, 0);
        inbound.doubt(&Arc::new(Facts::of(&answer("vless"))));
        assert_eq!(is_vless(&known, 0, facts("trojan")).await, Some(true), "others are held meanwhile");
        inbound.doubt(&inbound.facts(0).unwrap());
        assert_eq!(is_vless(&known, 0, facts("trojan")).await, Some(false));
    }

    #[tokio::test]
    async fn who_looked_at_the_clock_before_it_was_read_does_not_ask_again() {
        let known = KnownInbounds::default();
        known.of(PANEL, 1, 0).keep(&facts("vless"), 1_000);
        assert_eq!(is_vless(&known, 999, facts("trojan")).await, Some(true));
        known.of(PANEL, 1, 0).keep(&facts("vless"), 2 * GOOD_FOR_MS);
        assert_eq!(is_vless(&known, 999, facts("trojan")).await, Some(false), "a clock that was set back");
    }

    #[tokio::test]
    async fn many_who_ask_at_once_cost_one_question_also_where_it_fails() {
        let (known, asked) = (KnownInbounds::default(), AtomicUsize::new(0));
        let ask = || async {
            let inbound = known.of(PANEL, 1, 0);
            let read = || async {
                asked.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Reading::Failed
            };
            inbound.ask(0, LONG, read).await
        };
        let (one, two, three) = tokio::join!(ask(), ask(), ask());
        assert!([one, two, three].iter().all(|reading| matches!(reading, Reading::Failed)));
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        assert_eq!(is_vless(&known, 0, facts("vless")).await, Some(true), "a failure is not kept");
    }

    #[tokio::test]
    async fn what_was_being_read_when_it_was_cleared_is_not_kept() {
        let known = KnownInbounds::default();
        let (before, read) = (known.of(PANEL, 1, 0), || async {
            known.clear();
            facts("vless")
        });
        assert!(matches!(before.ask(0, LONG, read).await, Reading::Facts(_)));
        assert!(known.of(PANEL, 1, 0).facts(0).is_none());
    }

    #[test]
    fn one_that_somebody_is_about_to_ask_for_stays_when_another_is_looked_up() {
        let known = KnownInbounds::default();
        let one = known.of(PANEL, 1, 0);
        drop(known.of(PANEL, 2, 0));
        assert!(Arc::ptr_eq(&one, &known.of(PANEL, 1, 0)));
        drop(one);
        known.of(PANEL, 3, 0);
        assert_eq!(known.held().len(), 1, "nobody needs what is not known");
    }
}
