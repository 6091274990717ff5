//! Which panel is this, and what does that mean for a call.
//!
//! Owns the panel's identity (version, era) and what stands in for routes that a panel does not have: another address
//! (`moved`), or a recipe: `legacy` for the old client methods on panels with a client table, `modern` for the new ones
//! on panels without, `bulk` for many clients at once. Must not know: how requests travel or how one logs in.

mod at_once;
mod batch;
mod bulk;
mod cipher;
mod depleted;
mod detect;
mod doubt;
mod entry;
mod legacy;
mod limits;
mod missing;
mod modern;
mod moved;
mod native;
mod normalize;
mod panel;
mod promise;
mod recipes;
mod reconcile;
mod rewrite;
mod step;
#[cfg(test)]
mod tags;
mod unroutable;
mod unsupported;
mod version;

pub use batch::{request_of, route_for as batch_route, settle};
pub use detect::ask;
pub use doubt::{settled, told_of};
pub use entry::{clients_of, fit_cipher, settings_of, text as text_of, to_be_added, wire_of_record};
pub use missing::is_missing;
pub use modern::Outline;
pub use moved::{spans as moved_spans, templates as moved_templates};
pub use normalize::normalized;
pub use panel::{Era, Isolation, Panel};
pub use recipes::native as by_own_route;
pub use unroutable::{by_other_ways, unroutable};
pub use unsupported::unsupported;
pub use version::Version;

use super::client::Deliver;
use super::error::Result;
use super::request::Request;
use super::response::Response;
use super::routes::{Matched, Route};

/// Makes a call in the way that this panel has for it: its own route, the same under another address, or a recipe.
///
/// # Errors
/// Those of the calls; [`super::error::Error::Unsupported`] where there is no way.
pub async fn call(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    if let Some(limits) = limits::of(matched, &request) {
        let email = matched.param("email").unwrap_or_default();
        return Box::pin(limits::set(panel, email, limits)).await;
    }
    let answer = match matched.route.row().span.covers(&panel.panel()) {
        Some(true) => recipes::native(panel, matched, request).await?,
        Some(false) => Box::pin(elsewhere(panel, matched, request)).await?,
        // It may have the route: whether it does, the panel says.
        None => match Box::pin(recipes::native(panel, matched, request.clone())).await {
            outcome if is_missing(&panel.panel(), matched.route, &outcome) => {
                Box::pin(elsewhere(panel, matched, request)).await?
            }
            outcome => outcome?,
        },
    };
    Ok(promise::kept(matched.route, answer))
}

async fn elsewhere(panel: &impl Deliver, matched: &Matched, request: Request) -> Result<Response> {
    let Some(moved) = moved::moved(&panel.panel(), matched, &request) else {
        return recipes::recipe(panel, matched, request).await;
    };
    if panel.has_token() && moved::is_outside_api(&moved.path) {
        return Err(unsupported::needs_session(panel, &request));
    }
    panel.deliver(moved).await
}

/// The way that a panel has for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Its own route.
    Own,
    /// The same under another address.
    Moved(&'static str),
    /// A recipe, or none at all.
    Recipe,
    /// It may have the route.
    Unknown,
}

/// Which way a call takes on this panel.
pub fn way(panel: &Panel, route: Route) -> Way {
    match (route.row().span.covers(panel), moved::address(panel, route)) {
        (Some(true), _) => Way::Own,
        (_, Some(template)) => Way::Moved(template),
        (Some(false), None) => Way::Recipe,
        (None, None) => Way::Unknown,
    }
}

/// What can be said of a call before anything is known about the panel: nothing has to be asked for routes that are
/// everywhere.
pub fn is_settled(panel: &Panel, route: Route) -> bool {
    let own = route.row().span.covers(panel);
    own == Some(true) || (own == Some(false) && moved::spans(route).all(|span| span.covers(panel).is_some()))
}
