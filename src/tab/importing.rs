//! Documents into entries.

use std::path::Path;

use jiff::civil::Date;

use super::request::{ImportedFile, TabAnswer};
use crate::engine::{
    self, Becomes, EngineError, ImportOptions, ImportPlan, ImportSources, PlannedEntry,
    PlannedFile, Snapshot,
};
use crate::text::capitalised;

/// Plans and writes the entries of all documents in a folder. `day` is for those that have none.
pub(super) fn import_folder(
    project: &Snapshot,
    folder: &Path,
    day: Option<Date>,
) -> Result<ImportPlan, EngineError> {
    let options = ImportOptions::default();
    let mut sources = ImportSources::default();
    sources.add(folder)?;
    let mut documents = engine::read_documents(project, sources, &options);
    if let Some(day) = day {
        let undated = documents.iter_mut().filter(|one| one.needs_date());
        undated.for_each(|document| document.set_date(day));
    }
    let plan = engine::plan_import(project, documents, &options)?;
    engine::write_import(project, &plan)?;
    Ok(plan)
}

/// The table of an import.
pub(super) fn describe_import(plan: &ImportPlan) -> TabAnswer {
    let files = plan.files.iter().map(describe_file);
    TabAnswer::Imported {
        files: files.collect(),
    }
}

fn describe_file(file: &PlannedFile) -> ImportedFile {
    let name = file.name.to_string();
    match &file.becomes {
        Becomes::Entry(entry) => describe_entry(name, entry),
        Becomes::Known(entry) => {
            ImportedFile::nothing(name, format!("imported before, as {entry}"))
        }
        Becomes::PassedOver => ImportedFile::nothing(name, "it is no document".to_owned()),
        Becomes::Refused(why) => ImportedFile::nothing(name, why.clone()),
    }
}

fn describe_entry(name: String, entry: &PlannedEntry) -> ImportedFile {
    let remarks = entry.conversion.remarks.iter();
    ImportedFile {
        name,
        path: Some(entry.path.as_str().to_owned()),
        title: entry.title.clone(),
        date: entry.date.day.to_string(),
        is_dated: entry.date.is_given,
        stages: entry.stages.len(),
        of_stages: entry.stages.len() + entry.missing_stages.len(),
        pictures: entry.evidence.len(),
        identifiers: entry.identifiers.len(),
        left_out: entry.conversion.left.comments + entry.conversion.left.hidden,
        remarks: remarks.map(|remark| capitalised(remark)).collect(),
    }
}
