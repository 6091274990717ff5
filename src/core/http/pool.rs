//! Kept connections: who needs one gets the one that was used last, or a new one.
//!
//! Must not know: what is exchanged.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request as Wire;
use http_body_util::Full;
use tokio::sync::Notify;

use super::connect;
use super::connection::Connection;
use super::failure::Failure;
use super::target::{Address, Origin};
use crate::core::network::Trust;
use crate::core::options::Options;
use crate::core::request::Request;
use crate::core::response::Response;

/// A connection that was not used for longer is not used any more: panels end theirs after two minutes.
const LONGEST_REST: Duration = Duration::from_secs(90);
/// And for a request that changes something: it cannot be asked again where a server ends the connection just then, as many
/// do after five seconds.
const LONGEST_REST_OF_A_WRITE: Duration = Duration::from_secs(4);
/// Connections that are kept for one end.
const MOST_KEPT: usize = 256;

/// All kept connections.
#[derive(Default)]
pub struct Pool {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    kept: Mutex<HashMap<Way, Vec<Connection>>>,
    watch: Arc<Watch>,
    watching: AtomicBool,
}

/// Told when something happens to a connection that nobody uses: its panel has ended it.
#[derive(Default)]
struct Watch(Notify);

impl Wake for Watch {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }
}

/// Connections that can stand for each other.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Way {
    origin: Arc<Origin>,
    /// Whom TLS trusts there.
    trust: Trust,
}

impl Pool {
    /// Sends a request to an address and reads the answer. `wire` makes the request: a second time where a kept
    /// connection turned out to be none.
    pub async fn send(
        &self,
        options: &Options,
        address: &Address,
        asked: &Request,
        wire: impl Fn() -> Result<Wire<Full<Bytes>>, Failure>,
    ) -> Result<Response, Failure> {
        let is_tls = address.origin.is_tls;
        let trust = if is_tls { options.environment.trust.clone() } else { Trust::default() };
        let way = Way { origin: address.origin.clone(), trust };
        let request = wire()?;
        // On the heap, as all that is seldom: a call's future is made and moved for every call.
        let longest_rest = if request.method().is_safe() { LONGEST_REST } else { LONGEST_REST_OF_A_WRITE };
        let Some(kept) = self.take(&way, longest_rest).await else {
            return Box::pin(self.anew(&way, request, options)).await;
        };
        match self.exchange(&way, kept, request, options).await {
            // The panel ended the connection just when it was used, as it may do right after its last answer: what changes
            // nothing can be asked again, whatever its verb.
            Err(failure) if failure.is_before_answer() && asked.may_be_sent_again() => {
                Box::pin(self.anew(&way, wire()?, options)).await
            }
            outcome => outcome,
        }
    }

    async fn anew(&self, way: &Way, wire: Wire<Full<Bytes>>, options: &Options) -> Result<Response, Failure> {
        let stream = connect::tcp(&way.origin).await?;
        let connection = if way.origin.is_tls {
            let settings = way.trust.settings().map_err(Failure::Config)?;
            Connection::tls(connect::tls(&way.origin, settings, stream).await?).await?
        } else {
            Connection::plain(stream).await?
        };
        self.exchange(way, connection, wire, options).await
    }

    async fn exchange(
        &self,
        way: &Way,
        mut connection: Connection,
        wire: Wire<Full<Bytes>>,
        options: &Options,
    ) -> Result<Response, Failure> {
        let answer = connection.exchange(wire, options).await?;
        let waker = Waker::from(self.shared.watch.clone());
        if connection.is_open(&mut Context::from_waker(&waker)) {
            self.keep(way, connection);
        }
        Ok(answer)
    }

    /// The connection that was used last, if it is still open.
    async fn take(&self, way: &Way, longest_rest: Duration) -> Option<Connection> {
        loop {
            let mut connection = self.shared.kept().get_mut(way)?.pop()?;
            let is_open = poll_fn(|context| Poll::Ready(connection.is_open(context))).await;
            if is_open && connection.used.elapsed() < longest_rest {
                return Some(connection);
            }
        }
    }

    fn keep(&self, way: &Way, mut connection: Connection) {
        connection.used = Instant::now();
        {
            let mut all = self.shared.kept();
            match all.get_mut(way) {
                Some(kept) if kept.len() < MOST_KEPT => kept.push(connection),
                Some(_) => {}
                None => drop(all.insert(way.clone(), vec![connection])),
            }
        }
        if !self.shared.watching.swap(true, Ordering::AcqRel) {
            let guard = Guard { shared: Arc::downgrade(&self.shared), has_ended: false };
            tokio::spawn(guard.watch());
        }
    }
}

/// Lets connections go that their panels have ended, or that nobody has used for long, as long as there are any.
struct Guard {
    shared: Weak<Shared>,
    has_ended: bool,
}

impl Guard {
    async fn watch(mut self) {
        while let Some(shared) = self.shared.upgrade() {
            if shared.sweep() {
                self.has_ended = true;
                return;
            }
            let watch = shared.watch.clone();
            drop(shared);
            let _ = tokio::time::timeout(LONGEST_REST / 3, watch.0.notified()).await;
        }
    }
}

/// One that is broken off, because its runtime goes, leaves its work to the next.
impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade().filter(|_| !self.has_ended) {
            shared.watching.store(false, Ordering::Release);
        }
    }
}

impl Shared {
    /// Lets go what is no use any more; whether nothing is left, and so nobody watches any more.
    fn sweep(&self) -> bool {
        let waker = Waker::from(self.watch.clone());
        let mut context = Context::from_waker(&waker);
        let mut all = self.kept();
        all.retain(|_, kept| {
            kept.retain_mut(|one| one.used.elapsed() < LONGEST_REST && one.is_open(&mut context));
            !kept.is_empty()
        });
        if all.is_empty() {
            // Under the lock: who keeps a connection from now on sees to a new guard.
            self.watching.store(false, Ordering::Release);
        }
        all.is_empty()
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Way, Vec<Connection>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
