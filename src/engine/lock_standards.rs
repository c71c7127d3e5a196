//! Records the wording of the portfolio's standards in `standards.lock`.

use jiff::civil::Date;

use super::{EngineError, Snapshot};
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{LockedStandard, StandardsLock};
use crate::report::lock_file;
use crate::store::{self, FileKind, Files as _};
use crate::text::{SourcePath, sha256_hex};

/// Records the standards of a portfolio as they are now, and returns those that were not on record.
///
/// # Errors
/// The lock cannot be read in full, or cannot be written.
pub fn lock_standards(project: &Snapshot, day: Date) -> Result<Vec<LockedStandard>, EngineError> {
    if project.portfolio.lock.is_unreadable {
        let help = "`ksbfolio check` shows where; take the file back from a copy";
        let message = format!("{} cannot be read in full", layout::LOCK);
        return Err(EngineError::refused(message, help));
    }
    let new = project.portfolio.lock.unrecorded(day);
    let mut changes = ChangeSet::default();
    add_lock(project, day, &mut changes)?;
    store::commit(&project.root, &changes)?;
    Ok(new)
}

/// Adds the lock to a change set, if a standard is not on record as it is now. A lock that cannot
/// be read in full is left alone: `check` reports it.
///
/// # Errors
/// The lock cannot be read.
pub(super) fn add_lock(
    project: &Snapshot,
    day: Date,
    changes: &mut ChangeSet,
) -> Result<(), EngineError> {
    let lock = &project.portfolio.lock;
    if lock.is_unreadable || lock.unrecorded(day).is_empty() {
        return Ok(());
    }
    let path = SourcePath::new(layout::LOCK);
    let text = renewed(lock, day);
    if project.files.kind(layout::LOCK) == FileKind::File {
        let old = project.files.read(layout::LOCK)?;
        changes.replace(&path, &sha256_hex(&old), text);
    } else {
        changes.create(&path, text);
    }
    Ok(())
}

/// The text of a lock with the standards of today.
pub(super) fn renewed(lock: &StandardsLock, day: Date) -> String {
    let new = lock.unrecorded(day);
    let mut all: Vec<&LockedStandard> = lock.records.iter().chain(&new).collect();
    // The sort is stable, so the versions of one standard stay in order.
    all.sort_by(|a, b| a.id.cmp(&b.id));
    lock_file(all)
}
