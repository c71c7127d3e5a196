//! `cohort --format jsonl`: rows under keyed pseudonyms, to a folder or as a stream.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::incomplete::{describe_incomplete, say_incomplete};
use crate::cli::args::CohortArgs;
use crate::cli::console::Console;
use crate::cli::{CLEAN, CliError, FINDINGS};
use crate::cohort::{PseudonymKey, Row};
use crate::engine::{CohortRequest, JudgedLearner, judge_cohort, list_learners};
use crate::model::Word;
use crate::report::{self, DataRow, DatasetRows};
use crate::store::{self, DataFolder, FileKind, Inputs};

/// Writes the rows of each learner while the next one is judged.
pub(super) fn run(
    command: &CohortArgs,
    inputs: Inputs<'_>,
    request: &CohortRequest,
    key: Option<PseudonymKey>,
    console: &mut Console,
) -> Result<u8, CliError> {
    if command.format.len() > 1 || command.output.len() > 1 {
        let help = "run the command once for the dataset, and once for the other reports";
        return Err(CliError::new("jsonl is written alone", help));
    }
    let Some(key) = key else {
        let help = "name a file with a secret that you keep: --key FILE";
        return Err(CliError::new("jsonl needs the key of its pseudonyms", help));
    };
    let mut rows = DatasetRows {
        key,
        profile: command.profile,
        groups: BTreeMap::new(),
    };
    for (learner, cohort) in list_learners(request) {
        let seat = request.plan.seat(&learner);
        rows.count_groups(&seat, cohort.as_deref());
    }
    let mut folder = create_folder(command, inputs)?;
    let mut writer = RowWriter::default();
    let make = |judged: &JudgedLearner<'_>| {
        let (portfolio, coverage) = (&judged.project.portfolio, &judged.project.coverage);
        rows.portfolio(portfolio, coverage, &judged.outcome.findings)
    };
    judge_cohort(request, make, |row, _, made| {
        writer.learners += 1;
        writer.incomplete.extend(describe_incomplete(&row));
        writer.write(&rows, &row, made, folder.as_mut(), console);
    });
    if let Some(error) = writer.failure {
        return Err(error);
    }
    if let Some(folder) = folder {
        let profile = command.profile.word();
        folder.finish(&[
            ("README.md", report::dataset_readme(profile)),
            ("schema.json", report::dataset_schema()),
            ("datapackage.json", report::data_package(profile)),
        ])?;
    }
    say_incomplete(&writer.incomplete, writer.learners, true, console);
    Ok(if writer.incomplete.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}

/// The new folder that the rows go to, with a file for each table; `None` for standard output.
fn create_folder(command: &CohortArgs, inputs: Inputs<'_>) -> Result<Option<DataFolder>, CliError> {
    let Some(path) = command.output.first() else {
        return Ok(None);
    };
    let is_folder = |root: &&PathBuf| store::file_kind(root) == FileKind::Folder;
    for root in inputs.roots.iter().filter(is_folder) {
        store::refuse_overlap(path, root)?;
    }
    let tables = report::dataset_tables().into_iter();
    let names: Vec<String> = tables.map(|table| format!("{table}.jsonl")).collect();
    Ok(Some(DataFolder::create(path, &names)?))
}

/// Writes rows, and remembers the first failure.
#[derive(Default)]
struct RowWriter {
    /// Criteria that are written already: learners share standards.
    criteria: BTreeSet<String>,
    failure: Option<CliError>,
    /// How many learners have a row.
    learners: usize,
    /// Those that were not judged in full.
    incomplete: Vec<String>,
}

impl RowWriter {
    fn write(
        &mut self,
        rows: &DatasetRows,
        row: &Row,
        made: Option<Vec<DataRow>>,
        mut folder: Option<&mut DataFolder>,
        console: &mut Console,
    ) {
        let mut stream = String::new();
        let all = [rows.learner(row)]
            .into_iter()
            .chain(made.into_iter().flatten());
        for row in all {
            if row.table == "criteria" && !self.criteria.insert(row.line()) {
                continue;
            }
            match folder.as_deref_mut() {
                Some(folder) => {
                    let name = format!("{}.jsonl", row.table);
                    let written = folder.append(&name, &row.line());
                    self.failure = self.failure.take().or(written.err().map(CliError::from));
                }
                None => stream += &row.into_tagged_line(),
            }
        }
        console.report_bytes(stream.as_bytes());
    }
}
