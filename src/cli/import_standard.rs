//! `standards import`: a standard from a publisher's file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::args::StandardsImport;
use super::console::Console;
use super::{CLEAN, CliError, FAILED, FINDINGS};
use crate::convert::{StandardDraft, StandardReading, StatementKind};
use crate::engine::{
    self, BecomesStandard, ImportedStandard, KnownStandard, MadeStandard, StandardImport,
};
use crate::report::{Sources, snippets};
use crate::text::{counted, listed};

/// Reads the file, reports what it is, and writes the standard.
pub(super) fn run(
    root: Option<&Path>,
    command: &StandardsImport,
    console: &mut Console,
) -> Result<u8, CliError> {
    let imported = engine::read_standard(StandardImport {
        root,
        file: &command.file,
        wanted: command.standard.as_deref(),
        output: command.output.as_deref(),
        replace: command.replace,
    })?;
    let Some(made) = &imported.made else {
        console.report(&problems(&imported));
        let number = counted(imported.reading.problems.len(), "problem");
        console.say(&format!("{number} to fix first. Nothing was written."));
        return Ok(FAILED);
    };
    console.report(&summary(&imported.reading));
    if let Some(known) = made
        .known
        .as_ref()
        .filter(|_| made.becomes != BecomesStandard::Nothing)
    {
        console.report(&comparison(known));
    }
    if !made.findings.is_empty() {
        let mut sources = Sources::default();
        sources.add(&made.source, &[]);
        console.report(&format!(
            "\n{}",
            snippets(&made.findings, &sources, console.colour())
        ));
    }
    conclude(root, command, made, console)
}

/// Everything that cannot be read, with what to do.
fn problems(imported: &ImportedStandard) -> String {
    let mut out = format!("{}\n", imported.name);
    for problem in &imported.reading.problems {
        let place = match problem.place.as_str() {
            "" => String::new(),
            place => format!("{place}: "),
        };
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "  {place}{}\n    {}", problem.message, problem.help);
    }
    out
}

/// The result of reading, in words.
fn summary(reading: &StandardReading) -> String {
    let draft = &reading.draft;
    let mut out = heading(draft);
    let mut kinds: BTreeMap<StatementKind, usize> = BTreeMap::new();
    for statement in &draft.statements {
        *kinds.entry(statement.code.kind).or_default() += 1;
    }
    let numbers = kinds.iter().map(|(kind, number)| {
        let kind = kind.title().to_lowercase();
        counted(number, &format!("{kind} statement"))
    });
    let mut numbers: Vec<String> = numbers.collect();
    numbers.push(counted(draft.duties.len(), "duty"));
    let _ = writeln!(out, "  {}", listed(&numbers));
    let unknown: Vec<&str> = [
        ("title", draft.title.is_none()),
        ("level", draft.level.is_none()),
        ("version", draft.version.is_none()),
        ("day of the last change", draft.updated.is_none()),
        ("licence", draft.licence.is_none()),
        ("source", draft.source.is_none()),
    ]
    .iter()
    .filter_map(|(name, is_unknown)| is_unknown.then_some(*name))
    .collect();
    if !unknown.is_empty() {
        let _ = writeln!(
            out,
            "  The file does not say, so unknown: {}.",
            listed(&unknown)
        );
    }
    for note in &reading.notes {
        let _ = writeln!(out, "  {note}.");
    }
    if !reading.left_out.is_empty() {
        let left = reading.left_out.join(", ");
        let _ = writeln!(
            out,
            "  Not taken, as a standard has no place for it: {left}."
        );
    }
    out
}

fn heading(draft: &StandardDraft) -> String {
    let mut parts = vec![format!(
        "{} {}",
        draft.reference.as_deref().unwrap_or_default(),
        draft.title.as_deref().unwrap_or_default()
    )];
    parts.extend(draft.level.map(|level| format!("level {level}")));
    parts.extend(
        draft
            .version
            .as_ref()
            .map(|version| format!("version {version}")),
    );
    format!("{}\n", parts.join(", ").trim())
}

/// The differences from the standard that is known.
fn comparison(known: &KnownStandard) -> String {
    let mut out = format!("\nBeside {}:\n", known.path);
    out.push_str(&known.revision().text());
    for line in &known.differences {
        let _ = writeln!(out, "  {line}");
    }
    if !known.lost.is_empty() {
        let lost = listed(&known.lost);
        let _ = writeln!(out, "Not kept, as their codes are gone: {lost}.");
    }
    out
}

fn conclude(
    root: Option<&Path>,
    command: &StandardsImport,
    made: &MadeStandard,
    console: &mut Console,
) -> Result<u8, CliError> {
    match made.becomes {
        BecomesStandard::Nothing => {
            let path = made.known.as_ref().map(|known| known.path.to_string());
            let path = path.unwrap_or_default();
            console.say(&format!(
                "{path} has the same words and duties. Nothing was written."
            ));
            return Ok(CLEAN);
        }
        BecomesStandard::Revision => {
            console.say(
                "This is another version of a standard that is here. Nothing was written. With \
                 --replace it takes the place of the one before: a map between the two is written, \
                 both wordings go on record, and your own keys are kept. Comments are not.",
            );
            return Ok(FINDINGS);
        }
        BecomesStandard::File => {}
    }
    if command.dry_run {
        console.report(&format!("\n{}", made.source.text));
        console.say("Nothing was written.");
        return Ok(CLEAN);
    }
    for path in engine::write_imported(made)? {
        let shown = root
            .and_then(|root| path.strip_prefix(root).ok())
            .unwrap_or(&path);
        console.say(&format!("Wrote {}.", shown.display()));
    }
    if command.output.is_none() {
        console.say(&format!(
            "To use it, name {} under `standards` in portfolio/portfolio.yaml.",
            made.id
        ));
    }
    Ok(CLEAN)
}
