//! Finding out which version a panel is.
//!
//! From 3.1 on a panel's status names it. Older ones name it in their pages only: up to 2.9 the addresses of the login
//! page's styles end in it, 3.0 writes it into the pages behind the login. Must not know: what follows from a version.

use serde_json::Value;

use super::{Panel, Version};
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::routes::Route;
use crate::core::transport::call_of;

/// Asks the panel for its version, with as few requests as it takes: one, or two on 3.0.
///
/// # Errors
/// Those of the calls; a missing route is an answer, no error.
pub async fn ask(panel: &impl Deliver) -> Result<Panel> {
    if panel.panel().csrf { ask_newer(panel).await } else { ask_older(panel).await }
}

/// A panel without tokens: up to 2.9.
async fn ask_older(panel: &impl Deliver) -> Result<Panel> {
    let known = Panel::seen(false);
    if let Some(version) = version_on(panel, "/", &known).await? {
        return Ok(known.exactly(version));
    }
    Ok(match status(panel).await? {
        Some(_) => known.between(Version::new(2, 7, 0), Panel::LAST_WITHOUT_TOKENS),
        None => known.between(Version::OLDEST, Version::new(2, 6, 8)),
    })
}

/// A panel with tokens: 3.0 and newer.
async fn ask_newer(panel: &impl Deliver) -> Result<Panel> {
    let known = Panel::seen(true);
    let status = match status(panel).await? {
        Some(status) => status,
        // Every panel with tokens has the route; whoever answers here is none.
        None => return Err(no_panel(panel)),
    };
    let told = |name: &str| status.get(name)?.as_str().filter(|text| !text.is_empty());
    let guid = told("panelGuid").map(Into::into);
    if let Some(version) = told("panelVersion").and_then(Version::parse) {
        return Ok(Panel { guid, ..known.exactly(version) });
    }
    if let Some(version) = version_on(panel, "/panel/", &known).await? {
        return Ok(known.exactly(version));
    }
    // In its first two seconds a panel has no status yet: then the client table's own routes tell the era.
    if status.is_null() && has_client_table(panel).await? {
        let unasked = known.between(Panel::CLIENT_TABLE, Version::DEVELOPMENT);
        return Ok(Panel { probed: false, ..unasked });
    }
    Ok(known.between(Version::new(3, 0, 0), Version::new(3, 0, 2)))
}

fn no_panel(panel: &impl Deliver) -> Error {
    let call = call_of(&panel.base_url(), &Route::ServerStatus.request(&[]));
    let message =
        format!("No panel answers here: {call}. Check that the URL is the panel's own, with its base path.");
    Error::NotFound { message, call: Box::new(call) }
}

/// The status of the server; `None` where its route is missing.
async fn status(panel: &impl Deliver) -> Result<Option<Value>> {
    match panel.deliver(Route::ServerStatus.request(&[])).await {
        // Panels up to 2.6 answer what they do not have with nothing at all.
        Ok(answer) if answer.body.is_empty() => Ok(None),
        Ok(answer) => Ok(Some(Envelope::read(&answer).map(|envelope| envelope.obj).unwrap_or_default())),
        Err(Error::Status { response, .. }) if response.status == 404 => Ok(None),
        Err(error) => Err(error),
    }
}

async fn has_client_table(panel: &impl Deliver) -> Result<bool> {
    match panel.deliver(Route::ClientOnlines.request(&[])).await {
        Ok(_) => Ok(true),
        Err(Error::Status { response, .. }) if response.status == 404 => Ok(false),
        Err(error) => Err(error),
    }
}

/// The version that a page names, if it is one that the panel can be.
async fn version_on(panel: &impl Deliver, path: &str, known: &Panel) -> Result<Option<Version>> {
    let Some(page) = panel.page(path).await? else { return Ok(None) };
    Ok(version_in(&page.text()).filter(|version| (known.oldest..=known.newest).contains(version)))
}

fn version_in(page: &str) -> Option<Version> {
    if let Some((_, rest)) = page.split_once("X_UI_CUR_VER") {
        return Version::parse(rest.split('"').nth(1)?);
    }
    page.split(['"', '\'']).find_map(|address| {
        let (file, version) = address.split_once('?')?;
        let is_asset = file.ends_with(".css") || file.ends_with(".js");
        is_asset.then(|| Version::parse(version)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_version_behind_its_assets_or_in_a_script() {
        let old =
            r#"<a href="/?x"></a><link rel="stylesheet" href="/base/assets/css/custom.min.css?2.8.11">"#;
        assert_eq!(version_in(old), Some(Version::new(2, 8, 11)));
        let new = r#"<script>window.X_UI_BASE_PATH="/";window.X_UI_CUR_VER="3.0.2";</script>"#;
        assert_eq!(version_in(new), Some(Version::new(3, 0, 2)));
        let first = r#"<script>window.__X_UI_CUR_VER__="3.0.0";</script>"#;
        assert_eq!(version_in(first), Some(Version::new(3, 0, 0)));
        assert_eq!(version_in("<html><script src=\"a.js?v=1\"></script></html>"), None);
    }
}
