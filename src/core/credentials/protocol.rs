//! Credentials by protocol: one call gives everything that one client needs.
//!
//! Owns the protocols and their names, and the public call. Must not know: the panel's routes, or which further
//! fields a client has (limits, expiry, subscription).

use rand::CryptoRng;
use serde_json::Value;

use super::{
    credential_set::Credentials,
    plan::{Given, Plan, email_mut},
};
use crate::core::error::{Error, Result};

/// The protocols credentials can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Protocol {
    /// `vless`
    Vless,
    /// `vmess`
    Vmess,
    /// `trojan`
    Trojan,
    /// `shadowsocks`
    Shadowsocks,
    /// `shadowsocks2022`
    Shadowsocks2022,
    /// `hysteria` and `hysteria2`
    Hysteria,
    /// `wireguard`
    WireGuard,
    /// `socks5` and `http`
    Account,
    /// `dokodemo-door`
    Open,
}

impl Protocol {
    /// The protocol of that name, in small or capital letters.
    ///
    /// ```
    /// use threexui::core::credentials::Protocol;
    /// assert_eq!(Protocol::parse("VLESS").unwrap(), Protocol::Vless);
    /// assert!(Protocol::parse("gopher").is_err());
    /// ```
    pub fn parse(name: &str) -> Result<Self> {
        match name.to_lowercase().as_str() {
            "vless" => Ok(Self::Vless),
            "vmess" => Ok(Self::Vmess),
            "trojan" => Ok(Self::Trojan),
            "shadowsocks" => Ok(Self::Shadowsocks),
            "shadowsocks2022" => Ok(Self::Shadowsocks2022),
            "hysteria" | "hysteria2" => Ok(Self::Hysteria),
            "wireguard" => Ok(Self::WireGuard),
            "socks5" | "http" => Ok(Self::Account),
            "dokodemo-door" => Ok(Self::Open),
            // Both beginnings are there because programs look for either of them.
            _ => Err(Error::invalid(
                "protocol",
                format!(
                    "Invalid protocol. Unsupported protocol: {name} (use vless, vmess, trojan, shadowsocks, \
                     shadowsocks2022, hysteria, wireguard, socks5, http or dokodemo-door)"
                ),
            )),
        }
    }
}

/// Credentials for one client.
///
/// Options that count, each only where the protocol has such a field: `email` (else an identifier is made, with
/// `emailPrefix` when given), `flow`, `level`, `alterId`, `method`, `passwordLength`, `allowedIPs`, `keepAlive`,
/// `username`. Values that JavaScript counts as false are the same as missing ones; numbers may be text.
///
/// Credentials the caller already has are kept and not replaced: `id` (text; must be a UUID), `password`, `auth`, `user` and
/// `pass`, `privateKey` and `publicKey`. So the result of one call can be handed in as the options of the next.
///
/// ```
/// use serde_json::json;
/// use threexui::core::credentials::generate_for_protocol;
/// let options = json!({"email": "alice", "passwordLength": "24"});
/// let made = generate_for_protocol(&mut rand::rng(), 0, "trojan", &options).unwrap();
/// assert_eq!(made.email(), Some("alice"));
/// assert_eq!(made.secret().map(str::len), Some(24));
/// ```
pub fn generate_for_protocol<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    protocol: &str,
    options: &Value,
) -> Result<Credentials> {
    let plan = Plan::new(Protocol::parse(protocol)?, options, Given::Kept)?;
    let mut credentials = plan.template.clone();
    plan.refresh(rng, &mut credentials);
    if let Some(email) = email_mut(&mut credentials) {
        plan.write_email(rng, now_ms, email);
    }
    Ok(credentials)
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    use super::*;
    use crate::core::credentials::{is_uuid_v4, psk_length, shadowsocks::is_psk};

    const UUID: &str = "f5eb5844-dc57-412b-9ec2-82d37e0ebb9c";

    fn make(protocol: &str, options: Value) -> Value {
        let mut rng = StdRng::seed_from_u64(21);
        Value::Object(
            generate_for_protocol(&mut rng, 1_700_000_000_123, protocol, &options).unwrap().to_map(),
        )
    }

    fn refused(protocol: &str, options: Value) -> String {
        let mut rng = StdRng::seed_from_u64(21);
        generate_for_protocol(&mut rng, 0, protocol, &options).unwrap_err().to_string()
    }

    fn text<'a>(made: &'a Value, key: &str) -> &'a str {
        made.get(key).and_then(Value::as_str).unwrap()
    }

    #[test]
    fn vless_has_a_uuid_an_identifier_and_the_usual_flow() {
        let made = make("vless", Value::Null);
        assert!(is_uuid_v4(text(&made, "id")));
        assert!(text(&made, "email").starts_with("client_") && text(&made, "email").ends_with("0123"));
        assert_eq!(text(&made, "flow"), "xtls-rprx-vision");
        assert_eq!(text(&made, "encryption"), "none");
    }

    #[test]
    fn names_of_protocols_may_be_in_capitals() {
        assert!(make("VLESS", json!({})).get("flow").is_some());
        assert!(make("Dokodemo-Door", json!({})).get("email").is_some());
    }

    #[test]
    fn options_replace_the_defaults() {
        assert_eq!(text(&make("vless", json!({"flow": "xtls-rprx-splice"})), "flow"), "xtls-rprx-splice");
        assert_eq!(text(&make("vless", json!({"flow": ""})), "flow"), "xtls-rprx-vision");
        let vmess = make("vmess", json!({"level": "1", "alterId": 4, "email": "me"}));
        assert_eq!((vmess.get("level"), vmess.get("alterId")), (Some(&json!(1)), Some(&json!(4))));
        assert_eq!(text(&vmess, "email"), "me");
        assert!(text(&make("trojan", json!({"emailPrefix": "vip"})), "email").starts_with("vip_"));
        assert_eq!(text(&make("socks5", json!({"username": "joe"})), "user"), "joe");
        assert_eq!(text(&make("trojan", json!({"email": 4711})), "email"), "4711");
    }

    #[test]
    fn hysteria_has_a_password_of_its_own_name() {
        for protocol in ["hysteria", "Hysteria2"] {
            let made = make(protocol, json!({"email": "a"}));
            assert_eq!((text(&made, "auth").len(), text(&made, "email")), (16, "a"));
        }
        assert_eq!(text(&make("hysteria", json!({"auth": "mine"})), "auth"), "mine");
        assert_eq!(text(&make("hysteria", json!({"password": "mine"})), "auth"), "mine");
    }

    #[test]
    fn passwords_have_the_length_asked_for() {
        assert_eq!(text(&make("trojan", json!({})), "password").len(), 16);
        assert_eq!(text(&make("trojan", json!({"passwordLength": "24"})), "password").len(), 24);
        assert_eq!(text(&make("shadowsocks", json!({"passwordLength": 32})), "password").len(), 32);
        assert_eq!(text(&make("http", json!({"passwordLength": 0})), "pass").len(), 12);
        assert_eq!(text(&make("trojan", json!({"passwordLength": "NaN"})), "password").len(), 16);
        assert!(refused("trojan", json!({"passwordLength": -1})).contains("passwordLength"));
        assert!(make("vless", json!({"passwordLength": "of no account here"})).get("id").is_some());
    }

    #[test]
    fn shadowsocks_gets_a_password_or_a_key_as_its_cipher_wants() {
        assert_eq!(text(&make("shadowsocks", json!({})), "method"), "chacha20-ietf-poly1305");
        assert_eq!(text(&make("shadowsocks2022", json!({})), "method"), "2022-blake3-aes-256-gcm");
        for protocol in ["shadowsocks", "shadowsocks2022"] {
            let made = make(protocol, json!({"method": "2022-blake3-aes-128-gcm"}));
            assert!(
                is_psk(text(&made, "password"), psk_length("2022-blake3-aes-128-gcm").unwrap()),
                "{protocol}"
            );
        }
        assert_eq!(
            refused("shadowsocks", json!({"method": "rot13"})),
            "Invalid method: rot13 is no Shadowsocks cipher \
             (use chacha20-ietf-poly1305, aes-256-gcm, aes-128-gcm, chacha20-poly1305 or one of 2022)"
        );
        assert_eq!(
            refused("shadowsocks2022", json!({"method": "aes-256-gcm"})),
            "Unsupported Shadowsocks2022 method: aes-256-gcm"
        );
    }

    #[test]
    fn wireguard_has_keys_and_addresses_and_no_identifier() {
        let made = make("wireguard", json!({"keepAlive": 0}));
        let keys: Vec<&String> = made.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["privateKey", "publicKey", "allowedIPs", "keepAlive"]);
        assert_eq!(made.get("allowedIPs"), Some(&json!(["10.0.0.2/32"])));
        assert_eq!(made.get("keepAlive"), Some(&json!(25)));
        let listed = make("wireguard", json!({"allowedIPs": "10.0.0.7/32, fd00::7/128"}));
        assert_eq!(listed.get("allowedIPs"), Some(&json!(["10.0.0.7/32", "fd00::7/128"])));
        assert!(refused("wireguard", json!({"allowedIPs": [5]})).contains("allowedIPs"));
    }

    #[test]
    fn the_result_of_one_call_can_be_the_options_of_the_next() {
        for protocol in
            ["vless", "vmess", "trojan", "shadowsocks", "shadowsocks2022", "wireguard", "http", "socks5"]
        {
            let made = make(protocol, json!({}));
            let mut rng = StdRng::seed_from_u64(99);
            let again = generate_for_protocol(&mut rng, 5, protocol, &made).unwrap();
            assert_eq!(Value::Object(again.to_map()), made, "{protocol}");
        }
    }

    #[test]
    fn credentials_of_the_caller_are_kept_when_they_fit() {
        assert_eq!(text(&make("vless", json!({"id": UUID})), "id"), UUID);
        assert_eq!(text(&make("trojan", json!({"password": "my own"})), "password"), "my own");
        assert!(is_uuid_v4(text(&make("vmess", json!({"id": 10})), "id")), "a number is some other id");
    }

    #[test]
    fn credentials_of_the_caller_that_cannot_work_are_refused() {
        assert_eq!(refused("vless", json!({"id": "abc"})), "Invalid id: must be a UUID");
        let short = json!({"method": "2022-blake3-aes-256-gcm", "password": "AAAA"});
        assert_eq!(
            refused("shadowsocks", short),
            "Invalid password: 2022-blake3-aes-256-gcm needs a key of 32 bytes in base64"
        );
        assert!(refused("wireguard", json!({"privateKey": "x"})).starts_with("Invalid privateKey"));
        let mut keys = make("wireguard", json!({}));
        keys["publicKey"] = json!("another");
        assert!(refused("wireguard", keys).starts_with("Invalid publicKey"));
    }

    #[test]
    fn an_unknown_protocol_is_named_in_both_wordings() {
        let message = refused("Gopher", json!({}));
        assert!(
            message.starts_with("Invalid protocol. Unsupported protocol: Gopher (use vless, vmess,"),
            "{message}"
        );
    }
}
