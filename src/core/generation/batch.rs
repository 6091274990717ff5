//! Several clients made at once, and each caller told what their own call would have come to.
//!
//! Owns how a generation takes several clients in one request, and what becomes of those it refuses: they are tried in
//! smaller parts, and alone in the end, so that one bad client fails alone. An answer that was lost is settled by reading.
//! Must not know: who waits for whom (`writes`).

use std::collections::HashSet;

use serde_json::{Value, json};

use super::entry::{self, Entry};
use super::modern;
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{self, Route};
use crate::core::writes::Creation;

/// What became of a request for several clients.
enum Together {
    /// All are stored; the panel's answer.
    Done(Response),
    /// All but those at these places are stored.
    Except(HashSet<usize>),
    /// None is stored.
    Refused,
    /// Some may be stored.
    Unknown(Error),
}

/// Makes clients; the outcomes are in their order.
pub async fn create(panel: &impl Deliver, clients: &[Creation]) -> Vec<Result<Response>> {
    let mut outcomes: Vec<Option<Result<Response>>> = clients.iter().map(|_| None).collect();
    let mut parts: Vec<Vec<usize>> = vec![(0..clients.len()).collect()];
    let mut may_retry = true;
    while let Some(part) = parts.pop() {
        if let [only] = part.as_slice() {
            set(&mut outcomes, *only, alone(panel, clients.get(*only)).await);
            continue;
        }
        let wanted: Vec<&Creation> = part.iter().filter_map(|at| clients.get(*at)).collect();
        match together(panel, &wanted).await {
            Together::Done(answer) => part.iter().for_each(|at| set(&mut outcomes, *at, Ok(answer.clone()))),
            Together::Except(left) => {
                for (place, at) in part.iter().enumerate() {
                    if left.contains(&place) {
                        parts.push(vec![*at]);
                    } else {
                        set(&mut outcomes, *at, Ok(added()));
                    }
                }
            }
            Together::Refused => {
                let (first, second) = part.split_at(part.len() / 2);
                parts.push(second.to_vec());
                parts.push(first.to_vec());
            }
            Together::Unknown(error) => {
                let stored = stored(panel, &wanted).await;
                let is_lost = !matches!(error, Error::Status { .. });
                let missing: Vec<usize> = match &stored {
                    Ok(stored) => places_without(&part, stored),
                    Err(_) => part.clone(),
                };
                part.iter()
                    .filter(|at| !missing.contains(at))
                    .for_each(|at| set(&mut outcomes, *at, Ok(added())));
                match (is_lost, may_retry && stored.is_ok()) {
                    // A panel that fails over several may take them one by one.
                    (false, _) if stored.is_ok() => {
                        parts.extend(missing.into_iter().rev().map(|at| vec![at]))
                    }
                    (true, true) if !missing.is_empty() => {
                        may_retry = false;
                        parts.push(missing);
                    }
                    _ => missing.into_iter().for_each(|at| set(&mut outcomes, at, Err(error.clone()))),
                }
            }
        }
    }
    outcomes.into_iter().map(|outcome| outcome.unwrap_or(Err(Error::Abandoned))).collect()
}

fn set(outcomes: &mut [Option<Result<Response>>], at: usize, outcome: Result<Response>) {
    if let Some(place) = outcomes.get_mut(at) {
        *place = Some(outcome);
    }
}

fn places_without(part: &[usize], stored: &HashSet<usize>) -> Vec<usize> {
    part.iter().enumerate().filter(|(place, _)| !stored.contains(place)).map(|(_, at)| *at).collect()
}

/// What panels of all versions say of clients that they stored.
fn added() -> Response {
    Envelope::done("Inbound client(s) have been added.", Value::Null).into_response()
}

/// The call that the caller made.
async fn alone(panel: &impl Deliver, client: Option<&Creation>) -> Result<Response> {
    let Some(request) = client.map(request_of) else { return Err(Error::Abandoned) };
    whole_call(panel, request).await?.ok_or(Error::Abandoned)
}

fn request_of(client: &Creation) -> Request {
    let Creation { entry, inbounds, modern, .. } = client;
    if *modern {
        return Route::ClientAdd
            .with_json(&[], json!({ "client": entry, "inboundIds": inbounds }).to_string());
    }
    let settings = json!({ "clients": [entry] }).to_string();
    Route::AddClient.with_json(&[], json!({ "id": inbounds.first(), "settings": settings }).to_string())
}

async fn together(panel: &impl Deliver, clients: &[&Creation]) -> Together {
    let has = |route: Route| route.row().span.covers(&panel.panel()) == Some(true);
    let needs_no_look = |client: &&Creation| !client.modern || modern::carries_its_key(&client.entry);
    let outcome = if has(Route::AddClient) && clients.iter().all(needs_no_look) {
        in_one_inbound(panel, clients).await
    } else {
        in_bulk(panel, clients).await
    };
    outcome.unwrap_or_else(|error| match error {
        Error::Status { .. } | Error::Timeout { .. } | Error::Network { .. } | Error::Unreadable { .. } => {
            Together::Unknown(error)
        }
        _ => Together::Refused,
    })
}

/// By `bulkCreate` or what stands in its place, which store what they can and name the others.
async fn in_bulk(panel: &impl Deliver, clients: &[&Creation]) -> Result<Together> {
    let mut items = Vec::with_capacity(clients.len());
    for client in clients {
        let entry =
            if client.modern { client.entry.clone() } else { entry::with_numbers(client.entry.clone())? };
        items.push(json!({ "client": entry, "inboundIds": client.inbounds }));
    }
    let request = Route::ClientBulkCreate.with_json(&[], Value::Array(items).to_string());
    let Some(answer) = whole_call(panel, request).await? else { return Ok(Together::Refused) };
    let Some(envelope) = Envelope::read(&answer).filter(|envelope| envelope.success) else {
        return Ok(Together::Refused);
    };
    let skipped: HashSet<String> =
        envelope.obj.get("skipped").and_then(Value::as_array).map_or_else(HashSet::new, |list| {
            list.iter().filter_map(|each| Some(each.get("email")?.as_str()?.to_lowercase())).collect()
        });
    let is_left = |client: &Creation| skipped.contains(&email_of(&client.entry).to_lowercase());
    let left = clients.iter().enumerate().filter(|(_, client)| is_left(client)).map(|(at, _)| at);
    Ok(Together::Except(left.collect()))
}

/// A call in whichever way the panel has for it.
async fn whole_call(panel: &impl Deliver, request: Request) -> Result<Option<Response>> {
    let Some(matched) = routes::find(request.method, &request.path) else { return Ok(None) };
    Box::pin(super::call(panel, &matched, request)).await.map(Some)
}

/// By `addClient` (up to 3.0), which stores all or none.
async fn in_one_inbound(panel: &impl Deliver, clients: &[&Creation]) -> Result<Together> {
    let same = clients.first().map(|client| client.inbounds.clone()).unwrap_or_default();
    let [inbound] = same.as_slice() else { return Ok(Together::Refused) };
    let mut entries: Vec<Entry> = Vec::with_capacity(clients.len());
    for client in clients {
        let entry = client.entry.clone();
        entries.push(if client.modern { modern::with_defaults(entry) } else { entry });
    }
    let settings = json!({ "clients": entries }).to_string();
    let body = json!({ "id": inbound, "settings": settings }).to_string();
    let answer = panel.deliver(Route::AddClient.with_json(&[], body)).await?;
    let is_done = Envelope::read(&answer).is_some_and(|envelope| envelope.success);
    Ok(if is_done { Together::Done(answer) } else { Together::Refused })
}

/// Which of the clients are on the panel, each with the credential that it was to have.
async fn stored(panel: &impl Deliver, clients: &[&Creation]) -> Result<HashSet<usize>> {
    let ids: HashSet<i64> = clients.iter().flat_map(|client| client.inbounds.iter().copied()).collect();
    let mut there: HashSet<(i64, String, String)> = HashSet::new();
    for id in ids {
        let answer = panel.deliver(Route::GetInbound.request(&[&id.to_string()])).await?;
        let Some(envelope) = Envelope::read(&answer) else { continue };
        let entries = entry::clients_of(&envelope.obj);
        there.extend(entries.iter().map(|entry| (id, email_of(entry).to_lowercase(), credential_of(entry))));
    }
    let is_there = |client: &Creation| {
        let (email, credential) = (email_of(&client.entry).to_lowercase(), credential_of(&client.entry));
        client.inbounds.iter().all(|id| there.contains(&(*id, email.clone(), credential.clone())))
    };
    Ok(clients.iter().enumerate().filter(|(_, client)| is_there(client)).map(|(at, _)| at).collect())
}

fn email_of(entry: &Entry) -> &str {
    entry::text(entry, "email")
}

/// What tells two clients of one name apart.
fn credential_of(entry: &Entry) -> String {
    ["id", "password", "auth"]
        .iter()
        .map(|name| entry::text(entry, name))
        .find(|text| !text.is_empty())
        .unwrap_or("")
        .to_owned()
}
