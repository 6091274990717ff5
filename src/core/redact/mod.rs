//! Errors without secrets.
//!
//! A panel, or more likely a proxy before it, may repeat in its answer what it was sent. Owns the one type of error that
//! may leave the library, and where in an error a secret can stand. How secrets are found in a text is in `redactor`, what
//! is one by its place in `patterns`. Must not know: which secrets there are.

mod patterns;
mod redactor;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use super::error::{Call, Error};
use super::response::{Headers, Response};
pub use patterns::is_secret;
pub use redactor::Redactor;

/// What stands in the place of a secret.
pub const MASK: &str = "[redacted]";

/// An error that may be shown: made by a [`Redactor`], which knows the secrets of the client that met it, or of an error
/// that no client met, and then without an answer. A host hands out no other.
#[derive(Debug, Clone)]
pub struct Redacted(Error);

impl Redacted {
    /// What it says.
    pub fn error(&self) -> &Error {
        &self.0
    }

    /// The error, to be carried on.
    pub fn into_error(self) -> Error {
        self.0
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Of an error that no client met: an argument that breaks a rule. There is nobody to say what in an answer is a secret, so
/// none is kept.
impl From<Error> for Redacted {
    fn from(error: Error) -> Self {
        let Self(mut error) = Redactor::default().error(error);
        if let Some(answer) = answer_of(&mut error) {
            (answer.body, answer.headers) = (Bytes::new(), Headers::default());
        }
        Self(error)
    }
}

impl Redactor {
    /// The error without secrets, in its words and in the answer that it carries.
    pub fn error(&self, mut error: Error) -> Redacted {
        self.clean(&mut error);
        Redacted(error)
    }

    // Every kind of error is named here, so that a new one cannot be forgotten.
    fn clean(&self, error: &mut Error) {
        match error {
            Error::Config(message) | Error::Store(message) | Error::Host { message, thrown: _ } => {
                self.words(message);
            }
            Error::Validation { field: _, message } => self.words(message),
            Error::LoginRateLimited
            | Error::LoginRetriesSpent
            | Error::QueueFull { waiting: _ }
            | Error::Abandoned => {}
            Error::Login { message, source } => {
                self.words(message);
                if let Some(source) = source {
                    self.clean(source);
                }
            }
            Error::TokenRejected { call, response } | Error::Status { call, response } => {
                self.call(call);
                self.answer(response);
            }
            Error::NotFound { message, call }
            | Error::Conflict { message, call }
            | Error::Unsupported { message, call }
            | Error::Network { message, code: _, call }
            | Error::Tls { message, code: _, call } => {
                self.words(message);
                self.call(call);
            }
            Error::Timeout { call, limit_ms: _ } => self.call(call),
            Error::Expired(expired) => self.call(&mut expired.call),
            Error::Unreadable { message, call, response } => {
                self.words(message);
                self.call(call);
                self.answer(response);
            }
        }
    }

    fn words(&self, text: &mut String) {
        if let Cow::Owned(clean) = self.text(text) {
            *text = clean;
        }
    }

    fn call(&self, call: &mut Call) {
        self.words(&mut call.path);
        self.words(&mut call.base_url);
    }

    /// The answer without secrets in its headers and its body. A body that is no text is shown as one, and so becomes one;
    /// of a long one the beginning is kept.
    pub fn answer(&self, answer: &mut Response) {
        answer.headers.rewrite(|name, value| self.named(name, value).into_owned());
        // Cut only then: what is left of a secret that was cut would not be known.
        let most = LONGEST_BODY + LONGEST_SECRET;
        let read =
            answer.body.get(..most).map_or_else(|| answer.body.clone(), |start| answer.body.slice_ref(start));
        let text = String::from_utf8_lossy(&read);
        let clean = self.text(&text);
        if let (Cow::Borrowed(_), Cow::Borrowed(_)) = (&text, &clean)
            && clean.len() <= LONGEST_BODY
        {
            answer.body = read.clone();
            return;
        }
        let end = (0..=LONGEST_BODY.min(clean.len())).rfind(|end| clean.is_char_boundary(*end)).unwrap_or(0);
        answer.body = Bytes::copy_from_slice(clean.get(..end).unwrap_or_default().as_bytes());
    }
}

/// As much of an answer's body is kept with an error.
pub const LONGEST_BODY: usize = 64 * 1024;
/// No secret that is known by its value is longer.
pub const LONGEST_SECRET: usize = 8 * 1024;

fn answer_of(error: &mut Error) -> Option<&mut Response> {
    match error {
        Error::TokenRejected { response, .. }
        | Error::Status { response, .. }
        | Error::Unreadable { response, .. } => Some(response),
        Error::Login { source: Some(source), .. } => answer_of(source),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::secret::Secret;

    fn status(body: impl Into<Bytes>) -> Error {
        let mut response = Response::synthetic(String::new());
        response.body = body.into();
        response.headers = Headers::from_pairs([("x-echo".into(), "3x-ui=abcdef".into())]);
        let call =
            Call { method: "GET", path: "/x?token=t".into(), base_url: "http://h".into(), applied: None };
        Error::Status { call: Box::new(call), response: Box::new(response) }
    }

    #[test]
    fn an_answer_that_repeats_a_secret_loses_it() {
        let source = Some(Box::new(status(r#"{"sent":"abcdef"}"#)));
        let error = Error::Login { message: "Login failed: abcdef".into(), source };
        let clean = Redactor::default().with_secret(&Secret::new("abcdef")).error(error).into_error();
        assert_eq!(clean.to_string(), "Login failed: [redacted]");
        let response = clean.response().unwrap();
        assert_eq!(response.text(), r#"{"sent":"[redacted]"}"#);
        assert_eq!(response.header("x-echo"), Some("3x-ui=[redacted]"));
        assert_eq!(clean.call().unwrap().path, "/x?token=[redacted]");
    }

    #[test]
    fn a_secret_across_the_end_of_what_is_shown_is_not_shown_in_part() {
        let redactor = Redactor::default().with_secret(&Secret::new("abcdefgh"));
        for (before, secrets) in [(LONGEST_BODY - 4, 1), (0, 20_000)] {
            let body = format!("{}{}{}", "x".repeat(before), "abcdefgh".repeat(secrets), "y".repeat(200_000));
            let Error::Status { call, response } = status(body) else { unreachable!() };
            let kept = Error::Status { call, response: Box::new(response.for_error()) };
            let clean = redactor.error(kept).into_error();
            let body = clean.response().unwrap().text().into_owned();
            assert!(body.len() <= LONGEST_BODY && !body.contains("abc"), "{}", body.len());
        }
    }

    #[test]
    fn an_answer_that_is_no_utf_8_loses_it_too() {
        let clean = Redactor::default().with_secret(&Secret::new("abcdef")).error(status(&b"\xffabcdef"[..]));
        assert_eq!(clean.error().response().unwrap().text(), "\u{fffd}[redacted]");
    }

    #[test]
    fn of_a_long_answer_the_beginning_is_kept_and_no_part_of_a_secret() {
        let body = ["x".repeat(LONGEST_BODY - 3), "abcdef".repeat(100_000)].concat();
        let clean = Redactor::default().with_secret(&Secret::new("abcdef")).error(status(body));
        let text = clean.error().response().unwrap().text().into_owned();
        assert_eq!(
            (text.len(), text.ends_with("xxx[re")),
            (LONGEST_BODY, true),
            "{}",
            &text[LONGEST_BODY - 9..]
        );
    }

    #[test]
    fn an_error_without_a_client_keeps_no_answer() {
        let clean = Redacted::from(status("anything")).into_error();
        let response = clean.response().unwrap();
        assert_eq!((response.status, response.body.len(), response.headers.pairs().count()), (200, 0, 0));
    }
}
