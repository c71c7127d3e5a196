//! `completions`: what a shell completes by, also codes and entries of the portfolio that it stands in.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::CommandFactory;
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, CompletionCandidate};

use super::CLEAN;
use super::args::{Cli, Completions};
use super::console::{Console, Trouble};
use super::project::Project;
use crate::check::rules;
use crate::io;

/// The variable by which a shell asks for completions.
const ASKS: &str = "KSBFOLIO_COMPLETE";

/// Answers a shell that asks for completions, which it does through a variable. False if none does.
///
/// # Errors
/// If the answer cannot be printed.
pub fn answer(arguments: &[OsString]) -> std::io::Result<bool> {
    let complete = CompleteEnv::with_factory(Cli::command).var(ASKS);
    complete
        .try_complete(arguments.iter().cloned(), None)
        .map_err(|error| std::io::Error::other(error.to_string()))
}

/// Prints what a shell has to read once.
pub fn run(command: &Completions, console: &mut Console) -> Result<u8, Trouble> {
    let name = &command.shell;
    let trouble = || {
        Trouble::new(
            format!("there are no completions for {name}"),
            "use bash, elvish, fish, powershell or zsh",
        )
    };
    let shells = Shells::builtins();
    let shell = shells.completer(name).ok_or_else(trouble)?;
    let mut script = Vec::new();
    let written = shell.write_registration(ASKS, "ksbfolio", "ksbfolio", "ksbfolio", &mut script);
    written.map_err(|error| Trouble::new(error.to_string(), "try another shell"))?;
    console.report_bytes(&script);
    Ok(CLEAN)
}

/// Codes that begin with what was typed, or whose statement holds it; of a list, the last one is typed.
pub fn codes(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let (before, last) = typed
        .rsplit_once(',')
        .map_or(("", &*typed), |(before, last)| (before, last));
    let Some(project) = here() else {
        return Vec::new();
    };
    let before = if before.is_empty() {
        String::new()
    } else {
        format!("{before},")
    };
    let catalogue = &project.portfolio.catalogue;
    let candidates = catalogue.criteria().filter_map(|id| {
        let criterion = catalogue.criterion(id);
        let code = criterion.code.value.to_string();
        let begins = code.to_lowercase().starts_with(&last.to_lowercase());
        let says = criterion
            .text
            .known()
            .cloned()
            .unwrap_or_else(|| "statement unknown".to_owned());
        begins.then(|| CompletionCandidate::new(format!("{before}{code}")).help(Some(says.into())))
    });
    candidates.collect()
}

/// Codes, entries and rules.
pub fn anything(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut candidates = codes(typed);
    let typed = typed.to_string_lossy();
    if let Some(project) = here() {
        let entries = project
            .portfolio
            .entries
            .iter()
            .filter(|entry| entry.id.starts_with(&*typed));
        candidates.extend(entries.map(|entry| {
            CompletionCandidate::new(&entry.id).help(Some(entry.covered(&entry.title).into()))
        }));
    }
    let rules = rules::ALL
        .iter()
        .filter(|rule| rule.name.starts_with(&*typed));
    candidates.extend(
        rules.map(|rule| CompletionCandidate::new(rule.name).help(Some(rule.text.finds.into()))),
    );
    candidates
}

/// The portfolio of the folder that the shell stands in. Without one there is nothing to complete, and nobody to tell.
fn here() -> Option<Project> {
    let root = io::find_root(Path::new(".").canonicalize().ok()?.as_path())?;
    Project::load(root, None).ok()
}
