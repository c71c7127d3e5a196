//! `build`: the site.

use std::collections::BTreeSet;

use super::args::{Build, Global};
use super::console::Console;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::diagnostic::Summary;
use crate::engine::{self, SiteReport, SiteRequest, Snapshot};
use crate::model::{Audience, Entry, Word};
use crate::privacy::Kind;
use crate::store::{self, Written};
use crate::text::{counted, listed};

/// Edited pages and foreign files that are listed by name; of more, the number is given.
const MAX_LISTED: usize = 10;

/// Builds the site.
pub(super) fn run(global: &Global, command: &Build, console: &mut Console) -> Result<u8, CliError> {
    let root = open::root(global)?;
    let folder = command
        .output
        .clone()
        .unwrap_or_else(|| root.join("output"));
    if command.output.is_none() && store::is_link(&folder) {
        let help = "remove it, or name the folder with --output";
        let message = format!("{} is a link, and may lead anywhere", store::shown(&folder));
        return Err(CliError::new(message, help));
    }
    let project = open::readable(global, console)?;
    let request = SiteRequest {
        audience: command.audience,
        theme: command.theme.as_deref(),
        folder: &folder,
    };
    let report = engine::build_site(&project, request, &console.progress())?;
    for line in lines(&project, command, &report) {
        console.say(&line);
    }
    let index = store::shown(&folder.join("index.html"));
    console.say(&format!("Open {index} in a browser."));
    Ok(if is_clean(&report) { CLEAN } else { FINDINGS })
}

fn is_clean(report: &SiteReport<'_>) -> bool {
    report.withheld.is_empty()
        && !needs_attention(&report.written)
        && report.written.foreign.is_empty()
}

/// Whether a build met files that were edited or could not be removed.
pub(super) fn needs_attention(written: &Written) -> bool {
    !written.removed_edited.is_empty() || !written.stuck.is_empty()
}

/// The lines that report a build.
fn lines(project: &Snapshot, command: &Build, report: &SiteReport<'_>) -> Vec<String> {
    let written = &report.written;
    let changes = [
        (written.written, "new or changed"),
        (written.removed, "removed"),
    ];
    let changes = changes.into_iter().filter(|(number, _)| *number > 0);
    let mut changes: Vec<String> = changes
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if changes.is_empty() {
        changes.push("no changes".to_owned());
    }
    let mut lines = vec![format!(
        "Built the {} site: {} ({}).",
        command.audience.word(),
        counted(written.files, "file"),
        changes.join(", ")
    )];
    lines.extend(edits(written));
    lines.extend(foreign(written));
    if report.is_empty {
        lines.push("Warning: nothing is public. Entries with `visibility: public` are, once nothing in them identifies a person.".to_owned());
    }
    lines.extend(report.not_published.iter().cloned());
    let audience = command.audience;
    lines.extend(
        report
            .withheld
            .iter()
            .map(|entry| withheld(entry, audience)),
    );
    lines.extend(state(project, &report.findings));
    lines
}

/// Lines about files that had changed since the last build, and about those that could not be
/// removed.
pub(super) fn edits(written: &Written) -> Vec<String> {
    let replaced = written.replaced_edited.iter().take(MAX_LISTED);
    let replaced =
        replaced.map(|path| format!("Replaced: {path}, which had changed since the last build."));
    let more = written.replaced_edited.len().saturating_sub(MAX_LISTED);
    let more = (more > 0).then(|| {
        format!(
            "Replaced: {} that had changed since the last build.",
            counted(more, "more file")
        )
    });
    let removed = written.removed_edited.iter().map(|path| {
        format!("Removed: {path}, which had changed since the last build. The site no longer has this file.")
    });
    let stuck = written.stuck.iter().map(|path| {
        format!("Not removed: {path}. The site no longer has it, but a folder or a link is in the way: remove that.")
    });
    replaced.chain(more).chain(removed).chain(stuck).collect()
}

/// Lines about files that are not the program's own. They are never removed.
fn foreign(written: &Written) -> Vec<String> {
    let listed = written.foreign.iter().take(MAX_LISTED).map(|path| {
        format!("Not part of the site: {path}. If it is a copy of a page, delete it: it stays as it is when the page goes.")
    });
    let more = written.foreign.len().saturating_sub(MAX_LISTED);
    let more = (more > 0).then(|| format!("Not part of the site: {}.", counted(more, "more file")));
    listed.chain(more).collect()
}

fn withheld(entry: &Entry, audience: Audience) -> String {
    let kinds: BTreeSet<&str> = entry.withheld_from(audience).map(Kind::rule).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let kinds = listed(&kinds);
    format!(
        "Withheld: {} ({kinds}). `ksbfolio check` shows where.",
        entry.path
    )
}

/// The coverage and the findings of the portfolio, in a line each.
fn state(project: &Snapshot, findings: &Summary) -> Vec<String> {
    let counts = project.coverage.counts();
    let mut lines = vec![format!(
        "{} of {} codes ready to assess or accepted.",
        counts.complete(),
        counts.out_of()
    )];
    let findings = findings.in_words();
    lines.extend(findings.map(|found| format!("{found}: `ksbfolio check` shows them.")));
    lines
}
