//! Deletes an entry, and brings it back.

use std::collections::BTreeSet;

use super::answers::WriteAnswer;
use super::deleted::{DeletedEntries, DeletedEntry, MOST_BYTES};
use super::followed::count_links;
use super::moving_answer::{DeletingAnswer, FileEffect};
use super::requests::DeleteRequest;
use super::state::{Answered, WrittenPortfolio, answer_changed};
use crate::engine::{EngineError, Snapshot};
use crate::files::ChangeSet;
use crate::model::Status;
use crate::store;
use crate::text::{SourcePath, counted, sha256_hex};

/// Deletes an entry, or says what that leaves behind.
pub(super) fn delete(
    portfolio: &mut WrittenPortfolio,
    deleted: &mut DeletedEntries,
    request: &DeleteRequest,
) -> Answered {
    let path = SourcePath::new(&request.path);
    let file = portfolio.read_current(&path)?;
    if file.hash != request.hash {
        return Ok(answer_changed(&path, &file));
    }
    let at = portfolio.find(&path)?;
    let mut answer = describe(portfolio.snapshot(), at);
    if !request.write {
        return Ok(WriteAnswer::Deleting(Box::new(answer)));
    }
    if let Some(why) = answer.why_not {
        let message = why.trim_end_matches('.');
        return Err(EngineError::refused(message, "make it a draft instead"));
    }
    let mut changes = ChangeSet::default();
    changes.remove(&path, &file.hash);
    let mut files = vec![(path.clone(), file.bytes)];
    if request.with_files {
        for name in &answer.files {
            let bytes = portfolio.read_bytes(name)?;
            let path = SourcePath::new(name);
            changes.remove(&path, &sha256_hex(&bytes));
            files.push((path, bytes));
        }
    }
    if files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > MOST_BYTES {
        let message = "these files are too large to be kept for bringing them back";
        let help = "delete the entry without them, and then the files in the folder";
        return Err(EngineError::refused(message, help));
    }
    store::commit(&portfolio.options().root, &changes)?;
    portfolio.refresh(files.iter().map(|(path, _)| path.as_str()).collect())?;
    let title = answer.title.clone();
    deleted.keep(DeletedEntry { title, files });
    answer.is_done = true;
    Ok(WriteAnswer::Deleting(Box::new(answer)))
}

fn describe(project: &Snapshot, at: usize) -> DeletingAnswer {
    let entry = &project.portfolio.entries[at];
    let why = "Decisions of your assessor name this entry. If it went, the record would name an entry that is not there.";
    DeletingAnswer {
        path: entry.path.as_str().to_owned(),
        title: entry.front_matter.title.clone(),
        linked_from: list_linking(project, at),
        files: list_own_files(project, at),
        why_not: is_in_record(project, at).then(|| why.to_owned()),
        is_draft: entry.front_matter.status == Status::Draft,
        is_done: false,
    }
}

/// Whether decision files name the entry, and no other.
fn is_in_record(project: &Snapshot, at: usize) -> bool {
    let portfolio = &project.portfolio;
    let entry = &portfolio.entries[at];
    let id = entry.reference_id();
    let mut files = portfolio.chain.files.iter();
    let is_named = files.any(|file| file.entries.iter().any(|one| one == id));
    // Several entries of one id: the others are still there.
    (is_named || !entry.decisions.is_empty()) && portfolio.index.by_id(id) == Some(at)
}

fn list_linking(project: &Snapshot, at: usize) -> Vec<FileEffect> {
    let entries = project.portfolio.entries.iter().enumerate();
    let others = entries.filter(|(other, _)| *other != at);
    let linking = others.filter_map(|(_, entry)| {
        let text = project.sources.raw(&entry.path)?;
        let count = count_links(project, &entry.path, text, at);
        (count > 0).then(|| FileEffect {
            path: entry.path.as_str().to_owned(),
            title: entry.front_matter.title.clone(),
            what: format!("names it in {}", counted(count, "place")),
        })
    });
    linking.collect()
}

/// Files of evidence that this entry uses alone.
fn list_own_files(project: &Snapshot, at: usize) -> Vec<String> {
    let entries = project.portfolio.entries.iter().enumerate();
    let others = entries.filter(|(other, _)| *other != at);
    let used: BTreeSet<String> = others
        .flat_map(|(_, entry)| &entry.uses)
        .map(|path| path.as_str().to_lowercase())
        .collect();
    let own: BTreeSet<&SourcePath> = project.portfolio.entries[at].uses.iter().collect();
    let own = own.into_iter().filter(|path| {
        let is_evidence = project.portfolio.evidence.contains_key(*path);
        is_evidence && !used.contains(&path.as_str().to_lowercase())
    });
    own.map(|path| path.as_str().to_owned()).collect()
}

/// Brings back an entry that was deleted in this session.
pub(super) fn restore(
    portfolio: &mut WrittenPortfolio,
    deleted: &mut DeletedEntries,
    path: &SourcePath,
) -> Answered {
    let entry = deleted.find(path).ok_or_else(|| {
        let help = "look in the bin of your sync program, or in a copy of the folder";
        EngineError::refused("this entry cannot be brought back here", help)
    })?;
    let root = &portfolio.options().root;
    let mut changes = ChangeSet::default();
    for (file, bytes) in &entry.files {
        // A picture that came back by another way stays as it is.
        if file == path || !store::is_taken(&root.join(file.as_str()))? {
            changes.create(file, bytes.as_slice());
        }
    }
    store::commit(root, &changes)?;
    portfolio.refresh(entry.files.iter().map(|(path, _)| path.as_str()).collect())?;
    deleted.forget(path);
    portfolio.open_entry(path)
}
