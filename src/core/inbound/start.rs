//! What an inbound of each protocol begins with.

use serde_json::{Value, json};

use crate::core::credentials::RECOMMENDED_CIPHER;

/// The configuration that a builder of a protocol starts from; null for a protocol that has no builder.
///
/// ```
/// use threexui::core::inbound::start;
/// assert_eq!(start("vless")["settings"]["decryption"], "none");
/// assert!(start("gopher").is_null());
/// ```
pub fn start(protocol: &str) -> Value {
    let plain = json!({ "network": "tcp", "security": "none" });
    match protocol {
        "vless" => json!({
            "protocol": "vless",
            "settings": { "clients": [], "decryption": "none", "fallbacks": [] },
            "streamSettings": plain,
        }),
        "vmess" => json!({ "protocol": "vmess", "settings": { "clients": [] }, "streamSettings": plain }),
        "trojan" => json!({
            "protocol": "trojan",
            "settings": { "clients": [], "fallbacks": [] },
            "streamSettings": { "network": "tcp", "security": "tls" },
        }),
        "shadowsocks" => json!({
            "protocol": "shadowsocks",
            "settings": { "method": RECOMMENDED_CIPHER, "password": "", "network": "tcp,udp" },
        }),
        "wireguard" => json!({
            "protocol": "wireguard",
            "settings": { "secretKey": "", "address": ["10.0.0.1/24"], "peers": [], "mtu": 1420 },
        }),
        _ => Value::Null,
    }
}
