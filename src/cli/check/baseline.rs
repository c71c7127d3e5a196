//! The baseline of `check`: findings and states that are accepted for now.

use std::collections::BTreeSet;

use crate::check::{Baseline, Outcome, rules};
use crate::cli::CliError;
use crate::cli::args::Check;
use crate::cli::console::Console;
use crate::engine::Snapshot;
use crate::store::{self, ReportFile};
use crate::text::{counted, plural};

/// The baseline: from a file, or from another revision judged by the same day.
pub(super) fn read(
    command: &Check,
    project: &mut Snapshot,
    console: &mut Console,
) -> Result<Option<Baseline>, CliError> {
    if let Some(revision) = &command.ratchet.against {
        let earlier = project.at_revision(revision)?;
        let found = earlier.check(command.profile, None).all;
        let unread = found
            .iter()
            .filter(|finding| finding.rule == rules::UNREADABLE_FILE)
            .count();
        if unread > 0 {
            console.say(&format!(
                "In {revision}, {unread} of the files or folders cannot be read in full: what {} is not compared.",
                plural(unread, "it holds", "they hold")
            ));
        }
        return Ok(Some(Baseline::of(
            &earlier.portfolio,
            &earlier.coverage,
            &found,
        )));
    }
    let Some(path) = &command.ratchet.baseline else {
        return Ok(None);
    };
    if command.ratchet.update_baseline && !store::is_taken(path)? {
        return Ok(None);
    }
    let source = store::load_text(path)?;
    let read = Baseline::read(&source).map_err(|(line, problem)| {
        let help = "restore it from the repository, or begin a new one with --update-baseline";
        CliError::new(
            format!(
                "cannot use the baseline {}:{line}: {problem}",
                store::shown(path)
            ),
            help,
        )
    })?;
    project.add_source(&source);
    Ok(Some(read))
}

/// Writes the baseline. A new one takes states as they are, and only accepted findings.
pub(super) fn update(
    file: &ReportFile,
    command: &Check,
    baseline: Option<&Baseline>,
    project: &Snapshot,
    outcome: &Outcome,
    console: &mut Console,
) -> Result<(), CliError> {
    let now = Baseline::of(&project.portfolio, &project.coverage, &outcome.all);
    let accepted: BTreeSet<String> = command.ratchet.accept.iter().cloned().collect();
    let old = baseline.cloned().unwrap_or_default();
    let updated = old.updated(&now, &outcome.comparison.known, &accepted);
    file.write(updated.written().as_bytes())?;
    let (before, after) = (old.findings.len(), updated.findings.len());
    let left = now.findings.len().saturating_sub(after);
    let name = store::shown(file.path());
    if old.is_version_1 {
        console.say(&format!(
            "Baseline {name}: renewed from version 1, whose findings were matched by rule, subject and count."
        ));
    }
    console.say(&format!(
        "Baseline {name}: {} ({before} before), {left} of this run not accepted.",
        counted(after, "finding")
    ));
    Ok(())
}
