//! `completions`: the script that connects a shell.

use std::ffi::OsString;

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::env::Shells;

use super::args::{Cli, Completions};
use super::console::Console;
use super::{CLEAN, CliError};

/// The environment variable with which a shell asks for completions.
const ASKS: &str = "KSBFOLIO_COMPLETE";

/// Answers a shell that asks for completions. Returns false if none does.
///
/// # Errors
/// The answer cannot be printed.
pub(super) fn answer(arguments: &[OsString]) -> std::io::Result<bool> {
    let complete = CompleteEnv::with_factory(Cli::command).var(ASKS);
    complete
        .try_complete(arguments.iter().cloned(), None)
        .map_err(|error| std::io::Error::other(error.to_string()))
}

/// Prints the script for a shell.
pub(super) fn run(command: &Completions, console: &mut Console) -> Result<u8, CliError> {
    let name = &command.shell;
    let unknown = || {
        CliError::new(
            format!("there are no completions for {name}"),
            "use bash, elvish, fish, powershell or zsh",
        )
    };
    let shells = Shells::builtins();
    let shell = shells.completer(name).ok_or_else(unknown)?;
    let mut script = Vec::new();
    let written = shell.write_registration(ASKS, "ksbfolio", "ksbfolio", "ksbfolio", &mut script);
    written.map_err(|error| CliError::new(error.to_string(), "try another shell"))?;
    console.report_bytes(&script);
    Ok(CLEAN)
}
