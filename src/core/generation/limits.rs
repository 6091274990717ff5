//! `updateClientTraffic` with limits in it: the route of that name sets counters, and knows no limits.
//!
//! Owns how a client's quota and its end are set by e-mail, and nothing else of it changed. Must not know: counters.

use serde_json::{Map, Value};

use super::modern::{self, Roster};
use super::step::{Step, finished};
use super::{Era, entry};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::{Matched, Route};

const LIMITS: [&str; 2] = ["totalGB", "expiryTime"];
const COUNTERS: [&str; 2] = ["upload", "download"];

/// The limits that a call sets by the name of the route for counters.
pub fn of(matched: &Matched, request: &Request) -> Option<Map<String, Value>> {
    if matched.route == Route::UpdateClientTraffic { limits_in(&request.body.bytes()) } else { None }
}

/// The limits in a body, when it is about them and not about counters.
fn limits_in(body: &[u8]) -> Option<Map<String, Value>> {
    let members: Map<String, Value> = serde_json::from_slice(body).ok()?;
    if COUNTERS.iter().any(|name| members.contains_key(*name)) {
        return None;
    }
    let limits: Map<String, Value> = members
        .into_iter()
        .filter(|(name, value)| LIMITS.contains(&name.as_str()) && !value.is_null())
        .collect();
    (!limits.is_empty()).then_some(limits)
}

/// Reads the client, lays the limits over it and writes it whole: the panel's update replaces.
pub async fn set(panel: &impl Deliver, email: &str, limits: Map<String, Value>) -> Result<Response> {
    if panel.panel().era() != Some(Era::Table) {
        return finished(update_entry(panel, email, &limits).await);
    }
    let found = panel.deliver(Route::ClientGet.request(&[email])).await?;
    let Some(mut wire) = Envelope::read(&found).and_then(|e| entry::wire_of_record(e.obj.get("client")?))
    else {
        return Ok(found);
    };
    wire.shift_remove("updated_at");
    wire.extend(limits);
    panel.deliver(Route::ClientUpdate.with_json(&[email], Value::Object(wire).to_string())).await
}

/// On panels without a client table an update keeps what it does not name.
async fn update_entry(panel: &impl Deliver, email: &str, limits: &Map<String, Value>) -> Step<Response> {
    modern::update(panel, &mut Roster::read(panel).await?, email, limits).await?;
    Ok(Envelope::done("Inbound client has been updated.", Value::Null).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_with_counters_is_about_counters() {
        assert!(limits_in(br#"{"upload":1,"download":2,"totalGB":3}"#).is_none());
        assert!(limits_in(b"{}").is_none());
        assert!(limits_in(br#"{"totalGB":null}"#).is_none());
        assert_eq!(limits_in(br#"{"totalGB":3,"other":1}"#).unwrap().len(), 1);
    }
}
