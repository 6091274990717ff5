//! Errors on their way to JavaScript: a real `Error` with the members that programs read.
//!
//! The shape is axios's, because that is what programs written for the original library look at. `lib/errors.js`
//! gives the error its class; a member that it takes away tells which. Only what has been redacted becomes a value here.

use napi::bindgen_prelude::{Function, JsObjectValue, Object, Unknown};
use napi::{Env, JsValue};
use serde_json::{Map, Value, json};

use super::host::Give;
use super::realm::Realm;
use crate::core::error::Applied;
use crate::core::host_value::HostValue;
use crate::core::response::Headers;
use crate::core::{Call, Error, Redacted, Response};

/// The error as something that can be thrown. One of a client is redacted by it; any other keeps no answer.
pub fn thrown(env: &Env, realm: &Realm, error: impl Into<Redacted>) -> napi::Error {
    match build(env, realm, error.into().error()) {
        Ok(built) => napi::Error::from_unknown_without_coercion(built),
        Err(failure) => failure,
    }
}

/// Throws where the core fails, outside of any client.
pub fn or_throw<T, E: Into<Redacted>>(env: &Env, result: Result<T, E>) -> napi::Result<T> {
    result.map_err(|error| match Realm::of(env) {
        Ok(realm) => thrown(env, &realm, error),
        Err(failure) => failure,
    })
}

/// Throws where the core fails, for a client of this realm.
pub fn or_throw_in<T, E: Into<Redacted>>(env: &Env, realm: &Realm, result: Result<T, E>) -> napi::Result<T> {
    result.map_err(|error| thrown(env, realm, error))
}

fn build<'env>(env: &Env, realm: &Realm, error: &Error) -> napi::Result<Unknown<'env>> {
    let constructor: Function<String, Unknown> = env.get_global()?.get_named_property_unchecked("Error")?;
    let built = constructor.new_instance(error.to_string())?;
    let mut object = Object::from_raw(env.raw(), built.raw());
    for (name, value) in members(error) {
        object.set_named_property(&name, realm.parse(env, value.to_string().as_bytes())?)?;
    }
    if let Some(give) = thrown_by_host(error).and_then(HostValue::kept::<Give>) {
        object.set_named_property(THROWN, give.borrow_back(env)?)?;
    }
    // SAFETY: the value was made in this environment, in its current handle scope.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), built.raw()) })
}

/// The member by which `lib/errors.js` gets at what a function of the program threw, which goes on in the place of the error.
const THROWN: &str = "3xui thrown";

/// The member by which `lib/errors.js` knows an error of the core, and its class; it is gone before anybody sees the error.
const CLASS: &str = "3xui class";

fn members(error: &Error) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert(CLASS.into(), class(error).into());
    if let Some(code) = error.code() {
        members.insert("code".into(), code.into());
    }
    if let Some(applied) = error.applied() {
        members.insert("outcome".into(), outcome(applied).into());
    }
    if let Error::Validation { field, .. } = error {
        members.insert("field".into(), field.as_str().into());
    }
    let config = error.call().map(config);
    if let Some(config) = &config {
        members.insert("config".into(), config.clone());
    }
    if let Error::Unsupported { .. } = error {
        // What a panel without the route would have answered, for programs that look at nothing else.
        let answer =
            Response { status: 404, headers: Headers::default(), ..Response::synthetic(String::new()) };
        members.insert("status".into(), answer.status.into());
        members.insert("response".into(), response_members(&answer, config.clone()));
    }
    if let Some(response) = error.response() {
        members.insert("status".into(), response.status.into());
        members.insert("response".into(), response_members(response, config));
    }
    members
}

/// What is known of a write that failed, as programs ask for it.
fn outcome(applied: Applied) -> &'static str {
    match applied {
        Applied::No => "not-applied",
        Applied::Unknown => "unknown",
    }
}

/// What the host threw itself, which then goes on in the place of this error.
fn thrown_by_host(error: &Error) -> Option<&HostValue> {
    match error {
        Error::Host { thrown, .. } => Some(thrown),
        _ => error.response().map(|response| &response.thrown),
    }
}

/// The class in `lib/errors.js`; a plain `Error` where programs expect nothing more.
fn class(error: &Error) -> &'static str {
    match error {
        Error::Config(_) => "Error",
        Error::Validation { .. } => "ValidationError",
        // The panel itself refused; anything else that stopped a login is called what it is.
        Error::Login { source: Some(source), .. } => class(source),
        Error::Login { source: None, .. } | Error::TokenRejected { .. } => "AuthenticationError",
        Error::LoginRateLimited | Error::LoginRetriesSpent => "LoginRateLimitError",
        Error::NotFound { .. } => "NotFoundError",
        Error::Conflict { .. } => "ConflictError",
        Error::Status { response, .. } if response.status == 404 => "NotFoundError",
        Error::Unsupported { .. } => "UnsupportedByPanelError",
        Error::Timeout { .. } | Error::Expired(_) => "TimeoutError",
        Error::Network { .. } => "NetworkError",
        Error::Tls { .. } => "TlsError",
        Error::Status { .. } | Error::Unreadable { .. } => "PanelError",
        _ => "Error",
    }
}

fn config(call: &Call) -> Value {
    json!({ "method": call.method.to_ascii_lowercase(), "url": call.path, "baseURL": call.base_url })
}

fn response_members(response: &Response, config: Option<Value>) -> Value {
    let data =
        serde_json::from_slice(&response.body).unwrap_or_else(|_| Value::from(response.text().into_owned()));
    json!({
        "status": response.status,
        "statusText": response.status_text(),
        "headers": headers(response),
        "config": config,
        "data": data,
    })
}

/// Headers as axios shows them, without the cookies.
pub fn headers(response: &Response) -> Map<String, Value> {
    let mut shown: Map<String, Value> = Map::new();
    for (name, value) in response.headers.pairs().filter(|(name, _)| *name != "set-cookie") {
        let joined = match shown.get(name).and_then(Value::as_str) {
            Some(before) => format!("{before}, {value}"),
            None => value.into_owned(),
        };
        shown.insert(name.to_owned(), joined.into());
    }
    shown
}
