//! The old client methods on panels with a client table (3.1 and newer), which dropped their routes.
//!
//! Each recipe answers what the old route would have answered, and never deletes more than it was asked to.
//! Owns what the recipes share: reading what an old route was sent. Must not know: panels that still have the old
//! routes.

mod counters;
mod remove;
mod write;

use serde_json::{Map, Value};

pub use counters::{reset, reset_all, traffic_by_uuid};
pub use remove::{delete, delete_by_email, delete_depleted};
pub use write::{add, update};

use super::entry::{self, Entry};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::json_text::fault_of;
use crate::core::response::Response;
use crate::core::routes::Route;

/// An inbound, or what an old route answers where there is none.
async fn read_inbound(panel: &impl Deliver, inbound: &str) -> Result<Result<Value, Response>> {
    let answer = panel.deliver(Route::GetInbound.request(&[inbound])).await?;
    Ok(match Envelope::read(&answer) {
        Some(envelope) if envelope.success => Ok(envelope.obj),
        Some(envelope) if envelope.is_not_found() => {
            let msg = "Something went wrong (record not found)".to_owned();
            Err(Envelope { success: false, msg, obj: Value::Null }.into_response())
        }
        _ => Err(answer),
    })
}

/// The inbound and the clients that the body of an old route names, made fit for the new ones.
fn addressed_clients(body: &[u8]) -> Result<(Value, Vec<Entry>)> {
    let unreadable =
        |why: String| Error::invalid("settings", format!("Invalid client config: settings {why}"));
    let body: Value =
        serde_json::from_slice(body).map_err(|e| unreadable(format!("is no JSON: {}", fault_of(&e))))?;
    let settings: Map<String, Value> = entry::settings_of(&body)
        .ok_or_else(|| unreadable("must be a JSON object with a list named clients".into()))?;
    let Some(Value::Array(clients)) = settings.get("clients") else {
        return Err(unreadable("must hold a list named clients".into()));
    };
    let clients: Result<Vec<Entry>> = clients
        .iter()
        .map(|client| {
            let entry = client
                .as_object()
                .cloned()
                .ok_or_else(|| unreadable("holds a client that is no object".into()))?;
            entry::with_numbers(entry)
        })
        .collect();
    let id = body.get("id").cloned().unwrap_or_default();
    let id = plain(&id).parse::<i64>().map(Value::from).unwrap_or(id);
    Ok((id, clients?))
}

/// A number or a text as plain text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// All records of the client table, with their traffic and inbounds.
async fn records(panel: &impl Deliver) -> Result<Vec<Value>> {
    let list = panel.deliver(Route::ClientList.request(&[])).await?;
    let obj = Envelope::read(&list).map(|e| e.obj).unwrap_or_default();
    Ok(if let Value::Array(records) = obj { records } else { Vec::new() })
}

fn email_of(record: &Value) -> Option<&str> {
    record.get("email").and_then(Value::as_str)
}

fn inbounds_of(record: &Value) -> Vec<i64> {
    let ids = record.get("inboundIds").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(Value::as_i64).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_inbound_id_given_as_text_becomes_a_number() {
        let (id, clients) =
            addressed_clients(br#"{"id":"3","settings":"{\"clients\":[{\"tgId\":\"\"}]}"}"#).unwrap();
        assert_eq!(id, json!(3));
        assert_eq!(clients.first().unwrap().get("tgId"), Some(&json!(0)));
    }

    #[test]
    fn settings_without_clients_are_an_error_that_names_them() {
        let error = addressed_clients(br#"{"id":3,"settings":"{}"}"#).unwrap_err();
        assert_eq!(error.to_string(), "Invalid client config: settings must hold a list named clients");
    }
}
