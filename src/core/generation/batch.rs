//! The work of several callers done at once, and each told what their own call would have come to.
//!
//! Owns how a generation takes several in one request, and what becomes of those it refuses: they are tried in smaller
//! parts, and alone in the end, so that a bad one fails alone. Must not know: who waits for whom (`writes`), and how it is
//! found out what a panel did whose answer does not tell (`doubt`).

use std::borrow::Cow;
use std::collections::HashSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::doubt::{created, done_after, is_locked, is_lost, is_success, places, settled, words_for};
use super::entry::{self, Entry};
use super::step::finished;
use super::{Panel, at_once, bulk, cipher, modern};
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
    /// Nothing is done, and nothing will be as long as they come together.
    Barred,
    /// Some may be done; what is to be told of those that are not.
    Unknown(Result<Response>),
}

/// How often what a lost answer left undone is sent again.
const MOST_RESUMPTIONS: u32 = 3;
/// How long to wait before that.
const PAUSE_MS: u64 = 200;
/// As many that were left out are tried one by one; more are tried together again, as a panel may leave all out for one.
const FEW: usize = 3;

/// The works of one kind that are to be done, and what has become of each so far.
struct Batch<'a> {
    works: &'a [Several],
    /// What is told of each that is done, where the panel does not say it of each.
    words: Option<Response>,
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
        words: works.first().map(words_for),
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

impl Batch<'_> {
    async fn try_part(&mut self, panel: &impl Deliver, part: Vec<usize>) {
        let wanted: Vec<&Several> = part.iter().filter_map(|at| self.works.get(*at)).collect();
        match together(panel, &wanted).await {
            Together::Done(answer) => part.iter().for_each(|at| self.set(*at, Ok(answer.clone()))),
            Together::Except(left) => self.leave(part, &left),
            Together::Refused => self.halve(&part),
            Together::Barred => self.parts.extend(part.into_iter().rev().map(|at| vec![at])),
            Together::Unknown(outcome) => {
                // After a lost answer a panel that cannot be reached is one that starts again.
                let may_be_away = self.is_unsure || outcome.as_ref().is_err_and(is_lost);
                let done = done_after(panel, &wanted, may_be_away).await;
                self.resume(part, done, outcome).await;
            }
        }
    }

    /// All but those at these places are done.
    fn leave(&mut self, part: Vec<usize>, left: &HashSet<usize>) {
        if left.len() == part.len() {
            return self.halve(&part);
        }
        let mut rest = Vec::new();
        for (place, at) in part.into_iter().enumerate() {
            if left.contains(&place) {
                rest.push(at);
            } else {
                self.done(at);
            }
        }
        if rest.len() <= FEW {
            self.parts.extend(rest.into_iter().map(|at| vec![at]));
        } else {
            self.parts.push(rest);
        }
    }

    fn halve(&mut self, part: &[usize]) {
        let (first, second) = part.split_at(part.len() / 2);
        self.parts.push(second.to_vec());
        self.parts.push(first.to_vec());
    }

    /// Goes on after what did not tell what was done, with what was not.
    async fn resume(&mut self, part: Vec<usize>, done: Result<HashSet<usize>>, outcome: Result<Response>) {
        let Ok(done) = done else {
            part.into_iter().for_each(|at| self.set(at, outcome.clone()));
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
        let is_answer = outcome.is_ok();
        if !is_answer && !outcome.as_ref().is_err_and(is_lost) {
            // A panel that fails over several may take them one by one.
            self.parts.extend(left.into_iter().rev().map(|at| vec![at]));
        } else if self.resumptions < MOST_RESUMPTIONS {
            if is_answer {
                tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
            }
            self.resumptions += 1;
            self.is_unsure = true;
            self.parts.push(left);
        } else {
            left.into_iter().for_each(|at| self.set(at, outcome.clone()));
        }
    }

    /// The call that the caller made.
    async fn alone(&self, panel: &impl Deliver, at: usize) -> Result<Response> {
        let Some(work) = self.works.get(at) else { return Err(Error::Abandoned) };
        let request = request_of(work);
        let outcome = whole_call(panel, request.clone()).await;
        settled(panel, &request, outcome, self.is_unsure).await
    }

    fn done(&mut self, at: usize) {
        if let Some(words) = self.words.clone() {
            self.set(at, Ok(words));
        }
    }

    fn set(&mut self, at: usize, outcome: Result<Response>) {
        if let Some(place) = self.outcomes.get_mut(at) {
            *place = Some(outcome);
        }
    }
}

/// The call for one of them alone.
pub fn request_of(work: &Several) -> Request {
    match work {
        Several::Delete(email) => Route::ClientDelete.request(&[email]),
        Several::Switch { email, on } => {
            Route::ClientUpdate.with_json(&[email], json!({ "enable": on }).to_string())
        }
        Several::Create(creation) if creation.modern => {
            Route::ClientAdd.with_json(&[], entry::text_to_be_added(&creation.text, &creation.inbounds))
        }
        Several::Create(creation) => {
            let inbound = creation.inbounds.first().copied().unwrap_or_default();
            Route::AddClient.with_json(
                &[],
                entry::text_for_inbound(inbound, std::iter::once(Cow::Borrowed(creation.text.as_str()))),
            )
        }
    }
}

/// The batch route for work of a kind on this panel, where it has one.
pub fn route_for(panel: &Panel, work: &Several) -> Option<Route> {
    let has = |route: &Route| route.row().span.covers(panel) == Some(true);
    let known = match work {
        Several::Create(_) => [Route::AddClient, Route::ClientBulkCreate].into_iter().find(has),
        _ => route_for_emails(work),
    };
    known.filter(has)
}

async fn together(panel: &impl Deliver, works: &[&Several]) -> Together {
    let route = works.first().and_then(|work| route_for(&panel.panel(), work));
    if route.is_some_and(|route| panel.is_barred(route)) {
        return Together::Barred;
    }
    let has = |route: Route| route.row().span.covers(&panel.panel()) == Some(true);
    let emails: Vec<&str> = works.iter().filter_map(|work| of_a_client(work)).collect();
    let clients: Vec<&Creation> = works.iter().filter_map(|work| created(work)).collect();
    let needs_no_look = |client: &&Creation| !client.modern || client.outline.carries_its_key();
    let outcome = if let Some(route) = works.first().and_then(|work| route_for_emails(work)) {
        by_emails(panel, route, &emails).await
    } else if has(Route::AddClient) && clients.iter().all(needs_no_look) {
        in_one_inbound(panel, &clients).await
    } else {
        in_bulk(panel, &clients).await
    };
    outcome.unwrap_or_else(|error| match error {
        // A gateway lets no such request through, but it may each by itself.
        error if at_once::is_refusal(&error) => {
            route.into_iter().for_each(|route| panel.bar(route));
            Together::Barred
        }
        // Too long for this panel: in smaller parts, then.
        Error::Status { ref response, .. } if response.status == 413 => Together::Refused,
        Error::Status { .. } | Error::Timeout { .. } | Error::Network { .. } | Error::Unreadable { .. } => {
            Together::Unknown(Err(error))
        }
        _ => Together::Refused,
    })
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
    Ok(match skipped_in(whole_call(panel, request).await?) {
        Ok(skipped) => Together::Except(places(emails, |email| skipped.contains(&email.to_lowercase()))),
        Err(refusal) => refusal,
    })
}

/// By `bulkCreate` or what stands in its place, which store what they can and name the others.
async fn in_bulk(panel: &impl Deliver, clients: &[&Creation]) -> Result<Together> {
    let answer = match Route::ClientBulkCreate.row().span.covers(&panel.panel()) {
        Some(false) => {
            // The recipe takes the clients as they are: writing a thousand down for it to read takes longer than all the rest.
            let item = |client: &&Creation| Ok((as_table_takes_it(client)?, client.inbounds.clone()));
            finished(
                Box::pin(bulk::create_each(panel, clients.iter().map(item).collect::<Result<_>>()?)).await,
            )
        }
        _ => whole_call(panel, bulk_request(clients)?).await,
    }?;
    let is_skipped = |skipped: &HashSet<String>, client: &Creation| {
        !skipped.is_empty() && skipped.contains(&client.email.to_lowercase())
    };
    Ok(match skipped_in(answer) {
        Ok(skipped) => Together::Except(places(clients, |client| is_skipped(&skipped, client))),
        Err(refusal) => refusal,
    })
}

fn bulk_request(clients: &[&Creation]) -> Result<Request> {
    let mut items = Vec::with_capacity(clients.len());
    for client in clients {
        let entry = match client.modern {
            true => Cow::Borrowed(client.text.as_str()),
            false => Cow::Owned(Value::Object(as_table_takes_it(client)?).to_string()),
        };
        items.push((entry, client.inbounds.as_slice()));
    }
    Ok(Route::ClientBulkCreate.with_json(&[], entry::texts_to_be_added(&items)))
}

fn as_table_takes_it(client: &Creation) -> Result<Entry> {
    let entry = client.entry();
    if client.modern { Ok(entry) } else { entry::with_numbers(entry) }
}

/// Whom a bulk route left out, in lower case, or what it means that it says something else.
fn skipped_in(answer: Response) -> std::result::Result<HashSet<String>, Together> {
    let Some(envelope) = Envelope::read(&answer).filter(|envelope| envelope.success) else {
        return Err(refusal(answer));
    };
    let skipped: Vec<&Value> =
        envelope.obj.get("skipped").and_then(Value::as_array).into_iter().flatten().collect();
    let text = |each: &Value, name: &str| each.get(name).and_then(Value::as_str).map(str::to_owned);
    if skipped.iter().any(|each| text(each, "reason").is_some_and(|reason| is_locked(&reason))) {
        let refusal = Envelope::refused("database is locked").into_response();
        return Err(Together::Unknown(Ok(refusal)));
    }
    Ok(skipped.into_iter().filter_map(|each| Some(text(each, "email")?.to_lowercase())).collect())
}

/// What it means that the panel does not do it.
fn refusal(answer: Response) -> Together {
    let is_busy = Envelope::read(&answer).is_some_and(|envelope| is_locked(&envelope.msg));
    if is_busy { Together::Unknown(Ok(answer)) } else { Together::Refused }
}

/// A call in whichever way the panel has for it.
async fn whole_call(panel: &impl Deliver, request: Request) -> Result<Response> {
    let matched = routes::find(request.method, &request.path).ok_or(Error::Abandoned)?;
    Box::pin(super::call(panel, &matched, request)).await
}

/// By `addClient` (up to 3.0), which stores all or none.
async fn in_one_inbound(panel: &impl Deliver, clients: &[&Creation]) -> Result<Together> {
    let same = clients.first().map(|client| client.inbounds.clone()).unwrap_or_default();
    let [inbound] = same.as_slice() else { return Ok(Together::Refused) };
    let entries = clients.iter().map(|client| match client.modern {
        true => Cow::Owned(modern::text_with_defaults(client)),
        false => Cow::Borrowed(client.text.as_str()),
    });
    let body = entry::text_for_inbound(*inbound, entries);
    let request = Box::pin(cipher::fitted(panel, Route::AddClient.with_json(&[], body))).await?;
    let answer = panel.deliver(request).await?;
    Ok(if is_success(&answer) { Together::Done(answer) } else { refusal(answer) })
}
