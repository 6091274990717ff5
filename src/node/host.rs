//! The host's own ways in the place of ours: requests through JavaScript (`lib/api`), logins by an overridden `login`.
//!
//! Owns how they cross over and come back. What is thrown stays in JavaScript, behind a function that gives it: the
//! core carries that, and the thrown value goes on unchanged. Holds no rule about when either is used.

use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use napi::bindgen_prelude::{
    Buffer, FnArgs, FromNapiValue, Function, FunctionRef, JsObjectValue, Object, Promise, Unknown,
};
use napi::threadsafe_function::ThreadsafeFunction;
use napi::{Env, JsValue, Result, Status, ValueType, sys};
use serde_json::Value;

use super::caller::{As, has_options};
use crate::core::auth::HostLogin;
use crate::core::caller::Caller;
use crate::core::error::Error;
use crate::core::host_value::HostValue;
use crate::core::http::HttpTransport;
use crate::core::options::Options;
use crate::core::request::{Body, Header, Request};
use crate::core::response::Headers;
use crate::core::transport::{BoxFuture, Transport, call_of};
use crate::core::{self, Response, judge};

/// Requests go out by our own transport, or through JavaScript where the host asks for it: for all requests, or for
/// those of a caller who has options of their own.
pub struct Switch {
    ours: Arc<HttpTransport>,
    host: RwLock<Option<Arc<HostTransport>>>,
    for_all: std::sync::atomic::AtomicBool,
}

impl Switch {
    /// Our own transport, until told otherwise.
    pub fn new(ours: Arc<HttpTransport>) -> Self {
        Self { ours, host: RwLock::default(), for_all: false.into() }
    }

    /// The way through JavaScript, once there is one.
    pub fn set_host(&self, host: HostTransport) {
        *self.host.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(host));
    }

    /// Sends everything through JavaScript from now on, or only the requests of callers with options of their own.
    pub fn use_host(&self, for_all: bool) {
        self.for_all.store(for_all, std::sync::atomic::Ordering::Release);
    }

    fn host_for(&self, caller: &Caller) -> Option<Arc<HostTransport>> {
        if !has_options(caller) && !self.for_all.load(std::sync::atomic::Ordering::Acquire) {
            return None;
        }
        self.host.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Switch {
    fn send<'a>(&'a self, options: &'a Options, request: Request) -> BoxFuture<'a, core::Result<Response>> {
        match self.host_for(&request.caller) {
            Some(host) => Box::pin(host.send_bounded(options, request)),
            None => self.ours.send(options, request),
        }
    }

    fn is_common(&self, caller: &Caller) -> bool {
        self.host_for(caller).is_none()
    }
}

/// An answer as `lib/api` takes it: status, its words, headers as pairs, body.
pub fn received<'env>(env: &'env Env, answer: Response) -> Result<Unknown<'env>> {
    let mut object = Object::new(env)?;
    object.set("status", u32::from(answer.status))?;
    object.set("statusText", answer.status_text())?;
    let pairs: Vec<Vec<String>> =
        answer.headers.pairs().map(|(name, value)| vec![name.to_owned(), value.into_owned()]).collect();
    object.set("headers", pairs)?;
    object.set("body", Buffer::from(Vec::from(answer.body)))?;
    // SAFETY: the object was made in this environment, in its current handle scope.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), object.raw()) })
}

/// Caller, verb, path, headers as JSON text, body, its kind.
pub type Outgoing = FnArgs<(As, String, String, String, Buffer, String)>;
type SendThrough = ThreadsafeFunction<Outgoing, Promise<Incoming>, Outgoing, Status, false, true>;

/// The way through JavaScript. The reference is weak: it keeps no process alive.
pub struct HostTransport(SendThrough);

impl HostTransport {
    /// Through an async function.
    pub fn new(send: Function<Outgoing, Promise<Incoming>>) -> Result<Self> {
        Ok(Self(send.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?))
    }

    async fn send_bounded(self: Arc<Self>, options: &Options, request: Request) -> core::Result<Response> {
        let call = call_of(&options.base_url, &request);
        judge::bounded(self.send(request).await?, options, || call)
    }

    async fn send(&self, request: Request) -> core::Result<Response> {
        let kind = match request.body {
            Body::Empty => "empty",
            Body::Json(_) => "json",
            Body::Form(_) => "form",
            Body::Raw(_) => "raw",
        };
        let own = &request.headers;
        let all: Vec<&Header> = match &request.standing {
            Some(standing) => standing.with(own).collect(),
            None => own.iter().collect(),
        };
        let headers =
            all.into_iter().map(|(name, value)| (name.clone().into_owned(), Value::from(value.as_ref())));
        let headers = Value::Object(headers.collect()).to_string();
        let body = Buffer::from(Vec::from(request.body.bytes()));
        let verb = request.method.as_str().to_ascii_lowercase();
        let args = FnArgs { data: (As(request.caller), verb, request.path, headers, body, kind.to_owned()) };
        let sent = self.0.call_async_catch(args).await.map_err(failed)?.await.map_err(failed)?;
        sent.into_response()
    }
}

/// What comes back: an answer, something thrown, or both.
pub struct Incoming {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    thrown: HostValue,
    message: String,
}

impl Incoming {
    fn into_response(self) -> core::Result<Response> {
        if self.status == 0 {
            return Err(Error::Host { message: self.message, thrown: self.thrown });
        }
        let headers = Headers::from_pairs(self.headers);
        Ok(Response { status: self.status, headers, body: self.body, thrown: self.thrown })
    }
}

impl FromNapiValue for Incoming {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let object = Object::from_raw(env, value);
        let body: Unknown = object.get_named_property_unchecked("body")?;
        let body = if body.get_type()? == ValueType::String {
            Bytes::from(body.coerce_to_string()?.into_utf8()?.into_owned()?)
        } else {
            // SAFETY: the value is of this environment; one that is no buffer is an error.
            Bytes::from(unsafe { Buffer::from_napi_value(env, body.raw()) }?.to_vec())
        };
        let headers: Vec<Vec<String>> = object.get_named_property("headers")?;
        let pairs = headers.into_iter().filter_map(|pair| <[String; 2]>::try_from(pair).ok());
        Ok(Self {
            status: object.get_named_property::<u32>("status")?.try_into().unwrap_or(0),
            headers: pairs.map(|[name, value]| (name, value)).collect(),
            body,
            thrown: thrown_in(&object)?,
            message: object.get_named_property("message")?,
        })
    }
}

impl napi::bindgen_prelude::TypeName for Incoming {
    fn type_name() -> &'static str {
        "object"
    }

    fn value_type() -> ValueType {
        ValueType::Object
    }
}

impl napi::bindgen_prelude::ValidateNapiValue for Incoming {}

/// A function that gives what was thrown.
pub type Give = FunctionRef<(), Unknown<'static>>;

/// The thrown value of an outcome; none where nothing was thrown.
fn thrown_in(outcome: &Object) -> Result<HostValue> {
    let give: Option<Give> = outcome.get_named_property("thrown")?;
    Ok(give.map(HostValue::new).unwrap_or_default())
}

/// Caller, and whether it is forced.
pub type LoginArgs = FnArgs<(As, bool)>;
/// Resolves with what was thrown, if anything.
type Login = ThreadsafeFunction<LoginArgs, Promise<Thrown>, LoginArgs, Status, false, true>;

/// An overridden `login`.
pub struct OwnLogin(Login);

impl OwnLogin {
    /// By an async function.
    pub fn new(login: Function<LoginArgs, Promise<Thrown>>) -> Result<Self> {
        Ok(Self(login.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?))
    }
}

impl HostLogin for OwnLogin {
    fn log_in<'a>(&'a self, caller: &'a Caller, force: bool) -> BoxFuture<'a, core::Result<()>> {
        Box::pin(async move {
            let args = FnArgs { data: (As(caller.clone()), force) };
            let Thrown { thrown, message } =
                self.0.call_async_catch(args).await.map_err(failed)?.await.map_err(failed)?;
            if thrown.is_none() { Ok(()) } else { Err(Error::Host { message, thrown }) }
        })
    }
}

/// What a function of the host threw, if anything.
pub struct Thrown {
    thrown: HostValue,
    message: String,
}

impl FromNapiValue for Thrown {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let object = Object::from_raw(env, value);
        Ok(Self { thrown: thrown_in(&object)?, message: object.get_named_property("message")? })
    }
}

impl napi::bindgen_prelude::TypeName for Thrown {
    fn type_name() -> &'static str {
        "object"
    }

    fn value_type() -> ValueType {
        ValueType::Object
    }
}

impl napi::bindgen_prelude::ValidateNapiValue for Thrown {}

/// The functions given to us catch everything; what fails beyond that is their thread, which is going.
fn failed(error: napi::Error) -> Error {
    Error::Host { message: error.reason.to_string(), thrown: HostValue::default() }
}
