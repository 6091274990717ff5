//! Which recipe a call takes, by its route.
//!
//! A directory and nothing else. Must not know: how a recipe works.

use serde_json::{Value, json};

use super::legacy;
use super::modern::{self, Roster};
use super::step::{Step, ask, finished};
use super::unsupported::{needs_session, unsupported};
use super::{at_once, bulk, cipher, native};
use super::{moved, panel::Era};
use crate::core::client::Deliver;
use crate::core::credentials::generate_uuid;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{Matched, Route};

pub(super) const ADDED: &str = "Inbound client(s) have been added.";
pub(super) const UPDATED: &str = "Inbound client has been updated.";
pub(super) const DELETED: &str = "Inbound client has been deleted.";
const RESET: &str = "Traffic has been reset.";
const DEPLETED_DELETED: &str = "All depleted clients are deleted.";

/// Makes a call on a panel that has its route, with what that panel does differently from what the method promises.
///
/// # Errors
/// Those of the calls.
pub async fn native(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    let params = params_of(matched);
    match (matched.route, params.as_slice()) {
        (Route::AddClient | Route::UpdateClient, _) => {
            let request = Box::pin(cipher::fitted(panel, request)).await?;
            panel.deliver(request).await
        }
        (Route::ClientAdd, _) => Box::pin(native::add(panel, request)).await,
        (Route::ClientBulkCreate, _) => Box::pin(bulk::create_natively(panel, request)).await,
        (
            route @ (Route::ClientBulkDelete
            | Route::ClientBulkReset
            | Route::ClientBulkAttach
            | Route::ClientBulkDetach),
            _,
        ) => match at_once::ask_as(panel, route, request.clone()).await? {
            Some(answer) => Ok(answer),
            None => finished(Box::pin(on_any(panel, matched, request)).await),
        },
        (Route::ClientUpdate, [email]) => finished(Box::pin(native::update(panel, email, request)).await),
        (Route::UpdateInbound, [id]) => finished(Box::pin(native::update_inbound(panel, id, request)).await),
        (Route::DeleteDepleted, [inbound]) => finished(Box::pin(delete_depleted(panel, inbound)).await),
        _ => panel.deliver(request).await,
    }
}

/// Makes a call on a panel that lacks its route, by the routes that it has.
///
/// # Errors
/// Those of the calls; [`crate::core::error::Error::Unsupported`] where there is no way.
pub async fn recipe(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    if panel.panel().era() == Some(Era::Table) {
        on_table(panel, matched, request).await
    } else {
        finished(on_entries(panel, matched, request).await)
    }
}

/// On panels with a client table.
async fn on_table(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    let body = request.body.bytes();
    match (matched.route, params_of(matched).as_slice()) {
        (Route::AddClient, _) => legacy::add(panel, &body).await,
        (Route::UpdateClient, [client]) => legacy::update(panel, client, &body).await,
        (Route::DeleteClient, [inbound, client]) => legacy::delete(panel, inbound, client).await,
        (Route::DeleteClientByEmail, [inbound, email]) => {
            legacy::delete_by_email(panel, inbound, email).await
        }
        (Route::TrafficByUuid, [uuid]) => legacy::traffic_by_uuid(panel, uuid).await,
        (Route::ResetClientTraffic, [_, email]) => legacy::reset(panel, email).await,
        (Route::ResetInboundClients, [inbound]) => legacy::reset_all(panel, inbound).await,
        (Route::DeleteDepleted, [inbound]) => legacy::delete_depleted(panel, inbound).await,
        _ => finished(on_any(panel, matched, request).await),
    }
}

/// On panels whose clients are entries of their inbounds.
async fn on_entries(panel: &impl Deliver, matched: &Matched, request: Request) -> Step<Response> {
    let body = bulk::body_of(&request.body.bytes());
    match (matched.route, params_of(matched).as_slice()) {
        (Route::ClientList, _) => modern::list(panel).await,
        (Route::ClientPage, _) => modern::page(panel, matched.query.as_deref()).await,
        (Route::ClientGet, [email]) => modern::get(panel, email).await,
        (Route::ClientLinks, [email]) => modern::links(panel, email).await,
        (Route::ClientSubLinks, [sub_id]) => modern::sub_links(panel, sub_id).await,
        (Route::ClientAdd, _) => {
            modern::add_one(panel, &body).await?;
            Ok(done(ADDED))
        }
        (Route::ClientUpdate, [email]) => {
            let wanted = native::wanted(&request).unwrap_or_default();
            let mut roster = Roster::read(panel).await?;
            if let Some(client) = roster.client(email) {
                native::as_expected(panel, &request, &client.to_wire())?;
            }
            modern::update(panel, &mut roster, email, &wanted).await?;
            Ok(done(UPDATED))
        }
        (Route::ClientDelete, [email]) => {
            modern::delete(panel, &mut Roster::read(panel).await?, email).await?;
            Ok(done(DELETED))
        }
        (Route::ClientAttach, [email]) if panel.panel().is_at_least(3, 0, 0) => {
            let ids = bulk::ids(body.get("inboundIds"));
            modern::attach(panel, &mut Roster::read(panel).await?, email, &ids).await?;
            Ok(done(ADDED))
        }
        (Route::ClientDetach, [email]) => {
            let ids = bulk::ids(body.get("inboundIds"));
            modern::detach(panel, &mut Roster::read(panel).await?, email, &ids).await?;
            Ok(done(DELETED))
        }
        (Route::ClientResetTraffic, [email]) => {
            modern::reset(panel, &Roster::read(panel).await?, email).await?;
            Ok(done(RESET))
        }
        (Route::ClientDepleted, _) => {
            let deleted = modern::delete_depleted(panel, None).await?;
            Ok(Envelope::done("", json!({ "deleted": deleted })).into_response())
        }
        (Route::ClientBulkAdjust, _) => bulk::adjust(panel, &body).await,
        (Route::DeleteClientByEmail, [inbound, email]) => {
            modern::delete_by_email(panel, inbound, email).await
        }
        (Route::TrafficByUuid, [uuid]) => modern::traffic_by_uuid(panel, uuid).await,
        (Route::ClientBulkAttach, _) if !panel.panel().is_at_least(3, 0, 0) => {
            Err(unsupported(panel, matched.route, &request).into())
        }
        _ => on_any(panel, matched, request).await,
    }
}

/// On panels of both kinds.
async fn on_any(panel: &impl Deliver, matched: &Matched, request: Request) -> Step<Response> {
    let body = bulk::body_of(&request.body.bytes());
    match matched.route {
        Route::ClientBulkCreate => bulk::create(panel, &body).await,
        Route::ClientBulkDelete => bulk::delete(panel, &body).await,
        Route::ClientBulkReset => bulk::reset(panel, &body).await,
        Route::ClientBulkAttach => bulk::place(panel, Route::ClientAttach, "attached", &body).await,
        Route::ClientBulkDetach => bulk::place(panel, Route::ClientDetach, "detached", &body).await,
        Route::NewUuid => Ok(new_uuid()),
        Route::WebCertFiles => web_cert_files(panel, &request).await,
        route => Err(unsupported(panel, route, &request).into()),
    }
}

/// `deleteDepletedClients` where the panel has a route for it, which deletes inbounds that become empty.
async fn delete_depleted(panel: &impl Deliver, inbound: &str) -> Step<Response> {
    let only = inbound.parse::<i64>().ok().filter(|id| *id >= 0);
    modern::delete_depleted(panel, only).await?;
    Ok(done(DEPLETED_DELETED))
}

/// A UUID needs no panel.
fn new_uuid() -> Response {
    Envelope::done("", json!({ "uuid": generate_uuid(&mut rand::rng()) })).into_response()
}

/// Where the panel's certificate is: two of its settings.
async fn web_cert_files(panel: &impl Deliver, asked: &Request) -> Step<Response> {
    let all = Matched { route: Route::AllSettings, params: Vec::new(), query: None };
    let request = Route::AllSettings.request(&[]);
    let request = moved::moved(&panel.panel(), &all, &request).unwrap_or(request);
    if panel.has_token() && moved::is_outside_api(&request.path) {
        return Err(needs_session(panel, asked).into());
    }
    let settings = ask(panel, request).await?;
    let of = |name: &str| settings.get(name).cloned().unwrap_or_else(|| "".into());
    let obj = json!({ "webCertFile": of("webCertFile"), "webKeyFile": of("webKeyFile") });
    Ok(Envelope::done("", obj).into_response())
}

fn done(msg: &str) -> Response {
    Envelope::done(msg, Value::Null).into_response()
}

fn params_of(matched: &Matched) -> Vec<&str> {
    matched.params.iter().map(String::as_str).collect()
}
