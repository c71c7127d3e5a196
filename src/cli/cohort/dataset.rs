//! `cohort --format jsonl`: rows under keyed pseudonyms, to a folder or as a stream.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::cli::args::CohortArgs;
use crate::cli::console::Console;
use crate::cli::{CLEAN, CliError, FINDINGS};
use crate::cohort::{PseudonymKey, Row};
use crate::engine::{CohortRequest, JudgedLearner, judge_cohort};
use crate::model::Word;
use crate::report::{self, DataGroups, DataProfile, DataRow, DatasetRows};
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
    let rows = DatasetRows { key };
    let profile = command.profile.unwrap_or_default();
    let mut folder = create_folder(command, inputs)?;
    let mut writer = RowWriter::default();
    if profile == DataProfile::Shared {
        // The size of a group is known only after the last learner, and rows are not kept so long.
        let mut groups = DataGroups::default();
        judge_rows(&rows, request, |row, made| {
            groups.count(&row.learner, &made);
        });
        writer.groups = Some(groups);
    }
    judge_rows(&rows, request, |row, made| {
        writer.is_complete &= !row.is_incomplete();
        writer.write(made, folder.as_mut(), console);
    });
    if let Some(error) = writer.failure {
        return Err(error);
    }
    if let Some(folder) = folder {
        let profile = profile.word();
        folder.finish(&[
            ("README.md", report::dataset_readme(profile)),
            ("schema.json", report::dataset_schema()),
            ("datapackage.json", report::data_package(profile)),
        ])?;
    }
    Ok(if writer.is_complete { CLEAN } else { FINDINGS })
}

/// The new folder for the rows, outside every portfolio; `None` if they go to standard output.
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

/// Judges all learners, and hands over the rows of each.
fn judge_rows(
    rows: &DatasetRows,
    request: &CohortRequest,
    mut take: impl FnMut(&Row, Vec<DataRow>),
) {
    let make = |judged: &JudgedLearner<'_>| {
        let (portfolio, coverage) = (&judged.project.portfolio, &judged.project.coverage);
        rows.portfolio(portfolio, coverage, &judged.outcome.findings)
    };
    judge_cohort(request, make, |row, _, made| {
        let others = made.into_iter().flatten();
        let all = [rows.learner(&row)].into_iter().chain(others).collect();
        take(&row, all);
    });
}

/// Writes rows, and remembers the first failure.
struct RowWriter {
    /// The groups of the shared profile.
    groups: Option<DataGroups>,
    /// Criteria that are written already: learners share standards.
    criteria: BTreeSet<String>,
    failure: Option<CliError>,
    is_complete: bool,
}

impl Default for RowWriter {
    fn default() -> Self {
        Self {
            groups: None,
            criteria: BTreeSet::new(),
            failure: None,
            is_complete: true,
        }
    }
}

impl RowWriter {
    fn write(
        &mut self,
        rows: Vec<DataRow>,
        mut folder: Option<&mut DataFolder>,
        console: &mut Console,
    ) {
        let mut stream = String::new();
        for row in rows {
            if row.table() == "criteria" && !self.criteria.insert(row.line()) {
                continue;
            }
            let row = match &self.groups {
                Some(groups) => row.into_shared(groups),
                None => row,
            };
            match folder.as_deref_mut() {
                Some(folder) => {
                    let name = format!("{}.jsonl", row.table());
                    let written = folder.append(&name, &row.line());
                    self.failure = self.failure.take().or(written.err().map(CliError::from));
                }
                None => stream += &row.tagged_line(),
            }
        }
        console.report_bytes(stream.as_bytes());
    }
}
