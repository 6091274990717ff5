//! Having a session: one login for all who need it.
//!
//! Owns which session is in use, the single flight of logins and renewals, and the rules against lock-outs.
//! Must not know: routes, or what the session is used for.

mod cookies;
mod csrf;
mod login;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use super::activity::ActivityLog;
use super::clock::Clock;
use super::error::{Error, Result};
use super::generation::Panel;
use super::line::Line;
use super::options::Auth;
use super::response::Response;
use super::secret::Secret;
use super::session::{Policy, Session, SessionStore, session_key};

/// How long refused credentials are not sent again by calls that only need a session. The panel locks an account
/// out for 15 minutes after 5 refusals within 5; at this pace it never does.
const REFUSAL_PAUSE_MS: u64 = 75_000;

/// Where sessions are kept, and for how long.
#[derive(Clone)]
pub struct Sessions {
    /// The keeper.
    pub store: Arc<dyn SessionStore>,
    /// The rules.
    pub policy: Policy,
}

/// What an explicit login came to.
pub enum LoginOutcome {
    /// The client works with a token and never logs in.
    Token,
    /// A session that is still good was found.
    Restored,
    /// The panel let us in.
    Fresh {
        /// The new session's cookie.
        cookie: Secret,
        /// The panel's answer.
        answer: Response,
    },
}

/// The keeper of one client's session.
pub struct Authenticator {
    state: Mutex<State>,
    sessions: RwLock<Sessions>,
    activity: Arc<ActivityLog>,
    clock: Clock,
    /// Held while a login or a renewal is under way: all others wait here and use its result.
    gate: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    session: Option<Arc<Session>>,
    /// Logins that ended, well or badly. Who waited at the gate compares it with what it was before.
    finished: u64,
    /// The last login's failure, with its number in `finished`.
    failure: Option<(u64, Error)>,
    refusal: Option<Refusal>,
    last_login_ms: Option<u64>,
}

/// Credentials that the panel refused.
struct Refusal {
    username: String,
    password: Secret,
    at_ms: u64,
    error: Error,
}

impl Authenticator {
    /// A keeper without a session.
    pub fn new(sessions: Sessions, activity: Arc<ActivityLog>, clock: Clock) -> Self {
        Self {
            state: Mutex::default(),
            sessions: RwLock::new(sessions),
            activity,
            clock,
            gate: tokio::sync::Mutex::new(()),
        }
    }

    /// The session in use, if there is one, whatever its age.
    pub fn in_use(&self) -> Option<Arc<Session>> {
        self.state().session.clone()
    }

    /// Puts a session in use, or none; what the host sets by hand.
    pub fn put(&self, session: Option<Session>) {
        self.state().session = session.map(Arc::new);
    }

    /// Where sessions are kept.
    pub fn sessions(&self) -> Sessions {
        self.sessions.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps sessions elsewhere from now on. The session in use was of the old place: it is looked up anew.
    pub fn set_sessions(&self, sessions: Sessions) {
        *self.sessions.write().unwrap_or_else(PoisonError::into_inner) = sessions;
        self.put(None);
    }

    /// A session that is good by all that is known here: the one in use, one from the store, or a new login.
    /// `lost` is a session that the panel no longer knows.
    ///
    /// # Errors
    /// Those of a login. Calls that wait for the same login fail with the same error: one attempt, not many.
    pub async fn session(&self, line: &Line, lost: Option<&Arc<Session>>) -> Result<Arc<Session>> {
        if let Some(session) = self.usable(lost) {
            return Ok(session);
        }
        let finished = self.state().finished;
        let _turn = self.gate.lock().await;
        if let Some(session) = self.usable(lost) {
            return Ok(session);
        }
        if let Some(failure) = self.failure_after(finished) {
            return Err(failure);
        }
        if let Some(session) = self.restore(line, lost).await {
            return Ok(session);
        }
        self.check_refusal(line)?;
        self.pause_between_logins(line).await;
        self.log_in(line).await.map(|(session, _)| session)
    }

    /// A login that the caller asked for. Without `force` a session that is still good is enough.
    ///
    /// # Errors
    /// Those of a login.
    pub async fn explicit_login(&self, line: &Line, force: bool) -> Result<LoginOutcome> {
        if matches!(line.options.auth, Auth::Token(_)) {
            return Ok(LoginOutcome::Token);
        }
        let _turn = self.gate.lock().await;
        if !force && (self.usable(None).is_some() || self.restore(line, None).await.is_some()) {
            return Ok(LoginOutcome::Restored);
        }
        let (session, answer) = self.log_in(line).await?;
        Ok(LoginOutcome::Fresh { cookie: session.cookie.clone(), answer })
    }

    /// A session whose CSRF token is newer than that of `stale`.
    ///
    /// # Errors
    /// Those of the transport, and of a login where the panel gives no token any more.
    pub async fn renew_csrf(&self, line: &Line, stale: &Arc<Session>) -> Result<Arc<Session>> {
        let _turn = self.gate.lock().await;
        if let Some(session) = self.in_use().filter(|s| s.csrf != stale.csrf) {
            return Ok(session);
        }
        let Some(fetched) = csrf::fetch(line, Some(&stale.cookie)).await? else {
            return self.log_in(line).await.map(|(session, _)| session);
        };
        let renewed = Session { cookie: fetched.cookie, csrf: Some(fetched.token), ..(**stale).clone() };
        Ok(self.adopt(line, renewed).await)
    }

    /// Remembers what was found out about the panel, with the session.
    pub async fn learn(&self, line: &Line, session: &Arc<Session>, panel: Panel) {
        let _turn = self.gate.lock().await;
        if self.in_use().is_some_and(|s| Arc::ptr_eq(&s, session)) {
            self.adopt(line, Session { panel, ..(**session).clone() }).await;
        }
    }

    /// Whether there is a session that is still good, in use or in the store.
    pub async fn has_session(&self, line: &Line) -> bool {
        if matches!(line.options.auth, Auth::Token(_)) {
            return true;
        }
        self.usable(None).is_some() || self.restore(line, None).await.is_some()
    }

    /// Forgets the session here and in the store.
    ///
    /// # Errors
    /// [`Error::Store`] when the store cannot forget it.
    pub async fn forget(&self, line: &Line) -> Result<()> {
        self.put(None);
        let Auth::Password { username, .. } = &line.options.auth else { return Ok(()) };
        let key = session_key(&line.options.base_url, username);
        self.sessions().store.delete(&key).await
    }

    async fn log_in(&self, line: &Line) -> Result<(Arc<Session>, Response)> {
        let Auth::Password { username, password } = &line.options.auth else {
            return Err(Error::Config("username and password are required to log in".into()));
        };
        let now = self.clock.now_ms();
        if !self.activity.may_log_in(username, now) {
            return self.finish(Err(Error::LoginRateLimited));
        }
        self.put(None);
        self.state().last_login_ms = Some(now);
        let outcome = login::log_in(line, username, password).await;
        let logged_in = match self.finish(outcome) {
            Ok(logged_in) => logged_in,
            Err(error) => {
                if matches!(error, Error::Login { .. }) {
                    self.activity.login_failed(username, self.clock.now_ms());
                    self.state().refusal = Some(Refusal {
                        username: username.clone(),
                        password: password.clone(),
                        at_ms: now,
                        error: error.clone(),
                    });
                }
                return Err(error);
            }
        };
        self.state().refusal = None;
        let panel = Panel { csrf: logged_in.csrf.is_some(), ..Panel::default() };
        let session = Session {
            cookie: logged_in.cookie,
            csrf: logged_in.csrf,
            panel,
            created_ms: self.clock.now_ms(),
        };
        Ok((self.adopt(line, session).await, logged_in.answer))
    }

    /// Counts a login as finished, so that those who waited for it learn how it ended.
    fn finish<T>(&self, outcome: Result<T>) -> Result<T> {
        let mut state = self.state();
        state.finished += 1;
        state.failure = outcome.as_ref().err().map(|error| (state.finished, error.clone()));
        outcome
    }

    /// Puts a session in use and in the store. A store that fails costs other processes a login, and this one
    /// nothing.
    async fn adopt(&self, line: &Line, session: Session) -> Arc<Session> {
        let session = Arc::new(session);
        self.state().session = Some(session.clone());
        if let Auth::Password { username, .. } = &line.options.auth {
            let base = &line.options.base_url;
            let Sessions { store, policy } = self.sessions();
            let kept = session.to_stored(base, username);
            if store.set(&session_key(base, username), kept, policy.ttl_s).await.is_err() {
                self.activity.store_failed(self.clock.now_ms());
            }
        }
        session
    }

    /// Takes a session from the store into use, if it is fresh and not the one that was lost.
    async fn restore(&self, line: &Line, lost: Option<&Arc<Session>>) -> Option<Arc<Session>> {
        let Auth::Password { username, .. } = &line.options.auth else { return None };
        let Sessions { store, policy } = self.sessions();
        let kept = store.get(&session_key(&line.options.base_url, username)).await.ok()??;
        let session = Session::from_stored(&kept)?;
        let lost_too = lost.is_some_and(|lost| lost.cookie == session.cookie);
        if lost_too || !policy.accepts(&session, self.clock.now_ms()) {
            return None;
        }
        let session = Arc::new(session);
        self.state().session = Some(session.clone());
        Some(session)
    }

    fn usable(&self, lost: Option<&Arc<Session>>) -> Option<Arc<Session>> {
        let session = self.in_use()?;
        let lost = lost.is_some_and(|lost| lost.cookie == session.cookie);
        let policy = self.sessions.read().unwrap_or_else(PoisonError::into_inner).policy;
        (!lost && policy.accepts(&session, self.clock.now_ms())).then_some(session)
    }

    fn failure_after(&self, finished: u64) -> Option<Error> {
        self.state().failure.as_ref().filter(|(number, _)| *number > finished).map(|(_, error)| error.clone())
    }

    fn check_refusal(&self, line: &Line) -> Result<()> {
        let Auth::Password { username, password } = &line.options.auth else { return Ok(()) };
        let state = self.state();
        match &state.refusal {
            Some(refusal)
                if refusal.username == *username
                    && refusal.password == *password
                    && self.clock.now_ms().saturating_sub(refusal.at_ms) < REFUSAL_PAUSE_MS =>
            {
                Err(refusal.error.clone())
            }
            _ => Ok(()),
        }
    }

    /// Keeps renewals apart where something ends sessions as fast as they are made.
    async fn pause_between_logins(&self, line: &Line) {
        let Some(last) = self.state().last_login_ms else { return };
        let since = self.clock.now_ms().saturating_sub(last);
        let rest = line.options.login_backoff_ms.saturating_sub(since);
        if rest > 0 {
            tokio::time::sleep(Duration::from_millis(rest)).await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
