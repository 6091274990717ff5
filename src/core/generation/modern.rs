//! The new client methods on panels without a client table (up to 3.0), where a client is an entry in an inbound's
//! settings.
//!
//! Must not know: panels that have the new routes.

use serde_json::{Map, Value, json};

use super::entry::{self, Entry};
use crate::core::client::Deliver;
use crate::core::credentials;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::response::Response;
use crate::core::routes::Route;
use crate::core::transport::call_of;

/// What every entry has, also when the caller did not say; the panels of this era fill in nothing.
fn default_entry() -> Entry {
    let defaults = json!({
        "flow": "", "limitIp": 0, "totalGB": 0, "expiryTime": 0, "enable": true,
        "tgId": 0, "subId": "", "comment": "", "reset": 0,
    });
    if let Value::Object(entry) = defaults { entry } else { Map::new() }
}

/// `clients/add` as `addClient`.
pub async fn add(panel: &impl Deliver, body: &[u8]) -> Result<Response> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let client = body.get("client").and_then(Value::as_object).cloned().unwrap_or_default();
    let inbounds = body.get("inboundIds").and_then(Value::as_array).cloned().unwrap_or_default();
    if entry::text(&client, "email").is_empty() {
        return Ok(Envelope::refused("client email is required").into_response());
    }
    let [inbound] = inbounds.as_slice() else {
        return several_inbounds(panel, inbounds.len());
    };
    let entry = completed(panel, inbound, client).await?;
    let json = json!({ "id": inbound, "settings": json!({ "clients": [entry] }).to_string() }).to_string();
    panel.deliver(Route::AddClient.with_json(&[], json)).await
}

/// Up to 2.9 an identifier exists in one inbound only.
fn several_inbounds(panel: &impl Deliver, count: usize) -> Result<Response> {
    if count == 0 {
        return Ok(Envelope::refused("at least one inbound is required").into_response());
    }
    let message = "This panel (before 3.1) keeps a client in exactly one inbound: \
                   add one client per inbound, each with an identifier of its own."
        .to_owned();
    let call = call_of(&panel.base_url(), &Route::ClientAdd.request(&[]));
    Err(Error::Unsupported { message, call: Box::new(call) })
}

/// The entry with the defaults under it and the credential that newer panels would have made up.
pub async fn completed(panel: &impl Deliver, inbound: &Value, client: Entry) -> Result<Entry> {
    let mut entry = default_entry();
    entry.extend(client);
    if entry::text(&entry, "subId").is_empty() {
        entry.insert("subId".into(), credentials::generate_uuid(&mut rand::rng()).into());
    }
    if ["id", "password", "auth"].iter().all(|key| entry::text(&entry, key).is_empty()) {
        let answer = panel.deliver(Route::GetInbound.request(&[&inbound.to_string()])).await?;
        let protocol = Envelope::read(&answer)
            .and_then(|e| Some(e.obj.get("protocol")?.as_str()?.to_owned()))
            .unwrap_or_default();
        let (member, credential) = match protocol.as_str() {
            "trojan" | "shadowsocks" => ("password", made_up_password()?),
            "hysteria" | "hysteria2" => ("auth", made_up_password()?),
            _ => ("id", credentials::generate_uuid(&mut rand::rng())),
        };
        entry.insert(member.into(), credential.into());
    }
    Ok(entry)
}

fn made_up_password() -> Result<String> {
    credentials::generate_password(&mut rand::rng(), 16, &credentials::PasswordOptions::default())
}

/// Where a client of that e-mail is: each inbound with its entry in it.
async fn places(panel: &impl Deliver, email: &str) -> Result<Vec<(Value, Entry)>> {
    let answer = panel.deliver(Route::ListInbounds.request(&[])).await?;
    let inbounds = Envelope::read(&answer).map(|e| e.obj).unwrap_or_default();
    let Value::Array(inbounds) = inbounds else { return Ok(Vec::new()) };
    Ok(inbounds
        .into_iter()
        .filter_map(|inbound| {
            let entry = entry::clients_of(&inbound).into_iter().find(|c| entry::text(c, "email") == email)?;
            Some((inbound, entry))
        })
        .collect())
}

/// `clients/get` from the list of inbounds.
pub async fn get(panel: &impl Deliver, email: &str) -> Result<Response> {
    let places = places(panel, email).await?;
    let Some((_, entry)) = places.first() else {
        let msg = "Obtain (record not found)".to_owned();
        return Ok(Envelope { success: false, msg, obj: Value::Null }.into_response());
    };
    let ids: Vec<&Value> = places.iter().filter_map(|(inbound, _)| inbound.get("id")).collect();
    let obj = json!({ "client": entry::record_of_entry(entry), "inboundIds": ids });
    Ok(Envelope::done("", obj).into_response())
}

/// `clients/update` as `updateClient` in every inbound that has the client: the stored entry with what the caller
/// named laid over it, so that what was not named stays.
pub async fn update(panel: &impl Deliver, email: &str, body: &[u8]) -> Result<Response> {
    let wanted: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let mut last = Envelope::refused("record not found").into_response();
    for (inbound, entry) in places(panel, email).await? {
        let key = key_in(&inbound, &entry);
        let mut merged = entry;
        merged.extend(wanted.clone());
        merged.shift_remove("updated_at");
        let settings = json!({ "clients": [merged] }).to_string();
        let json = json!({ "id": inbound.get("id"), "settings": settings }).to_string();
        last = panel.deliver(Route::UpdateClient.with_json(&[&key], json)).await?;
    }
    Ok(last)
}

/// `clients/del` as `delClient` in every inbound that has the client.
pub async fn delete(panel: &impl Deliver, email: &str) -> Result<Response> {
    let mut last = Envelope::refused("record not found").into_response();
    for (inbound, entry) in places(panel, email).await? {
        let id = inbound.get("id").map(Value::to_string).unwrap_or_default();
        let key = key_in(&inbound, &entry);
        last = panel.deliver(Route::DeleteClient.request(&[&id, &key])).await?;
    }
    Ok(last)
}

/// `clients/resetTraffic` as `resetClientTraffic` in the first inbound that has the client: it has one counter.
pub async fn reset(panel: &impl Deliver, email: &str) -> Result<Response> {
    let places = places(panel, email).await?;
    let Some(id) = places.first().and_then(|(inbound, _)| inbound.get("id")) else {
        return Ok(Envelope::refused("record not found").into_response());
    };
    panel.deliver(Route::ResetClientTraffic.request(&[&id.to_string(), email])).await
}

/// What the old routes know this entry by.
fn key_in(inbound: &Value, entry: &Entry) -> String {
    let protocol = inbound.get("protocol").and_then(Value::as_str).unwrap_or_default();
    entry::text(entry, entry::key_member(protocol)).to_owned()
}
