//! Opens the portfolio that the options name.

use std::path::PathBuf;

use super::CliError;
use super::args::Global;
use super::console::Console;
use crate::engine::{self, OpenOptions, Snapshot};
use crate::layout;
use crate::store::{self, FileKind};

/// The root of the workspace.
///
/// # Errors
/// No folder here or above holds a portfolio.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the current folder is asked for"
)]
pub(super) fn root(global: &Global) -> Result<PathBuf, CliError> {
    let start = match &global.root {
        Some(root) => root.clone(),
        None => std::env::current_dir()
            .map_err(|error| CliError::new(error.to_string(), "go to another folder"))?,
    };
    let found = if global.root.is_some() {
        Some(start.clone())
    } else {
        engine::find_root(&start)
    };
    let is_workspace =
        |root: &PathBuf| store::file_kind(&root.join(layout::SETTINGS)) != FileKind::None;
    found.filter(is_workspace).ok_or_else(|| {
        CliError::new(
            format!("there is no portfolio/portfolio.yaml in {} or above it", start.display()),
            "begin one here with `ksbfolio init`, or go to the folder that holds portfolio/ (or name it: --root DIR)",
        )
    })
}

/// How to open the portfolio that the options name.
///
/// # Errors
/// Those of [`root`].
pub(super) fn options(global: &Global) -> Result<OpenOptions, CliError> {
    Ok(OpenOptions {
        root: root(global)?,
        as_of: global.as_of,
        signers: global.allowed_signers.clone(),
    })
}

/// Opens the portfolio that the options name.
///
/// # Errors
/// There is none, or a file cannot be read.
pub(super) fn project(global: &Global) -> Result<Snapshot, CliError> {
    Ok(Snapshot::open(&options(global)?)?)
}

/// The same for commands whose result is relied on: an unreadable `portfolio.yaml` ends them, and
/// they say which standards are missing.
///
/// # Errors
/// Those of [`project`], and an unreadable `portfolio.yaml`.
pub(super) fn readable(global: &Global, console: &mut Console) -> Result<Snapshot, CliError> {
    let project = project(global)?;
    let problem = project.portfolio.standards_problem();
    if project.portfolio.settings.is_unreadable {
        let help = "`ksbfolio check` shows the line and what to write";
        return Err(CliError::new(problem.unwrap_or_default(), help));
    }
    if let Some(problem) = problem {
        console.say(&format!("{problem}. `ksbfolio check` shows where."));
    }
    Ok(project)
}

/// A report as plain text. For a frozen portfolio it begins with the day it is judged by.
pub(super) fn dated_text(project: &Snapshot, report: String) -> String {
    match project.judged_line() {
        Some(line) => format!("{line}\n\n{report}"),
        None => report,
    }
}

/// A report as Markdown. For a frozen portfolio it ends with the day it is judged by.
pub(super) fn dated_markdown(project: &Snapshot, report: String) -> String {
    match project.judged_line() {
        Some(line) => format!("{report}\n{line}\n"),
        None => report,
    }
}
