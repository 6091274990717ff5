//! The threads that calls run on.
//!
//! They are the library's own and stay for as long as the process: connections of the pool are registered with the runtime
//! that made them, and napi ends its runtime with the last environment although another one may be made later. What napi is
//! given has no thread, as nothing runs there.

use std::future::Future;
use std::sync::OnceLock;

use napi::bindgen_prelude::create_custom_tokio_runtime;
use tokio::runtime::{Builder, Runtime};

/// One, whatever the machine has: a call waits for the panel most of its time, and a second thread that takes work from the
/// first costs more in waking each other than it does (docs/PERFORMANCE.md).
const THREADS: usize = 1;

static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Runs work to its end. Without threads (the process may make no more) it is dropped, which ends its call with an error.
pub fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    if let Some(runtime) = runtime() {
        runtime.spawn(work);
    }
}

fn runtime() -> Option<&'static Runtime> {
    if RUNTIME.get().is_none() {
        let built = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("3xui-native")
            .enable_all()
            .build()
            .ok()?;
        // Another environment may have been faster; that one's is used, and ours ends.
        if let Err(superfluous) = RUNTIME.set(built) {
            superfluous.shutdown_background();
        }
    }
    RUNTIME.get()
}

#[napi_derive::module_init]
fn start() {
    if let Ok(unused) = Builder::new_current_thread().build() {
        create_custom_tokio_runtime(unused);
    }
}
