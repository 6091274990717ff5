//! `updateClientWithCredentials`: find the client, read all of it, change what was named, write all of it.
//!
//! The panel's update replaces; what is not sent is cleared, on some versions even the UUID. So everything is sent,
//! always. Must not know: how the calls are made.

use serde_json::{Map, Value, json};

use super::modify_client::changes_between;
use crate::core::error::{Error, Result};
use crate::core::generation::{clients_of, text_of, wire_of_record};
use crate::core::request::Changes;
use crate::core::routes::Route;
use crate::core::security::validate::{
    ClientLimits, client_identifier, client_limits, inbound_id, new_identifier, switch, xray_user,
};
use crate::core::units::iso_time;

/// What is to be sent, and what the caller will be told about it.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdatePlan {
    /// Path of the update.
    pub path: String,
    /// The whole client.
    pub body: Map<String, Value>,
    /// What of it was named and is new.
    pub changes: Changes,
    /// `conversions` of the result: what was made of gigabytes and days.
    pub conversions: Value,
}

/// The options that are written as they are, when given.
const WRITTEN: [&str; 7] = ["flow", "subId", "tgId", "comment", "reset", "group", "security"];

/// Which client of the inbound is meant: by UUID (vless, vmess) or password (trojan, shadowsocks).
///
/// # Errors
/// [`Error::Validation`] in the original library's words.
pub fn email_of(answer: &Value, client: &str, inbound: &Value) -> Result<String> {
    let id = inbound_id("inboundId", inbound)?;
    let found =
        answer.get("obj").filter(|o| answer.get("success") == Some(&Value::Bool(true)) && o.is_object());
    let Some(found) = found else {
        return Err(Error::invalid("inboundId", format!("Failed to get inbound {id} for client update")));
    };
    let clients = clients_of(found);
    let is_meant =
        |member: &str| clients.iter().find(|entry| !client.is_empty() && text_of(entry, member) == client);
    let Some(entry) = is_meant("id").or_else(|| is_meant("password")).or_else(|| is_meant("auth")) else {
        return Err(Error::invalid("clientId", format!("Client with ID {client} not found in inbound {id}")));
    };
    match text_of(entry, "email") {
        "" => {
            let message =
                format!("Client with ID {client} has no email - cannot update via the Modern Client API");
            Err(Error::invalid("email", message))
        }
        email => Ok(email.to_owned()),
    }
}

/// Whether the options keep the rules: asked before anything is sent, as nothing else of the plan can be known then.
///
/// # Errors
/// [`Error::Validation`] naming the option and the rule it breaks.
pub fn check_update(options: &Value, now_ms: u64) -> Result<ClientLimits> {
    if let Some(renamed) = new_email(options) {
        client_identifier("email", renamed)?;
    }
    if let Some(flow) = options.get("flow") {
        xray_user(&[("flow".to_owned(), flow.clone())].into_iter().collect(), None)?;
    }
    switch("enable", options.get("enable"))?;
    client_limits(options, now_ms)
}

fn new_email(options: &Value) -> Option<&str> {
    options.get("email").and_then(Value::as_str).filter(|email| !email.is_empty())
}

/// Plans the write from the client's record as `getClient` answered it.
///
/// # Errors
/// Those of [`check_update`], or [`Error::Validation`] saying that the record could not be read.
pub fn plan_update(email: &str, answer: &Value, options: &Value, now_ms: u64) -> Result<UpdatePlan> {
    let limits = check_update(options, now_ms)?;
    let record = answer.pointer("/obj/client").filter(|_| answer.get("success") == Some(&Value::Bool(true)));
    let Some(mut body) = record.and_then(wire_of_record) else {
        return Err(Error::invalid("email", format!("Failed to load full client record for {email}")));
    };
    body.shift_remove("updated_at");
    let current = body.clone();
    if let Some(renamed) = new_email(options) {
        if renamed != email {
            new_identifier("email", renamed)?;
        }
        body.insert("email".into(), renamed.into());
    }
    let named = |name: &str| options.get(name).filter(|value| !value.is_null());
    for name in WRITTEN {
        if let Some(value) = named(name) {
            body.insert(name.into(), value.clone());
        }
    }
    if let Some(on) = switch("enable", options.get("enable"))? {
        body.insert("enable".into(), on.into());
    }
    if let Some(limit) = limits.limit_ip {
        body.insert("limitIp".into(), limit.into());
    }
    if let Some(bytes) = limits.total_bytes {
        body.insert("totalGB".into(), bytes.into());
    }
    if let Some(time) = limits.expiry_time {
        body.insert("expiryTime".into(), time.into());
    }
    let conversions = conversions(options, &limits);
    let changes = Changes { expected: Map::new(), ..changes_between(&current, &body) };
    Ok(UpdatePlan { path: Route::ClientUpdate.path(&[email]), body, changes, conversions })
}

fn conversions(options: &Value, limits: &ClientLimits) -> Value {
    let total = match (options.get("totalGB"), limits.total_bytes) {
        (Some(given), Some(bytes)) => format!("{} GB → {bytes} bytes", plain(given)),
        _ => "unchanged".to_owned(),
    };
    let expiry = match (options.get("expiryDays"), limits.expiry_time) {
        (Some(days), Some(time)) if !days.is_null() => format!("{} days → {}", plain(days), iso_time(time)),
        _ => "unchanged".to_owned(),
    };
    json!({ "totalGB": total, "expiryDays": expiry })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Value {
        json!({"success": true, "obj": {"inboundIds": [1], "client": {
            "id": 7, "uuid": "u", "email": "a", "flow": "f", "limitIp": 2, "totalGB": 5, "expiryTime": 9,
            "enable": true, "subId": "s", "comment": "c", "createdAt": 1, "updatedAt": 2,
        }}})
    }

    #[test]
    fn what_was_not_named_stays_and_the_uuid_is_always_sent() {
        let plan = plan_update("a", &record(), &json!({"totalGB": 1}), 0).unwrap();
        let body = Value::Object(plan.body);
        assert_eq!(body["id"], json!("u"));
        assert_eq!(body["totalGB"], json!(1_073_741_824));
        for (name, value) in
            [("limitIp", json!(2)), ("flow", json!("f")), ("comment", json!("c")), ("subId", json!("s"))]
        {
            assert_eq!(body[name], value, "{name}");
        }
        assert!(body.get("uuid").is_none());
    }

    #[test]
    fn a_flow_can_be_cleared_and_a_client_switched_off() {
        let plan =
            plan_update("a", &record(), &json!({"flow": "", "enable": false, "limitIp": 0}), 0).unwrap();
        let body = Value::Object(plan.body);
        assert_eq!(
            (&body["flow"], &body["enable"], &body["limitIp"]),
            (&json!(""), &json!(false), &json!(0))
        );
    }

    #[test]
    fn a_client_is_found_by_uuid_or_password() {
        let settings =
            json!({"clients": [{"id": "u", "email": "a"}, {"password": "p", "email": "b"}, {"id": "x"}]});
        let answer = json!({"success": true, "obj": {"settings": settings.to_string()}});
        assert_eq!(email_of(&answer, "u", &json!(1)).unwrap(), "a");
        assert_eq!(email_of(&answer, "p", &json!("1")).unwrap(), "b");
        let message = |client: &str| email_of(&answer, client, &json!(1)).unwrap_err().to_string();
        assert_eq!(message("z"), "Client with ID z not found in inbound 1");
        assert_eq!(message("x"), "Client with ID x has no email - cannot update via the Modern Client API");
        assert_eq!(message(""), "Client with ID  not found in inbound 1");
    }
}
