//! The client for the panel: everything that is no JavaScript.
//!
//! Nothing in here may name napi or Node; `cargo test --no-default-features` holds that line.

mod absent;
pub mod activity;
pub mod additions;
pub mod auth;
pub mod backlog;
mod barred;
pub mod caller;
pub mod client;
pub mod clock;
pub mod credentials;
pub mod envelope;
pub mod error;
pub mod events;
pub mod flight;
pub mod flows;
pub mod generation;
pub mod host_value;
pub mod http;
pub mod inbound;
pub(crate) mod json_members;
pub(crate) mod json_text;
pub mod judge;
pub mod known_inbounds;
pub mod line;
pub mod links;
pub mod network;
pub mod options;
pub mod patience;
pub mod percent;
pub mod redact;
pub mod request;
pub mod response;
pub mod routes;
pub(crate) mod same_way;
pub mod secret;
pub mod security;
pub mod session;
#[cfg(test)]
mod time_limits;
pub mod trace;
pub mod transport;
pub mod units;
pub mod writes;

pub use client::Client;
pub use error::{Call, Error, Result};
pub use redact::Redacted;
pub use response::Response;
