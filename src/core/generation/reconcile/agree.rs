//! Whether what a panel holds is what a caller sent, across the forms in which panels write the same thing.
//!
//! Must not know: routes.

use serde_json::{Map, Value};

/// Whether every member that was sent is stored as it was sent. What was not sent may be anything.
pub fn has_all(sent: &Map<String, Value>, stored: &Value) -> bool {
    sent.iter().all(|(name, value)| agree(value, stored.get(name).unwrap_or(&Value::Null)))
}

/// Whether a value is stored as it was sent: numbers and switches may come as text, objects as JSON text, and what is empty
/// may be left out.
pub fn agree(sent: &Value, stored: &Value) -> bool {
    match (sent, stored) {
        (Value::Object(sent), Value::Object(_)) => has_all(sent, stored),
        (Value::Array(sent), Value::Array(stored)) => {
            sent.len() == stored.len() && sent.iter().zip(stored).all(|(one, other)| agree(one, other))
        }
        (Value::String(text), Value::Object(_) | Value::Array(_)) => {
            serde_json::from_str(text).is_ok_and(|sent: Value| agree(&sent, stored))
        }
        (Value::Object(_) | Value::Array(_), Value::String(text)) => {
            serde_json::from_str(text).is_ok_and(|stored: Value| agree(sent, &stored))
        }
        (Value::String(one), Value::String(other)) if one != other => {
            let (one, other) = (serde_json::from_str::<Value>(one), serde_json::from_str::<Value>(other));
            matches!((one, other), (Ok(one), Ok(other)) if !one.is_string() && agree(&one, &other))
        }
        _ => sent == stored || plain(sent) == plain(stored),
    }
}

/// A value that is no object or list as text, and the same text for all that says nothing.
fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => String::new(),
        Value::Bool(false) => String::new(),
        Value::Bool(true) => "true".to_owned(),
        Value::Number(number) if number.as_f64() == Some(0.0) => String::new(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if ["0", "false", "null"].contains(&text.as_str()) => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => String::new(),
        Value::Object(members) if members.is_empty() => String::new(),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_same_is_the_same_in_whichever_form_a_panel_writes_it() {
        for (sent, stored) in [
            (json!({"a": 1}), json!({"a": 1, "b": 2})),
            (json!({"a": "1"}), json!({"a": 1})),
            (json!({"tgId": "", "enable": "true"}), json!({"tgId": 0, "enable": true})),
            (json!({"comment": "", "reset": 0}), json!({})),
            (
                json!({"settings": {"clients": [{"email": "a"}]}}),
                json!({"settings": "{\"clients\":[{\"email\":\"a\",\"x\":1}]}"}),
            ),
            (json!({"settings": "{\"x\": 1}"}), json!({"settings": {"x": 1}})),
            (json!({"settings": "{\"x\": 1}"}), json!({"settings": "{\"x\":1,\"y\":2}"})),
        ] {
            assert!(agree(&sent, &stored), "{sent} and {stored}");
        }
        for (sent, stored) in [
            (json!({"a": 1}), json!({"a": 2})),
            (json!({"a": "x"}), json!({})),
            (json!({"list": [1]}), json!({"list": [1, 2]})),
            (json!({"enable": true}), json!({"enable": false})),
            (json!({"settings": {"x": 1}}), json!({"settings": "no JSON"})),
        ] {
            assert!(!agree(&sent, &stored), "{sent} and {stored}");
        }
    }
}
