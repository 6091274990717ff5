//! How requests leave, whoever carries them.
//!
//! Owns what a carrier promises, and how a call is named. Must not know: sessions, routes, versions, or what an answer
//! means. The real carrier is in `http`.

use std::future::Future;
use std::pin::Pin;

use url::Url;

use super::caller::Caller;
use super::error::{Call, Result};
use super::options::Options;
use super::request::{Method, Request};
use super::response::Response;

/// A future that can be sent between threads; spelled out because traits behind `dyn` need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How requests leave. The real one is [`super::http::HttpTransport`]; tests bring their own.
pub trait Transport: Send + Sync {
    /// Sends `request` as the options say: below their base URL, in their environment, within their time limit; collects
    /// the whole answer.
    ///
    /// # Errors
    /// [`Error::Timeout`], [`Error::Network`], [`Error::Tls`]. A status of any kind is an answer, no error.
    fn send<'a>(&'a self, options: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>>;

    /// Whether a request of this caller goes the same way as anybody's, so that it may be sent together with another caller's.
    fn is_common(&self, _caller: &Caller) -> bool {
        true
    }
}

/// The call as errors name it.
pub fn call_of(base_url: &str, request: &Request) -> Call {
    named_call(base_url, request.method, &request.path)
}

/// The same from the parts that name it.
pub fn named_call(base_url: &str, method: Method, path: &str) -> Call {
    Call {
        method: method.as_str(),
        path: super::routes::shown(path),
        base_url: super::security::redact_url(base_url),
        applied: None,
    }
}

/// Whether a path names a server of its own, and not the panel: what is the panel's is not sent there.
pub fn is_elsewhere(base_url: &str, path: &str) -> bool {
    if !is_absolute(path) {
        return false;
    }
    match (Url::parse(base_url), Url::parse(path)) {
        (Ok(panel), Ok(named)) => panel.origin() != named.origin(),
        _ => true,
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with("http://") || path.starts_with("https://")
}

/// Base URL and path with one slash between them; an absolute URL stays as it is.
pub fn join(base_url: &str, path: &str) -> String {
    if is_absolute(path) {
        return path.to_owned();
    }
    if path.is_empty() {
        return base_url.to_owned();
    }
    format!("{}/{}", base_url.trim_end_matches('/'), path.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_another_by_its_scheme_its_host_or_its_port() {
        for path in [
            "http://other/x",
            "https://h:80/x",
            "http://h:81/x",
            "https://h/x",
            "http://h.other/",
            "http://h@other/",
        ] {
            assert!(is_elsewhere("http://h/base", path), "{path}");
        }
        for path in ["/x", "x", "//other/x", "http://h/x", "http://h:80/x", "http://H/base", "http://u:p@h/x"]
        {
            assert!(!is_elsewhere("http://h/base", path), "{path}");
        }
    }

    #[test]
    fn base_and_path_meet_in_exactly_one_slash() {
        assert_eq!(join("http://h/base", "/login"), "http://h/base/login");
        assert_eq!(join("http://h/base/", "login"), "http://h/base/login");
        assert_eq!(join("http://h", "http://other/x"), "http://other/x");
    }
}
