//! `getClientIps`: a list of addresses, however the panel writes them.
//!
//! Must not know: how the call is made.

use serde_json::Value;

/// The answer with `obj` as a list of addresses. Panels write JSON text (up to 2.8.10), `address (time)` (to 3.3),
/// objects with `ip` (from 3.4 on), and `No IP Record` for nothing.
pub fn normalise_ips(mut answer: Value) -> Value {
    if let Some(envelope) = answer.as_object_mut() {
        let addresses = addresses(envelope.get("obj"));
        envelope.insert("obj".into(), Value::Array(addresses));
    }
    answer
}

fn addresses(given: Option<&Value>) -> Vec<Value> {
    match given {
        Some(Value::Array(list)) => list.iter().filter_map(address).map(Value::from).collect(),
        Some(Value::String(text)) => {
            addresses(serde_json::from_str::<Value>(text).ok().filter(Value::is_array).as_ref())
        }
        _ => Vec::new(),
    }
}

fn address(given: &Value) -> Option<&str> {
    let text = given.get("ip").unwrap_or(given).as_str()?;
    text.split(" (").next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ips(obj: Value) -> Value {
        normalise_ips(json!({"success": true, "msg": "", "obj": obj})).get("obj").cloned().unwrap()
    }

    #[test]
    fn every_panel_s_way_of_writing_addresses_gives_the_same_list() {
        let expected = json!(["1.2.3.4"]);
        assert_eq!(ips(json!("[\"1.2.3.4\"]")), expected);
        assert_eq!(ips(json!("[{\"ip\":\"1.2.3.4\",\"timestamp\":5}]")), expected);
        assert_eq!(ips(json!(["1.2.3.4 (2026-01-02 15:04:05)"])), expected);
        assert_eq!(ips(json!([{"ip": "1.2.3.4", "time": "", "node": ""}])), expected);
    }

    #[test]
    fn nothing_is_an_empty_list() {
        for obj in [json!("No IP Record"), json!(null), json!([]), json!("")] {
            assert_eq!(ips(obj), json!([]));
        }
    }
}
