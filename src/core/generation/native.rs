//! Where a panel has the route, but not quite what the method promises.
//!
//! Must not know: panels that lack the route (`legacy`, `modern`).

use serde_json::{Value, json};

use super::entry;
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::Result;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::Route;

/// `clients/add` switches every new client on, also one that was to be off (3.1.0 and newer): such a client is
/// switched off right after.
pub async fn add(panel: &impl Deliver, request: Request) -> Result<Response> {
    let wanted_off = email_of_disabled(&request);
    let answer = panel.deliver(request).await?;
    match wanted_off {
        Some(email) if Envelope::read(&answer).is_some_and(|e| e.success) => {
            disable(panel, &[email]).await?;
            Ok(answer)
        }
        _ => Ok(answer),
    }
}

fn email_of_disabled(request: &Request) -> Option<String> {
    let body: Value = serde_json::from_slice(&request.body.bytes()).ok()?;
    let client = body.get("client")?;
    let off = client.get("enable") == Some(&Value::Bool(false));
    off.then(|| client.get("email").and_then(Value::as_str).map(str::to_owned)).flatten()
}

/// Switches clients off: by the route for it (3.4.1 and newer), or by writing each one whole.
pub async fn disable(panel: &impl Deliver, emails: &[String]) -> Result<()> {
    if emails.is_empty() {
        return Ok(());
    }
    if panel.panel().is_at_least(3, 4, 1) {
        panel
            .deliver(Route::ClientBulkDisable.with_json(&[], json!({ "emails": emails }).to_string()))
            .await?;
        return Ok(());
    }
    for email in emails {
        let found = panel.deliver(Route::ClientGet.request(&[email])).await?;
        let Some(mut wire) = Envelope::read(&found).and_then(|e| entry::wire_of_record(e.obj.get("client")?))
        else {
            continue;
        };
        wire.insert("enable".into(), Value::Bool(false));
        panel.deliver(Route::ClientUpdate.with_json(&[email], Value::Object(wire).to_string())).await?;
    }
    Ok(())
}

/// Who is online: a panel that has not asked xray yet says null, which stands for nobody.
pub async fn onlines(panel: &impl Deliver, request: Request) -> Result<Response> {
    let answer = panel.deliver(request).await?;
    match Envelope::read(&answer) {
        Some(e) if e.success && e.obj.is_null() => Ok(Envelope::done(&e.msg, json!([])).into_response()),
        _ => Ok(answer),
    }
}

/// A backup for Telegram is answered with nothing at all; the method promises an envelope.
pub async fn backup(panel: &impl Deliver, request: Request) -> Result<Response> {
    let answer = panel.deliver(request).await?;
    if answer.body.is_empty() { Ok(Envelope::done("", Value::Null).into_response()) } else { Ok(answer) }
}

/// Traffic by e-mail: from 2.8.1 to 3.2.7 an unknown client is an error, before and after it is a null. One of
/// them it has to be, and a null is what the method documents.
pub async fn traffic(panel: &impl Deliver, request: Request) -> Result<Response> {
    let answer = panel.deliver(request).await?;
    match Envelope::read(&answer) {
        Some(e) if !e.success && e.msg.contains("Inbound Not Found For Email") => {
            Ok(Envelope::done("", Value::Null).into_response())
        }
        _ => Ok(answer),
    }
}
