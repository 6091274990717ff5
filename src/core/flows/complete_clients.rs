//! `addClient` with the option `autoGenerateCredentials`: clients without a credential get one.
//!
//! Owns what a client lacks, and which credential the protocol of its inbound asks for. Must not know: how the calls
//! are made.

use rand::CryptoRng;
use serde_json::{Map, Value};

use crate::core::credentials::generate_for_protocol;
use crate::core::error::{Error, Result};
use crate::core::generation::{clients_of, text_of};
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
    let mut clients = Vec::new();
    for mut client in clients_of(&body) {
        if lacks(&client) {
            let made = generate_for_protocol(rng, now_ms, protocol, &Value::Object(client.clone()))?.to_map();
            for (name, value) in made {
                if !client.get(&name).is_some_and(|own| own.as_str() != Some("") && !own.is_null()) {
                    client.insert(name, value);
                }
            }
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

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    use super::*;

    fn completed(protocol: &str, client: Value) -> Map<String, Value> {
        let inbound = json!({"success": true, "obj": {"protocol": protocol}});
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
        assert_eq!(text_of(&completed("trojan", json!({"email": "a"})), "password").len(), 16);
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
