//! What can go wrong on the way, and what it is called.
//!
//! Owns the translation of failures into [`Error`], by their kinds and sources, never by their text. Must not know: when
//! they happen.

use std::error::Error as StdError;
use std::io;

use super::target::Address;
use crate::core::error::{Call, Error};
use crate::core::network::{Rejected, proxy_for};
use crate::core::options::Options;
use crate::core::security::redact_url;
use crate::core::transport::join;

type Cause = Box<dyn StdError + Send + Sync>;

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// It is no address.
    BadUrl,
    /// This header cannot be sent.
    BadHeader(String),
    /// The HTTP client cannot be set up.
    Config(Error),
    /// The time is up.
    TooLate,
    /// There is no connection.
    Connecting(Cause),
    /// The connection was lost before the answer was whole. Whether some of the answer was there is not known.
    Exchanging(Cause),
}

/// A name that nobody has.
#[derive(Debug, thiserror::Error)]
#[error("getaddrinfo ENOTFOUND {0}")]
pub struct UnknownHost(pub String);

impl Failure {
    /// There is no connection.
    pub fn connecting(cause: impl Into<Cause>) -> Self {
        Self::Connecting(cause.into())
    }

    /// The connection was lost.
    pub fn exchanging(cause: impl Into<Cause>) -> Self {
        Self::Exchanging(cause.into())
    }

    /// Whether the connection may have been gone already when the request was sent over it.
    pub fn is_before_answer(&self) -> bool {
        let Self::Exchanging(cause) = self else { return false };
        let hyper = cause.downcast_ref::<hyper::Error>();
        hyper.is_some_and(|e| e.is_canceled() || e.is_closed() || e.is_incomplete_message() || is_reset(e))
    }

    /// The error that it is.
    pub fn into_error(self, call: Call, options: &Options) -> Error {
        let (cause, is_connecting) = match self {
            Self::BadUrl => return Error::invalid("path", format!("Invalid URL: {call}")),
            Self::BadHeader(name) => {
                let message = format!("Invalid header: {name} cannot be sent over HTTP");
                return Error::invalid(name, message);
            }
            Self::Config(error) => return error,
            Self::TooLate => return Error::Timeout { call: Box::new(call), limit_ms: options.timeout_ms },
            Self::Connecting(cause) => (cause, true),
            Self::Exchanging(cause) => (cause, false),
        };
        match named(cause.as_ref()) {
            Found::Tls(failure) => tls_error(failure, call),
            Found::UnknownHost(unknown) => {
                let message = format!("Cannot connect to server: {} ({unknown})", call.base_url);
                Error::Network { message, code: "ENOTFOUND", call: Box::new(call) }
            }
            Found::Io(kind) => network_error(Some(kind), is_connecting, call, options),
            Found::Nothing => network_error(None, is_connecting, call, options),
        }
    }
}

fn is_reset(failure: &hyper::Error) -> bool {
    let io = failure.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|io| matches!(io.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe))
}

/// What there is in a failure that has a name.
enum Found<'a> {
    Tls(&'a rustls::Error),
    UnknownHost(&'a UnknownHost),
    Io(io::ErrorKind),
    Nothing,
}

fn named<'a>(failure: &'a (dyn StdError + 'static)) -> Found<'a> {
    let mut found = Found::Nothing;
    let mut cause: Option<&'a (dyn StdError + 'static)> = Some(failure);
    while let Some(link) = cause {
        if let Some(tls) = link.downcast_ref::<rustls::Error>().filter(|tls| speaks_tls(tls)) {
            return Found::Tls(tls);
        }
        if let Some(unknown) = link.downcast_ref::<UnknownHost>() {
            return Found::UnknownHost(unknown);
        }
        if let Some(io) = link.downcast_ref::<io::Error>() {
            if let Some(tls) = tls_within(io).filter(|tls| speaks_tls(tls)) {
                return Found::Tls(tls);
            }
            found = Found::Io(io.kind());
        }
        cause = link.source();
    }
    found
}

fn network_error(kind: Option<io::ErrorKind>, is_connecting: bool, call: Call, options: &Options) -> Error {
    let (code, words) = match kind {
        Some(io::ErrorKind::ConnectionRefused) => ("ECONNREFUSED", "connect ECONNREFUSED"),
        Some(io::ErrorKind::TimedOut) => ("ETIMEDOUT", "connect ETIMEDOUT"),
        Some(io::ErrorKind::HostUnreachable) => ("EHOSTUNREACH", "connect EHOSTUNREACH"),
        Some(io::ErrorKind::NetworkUnreachable) => ("ENETUNREACH", "connect ENETUNREACH"),
        _ => ("ECONNRESET", "socket hang up: it was closed before the answer was complete"),
    };
    let base = &call.base_url;
    let message = if !is_connecting {
        format!("Connection to the panel lost ({words}): {call}")
    } else if code == "ECONNRESET" && base.starts_with("https:") {
        format!(
            "Cannot connect to server: {base} (socket hang up during the TLS handshake; \
             a panel without a certificate speaks http)"
        )
    } else {
        match by_way_of(options, &call) {
            Some(proxy) => {
                let address = authority(&proxy);
                format!("Cannot connect to server: {base} by the proxy {proxy} ({words}{address})")
            }
            None => format!("Cannot connect to server: {base} ({words}{})", authority(base)),
        }
    };
    Error::Network { message, code, call: Box::new(call) }
}

/// Whether it is about TLS at all: who answers in another language speaks none, and hangs up for us.
fn speaks_tls(failure: &rustls::Error) -> bool {
    !matches!(failure, rustls::Error::InvalidMessage(_))
}

/// The TLS error in an io::Error, or in one inside of it: `source` steps over them.
fn tls_within(io: &io::Error) -> Option<&rustls::Error> {
    let inner = io.get_ref()?;
    inner.downcast_ref().or_else(|| tls_within(inner.downcast_ref::<io::Error>()?))
}

/// A failure of TLS, by Node's name where it has one for it.
fn tls_error(failure: &rustls::Error, call: Call) -> Error {
    let rejected = match failure {
        rustls::Error::InvalidCertificate(rustls::CertificateError::Other(other)) => {
            other.0.downcast_ref::<Rejected>()
        }
        _ => None,
    };
    let base = &call.base_url;
    let (code, message) = match rejected {
        Some(rejected) => (
            rejected.code,
            format!(
                "TLS connection failed: {rejected}: {base}. NODE_EXTRA_CA_CERTS can name a file with a certificate to trust."
            ),
        ),
        None => ("ERR_TLS", format!("TLS connection failed: {failure}: {base}")),
    };
    Error::Tls { message, code, call: Box::new(call) }
}

/// The proxy that was to be asked, without its credentials, for messages.
fn by_way_of(options: &Options, call: &Call) -> Option<String> {
    let address = Address::of(&join(&options.base_url, &call.path)).ok()?;
    let url = url::Url::parse(&address.to_url()).ok()?;
    proxy_for(&options.environment, &url).map(|proxy| redact_url(&proxy))
}

fn authority(base_url: &str) -> String {
    url::Url::parse(base_url)
        .ok()
        .and_then(|u| Some(format!(" {}:{}", u.host_str()?, u.port_or_known_default()?)))
        .unwrap_or_default()
}
