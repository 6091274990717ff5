//! The identifier of a client, which the panel calls its e-mail although it is none.
//!
//! Owns the shape `prefix_xxxxxxdddd`. Must not know: which characters the panel refuses (see `security::validate`).

use std::fmt::Write as _;

use rand::CryptoRng;
use serde_json::Value;

use super::choice::{BASE36, choose_into};
use crate::core::security::js_value::given_text;

/// The prefix of identifiers nobody asked another one for.
pub(super) const DEFAULT_PREFIX: &str = "client";

/// Random characters in an identifier.
pub(super) const RANDOM_LENGTH: usize = 6;

/// A new identifier: the prefix, six random characters of `0-9a-z`, the last four digits of the clock in milliseconds.
///
/// ```
/// use threexui::core::credentials::generate_identifier;
/// let identifier = generate_identifier(&mut rand::rng(), 1_700_000_001_234, "client");
/// assert!(identifier.starts_with("client_") && identifier.ends_with("1234"));
/// assert_eq!(identifier.len(), 17);
/// ```
pub fn generate_identifier<R: CryptoRng + ?Sized>(rng: &mut R, now_ms: u64, prefix: &str) -> String {
    let mut out = String::with_capacity(prefix.len() + 11);
    write_identifier(rng, now_ms, prefix, &mut out);
    out
}

/// The identifier of a client with these options: its `email`, or a new one with its `emailPrefix`.
pub fn identifier_for<R: CryptoRng + ?Sized>(rng: &mut R, now_ms: u64, options: &Value) -> String {
    given_text(options, "email").unwrap_or_else(|| {
        let prefix = given_text(options, "emailPrefix");
        generate_identifier(rng, now_ms, prefix.as_deref().unwrap_or(DEFAULT_PREFIX))
    })
}

/// Appends a new identifier to `out`.
pub(super) fn write_identifier<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    prefix: &str,
    out: &mut String,
) {
    out.push_str(prefix);
    out.push('_');
    choose_into(rng, BASE36, RANDOM_LENGTH, out);
    // Writing into a String cannot fail.
    let _ = write!(out, "{:04}", now_ms % 10_000);
}

/// The random part of an identifier that [`write_identifier`] made.
pub(super) fn random_part(identifier: &str) -> Option<[u8; RANDOM_LENGTH]> {
    let bytes = identifier.as_bytes();
    let end = bytes.len().checked_sub(4)?;
    bytes.get(end.checked_sub(RANDOM_LENGTH)?..end)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn the_shape_is_prefix_underscore_ten_characters() {
        let mut rng = StdRng::seed_from_u64(5);
        for now in [0, 9, 1_700_000_000_042] {
            let identifier = generate_identifier(&mut rng, now, "premium_user");
            let tail = identifier.strip_prefix("premium_user_").unwrap();
            assert_eq!(tail.len(), 10);
            assert!(tail.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
            assert!(tail.ends_with(&format!("{:04}", now % 10_000)));
        }
    }

    #[test]
    fn the_random_part_can_be_found_again() {
        assert_eq!(random_part("client_abc1230042"), Some(*b"abc123"));
        assert_eq!(random_part("short"), None);
    }
}
