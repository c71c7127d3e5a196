//! `completions`: the script that connects a shell.

use clap_complete::env::Shells;

use super::args::Completions;
use super::console::Console;
use super::{CLEAN, CliError};

/// The environment variable with which a shell asks for completions.
pub const ASKS: &str = "KSBFOLIO_COMPLETE";

/// Prints the script for a shell.
pub fn run(command: &Completions, console: &mut Console) -> Result<u8, CliError> {
    let name = command.shell.to_string();
    let unknown = || {
        CliError::new(
            format!("there are no completions for {name}"),
            "use bash, elvish, fish, powershell or zsh",
        )
    };
    let shells = Shells::builtins();
    let shell = shells.completer(&name).ok_or_else(unknown)?;
    let mut script = Vec::new();
    let written = shell.write_registration(ASKS, "ksbfolio", "ksbfolio", "ksbfolio", &mut script);
    written.map_err(|error| CliError::new(error.to_string(), "try another shell"))?;
    console.report_bytes(&script);
    Ok(CLEAN)
}
