//! A planned client made to fit its inbound: panels keep what they should not, or replace it without a word, and then
//! the caller would be told of credentials that do not work.
//!
//! Must not know: how the inbound was read.

use rand::CryptoRng;
use serde_json::{Map, Value};

use super::AddPlan;
use crate::core::credentials::{Credentials, generate_shadowsocks2022_psk, is_2022_key, is_2022_method};
use crate::core::error::{Error, Result};
use crate::core::generation::{settings_of, text_of};

/// Flows of the years before Vision, which Xray does not know any more; what they were for, Vision does.
const FORMER_FLOWS: &str = "xtls-rprx-";
const VISION: &str = "xtls-rprx-vision";

/// What of an inbound decides what a client of it has to be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its protocol; empty where it is not known.
    protocol: String,
    /// Whether its clients can have a flow.
    carries_flow: bool,
    /// The cipher, where it is one of Shadowsocks.
    cipher: String,
    /// Whether it is a Shadowsocks inbound for one user, who has the inbound's own password.
    has_one_user: bool,
}

impl Facts {
    /// Of `getInbound`'s answer. One without an inbound asks nothing of its clients.
    pub fn of(answer: &Value) -> Self {
        let Some(inbound) = answer.get("obj").filter(|inbound| inbound.is_object()) else {
            return Self {
                protocol: String::new(),
                carries_flow: true,
                cipher: String::new(),
                has_one_user: false,
            };
        };
        let protocol = inbound.get("protocol").and_then(Value::as_str).unwrap_or_default();
        let settings =
            if protocol == "shadowsocks" { settings_of(inbound).unwrap_or_default() } else { Map::new() };
        Self {
            protocol: protocol.to_owned(),
            carries_flow: carries_flow(inbound),
            cipher: text_of(&settings, "method").to_owned(),
            has_one_user: !text_of(&settings, "password").is_empty() && !has_list(&settings),
        }
    }
}

fn has_list(settings: &Map<String, Value>) -> bool {
    settings.get("clients").is_some_and(Value::is_array)
}

/// Changes a plan for an inbound like this.
///
/// # Errors
/// [`Error::Validation`] where no client of this protocol can be one of the inbound's, and for an inbound with a cipher that
/// does not exist.
pub fn fit<R: CryptoRng + ?Sized>(
    rng: &mut R,
    plan: &mut AddPlan,
    protocol: &str,
    inbound: &Facts,
) -> Result<()> {
    check_protocol(plan.inbound, protocol, inbound)?;
    let client = &mut plan.client;
    let shared = Some(&inbound.cipher).filter(|cipher| is_2022_method(cipher));
    match &mut client.credentials {
        Credentials::Vless { flow, .. } if !inbound.carries_flow => flow.clear(),
        Credentials::Vless { flow, .. } if flow.starts_with(FORMER_FLOWS) && !flow.starts_with(VISION) => {
            VISION.clone_into(flow);
        }
        Credentials::Shadowsocks { method, .. }
            if shared.is_none() && !inbound.cipher.is_empty() && is_2022_method(method) =>
        {
            let message =
                format!("Invalid method: inbound {} has {}, not one of 2022", plan.inbound, inbound.cipher);
            return Err(Error::invalid("method", message));
        }
        Credentials::Shadowsocks { password, .. } => {
            if let Some(method) = shared.filter(|method| !is_2022_key(password, method)) {
                *password = generate_shadowsocks2022_psk(rng, method)?;
            }
        }
        _ => {}
    }
    // Such an inbound has one cipher for all; xray refuses a client with one of its own.
    if let Some(cipher) = shared {
        client.common_cipher = Some(cipher.clone());
    }
    Ok(())
}

/// Inbounds that let in who is named in them, and have no clients that the panel knows.
const WITHOUT_CLIENTS: [&str; 6] = ["http", "mixed", "socks", "tunnel", "dokodemo-door", "tun"];

fn check_protocol(id: u64, protocol: &str, inbound: &Facts) -> Result<()> {
    let has = inbound.protocol.as_str();
    if WITHOUT_CLIENTS.contains(&has) {
        let message = format!("Invalid inboundId: inbound {id} is {has}, for which panels keep no clients");
        return Err(Error::invalid("inboundId", message));
    }
    if inbound.has_one_user {
        let message = format!(
            "Invalid inboundId: inbound {id} is shadowsocks for one user, who would not be let in any more: its \
             settings have a password and no list of clients"
        );
        return Err(Error::invalid("inboundId", message));
    }
    if has.is_empty() || of_inbounds(has).eq_ignore_ascii_case(of_inbounds(protocol)) {
        return Ok(());
    }
    let message = format!("Invalid protocol: inbound {id} is {has}, not {}", protocol.to_lowercase());
    Err(Error::invalid("protocol", message))
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

/// What the protocol of an inbound is called whose clients have another edition in their name.
fn of_inbounds(protocol: &str) -> &str {
    let editions = [("shadowsocks2022", "shadowsocks"), ("hysteria2", "hysteria")];
    let found = editions.iter().find(|(edition, _)| protocol.eq_ignore_ascii_case(edition));
    found.map_or(protocol, |(_, all)| all)
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

    fn tried(mut plan: AddPlan, protocol: &str, inbound: Value) -> Result<AddPlan> {
        let facts = Facts::of(&json!({"success": true, "obj": inbound}));
        fit(&mut StdRng::seed_from_u64(1), &mut plan, protocol, &facts).map(|()| plan)
    }

    fn fitted(plan: AddPlan, protocol: &str, inbound: Value) -> AddPlan {
        tried(plan, protocol, inbound).unwrap()
    }

    fn told_by(plan: &AddPlan) -> Value {
        serde_json::from_str(&plan.client.told()).unwrap()
    }

    #[test]
    fn a_flow_is_dropped_where_no_client_could_connect_with_it() {
        let flow_on = |network: &str, security: &str| {
            let stream = json!({"network": network, "security": security}).to_string();
            let inbound = json!({"protocol": "vless", "settings": "{}", "streamSettings": stream});
            let plan = fitted(plan("vless", json!({"email": "a"})), "vless", inbound);
            let told = told_by(&plan);
            assert_eq!(plan.body()["client"]["flow"], told["flow"]);
            told["flow"].as_str().unwrap().to_owned()
        };
        assert_eq!(flow_on("tcp", "reality"), "xtls-rprx-vision");
        assert_eq!(flow_on("tcp", "none"), "");
        assert_eq!(flow_on("ws", "tls"), "");
    }

    #[test]
    fn a_flow_that_xray_has_forgotten_becomes_the_one_that_took_its_place() {
        let stream = json!({"network": "tcp", "security": "reality"}).to_string();
        let inbound = json!({"protocol": "vless", "settings": "{}", "streamSettings": stream});
        let of = |flow: &str| {
            let plan = fitted(plan("vless", json!({"flow": flow})), "vless", inbound.clone());
            told_by(&plan)["flow"].as_str().unwrap().to_owned()
        };
        assert_eq!(of("xtls-rprx-splice"), VISION);
        assert_eq!(of("xtls-rprx-vision-udp443"), "xtls-rprx-vision-udp443");
    }

    #[test]
    fn a_2022_inbound_gets_a_key_of_its_cipher_and_never_a_cipher_of_the_client_s_own() {
        let cipher = "2022-blake3-aes-128-gcm";
        let inbound = json!({"protocol": "shadowsocks", "settings": {"method": cipher, "clients": []}});
        for (protocol, options) in [
            ("shadowsocks", json!({"password": "secret", "method": "aes-256-gcm"})),
            ("shadowsocks2022", json!({})),
            ("Shadowsocks2022", json!({"method": cipher})),
        ] {
            let plan_for_it = fitted(plan(protocol, options), protocol, inbound.clone());
            let told = told_by(&plan_for_it);
            let key = told["password"].as_str().unwrap();
            assert_eq!((key.len(), &told["method"]), (24, &json!(cipher)), "{protocol}");
            let sent = &plan_for_it.body()["client"];
            assert_eq!((&sent["password"], &sent["method"]), (&told["password"], &json!("")), "{protocol}");
            let again = plan("shadowsocks", json!({"password": key, "method": cipher}));
            let kept = fitted(again, "shadowsocks", inbound.clone());
            assert_eq!(told_by(&kept)["password"], told["password"], "a key that fits stays");
        }
    }

    #[test]
    fn a_cipher_of_2022_is_not_sent_where_the_inbound_could_not_be_read_either() {
        let plan = fitted(plan("shadowsocks2022", json!({})), "shadowsocks2022", Value::Null);
        assert_eq!(plan.body()["client"]["method"], json!(""));
        assert_eq!(told_by(&plan)["method"], json!("2022-blake3-aes-256-gcm"));
    }

    #[test]
    fn an_inbound_that_could_not_be_read_changes_nothing() {
        let as_planned = plan("vless", json!({"email": "a"}));
        assert_eq!(fitted(as_planned.clone(), "vless", Value::Null), as_planned);
    }

    #[test]
    fn a_protocol_that_is_not_the_inbound_s_is_refused() {
        let refused = |protocol: &str, inbound: Value| {
            tried(plan(protocol, json!({})), protocol, inbound).unwrap_err().to_string()
        };
        let vless = json!({"protocol": "vless", "settings": "{}"});
        assert_eq!(refused("trojan", vless.clone()), "Invalid protocol: inbound 1 is vless, not trojan");
        assert_eq!(
            refused("shadowsocks2022", vless.clone()),
            "Invalid protocol: inbound 1 is vless, not shadowsocks2022"
        );
        assert_eq!(
            refused("http", json!({"protocol": "mixed"})),
            "Invalid inboundId: inbound 1 is mixed, for which panels keep no clients"
        );
        let classic = json!({"method": "aes-256-gcm", "password": "p"});
        let with_clients = json!({"method": "aes-256-gcm", "password": "p", "clients": []});
        assert!(
            refused("shadowsocks", json!({"protocol": "shadowsocks", "settings": classic}))
                .contains("one user")
        );
        assert_eq!(
            refused("shadowsocks2022", json!({"protocol": "shadowsocks", "settings": with_clients})),
            "Invalid method: inbound 1 has aes-256-gcm, not one of 2022"
        );
        assert!(tried(plan("VLESS", json!({})), "VLESS", vless).is_ok());
        for inbound in ["hysteria", "hysteria2"] {
            let inbound = json!({"protocol": inbound});
            assert!(tried(plan("hysteria2", json!({})), "hysteria2", inbound.clone()).is_ok());
            assert!(tried(plan("Hysteria", json!({})), "Hysteria", inbound).is_ok());
        }
    }
}
