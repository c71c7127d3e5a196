//! Reads documents for an import, and converts them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Snapshot;
use super::import_sources::{ImportSource, ImportSources, is_document};
use crate::convert::{
    Conversion, FoundDate, ImportFormat, ModelChoice, convert_manuscript, convert_text,
    find_named_type, recognise, refusal_sentence, zip_sentence,
};
use crate::document;
use crate::model::{EntryType, FiledEntry, Portfolio};
use crate::text::{SourcePath, sha256_hex};

/// How documents are imported.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The day for all of them.
    pub date: Option<Date>,
    /// Their type of evidence; without it, the one that a title names, or a reflection.
    pub kind: Option<EntryType>,
    /// The index of the reflection model; without it, that whose stages the text names.
    pub model: Option<usize>,
    /// Whether to import again what was imported before.
    pub as_new: bool,
    /// Whether to keep the originals.
    pub keep: bool,
}

/// A document that was read.
#[derive(Debug)]
pub struct ReadDocument {
    /// The name of its file.
    pub name: SourcePath,
    /// Its SHA-256.
    pub(super) sha256: String,
    /// Its bytes, if it is kept.
    pub(super) original: Option<Vec<u8>>,
    pub(super) outcome: DocumentOutcome,
}

/// What was made of a document.
#[derive(Debug)]
pub(super) enum DocumentOutcome {
    Converted(Box<Conversion>),
    /// The entry that was made of it before.
    Known(SourcePath),
    PassedOver,
    Refused(String),
}

impl ReadDocument {
    /// Whether a day has to be asked for.
    #[must_use]
    pub fn needs_date(&self) -> bool {
        matches!(&self.outcome, DocumentOutcome::Converted(one) if one.date.is_none())
    }

    /// Sets the day.
    pub fn set_date(&mut self, day: Date) {
        if let DocumentOutcome::Converted(conversion) = &mut self.outcome {
            conversion.date = Some(FoundDate {
                day,
                is_given: true,
            });
        }
    }
}

/// Reads and converts all documents.
#[must_use]
pub fn read_documents(
    project: &Snapshot,
    sources: ImportSources,
    options: &ImportOptions,
) -> Vec<ReadDocument> {
    let mut known = imported_before(&project.portfolio);
    let today = project.coverage.as_of;
    let mut read = Vec::new();
    for group in sources.unpacked() {
        for source in &group {
            let mut document = read_document(project, source, &group, options, &known);
            if let DocumentOutcome::Converted(conversion) = &mut document.outcome {
                // A clock may be wrong, and no entry is from the future.
                conversion.date = conversion.date.filter(|date| date.day <= today);
                if let Some(day) = options.date {
                    document.set_date(day);
                }
                known.insert(document.sha256.clone(), document.name.clone());
            }
            read.push(document);
        }
    }
    read
}

/// The entries that were imported, by the SHA-256 of their files.
fn imported_before(portfolio: &Portfolio) -> BTreeMap<String, SourcePath> {
    let entries = portfolio.entries.iter();
    let imported = |entry: &FiledEntry| {
        let sha256 = entry.front_matter.imported.as_deref()?;
        Some((
            sha256.trim_start_matches("sha256:").to_lowercase(),
            entry.path.clone(),
        ))
    };
    entries.filter_map(imported).collect()
}

fn read_document(
    project: &Snapshot,
    source: &ImportSource,
    group: &[ImportSource],
    options: &ImportOptions,
    known: &BTreeMap<String, SourcePath>,
) -> ReadDocument {
    let name = source.name.clone();
    let done = |sha256, original, outcome| ReadDocument {
        name,
        sha256,
        original,
        outcome,
    };
    if source.is_beside() {
        return done(String::new(), None, DocumentOutcome::PassedOver);
    }
    let bytes = match source.read() {
        Ok(bytes) => bytes,
        Err(why) => return done(String::new(), None, DocumentOutcome::Refused(why)),
    };
    let sha256 = sha256_hex(&bytes);
    if let Some(entry) = known.get(&sha256).filter(|_| !options.as_new) {
        return done(sha256, None, DocumentOutcome::Known(entry.clone()));
    }
    let original = options.keep.then(|| bytes.clone());
    let choice = ModelChoice {
        models: &project.portfolio.models,
        wanted: options.model,
        is_reflection: options
            .kind
            .is_none_or(|kind| kind == EntryType::Reflection),
    };
    let outcome = match convert(source, group, bytes, choice) {
        Ok(conversion) if is_empty(&conversion) => {
            DocumentOutcome::Refused("it has no text".to_owned())
        }
        Ok(mut conversion) => {
            set_type(&mut conversion, source, options, choice);
            DocumentOutcome::Converted(Box::new(conversion))
        }
        Err(why) => DocumentOutcome::Refused(why),
    };
    done(sha256, original, outcome)
}

/// Sets the type of evidence, and proposes stages to a reflection that has none.
fn set_type(
    conversion: &mut Conversion,
    source: &ImportSource,
    options: &ImportOptions,
    choice: ModelChoice<'_>,
) {
    // A text with stages is a reflection, whatever it is about.
    let has_stages = conversion.stages.len() > 1 || conversion.own_keys.is_some();
    let named = || {
        let title = conversion.title.as_deref().unwrap_or_default();
        let name = source.name.as_str();
        let name = name.rsplit('/').next().unwrap_or(name);
        [title, name].into_iter().find_map(find_named_type)
    };
    conversion.named_type = match options.kind {
        None if !has_stages && options.model.is_none() => named(),
        _ => None,
    };
    if conversion.named_type.is_some() {
        conversion.model = None;
        conversion.stages.clear();
    } else if conversion.own_keys.is_none() {
        conversion.propose_stages(choice.models);
    }
}

/// Whether a document has neither text nor pictures.
fn is_empty(conversion: &Conversion) -> bool {
    conversion.title.is_none()
        && conversion.body.trim().is_empty()
        && conversion.pictures.is_empty()
}

fn convert(
    source: &ImportSource,
    group: &[ImportSource],
    bytes: Vec<u8>,
    choice: ModelChoice<'_>,
) -> Result<Conversion, String> {
    let name = source.name.as_str();
    match recognise(name, &bytes)? {
        ImportFormat::Text => convert_text(name, &bytes, choice, &mut |target| {
            source.find_picture(group, target)
        }),
        ImportFormat::Zip => {
            let names = document::zip_names(&bytes);
            if let Some(sentence) = zip_sentence(names.iter().map(String::as_str)) {
                return Err(sentence.to_owned());
            }
            if !is_document(&names) && !names.is_empty() {
                return Err("it is a zip of other files: give it the ending .zip".to_owned());
            }
            let manuscript = document::manuscript(bytes).map_err(refusal_sentence)?;
            Ok(convert_manuscript(manuscript, choice))
        }
    }
}
