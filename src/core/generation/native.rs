//! Where a panel has the route, but not quite what the method promises: the call with what has to come before or after
//! it.
//!
//! Must not know: panels that lack the route (`legacy`, `modern`).

use serde_json::{Map, Value, json};

use super::at_once;
use super::entry::{self, Entry};
use super::step::{Step, not_found};
use super::{Panel, Version};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::{Body, Request};
use crate::core::response::Response;
use crate::core::routes::Route;
use crate::core::transport::call_of;

/// `clients/add` switches every new client on, also one that was to be off (3.1.0 and newer): such a client is
/// switched off right after.
pub async fn add(panel: &impl Deliver, request: Request) -> Result<Response> {
    let wanted_off = email_of_disabled(&request);
    let answer = panel.deliver(request).await?;
    match wanted_off {
        Some(email) if Envelope::read(&answer).is_some_and(|e| e.success) => {
            disable(panel, &[email]).await?;
            Ok(answer)
        }
        _ => Ok(answer),
    }
}

fn email_of_disabled(request: &Request) -> Option<String> {
    let body = request.body.bytes();
    if !may_switch_off(&body) {
        return None;
    }
    let body: Value = serde_json::from_slice(&body).ok()?;
    let client = body.get("client")?;
    let off = client.get("enable") == Some(&Value::Bool(false));
    off.then(|| client.get("email").and_then(Value::as_str).map(str::to_owned)).flatten()
}

/// Whether JSON text may say that something is to be off: told without reading it, as a body may hold a thousand clients.
pub fn may_switch_off(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok_and(|text| text.contains("false"))
}

/// Switches clients off: by the route for it (3.4.1 and newer), or by writing each one whole.
pub async fn disable(panel: &impl Deliver, emails: &[String]) -> Result<()> {
    if emails.is_empty() {
        return Ok(());
    }
    let body = json!({ "emails": emails }).to_string();
    if at_once::ask(panel, Route::ClientBulkDisable, body).await?.is_some() {
        return Ok(());
    }
    for email in emails {
        let found = panel.deliver(Route::ClientGet.request(&[email])).await?;
        let Some(mut wire) = Envelope::read(&found).and_then(|e| entry::wire_of_record(e.obj.get("client")?))
        else {
            continue;
        };
        wire.insert("enable".into(), Value::Bool(false));
        panel.deliver(Route::ClientUpdate.with_json(&[email], Value::Object(wire).to_string())).await?;
    }
    Ok(())
}

/// What `clients/update` clears, or replaces by something random, where it is not sent.
const WHOLE_CLIENT: [&str; 12] = [
    "id",
    "password",
    "auth",
    "flow",
    "limitIp",
    "totalGB",
    "expiryTime",
    "enable",
    "tgId",
    "comment",
    "reset",
    "subId",
];

/// `clients/update` replaces a client; what the caller did not name is to stay, so that is read and sent as well. A
/// client that is named whole is sent as it is, and a record that came from the panel as the panel takes it back.
pub async fn update(panel: &impl Deliver, email: &str, request: Request) -> Step<Response> {
    let Some(wanted) = wanted(&request) else { return Ok(panel.deliver(request).await?) };
    let body = if WHOLE_CLIENT.iter().all(|name| wanted.contains_key(*name)) {
        wanted
    } else {
        let answer = panel.deliver(Route::ClientGet.request(&[email])).await?;
        let found = match Envelope::read(&answer) {
            Some(envelope) if envelope.success => envelope.obj,
            Some(envelope) if envelope.is_not_found() => return not_found(),
            _ => return Ok(answer),
        };
        let mut stored = found.get("client").and_then(entry::wire_of_record).unwrap_or_default();
        as_expected(panel, &request, &stored)?;
        stored.shift_remove("updated_at");
        stored.extend(wanted);
        stored
    };
    let json = Value::Object(body).to_string();
    Ok(panel.deliver(Request { body: Body::Json(json.into()), ..request }).await?)
}

/// What a request means to write of a client; `None` where its body is none.
pub fn wanted(request: &Request) -> Option<Entry> {
    let Ok(Value::Object(given)) = serde_json::from_slice(&request.body.bytes()) else { return None };
    let mut wanted = wire(given);
    if let Some(changes) = &request.changes {
        wanted.retain(|name, _| changes.names.contains(name));
    }
    Some(wanted)
}

/// Whether the client is still as the caller saw it, in what the caller means to change.
///
/// # Errors
/// [`Error::Conflict`].
pub fn as_expected(panel: &impl Deliver, request: &Request, stored: &Entry) -> Result<()> {
    let expected = request.changes.iter().flat_map(|changes| &changes.expected);
    for (name, seen) in expected {
        if stored.get(name).is_some_and(|now| now != seen) {
            let message = format!("Conflict: {name} of the client was changed by somebody else meanwhile");
            return Err(Error::Conflict { message, call: Box::new(call_of(&panel.base_url(), request)) });
        }
    }
    Ok(())
}

/// A client as routes take it, also where the caller hands back what a route answered.
pub fn wire(given: Entry) -> Entry {
    let is_record = given.get("id").is_some_and(Value::is_number) || given.contains_key("uuid");
    if !is_record {
        return given;
    }
    let id = given.get("id").filter(|id| id.is_string()).cloned();
    let mut wire = entry::wire_of_record(&Value::Object(given)).unwrap_or_default();
    if let Some(id) = id {
        wire.insert("id".into(), id);
    }
    wire
}

/// What `inbounds/update` replaces by nothing where it is not sent.
const WHOLE_INBOUND: [&str; 10] = [
    "remark",
    "enable",
    "listen",
    "port",
    "protocol",
    "expiryTime",
    "total",
    "settings",
    "streamSettings",
    "sniffing",
];

/// `inbounds/update` replaces an inbound: up to 3.1 a part of one wipes the rest, and then no client can be added to the
/// whole panel. So what the caller did not name is read and sent as well; an inbound that is named whole is sent as it
/// is.
pub async fn update_inbound(panel: &impl Deliver, id: &str, request: Request) -> Step<Response> {
    let wanted = match serde_json::from_slice(&request.body.bytes()) {
        Ok(Value::Object(given)) if !is_whole_inbound(&panel.panel(), &given) => given,
        _ => return Ok(panel.deliver(request).await?),
    };
    let answer = panel.deliver(Route::GetInbound.request(&[id])).await?;
    let stored = match Envelope::read(&answer) {
        Some(envelope) if envelope.success => envelope.obj,
        Some(envelope) if envelope.is_not_found() => return not_found(),
        _ => return Ok(answer),
    };
    let mut body = Map::new();
    for (name, value) in stored.as_object().into_iter().flatten().filter(|(name, _)| *name != "clientStats") {
        let nested = value.is_object() && ["settings", "streamSettings", "sniffing"].contains(&name.as_str());
        body.insert(name.clone(), if nested { value.to_string().into() } else { value.clone() });
    }
    body.extend(wanted);
    let json = Value::Object(body).to_string();
    Ok(panel.deliver(Request { body: Body::Json(json.into()), ..request }).await?)
}

/// Panels up to 2.9 take over the counters as well, those from 2.8 on the period after which they begin anew.
fn is_whole_inbound(panel: &Panel, given: &Entry) -> bool {
    let has = |name: &&str| given.contains_key(*name);
    let counters = ["up", "down"].iter().all(&has) || panel.is_at_least(3, 0, 0);
    let period = has(&"trafficReset") || panel.newest < Version::new(2, 8, 0);
    WHOLE_INBOUND.iter().all(has) && counters && period
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire_of(given: Value) -> Value {
        Value::Object(wire(given.as_object().unwrap().clone()))
    }

    #[test]
    fn an_inbound_is_whole_when_nothing_is_lost_by_sending_it() {
        let mut given: Entry = WHOLE_INBOUND.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
        let on = |text: &str| Panel::seen(false).exactly(Version::parse(text).unwrap());
        assert!(!is_whole_inbound(&on("2.6.7"), &given), "counters are zeroed");
        given.insert("up".into(), 0.into());
        given.insert("down".into(), 0.into());
        assert!(is_whole_inbound(&on("2.6.7"), &given));
        assert!(!is_whole_inbound(&on("3.6.0"), &given), "the period is cleared");
        given.insert("trafficReset".into(), "never".into());
        assert!(is_whole_inbound(&on("3.6.0"), &given));
    }

    #[test]
    fn a_record_is_sent_back_as_the_panel_takes_it() {
        let record = json!({"id": 7, "uuid": "u", "email": "a", "createdAt": 1});
        assert_eq!(wire_of(record), json!({"email": "a", "id": "u", "created_at": 1}));
    }

    #[test]
    fn a_client_of_the_callers_own_stays_as_it_is() {
        for client in [json!({"id": "u", "email": "a"}), json!({"email": "a", "comment": "b"})] {
            assert_eq!(wire_of(client.clone()), client);
        }
        assert_eq!(wire_of(json!({"id": "mine", "uuid": "u"})), json!({"id": "mine"}));
    }
}
