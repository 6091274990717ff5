//! Entries as a program wrote them, for panels that store them as they come (up to 3.0): those of Shadowsocks get the cipher
//! that their inbound asks for (`entry::fit_cipher`).
//!
//! Must not know: who sends the entries.

use serde_json::{Map, Value};

use super::entry::{self, Entry};
use crate::core::client::Deliver;
use crate::core::credentials::{is_2022_key, psk_length};
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::{Body, Request};
use crate::core::routes::Route;

/// The request of `addClient` or `updateClient` with the ciphers that its inbound asks for; the inbound is read where the
/// entries could be ones of Shadowsocks.
///
/// # Errors
/// Those of the call that reads it; [`Error::Validation`] for a key that does not fit a cipher of 2022.
pub async fn fitted(panel: &impl Deliver, request: Request) -> Result<Request> {
    let Some((mut body, mut settings)) = addressed(&request) else { return Ok(request) };
    let id = body.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let answer = panel.deliver(Route::GetInbound.request(&[&id.unwrap_or_default()])).await?;
    let inbound = Envelope::read(&answer).map(|envelope| envelope.obj).unwrap_or_default();
    if inbound.get("protocol").and_then(Value::as_str) != Some("shadowsocks") {
        return Ok(request);
    }
    let cipher = entry::text(&entry::settings_of(&inbound).unwrap_or_default(), "method").to_owned();
    let mut is_fitting = true;
    for client in clients_in(&mut settings) {
        key_fits(client, &cipher)?;
        is_fitting &= !entry::fit_cipher(client, &cipher);
    }
    if is_fitting {
        return Ok(request);
    }
    body.insert("settings".into(), Value::Object(settings).to_string().into());
    Ok(Request { body: Body::Json(Value::Object(body).to_string().into()), ..request })
}

/// A key that does not fit a cipher of 2022 keeps Xray from starting as well; it is the caller's, and not to be replaced.
fn key_fits(client: &Entry, cipher: &str) -> Result<()> {
    match psk_length(cipher) {
        Some(length) if !is_2022_key(entry::text(client, "password"), cipher) => Err(Error::invalid(
            "password",
            format!(
                "Invalid password: must be a key of {length} bytes in base64, as the inbound's {cipher} takes them"
            ),
        )),
        _ => Ok(()),
    }
}

/// The body and the settings in it, where an entry has nothing but a password to be known by, or nothing at all.
fn addressed(request: &Request) -> Option<(Map<String, Value>, Map<String, Value>)> {
    let bytes = request.body.bytes();
    // A thousand clients with UUIDs are not read for nothing.
    if !std::str::from_utf8(&bytes)
        .is_ok_and(|text| text.contains("password") || !text.contains("\\\"id\\\""))
    {
        return None;
    }
    let Ok(Value::Object(body)) = serde_json::from_slice(&bytes) else { return None };
    let mut settings = match body.get("settings")? {
        Value::String(text) => serde_json::from_str::<Map<String, Value>>(text).ok()?,
        Value::Object(settings) => settings.clone(),
        _ => return None,
    };
    let mut clients = clients_in(&mut settings);
    clients.any(|client| may_be_shadowsocks(client)).then_some(())?;
    drop(clients);
    Some((body, settings))
}

fn clients_in(settings: &mut Map<String, Value>) -> impl Iterator<Item = &mut Entry> {
    let clients = settings.get_mut("clients").and_then(Value::as_array_mut);
    clients.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn may_be_shadowsocks(client: &Entry) -> bool {
    ["id", "auth"].iter().all(|name| entry::text(client, name).is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is_looked_at(client: Value) -> bool {
        let body = json!({"id": 1, "settings": json!({"clients": [client]}).to_string()});
        addressed(&Route::AddClient.with_json(&[], body.to_string())).is_some()
    }

    #[test]
    fn the_inbound_is_read_only_for_what_may_be_a_client_of_shadowsocks() {
        assert!(is_looked_at(json!({"email": "a", "password": "p"})));
        assert!(is_looked_at(json!({"email": "a", "password": "p", "id": "", "method": "aes-256-gcm"})));
        assert!(!is_looked_at(json!({"email": "a", "id": "u", "password": "p"})));
        assert!(!is_looked_at(json!({"email": "a", "id": "u"})));
        assert!(is_looked_at(json!({"email": "a"})), "a panel stores it without a key");
        assert!(!is_looked_at(json!({"email": "a", "auth": "password"})));
    }
}
