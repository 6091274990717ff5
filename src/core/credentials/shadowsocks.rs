//! Shadowsocks ciphers and the keys of its 2022 edition.
//!
//! Owns the list of ciphers and the length of each key. Must not know: inbounds and clients.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rand::CryptoRng;

use crate::core::error::{Error, Result};

/// The cipher to take when the caller names none.
pub const RECOMMENDED_CIPHER: &str = "chacha20-ietf-poly1305";

/// Ciphers with a password, the recommended one first.
pub const SHADOWSOCKS_CIPHERS: [&str; 4] =
    [RECOMMENDED_CIPHER, "aes-256-gcm", "aes-128-gcm", "chacha20-poly1305"];

/// The 2022 cipher to take when the caller names none.
pub const SHADOWSOCKS_2022_DEFAULT: &str = "2022-blake3-aes-256-gcm";

/// Whether the cipher belongs to the 2022 edition, which takes a key of fixed length and not a password.
pub fn is_2022_method(method: &str) -> bool {
    method.starts_with("2022-")
}

/// The cipher that the entry of a client has to name, which names this one, in an inbound with that one: its own or the
/// inbound's, and none in an inbound of 2022, whose clients share the inbound's. With another entry than that Xray refuses
/// its whole configuration, and all inbounds are down from its next start on.
///
/// ```
/// use threexui::core::credentials::client_cipher;
/// assert_eq!(client_cipher("", "aes-256-gcm"), "aes-256-gcm");
/// assert_eq!(client_cipher("none", "aes-256-gcm"), "none");
/// assert_eq!(client_cipher("aes-256-gcm", "2022-blake3-aes-128-gcm"), "");
/// assert_eq!(client_cipher("2022-blake3-aes-128-gcm", "aes-256-gcm"), "aes-256-gcm");
/// ```
pub fn client_cipher<'a>(own: &'a str, of_inbound: &'a str) -> &'a str {
    if is_2022_method(of_inbound) {
        ""
    } else if own.is_empty() || is_2022_method(own) {
        of_inbound
    } else {
        own
    }
}

/// Bytes in the key of a 2022 cipher; `None` for every other cipher.
pub fn psk_length(method: &str) -> Option<usize> {
    match method {
        "2022-blake3-aes-128-gcm" => Some(16),
        "2022-blake3-aes-256-gcm" | "2022-blake3-chacha20-poly1305" => Some(32),
        _ => None,
    }
}

/// Every other cipher that xray knows.
const FURTHER_CIPHERS: [&str; 4] = ["xchacha20-ietf-poly1305", "xchacha20-poly1305", "none", "plain"];

/// Refuses a cipher that xray does not know: one client with it keeps the whole of xray from starting.
pub(super) fn known_cipher(method: &str) -> Result<()> {
    if is_2022_method(method) {
        return known_psk_length(method).map(|_| ());
    }
    if SHADOWSOCKS_CIPHERS.contains(&method) || FURTHER_CIPHERS.contains(&method) {
        return Ok(());
    }
    let known = SHADOWSOCKS_CIPHERS.join(", ");
    Err(Error::invalid(
        "method",
        format!("Invalid method: {method} is no Shadowsocks cipher (use {known} or one of 2022)"),
    ))
}

/// A pre-shared key for a 2022 cipher, in base64.
///
/// ```
/// use threexui::core::credentials::generate_shadowsocks2022_psk;
/// let key = generate_shadowsocks2022_psk(&mut rand::rng(), "2022-blake3-aes-128-gcm").unwrap();
/// assert_eq!(key.len(), 24);
/// ```
pub fn generate_shadowsocks2022_psk<R: CryptoRng + ?Sized>(rng: &mut R, method: &str) -> Result<String> {
    let mut out = String::new();
    write_psk(rng, known_psk_length(method)?, &mut out);
    Ok(out)
}

/// Whether `key` is one for this 2022 cipher; never for another cipher.
pub fn is_2022_key(key: &str, method: &str) -> bool {
    psk_length(method).is_some_and(|length| is_psk(key, length))
}

/// Like [`psk_length`], with the error for a cipher that is none of them.
pub(super) fn known_psk_length(method: &str) -> Result<usize> {
    psk_length(method)
        .ok_or_else(|| Error::invalid("method", format!("Unsupported Shadowsocks2022 method: {method}")))
}

/// Appends a key of `length` (at most 32) bytes in base64.
pub(super) fn write_psk<R: CryptoRng + ?Sized>(rng: &mut R, length: usize, out: &mut String) {
    let mut bytes = [0_u8; 32];
    if let Some(key) = bytes.get_mut(..length) {
        rng.fill_bytes(key);
        STANDARD.encode_string(key, out);
    }
}

/// Whether `key` is base64 of exactly `length` bytes.
pub(super) fn is_psk(key: &str, length: usize) -> bool {
    STANDARD.decode(key).is_ok_and(|bytes| bytes.len() == length)
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn a_key_has_the_length_its_cipher_wants() {
        let mut rng = StdRng::seed_from_u64(6);
        for (method, length) in [
            ("2022-blake3-aes-128-gcm", 16),
            (SHADOWSOCKS_2022_DEFAULT, 32),
            ("2022-blake3-chacha20-poly1305", 32),
        ] {
            let key = generate_shadowsocks2022_psk(&mut rng, method).unwrap();
            assert!(is_psk(&key, length), "{method}: {key}");
        }
    }

    #[test]
    fn an_unknown_cipher_is_named_in_the_error() {
        let error = generate_shadowsocks2022_psk(&mut StdRng::seed_from_u64(6), "aes-256-gcm").unwrap_err();
        assert_eq!(error.to_string(), "Unsupported Shadowsocks2022 method: aes-256-gcm");
    }

    #[test]
    fn the_recommended_cipher_comes_first() {
        assert_eq!(SHADOWSOCKS_CIPHERS.first(), Some(&RECOMMENDED_CIPHER));
    }
}
