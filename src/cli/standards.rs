//! `standards`: the known standards, and their sources.

use std::path::Path;

use super::args::{Global, Standards, StandardsCommand};
use super::console::Console;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::engine;
use crate::model::Standard;
use crate::report::{Sources, snippets, standard_text, standards_text};
use crate::store;
use crate::text::nearest;

/// Lists, shows or checks.
pub(super) fn run(
    global: &Global,
    command: &Standards,
    console: &mut Console,
) -> Result<u8, CliError> {
    match &command.command {
        None | Some(StandardsCommand::List) => {
            console.report(&standards_text(&known(global)?));
            Ok(CLEAN)
        }
        Some(StandardsCommand::Show { id }) => {
            let known = known(global)?;
            let Some(standard) = known.iter().find(|standard| standard.id.value == *id) else {
                let ids = known.iter().map(|standard| standard.id.value.as_str());
                let help = nearest(id, ids).map_or_else(
                    || "`ksbfolio standards list` shows those that are known".to_owned(),
                    |near| format!("did you mean {near}?"),
                );
                return Err(CliError::new(format!("no standard is called `{id}`"), help));
            };
            console.report(&standard_text(standard));
            Ok(CLEAN)
        }
        Some(StandardsCommand::Check { file }) => check(global, file, console),
    }
}

/// The standards of the workspace, if there is one, and those of the program.
fn known(global: &Global) -> Result<Vec<Standard>, CliError> {
    let root = match open::root(global) {
        Ok(root) => Some(root),
        Err(error) if global.root.is_some() => return Err(error),
        Err(_) => None,
    };
    Ok(engine::known_standards(root.as_deref())?)
}

fn check(global: &Global, file: &Path, console: &mut Console) -> Result<u8, CliError> {
    let source = store::load_text(file)?;
    let mut sources = Sources::default();
    sources.add(&source, &[]);
    let findings = engine::check_standard(&source, global.as_of);
    let clean = if findings.is_empty() {
        "Nothing to mend.\n"
    } else {
        ""
    };
    console.report(&(snippets(&findings, &sources, console.colour()) + clean));
    Ok(if findings.is_empty() { CLEAN } else { FINDINGS })
}
