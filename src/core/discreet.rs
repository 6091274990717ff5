//! Errors without the secrets of the client that met them.
//!
//! A panel, or more likely a proxy before it, may repeat in its answer what it was sent. Owns where in an error that
//! can happen. Must not know: which secrets there are, or how they are found in a text (`security::scrub`).

use bytes::Bytes;

use super::error::Error;
use super::response::Response;
use super::secret::Secret;
use super::security::scrub;

/// The error with all of `secrets` replaced in its words and in the answer it carries.
pub fn discreet(mut error: Error, secrets: &[&Secret]) -> Error {
    match &mut error {
        Error::Status { response, .. } | Error::TokenRejected { response, .. } => clean(response, secrets),
        Error::Unreadable { message, response, .. } => {
            scrub_in_place(message, secrets);
            clean(response, secrets);
        }
        Error::Login { message, source } => {
            scrub_in_place(message, secrets);
            *source = source.take().map(|source| Box::new(discreet(*source, secrets)));
        }
        _ => {}
    }
    error
}

/// Whether a password may be looked for in a text: one that is an ordinary word would tear holes into ordinary
/// sentences, and the holes would tell it.
pub fn is_recognizable(password: &Secret) -> bool {
    let text = password.reveal();
    let is_word = text.chars().all(char::is_alphabetic);
    text.chars().count() >= if is_word { 16 } else { 6 }
}

fn clean(response: &mut Response, secrets: &[&Secret]) {
    response.headers.rewrite(|value| scrub(value, secrets).into_owned());
    let cleaned = std::str::from_utf8(&response.body).ok().and_then(|text| match scrub(text, secrets) {
        std::borrow::Cow::Borrowed(_) => None,
        std::borrow::Cow::Owned(cleaned) => Some(cleaned),
    });
    if let Some(cleaned) = cleaned {
        response.body = Bytes::from(cleaned);
    }
}

fn scrub_in_place(text: &mut String, secrets: &[&Secret]) {
    if let std::borrow::Cow::Owned(cleaned) = scrub(text, secrets) {
        *text = cleaned;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::error::Call;
    use crate::core::response::Headers;

    #[test]
    fn an_answer_that_repeats_a_secret_loses_it() {
        let mut response = Response::synthetic(r#"{"cookie":"3x-ui=abcdef"}"#.into());
        response.headers = Headers::from_pairs([("x-echo".into(), "3x-ui=abcdef".into())]);
        let call = Call { method: "GET", path: "/x".into(), base_url: "http://h".into() };
        let source = Error::Status { call: Box::new(call), response: Box::new(response) };
        let error = Error::Login { message: "Login failed: abcdef".into(), source: Some(Box::new(source)) };
        let clean = discreet(error, &[&Secret::new("abcdef")]);
        assert_eq!(clean.to_string(), "Login failed: [redacted]");
        let response = clean.response().unwrap();
        assert_eq!(response.text(), r#"{"cookie":"3x-ui=[redacted]"}"#);
        assert_eq!(response.header("x-echo"), Some("3x-ui=[redacted]"));
    }

    #[test]
    fn an_ordinary_word_is_not_looked_for() {
        for (password, found) in [("password", false), ("admin", false), ("x1", false), ("s3cret", true)] {
            assert_eq!(is_recognizable(&Secret::new(password)), found, "{password}");
        }
        assert!(is_recognizable(&Secret::new("correcthorsebattery")));
    }
}
