//! Text that must not be printed.
//!
//! Owns the one wrapper for passwords, tokens and cookies. Must not know: what they are for.

use std::fmt;

/// A password, token or cookie. Prints as `[redacted]`; whoever needs the text asks for it by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the wire and for the caller who owns it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
