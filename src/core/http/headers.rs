//! The headers of a request.
//!
//! Owns what HTTP itself asks for: host, length, content type. What every request to a panel carries besides is in
//! `line`.

use std::borrow::Cow;

use base64::Engine;
use http::header::{
    AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION,
};
use url::Url;

use super::failure::Failure;
use super::has_body;
use super::redirect::Hop;
use crate::core::request::Request;

const CSRF_TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");

/// All headers of a request on its way to this hop.
pub fn of(hop: &Hop, request: &Request) -> Result<HeaderMap, Failure> {
    let mut map = match &request.standing {
        Some(standing) => standing.map().ok_or_else(|| Failure::BadHeader("User-Agent".to_owned()))?.clone(),
        None => HeaderMap::with_capacity(request.headers.len() + 4),
    };
    map.insert(HOST, hop.address.host.clone());
    if let Some(credentials) = &hop.address.credentials {
        map.insert(AUTHORIZATION, credentials.clone());
    }
    if has_body(&request.body)
        && !hop.drops_body
        && let Some(kind) = request.body.content_type()
    {
        map.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    for (name, value) in &request.headers {
        let bad = || Failure::BadHeader(name.to_string());
        let value = match value {
            Cow::Borrowed(known) => HeaderValue::from_static(known),
            Cow::Owned(text) => HeaderValue::from_bytes(text.as_bytes()).map_err(|_| bad())?,
        };
        map.insert(name_of(name).ok_or_else(bad)?, value);
    }
    if hop.is_elsewhere {
        for sensitive in [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, CSRF_TOKEN] {
            map.remove(sensitive);
        }
    }
    if hop.drops_body {
        map.remove(CONTENT_TYPE);
    }
    Ok(map)
}

/// The names that calls carry need not be read anew for each.
fn name_of(name: &str) -> Option<HeaderName> {
    Some(match name {
        "Cookie" => COOKIE,
        "Authorization" => AUTHORIZATION,
        _ => HeaderName::from_bytes(name.as_bytes()).ok()?,
    })
}

/// User and password of a URL as a header; `None` where it has none.
pub fn basic(url: &Url) -> Option<HeaderValue> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let plain = |text: &str| crate::core::percent::decode(text);
    let pair = format!("{}:{}", plain(url.username()), plain(url.password().unwrap_or_default()));
    let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
    let mut value = HeaderValue::from_str(&format!("Basic {encoded}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}
