//! One connection to a panel: an exchange at a time.
//!
//! The connection is driven by the request that uses it, and by nobody while it is kept: no task of its own has to be
//! woken. Must not know: which connection is used when.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::{Request as Wire, Response as Head};
use http_body::Body as _;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::body::{self, Source};
use super::failure::Failure;
use crate::core::options::Options;
use crate::core::response::Response;

type Sender = http1::SendRequest<Full<Bytes>>;

/// Headers of one answer. Node.js bounds them by their length together, 16 kB: as many as this do not fit into it.
const MOST_HEADERS: usize = 1024;

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

fn handshake() -> http1::Builder {
    let mut settings = http1::Builder::new();
    settings.max_headers(MOST_HEADERS);
    settings
}

impl Connection {
    /// HTTP over a stream.
    pub async fn plain(stream: TcpStream) -> Result<Self, Failure> {
        let (sender, driver) =
            handshake().handshake(TokioIo::new(stream)).await.map_err(Failure::exchanging)?;
        Ok(Self { sender, driver: Driver::Plain(Box::new(driver)), used: Instant::now() })
    }

    /// HTTP over a TLS stream.
    pub async fn tls(stream: TlsStream<TcpStream>) -> Result<Self, Failure> {
        let (sender, driver) =
            handshake().handshake(TokioIo::new(stream)).await.map_err(Failure::exchanging)?;
        Ok(Self { sender, driver: Driver::Tls(Box::new(driver)), used: Instant::now() })
    }

    /// Whether another request can be sent over it. The panel may have ended it meanwhile; when it does so later, the
    /// waker of this context is told.
    pub fn is_open(&mut self, context: &mut Context<'_>) -> bool {
        self.driver.poll(context).is_pending() && self.sender.is_ready()
    }

    /// Sends a request and reads the whole answer as far as the options allow.
    pub async fn exchange(
        &mut self,
        wire: Wire<Full<Bytes>>,
        options: &Options,
    ) -> Result<Response, Failure> {
        let Self { sender, driver, .. } = self;
        let (parts, body) = head_of(sender, driver, wire).await?.into_parts();
        let announced = body.size_hint().exact();
        let head = body::Head { status: parts.status.as_u16(), headers: parts.headers, announced };
        // That the answer was read to its end the connection learns when it is asked whether it is still open.
        body::read(head, Pieces { body, driver, has_ended: false }, options).await
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

/// A body on its way in over a connection.
struct Pieces<'a> {
    body: Incoming,
    driver: &'a mut Driver,
    has_ended: bool,
}

impl Source for Pieces<'_> {
    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        poll_fn(|context| {
            let piece = self.poll_piece(context);
            if piece.is_ready() || self.has_ended {
                return piece;
            }
            self.has_ended = self.driver.poll(context).is_ready();
            // It may have brought the next piece.
            self.poll_piece(context)
        })
        .await
    }
}

impl Pieces<'_> {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Failure>> {
        loop {
            let frame = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(None)),
                Poll::Ready(Some(frame)) => frame.map_err(Failure::exchanging)?,
            };
            // What is no data are headers behind it.
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Ok(Some(data)));
            }
        }
    }
}
