//! Changes of what an entry says about itself.

use super::boxes::Boxes;
use super::fields::{clear_field, set_field};
use super::form::find_value;
use super::page_text::PageText;
use super::requests::EntryChange;
use super::splice::{apply_edit, clean, find_boxes, find_model, refuse, replace_in_boxes};
use crate::check::rules;
use crate::edit::{Content, Edit, Edited, Editor, KeyPath, RefusalReason, Refused};
use crate::engine::{EngineError, Snapshot};
use crate::model::{FiledEntry, Shows, Word};
use crate::parse::front_matter;
use crate::parse::yaml::{self, Value};
use crate::privacy::mask_path;
use crate::resolve::{Codes, Lookup};
use crate::text::{Source, Span, listed_or, one_line};

/// Makes a change in the text of an entry; `at` is its index.
///
/// # Errors
/// Why it cannot be made.
pub(super) fn apply_change(
    project: &Snapshot,
    text: &str,
    at: usize,
    change: &EntryChange,
) -> Result<String, EngineError> {
    let edit = match change {
        EntryChange::Set { field, value } => set_field(project, field, value)?,
        EntryChange::Clear { field } => clear_field(field)?,
        EntryChange::Claim { code, because } => {
            let because = because.as_deref().map(|words| one_line(words.trim()));
            Edit::AddCode {
                code: find_code(project, code)?,
                because: because.filter(|words| !words.is_empty()),
            }
        }
        EntryChange::Unclaim { code } => return remove_code(project, text, code),
        EntryChange::Detach { file } => detach(project, text, at, file)?,
        EntryChange::Mark { from, to, code } => Edit::Mark {
            range: find_range(text, *from, *to)?,
            code: find_code(project, code)?,
        },
        EntryChange::Unmark { from, to, code } => {
            return unmark(project, text, find_range(text, *from, *to)?, code);
        }
        EntryChange::Answer {
            rule,
            words,
            reason,
        } => answer_finding(text, rule, words.as_deref(), reason)?,
        EntryChange::ClearPicture {
            at,
            consent,
            shows_nobody,
        } => return clear_picture(project, text, *at, consent.as_deref(), *shows_nobody),
        EntryChange::BeginStage { stage, text: words } => {
            return begin_stage(project, text, at, stage, words);
        }
    };
    apply_edit(text, &edit)
}

/// Takes a file off an entry; with the last one, the whole list.
fn detach(project: &Snapshot, text: &str, at: usize, file: &str) -> Result<Edit, EngineError> {
    let item = find_attachment(&project.portfolio.entries[at], text, file);
    let item = item.ok_or_else(|| {
        let message = "this file is not attached to the entry";
        EngineError::refused(message, "if the text shows it, remove it there")
    })?;
    let list = KeyPath::new("attachments");
    let path = match Editor::entry(text).count_items("attachments") {
        0 | 1 => list,
        _ => list.item(item),
    };
    Ok(Edit::Remove { path })
}

/// The place of a file in `attachments`.
fn find_attachment(entry: &FiledEntry, text: &str, file: &str) -> Option<usize> {
    let mut attached = entry.front_matter.attachments.iter();
    let found = attached.find(|one| mask_path(&one.file.value).0 == file)?;
    let source = Source::new(entry.path.as_str(), text);
    let parts = front_matter::split(text).ok()?;
    let front = yaml::read(&source, parts.front_matter).ok()?;
    match &find_value(&front, "attachments")?.value {
        Value::List(items) => items.iter().position(|item| {
            find_value(item, "file").is_some_and(|node| node.span.overlaps(found.file.span))
        }),
        _ => Some(0),
    }
}

/// A code as its standard writes it.
fn find_code(project: &Snapshot, typed: &str) -> Result<String, EngineError> {
    match Codes::new(&project.portfolio.catalogue).find(typed) {
        Lookup::Found { canonical, .. } => Ok(canonical.unwrap_or_else(|| typed.trim().to_owned())),
        Lookup::Ambiguous(full) => {
            let help = format!("say which: {}", listed_or(&full));
            Err(EngineError::refused(
                format!("several standards have {typed}"),
                help,
            ))
        }
        lookup => {
            let meant = lookup.meant();
            let help = format!("did you mean {}?", listed_or(&meant));
            let help = if meant.is_empty() {
                String::new()
            } else {
                help
            };
            Err(EngineError::refused(
                format!("there is no code `{typed}`"),
                help,
            ))
        }
    }
}

/// The spellings of a code that an entry may have.
fn list_spellings(project: &Snapshot, typed: &str) -> Vec<String> {
    let catalogue = &project.portfolio.catalogue;
    let mut spellings = vec![typed.to_owned()];
    if let Lookup::Found { id, .. } = Codes::new(catalogue).find(typed) {
        spellings.push(catalogue.code(id).to_string());
        spellings.push(catalogue.full_code(id));
    }
    spellings
}

fn remove_code(project: &Snapshot, text: &str, code: &str) -> Result<String, EngineError> {
    let mut text = text.to_owned();
    for code in list_spellings(project, code) {
        text = apply_edit(&text, &Edit::RemoveCode { code })?;
    }
    Ok(text)
}

fn unmark(project: &Snapshot, text: &str, range: Span, code: &str) -> Result<String, EngineError> {
    let spellings = list_spellings(project, code).into_iter();
    let mut tried = spellings.map(|code| {
        let edit = Edit::Unmark { range, code };
        Editor::entry(text).apply(&edit)
    });
    let is_other = |tried: &Result<Edited, Refused>| {
        let refused = tried.as_ref().err();
        refused.is_none_or(|refused| refused.reason != RefusalReason::NoSuchPassage)
    };
    let missing = || {
        Err(Refused {
            place: range,
            reason: RefusalReason::NoSuchPassage,
        })
    };
    let edited = tried.find(is_other).unwrap_or_else(missing);
    edited
        .map(|edited| edited.text)
        .map_err(|refused| refuse(&refused))
}

fn find_range(text: &str, from: usize, to: usize) -> Result<Span, EngineError> {
    PageText::new(text).to_span(from, to).ok_or_else(|| {
        let message = "these words are no longer in the entry";
        EngineError::refused(message, "select them again")
    })
}

/// Appends an answer to the entry's `check`.
fn answer_finding(
    text: &str,
    rule: &str,
    words: Option<&str>,
    reason: &str,
) -> Result<Edit, EngineError> {
    let words = words.map(str::trim).filter(|words| !words.is_empty());
    let reason = reason.trim();
    if reason.is_empty() {
        let help = "say in a few words why it does not apply";
        return Err(EngineError::refused("an answer needs a reason", help));
    }
    let Some(known) = rules::find(rule) else {
        return Err(EngineError::refused(
            format!("there is no rule `{rule}`"),
            "",
        ));
    };
    if !known.levels.answerable && words.is_none() {
        let help = "select the words that it is about";
        return Err(EngineError::refused(
            "this answer has to name its words",
            help,
        ));
    }
    let mut answer = vec![("ignore".to_owned(), Content::text(rule))];
    answer.extend(words.map(|words| ("words".to_owned(), Content::text(words))));
    answer.push(("reason".to_owned(), Content::text(reason)));
    let item = Editor::entry(text).count_items("check");
    Ok(Edit::Set {
        path: KeyPath::new("check").item(item),
        value: Content::Table(answer),
    })
}

/// Says of a picture by which consent it may be shown, or that it shows no person.
fn clear_picture(
    project: &Snapshot,
    text: &str,
    at: usize,
    consent: Option<&str>,
    shows_nobody: bool,
) -> Result<String, EngineError> {
    let consent = consent.filter(|id| !id.is_empty());
    if consent.is_some_and(|id| project.portfolio.register.find(id).is_none()) {
        let help = "add it under Consents first";
        return Err(EngineError::refused("there is no such consent", help));
    }
    let nobody = shows_nobody.then(|| Shows::Nobody.word());
    let mut text = text.to_owned();
    for (key, value) in [("consent", consent), ("shows", nobody)] {
        let path = KeyPath::new("attachments").item(at).key(key);
        let edit = match value {
            Some(value) => Edit::Set {
                path,
                value: Content::text(value),
            },
            None => Edit::Remove { path },
        };
        text = apply_edit(&text, &edit)?;
    }
    Ok(text)
}

/// Adds the heading of a stage with its first words, where the model has it.
fn begin_stage(
    project: &Snapshot,
    text: &str,
    at: usize,
    stage: &str,
    words: &str,
) -> Result<String, EngineError> {
    let unknown = || {
        let message = "this part was begun elsewhere meanwhile";
        EngineError::refused(message, "load the entry again")
    };
    let boxes = find_boxes(project, text, at);
    let mut stages = boxes.stages.iter();
    let part = stages.find(|part| part.id == stage && part.is_missing);
    let part = part.ok_or_else(unknown)?;
    let place = part.whole.start;
    let (above, _) = boxes.gaps_between(text, place, place);
    let marks = boxes.heading_marks(text);
    let ending = if boxes.is_end(place) { "\n" } else { "\n\n" };
    let heading = format!("{}{marks} {}\n\n", "\n".repeat(above), part.title);
    // The words come into the box once it is there, so that they begin no other.
    let edit = Edit::ReplaceWords {
        range: Span::at(place),
        text: heading + PLACEHOLDER + ending,
    };
    let text = apply_edit(text, &edit)?;
    let model = find_model(project, at);
    let boxes = Boxes::read(&text, model);
    let mut stages = boxes.stages.iter();
    let part = stages.find(|part| part.id == stage && part.text.of(&text) == PLACEHOLDER);
    let place = part.ok_or_else(unknown)?.text;
    replace_in_boxes(&text, &boxes, model, vec![(place, clean(words))])
}

/// A word in a box that is empty otherwise.
const PLACEHOLDER: &str = "…";
