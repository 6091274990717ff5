//! What can go wrong on the way, and what it is called.
//!
//! Owns the translation of failures into [`Error`], by their kinds and sources, never by their text. Must not know: when
//! they happen.

use std::error::Error as StdError;
use std::io;

use super::body::Unusable;
use super::target::Address;
use crate::core::error::{Call, Error};
use crate::core::judge;
use crate::core::network::{Rejected, proxy_for};
use crate::core::options::Options;
use crate::core::response::Response;
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
    /// The answer came, but its body cannot be used; this is the rest of it.
    Unusable(Unusable, Box<Response>),
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
        let hyper = chain(cause.as_ref()).find_map(|link| link.downcast_ref::<hyper::Error>());
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
            Self::Unusable(why, response) => return unusable(&why, response, call),
            Self::Connecting(cause) => (cause, true),
            Self::Exchanging(cause) => (cause, false),
        };
        match named(cause.as_ref()) {
            Found::Tls(failure) => tls_error(failure, call),
            Found::UnknownHost(unknown) => {
                let message = format!("Cannot connect to server: {} ({unknown})", call.base_url);
                Error::Network { message, code: "ENOTFOUND", call: Box::new(call) }
            }
            Found::Malformed(what) if !is_connecting => malformed(what, call),
            Found::Malformed(_) => network_error(None, is_connecting, call, options),
            Found::Io(kind) => network_error(Some(kind), is_connecting, call, options),
            Found::Nothing => network_error(None, is_connecting, call, options),
        }
    }
}

fn is_reset(failure: &hyper::Error) -> bool {
    let io = failure.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|io| matches!(io.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe))
}

/// A failure and what it comes from.
fn chain<'a>(failure: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    let mut next = Some(failure);
    std::iter::from_fn(move || {
        let link = next?;
        next = link.source();
        Some(link)
    })
}

/// What there is in a failure that has a name.
enum Found<'a> {
    Tls(&'a rustls::Error),
    UnknownHost(&'a UnknownHost),
    Malformed(Malformed),
    Io(io::ErrorKind),
    Nothing,
}

/// Where an answer breaks the rules of HTTP.
#[derive(Clone, Copy)]
enum Malformed {
    Head,
    Body,
}

fn named<'a>(failure: &'a (dyn StdError + 'static)) -> Found<'a> {
    let mut found = Found::Nothing;
    for link in chain(failure) {
        if let Some(tls) = link.downcast_ref::<rustls::Error>().filter(|tls| speaks_tls(tls)) {
            return Found::Tls(tls);
        }
        if let Some(unknown) = link.downcast_ref::<UnknownHost>() {
            return Found::UnknownHost(unknown);
        }
        if link.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse) {
            return Found::Malformed(Malformed::Head);
        }
        if let Some(io) = link.downcast_ref::<io::Error>() {
            if let Some(tls) = tls_within(io).filter(|tls| speaks_tls(tls)) {
                return Found::Tls(tls);
            }
            found = match io.kind() {
                // The lengths of the parts that the body is sent in.
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Found::Malformed(Malformed::Body),
                kind => Found::Io(kind),
            };
        }
    }
    found
}

/// By Node's names.
fn malformed(what: Malformed, call: Call) -> Error {
    let speaks_https =
        if call.base_url.starts_with("http:") { "; a panel with a certificate speaks https" } else { "" };
    let (code, message) = match what {
        Malformed::Head => (
            "HPE_INVALID_CONSTANT",
            format!(
                "The panel's answer does not begin with a valid HTTP head (parse error{speaks_https}): {call}"
            ),
        ),
        Malformed::Body => (
            "HPE_INVALID_CHUNK_SIZE",
            format!("The panel's answer breaks the rules of HTTP in its body (parse error): {call}"),
        ),
    };
    Error::Network { message, code, call: Box::new(call) }
}

fn unusable(why: &Unusable, response: Box<Response>, call: Call) -> Error {
    let words = match why {
        Unusable::TooLong(limit) => return judge::too_long(*response, *limit, call),
        Unusable::Expands(factor) => {
            format!("expands to more than {factor} times its compressed length, which is the limit")
        }
        Unusable::Unasked(coding) => format!("is compressed by {coding}, and not by gzip as was asked for"),
        Unusable::BadGzip => "cannot be decompressed: it is no gzip, or not all of it".to_owned(),
    };
    let message = format!("The panel's answer {words} (HTTP {}): {call}", response.status);
    Error::Unreadable { message, call: Box::new(call), response }
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
