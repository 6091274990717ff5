//! Writing entries: each change by the route for one client, or by writing its inbound whole where that route cannot.
//!
//! Must not know: how answers look.

use serde_json::{Value, json};

use super::super::bulk::ids;
use super::super::entry::{self, Entry};
use super::super::step::{Step, Stop, ask, not_found, reason, refused};
use super::complete::{carries_its_key, for_inbound, with_defaults};
use super::roster::{Inbound, Roster};
use crate::core::client::Deliver;
use crate::core::error::Error;
use crate::core::routes::Route;
use crate::core::security::validate::fits_a_path;
use crate::core::transport::call_of;

/// `clients/add`: `{ client, inboundIds }`. A client that names its credential needs nothing to be read first.
pub async fn add_one(panel: &impl Deliver, body: &Value) -> Step<()> {
    let client = body.get("client").and_then(Value::as_object).cloned().unwrap_or_default();
    let inbounds = ids(body.get("inboundIds"));
    match inbounds.as_slice() {
        [id] if carries_its_key(&client) && !entry::text(&client, "email").is_empty() => {
            add_entries(panel, *id, &[with_defaults(client)]).await
        }
        ids => {
            let mut roster = match ids {
                [id] => Roster::of(inbound_with(panel, *id).await?),
                _ => Roster::read(panel).await?,
            };
            add(panel, &mut roster, client, ids).await
        }
    }
}

/// One inbound; what the panel says of one that it does not have is what it says of it where clients are added.
async fn inbound_with(panel: &impl Deliver, id: i64) -> Step<Inbound> {
    match ask(panel, Route::GetInbound.request(&[&id.to_string()])).await {
        Ok(found) => Inbound::of(found).map_or_else(not_found, Ok),
        Err(Stop::Refused(_)) => not_found(),
        Err(failed) => Err(failed),
    }
}

/// A client for each of the inbounds, as `clients/add` takes it.
async fn add(panel: &impl Deliver, roster: &mut Roster, client: Entry, inbounds: &[i64]) -> Step<()> {
    if entry::text(&client, "email").is_empty() {
        return refused("client email is required");
    }
    if inbounds.is_empty() {
        return refused("at least one inbound is required");
    }
    one_inbound_up_to_2_9(panel, inbounds.len())?;
    let mut identity = with_defaults(client);
    for id in inbounds {
        let Some(inbound) = roster.inbound(*id) else { return not_found() };
        // One identity for all inbounds: what one of them made necessary goes into the next as well.
        identity = for_inbound(inbound, identity)?;
        append(panel, roster, *id, vec![identity.clone()]).await?;
    }
    Ok(())
}

/// Many clients: those of one inbound in one request. Gives who was left out, and why.
pub async fn add_many(
    panel: &impl Deliver,
    roster: &mut Roster,
    items: Vec<(Entry, Vec<i64>)>,
) -> Step<Vec<(String, String)>> {
    let mut skipped = Vec::new();
    let mut batches: Vec<(i64, Vec<Entry>)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (client, inbounds) in items {
        let email = entry::text(&client, "email").to_owned();
        match (email.as_str(), inbounds.as_slice()) {
            ("", _) => skipped.push(("(missing email)".to_owned(), "client email is required".to_owned())),
            (email, _) if roster.has_email(email) || !seen.insert(email.to_lowercase()) => {
                skipped.push((email.to_owned(), format!("email already in use: {email}")));
            }
            (email, [id]) => match roster.inbound(*id) {
                None => skipped.push((email.to_owned(), "record not found".to_owned())),
                Some(inbound) => {
                    let entry = for_inbound(inbound, with_defaults(client))?;
                    match batches.iter_mut().find(|(of, _)| of == id) {
                        Some((_, batch)) => batch.push(entry),
                        None => batches.push((*id, vec![entry])),
                    }
                }
            },
            _ => {
                let outcome = add(panel, roster, client, &inbounds).await;
                skipped.extend(reason(outcome)?.map(|why| (email.clone(), why)));
            }
        }
    }
    for (id, batch) in batches {
        let emails: Vec<String> = batch.iter().map(|e| entry::text(e, "email").to_owned()).collect();
        // The panel stores all of them or none.
        if let Some(why) = reason(append(panel, roster, id, batch).await)? {
            skipped.extend(emails.into_iter().map(|email| (email, why.clone())));
        }
    }
    Ok(skipped)
}

async fn append(panel: &impl Deliver, roster: &mut Roster, id: i64, entries: Vec<Entry>) -> Step<()> {
    add_entries(panel, id, &entries).await?;
    if let Some(inbound) = roster.inbound_mut(id) {
        inbound.clients.extend(entries);
    }
    Ok(())
}

async fn add_entries(panel: &impl Deliver, id: i64, entries: &[Entry]) -> Step<()> {
    let json = json!({ "id": id, "settings": json!({ "clients": entries }).to_string() }).to_string();
    ask(panel, Route::AddClient.with_json(&[], json)).await.map(drop)
}

/// Up to 2.9 an identifier exists in one inbound only.
fn one_inbound_up_to_2_9(panel: &impl Deliver, count: usize) -> Result<(), Error> {
    if count <= 1 || panel.panel().is_at_least(3, 0, 0) {
        return Ok(());
    }
    let message = format!(
        "This panel ({}) keeps a client in exactly one inbound; from 3.0.0 on it can be in several. \
         Use one client per inbound, each with an identifier of its own.",
        panel.panel()
    );
    let call = call_of(&panel.base_url(), &Route::ClientAdd.request(&[]));
    Err(Error::Unsupported { message, call: Box::new(call) })
}

/// The stored entry of every inbound that has the client, with what the caller named laid over it: what was not named
/// stays.
pub async fn update(panel: &impl Deliver, roster: &mut Roster, email: &str, wanted: &Entry) -> Step<()> {
    let Some(client) = roster.client(email) else { return not_found() };
    for id in client.inbound_ids() {
        let Some(inbound) = roster.inbound(id) else { continue };
        let Some(stored) = inbound.entry(email) else { continue };
        let mut merged = stored.clone();
        merged.extend(wanted.clone());
        merged.shift_remove("updated_at");
        let key = inbound.key(stored).to_owned();
        let clients: Vec<Entry> =
            inbound.clients.iter().map(|c| if c == stored { merged.clone() } else { c.clone() }).collect();
        if fits_a_path(&key) {
            let settings = json!({ "clients": [merged] }).to_string();
            let json = json!({ "id": id, "settings": settings }).to_string();
            ask(panel, Route::UpdateClient.with_json(&[&key], json)).await?;
            if let Some(inbound) = roster.inbound_mut(id) {
                inbound.clients = clients;
            }
        } else {
            rewrite(panel, roster, id, clients).await?;
        }
    }
    Ok(())
}

/// A client leaves the panel.
pub async fn delete(panel: &impl Deliver, roster: &mut Roster, email: &str) -> Step<()> {
    let Some(places) = roster.client(email).map(|client| client.inbound_ids()) else { return not_found() };
    detach(panel, roster, email, &places).await
}

/// A client leaves these inbounds; those that it is not in are passed over.
pub async fn detach(panel: &impl Deliver, roster: &mut Roster, email: &str, inbounds: &[i64]) -> Step<()> {
    let Some(places) = roster.client(email).map(|client| client.inbound_ids()) else { return not_found() };
    for id in places.into_iter().filter(|id| inbounds.contains(id)) {
        let Some(inbound) = roster.inbound(id) else { continue };
        let Some(entry) = inbound.entry(email) else { continue };
        let key = inbound.key(entry).to_owned();
        let rest: Vec<Entry> = inbound.clients.iter().filter(|c| *c != entry).cloned().collect();
        // The route refuses to take the last client.
        if rest.is_empty() || !fits_a_path(&key) {
            rewrite(panel, roster, id, rest).await?;
        } else {
            ask(panel, Route::DeleteClient.request(&[&id.to_string(), &key])).await?;
            if let Some(inbound) = roster.inbound_mut(id) {
                inbound.clients = rest;
            }
        }
    }
    Ok(())
}

/// Finishes a deletion in the midst of which a panel stopped: the counters are gone, and the route for one client refuses one
/// without. So the inbound is written whole.
pub async fn finish_deletion(
    panel: &impl Deliver,
    roster: &mut Roster,
    is_meant: impl Fn(&Inbound, &Entry) -> bool,
) -> Step<()> {
    let rests: Vec<(i64, Vec<Entry>)> = roster
        .inbounds()
        .iter()
        .filter(|inbound| inbound.clients.iter().any(|entry| is_meant(inbound, entry)))
        .map(|inbound| {
            let stays = |entry: &&Entry| !is_meant(inbound, entry);
            (inbound.id, inbound.clients.iter().filter(stays).cloned().collect())
        })
        .collect();
    for (id, rest) in rests {
        rewrite(panel, roster, id, rest).await?;
    }
    Ok(())
}

/// A client into more inbounds (3.0), with the identity it has; those that it is in are passed over.
pub async fn attach(panel: &impl Deliver, roster: &mut Roster, email: &str, inbounds: &[i64]) -> Step<()> {
    let Some(client) = roster.client(email) else { return not_found() };
    let (places, mut identity) = (client.inbound_ids(), client.entry.clone());
    let wanted: Vec<i64> = inbounds.iter().copied().filter(|id| !places.contains(id)).collect();
    if !wanted.is_empty() {
        one_inbound_up_to_2_9(panel, places.len().saturating_add(wanted.len()))?;
    }
    for id in wanted {
        let Some(inbound) = roster.inbound(id) else { return not_found() };
        identity = for_inbound(inbound, identity)?;
        append(panel, roster, id, vec![identity.clone()]).await?;
    }
    Ok(())
}

/// Writes an inbound whole, with these clients. Its counters go along: up to 2.9 what is missing becomes zero.
pub async fn rewrite(panel: &impl Deliver, roster: &mut Roster, id: i64, clients: Vec<Entry>) -> Step<()> {
    let Some(inbound) = roster.inbound_mut(id) else { return not_found() };
    let body = inbound.whole_with(&clients);
    let request = Route::UpdateInbound.with_json(&[&id.to_string()], body);
    ask(panel, request).await?;
    inbound.clients = clients;
    Ok(())
}
