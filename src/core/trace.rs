//! What a client sends, told to whoever listens.
//!
//! Owns what is told of a request: enough to follow what happens, and nothing secret. Must not know: who listens.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::caller::Caller;
use super::error::Result;
use super::options::Options;
use super::request::Method;
use super::response::Response;
use super::routes;
use super::transport::join;

/// A listener, called once for each request when its answer is there, or its failure.
#[derive(Clone)]
pub struct Trace(Arc<Listener>);

type Listener = dyn Fn(&Caller, String) + Send + Sync;

impl Trace {
    /// A listener that gets one line of text, and whose call it is about.
    pub fn new(listener: impl Fn(&Caller, String) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    /// Tells of a request and what came of it.
    pub fn tell(
        &self,
        caller: &Caller,
        options: &Options,
        sent: (Method, &str),
        came: &Result<Response>,
        took: Duration,
    ) {
        let (method, path) = sent;
        let came = match came {
            Ok(answer) => format!("{} ({} bytes)", answer.status, answer.body.len()),
            Err(error) => error.code().unwrap_or("failed").to_owned(),
        };
        let url = join(&options.base_url, path);
        let url = options.redactor().text(&routes::shown(&url)).into_owned();
        (self.0)(caller, format!("{} {url}: {came} in {} ms", method.as_str(), took.as_millis()));
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trace")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::core::options::Auth;
    use crate::core::secret::Secret;

    #[test]
    fn a_line_says_what_was_sent_and_what_came_and_no_credential() {
        let told = Arc::new(Mutex::new(String::new()));
        let heard = told.clone();
        let trace = Trace::new(move |_, line| *heard.lock().unwrap() = line);
        let path = "/panel/api/inbounds/1/delClient/a-trojan-password?token=abc";
        let answer = Ok(Response::synthetic("{}".to_owned()));
        let sent = (Method::Post, path);
        let auth = Auth::Password { username: "admin".into(), password: Secret::new("admin") };
        let options = Options::new("http://user:secret@h", auth);
        trace.tell(&Caller::default(), &options, sent, &answer, Duration::from_millis(7));
        let line = told.lock().unwrap().clone();
        assert!(
            line.contains(
                "/panel/api/inbounds/1/delClient/[credential]?token=[redacted]: 200 (2 bytes) in 7 ms"
            ),
            "{line}"
        );
        assert!(!line.contains("secret"), "{line}");
    }
}
