//! Time limits of whole calls, held against a panel that is played here while the clock stands still but for its waits.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::activity::ActivityLog;
use super::additions::{Additions, Wishes};
use super::auth::{HostLogin, Sessions};
use super::caller::Caller;
use super::client::Client;
use super::clock::Clock;
use super::error::{Error, Result};
use super::options::{Auth, Options};
use super::patience::{Expired, Limit, Stage};
use super::redact::Redacted;
use super::request::Request;
use super::response::{Headers, Response};
use super::routes::Route;
use super::secret::Secret;
use super::session::{MemoryStore, Policy, SessionStore};
use super::transport::{BoxFuture, Transport, call_of};

/// A panel of version 3.0.2, which takes its time.
#[derive(Default)]
struct Played {
    /// For each answer.
    latency_ms: AtomicU64,
    /// Paths whose requests are never answered.
    hanging: Mutex<HashSet<&'static str>>,
    /// What has come, as path and body.
    came: Mutex<Vec<(String, String)>>,
}

impl Played {
    fn new(latency_ms: u64) -> Arc<Self> {
        let played = Self::default();
        played.latency_ms.store(latency_ms, Ordering::Relaxed);
        Arc::new(played)
    }

    fn hang(&self, path: &'static str) {
        self.hanging.lock().unwrap().insert(path);
    }

    fn answer_again(&self) {
        self.hanging.lock().unwrap().clear();
    }

    /// How many requests of that path have come.
    fn count(&self, path: &str) -> usize {
        self.came.lock().unwrap().iter().filter(|(came, _)| came.contains(path)).count()
    }

    /// Whether anything that came names this.
    fn has_come(&self, name: &str) -> bool {
        self.came.lock().unwrap().iter().any(|(path, body)| path.contains(name) || body.contains(name))
    }

    async fn answer(&self, path: &str) -> Response {
        if self.hanging.lock().unwrap().iter().any(|hanging| path.contains(hanging)) {
            std::future::pending::<()>().await;
        }
        sleep(Duration::from_millis(self.latency_ms.load(Ordering::Relaxed))).await;
        let answer = |body: &str| Response::synthetic(body.to_owned());
        match path {
            "/csrf-token" => Response { status: 404, ..answer("404 page not found") },
            "/login" => {
                let cookie = ("set-cookie".to_owned(), "3x-ui=session".to_owned());
                Response { headers: Headers::from_pairs([cookie]), ..answer(r#"{"success":true}"#) }
            }
            path if path.ends_with("/server/status") => {
                answer(r#"{"success":true,"obj":{"panelVersion":"3.0.2"}}"#)
            }
            _ => answer(r#"{"success":true,"msg":"done","obj":null}"#),
        }
    }
}

impl Transport for Played {
    fn send<'a>(&'a self, options: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>> {
        let body = String::from_utf8_lossy(&request.body.bytes()).into_owned();
        self.came.lock().unwrap().push((request.path.clone(), body));
        Box::pin(async move {
            let limit_ms = options.timeout_ms;
            let late = |_| {
                let call = Box::new(call_of(&options.base_url, &request));
                Error::Timeout { call, limit_ms }
            };
            timeout(Duration::from_millis(limit_ms), self.answer(&request.path)).await.map_err(late)
        })
    }
}

fn with_token() -> Auth {
    Auth::Token { token: Secret::new("token"), username: String::new(), password: Secret::new("") }
}

fn with_password() -> Auth {
    Auth::Password { username: "admin".into(), password: Secret::new("secret") }
}

/// A client of a panel, at an address that no other test has.
fn client_of(played: &Arc<Played>, auth: Auth, set: impl FnOnce(&mut Options)) -> Client {
    client_with(played, auth, Arc::new(MemoryStore::new(Clock::system())), set)
}

fn client_with(
    played: &Arc<Played>,
    auth: Auth,
    store: Arc<dyn SessionStore>,
    set: impl FnOnce(&mut Options),
) -> Client {
    let mut options = Options::new(format!("http://{:p}.test", Arc::as_ptr(played)), auth);
    set(&mut options);
    let sessions = Sessions { store, policy: Policy::default() };
    let activity = Arc::new(ActivityLog::new(0, 1_000));
    Client::new(played.clone(), options, sessions, activity, Clock::system())
}

fn update(inbound: u32) -> Request {
    Route::UpdateInbound.with_json(&[&inbound.to_string()], "{}".to_owned())
}

fn creation(email: &str) -> Request {
    let settings = format!(r#"{{"clients":[{{"id":"i","email":"{email}"}}]}}"#);
    Route::AddClient.with_json(&[], serde_json::json!({ "id": 1, "settings": settings }).to_string())
}

/// A write of one request.
fn deletion() -> Request {
    Route::DeleteInbound.request(&["1"])
}

type Running = JoinHandle<Result<Response>>;

/// Makes a call, and has it take its place before anything else happens.
async fn begin(client: &Client, request: Request) -> Running {
    let place = client.begin(&request, None).unwrap().unwrap();
    let client = client.clone();
    let running =
        tokio::spawn(
            async move { client.execute_in_turn(request, place).await.map_err(Redacted::into_error) },
        );
    tokio::task::yield_now().await;
    running
}

async fn expired(running: Running) -> Expired {
    match running.await.unwrap() {
        Err(Error::Expired(expired)) => *expired,
        other => panic!("it came to {:?}", other.map(|answer| answer.status)),
    }
}

/// A client that has found out what panel it is.
async fn acquainted(played: &Arc<Played>, set: impl FnOnce(&mut Options)) -> Client {
    let client = client_of(played, with_token(), |_| {});
    client.panel_info().await.unwrap();
    client.configure(set);
    client
}

fn timeout_of(ms: u64) -> impl FnOnce(&mut Options) {
    move |options| options.timeout_ms = ms
}

fn deadline_of(ms: u64) -> impl FnOnce(&mut Options) {
    move |options| options.deadline_ms = Some(ms)
}

#[tokio::test(start_paused = true)]
async fn behind_a_write_that_hangs_each_call_gives_up_after_its_own_timeout_and_sends_nothing() {
    let played = Played::new(1);
    let (patient, hasty) =
        (acquainted(&played, timeout_of(6_000)).await, acquainted(&played, timeout_of(300)).await);
    played.hang("/update/");
    let hanging = begin(&patient, update(1)).await;
    let before = Instant::now();
    let mut waiting = Vec::new();
    for n in 0..30 {
        let body = r#"{"remark":"hasty"}"#.to_owned();
        let change = Route::UpdateInbound.with_json(&["1"], body);
        let request = if n % 2 == 0 { change } else { creation(&format!("c{n}")) };
        waiting.push(begin(&hasty, request).await);
    }
    for one in waiting {
        let expired = expired(one).await;
        assert_eq!((expired.limit, expired.is_sent), (Limit::Timeout(300), false));
        assert!(matches!(expired.stage, Stage::Queue { running: 1, .. }), "{:?}", expired.stage);
        assert!(expired.to_string().contains("was not sent"), "{expired}");
    }
    assert!(before.elapsed() < Duration::from_millis(400), "{:?}", before.elapsed());
    assert_eq!((patient.queue().waiting, patient.queue().running), (0, 1), "who gave up has left the queue");
    played.answer_again();
    drop(hanging.await.unwrap());
    sleep(Duration::from_secs(60)).await;
    assert_eq!((played.has_come("hasty"), played.has_come("addClient")), (false, false));
    assert!(begin(&hasty, update(1)).await.await.unwrap().is_ok(), "the queue goes on");
}

#[tokio::test(start_paused = true)]
async fn a_queue_that_moves_is_waited_for_however_long_it_is() {
    let played = Played::new(20);
    let client = acquainted(&played, timeout_of(300)).await;
    let before = Instant::now();
    let mut running = Vec::new();
    for _ in 0..1_000 {
        running.push(begin(&client, update(1)).await);
    }
    for one in running {
        one.await.unwrap().unwrap();
    }
    assert!(before.elapsed() >= Duration::from_secs(20), "they were made one after the other");
}

#[tokio::test(start_paused = true)]
async fn those_behind_a_write_whose_answer_was_lost_go_on_when_it_is_given_up() {
    let played = Played::new(5);
    let client = acquainted(&played, timeout_of(300)).await;
    played.hang("/del/");
    let lost = begin(&client, deletion()).await;
    let behind = begin(&client, update(1)).await;
    assert!(lost.await.unwrap().is_err());
    assert!(behind.await.unwrap().is_ok(), "it has the same time limit, and waited for longer than that");
}

#[tokio::test(start_paused = true)]
async fn a_write_of_several_requests_moves_the_queue_with_each_answer() {
    let played = Played::new(200);
    let client = acquainted(&played, timeout_of(300)).await;
    // On 3.0 a client of the new routes is updated by reading its inbounds first.
    let body = r#"{"email":"x","limitIp":1}"#.to_owned();
    let first = begin(&client, Route::ClientUpdate.with_json(&["x"], body)).await;
    let second = begin(&client, update(1)).await;
    drop(first.await.unwrap());
    assert!(second.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_deadline_bounds_waiting_and_exchange_and_tells_what_was_sent() {
    let played = Played::new(400);
    let client = acquainted(&played, deadline_of(1_000)).await;
    let mut running = Vec::new();
    for _ in 0..5 {
        running.push(begin(&client, deletion()).await);
    }
    let before = Instant::now();
    let mut outcomes = Vec::new();
    for one in running {
        outcomes.push(match one.await.unwrap() {
            Ok(_) => "done",
            Err(Error::Expired(expired)) if expired.is_sent => "maybe",
            Err(Error::Expired(expired)) => {
                assert_eq!(expired.limit, Limit::Deadline(1_000));
                "not sent"
            }
            Err(error) => panic!("{error}"),
        });
    }
    assert_eq!(outcomes, ["done", "done", "maybe", "not sent", "not sent"]);
    assert!(before.elapsed() <= Duration::from_millis(1_001), "{:?}", before.elapsed());
    assert_eq!(played.count("/del/"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_bounds_reconciliation_and_retries() {
    let played = Played::new(1);
    let client = acquainted(&played, |options| {
        options.timeout_ms = 500;
        options.deadline_ms = Some(700);
    })
    .await;
    played.hang("/panel/api/inbounds/");
    let before = Instant::now();
    let expired = expired(begin(&client, creation("lost")).await).await;
    assert!(expired.is_sent, "its answer was lost, and looking for it was given up");
    assert!(before.elapsed() <= Duration::from_millis(701), "{:?}", before.elapsed());
    let expired = match client.execute(Route::ListInbounds.request(&[])).await.map_err(Redacted::into_error) {
        Err(Error::Timeout { .. }) => return,
        other => other.map(|answer| answer.status),
    };
    panic!("a read reaches its timeout before its deadline: {expired:?}");
}

#[tokio::test(start_paused = true)]
async fn a_member_that_gives_up_before_the_batch_leaves_is_left_out_and_later_is_told_so() {
    let played = Played::new(500);
    let client = acquainted(&played, |_| {}).await;
    let (early, late) =
        (acquainted(&played, deadline_of(200)).await, acquainted(&played, deadline_of(700)).await);
    let first = begin(&client, creation("first")).await;
    let leader = begin(&client, creation("leader")).await;
    let gone = begin(&early, creation("gone")).await;
    let impatient = begin(&late, creation("impatient")).await;
    let last = begin(&client, creation("last")).await;
    let gone = expired(gone).await;
    assert!(!gone.is_sent && gone.to_string().contains("Nothing of it has been sent"), "{gone}");
    let impatient = expired(impatient).await;
    assert!(impatient.is_sent && impatient.to_string().contains("may have been carried out"), "{impatient}");
    for made in [first, leader, last] {
        assert!(made.await.unwrap().is_ok());
    }
    assert!(!played.has_come("gone") && played.has_come("impatient"));
    assert_eq!(played.count("addClient"), 2, "one alone, and the rest together");
    assert_eq!(client.queue(), Default::default());
}

#[tokio::test(start_paused = true)]
async fn a_leader_that_gives_up_before_its_batch_leaves_is_left_out_and_the_others_are_made() {
    let played = Played::new(500);
    let client = acquainted(&played, |_| {}).await;
    // It does not know the panel yet, and so leaves half a second later than it begins.
    let stranger = client_of(&played, with_token(), deadline_of(800));
    let first = begin(&client, creation("first")).await;
    let leader = begin(&stranger, creation("stranger")).await;
    let follower = begin(&client, creation("follower")).await;
    let leader = expired(leader).await;
    assert!(!leader.is_sent, "{leader}");
    assert!(first.await.unwrap().is_ok());
    assert!(follower.await.unwrap().is_ok());
    assert!(!played.has_come("stranger") && played.has_come("follower"));
}

#[tokio::test(start_paused = true)]
async fn a_batch_goes_on_when_its_leader_gives_up_after_it_has_left() {
    let played = Played::new(500);
    let client = acquainted(&played, |_| {}).await;
    let impatient = acquainted(&played, deadline_of(700)).await;
    let first = begin(&client, creation("first")).await;
    let leader = begin(&impatient, creation("leader")).await;
    let follower = begin(&client, creation("follower")).await;
    assert!(expired(leader).await.is_sent);
    assert!(first.await.unwrap().is_ok());
    assert!(follower.await.unwrap().is_ok());
    assert_eq!(played.count("addClient"), 2);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_for_nobody_whose_client_was_set_up_otherwise_meanwhile() {
    let played = Played::new(500);
    let (client, changing) = (acquainted(&played, |_| {}).await, acquainted(&played, |_| {}).await);
    let first = begin(&client, creation("first")).await;
    let leader = begin(&changing, creation("leader")).await;
    let follower = begin(&client, creation("follower")).await;
    changing.configure(|options| options.standing = Arc::new(super::line::Standing::new("another", false)));
    for made in [first, leader, follower] {
        assert!(made.await.unwrap().is_ok());
    }
    assert_eq!(played.count("addClient"), 3, "nobody rides in a request with other headers");
}

/// Makes clients by `add_each`, as a program does in one turn of its event loop; how each ended, by its identifier.
async fn add_each(client: &Client, emails: &[&str]) -> Vec<(String, Result<()>)> {
    let mut additions = Additions::default();
    for email in emails {
        let wishes = Wishes::Read(serde_json::json!({ "email": email }));
        additions
            .begin(|party| {
                let inbound = serde_json::json!(1);
                let begun =
                    client.begin_addition(&mut rand::rng(), &inbound, "vless".into(), wishes, Some(party))?;
                Ok::<_, Error>((begun, (*email).to_owned()))
            })
            .unwrap();
    }
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = told.clone();
    client
        .clone()
        .add_each(additions, move |email, outcome| {
            tell.lock().unwrap().push((email, outcome.map(drop).map_err(Redacted::into_error)))
        })
        .await;
    sleep(Duration::from_secs(120)).await;
    Arc::try_unwrap(told).ok().unwrap().into_inner().unwrap()
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_turn_give_up_behind_a_write_that_hangs() {
    let played = Played::new(1);
    let (patient, hasty) =
        (acquainted(&played, timeout_of(6_000)).await, acquainted(&played, timeout_of(300)).await);
    played.hang("/update/");
    let hanging = begin(&patient, update(1)).await;
    let told = add_each(&hasty, &["a", "b", "c"]).await;
    assert_eq!(told.len(), 3);
    for (email, outcome) in told {
        let Err(Error::Expired(expired)) = outcome else { panic!("{email}: {outcome:?}") };
        assert_eq!((expired.limit, expired.is_sent), (Limit::Timeout(300), false), "{email}");
    }
    drop(hanging.await.unwrap());
    assert!(!played.has_come("addClient"));
    assert_eq!(hasty.queue(), Default::default());
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_turn_reach_their_deadline_while_their_inbound_is_looked_at() {
    let played = Played::new(1);
    let client = acquainted(&played, deadline_of(300)).await;
    played.hang("/panel/api/inbounds/");
    let before = Instant::now();
    let told = add_each(&client, &["a", "b"]).await;
    assert!(before.elapsed() < Duration::from_millis(120_400), "{:?}", before.elapsed());
    for (email, outcome) in told {
        assert!(matches!(outcome, Err(Error::Expired(_))), "{email}: {outcome:?}");
    }
    assert!(!played.has_come("addClient"));
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_says_how_many_wait_and_what_to_do_and_keeps_nothing() {
    let played = Played::new(500);
    let client = acquainted(&played, |options| options.max_queue = 2).await;
    let mut running = Vec::new();
    for n in 0..3 {
        running.push(begin(&client, creation(&format!("c{n}"))).await);
    }
    for n in 0..50 {
        let Err(error) = client.begin(&creation(&format!("refused{n}")), None) else {
            panic!("it was taken")
        };
        let words = error.to_string();
        assert!(words.contains("(2)") && words.contains("not sent") && words.contains("maxQueue"), "{words}");
        assert!(client.reserve(&creation("refused")).is_err());
    }
    let queue = client.queue();
    assert_eq!((queue.waiting, queue.running), (2, 1));
    for one in running {
        assert!(one.await.unwrap().is_ok());
    }
    assert_eq!(client.queue(), Default::default());
    assert!(!played.has_come("refused"));
}

#[tokio::test(start_paused = true)]
async fn another_clients_login_that_hangs_is_not_waited_for_and_one_that_moves_is() {
    let played = Played::new(1);
    played.hang("/csrf-token");
    let patient = client_of(&played, with_password(), timeout_of(60_000));
    let hasty = client_of(&played, with_password(), timeout_of(300));
    let list = || Route::ListInbounds.request(&[]);
    let hanging = tokio::spawn(async move { patient.execute(list()).await });
    tokio::task::yield_now().await;
    let before = Instant::now();
    match hasty.execute(list()).await.map_err(Redacted::into_error) {
        Err(Error::Expired(expired)) => {
            assert_eq!((expired.stage, expired.is_sent), (Stage::Login, false));
            assert!(expired.to_string().contains("another call's login"), "{expired}");
        }
        other => panic!("{:?}", other.map(|answer| answer.status)),
    }
    assert!(before.elapsed() < Duration::from_millis(400), "{:?}", before.elapsed());
    hanging.abort();
    played.answer_again();
    // Three requests to be let in, each within the time limit and all of them beyond it.
    played.latency_ms.store(200, Ordering::Relaxed);
    let slow = client_of(&played, with_password(), timeout_of(300));
    let (one, other) = tokio::join!(slow.execute(list()), hasty.execute(list()));
    assert!(one.is_ok() && other.is_ok(), "{:?}", other.err());
}

#[tokio::test(start_paused = true)]
async fn a_login_whose_caller_goes_away_is_made_by_the_next() {
    let played = Played::new(1);
    played.hang("/login");
    let client = client_of(&played, with_password(), |options| {
        options.timeout_ms = 60_000;
        options.deadline_ms = Some(100);
    });
    let list = || Route::ListInbounds.request(&[]);
    match client.execute(list()).await.map_err(Redacted::into_error) {
        Err(Error::Expired(expired)) => {
            assert_eq!((expired.limit, expired.is_sent), (Limit::Deadline(100), false));
        }
        other => panic!("{:?}", other.map(|answer| answer.status)),
    }
    played.answer_again();
    client.configure(|options| options.login_backoff_ms = 0);
    assert!(client.execute(list()).await.is_ok());
}

/// A store that never answers.
struct Silent;

impl SessionStore for Silent {
    fn get<'a>(&'a self, _: &'a Caller, _: &'a str) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(std::future::pending())
    }

    fn set<'a>(&'a self, _: &'a Caller, _: &'a str, _: String, _: f64) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::pending())
    }

    fn delete<'a>(&'a self, _: &'a Caller, _: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_never_answers_costs_a_call_one_timeout_and_the_next_call_none() {
    let played = Played::new(1);
    let client = client_with(&played, with_password(), Arc::new(Silent), timeout_of(300));
    let list = || Route::ListInbounds.request(&[]);
    let before = Instant::now();
    assert!(client.execute(list()).await.is_ok());
    assert!(before.elapsed() < Duration::from_millis(400), "{:?}", before.elapsed());
    assert!(client.execute(list()).await.is_ok());
    assert!(before.elapsed() < Duration::from_millis(410), "{:?}", before.elapsed());
    match client.logout().await.map_err(Redacted::into_error) {
        Err(Error::Store(words)) => assert!(words.contains("300 ms"), "{words}"),
        other => panic!("{other:?}"),
    }
}

/// A program's own login that never returns.
struct NeverReturns;

impl HostLogin for NeverReturns {
    fn log_in<'a>(&'a self, _: &'a Caller, _: bool) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_login_of_the_programs_own_that_never_returns_holds_up_nobody_else() {
    let played = Played::new(1);
    let client = client_of(&played, with_password(), timeout_of(300));
    client.auth().set_host_login(Some(Arc::new(NeverReturns)));
    let list = || Route::ListInbounds.request(&[]);
    let own = client.clone();
    let _hanging = tokio::spawn(async move { own.execute(list()).await });
    tokio::task::yield_now().await;
    assert!(
        matches!(client.execute(list()).await.map_err(Redacted::into_error), Err(Error::Expired(expired)) if expired.stage == Stage::Login)
    );
}
