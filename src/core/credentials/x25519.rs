//! X25519 key pairs for WireGuard and REALITY.
//!
//! Owns making them, both spellings (base64 and base64url), and the small configurations around them. Must not know:
//! inbounds, or where a key is stored.

use std::fmt;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use rand::CryptoRng;
use serde_json::{Map, Value, json};

use super::curve::public_of;

/// A key pair as text. Its debug output shows the public half only.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    /// The secret half.
    pub private_key: String,
    /// The half that may be shown to everybody.
    pub public_key: String,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("public_key", &self.public_key).finish_non_exhaustive()
    }
}

/// A key pair in the spelling of WireGuard: standard base64 with padding.
///
/// ```
/// use threexui::core::credentials::generate_wireguard_keys;
/// assert_eq!(generate_wireguard_keys(&mut rand::rng()).public_key.len(), 44);
/// ```
pub fn generate_wireguard_keys<R: CryptoRng + ?Sized>(rng: &mut R) -> KeyPair {
    let (private, public) = generate(rng);
    KeyPair { private_key: STANDARD.encode(private), public_key: STANDARD.encode(public) }
}

/// A key pair in the spelling of REALITY: base64url without padding.
///
/// ```
/// use threexui::core::credentials::generate_reality_keys;
/// assert_eq!(generate_reality_keys(&mut rand::rng()).public_key.len(), 43);
/// ```
pub fn generate_reality_keys<R: CryptoRng + ?Sized>(rng: &mut R) -> KeyPair {
    let (private, public) = generate(rng);
    KeyPair { private_key: URL_SAFE_NO_PAD.encode(private), public_key: URL_SAFE_NO_PAD.encode(public) }
}

/// The public half of a WireGuard private key; `None` when the text is no key.
pub(super) fn wireguard_public_key(private_key: &str) -> Option<String> {
    let bytes: [u8; 32] = STANDARD.decode(private_key).ok()?.try_into().ok()?;
    Some(STANDARD.encode(public_of(bytes)))
}

/// What a WireGuard client needs beside the server's data.
pub fn wireguard_client_config(keys: &KeyPair, allowed_ips: &[String]) -> Map<String, Value> {
    let mut config = Map::new();
    config.insert("privateKey".into(), json!(keys.private_key));
    config.insert("publicKey".into(), json!(keys.public_key));
    config.insert("allowedIPs".into(), json!(allowed_ips));
    config.insert("keepAlive".into(), json!(25));
    config
}

/// The `realitySettings` of an inbound that imitates the site `dest`.
pub fn reality_config(keys: &KeyPair, dest: &str, server_names: &[String]) -> Map<String, Value> {
    let mut config = Map::new();
    config.insert("show".into(), json!(false));
    config.insert("dest".into(), json!(dest));
    config.insert("xver".into(), json!(0));
    config.insert("serverNames".into(), json!(server_names));
    config.insert("privateKey".into(), json!(keys.private_key));
    config.insert("shortIds".into(), json!([""]));
    config.insert("settings".into(), json!({"publicKey": keys.public_key, "fingerprint": "chrome"}));
    config
}

fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> ([u8; 32], [u8; 32]) {
    let mut private = [0_u8; 32];
    rng.fill_bytes(&mut private);
    // Stored keys carry the curve's fixed bits, as `wg genkey` and xray write them; some tools warn otherwise.
    let [first, .., last] = &mut private;
    *first &= 248;
    *last = (*last & 127) | 64;
    (private, public_of(private))
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn the_public_key_belongs_to_the_private_key() {
        // Key pair of RFC 7748, section 6.1.
        let private: [u8; 32] = [
            0x77, 0x07, 0x6d, 0x0a, 0x73, 0x18, 0xa5, 0x7d, 0x3c, 0x16, 0xc1, 0x72, 0x51, 0xb2, 0x66, 0x45,
            0xdf, 0x4c, 0x2f, 0x87, 0xeb, 0xc0, 0x99, 0x2a, 0xb1, 0x77, 0xfb, 0xa5, 0x1d, 0xb9, 0x2c, 0x2a,
        ];
        let public = wireguard_public_key(&STANDARD.encode(private)).unwrap();
        assert_eq!(public, "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=");
    }

    #[test]
    fn wireguard_keys_are_padded_base64_and_clamped() {
        let keys = generate_wireguard_keys(&mut StdRng::seed_from_u64(8));
        let private = STANDARD.decode(&keys.private_key).unwrap();
        assert_eq!(private.len(), 32);
        assert_eq!(private.first().unwrap() & 7, 0);
        assert_eq!(private.last().unwrap() & 192, 64);
        assert_eq!(wireguard_public_key(&keys.private_key), Some(keys.public_key));
    }

    #[test]
    fn reality_keys_are_base64url_without_padding() {
        let mut rng = StdRng::seed_from_u64(8);
        for _ in 0..20 {
            let keys = generate_reality_keys(&mut rng);
            for key in [&keys.private_key, &keys.public_key] {
                assert_eq!(key.len(), 43);
                assert!(key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{key}");
            }
        }
    }

    #[test]
    fn text_that_is_no_key_has_no_public_half() {
        assert_eq!(wireguard_public_key("abc"), None);
        assert_eq!(wireguard_public_key("AAAA"), None);
    }

    #[test]
    fn debug_output_hides_the_private_key() {
        let keys = generate_reality_keys(&mut StdRng::seed_from_u64(8));
        assert!(!format!("{keys:?}").contains(&keys.private_key));
    }

    #[test]
    fn the_small_configurations_keep_their_key_order() {
        let keys = KeyPair { private_key: "p".into(), public_key: "q".into() };
        assert_eq!(
            Value::Object(wireguard_client_config(&keys, &["10.0.0.2/32".to_owned()])).to_string(),
            r#"{"privateKey":"p","publicKey":"q","allowedIPs":["10.0.0.2/32"],"keepAlive":25}"#
        );
        assert_eq!(
            Value::Object(reality_config(&keys, "google.com:443", &["google.com".to_owned()])).to_string(),
            concat!(
                r#"{"show":false,"dest":"google.com:443","xver":0,"serverNames":["google.com"],"privateKey":"p","#,
                r#""shortIds":[""],"settings":{"publicKey":"q","fingerprint":"chrome"}}"#
            )
        );
    }
}
