//! Renames an entry: its title, its file, and what names it.

use super::answers::WriteAnswer;
use super::followed::{NewNames, follow};
use super::moving_answer::{FileEffect, RenamingAnswer};
use super::requests::RenameRequest;
use super::splice::apply_edit;
use super::state::{Answered, WrittenPortfolio, answer_changed, refuse_locked};
use crate::edit::{Content, Edit, KeyPath};
use crate::engine::{self, EngineError, Snapshot};
use crate::files::ChangeSet;
use crate::model::FiledEntry;
use crate::parse;
use crate::store;
use crate::text::{Source, SourcePath, Span, counted};

/// Everything that a renaming writes.
struct Plan {
    answer: RenamingAnswer,
    to: SourcePath,
    /// The text of the entry afterwards.
    text: String,
    /// Other entries, with their texts before and after.
    others: Vec<(SourcePath, String, String)>,
}

/// Renames an entry, or says what that changes.
pub(super) fn rename(portfolio: &mut WrittenPortfolio, request: &RenameRequest) -> Answered {
    let path = SourcePath::new(&request.path);
    let file = portfolio.read_current(&path)?;
    if file.hash != request.hash {
        return Ok(answer_changed(&path, &file));
    }
    refuse_locked(&path, &file)?;
    let at = portfolio.find(&path)?;
    let mut plan = plan(portfolio.snapshot(), at, &file.text, request)?;
    if !request.write {
        return Ok(WriteAnswer::Renaming(Box::new(plan.answer)));
    }
    let mut changes = ChangeSet::default();
    if plan.to == path {
        changes.replace(&path, &file.hash, plan.text.as_str());
    } else {
        changes.create(&plan.to, plan.text.as_str());
        changes.remove(&path, &file.hash);
    }
    for (other, before, after) in &plan.others {
        let file = portfolio.read_current(other)?;
        refuse_locked(other, &file)?;
        if *file.text != **before {
            let message = format!("{other} was changed meanwhile");
            return Err(EngineError::refused(message, "try again"));
        }
        changes.replace(other, &file.hash, after.as_str());
    }
    store::commit(&portfolio.options().root, &changes)?;
    let others = plan.others.iter().map(|(other, ..)| other.as_str());
    let touched = [path.as_str(), plan.to.as_str()].into_iter().chain(others);
    portfolio.note_moved(&path, &plan.to, &file, plan.text.as_bytes());
    portfolio.refresh(touched.collect())?;
    plan.answer.is_written = true;
    Ok(WriteAnswer::Renaming(Box::new(plan.answer)))
}

/// What a renaming writes.
///
/// # Errors
/// The name cannot be taken, or something would be lost.
fn plan(
    project: &Snapshot,
    at: usize,
    text: &str,
    request: &RenameRequest,
) -> Result<Plan, EngineError> {
    let entry = &project.portfolio.entries[at];
    let title = read_title(entry, request.title.as_deref())?;
    let stem = read_stem(project, entry, request.name.as_deref())?;
    let is_moved = stem != entry.path.stem();
    let own_id = OwnId::of(project, at, text, is_moved, &stem);
    let names = NewNames {
        at,
        index: &project.portfolio.index,
        id: entry.reference_id(),
        title: &entry.front_matter.title,
        stem: &stem,
        new_title: &title,
        new_id: own_id.afterwards(entry, &stem),
    };
    let to = sibling(&entry.path, &stem);
    let is_retitled = title != entry.front_matter.title;
    let own = rewrite_own(entry, text, &names, is_retitled, &own_id)?;
    let mut plan = Plan {
        answer: RenamingAnswer {
            path: entry.path.as_str().to_owned(),
            new_path: to.as_str().to_owned(),
            title: title.clone(),
            changes: Vec::new(),
            remarks: Vec::new(),
            is_written: false,
        },
        to,
        text: own,
        others: Vec::new(),
    };
    if !is_moved && plan.text == text {
        let message = "this is its title and its name already";
        return Err(EngineError::refused(message, ""));
    }
    check_own_decisions(entry, &own_id, is_moved)?;
    if plan.text != text && is_decided(entry) {
        let remark = "Your assessor decided about it as it is now. After this change they have to look at it again.";
        plan.answer.remarks.push(remark.to_owned());
    }
    let what = match (is_retitled, is_moved) {
        (true, _) => "gets its new title",
        _ => "its file gets the new name",
    };
    plan.answer.changes.push(effect(entry, what.to_owned()));
    follow_in_others(project, at, &names, &mut plan)?;
    Ok(plan)
}

fn effect(entry: &FiledEntry, what: String) -> FileEffect {
    FileEffect {
        path: entry.path.as_str().to_owned(),
        title: entry.front_matter.title.clone(),
        what,
    }
}

/// Makes the links of all other entries follow.
fn follow_in_others(
    project: &Snapshot,
    at: usize,
    names: &NewNames<'_>,
    plan: &mut Plan,
) -> Result<(), EngineError> {
    let mut decided = Vec::new();
    for (other, entry) in project.portfolio.entries.iter().enumerate() {
        let text = project.sources.raw(&entry.path);
        let Some(text) = text.filter(|_| other != at) else {
            continue;
        };
        let followed = follow(&entry.path, text, names)?;
        if followed.links + followed.actions == 0 {
            continue;
        }
        if followed.links > 0 && is_decided(entry) {
            decided.push(format!("“{}”", entry.front_matter.title));
        }
        let mut what = Vec::new();
        if followed.links > 0 {
            what.push(counted(followed.links, "link"));
        }
        if followed.actions > 0 {
            what.push(counted(followed.actions, "action"));
        }
        let effect = effect(entry, format!("{} to it", what.join(" and ")));
        plan.answer.changes.push(effect);
        let path = entry.path.clone();
        plan.others.push((path, text.to_string(), followed.text));
    }
    if decided.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} to it, and your assessor decided about the text with that link",
        match &decided[..] {
            [one] => format!("{one} links"),
            more => format!("{} link", more.join(", ")),
        }
    );
    let help = "keep the present name, so that these decisions stay as they are; a new title alone changes no link by file name";
    Err(EngineError::refused(message, help))
}

/// How the entry says its id, and whether that has to change with the name of the file.
enum OwnId {
    /// The front matter says it, or the file keeps its name.
    Stays,
    /// It is the name of the file, and is written down so that it stays.
    Written,
    /// It is the name of the file, and changes with it: several entries have it, or it may identify
    /// a person.
    Changes,
}

impl OwnId {
    fn of(project: &Snapshot, at: usize, text: &str, is_moved: bool, stem: &str) -> Self {
        let entry = &project.portfolio.entries[at];
        let draft = parse::entry(&Source::new(entry.path.as_str(), text)).value;
        let is_written = draft.id.span != Span::default();
        let is_shared = project.portfolio.index.by_id(entry.reference_id()) != Some(at);
        if is_written || !is_moved || entry.reference_id() == stem {
            Self::Stays
        } else if is_shared || entry.hidden_id.is_some() {
            Self::Changes
        } else {
            Self::Written
        }
    }

    fn afterwards<'a>(&self, entry: &'a FiledEntry, stem: &'a str) -> &'a str {
        match self {
            Self::Stays | Self::Written => entry.reference_id(),
            Self::Changes => stem,
        }
    }
}

/// The text of the entry itself afterwards.
fn rewrite_own(
    entry: &FiledEntry,
    text: &str,
    names: &NewNames<'_>,
    is_retitled: bool,
    own_id: &OwnId,
) -> Result<String, EngineError> {
    let mut text = follow(&entry.path, text, names)?.text;
    let mut set = |key: &str, value: &str| {
        let (path, value) = (KeyPath::new(key), Content::text(value));
        text = apply_edit(&text, &Edit::Set { path, value })?;
        Ok::<(), EngineError>(())
    };
    if is_retitled {
        set("title", names.new_title)?;
    }
    if matches!(own_id, OwnId::Written) {
        set("id", entry.reference_id())?;
    }
    Ok(text)
}

/// Refuses to move a file whose name is the id that decisions name it by.
fn check_own_decisions(
    entry: &FiledEntry,
    own_id: &OwnId,
    is_moved: bool,
) -> Result<(), EngineError> {
    let is_lost = match own_id {
        OwnId::Stays => false,
        OwnId::Written => is_decided(entry),
        OwnId::Changes => !entry.decisions.is_empty(),
    };
    if !is_moved || !is_lost {
        return Ok(());
    }
    let message = "your assessor’s decisions name this entry by the name of its file";
    let help = "keep the name of the file; its title can change";
    Err(EngineError::refused(message, help))
}

/// Whether a decision is about the entry as it is now.
pub(super) fn is_decided(entry: &FiledEntry) -> bool {
    let mut decisions = entry.decisions.iter();
    decisions.any(|decision| decision.is_about(&entry.digests))
}

/// The title afterwards.
fn read_title(entry: &FiledEntry, typed: Option<&str>) -> Result<String, EngineError> {
    let present = &entry.front_matter.title;
    let Some(title) = typed.map(str::trim).filter(|title| title != present) else {
        return Ok(present.clone());
    };
    if title.is_empty() {
        let help = "a few words that say what it is about";
        return Err(EngineError::refused("the entry needs a title", help));
    }
    engine::check_title(title)?;
    Ok(title.to_owned())
}

/// The stem of the file afterwards: the words that were typed, as a name that every disk takes.
fn read_stem(
    project: &Snapshot,
    entry: &FiledEntry,
    typed: Option<&str>,
) -> Result<String, EngineError> {
    let present = entry.path.stem();
    let typed = typed.map(|name| name.trim().trim_end_matches(".md"));
    let Some(name) = typed.filter(|name| !name.is_empty() && *name != present) else {
        return Ok(present.to_owned());
    };
    engine::check_title(name)?;
    let stem = engine::entry_file_name(name);
    if stem == present {
        return Ok(stem);
    }
    if stem.eq_ignore_ascii_case(present) {
        let message = "the two names differ in capitals alone, and many disks take them for one";
        return Err(EngineError::refused(message, "choose another name"));
    }
    let to = sibling(&entry.path, &stem);
    let is_same =
        |other: &FiledEntry| other.path.as_str().to_lowercase() == to.as_str().to_lowercase();
    let is_listed = project.portfolio.entries.iter().any(is_same);
    if is_listed || store::is_taken(&project.root.join(to.as_str()))? {
        let message = format!("there is a file {stem}.md already");
        return Err(EngineError::refused(message, "choose another name"));
    }
    Ok(stem)
}

/// The file of another name in the same folder.
fn sibling(path: &SourcePath, stem: &str) -> SourcePath {
    let text = path.as_str();
    let folder = text.rfind('/').map_or(0, |at| at + 1);
    let ending = text[folder..]
        .rfind('.')
        .map_or("", |at| &text[folder + at..]);
    SourcePath::new(&format!("{}{stem}{ending}", &text[..folder]))
}
