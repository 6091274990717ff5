//! The new client methods on panels without a client table (up to 3.0), where a client is an entry in an inbound's
//! settings.
//!
//! Owns the answers. Must not know: panels that have the new routes, and how entries are read and written (`roster`,
//! `entries`).

mod complete;
mod links;
mod outline;
mod page;
mod roster;
mod write;

use serde_json::{Value, json};

pub use complete::{for_inbound, text_with_defaults, with_defaults};
pub use links::{by_email as links, by_subscription as sub_links};
pub use outline::Outline;
pub use page::page;
pub use roster::{Client, Inbound, Roster};
pub use write::{add_many, add_one, attach, delete, detach, finish_deletion, rewrite, update};

use super::depleted::is_depleted;
use super::entry;
use super::step::{Step, ask, not_found};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::response::Response;
use crate::core::routes::Route;

/// `clients/list`: all clients with their inbounds and counters.
pub async fn list(panel: &impl Deliver) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let clients: Vec<Value> = roster.clients().iter().map(Client::to_json).collect();
    Ok(Envelope::done("", Value::Array(clients)).into_response())
}

/// `clients/get` from the list of inbounds.
pub async fn get(panel: &impl Deliver, email: &str) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let Some(client) = roster.client(email) else {
        let msg = "Obtain (record not found)".to_owned();
        return Ok(Envelope { success: false, msg, obj: Value::Null }.into_response());
    };
    let obj = json!({ "client": entry::record_of_entry(client.entry), "inboundIds": client.inbound_ids() });
    Ok(Envelope::done("", obj).into_response())
}

/// `getClientTrafficsById` before 2.3.11: the counters stand in the list of inbounds, too.
pub async fn traffic_by_uuid(panel: &impl Deliver, uuid: &str) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let has_uuid = |client: &Client<'_>| entry::text(client.entry, "id") == uuid;
    let clients = roster.clients();
    let rows = clients.iter().filter(|client| has_uuid(client)).filter_map(Client::traffic);
    Ok(Envelope::done("", Value::Array(rows.cloned().collect())).into_response())
}

/// `clients/resetTraffic` as `resetClientTraffic` in the first inbound that has the client: it has one counter.
pub async fn reset(panel: &impl Deliver, roster: &Roster, email: &str) -> Step<()> {
    let Some(client) = roster.client(email) else { return not_found() };
    let inbound = client.inbound_ids().first().map(ToString::to_string).unwrap_or_default();
    ask(panel, Route::ResetClientTraffic.request(&[&inbound, email])).await.map(drop)
}

/// `delDepleted`: who has used up quota or time and is not renewed by itself, in one inbound or in all. Inbounds stay,
/// also when they become empty: the panel's own route deletes those (up to 2.9), or nobody at all (3.0).
pub async fn delete_depleted(panel: &impl Deliver, inbound: Option<i64>) -> Step<u64> {
    let mut roster = Roster::read(panel).await?;
    let now = panel.now_ms();
    let depleted: Vec<(String, Vec<i64>)> = roster
        .clients()
        .iter()
        .filter(|client| is_depleted(&client.to_json(), now))
        .map(|client| (client.email().to_owned(), client.inbound_ids()))
        .collect();
    let mut deleted = 0;
    for (email, places) in depleted {
        let meant: Vec<i64> =
            places.into_iter().filter(|id| inbound.is_none_or(|only| only == *id)).collect();
        if !meant.is_empty() {
            detach(panel, &mut roster, &email, &meant).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// `deleteClientByEmail` before 2.8: of one inbound only.
pub async fn delete_by_email(panel: &impl Deliver, inbound: &str, email: &str) -> Step<Response> {
    let mut roster = Roster::read(panel).await?;
    let id: i64 = inbound.parse().unwrap_or_default();
    if !roster.client(email).is_some_and(|client| client.inbound_ids().contains(&id)) {
        let msg = format!("Failed to delete client by email (client with email {email} not found\n)");
        return Ok(Envelope { success: false, msg, obj: Value::Null }.into_response());
    }
    detach(panel, &mut roster, email, &[id]).await?;
    Ok(Envelope::done("Client deleted successfully", Value::Null).into_response())
}
