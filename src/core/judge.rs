//! What an answer means: a result, a lost session, a stale token, a route that is not there.
//!
//! Judges by what the answer is, not by its status alone: old panels answer a missing route with 200 and an empty
//! body, and a lost session with the same 404 as a missing route. Must not know: how to recover.

use super::error::{Call, Error, Result};
use super::generation::Panel;
use super::options::Options;
use super::request::Method;
use super::response::Response;
use super::routes;

/// What to do with an answer to a call that was made with a session.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It answers the call, well or badly.
    Answer,
    /// The panel does not know the session (any more).
    SessionLost,
    /// Either the session is lost or the route does not exist; the answer looks the same.
    SessionOrRouteLost,
    /// The CSRF token is not the session's.
    StaleToken,
}

/// Judges an answer to a call made with a session; `safe` says whether the verb changes nothing.
pub fn judge(answer: &Response, panel: &Panel, safe: bool) -> Verdict {
    match answer.status {
        401 => Verdict::SessionLost,
        300..=399 if leads_to_login(answer) => Verdict::SessionLost,
        403 if !safe && panel.csrf && answer.body.is_empty() => Verdict::StaleToken,
        // Also for a route that is there: its router answers the same for a name that it cannot read.
        404 if panel.hides_lost_sessions() => Verdict::SessionOrRouteLost,
        200..=299 if answer.is_html() => Verdict::SessionLost,
        _ => Verdict::Answer,
    }
}

/// Whether an answer sends to the login page, as panels up to 2.8.3 send who is not logged in. Their router also sends to the
/// same path with or without a slash at its end.
fn leads_to_login(answer: &Response) -> bool {
    answer.header("location").is_none_or(|to| to.ends_with('/') || to.ends_with("/login"))
}

/// The final word on an answer: a success, or the error it is.
///
/// # Errors
/// [`Error::Status`] for anything but 2xx, [`Error::Unreadable`] for a page in the place of data.
pub fn conclude(answer: Response, call: impl FnOnce() -> Call) -> Result<Response> {
    let status = answer.status;
    if !answer.is_success() {
        return Err(Error::Status { call: Box::new(call()), response: Box::new(answer.for_error()) });
    }
    if answer.is_html() {
        let call = Box::new(call());
        let message = format!(
            "The panel answered with an HTML page instead of JSON (HTTP {status}): {call}. \
             Check that the URL is the panel's own, with its base path."
        );
        return Err(Error::Unreadable { message, call, response: Box::new(answer.for_error()) });
    }
    Ok(answer)
}

/// The error for an answer that should be JSON and is not, or not all of it.
pub fn not_json(answer: Response, call: Call) -> Error {
    let what = if answer.body.is_empty() { "an empty body" } else { "incomplete or invalid JSON" };
    let message = format!("The panel answered with {what} (HTTP {}): {call}", answer.status);
    Error::Unreadable { message, call: Box::new(call), response: Box::new(answer.for_error()) }
}

/// The answer of a transport that may know no bound itself, if it is not longer than the settings allow.
///
/// # Errors
/// That of [`too_long`].
pub fn bounded(answer: Response, options: &Options, call: impl FnOnce() -> Call) -> Result<Response> {
    let limit = options.max_response_size;
    if answer.body.len() as u64 > limit { Err(too_long(answer, limit, call())) } else { Ok(answer) }
}

/// The error for an answer of more bytes than are read.
pub fn too_long(answer: Response, limit: u64, call: Call) -> Error {
    let message = format!(
        "The panel's answer is longer than {limit} bytes (HTTP {}): {call}. The option maxResponseSize sets the limit.",
        answer.status
    );
    Error::Unreadable { message, call: Box::new(call), response: Box::new(answer.for_error()) }
}

/// Whether the request's route answers JSON and nothing else; what a caller asks for by a path of their own may
/// answer anything.
pub fn expects_data(method: Method, path: &str) -> bool {
    routes::find(method, path).is_some()
}

/// Whether an answer says of itself that it is JSON.
pub fn claims_json(answer: &Response) -> bool {
    answer.header("content-type").is_some_and(|kind| kind.contains("json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::generation::Version;
    use crate::core::response::Headers;

    const OLD: Panel = Panel::seen(false);
    const NEW: Panel = Panel {
        csrf: true,
        oldest: Version::new(3, 6, 0),
        newest: Version::new(3, 6, 0),
        probed: true,
        guid: None,
    };

    fn answer(status: u16, body: &str) -> Response {
        Response { status, ..Response::synthetic(body.to_owned()) }
    }

    #[test]
    fn a_404_may_mean_a_lost_session_only_where_panels_hide_one_behind_it() {
        assert_eq!(judge(&answer(404, ""), &OLD, true), Verdict::SessionOrRouteLost);
        assert_eq!(judge(&answer(404, ""), &NEW, true), Verdict::Answer);
    }

    #[test]
    fn a_redirect_to_the_login_page_or_a_page_means_a_lost_session() {
        let redirect = |to: &str| {
            let headers = Headers::from_pairs([("location".to_owned(), to.to_owned())]);
            judge(&Response { headers, ..answer(307, "") }, &OLD, true)
        };
        assert_eq!(redirect("/"), Verdict::SessionLost);
        assert_eq!(redirect("https://h/base/"), Verdict::SessionLost);
        assert_eq!(redirect("/panel/api/inbounds/clientIps/a"), Verdict::Answer);
        assert_eq!(judge(&answer(200, "<!DOCTYPE html>"), &NEW, true), Verdict::SessionLost);
    }

    #[test]
    fn an_empty_403_is_a_stale_token_only_for_unsafe_verbs_of_panels_with_tokens() {
        assert_eq!(judge(&answer(403, ""), &NEW, false), Verdict::StaleToken);
        assert_eq!(judge(&answer(403, ""), &NEW, true), Verdict::Answer);
        assert_eq!(judge(&answer(403, ""), &OLD, false), Verdict::Answer);
        assert_eq!(judge(&answer(403, "{}"), &NEW, false), Verdict::Answer);
    }
}
