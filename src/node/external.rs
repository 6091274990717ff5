//! Large texts lent to V8 instead of copied into it.
//!
//! Owns the one function of Node-API for it, which not every Node has: it is looked up at run time, and where it is missing
//! texts are copied. Also what V8 is told of them, which otherwise counts a few bytes for each and lets megabytes pile up.

#![allow(unsafe_code)]

use std::ffi::{c_char, c_void};
use std::ptr;
use std::sync::OnceLock;

use bytes::Bytes;
use napi::bindgen_prelude::Unknown;
use napi::{Env, sys};

/// Shorter ones are copied, which takes V8 no longer, and then go with its young garbage; a lent one waits for all of it to
/// be collected. Node.js draws the line for its own strings there, too.
const SHORTEST: usize = 1024 * 1024;
/// What V8 is told of a lent text, as a multiple of its length. V8 looks for garbage when it has been told of 64 MB, and a
/// text that was parsed is garbage at once: told as much as what Node's own clients make of a reply (a buffer and a
/// string), it looks as often as with them.
const WEIGHT: i64 = 2;

type Lend = unsafe extern "C" fn(
    env: sys::napi_env,
    text: *const c_char,
    length: usize,
    done: Option<unsafe extern "C" fn(sys::napi_env, *mut c_void, *mut c_void)>,
    hint: *mut c_void,
    result: *mut sys::napi_value,
    was_copied: *mut bool,
) -> sys::napi_status;

/// A string of these bytes, which are all ASCII; `None` where they had better be copied.
pub fn string<'env>(env: &Env, text: &Bytes) -> Option<Unknown<'env>> {
    let lend = (text.len() >= SHORTEST).then(lend).flatten()?;
    let owner = Box::into_raw(Box::new(text.clone()));
    tell(env.raw(), weight_of(text));
    let (mut made, mut was_copied) = (ptr::null_mut(), false);
    // SAFETY: the bytes do not move and do not change while their owner lives, which is until `done`, called exactly once.
    let status = unsafe {
        lend(
            env.raw(),
            text.as_ptr().cast(),
            text.len(),
            Some(done),
            owner.cast(),
            &mut made,
            &mut was_copied,
        )
    };
    if status != sys::Status::napi_ok {
        tell(env.raw(), -weight_of(text));
        // SAFETY: nothing was made, so nobody else lets the owner go.
        drop(unsafe { Box::from_raw(owner) });
        return None;
    }
    // SAFETY: the value was made in this environment, in its current handle scope.
    Some(unsafe { Unknown::from_raw_unchecked(env.raw(), made) })
}

/// # Safety
/// Called by Node once, with the owner given to it: on the thread of the environment, or with none when that is gone.
unsafe extern "C" fn done(env: sys::napi_env, _text: *mut c_void, owner: *mut c_void) {
    // SAFETY: it is the pointer that `string` made of a box.
    let text = unsafe { Box::from_raw(owner.cast::<Bytes>()) };
    if !env.is_null() {
        tell(env, -weight_of(&text));
    }
}

fn weight_of(text: &Bytes) -> i64 {
    WEIGHT * text.len() as i64
}

/// Tells V8 of memory that it keeps in use, or does no longer.
fn tell(env: sys::napi_env, change: i64) {
    let mut sum = 0;
    // SAFETY: the environment is that of this thread, and may be told so also while it collects garbage.
    let _ = unsafe { sys::napi_adjust_external_memory(env, change, &mut sum) };
}

/// Node's function, if it has it.
#[cfg(unix)]
fn lend() -> Option<Lend> {
    static FOUND: OnceLock<Option<Lend>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        // SAFETY: a look-up by name in the running program; a symbol of this name has this signature.
        let found =
            unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"node_api_create_external_string_latin1".as_ptr()) };
        // SAFETY: as above; null is none.
        (!found.is_null()).then(|| unsafe { std::mem::transmute::<*mut c_void, Lend>(found) })
    })
}

#[cfg(not(unix))]
fn lend() -> Option<Lend> {
    static NONE: OnceLock<Option<Lend>> = OnceLock::new();
    *NONE.get_or_init(|| None)
}
