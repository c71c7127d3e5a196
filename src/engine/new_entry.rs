//! Writes a new entry: its id, its path and its text.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::names::{MAX_NAME, first_free};
use super::{EngineError, Snapshot};
use crate::files::{ChangeSet, Conflict};
use crate::model::{EntryType, Portfolio, ReflectionModel};
use crate::privacy::has_identifier;
use crate::report::{Scaffold, scaffold};
use crate::resolve::{Codes, Lookup, TypedCodes};
use crate::store::{self, CommitError};
use crate::text::{SourcePath, is_device, listed, listed_or, nearest, short_slug, slug};

/// What a new entry is about.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// The title.
    pub title: &'a str,
    /// The date of writing.
    pub date: Date,
    /// The type of evidence.
    pub kind: EntryType,
    /// The reflection model, for reflections.
    pub model: Option<&'a ReflectionModel>,
    /// The codes that it will evidence, as typed.
    pub codes: &'a [String],
    /// Whether a note says how to write in the file.
    pub with_note: bool,
}

/// Writes a draft with stages and questions under an id and a path that are free; returns the path.
///
/// # Errors
/// The title may identify a person, a code is unknown, or the file cannot be written.
pub fn create_entry(project: &Snapshot, new: &NewEntry<'_>) -> Result<SourcePath, EngineError> {
    check_title(new.title)?;
    let codes = canonical_codes(&project.portfolio, new.codes)?;
    let text = |id: &str| {
        scaffold(&Scaffold {
            title: new.title,
            date: new.date,
            kind: new.kind,
            model: new.model,
            id,
            codes: &codes,
            with_note: new.with_note,
        })
    };
    let entries = project.portfolio.entries.iter();
    let taken: BTreeSet<String> = entries.map(|entry| entry.id.to_lowercase()).collect();
    first_free(&entry_file_name(new.title), |id| {
        let path = format!("portfolio/entries/{:04}/{id}.md", new.date.year());
        if taken.contains(id) {
            return Ok(None);
        }
        let path = SourcePath::new(&path);
        let mut changes = ChangeSet::default();
        changes.create(&path, text(id));
        match store::commit(&project.root, &changes) {
            Ok(()) => Ok(Some(path)),
            Err(CommitError::Conflict(Conflict::Exists(_))) => Ok(None),
            Err(error) => Err(error.into()),
        }
    })
}

/// Refuses a title that may identify a person: it becomes the name of a file and of a page.
///
/// # Errors
/// It may identify a person, or is empty.
pub fn check_title(title: &str) -> Result<(), EngineError> {
    if title.is_empty() {
        let help = "put a few words in quotes behind `new`";
        return Err(EngineError::refused("an entry needs a title", help));
    }
    // Punctuation in a title does not end a word of it.
    if has_identifier(title) || has_identifier(&slug(title)) {
        let help =
            "choose a title without names, numbers and addresses of people; nothing was written";
        let message = "the title may identify a person";
        return Err(EngineError::refused(message, help));
    }
    Ok(())
}

/// The name of a file for a title, without its ending.
#[must_use]
pub fn entry_file_name(title: &str) -> String {
    let name = short_slug(title, MAX_NAME);
    match name.as_str() {
        "" => "entry".to_owned(),
        // Windows reserves some names for devices, whatever their extension.
        device if is_device(device) => format!("{device}-entry"),
        _ => name,
    }
}

/// Finds the reflection model of an entry.
///
/// # Errors
/// No model has this id.
pub fn find_model<'a>(
    portfolio: &'a Portfolio,
    id: &str,
) -> Result<&'a ReflectionModel, EngineError> {
    let models = &portfolio.models;
    let found = models.iter().find(|model| model.id.value == id);
    let ids = || models.iter().map(|model| model.id.value.as_str());
    let help = || {
        nearest(id, ids()).map_or_else(
            || format!("there are {}", listed(&ids().collect::<Vec<_>>())),
            |near| format!("did you mean {near}?"),
        )
    };
    found.ok_or_else(|| {
        EngineError::refused(format!("no reflection model is called `{id}`"), help())
    })
}

/// Codes as their standards write them.
///
/// # Errors
/// Every unknown code.
fn canonical_codes(portfolio: &Portfolio, typed: &[String]) -> Result<Vec<String>, EngineError> {
    let codes = Codes::new(&portfolio.catalogue);
    let (mut known, mut wrong, mut help) = (Vec::new(), Vec::new(), Vec::new());
    for code in typed.iter().filter(|code| !code.trim().is_empty()) {
        let mut take = |code: &str, lookup: Lookup| match lookup {
            Lookup::Found { canonical, .. } => {
                known.push(canonical.unwrap_or_else(|| code.trim().to_owned()));
            }
            lookup => {
                wrong.push(format!("`{}`", code.trim()));
                help.extend(lookup.meant());
            }
        };
        match codes.read(code) {
            TypedCodes::One(lookup) => take(code, lookup),
            TypedCodes::Many(many) => many.into_iter().for_each(|one| take(&one.text, one.lookup)),
            TypedCodes::Group(criteria) => {
                wrong.push(format!("`{}`", code.trim()));
                help.extend(criteria);
            }
        }
    }
    known.dedup();
    if wrong.is_empty() {
        return Ok(known);
    }
    let meant = if help.is_empty() {
        "`ksbfolio coverage` shows them all".to_owned()
    } else {
        format!("did you mean {}?", listed_or(&help))
    };
    let wrong = wrong.join(" and no ");
    let message = format!("this portfolio has no criterion {wrong}");
    Err(EngineError::refused(message, meant))
}
