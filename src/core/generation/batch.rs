//! The work of several callers done at once, and each told what their own call would have come to.
//!
//! Owns how a generation takes several in one request, and what becomes of those it refuses: they are tried in smaller
//! parts, and alone in the end, so that a bad one fails alone. An answer that was lost is settled by reading. Must not
//! know: who waits for whom (`writes`).

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde_json::{Value, json};

use super::entry::{self, Entry};
use super::modern;
use super::recipes::{ADDED, DELETED, UPDATED};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{self, Route};
use crate::core::writes::{Creation, Several};

/// What became of a request for several.
enum Together {
    /// All is done; the panel's answer.
    Done(Response),
    /// All but what is at these places is done.
    Except(HashSet<usize>),
    /// Nothing is done.
    Refused,
    /// Some may be done.
    Unknown(Error),
}

/// How often what a lost answer left undone is sent again.
const MOST_RESUMPTIONS: u32 = 3;
/// How long to wait before asking a panel again that cannot be asked: as after a restart, which takes seconds.
const PATIENCE_MS: [u64; 6] = [50, 200, 500, 1_000, 2_000, 3_000];

/// The works of one kind that are to be done, and what has become of each so far.
struct Batch<'a> {
    works: &'a [Several],
    outcomes: Vec<Option<Result<Response>>>,
    /// What is still to be tried, the next part last.
    parts: Vec<Vec<usize>>,
    resumptions: u32,
    /// An answer was lost: what the panel refuses now, it may have done then.
    is_unsure: bool,
}

/// Does works of one kind; the outcomes are in their order.
pub async fn settle(panel: &impl Deliver, works: &[Several]) -> Vec<Result<Response>> {
    let mut batch = Batch {
        works,
        outcomes: works.iter().map(|_| None).collect(),
        parts: vec![(0..works.len()).collect()],
        resumptions: 0,
        is_unsure: false,
    };
    while let Some(part) = batch.parts.pop() {
        match part.as_slice() {
            [] => {}
            [only] => {
                let outcome = batch.alone(panel, *only).await;
                batch.set(*only, outcome);
            }
            _ => batch.try_part(panel, part).await,
        }
    }
    batch.outcomes.into_iter().map(|outcome| outcome.unwrap_or(Err(Error::Abandoned))).collect()
}

/// Whether a work whose answer was lost has been done after all; an error when that cannot be told.
///
/// # Errors
/// Those of the reading.
pub async fn was_done(panel: &impl Deliver, work: &Several) -> Result<Option<Response>> {
    let done = done_of(panel, &[work]).await?;
    Ok(done.contains(&0).then(|| words_for(work)))
}

/// Whether the panel may have done what it was asked, although nobody was told.
pub fn is_lost(error: &Error) -> bool {
    match error {
        Error::Timeout { .. } | Error::Unreadable { .. } => true,
        Error::Network { code, .. } => !["ECONNREFUSED", "ENOTFOUND"].contains(code),
        _ => false,
    }
}

impl Batch<'_> {
    async fn try_part(&mut self, panel: &impl Deliver, part: Vec<usize>) {
        let wanted: Vec<&Several> = part.iter().filter_map(|at| self.works.get(*at)).collect();
        match together(panel, &wanted).await {
            Together::Done(answer) => part.iter().for_each(|at| self.set(*at, Ok(answer.clone()))),
            Together::Except(left) => {
                for (place, at) in part.iter().enumerate() {
                    if left.contains(&place) {
                        self.parts.push(vec![*at]);
                    } else {
                        self.done(*at);
                    }
                }
            }
            Together::Refused => self.halve(&part),
            Together::Unknown(error) => {
                let done = done_after(panel, &wanted, &error).await;
                self.resume(part, done, error);
            }
        }
    }

    fn halve(&mut self, part: &[usize]) {
        let (first, second) = part.split_at(part.len() / 2);
        self.parts.push(second.to_vec());
        self.parts.push(first.to_vec());
    }

    /// Goes on after an error, with what it left undone.
    fn resume(&mut self, part: Vec<usize>, done: Result<HashSet<usize>>, error: Error) {
        let Ok(done) = done else {
            part.into_iter().for_each(|at| self.set(at, Err(error.clone())));
            return;
        };
        let mut left = Vec::new();
        for (place, at) in part.into_iter().enumerate() {
            if done.contains(&place) {
                self.done(at);
            } else {
                left.push(at);
            }
        }
        if !is_lost(&error) {
            // A panel that fails over several may take them one by one.
            self.parts.extend(left.into_iter().rev().map(|at| vec![at]));
        } else if self.resumptions < MOST_RESUMPTIONS {
            self.resumptions += 1;
            self.is_unsure = true;
            self.parts.push(left);
        } else {
            left.into_iter().for_each(|at| self.set(at, Err(error.clone())));
        }
    }

    /// The call that the caller made.
    async fn alone(&self, panel: &impl Deliver, at: usize) -> Result<Response> {
        let Some(work) = self.works.get(at) else { return Err(Error::Abandoned) };
        let outcome =
            whole_call(panel, request_of(work)).await.and_then(|answer| answer.ok_or(Error::Abandoned));
        let is_refused = outcome.as_ref().is_ok_and(|answer| !is_success(answer));
        let is_doubtful = (self.is_unsure && is_refused) || outcome.as_ref().is_err_and(is_lost);
        if is_doubtful && let Ok(Some(done)) = was_done(panel, work).await {
            return Ok(done);
        }
        outcome
    }

    fn done(&mut self, at: usize) {
        if let Some(work) = self.works.get(at) {
            self.set(at, Ok(words_for(work)));
        }
    }

    fn set(&mut self, at: usize, outcome: Result<Response>) {
        if let Some(place) = self.outcomes.get_mut(at) {
            *place = Some(outcome);
        }
    }
}

/// What panels of all versions say of work that they did.
fn words_for(work: &Several) -> Response {
    let words = match work {
        Several::Create(_) => ADDED,
        Several::Delete(_) => DELETED,
        Several::Switch { .. } => UPDATED,
    };
    Envelope::done(words, Value::Null).into_response()
}

fn is_success(answer: &Response) -> bool {
    Envelope::read(answer).is_some_and(|envelope| envelope.success)
}

fn request_of(work: &Several) -> Request {
    match work {
        Several::Delete(email) => Route::ClientDelete.request(&[email]),
        Several::Switch { email, on } => {
            Route::ClientUpdate.with_json(&[email], json!({ "enable": on }).to_string())
        }
        Several::Create(Creation { entry, inbounds, modern: true, .. }) => {
            Route::ClientAdd.with_json(&[], json!({ "client": entry, "inboundIds": inbounds }).to_string())
        }
        Several::Create(Creation { entry, inbounds, .. }) => {
            let settings = json!({ "clients": [entry] }).to_string();
            let body = json!({ "id": inbounds.first(), "settings": settings });
            Route::AddClient.with_json(&[], body.to_string())
        }
    }
}

async fn together(panel: &impl Deliver, works: &[&Several]) -> Together {
    let has = |route: Route| route.row().span.covers(&panel.panel()) == Some(true);
    let emails: Vec<&str> = works.iter().filter_map(|work| of_a_client(work)).collect();
    let clients: Vec<&Creation> = works.iter().filter_map(|work| created(work)).collect();
    let needs_no_look = |client: &&Creation| !client.modern || modern::carries_its_key(&client.entry);
    let outcome = if let Some(route) = works.first().and_then(|work| route_for_emails(work)) {
        by_emails(panel, route, &emails).await
    } else if has(Route::AddClient) && clients.iter().all(needs_no_look) {
        in_one_inbound(panel, &clients).await
    } else {
        in_bulk(panel, &clients).await
    };
    outcome.unwrap_or_else(|error| match error {
        // Too long for this panel: in smaller parts, then.
        Error::Status { ref response, .. } if response.status == 413 => Together::Refused,
        Error::Status { .. } | Error::Timeout { .. } | Error::Network { .. } | Error::Unreadable { .. } => {
            Together::Unknown(error)
        }
        _ => Together::Refused,
    })
}

fn created(work: &Several) -> Option<&Creation> {
    if let Several::Create(creation) = work { Some(creation) } else { None }
}

/// Whom work is about that a client is named for.
fn of_a_client(work: &Several) -> Option<&str> {
    match work {
        Several::Create(_) => None,
        Several::Delete(email) | Several::Switch { email, .. } => Some(email),
    }
}

/// What does it for several at once. Counters have such a route as well, which is not for this: it starts Xray anew, and all
/// connections of all clients end.
fn route_for_emails(work: &Several) -> Option<Route> {
    match work {
        Several::Create(_) => None,
        Several::Delete(_) => Some(Route::ClientBulkDelete),
        Several::Switch { on: true, .. } => Some(Route::ClientBulkEnable),
        Several::Switch { on: false, .. } => Some(Route::ClientBulkDisable),
    }
}

/// By a route that takes identifiers and names whom it left out.
async fn by_emails(panel: &impl Deliver, route: Route, emails: &[&str]) -> Result<Together> {
    let request = route.with_json(&[], json!({ "emails": emails }).to_string());
    let Some(skipped) = skipped_by(panel, request).await? else { return Ok(Together::Refused) };
    let is_left = |email: &str| skipped.contains(&email.to_lowercase());
    Ok(Together::Except(places(emails, |email| is_left(email))))
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
    let Some(skipped) = skipped_by(panel, request).await? else { return Ok(Together::Refused) };
    let is_left = |client: &Creation| skipped.contains(&email_of(&client.entry).to_lowercase());
    Ok(Together::Except(places(clients, |client| is_left(client))))
}

/// Whom a bulk route left out, in lower case; `None` where it refused everything.
async fn skipped_by(panel: &impl Deliver, request: Request) -> Result<Option<HashSet<String>>> {
    let Some(answer) = whole_call(panel, request).await? else { return Ok(None) };
    let Some(envelope) = Envelope::read(&answer).filter(|envelope| envelope.success) else {
        return Ok(None);
    };
    let skipped = envelope.obj.get("skipped").and_then(Value::as_array);
    let email = |each: &Value| Some(each.get("email")?.as_str()?.to_lowercase());
    Ok(Some(skipped.into_iter().flatten().filter_map(email).collect()))
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
    Ok(if is_success(&answer) { Together::Done(answer) } else { Together::Refused })
}

/// The same as [`done_of`], asked again for a while where the answer was lost because the panel was away.
async fn done_after(panel: &impl Deliver, works: &[&Several], error: &Error) -> Result<HashSet<usize>> {
    let mut outcome = done_of(panel, works).await;
    for wait in PATIENCE_MS {
        if outcome.is_ok() || !is_lost(error) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(wait)).await;
        outcome = done_of(panel, works).await;
    }
    outcome
}

/// Which of the works the panel shows as done: clients that are stored, each with the credential that it was to have,
/// clients that are nowhere any more, and those that are on or off as they were to be.
async fn done_of(panel: &impl Deliver, works: &[&Several]) -> Result<HashSet<usize>> {
    let creations: Vec<&Creation> = works.iter().filter_map(|work| created(work)).collect();
    if creations.is_empty() {
        let switches = all_switches(panel).await?;
        return Ok(places(works, |work| match work {
            Several::Create(_) => false,
            Several::Delete(email) => !switches.contains_key(&email.to_lowercase()),
            Several::Switch { email, on } => switches.get(&email.to_lowercase()) == Some(on),
        }));
    }
    let ids: HashSet<i64> = creations.iter().flat_map(|client| client.inbounds.iter().copied()).collect();
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
    Ok(places(&creations, |client| is_there(client)))
}

/// All clients by their identifiers in lower case, and whether each is on.
async fn all_switches(panel: &impl Deliver) -> Result<HashMap<String, bool>> {
    let Some(answer) = whole_call(panel, Route::ClientList.request(&[])).await? else {
        return Err(Error::Abandoned);
    };
    let Some(envelope) = Envelope::read(&answer).filter(|envelope| envelope.success) else {
        return Err(Error::Abandoned);
    };
    let one = |client: &Value| {
        let on = client.get("enable").and_then(Value::as_bool).unwrap_or_default();
        Some((client.get("email")?.as_str()?.to_lowercase(), on))
    };
    Ok(envelope.obj.as_array().into_iter().flatten().filter_map(one).collect())
}

fn places<T>(list: &[T], has: impl Fn(&T) -> bool) -> HashSet<usize> {
    list.iter().enumerate().filter(|(_, each)| has(each)).map(|(at, _)| at).collect()
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
