//! Bytes to the panel and back: the real [`Transport`].
//!
//! Owns the way of one request over the network: which connection, redirects, time limit, decompression. What goes
//! through a proxy goes by a library for it (`proxied`); what goes to the panel itself takes the short way (`pool`,
//! `connection`), because that is most of what a call costs. Must not know: sessions, routes, versions, or what an answer
//! means.

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

use super::error::{Call, Error, Result};
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
            let wire = wire_of(&hop, request)?;
            let answer = match proxied::proxy_of(&options.environment, &hop.address) {
                Some(proxy) => proxied::send(&options.environment, &proxy, &hop.address, wire).await?,
                None => self.pool.send(&options.environment, &hop.address, wire).await?,
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
            match outcome {
                Ok(answer) => decoded(answer, || call_of(&options.base_url, &request)),
                Err(failure) => Err(failure.into_error(call_of(&options.base_url, &request), options)),
            }
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

/// Panels from 2.8.11 on mark even an empty body as gzip, so nothing is decoded where there is nothing.
fn decoded(mut answer: Response, call: impl Fn() -> Call) -> Result<Response> {
    let encoding = answer.header("content-encoding").unwrap_or_default();
    let zipped = ["gzip", "x-gzip"].iter().any(|name| encoding.eq_ignore_ascii_case(name));
    if !zipped {
        return Ok(answer);
    }
    // Who reads the headers reads the decoded body.
    answer.headers.remove("content-encoding");
    if answer.body.is_empty() {
        return Ok(answer);
    }
    match plain(&answer.body) {
        Ok(plain) => {
            answer.body = Bytes::from(plain);
            Ok(answer)
        }
        Err(e) => {
            let call = call();
            let message = format!("The panel's answer cannot be decompressed ({e}): {call}");
            Err(Error::Unreadable { message, call: Box::new(call), response: Box::new(answer) })
        }
    }
}

fn plain(zipped: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut plain = Vec::with_capacity(zipped.len().saturating_mul(5));
    flate2::read::MultiGzDecoder::new(zipped).read_to_end(&mut plain)?;
    Ok(plain)
}

/// Whether a body is sent with the request.
fn has_body(body: &Body) -> bool {
    !matches!(body, Body::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::response::Headers;

    #[test]
    fn an_empty_body_marked_gzip_stays_an_empty_body() {
        let headers = Headers::from_pairs([("content-encoding".to_owned(), "gzip".to_owned())]);
        let answer = Response { status: 404, headers, body: Bytes::new(), thrown: 0 };
        let call = || call_of("http://h", &Request::get("/x"));
        assert_eq!(decoded(answer, call).unwrap().body.len(), 0);
    }
}
