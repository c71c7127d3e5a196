//! Plans an import: all documents are judged as entries of their portfolio before a byte is written,
//! and written together or not at all.

use std::collections::{BTreeMap, BTreeSet};

use super::import_files::{DocumentOutcome, ImportOptions, ReadDocument};
use super::import_text::{EntryHead, choose_title, entry_text};
use super::names::first_free;
use super::new_entry::entry_file_name;
use super::{EngineError, Snapshot};
use crate::convert::{Conversion, FoundDate};
use crate::document::TextPicture;
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{CriterionId, EntryType, FiledEntry, Portfolio};
use crate::privacy::{Confidence, Kind};
use crate::resolve::{Codes, Lookup, TypedCodes};
use crate::store::{self, Overlay};
use crate::text::{LineIndex, SourcePath, sha256_hex, slug};

/// Limit of an entry in bytes; a larger one would not be read.
const MAX_ENTRY: usize = 4 * 1024 * 1024;

/// What becomes of each file, and all that is written.
#[derive(Debug)]
pub struct ImportPlan {
    /// Each file, in order.
    pub files: Vec<PlannedFile>,
    changes: ChangeSet,
}

/// What becomes of a file.
#[derive(Debug)]
pub struct PlannedFile {
    /// Its name.
    pub name: SourcePath,
    /// What becomes of it.
    pub becomes: Becomes,
}

/// What becomes of a file.
#[derive(Debug)]
pub enum Becomes {
    /// An entry.
    Entry(Box<PlannedEntry>),
    /// Nothing: it was imported before, as this entry.
    Known(SourcePath),
    /// Nothing: it is in a folder with documents, and is none.
    PassedOver,
    /// Nothing: a sentence says why.
    Refused(String),
}

/// An entry that is written.
#[derive(Debug)]
pub struct PlannedEntry {
    /// Its file.
    pub path: SourcePath,
    /// Its title.
    pub title: String,
    /// Its day, and where it was found.
    pub date: FoundDate,
    /// The reflection model, and the names of the stages that have a heading and that have none.
    pub model: Option<String>,
    /// Names of stages with a heading.
    pub stages: Vec<String>,
    /// Names of stages without.
    pub missing_stages: Vec<String>,
    /// Codes in the text.
    pub codes: Vec<String>,
    /// Identifiers: line, kind and confidence.
    pub identifiers: Vec<(usize, Kind, Confidence)>,
    /// Files of evidence that are written.
    pub evidence: Vec<SourcePath>,
    /// What was left out, and remarks.
    pub conversion: Conversion,
    id: String,
    text: String,
    imported: String,
    /// The path of each picture below `portfolio/`; empty for one that is lost.
    pictures: Vec<String>,
}

/// Plans the entries. Nothing is written.
///
/// # Errors
/// A folder cannot be searched for free names.
pub fn plan_import(
    project: &Snapshot,
    documents: Vec<ReadDocument>,
    options: &ImportOptions,
) -> Result<ImportPlan, EngineError> {
    let entries = project.portfolio.entries.iter();
    let mut taken: BTreeSet<String> = entries
        .map(|entry| entry.reference_id().to_lowercase())
        .collect();
    let mut changes = ChangeSet::default();
    let mut evidence = Vec::new();
    let mut files = Vec::new();
    for document in documents {
        let ReadDocument {
            name,
            sha256,
            original,
            outcome,
        } = document;
        let becomes = match outcome {
            DocumentOutcome::Known(entry) => Becomes::Known(entry),
            DocumentOutcome::PassedOver => Becomes::PassedOver,
            DocumentOutcome::Refused(why) => Becomes::Refused(why),
            DocumentOutcome::Converted(conversion) if conversion.date.is_none() => {
                let why = "it does not say when it was written: give the day with --date";
                Becomes::Refused(why.to_owned())
            }
            DocumentOutcome::Converted(conversion) => {
                let (entry, written) = plan_entry(project, &name, *conversion, sha256, &mut taken)?;
                if entry.text.len() > MAX_ENTRY {
                    let why = "its text is larger than 4 MB: divide it into several documents";
                    Becomes::Refused(why.to_owned())
                } else {
                    evidence.extend(written);
                    evidence.extend(original.map(|bytes| kept_original(&entry, &name, bytes)));
                    Becomes::Entry(Box::new(entry))
                }
            }
        };
        files.push(PlannedFile { name, becomes });
    }
    let planned = files.iter_mut().filter_map(|file| match &mut file.becomes {
        Becomes::Entry(entry) => Some(&mut **entry),
        _ => None,
    });
    let mut planned: Vec<&mut PlannedEntry> = planned.collect();
    judge(project, &mut planned, options)?;
    for entry in planned {
        changes.create(&entry.path, std::mem::take(&mut entry.text));
    }
    for (path, bytes) in evidence {
        changes.create(&path, bytes);
    }
    Ok(ImportPlan { files, changes })
}

/// Writes all planned files, or none.
///
/// # Errors
/// A file cannot be written, or was created meanwhile.
pub fn write_import(project: &Snapshot, plan: &ImportPlan) -> Result<(), EngineError> {
    if plan.changes.changes().is_empty() {
        return Ok(());
    }
    Ok(store::commit(&project.root, &plan.changes)?)
}

/// The copy of an original that is kept.
fn kept_original(entry: &PlannedEntry, name: &SourcePath, bytes: Vec<u8>) -> (SourcePath, Vec<u8>) {
    let path = format!("{}{}{}", layout::ORIGINALS, entry.id, ending(name.as_str()));
    (SourcePath::new(&path), bytes)
}

/// The ending of a file, in letters that every system has.
fn ending(name: &str) -> String {
    let ending = name
        .rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('.'));
    let ending = ending.map(|(_, ending)| slug(ending)).unwrap_or_default();
    if ending.is_empty() || ending.len() > 8 {
        String::new()
    } else {
        format!(".{ending}")
    }
}

type NewFiles = Vec<(SourcePath, Vec<u8>)>;

/// An entry with a free id, and the pictures that are written with it.
fn plan_entry(
    project: &Snapshot,
    name: &SourcePath,
    mut conversion: Conversion,
    sha256: String,
    taken: &mut BTreeSet<String>,
) -> Result<(PlannedEntry, NewFiles), EngineError> {
    let portfolio = &project.portfolio;
    let date = conversion.date.unwrap_or(FoundDate {
        day: project.coverage.as_of,
        is_given: false,
    });
    let title = choose_title(conversion.title.as_deref(), name.as_str());
    let is_free = |path: &str| Ok::<_, EngineError>(!store::is_taken(&project.root.join(path))?);
    let (id, path) = first_free(&entry_file_name(&title), |id| {
        let path = format!("{}/{:04}/{id}.md", layout::ENTRIES, date.day.year());
        let picture = format!("{}/{id}-1.png", layout::EVIDENCE);
        let free = !taken.contains(id) && is_free(&path)? && is_free(&picture)?;
        Ok(free.then(|| (id.to_owned(), SourcePath::new(&path))))
    })?;
    taken.insert(id.clone());
    let (evidence, paths) = name_pictures(&mut conversion, &id);
    let model = conversion.model.map(|at| &portfolio.models[at]);
    let (mut stages, mut missing_stages) = (Vec::new(), Vec::new());
    for (at, stage) in model.iter().flat_map(|model| &model.stages).enumerate() {
        if conversion.stages.contains(&at) {
            stages.push(stage.name.value.clone());
        } else {
            missing_stages.push(stage.name.value.clone());
        }
    }
    let beside = |path: &String| match path.as_str() {
        "" => String::new(),
        path => format!("../../{path}"),
    };
    let relative: Vec<String> = paths.iter().map(beside).collect();
    let entry = PlannedEntry {
        path,
        title,
        date,
        model: model.map(|model| model.id.value.clone()),
        stages,
        missing_stages,
        codes: Vec::new(),
        identifiers: Vec::new(),
        evidence: evidence.iter().map(|(path, _)| path.clone()).collect(),
        text: conversion.body_with(&relative),
        conversion,
        id,
        imported: sha256,
        pictures: paths,
    };
    Ok((entry, evidence))
}

/// Names for pictures, each file once, and the path of each picture below `portfolio/`. Takes the
/// pictures out of the conversion.
fn name_pictures(conversion: &mut Conversion, id: &str) -> (NewFiles, Vec<String>) {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    let (mut files, mut paths) = (NewFiles::new(), Vec::new());
    for picture in &mut conversion.pictures {
        let bytes = std::mem::take(&mut picture.bytes);
        if bytes.is_empty() {
            conversion.left.lost_pictures += 1;
            paths.push(String::new());
            continue;
        }
        let next = named.len() + 1;
        let path = named.entry(sha256_hex(&bytes)).or_insert_with(|| {
            let path = format!("evidence/{id}-{next}.{}", picture_ending(&bytes));
            files.push((
                SourcePath::new(&format!("{}/{path}", layout::PORTFOLIO)),
                bytes,
            ));
            path
        });
        paths.push(path.clone());
    }
    (files, paths)
}

fn picture_ending(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, ..] => "jpg",
        [b'G', b'I', b'F', ..] => "gif",
        [b'B', b'M', ..] => "bmp",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => "tiff",
        [b'<', ..] => "svg",
        [0xd7, 0xcd, 0xc6, 0x9a, ..] => "wmf",
        [1, 0, 0, 0, ..] => "emf",
        _ => "bin",
    }
}

/// Judges the entries in their portfolio, for identifiers and codes, and finishes their texts.
fn judge(
    project: &Snapshot,
    planned: &mut [&mut PlannedEntry],
    options: &ImportOptions,
) -> Result<(), EngineError> {
    if planned.is_empty() {
        return Ok(());
    }
    let texts = planned.iter_mut().map(|one| &mut one.text);
    let bodies: Vec<String> = texts.map(std::mem::take).collect();
    let with_bodies = planned.iter().zip(&bodies);
    let drafts: Vec<String> = with_bodies
        .map(|(entry, body)| entry.full_text(body, options))
        .collect();
    let mut overlay = Overlay::default();
    for (entry, draft) in planned.iter().zip(&drafts) {
        overlay = overlay.write(entry.path.as_str(), draft.as_bytes());
    }
    let after = project.with(overlay)?;
    let portfolio = &after.portfolio;
    let judged: BTreeMap<&SourcePath, &FiledEntry> = portfolio
        .entries
        .iter()
        .map(|entry| (&entry.path, entry))
        .collect();
    for ((entry, body), draft) in planned.iter_mut().zip(&bodies).zip(&drafts) {
        if let Some(judged) = judged.get(&entry.path) {
            let lines = LineIndex::new(draft);
            let found = judged.identifiers.found.iter();
            let place = |at: usize| lines.place(draft, at).line;
            entry.identifiers = found
                .map(|one| (place(one.span.start), one.kind, one.confidence))
                .collect();
            entry.codes = mentioned_codes(judged, draft, portfolio);
        }
        // Codes stand in a comment at the end of a line, so all lines stay where they are.
        entry.text = entry.full_text(body, options);
    }
    Ok(())
}

/// The codes in the title and the text of an entry that it does not claim, each once.
fn mentioned_codes(entry: &FiledEntry, text: &str, portfolio: &Portfolio) -> Vec<String> {
    let catalogue = &portfolio.catalogue;
    let codes = Codes::new(catalogue);
    let known = |lookup: Lookup| match lookup {
        Lookup::Found { id, .. } => Some(id),
        _ => None,
    };
    let read = |words: &str| match codes.read(words) {
        TypedCodes::Many(many) => many
            .into_iter()
            .filter_map(|one| known(one.lookup))
            .collect(),
        TypedCodes::One(lookup) => known(lookup).into_iter().collect(),
        TypedCodes::Group(_) => Vec::new(),
    };
    let title = entry.front_matter.title.as_str();
    let mut named: Vec<CriterionId> = read(title);
    let mut end = None;
    for mention in &entry.body.mentions {
        // K10–K12 names K11 too.
        let between = end.and_then(|end: usize| text.get(end..mention.span.start));
        let is_range = between.is_some_and(|words| matches!(words.trim(), "-" | "–" | "—" | "to"));
        if let (true, Some(last)) = (is_range, named.last()) {
            let (first, last) = (catalogue.code(*last), catalogue.code(mention.criterion));
            named.extend(codes.read_range(&format!("{first} to {last}")));
        }
        named.push(mention.criterion);
        end = Some(mention.span.end);
    }
    let mut mentioned = Vec::new();
    for id in named {
        let short = catalogue.code(id).as_str();
        let code = match codes.find_exact(short) {
            Some(_) => short.to_owned(),
            None => catalogue.full_code(id),
        };
        if entry.claim(id).is_none() && !mentioned.contains(&code) {
            mentioned.push(code);
        }
    }
    mentioned
}

impl PlannedEntry {
    fn full_text(&self, body: &str, options: &ImportOptions) -> String {
        let kind = self.conversion.named_type.or(options.kind);
        let alt = |picture: &TextPicture| picture.alt.clone();
        let alts: Vec<String> = self.conversion.pictures.iter().map(alt).collect();
        let head = EntryHead {
            title: &self.title,
            date: self.date.day,
            kind: kind.unwrap_or(EntryType::Reflection),
            model: self.model.as_deref(),
            id: &self.id,
            imported: &self.imported,
            codes: &self.codes,
            own_keys: self.conversion.own_keys.as_deref(),
            pictures: &self.pictures,
            alts: &alts,
        };
        entry_text(&head, body)
    }
}
