//! Documents that are dropped: what would become of each, and the entries that are made of them.

use super::answers::{ImportRow, WriteAnswer};
use super::dropped::DroppedFiles;
use super::requests::ImportRequest;
use super::state::{Answered, WrittenPortfolio};
use crate::engine::{
    self, Becomes, EngineError, ImportOptions, ImportSources, PlannedEntry, PlannedFile,
    ReadDocument,
};
use crate::parse::dates::typed_near;
use crate::store::Touched;

/// Plans an import, and writes it if `write` says so: all entries or none.
pub(super) fn import_dropped(
    portfolio: &mut WrittenPortfolio,
    dropped: &DroppedFiles,
    request: &ImportRequest,
    write: bool,
) -> Answered {
    let project = portfolio.snapshot();
    let options = ImportOptions::default();
    let mut sources = ImportSources::default();
    let files = request.dropped.iter().map(|name| {
        let file = dropped.find(name)?;
        Ok((file.original.clone(), file.bytes.clone()))
    });
    sources.add_bytes(files.collect::<Result<_, EngineError>>()?);
    let mut documents = engine::read_documents(project, sources, &options);
    for document in documents.iter_mut().filter(|one| one.needs_date()) {
        let Some(typed) = request.days.get(document.name.shown()) else {
            continue;
        };
        let today = Some(project.coverage.as_of);
        let day = typed_near(typed, today).map_err(|why| {
            EngineError::refused(
                format!("the day of {} cannot be read: {why}", document.name),
                "",
            )
        })?;
        document.set_date(day);
    }
    let needs_day: Vec<bool> = documents.iter().map(ReadDocument::needs_date).collect();
    let plan = engine::plan_import(project, documents, &options)?;
    if write {
        engine::write_import(project, &plan)?;
    }
    let rows = plan.files.iter().zip(needs_day);
    let rows = rows
        .map(|(file, needs_day)| describe_file(file, needs_day))
        .collect();
    if write {
        portfolio.refresh(Touched::Everything)?;
    }
    Ok(WriteAnswer::Import {
        rows,
        is_written: write,
    })
}

fn describe_file(file: &PlannedFile, needs_day: bool) -> ImportRow {
    let row = ImportRow {
        file: file.name.shown().to_owned(),
        needs_day,
        ..ImportRow::default()
    };
    match &file.becomes {
        Becomes::Entry(entry) => describe_entry(row, entry),
        Becomes::Known(path) => ImportRow {
            why_not: Some("it was imported before".to_owned()),
            path: Some(path.as_str().to_owned()),
            ..row
        },
        Becomes::PassedOver => ImportRow {
            why_not: Some("it is no document".to_owned()),
            ..row
        },
        Becomes::Refused(_) if needs_day => ImportRow {
            why_not: Some("it says nowhere when it was written".to_owned()),
            ..row
        },
        Becomes::Refused(why) => ImportRow {
            why_not: Some(why.clone()),
            ..row
        },
    }
}

fn describe_entry(row: ImportRow, entry: &PlannedEntry) -> ImportRow {
    ImportRow {
        path: Some(entry.path.as_str().to_owned()),
        title: Some(entry.title.clone()),
        day: Some(entry.date.day.to_string()),
        is_day_from_text: entry.date.is_given,
        stages: entry.stages.clone(),
        missing_stages: entry.missing_stages.clone(),
        codes: entry.codes.clone(),
        pictures: entry.evidence.len(),
        identifiers: entry.identifiers.len(),
        ..row
    }
}
