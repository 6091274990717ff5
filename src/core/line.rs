//! The line to one panel: its address, and what every request carries.
//!
//! Must not know: sessions, routes, versions.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value};

use super::error::Result;
use super::options::Options;
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
}

impl Line {
    /// Sends the request with the standing headers added; its own headers win.
    ///
    /// # Errors
    /// Those of [`Transport::send`].
    pub async fn send(&self, mut request: Request) -> Result<Response> {
        let own = std::mem::take(&mut request.headers);
        request.headers = self.standing_headers(&own);
        request.headers.extend(own);
        let Some(trace) = &self.options.trace else { return self.hand_over(request).await };
        let (sent, started) = ((request.method, request.path.clone()), Instant::now());
        let came = self.hand_over(request).await;
        trace.tell(&self.options.base_url, (sent.0, &sent.1), &came, started.elapsed());
        came
    }

    async fn hand_over(&self, request: Request) -> Result<Response> {
        self.transport.send(&self.options, request).await
    }

    /// Those that the request does not have itself.
    fn standing_headers(&self, own: &[Header]) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::with_capacity(STANDING.len() + own.len() + 2);
        headers.extend(STANDING.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        headers.push(("User-Agent".into(), self.options.user_agent.clone()));
        if self.options.csp_header {
            headers.push((CSP[0].into(), CSP[1].into()));
        }
        headers.retain(|(standing, _)| !own.iter().any(|(name, _)| standing.eq_ignore_ascii_case(name)));
        headers
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
