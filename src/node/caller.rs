//! Callers as Node.js knows them: each call of a client that calls functions of the program's keeps the async context that it
//! was made in, and those functions run there.
//!
//! `lib/caller.js` makes a function, when a call begins, that runs other functions as the caller. The core carries it along
//! with the call (`core::caller`), and it stands first among the arguments of whatever is called in JavaScript. A client that
//! calls nothing of the program's has no callers, and its calls cost nothing more.

use std::sync::OnceLock;

use napi::bindgen_prelude::{Function, FunctionRef, ToNapiValue};
use napi::{Env, JsValue, Result, sys};
use napi_derive::napi;

use super::client::ThreeXUI;
use super::json;
use crate::core::caller::Caller;

/// A function that runs the function given to it as the caller.
pub type Enter = FunctionRef<(), ()>;

/// How the calls of one client are told apart, once that is needed.
#[derive(Default)]
pub struct Callers {
    capture: OnceLock<FunctionRef<(), Enter>>,
}

impl Callers {
    /// Whoever makes a call now.
    pub fn current(&self, env: &Env) -> Result<Caller> {
        let Some(capture) = self.capture.get() else { return Ok(Caller::default()) };
        let enter = capture.borrow_back(env)?.call(())?;
        Ok(Caller::new(CallContext { enter, has_options: false }))
    }
}

/// What is kept of a call.
struct CallContext {
    enter: Enter,
    has_options: bool,
}

/// The caller of a call with options of its own, which its function knows.
pub fn with_options(enter: Enter) -> Caller {
    Caller::new(CallContext { enter, has_options: true })
}

/// Whether a caller has options of their own, which only `client.api` understands.
pub fn has_options(caller: &Caller) -> bool {
    caller.kept::<CallContext>().is_some_and(|context| context.has_options)
}

/// A caller as an argument: the function that runs others as them, or undefined for nobody.
pub struct As(pub Caller);

impl ToNapiValue for As {
    unsafe fn to_napi_value(env: sys::napi_env, caller: Self) -> Result<sys::napi_value> {
        match caller.0.kept::<CallContext>() {
            Some(context) => Ok(context.enter.borrow_back(&Env::from_raw(env))?.raw()),
            None => Ok(json::undefined(&Env::from_raw(env))?.raw()),
        }
    }
}

#[napi]
impl ThreeXUI {
    /// The client calls functions of the program's from now on: `capture` is called for each call, and gives the function that
    /// runs others as its caller.
    #[napi(enumerable = false, js_name = "_captureBy", skip_typescript)]
    pub fn capture_by(&self, capture: Function<(), Enter>) -> Result<()> {
        // One does for all: whoever comes second found it missing at the same time.
        let _ = self.callers.capture.set(capture.create_ref()?);
        Ok(())
    }
}
