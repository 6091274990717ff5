//! One login, from nothing to a session cookie.
//!
//! Owns the steps and the wording of their failures. Must not know: who needs the session, where it is kept,
//! how often one may try.

use serde_json::Value;

use super::cookies;
use super::csrf::{self, CsrfToken};
use crate::core::error::{Call, Error, Result};
use crate::core::line::Line;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::secret::Secret;
use crate::core::security::redact_url;
use crate::core::transport::call_of;

/// What a successful login yields.
pub struct LoggedIn {
    /// The `Cookie` header's value from now on.
    pub cookie: Secret,
    /// The token for unsafe verbs; `None` on panels before 3.0.
    pub csrf: Option<Secret>,
    /// The panel's answer to the login itself.
    pub answer: Response,
}

/// Why there is no session.
pub enum Failure {
    /// The panel does not take these credentials: sending them again would only bring the lock-out nearer.
    Refused(Error),
    /// Anything else, which may be over the next time.
    Failed(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Logs in with a clean slate: no cookie of an earlier session travels along, because a panel mints no new
/// token for a request that already carries a session. `sending` is called right before the credentials leave.
///
/// # Errors
/// [`Failure::Refused`] when the panel refuses; else [`Error::Login`], or those of the transport.
pub async fn log_in(
    line: &Line,
    username: &str,
    password: &Secret,
    sending: impl FnOnce(),
) -> Result<LoggedIn, Failure> {
    let token = csrf::fetch(line, None).await.map_err(|error| named(line, error))?;
    let mut request = Request::form("/login", &[("username", username), ("password", password.reveal())]);
    if let Some(CsrfToken { token, cookie, .. }) = &token {
        request = request.with_header("X-CSRF-Token", token.reveal()).with_header("Cookie", cookie.reveal());
    }
    let call = call_of(&line.options.base_url, &request);
    sending();
    let answer = line.send(request).await?;
    let envelope = accepted(line, &answer, &call)?;
    if envelope.get("success") != Some(&Value::Bool(true)) {
        let said = envelope.get("msg").and_then(Value::as_str).map(str::trim).filter(|said| !said.is_empty());
        return Err(Failure::Refused(failed(said.unwrap_or("the panel gave no reason"))));
    }
    if answer.headers_named("set-cookie").next().is_none() {
        return Err(unreadable("No session cookie received.", &answer, &call).into());
    }
    let before = token.as_ref().map_or("", |t| t.cookie.reveal());
    let cookie = Secret::new(cookies::merge(before, &answer));
    Ok(LoggedIn { cookie, csrf: token.map(|t| t.token), answer })
}

/// The envelope of an answer that can be one to a login.
fn accepted(line: &Line, answer: &Response, call: &Call) -> Result<Value> {
    if !answer.is_success() {
        let call = Box::new(call.clone());
        return Err(named(line, Error::Status { call, response: Box::new(answer.clone().for_error()) }));
    }
    let base = redact_url(&line.options.base_url);
    if let Ok(envelope @ Value::Object(_)) = serde_json::from_slice(&answer.body) {
        return Ok(envelope);
    }
    let what = match answer {
        _ if answer.is_html() => "with an HTML page instead of JSON. Check the URL and its base path",
        _ if answer.body.is_empty() => "with nothing. Check the URL and its base path",
        _ => "with something that is no JSON, or cut off",
    };
    Err(unreadable(&format!("{base} answered {what}."), answer, call))
}

/// An answer that says nothing of the credentials.
fn unreadable(reason: &str, answer: &Response, call: &Call) -> Error {
    let message = format!("Login failed: {reason}");
    let (call, response) = (Box::new(call.clone()), Box::new(answer.clone().for_error()));
    let source = Error::Unreadable { message: message.clone(), call, response };
    Error::Login { message, source: Some(Box::new(source)) }
}

/// A status that is no success, in words that name the usual reason; other errors as they are.
fn named(line: &Line, error: Error) -> Error {
    let Error::Status { response, .. } = &error else { return error };
    let base = redact_url(&line.options.base_url);
    let reason = match response.status {
        403 => format!(
            "{base} answered 403 Forbidden. The panel may be bound to another domain (webDomain) than the URL names."
        ),
        404 => format!("{base} has no panel login (404). Check the URL and its base path."),
        status => format!("{base} answered with status code {status}."),
    };
    Error::Login { message: format!("Login failed: {reason}"), source: Some(Box::new(error)) }
}

fn failed(reason: &str) -> Error {
    Error::Login { message: format!("Login failed: {reason}"), source: None }
}
