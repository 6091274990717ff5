//! The identifier of a client (the panel's `email`).
//!
//! Owns its length and its forbidden characters. Must not know: how identifiers are made.

use crate::core::error::{Error, Result};

/// The longest identifier, in characters.
pub const MAX_IDENTIFIER: usize = 100;

const FORBIDDEN: [char; 4] = ['<', '>', '"', '&'];

/// Checks an identifier: 1 to 100 characters, none of them `<`, `>`, `"` or `&`.
///
/// ```
/// use threexui::core::security::validate::client_identifier;
/// assert!(client_identifier("email", "user_example_001").is_ok());
/// assert_eq!(
///     client_identifier("email", "a<b").unwrap_err().to_string(),
///     "Invalid email: must not contain any of < > \" &"
/// );
/// ```
pub fn client_identifier(field: &str, identifier: &str) -> Result<()> {
    if identifier.trim().is_empty() {
        return Err(Error::invalid(field, format!("Invalid {field}: must not be empty")));
    }
    if identifier.chars().count() > MAX_IDENTIFIER {
        let message = format!("Invalid {field}: must have at most {MAX_IDENTIFIER} characters");
        return Err(Error::invalid(field, message));
    }
    if identifier.contains(FORBIDDEN) {
        return Err(Error::invalid(field, format!("Invalid {field}: must not contain any of < > \" &")));
    }
    Ok(())
}

/// Checks the identifier that a client is to get: like [`client_identifier`], and one that the panel's routes can name
/// from then on.
///
/// ```
/// use threexui::core::security::validate::new_identifier;
/// assert!(new_identifier("email", "a.b").is_ok());
/// assert!(new_identifier("email", "a/b").is_err());
/// ```
pub fn new_identifier(field: &str, identifier: &str) -> Result<()> {
    client_identifier(field, identifier)?;
    if fits_a_path(identifier) {
        return Ok(());
    }
    let why = "no route of the panel could name the client";
    Err(Error::invalid(field, format!("Invalid {field}: must not contain a slash nor be . or .. ({why})")))
}

/// Whether a path can carry this as one of its segments. Panels decode a path before they take it apart, and `.` and `..`
/// are taken out of it on the way.
pub fn fits_a_path(name: &str) -> bool {
    !name.is_empty() && !name.contains('/') && name != "." && name != ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_tear_a_path_apart_is_for_no_new_client() {
        for name in ["a/b", "/", "\\(★ω★)/", ".", ".."] {
            let error = new_identifier("email", name).unwrap_err().to_string();
            assert!(error.starts_with("Invalid email: must not contain a slash nor be . or .."), "{error}");
            assert!(client_identifier("email", name).is_ok(), "one that is there already stays reachable");
        }
        for name in ["...", "a.", ".a", "a\\b", "a?b#c%2F"] {
            assert!(new_identifier("email", name).is_ok(), "{name}");
        }
    }

    #[test]
    fn one_to_a_hundred_characters_pass() {
        assert!(client_identifier("email", "a").is_ok());
        assert!(client_identifier("email", &"é".repeat(100)).is_ok());
        assert!(client_identifier("email", &"🦀".repeat(100)).is_ok());
        assert!(client_identifier("email", "name+tag@example.com/ü'; --").is_ok());
    }

    #[test]
    fn empty_blank_and_long_ones_do_not() {
        assert_eq!(
            client_identifier("email", "").unwrap_err().to_string(),
            "Invalid email: must not be empty"
        );
        assert!(client_identifier("email", "  ").is_err());
        let error = client_identifier("email", &"a".repeat(101)).unwrap_err();
        assert_eq!(error.to_string(), "Invalid email: must have at most 100 characters");
    }

    #[test]
    fn each_forbidden_character_is_found() {
        for character in FORBIDDEN {
            assert!(client_identifier("email", &format!("a{character}b")).is_err(), "{character}");
        }
    }
}
