//! The error type of the store.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::privacy::mask_path;

/// A path as it may be shown: with identifiers masked.
#[must_use]
pub fn shown(path: &Path) -> String {
    mask_path(&path.to_string_lossy()).0
}

/// An operation of the system that failed.
#[derive(Debug)]
pub struct StoreError {
    attempt: &'static str,
    path: PathBuf,
    cause: String,
}

impl StoreError {
    /// `attempt` on `path` failed because of `cause`: cannot *read* `notes.md`: *permission denied*.
    pub fn new(attempt: &'static str, path: &Path, cause: impl fmt::Display) -> Self {
        Self {
            attempt,
            path: path.to_owned(),
            cause: cause.to_string(),
        }
    }

    /// The cause alone.
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// The same error, reported for another path: the place of a file that was written elsewhere.
    #[must_use]
    pub(super) fn at(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = shown(&self.path);
        write!(f, "cannot {} {path}: {}", self.attempt, self.cause)
    }
}

impl std::error::Error for StoreError {}
