//! The Node.js binding: arguments in, results and errors out.
//!
//! Holds no rule of the panel or of the API. Where a rule seems to be needed here, it belongs into `core`.

// What is exported is registered with Node outside of tests only, where nothing uses it.
#![cfg_attr(test, allow(dead_code))]

// Before all that add methods to the class: the generator of types has to have met its JavaScript name.
mod client;

mod add;
mod api;
mod args;
mod caller;
mod completions;
mod credentials;
mod door;
mod error;
mod external;
mod flows;
mod generator;
mod host;
mod inbound;
mod json;
mod planned_write;
mod properties;
mod realm;
mod runtime;
mod security;
mod session;
mod turn;
