//! Counters: `getClientTrafficsById`, `resetClientTraffic` and `resetAllClientTraffics`.
//!
//! Must not know: who is depleted (`depleted`).

use serde_json::{Value, json};

use super::super::at_once;
use super::super::depleted::is_off_by_hand;
use super::super::native;
use super::{email_of, inbounds_of, records};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
use crate::core::response::Response;
use crate::core::routes::Route;

/// `getClientTrafficsById`: the traffic rows of all clients with that UUID.
pub async fn traffic_by_uuid(panel: &impl Deliver, uuid: &str) -> Result<Response> {
    let mut rows = Vec::new();
    for email in emails_of_uuid(panel, uuid).await? {
        let answer = panel.deliver(Route::ClientTraffic.request(&[&email])).await?;
        if let Some(row) = Envelope::read(&answer).map(|e| e.obj).filter(Value::is_object) {
            rows.push(row);
        }
    }
    Ok(Envelope::done("", Value::Array(rows)).into_response())
}

/// From 3.2.0 on the panel searches credentials itself, but its page shows none: each hit is read and compared.
async fn emails_of_uuid(panel: &impl Deliver, uuid: &str) -> Result<Vec<String>> {
    if !panel.panel().is_at_least(3, 2, 0) {
        let list = panel.deliver(Route::ClientList.request(&[])).await?;
        let records = Envelope::read(&list).map(|e| e.obj);
        let same = |record: &&Value| record.get("uuid").and_then(Value::as_str) == Some(uuid);
        let email = |record: &Value| record.get("email").and_then(Value::as_str).map(str::to_owned);
        return Ok(records
            .as_ref()
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |all| all.iter().filter(same).filter_map(email).collect()));
    }
    let mut request = Route::ClientPage.request(&[]);
    request.path =
        format!("{}?search={}&pageSize=200", request.path, crate::core::percent::encode_uri_component(uuid));
    let page = panel.deliver(request).await?;
    let hits: Vec<String> = Envelope::read(&page)
        .and_then(|e| {
            let items = e.obj.get("items")?.as_array()?;
            Some(items.iter().filter_map(|i| i.get("email")?.as_str().map(str::to_owned)).collect())
        })
        .unwrap_or_default();
    let mut emails = Vec::new();
    for email in hits {
        let record = panel.deliver(Route::ClientGet.request(&[&email])).await?;
        let same = Envelope::read(&record)
            .is_some_and(|e| e.obj.pointer("/client/uuid").and_then(Value::as_str) == Some(uuid));
        if same {
            emails.push(email);
        }
    }
    Ok(emails)
}

/// `resetClientTraffic`. From 3.3.1 on a reset also switches the client on, which the old route did only for clients
/// that the panel itself had switched off: who was off by hand is off again afterwards.
pub async fn reset(panel: &impl Deliver, email: &str) -> Result<Response> {
    let mut off = Vec::new();
    if panel.panel().is_at_least(3, 3, 1) {
        let found = panel.deliver(Route::ClientGet.request(&[email])).await?;
        let record = Envelope::read(&found).map(|e| with_usage(e.obj)).unwrap_or_default();
        if is_off_by_hand(&record, panel.now_ms()) {
            off.push(email.to_owned());
        }
    }
    let answer = panel.deliver(Route::ClientResetTraffic.request(&[email])).await?;
    native::disable(panel, &off).await?;
    Ok(answer)
}

/// The record in an answer of `clients/get`, with the traffic that stands beside it there.
fn with_usage(mut obj: Value) -> Value {
    let used = obj.get("usedTraffic").cloned().unwrap_or_default();
    let mut record = obj.get_mut("client").map(Value::take).unwrap_or_default();
    let of = |name: &str| record.get(name).cloned().unwrap_or_default();
    let traffic = json!({ "up": used, "down": 0, "total": of("totalGB"), "expiryTime": of("expiryTime") });
    if let Some(members) = record.as_object_mut() {
        members.insert("traffic".into(), traffic);
    }
    record
}

/// `resetAllClientTraffics`: the counters of every client of one inbound, or of all for `-1`.
pub async fn reset_all(panel: &impl Deliver, inbound: &str) -> Result<Response> {
    const DONE: &str = "All traffic from the client has been reset.";
    let records = records(panel).await?;
    let id: i64 = inbound.parse().unwrap_or_default();
    let meant: Vec<&Value> =
        records.iter().filter(|record| id == -1 || inbounds_of(record).contains(&id)).collect();
    let emails: Vec<&str> = meant.iter().filter_map(|record| email_of(record)).collect();
    if emails.is_empty() {
        return Ok(Envelope::done(DONE, Value::Null).into_response());
    }
    // Not `clients/resetAllTraffics`: before 3.6.0 it leaves depleted clients switched off, the old route did not.
    let body = json!({ "emails": emails }).to_string();
    match at_once::ask(panel, Route::ClientBulkReset, body).await? {
        Some(answer) if !Envelope::read(&answer).is_some_and(|e| e.success) => return Ok(answer),
        Some(_) => {}
        None => {
            for email in &emails {
                panel.deliver(Route::ClientResetTraffic.request(&[email])).await?;
            }
        }
    }
    let now = panel.now_ms();
    let off = meant.iter().filter(|record| is_off_by_hand(record, now));
    native::disable(panel, &off.filter_map(|record| email_of(record)).map(str::to_owned).collect::<Vec<_>>())
        .await?;
    Ok(Envelope::done(DONE, Value::Null).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_by_hand_is_who_is_off_with_quota_left() {
        let found =
            |used: i64| json!({"client": {"enable": false, "reset": 0, "totalGB": 10}, "usedTraffic": used});
        assert!(is_off_by_hand(&with_usage(found(9)), 0));
        assert!(!is_off_by_hand(&with_usage(found(10)), 0));
    }
}
