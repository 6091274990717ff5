//! Completion queue: calls that end on other threads, settled on their JavaScript thread in batches.
//!
//! Each environment has one queue, and each queue has one threadsafe function whose context is that queue: two copies of
//! the addon on one thread have two environments, and each settles its own calls. Whoever completes a call pushes it, and
//! wakes the JavaScript thread if the queue was empty; where many calls are under way, the wake-up waits for those that end
//! in the same moment. A threadsafe function and a wake-up for each call, as promises of napi cost, are more than the rest
//! of a small call. While calls are under way the queue keeps the process alive, and no longer.
//!
//! Must not know: what a call is.

#![allow(unsafe_code)]

use std::ffi::c_void;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{JsObjectValue, Object, PromiseRaw, Unknown};
use napi::{Env, JsValue, Result, check_status, sys};
use tokio::runtime::Handle;

use super::realm::Realm;

/// From so many calls under way on, it is likely that others end together with one: waking the JavaScript thread once for
/// all of them is worth the moment that the first one loses.
const MANY: usize = 16;

/// Makes the value that a promise is resolved with, or what it is rejected with.
type Settle = Box<dyn for<'env> FnOnce(&'env Env, &Arc<Realm>) -> Result<Unknown<'env>> + Send>;

/// Writes JSON text.
type WriteJson = Box<dyn FnOnce(&mut String) + Send>;

/// How a call has ended.
pub enum Outcome {
    /// With what JSON text says. It is written when it is parsed, which for many that end at once is in one go: memory that
    /// is touched for the first time takes longer than writing.
    Json(WriteJson),
    /// With what comes of this on the JavaScript thread.
    Settle(Settle),
}

impl Outcome {
    /// With this error.
    pub fn failed(error: crate::core::Redacted) -> Self {
        Self::Settle(Box::new(move |env, realm| Err(super::error::thrown(env, realm, error))))
    }
}

/// As many texts are parsed in one go.
const MOST_TEXTS: usize = 256;
/// About how long one is.
const TEXT_LENGTH: usize = 512;

/// A promise under way, as Node-API knows it.
struct Deferred(sys::napi_deferred);

// SAFETY: it is only carried about; it is settled on the thread that made it (`drain`).
unsafe impl Send for Deferred {}

/// A call that has ended, whose promise has not been settled yet.
struct Completion {
    deferred: Deferred,
    realm: Arc<Realm>,
    outcome: Outcome,
}

/// The completion queue of one environment.
pub struct CompletionQueue {
    state: Mutex<State>,
    /// Calls under way.
    pending: AtomicUsize,
}

struct State {
    completed: Vec<Completion>,
    /// Kept from one batch to the next, for its memory.
    spare: Vec<Completion>,
    /// Null when its environment is gone: then nobody waits any more.
    wake: sys::napi_threadsafe_function,
}

// SAFETY: a threadsafe function may be called from any thread, and is not used after `finalize` has taken it away.
unsafe impl Send for State {}

impl CompletionQueue {
    /// The queue of an environment; made once for each.
    pub fn new(env: &Env) -> Result<Arc<Self>> {
        let state = State { completed: Vec::new(), spare: Vec::new(), wake: ptr::null_mut() };
        let queue = Arc::new(Self { state: Mutex::new(state), pending: AtomicUsize::new(0) });
        let name = env.create_string("3xui-native: completed calls")?;
        let mut wake = ptr::null_mut();
        let context = Arc::into_raw(queue.clone()).cast_mut().cast::<c_void>();
        // SAFETY: the environment is that of this thread. The context is a strong count of the queue, which `finalize` gives
        // back, and after which `drain` is not called any more.
        let made = check_status!(unsafe {
            sys::napi_create_threadsafe_function(
                env.raw(),
                ptr::null_mut(),
                ptr::null_mut(),
                name.raw(),
                0,
                1,
                context,
                Some(finalize),
                context,
                Some(drain),
                &mut wake,
            )
        });
        if let Err(error) = made {
            // SAFETY: nothing was made that would call `finalize`.
            drop(unsafe { Arc::from_raw(context.cast_const().cast::<Self>()) });
            return Err(error);
        }
        // SAFETY: it was made just now, on this thread. Until a call is under way it keeps nobody alive.
        check_status!(unsafe { sys::napi_unref_threadsafe_function(env.raw(), wake) })?;
        queue.state().wake = wake;
        Ok(queue)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(self: &Arc<Self>, completion: Completion) {
        let is_first = {
            let mut state = self.state();
            if state.wake.is_null() {
                return;
            }
            state.completed.push(completion);
            state.completed.len() == 1
        };
        if !is_first {
            return;
        }
        let wake_up = WakeUp(self.clone());
        if self.pending.load(Ordering::Relaxed) >= MANY
            && let Ok(runtime) = Handle::try_current()
        {
            // After those that are ready now.
            runtime.spawn(async move {
                tokio::task::yield_now().await;
                drop(wake_up);
            });
        }
    }

    fn wake(&self) {
        let state = self.state();
        if !state.wake.is_null() {
            // SAFETY: it is not null, so `finalize` has not taken it away, which it does under this lock.
            let _ = unsafe {
                sys::napi_call_threadsafe_function(
                    state.wake,
                    ptr::null_mut(),
                    sys::ThreadsafeFunctionCallMode::nonblocking,
                )
            };
        }
    }

    /// One more call is under way; on the thread of `env`, whose queue this is.
    fn begin(&self, env: &Env) {
        if self.pending.fetch_add(1, Ordering::Relaxed) == 0 {
            self.keep_alive(env.raw(), true);
        }
    }

    fn end(&self, env: sys::napi_env, count: usize) {
        if count > 0 && self.pending.fetch_sub(count, Ordering::Relaxed) == count {
            self.keep_alive(env, false);
        }
    }

    fn keep_alive(&self, env: sys::napi_env, is_needed: bool) {
        let wake = self.state().wake;
        if wake.is_null() {
            return;
        }
        // SAFETY: this is the thread of the environment, where alone `finalize` could take the function away.
        let _ = unsafe {
            if is_needed {
                sys::napi_ref_threadsafe_function(env, wake)
            } else {
                sys::napi_unref_threadsafe_function(env, wake)
            }
        };
    }
}

/// Wakes the JavaScript thread when it is dropped, also by a runtime that ends: what was pushed is settled in any case.
struct WakeUp(Arc<CompletionQueue>);

impl Drop for WakeUp {
    fn drop(&mut self) {
        self.0.wake();
    }
}

/// A call under way. It is told how it ended, or that it never will if it is dropped.
pub struct PendingCall {
    realm: Arc<Realm>,
    deferred: Option<Deferred>,
}

impl PendingCall {
    /// Ends it.
    pub fn complete(mut self, outcome: Outcome) {
        self.push(outcome);
    }

    fn push(&mut self, outcome: Outcome) {
        if let Some(deferred) = self.deferred.take() {
            let realm = self.realm.clone();
            self.realm.queue().push(Completion { deferred, realm, outcome });
        }
    }
}

impl Drop for PendingCall {
    fn drop(&mut self) {
        self.push(Outcome::failed(crate::core::Error::Abandoned.into()));
    }
}

/// Work that has been handed over and not begun.
pub type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A promise for what `settle` makes of the work's result, on the JavaScript thread; the caller spawns the work.
pub fn promised<'env, T: Send + 'static>(
    env: &'env Env,
    realm: &Arc<Realm>,
    work: impl Future<Output = T> + Send + 'static,
    settle: impl for<'a> FnOnce(&'a Env, &Arc<Realm>, T) -> Result<Unknown<'a>> + Send + 'static,
) -> Result<(PromiseRaw<'env, Unknown<'env>>, Work)> {
    let (promise, call) = promise(env, realm)?;
    let work = Box::pin(async move {
        let result = work.await;
        call.complete(Outcome::Settle(Box::new(move |env, realm| settle(env, realm, result))));
    });
    Ok((promise, work))
}

/// A promise of `realm`, and the call that settles it.
pub fn promise<'env>(
    env: &'env Env,
    realm: &Arc<Realm>,
) -> Result<(PromiseRaw<'env, Unknown<'env>>, PendingCall)> {
    let (mut deferred, mut promise) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: the environment is that of this thread; both are written on success.
    check_status!(unsafe { sys::napi_create_promise(env.raw(), &mut deferred, &mut promise) })?;
    realm.queue().begin(env);
    let call = PendingCall { realm: realm.clone(), deferred: Some(Deferred(deferred)) };
    Ok((PromiseRaw::new(env.raw(), promise), call))
}

/// The environment goes: nobody may wake it any more.
///
/// # Safety
/// Called by Node-API once, with the strong count of the queue that was given to it.
unsafe extern "C" fn finalize(_env: sys::napi_env, queue: *mut c_void, _hint: *mut c_void) {
    // SAFETY: it is the pointer that `CompletionQueue::new` made of an `Arc`.
    let queue = unsafe { Arc::from_raw(queue.cast_const().cast::<CompletionQueue>()) };
    let mut state = queue.state();
    state.wake = ptr::null_mut();
    let unsettled = std::mem::take(&mut state.completed);
    drop(state);
    drop(unsettled);
}

/// Settles the promises of all calls that have ended.
///
/// # Safety
/// Called by Node-API on the thread of the queue's environment, with the queue as its context and before `finalize`; the
/// environment is null when that is going.
unsafe extern "C" fn drain(env: sys::napi_env, _f: sys::napi_value, queue: *mut c_void, _data: *mut c_void) {
    if env.is_null() {
        return;
    }
    // SAFETY: the threadsafe function holds a strong count of its queue until `finalize`.
    let queue = unsafe { &*queue.cast_const().cast::<CompletionQueue>() };
    let mut batch = {
        let mut state = queue.state();
        let spare = std::mem::take(&mut state.spare);
        std::mem::replace(&mut state.completed, spare)
    };
    let count = batch.len();
    let mut texts = Texts::default();
    for Completion { deferred, realm, outcome } in batch.drain(..) {
        match outcome {
            Outcome::Json(write) => texts.push(env, deferred, realm, write),
            Outcome::Settle(settle) => {
                // In the order in which they have ended.
                texts.settle(env);
                settle_one(env, deferred, &realm, settle);
            }
        }
    }
    texts.settle(env);
    queue.state().spare = batch;
    queue.end(env, count);
}

fn settle_one(env: sys::napi_env, deferred: Deferred, realm: &Arc<Realm>, settle: Settle) {
    in_scope(env, |env| {
        // A panic may not leave a callback of Node-API, and the call is to end in any case.
        let settled = catch_unwind(AssertUnwindSafe(|| settle(env, realm)));
        let failed = |_| Err(super::error::thrown(env, realm, crate::core::Error::Abandoned));
        conclude(env, deferred, settled.unwrap_or_else(failed));
    });
}

/// Texts of one realm that are parsed together.
#[derive(Default)]
struct Texts {
    realm: Option<Arc<Realm>>,
    written: Vec<(Deferred, WriteJson)>,
}

impl Texts {
    fn push(&mut self, env: sys::napi_env, deferred: Deferred, realm: Arc<Realm>, write: WriteJson) {
        let is_other = self.realm.as_ref().is_some_and(|of| !Arc::ptr_eq(of, &realm));
        if is_other || self.written.len() >= MOST_TEXTS {
            self.settle(env);
        }
        self.realm.get_or_insert(realm);
        self.written.push((deferred, write));
    }

    /// Parses them as the members of one list, and by themselves if one of them is no JSON.
    fn settle(&mut self, env: sys::napi_env) {
        let Some(realm) = self.realm.take() else { return };
        in_scope(env, |env| {
            let mut text = String::with_capacity(self.written.len() * TEXT_LENGTH);
            let mut places = Vec::with_capacity(self.written.len());
            for (deferred, write) in self.written.drain(..) {
                text.push(if places.is_empty() { '[' } else { ',' });
                let from = text.len();
                // One that panics leaves a text that is no JSON, and its call fails by itself.
                let _ = catch_unwind(AssertUnwindSafe(|| write(&mut text)));
                places.push((deferred, from..text.len()));
            }
            text.push(']');
            let list = realm.parse(env, text.as_bytes()).map(|list| Object::from_raw(env.raw(), list.raw()));
            for (at, (deferred, place)) in places.into_iter().enumerate() {
                let value = match &list {
                    Ok(list) => list.get_element(at as u32),
                    Err(_) => realm.parse(env, text.get(place).unwrap_or_default().as_bytes()),
                };
                conclude(env, deferred, value);
            }
        });
    }
}

fn conclude(env: &Env, deferred: Deferred, outcome: Result<Unknown>) {
    // SAFETY: the environment is that of this thread, and nobody else has settled the promise.
    unsafe {
        match outcome {
            Ok(value) => sys::napi_resolve_deferred(env.raw(), deferred.0, value.raw()),
            Err(error) => {
                let thrown = napi::JsError::from(error).into_value(env.raw());
                sys::napi_reject_deferred(env.raw(), deferred.0, thrown)
            }
        };
    }
}

/// What is made meanwhile lives no longer.
fn in_scope(env: sys::napi_env, work: impl FnOnce(&Env)) {
    let mut scope = ptr::null_mut();
    // SAFETY: the environment is that of this thread; the scope is closed by whoever opened it.
    unsafe { sys::napi_open_handle_scope(env, &mut scope) };
    work(&Env::from_raw(env));
    // SAFETY: as above.
    unsafe { sys::napi_close_handle_scope(env, scope) };
}
