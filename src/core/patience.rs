//! How long a call waits.
//!
//! Owns the rule: what moves is waited for however long it takes, what has stood still for the time limit of a request is
//! not, and a deadline bounds all of a call. Also the words for who has waited long enough. Must not know: what is waited
//! for (`writes`, `auth`). The time is tokio's, so that tests can stop it.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::error::{Call, Error, Result};
use super::options::Options;
use super::request::Method;

/// When something that others wait for moved last.
#[derive(Debug, Default)]
pub struct Pulse(Mutex<Option<Instant>>);

impl Pulse {
    /// It has moved.
    pub fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Waits for something, as long as no `timeout` passes in which nothing moves; `None` where one has.
    pub async fn wait<T>(&self, timeout: Duration, done: impl Future<Output = T>) -> Option<T> {
        let mut done = pin!(done);
        let mut still_since = Instant::now();
        loop {
            if let Ok(done) = timeout_at(end_of_patience(still_since, timeout), &mut done).await {
                return Some(done);
            }
            let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            still_since = last.filter(|last| *last > still_since)?;
        }
    }
}

/// A lock that is waited for as long as its holders get on with what they do.
#[derive(Debug, Default)]
pub struct PacedLock {
    lock: tokio::sync::Mutex<()>,
    pulse: Pulse,
}

/// The lock, until it is dropped.
pub struct PacedGuard<'a> {
    pulse: &'a Pulse,
    _held: tokio::sync::MutexGuard<'a, ()>,
}

impl PacedLock {
    /// Takes it; `None` when nothing has moved for that long.
    pub async fn lock(&self, timeout: Duration) -> Option<PacedGuard<'_>> {
        // The usual case needs no timer.
        let held = match self.lock.try_lock() {
            Ok(held) => held,
            Err(_) => self.pulse.wait(timeout, self.lock.lock()).await?,
        };
        Some(PacedGuard { pulse: &self.pulse, _held: held })
    }

    /// Whether somebody has it.
    pub fn is_taken(&self) -> bool {
        self.lock.try_lock().is_err()
    }
}

impl PacedGuard<'_> {
    /// Its holder has got a step further.
    pub fn moved(&self) {
        self.pulse.beat();
    }
}

impl Drop for PacedGuard<'_> {
    fn drop(&mut self) {
        self.moved();
    }
}

/// The moment so much later; one that no clock reaches is as good as never.
pub fn after(moment: Instant, wait: Duration) -> Instant {
    const NEVER: Duration = Duration::from_secs(30 * 365 * 24 * 3_600);
    moment.checked_add(wait.min(NEVER)).unwrap_or(moment)
}

/// When one who waits gives up on what has not moved since then. A little later than a request is given up whose time limit
/// is the same: who made it goes on then, and so does the queue.
pub fn end_of_patience(still_since: Instant, timeout: Duration) -> Instant {
    const GRACE: Duration = Duration::from_millis(10);
    after(still_since, timeout.saturating_add(timeout / 10).saturating_add(GRACE))
}

/// The time limit of a request, and of anything that stands still.
pub fn timeout_of(options: &Options) -> Duration {
    Duration::from_millis(options.timeout_ms)
}

/// The path by which one logs in.
pub const LOGIN: &str = "/login";

/// The end of all that a call may take, and how far the call has come.
#[derive(Debug)]
pub struct Deadline {
    at: Instant,
    ms: u64,
    stage: AtomicU8,
    is_sent: AtomicBool,
}

/// What a call is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A session, or what panel this is.
    Session,
    /// Its turn among the writes, of which so many have not begun and so many are under way.
    Queue {
        /// Writes that have not begun.
        waiting: usize,
        /// Writes under way.
        running: usize,
    },
    /// Somebody else's login for the same account.
    Login,
    /// Somebody else's question to the panel, whose answer serves for both.
    Question,
    /// The panel's answer.
    Answer,
}

/// Which limit a call has reached, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// `timeout`: so long nothing has moved.
    Timeout(u64),
    /// `deadline`: so long the call has taken in all.
    Deadline(u64),
}

/// A call that was given up before the panel's answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// The call.
    pub call: Call,
    /// The limit that it has reached.
    pub limit: Limit,
    /// What it was waiting for.
    pub stage: Stage,
    /// Whether something was sent for it that may have changed something.
    pub is_sent: bool,
}

impl Deadline {
    /// That of a call that begins now, where these settings have one.
    pub fn of(options: &Options) -> Option<Arc<Self>> {
        let ms = options.deadline_ms?;
        let at = after(Instant::now(), Duration::from_millis(ms));
        Some(Arc::new(Self { at, ms, stage: AtomicU8::new(0), is_sent: AtomicBool::new(false) }))
    }

    /// When it is.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// What is said of a call that has reached it.
    pub fn limit(&self) -> Limit {
        Limit::Deadline(self.ms)
    }

    /// A request of the call is being handed over to the network. What makes a session
    /// changes nothing that a caller would look for.
    pub fn leaves(&self, method: Method, path: &str) {
        if [LOGIN, "/csrf-token"].contains(&path) {
            return;
        }
        self.stage.store(1, Ordering::Relaxed);
        if !method.is_safe() {
            self.is_sent.store(true, Ordering::Relaxed);
        }
    }

    /// Does the call's work unless it is too late, and as long as it is not.
    ///
    /// # Errors
    /// Those of the work; [`Error::Expired`].
    pub async fn bound<T>(
        &self,
        call: impl FnOnce() -> Call,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let outcome = if Instant::now() < self.at { timeout_at(self.at, work).await.ok() } else { None };
        outcome.unwrap_or_else(|| {
            let stage = if self.stage.load(Ordering::Relaxed) == 0 { Stage::Session } else { Stage::Answer };
            let is_sent = self.is_sent.load(Ordering::Relaxed);
            Err(Expired { call: call(), limit: self.limit(), stage, is_sent }.into())
        })
    }
}

/// A deadline belongs to one call.
impl PartialEq for Deadline {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Deadline {}

impl From<Expired> for Error {
    fn from(expired: Expired) -> Self {
        Self::Expired(Box::new(expired))
    }
}

impl fmt::Display for Expired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, stage, is_sent, .. } = self;
        match self.limit {
            Limit::Timeout(ms) => {
                let stood_still = match stage {
                    Stage::Queue { waiting, running } => format!(
                        "none of the writes before it has ended for {ms} ms ({running} under way, {waiting} waiting)"
                    ),
                    Stage::Login => {
                        format!("another call's login for this account has not moved for {ms} ms")
                    }
                    _ => format!("what another call asks the panel has not been answered for {ms} ms"),
                };
                write!(
                    f,
                    "Request timeout - {call} was not sent, as {stood_still}. Nothing of it has reached the panel: \
                     call again, or raise the option timeout"
                )
            }
            Limit::Deadline(ms) => {
                write!(f, "Request timeout - {call} was given up at its deadline ({ms} ms) ")?;
                match stage {
                    Stage::Session => f.write_str("while it waited for a session")?,
                    Stage::Queue { waiting, running } => write!(
                        f,
                        "while it waited for its turn ({running} writes under way, {waiting} waiting)"
                    )?,
                    Stage::Login => f.write_str("while it waited for another call's login")?,
                    Stage::Question => f.write_str("while it waited for what another call asks the panel")?,
                    Stage::Answer => f.write_str("while it waited for the panel's answer")?,
                }
                match is_sent {
                    true => f.write_str(". It was sent and may have been carried out: look before you call again"),
                    false => f.write_str(
                        ". Nothing of it has been sent that changes anything: call again, or raise the option deadline",
                    ),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::options::Auth;
    use crate::core::secret::Secret;
    use tokio::time::{sleep, timeout};

    const SECOND: Duration = Duration::from_secs(1);

    fn call() -> Call {
        Call { method: "POST", path: "/x".into(), base_url: "http://h".into(), applied: None }
    }

    #[tokio::test(start_paused = true)]
    async fn what_moves_is_waited_for_and_what_stands_still_is_not() {
        let pulse = Arc::new(Pulse::default());
        let moving = pulse.clone();
        tokio::spawn(async move {
            for _ in 0..20 {
                sleep(SECOND * 9 / 10).await;
                moving.beat();
            }
        });
        assert_eq!(pulse.wait(SECOND, sleep(SECOND * 15)).await, Some(()), "it moves");
        let before = Instant::now();
        assert_eq!(pulse.wait(SECOND, sleep(SECOND * 60)).await, None);
        assert!(before.elapsed() < SECOND * 5, "it moved for three seconds more");
    }

    #[tokio::test(start_paused = true)]
    async fn a_lock_whose_holder_hangs_is_given_up_and_one_whose_holders_come_and_go_is_not() {
        let lock = Arc::new(PacedLock::default());
        let mut in_line = Vec::new();
        for _ in 0..10 {
            let lock = lock.clone();
            in_line.push(tokio::spawn(async move {
                let held = lock.lock(SECOND).await;
                sleep(SECOND / 2).await;
                held.is_some()
            }));
        }
        for one in in_line {
            assert!(one.await.unwrap(), "half a second each, for five seconds");
        }
        let _hangs = lock.lock(SECOND).await;
        assert!(lock.lock(SECOND).await.is_none());
        assert!(lock.is_taken());
    }

    #[tokio::test(start_paused = true)]
    async fn a_deadline_tells_whether_anything_was_sent_by_then() {
        let auth = Auth::Password { username: "u".into(), password: Secret::new("p") };
        let options = Options { deadline_ms: Some(50), ..Options::new("http://h", auth) };
        let expired = |method: Option<Method>| {
            let deadline = Deadline::of(&options).unwrap();
            async move {
                let work = async {
                    if let Some(method) = method {
                        deadline.leaves(method, "/x");
                    }
                    std::future::pending::<Result<()>>().await
                };
                let Err(Error::Expired(expired)) = deadline.bound(call, work).await else {
                    panic!("it went on for ever")
                };
                (expired.stage, expired.is_sent)
            }
        };
        assert_eq!(expired(None).await, (Stage::Session, false));
        assert_eq!(expired(Some(Method::Get)).await, (Stage::Answer, false));
        assert_eq!(expired(Some(Method::Post)).await, (Stage::Answer, true));
        let late = Deadline::of(&options).unwrap();
        sleep(SECOND).await;
        let work = async { unreachable!("it is too late to begin") };
        assert!(timeout(SECOND, late.bound(call, work)).await.unwrap().map(|(): ()| ()).is_err());
    }

    #[test]
    fn a_limit_that_no_clock_reaches_is_no_error() {
        let now = Instant::now();
        assert!(after(now, Duration::from_millis(u64::MAX)) > now);
    }
}
