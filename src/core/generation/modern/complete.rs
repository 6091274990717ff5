//! What a new entry lacks: panels up to 3.0 fill in nothing, newer ones make up what is missing.
//!
//! Must not know: requests.

use serde_json::Value;

use super::super::entry::{self, Entry};
use super::outline::Outline;
use super::roster::Inbound;
use crate::core::credentials::{self, PasswordOptions};
use crate::core::error::Result;
use crate::core::writes::Creation;

/// What a client has that says nothing of it, as JSON text; an identifier for its subscription it always has.
pub(super) const DEFAULTS: [(&str, &str); 8] = [
    ("limitIp", "0"),
    ("totalGB", "0"),
    ("expiryTime", "0"),
    ("tgId", "0"),
    ("reset", "0"),
    ("flow", r#""""#),
    ("comment", r#""""#),
    ("enable", "true"),
];

/// A client as it is to be stored, but for what depends on the inbound.
pub fn with_defaults(mut client: Entry) -> Entry {
    for (name, value) in DEFAULTS {
        client.entry(name).or_insert_with(|| serde_json::from_str(value).unwrap_or_default());
    }
    if entry::text(&client, "subId").is_empty() {
        client.insert("subId".into(), credentials::generate_uuid(&mut rand::rng()).into());
    }
    client
}

/// The same as JSON text. Many are made at once, and lack little.
pub fn text_with_defaults(client: &Creation) -> String {
    let outline = &client.outline;
    let Some(members) = client.text.strip_suffix('}').filter(|_| outline.has_sub_id) else {
        return Value::Object(with_defaults(client.entry())).to_string();
    };
    let mut complete = String::with_capacity(members.len() + 96);
    complete.push_str(members);
    let lacking = DEFAULTS.iter().zip(outline.has_default).filter(|(_, is_there)| !is_there);
    for ((name, value), _) in lacking {
        [",\"", name, "\":", value].into_iter().for_each(|part| complete.push_str(part));
    }
    complete.push('}');
    complete
}

/// Whether the entry has what an inbound knows it by, whatever the inbound: a UUID for what has UUIDs. A password may be one
/// for Shadowsocks, whose inbound says which cipher has to be beside it, or none.
pub fn carries_its_key(client: &Entry) -> bool {
    let mut outline = Outline::default();
    client
        .iter()
        .for_each(|(name, value)| outline.note(name, value.as_str().is_some_and(|text| !text.is_empty())));
    outline.carries_its_key()
}

/// The entry with the credential that this inbound needs, and the cipher where clients have their own.
///
/// # Errors
/// [`crate::core::error::Error::Validation`] for an inbound with a cipher that does not exist.
pub fn for_inbound(inbound: &Inbound, mut entry: Entry) -> Result<Entry> {
    let method = entry::text(&inbound.settings, "method").to_owned();
    let member = match inbound.protocol.as_str() {
        "trojan" | "shadowsocks" => "password",
        "hysteria" | "hysteria2" => "auth",
        _ => "id",
    };
    let own = entry::text(&entry, member);
    // As newer panels replace it: Xray would not start with it.
    let is_no_key = inbound.protocol == "shadowsocks"
        && credentials::is_2022_method(&method)
        && !credentials::is_2022_key(own, &method);
    if own.is_empty() || is_no_key {
        entry.insert(member.into(), made_up(member, &method)?.into());
    }
    if inbound.protocol == "shadowsocks" {
        entry::fit_cipher(&mut entry, &method);
    }
    Ok(entry)
}

fn made_up(member: &str, method: &str) -> Result<String> {
    let rng = &mut rand::rng();
    if member == "id" {
        return Ok(credentials::generate_uuid(rng));
    }
    if credentials::is_2022_method(method) {
        return credentials::generate_shadowsocks2022_psk(rng, method);
    }
    credentials::generate_password(rng, 16, &PasswordOptions::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    fn made_for(protocol: &str, settings: Value) -> Entry {
        let inbound = Inbound {
            id: 1,
            protocol: protocol.into(),
            settings: settings.as_object().unwrap().clone(),
            clients: Vec::new(),
            whole: Map::new(),
        };
        for_inbound(&inbound, with_defaults(Map::new())).unwrap()
    }

    #[test]
    fn the_text_says_what_the_entry_would() {
        let complete = |entry: Value| {
            let entry = entry.as_object().unwrap().clone();
            let text = text_with_defaults(&Creation::of(&entry, vec![1], true));
            (serde_json::from_str::<Entry>(&text).unwrap(), with_defaults(entry))
        };
        for entry in [
            json!({"email": "a", "subId": "s"}),
            json!({"subId": "s", "email": "}", "tgId": "", "enable": false, "limitIp": 3}),
            json!({"subId": "s", "limitIp": 0, "totalGB": 0, "expiryTime": 0, "tgId": 0, "reset": 0, "flow": "",
                "comment": "", "enable": true}),
        ] {
            let (text, entry) = complete(entry);
            assert_eq!(text, entry);
        }
        for nothing in [json!({}), json!({"subId": ""}), json!({"subId": null})] {
            let (text, entry) = complete(nothing);
            assert_eq!(text.keys().collect::<Vec<_>>(), entry.keys().collect::<Vec<_>>());
            assert_eq!(entry::text(&text, "subId").len(), 36, "one of its own");
        }
    }

    #[test]
    fn every_protocol_gets_its_own_credential() {
        assert_eq!(entry::text(&made_for("vless", json!({})), "id").len(), 36);
        assert_eq!(entry::text(&made_for("trojan", json!({})), "password").len(), 16);
        assert_eq!(entry::text(&made_for("hysteria2", json!({})), "auth").len(), 16);
    }

    #[test]
    fn shadowsocks_gets_its_cipher_or_a_key_of_the_right_length() {
        let old = made_for("shadowsocks", json!({"method": "aes-256-gcm"}));
        assert_eq!(entry::text(&old, "method"), "aes-256-gcm");
        let new = made_for("shadowsocks", json!({"method": "2022-blake3-aes-128-gcm"}));
        assert_eq!((entry::text(&new, "password").len(), entry::text(&new, "method")), (24, ""));
        let own = json!({"password": "p", "method": "aes-256-gcm"}).as_object().unwrap().clone();
        let settings = json!({"method": "2022-blake3-aes-128-gcm"}).as_object().unwrap().clone();
        let inbound = Inbound {
            id: 1,
            protocol: "shadowsocks".into(),
            settings,
            clients: Vec::new(),
            whole: Map::new(),
        };
        assert_eq!(entry::text(&for_inbound(&inbound, own).unwrap(), "method"), "", "the inbound's alone");
    }
}
