//! The class `ThreeXUI` as JavaScript sees it: construction, properties, login and the one door `_request`.
//!
//! `lib/client.js` extends it; the endpoints are in `api`.

use std::sync::{Arc, OnceLock};

use napi::bindgen_prelude::{
    Buffer, BufferSlice, ClassInstance, FnArgs, Function, JsObjectValue, Object, Promise, PromiseRaw,
    Uint8Array, Unknown,
};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi::{Env, JsValue, Result, ValueType};
use napi_derive::napi;
use serde_json::{Map, Value, json};

use super::args::Json;
use super::caller::{self, As, Callers, Enter};
use super::completions;
use super::error::{self, or_throw, or_throw_in, thrown};
use super::host::{self, HostTransport, Incoming, LoginArgs, Outgoing, OwnLogin, Switch, Thrown};
use super::json::{self, JsonText};
use super::planned_write::PlannedWrite;
use super::realm::{LibRealm, Realm};
use super::runtime::spawn;
use super::session::{policy_of, store_of};
use super::turn::ThisTurn;
use crate::core::activity::ActivityLog;
use crate::core::auth::{HostLogin, LoginOutcome, Sessions};
use crate::core::backlog::{self, Backlog};
use crate::core::caller::Caller;
use crate::core::clock::Clock;
use crate::core::error::Error;
use crate::core::host_value::HostValue;
use crate::core::http::HttpTransport;
use crate::core::network::{Environment, Trust};
use crate::core::options::{Given, Options};
use crate::core::request::{Body, Header, Method, Request};
use crate::core::response::Headers;
use crate::core::session::{MemoryStore, Policy};
use crate::core::trace::Trace;
use crate::core::transport::{Transport, named_call};
use crate::core::writes::Ticket;
use crate::core::{Client, Redacted, Response, judge};

/// A client of one 3x-ui panel.
#[napi(js_name = "ThreeXUI")]
pub struct ThreeXUI {
    pub(super) client: Client,
    pub(super) realm: Arc<Realm>,
    pub(super) switch: Arc<Switch>,
    pub(super) callers: Callers,
    pub(super) turn: ThisTurn,
}

#[napi]
impl ThreeXUI {
    /// A client for the panel at `baseURL`, with a user's name and password, or with options that hold them or a token.
    /// Nothing is sent before the first call.
    #[napi(
        constructor,
        ts_args_type = "baseURL: string, usernameOrOptions?: unknown, password?: unknown, options?: unknown"
    )]
    pub fn new(
        env: Env,
        base_url: Json,
        username_or_options: Unknown,
        password: Json,
        options: Option<Unknown>,
        realm: Option<ClassInstance<LibRealm>>,
    ) -> Result<Self> {
        let realm = realm.map_or_else(|| Realm::of(&env), |own| Ok(own.realm.clone()))?;
        let bag = username_or_options.get_type()? == ValueType::Object;
        let username = if bag { Json(Value::Null) } else { json_of(&env, username_or_options)? };
        let mut given =
            Given { base_url: base_url.0, username: username.0, password: password.0, options: Map::new() };
        if let Some(options) = if bag { Some(username_or_options) } else { options }
            && options.get_type()? == ValueType::Object
        {
            given.options = options_in(&env, &Object::from_raw(env.raw(), options.raw()))?;
        }
        let mut options = or_throw(&env, Options::from_given(&given))?;
        options.backlog = realm.backlog().clone();
        let activity = Arc::new(ActivityLog::new(
            given.number("maxRequestsPerMinute").unwrap_or(0.0) as usize,
            given.number("maxLoginAttemptsPerHour").unwrap_or(0.0) as usize,
        ));
        let clock = Clock::system();
        let sessions =
            Sessions { store: Arc::new(MemoryStore::new(clock.clone())), policy: Policy::default() };
        let switch = Arc::new(Switch::new(transport()));
        let client = Client::new(switch.clone(), options, sessions, activity, clock);
        Ok(Self { client, realm, switch, callers: Callers::default(), turn: ThisTurn::default() })
    }

    /// Sends one request as this client and resolves with the panel's answer, as every method does.
    #[napi(
        enumerable = false,
        js_name = "_request",
        ts_args_type = "method: string, path: string, data?: unknown, extraHeaders?: Record<string, string>, \
                        requestOptions?: RequestOptions",
        ts_return_type = "Promise<any>"
    )]
    #[allow(clippy::too_many_arguments)] // As many as the call has in JavaScript.
    pub fn request<'env>(
        &self,
        env: &'env Env,
        method: String,
        path: String,
        data: Option<Unknown>,
        extra_headers: Option<Object>,
        request_options: Option<Object>,
        write: Option<ClassInstance<PlannedWrite>>,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let mut request = request_of(env, &method, path, data, extra_headers)?;
        let (slot, changes) = write.map(|write| write.for_request()).unwrap_or_default();
        request.changes = changes;
        self.begin(env, request, slot, wants(request_options)?)
    }

    /// Logs in, or finds the session that is still good. `forceRefresh` logs in anew in any case.
    ///
    /// @param forceRefresh - Logs in anew although there is a session.
    /// @returns `fromCache` tells whether a session was found; after a login `cookie` and the panel's `data`.
    /// @throws {ThreeXUI.AuthenticationError} when the panel refuses the credentials.
    /// @remarks Panels: all.
    /// @example
    /// const { success, fromCache } = await client.login()
    /// console.log(success, fromCache)
    #[napi(
        enumerable = false,
        ts_args_type = "forceRefresh?: boolean",
        ts_return_type = "Promise<LoginResult>"
    )]
    pub fn login<'env>(
        &self,
        env: &'env Env,
        force_refresh: Option<bool>,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = self.called(env)?;
        let force = force_refresh.unwrap_or(false);
        self.promised(env, async move { client.login(force).await }, |env, realm, outcome| {
            realm.parse(env, login_result(&outcome).to_string().as_bytes())
        })
    }

    /// A session for the calls that are to come; credentials that were just refused are not sent again.
    #[napi(enumerable = false, js_name = "_ensureSession", skip_typescript)]
    pub fn ensure_session<'env>(&self, env: &'env Env) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = self.called(env)?;
        self.promised(env, async move { client.ensure_session().await }, |env, _, ()| json::undefined(env))
    }

    /// A CSRF token and its cookie, or null: what a login begins with.
    #[napi(enumerable = false, js_name = "_fetchCsrfToken", skip_typescript)]
    pub fn fetch_csrf_token<'env>(&self, env: &'env Env) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = self.called(env)?;
        self.promised(env, async move { client.csrf_token().await }, |env, realm, found| {
            let shown =
                found.map(|(token, cookie)| json!({ "token": token.reveal(), "cookie": cookie.reveal() }));
            realm.parse(env, json!(shown).to_string().as_bytes())
        })
    }

    /// Tells a function of each request that is sent, in one line without secrets. It keeps no process alive.
    #[napi(enumerable = false, js_name = "_trace", skip_typescript)]
    pub fn trace(&self, listener: Function<FnArgs<(As, String)>, ()>) -> Result<()> {
        let told = listener.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?;
        self.client.configure(|options| {
            options.trace = Some(Trace::new(move |caller, line| {
                let args = FnArgs { data: (As(caller.clone()), line) };
                told.call(args, ThreadsafeFunctionCallMode::NonBlocking);
            }));
        });
        Ok(())
    }

    /// Ends the session on the panel and forgets it.
    ///
    /// @remarks Panels: all.
    /// @example
    /// await client.logout()
    #[napi(enumerable = false, ts_return_type = "Promise<void>")]
    pub fn logout<'env>(&self, env: &'env Env) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = self.called(env)?;
        self.promised(env, async move { client.logout().await }, |env, _, ()| json::undefined(env))
    }

    /// Whether calls can be made without logging in first.
    ///
    /// @example
    /// if (!(await client.isSessionValid())) await client.login()
    #[napi(enumerable = false, js_name = "isSessionValid", ts_return_type = "Promise<boolean>")]
    pub fn is_session_valid<'env>(&self, env: &'env Env) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = self.called(env)?;
        let work = async move { Ok::<_, Error>(client.is_session_valid().await) };
        self.promised(env, work, |env, _, is_valid| json::boolean(env, is_valid))
    }

    /// Which panel this is: its version, and what it can do. Found out once, with one request or two, and kept with the
    /// session, also in a shared session store.
    ///
    /// `version` is null where a panel before 3.1 does not tell; `generation` counts from 1 (up to 2.6) over 2 (up to
    /// 2.9), 3 (3.0), 4 (up to 3.2) and 5 (up to 3.6) to 6 (newer); `guid` is the panel's own name for itself, from 3.3 on.
    ///
    /// @example
    /// const { version, capabilities } = await client.getPanelInfo()
    /// if (capabilities.groups) console.log(version, await client.getGroups())
    #[napi(enumerable = false, js_name = "getPanelInfo", ts_return_type = "Promise<PanelInfo>")]
    pub fn get_panel_info<'env>(&self, env: &'env Env) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = self.called(env)?;
        self.promised(env, async move { client.panel_info().await }, |env, realm, panel| {
            realm.parse(env, panel.to_json().to_string().as_bytes())
        })
    }

    /// Keeps sessions in `store` from now on.
    #[napi(enumerable = false, js_name = "_useSessions", skip_typescript)]
    pub fn use_sessions(&self, env: &Env, store: Unknown, policy: Json) -> Result<()> {
        self.client
            .auth()
            .set_sessions(Sessions { store: store_of(env, store)?, policy: policy_of(&policy) });
        Ok(())
    }

    /// Where requests go that are to go through JavaScript.
    #[napi(enumerable = false, js_name = "_setHost", skip_typescript)]
    pub fn set_host(&self, send: Function<Outgoing, Promise<Incoming>>) -> Result<()> {
        self.switch.set_host(HostTransport::new(send)?);
        Ok(())
    }

    /// Sends all requests through JavaScript from now on, or only those that are marked.
    #[napi(enumerable = false, js_name = "_useHost", skip_typescript)]
    pub fn use_host(&self, for_all: bool) {
        self.switch.use_host(for_all);
    }

    /// Reaches the network from now on as these variables say; `extraRoots` is PEM text.
    #[napi(enumerable = false, js_name = "_useEnvironment", skip_typescript)]
    pub fn use_environment(&self, variables: Json) {
        let text = |name: &str| variables.0.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let environment = Environment {
            http_proxy: text("http_proxy"),
            https_proxy: text("https_proxy"),
            all_proxy: text("all_proxy"),
            no_proxy: text("no_proxy"),
            trust: Trust::of(
                variables.0.get("acceptAny") == Some(&Value::Bool(true)),
                text("extraRoots").as_bytes(),
            ),
        };
        self.client.configure(|options| options.environment = Arc::new(environment));
    }

    /// Tries each method's own route first from now on, or not.
    #[napi(enumerable = false, js_name = "_tryOwnRoutes", skip_typescript)]
    pub fn try_own_routes(&self, first: bool) {
        self.client.configure(|options| options.own_routes_first = first);
    }

    /// Logins that calls need are made by this function from now on; without one by our own.
    #[napi(enumerable = false, js_name = "_setLogin", skip_typescript)]
    pub fn set_login(&self, login: Option<Function<LoginArgs, Promise<Thrown>>>) -> Result<()> {
        let login = login.map(OwnLogin::new).transpose()?;
        self.client.auth().set_host_login(login.map(|login| Arc::new(login) as Arc<dyn HostLogin>));
        Ok(())
    }

    /// One request just as it is, without a session and without judgement of its answer.
    #[napi(enumerable = false, js_name = "_exchange", skip_typescript)]
    pub fn exchange<'env>(
        &self,
        env: &'env Env,
        method: String,
        url: String,
        headers: Object,
        body: Option<Buffer>,
        timeout_ms: f64,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let mut request = request_of(env, &method, url, None, Some(headers))?;
        request.body = body.map_or(Body::Empty, |bytes| Body::Raw(bytes.to_vec().into()));
        let mut options = (*self.client.options()).clone();
        options.timeout_ms = timeout_ms as u64;
        let (transport, client) = (transport(), self.client.clone());
        let work =
            async move { transport.send(&options, request).await.map_err(|error| client.redact(error)) };
        self.promised(env, work, |env, _, answer| host::received(env, answer))
    }

    /// How many writes wait for this panel, and how many are under way: those of all clients of this process.
    #[napi(enumerable = false, js_name = "_queue", skip_typescript)]
    pub fn queue(&self) -> JsonText {
        let queue = self.client.queue();
        JsonText(json!({ "waiting": queue.waiting, "running": queue.running }).to_string())
    }

    /// The most bytes that the body of an answer may have.
    #[napi(enumerable = false, js_name = "_maxResponseSize", skip_typescript)]
    pub fn max_response_size(&self) -> f64 {
        self.client.options().max_response_size as f64
    }

    /// A text without the secrets of this client; JSON stays JSON.
    #[napi(enumerable = false, js_name = "_redact", skip_typescript)]
    pub fn redact(&self, text: String) -> String {
        self.client.redactor().text(&text).into_owned()
    }

    /// An answer as an error of `lib/api` may keep it: without the secrets of this client.
    #[napi(enumerable = false, js_name = "_redactAnswer", skip_typescript)]
    pub fn redact_answer<'env>(
        &self,
        env: &'env Env,
        headers: Vec<Vec<String>>,
        body: Buffer,
    ) -> Result<Unknown<'env>> {
        let pairs = headers.into_iter().filter_map(|pair| <[String; 2]>::try_from(pair).ok());
        let headers = Headers::from_pairs(pairs.map(|[name, value]| (name, value)));
        let mut answer =
            Response { status: 0, headers, body: body.to_vec().into(), thrown: HostValue::default() };
        self.client.redactor().answer(&mut answer);
        host::received(env, answer)
    }

    /// Drops the session in use, here only.
    #[napi(enumerable = false, js_name = "_dropSession", skip_typescript)]
    pub fn drop_session(&self) {
        self.client.auth().put(None);
    }
}

impl ThreeXUI {
    /// The client for whoever calls it now.
    pub(super) fn called(&self, env: &Env) -> Result<Client> {
        Ok(self.client.called_by(self.callers.current(env)?))
    }

    /// A promise of this client's realm; see [`promised_in`].
    pub(super) fn promised<'env, T: Send + 'static, E: Into<Redacted> + Send + 'static>(
        &self,
        env: &'env Env,
        work: impl Future<Output = std::result::Result<T, E>> + Send + 'static,
        settle: impl for<'a> FnOnce(&'a Env, &Arc<Realm>, T) -> Result<Unknown<'a>> + Send + 'static,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        promised_in(env, &self.realm, work, settle)
    }

    /// Begins a call, in the slot of the write queue that was reserved for it, if any; the promise is for the answer as
    /// JavaScript takes it.
    pub(super) fn begin<'env>(
        &self,
        env: &'env Env,
        request: Request,
        reserved: Option<Ticket>,
        mut wants: Wants,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let client = match wants.caller.take() {
            Some(enter) => self.client.called_by(caller::with_options(enter)),
            None => self.called(env)?,
        };
        let asked = Asked { client: client.clone(), method: request.method, path: request.path.clone() };
        // Here, and not on its own thread later: the order of writes is that of the calls.
        let place = or_throw(env, client.begin(&request, reserved))?;
        let Some(place) = place else {
            let backlog = self.realm.backlog().clone();
            let work = async move { waiting(client.execute_at_once(request).await, &backlog) };
            let (promise, work) =
                completions::promised(env, &self.realm, work, move |env, realm, (outcome, _waiting)| {
                    answered(env, realm, outcome, &wants, &asked)
                })?;
            spawn(work);
            return Ok(promise);
        };
        let work = async move { client.execute_in_turn(request, place).await };
        let (promise, work) = completions::promised(env, &self.realm, work, move |env, realm, outcome| {
            answered(env, realm, outcome, &wants, &asked)
        })?;
        self.turn.write(work);
        Ok(promise)
    }
}

/// A promise of a realm for what `settle` makes of the work's result; an error rejects it.
pub(super) fn promised_in<'env, T: Send + 'static, E: Into<Redacted> + Send + 'static>(
    env: &'env Env,
    realm: &Arc<Realm>,
    work: impl Future<Output = std::result::Result<T, E>> + Send + 'static,
    settle: impl for<'a> FnOnce(&'a Env, &Arc<Realm>, T) -> Result<Unknown<'a>> + Send + 'static,
) -> Result<PromiseRaw<'env, Unknown<'env>>> {
    let (promise, work) = completions::promised(env, realm, work, |env, realm, result| {
        settle(env, realm, or_throw_in(env, realm, result)?)
    })?;
    spawn(work);
    Ok(promise)
}

/// What a call came to, counted as waiting for JavaScript until that has taken it.
fn waiting<E>(
    outcome: std::result::Result<Response, E>,
    backlog: &Arc<Backlog>,
) -> (std::result::Result<Response, E>, Option<backlog::Waiting>) {
    let counted = outcome.as_ref().ok().and_then(|answer| backlog.add(answer.body.len()));
    (outcome, counted)
}

/// What a call came to, as JavaScript takes it.
fn answered<'env>(
    env: &'env Env,
    realm: &Realm,
    outcome: crate::core::Result<Response, Redacted>,
    wants: &Wants,
    asked: &Asked,
) -> Result<Unknown<'env>> {
    match outcome {
        Ok(answer) if wants.bytes => buffer_of(env, answer),
        Ok(answer) => value_of(env, realm, answer, asked),
        Err(error) => Err(thrown(env, realm, error)),
    }
}

/// One pool of connections for the process: clients come and go, connections stay.
fn transport() -> Arc<HttpTransport> {
    static SHARED: OnceLock<Arc<HttpTransport>> = OnceLock::new();
    SHARED.get_or_init(Arc::default).clone()
}

/// The options that concern the core; the bag may hold much else (database connections), which is not touched.
fn options_in(env: &Env, bag: &Object) -> Result<Map<String, Value>> {
    let mut options = Map::new();
    for name in Given::OPTIONS {
        let value: Unknown = bag.get_named_property_unchecked(name)?;
        if value.get_type()? != ValueType::Undefined {
            options.insert((*name).to_owned(), json_of(env, value)?.0);
        }
    }
    Ok(options)
}

pub(super) fn json_of(env: &Env, value: Unknown) -> Result<Json> {
    use napi::bindgen_prelude::FromNapiValue;
    // SAFETY: the value is of this environment.
    unsafe { Json::from_napi_value(env.raw(), value.raw()) }
}

fn request_of(
    env: &Env,
    method: &str,
    path: String,
    data: Option<Unknown>,
    extra_headers: Option<Object>,
) -> Result<Request> {
    let unknown =
        || Error::invalid("method", format!("Invalid method: {method} is no HTTP verb of the panel"));
    let method = or_throw(env, Method::parse(method).ok_or_else(unknown))?;
    let mut headers = Vec::new();
    if let Some(extra) = extra_headers {
        for name in Object::keys(&extra)? {
            let value: Unknown = extra.get_named_property_unchecked(&name)?;
            if !json::is_nothing(&value)? {
                headers.push((name.into(), value.coerce_to_string()?.into_utf8()?.into_owned()?.into()));
            }
        }
    }
    let body = if method.is_safe() { Body::Empty } else { body_of(env, data, &headers)? };
    Ok(Request { method, path, body, headers, standing: None, caller: Caller::default(), changes: None })
}

/// Text and bytes go as they are, with the content type that the caller names; everything else as JSON. A call
/// without data sends `{}`, as the original does.
fn body_of(env: &Env, data: Option<Unknown>, headers: &[Header]) -> Result<Body> {
    use napi::bindgen_prelude::FromNapiValue;
    let Some(data) = data.filter(|d| d.get_type().is_ok_and(|t| t != ValueType::Undefined)) else {
        return Ok(Body::Json("{}".into()));
    };
    let named = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if data.get_type()? == ValueType::String {
        let text = data.coerce_to_string()?.into_utf8()?.into_owned()?;
        return Ok(if named { Body::Raw(text.into()) } else { Body::Json(text.into()) });
    }
    if data.is_typedarray()? {
        // SAFETY: just checked; the value is of this environment.
        let bytes = unsafe { Uint8Array::from_napi_value(env.raw(), data.raw())? };
        return Ok(Body::Raw(bytes.to_vec().into()));
    }
    Ok(json::stringify(env, data)?.map_or(Body::Empty, |text| Body::Json(text.into())))
}

/// The panel's answer as a JavaScript value: JSON parsed, anything else as text where the route may answer text.
pub(super) fn value_of<'env>(
    env: &'env Env,
    realm: &Realm,
    answer: Response,
    asked: &Asked,
) -> Result<Unknown<'env>> {
    if let Ok(value) = realm.parse_body(env, &answer.body) {
        return Ok(value);
    }
    if judge::expects_data(asked.method, &asked.path) || judge::claims_json(&answer) {
        let call = named_call(&asked.client.options().base_url, asked.method, &asked.path);
        return Err(thrown(env, realm, asked.client.redact(judge::not_json(answer, call))));
    }
    json::string(env, &answer.body)
}

/// What was asked, should that have to be told.
pub(super) struct Asked {
    pub client: Client,
    pub method: Method,
    pub path: String,
}

/// What a call wants beyond the usual.
#[derive(Default)]
pub(super) struct Wants {
    /// The answer's bytes, and not what they mean.
    bytes: bool,
    /// To go through JavaScript as this caller, whose options only `client.api` understands.
    caller: Option<Enter>,
}

/// The options of a call: axios's name for bytes, and the caller that `lib/own-ways.js` adds.
fn wants(options: Option<Object>) -> Result<Wants> {
    let Some(options) = options else { return Ok(Wants::default()) };
    let kind: Unknown = options.get_named_property_unchecked("responseType")?;
    let bytes = kind.get_type()? == ValueType::String
        && kind.coerce_to_string()?.into_utf8()?.as_str()? == "arraybuffer";
    Ok(Wants { bytes, caller: options.get_named_property_unchecked("caller")? })
}

fn buffer_of<'env>(env: &'env Env, answer: Response) -> Result<Unknown<'env>> {
    let buffer = BufferSlice::from_data(env, Vec::from(answer.body))?;
    // SAFETY: the buffer was made in this environment, in its current handle scope.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), buffer.raw()) })
}

fn login_result(outcome: &LoginOutcome) -> Value {
    match outcome {
        LoginOutcome::Token => {
            json!({ "success": true, "message": "Authenticated successfully using API Token" })
        }
        LoginOutcome::Restored => {
            json!({ "success": true, "fromCache": true, "data": { "msg": "Session restored from cache" } })
        }
        LoginOutcome::Fresh { cookie, answer } => {
            let mut headers = error::headers(answer);
            let cookies: Vec<&str> = answer.headers_named("set-cookie").collect();
            headers.insert("set-cookie".into(), json!(cookies));
            let data: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            json!({ "success": true, "fromCache": false, "cookie": cookie.reveal(), "headers": headers, "data": data })
        }
    }
}
