//! `verify`: whether a hand-in, or a page with the program, is as it was made.

use std::path::Path;

use super::args::{Global, Verify};
use super::console::Console;
use super::formats::DataFormat;
use super::{CLEAN, CliError, FINDINGS};
use crate::engine;
use crate::store;

/// Prints what is wrong, and the verdict.
pub(super) fn run(
    global: &Global,
    command: &Verify,
    console: &mut Console,
) -> Result<u8, CliError> {
    if is_page(&command.pack) {
        return verify_page(global, command, console);
    }
    let verified = engine::verify_pack(&command.pack, global.allowed_signers.as_deref())?;
    console.report(&match command.format {
        DataFormat::Text => verified.text(),
        DataFormat::Json => verified.json(),
    });
    Ok(if verified.holds() { CLEAN } else { FINDINGS })
}

fn is_page(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm")
}

fn verify_page(global: &Global, command: &Verify, console: &mut Console) -> Result<u8, CliError> {
    let page = store::load_text(&command.pack)?;
    let signers = global.allowed_signers.as_deref();
    let verified = engine::verify_program_file(&page.text, signers)?;
    console.report(&match command.format {
        DataFormat::Text => verified.text(),
        DataFormat::Json => verified.json(),
    });
    Ok(if verified.holds() { CLEAN } else { FINDINGS })
}
