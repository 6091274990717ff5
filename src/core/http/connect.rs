//! A new connection: names, addresses, TLS.
//!
//! Must not know: HTTP.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::failure::{Failure, UnknownHost};
use super::target::Origin;

/// How long an address has to itself before the next one is tried beside it.
const HEAD_START: Duration = Duration::from_millis(250);

/// Connects to one end.
pub async fn tcp(origin: &Origin) -> Result<TcpStream, Failure> {
    let found = tokio::net::lookup_host((origin.host.as_str(), origin.port)).await;
    let addresses: Vec<SocketAddr> = match found {
        Ok(found) => found.collect(),
        Err(_) => Vec::new(),
    };
    if addresses.is_empty() {
        return Err(Failure::connecting(UnknownHost(origin.host.clone())));
    }
    let stream = first_of(alternating(addresses)).await.map_err(Failure::connecting)?;
    // A connection that cannot be told so works as well.
    let _ = stream.set_nodelay(true);
    Ok(stream)
}

/// A TLS connection over it.
pub async fn tls(
    origin: &Origin,
    settings: Arc<rustls::ClientConfig>,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Failure> {
    let name = ServerName::try_from(origin.host.clone()).map_err(|_| Failure::BadUrl)?;
    TlsConnector::from(settings).connect(name, stream).await.map_err(Failure::connecting)
}

/// Addresses of both kinds by turns, beginning with that of the first.
fn alternating(addresses: Vec<SocketAddr>) -> VecDeque<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|a| a.is_ipv6() == first_is_v6);
    let mut mixed = VecDeque::new();
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    loop {
        let before = mixed.len();
        mixed.extend(first.next());
        mixed.extend(second.next());
        if mixed.len() == before {
            return mixed;
        }
    }
}

/// The first address that answers; each next one is tried when those before it take long, or have failed.
async fn first_of(mut addresses: VecDeque<SocketAddr>) -> io::Result<TcpStream> {
    let mut attempts = tokio::task::JoinSet::new();
    let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
    loop {
        if let Some(address) = addresses.pop_front() {
            if addresses.is_empty() && attempts.is_empty() {
                return TcpStream::connect(address).await;
            }
            attempts.spawn(TcpStream::connect(address));
        }
        let ended = if addresses.is_empty() {
            attempts.join_next().await
        } else {
            match tokio::time::timeout(HEAD_START, attempts.join_next()).await {
                Ok(ended) => ended,
                Err(_) => continue,
            }
        };
        match ended {
            Some(Ok(Ok(stream))) => return Ok(stream),
            Some(Ok(Err(error))) => failure = error,
            Some(Err(_)) => {}
            None if addresses.is_empty() => return Err(failure),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_both_kinds_take_turns() {
        let of = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<SocketAddr>>();
        let mixed = alternating(of(&["[::1]:1", "[::2]:1", "1.1.1.1:1", "2.2.2.2:1"]));
        assert_eq!(Vec::from(mixed), of(&["[::1]:1", "1.1.1.1:1", "[::2]:1", "2.2.2.2:1"]));
    }

    #[tokio::test]
    async fn an_address_where_nobody_answers_is_passed_over() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let nobody = closed.local_addr().unwrap();
        drop(closed);
        let good = listener.local_addr().unwrap();
        let stream = first_of(VecDeque::from([nobody, good])).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), good);
        assert!(first_of(VecDeque::from([nobody, nobody])).await.is_err());
    }
}
