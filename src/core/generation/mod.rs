//! Which panel is this, and what does that mean for a call.
//!
//! Owns the panel's identity (version, era) and the recipes that stand in for routes which a panel does not have:
//! `legacy` for the old client methods on panels with a client table, `modern` for the new ones on panels without.
//! Must not know: how requests travel or how one logs in.

mod batch;
mod detect;
mod entry;
mod legacy;
mod limits;
mod modern;
mod native;
mod version;

pub use batch::create;
pub use detect::ask_version;
pub use entry::{clients_of, settings_of, text as text_of, wire_of_record};
pub use version::{Era, Isolation, Panel, Version};

use super::client::Deliver;
use super::error::{Error, Result};
use super::request::Request;
use super::response::Response;
use super::routes::{Matched, Route, Span};
use super::transport::call_of;

/// Makes a call on a panel that has its route, and sets right what that panel does differently from what the
/// method promises.
///
/// # Errors
/// Those of the call.
pub async fn native(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    match matched.route {
        Route::ClientAdd => native::add(panel, request).await,
        Route::ClientTraffic | Route::TrafficByEmail => native::traffic(panel, request).await,
        Route::ClientOnlines | Route::OnlineClients => native::onlines(panel, request).await,
        Route::BackupToTgBot | Route::CreateBackup => native::backup(panel, request).await,
        Route::UpdateClientTraffic => match limits::limits_in(&request.body.bytes()) {
            Some(limits) => limits::set(panel, matched.param("email").unwrap_or_default(), limits).await,
            None => panel.deliver(request).await,
        },
        _ => panel.deliver(request).await,
    }
}

/// Makes a call on a panel that lacks its route, by the routes that it has.
///
/// # Errors
/// Those of the calls; [`Error::Unsupported`] where there is no way.
pub async fn recipe(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    let params: Vec<&str> = matched.params.iter().map(String::as_str).collect();
    let body = request.body.bytes();
    match (matched.route, params.as_slice()) {
        (Route::AddClient, _) => legacy::add(panel, &body).await,
        (Route::UpdateClient, [client]) => legacy::update(panel, client, &body).await,
        (Route::DeleteClient, [inbound, client]) => legacy::delete(panel, inbound, client).await,
        (Route::TrafficByEmail, [email]) => {
            native::traffic(panel, Route::ClientTraffic.request(&[email])).await
        }
        (Route::TrafficByUuid, [uuid]) => legacy::traffic_by_uuid(panel, uuid).await,
        (Route::ClientIps, [email]) => panel.deliver(Route::ClientTableIps.request(&[email])).await,
        (Route::ClearClientIps, [email]) => panel.deliver(Route::ClientTableClearIps.request(&[email])).await,
        (Route::ResetClientTraffic, [_, email]) => legacy::reset(panel, email).await,
        (Route::ResetInboundClients, [inbound]) => legacy::reset_all(panel, inbound).await,
        (Route::DeleteDepleted, [inbound]) => legacy::delete_depleted(panel, inbound).await,
        (Route::OnlineClients, _) => native::onlines(panel, Route::ClientOnlines.request(&[])).await,
        (Route::LastOnline, _) => panel.deliver(Route::ClientLastOnline.request(&[])).await,
        (Route::UpdateClientTraffic, [email]) => {
            if let Some(limits) = limits::limits_in(&body) {
                return limits::set(panel, email, limits).await;
            }
            panel.deliver(Route::ClientUpdateTraffic.with_json(&[email], text_of_body(&body))).await
        }
        (Route::DeleteClientByEmail, [inbound, email]) => {
            legacy::delete_by_email(panel, inbound, email).await
        }
        (Route::CreateBackup | Route::BackupToTgBot, _) => native::backup(panel, backup_request(panel)).await,

        (Route::ClientAdd, _) => modern::add(panel, &body).await,
        (Route::ClientGet, [email]) => modern::get(panel, email).await,
        (Route::ClientUpdate, [email]) => modern::update(panel, email, &body).await,
        (Route::ClientDelete, [email]) => modern::delete(panel, email).await,
        (Route::ClientTraffic, [email]) => {
            native::traffic(panel, Route::TrafficByEmail.request(&[email])).await
        }
        (Route::ClientTableIps, [email]) => panel.deliver(Route::ClientIps.request(&[email])).await,
        (Route::ClientTableClearIps, [email]) => panel.deliver(Route::ClearClientIps.request(&[email])).await,
        (Route::ClientOnlines, _) => native::onlines(panel, Route::OnlineClients.request(&[])).await,
        (Route::ClientLastOnline, _) => panel.deliver(Route::LastOnline.request(&[])).await,
        (Route::ClientUpdateTraffic, [email]) => {
            panel.deliver(Route::UpdateClientTraffic.with_json(&[email], text_of_body(&body))).await
        }
        (Route::ClientResetTraffic, [email]) => modern::reset(panel, email).await,
        (Route::ClientResetAll, _) => {
            panel.deliver(Route::ResetInboundClients.request(&[ALL_INBOUNDS])).await
        }
        (_, _) if settings_path(&request.path).is_some() => {
            let path = settings_path(&request.path).unwrap_or_default();
            panel.deliver(Request { path, ..request }).await
        }
        _ => Err(unsupported(panel, matched, &request)),
    }
}

/// How the old routes name all inbounds at once.
const ALL_INBOUNDS: &str = "-1";

/// Up to 3.2 the panel's settings and xray's are outside the API.
fn settings_path(path: &str) -> Option<String> {
    let rest = path.strip_prefix("/panel/api/")?;
    (rest.starts_with("setting/") || rest.starts_with("xray/")).then(|| format!("/panel/{rest}"))
}

/// The backup's route has moved twice: `inbounds/createbackup` up to 2.6, then `backuptotgbot`, by GET up to 3.0.1.
fn backup_request(panel: &impl Deliver) -> Request {
    if panel.panel().csrf {
        Route::BackupToTgBot.request(&[])
    } else {
        Request::get("/panel/api/backuptotgbot")
    }
}

fn text_of_body(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

/// The error for a call that has no place on this panel.
fn unsupported(panel: &impl Deliver, matched: &Matched, request: &Request) -> Error {
    let row = matched.route.row();
    let this = match panel.panel().version {
        Some(version) => format!("This panel ({version})"),
        None => "This panel (before 3.1)".to_owned(),
    };
    let place = match row.span {
        Span::Since(first) => format!("it exists from {first} on"),
        Span::Until(last) => format!("it was removed after {last}"),
        Span::Within(first, last) => format!("it exists from {first} to {last}"),
        Span::Always => "it should exist everywhere".to_owned(),
    };
    let call = call_of(&panel.base_url(), request);
    Error::Unsupported {
        message: format!("{this} has no {} {}: {place}.", call.method, row.template),
        call: Box::new(call),
    }
}
