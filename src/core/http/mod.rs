//! Bytes to the panel and back: the real [`Transport`].
//!
//! Owns the way of one request over the network: which connection, redirects, time limit, decompression. What goes
//! through a proxy goes by a library for it (`proxied`); what goes to the panel itself takes the short way (`pool`,
//! `connection`), because that is most of what a call costs. Must not know: sessions, routes, versions, or what an answer
//! means.

mod body;
mod connect;
mod connection;
mod failure;
mod headers;
mod pool;
mod proxied;
mod redirect;
mod target;

use std::time::Duration;

use bytes::Bytes;
use http::Request as Wire;
use http_body_util::Full;

use super::error::Result;
use super::options::Options;
use super::request::{Body, Request};
use super::response::Response;
use super::transport::{BoxFuture, Transport, call_of};
use failure::Failure;
use pool::Pool;
use redirect::Hop;
use target::Targets;

/// The transport over TCP and TLS, with pools of kept connections.
#[derive(Default)]
pub struct HttpTransport {
    targets: Targets,
    pool: Pool,
}

impl HttpTransport {
    /// A transport that has connected to nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer to a request, after the redirects that may be followed.
    async fn answer(&self, options: &Options, request: &Request) -> Result<Response, Failure> {
        let mut hop = Hop::first(self.targets.address(&options.base_url, &request.path)?, request);
        loop {
            let wire = || wire_of(&hop, request);
            let answer = match proxied::proxy_of(&options.environment, &hop.address) {
                Some(proxy) => Box::pin(proxied::send(options, &proxy, &hop.address, request, wire)).await?,
                None => self.pool.send(options, &hop.address, request, wire).await?,
            };
            match hop.after(&answer) {
                Some(next) => hop = next,
                None => return Ok(answer),
            }
        }
    }
}

impl Transport for HttpTransport {
    fn send<'a>(&'a self, options: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async move {
            let limit = Duration::from_millis(options.timeout_ms);
            let outcome = match tokio::time::timeout(limit, self.answer(options, &request)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Failure::TooLate),
            };
            outcome.map_err(|failure| failure.into_error(call_of(&options.base_url, &request), options))
        })
    }
}

/// The request as it goes over the wire.
fn wire_of(hop: &Hop, request: &Request) -> Result<Wire<Full<Bytes>>, Failure> {
    let body = if hop.drops_body { Bytes::new() } else { request.body.bytes() };
    let mut wire = Wire::new(Full::new(body));
    *wire.method_mut() = hop.method.clone();
    *wire.uri_mut() = hop.address.uri.clone();
    *wire.headers_mut() = headers::of(hop, request)?;
    Ok(wire)
}

/// Whether a body is sent with the request.
fn has_body(body: &Body) -> bool {
    !matches!(body, Body::Empty)
}
