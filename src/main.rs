//! The program: hands its arguments to the library.

use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "the one place where arguments are read")]
fn main() -> ExitCode {
    ksbfolio::cli::run(std::env::args_os())
}
