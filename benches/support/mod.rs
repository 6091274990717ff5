//! The hot paths of the core: what every call runs through, and what is made by the thousand.
//!
//! Owns which paths there are and what one turn of each does; both `core` (by the clock) and `instructions` (by what is
//! executed) take them from here. Randomness and time are the same each time.

use std::hint::black_box;
use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use threexui::core::activity::ActivityLog;
use threexui::core::auth::Sessions;
use threexui::core::clock::{Clock, ManualClock};
use threexui::core::credentials::{self, PasswordOptions};
use threexui::core::envelope::Envelope;
use threexui::core::generation::{Isolation, Panel, Version};
use threexui::core::options::{Auth, Options};
use threexui::core::request::{Method, Request};
use threexui::core::response::Headers;
use threexui::core::routes::{self, Route};
use threexui::core::secret::Secret;
use threexui::core::session::{Credentials, MemoryStore, Policy, ProofKey, Session, Stored, session_key};
use threexui::core::transport::{BoxFuture, Transport};
use threexui::core::writes::{Order, write_of};
use threexui::core::{Client, Response, Result, judge};

/// One path: its name, and what one turn of it does.
pub struct Path {
    /// In words with dashes, the area first.
    pub name: &'static str,
    /// One turn.
    pub turn: Box<dyn FnMut()>,
}

const NOW_MS: u64 = 1_767_225_600_000;
const URL: &str = "https://panel.example:2053";
const NODE: &str = r#"{"success":true,"msg":"","obj":{"id":7,"name":"edge-7","remark":"Frankfurt","scheme":"https","address":"edge-7.example","port":2053,"basePath":"/","enable":true,"status":"online","latencyMs":23}}"#;

/// All of them.
pub fn paths() -> Vec<Path> {
    [routes_paths(), call_paths(), answer_paths(), credential_paths(), write_paths(), session_paths()]
        .into_iter()
        .flatten()
        .collect()
}

fn path<T>(name: &'static str, mut turn: impl FnMut() -> T + 'static) -> Path {
    Path {
        name,
        turn: Box::new(move || {
            black_box(turn());
        }),
    }
}

fn routes_paths() -> Vec<Path> {
    vec![
        path("route-build", || Route::ClientUpdate.path(&[black_box("user@example.com")])),
        path("route-find-first", || routes::find(Method::Get, black_box("/panel/api/inbounds/list"))),
        path("route-find-node", || routes::find(Method::Get, black_box("/panel/api/nodes/get/7"))),
        path("route-find-none", || routes::find(Method::Get, black_box("/panel/api/nothing/here/7"))),
    ]
}

/// A panel that answers at once: what is left is the core.
struct Instant;

impl Transport for Instant {
    fn send<'a>(&'a self, _: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async move { Ok(answer_to(&request.path)) })
    }
}

fn answer_to(path: &str) -> Response {
    match path {
        "/csrf-token" => answer(r#"{"success":true,"obj":"token"}"#, &[]),
        "/login" => answer(NODE, &[("set-cookie", "3x-ui=bench; Path=/; HttpOnly")]),
        "/panel/api/server/status" => {
            answer(r#"{"success":true,"msg":"","obj":{"panelVersion":"3.6.0"}}"#, &[])
        }
        _ => answer(NODE, &[]),
    }
}

fn answer(body: &'static str, more: &[(&str, &str)]) -> Response {
    let usual = [("content-type", "application/json; charset=utf-8"), ("content-length", "223")];
    let pairs = usual.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Response {
        status: 200,
        headers: Headers::from_pairs(pairs),
        body: body.as_bytes().into(),
        thrown: threexui::core::host_value::HostValue::default(),
    }
}

fn clock() -> Clock {
    ManualClock::at(NOW_MS).clock()
}

fn client(auth: Auth) -> Client {
    let store = Arc::new(MemoryStore::new(clock()));
    let sessions = Sessions { store, policy: Policy::default() };
    Client::new(
        Arc::new(Instant),
        Options::new(URL, auth),
        sessions,
        Arc::new(ActivityLog::new(0, 0)),
        clock(),
    )
}

fn call_paths() -> Vec<Path> {
    let token = Auth::Token {
        token: Secret::new("t0ken"),
        username: "token-auth".into(),
        password: Secret::new("token-auth"),
    };
    let password = Auth::Password { username: "admin".into(), password: Secret::new("correct-horse") };
    vec![call("call-with-token", client(token)), call("call-with-session", client(password))]
}

/// One call from beginning to end, but for the network. The first logs in and asks for the version, and does not count.
fn call(name: &'static str, client: Client) -> Path {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let turn = move || {
        let request = Route::Node.request(&[black_box("7")]);
        runtime.as_ref().is_ok_and(|runtime| runtime.block_on(client.execute(request)).is_ok())
    };
    assert!(turn(), "{name} fails");
    path(name, turn)
}

fn answer_paths() -> Vec<Path> {
    let panel = Panel::seen(true).exactly(Version::new(3, 6, 0));
    let (judged, read) = (answer(NODE, &[]), answer(NODE, &[]));
    let request = Route::Node.request(&["7"]);
    vec![
        path("answer-judge", move || judge::judge(black_box(&judged), &panel, true)),
        path("answer-expects-data", move || judge::expects_data(request.method, black_box(&request.path))),
        path("answer-envelope", move || Envelope::read(black_box(&read))),
    ]
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(7)
}

fn credential_paths() -> Vec<Path> {
    let mut made = vec![
        by_protocol("credentials-vless", "vless"),
        by_protocol("credentials-vmess", "vmess"),
        by_protocol("credentials-trojan", "trojan"),
        by_protocol("credentials-shadowsocks", "shadowsocks"),
        by_protocol("credentials-shadowsocks2022", "shadowsocks2022"),
        by_protocol("credentials-wireguard", "wireguard"),
    ];
    let (mut bulk, mut uuid, mut password, mut identifier, mut keys) = (rng(), rng(), rng(), rng(), rng());
    made.extend([
        path("credentials-bulk-100", move || {
            credentials::generate_bulk_table(&mut bulk, NOW_MS, "vless", 100, &Value::Null).is_ok()
        }),
        path("uuid", move || credentials::generate_uuid(&mut uuid)),
        path("password", move || {
            credentials::generate_password(&mut password, 16, &PasswordOptions::default()).is_ok()
        }),
        path("identifier", move || credentials::generate_identifier(&mut identifier, NOW_MS, "client")),
        path("x25519", move || credentials::generate_wireguard_keys(&mut keys)),
    ]);
    made
}

fn by_protocol(name: &'static str, protocol: &'static str) -> Path {
    let (mut rng, options) = (rng(), json!({}));
    path(name, move || credentials::generate_for_protocol(&mut rng, NOW_MS, protocol, &options).is_ok())
}

fn write_paths() -> Vec<Path> {
    let request = added();
    vec![
        path("write-read", move || {
            routes::find(request.method, &request.path).and_then(|matched| write_of(&matched, &request))
        }),
        path("write-order-1000", || in_order(1_000)),
    ]
}

/// A client that is to be made.
fn added() -> Request {
    let entry = json!({
        "id": "17156075-b54c-4a26-a384-53d7f1bbcd88", "email": "user_00001", "limitIp": 2,
        "totalGB": 107_374_182_400_u64, "expiryTime": 0, "enable": true, "subId": "53d7f1bbcd88"
    });
    let settings = json!({ "clients": [entry] }).to_string();
    Route::AddClient.with_json(&[], json!({ "id": 1, "settings": settings }).to_string())
}

/// So many writes come, and leave in the order in which they came.
fn in_order(count: usize) -> usize {
    let order = Arc::new(Order::default());
    order.learn(Isolation::Panel);
    let request = Route::UpdateInbound.with_json(&["1"], "{}".to_owned());
    let write = routes::find(request.method, &request.path).and_then(|matched| write_of(&matched, &request));
    let Some(write) = write else { return 0 };
    let tickets: Vec<_> = (0..count).filter_map(|_| order.join(write.clone(), None, count).ok()).collect();
    let joined = tickets.len();
    tickets.into_iter().for_each(drop);
    joined
}

fn session_paths() -> Vec<Path> {
    let store = MemoryStore::new(clock());
    let session = Session { cookie: Secret::new("3x-ui=bench"), ..Session::none(NOW_MS) };
    let password = Secret::new("admin");
    let of = Credentials { base_url: URL, username: "admin", password: &password };
    let kept = Stored::text(&session, of, Some(&ProofKey::of_process(of)));
    store.put(&session_key(URL, "admin"), kept, 3_600.0);
    vec![
        path("session-key", || session_key(black_box(URL), black_box("admin"))),
        path("session-look-up", move || {
            let stored = store.peek(&session_key(black_box(URL), black_box("admin")))?;
            let of = Credentials { base_url: URL, username: "admin", password: &password };
            Stored::read(&stored)?.session_of(of, Some(&ProofKey::of_process(of)))
        }),
    ]
}
