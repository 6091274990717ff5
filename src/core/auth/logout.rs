//! One logout: the end of a session on the panel.
//!
//! Owns the verb and what is tried when it is the wrong one. Must not know: where sessions are kept.

use super::{csrf, with_session};
use crate::core::line::Line;
use crate::core::request::Request;
use crate::core::session::Session;

const PATH: &str = "/logout";

/// Ends a session on the panel: by POST where panels have tokens (3.0.2 and newer), by GET on all before. A session
/// that cannot be ended ends by itself, so nothing here is an error.
pub async fn log_out(line: &Line, session: &Session) {
    if !session.panel.csrf {
        return get(line, session).await;
    }
    match post(line, session).await {
        // 3.0.0 and 3.0.1 have tokens, and log out by GET.
        Some(404) => get(line, session).await,
        Some(403) => {
            // Either the token is stale or the session is lost already; only in the latter case the panel begins one.
            if let Ok(Some(fresh)) = csrf::fetch(line, Some(&session.cookie)).await
                && !fresh.of_new_session
            {
                let renewed = Session { cookie: fresh.cookie, csrf: Some(fresh.token), ..session.clone() };
                post(line, &renewed).await;
            }
        }
        _ => {}
    }
}

async fn post(line: &Line, session: &Session) -> Option<u16> {
    let answer = line.send(with_session(Request::post(PATH, "{}"), session)).await;
    answer.ok().map(|answer| answer.status)
}

async fn get(line: &Line, session: &Session) {
    // A panel that cannot be reached keeps nobody logged in here.
    let _ = line.send(with_session(Request::get(PATH), session)).await;
}
