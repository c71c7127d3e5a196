//! The program of `ksbfolio.html`, as a module that its host keeps: it is started once with
//! `_initialize`, and then asked with `answer` as often as wanted.

use std::cell::RefCell;
use std::io::{self, Read, Write};

use ksbfolio::tab::TabSession;

thread_local! {
    static SESSION: RefCell<TabSession> = RefCell::default();
}

#[cfg(target_family = "wasm")]
#[allow(unsafe_code, reason = "the linker provides it")]
unsafe extern "C" {
    safe fn __wasm_call_ctors();
}

/// Prepares the C library. The linker would otherwise do it, and undo it, in every call.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code, reason = "the name of an export")]
#[unsafe(no_mangle)]
pub extern "C" fn _initialize() {
    __wasm_call_ctors();
}

/// Reads a document of requests from standard input, which the host supplies anew for each call, and
/// writes the answers to standard output. Returns 0, or 1 if a stream failed.
///
/// A panic ends the module. Its host then starts another one on the same files.
#[allow(unsafe_code, reason = "the name of an export")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> i32 {
    i32::from(SESSION.with_borrow_mut(answer_streams).is_err())
}

fn answer_streams(session: &mut TabSession) -> io::Result<()> {
    let mut requests = String::new();
    io::stdin().read_to_string(&mut requests)?;
    let mut output = io::stdout().lock();
    output.write_all(session.answer(&requests).as_bytes())?;
    output.flush()
}
