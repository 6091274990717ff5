//! Ids: of inbounds, of clients, and the credential each protocol cannot do without.
//!
//! Owns their form. Must not know: whether the thing exists.

use serde_json::Value;

use crate::core::{
    credentials::is_uuid,
    error::{Error, Result},
    security::js_value,
    units::MAX_SAFE_INTEGER,
};

/// The id of an inbound: a positive whole number, as a number or as text.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::inbound_id;
/// assert_eq!(inbound_id("inboundId", &json!("3")).unwrap(), 3);
/// assert!(inbound_id("inboundId", &json!(0)).is_err());
/// ```
pub fn inbound_id(field: &str, id: &Value) -> Result<u64> {
    let number = match id {
        Value::Number(_) => js_value::to_number(id),
        Value::String(text) if js_value::trim(text).bytes().all(|b| b.is_ascii_digit()) => {
            js_value::to_number(id)
        }
        _ => f64::NAN,
    };
    if number.fract() == 0.0 && (1.0..=MAX_SAFE_INTEGER as f64).contains(&number) {
        return Ok(number as u64);
    }
    Err(Error::invalid(field, format!("Invalid {field}: must be a positive whole number")))
}

/// A body with the ids in its `inboundIds` as numbers, which is all that panels take; what is none stays for the panel
/// to refuse.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::numeric_inbounds;
/// assert_eq!(numeric_inbounds(json!({"inboundIds": ["1", 2, "x"]})), json!({"inboundIds": [1, 2, "x"]}));
/// ```
pub fn numeric_inbounds(mut body: Value) -> Value {
    if let Some(Value::Array(ids)) = body.get_mut("inboundIds") {
        for id in ids.iter_mut().filter(|id| id.is_string()) {
            if let Ok(number) = inbound_id("inboundIds", id) {
                *id = Value::from(number);
            }
        }
    }
    body
}

/// A name that stands in a path: it must not be missing, or the path would be another one.
///
/// ```
/// use threexui::core::security::validate::path_name;
/// assert_eq!(path_name("email", "").unwrap_err().to_string(), "Invalid email: must not be empty");
/// ```
pub fn path_name(field: &str, text: &str) -> Result<String> {
    if text.trim().is_empty() {
        return Err(Error::invalid(field, format!("Invalid {field}: must not be empty")));
    }
    Ok(text.to_owned())
}

/// A UUID of any version.
///
/// ```
/// use threexui::core::security::validate::uuid;
/// assert!(uuid("id", "ecc322b8-a458-4583-ac98-e343aefb5ac5").is_ok());
/// assert_eq!(uuid("id", "abc").unwrap_err().to_string(), "Invalid id: must be a UUID");
/// ```
pub fn uuid(field: &str, text: &str) -> Result<()> {
    if is_uuid(text) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("Invalid {field}: must be a UUID")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_inbound_id_is_a_number_or_its_digits() {
        for (id, expected) in [(json!(7), 7), (json!(7.0), 7), (json!("12"), 12), (json!(" 5 "), 5)] {
            assert_eq!(inbound_id("inboundId", &id).unwrap(), expected);
        }
    }

    #[test]
    fn anything_else_is_no_inbound_id() {
        for id in [
            json!(0),
            json!(-1),
            json!(1.5),
            json!(""),
            json!("3a"),
            json!("0x3"),
            json!(null),
            json!(true),
            json!([3]),
        ] {
            let error = inbound_id("inboundId", &id).unwrap_err();
            assert_eq!(error.to_string(), "Invalid inboundId: must be a positive whole number", "{id}");
        }
    }
}
