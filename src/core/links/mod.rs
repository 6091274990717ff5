//! Share links: what a client program takes to connect, made of an inbound and an entry of it.
//!
//! Panels make them themselves from 3.0.1 on; for older ones they are made here, in the same form. Must not know: where
//! inbound and entry came from.

mod endpoint;
mod security;
mod transport;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use url::form_urlencoded::byte_serialize;

use endpoint::{Endpoint, endpoints};

/// The parameters of a link, sorted by name as panels write them.
type Params = BTreeMap<&'static str, String>;

/// An inbound as links see it.
pub struct Source<'a> {
    /// All of it, as the panel answers it.
    pub inbound: &'a Map<String, Value>,
    /// Its settings.
    pub settings: &'a Map<String, Value>,
    /// The host to name where the inbound listens on all addresses.
    pub host: &'a str,
}

/// The links of one client of an inbound: one, or one for each of the inbound's external proxies. Empty for protocols
/// that have none.
pub fn share_links(source: &Source, entry: &Map<String, Value>) -> Vec<String> {
    let stream = nested(source.inbound, "streamSettings");
    endpoints(source, &stream)
        .iter()
        .filter_map(|endpoint| match text(source.inbound, "protocol") {
            "vless" => Some(vless(source, &stream, endpoint, entry)),
            "trojan" => Some(trojan(source, &stream, endpoint, entry)),
            "shadowsocks" => Some(shadowsocks(source, &stream, endpoint, entry)),
            "vmess" => Some(vmess(source, &stream, endpoint, entry)),
            "hysteria" | "hysteria2" => Some(hysteria(source, &stream, endpoint, entry)),
            _ => None,
        })
        .collect()
}

fn vless(
    source: &Source,
    stream: &Map<String, Value>,
    endpoint: &Endpoint,
    entry: &Map<String, Value>,
) -> String {
    let mut params = params_of(stream, endpoint);
    let encryption = Some(text(source.settings, "encryption")).filter(|name| !name.is_empty());
    params.insert("encryption", encryption.unwrap_or("none").to_owned());
    let over_tcp = params.get("type").is_some_and(|network| network == "tcp" || network == "raw");
    if over_tcp && ["tls", "reality"].contains(&endpoint.security.as_str()) {
        insert(&mut params, "flow", text(entry, "flow"));
    }
    written("vless", text(entry, "id"), source, endpoint, &params, entry)
}

fn trojan(
    source: &Source,
    stream: &Map<String, Value>,
    endpoint: &Endpoint,
    entry: &Map<String, Value>,
) -> String {
    let mut params = params_of(stream, endpoint);
    if endpoint.security == "reality" {
        insert(&mut params, "flow", text(entry, "flow"));
    }
    written("trojan", &in_user_part(text(entry, "password")), source, endpoint, &params, entry)
}

fn hysteria(
    source: &Source,
    stream: &Map<String, Value>,
    endpoint: &Endpoint,
    entry: &Map<String, Value>,
) -> String {
    // It has TLS always, and a word of its own for who does without a good certificate.
    let name = |name| if name == "allowInsecure" { "insecure" } else { name };
    let mut params: Params =
        security::of(stream, "tls").into_iter().map(|(of_all, value)| (name(of_all), value)).collect();
    if let Some(password) = obfuscation(stream) {
        params.insert("obfs", "salamander".to_owned());
        params.insert("obfs-password", password.to_owned());
    }
    let scheme = if source.settings.get("version").and_then(Value::as_f64) == Some(1.0) {
        "hysteria"
    } else {
        "hysteria2"
    };
    written(scheme, &in_user_part(text(entry, "auth")), source, endpoint, &params, entry)
}

/// The password of the mask that makes its packets look like noise.
fn obfuscation(stream: &Map<String, Value>) -> Option<&str> {
    let masks = stream.get("finalmask")?.get("udp")?.as_array()?;
    let is_meant = |mask: &&Value| mask.get("type").and_then(Value::as_str) == Some("salamander");
    masks
        .iter()
        .filter(is_meant)
        .find_map(|mask| mask.pointer("/settings/password")?.as_str())
        .filter(|p| !p.is_empty())
}

fn shadowsocks(
    source: &Source,
    stream: &Map<String, Value>,
    endpoint: &Endpoint,
    entry: &Map<String, Value>,
) -> String {
    let mut params = params_of(stream, endpoint);
    params.retain(|name, value| !(*name == "security" && value == "none"));
    let (of_inbound, own) = (text(source.settings, "method"), text(entry, "method"));
    let password = text(entry, "password");
    let who = if of_inbound.starts_with("2022") {
        format!("{of_inbound}:{}:{password}", text(source.settings, "password"))
    } else {
        format!("{}:{password}", if own.is_empty() { of_inbound } else { own })
    };
    written("ss", &URL_SAFE_NO_PAD.encode(who), source, endpoint, &params, entry)
}

fn vmess(
    source: &Source,
    stream: &Map<String, Value>,
    endpoint: &Endpoint,
    entry: &Map<String, Value>,
) -> String {
    let mut object = json!({
        "v": "2",
        "ps": remark(source, endpoint, entry),
        "add": endpoint.host,
        "port": endpoint.port,
        "id": text(entry, "id"),
        "scy": Some(text(entry, "security")).filter(|name| !name.is_empty()).unwrap_or("auto"),
        "type": "none",
        "tls": endpoint.security,
    });
    let members = transport::of(stream).into_iter().chain(security::of(stream, &endpoint.security));
    for (name, value) in members {
        // What other links call differently.
        let name = match name {
            "type" => "net",
            "headerType" => "type",
            "serviceName" | "seed" => "path",
            "mode" if text(stream, "network") == "grpc" => "type",
            "security" => continue,
            name => name,
        };
        if let Value::Object(object) = &mut object {
            object.insert(name.to_owned(), value.into());
        }
    }
    format!("vmess://{}", STANDARD.encode(object.to_string()))
}

fn params_of(stream: &Map<String, Value>, endpoint: &Endpoint) -> Params {
    transport::of(stream).into_iter().chain(security::of(stream, &endpoint.security)).collect()
}

fn written(
    scheme: &str,
    who: &str,
    source: &Source,
    endpoint: &Endpoint,
    params: &Params,
    entry: &Map<String, Value>,
) -> String {
    let query: Vec<String> =
        params.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    let name = in_user_part(&remark(source, endpoint, entry));
    let host =
        if endpoint.host.contains(':') { format!("[{}]", endpoint.host) } else { endpoint.host.clone() };
    format!("{scheme}://{who}@{host}:{}?{}#{name}", endpoint.port, query.join("&"))
}

/// The inbound's name, the client's, and what the external proxy adds; what is empty is left out.
fn remark(source: &Source, endpoint: &Endpoint, entry: &Map<String, Value>) -> String {
    let parts = [text(source.inbound, "remark"), text(entry, "email"), &endpoint.remark];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Escaped for where a plus sign is one, which in a query is a blank.
fn in_user_part(value: &str) -> String {
    escaped(value).replace('+', "%20")
}

fn escaped(value: &str) -> String {
    byte_serialize(value.as_bytes()).collect()
}

fn insert(params: &mut Params, name: &'static str, value: &str) {
    if !value.is_empty() {
        params.insert(name, value.to_owned());
    }
}

/// A part of an inbound, which panels up to 3.0 send as text.
fn nested(inbound: &Map<String, Value>, name: &str) -> Map<String, Value> {
    match inbound.get(name) {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        Some(Value::Object(members)) => members.clone(),
        _ => Map::new(),
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> &'a str {
    members.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(inbound: Value, entry: Value) -> Vec<String> {
        let inbound = inbound.as_object().unwrap();
        let settings = nested(inbound, "settings");
        let source = Source { inbound, settings: &settings, host: "panel.example" };
        share_links(&source, entry.as_object().unwrap())
    }

    fn inbound(protocol: &str, settings: Value, stream: Value) -> Value {
        json!({"protocol": protocol, "port": 443, "listen": "", "remark": "main", "settings": settings, "streamSettings": stream.to_string()})
    }

    #[test]
    fn a_vless_link_over_reality_has_its_flow_and_keys() {
        let reality = json!({"network": "tcp", "security": "reality", "realitySettings": {
            "serverNames": ["a.example"], "shortIds": ["ab"], "settings": {"publicKey": "key", "fingerprint": "chrome", "spiderX": "/"}}});
        let made = links(
            inbound("vless", json!({}), reality),
            json!({"id": "u", "email": "me", "flow": "xtls-rprx-vision"}),
        );
        assert_eq!(
            made,
            ["vless://u@panel.example:443?encryption=none&flow=xtls-rprx-vision&fp=chrome&pbk=key\
              &security=reality&sid=ab&sni=a.example&spx=%2F&type=tcp#main-me"]
        );
    }

    #[test]
    fn a_plain_link_has_no_flow() {
        let plain = json!({"network": "tcp", "security": "none"});
        let made = links(
            inbound("vless", json!({}), plain),
            json!({"id": "u", "email": "me", "flow": "xtls-rprx-vision"}),
        );
        assert_eq!(made, ["vless://u@panel.example:443?encryption=none&security=none&type=tcp#main-me"]);
    }

    #[test]
    fn a_trojan_link_over_web_sockets_with_tls_names_host_and_path() {
        let stream = json!({"network": "ws", "security": "tls", "wsSettings": {"path": "/ws", "headers": {"Host": "b.example"}},
            "tlsSettings": {"serverName": "a.example", "alpn": ["h2", "http/1.1"], "settings": {"fingerprint": "firefox"}}});
        let made = links(inbound("trojan", json!({}), stream), json!({"password": "p/w", "email": "me"}));
        assert_eq!(
            made,
            ["trojan://p%2Fw@panel.example:443?alpn=h2%2Chttp%2F1.1&fp=firefox&host=b.example&path=%2Fws\
              &security=tls&sni=a.example&type=ws#main-me"]
        );
    }

    #[test]
    fn a_shadowsocks_link_names_cipher_and_passwords() {
        let stream = json!({"network": "tcp", "security": "none"});
        let who = |settings: Value, entry: Value| {
            let made = links(inbound("shadowsocks", settings, stream.clone()), entry).remove(0);
            let (who, rest) = made
                .trim_start_matches("ss://")
                .split_once('@')
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .unwrap();
            assert_eq!(rest, "panel.example:443?type=tcp#main-me");
            String::from_utf8(URL_SAFE_NO_PAD.decode(who).unwrap()).unwrap()
        };
        assert_eq!(
            who(json!({"method": "aes-256-gcm"}), json!({"password": "p", "email": "me"})),
            "aes-256-gcm:p"
        );
        let new = json!({"method": "2022-blake3-aes-128-gcm", "password": "server"});
        assert_eq!(
            who(new, json!({"password": "client", "email": "me"})),
            "2022-blake3-aes-128-gcm:server:client"
        );
    }

    #[test]
    fn a_vmess_link_is_an_object() {
        let stream = json!({"network": "grpc", "security": "none", "grpcSettings": {"serviceName": "s", "multiMode": true}});
        let made = links(inbound("vmess", json!({}), stream), json!({"id": "u", "email": "me"})).remove(0);
        let object: Value =
            serde_json::from_slice(&STANDARD.decode(made.trim_start_matches("vmess://")).unwrap()).unwrap();
        let names = ["add", "port", "id", "net", "path", "type", "tls", "ps", "scy"];
        let found = names.map(|name| object[name].clone());
        let expected = json!(["panel.example", 443, "u", "grpc", "s", "multi", "none", "main-me", "auto"]);
        assert_eq!(json!(found), expected);
    }

    #[test]
    fn each_external_proxy_has_a_link_of_its_own() {
        let stream = json!({"network": "tcp", "security": "tls", "tlsSettings": {"serverName": "a"}, "externalProxy": [
            {"dest": "one.example", "port": 8443, "forceTls": "same", "remark": "one"},
            {"dest": "two.example", "port": 80, "forceTls": "none", "remark": ""}]});
        let made = links(inbound("vless", json!({}), stream), json!({"id": "u", "email": "me"}));
        assert_eq!(
            made,
            [
                "vless://u@one.example:8443?encryption=none&security=tls&sni=a&type=tcp#main-me-one",
                "vless://u@two.example:80?encryption=none&security=none&type=tcp#main-me"
            ]
        );
    }

    #[test]
    fn what_has_no_links_has_none() {
        assert!(links(inbound("wireguard", json!({}), json!({})), json!({"email": "me"})).is_empty());
    }
}
