//! Finding out which version a panel is.
//!
//! Must not know: what follows from a version.

use serde_json::Value;

use super::{Panel, Version};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::routes::Route;

/// Asks the panel for its version; `None` for panels before 3.1, which do not tell.
///
/// # Errors
/// Those of the call; a missing route is an answer, no error.
pub async fn ask_version(panel: &impl Deliver) -> Result<Option<Version>> {
    let status = match panel.deliver(Route::ServerStatus.request(&[])).await {
        Ok(answer) => Envelope::read(&answer),
        Err(Error::Status { response, .. }) if response.status == 404 => None,
        Err(error) => return Err(error),
    };
    let told = status.as_ref().and_then(|s| s.obj.get("panelVersion")).and_then(Value::as_str);
    if let Some(version) = told.and_then(Version::parse) {
        return Ok(Some(version));
    }
    // In its first two seconds a panel has no status yet: then the client table's own routes tell the era.
    if status.is_some_and(|s| s.obj.is_null()) && has_client_table(panel).await? {
        return Ok(Some(Panel::CLIENT_TABLE));
    }
    Ok(None)
}

async fn has_client_table(panel: &impl Deliver) -> Result<bool> {
    match panel.deliver(Route::ClientOnlines.request(&[])).await {
        Ok(_) => Ok(true),
        Err(Error::Status { response, .. }) if response.status == 404 => Ok(false),
        Err(error) => Err(error),
    }
}
