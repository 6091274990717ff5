//! TLS and REALITY in a link.
//!
//! Must not know: protocols and transports.

use serde_json::{Map, Value};

/// The parameters that say how the connection is secured. `security` is the endpoint's: a proxy before the inbound may
/// have one of its own.
pub fn of(stream: &Map<String, Value>, security: &str) -> Vec<(&'static str, String)> {
    let mut params = vec![("security", security.to_owned())];
    let found = match security {
        "tls" => tls(stream.get("tlsSettings").unwrap_or(&Value::Null)),
        "reality" => reality(stream.get("realitySettings").unwrap_or(&Value::Null)),
        _ => Vec::new(),
    };
    params.extend(found.into_iter().filter(|(_, value)| !value.is_empty()));
    params
}

fn tls(settings: &Value) -> Vec<(&'static str, String)> {
    let alpn = settings.get("alpn").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    vec![
        ("alpn", alpn.collect::<Vec<_>>().join(",")),
        ("sni", at(settings, "/serverName")),
        ("fp", at(settings, "/settings/fingerprint")),
        (
            "allowInsecure",
            if settings.pointer("/settings/allowInsecure") == Some(&Value::Bool(true)) {
                "1".into()
            } else {
                String::new()
            },
        ),
    ]
}

/// One name and one short id of those that the inbound takes.
fn reality(settings: &Value) -> Vec<(&'static str, String)> {
    vec![
        ("sni", at(settings, "/serverNames/0")),
        ("sid", at(settings, "/shortIds/0")),
        ("pbk", at(settings, "/settings/publicKey")),
        ("fp", at(settings, "/settings/fingerprint")),
        ("pqv", at(settings, "/settings/mldsa65Verify")),
        ("spx", at(settings, "/settings/spiderX")),
    ]
}

fn at(settings: &Value, pointer: &str) -> String {
    settings.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}
