//! Versions of standards, and the maps between them.

use std::path::Path;

use super::load::load_lock;
use super::standards::{known_standards, read_version};
use super::{EngineError, Snapshot};
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{CriterionId, Decision, Known, LockedStandard, find_identifiers_in};
use crate::parse;
use crate::privacy::Mask;
use crate::report::{Revision, lock_file};
use crate::store::{self, FileKind};
use crate::text::{SourcePath, mark_changes, nearest, plain_words, sha256_hex};

/// A version of a standard: that in a file, the one of an id, or the one on record whose digest
/// begins so.
///
/// # Errors
/// There is none, or its file cannot be read.
pub fn standard_version(root: Option<&Path>, named: &str) -> Result<LockedStandard, EngineError> {
    let path = Path::new(named);
    if store::file_kind(path) == FileKind::File {
        return read_version(&store::load_text(path)?);
    }
    if let (Some(root), Some(digits)) = (root, named.strip_prefix("sha256:")) {
        let lock = parse::standards_lock(&load_lock(root)?).value;
        let is_meant = |one: &&LockedStandard| {
            digits.len() >= 8 && one.digest["sha256:".len()..].starts_with(digits)
        };
        let found = lock.records.iter().find(is_meant);
        return found.cloned().ok_or_else(|| {
            let help = "portfolio/standards.lock lists those on record; name at least 8 digits";
            EngineError::refused(
                format!("no standard on record has the digest {named}"),
                help,
            )
        });
    }
    let known = known_standards(root)?;
    let found = known.iter().find(|standard| standard.id.value == named);
    found.map(LockedStandard::of).ok_or_else(|| {
        let ids = known.iter().map(|standard| standard.id.value.as_str());
        let help = nearest(named, ids).map_or_else(
            || "name a file, an id or a digest of portfolio/standards.lock".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        EngineError::refused(format!("`{named}` is neither a file nor a standard"), help)
    })
}

/// Writes the map of a revision into the workspace, and records both versions. Returns its path.
///
/// # Errors
/// The versions are of different standards, or a file cannot be written.
pub fn write_map(root: &Path, revision: &Revision<'_>) -> Result<SourcePath, EngineError> {
    let (old, new) = (revision.old, revision.new);
    if old.id != new.id || revision.is_empty() {
        let message = if old.id == new.id {
            format!("nothing changed in {}, so there is nothing to map", old.id)
        } else {
            format!("{} and {} are different standards", old.id, new.id)
        };
        return Err(EngineError::refused(message, "nothing was written"));
    }
    let (path, map) = map_of(revision);
    let mut changes = ChangeSet::default();
    add_versions(root, &[old, new], &mut changes)?;
    changes.create(&path, map);
    store::commit(root, &changes)?;
    Ok(path)
}

/// The map of a revision, and its path in a workspace.
pub(super) fn map_of(revision: &Revision<'_>) -> (SourcePath, String) {
    let (old, new) = (revision.old, revision.new);
    let digits = |version: &LockedStandard| version.digest["sha256:".len()..][..8].to_owned();
    let name = format!(
        "{}-{}-{}",
        crate::text::short_slug(&old.id, 40),
        digits(old),
        digits(new)
    );
    let path = SourcePath::new(&format!("{}/maps/{name}.yaml", layout::STANDARDS));
    (path, revision.map())
}

/// Adds versions that are not on record to the lock.
pub(super) fn add_versions(
    root: &Path,
    versions: &[&LockedStandard],
    changes: &mut ChangeSet,
) -> Result<(), EngineError> {
    let source = load_lock(root)?;
    let parsed = parse::standards_lock(&source);
    if parsed.value.is_unreadable {
        let help = "`ksbfolio check` shows where; nothing was written";
        let message = format!("{} cannot be read in full", layout::LOCK);
        return Err(EngineError::refused(message, help));
    }
    let is_new = |one: &&&LockedStandard| {
        let mut known = parsed.value.records.iter();
        !known.any(|known| known.id == one.id && known.digest == one.digest)
    };
    let new: Vec<&LockedStandard> = versions.iter().filter(is_new).copied().collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut all: Vec<&LockedStandard> = parsed.value.records.iter().chain(new).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let path = SourcePath::new(layout::LOCK);
    let text = lock_file(all);
    if store::is_taken(&root.join(layout::LOCK))? {
        changes.replace(&path, &sha256_hex(source.text.as_bytes()), text);
    } else {
        changes.create(&path, text);
    }
    Ok(())
}

/// The change of a statement since a decision, in words.
#[must_use]
pub fn describe_statement(
    project: &Snapshot,
    decision: &Decision,
    criterion: CriterionId,
) -> String {
    let portfolio = &project.portfolio;
    let code = portfolio.catalogue.code(criterion);
    let now = match &portfolio.catalogue.criterion(criterion).text {
        Known::Known(text) => plain_words(text),
        Known::Unknown => "unknown".to_owned(),
    };
    let then = portfolio.words_when_decided(decision, criterion);
    let words = match then.as_deref() {
        None | Some("") => format!("now: {now}"),
        Some(then) => mark_changes(then, &now),
    };
    let found = find_identifiers_in(&words, &[]);
    let words = Mask::new(found.iter().map(|one| &*one.text)).over(&words);
    format!(
        "{code} has other words since it was accepted on {}:\n  {words}\n",
        decision.date
    )
}
