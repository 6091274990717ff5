//! Calls that end on other threads, handed to JavaScript many at a time.
//!
//! One bell for each JavaScript thread: who ends a call puts it on the pile and rings if the pile was empty, and the
//! JavaScript thread settles the promises of the whole pile when it hears it. Where many are under way, the bell waits for
//! those that end in the same moment. A threadsafe function and a wake-up for each
//! call, as promises of napi cost, are more than the rest of a small call. While calls are under way the bell keeps the
//! process alive, and no longer.
//!
//! Must not know: what a call is.

#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ffi::c_void;
use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{JsObjectValue, Object, PromiseRaw, Unknown};
use napi::{Env, JsValue, Result, check_status, sys};
use tokio::runtime::Handle;

use super::json;

/// From so many calls under way on, it is likely that others end together with one: waking the JavaScript thread once for
/// all of them is worth the moment that the first one loses.
const MANY: usize = 16;

/// What is to be done with a promise when its call has ended: the value, or what is thrown.
type Settle = Box<dyn for<'env> FnOnce(&'env Env) -> Result<Unknown<'env>> + Send>;

/// Writes JSON text.
type Text = Box<dyn FnOnce(&mut String) + Send>;

/// How a call has ended.
pub enum Ended {
    /// With what JSON text says. It is written when it is read, which for many that end at once is in one go: memory that is
    /// touched for the first time takes longer than writing.
    Json(Text),
    /// With what comes of this.
    Otherwise(Settle),
}

impl Ended {
    /// With this error.
    pub fn thrown(error: crate::core::Redacted) -> Self {
        Self::Otherwise(Box::new(move |env| Err(super::error::thrown(env, error))))
    }
}

/// As many texts are read in one go.
const MOST_TEXTS: usize = 256;
/// About how long one is.
const ROOM: usize = 512;

/// A promise that waits, as napi knows it.
struct Deferred(sys::napi_deferred);

// SAFETY: it is only carried about; who settles it is the thread that made it (`ring`).
unsafe impl Send for Deferred {}

/// The calls that have ended and that JavaScript has not been told of, and how to tell it.
#[derive(Default)]
struct Pile {
    held: Mutex<Held>,
    /// Calls under way.
    waiting: AtomicUsize,
}

struct Held {
    ended: Vec<(Deferred, Ended)>,
    /// Null when its thread is gone: then nobody waits any more.
    bell: sys::napi_threadsafe_function,
}

// SAFETY: a threadsafe function may be called from any thread.
unsafe impl Send for Held {}

impl Default for Held {
    fn default() -> Self {
        Self { ended: Vec::new(), bell: ptr::null_mut() }
    }
}

impl Pile {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(self: &Arc<Self>, deferred: Deferred, ended: Ended) {
        let is_first = {
            let mut held = self.held();
            if held.bell.is_null() {
                return;
            }
            held.ended.push((deferred, ended));
            held.ended.len() == 1
        };
        if !is_first {
            return;
        }
        let ringing = Ringing(self.clone());
        if self.waiting.load(Ordering::Relaxed) >= MANY
            && let Ok(runtime) = Handle::try_current()
        {
            // After those that are ready now.
            runtime.spawn(async move {
                tokio::task::yield_now().await;
                drop(ringing);
            });
        }
    }

    fn ring(&self) {
        let held = self.held();
        if !held.bell.is_null() {
            // SAFETY: it is not null, so its thread has not let it go, which it does under this lock.
            let _ = unsafe {
                sys::napi_call_threadsafe_function(
                    held.bell,
                    ptr::null_mut(),
                    sys::ThreadsafeFunctionCallMode::nonblocking,
                )
            };
        }
    }
}

/// Rings when it is let go, also by a runtime that ends: what is on the pile is heard of in any case.
struct Ringing(Arc<Pile>);

impl Drop for Ringing {
    fn drop(&mut self) {
        self.0.ring();
    }
}

/// The bell of one JavaScript thread.
struct Bell {
    env: sys::napi_env,
    pile: Arc<Pile>,
    /// Kept from one pile to the next, for its memory.
    spare: Vec<(Deferred, Ended)>,
}

thread_local! {
    static BELL: RefCell<Option<Rc<RefCell<Bell>>>> = const { RefCell::new(None) };
}

/// A call under way: told how it ended, or that it never will when it is dropped.
pub struct Call {
    pile: Arc<Pile>,
    deferred: Option<Deferred>,
    given_up: fn() -> crate::core::Error,
}

impl Call {
    /// Ends it.
    pub fn end(mut self, ended: Ended) {
        if let Some(deferred) = self.deferred.take() {
            self.pile.add(deferred, ended);
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(deferred) = self.deferred.take() {
            let error = (self.given_up)();
            self.pile.add(deferred, Ended::thrown(error.into()));
        }
    }
}

/// Work that has been handed over and not begun.
pub type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A promise for what `finish` makes of the work's outcome, on the JavaScript thread; the caller spawns the work.
pub fn promised<'env, T: Send + 'static>(
    env: &'env Env,
    work: impl Future<Output = T> + Send + 'static,
    finish: impl for<'a> FnOnce(&'a Env, T) -> Result<Unknown<'a>> + Send + 'static,
) -> Result<(PromiseRaw<'env, Unknown<'env>>, Work)> {
    let (promise, call) = promise(env)?;
    let work = Box::pin(async move {
        let outcome = work.await;
        call.end(Ended::Otherwise(Box::new(move |env| finish(env, outcome))));
    });
    Ok((promise, work))
}

/// A promise, and the call that ends it.
pub fn promise<'env>(env: &'env Env) -> Result<(PromiseRaw<'env, Unknown<'env>>, Call)> {
    let bell = bell_of(env)?;
    let (mut deferred, mut promise) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: the environment is that of this thread; both are written on success.
    check_status!(unsafe { sys::napi_create_promise(env.raw(), &mut deferred, &mut promise) })?;
    let pile = bell.borrow().pile.clone();
    bell.borrow().begin();
    let given_up = || crate::core::Error::Abandoned;
    let call = Call { pile, deferred: Some(Deferred(deferred)), given_up };
    Ok((PromiseRaw::new(env.raw(), promise), call))
}

impl Bell {
    fn begin(&self) {
        if self.pile.waiting.fetch_add(1, Ordering::Relaxed) == 0 {
            let bell = self.pile.held().bell;
            // SAFETY: the bell is that of this thread, which has not let it go.
            let _ = unsafe { sys::napi_ref_threadsafe_function(self.env, bell) };
        }
    }

    fn ended(&self, count: usize) {
        if count > 0 && self.pile.waiting.fetch_sub(count, Ordering::Relaxed) == count {
            let bell = self.pile.held().bell;
            if !bell.is_null() {
                // SAFETY: as in `begin`.
                let _ = unsafe { sys::napi_unref_threadsafe_function(self.env, bell) };
            }
        }
    }
}

/// The bell of this thread, cast when it is first needed.
fn bell_of(env: &Env) -> Result<Rc<RefCell<Bell>>> {
    let found = BELL.with_borrow(Clone::clone);
    if let Some(bell) =
        found.filter(|bell| bell.borrow().env == env.raw() && !bell.borrow().pile.held().bell.is_null())
    {
        return Ok(bell);
    }
    let pile = Arc::new(Pile::default());
    let name = env.create_string("3xui-native: calls that have ended")?;
    let mut bell = ptr::null_mut();
    let for_finalize = Arc::into_raw(pile.clone()).cast_mut().cast::<c_void>();
    // SAFETY: the environment is that of this thread; the pile lives until `let_go` takes it back.
    check_status!(unsafe {
        sys::napi_create_threadsafe_function(
            env.raw(),
            ptr::null_mut(),
            ptr::null_mut(),
            name.raw(),
            0,
            1,
            for_finalize,
            Some(let_go),
            ptr::null_mut(),
            Some(ring),
            &mut bell,
        )
    })?;
    // SAFETY: it was made just now, on this thread. Until a call is under way it keeps nobody alive.
    check_status!(unsafe { sys::napi_unref_threadsafe_function(env.raw(), bell) })?;
    pile.held().bell = bell;
    let made = Rc::new(RefCell::new(Bell { env: env.raw(), pile, spare: Vec::new() }));
    BELL.set(Some(made.clone()));
    Ok(made)
}

/// The thread goes: nobody may ring any more.
///
/// # Safety
/// Called by napi once, with the pile that was given to it.
unsafe extern "C" fn let_go(_env: sys::napi_env, pile: *mut c_void, _hint: *mut c_void) {
    // SAFETY: it is the pointer that `bell_of` made of an `Arc`.
    let pile = unsafe { Arc::from_raw(pile.cast_const().cast::<Pile>()) };
    let mut held = pile.held();
    held.bell = ptr::null_mut();
    let unheard = std::mem::take(&mut held.ended);
    drop(held);
    drop(unheard);
}

/// Settles the promises of all calls that have ended.
///
/// # Safety
/// Called by napi on the thread of the bell; the environment is null when that is going.
unsafe extern "C" fn ring(
    env: sys::napi_env,
    _f: sys::napi_value,
    _context: *mut c_void,
    _data: *mut c_void,
) {
    let Some(bell) = BELL.with_borrow(Clone::clone).filter(|_| !env.is_null()) else { return };
    let mut ended = std::mem::take(&mut bell.borrow_mut().spare);
    let pile = bell.borrow().pile.clone();
    std::mem::swap(&mut ended, &mut pile.held().ended);
    let count = ended.len();
    let mut texts = Vec::new();
    for (deferred, ended) in ended.drain(..) {
        match ended {
            Ended::Json(text) => texts.push((deferred, text)),
            Ended::Otherwise(settle) => {
                // In the order in which they have ended.
                settle_texts(env, &mut texts);
                settle_one(env, deferred, settle);
            }
        }
        if texts.len() >= MOST_TEXTS {
            settle_texts(env, &mut texts);
        }
    }
    settle_texts(env, &mut texts);
    let mut bell = bell.borrow_mut();
    bell.spare = ended;
    bell.ended(count);
}

fn settle_one(env: sys::napi_env, deferred: Deferred, settle: Settle) {
    in_scope(env, |env| tell(env, deferred, settle(env)));
}

/// Reads texts as the members of one list, and by themselves if one of them is no JSON.
fn settle_texts(env: sys::napi_env, texts: &mut Vec<(Deferred, Text)>) {
    if texts.is_empty() {
        return;
    }
    in_scope(env, |env| {
        let mut written = String::with_capacity(texts.len() * ROOM);
        let mut settled = Vec::with_capacity(texts.len());
        for (deferred, write) in texts.drain(..) {
            written.push(if settled.is_empty() { '[' } else { ',' });
            let from = written.len();
            write(&mut written);
            settled.push((deferred, from..written.len()));
        }
        written.push(']');
        let list = json::parse(env, written.as_bytes()).map(|list| Object::from_raw(env.raw(), list.raw()));
        for (at, (deferred, text)) in settled.into_iter().enumerate() {
            let value = match &list {
                Ok(list) => list.get_element(at as u32),
                Err(_) => json::parse(env, written.get(text).unwrap_or_default().as_bytes()),
            };
            tell(env, deferred, value);
        }
    });
}

fn tell(env: &Env, deferred: Deferred, outcome: Result<Unknown>) {
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
