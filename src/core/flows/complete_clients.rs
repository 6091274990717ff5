//! `addClient` with the option `autoGenerateCredentials`: clients without a credential get one.
//!
//! Owns what a client lacks, and which credential the protocol of its inbound asks for. Must not know: how the calls
//! are made.

use rand::CryptoRng;
use serde_json::{Map, Value, json};

use crate::core::credentials::{generate_for_protocol, is_2022_method};
use crate::core::error::{Error, Result};
use crate::core::generation::{clients_of, fit_cipher, settings_of, text_of};
use crate::core::security::validate::client_body;

/// What a client may be known to its inbound by.
const CREDENTIALS: [&str; 3] = ["id", "password", "auth"];

fn lacks(client: &Map<String, Value>) -> bool {
    CREDENTIALS.iter().all(|name| text_of(client, name).is_empty())
}

/// Whether a body of `addClient` has a client without any credential.
///
/// # Errors
/// Those of the body itself.
pub fn lacks_credentials(body: Value) -> Result<bool> {
    Ok(clients_of(&client_body(body)?).iter().any(lacks))
}

/// The body with what its clients lack, by the protocol of their inbound (`getInbound`'s answer), and all clients as
/// they will be sent. What a client has of its own stays.
///
/// # Errors
/// Those of the body; [`Error::Validation`] when there is no such inbound.
pub fn complete_clients<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    inbound: &Value,
    body: Value,
) -> Result<(Value, Vec<Map<String, Value>>)> {
    let mut body = client_body(body)?;
    let Some(protocol) = inbound.pointer("/obj/protocol").and_then(Value::as_str) else {
        let id = body.get("id").map(Value::to_string).unwrap_or_default();
        return Err(Error::invalid(
            "id",
            format!("Inbound not found: the panel has no inbound with the id {id}"),
        ));
    };
    let cipher =
        inbound.pointer("/obj").and_then(settings_of).and_then(|mut settings| settings.remove("method"));
    let mut clients = Vec::new();
    for mut client in clients_of(&body) {
        if lacks(&client)
            && let Some((name, credential)) = credential(rng, now_ms, protocol, cipher.as_ref())?
        {
            client.insert(name.to_owned(), credential);
        }
        if protocol == "shadowsocks" {
            fit_cipher(&mut client, cipher.as_ref().and_then(Value::as_str).unwrap_or_default());
        }
        clients.push(client);
    }
    let mut settings: Map<String, Value> = body
        .get("settings")
        .and_then(Value::as_str)
        .and_then(|s| serde_json::from_str(s).ok())
        .unwrap_or_default();
    settings.insert("clients".into(), clients.iter().cloned().map(Value::Object).collect());
    body["settings"] = Value::String(Value::Object(settings).to_string());
    Ok((body, clients))
}

/// What a client of this protocol is known by, and a new one of it; nothing for protocols whose clients have none.
fn credential<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    protocol: &str,
    cipher: Option<&Value>,
) -> Result<Option<(&'static str, Value)>> {
    let (name, like) = match protocol {
        "vless" | "vmess" => ("id", protocol),
        "trojan" => ("password", "trojan"),
        // A key for a cipher of 2022 has the length that the inbound's cipher asks for.
        "shadowsocks" => ("password", "shadowsocks"),
        "hysteria" | "hysteria2" => ("auth", "trojan"),
        _ => return Ok(None),
    };
    let cipher = cipher.filter(|cipher| cipher.as_str().is_some_and(is_2022_method));
    let options = json!({ "method": cipher });
    let mut made = generate_for_protocol(rng, now_ms, like, &options)?.to_map();
    Ok(made.remove(if name == "auth" { "password" } else { name }).map(|credential| (name, credential)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};

    fn completed(protocol: &str, client: Value) -> Map<String, Value> {
        completed_for("2022-blake3-aes-128-gcm", protocol, client)
    }

    fn completed_for(cipher: &str, protocol: &str, client: Value) -> Map<String, Value> {
        let settings = json!({"method": cipher}).to_string();
        let inbound = json!({"success": true, "obj": {"protocol": protocol, "settings": settings}});
        let body = json!({"id": 1, "settings": {"clients": [client]}});
        let (body, clients) = complete_clients(&mut StdRng::seed_from_u64(1), 0, &inbound, body).unwrap();
        assert_eq!(clients_of(&body), clients);
        clients[0].clone()
    }

    #[test]
    fn each_protocol_gets_its_credential_and_the_rest_stays() {
        let vless = completed("vless", json!({"email": "a", "limitIp": 2}));
        assert_eq!(text_of(&vless, "id").len(), 36);
        assert_eq!((text_of(&vless, "email"), &vless["limitIp"]), ("a", &json!(2)));
        assert!(vless.get("flow").is_none(), "nothing but the credential is made");
        assert_eq!(
            text_of(&completed("shadowsocks", json!({"email": "a"})), "password").len(),
            24,
            "16 bytes"
        );
        assert_eq!(text_of(&completed("hysteria", json!({"email": "a"})), "auth").len(), 16);
        assert_eq!(Value::Object(completed("wireguard", json!({"email": "a"}))), json!({"email": "a"}));
        assert_eq!(text_of(&completed("trojan", json!({"email": "a"})), "password").len(), 16);
    }

    #[test]
    fn a_client_of_a_shadowsocks_inbound_has_the_cipher_that_xray_asks_for() {
        let of = |cipher: &str, client: Value| {
            completed_for(cipher, "shadowsocks", client)
                .get("method")
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        assert_eq!(of("aes-256-gcm", json!({"email": "a"})).as_deref(), Some("aes-256-gcm"));
        assert_eq!(
            of("aes-256-gcm", json!({"email": "a", "password": "p", "method": "none"})).as_deref(),
            Some("none")
        );
        assert_eq!(of("2022-blake3-aes-128-gcm", json!({"email": "a"})), None);
    }

    #[test]
    fn a_credential_of_its_own_stays() {
        let own = completed("vless", json!({"email": "a", "id": "my-own"}));
        assert_eq!(Value::Object(own), json!({"email": "a", "id": "my-own"}));
        assert!(
            !lacks_credentials(json!({"id": 1, "settings": {"clients": [{"email": "a", "id": "x"}]}}))
                .unwrap()
        );
    }
}
