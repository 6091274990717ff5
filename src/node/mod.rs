//! The Node.js binding: arguments in, results and errors out.
//!
//! Holds no rule of the panel or of the API. Where a rule seems to be needed here, it belongs into `core`.

// Before all that add methods to the class: the generator of types has to have met its JavaScript name.
mod client;

mod api;
mod args;
mod credentials;
mod error;
mod flows;
mod json;
mod security;
mod session;
