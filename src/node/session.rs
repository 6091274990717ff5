//! Session stores of both kinds: ours in memory, shown to JavaScript, and JavaScript's, shown to the core.

use std::sync::Arc;

use napi::bindgen_prelude::{FnArgs, FromNapiValue, Function, JsObjectValue, Object, Promise, Unknown};
use napi::threadsafe_function::ThreadsafeFunction;
use napi::{Env, Result, Status};
use napi_derive::napi;

use super::args::Json;
use super::caller::As;
use super::json::{self, JsonText};
use crate::core::caller::Caller;
use crate::core::clock::Clock;
use crate::core::error::Error;
use crate::core::session::{LONGEST, MemoryStore, Policy, SessionStore, session_key};
use crate::core::transport::BoxFuture;

/// Sessions in this process's memory. They end by themselves, without a timer that would keep the process alive.
#[napi(js_name = "MemorySessionStore")]
pub struct MemorySessionStore {
    pub(super) store: Arc<MemoryStore>,
}

#[napi]
impl MemorySessionStore {
    /// An empty store.
    #[napi(constructor)]
    #[allow(clippy::new_without_default)] // JavaScript constructs it.
    pub fn new() -> Self {
        Self { store: Arc::new(MemoryStore::new(Clock::system())) }
    }

    /// What is kept under `key`, or null.
    #[napi(enumerable = false, js_name = "peek", ts_return_type = "unknown")]
    pub fn peek(&self, key: String) -> JsonText {
        JsonText(self.store.peek(&key).unwrap_or_else(|| "null".to_owned()))
    }

    /// Keeps `value` under `key` for `ttl` seconds (0: without an end).
    #[napi(enumerable = false, js_name = "put", ts_args_type = "key: string, value: unknown, ttl: number")]
    pub fn put(&self, env: Env, key: String, value: Unknown, ttl: f64) -> Result<()> {
        let text = json::stringify(&env, value)?.unwrap_or_else(|| "null".to_owned());
        self.store.put(&key, text, ttl);
        Ok(())
    }

    /// Forgets what is kept under `key`.
    #[napi(enumerable = false, js_name = "remove")]
    pub fn remove(&self, key: String) {
        self.store.remove(&key);
    }

    /// Forgets everything.
    #[napi(enumerable = false, js_name = "removeAll")]
    pub fn remove_all(&self) {
        self.store.clear();
    }

    /// The keys of what is kept.
    #[napi(enumerable = false, js_name = "keys")]
    pub fn keys(&self) -> Vec<String> {
        self.store.keys()
    }
}

/// The rules of sessions, for session managers written in JavaScript.
#[napi(js_name = "SessionRules")]
pub struct SessionRules;

#[napi]
impl SessionRules {
    /// The key under which the session of a user on a panel is kept.
    #[napi(js_name = "keyOf", ts_args_type = "baseURL: string, username: string")]
    pub fn key_of(base_url: String, username: String) -> String {
        session_key(&base_url, &username)
    }

    /// As many characters of what a store keeps are looked at.
    #[napi]
    pub fn longest() -> u32 {
        LONGEST as u32
    }

    /// Whether a session made at `createdAt` (ms) is still to be used at `now` (ms).
    #[napi(js_name = "isFresh", ts_args_type = "createdAt: number, now: number, policy: object")]
    pub fn is_fresh(created_at: f64, now: f64, policy: Json) -> bool {
        policy_of(&policy).is_fresh(created_at as u64, now as u64)
    }
}

/// The rules in an object with `sessionTTL`, `autoRefresh` and `refreshThreshold`.
pub fn policy_of(given: &Json) -> Policy {
    let usual = Policy::default();
    let number = |name: &str, otherwise: f64| {
        given.0.get(name).and_then(serde_json::Value::as_f64).filter(|n| *n > 0.0).unwrap_or(otherwise)
    };
    Policy {
        ttl_s: number("sessionTTL", usual.ttl_s),
        auto_refresh: given.0.get("autoRefresh").and_then(serde_json::Value::as_bool).unwrap_or(true),
        refresh_threshold: number("refreshThreshold", usual.refresh_threshold),
    }
}

/// Caller, and key; for keeping also what, and for how many seconds.
type Named = FnArgs<(As, String)>;
type Kept = FnArgs<(As, String, String, f64)>;

type Get = ThreadsafeFunction<Named, Promise<Option<String>>, Named, Status, false, true>;
type Set = ThreadsafeFunction<Kept, Promise<()>, Kept, Status, false, true>;
type Delete = ThreadsafeFunction<Named, Promise<()>, Named, Status, false, true>;

/// A store that JavaScript brought: three async functions that move text. The references are weak, so that a store
/// keeps no process alive.
struct JsStore {
    get: Get,
    set: Set,
    delete: Delete,
}

impl JsStore {
    fn new(adapter: &Object) -> Result<Self> {
        let get: Function<Named, Promise<Option<String>>> = adapter.get_named_property("get")?;
        let set: Function<Kept, Promise<()>> = adapter.get_named_property("set")?;
        let delete: Function<Named, Promise<()>> = adapter.get_named_property("delete")?;
        Ok(Self {
            get: get.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?,
            set: set.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?,
            delete: delete.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?,
        })
    }
}

fn failed(error: napi::Error) -> Error {
    Error::Store(error.reason.to_string())
}

impl SessionStore for JsStore {
    fn get<'a>(
        &'a self,
        caller: &'a Caller,
        key: &'a str,
    ) -> BoxFuture<'a, crate::core::Result<Option<String>>> {
        Box::pin(async move {
            let args = FnArgs { data: (As(caller.clone()), key.to_owned()) };
            self.get.call_async_catch(args).await.map_err(failed)?.await.map_err(failed)
        })
    }

    fn set<'a>(
        &'a self,
        caller: &'a Caller,
        key: &'a str,
        value: String,
        ttl_s: f64,
    ) -> BoxFuture<'a, crate::core::Result<()>> {
        Box::pin(async move {
            let args = FnArgs { data: (As(caller.clone()), key.to_owned(), value, ttl_s) };
            self.set.call_async_catch(args).await.map_err(failed)?.await.map_err(failed)
        })
    }

    fn delete<'a>(&'a self, caller: &'a Caller, key: &'a str) -> BoxFuture<'a, crate::core::Result<()>> {
        Box::pin(async move {
            let args = FnArgs { data: (As(caller.clone()), key.to_owned()) };
            self.delete.call_async_catch(args).await.map_err(failed)?.await.map_err(failed)
        })
    }
}

/// The store behind an argument: ours used directly, or JavaScript's through its adapter.
pub fn store_of(env: &Env, given: Unknown) -> Result<Arc<dyn SessionStore>> {
    use napi::JsValue;
    use napi::bindgen_prelude::ClassInstance;
    // SAFETY: the value is of this environment; a value of another class is an error, not a wrong pointer.
    let ours = unsafe { ClassInstance::<MemorySessionStore>::from_napi_value(env.raw(), given.raw()) };
    match ours {
        Ok(ours) => Ok(ours.store.clone()),
        Err(_) => Ok(Arc::new(JsStore::new(&Object::from_raw(env.raw(), given.raw()))?)),
    }
}
