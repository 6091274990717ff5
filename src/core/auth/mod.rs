//! Having a session: one login for all who need it.
//!
//! Owns which session is in use, the single flight of logins and renewals, and the rules against lock-outs.
//! Must not know: routes, or what the session is used for.

mod account;
mod attempts;
mod cookies;
mod csrf;
mod gates;
mod host;
mod login;
mod logout;
mod refusals;

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use super::activity::ActivityLog;
use super::clock::Clock;
use super::error::{Error, Result};
use super::flight::{Flight, Turn};
use super::generation::Panel;
use super::line::Line;
use super::options::Auth;
use super::patience::{Expired, LOGIN, Limit, Stage, timeout_of};
use super::request::{Method, Request};
use super::response::Response;
use super::secret::Secret;
use super::session::{Credentials, Policy, ProofKey, Session, SessionStore, Stored, session_key};
use super::transport::named_call;

use account::Account;
use attempts::Attempts;
use host::Host;
pub use host::HostLogin;
use login::Failure;

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
    /// Logins, renewals and logouts happen one at a time; who waits for a login shares its outcome.
    logins: Flight<Attempt>,
    /// The program's own login, if it has one.
    host: Host,
}

#[derive(Default)]
struct State {
    session: Option<Arc<Session>>,
    /// The credentials that it was made with; `None` where it was set by hand.
    made_with: Option<Auth>,
    /// Sessions that were in use before: calls that began with them may still be under way, and what they are answered may
    /// hold them.
    former: VecDeque<Arc<Session>>,
    attempts: Attempts,
    last_login_ms: Option<u64>,
}

/// As many sessions that were in use before are remembered.
const FORMER: usize = 8;

impl State {
    fn replace(&mut self, session: Option<Arc<Session>>, made_with: Option<Auth>) {
        self.made_with = made_with;
        if let Some(former) = std::mem::replace(&mut self.session, session) {
            self.former.truncate(FORMER - 1);
            self.former.push_front(former);
        }
    }
}

/// One login, and whose it was.
#[derive(Clone)]
struct Attempt {
    account: Account,
    outcome: Result<Fresh>,
}

/// What a login brought.
#[derive(Clone)]
struct Fresh {
    session: Arc<Session>,
    answer: Response,
}

impl Authenticator {
    /// A keeper without a session.
    pub fn new(sessions: Sessions, activity: Arc<ActivityLog>, clock: Clock) -> Self {
        Self {
            state: Mutex::default(),
            sessions: RwLock::new(sessions),
            activity,
            clock,
            logins: Flight::default(),
            host: Host::default(),
        }
    }

    /// A CSRF token and the cookie it belongs to, as who is not logged in gets them; `None` where the panel has none.
    ///
    /// # Errors
    /// Those of the transport.
    pub async fn csrf_token(&self, line: &Line) -> Result<Option<(Secret, Secret)>> {
        Ok(csrf::fetch(line, None).await?.map(|found| (found.token, found.cookie)))
    }

    /// The session in use, if there is one, whatever its age.
    pub fn in_use(&self) -> Option<Arc<Session>> {
        self.state().session.clone()
    }

    /// Puts a session in use, or none; what the host sets by hand.
    pub fn put(&self, session: Option<Session>) {
        self.state().replace(session.map(Arc::new), None);
    }

    /// What of the session in use, and of those that were in use before it, must not be shown.
    pub fn secrets(&self) -> Vec<Secret> {
        let state = self.state();
        let sessions = state.session.iter().chain(&state.former);
        sessions
            .flat_map(|session| {
                let values = cookies::values(session.cookie.reveal()).map(Secret::new);
                values.chain([session.cookie.clone()]).chain(session.csrf.clone())
            })
            .collect()
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
        match self.usable(lost) {
            Some(session) => Ok(session),
            // On the heap: seldom needed, and large.
            None => Box::pin(self.find_session(line, lost)).await,
        }
    }

    async fn find_session(&self, line: &Line, lost: Option<&Arc<Session>>) -> Result<Arc<Session>> {
        let turn = match self.turn(line).await {
            Ok(turn) => turn,
            // It has been made, and is only being kept in a store that takes its time.
            Err(stood_still) => return self.usable(lost).ok_or(stood_still),
        };
        if let Some(session) = self.usable(lost) {
            return Ok(session);
        }
        if let Some(Err(failure)) = shared(&turn, line) {
            return Err(failure);
        }
        let mut store = AskedStore::default();
        if let Some(session) = self.restore(line, lost, &mut store).await {
            return Ok(session);
        }
        turn.moved();
        match (self.log_in_for_a_call(&turn, line, lost, &mut store).await, lost) {
            // Its time is over by our own rules, not by the panel's: better than none while no login may be sent.
            (Err(Error::LoginRateLimited), None) => self.in_use().ok_or(Error::LoginRateLimited),
            (Err(failure), Some(lost)) => {
                self.discard(line, lost).await;
                Err(failure)
            }
            (outcome, _) => outcome,
        }
    }

    /// A login that the caller asked for. Without `force` a session that is still good is enough.
    ///
    /// # Errors
    /// Those of a login.
    pub async fn explicit_login(&self, line: &Line, force: bool) -> Result<LoginOutcome> {
        if matches!(line.options.auth, Auth::Token { .. }) {
            return Ok(LoginOutcome::Token);
        }
        // The program's own login, which has the turn, calls ours.
        let turn = if self.host.is_logging_in() { None } else { Some(self.turn(line).await?) };
        if !force && self.usable(None).is_some() && self.is_made_with(&line.options.auth) {
            return Ok(LoginOutcome::Restored);
        }
        let outcome = match turn.as_ref().and_then(|turn| shared(turn, line)) {
            Some(outcome) => outcome,
            None => {
                let mut store = AskedStore::default();
                if !force && self.restore(line, None, &mut store).await.is_some() {
                    return Ok(LoginOutcome::Restored);
                }
                self.log_in(turn.as_ref(), line, &|| turn.iter().for_each(Turn::moved), &mut store).await
            }
        };
        let Fresh { session, answer } = outcome?;
        Ok(LoginOutcome::Fresh { cookie: session.cookie.clone(), answer })
    }

    /// Logins that calls need are made by the program's own login from now on, or by ours again.
    pub fn set_host_login(&self, login: Option<Arc<dyn HostLogin>>) {
        self.host.set(login);
    }

    /// Whether a login of the program's own makes the sessions.
    pub fn has_host_login(&self) -> bool {
        self.host.is_set()
    }

    /// Whether a login, a renewal or a logout is under way.
    pub fn is_busy(&self) -> bool {
        self.logins.is_taken()
    }

    /// Logins in a row that the panel refused.
    pub fn attempts(&self) -> u32 {
        self.state().attempts.count()
    }

    /// Counts from there on; 0 lets calls log in again.
    pub fn set_attempts(&self, line: &Line, count: u32) {
        self.state().attempts.set(count, self.clock.now_ms());
        refusals::forget(&Account::of(line));
    }

    /// A session whose CSRF token is newer than that of `stale`.
    ///
    /// # Errors
    /// Those of the transport, and of a login where the panel does not know the session any more.
    pub async fn renew_csrf(&self, line: &Line, stale: &Arc<Session>) -> Result<Arc<Session>> {
        let turn = self.turn(line).await?;
        if let Some(session) = self.in_use().filter(|s| s.csrf != stale.csrf) {
            return Ok(session);
        }
        match csrf::fetch(line, Some(&stale.cookie)).await? {
            Some(fetched) if !fetched.of_new_session => {
                let renewed =
                    Session { cookie: fetched.cookie, csrf: Some(fetched.token), ..(**stale).clone() };
                Ok(self.adopt(line, renewed, &mut AskedStore::default()).await)
            }
            _ => self.log_in_for_a_call(&turn, line, Some(stale), &mut AskedStore::default()).await,
        }
    }

    /// Remembers what was found out about the panel, with the session.
    pub async fn learn(&self, line: &Line, session: &Arc<Session>, panel: Panel) {
        // What is not remembered is found out again.
        let Ok(_turn) = self.turn(line).await else { return };
        if self.in_use().is_some_and(|s| Arc::ptr_eq(&s, session)) {
            let session = Session { panel, ..(**session).clone() };
            self.adopt(line, session, &mut AskedStore::default()).await;
        }
    }

    /// Whether there is a session that is still good, in use or in the store.
    pub async fn has_session(&self, line: &Line) -> bool {
        if matches!(line.options.auth, Auth::Token { .. }) {
            return true;
        }
        self.usable(None).is_some() || self.restore(line, None, &mut AskedStore::default()).await.is_some()
    }

    /// Ends the session in use, or the one in the store: forgotten here first, so that no call begins with it any
    /// more, then on the panel. Waits for a login under way, and never logs in for it.
    ///
    /// # Errors
    /// [`Error::Store`] when the store cannot forget it; a panel that cannot be reached is no error.
    pub async fn log_out(&self, line: &Line) -> Result<()> {
        if matches!(line.options.auth, Auth::Token { .. }) {
            return Ok(());
        }
        let _turn = self.turn(line).await?;
        let session = match self.in_use() {
            Some(session) => Some(session),
            None => self.restore(line, None, &mut AskedStore::default()).await,
        };
        self.put(None);
        let forgotten = self.forget_kept(line).await;
        if let Some(session) = session {
            logout::log_out(line, &session).await;
        }
        forgotten
    }

    /// A login for a call that needs a session, in the place of `lost` if it had one: not with credentials that were
    /// just refused, not more often than the client is set to try, and not at once after the last one.
    async fn log_in_for_a_call(
        &self,
        turn: &Turn<'_, Attempt>,
        line: &Line,
        lost: Option<&Arc<Session>>,
        store: &mut AskedStore,
    ) -> Result<Arc<Session>> {
        // One at a time for an account, whichever client asks: the others find the session that it brought, or the refusal.
        let gate = gates::of(&Account::of(line));
        let alone = gate.lock(timeout_of(&line.options)).await.ok_or_else(|| stood_still(line))?;
        let moved = || {
            alone.moved();
            turn.moved();
        };
        moved();
        self.may_try(line, lost.is_some())?;
        if let Some(session) = self.restore(line, lost, store).await {
            return Ok(session);
        }
        self.pause_between_logins(line).await;
        moved();
        match self.host.get() {
            None => self.log_in(Some(turn), line, &moved, store).await.map(|fresh| fresh.session),
            Some(host) => self.log_in_by(host, turn, line, lost).await,
        }
    }

    fn may_try(&self, line: &Line, is_renewal: bool) -> Result<()> {
        let now = self.clock.now_ms();
        if let Some(refusal) = refusals::of(&Account::of(line), now) {
            return Err(refusal);
        }
        let may = self.state().attempts.may_try(line.options.max_login_retries, is_renewal, now);
        if may { Ok(()) } else { Err(Error::LoginRetriesSpent) }
    }

    async fn log_in(
        &self,
        turn: Option<&Turn<'_, Attempt>>,
        line: &Line,
        moved: &(dyn Fn() + Sync),
        store: &mut AskedStore,
    ) -> Result<Fresh> {
        let account = Account::of(line);
        let outcome = self.attempt(line, &account, moved, store).await;
        if let Some(turn) = turn {
            turn.end(Attempt { account, outcome: outcome.clone() });
        }
        outcome
    }

    /// Lets the program's own login make the session. One that makes none, as a stand-in in a test does, is taken at
    /// its word: calls go out without a session.
    async fn log_in_by(
        &self,
        host: Arc<dyn HostLogin>,
        turn: &Turn<'_, Attempt>,
        line: &Line,
        lost: Option<&Arc<Session>>,
    ) -> Result<Arc<Session>> {
        if let Err(thrown) = self.host.log_in(host.as_ref(), &line.caller, lost.is_some()).await {
            turn.end(Attempt { account: Account::of(line), outcome: Err(thrown.clone()) });
            return Err(thrown);
        }
        Ok(self.usable(lost).unwrap_or_else(|| Arc::new(Session::none(self.clock.now_ms()))))
    }

    async fn attempt(
        &self,
        line: &Line,
        account: &Account,
        moved: &(dyn Fn() + Sync),
        store: &mut AskedStore,
    ) -> Result<Fresh> {
        let Auth::Password { username, password } = &line.options.auth else {
            return Err(Error::Config("username and password are required to log in".into()));
        };
        if !self.activity.may_log_in(username, self.clock.now_ms()) {
            return Err(Error::LoginRateLimited);
        }
        self.put(None);
        let sending = || {
            moved();
            let now = self.clock.now_ms();
            self.activity.login_sent(username, now);
            self.state().last_login_ms = Some(now);
        };
        let logged_in = match login::log_in(line, username, password, sending).await {
            Ok(logged_in) => logged_in,
            Err(Failure::Failed(error)) => return Err(error),
            Err(Failure::Refused(error)) => {
                let now = self.clock.now_ms();
                self.activity.login_failed(username, now);
                refusals::note(account, &error, now);
                self.state().attempts.add(now);
                return Err(error);
            }
        };
        moved();
        self.set_attempts(line, 0);
        self.activity.logged_in();
        let panel = Panel::seen(logged_in.csrf.is_some());
        let session = Session {
            cookie: logged_in.cookie,
            csrf: logged_in.csrf,
            panel,
            created_ms: self.clock.now_ms(),
        };
        Ok(Fresh { session: self.adopt(line, session, store).await, answer: logged_in.answer })
    }

    /// Takes a session out of use that the panel has lost and that could not be replaced: it is of no use to anybody.
    async fn discard(&self, line: &Line, lost: &Session) {
        if self.in_use().is_some_and(|session| session.cookie == lost.cookie) {
            self.put(None);
        }
        if self.kept(line).await.ok().flatten().is_some_and(|session| session.cookie == lost.cookie) {
            // A store that cannot forget costs the next call one request more.
            let _ = self.forget_kept(line).await;
        }
    }

    /// Puts a session in use and in the store. A store that fails costs other processes a login, and this one
    /// nothing; one that did not answer a moment ago is not asked to keep it.
    async fn adopt(&self, line: &Line, session: Session, asked: &mut AskedStore) -> Arc<Session> {
        let session = Arc::new(session);
        self.state().replace(Some(session.clone()), Some(line.options.auth.clone()));
        if let Some(of) = credentials_of(line) {
            let Sessions { store, policy } = self.sessions();
            let is_kept = !asked.is_silent && {
                let kept = Stored::text(&session, of, proof_key(store.as_ref(), of).await.as_ref());
                let key = session_key(of.base_url, of.username);
                in_time(line, store.set(&line.caller, &key, kept, policy.ttl_s)).await.is_ok()
            };
            if !is_kept {
                self.activity.store_failed(self.clock.now_ms());
            }
        }
        session
    }

    /// Takes a session from the store into use, if it is fresh and not the one that was lost. A store that did not answer is
    /// not asked again for the same call: each time takes as long as a request may.
    async fn restore(
        &self,
        line: &Line,
        lost: Option<&Arc<Session>>,
        store: &mut AskedStore,
    ) -> Option<Arc<Session>> {
        if store.is_silent {
            return None;
        }
        let kept = self.kept(line).await;
        store.is_silent = kept.as_ref().is_err_and(|failure| failure.is_late);
        let session = kept.ok()??;
        let lost_too = lost.is_some_and(|lost| lost.cookie == session.cookie);
        if lost_too || !self.sessions().policy.accepts(&session, self.clock.now_ms()) {
            return None;
        }
        let session = Arc::new(session);
        self.state().replace(Some(session.clone()), Some(line.options.auth.clone()));
        Some(session)
    }

    /// The session that the store keeps for these credentials: one of another user or panel, or made with another password, is
    /// none.
    async fn kept(&self, line: &Line) -> Result<Option<Session>, StoreFailure> {
        let (Some(key), Some(of)) = (key_of(line), credentials_of(line)) else { return Ok(None) };
        let Sessions { store, .. } = self.sessions();
        let kept = in_time(line, store.get(&line.caller, &key)).await?;
        let Some(stored) = kept.as_deref().and_then(Stored::read) else { return Ok(None) };
        let key = if stored.has_proof() { proof_key(store.as_ref(), of).await } else { None };
        Ok(stored.session_of(of, key.as_ref()))
    }

    async fn forget_kept(&self, line: &Line) -> Result<()> {
        let Some(key) = key_of(line) else { return Ok(()) };
        let Sessions { store, .. } = self.sessions();
        in_time(line, store.delete(&line.caller, &key)).await.map_err(|failure| failure.error)
    }

    /// Whether the session in use is not one of other credentials, by all that is known.
    fn is_made_with(&self, auth: &Auth) -> bool {
        self.state().made_with.as_ref().is_none_or(|made_with| made_with == auth)
    }

    fn usable(&self, lost: Option<&Arc<Session>>) -> Option<Arc<Session>> {
        let session = self.in_use().filter(|session| !session.cookie.reveal().is_empty())?;
        let lost = lost.is_some_and(|lost| lost.cookie == session.cookie);
        let policy = self.sessions.read().unwrap_or_else(PoisonError::into_inner).policy;
        (!lost && policy.accepts(&session, self.clock.now_ms())).then_some(session)
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

    /// The turn to log in, to renew or to log out.
    async fn turn(&self, line: &Line) -> Result<Turn<'_, Attempt>> {
        self.logins.turn(timeout_of(&line.options)).await.ok_or_else(|| stood_still(line))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one call knows of the store.
#[derive(Default)]
struct AskedStore {
    /// It was asked and has not answered.
    is_silent: bool,
}

/// What came of a store that was asked in vain.
struct StoreFailure {
    error: Error,
    /// It has said nothing at all.
    is_late: bool,
}

/// Somebody else's login has hung for as long as a request may take.
fn stood_still(line: &Line) -> Error {
    let call = named_call(&line.options.base_url, Method::Post, LOGIN);
    let limit = Limit::Timeout(line.options.timeout_ms);
    Expired { call, limit, stage: Stage::Login, is_sent: false }.into()
}

/// How the login ended that was under way while this turn was waited for, if it was for the same account.
fn shared(turn: &Turn<'_, Attempt>, line: &Line) -> Option<Result<Fresh>> {
    turn.meanwhile().filter(|attempt| attempt.account == Account::of(line)).map(|attempt| attempt.outcome)
}

/// What a store does, if it does it within the time limit of a request: one whose server is gone may wait for it without
/// an end, as Redis connections do, and all calls would wait with it.
async fn in_time<T>(line: &Line, done: impl Future<Output = Result<T>>) -> Result<T, StoreFailure> {
    let limit_ms = line.options.timeout_ms;
    match tokio::time::timeout(Duration::from_millis(limit_ms), done).await {
        Ok(outcome) => outcome.map_err(|error| StoreFailure { error, is_late: false }),
        Err(_) => {
            let error = Error::Store(format!("The session store did not answer within {limit_ms} ms"));
            Err(StoreFailure { error, is_late: true })
        }
    }
}

/// What a stored session has to have been made with; clients with a token keep none.
fn credentials_of(line: &Line) -> Option<Credentials<'_>> {
    match &line.options.auth {
        Auth::Password { username, password } => {
            Some(Credentials { base_url: &line.options.base_url, username, password })
        }
        Auth::Token { .. } => None,
    }
}

/// What signs sessions in this store. Made on a thread of its own, as that takes longer than others should wait.
async fn proof_key(store: &dyn SessionStore, of: Credentials<'_>) -> Option<ProofKey> {
    if store.is_within_process() {
        return Some(ProofKey::of_process(of));
    }
    if ProofKey::is_known(of) {
        return Some(ProofKey::stretched(of));
    }
    let (base_url, username, password) =
        (of.base_url.to_owned(), of.username.to_owned(), of.password.clone());
    let stretched = move || {
        ProofKey::stretched(Credentials { base_url: &base_url, username: &username, password: &password })
    };
    tokio::task::spawn_blocking(stretched).await.ok()
}

/// Where the store keeps this account's session; clients with a token have none.
fn key_of(line: &Line) -> Option<String> {
    match &line.options.auth {
        Auth::Password { username, .. } => Some(session_key(&line.options.base_url, username)),
        Auth::Token { .. } => None,
    }
}

/// The request with what a session adds to it.
pub fn with_session(request: Request, session: &Session) -> Request {
    let safe = request.method.is_safe();
    let cookie = session.cookie.reveal();
    let request = if cookie.is_empty() { request } else { request.with_header("Cookie", cookie) };
    match &session.csrf {
        Some(token) if !safe => request.with_header("X-CSRF-Token", token.reveal()),
        _ => request,
    }
}
