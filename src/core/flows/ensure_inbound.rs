//! `ensureInbound`: the inbound that is there already, or none.
//!
//! Must not know: how the calls are made.

use serde_json::Value;

use crate::core::error::{Error, Result};

/// The inbound of a list (`getInbounds`' answer) that stands where the wanted one would: on its port and address.
///
/// # Errors
/// [`Error::Validation`] when another protocol is there, which is not to be replaced without a word.
pub fn inbound_in_place<'a>(list: &'a Value, wanted: &Value) -> Result<Option<&'a Value>> {
    let port = |inbound: &Value| {
        inbound.get("port").and_then(|port| port.as_i64().or_else(|| port.as_str()?.parse().ok()))
    };
    let listen =
        |inbound: &Value| inbound.get("listen").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(wanted_port) = port(wanted) else {
        return Err(Error::invalid("port", "Invalid port: an inbound is found by its port"));
    };
    let inbounds = list.get("obj").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is_there = |inbound: &&Value| port(inbound) == Some(wanted_port) && listen(inbound) == listen(wanted);
    let Some(found) = inbounds.iter().find(is_there) else { return Ok(None) };
    let (has, wants) = (found.get("protocol"), wanted.get("protocol"));
    if wants.is_some_and(|wants| has != Some(wants)) {
        let protocol = has.and_then(Value::as_str).unwrap_or("another protocol");
        let message = format!("Invalid port: {wanted_port} is taken by an inbound of {protocol}");
        return Err(Error::invalid("port", message));
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_found_by_port_and_address_and_has_to_be_of_the_protocol() {
        let list = json!({"obj": [{"id": 1, "port": 443, "listen": "", "protocol": "vless"}]});
        let find = |wanted: Value| inbound_in_place(&list, &wanted).map(|found| found.is_some());
        let is_there = |wanted: Value| find(wanted).unwrap();
        assert!(is_there(json!({"port": "443", "protocol": "vless"})));
        assert!(!is_there(json!({"port": 444, "protocol": "vless"})));
        assert!(!is_there(json!({"port": 443, "listen": "127.0.0.1", "protocol": "vless"})));
        let error = find(json!({"port": 443, "protocol": "trojan"})).unwrap_err();
        assert_eq!(error.to_string(), "Invalid port: 443 is taken by an inbound of vless");
    }
}
