//! Realms: the built-ins that JavaScript values are made with, and the queue that calls are settled by.
//!
//! The addon is loaded once for each environment, but the files of `lib/` are loaded once for each context of `vm` (each
//! test file of Jest is one): every copy of them makes a `Realm` of its own functions and gives it to its clients. A call
//! holds the realm of its client until it is settled, so that its answer is parsed, and its error made, by functions of
//! the program's own context.
//!
//! Who holds it: `ThreeXUI.realm` (a client), `PendingCall` and `Completion` (a call), and as the environment's instance
//! data `Realm::of(env)`, made of the globals of the context that loaded the addon: for what belongs to no client.
//! References are released on their own thread, whoever drops the last holder: `FunctionRef` sees to that.
//!
//! To add a built-in: a member here, read in `Realm::own` (and from the globals in `Realm::of_globals`), handed over in
//! `lib/realm.js`.

use std::sync::Arc;

use bytes::Bytes;
use napi::bindgen_prelude::{
    FnArgs, FromNapiValue, Function, FunctionRef, JsObjectValue, JsValuesTupleIntoVec, Object, Unknown,
};
use napi::{Env, JsValue, Result};
use napi_derive::napi;

use super::completions::CompletionQueue;
use super::{external, json};
use crate::core::backlog::Backlog;

type Parse = FunctionRef<Unknown<'static>, Unknown<'static>>;
type Stringify = FunctionRef<FnArgs<(Unknown<'static>,)>, Option<String>>;
type Request = FunctionRef<(), Unknown<'static>>;

/// What one copy of `lib/` makes values with.
pub struct Realm {
    queue: Arc<CompletionQueue>,
    backlog: Arc<Backlog>,
    parse: Parse,
    stringify: Stringify,
    /// `_request` as `lib/client.js` has it; a client whose `_request` is another one is called through that.
    request: Option<Request>,
}

impl Realm {
    /// That of the context which loaded the addon.
    pub fn of(env: &Env) -> Result<Arc<Self>> {
        if let Some(realm) = env.get_instance_data::<Arc<Self>>()? {
            return Ok(realm.clone());
        }
        let realm = Arc::new(Self::of_globals(env)?);
        env.set_instance_data(realm.clone(), (), |_| {})?;
        Ok(realm)
    }

    fn of_globals(env: &Env) -> Result<Self> {
        let json: Object = env.get_global()?.get_named_property_unchecked("JSON")?;
        Ok(Self {
            queue: CompletionQueue::new(env)?,
            backlog: Arc::default(),
            parse: json.get_named_property("parse")?,
            stringify: json.get_named_property("stringify")?,
            request: None,
        })
    }

    /// That of a copy of `lib/`, of the functions that it hands over.
    fn own(env: &Env, functions: &Object) -> Result<Self> {
        let shared = Self::of(env)?;
        Ok(Self {
            queue: shared.queue.clone(),
            backlog: shared.backlog.clone(),
            parse: function(functions, "parse")?,
            stringify: function(functions, "stringify")?,
            request: Some(function(functions, "request")?),
        })
    }

    /// The queue that calls of this realm are settled by.
    pub fn queue(&self) -> &Arc<CompletionQueue> {
        &self.queue
    }

    /// The long answers that wait for the thread of this realm.
    pub fn backlog(&self) -> &Arc<Backlog> {
        &self.backlog
    }

    /// Parses JSON text to a value of this realm.
    pub fn parse<'env>(&self, env: &Env, text: &[u8]) -> Result<Unknown<'env>> {
        self.parse_string(env, json::string(env, text)?)
    }

    /// The same for a body, which is lent to V8 where it is large.
    pub fn parse_body<'env>(&self, env: &Env, body: &Bytes) -> Result<Unknown<'env>> {
        let lent = if body.is_ascii() { external::string(env, body) } else { None };
        self.parse_string(env, lent.map_or_else(|| json::string(env, body), Ok)?)
    }

    fn parse_string<'env>(&self, env: &Env, text: Unknown<'_>) -> Result<Unknown<'env>> {
        let value = self.parse.borrow_back(env)?.call(in_scope_of(env, &text))?;
        Ok(in_scope_of(env, &value))
    }

    /// What `JSON.stringify` makes of a value; `None` where that is `undefined`.
    pub fn stringify(&self, env: &Env, value: Unknown) -> Result<Option<String>> {
        self.stringify.borrow_back(env)?.call(FnArgs { data: (in_scope_of(env, &value),) })
    }

    /// Whether a function is the `_request` of this copy of `lib/`.
    pub fn is_own_request(&self, env: &Env, request: Unknown) -> Result<bool> {
        let Some(own) = &self.request else { return Ok(false) };
        env.strict_equals(own.borrow_back(env)?, request)
    }
}

/// A value with the lifetime of whoever asks; both are of the current handle scope.
#[allow(unsafe_code)]
fn in_scope_of<'to>(env: &Env, value: &Unknown<'_>) -> Unknown<'to> {
    // SAFETY: the value was made in this environment, in its current handle scope.
    unsafe { Unknown::from_raw_unchecked(env.raw(), value.raw()) }
}

fn function<Args: JsValuesTupleIntoVec, Return: FromNapiValue>(
    of: &Object,
    name: &str,
) -> Result<FunctionRef<Args, Return>> {
    of.get_named_property::<Function<Args, Return>>(name)?.create_ref()
}

/// The realm of one copy of `lib/`, as that holds it.
#[napi(js_name = "LibRealm")]
pub struct LibRealm {
    pub(super) realm: Arc<Realm>,
}

#[napi]
impl LibRealm {
    /// Of the functions of a copy of `lib/`.
    #[napi(constructor)]
    pub fn new(env: &Env, functions: Object) -> Result<Self> {
        Ok(Self { realm: Arc::new(Realm::own(env, &functions)?) })
    }
}
