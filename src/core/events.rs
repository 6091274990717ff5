//! Whom or what an event of the activity log concerns.
//!
//! Owns which parts of a call may be written down: identifiers and ids of inbounds, never a credential, which some
//! old routes carry in their path. Must not know: the log.

use serde_json::Value;

use super::generation::{clients_of, text_of};
use super::request::Request;
use super::routes::Matched;
use super::writes::Creation;

/// `user_1 user_2 on inbound 3`.
pub fn subject(matched: &Matched, request: &Request) -> String {
    let mut names: Vec<String> = matched.param("email").map(str::to_owned).into_iter().collect();
    let body: Value = serde_json::from_slice(&request.body.bytes()).unwrap_or_default();
    names.extend(named_in(&body));
    let inbound = matched.param("id").map(str::to_owned).or_else(|| inbound_in(&body));
    match (names.is_empty(), inbound) {
        (true, Some(inbound)) => format!("inbound {inbound}"),
        (true, None) => body.get("remark").and_then(Value::as_str).unwrap_or_default().to_owned(),
        (false, Some(inbound)) => placed(&names.join(" "), &inbound),
        (false, None) => names.join(" "),
    }
}

/// The same of a client that was made.
pub fn subject_of(creation: &Creation) -> String {
    placed(&creation.email, &listed(&creation.inbounds))
}

fn placed(names: &str, inbound: &str) -> String {
    [names, " on inbound ", inbound].concat()
}

fn listed(ids: &[impl ToString]) -> String {
    match ids {
        [only] => only.to_string(),
        ids => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

fn named_in(body: &Value) -> Vec<String> {
    let email = |value: &Value| value.get("email").and_then(Value::as_str).map(str::to_owned);
    match body {
        Value::Array(items) => items.iter().filter_map(|item| email(item.get("client")?)).collect(),
        Value::Object(members) => {
            let listed = members.get("emails").and_then(Value::as_array);
            let listed = listed.into_iter().flatten().filter_map(|e| e.as_str().map(str::to_owned));
            let described = members.get("client").and_then(email);
            let in_settings = if members.contains_key("port") { Vec::new() } else { clients_of(body) };
            let in_settings =
                in_settings.iter().map(|c| text_of(c, "email").to_owned()).filter(|e| !e.is_empty());
            listed.chain(described).chain(in_settings).collect()
        }
        _ => Vec::new(),
    }
}

fn inbound_in(body: &Value) -> Option<String> {
    let plain = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    if body.get("settings").is_some() {
        return body.get("id").map(plain);
    }
    let ids: Vec<String> = body.get("inboundIds")?.as_array()?.iter().map(plain).collect();
    Some(listed(&ids))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::routes::{Route, find};

    fn subject_of_call(request: Request) -> String {
        subject(&find(request.method, &request.path).unwrap(), &request)
    }

    #[test]
    fn clients_are_named_by_identifier_wherever_the_call_says_it() {
        let add = Route::ClientAdd.with_json(&[], r#"{"client":{"email":"a"},"inboundIds":[3]}"#.into());
        assert_eq!(subject_of_call(add), "a on inbound 3");
        let settings = r#"{"id":3,"settings":"{\"clients\":[{\"email\":\"a\"},{\"email\":\"b\"}]}"}"#;
        assert_eq!(subject_of_call(Route::AddClient.with_json(&[], settings.into())), "a b on inbound 3");
        assert_eq!(subject_of_call(Route::ClientDelete.request(&["a"])), "a");
    }

    #[test]
    fn a_client_that_was_made_is_named_as_the_call_that_makes_it_names_it() {
        let body = r#"{"client":{"email":"a"},"inboundIds":[3,5]}"#;
        let entry = serde_json::json!({ "email": "a" }).as_object().cloned().unwrap();
        let creation = Creation::of(&entry, vec![3, 5], true);
        assert_eq!(subject_of(&creation), subject_of_call(Route::ClientAdd.with_json(&[], body.into())));
    }

    #[test]
    fn a_credential_in_a_path_is_not_written_down() {
        assert_eq!(subject_of_call(Route::DeleteClient.request(&["3", "trojan-password"])), "inbound 3");
    }
}
