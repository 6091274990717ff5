//! One login, from nothing to a session cookie.
//!
//! Owns the steps and the wording of their failures. Must not know: who needs the session, where it is kept,
//! how often one may try.

use serde_json::Value;

use super::cookies;
use super::csrf::{self, CsrfToken};
use crate::core::error::{Error, Result};
use crate::core::line::Line;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::secret::Secret;

/// What a successful login yields.
pub struct LoggedIn {
    /// The `Cookie` header's value from now on.
    pub cookie: Secret,
    /// The token for unsafe verbs; `None` on panels before 3.0.
    pub csrf: Option<Secret>,
    /// The panel's answer to the login itself.
    pub answer: Response,
}

/// Logs in with a clean slate: no cookie of an earlier session travels along, because a panel mints no new
/// token for a request that already carries a session.
///
/// # Errors
/// [`Error::Login`] when the panel refuses; those of the transport when it cannot be reached.
pub async fn log_in(line: &Line, username: &str, password: &Secret) -> Result<LoggedIn> {
    let token = csrf::fetch(line, None).await?;
    let mut request = Request::form("/login", &[("username", username), ("password", password.reveal())]);
    if let Some(CsrfToken { token, cookie }) = &token {
        request = request.with_header("X-CSRF-Token", token.reveal()).with_header("Cookie", cookie.reveal());
    }
    let answer = line.send(request).await?;
    let envelope = accepted(line, &answer)?;
    if envelope.get("success") != Some(&Value::Bool(true)) {
        let said = envelope.get("msg").and_then(Value::as_str).unwrap_or("the panel gave no reason");
        return Err(refused(said.trim()));
    }
    if answer.headers_named("set-cookie").next().is_none() {
        return Err(refused("No session cookie received."));
    }
    let before = token.as_ref().map_or("", |t| t.cookie.reveal());
    let cookie = Secret::new(cookies::merge(before, &answer));
    Ok(LoggedIn { cookie, csrf: token.map(|t| t.token), answer })
}

/// The envelope of an answer that can be one to a login.
fn accepted(line: &Line, answer: &Response) -> Result<Value> {
    let base = super::super::security::redact_url(&line.options.base_url);
    match answer.status {
        200..=299 => {}
        403 => {
            return Err(refused(&format!(
                "{base} answered 403 Forbidden. The panel may be bound to another domain (webDomain) than the URL names."
            )));
        }
        404 => {
            return Err(refused(&format!(
                "{base} has no panel login (404). Check the URL and its base path."
            )));
        }
        status => return Err(refused(&format!("{base} answered with status code {status}."))),
    }
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(envelope) if envelope.is_object() => Ok(envelope),
        _ if answer.is_html() => Err(refused(&format!(
            "{base} answered with an HTML page instead of JSON. Check the URL and its base path."
        ))),
        _ if answer.body.is_empty() => {
            Err(refused(&format!("{base} answered with nothing. Check the URL and its base path.")))
        }
        _ => Err(refused(&format!("{base} answered with something that is no JSON, or cut off."))),
    }
}

fn refused(reason: &str) -> Error {
    Error::Login { message: format!("Login failed: {reason}"), source: None }
}
