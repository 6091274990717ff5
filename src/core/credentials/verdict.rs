//! Whether credentials have what their protocol needs.
//!
//! Owns the check behind `validateCredentials`. Must not know: how strong a password is (see `security::strength`).

use serde_json::Value;

use super::uuid::is_uuid_v4;
use crate::core::json_text::push_string;
use crate::core::{
    error::{Error, Result},
    security::js_value::{truthy, utf16_length},
};

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
/// let verdict = validate_credentials(&json!({"password": "short"}), &json!("trojan")).unwrap();
/// assert_eq!(verdict.to_json(), r#"{"valid":false,"errors":["Password too short (minimum 8 characters)"]}"#);
/// ```
///
/// # Errors
/// [`Error::Validation`] when the protocol is missing: there is nothing to check against.
pub fn validate_credentials(credentials: &Value, protocol: &Value) -> Result<Verdict> {
    let Value::String(protocol) = protocol else {
        return Err(Error::invalid("protocol", "Invalid protocol: must be text"));
    };
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
    Ok(Verdict { errors: wrong.into_iter().collect() })
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
            let verdict = validate_credentials(&Value::Object(made.to_map()), &json!(protocol));
            assert!(verdict.unwrap().is_valid(), "{protocol}");
        }
    }

    #[test]
    fn each_protocol_misses_its_own_thing() {
        let errors = |credentials: Value, protocol: &str| {
            validate_credentials(&credentials, &json!(protocol)).unwrap().errors
        };
        assert_eq!(errors(json!({"id": "x"}), "vless"), ["Invalid UUID format"]);
        assert_eq!(errors(json!({"id": 5}), "vmess"), ["Invalid UUID format"]);
        assert_eq!(errors(json!({}), "shadowsocks"), ["Password too short (minimum 8 characters)"]);
        assert_eq!(errors(json!({"privateKey": "a"}), "wireguard"), ["Missing key pair"]);
        assert_eq!(errors(Value::Null, "trojan"), ["Password too short (minimum 8 characters)"]);
        assert!(errors(json!({}), "dokodemo-door").is_empty());
        assert!(errors(json!({}), "gopher").is_empty());
    }

    #[test]
    fn without_a_protocol_nothing_can_be_said() {
        for missing in [Value::Null, json!(5)] {
            let error = validate_credentials(&json!({"id": "x"}), &missing).unwrap_err();
            assert_eq!(error.to_string(), "Invalid protocol: must be text");
        }
    }
}
