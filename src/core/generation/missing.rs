//! How a route that is not there looks.
//!
//! Must not know: what to do then.

use super::{Panel, Version};
use crate::core::error::{Error, Result};
use crate::core::response::Response;
use crate::core::routes::{Route, Span};

/// The last version that may answer a missing route with a success and nothing in it.
const LAST_WITH_EMPTY_SUCCESS: Version = Version::new(2, 8, 4);

/// Whether the panel said that it has no such route.
pub fn is_missing(panel: &Panel, route: Route, outcome: &Result<Response>) -> bool {
    if route.row().span == Span::Always {
        return false;
    }
    match outcome {
        Err(Error::Status { response, .. }) => response.status == 404,
        Ok(answer) => {
            answer.body.is_empty() && panel.oldest <= LAST_WITH_EMPTY_SUCCESS && !answers_nothing(route)
        }
        Err(_) => false,
    }
}

/// A backup for Telegram is answered with nothing where it is done.
fn answers_nothing(route: Route) -> bool {
    matches!(route, Route::CreateBackup | Route::BackupToTgBot)
}
