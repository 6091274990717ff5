//! The memory of the addon: what one thread makes another lets go, for which the C library's allocator takes a lock.
//!
//! Measured on the small reply, see docs/PERFORMANCE.md.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
