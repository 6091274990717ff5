//! A logged-in session: what it is, how long it is good for, where it is kept.
//!
//! Owns the session as data. Must not know: how a session is obtained (`auth`) or used.

mod memory;
mod policy;
mod proof;
mod store;
mod stored;

pub use memory::MemoryStore;
pub use policy::{Policy, session_key};
pub use proof::{Credentials, ProofKey};
pub use store::SessionStore;
pub use stored::{LONGEST, Stored};

use super::generation::Panel;
use super::secret::Secret;

/// What a login leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The `Cookie` header's value.
    pub cookie: Secret,
    /// The token for unsafe verbs, on panels from 3.0 on.
    pub csrf: Option<Secret>,
    /// What is known about the panel, so that no later client has to find it out again.
    pub panel: Panel,
    /// When the login happened, in milliseconds since 1970.
    pub created_ms: u64,
}

impl Session {
    /// No session at all, for calls that go out without one.
    pub fn none(now_ms: u64) -> Self {
        Self { cookie: Secret::new(""), csrf: None, panel: Panel::default(), created_ms: now_ms }
    }
}
