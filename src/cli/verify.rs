//! `verify`: whether a hand-in, or a page with the program, is as it was made.

use std::path::Path;

use super::args::{Global, Verify};
use super::console::Console;
use super::formats::DataFormat;
use super::{CLEAN, CliError, FINDINGS};
use crate::engine::{self, EngineError};
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
    if command.program.is_some() {
        let help = "leave out --program, or name the page that `pack --with-program` wrote";
        let message = "a hand-in has no program that could be compared";
        return Err(EngineError::refused(message, help).into());
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
    let program = command.program.as_deref();
    let program = program.map(store::load_text).transpose()?;
    let program = program.as_ref().map(|program| &*program.text);
    let verified = engine::verify_program_file(&page.text, signers, program)?;
    console.report(&match command.format {
        DataFormat::Text => verified.text(),
        DataFormat::Json => verified.json(),
    });
    Ok(if verified.holds() { CLEAN } else { FINDINGS })
}
