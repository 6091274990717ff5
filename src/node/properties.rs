//! The properties of a client that programs read and assign, each with effect from the next call on.

use std::sync::Arc;

use napi_derive::napi;

use super::client::ThreeXUI;
use crate::core::clock::Clock;
use crate::core::generation::Panel;
use crate::core::options::Auth;
use crate::core::secret::Secret;
use crate::core::session::Session;

#[napi]
impl ThreeXUI {
    /// The panel's URL with its base path.
    #[napi(getter, enumerable = false, js_name = "baseURL")]
    pub fn base_url(&self) -> String {
        self.client.options().base_url.clone()
    }

    /// Calls from now on go there.
    #[napi(setter, enumerable = false, js_name = "baseURL")]
    pub fn set_base_url(&self, url: String) {
        self.client.configure(|options| options.base_url = url.trim_end_matches('/').to_owned());
        self.client.auth().put(None);
    }

    /// The panel's user; `token-auth` for a client with a token and no user.
    #[napi(getter)]
    pub fn username(&self) -> String {
        match &self.client.options().auth {
            Auth::Password { username, .. } | Auth::Token { username, .. } => username.clone(),
        }
    }

    /// Logins from now on use this name.
    #[napi(setter, js_name = "username")]
    pub fn set_username(&self, name: String) {
        self.client.configure(|options| match &mut options.auth {
            Auth::Password { username, .. } | Auth::Token { username, .. } => *username = name,
        });
        self.client.auth().put(None);
    }

    /// The user's password; `token-auth` for a client with a token and no password.
    #[napi(getter, enumerable = false)]
    pub fn password(&self) -> String {
        match &self.client.options().auth {
            Auth::Password { password, .. } | Auth::Token { password, .. } => password.reveal().to_owned(),
        }
    }

    /// Logins from now on use this password.
    #[napi(setter, enumerable = false, js_name = "password")]
    pub fn set_password(&self, text: String) {
        self.client.configure(|options| match &mut options.auth {
            Auth::Password { password, .. } | Auth::Token { password, .. } => *password = Secret::new(text),
        });
    }

    /// The API token, or null.
    #[napi(getter, enumerable = false)]
    pub fn token(&self) -> Option<String> {
        match &self.client.options().auth {
            Auth::Token { token, .. } => Some(token.reveal().to_owned()),
            Auth::Password { .. } => None,
        }
    }

    /// Calls from now on carry this token; null makes it a client with name and password again.
    #[napi(setter, enumerable = false, js_name = "token")]
    pub fn set_token(&self, token: Option<String>) {
        self.client.configure(|options| {
            let (Auth::Password { username, password } | Auth::Token { username, password, .. }) =
                options.auth.clone();
            options.auth = match token.filter(|token| !token.is_empty()) {
                Some(token) => Auth::Token { token: Secret::new(token), username, password },
                None => Auth::Password { username, password },
            };
        });
    }

    /// The session's cookie, or null before the first login.
    #[napi(getter, enumerable = false)]
    pub fn cookie(&self) -> Option<String> {
        let session = self.client.auth().in_use()?;
        Some(session.cookie.reveal().to_owned()).filter(|cookie| !cookie.is_empty())
    }

    /// Uses this cookie from now on; null forgets the session.
    #[napi(setter, enumerable = false, js_name = "cookie")]
    pub fn set_cookie(&self, cookie: Option<String>) {
        let before = self.client.auth().in_use();
        self.client.auth().put(cookie.map(|cookie| Session {
            cookie: Secret::new(cookie),
            csrf: before.as_ref().and_then(|s| s.csrf.clone()),
            panel: before.as_ref().map(|s| s.panel.clone()).unwrap_or_default(),
            created_ms: Clock::system().now_ms(),
        }));
    }

    /// The session's CSRF token, or null.
    #[napi(getter, enumerable = false, js_name = "csrfToken")]
    pub fn csrf_token(&self) -> Option<String> {
        self.client
            .auth()
            .in_use()
            .and_then(|session| session.csrf.as_ref().map(|token| token.reveal().to_owned()))
    }

    /// Uses this CSRF token from now on, with the session in use or the one whose cookie is to come.
    #[napi(setter, enumerable = false, js_name = "csrfToken")]
    pub fn set_csrf_token(&self, token: Option<String>) {
        let none = || Arc::new(Session::none(Clock::system().now_ms()));
        let session = self.client.auth().in_use().unwrap_or_else(none);
        let panel = Panel { csrf: session.panel.csrf || token.is_some(), ..session.panel.clone() };
        self.client.auth().put(Some(Session { csrf: token.map(Secret::new), panel, ..(*session).clone() }));
    }

    /// Whether a login is under way, for which calls wait.
    #[napi(getter, js_name = "loginMutex")]
    pub fn login_mutex(&self) -> bool {
        self.client.auth().is_busy()
    }

    /// Logins in a row that the panel refused.
    #[napi(getter, js_name = "loginRetryCount")]
    pub fn login_retry_count(&self) -> u32 {
        self.client.auth().attempts()
    }

    /// Counts from there on: 0 lets calls log in again.
    #[napi(setter, js_name = "loginRetryCount")]
    pub fn set_login_retry_count(&self, count: u32) {
        self.client.set_login_attempts(count);
    }

    /// Logins in a row that the panel may refuse before calls stop trying; 0: a session that was lost is not renewed.
    #[napi(getter, js_name = "maxLoginRetries")]
    pub fn max_login_retries(&self) -> u32 {
        self.client.options().max_login_retries
    }

    /// Tries that often from now on.
    #[napi(setter, js_name = "maxLoginRetries")]
    pub fn set_max_login_retries(&self, most: u32) {
        self.client.configure(|options| options.max_login_retries = most);
    }

    /// The least time between a login and the next one, in milliseconds.
    #[napi(getter, js_name = "loginRetryBackoff")]
    pub fn login_retry_backoff(&self) -> f64 {
        self.client.options().login_backoff_ms as f64
    }

    /// Waits that long from now on.
    #[napi(setter, js_name = "loginRetryBackoff")]
    pub fn set_login_retry_backoff(&self, ms: f64) {
        self.client.configure(|options| options.login_backoff_ms = ms.max(0.0) as u64);
    }

    /// The time limit of one request, in milliseconds.
    #[napi(getter, js_name = "_timeout", skip_typescript)]
    pub fn timeout(&self) -> f64 {
        self.client.options().timeout_ms as f64
    }

    /// Waits that long from now on; 0 is for ever.
    #[napi(setter, js_name = "_timeout", skip_typescript)]
    pub fn set_timeout(&self, ms: f64) {
        let limit = if ms > 0.0 { ms as u64 } else { FOR_EVER_MS };
        self.client.configure(|options| options.timeout_ms = limit);
    }

    /// `modern` for panels with CSRF tokens (3.0 and newer), `legacy` for older ones, `auto` before the first contact.
    #[napi(getter, js_name = "_panelKind", skip_typescript)]
    pub fn panel_kind(&self) -> &'static str {
        match self.client.auth().in_use() {
            Some(session) if session.panel.csrf => "modern",
            Some(_) => "legacy",
            None => "auto",
        }
    }
}

/// No limit, as axios means it by 0: a month.
const FOR_EVER_MS: u64 = 30 * 24 * 3_600_000;
