//! `check`: every problem in one run.

mod baseline;

use std::sync::Arc;

use super::args::{Check, Global};
use super::console::Console;
use super::formats::CheckFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::check::{Outcome, rules};
use crate::diagnostic::{Finding, Findings};
use crate::engine::{self, Change, Snapshot, Workspace};
use crate::report::{self, Report};
use crate::store::{self, Inputs, ReportFile};
use crate::text::{SourcePath, counted};

/// Reports all findings. Writes nothing but the reports, the baseline with `--update-baseline`, and
/// fixes with `--fix`.
pub(super) fn run(global: &Global, command: &Check, console: &mut Console) -> Result<u8, CliError> {
    let roots = [open::root(global)?];
    let ratchet = &command.ratchet;
    let mut read = global.files();
    read.extend(ratchet.baseline.as_deref());
    let inputs = Inputs {
        roots: &roots,
        files: &read,
    };
    let reports = Reports::new(inputs, &command.format, &command.output)?;
    let updated = ratchet
        .baseline
        .as_ref()
        .filter(|_| ratchet.update_baseline);
    let updated = updated
        .map(|path| ReportFile::baseline(&roots, path))
        .transpose()?;
    let mut workspace = Workspace::open(open::options(global)?)?;
    let mut project = workspace.snapshot().clone();
    let baseline = baseline::read(command, &mut project, console)?;
    if command.mending.fix {
        project = fix(command, &mut workspace, console)?;
    }
    if command.history && !engine::search_history(&mut project)? {
        console.say(
            "This clone is shallow: only the part of the history that it has was looked through.",
        );
    }
    let outcome = project.check(command.profile, baseline.as_ref());
    if let Some(file) = &updated {
        baseline::update(
            file,
            command,
            baseline.as_ref(),
            &project,
            &outcome,
            console,
        )?;
    }
    report(command, &project, &outcome, &reports, console)
}

/// Writes the reports, and returns the exit code.
fn report(
    command: &Check,
    project: &Snapshot,
    outcome: &Outcome,
    reports: &Reports<CheckFormat>,
    console: &mut Console,
) -> Result<u8, CliError> {
    let findings = narrowed(outcome.findings.clone(), project, command)?;
    if command.mending.diff {
        let fixes = engine::fixes(&findings);
        console.report(&report::difference(&fixes, &project.sources));
    }
    let fails = findings.reach(command.fail_on) && !command.ratchet.update_baseline;
    let would = if fails { FINDINGS } else { CLEAN };
    let exit_code = if command.reporting { CLEAN } else { would };
    let profile = command.profile;
    let fixed = outcome.comparison.gone.iter();
    let fixed: Vec<String> = fixed.map(|what| what.value.clone()).collect();
    let run = Report {
        findings: &findings,
        sources: &project.sources,
        portfolio: &project.portfolio,
        coverage: &project.coverage,
        profile: profile.unwrap_or(project.portfolio.settings.profile),
        fail_on: command.fail_on,
        exit_code,
        known: outcome.comparison.known.len(),
        fixed: &fixed,
        prefix: &store::prefix(&project.root),
    };
    reports.write(console, |format, colour| {
        Ok(made(format, &run, colour).into_bytes())
    })?;
    if command.reporting {
        console.say(&format!(
            "Only reporting: without --reporting the exit code would be {would}."
        ));
    }
    Ok(exit_code)
}

/// Applies fixes to the files, and returns the portfolio after them.
fn fix(
    command: &Check,
    workspace: &mut Workspace,
    console: &mut Console,
) -> Result<Snapshot, CliError> {
    let project = workspace.snapshot().clone();
    let found = narrowed(project.check(command.profile, None).all, &project, command)?;
    let is_revised = |finding: &&Finding| finding.rule == rules::REVISED_CODE;
    if !command.paths.is_empty() && found.iter().any(|finding| is_revised(&finding)) {
        console.say("Codes of a new version are written in all entries at once: run `ksbfolio check --fix` without paths.");
    }
    let found = found.filtered(|finding, _| command.paths.is_empty() || !is_revised(&finding));
    let fixed = engine::apply_fixes(&project, &found)?;
    if fixed.places == 0 {
        return Ok(project);
    }
    let (places, files) = (counted(fixed.places, "place"), counted(fixed.files, "file"));
    console.say(&format!("Fixed {places} in {files}."));
    let touched = engine::fixes(&found);
    let touched = touched.keys().map(SourcePath::as_str).collect();
    Ok(workspace.apply(Change::Touched(touched))?)
}

fn made(format: CheckFormat, run: &Report<'_>, colour: bool) -> String {
    match format {
        CheckFormat::Text => report::findings_text(run, colour),
        CheckFormat::Concise => report::concise(run),
        CheckFormat::Json => report::findings_json(run),
        CheckFormat::Sarif => report::sarif(run),
        CheckFormat::Junit => report::junit(run),
        CheckFormat::Github => report::github(run),
        CheckFormat::Gitlab => report::gitlab(run),
        CheckFormat::Markdown => report::findings_markdown(run),
    }
}

/// The findings in the named files and folders.
fn narrowed(
    findings: Arc<Findings>,
    project: &Snapshot,
    command: &Check,
) -> Result<Arc<Findings>, CliError> {
    if command.paths.is_empty() {
        return Ok(findings);
    }
    let mut wanted = Vec::new();
    for path in &command.paths {
        wanted.push(store::source_name(&project.root, path)?);
    }
    let narrowed = findings.filtered(|finding, _| {
        let mut paths = [Some(&finding.place.path), finding.other.as_ref()]
            .into_iter()
            .flatten();
        paths.any(|path| wanted.iter().any(|wanted| is_in(path.as_str(), wanted)))
    });
    Ok(Arc::new(narrowed))
}

/// Whether a path is a named file or folder, or inside it; the root has an empty name.
fn is_in(path: &str, named: &str) -> bool {
    named.is_empty()
        || path
            .strip_prefix(named)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
