//! A planned client made to fit its inbound: panels keep what they should not, or replace it without a word, and then
//! the caller would be told of credentials that do not work.
//!
//! Must not know: how the inbound was read.

use rand::CryptoRng;
use serde_json::{Map, Value};

use super::AddPlan;
use crate::core::credentials::{Credentials, generate_shadowsocks2022_psk, is_2022_key, is_2022_method};
use crate::core::error::Result;
use crate::core::generation::{settings_of, text_of};

/// Whether the inbound has to be read to tell: only where a flow would be sent, and for Shadowsocks keys.
pub fn depends_on_inbound(plan: &AddPlan, protocol: &str) -> bool {
    let has_flow = matches!(&plan.client.credentials, Credentials::Vless { flow, .. } if !flow.is_empty());
    has_flow || protocol == "shadowsocks"
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
    let client = &mut plan.client;
    match &mut client.credentials {
        Credentials::Vless { flow, .. } if !inbound.carries_flow => flow.clear(),
        _ => {}
    }
    // Such an inbound has one cipher for all; xray refuses a client with one of its own.
    client.common_cipher.clone_from(&inbound.common_cipher);
    match (&mut client.credentials, &inbound.common_cipher) {
        (Credentials::Shadowsocks { password, .. } | Credentials::Trojan { password, .. }, Some(method))
            if !is_2022_key(password, method) =>
        {
            *password = generate_shadowsocks2022_psk(rng, method)?;
        }
        _ => {}
    }
    Ok(())
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
    use super::super::plan_add;
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    fn plan(protocol: &str, options: Value) -> AddPlan {
        plan_add(&mut StdRng::seed_from_u64(1), 0, 1, protocol, &options).unwrap()
    }

    fn fitted(mut plan: AddPlan, inbound: Value) -> AddPlan {
        let facts = Facts::of(&json!({"success": true, "obj": inbound}));
        fit(&mut StdRng::seed_from_u64(1), &mut plan, &facts).unwrap();
        plan
    }

    fn told_by(plan: &AddPlan) -> Value {
        serde_json::from_str(&plan.client.told()).unwrap()
    }

    #[test]
    fn a_flow_is_dropped_where_no_client_could_connect_with_it() {
        let flow_on = |network: &str, security: &str| {
            let stream = json!({"network": network, "security": security}).to_string();
            let inbound = json!({"protocol": "vless", "settings": "{}", "streamSettings": stream});
            let plan = fitted(plan("vless", json!({"email": "a"})), inbound);
            let told = told_by(&plan);
            assert_eq!(plan.body()["client"]["flow"], told["flow"]);
            told["flow"].as_str().unwrap().to_owned()
        };
        assert_eq!(flow_on("tcp", "reality"), "xtls-rprx-vision");
        assert_eq!(flow_on("tcp", "none"), "");
        assert_eq!(flow_on("ws", "tls"), "");
    }

    #[test]
    fn a_2022_inbound_gets_a_key_of_its_cipher() {
        let cipher = "2022-blake3-aes-128-gcm";
        let inbound = json!({"protocol": "shadowsocks", "settings": {"method": cipher}});
        let own = plan("shadowsocks", json!({"password": "secret", "method": "aes-256-gcm"}));
        let plan_for_it = fitted(own, inbound.clone());
        let told = told_by(&plan_for_it);
        let key = told["password"].as_str().unwrap();
        assert_eq!((key.len(), &told["method"]), (24, &json!(cipher)));
        let sent = &plan_for_it.body()["client"];
        assert_eq!((&sent["password"], &sent["method"]), (&told["password"], &json!("")));
        let kept = fitted(plan("shadowsocks", json!({"password": key, "method": cipher})), inbound.clone());
        assert_eq!(told_by(&kept)["password"], told["password"], "a key that fits stays");
        let other = fitted(plan("trojan", json!({})), inbound);
        assert_eq!(told_by(&other)["method"], json!(cipher));
        assert_eq!(other.body()["client"].get("method"), None, "what has no cipher is not sent one");
    }

    #[test]
    fn an_inbound_that_could_not_be_read_changes_nothing() {
        let as_planned = plan("vless", json!({"email": "a"}));
        assert_eq!(fitted(as_planned.clone(), Value::Null), as_planned);
    }

    #[test]
    fn the_inbound_is_read_only_where_it_matters() {
        let depends = |protocol: &str, options: Value| depends_on_inbound(&plan(protocol, options), protocol);
        assert!(depends("vless", json!({})));
        assert!(depends("shadowsocks", json!({})));
        assert!(!depends("vmess", json!({})));
        assert!(!depends("trojan", json!({})));
        let mut without = plan("vless", json!({}));
        fit(&mut StdRng::seed_from_u64(1), &mut without, &Facts::of(&json!({"obj": {"protocol": "vmess"}})))
            .unwrap();
        assert!(!depends_on_inbound(&without, "vless"));
    }
}
