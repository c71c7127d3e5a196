//! `decisions import`: files decisions that were written elsewhere, as in the browser.

use std::path::PathBuf;

use crate::cli::args::Global;
use crate::cli::console::Console;
use crate::cli::{CLEAN, CliError, open};
use crate::engine::{self, FiledLink, Imported};
use crate::store;

/// Files decisions one after the other; a file that is refused keeps none of the others back.
pub(super) fn run(
    global: &Global,
    files: &[PathBuf],
    rechain: bool,
    console: &mut Console,
) -> Result<u8, CliError> {
    let options = open::options(global)?;
    let _turn = engine::take_turn(&options.root)?;
    let mut refused = Vec::new();
    for file in files {
        match engine::import_decision(&options, file, rechain) {
            Ok(imported) => show(imported, console),
            Err(error) => refused.push((file, CliError::from(error))),
        }
    }
    match (refused.len(), files) {
        (0, _) => Ok(CLEAN),
        (_, [_]) => refused.pop().map_or(Ok(CLEAN), |(_, error)| Err(error)),
        (number, _) => {
            for (file, error) in refused {
                console.say(&format!("{}: {error}", store::shown(file)));
            }
            let help = "the others are filed; correct these and import them again";
            let message = format!("{number} of {} decision files were not filed", files.len());
            Err(CliError::new(message, help))
        }
    }
}

fn show(imported: Imported, console: &mut Console) {
    match imported {
        Imported::Known(path) => {
            console.report(&format!("{path}\n"));
            console.say("This decision is filed already; nothing was written.");
        }
        Imported::ParsedDecisionFile {
            path,
            link,
            changes,
            remarks,
        } => {
            match link {
                FiledLink::AsWritten => {}
                FiledLink::Branched => console.say("Other decisions were filed since this one was written, so the chain now has several ends. The next decision joins them; so does `ksbfolio decisions join`."),
                FiledLink::SameSitting => console.say("Decisions of the same assessor about other entries were filed since: `previous` now names the last of them. Nothing else was changed."),
                FiledLink::Rechained => console.say("The chain has grown since: `previous` now names its end. Nothing else was changed."),
            }
            console.report(&format!("{path}\n{changes}"));
            for remark in &remarks {
                console.say(&format!("Worth knowing: {remark}"));
            }
        }
    }
}
