//! The final form of a configuration: ready for `inbounds/add`.
//!
//! Owns what makes an inbound that was built one that works: it is on, and its clients have no flow where the inbound
//! cannot carry one (a client with one could not connect).

use serde_json::{Map, Value};

/// The configuration as the panel takes it: settings as text, and on unless it was switched off.
///
/// ```
/// use serde_json::json;
/// use threexui::core::inbound::built;
/// let inbound = built(&json!({"protocol": "vless", "settings": {"clients": []}}));
/// assert_eq!(inbound["settings"], r#"{"clients":[]}"#);
/// assert_eq!(inbound["enable"], true);
/// ```
pub fn built(config: &Value) -> Value {
    let Value::Object(config) = config else { return config.clone() };
    let mut inbound = config.clone();
    if !carries_flow(config) {
        drop_flows(&mut inbound);
    }
    for name in ["settings", "streamSettings"] {
        if let Some(settings) = inbound.get_mut(name).filter(|value| value.is_object()) {
            *settings = Value::String(settings.to_string());
        }
    }
    inbound.entry("enable").or_insert(Value::Bool(true));
    Value::Object(inbound)
}

/// Only vless over tcp with TLS or REALITY carries a flow in every version.
fn carries_flow(config: &Map<String, Value>) -> bool {
    let stream = |name: &str| config.get("streamSettings").and_then(|s| s.get(name)).and_then(Value::as_str);
    matches!(stream("network"), None | Some("tcp" | "raw"))
        && matches!(stream("security"), Some("tls" | "reality"))
}

fn drop_flows(inbound: &mut Map<String, Value>) {
    let clients =
        inbound.get_mut("settings").and_then(|s| s.get_mut("clients")).and_then(Value::as_array_mut);
    for client in clients.into_iter().flatten() {
        if let Some(flow) = client.get_mut("flow") {
            *flow = Value::String(String::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn flow_of(security: &str) -> Value {
        let config = json!({
            "settings": {"clients": [{"flow": "xtls-rprx-vision"}]},
            "streamSettings": {"network": "tcp", "security": security},
        });
        let settings = built(&config)["settings"].as_str().map(serde_json::from_str::<Value>);
        settings.unwrap().unwrap()["clients"][0]["flow"].clone()
    }

    #[test]
    fn a_flow_stays_only_where_it_works() {
        assert_eq!(flow_of("reality"), "xtls-rprx-vision");
        assert_eq!(flow_of("none"), "");
    }

    #[test]
    fn an_inbound_that_was_switched_off_stays_off() {
        assert_eq!(built(&json!({"enable": false}))["enable"], false);
    }
}
