//! `standards`: the known standards, and their sources.

use std::path::{Path, PathBuf};

use super::args::{Global, Standards, StandardsCommand, StandardsDiff};
use super::console::Console;
use super::formats::GatewayFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, import_standard, open};
use crate::engine::{self, Snapshot};
use crate::layout;
use crate::model::Standard;
use crate::report::{Revision, Sources, snippets, standard_text, standards_text};
use crate::revision::compare;
use crate::store::{self, Inputs};
use crate::text::{counted, nearest};

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
        Some(StandardsCommand::Lock) => lock(global, console),
        Some(StandardsCommand::Diff(command)) => diff(global, command, console),
        Some(StandardsCommand::Import(command)) => {
            let root = known_root(global)?;
            import_standard::run(root.as_deref(), command, console)
        }
    }
}

/// The standards of the workspace, if there is one, and those of the program.
fn known(global: &Global) -> Result<Vec<Standard>, CliError> {
    Ok(engine::known_standards(known_root(global)?.as_deref())?)
}

/// The workspace, if there is one.
fn known_root(global: &Global) -> Result<Option<PathBuf>, CliError> {
    match open::root(global) {
        Ok(root) => Ok(Some(root)),
        Err(error) if global.root.is_some() => Err(error),
        Err(_) => Ok(None),
    }
}

/// Reports what became of each statement, and writes a map if it is asked for.
fn diff(global: &Global, command: &StandardsDiff, console: &mut Console) -> Result<u8, CliError> {
    let root = known_root(global)?;
    let roots: Vec<PathBuf> = root.iter().cloned().collect();
    let named = [&command.old, &command.new].map(Path::new);
    let read: Vec<&Path> = named.into_iter().filter(|path| path.exists()).collect();
    let inputs = Inputs {
        roots: &roots,
        files: &read,
    };
    let reports = Reports::new(inputs, &command.format, &command.output)?;
    let old = engine::standard_version(root.as_deref(), &command.old)?;
    let new = engine::standard_version(root.as_deref(), &command.new)?;
    let revision = Revision {
        changes: compare(&old, &new),
        old: &old,
        new: &new,
    };
    reports.write(console, |format, _| {
        let made = match format {
            GatewayFormat::Text => revision.text(),
            GatewayFormat::Markdown => revision.markdown(),
            GatewayFormat::Json => revision.json(),
        };
        Ok(made.into_bytes())
    })?;
    if command.init_map {
        let root = root.ok_or_else(|| {
            CliError::new(
                "a map belongs to a portfolio, and there is none here",
                "run this in the folder that holds portfolio/, or give it with --root",
            )
        })?;
        let path = engine::write_map(&root, &revision)?;
        console.say(&format!(
            "Wrote {path}. Read every row: decisions are read through it."
        ));
    }
    if let Some(unsure) = revision.unsure() {
        console.say(&format!(
            "{unsure} to look at: `unsure` lets acceptances lapse."
        ));
    }
    Ok(CLEAN)
}

/// Records the wording of the portfolio's standards, and prints what was new.
fn lock(global: &Global, console: &mut Console) -> Result<u8, CliError> {
    let project = Snapshot::open(&open::options(global)?)?;
    let day = global.as_of;
    let day = day.unwrap_or_else(|| engine::today(&project.portfolio.settings));
    let new = engine::lock_standards(&project, day)?;
    for version in &new {
        console.report(&format!(
            "{}  {}  {}\n",
            version.id,
            version.digest,
            counted(version.statements.len(), "statement")
        ));
    }
    console.say(&match new.len() {
        0 => format!("{} has every standard as it is now.", layout::LOCK),
        number => format!(
            "Recorded {} in {}.",
            counted(number, "standard"),
            layout::LOCK
        ),
    });
    Ok(CLEAN)
}

fn check(global: &Global, file: &Path, console: &mut Console) -> Result<u8, CliError> {
    let source = store::load_text(file)?;
    let mut sources = Sources::default();
    sources.add(&source, &[]);
    let findings = engine::check_standard(&source, global.as_of);
    let clean = if findings.is_empty() {
        "Nothing to fix.\n"
    } else {
        ""
    };
    console.report(&(snippets(&findings, &sources, console.colour()) + clean));
    Ok(if findings.is_empty() { CLEAN } else { FINDINGS })
}
