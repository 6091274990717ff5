//! Redirects: which are followed, and what goes along.
//!
//! Must not know: connections.

use http::Method as Verb;
use url::Url;

use super::target::Address;
use crate::core::request::{Method, Request};
use crate::core::response::Response;

/// Redirects in a row that are followed.
const MOST: u32 = 5;

/// One stage on the way of a request.
pub struct Hop {
    /// Where to.
    pub address: Address,
    /// The verb, which a redirect may change.
    pub method: Verb,
    /// The request goes on without its body.
    pub drops_body: bool,
    /// It goes to another host or port than the caller named, which is to see no credentials.
    pub is_elsewhere: bool,
    count: u32,
}

impl Hop {
    /// The first: as the caller said.
    pub fn first(address: Address, request: &Request) -> Self {
        Self { address, method: verb(request.method), drops_body: false, is_elsewhere: false, count: 0 }
    }

    /// The next one, where the answer is a redirect that may be followed: within the panel's own address or to its TLS
    /// port. Not to the login page, where old panels send who is not logged in: that answer must be seen. And a body,
    /// which may hold credentials, goes to the path it was meant for or nowhere.
    pub fn after(&self, answer: &Response) -> Option<Self> {
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) || self.count >= MOST {
            return None;
        }
        let from = Url::parse(&self.address.to_url()).ok()?;
        let to = from.join(answer.header("location")?).ok()?;
        let repeats_body = matches!(answer.status, 307 | 308);
        let to_tls = from.scheme() == "http" && to.scheme() == "https" && from.host() == to.host();
        let is_safe = (from.origin() == to.origin() || to_tls) && (from.path() == to.path() || !repeats_body);
        if !is_safe || to.path().ends_with('/') {
            return None;
        }
        let is_get = repeats_body || self.method == Verb::GET || self.method == Verb::HEAD;
        Some(Self {
            address: Address::of(to.as_str()).ok()?,
            method: if is_get { self.method.clone() } else { Verb::GET },
            drops_body: self.drops_body || !repeats_body,
            is_elsewhere: self.is_elsewhere
                || from.port_or_known_default() != to.port_or_known_default()
                || from.host() != to.host(),
            count: self.count + 1,
        })
    }
}

fn verb(method: Method) -> Verb {
    match method {
        Method::Get => Verb::GET,
        Method::Post => Verb::POST,
        Method::Put => Verb::PUT,
        Method::Patch => Verb::PATCH,
        Method::Delete => Verb::DELETE,
        Method::Head => Verb::HEAD,
        Method::Options => Verb::OPTIONS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::response::Headers;

    fn after(method: Method, status: u16, from: &str, to: &str) -> Option<(String, String, bool)> {
        let request = Request { method, ..Request::get("/") };
        let hop = Hop::first(Address::of(from).unwrap(), &request);
        let headers = Headers::from_pairs([("location".to_owned(), to.to_owned())]);
        let answer = Response { status, headers, ..Response::synthetic(String::new()) };
        let next = hop.after(&answer)?;
        Some((next.method.to_string(), next.address.to_url(), next.is_elsewhere))
    }

    #[test]
    fn within_the_panel_and_to_its_tls_port_is_followed() {
        assert_eq!(
            after(Method::Get, 302, "http://h:1/a", "/b"),
            Some(("GET".into(), "http://h:1/b".into(), false))
        );
        assert_eq!(
            after(Method::Post, 307, "http://h:1/a", "https://h:2/a"),
            Some(("POST".into(), "https://h:2/a".into(), true))
        );
        assert_eq!(after(Method::Post, 303, "http://h/a", "/b").map(|hop| hop.0), Some("GET".into()));
    }

    #[test]
    fn to_others_to_a_login_page_and_with_a_body_elsewhere_is_not() {
        assert_eq!(after(Method::Get, 302, "http://h/a", "http://other/a"), None);
        assert_eq!(after(Method::Get, 302, "https://h/a", "http://h/a"), None);
        assert_eq!(after(Method::Get, 307, "http://h/a", "/"), None);
        assert_eq!(after(Method::Post, 308, "http://h/a", "/b"), None);
        assert_eq!(after(Method::Get, 200, "http://h/a", "/b"), None);
    }
}
