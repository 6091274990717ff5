//! `deleteClient`, `deleteClientByEmail` and `deleteDepletedClients`.
//!
//! Must not know: how a client is found.

use serde_json::{Value, json};

use super::super::at_once;
use super::super::depleted::is_depleted;
use super::super::entry;
use super::{email_of, inbounds_of, read_inbound, records};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
use crate::core::response::Response;
use crate::core::routes::Route;

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
    delete_all(panel, &only_here).await?;
    Ok(Envelope::done(DONE, Value::Null).into_response())
}

/// Clients leave the panel: at once where that goes.
pub async fn delete_all(panel: &impl Deliver, emails: &[&str]) -> Result<()> {
    if emails.is_empty() {
        return Ok(());
    }
    let body = json!({ "emails": emails }).to_string();
    if at_once::ask(panel, Route::ClientBulkDelete, body).await?.is_none() {
        for email in emails {
            panel.deliver(Route::ClientDelete.request(&[email])).await?;
        }
    }
    Ok(())
}
