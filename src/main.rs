//! The program: hands its arguments to the library.

use std::process::ExitCode;

/// Pages are made of a great many small texts on all cores, for which the system's allocator is slow.
#[cfg(not(target_family = "wasm"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where arguments are read"
)]
fn main() -> ExitCode {
    ksbfolio::cli::run(std::env::args_os())
}
