//! What the path of a route cannot name: clients with a slash in the identifier or in the password, and such named `.` or
//! `..`, as panels up to 3.5 make them, and groups. A request for one would be a request for something else, so none is sent:
//! what the route would do is done by other ways, or refused with the reason.
//!
//! Must not know: how such a client came to be, and who asks for it.

use serde_json::{Map, Value, json};

use super::entry::{self, Entry};
use super::modern::{self, Inbound, Roster};
use super::step::{Step, ask, finished, not_found, refused};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{self, Matched, Route};
use crate::core::security::validate::fits_a_path;
use crate::core::transport::call_of;

/// The route of a request whose path names something that no path can carry.
pub fn unroutable(request: &Request) -> Option<Matched> {
    // Nearly no path has either, and this is asked of every request.
    let path = request.path.as_str();
    if !path.contains("%2F") && !path.contains("/.") {
        return None;
    }
    let matched = routes::find(request.method, path)?;
    matched.params.iter().any(|value| !value.is_empty() && !fits_a_path(value)).then_some(matched)
}

/// What the route would have done, by other ways.
///
/// # Errors
/// Those of the calls; [`Error::Unsupported`] where there is no other way.
pub async fn by_other_ways(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    let params: Vec<&str> = matched.params.iter().map(String::as_str).collect();
    let body = serde_json::from_slice(&request.body.bytes()).unwrap_or_default();
    finished(match (matched.route, params.as_slice()) {
        (Route::TrafficByEmail, [email]) => traffic_in_inbounds(panel, email).await,
        (Route::ClientTraffic, [email]) => record(panel, email).await.map(|found| {
            let traffic = found.map(|record| record.get("traffic").cloned().unwrap_or_default());
            done(traffic.unwrap_or_default())
        }),
        (Route::ClientGet, [email]) => client(panel, email).await,
        (Route::DeleteClientByEmail, [inbound, email]) => {
            modern::delete_by_email(panel, inbound, email).await
        }
        (Route::DeleteClient, [inbound, key]) => change_entry(panel, inbound, key, None).await,
        (Route::UpdateClient, [key]) => update_entry(panel, key, &body).await,
        (Route::ClientDelete, [email]) if has_bulk(panel) => {
            bulk(panel, Route::ClientBulkDelete, email, &body).await
        }
        (Route::ClientResetTraffic, [email]) if has_bulk(panel) => {
            bulk(panel, Route::ClientBulkReset, email, &body).await
        }
        (Route::ClientDelete, [email]) => in_inbounds(panel, email, None, None).await,
        (Route::ClientDetach, [email]) if !has_bulk(panel) => {
            let inbounds = super::bulk::ids(body.get("inboundIds"));
            in_inbounds(panel, email, Some(&inbounds), None).await
        }
        // Newer panels have several writers, and a write of a whole inbound would undo what others do meanwhile.
        (Route::ClientUpdate, [email]) if !has_bulk(panel) => {
            in_inbounds(panel, email, None, body.as_object()).await
        }
        (Route::ClientAttach, [email]) if has_bulk(panel) => {
            bulk(panel, Route::ClientBulkAttach, email, &body).await
        }
        (Route::ClientDetach, [email]) if has_bulk(panel) => {
            bulk(panel, Route::ClientBulkDetach, email, &body).await
        }
        _ => Err(no_way(panel, &request).into()),
    })
}

fn has_bulk(panel: &impl Deliver) -> bool {
    panel.panel().is_at_least(3, 2, 0)
}

fn done(obj: Value) -> Response {
    Envelope::done("", obj).into_response()
}

fn no_way(panel: &impl Deliver, request: &Request) -> Error {
    let call = call_of(&panel.base_url(), request);
    let message = format!(
        "This panel ({}) cannot be asked for this: no path can carry a name with a slash in it, nor . or .. A client \
         with such a name can be deleted, and made anew under another one.",
        panel.panel()
    );
    Error::Unsupported { message, call: Box::new(call) }
}

/// The counters of a client, which the list of inbounds has as well.
async fn traffic_in_inbounds(panel: &impl Deliver, email: &str) -> Step<Response> {
    let list = ask(panel, Route::ListInbounds.request(&[])).await?;
    let rows =
        list.as_array().into_iter().flatten().filter_map(|inbound| inbound.get("clientStats")?.as_array());
    let row = rows.flatten().find(|row| row.get("email").and_then(Value::as_str) == Some(email));
    Ok(done(row.cloned().unwrap_or_default()))
}

/// A client in the list of all.
async fn record(panel: &impl Deliver, email: &str) -> Step<Option<Map<String, Value>>> {
    let list = ask(panel, Route::ClientList.request(&[])).await?;
    let Value::Array(records) = list else { return Ok(None) };
    let is_meant = |record: &Map<String, Value>| entry::text(record, "email") == email;
    Ok(records
        .into_iter()
        .filter_map(|record| if let Value::Object(record) = record { Some(record) } else { None })
        .find(is_meant))
}

async fn client(panel: &impl Deliver, email: &str) -> Step<Response> {
    let Some(mut record) = record(panel, email).await? else { return not_found() };
    record.shift_remove("traffic");
    let inbounds = record.shift_remove("inboundIds").unwrap_or_default();
    Ok(done(json!({ "client": record, "inboundIds": inbounds })))
}

/// By writing the inbounds that have the client, or those of them that are named: with this laid over its entry, or without
/// it. On 3.1 the client table follows.
async fn in_inbounds(
    panel: &impl Deliver,
    email: &str,
    only: Option<&[i64]>,
    wanted: Option<&Entry>,
) -> Step<Response> {
    let mut roster = Roster::read(panel).await?;
    let Some(places) = roster.client(email).map(|client| client.inbound_ids()) else { return not_found() };
    for id in places.into_iter().filter(|id| only.is_none_or(|only| only.contains(id))) {
        let Some(inbound) = roster.inbound(id) else { continue };
        let changed = |entry: &Entry| {
            if entry::text(entry, "email") != email {
                return Some(entry.clone());
            }
            let mut merged = entry.clone();
            merged.extend(wanted?.clone());
            Some(merged)
        };
        let clients = inbound.clients.iter().filter_map(changed).collect();
        modern::rewrite(panel, &mut roster, id, clients).await?;
    }
    Ok(done(Value::Null))
}

/// By the route for several, which has the names in its body.
async fn bulk(panel: &impl Deliver, route: Route, email: &str, body: &Value) -> Step<Response> {
    let mut several = Map::new();
    several.insert("emails".into(), json!([email]));
    if let Some(inbounds) = body.get("inboundIds") {
        several.insert("inboundIds".into(), inbounds.clone());
    }
    let obj = ask(panel, route.with_json(&[], Value::Object(several).to_string())).await?;
    let skipped = obj.get("skipped").and_then(Value::as_array).and_then(|skipped| skipped.first());
    match skipped.map(|skipped| skipped.get("reason").and_then(Value::as_str).unwrap_or_default()) {
        Some(reason) => refused(reason),
        None => Ok(done(Value::Null)),
    }
}

/// `updateClient` by a credential that stands in no path: the inbound is written with the entry in its place.
async fn update_entry(panel: &impl Deliver, key: &str, body: &Value) -> Step<Response> {
    let inbound = body.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let Some(wanted) = entry::clients_of(body).into_iter().next() else { return refused("empty client ID") };
    change_entry(panel, &inbound.unwrap_or_default(), key, Some(wanted)).await
}

/// Writes an inbound with this in the place of a client, or without it.
async fn change_entry(
    panel: &impl Deliver,
    inbound: &str,
    key: &str,
    wanted: Option<Entry>,
) -> Step<Response> {
    let found = ask(panel, Route::GetInbound.request(&[inbound])).await?;
    let Some(inbound) = Inbound::of(found) else { return not_found() };
    let Some(at) = inbound.clients.iter().position(|entry| inbound.key(entry) == key) else {
        return refused(&format!("Client Not Found In Inbound For ID: {key}"));
    };
    let (id, mut clients) = (inbound.id, inbound.clients.clone());
    clients.splice(at..=at, wanted);
    modern::rewrite(panel, &mut Roster::of(inbound), id, clients).await?;
    Ok(done(Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_about_a_client_that_no_path_carries_is_told_from_all_others() {
        let is = |request: Request| unroutable(&request).is_some();
        for name in ["a/b", ".", "..", "\\(★ω★)/"] {
            assert!(is(Route::TrafficByEmail.request(&[name])), "{name}");
            assert!(is(Route::ClientGet.request(&[name])), "{name}");
            assert!(is(Route::DeleteClient.request(&["1", name])), "{name}");
        }
        for name in ["a.b", ".a", "a%2Fb", "...", "a b"] {
            assert!(!is(Route::TrafficByEmail.request(&[name])), "{name}");
            assert!(!is(Route::ClientGet.request(&[name])), "{name}");
        }
        assert!(!is(Request::get("/panel/api/nothing/a%2Fb")));
        assert!(is(Route::GroupEmails.request(&[".."])), "it would be another route");
    }
}
