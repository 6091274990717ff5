//! What inbounds are like, known for a while: many clients are made in one inbound, and what a client of it has to be like
//! is asked once.
//!
//! Owns how long something is known, and that many who need it at once cost one question. Must not know: who asks, and
//! what the facts are for (`flows`).

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::error::Result;
use super::flight::Flight;
use super::flows::facts_of;
use super::response::Response;

const GOOD_FOR_MS: u64 = 30_000;

/// The inbounds that one client knows.
#[derive(Default)]
pub struct KnownInbounds {
    held: Mutex<HashMap<Name, Arc<Entry>>>,
}

/// The panel's base URL and the inbound's id: a program may turn a client to another panel.
type Name = (String, u64);

#[derive(Default)]
struct Entry {
    asking: Flight<Reading>,
    known: Mutex<Option<(u64, Arc<Value>)>>,
}

/// What it came to that an inbound was read.
#[derive(Debug, Clone)]
pub enum Reading {
    /// Its facts, as [`facts_of`] tells them.
    Facts(Arc<Value>),
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
            Self::Facts(Arc::new(facts_of(&answer)))
        } else {
            Self::Refused(answer)
        }
    }
}

impl KnownInbounds {
    /// What is known of an inbound, if it is recent.
    pub fn peek(&self, base_url: &str, inbound: u64, now_ms: u64) -> Option<Arc<Value>> {
        self.held().get(&(base_url.to_owned(), inbound))?.fresh(now_ms)
    }

    /// What is known of an inbound; `read` asks for it, which one of many who need it does. What failed is nobody's later.
    pub async fn get<F: Future<Output = Reading>>(
        &self,
        base_url: &str,
        inbound: u64,
        now_ms: u64,
        read: impl FnOnce() -> F,
    ) -> Reading {
        let entry = self.entry(base_url, inbound, now_ms);
        let turn = entry.asking.turn().await;
        if let Some(reading) = turn.meanwhile() {
            return reading;
        }
        if let Some(facts) = entry.fresh(now_ms) {
            return Reading::Facts(facts);
        }
        let reading = read().await;
        entry.keep(&reading, now_ms);
        turn.end(reading.clone());
        reading
    }

    /// Keeps what somebody else has read.
    pub fn keep(&self, base_url: &str, inbound: u64, now_ms: u64, reading: &Reading) {
        self.entry(base_url, inbound, now_ms).keep(reading, now_ms);
    }

    /// What was known is not so any more; nor is what is being read.
    pub fn clear(&self) {
        self.held().clear();
    }

    fn entry(&self, base_url: &str, inbound: u64, now_ms: u64) -> Arc<Entry> {
        let mut held = self.held();
        let name = (base_url.to_owned(), inbound);
        if let Some(entry) = held.get(&name) {
            return entry.clone();
        }
        held.retain(|_, entry| entry.asking.is_taken() || entry.fresh(now_ms).is_some());
        held.entry(name).or_default().clone()
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Name, Arc<Entry>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn fresh(&self, now_ms: u64) -> Option<Arc<Value>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, facts) = known.as_ref()?;
        now_ms.checked_sub(*at).is_some_and(|age| age < GOOD_FOR_MS).then(|| facts.clone())
    }

    fn keep(&self, reading: &Reading, now_ms: u64) {
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

    const PANEL: &str = "http://known.test";

    fn facts(of: &str) -> Reading {
        let answer = json!({"success": true, "obj": {"protocol": of}}).to_string();
        Reading::of(Ok(Response::synthetic(answer)))
    }

    async fn protocol(known: &KnownInbounds, now_ms: u64, reading: Reading) -> Option<String> {
        match known.get(PANEL, 1, now_ms, || async { reading }).await {
            Reading::Facts(facts) => Some(facts["obj"]["protocol"].as_str()?.to_owned()),
            _ => None,
        }
    }

    #[tokio::test]
    async fn what_is_known_is_not_asked_again_until_it_is_old_or_cleared() {
        let known = KnownInbounds::default();
        assert_eq!(protocol(&known, 0, facts("vless")).await.as_deref(), Some("vless"));
        assert_eq!(protocol(&known, GOOD_FOR_MS - 1, facts("other")).await.as_deref(), Some("vless"));
        assert!(known.peek(PANEL, 1, GOOD_FOR_MS).is_none());
        assert!(known.peek("http://other.test", 1, 0).is_none());
        assert_eq!(protocol(&known, GOOD_FOR_MS, facts("trojan")).await.as_deref(), Some("trojan"));
        known.clear();
        assert_eq!(protocol(&known, GOOD_FOR_MS, facts("vmess")).await.as_deref(), Some("vmess"));
    }

    #[tokio::test]
    async fn many_who_ask_at_once_cost_one_question_also_where_it_fails() {
        let (known, asked) = (KnownInbounds::default(), AtomicUsize::new(0));
        let ask = || {
            known.get(PANEL, 1, 0, || async {
                asked.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Reading::Failed
            })
        };
        let (one, two, three) = tokio::join!(ask(), ask(), ask());
        assert!([one, two, three].iter().all(|reading| matches!(reading, Reading::Failed)));
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        assert_eq!(
            protocol(&known, 0, facts("vless")).await.as_deref(),
            Some("vless"),
            "a failure is not kept"
        );
    }

    #[tokio::test]
    async fn what_was_being_read_when_it_was_cleared_is_not_kept() {
        let known = KnownInbounds::default();
        let reading = known.get(PANEL, 1, 0, || async {
            known.clear();
            facts("vless")
        });
        assert!(matches!(reading.await, Reading::Facts(_)));
        assert!(known.peek(PANEL, 1, 0).is_none());
    }
}
