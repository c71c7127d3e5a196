//! Applies fixes that need no judgement.

use std::path::Path;

use super::Snapshot;
use crate::diagnostic::Findings;
use crate::report;
use crate::store::{self, StoreError};

/// How many places were fixed, in how many files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Places.
    pub places: usize,
    /// Files.
    pub files: usize,
}

/// Applies the fixes of findings to the files. A file that changed meanwhile is not written.
///
/// # Errors
/// A file changed, or cannot be written; files before it are fixed then.
pub fn apply_fixes(project: &Snapshot, found: &Findings) -> Result<Fixed, StoreError> {
    let mut done = Fixed::default();
    for (path, fixes) in &report::fixes(found) {
        let Some(old) = project.sources.raw(path) else {
            continue;
        };
        let new = report::fixed(old, fixes);
        let file = project.root.join(Path::new(path.as_str()));
        store::replace_text(&file, old, &new)?;
        done.places += fixes.len();
        done.files += 1;
    }
    Ok(done)
}
