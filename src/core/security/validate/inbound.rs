//! Bodies of inbound calls.
//!
//! Owns their outer form: where an inbound listens, and that nested objects travel as JSON text. Must not know: what is inside the
//! nested objects.

use serde_json::{Map, Value};

use super::ids::inbound_id;
use crate::core::{
    error::{Error, Result},
    security::js_value::truthy,
};

/// Fields the panel stores as JSON text. Panels before 3.1 take nothing else.
const NESTED: [&str; 4] = ["settings", "streamSettings", "sniffing", "allocate"];

/// A port: a whole number (no text) from 1 to 65535.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::port;
/// assert_eq!(port(&json!(443)).unwrap(), 443);
/// assert_eq!(port(&json!("443")).unwrap_err().to_string(), "Invalid port: must be an integer between 1 and 65535");
/// ```
pub fn port(value: &Value) -> Result<u16> {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && (1.0..=65_535.0).contains(&number) => Ok(number as u16),
        _ => Err(Error::invalid("port", "Invalid port: must be an integer between 1 and 65535")),
    }
}

/// Checks where an inbound listens: on a port from 1 to 65535, or on a unix socket (a path, or an abstract name after `@`),
/// whose port is 0. What is not named is not checked.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::listener;
/// assert!(listener(Some(&json!("/run/x.sock")), Some(&json!(0))).is_ok());
/// assert!(listener(Some(&json!("127.0.0.1")), Some(&json!(0))).is_err());
/// ```
pub fn listener(listen: Option<&Value>, given: Option<&Value>) -> Result<()> {
    match given {
        None => Ok(()),
        Some(zero) if zero.as_f64() == Some(0.0) && listen.is_some_and(is_unix_socket) => Ok(()),
        Some(number) => port(number).map(drop),
    }
}

/// Whether an inbound listens on a unix socket, and so on no port.
pub fn is_unix_socket(listen: &Value) -> bool {
    listen.as_str().is_some_and(|listen| listen.starts_with(['/', '@']))
}

/// The body of `addInbound` and `updateInbound`: port and protocol checked, nested objects turned into JSON text.
pub fn inbound_config(config: Value) -> Result<Value> {
    let Value::Object(mut config) = config else {
        return Err(Error::invalid("config", "Invalid inbound config"));
    };
    listener(config.get("listen"), config.get("port"))?;
    if config.get("protocol").is_some_and(|protocol| truthy(protocol) && !protocol.is_string()) {
        return Err(Error::invalid("protocol", "Invalid protocol"));
    }
    for field in NESTED {
        nested_to_text(&mut config, field);
    }
    Ok(Value::Object(config))
}

/// The outer form of the body of `addClient` and `updateClient`: the inbound's id, and settings as JSON text. An id
/// that came as text becomes a number: panels refuse the body otherwise.
pub fn client_config(config: Value) -> Result<Value> {
    let mut config = match config {
        Value::Object(config) => config,
        // A list is an object to JavaScript; what it lacks is said.
        Value::Array(_) => Map::new(),
        _ => return Err(Error::invalid("config", "Invalid client config")),
    };
    if !matches!(config.get("id"), Some(Value::Number(_) | Value::String(_))) {
        return Err(Error::invalid("id", "Invalid client config: id is required"));
    }
    if let Some(id) = config.get_mut("id").filter(|id| id.is_string())
        && let Ok(number) = inbound_id("id", id)
    {
        *id = Value::from(number);
    }
    nested_to_text(&mut config, "settings");
    Ok(Value::Object(config))
}

fn nested_to_text(config: &mut Map<String, Value>, field: &str) {
    if let Some(value) = config.get_mut(field)
        && truthy(value)
        && !value.is_string()
    {
        *value = Value::String(value.to_string());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ports_outside_the_range_or_of_another_kind_are_refused() {
        for value in [json!(0), json!(65_536), json!(1.5), json!("443"), json!(null), json!(-1), json!([1])] {
            assert!(inbound_config(json!({"port": value})).is_err(), "{value}");
        }
        assert!(inbound_config(json!({"remark": "no port"})).is_ok());
    }

    #[test]
    fn no_port_is_needed_on_a_unix_socket() {
        for listen in ["/run/x.sock", "@x", "@@x"] {
            assert!(inbound_config(json!({"listen": listen, "port": 0})).is_ok(), "{listen}");
            assert!(inbound_config(json!({"listen": listen, "port": 443})).is_ok(), "{listen}");
            assert!(inbound_config(json!({"listen": listen, "port": -1})).is_err(), "{listen}");
        }
        for listen in [json!(""), json!("127.0.0.1"), json!(null), json!(5)] {
            let error = inbound_config(json!({"listen": listen, "port": 0})).unwrap_err().to_string();
            assert_eq!(error, "Invalid port: must be an integer between 1 and 65535", "{listen}");
        }
    }

    #[test]
    fn nested_objects_become_text_and_text_stays() {
        let config = json!({
            "port": 443, "protocol": "vless", "settings": {"clients": []}, "streamSettings": "{}",
            "sniffing": {"enabled": true}, "allocate": null, "remark": {"kept": 1}
        });
        assert_eq!(
            inbound_config(config).unwrap().to_string(),
            concat!(
                r#"{"port":443,"protocol":"vless","settings":"{\"clients\":[]}","streamSettings":"{}","#,
                r#""sniffing":"{\"enabled\":true}","allocate":null,"remark":{"kept":1}}"#
            )
        );
    }

    #[test]
    fn what_is_no_object_is_no_config() {
        for value in [json!(null), json!("x"), json!(5)] {
            assert_eq!(inbound_config(value.clone()).unwrap_err().to_string(), "Invalid inbound config");
            assert_eq!(client_config(value).unwrap_err().to_string(), "Invalid client config");
        }
        assert_eq!(inbound_config(json!([])).unwrap_err().to_string(), "Invalid inbound config");
        let lacking = client_config(json!([])).unwrap_err().to_string();
        assert_eq!(lacking, "Invalid client config: id is required");
        assert_eq!(inbound_config(json!({"protocol": 5})).unwrap_err().to_string(), "Invalid protocol");
    }

    #[test]
    fn a_client_body_needs_the_id_of_its_inbound() {
        for id in [json!(null), json!(true), json!({})] {
            let error = client_config(json!({"id": id})).unwrap_err();
            assert_eq!(error.to_string(), "Invalid client config: id is required");
        }
        assert_eq!(
            client_config(json!({"id": "10"})).unwrap(),
            json!({"id": 10}),
            "text as web forms send it"
        );
        assert_eq!(client_config(json!({"id": "x"})).unwrap(), json!({"id": "x"}), "for the panel to refuse");
        assert_eq!(
            client_config(json!({"id": 1, "settings": {}})).unwrap(),
            json!({"id": 1, "settings": "{}"})
        );
    }
}
