//! Where sessions are kept between calls, clients and processes.
//!
//! Owns the contract. Must not know: what a session holds; stores move text.

use crate::core::caller::Caller;
use crate::core::error::Result;
use crate::core::transport::BoxFuture;

/// A keeper of sessions, asked on behalf of a call. The memory store is ours; databases come from the host.
pub trait SessionStore: Send + Sync {
    /// Whether what is kept never leaves this process.
    fn is_within_process(&self) -> bool {
        false
    }

    /// The text kept under `key`, or `None` when there is none or its time is over.
    fn get<'a>(&'a self, caller: &'a Caller, key: &'a str) -> BoxFuture<'a, Result<Option<String>>>;

    /// Keeps `value` for `ttl_s` seconds; 0 or less means without an end.
    fn set<'a>(
        &'a self,
        caller: &'a Caller,
        key: &'a str,
        value: String,
        ttl_s: f64,
    ) -> BoxFuture<'a, Result<()>>;

    /// Forgets what is kept under `key`.
    fn delete<'a>(&'a self, caller: &'a Caller, key: &'a str) -> BoxFuture<'a, Result<()>>;
}
