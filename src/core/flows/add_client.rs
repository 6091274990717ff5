//! `addClientWithCredentials`: credentials, limits and options made into one `clients/add`.
//!
//! Must not know: how the call is made.

use rand::CryptoRng;
use serde_json::{Map, Value, json};

use super::NewClient;
use crate::core::credentials::{
    Credentials, generate_for_protocol, generate_uuid, identifier_for, is_2022_method,
};
use crate::core::envelope::Envelope;
use crate::core::error::{Call, Error, Result};
use crate::core::generation::to_be_added;
use crate::core::json_members::each_member;
use crate::core::json_text::push_string;
use crate::core::response::Response;
use crate::core::security::validate::{
    check_changed_client, check_new_client, client_limits, new_identifier, numeric_inbounds, switch,
};
use crate::core::writes::Creation;

/// The client that is to be made, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct AddPlan {
    /// The inbound that the client is for.
    pub inbound: u64,
    /// The client.
    pub client: NewClient,
    /// The quota in gigabytes, as the method on the way takes it; null where there is none.
    pub quota: Value,
}

impl AddPlan {
    /// The argument of `addModernClient`: its `totalGB` is in gigabytes, as that method takes it.
    pub fn body(&self) -> Value {
        let text = self.client.sent_otherwise().unwrap_or_else(|| self.client.told());
        // It was written as one.
        let mut client: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
        if !self.quota.is_null() {
            client.insert("totalGB".into(), self.quota.clone());
        }
        to_be_added(client, vec![self.inbound])
    }

    /// The client as it is made when that method is not on the way, and what the caller will be told, as JSON text, where
    /// that is something else.
    pub fn into_creation(self) -> (Creation, Option<String>) {
        let told = self.client.told();
        let (text, told_otherwise) = match self.client.sent_otherwise() {
            Some(sent) => (sent, Some(told)),
            None => (told, None),
        };
        let email = self.client.credentials.email().unwrap_or_default().to_owned();
        let inbounds = vec![self.inbound.try_into().unwrap_or_default()];
        (Creation::written(email, text, inbounds, true), told_otherwise)
    }
}

/// The options that go to the panel as they are.
const PASSED_ON: [&str; 4] = ["tgId", "comment", "reset", "group"];

/// The identifier that the client is to have: the one among the options, which gets one where it has none.
pub fn named<R: CryptoRng + ?Sized>(rng: &mut R, now_ms: u64, options: &mut Value) -> String {
    let email = identifier_for(rng, now_ms, options);
    match options {
        Value::Object(members) => drop(members.insert("email".into(), email.clone().into())),
        // What is no object says nothing.
        other => *other = json!({ "email": email }),
    }
    email
}

/// The identifier among options that are JSON text, where it is text that says something; any other is for [`named`] to find.
pub fn email_in(options: &str) -> Option<String> {
    let mut email = None;
    // Of two members of one name the last one counts.
    each_member(options, |name, text| {
        if name == "email" {
            email = text.filter(|text| !text.is_empty()).map(str::to_owned);
        }
    });
    email
}

/// Plans the call; nothing has been sent when this fails.
///
/// # Errors
/// [`Error::Validation`] naming the option and the rule it breaks.
pub fn plan_add<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    inbound: u64,
    protocol: &str,
    options: &Value,
) -> Result<AddPlan> {
    let limits = client_limits(options, now_ms)?;
    let credentials = generate_for_protocol(rng, now_ms, protocol, options)?;
    if matches!(credentials, Credentials::WireGuard { .. }) {
        let message = "Invalid protocol: a WireGuard inbound has peers, which updateInbound changes; panels that keep \
                       clients of one make their keys themselves, by addModernClient";
        return Err(Error::invalid("protocol", message));
    }
    new_identifier("email", credentials.email().unwrap_or_default())?;
    let given = |name: &str| options.get(name).filter(|value| !value.is_null());
    let sub_id = given("subId").and_then(Value::as_str).filter(|id| !id.is_empty());
    // Xray refuses its whole configuration over a client with a cipher of 2022: those are the inbound's.
    let common_cipher = match &credentials {
        Credentials::Shadowsocks { method, .. } if is_2022_method(method) => Some(method.clone()),
        _ => None,
    };
    let client = NewClient {
        credentials,
        level: given("level").cloned(),
        enable: switch("enable", options.get("enable"))?.unwrap_or(true),
        limit_ip: limits.limit_ip.unwrap_or(0),
        total_bytes: limits.total_bytes.unwrap_or(0),
        expiry_time: limits.expiry_time.unwrap_or(0),
        sub_id: sub_id.map_or_else(|| generate_uuid(rng), str::to_owned),
        passed_on: PASSED_ON.iter().filter_map(|name| Some((*name, given(name)?.clone()))).collect(),
        common_cipher,
    };
    // The method on the way converts gigabytes to bytes; it gets back what makes the very same number of bytes.
    let quota = if limits.total_bytes.unwrap_or(0) > 0 { gigabytes(options) } else { Value::Null };
    Ok(AddPlan { inbound, client, quota })
}

/// The quota as the caller wrote it, as a number.
fn gigabytes(options: &Value) -> Value {
    match options.get("totalGB") {
        Some(Value::String(text)) => {
            text.trim().parse::<f64>().map_or(Value::Null, crate::core::units::js_number)
        }
        other => other.cloned().unwrap_or_default(),
    }
}

/// The body of `clients/update` from what its method takes: `totalGB` from gigabytes to bytes, the rules of client entries
/// checked. A client may be sent the name that it has, whatever that is.
///
/// # Errors
/// [`Error::Validation`].
pub fn gb_body(email: &str, client: &Value) -> Result<Value> {
    let Value::Object(client) = client else { return Ok(client.clone()) };
    let mut client = client.clone();
    check_changed_client(&mut client)?;
    if let Some(renamed) = client.get("email").and_then(Value::as_str).filter(|renamed| *renamed != email) {
        new_identifier("email", renamed)?;
    }
    Ok(Value::Object(client))
}

/// Many clients that are to be made, with their inbounds.
///
/// # Errors
/// [`Error::Validation`] for the first client that breaks a rule.
pub fn gb_bodies(list: &Value) -> Result<Value> {
    let Value::Array(items) = list else { return Ok(list.clone()) };
    let converted = items.iter().map(|item| {
        let mut item = numeric_inbounds(item.clone());
        if let Some(Value::Object(client)) = item.get_mut("client") {
            check_new_client(client)?;
        }
        Ok(item)
    });
    converted.collect::<Result<Vec<_>>>().map(Value::Array)
}

/// What the panel's answer to the add means for the caller.
///
/// # Errors
/// [`Error::NotFound`] when the panel does not have the inbound.
pub fn conclude_add(answer: &Value, inbound: u64, call: Call) -> Result<()> {
    let Some(envelope) = Envelope::read(&Response::synthetic(answer.to_string())) else { return Ok(()) };
    if !envelope.is_not_found() {
        return Ok(());
    }
    let message =
        format!("Inbound not found: the panel at {} has no inbound with the id {}", call.base_url, inbound);
    Err(Error::NotFound { message, call: Box::new(call) })
}

/// The body of `clients/add` as `addModernClient` makes it of its argument.
///
/// # Errors
/// [`Error::Validation`] naming the field and the rule it breaks.
pub fn add_modern_body(argument: Value) -> Result<Value> {
    let mut body = numeric_inbounds(argument);
    if let Some(Value::Object(client)) = body.get_mut("client") {
        check_new_client(client)?;
    }
    Ok(body)
}

/// Whether the panel's answer is an object, to which the caller's credentials can be added.
pub fn is_object(answer: &[u8]) -> bool {
    serde_json::from_slice::<Map<String, Value>>(answer).is_ok()
}

/// Appends what the caller is told: the panel's answer, which is an object, with the credentials, which are JSON text, and the
/// protocol behind its members.
///
/// ```
/// use threexui::core::flows::write_told;
/// let mut told = String::new();
/// write_told(&mut told, br#"{"success":true}"#, r#"{"id":"x"}"#, "vless");
/// assert_eq!(told, r#"{"success":true,"credentials":{"id":"x"},"protocol":"vless"}"#);
/// ```
pub fn write_told(out: &mut String, answer: &[u8], credentials: &str, protocol: &str) {
    let answer = std::str::from_utf8(answer).unwrap_or_default().trim();
    let members = answer.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    let comma = if members.trim().is_empty() { "" } else { "," };
    for part in ["{", members, comma, "\"credentials\":", credentials, ",\"protocol\":"] {
        out.push_str(part);
    }
    push_string(out, protocol);
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    fn plan(protocol: &str, options: Value) -> Result<AddPlan> {
        plan_add(&mut StdRng::seed_from_u64(1), 1_000, 3, protocol, &options)
    }

    fn told_by(plan: &AddPlan) -> Value {
        serde_json::from_str(&plan.client.told()).unwrap()
    }

    #[test]
    fn the_caller_is_told_everything_that_is_sent() {
        let plan =
            plan("vless", json!({"email": "a", "totalGB": 0.3, "limitIp": "2", "enable": false})).unwrap();
        let told = told_by(&plan);
        assert_eq!(told["totalGB"], json!(322_122_547));
        assert_eq!(
            (&told["limitIp"], &told["enable"], &told["expiryTime"]),
            (&json!(2), &json!(false), &json!(0))
        );
        assert_eq!(told["flow"], json!("xtls-rprx-vision"));
        assert_eq!(told["subId"].as_str().map(str::len), Some(36));
    }

    #[test]
    fn the_method_on_the_way_makes_the_same_bytes_of_the_gigabytes_it_gets() {
        let plan = plan("trojan", json!({"totalGB": "1.1"})).unwrap();
        let sent = add_modern_body(plan.body()).unwrap();
        assert_eq!(sent["client"], told_by(&plan));
    }

    #[test]
    fn a_client_is_made_as_if_the_method_were_on_the_way() {
        let of = |protocol: &str, options: Value| plan(protocol, options).unwrap();
        let in_2022 = |protocol: &str| {
            let mut plan = of(protocol, json!({}));
            plan.client.common_cipher = Some("2022-blake3-aes-128-gcm".into());
            plan
        };
        for plan in [
            of("vless", json!({"email": "a", "totalGB": 0.3, "limitIp": "2", "enable": false})),
            of("trojan", json!({"totalGB": "1.1", "expiryDays": 3, "comment": "c", "reset": 7})),
            of("vmess", json!({"tgId": "", "level": 1})),
            of("vmess", json!({"tgId": " 42 "})),
            in_2022("shadowsocks"),
            in_2022("trojan"),
        ] {
            let by_the_method = add_modern_body(plan.body()).unwrap();
            let told = plan.client.told();
            let (creation, told_otherwise) = plan.into_creation();
            assert_eq!(told_otherwise.as_ref().unwrap_or(&creation.text), &told);
            assert_eq!(Value::Object(creation.entry()), by_the_method["client"]);
            assert_eq!(by_the_method["client"]["email"], json!(creation.email));
            assert_eq!(creation.inbounds, [3]);
        }
    }

    #[test]
    fn one_without_a_name_gets_one_before_it_is_planned() {
        let rng = &mut StdRng::seed_from_u64(1);
        let mut options = json!({"emailPrefix": "vip"});
        let email = named(rng, 1_000, &mut options);
        assert!(email.starts_with("vip_"), "{email}");
        assert_eq!(told_by(&plan("trojan", options).unwrap())["email"], json!(email));
        for (mut given, expected) in [(json!({"email": 4711}), "4711"), (json!({"email": "a"}), "a")] {
            assert_eq!(named(rng, 0, &mut given), expected);
        }
        let mut nothing = Value::Null;
        assert_eq!(json!(named(rng, 0, &mut nothing)), nothing["email"]);
        for options in [json!({"limitIp": 2, "email": "a"}), json!({"email": 4711}), json!({"email": ""})] {
            let in_text = email_in(&options.to_string());
            assert!(in_text.is_none_or(|email| email == named(rng, 0, &mut options.clone())), "{options}");
        }
        assert_eq!(email_in(r#"{"email":"b","x":{"email":"c"}}"#).as_deref(), Some("b"));
    }

    #[test]
    fn the_panel_s_words_are_told_as_they_are_with_the_credentials_behind_them() {
        let told = |answer: &str| {
            let mut told = String::new();
            write_told(&mut told, answer.as_bytes(), r#"{"email":"a"}"#, "v\"less");
            told
        };
        let expected = r#"{"success":true,"obj":{},"credentials":{"email":"a"},"protocol":"v\"less"}"#;
        assert_eq!(told(" {\"success\":true,\"obj\":{}}\n"), expected);
        assert_eq!(told("{ }"), r#"{ "credentials":{"email":"a"},"protocol":"v\"less"}"#);
        assert!(is_object(b" {}\n"));
        for none in ["null", "", "{", "{}}", "[{}]", "{,}"] {
            assert!(!is_object(none.as_bytes()), "{none}");
        }
    }

    #[test]
    fn credentials_that_were_made_before_are_used() {
        let id = "ecc322b8-a458-4583-ac98-e343aefb5ac5";
        let plan =
            plan("vless", json!({"id": id, "email": "a", "flow": "xtls-rprx-vision", "encryption": "none"}));
        assert_eq!(told_by(&plan.unwrap())["id"], json!(id));
    }

    #[test]
    fn options_reach_the_panel() {
        let options =
            json!({"tgId": 5, "comment": "c", "reset": 30, "subId": "s", "level": 1, "passwordLength": 32});
        let client = told_by(&plan("trojan", options).unwrap());
        for (name, value) in
            [("tgId", json!(5)), ("comment", json!("c")), ("reset", json!(30)), ("level", json!(1))]
        {
            assert_eq!(client[name], value, "{name}");
        }
        assert_eq!(client["password"].as_str().map(str::len), Some(32));
        assert_eq!(client["subId"], json!("s"));
    }

    #[test]
    fn a_missing_inbound_is_worked_out_from_the_answer() {
        let call = Call { method: "POST", path: "/x".into(), base_url: "http://h".into(), applied: None };
        let answer = json!({"success": false, "msg": "Something went wrong (record not found)", "obj": null});
        let error = conclude_add(&answer, 3, call.clone()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Inbound not found: the panel at http://h has no inbound with the id 3"
        );
        assert!(conclude_add(&json!({"success": true}), 3, call).is_ok());
    }
}
