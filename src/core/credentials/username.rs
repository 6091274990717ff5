//! User names for SOCKS and HTTP accounts.
//!
//! Owns the shape `prefix_xxxxxx`. Must not know: the passwords that go with them.

use rand::CryptoRng;

use super::choice::{BASE36, choose_into};

/// The prefix of user names nobody asked another one for.
pub(super) const DEFAULT_PREFIX: &str = "user";

/// A new user name: the prefix and six random characters of `0-9a-z`.
///
/// ```
/// use threexui::core::credentials::generate_username;
/// assert!(generate_username(&mut rand::rng(), "user").starts_with("user_"));
/// ```
pub fn generate_username<R: CryptoRng + ?Sized>(rng: &mut R, prefix: &str) -> String {
    let mut out = String::with_capacity(prefix.len() + 7);
    write_username(rng, prefix, &mut out);
    out
}

/// Appends a new user name to `out`.
pub(super) fn write_username<R: CryptoRng + ?Sized>(rng: &mut R, prefix: &str, out: &mut String) {
    out.push_str(prefix);
    out.push('_');
    choose_into(rng, BASE36, 6, out);
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn the_shape_is_prefix_underscore_six_characters() {
        let name = generate_username(&mut StdRng::seed_from_u64(5), "team");
        assert_eq!(name.len(), 11);
        assert!(name.strip_prefix("team_").unwrap().bytes().all(|b| b.is_ascii_alphanumeric()));
    }
}
