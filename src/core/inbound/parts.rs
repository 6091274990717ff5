//! The parts that can be put on an inbound: transports, TLS, REALITY, clients, peers.

use rand::CryptoRng;
use serde_json::{Map, Value, json};

use crate::core::credentials::{self, KeyPair};
use crate::core::error::{Error, Result};

/// The options of a part, read as JavaScript reads them: what is missing, null, empty, zero or false is the default.
pub struct PartOptions<'a>(pub &'a Value);

impl PartOptions<'_> {
    fn or(&self, name: &str, default: Value) -> Value {
        let given = self.0.get(name).filter(|value| crate::core::security::js_value::truthy(value));
        given.cloned().unwrap_or(default)
    }
}

/// A part by its name, as what it adds to the stream settings (`network`, `tls`, `reality`, `websocket`, `http2`,
/// `grpc`) or to the list of peers (`peer`).
///
/// # Errors
/// [`Error::Validation`] for an unknown part.
pub fn part<R: CryptoRng + ?Sized>(rng: &mut R, name: &str, options: &Value) -> Result<Value> {
    let given = PartOptions(options);
    Ok(match name {
        "tls" => json!({ "security": "tls", "tlsSettings": tls(&given) }),
        "reality" => {
            json!({ "security": "reality", "realitySettings": reality(&given, &reality_keys(rng, options)) })
        }
        "websocket" => json!({
            "network": "ws",
            "wsSettings": { "path": given.or("path", json!("/")), "headers": given.or("headers", json!({})) },
        }),
        "http2" => json!({
            "network": "h2",
            "httpSettings": { "path": given.or("path", json!("/")), "host": given.or("host", json!([])) },
        }),
        "grpc" => json!({
            "network": "grpc",
            "grpcSettings": { "serviceName": given.or("serviceName", json!("")) },
        }),
        "peer" => json!({
            "publicKey": wireguard_keys(rng, options).public_key,
            "allowedIPs": given.or("allowedIPs", json!(["10.0.0.2/32"])),
            "keepAlive": given.or("keepAlive", json!(25)),
        }),
        other => return Err(Error::invalid("part", format!("Invalid part: {other}"))),
    })
}

fn tls(given: &PartOptions) -> Value {
    let files = json!([{
        "certificateFile": given.or("certFile", json!("")),
        "keyFile": given.or("keyFile", json!("")),
    }]);
    json!({ "serverName": given.or("serverName", json!("")), "certificates": given.or("certificates", files) })
}

fn reality(given: &PartOptions, keys: &KeyPair) -> Value {
    json!({
        "show": false,
        "dest": given.or("dest", json!("google.com:443")),
        "xver": 0,
        "serverNames": given.or("serverNames", json!(["google.com"])),
        "privateKey": keys.private_key,
        "shortIds": given.or("shortIds", json!([""])),
        "settings": { "publicKey": keys.public_key, "fingerprint": given.or("fingerprint", json!("chrome")) },
    })
}

fn reality_keys<R: CryptoRng + ?Sized>(rng: &mut R, options: &Value) -> KeyPair {
    own_keys(options).unwrap_or_else(|| credentials::generate_reality_keys(rng))
}

fn wireguard_keys<R: CryptoRng + ?Sized>(rng: &mut R, options: &Value) -> KeyPair {
    own_keys(options).unwrap_or_else(|| credentials::generate_wireguard_keys(rng))
}

fn own_keys(options: &Value) -> Option<KeyPair> {
    let keys = options.get("keys")?.as_object()?;
    let text = |name: &str| keys.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(KeyPair { private_key: text("privateKey"), public_key: text("publicKey") })
}

/// A client for the settings of an inbound: credentials and limits. Nothing is converted: `totalGB` is in bytes.
///
/// # Errors
/// Those of making credentials.
pub fn client<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    protocol: &str,
    options: &Value,
) -> Result<Value> {
    let given = PartOptions(options);
    let mut client: Map<String, Value> =
        credentials::generate_for_protocol(rng, now_ms, protocol, options)?.to_map();
    for name in ["limitIp", "totalGB", "expiryTime"] {
        client.insert(name.into(), given.or(name, json!(0)));
    }
    client.insert("enable".into(), json!(options.get("enable") != Some(&Value::Bool(false))));
    if protocol == "vless" {
        let made = credentials::generate_uuid(rng);
        client.insert("subId".into(), given.or("subId", json!(made)));
    }
    Ok(Value::Object(client))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};

    fn made(name: &str, options: Value) -> Value {
        part(&mut StdRng::seed_from_u64(1), name, &options).unwrap()
    }

    #[test]
    fn what_is_not_named_has_the_originals_default() {
        assert_eq!(made("websocket", json!({}))["wsSettings"], json!({"path": "/", "headers": {}}));
        assert_eq!(
            made("tls", json!({"certFile": "c"}))["tlsSettings"]["certificates"][0]["certificateFile"],
            "c"
        );
    }

    #[test]
    fn keys_that_were_brought_along_are_used() {
        let keys = json!({"keys": {"privateKey": "a", "publicKey": "b"}});
        let settings = &made("reality", keys)["realitySettings"];
        assert_eq!((&settings["privateKey"], &settings["settings"]["publicKey"]), (&json!("a"), &json!("b")));
    }

    #[test]
    fn a_client_is_on_unless_it_was_switched_off() {
        let mut rng = StdRng::seed_from_u64(1);
        let on = client(&mut rng, 0, "trojan", &json!({})).unwrap();
        let off = client(&mut rng, 0, "trojan", &json!({"enable": false})).unwrap();
        assert_eq!((&on["enable"], &off["enable"]), (&json!(true), &json!(false)));
    }
}
