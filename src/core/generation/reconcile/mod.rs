//! What a panel shows of a write whose answer was lost.
//!
//! Owns which look is taken for which row of the route table, and what is said of it. Must not know: when one looks, and
//! what is done about what is found (`doubt`).

mod agree;
mod clients;
mod inbounds;
mod parts;

use serde_json::{Map, Value};

use super::step::{Step, Stop};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::{Body, Header, Request};
use crate::core::routes::{self, Matched, Reconcile, Route};

/// What the panel shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// All is as the write was to leave it. With the `obj` of the answer, null where only the panel could have said that.
    Done(Value),
    /// Nothing of it.
    NotDone,
    /// Something else: a part of it, what somebody else wrote since, or nothing that tells.
    Unclear,
}

impl Finding {
    /// Done with this in the answer, or not at all.
    fn done_if(is_done: bool, obj: Value) -> Self {
        if is_done { Self::Done(obj) } else { Self::NotDone }
    }

    /// The same where something else may be there in its place.
    fn stored_if(is_stored: bool, obj: Value) -> Self {
        if is_stored { Self::Done(obj) } else { Self::Unclear }
    }

    /// Of this many that are meant, as many are so.
    fn of_many(meant: usize, done: usize, obj: Value) -> Self {
        match done {
            0 => Self::NotDone,
            done if done == meant => Self::Done(obj),
            _ => Self::Unclear,
        }
    }
}

/// Looks what became of a call.
///
/// # Errors
/// Those of the reading.
pub async fn look(panel: &impl Deliver, matched: &Matched, request: &Request) -> Result<Finding> {
    match Box::pin(taken(panel, matched, request)).await {
        Ok(finding) => Ok(finding),
        Err(Stop::Refused(_)) => Ok(Finding::Unclear),
        Err(Stop::Failed(error)) => Err(error),
    }
}

async fn taken(panel: &impl Deliver, matched: &Matched, request: &Request) -> Step<Finding> {
    let body = &body_of(request);
    let param = |name: &str| matched.param(name).unwrap_or_default();
    match matched.route.row().reconcile {
        Reconcile::Again | Reconcile::Never => Ok(Finding::Unclear),
        Reconcile::ClientsThere => clients::there(panel, body).await,
        Reconcile::ClientStored => clients::stored(panel, matched, request, body).await,
        Reconcile::ClientsGone => clients::gone(panel, matched, body).await,
        Reconcile::ClientsAttached => clients::placed(panel, matched, body, true).await,
        Reconcile::ClientsDetached => clients::placed(panel, matched, body, false).await,
        Reconcile::ClientsOn => clients::switched(panel, body, true).await,
        Reconcile::ClientsOff => clients::switched(panel, body, false).await,
        Reconcile::InboundThere => inbounds::there(panel, body).await,
        Reconcile::InboundStored => inbounds::stored(panel, param("id"), body).await,
        Reconcile::InboundGone => inbounds::gone(panel, param("id")).await,
        Reconcile::GroupThere => parts::group_there(panel, body).await,
        Reconcile::GroupRenamed => parts::group_renamed(panel, body).await,
        Reconcile::GroupGone => parts::group_gone(panel, body).await,
        Reconcile::GroupJoined => parts::group_joined(panel, body).await,
        Reconcile::NodeThere => parts::there(panel, Route::Nodes, &["name", "address", "port"], body).await,
        Reconcile::NodeStored => parts::stored(panel, Route::Nodes, param("id"), body).await,
        Reconcile::NodeGone => parts::gone(panel, Route::Nodes, param("id")).await,
        Reconcile::GeoThere => parts::there(panel, Route::CustomGeos, &["type", "alias", "url"], body).await,
        Reconcile::GeoStored => parts::stored(panel, Route::CustomGeos, param("id"), body).await,
        Reconcile::GeoGone => parts::gone(panel, Route::CustomGeos, param("id")).await,
        Reconcile::SettingsStored => parts::settings_stored(panel, body).await,
        Reconcile::XrayStored => parts::template_stored(panel, body).await,
        Reconcile::XrayStopped => parts::xray_stopped(panel).await,
        Reconcile::XrayInstalled => parts::xray_installed(panel, param("version")).await,
    }
}

/// What panels of all versions say of a write that was done.
pub fn words(reconcile: Reconcile) -> &'static str {
    use super::recipes::{ADDED, DELETED, UPDATED};
    match reconcile {
        Reconcile::ClientsThere | Reconcile::ClientsAttached => ADDED,
        Reconcile::ClientStored | Reconcile::ClientsOn | Reconcile::ClientsOff => UPDATED,
        Reconcile::ClientsGone | Reconcile::ClientsDetached => DELETED,
        Reconcile::InboundThere => "Inbound has been successfully created.",
        Reconcile::InboundStored => "Inbound has been successfully updated.",
        Reconcile::InboundGone => "Inbound has been successfully deleted.",
        _ => "",
    }
}

/// What a call would answer on this panel, in whichever way that has for it.
async fn seen(panel: &impl Deliver, request: Request) -> Step<Value> {
    let matched = routes::find(request.method, &request.path).ok_or(Error::Abandoned)?;
    let answer = Box::pin(super::call(panel, &matched, request)).await?;
    match Envelope::read(&answer) {
        Some(envelope) if envelope.success => Ok(envelope.obj),
        _ => Err(Stop::Refused(answer)),
    }
}

/// The list that a route answers.
async fn listed(panel: &impl Deliver, route: Route) -> Step<Vec<Value>> {
    let obj = seen(panel, route.request(&[])).await?;
    Ok(if let Value::Array(list) = obj { list } else { Vec::new() })
}

/// What a request says, in whichever form; a field of a form is text.
fn body_of(request: &Request) -> Value {
    let bytes = request.body.bytes();
    let is_form = |(name, value): &Header| {
        name.eq_ignore_ascii_case("content-type") && value.contains("x-www-form-urlencoded")
    };
    if !matches!(request.body, Body::Form(_)) && !request.headers.iter().any(is_form) {
        return serde_json::from_slice(&bytes).unwrap_or_default();
    }
    let fields = url::form_urlencoded::parse(&bytes);
    Value::Object(fields.map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The members of an object but for those that a panel writes itself.
fn members(value: &Value) -> Map<String, Value> {
    let mut members = value.as_object().cloned().unwrap_or_default();
    for own in ["created_at", "updated_at", "createdAt", "updatedAt", "clientStats"] {
        members.shift_remove(own);
    }
    members
}

/// Whether a thing has this id, which may be written as a number or as text.
fn has_id(thing: &Value, id: &str) -> bool {
    thing.get("id").is_some_and(|own| crate::core::request::json_text(own) == id)
}
