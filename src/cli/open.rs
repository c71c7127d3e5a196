//! Opens the portfolio that the options name.

use std::path::{Path, PathBuf};

use super::CliError;
use super::args::Global;
use super::console::Console;
use crate::engine::{self, OpenOptions, Snapshot};
use crate::layout;
use crate::parse::Parsed;
use crate::store::{self, FileKind};
use crate::text::{LineIndex, Source};

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
    let options = OpenOptions::new(root(global)?).as_of(global.as_of);
    Ok(options.signed_by(global.allowed_signers.clone()))
}

/// The folders of a cohort as named, or else the root of the current portfolio.
///
/// # Errors
/// Those of [`root`], and folders beside `--root`.
pub(super) fn roots(global: &Global, folders: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    if folders.is_empty() {
        return Ok(vec![root(global)?]);
    }
    refuse_root(global)?;
    Ok(folders.to_vec())
}

/// Refuses `--root` for a command that is given folders.
///
/// # Errors
/// It is given.
pub(super) fn refuse_root(global: &Global) -> Result<(), CliError> {
    match &global.root {
        None => Ok(()),
        Some(_) => Err(CliError::new(
            "both --root and folders are given",
            "name the folders alone",
        )),
    }
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
    begin_with(project.judged_line().as_deref(), report)
}

/// A report as plain text, which begins with a line about the day it is judged by, if there is one.
pub(super) fn begin_with(line: Option<&str>, report: String) -> String {
    match line {
        Some(line) => format!("{line}\n\n{report}"),
        None => report,
    }
}

/// A report as Markdown. For a frozen portfolio it ends with the day it is judged by.
pub(super) fn dated_markdown(project: &Snapshot, report: String) -> String {
    end_with(project.judged_line().as_deref(), report)
}

/// A report as Markdown, which ends with a line about the day it is judged by, if there is one.
pub(super) fn end_with(line: Option<&str>, report: String) -> String {
    match line {
        Some(line) => format!("{report}\n{line}\n"),
        None => report,
    }
}

/// The most problems of a plan that are printed.
const MOST_PROBLEMS: usize = 10;

/// Reads a plan that is named as an argument. A plan with faults is not followed.
///
/// # Errors
/// The file cannot be read, or has faults: all are named, with line and column. `schema` is the name
/// of its schema.
pub(super) fn read_plan<T>(
    file: &Path,
    schema: &str,
    parse: impl Fn(&Source) -> Parsed<T>,
) -> Result<T, CliError> {
    let source = store::load_text(file)?;
    let parsed = parse(&source);
    let Some(first) = parsed.faults.first() else {
        return Ok(parsed.value);
    };
    let lines = LineIndex::new(&source.text);
    let place = |offset: usize| {
        let at = lines.place(&source.text, offset);
        format!("{}:{}:{}", store::shown(file), at.line, at.column)
    };
    let findings = engine::check_plan(&source, &parsed.faults);
    let mut problems: Vec<String> = findings
        .iter()
        .map(|finding| {
            let help = finding.help.as_ref();
            let help = help.map_or_else(String::new, |help| format!(" ({help})"));
            format!(
                "{}: {}{help}",
                place(finding.place.span.start),
                finding.message
            )
        })
        .collect();
    if problems.is_empty() {
        problems.push(format!(
            "{}: it cannot be read",
            place(first.place.span.start)
        ));
    }
    let left = problems.len().saturating_sub(MOST_PROBLEMS);
    problems.truncate(MOST_PROBLEMS);
    if left > 0 {
        problems.push(format!("and {left} more"));
    }
    Err(CliError::new(
        format!("the plan cannot be followed:\n  {}", problems.join("\n  ")),
        format!("`ksbfolio schema {schema}` lists its keys"),
    ))
}
