//! New entries.

use super::requests::NewRequest;
use crate::engine::{self, EngineError, NewEntry, Snapshot};
use crate::model::{EntryType, ReflectionModel, Word};
use crate::parse::dates::typed_near;
use crate::text::SourcePath;

/// Writes a new entry and returns its path.
///
/// # Errors
/// Something in it cannot be read, or the title may identify a person.
pub(super) fn begin_entry(project: &Snapshot, new: &NewRequest) -> Result<SourcePath, EngineError> {
    let portfolio = &project.portfolio;
    let title = new.title.trim();
    if title.is_empty() {
        let help = "a few words that say what it is about";
        return Err(EngineError::refused("the entry needs a title", help));
    }
    let today = engine::day_of(&portfolio.settings);
    let date = match new.date.as_deref().filter(|date| !date.trim().is_empty()) {
        Some(typed) => typed_near(typed, Some(today))
            .map_err(|why| EngineError::refused(format!("the day cannot be read: {why}"), ""))?,
        None => today,
    };
    let kind = match new.kind.as_deref() {
        Some(word) => EntryType::from_word(word).ok_or_else(|| {
            EngineError::refused(format!("`{word}` is no type of evidence"), "choose another")
        })?,
        None => EntryType::Reflection,
    };
    let model = if kind == EntryType::Reflection {
        Some(find_model(project, new.model.as_deref())?)
    } else {
        None
    };
    engine::create_entry(
        project,
        &NewEntry {
            title,
            date,
            kind,
            model,
            codes: &new.codes,
            // The page says it.
            with_note: false,
        },
    )
}

fn find_model<'a>(
    project: &'a Snapshot,
    id: Option<&str>,
) -> Result<&'a ReflectionModel, EngineError> {
    engine::find_model(&project.portfolio, id.unwrap_or(DEFAULT_MODEL))
}

/// The model of entries that name none.
const DEFAULT_MODEL: &str = "gibbs";
