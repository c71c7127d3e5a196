//! Writes of several files that belong together: plain data.

use std::collections::BTreeSet;
use std::fmt;

use crate::text::SourcePath;

/// What has to be at a path before a file is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing.
    Absent,
    /// A file with this SHA-256, in hexadecimal digits in lower case.
    Sha256(String),
}

/// A file to write, or to remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path, relative to the workspace.
    pub path: SourcePath,
    /// What is there before.
    pub expected: Expected,
    /// All of its bytes afterwards; `None` if it is removed.
    pub contents: Option<Vec<u8>>,
}

/// Files to write or to remove, each with what is expected at its path. `store::commit` makes all of
/// these changes, in this order but with removals last, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    changes: Vec<FileChange>,
}

/// Why no file of a set is written: the files are not what they were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Two files have the same path, if upper and lower case are ignored, as many disks do.
    Twice(SourcePath),
    /// A path leads out of the workspace, or is not a path.
    BadPath(SourcePath),
    /// Something is at a path that should be free.
    Exists(SourcePath),
    /// The file that was expected is not there.
    Missing(SourcePath),
    /// The file is there and has changed.
    Changed(SourcePath),
}

impl ChangeSet {
    /// Adds a new file.
    pub fn create(&mut self, path: &SourcePath, contents: impl Into<Vec<u8>>) {
        self.add(path, Expected::Absent, Some(contents.into()));
    }

    /// Adds new contents for the file that has this SHA-256.
    pub fn replace(&mut self, path: &SourcePath, sha256: &str, contents: impl Into<Vec<u8>>) {
        let expected = Expected::Sha256(sha256.to_owned());
        self.add(path, expected, Some(contents.into()));
    }

    /// Adds the removal of the file that has this SHA-256. Its folder stays.
    pub fn remove(&mut self, path: &SourcePath, sha256: &str) {
        self.add(path, Expected::Sha256(sha256.to_owned()), None);
    }

    fn add(&mut self, path: &SourcePath, expected: Expected, contents: Option<Vec<u8>>) {
        self.changes.push(FileChange {
            path: path.clone(),
            expected,
            contents,
        });
    }

    /// The changes, in the order in which they were added.
    #[must_use]
    pub fn changes(&self) -> &[FileChange] {
        &self.changes
    }

    /// Checks what can be checked without a disk: each path is a plain one below the workspace, and
    /// there once.
    ///
    /// # Errors
    /// The first path that is not.
    pub fn check_paths(&self) -> Result<(), Conflict> {
        let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        let mut taken = BTreeSet::new();
        for FileChange { path, .. } in &self.changes {
            let text = path.as_str();
            if text.contains(['\\', '\0', ':']) || !text.split('/').all(is_plain) {
                return Err(Conflict::BadPath(path.clone()));
            }
            if !taken.insert(text.to_lowercase()) {
                return Err(Conflict::Twice(path.clone()));
            }
        }
        Ok(())
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(path) => write!(f, "{path} would be changed twice"),
            Self::BadPath(path) => write!(f, "{path} is not a path in this portfolio"),
            Self::Exists(path) => write!(f, "{path} was created meanwhile"),
            Self::Missing(path) => write!(f, "{path} is no longer there"),
            Self::Changed(path) => write!(f, "{path} was changed meanwhile"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_plain_and_there_once() {
        let checked = |paths: &[&str]| {
            let mut changes = ChangeSet::default();
            for path in paths {
                changes.create(&SourcePath::new(path), "x");
            }
            changes.check_paths()
        };
        assert_eq!(checked(&["a.md", "b/.c", "b/a.md"]), Ok(()));
        let twice = Conflict::Twice(SourcePath::new("B/A.md"));
        assert_eq!(checked(&["b/a.md", "B/A.md"]), Err(twice));
        for bad in [
            "", "/a", "a//b", "../a", "a/..", "./a", "C:a", "a\\b", "a\0",
        ] {
            let path = SourcePath::new(bad);
            assert_eq!(checked(&[bad]), Err(Conflict::BadPath(path)), "{bad:?}");
        }
    }
}
