//! `decisions join`: joins the ends of a chain that people continued at the same time.

use std::path::Path;

use crate::cli::args::Global;
use crate::cli::console::Console;
use crate::cli::{CLEAN, CliError, open};
use crate::engine;
use crate::model::Role;

/// Files a decision file without verdicts that follows all ends.
pub(super) fn run(
    global: &Global,
    author: &str,
    role: Role,
    sign: Option<&Path>,
    console: &mut Console,
) -> Result<u8, CliError> {
    let options = open::options(global)?;
    let _turn = engine::take_turn(&options.root)?;
    match engine::join_heads(&options, author, role, sign)? {
        None => console.say("The chain has one end, so there is nothing to join."),
        Some(joined) => {
            console.report(&format!("{}\n", joined.path));
            console.say(&format!("The chain now ends at {}.", joined.digest));
            for claim in joined.contested {
                console.say(&format!(
                    "{claim} is still contested: only a decision about it settles that."
                ));
            }
        }
    }
    Ok(CLEAN)
}
