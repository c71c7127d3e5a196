//! Applies fixes that need no judgement.

use std::collections::BTreeMap;

use super::{EngineError, Snapshot};
use crate::diagnostic::Findings;
use crate::files::{ChangeSet, Conflict};
use crate::store::{self, CommitError, Files, StoreError};
use crate::text::{SourcePath, TextEdit, apply_edits, sha256_hex};

/// How many places were fixed, in how many files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Places.
    pub places: usize,
    /// Files.
    pub files: usize,
}

/// The fixes of all findings by file, sorted by place. Of overlapping fixes, the first is kept.
#[must_use]
pub fn fixes(findings: &Findings) -> BTreeMap<SourcePath, Vec<TextEdit>> {
    let mut fixes: BTreeMap<SourcePath, Vec<TextEdit>> = BTreeMap::new();
    for finding in findings {
        if let Some(fix) = &finding.fix {
            let of_file = fixes.entry(finding.place.path.clone()).or_default();
            of_file.push(fix.clone());
        }
    }
    for of_file in fixes.values_mut() {
        of_file.sort();
        of_file.dedup_by(|later, earlier| later.range.overlaps(earlier.range));
    }
    fixes
}

/// Applies the fixes of findings to all files, or to none.
///
/// # Errors
/// A file changed since it was read, or cannot be written.
pub fn apply_fixes(project: &Snapshot, found: &Findings) -> Result<Fixed, EngineError> {
    let mut done = Fixed::default();
    let mut changes = ChangeSet::default();
    let recoded: Vec<&SourcePath> = project.recoded().collect();
    for (path, fixes) in &fixes(found) {
        let Some(old) = project.sources.raw(path) else {
            continue;
        };
        let Some(new) = apply_edits(old, fixes) else {
            continue;
        };
        let before = if recoded.contains(&path) {
            // The text was read from another encoding, in which the file still is.
            sha256_hex(&project.files.read(path.as_str())?)
        } else {
            sha256_hex(old.as_bytes())
        };
        changes.replace(path, &before, new);
        done.places += fixes.len();
        done.files += 1;
    }
    if done.files == 0 {
        return Ok(done);
    }
    match store::commit(&project.root, &changes) {
        Ok(()) => Ok(done),
        Err(CommitError::Conflict(Conflict::Changed(path))) => {
            let cause = "it was changed meanwhile; nothing is lost, try again";
            let path = project.root.join(path.as_str());
            Err(StoreError::new("fix", &path, cause).into())
        }
        Err(error) => Err(error.into()),
    }
}
