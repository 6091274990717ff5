//! Build script: the linker settings that a Node.js addon needs, and nothing for the plain Rust crate.

fn main() {
    #[cfg(feature = "node")]
    napi_build::setup();
}
