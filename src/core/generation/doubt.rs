//! Ambiguous outcomes of writes (a lost answer, a locked database, a 500 halfway) and what is done about them.
//!
//! Owns which outcomes those are, and when a write is looked up on the panel (`reconcile`), made once more, or given up with
//! what is known of it. Which of that a write bears, its row of the route table says. Must not know: who waits for whom
//! (`writes`), and how several are done at once (`batch`).

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::time::Duration;

use serde_json::Value;

use super::entry::{self, Entry};
use super::modern::{Inbound, Roster, finish_deletion};
use super::recipes::{ADDED, DELETED, UPDATED};
use super::reconcile::{self, Finding};
use super::step::{Step, finished};
use super::{Era, Panel};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Applied, Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{self, Matched, Reconcile, Route};
use crate::core::writes::{Creation, Several};

/// How long to wait before asking a panel again that cannot be asked: as after a restart, which takes seconds.
const PATIENCE_MS: [u64; 6] = [50, 200, 500, 1_000, 2_000, 3_000];
/// How long to wait before a write is sent once more.
const PAUSES_MS: [u64; 3] = [100, 300, 900];
/// How long a panel may go on with a write whose connection is gone: one that is not seen after it is not coming.
const STRAGGLER_MS: u64 = 300;
/// No longer than this is spent on finding out what became of a write, nor longer than its own time limit.
const MOST_LOOKING_MS: u64 = 8_000;

/// Why nobody knows what the panel did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The answer was lost.
    Lost,
    /// "database is locked": panels from 3.1 on say so when more write at once than they have connections to their
    /// database, the newest ones also of what they have stored.
    Busy,
    /// 500: panels of 2.x stop in the midst of a write while Xray starts anew, and keep half of it.
    Halfway,
}

/// Whether an outcome leaves it open what the panel did.
pub fn doubt(panel: &Panel, outcome: &Result<Response>) -> Option<Doubt> {
    match outcome {
        Ok(answer) => says_locked(answer).then_some(Doubt::Busy),
        Err(error) if is_lost(error) => Some(Doubt::Lost),
        Err(Error::Status { response, .. }) if response.status == 500 => {
            let is_of_2_x = panel.era() == Some(Era::Inbound) && !panel.csrf;
            Some(if is_of_2_x { Doubt::Halfway } else { Doubt::Lost })
        }
        Err(_) => None,
    }
}

fn says_locked(answer: &Response) -> bool {
    Envelope::read(answer).is_some_and(|envelope| !envelope.success && is_locked(&envelope.msg))
}

/// Whether these words are those of a database that others are writing to.
pub fn is_locked(words: &str) -> bool {
    words.contains("database is locked")
}

/// Whether the panel may have done what it was asked, although nobody was told.
pub fn is_lost(error: &Error) -> bool {
    match error {
        Error::Timeout { .. } | Error::Unreadable { .. } => true,
        Error::Network { code, .. } => !["ECONNREFUSED", "ENOTFOUND"].contains(code),
        // A gateway that got no answer from the panel, or none in time.
        Error::Status { response, .. } => matches!(response.status, 502..=504 | 520..=527),
        _ => false,
    }
}

/// What a write came to in the end that may have come to something else than it seems; `is_unsure` says that an earlier try
/// of it may have been carried out. An error says what is known of that.
///
/// # Errors
/// Those of the call.
pub async fn settled(
    panel: &impl Deliver,
    request: &Request,
    mut outcome: Result<Response>,
    mut is_unsure: bool,
) -> Result<Response> {
    let Some(matched) = routes::find(request.method, &request.path) else {
        return outcome.map_err(told_unknown);
    };
    let row = matched.route.row();
    let mut found = Finding::Unclear;
    for pause in PAUSES_MS {
        let Some(doubt) = doubt(&panel.panel(), &outcome) else { break };
        is_unsure = true;
        found = match looked(panel, &matched, request, &outcome, doubt).await {
            Some(Finding::Done(obj)) => return Ok(done(row.reconcile, obj)),
            Some(found) => found,
            // A panel that cannot be asked is not asked again either.
            None => return outcome.map_err(told_unknown),
        };
        let may_repeat = match doubt {
            Doubt::Lost => row.repeatable && row.reconcile != Reconcile::Never && is_over(&outcome),
            Doubt::Busy | Doubt::Halfway => row.repeatable || found == Finding::NotDone,
        };
        if !may_repeat || is_hollow(matched.route, request) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(pause)).await;
        outcome = once_more(panel, &matched, request, doubt).await;
    }
    if !is_unsure {
        return outcome.map_err(|error| told_as_sent(error, request));
    }
    match outcome {
        // What is refused now may have been done before.
        Ok(answer) if !is_success(&answer) && row.reconcile.is_by_looking() => {
            match reconcile::look(panel, &matched, request).await {
                Ok(Finding::Done(obj)) => Ok(done(row.reconcile, obj)),
                _ => Ok(answer),
            }
        }
        Ok(answer) => Ok(answer),
        Err(error) if found == Finding::NotDone && !matches!(error, Error::Timeout { .. }) => {
            Err(error.with_applied(Applied::No))
        }
        Err(error) => Err(told_unknown(error)),
    }
}

/// What the panel shows of a write; `None` where it cannot be asked.
async fn looked(
    panel: &impl Deliver,
    matched: &Matched,
    request: &Request,
    outcome: &Result<Response>,
    doubt: Doubt,
) -> Option<Finding> {
    let row = matched.route.row();
    if !row.reconcile.is_by_looking() {
        return Some(Finding::Unclear);
    }
    let limit = match outcome {
        Err(Error::Timeout { limit_ms, .. }) => MOST_LOOKING_MS.min(*limit_ms),
        _ => MOST_LOOKING_MS,
    };
    let looking = async {
        let found = patiently(doubt == Doubt::Lost, || reconcile::look(panel, matched, request)).await;
        if found.as_ref().is_ok_and(|found| *found == Finding::NotDone)
            && doubt == Doubt::Lost
            && !row.repeatable
        {
            tokio::time::sleep(Duration::from_millis(STRAGGLER_MS)).await;
            return reconcile::look(panel, matched, request).await;
        }
        found
    };
    tokio::time::timeout(Duration::from_millis(limit), looking).await.ok()?.ok()
}

/// Whether the panel is no longer at it: a write that took too long may still be carried out, beside its repetition. One that
/// failed there fails again.
fn is_over(outcome: &Result<Response>) -> bool {
    matches!(outcome, Err(Error::Network { .. } | Error::Unreadable { .. }))
}

/// An error that says whether the write was carried out as far as that shows without looking: what the panel refuses, and
/// what never reached it, was not. Of one that is made by several requests only the first is sure.
fn told_as_sent(error: Error, request: &Request) -> Error {
    let is_refusal = match &error {
        Error::Network { .. } | Error::Tls { .. } | Error::TokenRejected { .. } => true,
        Error::Status { response, .. } => response.status < 500,
        _ => false,
    };
    let own = routes::shown(&request.path);
    let is_first = error.call().is_some_and(|call| call.path == own);
    if is_refusal && is_first { error.with_applied(Applied::No) } else { error }
}

fn told_unknown(error: Error) -> Error {
    error.with_applied(Applied::Unknown)
}

/// The error of a call that is not settled, where it may have changed something.
pub fn told_of(error: Error) -> Error {
    if is_lost(&error) { told_unknown(error) } else { error }
}

fn done(reconcile: Reconcile, obj: Value) -> Response {
    Envelope::done(reconcile::words(reconcile), obj).into_response()
}

/// An update without a client, at which panels always stop.
fn is_hollow(route: Route, request: &Request) -> bool {
    let body: Value = serde_json::from_slice(&request.body.bytes()).unwrap_or_default();
    route == Route::UpdateClient && entry::clients_of(&body).is_empty()
}

/// The same call again; a deletion that was half done is finished instead, as its route refuses a client without counters.
async fn once_more(
    panel: &impl Deliver,
    matched: &Matched,
    request: &Request,
    doubt: Doubt,
) -> Result<Response> {
    let param = |name: &str| matched.param(name).unwrap_or_default();
    let is_in = |inbound: &Inbound| inbound.id.to_string() == param("id");
    let has_email = |entry: &Entry| entry::text(entry, "email").eq_ignore_ascii_case(param("email"));
    let rest = match (doubt, matched.route) {
        (Doubt::Halfway, Route::DeleteClient) => {
            without(panel, |inbound, entry| is_in(inbound) && inbound.key(entry) == param("credential")).await
        }
        (Doubt::Halfway, Route::DeleteClientByEmail) => {
            without(panel, |inbound, entry| is_in(inbound) && has_email(entry)).await
        }
        (Doubt::Halfway, Route::ClientDelete) => without(panel, |_, entry| has_email(entry)).await,
        _ => return Box::pin(super::call(panel, matched, request.clone())).await,
    };
    finished(rest.map(|()| Envelope::done(DELETED, Value::Null).into_response()))
}

async fn without(panel: &impl Deliver, is_meant: impl Fn(&Inbound, &Entry) -> bool) -> Step<()> {
    let mut roster = Roster::read(panel).await?;
    finish_deletion(panel, &mut roster, is_meant).await
}

/// What panels of all versions say of work that they did.
pub fn words_for(work: &Several) -> Response {
    let words = match work {
        Several::Create(_) => ADDED,
        Several::Delete(_) => DELETED,
        Several::Switch { .. } => UPDATED,
    };
    Envelope::done(words, Value::Null).into_response()
}

/// Whether a panel says that it did what it was asked.
pub fn is_success(answer: &Response) -> bool {
    Envelope::read(answer).is_some_and(|envelope| envelope.success)
}

/// Which of the works the panel shows as done; asked again for a while where it may be away.
///
/// # Errors
/// Those of the reading.
pub async fn done_after(
    panel: &impl Deliver,
    works: &[&Several],
    may_be_away: bool,
) -> Result<HashSet<usize>> {
    patiently(may_be_away, || done_of(panel, works)).await
}

/// Asks, and asks again for a while where the panel may be away.
async fn patiently<T, F: Future<Output = Result<T>>>(may_be_away: bool, ask: impl Fn() -> F) -> Result<T> {
    let mut outcome = ask().await;
    for wait in PATIENCE_MS {
        if outcome.is_ok() || !may_be_away {
            break;
        }
        tokio::time::sleep(Duration::from_millis(wait)).await;
        outcome = ask().await;
    }
    outcome
}

/// Clients that are stored, each with the credential that it was to have, clients that are nowhere any more, and those that
/// are on or off as they were to be.
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
        there.extend(entries.iter().map(|entry| {
            (id, entry::text(entry, "email").to_lowercase(), entry::credential(entry).to_owned())
        }));
    }
    let is_there = |client: &Creation| {
        let (email, credential) =
            (client.email.to_lowercase(), entry::credential(&client.entry()).to_owned());
        client.inbounds.iter().all(|id| there.contains(&(*id, email.clone(), credential.clone())))
    };
    Ok(places(&creations, |client| is_there(client)))
}

/// All clients by their identifiers in lower case, and whether each is on.
async fn all_switches(panel: &impl Deliver) -> Result<HashMap<String, bool>> {
    let request = Route::ClientList.request(&[]);
    let matched = routes::find(request.method, &request.path).ok_or(Error::Abandoned)?;
    let answer = Box::pin(super::call(panel, &matched, request)).await?;
    let Some(envelope) = Envelope::read(&answer).filter(|envelope| envelope.success) else {
        return Err(Error::Abandoned);
    };
    let one = |client: &Value| {
        let on = client.get("enable").and_then(Value::as_bool).unwrap_or_default();
        Some((client.get("email")?.as_str()?.to_lowercase(), on))
    };
    Ok(envelope.obj.as_array().into_iter().flatten().filter_map(one).collect())
}

/// The client that work makes, if it makes one.
pub fn created(work: &Several) -> Option<&Creation> {
    if let Several::Create(creation) = work { Some(creation) } else { None }
}

/// The places in a list of those that are so.
pub fn places<T>(list: &[T], is_so: impl Fn(&T) -> bool) -> HashSet<usize> {
    list.iter().enumerate().filter(|(_, each)| is_so(each)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::error::Call;
    use crate::core::generation::Version;

    fn on(version: &str) -> Panel {
        let version = Version::parse(version).unwrap();
        Panel::seen(version >= Version::new(3, 0, 0)).exactly(version)
    }

    fn status(status: u16) -> Result<Response> {
        let response = Response { status, ..Response::synthetic(String::new()) };
        let call = Call { method: "POST", path: "/x".into(), base_url: "http://h".into(), applied: None };
        Err(Error::Status { call: Box::new(call), response: Box::new(response) })
    }

    #[test]
    fn a_500_of_2_x_means_that_it_stopped_halfway() {
        assert_eq!(doubt(&on("2.8.11"), &status(500)), Some(Doubt::Halfway));
        assert_eq!(doubt(&on("3.0.2"), &status(500)), Some(Doubt::Lost));
        assert_eq!(doubt(&on("3.6.0"), &status(502)), Some(Doubt::Lost), "a gateway without an answer");
        assert_eq!(doubt(&on("3.6.0"), &status(413)), None);
    }

    #[test]
    fn a_locked_database_leaves_it_open_and_other_refusals_do_not() {
        let says = |msg: &str| Ok(Envelope::refused(msg).into_response());
        assert_eq!(doubt(&on("3.6.0"), &says("database is locked (5) (SQLITE_BUSY)")), Some(Doubt::Busy));
        assert_eq!(doubt(&on("3.6.0"), &says("Duplicate email: a")), None);
    }
}
