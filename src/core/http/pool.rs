//! Kept connections: who needs one gets the one that was used last, or a new one.
//!
//! Must not know: what is exchanged.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request as Wire;
use http_body_util::Full;

use super::connect;
use super::connection::Connection;
use super::failure::Failure;
use super::target::{Address, Origin};
use crate::core::network::{Environment, Trust};
use crate::core::response::Response;

/// A connection that was not used for longer is not used any more: panels end theirs after two minutes.
const LONGEST_REST: Duration = Duration::from_secs(90);
/// Connections that are kept for one end.
const MOST_KEPT: usize = 256;

/// All kept connections.
#[derive(Default)]
pub struct Pool {
    kept: Mutex<HashMap<Way, Vec<Connection>>>,
}

/// Connections that can stand for each other.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Way {
    origin: Arc<Origin>,
    /// Whom TLS trusts there.
    trust: Trust,
}

impl Pool {
    /// Sends a request to an address and reads the answer.
    pub async fn send(
        &self,
        environment: &Environment,
        address: &Address,
        wire: Wire<Full<Bytes>>,
    ) -> Result<Response, Failure> {
        let trust = if address.origin.is_tls { environment.trust.clone() } else { Trust::default() };
        let way = Way { origin: address.origin.clone(), trust };
        let again = wire.method().is_safe().then(|| wire.clone());
        if let Some(kept) = self.take(&way).await {
            match (self.exchange(&way, kept, wire).await, again) {
                // The panel ended the connection just when it was used: what changes nothing can be asked again.
                (Err(failure), Some(wire)) if failure.is_before_answer() => self.anew(&way, wire).await,
                (outcome, _) => outcome,
            }
        } else {
            self.anew(&way, wire).await
        }
    }

    async fn anew(&self, way: &Way, wire: Wire<Full<Bytes>>) -> Result<Response, Failure> {
        let stream = connect::tcp(&way.origin).await?;
        let connection = if way.origin.is_tls {
            let settings = way.trust.settings().map_err(Failure::Config)?;
            Connection::tls(connect::tls(&way.origin, settings, stream).await?).await?
        } else {
            Connection::plain(stream).await?
        };
        self.exchange(way, connection, wire).await
    }

    async fn exchange(
        &self,
        way: &Way,
        mut connection: Connection,
        wire: Wire<Full<Bytes>>,
    ) -> Result<Response, Failure> {
        let answer = connection.exchange(wire).await?;
        if connection.is_open().await {
            self.keep(way, connection);
        }
        Ok(answer)
    }

    /// The connection that was used last, if it is still open.
    async fn take(&self, way: &Way) -> Option<Connection> {
        loop {
            let mut connection = self.kept().get_mut(way)?.pop()?;
            if connection.used.elapsed() < LONGEST_REST && connection.is_open().await {
                return Some(connection);
            }
        }
    }

    fn keep(&self, way: &Way, mut connection: Connection) {
        let now = Instant::now();
        connection.used = now;
        let mut all = self.kept();
        match all.get_mut(way) {
            Some(kept) if kept.len() < MOST_KEPT => kept.push(connection),
            Some(_) => {}
            None => {
                // Seldom enough to look after those that nobody uses any more.
                all.retain(|_, kept| {
                    kept.retain(|one| now.duration_since(one.used) < LONGEST_REST);
                    !kept.is_empty()
                });
                all.insert(way.clone(), vec![connection]);
            }
        }
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Way, Vec<Connection>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
