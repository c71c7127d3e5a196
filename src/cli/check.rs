//! `check`: every problem in one run.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::args::{Check, Global};
use super::console::{Console, Trouble};
use super::lookback;
use super::project::{self, Project};
use super::reports::Wanted;
use super::{CLEAN, FINDINGS};
use crate::check::{Baseline, Outcome, rules};
use crate::diagnostic::{Findings, Level};
use crate::io::{self, Inputs, ReportFile};
use crate::model::{Profile, Word};
use crate::report::{self, Report};
use crate::text::{Source, counted};

/// Finds and reports; writes nothing but the reports asked for, and with --fix what can be mended without judgement.
pub fn run(global: &Global, command: &Check, console: &mut Console) -> Result<u8, Trouble> {
    let roots = [project::root(global)?];
    let read: Vec<&Path> = global
        .files()
        .into_iter()
        .chain(command.ratchet.baseline.as_deref())
        .collect();
    let wanted = Wanted::new(
        Inputs {
            roots: &roots,
            files: &read,
        },
        &command.format,
        &command.output,
    )?;
    let renewed = command
        .ratchet
        .baseline
        .as_ref()
        .filter(|_| command.ratchet.update_baseline);
    let renewed = renewed
        .map(|path| ReportFile::baseline(&roots, path))
        .transpose()?;
    let profile = command.profile.as_deref().and_then(Profile::from_word);
    let mut project = Project::open(global)?;
    let baseline = baseline(global, command, &mut project, profile, console)?;
    if command.mending.fix {
        let found = narrowed(project.check(profile, None).all, &project, command)?;
        if mend(&project, &found, console)? {
            project = Project::open(global)?;
        }
    }
    if command.history {
        lookback::look_back(&mut project, console)?;
    }
    let outcome = project.check(profile, baseline.as_ref());
    if let Some(file) = &renewed {
        update(
            file,
            command,
            baseline.as_ref(),
            &project,
            &outcome,
            console,
        )?;
    }
    let findings = narrowed(outcome.findings.clone(), &project, command)?;
    if command.mending.diff {
        let fixes = report::fixes(&findings);
        console.report(&report::difference(&fixes, &project.sources));
    }
    let fail_on = Level::ALL
        .into_iter()
        .find(|level| level.word() == command.fail_on)
        .unwrap_or(Level::Error);
    let would = if findings.reach(fail_on) && !command.ratchet.update_baseline {
        FINDINGS
    } else {
        CLEAN
    };
    let exit_code = if command.reporting { CLEAN } else { would };
    let run = Report {
        findings: &findings,
        sources: &project.sources,
        portfolio: &project.portfolio,
        coverage: &project.coverage,
        profile: profile.unwrap_or(project.portfolio.settings.profile),
        fail_on,
        exit_code,
        known: known(&outcome, baseline.as_ref()),
        fixed: &fixed(&outcome, baseline.as_ref()),
        prefix: &io::prefix(&project.root),
    };
    wanted.write(console, |format, colour| {
        Ok(made(format, &run, colour).into_bytes())
    })?;
    if command.reporting {
        console.say(&format!(
            "Only reporting: without --reporting the exit code would be {would}."
        ));
    }
    Ok(exit_code)
}

fn made(format: &str, run: &Report<'_>, colour: bool) -> String {
    match format {
        "concise" => report::concise(run),
        "json" => report::findings_json(run),
        "sarif" => report::sarif(run),
        "junit" => report::junit(run),
        "github" => report::github(run),
        "gitlab" => report::gitlab(run),
        "markdown" => report::findings_markdown(run),
        _ => report::findings_text(run, colour),
    }
}

/// What the run is held against: a file, or another revision judged on the same day.
fn baseline(
    global: &Global,
    command: &Check,
    project: &mut Project,
    profile: Option<Profile>,
    console: &mut Console,
) -> Result<Option<Baseline>, Trouble> {
    if let Some(revision) = &command.ratchet.against {
        let folder = io::revision(&project.root, revision)?;
        let earlier = Project::load_with(
            folder.path().to_owned(),
            Some(project.horizon()),
            global.allowed_signers.clone(),
        )?;
        let found = earlier.check(profile, None).all;
        let unread = found
            .iter()
            .filter(|finding| finding.rule == rules::UNREADABLE_FILE)
            .count();
        if unread > 0 {
            console.say(&format!("In {revision}, {unread} of the files or folders cannot be read in full: what they hold is not compared."));
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
    if command.ratchet.update_baseline && !io::is_taken(path)? {
        return Ok(None);
    }
    let source = io::load_text(path)?;
    let read = Baseline::read(&source).map_err(|(line, problem)| {
        let help = "restore it from the repository, or begin a new one with --update-baseline";
        Trouble::new(
            format!(
                "cannot use the baseline {}:{line}: {problem}",
                io::shown(path)
            ),
            help,
        )
    })?;
    project.sources.add(
        &Source {
            path: source.path.clone(),
            text: source.text,
        },
        &[],
    );
    Ok(Some(read))
}

/// Writes the baseline anew: a first one takes states as they are, and findings only where they are accepted.
fn update(
    file: &ReportFile,
    command: &Check,
    baseline: Option<&Baseline>,
    project: &Project,
    outcome: &Outcome,
    console: &mut Console,
) -> Result<(), Trouble> {
    let now = Baseline::of(&project.portfolio, &project.coverage, &outcome.all);
    let accepted: BTreeSet<String> = command.ratchet.accept.iter().cloned().collect();
    let old = baseline.cloned().unwrap_or_default();
    let updated = old.updated(&now, &accepted);
    file.write(updated.written().as_bytes())?;
    let (before, after) = (old.findings.len(), updated.findings.len());
    let left = now.findings.len().saturating_sub(after);
    console.say(&format!(
        "Baseline {}: {after} findings ({before} before), {left} of this run not accepted.",
        io::shown(file.path())
    ));
    Ok(())
}

fn known(outcome: &Outcome, baseline: Option<&Baseline>) -> usize {
    let Some(baseline) = baseline else { return 0 };
    outcome
        .all
        .fingerprinted()
        .filter(|(_, fingerprint)| baseline.findings.contains_key(*fingerprint))
        .count()
}

fn fixed(outcome: &Outcome, baseline: Option<&Baseline>) -> Vec<String> {
    let Some(baseline) = baseline else {
        return Vec::new();
    };
    let still: BTreeSet<&str> = outcome
        .all
        .fingerprinted()
        .map(|(_, fingerprint)| fingerprint)
        .collect();
    let gone = baseline
        .findings
        .iter()
        .filter(|(fingerprint, _)| !still.contains(fingerprint.as_str()));
    gone.map(|(_, what)| what.value.clone()).collect()
}

/// Mends what can be mended without judgement. Says what was done, and whether anything was.
fn mend(project: &Project, found: &Findings, console: &mut Console) -> Result<bool, Trouble> {
    let fixes = report::fixes(found);
    let mut places = 0;
    for (path, fixes) in &fixes {
        let Some(old) = project.sources.raw(path) else {
            continue;
        };
        let new = report::fixed(old, fixes);
        io::replace_text(&project.root.join(Path::new(path.as_str())), old, &new)?;
        places += fixes.len();
    }
    if places > 0 {
        console.say(&format!(
            "Mended {} in {}.",
            counted(places, "place"),
            counted(fixes.len(), "file")
        ));
    }
    Ok(places > 0)
}

/// Only the findings in the files and folders that were named.
fn narrowed(
    findings: Arc<Findings>,
    project: &Project,
    command: &Check,
) -> Result<Arc<Findings>, Trouble> {
    if command.paths.is_empty() {
        return Ok(findings);
    }
    let mut wanted = Vec::new();
    for path in &command.paths {
        wanted.push(io::source_name(&project.root, path)?);
    }
    let narrowed = findings.filtered(|finding, _| {
        let mut paths = [Some(&finding.place.path), finding.other.as_ref()]
            .into_iter()
            .flatten();
        paths.any(|path| wanted.iter().any(|wanted| is_in(path.as_str(), wanted)))
    });
    Ok(Arc::new(narrowed))
}

/// Whether a path is that of a file or folder that was named, or lies in it; the root is called nothing.
fn is_in(path: &str, named: &str) -> bool {
    named.is_empty()
        || path
            .strip_prefix(named)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
