//! One client in its shapes: the entry in an inbound's settings (which is also what routes take, the "wire"), and
//! the record that the routes of the client table answer.
//!
//! Must not know: requests.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Map, Number, Value};

use crate::core::credentials::client_cipher;
use crate::core::error::{Error, Result};
use crate::core::json_text::push_text;

/// An entry of `settings.clients`.
pub type Entry = Map<String, Value>;

/// An inbound's settings, whether the panel sent them as text (up to 3.0) or as an object.
pub fn settings_of(inbound: &Value) -> Option<Map<String, Value>> {
    match inbound.get("settings")? {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Object(settings) => Some(settings.clone()),
        _ => None,
    }
}

/// The clients of an inbound.
pub fn clients_of(inbound: &Value) -> Vec<Entry> {
    let Some(Value::Array(clients)) = settings_of(inbound).and_then(|mut s| s.remove("clients")) else {
        return Vec::new();
    };
    clients
        .into_iter()
        .filter_map(|client| if let Value::Object(entry) = client { Some(entry) } else { None })
        .collect()
}

/// The text of a member, empty when it has none.
pub fn text<'a>(entry: &'a Entry, name: &str) -> &'a str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What tells two clients of one name apart; empty where the panel is to make it up.
pub fn credential(entry: &Entry) -> &str {
    let all = ["id", "password", "auth"].iter().map(|name| text(entry, name));
    all.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// What the old routes know a client by, which depends on the inbound's protocol.
pub fn key_member(protocol: &str) -> &'static str {
    match protocol {
        "trojan" => "password",
        "shadowsocks" | "mtproto" | "wireguard" => "email",
        "hysteria" | "hysteria2" => "auth",
        _ => "id",
    }
}

/// The client of an inbound that an old route would take `key` for.
pub fn find_by_key(inbound: &Value, key: &str) -> Option<Entry> {
    let member = key_member(inbound.get("protocol").and_then(Value::as_str).unwrap_or_default());
    clients_of(inbound).into_iter().find(|entry| text(entry, member) == key)
}

/// Gives the entry of a Shadowsocks client the cipher that its inbound, which has this one, asks for; says whether it changed
/// anything. See [`client_cipher`].
pub fn fit_cipher(client: &mut Entry, of_inbound: &str) -> bool {
    let own = text(client, "method");
    let fitting = client_cipher(own, of_inbound);
    if fitting == own {
        return false;
    }
    let fitting = fitting.into();
    client.insert("method".to_owned(), fitting);
    true
}

/// A record as the wire takes it back: posted unchanged, it is refused.
pub fn wire_of_record(record: &Value) -> Option<Entry> {
    let mut wire = record.as_object()?.clone();
    wire.shift_remove("id");
    for (from, to) in [("uuid", "id"), ("createdAt", "created_at"), ("updatedAt", "updated_at")] {
        if let Some(value) = wire.shift_remove(from) {
            wire.insert(to.to_owned(), value);
        }
    }
    if let Some(Value::String(joined)) = wire.get("allowedIPs") {
        let list = joined.split(',').map(str::trim).filter(|ip| !ip.is_empty()).map(Value::from).collect();
        wire.insert("allowedIPs".into(), Value::Array(list));
    }
    for (name, none) in [("allowedIPs", Value::Null), ("reverse", Value::Null)] {
        if wire.get(name) == Some(&none) {
            wire.shift_remove(name);
        }
    }
    Some(wire)
}

/// An entry as a record: what the routes of the client table would answer of it.
pub fn record_of_entry(entry: &Entry) -> Map<String, Value> {
    let or = |name: &str, none: Value| entry.get(name).cloned().unwrap_or(none);
    let mut record = Map::new();
    record.insert("email".into(), or("email", "".into()));
    record.insert("subId".into(), or("subId", "".into()));
    record.insert("uuid".into(), or("id", "".into()));
    for name in ["password", "auth", "flow", "security"] {
        record.insert(name.into(), or(name, "".into()));
    }
    for name in ["limitIp", "totalGB", "expiryTime"] {
        record.insert(name.into(), or(name, 0.into()));
    }
    record.insert("enable".into(), or("enable", true.into()));
    record.insert("tgId".into(), or("tgId", 0.into()));
    record.insert("comment".into(), or("comment", "".into()));
    record.insert("reset".into(), or("reset", 0.into()));
    record.insert("createdAt".into(), or("created_at", 0.into()));
    record.insert("updatedAt".into(), or("updated_at", 0.into()));
    record
}

/// Makes an entry fit for the routes of the client table, which take numbers only where the old routes also took
/// text: `tgId: ""` is what the guide writes.
///
/// # Errors
/// [`Error::Validation`] for a text that is no number.
pub fn with_numbers(mut entry: Entry) -> Result<Entry> {
    for name in ["tgId", "limitIp", "totalGB", "expiryTime", "reset"] {
        if let Some(Value::String(text)) = entry.get(name) {
            let number = number_in(text).ok_or_else(|| {
                Error::invalid(
                    name,
                    format!("Invalid {name}: \"{text}\" is no number, and this panel takes nothing else"),
                )
            })?;
            entry.insert(name.to_owned(), Value::Number(number));
        }
    }
    Ok(entry)
}

fn number_in(text: &str) -> Option<Number> {
    match text.trim() {
        "" => Some(0.into()),
        digits => digits.parse::<i64>().ok().map(Number::from),
    }
}

/// About how long an entry is as text within text.
const ROOM: usize = 512;

/// The body of `clients/add` from the entry as JSON text.
pub fn text_to_be_added(entry: &str, inbounds: &[i64]) -> String {
    let mut body = String::with_capacity(entry.len() + 64);
    push_to_be_added(&mut body, entry, inbounds);
    body
}

/// The body of `bulkCreate`, into one piece of memory: it may hold a thousand.
pub fn texts_to_be_added<'a>(items: &[(Cow<'a, str>, &'a [i64])]) -> String {
    let mut body = String::with_capacity(items.len() * ROOM);
    let mut separator = '[';
    for (entry, inbounds) in items {
        body.push(separator);
        separator = ',';
        push_to_be_added(&mut body, entry, inbounds);
    }
    body.push(']');
    body
}

fn push_to_be_added(body: &mut String, entry: &str, inbounds: &[i64]) {
    let inbounds = Value::from(inbounds).to_string();
    for part in [r#"{"client":"#, entry, r#","inboundIds":"#, &inbounds, "}"] {
        body.push_str(part);
    }
}

/// The body of `addClient` from entries as JSON text, which in it is text within text; into one piece of memory as well.
pub fn text_for_inbound<'a>(inbound: i64, entries: impl ExactSizeIterator<Item = Cow<'a, str>>) -> String {
    let mut body = String::with_capacity(entries.len() * ROOM);
    // Writing into a String cannot fail.
    let _ = write!(body, r#"{{"id":{inbound},"settings":"{{\"clients\":"#);
    let mut separator = '[';
    for entry in entries {
        body.push(separator);
        separator = ',';
        push_text(&mut body, &entry);
    }
    body.push_str(r#"]}"}"#);
    body
}

/// The argument of `clients/add`, and one of `bulkCreate`'s; written so, as `json!` would copy the entry.
pub fn to_be_added(client: Entry, inbounds: impl Into<Value>) -> Value {
    let members = [("client", Value::Object(client)), ("inboundIds", inbounds.into())];
    Value::Object(members.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(value: Value) -> Entry {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn settings_are_read_as_text_and_as_object() {
        for settings in [json!({"clients": [{"email": "a"}]}), json!("{\"clients\":[{\"email\":\"a\"}]}")] {
            assert_eq!(clients_of(&json!({ "settings": settings })).len(), 1);
        }
        assert!(clients_of(&json!({ "settings": "" })).is_empty());
    }

    #[test]
    fn a_client_is_found_by_what_its_protocol_is_known_by() {
        let inbound =
            json!({"protocol": "trojan", "settings": {"clients": [{"password": "p", "email": "e"}]}});
        assert!(find_by_key(&inbound, "p").is_some());
        assert!(find_by_key(&inbound, "e").is_none());
    }

    #[test]
    fn an_entry_gets_a_cipher_only_where_it_needs_another_one() {
        let mut client = entry(json!({"email": "a"}));
        assert!(!fit_cipher(&mut client, "2022-blake3-aes-128-gcm"));
        assert!(fit_cipher(&mut client, "aes-256-gcm"));
        assert_eq!(text(&client, "method"), "aes-256-gcm");
        assert!(!fit_cipher(&mut client, "aes-256-gcm"));
    }

    #[test]
    fn a_record_goes_back_as_wire() {
        let record = json!({"id": 7, "uuid": "u", "email": "e", "allowedIPs": "a, b", "reverse": null, "createdAt": 5});
        let wire = wire_of_record(&record).unwrap();
        assert_eq!(
            Value::Object(wire),
            json!({"email": "e", "allowedIPs": ["a", "b"], "id": "u", "created_at": 5})
        );
    }

    #[test]
    fn bodies_for_several_are_written_as_if_they_were_made_of_values() {
        let entries =
            [json!({"email": "a\"\\\n", "id": "x"}), json!({"email": "\u{fc}", "level": [1, {"b": 2}]})];
        let texts = || entries.iter().map(|entry| Cow::Owned(entry.to_string()));
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let settings = json!({ "clients": entries }).to_string();
        assert_eq!(read(&text_for_inbound(7, texts())), json!({ "id": 7, "settings": settings }));
        let items: Vec<_> = texts().map(|text| (text, [1, 2].as_slice())).collect();
        let wanted: Vec<Value> =
            entries.iter().map(|entry| json!({ "client": entry, "inboundIds": [1, 2] })).collect();
        assert_eq!(read(&texts_to_be_added(&items)), json!(wanted));
        assert_eq!(read(&text_to_be_added(&items[0].0, &[1, 2])), wanted[0]);
    }

    #[test]
    fn text_becomes_the_numbers_that_it_is() {
        let made = with_numbers(entry(json!({"tgId": "", "limitIp": "2"}))).unwrap();
        assert_eq!(Value::Object(made), json!({"tgId": 0, "limitIp": 2}));
        let error = with_numbers(entry(json!({"tgId": "@me"}))).unwrap_err();
        assert!(error.to_string().contains("tgId"), "{error}");
    }
}
