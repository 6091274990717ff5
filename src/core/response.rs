//! What a panel sent back, before anybody has judged it.
//!
//! Owns the answer as data and its outward form: status, headers, body. Must not know: sessions, versions,
//! or what an answer means.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::host_value::HostValue;
use super::redact::{LONGEST_BODY, LONGEST_SECRET};

/// One answer, its body complete and decompressed.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status code.
    pub status: u16,
    /// Headers.
    pub headers: Headers,
    /// The body without transfer or content encoding.
    pub body: Bytes,
    /// What the host threw together with this answer, if anything.
    pub thrown: HostValue,
}

impl Response {
    /// An answer the core makes up itself, in the panel's shape, where a recipe takes the place of a route.
    pub fn synthetic(json: String) -> Self {
        Self { status: 200, headers: Headers::json(), body: Bytes::from(json), thrown: HostValue::default() }
    }

    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_named(name).next()
    }

    /// Every header of that (lower-case) name, in order.
    pub fn headers_named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.headers
            .0
            .get_all(name)
            .into_iter()
            .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    /// The answer for an error to carry: of a long body only what redaction looks at, and the rest is let go.
    pub fn for_error(mut self) -> Self {
        if let Some(start) = self.body.get(..LONGEST_BODY + LONGEST_SECRET) {
            self.body = Bytes::copy_from_slice(start);
        }
        self
    }

    /// The body without the mark that some servers put before text, which is none of JSON's.
    pub fn without_byte_order_mark(mut self) -> Self {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        let kind = self.header("content-type").unwrap_or_default();
        let is_text = kind.is_empty() || kind.contains("json") || kind.starts_with("text/");
        if self.body.starts_with(MARK) && is_text {
            self.body = self.body.slice(MARK.len()..);
        }
        self
    }

    /// The body as text; bytes that are no UTF-8 become replacement characters.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Whether the body begins as panels write that something was done: told without reading all of it.
    pub fn says_success(&self) -> bool {
        self.body.starts_with(br#"{"success":true"#)
    }

    /// The usual words for the status: `Not Found`.
    pub fn status_text(&self) -> &'static str {
        http::StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason()).unwrap_or_default()
    }

    /// Whether the status is one of 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the body is an HTML page, as a login page or a proxy's error page is.
    pub fn is_html(&self) -> bool {
        let text = self.body.trim_ascii_start();
        // Nearly all answers are JSON: nothing more has to be looked at.
        if text.first() != Some(&b'<') {
            return false;
        }
        let head = text.get(..14).unwrap_or(text).to_ascii_lowercase();
        head.starts_with(b"<!doctype html") || head.starts_with(b"<html")
    }
}

/// The headers of an answer: names in lower case, repeated ones repeated. Shared, as one answer may be that of a thousand
/// calls.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Arc<HeaderMap>);

impl Headers {
    /// Of names and values; what HTTP could not carry is left out.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            if let (Ok(name), Ok(value)) =
                (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
            {
                // There is a bound to how many headers there can be: what is beyond it is left out as well.
                let _ = map.try_append(name, value);
            }
        }
        Self(Arc::new(map))
    }

    fn json() -> Self {
        let kind = HeaderValue::from_static("application/json; charset=utf-8");
        Self::from(HeaderMap::from_iter([(http::header::CONTENT_TYPE, kind)]))
    }

    /// Names and values; bytes that are no UTF-8 become replacement characters.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.0.iter().map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
    }

    /// Takes every header of that name away.
    pub fn remove(&mut self, name: &str) {
        Arc::make_mut(&mut self.0).remove(name);
    }

    /// Writes every value anew.
    pub fn rewrite(&mut self, change: impl Fn(&str, &str) -> String) {
        for (name, value) in Arc::make_mut(&mut self.0).iter_mut() {
            let changed = change(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
            if let Ok(changed) = HeaderValue::from_bytes(changed.as_bytes()) {
                *value = changed;
            }
        }
    }
}

impl From<HeaderMap> for Headers {
    fn from(map: HeaderMap) -> Self {
        Self(Arc::new(map))
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
        Response {
            status: 200,
            headers: Headers::default(),
            body: Bytes::from_static(body.as_bytes()),
            thrown: HostValue::default(),
        }
    }

    #[test]
    fn a_page_is_known_by_its_beginning_whatever_the_case_and_blanks() {
        assert!(with_body("\n  <!DOCTYPE html><html>").is_html());
        assert!(with_body("<HTML lang=en>").is_html());
        assert!(!with_body("{\"obj\":\"<html>\"}").is_html());
        assert!(!with_body("").is_html());
    }

    #[test]
    fn a_mark_before_text_is_no_part_of_it_and_before_a_file_is() {
        let of = |kind: &str| {
            let headers = Headers::from_pairs([("content-type".to_owned(), kind.to_owned())]);
            Response { headers, ..with_body("\u{feff}{}") }.without_byte_order_mark().body.len()
        };
        assert_eq!([of("application/json"), of("text/plain"), of("application/octet-stream")], [2, 2, 5]);
        assert_eq!(with_body("\u{feff}{}").without_byte_order_mark().text(), "{}");
        assert_eq!(with_body("{\u{feff}}").without_byte_order_mark().body.len(), 5);
    }

    #[test]
    fn more_headers_than_a_map_can_hold_are_left_out() {
        let many = (0..40_000).map(|n| (format!("x-{n}"), "v".to_owned()));
        assert!(Headers::from_pairs(many).pairs().count() > 10_000);
    }

    #[test]
    fn debug_output_holds_no_body() {
        assert!(!format!("{:?}", with_body("secret-cookie")).contains("secret-cookie"));
    }
}
