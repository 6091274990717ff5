//! One request for several clients, where the panel has a route for that and whatever stands before it lets it through.
//!
//! Owns what it means that it does not: the route was our choice and not the caller's, who named clients, so its refusal is
//! no answer to them. Must not know: what is done in its place.

use crate::core::client::Deliver;
use crate::core::error::{Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::routes::Route;

/// The answer of a batch route; `None` where it cannot be had, and the clients are to be seen to one by one.
///
/// # Errors
/// Those of the call but for the refusal of the route itself.
pub async fn ask(panel: &impl Deliver, route: Route, json: String) -> Result<Option<Response>> {
    ask_as(panel, route, route.with_json(&[], json)).await
}

/// The same by a request as its caller wrote it.
///
/// # Errors
/// Those of [`ask`].
pub async fn ask_as(panel: &impl Deliver, route: Route, request: Request) -> Result<Option<Response>> {
    if route.row().span.covers(&panel.panel()) == Some(false) || panel.is_barred(route) {
        return Ok(None);
    }
    match panel.deliver(request).await {
        Err(error) if is_refusal(&error) => {
            panel.bar(route);
            Ok(None)
        }
        outcome => outcome.map(Some),
    }
}

/// 403, 404 and 405: what gateways say of a route that is not on their list. Panels themselves refuse with success.
pub fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Status { response, .. } if [403, 404, 405].contains(&response.status))
}
