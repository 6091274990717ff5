//! Requests that go through a proxy.
//!
//! Owns which do, and a client of the HTTP library for each proxy: how proxies are spoken to is that library's affair.
//! Must not know: redirects and time limits, which are those of all requests.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request as Wire;
use http::header::HOST;
use http_body_util::{BodyExt, Full};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::body;
use super::failure::{Failure, UnknownHost};
use super::target::Address;
use crate::core::error::Error;
use crate::core::network::{Environment, Trust, proxy_for};
use crate::core::options::Options;
use crate::core::request::Request;
use crate::core::response::Response;
use crate::core::security::redact_url;

/// Clients that are kept; the one that was not used for longest makes room.
const MOST: usize = 16;

struct Known {
    proxy: String,
    trust: Trust,
    client: reqwest::Client,
}

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The proxy that stands before an address, if any.
pub fn proxy_of(environment: &Environment, address: &Address) -> Option<String> {
    if environment.has_no_proxy() {
        return None;
    }
    proxy_for(environment, &url::Url::parse(&address.to_url()).ok()?)
}

/// Sends a request by way of a proxy. `wire` makes the request: a second time where a kept connection turned out to be none.
pub async fn send(
    options: &Options,
    proxy: &str,
    address: &Address,
    asked: &Request,
    wire: impl Fn() -> Result<Wire<Full<Bytes>>, Failure>,
) -> Result<Response, Failure> {
    let client = client_for(proxy, &options.environment.trust).map_err(Failure::Config)?;
    match exchange(&client, address, wire()?, options).await {
        Err(failure) if failure.is_before_answer() && asked.may_be_sent_again() => {
            exchange(&client, address, wire()?, options).await
        }
        outcome => outcome,
    }
}

async fn exchange(
    client: &reqwest::Client,
    address: &Address,
    wire: Wire<Full<Bytes>>,
    options: &Options,
) -> Result<Response, Failure> {
    let (parts, body) = wire.into_parts();
    let mut headers = parts.headers;
    // The library writes it, after the URL.
    headers.remove(HOST);
    let mut request = client.request(parts.method, address.to_url()).headers(headers);
    let bytes = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    if !bytes.is_empty() {
        request = request.body(bytes);
    }
    let mut answer = request.send().await.map_err(failed)?;
    let headers = std::mem::take(answer.headers_mut());
    let head = body::Head { status: answer.status().as_u16(), headers, announced: answer.content_length() };
    body::read(head, answer, options).await
}

impl body::Source for reqwest::Response {
    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        self.chunk().await.map_err(failed)
    }
}

fn failed(error: reqwest::Error) -> Failure {
    match (error.is_builder(), error.is_connect()) {
        (true, _) => Failure::BadUrl,
        (false, true) => Failure::connecting(error),
        (false, false) => Failure::exchanging(error),
    }
}

/// The client that goes through this proxy.
fn client_for(proxy: &str, trust: &Trust) -> Result<reqwest::Client, Error> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(at) = known.iter().position(|one| one.proxy == proxy && one.trust == *trust) {
        let found = known.remove(at);
        let client = found.client.clone();
        known.push(found);
        return Ok(client);
    }
    let failed = |e: reqwest::Error| Error::Config(format!("The HTTP client cannot be set up: {e}"));
    let invalid = |_| Error::Config(format!("Invalid proxy: {}", redact_url(proxy)));
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured((*trust.settings()?).clone())
        .dns_resolver(Arc::new(SystemResolver))
        .redirect(reqwest::redirect::Policy::none())
        .tcp_nodelay(true)
        .no_proxy()
        .proxy(reqwest::Proxy::all(proxy).map_err(invalid)?)
        .build()
        .map_err(failed)?;
    if known.len() >= MOST {
        known.remove(0);
    }
    known.push(Known { proxy: proxy.to_owned(), trust: trust.clone(), client: client.clone() });
    Ok(client)
}

/// Name resolution by the system, whose failure can be told from other failures.
struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await.map(Iterator::collect::<Vec<_>>);
            match found {
                Ok(found) => Ok(Box::new(found.into_iter()) as Addrs),
                Err(_) => Err(Box::new(UnknownHost(host)) as Box<dyn std::error::Error + Send + Sync>),
            }
        })
    }
}
