//! Where a link leads: to the inbound itself, or to the proxies that stand before it.
//!
//! Must not know: protocols.

use serde_json::{Map, Value};

use super::{Source, text};

/// One address under which an inbound can be reached.
pub struct Endpoint {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: i64,
    /// `none`, `tls` or `reality`.
    pub security: String,
    /// What it adds to the link's name.
    pub remark: String,
}

/// The addresses of an inbound.
pub fn endpoints(source: &Source, stream: &Map<String, Value>) -> Vec<Endpoint> {
    let security = Some(text(stream, "security")).filter(|name| !name.is_empty()).unwrap_or("none");
    let proxies = stream.get("externalProxy").and_then(Value::as_array).filter(|all| !all.is_empty());
    match proxies {
        Some(proxies) => proxies.iter().filter_map(|proxy| before(proxy.as_object()?, security)).collect(),
        None => vec![Endpoint {
            host: host_of(source).to_owned(),
            port: source.inbound.get("port").and_then(Value::as_i64).unwrap_or(0),
            security: security.to_owned(),
            remark: String::new(),
        }],
    }
}

fn before(proxy: &Map<String, Value>, security: &str) -> Option<Endpoint> {
    let forced = text(proxy, "forceTls");
    Some(Endpoint {
        host: text(proxy, "dest").to_owned(),
        port: proxy.get("port")?.as_i64()?,
        security: if ["", "same"].contains(&forced) { security } else { forced }.to_owned(),
        remark: text(proxy, "remark").to_owned(),
    })
}

/// The address that the inbound listens on, or the panel's where it listens on all.
fn host_of<'a>(source: &'a Source) -> &'a str {
    match text(source.inbound, "listen") {
        "" | "0.0.0.0" | "::" | "::0" => source.host,
        listen => listen,
    }
}
