//! `addClient` and `updateClient`.
//!
//! Must not know: how what was sent is read.

use std::collections::HashSet;

use serde_json::Value;

use super::super::at_once;
use super::super::entry::{self, Entry};
use super::super::native;
use super::remove::delete_all;
use super::{addressed_clients, plain, read_inbound};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
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
            let json = entry::to_be_added(client, vec![inbound.clone()]).to_string();
            native::add(panel, Route::ClientAdd.with_json(&[], json)).await
        }
        Err(clients) => match add_at_once(panel, &inbound, &clients).await? {
            Some(answer) => Ok(answer),
            None => add_in_turn(panel, &inbound, clients).await,
        },
    }
}

/// An identifier that two of the clients have; letter case makes no difference to the panel.
fn repeated_email(clients: &[Entry]) -> Option<&str> {
    let mut seen = HashSet::new();
    clients.iter().map(|client| entry::text(client, "email")).find(|email| !seen.insert(email.to_lowercase()))
}

/// The old route stored all clients or none, so what `bulkCreate` did store is taken back when it skipped one. `None` where
/// that cannot be had.
async fn add_at_once(panel: &impl Deliver, inbound: &Value, clients: &[Entry]) -> Result<Option<Response>> {
    let off: Vec<String> = disabled_emails(clients);
    let emails: Vec<String> = clients.iter().map(|c| entry::text(c, "email").to_owned()).collect();
    let items: Vec<Value> =
        clients.iter().map(|c| entry::to_be_added(c.clone(), vec![inbound.clone()])).collect();
    let Some(answer) = at_once::ask(panel, Route::ClientBulkCreate, Value::Array(items).to_string()).await?
    else {
        return Ok(None);
    };
    let Some(envelope) = Envelope::read(&answer).filter(|e| e.success) else { return Ok(Some(answer)) };
    let skipped: Vec<(&str, &str)> =
        envelope.obj.get("skipped").and_then(Value::as_array).map_or_else(Vec::new, |list| {
            list.iter()
                .filter_map(|s| Some((s.get("email")?.as_str()?, s.get("reason")?.as_str()?)))
                .collect()
        });
    let Some((_, reason)) = skipped.first() else {
        native::disable(panel, &off).await?;
        return Ok(Some(Envelope::done("Inbound client(s) have been added.", Value::Null).into_response()));
    };
    let made: Vec<&str> = emails
        .iter()
        .map(String::as_str)
        .filter(|email| !skipped.iter().any(|(s, _)| s.eq_ignore_ascii_case(email)))
        .collect();
    delete_all(panel, &made).await?;
    Ok(Some(Envelope::refused(reason.trim()).into_response()))
}

/// 3.1 has no `bulkCreate`, and it may be barred.
async fn add_in_turn(panel: &impl Deliver, inbound: &Value, clients: Vec<Entry>) -> Result<Response> {
    let mut made: Vec<String> = Vec::with_capacity(clients.len());
    for client in clients {
        let email = entry::text(&client, "email").to_owned();
        let json = entry::to_be_added(client, vec![inbound.clone()]).to_string();
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

fn disabled_emails(clients: &[Entry]) -> Vec<String> {
    let off = |client: &&Entry| client.get("enable") == Some(&Value::Bool(false));
    clients.iter().filter(off).map(|client| entry::text(client, "email").to_owned()).collect()
}
