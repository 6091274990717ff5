//! How a client is set up.
//!
//! Owns the settings a client is made from and their defaults. Must not know: where they come from (an option
//! bag, a builder) or how they are used.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::backlog::Backlog;
use super::error::{Error, Result};
use super::line::{Standing, USER_AGENT};
use super::network::Environment;
use super::redact::Redactor;
use super::secret::Secret;
use super::security::validate::{TOKEN_AUTH, connection};
use super::trace::Trace;

/// The time limit of one request when none is set, in milliseconds.
pub const DEFAULT_TIMEOUT_MS: u64 = 30_000;
/// The pause before logging in again so soon after the last login, in milliseconds.
pub const DEFAULT_LOGIN_BACKOFF_MS: u64 = 500;
/// Logins in a row that the panel may refuse before calls stop trying.
pub const DEFAULT_LOGIN_RETRIES: u32 = 3;
/// Logins sent to the panel within one hour before the client refuses to send another.
pub const DEFAULT_LOGINS_PER_HOUR: u32 = 10;
/// Writes that may wait for the panel before more are refused.
pub const DEFAULT_MAX_QUEUE: usize = 10_000;
/// The longest body of an answer that is read, decompressed, in bytes.
pub const DEFAULT_MAX_RESPONSE_SIZE: u64 = 256 * 1024 * 1024;
/// Requests within one minute before the activity log mentions it.
pub const DEFAULT_REQUESTS_PER_MINUTE: u32 = 60;

/// Whose account is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// A user name and a password, exchanged for a session cookie at the first call.
    Password {
        /// The panel's user.
        username: String,
        /// Their password.
        password: Secret,
    },
    /// An API token of a panel from 3.0 on, sent with every request.
    Token {
        /// The token.
        token: Secret,
        /// The user named beside it, who is of no account; `token-auth` where none is.
        username: String,
        /// The password named beside it; `token-auth` where none is.
        password: Secret,
    },
}

/// The settings of one client. All of them can be changed while it lives.
#[derive(Debug, Clone)]
pub struct Options {
    /// The panel's URL with its base path, without a slash at the end.
    pub base_url: String,
    /// Whose account is used.
    pub auth: Auth,
    /// The time limit of one request in milliseconds.
    pub timeout_ms: u64,
    /// The time limit of a whole call in milliseconds, with all that it waits for.
    pub deadline_ms: Option<u64>,
    /// The least time between a login and a renewed one, in milliseconds.
    pub login_backoff_ms: u64,
    /// Logins in a row that the panel may refuse before calls stop trying; 0 renews no session.
    pub max_login_retries: u32,
    /// The headers that every request carries, what the client calls itself among them.
    pub standing: Arc<Standing>,
    /// Writes that may wait for the panel before more are refused.
    pub max_queue: usize,
    /// The longest body of an answer that is read, decompressed, in bytes.
    pub max_response_size: u64,
    /// The answers that the host has not taken yet.
    pub backlog: Arc<Backlog>,
    /// What the host's environment says of the network.
    pub environment: Arc<Environment>,
    /// Give the parts of inbounds as objects, whichever way the panel writes them.
    pub normalize: bool,
    /// Try a method's own route before asking for the panel's version: what answers may be a stand-in that plays no
    /// panel in particular.
    pub own_routes_first: bool,
    /// Who is told of each request, if anybody is.
    pub trace: Option<Trace>,
}

impl Options {
    /// The defaults around a panel and an account.
    pub fn new(base_url: impl Into<String>, auth: Auth) -> Self {
        Self {
            base_url: base_url.into(),
            auth,
            timeout_ms: DEFAULT_TIMEOUT_MS,
            deadline_ms: None,
            login_backoff_ms: DEFAULT_LOGIN_BACKOFF_MS,
            max_login_retries: DEFAULT_LOGIN_RETRIES,
            standing: Arc::default(),
            max_queue: DEFAULT_MAX_QUEUE,
            max_response_size: DEFAULT_MAX_RESPONSE_SIZE,
            backlog: Arc::default(),
            environment: Arc::default(),
            normalize: false,
            own_routes_first: false,
            trace: None,
        }
    }

    /// What takes the secrets among these settings out of texts.
    pub fn redactor(&self) -> Redactor {
        self.known_to(Redactor::default())
    }

    /// The same beside what is known already.
    pub fn known_to(&self, redactor: Redactor) -> Redactor {
        let redactor = match &self.auth {
            Auth::Token { token, username, password } => {
                let redactor = redactor.with_secret(token);
                let is_one = password.reveal() != TOKEN_AUTH;
                if is_one { redactor.with_password(username, password) } else { redactor }
            }
            Auth::Password { username, password } => redactor.with_password(username, password),
        };
        self.environment.proxies().fold(redactor.with_url(&self.base_url), Redactor::with_url)
    }
}

/// The arguments of a constructor, as loosely typed as callers write them.
#[derive(Debug, Default)]
pub struct Given {
    /// First argument.
    pub base_url: Value,
    /// Second argument, null where options stand in its place.
    pub username: Value,
    /// Third argument.
    pub password: Value,
    /// The members of the options that are named in [`Given::OPTIONS`].
    pub options: Map<String, Value>,
}

impl Given {
    /// The options that are read here; a host need not hand over more.
    pub const OPTIONS: &[&str] = &[
        "username",
        "password",
        "token",
        "apiToken",
        "timeout",
        "deadline",
        "userAgent",
        "enableCSP",
        "loginRetryBackoff",
        "maxLoginRetries",
        "maxQueue",
        "maxResponseSize",
        "normalize",
        "maxRequestsPerMinute",
        "maxLoginAttemptsPerHour",
    ];

    /// An option as a number, also when it was written as text; `None` for anything that is none.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.options.get(name)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
        .filter(|number| number.is_finite())
    }

    /// An option that the original library did not have, and that programs therefore write as it is meant: a whole number
    /// from 1 on, or an error.
    fn at_least_one(&self, name: &str, unit: &str) -> Result<Option<u64>> {
        if self.options.get(name).is_none_or(Value::is_null) {
            return Ok(None);
        }
        match self.number(name).filter(|number| *number >= 1.0 && number.fract() == 0.0) {
            Some(number) => Ok(Some(number as u64)),
            None => {
                let message = format!("Invalid option {name}: must be a whole number of {unit}, from 1 on");
                Err(Error::invalid(name, message))
            }
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.options.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }
}

impl Options {
    /// The settings that the arguments of a constructor mean. Names and password in the options count where the
    /// arguments have none.
    ///
    /// # Errors
    /// [`Error::Config`] in the original library's words, `baseURL is required`; [`Error::Validation`] for an option.
    pub fn from_given(given: &Given) -> Result<Self> {
        let or_option = |argument: &'_ Value, name: &str| match argument {
            Value::Null => given.options.get(name).cloned().unwrap_or_default(),
            given => given.clone(),
        };
        let (username, password) =
            (or_option(&given.username, "username"), or_option(&given.password, "password"));
        let token = given.text("token").or_else(|| given.text("apiToken"));
        let checked = connection((&given.base_url).into(), (&username).into(), (&password).into(), token)?;
        let (username, password) = (checked.username, checked.password);
        let auth = match checked.token {
            Some(token) => Auth::Token { token, username, password },
            None => Auth::Password { username, password },
        };
        let mut options = Self::new(checked.base_url.url, auth);
        if let Some(timeout) = given.number("timeout").filter(|ms| *ms > 0.0) {
            options.timeout_ms = timeout as u64;
        }
        options.deadline_ms = deadline_in(given)?;
        if let Some(backoff) = given.number("loginRetryBackoff").filter(|ms| *ms >= 0.0) {
            options.login_backoff_ms = backoff as u64;
        }
        if let Some(most) = given.number("maxQueue").filter(|most| *most >= 1.0) {
            options.max_queue = most as usize;
        }
        if let Some(most) = given.at_least_one("maxResponseSize", "bytes")? {
            options.max_response_size = most;
        }
        if let Some(most) = given.number("maxLoginRetries").filter(|most| *most >= 0.0) {
            options.max_login_retries = most as u32;
        }
        options.normalize = given.options.get("normalize") == Some(&Value::Bool(true));
        let csp = given.options.get("enableCSP") == Some(&Value::Bool(true));
        let agent =
            given.text("userAgent").map_or(Cow::Borrowed(USER_AGENT), |agent| Cow::Owned(agent.to_owned()));
        options.standing = Arc::new(Standing::new(agent, csp));
        Ok(options)
    }
}

/// `deadline` in milliseconds; nothing, 0 and `Infinity` are none.
fn deadline_in(given: &Given) -> Result<Option<u64>> {
    let said = given.options.get("deadline").unwrap_or(&Value::Null);
    if said.is_null() || said == "Infinity" {
        return Ok(None);
    }
    match given.number("deadline").filter(|ms| *ms >= 0.0) {
        Some(ms) => Ok((ms > 0.0).then_some((ms as u64).max(1))),
        None => {
            let message = "Invalid option deadline: must be a time in milliseconds, from 1 on";
            Err(Error::invalid("deadline", message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn given(arguments: [Value; 3], options: Value) -> Given {
        let [base_url, username, password] = arguments;
        Given { base_url, username, password, options: options.as_object().cloned().unwrap_or_default() }
    }

    #[test]
    fn what_is_missing_is_named_in_the_order_of_the_arguments() {
        let message = |arguments| Options::from_given(&given(arguments, json!({}))).unwrap_err().to_string();
        assert_eq!(message([json!(null), json!(null), json!(null)]), "baseURL is required");
        assert_eq!(message([json!("nonsense"), json!("u"), json!("p")]), "Invalid URL format");
        assert_eq!(message([json!("http://h"), json!(null), json!(null)]), "username is required");
        assert_eq!(message([json!("http://h"), json!("u"), json!("")]), "password is required");
    }

    #[test]
    fn a_token_in_the_options_needs_no_user() {
        let options = Options::from_given(&given(
            [json!("http://h/"), json!(null), json!(null)],
            json!({"apiToken": "t", "timeout": "500"}),
        ))
        .unwrap();
        let unnamed = || "token-auth".to_owned();
        let (token, username, password) = (Secret::new("t"), unnamed(), Secret::new(unnamed()));
        assert_eq!(options.auth, Auth::Token { token, username, password });
        assert_eq!((options.base_url.as_str(), options.timeout_ms), ("http://h", 500));
    }

    #[test]
    fn a_bound_that_is_none_is_named_and_not_ignored() {
        let of = |bound: Value| {
            let options = json!({"maxResponseSize": bound});
            let options = Options::from_given(&given([json!("http://h"), json!("u"), json!("p")], options));
            options.map(|options| options.max_response_size).map_err(|error| error.to_string())
        };
        let message = "Invalid option maxResponseSize: must be a whole number of bytes, from 1 on";
        for bad in [json!(0), json!(-1), json!(1.5), json!("much"), json!({}), json!(true)] {
            assert_eq!(of(bad.clone()), Err(message.to_owned()), "{bad}");
        }
        assert_eq!(of(json!(1024)), Ok(1024));
        assert_eq!(of(json!(null)), Ok(DEFAULT_MAX_RESPONSE_SIZE));
    }

    #[test]
    fn a_deadline_is_a_time_in_milliseconds_or_none() {
        let of = |deadline: Value| {
            let arguments = [json!("http://h"), json!("u"), json!("p")];
            Options::from_given(&given(arguments, json!({ "deadline": deadline }))).map(|o| o.deadline_ms)
        };
        for (said, is) in [(json!(250), Some(250)), (json!("250"), Some(250)), (json!(0.5), Some(1))] {
            assert_eq!(of(said).unwrap(), is);
        }
        for none in [json!(null), json!(0), json!("Infinity")] {
            assert_eq!(of(none).unwrap(), None);
        }
        for wrong in [json!(-1), json!("soon"), json!("NaN"), json!({}), json!(true)] {
            assert!(matches!(of(wrong), Err(Error::Validation { field, .. }) if field == "deadline"));
        }
    }

    #[test]
    fn a_timeout_of_nothing_is_the_usual_one() {
        let options =
            Options::from_given(&given([json!("http://h"), json!("u"), json!("p")], json!({"timeout": 0})))
                .unwrap();
        assert_eq!(options.timeout_ms, DEFAULT_TIMEOUT_MS);
    }
}
