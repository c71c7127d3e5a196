//! Hands an address to the browser.

use std::process::{Command, Stdio};

use super::Failure;

/// Opens an address in the browser that this system would use.
///
/// # Errors
/// That there is no program to ask.
pub fn open_in_browser(address: &str) -> Result<(), Failure> {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let failed = |error| Failure::new("open a browser with", program.as_ref(), error);
    command.spawn().map(drop).map_err(failed)
}
