//! A client for the 3x-ui panel.
//!
//! [`core`] is the client itself: plain Rust, without Node. With the feature `node` (on by default) the crate is also
//! the native addon of the npm package `3xui-native`; what that exports is in the private module `node`.

pub mod core;
#[cfg(feature = "node")]
mod node;
