//! Many clients at once, on panels without the routes for it: one after the other, or by as few writes of the inbounds as
//! it takes.
//!
//! Each recipe answers what the route of newer panels would: how many were done, who was left out and why. Must not
//! know: how an entry is written (`modern`).

use serde_json::{Map, Value, json};

use super::at_once;
use super::entry::{self, Entry};
use super::modern::{self, Roster};
use super::native;
use super::panel::{Era, Isolation};
use super::rewrite;
use super::step::{Step, ask, finished, reason, refused};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
use crate::core::response::Response;
use crate::core::routes::Route;

/// Where the clients are: behind routes of their own, or in the inbounds that were read for the whole recipe.
enum Desk {
    Table,
    Entries(Roster),
}

impl Desk {
    async fn open(panel: &impl Deliver) -> Step<Self> {
        match panel.panel().era() {
            Some(Era::Inbound) => Ok(Self::Entries(Roster::read(panel).await?)),
            _ => Ok(Self::Table),
        }
    }

    async fn delete(&mut self, panel: &impl Deliver, email: &str) -> Step<()> {
        match self {
            Self::Table => ask(panel, Route::ClientDelete.request(&[email])).await.map(drop),
            Self::Entries(roster) => modern::delete(panel, roster, email).await,
        }
    }

    async fn reset(&mut self, panel: &impl Deliver, email: &str) -> Step<()> {
        match self {
            Self::Table => ask(panel, Route::ClientResetTraffic.request(&[email])).await.map(drop),
            Self::Entries(roster) => modern::reset(panel, roster, email).await,
        }
    }

    /// Puts a client into inbounds, or takes it out of them.
    async fn place(&mut self, panel: &impl Deliver, route: Route, email: &str, inbounds: &[i64]) -> Step<()> {
        match (self, route) {
            (Self::Table, route) => {
                let json = json!({ "inboundIds": inbounds }).to_string();
                ask(panel, route.with_json(&[email], json)).await.map(drop)
            }
            (Self::Entries(roster), Route::ClientAttach) => {
                modern::attach(panel, roster, email, inbounds).await
            }
            (Self::Entries(roster), _) => modern::detach(panel, roster, email, inbounds).await,
        }
    }
}

/// `bulkCreate`: `[{ client, inboundIds }]`.
pub async fn create(panel: &impl Deliver, body: &Value) -> Step<Response> {
    create_each(panel, list(body).iter().map(item).collect()).await
}

/// The same of clients with the inbounds of each.
pub async fn create_each(panel: &impl Deliver, items: Vec<(Entry, Vec<i64>)>) -> Step<Response> {
    let count = items.len();
    let skipped = match Desk::open(panel).await? {
        Desk::Entries(mut roster) => modern::add_many(panel, &mut roster, items).await?,
        // The write of a whole inbound is for panels whose inbounds are kept apart for it.
        Desk::Table if panel.panel().isolation() == Some(Isolation::Inbound) => {
            create_in_turn(panel, rewrite::create(panel, items).await?).await?
        }
        Desk::Table => create_in_turn(panel, items).await?,
    };
    Ok(report("created", count.saturating_sub(skipped.len()), skipped))
}

/// Those that cannot be made together.
async fn create_in_turn(panel: &impl Deliver, items: Vec<(Entry, Vec<i64>)>) -> Step<Vec<(String, String)>> {
    let mut skipped = Vec::new();
    for (client, inbounds) in items {
        let email = entry::text(&client, "email").to_owned();
        let json = entry::to_be_added(client, inbounds).to_string();
        let answer = native::add(panel, Route::ClientAdd.with_json(&[], json)).await?;
        let outcome = match Envelope::read(&answer) {
            Some(envelope) if envelope.success => Ok(()),
            _ => Err(super::step::Stop::Refused(answer)),
        };
        skipped.extend(reason(outcome)?.map(|why| (email, why)));
    }
    Ok(skipped)
}

/// `bulkDel`: `{ emails }`.
pub async fn delete(panel: &impl Deliver, body: &Value) -> Step<Response> {
    let mut desk = Desk::open(panel).await?;
    let (mut deleted, mut skipped) = (0, Vec::new());
    for email in emails(body) {
        match reason(desk.delete(panel, email).await)? {
            None => deleted += 1,
            Some(why) => skipped.push((email.to_owned(), why)),
        }
    }
    Ok(report("deleted", deleted, skipped))
}

/// `bulkResetTraffic`: `{ emails }`.
pub async fn reset(panel: &impl Deliver, body: &Value) -> Step<Response> {
    let mut desk = Desk::open(panel).await?;
    let mut affected = 0;
    for email in emails(body) {
        affected += u64::from(reason(desk.reset(panel, email).await)?.is_none());
    }
    Ok(Envelope::done("", json!({ "affected": affected })).into_response())
}

/// `bulkAttach` and `bulkDetach`: `{ emails, inboundIds }`, with the route that does it for one client.
pub async fn place(panel: &impl Deliver, route: Route, done: &str, body: &Value) -> Step<Response> {
    let inbounds = ids(body.get("inboundIds"));
    let mut desk = Desk::open(panel).await?;
    let (mut placed, mut errors) = (Vec::new(), Vec::new());
    for email in emails(body) {
        match reason(desk.place(panel, route, email, &inbounds).await)? {
            None => placed.push(email.to_owned()),
            Some(why) => errors.push(format!("{email}: {why}")),
        }
    }
    let obj = json!({ done: or_null(placed), "skipped": Value::Null, "errors": or_null(errors) });
    Ok(Envelope::done("", obj).into_response())
}

/// `bulkAdjust` up to 3.0: `{ emails, addDays, addBytes }`. What is unlimited stays so.
pub async fn adjust(panel: &impl Deliver, body: &Value) -> Step<Response> {
    let amount = |name: &str| body.get(name).and_then(Value::as_i64).unwrap_or(0);
    let (days, bytes) = (amount("addDays"), amount("addBytes"));
    if days == 0 && bytes == 0 {
        return refused("no adjustment specified");
    }
    let mut roster = Roster::read(panel).await?;
    let (mut adjusted, mut skipped) = (0, Vec::new());
    for email in emails(body) {
        let Some(client) = roster.client(email) else {
            skipped.push((email.to_owned(), "record not found".to_owned()));
            continue;
        };
        let (changes, reasons) = adjusted_limits(client.entry, days, bytes);
        skipped.extend(reasons.into_iter().map(|why| (email.to_owned(), why.to_owned())));
        if changes.is_empty() {
            continue;
        }
        match reason(modern::update(panel, &mut roster, email, &changes).await)? {
            None => adjusted += 1,
            Some(why) => skipped.push((email.to_owned(), why)),
        }
    }
    Ok(report("adjusted", adjusted, skipped))
}

const DAY_MS: i64 = 86_400_000;

/// What changes of an entry, and what cannot.
fn adjusted_limits(entry: &Entry, days: i64, bytes: i64) -> (Entry, Vec<&'static str>) {
    let of = |name: &str| entry.get(name).and_then(Value::as_i64).unwrap_or(0);
    let (mut changes, mut reasons) = (Map::new(), Vec::new());
    let span = days.saturating_mul(DAY_MS);
    match of("expiryTime") {
        _ if days == 0 => {}
        0 => reasons.push("unlimited expiry"),
        time if time > 0 && time.saturating_add(span) <= 0 => {
            reasons.push("reduction exceeds remaining time")
        }
        time if time > 0 => drop(changes.insert("expiryTime".into(), time.saturating_add(span).into())),
        // A time that begins with the first use is written as a negative span.
        time if time.saturating_sub(span) >= 0 => reasons.push("reduction exceeds delay window"),
        time => drop(changes.insert("expiryTime".into(), time.saturating_sub(span).into())),
    }
    match of("totalGB") {
        _ if bytes == 0 => {}
        0 => reasons.push("unlimited traffic"),
        quota => drop(changes.insert("totalGB".into(), quota.saturating_add(bytes).max(0).into())),
    }
    (changes, reasons)
}

/// The answer of a bulk route; nobody skipped is not mentioned.
fn report(done: &str, count: usize, skipped: Vec<(String, String)>) -> Response {
    let mut obj = Map::new();
    obj.insert(done.to_owned(), count.into());
    if !skipped.is_empty() {
        let list = skipped.into_iter().map(|(email, reason)| json!({ "email": email, "reason": reason }));
        obj.insert("skipped".into(), list.collect());
    }
    Envelope::done("", Value::Object(obj)).into_response()
}

fn or_null(list: Vec<String>) -> Value {
    if list.is_empty() { Value::Null } else { list.into() }
}

fn list(body: &Value) -> &[Value] {
    body.as_array().map_or(&[], Vec::as_slice)
}

/// A client that is to be made, with the inbounds of it.
pub fn item(item: &Value) -> (Entry, Vec<i64>) {
    let client = item.get("client").and_then(Value::as_object).cloned().unwrap_or_default();
    (client, ids(item.get("inboundIds")))
}

/// Ids as numbers, also where they came as text.
pub fn ids(given: Option<&Value>) -> Vec<i64> {
    let id = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    given.and_then(Value::as_array).map_or_else(Vec::new, |ids| ids.iter().filter_map(id).collect())
}

/// Whom a body names.
pub fn emails(body: &Value) -> Vec<&str> {
    let given = body.get("emails").and_then(Value::as_array);
    given.into_iter().flatten().filter_map(Value::as_str).map(str::trim).filter(|e| !e.is_empty()).collect()
}

/// Reads a JSON body; what is none is nothing.
pub fn body_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_default()
}

/// Whether a call that adds clients wants some of them switched off, and which.
pub fn wanted_off(body: &Value) -> Vec<String> {
    let off = |item: &&Value| item.pointer("/client/enable") == Some(&Value::Bool(false));
    let email = |item: &Value| item.pointer("/client/email")?.as_str().map(str::to_owned);
    list(body).iter().filter(off).filter_map(email).collect()
}

/// `bulkCreate` of a panel that has it switches every client on, as `add` does.
pub async fn create_natively(
    panel: &impl Deliver,
    request: crate::core::request::Request,
) -> Result<Response> {
    let body = request.body.bytes();
    let off = if native::may_switch_off(&body) { wanted_off(&body_of(&body)) } else { Vec::new() };
    let Some(answer) = at_once::ask_as(panel, Route::ClientBulkCreate, request).await? else {
        return finished(create(panel, &body_of(&body)).await);
    };
    if !off.is_empty()
        && let Some(envelope) = Envelope::read(&answer).filter(|envelope| envelope.success)
    {
        let skipped = list(envelope.obj.get("skipped").unwrap_or(&Value::Null));
        let was_skipped = |email: &String| {
            skipped.iter().any(|s| s.get("email").and_then(Value::as_str) == Some(email.as_str()))
        };
        let made: Vec<String> = off.into_iter().filter(|email| !was_skipped(email)).collect();
        native::disable(panel, &made).await?;
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adjusted(entry: Value, days: i64, bytes: i64) -> (Value, Vec<&'static str>) {
        let (changes, reasons) = adjusted_limits(entry.as_object().unwrap(), days, bytes);
        (Value::Object(changes), reasons)
    }

    #[test]
    fn what_is_unlimited_stays_unlimited() {
        let (changes, reasons) = adjusted(json!({"expiryTime": 0, "totalGB": 0}), 1, 1);
        assert_eq!((changes, reasons), (json!({}), vec!["unlimited expiry", "unlimited traffic"]));
    }

    #[test]
    fn a_time_that_has_not_begun_grows_below_zero() {
        assert_eq!(adjusted(json!({"expiryTime": -DAY_MS}), 2, 0).0, json!({"expiryTime": -3 * DAY_MS}));
        assert_eq!(adjusted(json!({"expiryTime": -DAY_MS}), -2, 0).1, ["reduction exceeds delay window"]);
    }

    #[test]
    fn a_quota_does_not_fall_below_zero() {
        assert_eq!(adjusted(json!({"totalGB": 5}), 0, -9).0, json!({"totalGB": 0}));
    }
}
