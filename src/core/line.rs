//! The line to one panel: its address, and what every request carries.
//!
//! Must not know: sessions, routes, versions.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use http::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use super::caller::Caller;
use super::error::Result;
use super::options::Options;
use super::patience::Deadline;
use super::request::{Header, Request};
use super::response::Response;
use super::transport::Transport;

/// A transport together with the settings in force when the call began.
#[derive(Clone)]
pub struct Line {
    /// How bytes travel.
    pub transport: Arc<dyn Transport>,
    /// The settings, which do not change while a call is under way.
    pub options: Arc<Options>,
    /// Whose call it is.
    pub caller: Caller,
    /// The end of all that the call may take, where it has one.
    pub deadline: Option<Arc<Deadline>>,
}

impl Line {
    /// Sends the request with the standing headers; its own headers win.
    ///
    /// # Errors
    /// Those of [`Transport::send`].
    pub async fn send(&self, mut request: Request) -> Result<Response> {
        request.standing = Some(self.options.standing.clone());
        request.caller = self.caller.clone();
        if let Some(deadline) = &self.deadline {
            deadline.leaves(request.method, &request.path);
        }
        let Some(trace) = &self.options.trace else { return self.hand_over(request).await };
        let (sent, started) = ((request.method, request.path.clone()), Instant::now());
        let came = self.hand_over(request).await;
        trace.tell(&self.caller, &self.options, (sent.0, &sent.1), &came, started.elapsed());
        came
    }

    async fn hand_over(&self, request: Request) -> Result<Response> {
        self.transport.send(&self.options, request).await.map(Response::without_byte_order_mark)
    }
}

/// The headers that every request of a client carries, worked out once.
#[derive(Debug, PartialEq, Eq)]
pub struct Standing {
    list: Vec<Header>,
    /// As HTTP takes them; `None` where one of them cannot be sent.
    map: Option<HeaderMap>,
}

impl Standing {
    /// Those of a client that calls itself so.
    pub fn new(user_agent: impl Into<Cow<'static, str>>, csp: bool) -> Self {
        let usual = STANDING.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let mut list: Vec<Header> = usual.collect();
        list.push(("User-Agent".into(), user_agent.into()));
        if csp {
            list.push((CSP[0].into(), CSP[1].into()));
        }
        let map = map_of(&list);
        Self { list, map }
    }

    /// As HTTP takes them, with a place for `Host`, which comes first.
    pub fn map(&self) -> Option<&HeaderMap> {
        self.map.as_ref()
    }

    /// Those that a request does not have itself, and then its own.
    pub fn with<'a>(&'a self, own: &'a [Header]) -> impl Iterator<Item = &'a Header> {
        let is_own = |name: &str| own.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        self.list.iter().filter(move |(name, _)| !is_own(name)).chain(own)
    }
}

fn map_of(list: &[Header]) -> Option<HeaderMap> {
    let mut map = HeaderMap::with_capacity(list.len() + 4);
    map.insert(HOST, HeaderValue::from_static(""));
    for (name, value) in list {
        let value = match value {
            Cow::Borrowed(known) => HeaderValue::from_static(known),
            Cow::Owned(text) => HeaderValue::from_bytes(text.as_bytes()).ok()?,
        };
        map.insert(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    Some(map)
}

impl Default for Standing {
    fn default() -> Self {
        Self::new(USER_AGENT, false)
    }
}

/// Those of the standing headers that the original library calls secure.
pub fn secure_headers(user_agent: Option<&str>, csp: bool) -> Map<String, Value> {
    let secure = STANDING.iter().filter(|(name, _)| SECURE.contains(name));
    let mut headers: Map<String, Value> = secure.map(|(n, v)| ((*n).to_owned(), Value::from(*v))).collect();
    headers.insert("User-Agent".into(), user_agent.unwrap_or(USER_AGENT).into());
    if csp {
        headers.insert(CSP[0].into(), CSP[1].into());
    }
    headers
}

/// What the client calls itself unless told otherwise.
pub const USER_AGENT: &str = concat!("3xui-native/", env!("CARGO_PKG_VERSION"));

const CSP: [&str; 2] = ["Content-Security-Policy", "default-src 'none'"];

const SECURE: [&str; 7] = [
    "Accept",
    "Cache-Control",
    "Pragma",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-XSS-Protection",
    "Referrer-Policy",
];

/// The headers of the original client library, and two more: the panel answers in one language
/// (it keeps the last caller's for everybody), and compressed where it can.
const STANDING: &[(&str, &str)] = &[
    ("Accept", "application/json, text/plain, */*"),
    ("Accept-Encoding", "gzip"),
    ("Accept-Language", "en-US"),
    ("Cache-Control", "no-store"),
    ("Pragma", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    // Without it a lost session is answered by a redirect or a 404 instead of a 401.
    ("X-Requested-With", "XMLHttpRequest"),
];
