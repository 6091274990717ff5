//! `modifyClient`: what the caller changes of a client, written over all of it.
//!
//! Amounts are the panel's here (bytes, milliseconds): the caller gets the client as it is stored, and gives it back.
//! Must not know: how the calls are made.

use serde_json::{Map, Value};

use crate::core::error::{Call, Error, Result};
use crate::core::generation::wire_of_record;
use crate::core::request::Changes;
use crate::core::routes::Route;
use crate::core::security::validate::{client_identifier, new_identifier, xray_user};

/// The client as it is stored, from `getClient`'s answer.
///
/// # Errors
/// [`Error::NotFound`] when the panel does not have it.
pub fn current_client(email: &str, answer: &Value, call: Call) -> Result<Map<String, Value>> {
    let record = answer.pointer("/obj/client").filter(|_| answer.get("success") == Some(&Value::Bool(true)));
    let Some(mut client) = record.and_then(wire_of_record) else {
        let message = format!("Client not found: the panel at {} has no client {email}", call.base_url);
        return Err(Error::NotFound { message, call: Box::new(call) });
    };
    client.shift_remove("updated_at");
    Ok(client)
}

/// What is to be sent to make of a client what the caller wants.
#[derive(Debug, Clone, PartialEq)]
pub struct ModifyPlan {
    /// Path of the update.
    pub path: String,
    /// The whole client.
    pub body: Map<String, Value>,
    /// What of it is to be another than the caller saw.
    pub changes: Changes,
}

/// The members that are to be others than they are, and what they are.
pub fn changes_between(current: &Map<String, Value>, body: &Map<String, Value>) -> Changes {
    let names: Vec<String> =
        body.keys().filter(|name| current.get(*name) != body.get(*name)).cloned().collect();
    let expected = names.iter().filter_map(|name| Some((name.clone(), current.get(name)?.clone()))).collect();
    Changes { names, expected }
}

/// The update that makes `changed` of `current`. What the caller left out stays.
///
/// # Errors
/// [`Error::Validation`] naming the member and the rule that it breaks.
pub fn plan_modify(email: &str, current: &Value, changed: &Value) -> Result<ModifyPlan> {
    let Value::Object(changed) = changed else {
        return Err(Error::invalid("change", "Invalid change: must give back the client, or a part of it"));
    };
    let current = current.as_object().cloned().unwrap_or_default();
    let mut body = current.clone();
    body.extend(changed.clone());
    let renamed = body.get("email").and_then(Value::as_str).unwrap_or_default();
    if renamed == email { client_identifier("email", renamed) } else { new_identifier("email", renamed) }?;
    for name in ["limitIp", "totalGB"] {
        let amount = body.get(name).map_or(Some(0.0), Value::as_f64).filter(|amount| *amount >= 0.0);
        let Some(amount) = amount else {
            return Err(Error::invalid(
                name,
                format!("Invalid {name}: must be a number that is not negative"),
            ));
        };
        // Old panels store a fraction as no limit at all.
        body.insert(name.into(), (amount.round() as u64).into());
    }
    let changes = changes_between(&current, &body);
    let is_changed = |(name, _): &(&String, &Value)| changes.names.contains(name);
    xray_user(
        &body.iter().filter(is_changed).map(|(name, value)| (name.clone(), value.clone())).collect(),
        None,
    )?;
    Ok(ModifyPlan { path: Route::ClientUpdate.path(&[email]), body, changes })
}

/// The identifier in the first traffic row of a client (`getClientTrafficsById`'s answer).
pub fn email_in_traffic(answer: &Value) -> Option<&str> {
    answer.get("obj")?.as_array()?.first()?.get("email")?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_left_out_stays_and_fractions_of_bytes_go() {
        let current = json!({"email": "a", "id": "x", "totalGB": 5, "limitIp": 1});
        let ModifyPlan { path, body, changes } =
            plan_modify("a", &current, &json!({"totalGB": 7.4, "limitIp": 1})).unwrap();
        assert_eq!(changes.names, ["totalGB"]);
        assert_eq!(Value::from(changes.expected), json!({"totalGB": 5}));
        assert_eq!(path, "/panel/api/clients/update/a");
        assert_eq!(Value::from(body), json!({"email": "a", "id": "x", "totalGB": 7, "limitIp": 1}));
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        let current = json!({"email": "a"});
        let message = |changed| plan_modify("a", &current, &changed).unwrap_err().to_string();
        assert_eq!(message(json!(1)), "Invalid change: must give back the client, or a part of it");
        assert_eq!(message(json!({"totalGB": -1})), "Invalid totalGB: must be a number that is not negative");
        assert!(message(json!({"email": ""})).starts_with("Invalid email"));
        assert!(message(json!({"email": "a/b"})).contains("slash"));
        assert!(message(json!({"id": "x".repeat(31)})).starts_with("Invalid id"));
    }

    #[test]
    fn what_is_wrong_already_does_not_stand_in_the_way_of_another_change() {
        let current =
            json!({"email": "a/b", "id": "x".repeat(31), "flow": "old", "limitIp": 0, "totalGB": 0});
        assert_eq!(plan_modify("a/b", &current, &json!({"limitIp": 1})).unwrap().changes.names, ["limitIp"]);
    }
}
