//! Dispatch through `this._request`, whoever's it is.
//!
//! Subclasses, spies and replacements see every call there. Where it is the one of the client's own copy of `lib/`, the
//! call begins at once: going out to JavaScript and coming back costs more than all the rest of a small call on the
//! JavaScript thread. Looked up for each call, on the receiver of the call.
//!
//! Must not know: routes, and what comes of a request.

#![allow(unsafe_code)]

use napi::bindgen_prelude::{FnArgs, Function, JsObjectValue, Object, PromiseRaw, This, Unknown};
use napi::{Env, JsValue, Result};
use serde_json::Value;

use super::client::{ThreeXUI, Wants};
use super::json;
use super::planned_write::PlannedWrite;
use crate::core::json_text::fault_of;
use crate::core::request::{Body, Request};

const FORM: &str = "application/x-www-form-urlencoded";

/// Makes a request as the method of a client.
pub fn call<'env>(
    client: &ThreeXUI,
    env: &'env Env,
    this: This<'env>,
    request: Request,
) -> Result<Unknown<'env>> {
    call_planned(client, env, this, request, None)
}

/// The same for one that a flow has planned.
pub fn call_planned<'env>(
    client: &ThreeXUI,
    env: &'env Env,
    this: This<'env>,
    request: Request,
    write: Option<&PlannedWrite>,
) -> Result<Unknown<'env>> {
    let door: Unknown = this.get_named_property_unchecked("_request")?;
    if client.realm.is_own_request(env, door)? {
        let mut request = as_through_the_door(request);
        let (slot, changes) = write.map(PlannedWrite::for_request).unwrap_or_default();
        request.changes = changes;
        return Ok(unknown(client.begin(env, request, slot, Wants::default())?));
    }
    let verb = request.method.as_str().to_ascii_lowercase();
    match request.body {
        // The original passes no data where there is none; the empty object is made further down.
        Body::Json(text) if text.as_ref() == b"{}" => without_data(env, this, verb, request.path),
        Body::Empty | Body::Raw(_) => without_data(env, this, verb, request.path),
        Body::Json(text) => {
            let door: Function<FnArgs<(String, String, Unknown)>, Unknown> =
                this.get_named_property("_request")?;
            let data = json::parse(env, &text)?;
            kept(env, door.apply(this.object, FnArgs { data: (verb, request.path, data) })?)
        }
        Body::Form(text) => {
            let door: Function<FnArgs<(String, String, Unknown, Object)>, Unknown> =
                this.get_named_property("_request")?;
            let mut headers = Object::new(env)?;
            headers.set("Content-Type", FORM)?;
            let data = json::string(env, &text)?;
            kept(env, door.apply(this.object, FnArgs { data: (verb, request.path, data, headers) })?)
        }
    }
}

/// A request as it comes out behind the door.
fn as_through_the_door(mut request: Request) -> Request {
    request.body = match request.body {
        _ if request.method.is_safe() => Body::Empty,
        Body::Empty | Body::Raw(_) => Body::Json("{}".into()),
        Body::Form(text) => {
            request.headers.push(("Content-Type".into(), FORM.into()));
            Body::Raw(text)
        }
        // No data, as the door takes it.
        Body::Json(text) if text.as_ref() == b"null" => Body::Json("{}".into()),
        json @ Body::Json(_) => json,
    };
    request
}

fn without_data<'env>(env: &'env Env, this: This<'env>, verb: String, path: String) -> Result<Unknown<'env>> {
    let door: Function<FnArgs<(String, String)>, Unknown> = this.get_named_property("_request")?;
    kept(env, door.apply(this.object, FnArgs { data: (verb, path) })?)
}

/// The same with a body and headers that are JavaScript's own.
pub fn call_with<'env>(
    env: &'env Env,
    this: This<'env>,
    request: &Request,
    data: Unknown,
    headers: Unknown,
) -> Result<Unknown<'env>> {
    let door: Function<FnArgs<(String, String, Unknown, Unknown)>, Unknown> =
        this.get_named_property("_request")?;
    let verb = request.method.as_str().to_ascii_lowercase();
    kept(env, door.apply(this.object, FnArgs { data: (verb, request.path.clone(), data, headers) })?)
}

/// The same for an answer that is bytes.
pub fn call_for_bytes<'env>(env: &'env Env, this: This<'env>, request: Request) -> Result<Unknown<'env>> {
    type Arguments<'a> = FnArgs<(String, String, Object<'a>, Object<'a>, Object<'a>)>;
    let door: Function<Arguments, Unknown> = this.get_named_property("_request")?;
    let verb = request.method.as_str().to_ascii_lowercase();
    let mut options = Object::new(env)?;
    options.set("responseType", "arraybuffer")?;
    let (data, headers) = (Object::new(env)?, Object::new(env)?);
    kept(env, door.apply(this.object, FnArgs { data: (verb, request.path, data, headers, options) })?)
}

fn kept<'env>(env: &'env Env, answer: Unknown) -> Result<Unknown<'env>> {
    // SAFETY: the value was made in this environment, in its current handle scope.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), answer.raw()) })
}

fn unknown<'env>(promise: PromiseRaw<'env, Unknown<'env>>) -> Unknown<'env> {
    promise.to_unknown()
}

/// A promise for what a pure function makes of the answer that `promised` brings.
pub fn mapped<'env>(
    client: &ThreeXUI,
    env: &'env Env,
    promised: Unknown<'env>,
    change: fn(Value) -> Value,
) -> Result<Unknown<'env>> {
    let promise: PromiseRaw<'env, Unknown> = PromiseRaw::new(env.raw(), promised.raw());
    let realm = client.realm.clone();
    let changed = promise.then(move |context| {
        let text = realm.stringify(&context.env, context.value)?.unwrap_or_else(|| "null".to_owned());
        let answer = serde_json::from_str(&text)
            .map_err(|e| napi::Error::from_reason(format!("The value is no JSON: {}", fault_of(&e))))?;
        realm.parse(&context.env, change(answer).to_string().as_bytes())
    })?;
    // SAFETY: the promise was made in this environment, in its current handle scope.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), changed.raw()) })
}
