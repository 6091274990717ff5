//! A client of one panel: from a request in the original library's terms to the panel's answer.
//!
//! Owns the way of one call: session, generation, send, judge, recover once. Must not know: what a recipe does
//! (`generation`), how a login goes (`auth`), or any programming language but its own.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use super::absent::{Absent, Suspicion};
use super::activity::ActivityLog;
use super::auth::{Authenticator, LoginOutcome, Sessions, with_session};
use super::barred::BarredRoutes;
use super::caller::Caller;
use super::clock::Clock;
use super::error::{Applied, Call, Error, Result};
use super::events;
use super::flight::Flight;
use super::generation::{self, Isolation, Panel, Way};
use super::judge::{self, Verdict};
use super::known_inbounds::KnownInbounds;
use super::line::Line;
use super::options::{Auth, Options};
use super::patience::{Deadline, Expired, LOGIN, Limit, Stage, timeout_of};
use super::redact::{Redacted, Redactor};
use super::request::{Method, Request};
use super::response::Response;
use super::routes::{self, Matched, Route};
use super::same_way::BatchKey;
use super::secret::Secret;
use super::session::Session;
use super::transport::{Transport, call_of, is_elsewhere, named_call};
use super::writes::{
    self, Calling, Creation, Departure, Gathered, Order, Over, Party, Queue, Several, Ticket, Turn, Write,
};
use tokio::time::timeout_at;

/// As many settings that were in force before are remembered.
const FORMER: usize = 4;

/// What recipes need of a client: a request to the panel just as it is, with the session seen to.
pub trait Deliver: Sync {
    /// Sends one request, renewing the session if need be; returns successful answers only.
    fn deliver(&self, request: Request) -> impl Future<Output = Result<Response>> + Send;

    /// What is known about the panel.
    fn panel(&self) -> Panel;

    /// One of the panel's pages, as its user sees it who is logged in; the login page is anybody's. `None` for a client
    /// with a token, which sees no pages.
    fn page(&self, path: &str) -> impl Future<Output = Result<Option<Response>>> + Send;

    /// Whether the client works with a token, for which a panel has its API only.
    fn has_token(&self) -> bool;

    /// The panel's base URL, for messages.
    fn base_url(&self) -> String;

    /// Whether a batch route was found to be barred; see [`super::barred`].
    fn is_barred(&self, route: Route) -> bool;

    /// A batch route is barred.
    fn bar(&self, route: Route);

    /// The time in milliseconds since 1970.
    fn now_ms(&self) -> u64;
}

/// A client of one panel and one account. Cloning it is cheap and shares everything.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    /// Whose calls are made by it.
    caller: Caller,
    /// The end of all that this call may take, where it is for one that has begun.
    deadline: Option<Arc<Deadline>>,
}

struct Inner {
    transport: Arc<dyn Transport>,
    options: RwLock<Arc<Options>>,
    /// Settings that were in force before: calls that began with them may still be under way, with other credentials.
    former: RwLock<VecDeque<Arc<Options>>>,
    auth: Authenticator,
    activity: Arc<ActivityLog>,
    clock: Clock,
    /// What was found out about the panel by a client that works with a token and so has no session to keep it.
    token_panel: RwLock<Option<Panel>>,
    /// Asking the panel for its version happens once, however many calls wait for the answer.
    probes: Flight<Result<Panel>>,
    inbounds: KnownInbounds,
    absent: Absent,
    barred: BarredRoutes,
}

/// One call with what was known about the panel when it began: a session that is renewed meanwhile knows less, and a
/// recipe must not change its mind half-way.
struct Visit<'a> {
    client: &'a Client,
    panel: Panel,
    /// Where it is a write that others may wait for.
    order: Option<&'a Order>,
}

impl Client {
    /// A client that has made no contact yet.
    pub fn new(
        transport: Arc<dyn Transport>,
        options: Options,
        sessions: Sessions,
        activity: Arc<ActivityLog>,
        clock: Clock,
    ) -> Self {
        let auth = Authenticator::new(sessions, activity.clone(), clock.clone());
        Self {
            inner: Arc::new(Inner {
                transport,
                options: RwLock::new(Arc::new(options)),
                former: RwLock::default(),
                auth,
                activity,
                clock,
                token_panel: RwLock::default(),
                probes: Flight::default(),
                inbounds: KnownInbounds::default(),
                absent: Absent::default(),
                barred: BarredRoutes::default(),
            }),
            caller: Caller::default(),
            deadline: None,
        }
    }

    /// The same client for the calls of this caller.
    pub fn called_by(&self, caller: Caller) -> Self {
        Self { inner: self.inner.clone(), caller, deadline: self.deadline.clone() }
    }

    /// Whose calls are made by it.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The settings in force.
    pub fn options(&self) -> Arc<Options> {
        self.inner.options.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes settings for all calls from now on.
    pub fn configure(&self, change: impl FnOnce(&mut Options)) {
        let mut held = self.inner.options.write().unwrap_or_else(PoisonError::into_inner);
        let before = held.clone();
        change(Arc::make_mut(&mut held));
        if before.base_url != held.base_url {
            // What was found out about the one panel is not so of the other.
            *self.inner.token_panel.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
        if before.auth != held.auth || before.base_url != held.base_url {
            let mut former = self.inner.former.write().unwrap_or_else(PoisonError::into_inner);
            former.truncate(FORMER - 1);
            former.push_front(before);
        }
    }

    /// The keeper of this client's session.
    pub fn auth(&self) -> &Authenticator {
        &self.inner.auth
    }

    /// What its inbounds are known to be like.
    pub fn inbounds(&self) -> &KnownInbounds {
        &self.inner.inbounds
    }

    /// What has happened so far.
    pub fn activity(&self) -> &Arc<ActivityLog> {
        &self.inner.activity
    }

    /// Logs in because the caller asks for it; see [`Authenticator::explicit_login`].
    ///
    /// # Errors
    /// Those of a login.
    pub async fn login(&self, force: bool) -> Result<LoginOutcome, Redacted> {
        let work =
            |client: Self| async move { client.inner.auth.explicit_login(&client.line(), force).await };
        self.bounded(Method::Post, LOGIN, work).await.map_err(|error| self.redact(error))
    }

    /// Counts refused logins from there on; 0 lets calls log in again, also with credentials that were just refused.
    pub fn set_login_attempts(&self, count: u32) {
        self.inner.auth.set_attempts(&self.line(), count);
    }

    /// Sees to a session for the calls that are to come, by the rules of a call: credentials that the panel has just
    /// refused are not sent again. A client with a token needs none.
    ///
    /// # Errors
    /// Those of a login.
    pub async fn ensure_session(&self) -> Result<(), Redacted> {
        let work = |client: Self| async move { client.known_panel().await.map(drop) };
        self.bounded(Method::Post, LOGIN, work).await.map_err(|error| self.redact(error))
    }

    /// A CSRF token for a login, and its cookie; see [`Authenticator::csrf_token`].
    ///
    /// # Errors
    /// Those of the transport.
    pub async fn csrf_token(&self) -> Result<Option<(Secret, Secret)>, Redacted> {
        let work = |client: Self| async move { client.inner.auth.csrf_token(&client.line()).await };
        self.bounded(Method::Get, "/csrf-token", work).await.map_err(|error| self.redact(error))
    }

    /// Ends the session on the panel and forgets it; see [`Authenticator::log_out`].
    ///
    /// # Errors
    /// [`Error::Store`] when the session cannot be forgotten; a panel that cannot be reached is no error.
    pub async fn logout(&self) -> Result<(), Redacted> {
        let work = |client: Self| async move { client.inner.auth.log_out(&client.line()).await };
        self.bounded(Method::Post, "/logout", work).await.map_err(|error| self.redact(error))
    }

    /// Whether calls can be made without logging in first.
    pub async fn is_session_valid(&self) -> bool {
        let work = |client: Self| async move { Ok(client.inner.auth.has_session(&client.line()).await) };
        self.bounded(Method::Get, "/", work).await.unwrap_or(false)
    }

    /// Makes one call, whatever the panel's version: by the panel's own route, by a recipe, or with a clear
    /// error where neither exists.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn execute(&self, request: Request) -> Result<Response, Redacted> {
        match self.begin(&request, None)? {
            Some(place) => self.execute_in_turn(request, place).await,
            None => self.execute_at_once(request).await,
        }
    }

    /// A place among the writes of the panel, by the order in which this is called, or the one that was reserved;
    /// `None` for a request that writes nothing which others could meet.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub fn begin(&self, request: &Request, reserved: Option<Ticket>) -> Result<Option<Ticket>> {
        let Some(write) = self.write_of(request) else { return Ok(None) };
        self.take_place(write, reserved).map(Some)
    }

    /// The same for what is known to write this.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub fn take_place(&self, mut write: Write, reserved: Option<Ticket>) -> Result<Ticket> {
        if matches!(write.several, Some(Several::Switch { .. })) && !self.panel().switches_several() {
            write.several = None;
        }
        let batch_route =
            write.several.as_ref().and_then(|work| generation::batch_route(&self.panel(), work));
        if batch_route.is_some_and(|route| self.is_barred(route)) {
            write.several = None;
        }
        let options = self.options();
        let account = self.account_for(&write, &options);
        match reserved {
            Some(mut place) => {
                place.settle(write, account);
                Ok(place)
            }
            None => {
                let place = self.order(&options).join(write, account, options.max_queue)?;
                Ok(place.until(Deadline::of(&options)))
            }
        }
    }

    /// More calls are about to be made, until this is let go; see [`Order::calling`].
    pub fn calling(&self) -> Calling {
        self.order(&self.options()).calling()
    }

    /// A place for a request like this one, which the program's own code is still working out; `None` for one that needs
    /// none.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub fn reserve(&self, request: &Request) -> Result<Option<Ticket>> {
        self.write_of(request).map(|write| self.reserve_for(write, None)).transpose()
    }

    /// A place for something that writes about this: in a party, for what is worked out here.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub fn reserve_for(&self, write: Write, party: Option<&mut Party>) -> Result<Ticket> {
        let options = self.options();
        let order = self.order(&options);
        let place = match party {
            Some(party) => order.reserve_in(party, write, options.max_queue),
            None => order.reserve(write, options.max_queue),
        }?;
        Ok(place.until(Deadline::of(&options)))
    }

    /// Waits for the turn of a reserved place, for a request like this.
    ///
    /// # Errors
    /// [`Error::Expired`].
    pub async fn wait_at(&self, place: &mut Ticket, request: &Request) -> Result<()> {
        let options = self.options();
        match place.turn(options.timeout_ms).await {
            Turn::Over(over) => Err(expired(call_of(&options.base_url, request), over)),
            Turn::Lead(_) | Turn::Served(_) => Ok(()),
        }
    }

    /// Makes a reserved place one for a request like this.
    pub fn settle(&self, place: &mut Ticket, request: &Request) {
        if let Some(write) = self.write_of(request) {
            place.settle(write, None);
        }
    }

    /// What a request writes. One that is not of the table may write anything, which matters where the panel bears no two
    /// writes at once.
    fn write_of(&self, request: &Request) -> Option<Write> {
        let mut write = match routes::find(request.method, &request.path) {
            Some(matched) => writes::write_of(&matched, request),
            None if self.panel().isolation() == Some(Isolation::Client) => None,
            None => writes::write_of_unknown(request),
        }?;
        // One with headers of its own leaves by itself: the request of a batch would not have them.
        write.several.take_if(|_| !request.headers.is_empty());
        Some(write)
    }

    /// Whose work it is, where it may be done together with others.
    fn account_for(&self, write: &Write, options: &Arc<Options>) -> Option<BatchKey> {
        write.several.as_ref().and_then(|_| self.common_account(options))
    }

    fn common_account(&self, options: &Arc<Options>) -> Option<BatchKey> {
        let is_common = !options.own_routes_first && self.inner.transport.is_common(&self.caller);
        let own_login_of = || self.inner.auth.has_host_login().then(|| Arc::as_ptr(&self.inner).addr());
        is_common.then(|| BatchKey::of(options, own_login_of()))
    }

    /// Makes one call that needs no place.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn execute_at_once(&self, request: Request) -> Result<Response, Redacted> {
        self.inner.activity.request_sent(self.inner.clock.now_ms());
        let outcome = match self.begins() {
            None => self.perform(request).await,
            // On the heap: few have one.
            Some(deadline) => {
                let client = self.until(&deadline);
                let call = call_of(&self.options().base_url, &request);
                Box::pin(deadline.bound(|| call, client.perform(request))).await
            }
        };
        outcome.map_err(|error| self.redact(error))
    }

    /// Makes one call in its turn. Until that comes, little is held: many may wait.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn execute_in_turn(&self, request: Request, place: Ticket) -> Result<Response, Redacted> {
        self.inner.activity.request_sent(self.inner.clock.now_ms());
        self.perform_in_turn(request, place).await.map_err(|error| self.redact(error))
    }

    /// Makes reserved places ones for these clients. The request of one is written only if it leaves by itself.
    pub fn complete<'a>(&self, clients: impl Iterator<Item = (&'a Ticket, &'a Arc<Creation>)>) {
        let account = self.common_account(&self.options());
        for (place, creation) in clients {
            self.inner.activity.request_sent(self.inner.clock.now_ms());
            place.complete(Several::Create(creation.clone()), account.clone());
        }
    }

    /// Makes a client whose turn has come, and those of others with it.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn lead(
        &self,
        creation: &Arc<Creation>,
        place: Ticket,
        others: Vec<Gathered>,
    ) -> Result<Response> {
        let work = Several::Create(creation.clone());
        let request = generation::request_of(&work);
        let matched = routes::find(request.method, &request.path).ok_or(Error::Abandoned)?;
        self.make_in_turn(&matched, request, Some(work), place, others).await
    }

    /// The error of a client's caller who has waited for long enough.
    pub fn waited_enough(&self, over: Over) -> Error {
        expired(call_of(&self.options().base_url, &Route::ClientAdd.request(&[])), over)
    }

    /// What a client's caller is told of how its making ended.
    ///
    /// # Errors
    /// As it ended, without what only this client may know.
    pub fn told_of(&self, creation: &Creation, outcome: Result<Response>) -> Result<Response, Redacted> {
        let answer = outcome.map_err(|error| self.redact(error))?;
        Ok(self.told(Route::ClientAdd, || events::subject_of(creation), answer))
    }

    /// How many writes wait for this panel, and how many are under way: those of all clients of this process.
    pub fn queue(&self) -> Queue {
        self.order(&self.options()).queue()
    }

    async fn perform(&self, request: Request) -> Result<Response> {
        let Some(matched) = routes::find(request.method, &request.path) else {
            let changes_nothing = request.method.is_safe();
            let outcome = self.deliver(request).await;
            return if changes_nothing { outcome } else { outcome.map_err(generation::told_of) };
        };
        let kept = matched.route.row().event.map(|_| request.clone());
        let outcome = if self.options().own_routes_first {
            Box::pin(self.make_by_own_route(&matched, request)).await
        } else {
            self.make(&matched, request, None).await
        };
        let answer = match outcome {
            Err(error) if !matched.route.row().is_read() => return Err(generation::told_of(error)),
            outcome => outcome?,
        };
        let subject = || kept.map(|request| events::subject(&matched, &request)).unwrap_or_default();
        Ok(self.told(matched.route, subject, answer))
    }

    async fn perform_in_turn(&self, request: Request, mut place: Ticket) -> Result<Response> {
        let options = self.options();
        let others = match place.turn(options.timeout_ms).await {
            Turn::Lead(others) => others,
            Turn::Over(over) => return Err(expired(call_of(&options.base_url, &request), over)),
            Turn::Served(outcome) => {
                return outcome.map(|answer| self.told_of_request(&request, answer));
            }
        };
        drop(options);
        let Some(matched) = routes::find(request.method, &request.path) else {
            // Not of the table, so never done together with others.
            return Box::pin(self.deliver_in_time(request, &place)).await.map_err(generation::told_of);
        };
        let own = writes::write_of(&matched, &request).and_then(|write| write.several);
        let answer = Box::pin(self.make_in_turn(&matched, request.clone(), own, place, others)).await?;
        Ok(self.told(matched.route, || events::subject(&matched, &request), answer))
    }

    async fn deliver_in_time(&self, request: Request, place: &Ticket) -> Result<Response> {
        let Some(deadline) = place.deadline() else { return self.deliver(request).await };
        let (client, call) = (self.until(deadline), call_of(&self.options().base_url, &request));
        deadline.bound(|| call, client.deliver(request)).await
    }

    fn told_of_request(&self, request: &Request, answer: Response) -> Response {
        match routes::find(request.method, &request.path) {
            Some(matched) => self.told(matched.route, || events::subject(&matched, request), answer),
            None => answer,
        }
    }

    /// The answer as the caller is told it, once what it says has been noted.
    fn told(&self, route: Route, subject: impl FnOnce() -> String, answer: Response) -> Response {
        if let Some(event) = route.row().event
            && answer.says_success()
        {
            self.inner.activity.panel_event(event, &subject(), self.inner.clock.now_ms());
        }
        if route.row().changes_inbounds() {
            self.inner.inbounds.clear();
        }
        let normalize = self.options().normalize;
        if normalize { generation::normalized(route, answer) } else { answer }
    }

    /// The call when its turn has come, and the clients of others with it.
    async fn make_in_turn(
        &self,
        matched: &Matched,
        request: Request,
        own: Option<Several>,
        place: Ticket,
        others: Vec<Gathered>,
    ) -> Result<Response> {
        let call = || call_of(&self.options().base_url, &request);
        match (own, place.deadline().cloned()) {
            (Some(work), _) if !others.is_empty() => {
                let call = call();
                Box::pin(self.lead_batch(matched.route, work, place, others, call)).await
            }
            (_, None) => self.make_alone(matched, &request, &place).await,
            (_, Some(deadline)) => {
                let client = self.until(&deadline);
                Box::pin(deadline.bound(call, client.make_alone(matched, &request, &place))).await
            }
        }
    }

    /// The same by itself; who waits for the same panel may learn from it what it is. One that tries its own route first does
    /// not look.
    async fn make_alone(&self, matched: &Matched, request: &Request, place: &Ticket) -> Result<Response> {
        if self.options().own_routes_first {
            return self.make_by_own_route(matched, request.clone()).await.map_err(generation::told_of);
        }
        let not_made = |error: Error| error.with_applied(Applied::No);
        let panel = self.panel_for(matched.route).await.map_err(not_made)?;
        place.found(panel.isolation());
        let order = Some(place.order().as_ref());
        let outcome = self.make(matched, request.clone(), order).await;
        let visit = Visit { client: self, panel, order };
        Box::pin(generation::settled(&visit, request, outcome, false)).await
    }

    /// Makes the clients of several callers. That goes on where the one who leads has gone away: it is theirs as well.
    async fn lead_batch(
        &self,
        route: Route,
        work: Several,
        place: Ticket,
        others: Vec<Gathered>,
        call: Call,
    ) -> Result<Response> {
        let (deadline, owner) = (place.deadline().cloned(), place.owner());
        let client = self.clone();
        let batch = tokio::spawn(async move { client.make_batch(route, work, place, others).await });
        let joined = match &deadline {
            None => batch.await,
            Some(deadline) => match timeout_at(deadline.at(), batch).await {
                Ok(joined) => joined,
                Err(_) => return Err(expired(call, owner.give_up(deadline))),
            },
        };
        joined.unwrap_or(Err(Error::Abandoned))
    }

    async fn make_batch(
        self,
        route: Route,
        work: Several,
        mut place: Ticket,
        others: Vec<Gathered>,
    ) -> Result<Response> {
        let panel = match self.panel_for(route).await {
            Ok(panel) => panel,
            // Nothing has been sent for anybody: a login that fails, or a panel that is away, is the answer to all.
            Err(error) => {
                let error = error.with_applied(Applied::No);
                place.leave();
                others
                    .into_iter()
                    .for_each(|other| other.serve(Err(self.redact(error.clone()).into_error())));
                return Err(error);
            }
        };
        place.found(panel.isolation());
        let key = self.common_account(&self.options());
        let Departure { own, others } = place.depart(others, key.as_ref());
        let order = place.order().clone();
        let visit = Visit { client: &self, panel, order: Some(&order) };
        let works: Vec<Several> =
            own.then_some(work).into_iter().chain(others.iter().map(|other| other.work.clone())).collect();
        let mut outcomes = Box::pin(generation::settle(&visit, &works)).await.into_iter();
        let first = if own { outcomes.next() } else { None };
        // Those who wait for this may begin before those who were served are told, who may be many.
        place.leave();
        for (other, outcome) in others.into_iter().zip(outcomes) {
            other.serve(outcome.map_err(|error| self.redact(error).into_error()));
        }
        first.unwrap_or(Err(Error::Abandoned))
    }

    /// Does something for a caller, as long as the deadline of that allows.
    async fn bounded<T, F: Future<Output = Result<T>>>(
        &self,
        method: Method,
        path: &str,
        work: impl FnOnce(Self) -> F,
    ) -> Result<T> {
        let Some(deadline) = self.begins() else { return work(self.clone()).await };
        let call = || named_call(&self.options().base_url, method, path);
        deadline.bound(call, Box::pin(work(self.until(&deadline)))).await
    }

    /// The deadline of a call that begins now; `None` also for one that is a part of another.
    fn begins(&self) -> Option<Arc<Deadline>> {
        if self.deadline.is_some() { None } else { Deadline::of(&self.options()) }
    }

    /// The same client for one call.
    fn until(&self, deadline: &Arc<Deadline>) -> Self {
        Self { deadline: Some(deadline.clone()), ..self.clone() }
    }

    /// The call by its own route, whatever the panel is; as the panel can only where that is not there. Where neither
    /// works, the first answer is the one that the caller knows how to read.
    async fn make_by_own_route(&self, matched: &Matched, request: Request) -> Result<Response> {
        let visit = Visit { client: self, panel: self.known_panel().await?, order: None };
        match generation::by_own_route(&visit, matched, request.clone()).await {
            Err(Error::Status { call, response }) if response.status == 404 => {
                self.make(matched, request, None).await.or(Err(Error::Status { call, response }))
            }
            outcome => outcome,
        }
    }

    /// Makes a call in the panel's way. Where a route is gone that should be there, the panel is not what it was taken
    /// for, as after an upgrade: it is asked anew, and the call made once more if it has another way now.
    async fn make(&self, matched: &Matched, request: Request, order: Option<&Order>) -> Result<Response> {
        let route = matched.route;
        let known = self.panel_for(route).await?;
        let visit = Visit { client: self, panel: known.clone(), order };
        let outcome = generation::call(&visit, matched, request.clone()).await;
        let Inner { absent, clock, .. } = &*self.inner;
        if !generation::is_missing(&known, route, &outcome)
            || absent.is_known(Suspicion::OtherPanel, &request, &known, clock.now_ms())
        {
            return outcome;
        }
        let Ok(fresh) = Box::pin(self.probe_anew(&known)).await else { return outcome };
        let same_way = generation::way(&fresh, route) == generation::way(&known, route);
        if same_way && generation::way(&fresh, route) != Way::Unknown {
            absent.note(Suspicion::OtherPanel, &request, &fresh, clock.now_ms());
        }
        let visit = Visit { client: self, panel: fresh.clone(), order };
        let outcome = if same_way {
            outcome
        } else {
            Box::pin(generation::call(&visit, matched, request.clone())).await
        };
        match generation::way(&fresh, route) {
            Way::Unknown if generation::is_missing(&fresh, route, &outcome) => {
                Err(generation::unsupported(&visit, route, &request))
            }
            _ => outcome,
        }
    }

    /// What is known about the panel, asked where that decides the way of the call.
    async fn panel_for(&self, route: Route) -> Result<Panel> {
        let known = self.known_panel().await?;
        if known.probed || generation::is_settled(&known, route) {
            Ok(known)
        } else {
            Box::pin(self.probe()).await
        }
    }

    /// What is known about the panel, asked once.
    ///
    /// # Errors
    /// Those of a login and of the calls that ask.
    pub async fn panel_info(&self) -> Result<Panel, Redacted> {
        let work = |client: Self| async move { client.probe().await };
        self.bounded(Method::Get, STATUS, work).await.map_err(|error| self.redact(error))
    }

    /// What is known without asking; a password client logs in for it, as its call would have done anyway.
    async fn known_panel(&self) -> Result<Panel> {
        let line = self.line();
        match line.options.auth {
            Auth::Token { .. } => Ok(self.panel()),
            Auth::Password { .. } => Ok(self.inner.auth.session(&line, None).await?.panel.clone()),
        }
    }

    /// Asks the panel for its version, or waits for who is asking already.
    async fn probe(&self) -> Result<Panel> {
        let known = self.known_panel().await?;
        if known.probed { Ok(known) } else { self.probe_anew(&known).await }
    }

    /// The same where what is known of the panel is not enough, or not true (any more).
    async fn probe_anew(&self, doubted: &Panel) -> Result<Panel> {
        let options = self.options();
        let Some(turn) = self.inner.probes.turn(timeout_of(&options)).await else {
            let call = named_call(&options.base_url, Method::Get, STATUS);
            let limit = Limit::Timeout(options.timeout_ms);
            return Err(Expired { call, limit, stage: Stage::Question, is_sent: false }.into());
        };
        if let Some(outcome) = turn.meanwhile() {
            return outcome;
        }
        let known = self.known_panel().await?;
        if known.probed && known != *doubted {
            return Ok(known);
        }
        let outcome = self.ask().await;
        turn.end(outcome.clone());
        outcome
    }

    /// Asks the panel for its version and remembers it.
    async fn ask(&self) -> Result<Panel> {
        let panel = generation::ask(self).await?;
        let line = self.line();
        if self.has_token() {
            *self.inner.token_panel.write().unwrap_or_else(PoisonError::into_inner) = Some(panel.clone());
            return Ok(panel);
        }
        let session = self.inner.auth.session(&line, None).await?;
        self.inner.auth.learn(&line, &session, panel.clone()).await;
        Ok(panel)
    }

    /// The error as it may leave the library: without what only this client may know.
    pub fn redact(&self, error: Error) -> Redacted {
        self.redactor().error(error)
    }

    /// What takes this client's secrets out of texts: of the settings and the session in force, and of those that were
    /// before, with which calls may still be under way.
    pub fn redactor(&self) -> Redactor {
        let former = self.inner.former.read().unwrap_or_else(PoisonError::into_inner).clone();
        let redactor = former
            .iter()
            .chain([&self.options()])
            .fold(Redactor::default(), |redactor, options| options.known_to(redactor));
        self.inner.auth.secrets().iter().fold(redactor, Redactor::with_secret)
    }

    fn order(&self, options: &Options) -> Arc<Order> {
        writes::order_of(&options.base_url)
    }

    /// When the session began that is in use; a token has none.
    fn session_began(&self) -> u64 {
        self.inner.auth.in_use().map(|session| session.created_ms).unwrap_or_default()
    }

    fn line(&self) -> Line {
        let (transport, options) = (self.inner.transport.clone(), self.options());
        Line { transport, options, caller: self.caller.clone(), deadline: self.deadline.clone() }
    }

    async fn deliver_with_token(&self, line: &Line, token: &str, request: Request) -> Result<Response> {
        let bearing = request.clone().with_header("Authorization", &format!("Bearer {token}"));
        let answer = line.send(bearing).await?;
        let call = || call_of(&line.options.base_url, &request);
        if answer.status == 401 {
            let response = Box::new(answer.for_error());
            return Err(Error::TokenRejected { call: Box::new(call()), response });
        }
        judge::conclude(answer, call)
    }

    async fn deliver_with_session(&self, line: &Line, request: Request) -> Result<Response> {
        let auth = &self.inner.auth;
        let call = || call_of(&line.options.base_url, &request);
        let session = auth.session(line, None).await?;
        let answer = line.send(with_session(request.clone(), &session)).await?;
        if answer.status == 200 && !answer.is_html() {
            return Ok(answer);
        }
        let renewed = match judge::judge(&answer, &session.panel, request.method.is_safe()) {
            Verdict::Answer => return judge::conclude(answer, call),
            Verdict::StaleToken => Box::pin(auth.renew_csrf(line, &session)).await?,
            Verdict::SessionLost => auth.session(line, Some(&session)).await?,
            Verdict::SessionOrRouteLost if Box::pin(self.is_absent(line, &session, &request)).await? => {
                return judge::conclude(answer, call);
            }
            Verdict::SessionOrRouteLost => auth.session(line, Some(&session)).await?,
        };
        judge::conclude(line.send(with_session(request.clone(), &renewed)).await?, call)
    }
}

impl Client {
    /// Whether the panel answers this like a lost session, and knows the session all the same.
    async fn is_absent(&self, line: &Line, session: &Arc<Session>, request: &Request) -> Result<bool> {
        let Inner { absent, auth, clock, .. } = &*self.inner;
        if absent.is_known(Suspicion::LostSession, request, &session.panel, clock.now_ms()) {
            return Ok(true);
        }
        let is_alive = match absent.look(&session.cookie, timeout_of(&line.options)).await {
            Ok(is_alive) => is_alive,
            // It has been replaced meanwhile.
            Err(_) if auth.in_use().is_some_and(|in_use| in_use.cookie != session.cookie) => false,
            Err(turn) => {
                let is_alive = is_alive(line, session).await?;
                if let Some(turn) = turn {
                    turn.end((session.cookie.clone(), is_alive));
                }
                is_alive
            }
        };
        if is_alive {
            absent.note(Suspicion::LostSession, request, &session.panel, clock.now_ms());
        }
        Ok(is_alive)
    }
}

impl Deliver for Client {
    async fn deliver(&self, request: Request) -> Result<Response> {
        let line = self.line();
        if is_elsewhere(&line.options.base_url, &request.path) {
            let call = call_of(&line.options.base_url, &request);
            return judge::conclude(line.send(request).await?, || call);
        }
        match &line.options.auth {
            Auth::Token { token, .. } => self.deliver_with_token(&line, token.reveal(), request).await,
            Auth::Password { .. } => self.deliver_with_session(&line, request).await,
        }
    }

    fn panel(&self) -> Panel {
        match self.options().auth {
            // Tokens exist from 3.0 on, so a panel that takes one has CSRF tokens too.
            Auth::Token { .. } => self
                .inner
                .token_panel
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
                .unwrap_or_else(|| Panel::seen(true)),
            Auth::Password { .. } => self.inner.auth.in_use().map(|s| s.panel.clone()).unwrap_or_default(),
        }
    }

    async fn page(&self, path: &str) -> Result<Option<Response>> {
        if self.has_token() {
            return Ok(None);
        }
        let line = self.line();
        let request = Request::get(path);
        let request = match self.inner.auth.in_use() {
            Some(session) if path != "/" => with_session(request, &session),
            _ => request,
        };
        line.send(request).await.map(Some)
    }

    fn has_token(&self) -> bool {
        matches!(self.options().auth, Auth::Token { .. })
    }

    fn base_url(&self) -> String {
        super::security::redact_url(&self.options().base_url)
    }

    fn is_barred(&self, route: Route) -> bool {
        self.inner.barred.has(self.session_began(), route)
    }

    fn bar(&self, route: Route) {
        self.inner.barred.note(self.session_began(), route);
    }

    fn now_ms(&self) -> u64 {
        self.inner.clock.now_ms()
    }
}

impl Deliver for Visit<'_> {
    async fn deliver(&self, request: Request) -> Result<Response> {
        let outcome = match generation::unroutable(&request) {
            Some(matched) => Box::pin(generation::by_other_ways(self.client, &matched, request)).await,
            None => self.client.deliver(request).await,
        };
        if let (Some(order), Ok(_)) = (self.order, &outcome) {
            order.moved();
        }
        outcome
    }

    fn panel(&self) -> Panel {
        self.panel.clone()
    }

    async fn page(&self, path: &str) -> Result<Option<Response>> {
        self.client.page(path).await
    }

    fn has_token(&self) -> bool {
        self.client.has_token()
    }

    fn base_url(&self) -> String {
        self.client.base_url()
    }

    fn is_barred(&self, route: Route) -> bool {
        self.client.is_barred(route)
    }

    fn bar(&self, route: Route) {
        self.client.bar(route);
    }

    fn now_ms(&self) -> u64 {
        self.client.now_ms()
    }
}

/// What the panel is asked first where its version is to be found out.
const STATUS: &str = "/panel/api/server/status";

/// The error of a call that has waited for its turn for long enough.
fn expired(call: Call, over: Over) -> Error {
    let Over { limit, queue, is_sent } = over;
    let waiting = Stage::Queue { waiting: queue.waiting, running: queue.running };
    Expired { call, limit, stage: if is_sent { Stage::Answer } else { waiting }, is_sent }.into()
}

/// Whether the panel still knows the session, by a route that it is sure to have: only panels without tokens have the
/// one outside their API, where a lost session never looks like a missing route.
async fn is_alive(line: &Line, session: &Session) -> Result<bool> {
    let path = if session.panel.csrf { "/panel/api/server/status" } else { "/panel/xray/getXrayResult" };
    let answer = line.send(with_session(Request::get(path), session)).await?;
    Ok(answer.is_success() && !answer.is_html())
}
