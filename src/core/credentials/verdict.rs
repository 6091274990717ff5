//! Whether credentials have what their protocol needs.
//!
//! Owns the check behind `validateCredentials`. Must not know: how strong a password is (see `security::strength`).

use serde_json::Value;

use super::{json_text::push_string, uuid::is_uuid_v4};
use crate::core::security::js_value::{truthy, utf16_length};

/// The outcome of a check: what is wrong, if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// One sentence for each thing that is wrong.
    pub errors: Vec<&'static str>,
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// `{"valid":…,"errors":[…]}`.
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\"valid\":{},\"errors\":[", self.is_valid());
        for (at, error) in self.errors.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push_string(&mut out, error);
        }
        out.push_str("]}");
        out
    }
}

/// Checks credentials for a protocol. A protocol that asks for nothing, or is not known, finds nothing wrong.
///
/// ```
/// use serde_json::json;
/// use threexui::core::credentials::validate_credentials;
/// let verdict = validate_credentials(&json!({"password": "short"}), "trojan");
/// assert_eq!(verdict.to_json(), r#"{"valid":false,"errors":["Password too short (minimum 8 characters)"]}"#);
/// ```
pub fn validate_credentials(credentials: &Value, protocol: &str) -> Verdict {
    let has = |key: &str| credentials.get(key).is_some_and(truthy);
    let wrong = match protocol.to_lowercase().as_str() {
        "vless" | "vmess" => {
            let valid = credentials.get("id").and_then(Value::as_str).is_some_and(is_uuid_v4);
            (!valid).then_some("Invalid UUID format")
        }
        "trojan" | "shadowsocks" => {
            let long_enough = match credentials.get("password") {
                Some(Value::String(password)) => utf16_length(password) >= 8,
                _ => false,
            };
            (!long_enough).then_some("Password too short (minimum 8 characters)")
        }
        "wireguard" => (!has("privateKey") || !has("publicKey")).then_some("Missing key pair"),
        _ => None,
    };
    Verdict { errors: wrong.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    use super::*;
    use crate::core::credentials::generate_for_protocol;

    #[test]
    fn what_the_generator_makes_is_valid() {
        let mut rng = StdRng::seed_from_u64(9);
        for protocol in ["vless", "VMess", "trojan", "shadowsocks", "shadowsocks2022", "wireguard", "http"] {
            let made = generate_for_protocol(&mut rng, 0, protocol, &Value::Null).unwrap();
            assert!(validate_credentials(&Value::Object(made.to_map()), protocol).is_valid(), "{protocol}");
        }
    }

    #[test]
    fn each_protocol_misses_its_own_thing() {
        let errors = |credentials: Value, protocol| validate_credentials(&credentials, protocol).errors;
        assert_eq!(errors(json!({"id": "x"}), "vless"), ["Invalid UUID format"]);
        assert_eq!(errors(json!({"id": 5}), "vmess"), ["Invalid UUID format"]);
        assert_eq!(errors(json!({}), "shadowsocks"), ["Password too short (minimum 8 characters)"]);
        assert_eq!(errors(json!({"privateKey": "a"}), "wireguard"), ["Missing key pair"]);
        assert_eq!(errors(Value::Null, "trojan"), ["Password too short (minimum 8 characters)"]);
        assert!(errors(json!({}), "dokodemo-door").is_empty());
        assert!(errors(json!({}), "gopher").is_empty());
    }
}
