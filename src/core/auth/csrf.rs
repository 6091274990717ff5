//! The CSRF token of panels from 3.0 on.
//!
//! Owns how it is asked for and how its absence is recognised. Must not know: logins, sessions.

use serde_json::Value;

use super::cookies;
use crate::core::error::{Error, Result};
use crate::core::line::Line;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::secret::Secret;
use crate::core::transport::call_of;

/// A token and the cookie it belongs to.
pub struct CsrfToken {
    /// For the header `X-CSRF-Token` of every unsafe verb.
    pub token: Secret,
    /// The cookie to send beside it.
    pub cookie: Secret,
    /// Whether the panel began a session for it, as it does for callers whom it does not know.
    pub of_new_session: bool,
}

/// Asks for a token; `None` on panels that have none. `cookie` is the session's, if there is one.
///
/// # Errors
/// Those of the transport; [`Error::Status`] for a failure of the server: no panel says so that it has no tokens.
pub async fn fetch(line: &Line, cookie: Option<&Secret>) -> Result<Option<CsrfToken>> {
    let mut request = Request::get("/csrf-token");
    if let Some(cookie) = cookie {
        request = request.with_header("Cookie", cookie.reveal());
    }
    let call = call_of(&line.options.base_url, &request);
    let answer = match line.send(request).await {
        // A program's own function stumbled over an answer that is none of its own: the login itself will tell.
        Err(Error::Host { .. }) => return Ok(None),
        answer => answer?,
    };
    if answer.status >= 500 {
        return Err(Error::Status { call: Box::new(call), response: Box::new(answer.for_error()) });
    }
    let Some(token) = token_in(&answer) else { return Ok(None) };
    let merged = cookies::merge(cookie.map_or("", Secret::reveal), &answer);
    let of_new_session = answer.headers_named("set-cookie").next().is_some();
    Ok(Some(CsrfToken { token, cookie: Secret::new(merged), of_new_session }))
}

/// Panels before 3.0 answer an unknown route with 404, with a page, or (2.5 to 2.8.4) with 200 and an empty
/// body: so only a JSON envelope that holds a token is one, whatever the status.
fn token_in(answer: &Response) -> Option<Secret> {
    let envelope: Value = serde_json::from_slice(&answer.body).ok()?;
    if envelope.get("success") != Some(&Value::Bool(true)) {
        return None;
    }
    envelope.get("obj")?.as_str().filter(|token| !token.is_empty()).map(Secret::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response { status, ..Response::synthetic(body.to_owned()) }
    }

    #[test]
    fn an_empty_success_is_no_token() {
        assert!(token_in(&answer(200, "")).is_none());
    }

    #[test]
    fn a_missing_route_or_a_page_is_no_token() {
        assert!(token_in(&answer(404, "404 page not found")).is_none());
        assert!(token_in(&answer(200, "<!doctype html>")).is_none());
    }

    #[test]
    fn an_envelope_with_a_token_is_one() {
        assert_eq!(token_in(&answer(200, r#"{"success":true,"obj":"abc"}"#)).unwrap().reveal(), "abc");
    }
}
