//! What a panel shows of writes about inbounds.
//!
//! Must not know: clients, but as what an inbound holds.

use serde_json::{Map, Value};

use super::super::entry;
use super::super::step::Step;
use super::agree::has_all;
use super::{Finding, listed, members, seen};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::routes::Route;

/// What tells an inbound apart that was just made: no two have the same address.
const IDENTITY: [&str; 4] = ["port", "listen", "protocol", "remark"];

/// An inbound like that of the body, with the clients of it: the newest, if there are several.
pub async fn there(panel: &impl Deliver, body: &Value) -> Step<Finding> {
    // `import` takes a form with the inbound as text in it.
    let imported = body.get("data").and_then(Value::as_str).and_then(|text| serde_json::from_str(text).ok());
    let wanted: Value = imported.unwrap_or_else(|| body.clone());
    let named: Map<String, Value> =
        members(&wanted).into_iter().filter(|(name, _)| IDENTITY.contains(&name.as_str())).collect();
    if !named.contains_key("port") {
        return Ok(Finding::Unclear);
    }
    let emails = emails_of(&wanted);
    let is_same = |inbound: &Value| has_all(&named, inbound) && emails_of(inbound) == emails;
    let found = listed(panel, Route::ListInbounds).await?.into_iter().filter(is_same);
    let newest = found.max_by_key(|inbound| inbound.get("id").and_then(Value::as_i64));
    Ok(newest.map_or(Finding::NotDone, Finding::Done))
}

fn emails_of(inbound: &Value) -> Vec<String> {
    entry::clients_of(inbound).iter().map(|client| entry::text(client, "email").to_owned()).collect()
}

/// The inbound as the body says.
pub async fn stored(panel: &impl Deliver, id: &str, body: &Value) -> Step<Finding> {
    let inbound = seen(panel, Route::GetInbound.request(&[id])).await?;
    Ok(Finding::stored_if(has_all(&members(body), &inbound), inbound))
}

/// No inbound of this id.
pub async fn gone(panel: &impl Deliver, id: &str) -> Step<Finding> {
    let answer = panel.deliver(Route::GetInbound.request(&[id])).await?;
    let number = id.parse::<i64>().map_or_else(|_| id.into(), Value::from);
    Ok(match Envelope::read(&answer) {
        Some(envelope) if envelope.success => Finding::NotDone,
        Some(envelope) if envelope.is_not_found() => Finding::Done(number),
        _ => Finding::Unclear,
    })
}
