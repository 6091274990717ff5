//! Inbounds to be made: what each protocol's begins with, the parts that can be put on it, and its final form.
//!
//! Owns the panel's names and defaults in an inbound's configuration. Must not know: how an inbound is sent, or the
//! builders of the host language, which hold the configuration while it grows.

mod built;
mod parts;
mod start;

pub use built::built;
pub use parts::{PartOptions, client, part};
pub use start::start;
