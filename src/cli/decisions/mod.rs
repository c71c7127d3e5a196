//! `decisions`: the chain of decision files, joining its ends, and filing decisions written
//! elsewhere.

mod import;
mod join;
mod verify;

use super::args::{Decisions, DecisionsCommand, Global};
use super::console::Console;
use super::{CLEAN, CliError, open};
use crate::engine::Snapshot;
use crate::report::{self, KeptDigests};

/// Lists, verifies or imports.
pub(super) fn run(
    global: &Global,
    command: &Decisions,
    console: &mut Console,
) -> Result<u8, CliError> {
    match &command.command {
        None | Some(DecisionsCommand::List) => {
            let project = Snapshot::open(&open::options(global)?)?;
            console.report(&report::chain_list(&project.portfolio.chain));
            Ok(CLEAN)
        }
        Some(DecisionsCommand::Verify {
            heads,
            contains,
            require_history,
            format,
        }) => {
            let kept = KeptDigests {
                ends: heads,
                contained: contains,
            };
            verify::run(global, kept, *require_history, *format, console)
        }
        Some(DecisionsCommand::Join { author, role, sign }) => {
            join::run(global, author, *role, sign.as_deref(), console)
        }
        Some(DecisionsCommand::Import { files, rechain }) => {
            import::run(global, files, *rechain, console)
        }
    }
}
