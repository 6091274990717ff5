//! Many clients of one inbound by one write of it whole: 3.1 has a client table, and no route for several.
//!
//! Whoever calls this sees to it that nobody else writes to the inbound meanwhile. Must not know: how answers look.

use std::collections::HashSet;

use serde_json::Value;

use super::entry::{self, Entry};
use super::modern::{Inbound, for_inbound, with_defaults};
use super::step::{Step, ask};
use crate::core::client::Deliver;
use crate::core::credentials::{is_2022_key, is_2022_method};
use crate::core::routes::Route;

/// Fewer are made one by one: a write of the whole inbound makes xray take it up anew.
const FEWEST: usize = 5;

/// A client and the inbounds that it is to be in.
pub type Item = (Entry, Vec<i64>);

/// Makes the clients that can be made so; gives the others back, for which there is the route for one.
pub async fn create(panel: &impl Deliver, items: Vec<Item>) -> Step<Vec<Item>> {
    let mut left = Vec::new();
    for (inbound, clients) in by_inbound(items, &mut left) {
        if clients.len() < FEWEST {
            left.extend(clients.into_iter().map(|client| (client, vec![inbound])));
        } else {
            left.extend(
                append(panel, inbound, clients).await?.into_iter().map(|client| (client, vec![inbound])),
            );
        }
    }
    Ok(left)
}

/// The clients of one inbound each that are to be on: one that is to be off needs a write of its own.
fn by_inbound(items: Vec<Item>, left: &mut Vec<Item>) -> Vec<(i64, Vec<Entry>)> {
    let mut groups: Vec<(i64, Vec<Entry>)> = Vec::new();
    for (client, inbounds) in items {
        match inbounds.as_slice() {
            [id] if client.get("enable") != Some(&Value::Bool(false)) => {
                match groups.iter_mut().find(|(of, _)| of == id) {
                    Some((_, clients)) => clients.push(client),
                    None => groups.push((*id, vec![client])),
                }
            }
            _ => left.push((client, inbounds)),
        }
    }
    groups
}

/// Adds clients to an inbound; gives those back that the panel may refuse, and all where there is no such inbound.
async fn append(panel: &impl Deliver, id: i64, clients: Vec<Entry>) -> Step<Vec<Entry>> {
    let mut taken = taken_emails(panel).await?;
    let Ok(found) = ask(panel, Route::GetInbound.request(&[&id.to_string()])).await else {
        return Ok(clients);
    };
    let Some(inbound) = Inbound::of(found) else { return Ok(clients) };
    let (mut stored, mut left) = (inbound.clients.clone(), Vec::new());
    for client in clients {
        let email = entry::text(&client, "email").trim().to_lowercase();
        if email.is_empty() || !brings_its_key(&inbound, &client) || !taken.insert(email) {
            left.push(client);
        } else {
            stored.push(for_inbound(&inbound, with_defaults(client))?);
        }
    }
    ask(panel, Route::UpdateInbound.with_json(&[&id.to_string()], inbound.whole_with(&stored))).await?;
    Ok(left)
}

/// A key that does not fit the cipher keeps xray from starting; the route for one client replaces it.
fn brings_its_key(inbound: &Inbound, client: &Entry) -> bool {
    let (method, key) = (entry::text(&inbound.settings, "method"), entry::text(client, "password"));
    !is_2022_method(method) || key.is_empty() || is_2022_key(key, method)
}

/// The identifiers in use, in lower case: the write of a whole inbound does not look at them.
async fn taken_emails(panel: &impl Deliver) -> Step<HashSet<String>> {
    let clients = ask(panel, Route::ClientList.request(&[])).await?;
    let email = |client: &Value| Some(client.get("email")?.as_str()?.to_lowercase());
    Ok(clients.as_array().into_iter().flatten().filter_map(email).collect())
}
