//! What a panel sent back, before anybody has judged it.
//!
//! Owns the answer as data and its outward form: status, headers, body. Must not know: sessions, versions,
//! or what an answer means.

use std::borrow::Cow;

use bytes::Bytes;

/// One answer, its body complete and decompressed.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status code.
    pub status: u16,
    /// Headers in the order of the wire, names in lower case, repeated ones repeated.
    pub headers: Vec<(String, String)>,
    /// The body without transfer or content encoding.
    pub body: Bytes,
    /// The host's own handle for what it threw together with this answer; 0 for none.
    pub thrown: u64,
}

impl Response {
    /// An answer the core makes up itself, in the panel's shape, where a recipe takes the place of a route.
    pub fn synthetic(json: String) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type".into(), "application/json; charset=utf-8".into())],
            body: Bytes::from(json),
            thrown: 0,
        }
    }

    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Every header of that (lower-case) name, in order.
    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The body as text; bytes that are no UTF-8 become replacement characters.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The usual words for the status: `Not Found`.
    pub fn status_text(&self) -> &'static str {
        reqwest::StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason()).unwrap_or_default()
    }

    /// Whether the status is one of 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the body is an HTML page, as a login page or a proxy's error page is.
    pub fn is_html(&self) -> bool {
        let head: Vec<u8> = self
            .body
            .iter()
            .skip_while(|b| b.is_ascii_whitespace())
            .take(14)
            .map(u8::to_ascii_lowercase)
            .collect();
        head.starts_with(b"<!doctype html") || head.starts_with(b"<html")
    }
}

/// Shows the outside only: a body or a cookie may hold what must not reach a log.
impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response").field("status", &self.status).field("body_len", &self.body.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_body(body: &'static str) -> Response {
        Response { status: 200, headers: vec![], body: Bytes::from_static(body.as_bytes()), thrown: 0 }
    }

    #[test]
    fn a_page_is_known_by_its_beginning_whatever_the_case_and_blanks() {
        assert!(with_body("\n  <!DOCTYPE html><html>").is_html());
        assert!(with_body("<HTML lang=en>").is_html());
        assert!(!with_body("{\"obj\":\"<html>\"}").is_html());
        assert!(!with_body("").is_html());
    }

    #[test]
    fn debug_output_holds_no_body() {
        assert!(!format!("{:?}", with_body("secret-cookie")).contains("secret-cookie"));
    }
}
