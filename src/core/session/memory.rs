//! The default store: sessions in this process's memory.
//!
//! Expires on reading and on writing, without timers, so that an idle client keeps no process alive.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::SessionStore;
use crate::core::caller::Caller;
use crate::core::clock::Clock;
use crate::core::error::Result;
use crate::core::transport::BoxFuture;

struct Entry {
    value: String,
    expires_ms: Option<u64>,
}

/// Sessions in a map.
pub struct MemoryStore {
    entries: Mutex<HashMap<String, Entry>>,
    clock: Clock,
}

impl MemoryStore {
    /// An empty store that tells time by `clock`.
    pub fn new(clock: Clock) -> Self {
        Self { entries: Mutex::default(), clock }
    }

    /// What is kept under `key` and has not expired.
    pub fn peek(&self, key: &str) -> Option<String> {
        self.alive().get(key).map(|entry| entry.value.clone())
    }

    /// Keeps `value`; see [`SessionStore::set`].
    pub fn put(&self, key: &str, value: String, ttl_s: f64) {
        let expires_ms = (ttl_s > 0.0).then(|| self.clock.now_ms().saturating_add((ttl_s * 1000.0) as u64));
        self.alive().insert(key.to_owned(), Entry { value, expires_ms });
    }

    /// Forgets one.
    pub fn remove(&self, key: &str) {
        self.alive().remove(key);
    }

    /// Forgets all.
    pub fn clear(&self) {
        self.alive().clear();
    }

    /// The keys of what is kept and has not expired.
    pub fn keys(&self) -> Vec<String> {
        self.alive().keys().cloned().collect()
    }

    fn alive(&self) -> std::sync::MutexGuard<'_, HashMap<String, Entry>> {
        let now = self.clock.now_ms();
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, entry| entry.expires_ms.is_none_or(|end| end > now));
        entries
    }
}

impl SessionStore for MemoryStore {
    fn is_within_process(&self) -> bool {
        true
    }

    fn get<'a>(&'a self, _caller: &'a Caller, key: &'a str) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move { Ok(self.peek(key)) })
    }

    fn set<'a>(
        &'a self,
        _caller: &'a Caller,
        key: &'a str,
        value: String,
        ttl_s: f64,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.put(key, value, ttl_s);
            Ok(())
        })
    }

    fn delete<'a>(&'a self, _caller: &'a Caller, key: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            self.remove(key);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::clock::ManualClock;

    #[test]
    fn an_entry_is_gone_when_its_time_is_over() {
        let time = ManualClock::at(0);
        let store = MemoryStore::new(time.clock());
        store.put("k", "v".into(), 2.0);
        time.set(1_999);
        assert_eq!(store.peek("k").as_deref(), Some("v"));
        time.set(2_000);
        assert_eq!(store.peek("k"), None);
        assert!(store.keys().is_empty());
    }

    #[test]
    fn an_entry_without_a_time_stays() {
        let time = ManualClock::at(0);
        let store = MemoryStore::new(time.clock());
        store.put("k", "v".into(), 0.0);
        time.set(u64::MAX);
        assert_eq!(store.peek("k").as_deref(), Some("v"));
    }
}
