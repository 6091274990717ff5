//! Bytes to the panel and back.
//!
//! Owns the HTTP library: connections, TLS roots, name resolution, decompression, redirects, and the
//! translation of its failures. Must not know: sessions, routes, versions, or what an answer means.

use std::error::Error as StdError;
use std::future::Future;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::error::{Call, Error, Result};
use super::network::{Environment, Rejected, client_for, proxy_for};
use super::options::Options;
use super::request::{Method, Request};
use super::response::Response;

/// A future that can be sent between threads; spelled out because traits behind `dyn` need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How requests leave. The real one is [`HttpTransport`]; tests bring their own.
pub trait Transport: Send + Sync {
    /// Sends `request` as the options say: below their base URL, in their environment, within their time limit; collects
    /// the whole answer.
    ///
    /// # Errors
    /// [`Error::Timeout`], [`Error::Network`], [`Error::Tls`]. A status of any kind is an answer, no error.
    fn send<'a>(&'a self, options: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>>;

    /// Whether this request goes the same way as anybody's, so that it may be sent together with another caller's.
    fn is_common(&self, _request: &Request) -> bool {
        true
    }
}

/// The transport over TCP and TLS, with pools of kept connections.
#[derive(Clone)]
pub struct HttpTransport {
    /// For the usual environment, which needs no looking up.
    usual: reqwest::Client,
}

impl HttpTransport {
    /// A transport that has connected to nobody yet.
    ///
    /// # Errors
    /// [`Error::Config`] when the TLS library cannot be set up.
    pub fn new() -> Result<Self> {
        Ok(Self { usual: client_for(&Environment::default(), "", in_common)? })
    }

    fn client(&self, environment: &Environment, url: &str) -> Result<reqwest::Client> {
        if environment.is_usual() { Ok(self.usual.clone()) } else { client_for(environment, url, in_common) }
    }
}

/// What all clients have in common.
fn in_common(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .dns_resolver(Arc::new(SystemResolver))
        .redirect(reqwest::redirect::Policy::custom(follow_where_it_is_safe))
        .tcp_nodelay(true)
}

impl Transport for HttpTransport {
    fn send<'a>(&'a self, options: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async move {
            let (base_url, timeout_ms) = (&options.base_url, options.timeout_ms);
            let call = call_of(base_url, &request);
            let limit = Duration::from_millis(timeout_ms);
            let url = join(base_url, &request.path);
            let http = self.client(&options.environment, &url)?;
            let mut builder = http.request(verb(request.method), url).timeout(limit);
            builder = builder.headers(header_map(&request)?);
            if !matches!(request.body, super::request::Body::Empty) {
                builder = builder.body(request.body.bytes());
            }
            let failed = |e: reqwest::Error| translate(&e, call.clone(), options);
            let answer = builder.send().await.map_err(failed)?;
            let status = answer.status().as_u16();
            let headers = answer
                .headers()
                .iter()
                .map(|(n, v)| (n.as_str().to_owned(), String::from_utf8_lossy(v.as_bytes()).into_owned()))
                .collect();
            let raw = answer.bytes().await.map_err(failed)?;
            decoded(Response { status, headers, body: raw, thrown: 0 }, call)
        })
    }
}

/// The call as errors name it.
pub fn call_of(base_url: &str, request: &Request) -> Call {
    Call {
        method: request.method.as_str(),
        path: super::routes::shown(request.method, &request.path),
        base_url: super::security::redact_url(base_url),
    }
}

/// Base URL and path with one slash between them; an absolute URL stays as it is.
pub fn join(base_url: &str, path: &str) -> String {
    if path.starts_with("http://") || path.starts_with("https://") {
        return path.to_owned();
    }
    if path.is_empty() {
        return base_url.to_owned();
    }
    format!("{}/{}", base_url.trim_end_matches('/'), path.trim_start_matches('/'))
}

fn verb(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
        Method::Head => reqwest::Method::HEAD,
        Method::Options => reqwest::Method::OPTIONS,
    }
}

fn header_map(request: &Request) -> Result<HeaderMap> {
    let mut map = HeaderMap::with_capacity(request.headers.len() + 1);
    if let Some(kind) = request.body.content_type() {
        map.insert(reqwest::header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    for (name, value) in &request.headers {
        let bad = || Error::invalid(name.clone(), format!("Invalid header: {name} cannot be sent over HTTP"));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad())?;
        map.insert(name, HeaderValue::from_bytes(value.as_bytes()).map_err(|_| bad())?);
    }
    Ok(map)
}

/// Follows a redirect within the panel's own address or to its TLS port. Not to the login page, where old panels send
/// who is not logged in: that answer must be seen. And a body, which may hold credentials, goes to the path it was
/// meant for or nowhere.
fn follow_where_it_is_safe(attempt: reqwest::redirect::Attempt<'_>) -> reqwest::redirect::Action {
    let to = attempt.url();
    let repeats_body = matches!(attempt.status().as_u16(), 307 | 308);
    let safe = attempt.previous().last().is_some_and(|from| {
        let to_tls = from.scheme() == "http" && to.scheme() == "https" && from.host() == to.host();
        (from.origin() == to.origin() || to_tls) && (from.path() == to.path() || !repeats_body)
    });
    let to_folder = to.path().ends_with('/');
    if safe && !to_folder && attempt.previous().len() <= 5 { attempt.follow() } else { attempt.stop() }
}

/// Panels from 2.8.11 on mark even an empty body as gzip, so nothing is decoded where there is nothing.
fn decoded(mut answer: Response, call: Call) -> Result<Response> {
    let encoding = answer.header("content-encoding").unwrap_or_default();
    let zipped = ["gzip", "x-gzip"].iter().any(|name| encoding.eq_ignore_ascii_case(name));
    if !zipped {
        return Ok(answer);
    }
    // Who reads the headers reads the decoded body.
    answer.headers.retain(|(name, _)| name != "content-encoding");
    if answer.body.is_empty() {
        return Ok(answer);
    }
    let mut plain = Vec::with_capacity(answer.body.len().saturating_mul(5));
    match flate2::read::MultiGzDecoder::new(answer.body.as_ref()).read_to_end(&mut plain) {
        Ok(_) => {
            answer.body = Bytes::from(plain);
            Ok(answer)
        }
        Err(e) => Err(Error::Unreadable {
            message: format!("The panel's answer cannot be decompressed ({e}): {call}"),
            call: Box::new(call),
            response: Box::new(answer),
        }),
    }
}

/// A failure of the HTTP library in our own terms, by its kinds and sources, never by its text.
fn translate(failure: &reqwest::Error, call: Call, options: &Options) -> Error {
    if failure.is_timeout() {
        return Error::Timeout { call: Box::new(call), limit_ms: options.timeout_ms };
    }
    if failure.is_builder() {
        return Error::invalid("path", format!("Invalid URL: {call}"));
    }
    let mut cause: Option<&(dyn StdError + 'static)> = failure.source();
    let mut network = None;
    while let Some(link) = cause {
        if let Some(tls) = link.downcast_ref::<rustls::Error>().filter(|tls| speaks_tls(tls)) {
            return tls_error(tls, call);
        }
        if let Some(unknown) = link.downcast_ref::<UnknownHost>() {
            let message = format!("Cannot connect to server: {} ({unknown})", call.base_url);
            return Error::Network { message, code: "ENOTFOUND", call: Box::new(call) };
        }
        if let Some(io) = link.downcast_ref::<io::Error>() {
            if let Some(tls) = tls_within(io).filter(|tls| speaks_tls(tls)) {
                return tls_error(tls, call);
            }
            network = Some(io.kind());
        }
        cause = link.source();
    }
    let (code, words) = match network {
        Some(io::ErrorKind::ConnectionRefused) => ("ECONNREFUSED", "connect ECONNREFUSED"),
        Some(io::ErrorKind::TimedOut) => ("ETIMEDOUT", "connect ETIMEDOUT"),
        Some(io::ErrorKind::HostUnreachable) => ("EHOSTUNREACH", "connect EHOSTUNREACH"),
        Some(io::ErrorKind::NetworkUnreachable) => ("ENETUNREACH", "connect ENETUNREACH"),
        _ => ("ECONNRESET", "socket hang up: it was closed before the answer was complete"),
    };
    let message = if failure.is_connect() && code == "ECONNRESET" && call.base_url.starts_with("https:") {
        format!(
            "Cannot connect to server: {} (socket hang up during the TLS handshake; \
             a panel without a certificate speaks http)",
            call.base_url
        )
    } else if failure.is_connect() {
        match by_way_of(options, &call) {
            Some(proxy) => format!(
                "Cannot connect to server: {} by the proxy {proxy} ({words}{})",
                call.base_url,
                authority(&proxy)
            ),
            None => {
                format!("Cannot connect to server: {} ({words}{})", call.base_url, authority(&call.base_url))
            }
        }
    } else {
        format!("Connection to the panel lost ({words}): {call}")
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
    let url = url::Url::parse(&join(&options.base_url, &call.path)).ok()?;
    proxy_for(&options.environment, &url).map(|proxy| super::security::redact_url(&proxy))
}

fn authority(base_url: &str) -> String {
    url::Url::parse(base_url)
        .ok()
        .and_then(|u| Some(format!(" {}:{}", u.host_str()?, u.port_or_known_default()?)))
        .unwrap_or_default()
}

/// Name resolution by the system, whose failure can be told from other failures.
struct SystemResolver;

#[derive(Debug, thiserror::Error)]
#[error("getaddrinfo ENOTFOUND {0}")]
struct UnknownHost(String);

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: io::Result<Vec<SocketAddr>> =
                tokio::net::lookup_host((host.as_str(), 0)).await.map(Iterator::collect);
            match found {
                Ok(found) => Ok(Box::new(found.into_iter()) as Addrs),
                Err(_) => Err(Box::new(UnknownHost(host)) as Box<dyn StdError + Send + Sync>),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_and_path_meet_in_exactly_one_slash() {
        assert_eq!(join("http://h/base", "/login"), "http://h/base/login");
        assert_eq!(join("http://h/base/", "login"), "http://h/base/login");
        assert_eq!(join("http://h", "http://other/x"), "http://other/x");
    }

    #[test]
    fn an_empty_body_marked_gzip_stays_an_empty_body() {
        let answer = Response {
            status: 404,
            headers: vec![("content-encoding".into(), "gzip".into())],
            body: Bytes::new(),
            thrown: 0,
        };
        let call = call_of("http://h", &Request::get("/x"));
        assert_eq!(decoded(answer, call).unwrap().body.len(), 0);
    }
}
