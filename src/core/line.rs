//! The line to one panel: its address, and what every request carries.
//!
//! Must not know: sessions, routes, versions.

use std::sync::Arc;

use super::error::Result;
use super::options::Options;
use super::request::Request;
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
        request.headers = self.standing_headers();
        for (name, value) in own {
            request.headers.retain(|(standing, _)| !standing.eq_ignore_ascii_case(&name));
            request.headers.push((name, value));
        }
        self.transport.send(&self.options.base_url, request, self.options.timeout_ms).await
    }

    fn standing_headers(&self) -> Vec<(String, String)> {
        let mut headers: Vec<(String, String)> =
            STANDING.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        headers.push(("User-Agent".to_owned(), self.options.user_agent.clone()));
        if self.options.csp_header {
            headers.push(("Content-Security-Policy".to_owned(), "default-src 'none'".to_owned()));
        }
        headers
    }
}

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
