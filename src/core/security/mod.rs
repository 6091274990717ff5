//! Checks, strength, activity and redaction.
//!
//! Owns every rule about what may be sent, and everything that keeps secrets out of sight. Must not know: HTTP, the
//! panel's routes, or the clock: time and randomness are arguments.

mod activity;
pub(crate) mod js_value;
mod redact;
mod strength;
mod token;
pub mod validate;
mod window;

pub use activity::{Activity, SecurityMonitor};
pub use redact::{hash_for_logging, redact_url};
pub use strength::{Strength, credential_strength};
pub use token::generate_session_token;

pub(crate) use token::hex;
