//! Answers that do not tell what the panel did, and how that is found out.
//!
//! Owns which answers those are, and what is done about one: the panel is asked what it holds, and what is not there is
//! asked for once more where that does no harm. Must not know: who waits for whom (`writes`), and how several are done at
//! once (`batch`).

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde_json::Value;

use super::entry::{self, Entry};
use super::modern::{Inbound, Roster, finish_deletion};
use super::recipes::{ADDED, DELETED, UPDATED};
use super::step::{Step, finished};
use super::{Era, Panel};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{self, Matched, Route};
use crate::core::writes::{Creation, Several};

/// How long to wait before asking a panel again that cannot be asked: as after a restart, which takes seconds.
const PATIENCE_MS: [u64; 6] = [50, 200, 500, 1_000, 2_000, 3_000];
/// How long to wait before a write is sent once more.
const PAUSES_MS: [u64; 3] = [100, 300, 900];

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
            is_of_2_x.then_some(Doubt::Halfway)
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
        _ => false,
    }
}

/// What a call came to in the end that may have come to something else than it seems. `work` is what of it can be looked up
/// on the panel, and `is_unsure` that an earlier try of it may have been carried out.
///
/// # Errors
/// Those of the call.
pub async fn settled(
    panel: &impl Deliver,
    request: &Request,
    work: Option<&Several>,
    mut outcome: Result<Response>,
    mut is_unsure: bool,
) -> Result<Response> {
    for pause in PAUSES_MS {
        let Some(doubt) = doubt(&panel.panel(), &outcome) else { break };
        is_unsure = true;
        if let Some(work) = work {
            match done_after(panel, &[work], doubt == Doubt::Lost).await {
                Ok(done) if done.contains(&0) => return Ok(words_for(work)),
                Ok(_) => {}
                Err(_) => return outcome,
            }
        }
        let Some(matched) = routes::find(request.method, &request.path) else { return outcome };
        if doubt == Doubt::Lost
            || !(work.is_some() || matched.route.row().repeatable)
            || is_hollow(matched.route, request)
        {
            return outcome;
        }
        tokio::time::sleep(Duration::from_millis(pause)).await;
        outcome = once_more(panel, &matched, request, doubt).await;
    }
    let is_refused = outcome.as_ref().is_ok_and(|answer| !is_success(answer));
    match work {
        Some(work) if is_unsure && is_refused => {
            let done = done_after(panel, &[work], false).await;
            done.ok().filter(|done| done.contains(&0)).map_or(outcome, |_| Ok(words_for(work)))
        }
        _ => outcome,
    }
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
    let mut outcome = done_of(panel, works).await;
    for wait in PATIENCE_MS {
        if outcome.is_ok() || !may_be_away {
            break;
        }
        tokio::time::sleep(Duration::from_millis(wait)).await;
        outcome = done_of(panel, works).await;
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
        there.extend(
            entries
                .iter()
                .map(|entry| (id, entry::text(entry, "email").to_lowercase(), credential_of(entry))),
        );
    }
    let is_there = |client: &Creation| {
        let (email, credential) = (client.email.to_lowercase(), credential_of(&client.entry()));
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

/// What tells two clients of one name apart.
fn credential_of(entry: &Entry) -> String {
    ["id", "password", "auth"]
        .iter()
        .map(|name| entry::text(entry, name))
        .find(|text| !text.is_empty())
        .unwrap_or("")
        .to_owned()
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
        let call = Call { method: "POST", path: "/x".into(), base_url: "http://h".into() };
        Err(Error::Status { call: Box::new(call), response: Box::new(response) })
    }

    #[test]
    fn a_500_leaves_it_open_on_2_x_only() {
        assert_eq!(doubt(&on("2.8.11"), &status(500)), Some(Doubt::Halfway));
        assert_eq!(doubt(&on("2.8.11"), &status(502)), None);
        assert_eq!(doubt(&on("3.0.2"), &status(500)), None);
        assert_eq!(doubt(&on("3.6.0"), &status(500)), None);
    }

    #[test]
    fn a_locked_database_leaves_it_open_and_other_refusals_do_not() {
        let says = |msg: &str| Ok(Envelope::refused(msg).into_response());
        assert_eq!(doubt(&on("3.6.0"), &says("database is locked (5) (SQLITE_BUSY)")), Some(Doubt::Busy));
        assert_eq!(doubt(&on("3.6.0"), &says("Duplicate email: a")), None);
    }
}
