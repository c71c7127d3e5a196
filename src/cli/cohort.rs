//! `cohort`: who of many learners needs help, and why.

mod dataset;
mod incomplete;

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use self::incomplete::{describe_incomplete, say_incomplete};
use super::args::{CohortArgs, Global};
use super::console::Console;
use super::formats::CohortFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::cohort::{Cohort, PseudonymKey, default_rules};
use crate::engine::{self, CohortRequest, judge_cohort};
use crate::model::CohortPlan;
use crate::parse;
use crate::render;
use crate::report;
use crate::store::{self, Inputs};

/// Judges every portfolio and reports. Exits with 1 if one was not judged in full.
pub(super) fn run(
    global: &Global,
    command: &CohortArgs,
    console: &mut Console,
) -> Result<u8, CliError> {
    open::refuse_root(global)?;
    let roots = list_roots(command)?;
    let read: Vec<&Path> = global
        .files()
        .into_iter()
        .chain(command.plan.as_deref())
        .chain(command.roots.as_deref())
        .chain(command.key.as_deref())
        .collect();
    let inputs = Inputs {
        roots: &roots,
        files: &read,
    };
    let key = command.key.as_deref().map(read_key).transpose()?;
    let request = CohortRequest {
        plan: read_plan(command.plan.as_deref())?,
        roots: roots.clone(),
        day: engine::common_day(global.as_of),
        signers: global.allowed_signers.clone(),
        key: key.clone(),
    };
    refuse_empty(&request, command)?;
    if command.format.contains(&CohortFormat::Jsonl) {
        return dataset::run(command, inputs, &request, key, console);
    }
    if command.profile.is_some() {
        let help = "add --format jsonl, or leave --profile out";
        return Err(CliError::new("--profile is for jsonl alone", help));
    }
    let reports = Reports::new(inputs, &command.format, &command.output)?;
    if key.is_none() {
        report_deliveries(&request.plan, console);
    }
    let mut cohort = judge_all(&request);
    let code = if cohort.is_complete() {
        CLEAN
    } else {
        FINDINGS
    };
    let incomplete: Vec<String> = cohort.rows.iter().filter_map(describe_incomplete).collect();
    let (learners, is_covered) = (cohort.rows.len(), key.is_some());
    if let Some(key) = key {
        cohort = key.over(cohort);
    }
    reports.write(console, |format, _| made(format, &cohort, code))?;
    say_incomplete(&incomplete, learners, is_covered, console);
    Ok(code)
}

fn judge_all(request: &CohortRequest) -> Cohort {
    let mut cohort = Cohort::new(request.plan.clone());
    let Ok(()) = judge_cohort::<_, Infallible>(
        request,
        |_| (),
        |row, tallies, _| {
            cohort.push(row, &tallies);
            Ok(())
        },
    );
    cohort
}

fn made(format: CohortFormat, cohort: &Cohort, code: u8) -> Result<Vec<u8>, CliError> {
    Ok(match format {
        CohortFormat::Text => report::cohort_text(cohort).into_bytes(),
        CohortFormat::Json => report::cohort_json(cohort, code).into_bytes(),
        CohortFormat::Csv => report::cohort_csv(cohort).into_bytes(),
        CohortFormat::Html => {
            let theme = engine::open_default_theme()?;
            render::standalone_cohort(&theme, cohort)?.into_bytes()
        }
        #[cfg(feature = "spreadsheet")]
        CohortFormat::Xlsx => report::cohort_workbook(cohort)
            .map_err(|error| CliError::new(error.to_string(), "use --format csv instead"))?,
        CohortFormat::Jsonl => return Err(dataset::refuse_mixed()),
        #[cfg(not(feature = "spreadsheet"))]
        CohortFormat::Xlsx => return Err(super::lacks("writes no workbooks", "spreadsheet")),
    })
}

/// The folders named as arguments, then those in the file.
fn list_roots(command: &CohortArgs) -> Result<Vec<PathBuf>, CliError> {
    let mut roots = command.dirs.clone();
    if let Some(file) = &command.roots {
        let lines = store::load_list(file)?;
        // Editors and shells of Windows begin a file with a byte-order mark.
        let lines = lines
            .trim_start_matches('\u{feff}')
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        roots.extend(lines.map(PathBuf::from));
    }
    Ok(roots)
}

/// A list that came out empty by mistake would be a cohort in which all is well. A pipe may be given
/// no folder, as for an empty part of a list that is judged in parts.
fn refuse_empty(request: &CohortRequest, command: &CohortArgs) -> Result<(), CliError> {
    let input = command
        .roots
        .as_deref()
        .filter(|file| *file != Path::new("-"));
    let is_pipe = input.is_none() && command.format.contains(&CohortFormat::Jsonl);
    if is_pipe || !request.roots.is_empty() || !request.plan.learners.is_empty() {
        return Ok(());
    }
    let place = input.map_or_else(|| "standard input".to_owned(), store::shown);
    let problem = format!("{place} names no folder, so there is no learner to judge");
    Err(CliError::new(problem, "write one folder on each line"))
}

/// The plan with the rules in force: its own, or the built-in ones.
fn read_plan(file: Option<&Path>) -> Result<CohortPlan, CliError> {
    let mut plan = CohortPlan::default();
    if let Some(file) = file {
        plan = open::read_plan(file, "cohort", parse::cohort)?;
    }
    if plan.rules.is_empty() {
        plan.rules = default_rules().to_vec();
    }
    Ok(plan)
}

/// Reads the key of the pseudonyms.
fn read_key(file: &Path) -> Result<PseudonymKey, CliError> {
    let bytes = store::load_key(file)?;
    PseudonymKey::new(&bytes).ok_or_else(|| {
        CliError::new(
            format!("{} is too short for a key", store::shown(file)),
            "write 32 random bytes into it, for example `head -c 32 /dev/urandom | base64 > FILE`, and keep it",
        )
    })
}

/// Names the patterns of delivery that are in the rules alone, or in the learners alone: one of the
/// two may be misspelt.
fn report_deliveries(plan: &CohortPlan, console: &mut Console) {
    let (of_rules, of_learners) = plan.compare_deliveries();
    for name in of_rules {
        console.say(&format!(
            "note: rules are for the delivery `{name}`, and no learner of the plan has it"
        ));
    }
    for name in of_learners {
        console.say(&format!(
            "note: learners have the delivery `{name}`, and no rule is for it alone"
        ));
    }
}
