//! The Node.js binding: arguments in, results and errors out.
//!
//! Holds no rule of the panel or of the API. Where a rule seems to be needed here, it belongs into `core`.

mod api;
mod args;
mod client;
mod credentials;
mod error;
mod flows;
mod json;
mod security;
mod session;
