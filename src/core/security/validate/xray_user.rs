//! What Xray reads of a client: with one that it cannot read, it refuses its whole configuration, and all inbounds are down
//! from its next start on. Panels store most of that without a word.
//!
//! Owns which values those are. Must not know: which methods check them.

use serde_json::{Map, Value};

use crate::core::credentials::is_xray_id;
use crate::core::error::{Error, Result};
use crate::core::security::js_value;

/// Flows that Xray knows, and the one that panels turn into one of them.
const FLOWS: [&str; 3] = ["", "xtls-rprx-vision", "xtls-rprx-vision-udp443"];

/// Checks a client of an inbound of this protocol; of one whose protocol is not known, as if it were any.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::xray_user;
/// let client = json!({"id": "not a UUID, and longer than 30 bytes"}).as_object().unwrap().clone();
/// assert!(xray_user(&client, Some("vless")).is_err());
/// assert!(xray_user(&client, Some("trojan")).is_ok());
/// ```
///
/// # Errors
/// [`Error::Validation`] naming the field and the rule it breaks.
pub fn xray_user(client: &Map<String, Value>, protocol: Option<&str>) -> Result<()> {
    if protocol.is_none_or(|protocol| ["vless", "vmess"].contains(&protocol)) {
        id(client)?;
    }
    if protocol.is_none_or(|protocol| protocol == "vless") {
        flow(client)?;
        reverse(client)?;
    }
    if protocol.map_or_else(|| is_known_by_a_password(client), |protocol| protocol == "trojan") {
        no_flow(client)?;
    }
    Ok(())
}

/// Whether an entry is one of Trojan, or of Shadowsocks, which takes no notice of a flow.
fn is_known_by_a_password(client: &Map<String, Value>) -> bool {
    let has = |name: &str| client.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    has("password") && !has("id") && !has("uuid")
}

fn no_flow(client: &Map<String, Value>) -> Result<()> {
    match client.get("flow").and_then(Value::as_str) {
        Some(flow) if !flow.is_empty() => Err(Error::invalid(
            "flow",
            "Invalid flow: must be empty for a client of Trojan (Xray does not start with one)",
        )),
        _ => Ok(()),
    }
}

fn reverse(client: &Map<String, Value>) -> Result<()> {
    match client.get("reverse") {
        Some(Value::Object(reverse)) if !reverse.get("tag").is_some_and(js_value::truthy) => {
            Err(Error::invalid(
                "reverse",
                "Invalid reverse: must have a tag (Xray does not start with one without)",
            ))
        }
        _ => Ok(()),
    }
}

/// The id as routes take it; `id` is a number, and `uuid` the id, in records that routes answer.
fn id(client: &Map<String, Value>) -> Result<()> {
    let given = ["id", "uuid"].into_iter().filter_map(|name| client.get(name)?.as_str());
    // One that is missing is the panel's to make up, or to refuse.
    match given.filter(|id| !id.is_empty()).find(|id| !is_xray_id(id)) {
        Some(_) => Err(Error::invalid(
            "id",
            "Invalid id: must be a UUID or at most 30 bytes of other text (Xray does not start with another one)",
        )),
        None => Ok(()),
    }
}

fn flow(client: &Map<String, Value>) -> Result<()> {
    match client.get("flow").and_then(Value::as_str) {
        Some(flow) if !FLOWS.contains(&flow) => Err(Error::invalid(
            "flow",
            "Invalid flow: must be xtls-rprx-vision or empty (Xray does not start with another one)",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(client: Value, protocol: Option<&str>) -> Option<String> {
        xray_user(client.as_object().unwrap(), protocol).err().map(|error| error.to_string())
    }

    #[test]
    fn ids_that_keep_xray_from_starting_are_refused_where_xray_reads_them() {
        let long = "a".repeat(31);
        for client in [json!({"id": long}), json!({"id": 7, "uuid": long})] {
            for protocol in [None, Some("vless"), Some("vmess")] {
                let message = refused(client.clone(), protocol).unwrap();
                assert!(message.starts_with("Invalid id: "), "{message}");
                assert!(!message.contains(&long), "a credential is not repeated");
            }
            assert_eq!(refused(client, Some("trojan")), None);
        }
        for id in [json!("short"), json!(""), json!(null), json!(7)] {
            assert_eq!(refused(json!({"id": id}), Some("vless")), None, "{id}");
        }
    }

    #[test]
    fn flows_that_xray_has_forgotten_are_refused() {
        for flow in ["xtls-rprx-splice", "xtls-rprx-direct", "vision"] {
            assert!(refused(json!({"flow": flow}), None).unwrap().starts_with("Invalid flow: "), "{flow}");
        }
        for flow in FLOWS {
            assert_eq!(refused(json!({"flow": flow}), Some("vless")), None, "{flow}");
        }
        assert_eq!(refused(json!({"flow": "x"}), Some("vmess")), None);
    }

    #[test]
    fn a_client_of_trojan_has_no_flow_and_a_reverse_proxy_has_a_tag() {
        let trojan = json!({"password": "p", "flow": "xtls-rprx-vision"});
        for protocol in [None, Some("trojan")] {
            assert!(refused(trojan.clone(), protocol).unwrap().starts_with("Invalid flow: "), "{protocol:?}");
        }
        assert_eq!(refused(trojan, Some("shadowsocks")), None);
        assert_eq!(refused(json!({"password": "p", "id": "u", "flow": "xtls-rprx-vision"}), None), None);
        assert!(refused(json!({"reverse": {"tag": ""}}), None).unwrap().starts_with("Invalid reverse: "));
        for reverse in [json!({"tag": "r"}), json!(null)] {
            assert_eq!(refused(json!({"reverse": reverse}), Some("vless")), None);
        }
    }
}
