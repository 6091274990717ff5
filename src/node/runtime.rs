//! The threads that calls run on.

use napi::bindgen_prelude::create_custom_tokio_runtime;
use tokio::runtime::Builder;

/// One, whatever the machine has: a call waits for the panel most of its time, and a second thread that takes work from the
/// first costs more in waking each other than it does (docs/PERFORMANCE.md).
const THREADS: usize = 1;

#[napi_derive::module_init]
fn start() {
    let built =
        Builder::new_multi_thread().worker_threads(THREADS).thread_name("3xui-native").enable_all().build();
    // Without it there is napi's own, which has a thread for each core.
    if let Ok(runtime) = built {
        create_custom_tokio_runtime(runtime);
    }
}
