//! `sample`: the sample for internal quality assurance, why it was drawn, and the results.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::args::{Global, SampleArgs};
use super::console::Console;
use super::formats::TableFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::engine::Snapshot;
use crate::layout::SAMPLING;
use crate::model::SamplingPlan;
use crate::parse;
use crate::report::{self, Identity, SampleReport, SampledPortfolio};
use crate::sampling::{Population, Sample, SampleOptions};
use crate::store::{self, Inputs};
use crate::text::{counted, plural};

/// Draws the sample and reports it. Portfolios are read one after the other, and dropped.
pub(super) fn run(
    global: &Global,
    command: &SampleArgs,
    console: &mut Console,
) -> Result<u8, CliError> {
    let roots = open::roots(global, &command.dirs)?;
    let read: Vec<&Path> = global
        .files()
        .into_iter()
        .chain(command.plan.as_deref())
        .collect();
    let inputs = Inputs {
        roots: &roots,
        files: &read,
    };
    let reports = Reports::new(inputs, &command.format, &command.output)?;
    let Sampled {
        population,
        plan,
        portfolios,
        as_of,
        judged,
    } = Sampled::read(global, command, &roots)?;
    let options = SampleOptions {
        seed: command.seed.as_deref(),
        percent: command.percent.map(u32::from),
        size: command.size,
    };
    let sample = Sample::draw(population, &plan, options, as_of);
    let report = SampleReport {
        sample: &sample,
        portfolios: &portfolios,
        as_of,
    };
    reports.write(console, |format, _| {
        Ok(made(format, &report, judged.as_deref()).into_bytes())
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

fn made(format: TableFormat, sample: &SampleReport<'_>, judged: Option<&str>) -> String {
    match format {
        TableFormat::Json => report::sample_json(sample),
        TableFormat::Csv => report::sample_csv(sample),
        TableFormat::Markdown => open::end_with(judged, report::sample_markdown(sample)),
        TableFormat::Text => open::begin_with(judged, report::sample_text(sample)),
    }
}

/// What is kept of the sampled portfolios.
struct Sampled {
    population: Population,
    plan: SamplingPlan,
    portfolios: Vec<SampledPortfolio>,
    /// The latest of their days.
    as_of: Date,
    /// The line about the day by which the only portfolio is judged, if it is frozen.
    judged: Option<String>,
}

impl Sampled {
    fn read(global: &Global, command: &SampleArgs, roots: &[PathBuf]) -> Result<Self, CliError> {
        let given = command.plan.as_deref().map(named_plan).transpose()?;
        let is_alone = roots.len() == 1;
        let mut all = Self {
            population: Population::default(),
            plan: given.clone().unwrap_or_default(),
            portfolios: Vec::new(),
            as_of: Date::MIN,
            judged: None,
        };
        let mut ids = Vec::new();
        for root in roots {
            let project = open::project(&Global {
                root: Some(root.clone()),
                ..global.clone()
            })?;
            if is_alone && given.is_none() {
                all.plan = own_plan(&project)?;
            }
            if is_alone {
                all.judged = project.judged_line();
            }
            // Frozen portfolios may have different days: decisions up to that of each can be drawn.
            let (portfolio, as_of) = (&project.portfolio, project.coverage.as_of);
            all.population.add(portfolio, &all.plan, as_of);
            all.as_of = all.as_of.max(as_of);
            let named = !command.dirs.is_empty() || global.root.is_some();
            all.portfolios.push(SampledPortfolio {
                folder: named.then(|| store::shown(root)),
                about: Identity::of(portfolio, as_of),
            });
            ids.push(portfolio.settings.learner_id.clone());
        }
        refuse_repeated(ids)?;
        Ok(all)
    }
}

/// The plan of the only portfolio.
fn own_plan(project: &Snapshot) -> Result<SamplingPlan, CliError> {
    if project.is_broken(SAMPLING) {
        return Err(CliError::new(
            format!("{SAMPLING}: the plan cannot be followed as it is"),
            "`ksbfolio check` says what to correct in each line; `ksbfolio schema sampling` lists its \
             keys",
        ));
    }
    Ok(project.portfolio.sampling.clone())
}

/// Pieces are identified by candidate, so ids must be unique.
fn refuse_repeated(mut ids: Vec<String>) -> Result<(), CliError> {
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(pair) => Err(CliError::new(
            format!("two portfolios are those of {}", pair[0]),
            "name every portfolio once, and give each learner an id of its own under `learner`",
        )),
    }
}

/// Reads a plan. A plan with faults is not followed.
fn named_plan(file: &Path) -> Result<SamplingPlan, CliError> {
    open::read_plan(file, "sampling", parse::sampling)
}
