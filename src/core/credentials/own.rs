//! What the caller brings along: numbers, addresses, and credentials of their own.
//!
//! Owns how each is read and what is refused. Must not know: which protocol asks.

use serde_json::{Number, Value};

use super::{
    password::password_length,
    plan::{Given, SecretKind},
    shadowsocks, x25519,
};
use crate::core::{
    error::{Error, Result},
    security::{js_value, validate},
    units::js_number,
};

/// Only text counts as an id of the caller's: rows of a database often carry a number of that name.
pub(super) fn uuid(options: &Value, given: Given) -> Result<(String, SecretKind)> {
    match options.get("id") {
        Some(Value::String(id)) if given == Given::Kept && !id.is_empty() => {
            validate::uuid("id", id)?;
            Ok((id.clone(), SecretKind::Fixed))
        }
        _ => Ok((String::new(), SecretKind::Uuid)),
    }
}

/// A password of the caller's, or the length of the one to make.
pub(super) fn password(
    own: Option<String>,
    options: &Value,
    usual_length: usize,
) -> Result<(String, SecretKind)> {
    if let Some(password) = own {
        return Ok((password, SecretKind::Fixed));
    }
    let length = match given_number(options, "passwordLength") {
        Some(length) => password_length("passwordLength", length)?,
        None => 0,
    };
    Ok((String::new(), SecretKind::Password(if length == 0 { usual_length } else { length })))
}

/// Newer panels silently replace a key of the wrong length, and the caller would be left with one that is not in use.
pub(super) fn psk(own: Option<String>, method: &str) -> Result<(String, SecretKind)> {
    let length = shadowsocks::known_psk_length(method)?;
    match own {
        Some(key) if shadowsocks::is_psk(&key, length) => Ok((key, SecretKind::Fixed)),
        Some(_) => {
            let message = format!("Invalid password: {method} needs a key of {length} bytes in base64");
            Err(Error::invalid("password", message))
        }
        None => Ok((String::new(), SecretKind::Psk(length))),
    }
}

/// A key pair of the caller's; the public half may be missing.
pub(super) fn keys(private: Option<String>, public: Option<String>) -> Result<(String, String, SecretKind)> {
    let Some(private) = private else {
        return Ok((String::new(), String::new(), SecretKind::KeyPair));
    };
    let derived = x25519::wireguard_public_key(&private).ok_or_else(|| {
        Error::invalid("privateKey", "Invalid privateKey: must be a key of 32 bytes in base64")
    })?;
    match public {
        Some(public) if public != derived => {
            Err(Error::invalid("publicKey", "Invalid publicKey: does not belong to the privateKey"))
        }
        _ => Ok((private, derived, SecretKind::Fixed)),
    }
}

/// The addresses of a WireGuard client.
pub(super) fn addresses(options: &Value) -> Result<Vec<String>> {
    match js_value::given(options, "allowedIPs") {
        None => Ok(vec!["10.0.0.2/32".to_owned()]),
        // The panel gives the list back as text with commas.
        Some(Value::String(text)) => {
            Ok(text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
        }
        Some(Value::Array(items)) => items.iter().map(address).collect(),
        Some(_) => Err(address_rule()),
    }
}

fn address(item: &Value) -> Result<String> {
    item.as_str().map(str::to_owned).ok_or_else(address_rule)
}

fn address_rule() -> Error {
    Error::invalid("allowedIPs", "Invalid allowedIPs: must be a list of addresses like 10.0.0.2/32")
}

/// The option `key` as a number.
pub(super) fn number(options: &Value, key: &str, otherwise: u32) -> Result<Number> {
    let Some(value) = given_number(options, key) else { return Ok(Number::from(otherwise)) };
    match js_number(js_value::to_number(value)) {
        Value::Number(number) if value.is_number() || value.is_string() => Ok(number),
        _ => Err(Error::invalid(key, format!("Invalid {key}: must be a number"))),
    }
}

/// A number that is none comes as its name; as an option it counts as missing, as in `options.key || other`.
fn given_number<'a>(options: &'a Value, key: &str) -> Option<&'a Value> {
    js_value::given(options, key).filter(|value| *value != "NaN")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_may_be_text_and_what_is_none_counts_as_missing() {
        let read = |value: Value| number(&json!({"level": value}), "level", 7).map(|n| n.to_string());
        assert_eq!(read(json!("3")).unwrap(), "3");
        assert_eq!(read(json!(2.0)).unwrap(), "2");
        for missing in [json!(null), json!(0), json!(""), json!(false), json!("NaN")] {
            assert_eq!(read(missing).unwrap(), "7");
        }
        for wrong in [json!("high"), json!(true), json!([1]), json!("Infinity")] {
            assert_eq!(read(wrong).unwrap_err().to_string(), "Invalid level: must be a number");
        }
    }

    #[test]
    fn a_missing_public_half_is_worked_out() {
        let private = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=".to_owned();
        let (_, public, _) = keys(Some(private), None).unwrap();
        assert_eq!(public, "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=");
    }

    #[test]
    fn addresses_come_as_a_list_or_as_text_with_commas() {
        let read = |value: Value| addresses(&json!({ "allowedIPs": value }));
        assert_eq!(read(json!(["a", "b"])).unwrap(), ["a", "b"]);
        assert_eq!(read(json!("a, b,")).unwrap(), ["a", "b"]);
        assert_eq!(read(json!(null)).unwrap(), ["10.0.0.2/32"]);
        assert!(read(json!({"a": 1})).is_err());
    }
}
