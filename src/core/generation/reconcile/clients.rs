//! What a panel shows of writes about clients.
//!
//! Must not know: the routes by their names, but for those that read.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::super::bulk;
use super::super::entry::{self, Entry};
use super::super::modern::Inbound;
use super::super::native;
use super::super::step::Step;
use super::agree::has_all;
use super::{Finding, listed, members, seen, text};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::request::Request;
use crate::core::routes::{Matched, Route};

/// The clients that a body describes, each with the inbounds that it is to be in.
fn described(body: &Value) -> Vec<(Entry, Vec<i64>)> {
    match body {
        Value::Array(items) => items.iter().map(bulk::item).collect(),
        body if body.get("client").is_some() => vec![bulk::item(body)],
        body => {
            let id: Vec<i64> = bulk::ids(Some(&json!([body.get("id")])));
            entry::clients_of(body).into_iter().map(|client| (client, id.clone())).collect()
        }
    }
}

/// Clients that are in all of their inbounds.
pub async fn there(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    let wanted = described(body);
    let mut stored: HashMap<i64, Vec<Entry>> = HashMap::new();
    for id in wanted.iter().flat_map(|(_, ids)| ids) {
        if !stored.contains_key(id) {
            let answer = panel.deliver(Route::GetInbound.request(&[&id.to_string()])).await?;
            let clients = Envelope::read(&answer).map(|envelope| entry::clients_of(&envelope.obj));
            stored.insert(*id, clients.unwrap_or_default());
        }
    }
    let is_in = |client: &Entry, id: &i64| {
        stored.get(id).is_some_and(|clients| clients.iter().any(|other| is_same(client, other)))
    };
    let done = wanted
        .iter()
        .filter(|(client, ids)| !ids.is_empty() && ids.iter().all(|id| is_in(client, id)))
        .count();
    let obj = if body.is_array() { json!({ "created": done }) } else { Value::Null };
    Ok(Finding::of_many(wanted.len(), done, obj))
}

/// Whether a stored client is the one that was to be made: by its credential, or by all that was said of it where the
/// panel made that up.
fn is_same(wanted: &Entry, stored: &Entry) -> bool {
    if !entry::text(wanted, "email").eq_ignore_ascii_case(entry::text(stored, "email")) {
        return false;
    }
    match entry::credential(wanted) {
        "" => has_all(&members(&Value::Object(named(wanted))), &Value::Object(stored.clone())),
        credential => credential == entry::credential(stored),
    }
}

/// What was said of a client that a panel keeps as it was said: it switches a new one on, and drops a flow that the inbound
/// cannot carry.
fn named(wanted: &Entry) -> Map<String, Value> {
    let mut named = wanted.clone();
    for name in ["email", "enable", "flow"] {
        named.shift_remove(name);
    }
    named
}

/// A client that is as it was to be.
pub async fn stored(
    panel: &impl Deliver,
    matched: &Matched,
    request: &Request,
    body: &Value,
) -> Step<Finding> {
    let (wanted, stored) = if let Some(email) = matched.param("email") {
        let wanted = native::wanted(request).unwrap_or_default();
        let email = match entry::text(&wanted, "email") {
            "" => email.to_owned(),
            new => new.to_owned(),
        };
        let found = seen(panel, Route::ClientGet.request(&[&email])).await?;
        (wanted, found.get("client").and_then(entry::wire_of_record))
    } else {
        let Some((wanted, ids)) = described(body).into_iter().next() else { return Ok(Finding::Unclear) };
        let id = ids.first().map(ToString::to_string).unwrap_or_default();
        let found = seen(panel, Route::GetInbound.request(&[&id])).await?;
        let key = matched.param("credential").unwrap_or_default();
        let email = entry::text(&wanted, "email").to_owned();
        let by_email = || entry::clients_of(&found).into_iter().find(|e| entry::text(e, "email") == email);
        let stored = by_email().or_else(|| entry::find_by_key(&found, key));
        (wanted, stored)
    };
    let wanted = members(&Value::Object(wanted));
    let is_stored = stored.is_some_and(|stored| has_all(&wanted, &Value::Object(stored)));
    Ok(Finding::stored_if(is_stored, Value::Null))
}

/// Clients that are gone: from one inbound, or from the panel.
pub async fn gone(panel: &impl Deliver, matched: &Matched, body: &Value) -> Step<Finding> {
    let Some(id) = matched.param("id") else {
        let emails = meant(matched, body);
        let known = listed(panel, Route::ClientList).await?;
        let left = emails.iter().filter(|email| of(&known, email).is_some()).count();
        let done = emails.len().saturating_sub(left);
        let obj = if matched.param("email").is_none() { json!({ "deleted": done }) } else { Value::Null };
        return Ok(Finding::of_many(emails.len(), done, obj));
    };
    let answer = panel.deliver(Route::GetInbound.request(&[id])).await?;
    let inbound = match Envelope::read(&answer) {
        Some(envelope) if envelope.success => Inbound::of(envelope.obj),
        Some(envelope) if envelope.is_not_found() => None,
        _ => return Ok(Finding::Unclear),
    };
    let is_meant = |inbound: &Inbound, entry: &Entry| match matched.param("email") {
        Some(email) => entry::text(entry, "email").eq_ignore_ascii_case(email),
        None => Some(inbound.key(entry)) == matched.param("credential"),
    };
    let is_there = inbound.is_some_and(|i| i.clients.iter().any(|entry| is_meant(&i, entry)));
    Ok(Finding::done_if(!is_there, Value::Null))
}

/// Clients that are in all of the inbounds, or in none of them.
pub async fn placed(panel: &impl Deliver, matched: &Matched, body: &Value, there: bool) -> Step<Finding> {
    let (emails, wanted) = (meant(matched, body), bulk::ids(body.get("inboundIds")));
    let known = listed(panel, Route::ClientList).await?;
    let is_so = |email: &&String| {
        let inbounds = of(&known, email).map(|client| bulk::ids(client.get("inboundIds")));
        match inbounds {
            Some(inbounds) if there => wanted.iter().all(|id| inbounds.contains(id)),
            Some(inbounds) => !wanted.iter().any(|id| inbounds.contains(id)),
            None => !there,
        }
    };
    let done = emails.iter().filter(is_so).count();
    let obj = match matched.param("email") {
        Some(_) => Value::Null,
        None => {
            let name = if there { "attached" } else { "detached" };
            json!({ name: emails, "skipped": Value::Null, "errors": Value::Null })
        }
    };
    Ok(Finding::of_many(emails.len(), done, obj))
}

/// Clients that are all on, or all off.
pub async fn switched(panel: &impl Deliver, body: &Value, on: bool) -> Step<Finding> {
    let emails = bulk::emails(body);
    let known = listed(panel, Route::ClientList).await?;
    let is_so = |email: &&&str| of(&known, email).is_some_and(|c| c.get("enable") == Some(&Value::Bool(on)));
    let done = emails.iter().filter(is_so).count();
    Ok(Finding::of_many(emails.len(), done, json!({ "changed": done })))
}

/// Whom a call is about.
fn meant(matched: &Matched, body: &Value) -> Vec<String> {
    match matched.param("email") {
        Some(email) => vec![email.to_owned()],
        None => bulk::emails(body).into_iter().map(str::to_owned).collect(),
    }
}

fn of<'a>(known: &'a [Value], email: &str) -> Option<&'a Value> {
    known.iter().find(|client| text(client, "email").eq_ignore_ascii_case(email))
}
