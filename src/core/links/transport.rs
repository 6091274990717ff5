//! The transport in a link.
//!
//! Must not know: protocols and security.

use serde_json::{Map, Value};

use super::text;

/// The parameters that say how bytes travel.
pub fn of(stream: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let network = Some(text(stream, "network")).filter(|name| !name.is_empty()).unwrap_or("tcp");
    let none = Map::new();
    let settings = stream.get(&format!("{network}Settings")).and_then(Value::as_object).unwrap_or(&none);
    let mut params = vec![("type", network.to_owned())];
    match network {
        "tcp" | "raw" => params.extend(http_header(settings)),
        "kcp" => {
            let header = settings.get("header").and_then(|header| header.get("type")).and_then(Value::as_str);
            params.push(("headerType", header.unwrap_or("none").to_owned()));
            params.push(("seed", text(settings, "seed").to_owned()));
        }
        "ws" | "httpupgrade" => params.extend(path_and_host(settings)),
        "xhttp" => {
            params.extend(path_and_host(settings));
            params.push(("mode", text(settings, "mode").to_owned()));
        }
        "grpc" => {
            params.push(("serviceName", text(settings, "serviceName").to_owned()));
            params.push(("authority", text(settings, "authority").to_owned()));
            if settings.get("multiMode") == Some(&Value::Bool(true)) {
                params.push(("mode", "multi".to_owned()));
            }
        }
        _ => {}
    }
    params
}

fn path_and_host(settings: &Map<String, Value>) -> [(&'static str, String); 2] {
    let host = Some(text(settings, "host")).filter(|host| !host.is_empty()).map(str::to_owned);
    let host = host.unwrap_or_else(|| host_in(settings.get("headers")));
    [("path", text(settings, "path").to_owned()), ("host", host)]
}

/// TCP that looks like HTTP.
fn http_header(settings: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let header = settings.get("header").unwrap_or(&Value::Null);
    if header.get("type").and_then(Value::as_str) != Some("http") {
        return Vec::new();
    }
    let path = header.pointer("/request/path/0").and_then(Value::as_str).unwrap_or("/");
    let host = host_in(header.pointer("/request/headers"));
    vec![("path", path.to_owned()), ("host", host), ("headerType", "http".to_owned())]
}

/// The `Host` among headers, which is text or a list of it.
fn host_in(headers: Option<&Value>) -> String {
    let host = headers
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let value = host.map(|(_, value)| value.get(0).unwrap_or(value));
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}
