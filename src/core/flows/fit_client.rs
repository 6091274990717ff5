//! A planned client made to fit its inbound: panels keep what they should not, or replace it without a word, and then
//! the caller would be told of credentials that do not work.
//!
//! Must not know: how the inbound was read.

use rand::CryptoRng;
use serde_json::{Map, Value};

use super::AddPlan;
use crate::core::credentials::{generate_shadowsocks2022_psk, is_2022_key, is_2022_method};
use crate::core::error::Result;
use crate::core::generation::{settings_of, text_of};

/// Whether the inbound has to be read to tell: only where a flow would be sent, and for Shadowsocks keys.
pub fn depends_on_inbound(plan: &AddPlan, protocol: &str) -> bool {
    !text_of(&plan.credentials, "flow").is_empty() || protocol == "shadowsocks"
}

/// What of an inbound decides what a client of it has to be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whether its clients can have a flow.
    carries_flow: bool,
    /// The cipher of 2022 that all its clients share.
    common_cipher: Option<String>,
}

impl Facts {
    /// Of `getInbound`'s answer. One without an inbound asks nothing of its clients.
    pub fn of(answer: &Value) -> Self {
        match answer.get("obj").filter(|inbound| inbound.is_object()) {
            Some(inbound) => Self {
                carries_flow: carries_flow(inbound),
                common_cipher: Some(cipher_of(inbound)).filter(|method| is_2022_method(method)),
            },
            None => Self { carries_flow: true, common_cipher: None },
        }
    }
}

/// Changes a plan for an inbound like this.
///
/// # Errors
/// [`crate::core::error::Error::Validation`] for an inbound with a cipher that does not exist.
pub fn fit<R: CryptoRng + ?Sized>(rng: &mut R, plan: &mut AddPlan, inbound: &Facts) -> Result<()> {
    if !inbound.carries_flow {
        set(plan, "flow", "");
    }
    if let Some(method) = &inbound.common_cipher {
        if !is_2022_key(text_of(&plan.credentials, "password"), method) {
            let key = generate_shadowsocks2022_psk(rng, method)?;
            set(plan, "password", &key);
        }
        // Such an inbound has one cipher for all; xray refuses a client with one of its own.
        let own = plan.credentials.insert("method".into(), method.as_str().into());
        plan.blank_cipher = Some(own.is_some());
    }
    Ok(())
}

/// Changes a member where the plan has it.
fn set(plan: &mut AddPlan, name: &str, value: &str) {
    if let Some(member) = plan.credentials.get_mut(name) {
        *member = value.into();
    }
}

/// The cipher of a Shadowsocks inbound.
fn cipher_of(inbound: &Value) -> String {
    let is_shadowsocks = inbound.get("protocol").and_then(Value::as_str) == Some("shadowsocks");
    let settings = if is_shadowsocks { settings_of(inbound) } else { None };
    settings.map(|settings| text_of(&settings, "method").to_owned()).unwrap_or_default()
}

/// Whether clients of this inbound can have a flow: VLESS over TCP with TLS or REALITY, or over XHTTP with VLESS's own
/// encryption. Elsewhere a client with one cannot connect.
fn carries_flow(inbound: &Value) -> bool {
    if inbound.get("protocol").and_then(Value::as_str) != Some("vless")
        || inbound.get("disableFlow") == Some(&Value::Bool(true))
    {
        return false;
    }
    let stream = nested(inbound, "streamSettings");
    match text_of(&stream, "network") {
        "" | "tcp" | "raw" => ["tls", "reality"].contains(&text_of(&stream, "security")),
        "xhttp" => {
            let settings = settings_of(inbound).unwrap_or_default();
            ["encryption", "decryption"].iter().any(|name| !["", "none"].contains(&text_of(&settings, name)))
        }
        _ => false,
    }
}

/// A part of an inbound, which panels up to 3.0 send as text.
fn nested(inbound: &Value, name: &str) -> Map<String, Value> {
    match inbound.get(name) {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        Some(Value::Object(members)) => members.clone(),
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    fn plan(client: Value) -> AddPlan {
        let credentials = client.as_object().unwrap().clone();
        AddPlan { inbound: 1, credentials, quota: Value::Null, blank_cipher: None }
    }

    fn fitted(client: Value, inbound: Value) -> AddPlan {
        let mut plan = plan(client);
        let facts = Facts::of(&json!({"success": true, "obj": inbound}));
        fit(&mut StdRng::seed_from_u64(1), &mut plan, &facts).unwrap();
        plan
    }

    #[test]
    fn a_flow_is_dropped_where_no_client_could_connect_with_it() {
        let flow_on = |network: &str, security: &str| {
            let stream = json!({"network": network, "security": security}).to_string();
            let inbound = json!({"protocol": "vless", "settings": "{}", "streamSettings": stream});
            let plan = fitted(json!({"flow": "xtls-rprx-vision"}), inbound);
            assert_eq!(plan.body()["client"]["flow"], plan.credentials["flow"]);
            text_of(&plan.credentials, "flow").to_owned()
        };
        assert_eq!(flow_on("tcp", "reality"), "xtls-rprx-vision");
        assert_eq!(flow_on("tcp", "none"), "");
        assert_eq!(flow_on("ws", "tls"), "");
    }

    #[test]
    fn a_2022_inbound_gets_a_key_of_its_cipher() {
        let settings = json!({"method": "2022-blake3-aes-128-gcm"});
        let inbound = json!({"protocol": "shadowsocks", "settings": settings});
        let plan = fitted(json!({"password": "secret", "method": "aes-256-gcm"}), inbound.clone());
        let key = text_of(&plan.credentials, "password").to_owned();
        assert_eq!((key.len(), text_of(&plan.credentials, "method")), (24, "2022-blake3-aes-128-gcm"));
        assert_eq!(plan.body()["client"], json!({"password": key, "method": ""}));
        let kept = fitted(json!({"password": key}), inbound);
        assert_eq!(text_of(&kept.credentials, "password"), key, "a key that fits stays");
    }

    #[test]
    fn an_inbound_that_could_not_be_read_changes_nothing() {
        let client = json!({"flow": "xtls-rprx-vision"});
        assert_eq!(fitted(client.clone(), Value::Null), plan(client));
    }

    #[test]
    fn the_inbound_is_read_only_where_it_matters() {
        assert!(depends_on_inbound(&plan(json!({"flow": "xtls-rprx-vision"})), "vless"));
        assert!(depends_on_inbound(&plan(json!({})), "shadowsocks"));
        assert!(!depends_on_inbound(&plan(json!({"flow": ""})), "vless"));
        assert!(!depends_on_inbound(&plan(json!({})), "trojan"));
    }
}
