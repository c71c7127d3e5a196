//! `sample`: the sample for internal quality assurance, why it was drawn, and the results.

use std::path::Path;

use super::args::{Global, SampleArgs};
use super::console::Console;
use super::formats::TableFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::diagnostic::Fault;
use crate::engine::Snapshot;
use crate::layout::SAMPLING;
use crate::model::{Portfolio, SamplingPlan};
use crate::parse;
use crate::report::{self, SampleReport};
use crate::sampling::{Sample, SampleOptions};
use crate::store::{self, Inputs};
use crate::text::{counted, plural};

/// Draws the sample and reports it.
pub(super) fn run(
    global: &Global,
    command: &SampleArgs,
    console: &mut Console,
) -> Result<u8, CliError> {
    let roots = if command.dirs.is_empty() {
        vec![open::root(global)?]
    } else {
        command.dirs.clone()
    };
    let read: Vec<&Path> = global
        .files()
        .into_iter()
        .chain(command.plan.as_deref())
        .collect();
    let reports = Reports::new(
        Inputs {
            roots: &roots,
            files: &read,
        },
        &command.format,
        &command.output,
    )?;
    let (projects, folders) = projects(global, command)?;
    let portfolios: Vec<&Portfolio> = projects.iter().map(|project| &*project.portfolio).collect();
    no_candidate_twice(&portfolios)?;
    let plan = plan(command, &projects)?;
    let wish = SampleOptions {
        seed: command.seed.as_deref(),
        percent: command.percent.map(u32::from),
        size: command.size,
    };
    // Frozen portfolios may have different days: decisions up to the latest of them can be drawn.
    let days = projects.iter().map(|project| project.coverage.as_of);
    let Some(as_of) = days.max() else {
        return Ok(CLEAN);
    };
    let sample = Sample::new(&portfolios, &plan, wish, as_of);
    let report = SampleReport {
        sample: &sample,
        portfolios: &portfolios,
        folders: &folders,
        as_of,
    };
    reports.write(console, |format, _| {
        Ok(made(format, &report, &projects).into_bytes())
    })?;
    if let Some(size) = command.size.filter(|size| *size < sample.drawn.len()) {
        let drawn = sample.drawn.len();
        console.say(&format!(
            "A sample of {size} cannot hold every value and share: {} {} drawn.",
            counted(drawn, "piece"),
            plural(drawn, "is", "are")
        ));
    }
    if command.fail_unmet && !sample.unmet(as_of).is_empty() {
        return Ok(FINDINGS);
    }
    Ok(CLEAN)
}

fn made(format: TableFormat, sample: &SampleReport<'_>, projects: &[Snapshot]) -> String {
    match (format, projects) {
        (TableFormat::Json, _) => report::sample_json(sample),
        (TableFormat::Csv, _) => report::sample_csv(sample),
        (TableFormat::Markdown, [one]) => {
            open::dated_markdown(one, report::sample_markdown(sample))
        }
        (TableFormat::Markdown, _) => report::sample_markdown(sample),
        (TableFormat::Text, [one]) => open::dated_text(one, report::sample_text(sample)),
        (TableFormat::Text, _) => report::sample_text(sample),
    }
}

/// The portfolios to sample, and their folders as the user wrote them.
fn projects(
    global: &Global,
    command: &SampleArgs,
) -> Result<(Vec<Snapshot>, Vec<Option<String>>), CliError> {
    if command.dirs.is_empty() {
        let folder = global.root.as_ref().map(|root| store::shown(root));
        return Ok((vec![open::project(global)?], vec![folder]));
    }
    if global.root.is_some() {
        return Err(CliError::new(
            "both --root and folders are given",
            "name the folders alone",
        ));
    }
    let mut projects = Vec::new();
    for folder in &command.dirs {
        let one = Global {
            root: Some(folder.clone()),
            ..global.clone()
        };
        projects.push(open::project(&one)?);
    }
    let folders = command.dirs.iter().map(|folder| Some(store::shown(folder)));
    Ok((projects, folders.collect()))
}

/// Pieces are identified by candidate, so ids must be unique.
fn no_candidate_twice(portfolios: &[&Portfolio]) -> Result<(), CliError> {
    let mut ids: Vec<&str> = portfolios
        .iter()
        .map(|one| one.settings.learner_id.as_str())
        .collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(pair) => Err(CliError::new(
            format!("two portfolios are those of {}", pair[0]),
            "name every portfolio once, and give each learner an id of its own under `learner`",
        )),
    }
}

/// The plan given as an argument, or that of the only portfolio, or the default.
fn plan(command: &SampleArgs, projects: &[Snapshot]) -> Result<SamplingPlan, CliError> {
    match (&command.plan, projects) {
        (Some(file), _) => named_plan(file),
        (None, [one]) if one.is_broken(SAMPLING) => Err(not_followed(SAMPLING)),
        (None, [one]) => Ok(one.portfolio.sampling.clone()),
        (None, _) => Ok(SamplingPlan::default()),
    }
}

/// Reads a plan. A plan with faults is not followed.
fn named_plan(file: &Path) -> Result<SamplingPlan, CliError> {
    let source = store::load_text(file)?;
    let parsed = parse::sampling(&source);
    let Some(Fault { place, .. }) = parsed.faults.first() else {
        return Ok(parsed.value);
    };
    let line = source.text[..place.span.start].matches('\n').count() + 1;
    Err(not_followed(&format!(
        "{}, line {line}",
        store::shown(file)
    )))
}

fn not_followed(place: &str) -> CliError {
    CliError::new(
        format!("{place}: the plan cannot be followed as it is"),
        "with the plan at portfolio/sampling.yaml, `ksbfolio check` says of each line what to mend; \
         `ksbfolio schema sampling` lists its keys",
    )
}
