//! `verify`: whether a hand-in is as it was handed in.

use super::args::{Global, Verify};
use super::console::Console;
use super::formats::DataFormat;
use super::{CLEAN, CliError, FINDINGS};
use crate::engine;

/// Prints what is wrong, and the verdict.
pub(super) fn run(
    global: &Global,
    command: &Verify,
    console: &mut Console,
) -> Result<u8, CliError> {
    let verified = engine::verify_pack(&command.pack, global.allowed_signers.as_deref())?;
    console.report(&match command.format {
        DataFormat::Text => verified.text(),
        DataFormat::Json => verified.json(),
    });
    Ok(if verified.holds() { CLEAN } else { FINDINGS })
}
