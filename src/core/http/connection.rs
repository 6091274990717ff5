//! One connection to a panel: an exchange at a time.
//!
//! The connection is driven by the request that uses it, and by nobody while it is kept: no task of its own has to be
//! woken. Must not know: which connection is used when.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::{Request as Wire, Response as Head};
use http_body::Body as _;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::failure::Failure;
use crate::core::response::{Headers, Response};

type Sender = http1::SendRequest<Full<Bytes>>;

/// A connection.
pub struct Connection {
    sender: Sender,
    driver: Driver,
    /// When it was last used.
    pub used: Instant,
}

enum Driver {
    Plain(Box<http1::Connection<TokioIo<TcpStream>, Full<Bytes>>>),
    Tls(Box<http1::Connection<TokioIo<TlsStream<TcpStream>>, Full<Bytes>>>),
}

impl Driver {
    /// Reads and writes what can be; ready when the connection has ended.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<hyper::Result<()>> {
        match self {
            Self::Plain(driver) => Pin::new(driver.as_mut()).poll(context),
            Self::Tls(driver) => Pin::new(driver.as_mut()).poll(context),
        }
    }
}

impl Connection {
    /// HTTP over a stream.
    pub async fn plain(stream: TcpStream) -> Result<Self, Failure> {
        let (sender, driver) = http1::handshake(TokioIo::new(stream)).await.map_err(Failure::exchanging)?;
        Ok(Self { sender, driver: Driver::Plain(Box::new(driver)), used: Instant::now() })
    }

    /// HTTP over a TLS stream.
    pub async fn tls(stream: TlsStream<TcpStream>) -> Result<Self, Failure> {
        let (sender, driver) = http1::handshake(TokioIo::new(stream)).await.map_err(Failure::exchanging)?;
        Ok(Self { sender, driver: Driver::Tls(Box::new(driver)), used: Instant::now() })
    }

    /// Whether another request can be sent over it. The panel may have ended it meanwhile; when it does so later, the
    /// waker of this context is told.
    pub fn is_open(&mut self, context: &mut Context<'_>) -> bool {
        self.driver.poll(context).is_pending() && self.sender.is_ready()
    }

    /// Sends a request and reads the whole answer.
    pub async fn exchange(&mut self, wire: Wire<Full<Bytes>>) -> Result<Response, Failure> {
        let Self { sender, driver, .. } = self;
        let head = head_of(sender, driver, wire).await?;
        let (parts, body) = head.into_parts();
        let body = body_of(body, driver).await?;
        let headers = Headers::from(parts.headers);
        Ok(Response { status: parts.status.as_u16(), headers, body, thrown: 0 })
    }
}

async fn head_of(
    sender: &mut Sender,
    driver: &mut Driver,
    wire: Wire<Full<Bytes>>,
) -> Result<Head<Incoming>, Failure> {
    let mut answer = pin!(sender.send_request(wire));
    let mut has_ended = false;
    poll_fn(|context| {
        if let Poll::Ready(head) = answer.as_mut().poll(context) {
            return Poll::Ready(head.map_err(Failure::exchanging));
        }
        if !has_ended {
            // How it ended is what the request is told.
            has_ended = driver.poll(context).is_ready();
            return answer.as_mut().poll(context).map_err(Failure::exchanging);
        }
        Poll::Pending
    })
    .await
}

async fn body_of(mut body: Incoming, driver: &mut Driver) -> Result<Bytes, Failure> {
    let mut read = Read::default();
    let mut has_ended = false;
    poll_fn(|context| {
        loop {
            match Pin::new(&mut body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        read.add(data);
                    }
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(Failure::exchanging(error))),
                Poll::Ready(None) => break,
                Poll::Pending if has_ended => return Poll::Pending,
                Poll::Pending => {
                    has_ended = driver.poll(context).is_ready();
                    // It may have brought the next part.
                    match Pin::new(&mut body).poll_frame(context) {
                        Poll::Ready(Some(Ok(frame))) => {
                            if let Ok(data) = frame.into_data() {
                                read.add(data);
                            }
                        }
                        Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(Failure::exchanging(error))),
                        Poll::Ready(None) => break,
                        Poll::Pending => return Poll::Pending,
                    }
                }
            }
        }
        // That the answer was read to its end it learns when it is asked whether it is still open.
        Poll::Ready(Ok(()))
    })
    .await?;
    Ok(read.into_bytes())
}

/// A body as it comes in; one that comes in one piece is not copied.
#[derive(Default)]
struct Read {
    first: Bytes,
    all: BytesMut,
}

impl Read {
    fn add(&mut self, data: Bytes) {
        if self.first.is_empty() && self.all.is_empty() {
            self.first = data;
        } else {
            if self.all.is_empty() {
                self.all.extend_from_slice(&std::mem::take(&mut self.first));
            }
            self.all.extend_from_slice(&data);
        }
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}
