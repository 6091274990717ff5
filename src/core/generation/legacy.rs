//! The old client methods on panels with a client table (3.1 and newer), which dropped their routes.
//!
//! Each recipe answers what the old route would have answered, and never deletes more than it was asked to.
//! Must not know: panels that still have the old routes.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::depleted::{is_depleted, is_off_by_hand};
use super::entry::{self, Entry};
use super::native;
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::response::Response;
use crate::core::routes::Route;

/// `addClient`: one client by `clients/add`, several at once by `bulkCreate`.
pub async fn add(panel: &impl Deliver, body: &[u8]) -> Result<Response> {
    let (inbound, clients) = addressed_clients(body)?;
    if clients.iter().any(|c| ["id", "password", "auth"].iter().all(|key| entry::text(c, key).is_empty())) {
        // The old route refused a client without a credential; the new one would make one up that nobody is told.
        return Ok(Envelope::refused("empty client ID").into_response());
    }
    if let Some(twice) = repeated_email(&clients) {
        return Ok(Envelope::refused(&format!("Duplicate email: {twice}")).into_response());
    }
    match <[Entry; 1]>::try_from(clients) {
        Ok([client]) => {
            let json = json!({ "client": client, "inboundIds": [inbound] }).to_string();
            native::add(panel, Route::ClientAdd.with_json(&[], json)).await
        }
        Err(clients) if panel.panel().is_at_least(3, 2, 0) => add_at_once(panel, &inbound, clients).await,
        Err(clients) => add_in_turn(panel, &inbound, clients).await,
    }
}

/// An identifier that two of the clients have; letter case makes no difference to the panel.
fn repeated_email(clients: &[Entry]) -> Option<&str> {
    let mut seen = HashSet::new();
    clients.iter().map(|client| entry::text(client, "email")).find(|email| !seen.insert(email.to_lowercase()))
}

/// The old route stored all clients or none, so what `bulkCreate` did store is taken back when it skipped one.
async fn add_at_once(panel: &impl Deliver, inbound: &Value, clients: Vec<Entry>) -> Result<Response> {
    let off: Vec<String> = disabled_emails(&clients);
    let emails: Vec<String> = clients.iter().map(|c| entry::text(c, "email").to_owned()).collect();
    let items: Vec<Value> =
        clients.into_iter().map(|c| json!({ "client": c, "inboundIds": [inbound] })).collect();
    let answer =
        panel.deliver(Route::ClientBulkCreate.with_json(&[], Value::Array(items).to_string())).await?;
    let Some(envelope) = Envelope::read(&answer).filter(|e| e.success) else { return Ok(answer) };
    let skipped: Vec<(&str, &str)> =
        envelope.obj.get("skipped").and_then(Value::as_array).map_or_else(Vec::new, |list| {
            list.iter()
                .filter_map(|s| Some((s.get("email")?.as_str()?, s.get("reason")?.as_str()?)))
                .collect()
        });
    let Some((_, reason)) = skipped.first() else {
        native::disable(panel, &off).await?;
        return Ok(Envelope::done("Inbound client(s) have been added.", Value::Null).into_response());
    };
    let made: Vec<&String> =
        emails.iter().filter(|email| !skipped.iter().any(|(s, _)| s.eq_ignore_ascii_case(email))).collect();
    if !made.is_empty() {
        panel.deliver(Route::ClientBulkDelete.with_json(&[], json!({ "emails": made }).to_string())).await?;
    }
    Ok(Envelope::refused(reason.trim()).into_response())
}

/// 3.1 has no `bulkCreate`.
async fn add_in_turn(panel: &impl Deliver, inbound: &Value, clients: Vec<Entry>) -> Result<Response> {
    let mut made: Vec<String> = Vec::with_capacity(clients.len());
    for client in clients {
        let email = entry::text(&client, "email").to_owned();
        let json = json!({ "client": client, "inboundIds": [inbound] }).to_string();
        let answer = native::add(panel, Route::ClientAdd.with_json(&[], json)).await?;
        if !Envelope::read(&answer).is_some_and(|e| e.success) {
            for email in &made {
                panel.deliver(Route::ClientDelete.request(&[email])).await?;
            }
            return Ok(answer);
        }
        made.push(email);
    }
    Ok(Envelope::done("Inbound client(s) have been added.", Value::Null).into_response())
}

/// `updateClient`: the stored entry with what the caller named laid over it, because `clients/update` replaces.
pub async fn update(panel: &impl Deliver, key: &str, body: &[u8]) -> Result<Response> {
    let (inbound, clients) = addressed_clients(body)?;
    let id = plain(&inbound);
    let found = match read_inbound(panel, &id).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(refusal),
    };
    let Some(stored) = entry::find_by_key(&found, key) else {
        return Ok(Envelope::refused("empty client ID").into_response());
    };
    let email = entry::text(&stored, "email").to_owned();
    let Some(wanted) = clients.into_iter().next() else {
        return Ok(Envelope::refused("empty client ID").into_response());
    };
    let mut merged = stored;
    merged.shift_remove("updated_at");
    merged.extend(wanted);
    let mut request = Route::ClientUpdate.with_json(&[&email], Value::Object(merged).to_string());
    if panel.panel().is_at_least(3, 2, 8) {
        // The old route changed the client in this inbound only.
        request.path.push_str("?inboundIds=");
        request.path.push_str(&id);
    }
    panel.deliver(request).await
}

/// `deleteClient`: the client leaves this inbound, and the panel when it was in no other.
pub async fn delete(panel: &impl Deliver, inbound: &str, key: &str) -> Result<Response> {
    let found = match read_inbound(panel, inbound).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(refusal),
    };
    let Some(stored) = entry::find_by_key(&found, key) else {
        return Ok(Envelope::refused(&format!("Client Not Found In Inbound For ID: {key}")).into_response());
    };
    remove_from(panel, inbound, entry::text(&stored, "email")).await
}

/// `deleteClientByEmail`: the same by the identifier.
pub async fn delete_by_email(panel: &impl Deliver, inbound: &str, email: &str) -> Result<Response> {
    let found = match read_inbound(panel, inbound).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(refusal),
    };
    if !entry::clients_of(&found).iter().any(|c| entry::text(c, "email") == email) {
        let msg = format!("Failed to delete client by email (client with email {email} not found\n)");
        return Ok(Envelope { success: false, msg, obj: Value::Null }.into_response());
    }
    let answer = remove_from(panel, inbound, email).await?;
    match Envelope::read(&answer) {
        Some(e) if e.success => {
            Ok(Envelope::done("Client deleted successfully", Value::Null).into_response())
        }
        _ => Ok(answer),
    }
}

async fn remove_from(panel: &impl Deliver, inbound: &str, email: &str) -> Result<Response> {
    let id: i64 = inbound.parse().unwrap_or_default();
    let record = panel.deliver(Route::ClientGet.request(&[email])).await?;
    let elsewhere = Envelope::read(&record)
        .and_then(|e| {
            Some(e.obj.get("inboundIds")?.as_array()?.iter().any(|other| other.as_i64() != Some(id)))
        })
        .unwrap_or(false);
    if elsewhere {
        let json = json!({ "inboundIds": [id] }).to_string();
        return panel.deliver(Route::ClientDetach.with_json(&[email], json)).await;
    }
    panel.deliver(Route::ClientDelete.request(&[email])).await
}

/// `getClientTrafficsById`: the traffic rows of all clients with that UUID.
pub async fn traffic_by_uuid(panel: &impl Deliver, uuid: &str) -> Result<Response> {
    let mut rows = Vec::new();
    for email in emails_of_uuid(panel, uuid).await? {
        let answer = panel.deliver(Route::ClientTraffic.request(&[&email])).await?;
        if let Some(row) = Envelope::read(&answer).map(|e| e.obj).filter(Value::is_object) {
            rows.push(row);
        }
    }
    Ok(Envelope::done("", Value::Array(rows)).into_response())
}

/// From 3.2.0 on the panel searches credentials itself, but its page shows none: each hit is read and compared.
async fn emails_of_uuid(panel: &impl Deliver, uuid: &str) -> Result<Vec<String>> {
    if !panel.panel().is_at_least(3, 2, 0) {
        let list = panel.deliver(Route::ClientList.request(&[])).await?;
        let records = Envelope::read(&list).map(|e| e.obj);
        let same = |record: &&Value| record.get("uuid").and_then(Value::as_str) == Some(uuid);
        let email = |record: &Value| record.get("email").and_then(Value::as_str).map(str::to_owned);
        return Ok(records
            .as_ref()
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |all| all.iter().filter(same).filter_map(email).collect()));
    }
    let mut request = Route::ClientPage.request(&[]);
    request.path =
        format!("{}?search={}&pageSize=200", request.path, crate::core::percent::encode_uri_component(uuid));
    let page = panel.deliver(request).await?;
    let hits: Vec<String> = Envelope::read(&page)
        .and_then(|e| {
            let items = e.obj.get("items")?.as_array()?;
            Some(items.iter().filter_map(|i| i.get("email")?.as_str().map(str::to_owned)).collect())
        })
        .unwrap_or_default();
    let mut emails = Vec::new();
    for email in hits {
        let record = panel.deliver(Route::ClientGet.request(&[&email])).await?;
        let same = Envelope::read(&record)
            .is_some_and(|e| e.obj.pointer("/client/uuid").and_then(Value::as_str) == Some(uuid));
        if same {
            emails.push(email);
        }
    }
    Ok(emails)
}

/// `resetClientTraffic`. From 3.3.1 on a reset also switches the client on, which the old route did only for clients
/// that the panel itself had switched off: who was off by hand is off again afterwards.
pub async fn reset(panel: &impl Deliver, email: &str) -> Result<Response> {
    let mut off = Vec::new();
    if panel.panel().is_at_least(3, 3, 1) {
        let found = panel.deliver(Route::ClientGet.request(&[email])).await?;
        let record = Envelope::read(&found).map(|e| with_usage(e.obj)).unwrap_or_default();
        if is_off_by_hand(&record, panel.now_ms()) {
            off.push(email.to_owned());
        }
    }
    let answer = panel.deliver(Route::ClientResetTraffic.request(&[email])).await?;
    native::disable(panel, &off).await?;
    Ok(answer)
}

/// The record in an answer of `clients/get`, with the traffic that stands beside it there.
fn with_usage(mut obj: Value) -> Value {
    let used = obj.get("usedTraffic").cloned().unwrap_or_default();
    let mut record = obj.get_mut("client").map(Value::take).unwrap_or_default();
    let of = |name: &str| record.get(name).cloned().unwrap_or_default();
    let traffic = json!({ "up": used, "down": 0, "total": of("totalGB"), "expiryTime": of("expiryTime") });
    if let Some(members) = record.as_object_mut() {
        members.insert("traffic".into(), traffic);
    }
    record
}

/// `resetAllClientTraffics`: the counters of every client of one inbound, or of all for `-1`.
pub async fn reset_all(panel: &impl Deliver, inbound: &str) -> Result<Response> {
    const DONE: &str = "All traffic from the client has been reset.";
    let records = records(panel).await?;
    let id: i64 = inbound.parse().unwrap_or_default();
    let meant: Vec<&Value> =
        records.iter().filter(|record| id == -1 || inbounds_of(record).contains(&id)).collect();
    let emails: Vec<&str> = meant.iter().filter_map(|record| email_of(record)).collect();
    if emails.is_empty() {
        return Ok(Envelope::done(DONE, Value::Null).into_response());
    }
    // Not `clients/resetAllTraffics`: before 3.6.0 it leaves depleted clients switched off, the old route did not.
    if panel.panel().is_at_least(3, 2, 0) {
        let request = Route::ClientBulkReset.with_json(&[], json!({ "emails": emails }).to_string());
        let answer = panel.deliver(request).await?;
        if !Envelope::read(&answer).is_some_and(|e| e.success) {
            return Ok(answer);
        }
    } else {
        for email in &emails {
            panel.deliver(Route::ClientResetTraffic.request(&[email])).await?;
        }
    }
    let now = panel.now_ms();
    let off = meant.iter().filter(|record| is_off_by_hand(record, now));
    native::disable(panel, &off.filter_map(|record| email_of(record)).map(str::to_owned).collect::<Vec<_>>())
        .await?;
    Ok(Envelope::done(DONE, Value::Null).into_response())
}

/// `deleteDepletedClients`: those of one inbound whose quota or time is used up and that are not renewed by
/// themselves. The inbound stays, also when it becomes empty.
pub async fn delete_depleted(panel: &impl Deliver, inbound: &str) -> Result<Response> {
    const DONE: &str = "All depleted clients are deleted.";
    if inbound.starts_with('-') {
        let answer = panel.deliver(Route::ClientDepleted.request(&[])).await?;
        let done = Envelope::read(&answer).is_some_and(|e| e.success);
        return Ok(if done { Envelope::done(DONE, Value::Null).into_response() } else { answer });
    }
    let id: i64 = inbound.parse().unwrap_or_default();
    let records = records(panel).await?;
    let now = panel.now_ms();
    let mut only_here: Vec<&str> = Vec::new();
    for record in records.iter().filter(|record| is_depleted(record, now)) {
        let Some(email) = email_of(record) else { continue };
        let inbounds = inbounds_of(record);
        if inbounds == [id] {
            only_here.push(email);
        } else if inbounds.contains(&id) {
            let json = json!({ "inboundIds": [id] }).to_string();
            panel.deliver(Route::ClientDetach.with_json(&[email], json)).await?;
        }
    }
    if panel.panel().is_at_least(3, 2, 0) && !only_here.is_empty() {
        panel
            .deliver(Route::ClientBulkDelete.with_json(&[], json!({ "emails": only_here }).to_string()))
            .await?;
    } else {
        for email in only_here {
            panel.deliver(Route::ClientDelete.request(&[email])).await?;
        }
    }
    Ok(Envelope::done(DONE, Value::Null).into_response())
}

/// All records of the client table, with their traffic and inbounds.
async fn records(panel: &impl Deliver) -> Result<Vec<Value>> {
    let list = panel.deliver(Route::ClientList.request(&[])).await?;
    let obj = Envelope::read(&list).map(|e| e.obj).unwrap_or_default();
    Ok(if let Value::Array(records) = obj { records } else { Vec::new() })
}

fn email_of(record: &Value) -> Option<&str> {
    record.get("email").and_then(Value::as_str)
}

fn inbounds_of(record: &Value) -> Vec<i64> {
    let ids = record.get("inboundIds").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(Value::as_i64).collect()
}

/// An inbound, or what an old route answers where there is none.
async fn read_inbound(panel: &impl Deliver, inbound: &str) -> Result<Result<Value, Response>> {
    let answer = panel.deliver(Route::GetInbound.request(&[inbound])).await?;
    Ok(match Envelope::read(&answer) {
        Some(envelope) if envelope.success => Ok(envelope.obj),
        Some(envelope) if envelope.is_not_found() => {
            let msg = "Something went wrong (record not found)".to_owned();
            Err(Envelope { success: false, msg, obj: Value::Null }.into_response())
        }
        _ => Err(answer),
    })
}

/// The inbound and the clients that the body of an old route names, made fit for the new ones.
fn addressed_clients(body: &[u8]) -> Result<(Value, Vec<Entry>)> {
    let unreadable =
        |why: String| Error::invalid("settings", format!("Invalid client config: settings {why}"));
    let body: Value = serde_json::from_slice(body).map_err(|e| unreadable(format!("is no JSON ({e})")))?;
    let settings: Map<String, Value> = entry::settings_of(&body)
        .ok_or_else(|| unreadable("must be a JSON object with a list named clients".into()))?;
    let Some(Value::Array(clients)) = settings.get("clients") else {
        return Err(unreadable("must hold a list named clients".into()));
    };
    let clients: Result<Vec<Entry>> = clients
        .iter()
        .map(|client| {
            let entry = client
                .as_object()
                .cloned()
                .ok_or_else(|| unreadable("holds a client that is no object".into()))?;
            entry::with_numbers(entry)
        })
        .collect();
    let id = body.get("id").cloned().unwrap_or_default();
    let id = plain(&id).parse::<i64>().map(Value::from).unwrap_or(id);
    Ok((id, clients?))
}

/// A number or a text as plain text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn disabled_emails(clients: &[Entry]) -> Vec<String> {
    let off = |client: &&Entry| client.get("enable") == Some(&Value::Bool(false));
    clients.iter().filter(off).map(|client| entry::text(client, "email").to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_by_hand_is_who_is_off_with_quota_left() {
        let found =
            |used: i64| json!({"client": {"enable": false, "reset": 0, "totalGB": 10}, "usedTraffic": used});
        assert!(is_off_by_hand(&with_usage(found(9)), 0));
        assert!(!is_off_by_hand(&with_usage(found(10)), 0));
    }

    #[test]
    fn an_inbound_id_given_as_text_becomes_a_number() {
        let (id, clients) =
            addressed_clients(br#"{"id":"3","settings":"{\"clients\":[{\"tgId\":\"\"}]}"}"#).unwrap();
        assert_eq!(id, json!(3));
        assert_eq!(clients.first().unwrap().get("tgId"), Some(&json!(0)));
    }

    #[test]
    fn settings_without_clients_are_an_error_that_names_them() {
        let error = addressed_clients(br#"{"id":3,"settings":"{}"}"#).unwrap_err();
        assert_eq!(error.to_string(), "Invalid client config: settings must hold a list named clients");
    }
}
