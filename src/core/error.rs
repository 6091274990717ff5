//! What can go wrong, as one type.
//!
//! Owns the kinds of failure and their wording. Messages that existing programs read are kept word for word;
//! everything else says what happened, on which call, and what to do. No message ever holds a password, a
//! token or a cookie. Must not know: how an error looks in any other language.

use std::fmt;

use super::patience::Expired;
use super::response::Response;
use crate::core::host_value::HostValue;

/// The result of everything in the core that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The call an error belongs to: enough to find it in a log, and nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// HTTP verb in capitals.
    pub method: &'static str,
    /// Path below the base URL, as it was asked for.
    pub path: String,
    /// The panel's base URL, without user name and password.
    pub base_url: String,
    /// Of a write that failed: whether the panel carried it out. `None` where nothing was written, or nothing is said.
    pub applied: Option<Applied>,
}

/// What is known of a write that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// The panel has not done it.
    No,
    /// The panel may have done it, or a part of it.
    Unknown,
}

const UNKNOWN: &str = ". It is not known whether the panel has done it: look before you call again.";

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.method, self.base_url, self.path)
    }
}

/// Anything that can go wrong between a call and its result.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be built from these arguments.
    #[error("{0}")]
    Config(String),

    /// An argument breaks a rule; nothing was sent.
    #[error("{message}")]
    Validation {
        /// The argument or field, as the caller wrote it: `totalGB`.
        field: String,
        /// What is wrong with it, in full words.
        message: String,
    },

    /// Too many logins were sent within the hour; this one was not.
    #[error("Rate limit exceeded for login attempts")]
    LoginRateLimited,

    /// The panel refused as many logins in a row as the client is set to try; this one was not sent.
    #[error("Maximum login retry attempts exceeded. Check your credentials.")]
    LoginRetriesSpent,

    /// More writes are waiting for the panel than the client is set to keep; this one was not sent.
    #[error(
        "Too many writes are waiting for the panel ({waiting}): this one was not sent. Wait for some of them, or raise the option maxQueue"
    )]
    QueueFull {
        /// How many are waiting.
        waiting: usize,
    },

    /// The call that was to make this one's client together with its own ended without a word. It may have been made.
    #[error("The write was given up together with the one that it was sent with: look whether it was done")]
    Abandoned,

    /// The panel refused the credentials or the login could not be finished.
    #[error("{message}")]
    Login {
        /// The panel's own words after `Login failed: `.
        message: String,
        /// What stopped the login, when it was not the panel's answer.
        #[source]
        source: Option<Box<Error>>,
    },

    /// The API token was refused.
    #[error("API Token is invalid or expired. Please check your credentials.")]
    TokenRejected {
        /// The refused call.
        call: Box<Call>,
        /// The panel's answer.
        response: Box<Response>,
    },

    /// The panel answered with a status that is not a success.
    #[error("Request failed with status code {}", response.status)]
    Status {
        /// The call that was answered so.
        call: Box<Call>,
        /// The panel's answer.
        response: Box<Response>,
    },

    /// The thing that was named does not exist on the panel.
    #[error("{message}")]
    NotFound {
        /// What is missing: `Inbound not found: …`.
        message: String,
        /// The call that showed it.
        call: Box<Call>,
    },

    /// What was to be changed is not what the caller saw any more; nothing was written.
    #[error("{message}")]
    Conflict {
        /// What has changed.
        message: String,
        /// The write that was not made.
        call: Box<Call>,
    },

    /// This panel's version cannot do what was asked.
    #[error("{message}")]
    Unsupported {
        /// Which route, which panel, what to use instead.
        message: String,
        /// The call that has no place on this panel.
        call: Box<Call>,
    },

    /// The answer is not what the panel sends on this route: HTML, cut JSON, an empty body.
    #[error("{message}")]
    Unreadable {
        /// What came instead, and the usual reason.
        message: String,
        /// The call that was answered so.
        call: Box<Call>,
        /// The answer.
        response: Box<Response>,
    },

    /// No answer within the time limit.
    #[error("Request timeout - server took too long to respond")]
    Timeout {
        /// The call that was given up.
        call: Box<Call>,
        /// The limit in milliseconds.
        limit_ms: u64,
    },

    /// The call was given up before the panel's answer to it: what it waited for stood still, or its deadline had come.
    #[error("{0}")]
    Expired(Box<Expired>),

    /// The panel could not be reached, or the connection broke.
    #[error("{message}")]
    Network {
        /// Where to, and why not.
        message: String,
        /// The system's short name for it: `ECONNREFUSED`, `ENOTFOUND`, `ECONNRESET`.
        code: &'static str,
        /// The call that was to be made.
        call: Box<Call>,
    },

    /// The TLS connection could not be made: usually a certificate that is not trusted.
    #[error("{message}")]
    Tls {
        /// What the TLS library said.
        message: String,
        /// Node's name for it: `DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`.
        code: &'static str,
        /// The call that was to be made.
        call: Box<Call>,
    },

    /// The session store failed and the call cannot go on without it.
    #[error("{0}")]
    Store(String),

    /// Something a host of the core (an override, a store) threw; the host knows it by this number.
    #[error("{message}")]
    Host {
        /// The message of what was thrown.
        message: String,
        /// The thrown value.
        thrown: HostValue,
    },
}

impl Error {
    /// A rule broken by the argument `field`.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Validation { field: field.into(), message: message.into() }
    }

    /// The short machine-readable name that HTTP libraries of the Node world use for this kind of failure.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Validation { .. } => Some("ERR_VALIDATION"),
            Self::LoginRateLimited => Some("ERR_LOGIN_RATE_LIMIT"),
            Self::LoginRetriesSpent => Some("ERR_LOGIN_RETRIES"),
            Self::QueueFull { .. } => Some("ERR_QUEUE_FULL"),
            Self::Abandoned => Some("ERR_ABANDONED"),
            Self::Status { response, .. } if response.status >= 500 => Some("ERR_BAD_RESPONSE"),
            Self::Status { .. } | Self::TokenRejected { .. } => Some("ERR_BAD_REQUEST"),
            Self::NotFound { .. } => Some("ERR_NOT_FOUND"),
            Self::Conflict { .. } => Some("ERR_CONFLICT"),
            Self::Unsupported { .. } => Some("ERR_UNSUPPORTED_BY_PANEL"),
            Self::Unreadable { .. } => Some("ERR_BAD_RESPONSE"),
            Self::Timeout { .. } | Self::Expired(_) => Some("ECONNABORTED"),
            Self::Network { code, .. } => Some(code),
            Self::Tls { code, .. } => Some(code),
            Self::Login { source, .. } => source.as_ref().and_then(|e| e.code()),
            Self::Config(_) | Self::Store(_) | Self::Host { .. } => None,
        }
    }

    /// The call that failed, when one was made or about to be made.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Self::TokenRejected { call, .. }
            | Self::Status { call, .. }
            | Self::NotFound { call, .. }
            | Self::Conflict { call, .. }
            | Self::Unsupported { call, .. }
            | Self::Unreadable { call, .. }
            | Self::Timeout { call, .. }
            | Self::Network { call, .. }
            | Self::Tls { call, .. } => Some(call),
            Self::Expired(expired) => Some(&expired.call),
            Self::Login { source, .. } => source.as_ref().and_then(|e| e.call()),
            _ => None,
        }
    }

    /// Whether a write that failed was carried out, as far as that is known.
    pub fn applied(&self) -> Option<Applied> {
        match self {
            Self::Abandoned => Some(Applied::Unknown),
            Self::QueueFull { .. } => Some(Applied::No),
            // A read changes nothing in any case.
            Self::Expired(expired) if expired.call.method == "GET" => None,
            Self::Expired(expired) => Some(if expired.is_sent { Applied::Unknown } else { Applied::No }),
            _ => self.call().and_then(|call| call.applied),
        }
    }

    /// The same error with what is known of the write that failed; where nobody knows, it says so to its reader as well.
    #[must_use]
    pub fn with_applied(mut self, applied: Applied) -> Self {
        if let (Self::Network { message, .. } | Self::Unreadable { message, .. }, Applied::Unknown) =
            (&mut self, applied)
        {
            message.push_str(UNKNOWN);
        }
        match &mut self {
            Self::TokenRejected { call, .. }
            | Self::Status { call, .. }
            | Self::Unreadable { call, .. }
            | Self::Timeout { call, .. }
            | Self::Network { call, .. }
            | Self::Tls { call, .. } => call.applied = Some(applied),
            _ => {}
        }
        self
    }

    /// The panel's answer, when there was one.
    pub fn response(&self) -> Option<&Response> {
        match self {
            Self::TokenRejected { response, .. }
            | Self::Status { response, .. }
            | Self::Unreadable { response, .. } => Some(response),
            Self::Login { source, .. } => source.as_ref().and_then(|e| e.response()),
            _ => None,
        }
    }
}
