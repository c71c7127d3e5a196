//! Changes of several files, made together or not at all.

use std::collections::BTreeMap;
use std::fmt;

use crate::text::{SourcePath, sha256_hex};

/// What has to be at a path for a change to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// No file.
    Absent,
    /// A file with this SHA-256, in hexadecimal digits in lower case.
    Sha256(String),
}

impl Expected {
    /// A file with these bytes.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::Sha256(sha256_hex(bytes))
    }
}

/// The change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes a file.
    Write {
        /// What is there before.
        expected: Expected,
        /// All of its bytes.
        contents: Vec<u8>,
    },
    /// Deletes a file.
    Delete {
        /// Its SHA-256.
        sha256: String,
    },
    /// Gives a file another name. No file may have that name.
    Rename {
        /// Its SHA-256.
        sha256: String,
        /// The new path.
        to: SourcePath,
    },
}

/// Changes of files, each with what is expected at its path. All are made, or none.
///
/// ```
/// use std::collections::BTreeMap;
/// use ksbfolio::edit::{ChangeSet, Expected};
/// use ksbfolio::text::SourcePath;
///
/// let path = SourcePath::new("portfolio/entries/visit.md");
/// let mut changes = ChangeSet::default();
/// changes.write(&path, Expected::bytes(b"old"), "new")?;
///
/// let files = BTreeMap::from([(path.clone(), b"old".to_vec())]);
/// assert_eq!(changes.apply_to(&files)?[&path], b"new");
///
/// let edited = BTreeMap::from([(path.clone(), b"edited elsewhere".to_vec())]);
/// assert!(changes.apply_to(&edited).is_err());
/// # Ok::<(), ksbfolio::edit::Conflict>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    changes: BTreeMap<SourcePath, Change>,
}

/// Why a set of changes cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A path is changed twice.
    Twice(SourcePath),
    /// A path leads out of the workspace, or is not a path.
    BadPath(SourcePath),
    /// A file is there that was not expected, or under a name that differs only in case.
    Exists(SourcePath),
    /// The file that was expected is not there.
    Missing(SourcePath),
    /// The file is there and has changed.
    Changed(SourcePath),
}

/// Files by path.
type Files = BTreeMap<SourcePath, Vec<u8>>;

impl ChangeSet {
    /// Writes `contents` to `path`.
    ///
    /// # Errors
    /// The path is changed already, or is not a path in the workspace.
    pub fn write(
        &mut self,
        path: &SourcePath,
        expected: Expected,
        contents: impl Into<Vec<u8>>,
    ) -> Result<(), Conflict> {
        let contents = contents.into();
        self.add(path, Change::Write { expected, contents })
    }

    /// Deletes the file at `path`, which has this SHA-256.
    ///
    /// # Errors
    /// As for [`ChangeSet::write`].
    pub fn delete(&mut self, path: &SourcePath, sha256: &str) -> Result<(), Conflict> {
        let sha256 = sha256.to_owned();
        self.add(path, Change::Delete { sha256 })
    }

    /// Renames the file at `path`, which has this SHA-256.
    ///
    /// # Errors
    /// As for [`ChangeSet::write`], of either path.
    pub fn rename(
        &mut self,
        path: &SourcePath,
        sha256: &str,
        to: &SourcePath,
    ) -> Result<(), Conflict> {
        self.check(to)?;
        if path == to {
            return Err(Conflict::Twice(to.clone()));
        }
        let (sha256, to) = (sha256.to_owned(), to.clone());
        self.add(path, Change::Rename { sha256, to })
    }

    /// The changes, by path.
    pub fn changes(&self) -> impl Iterator<Item = (&SourcePath, &Change)> {
        self.changes.iter()
    }

    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The files after the changes.
    ///
    /// # Errors
    /// The first file, in the order of paths, that is not as expected. Nothing is changed then.
    pub fn apply_to(&self, files: &Files) -> Result<Files, Conflict> {
        for (path, change) in &self.changes {
            match change {
                Change::Write {
                    expected: Expected::Absent,
                    ..
                } => self.check_free(files, path)?,
                Change::Write {
                    expected: Expected::Sha256(sha256),
                    ..
                }
                | Change::Delete { sha256 } => {
                    check_hash(files, path, sha256)?;
                }
                Change::Rename { sha256, to } => {
                    check_hash(files, path, sha256)?;
                    self.check_free(files, to)?;
                }
            }
        }
        let mut after = files.clone();
        for (path, change) in &self.changes {
            match change {
                Change::Write { contents, .. } => {
                    after.insert(path.clone(), contents.clone());
                }
                Change::Delete { .. } => {
                    after.remove(path);
                }
                Change::Rename { to, .. } => {
                    let contents = after.remove(path).unwrap_or_default();
                    after.insert(to.clone(), contents);
                }
            }
        }
        Ok(after)
    }

    fn add(&mut self, path: &SourcePath, change: Change) -> Result<(), Conflict> {
        self.check(path)?;
        self.changes.insert(path.clone(), change);
        Ok(())
    }

    /// Refuses a path that is changed already or is not a plain path below the workspace.
    fn check(&self, path: &SourcePath) -> Result<(), Conflict> {
        let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        let text = path.as_str();
        if text.contains(['\\', '\0', ':']) || !text.split('/').all(is_plain) {
            return Err(Conflict::BadPath(path.clone()));
        }
        let renamed = self
            .changes
            .values()
            .any(|change| matches!(change, Change::Rename { to, .. } if to == path));
        if renamed || self.changes.contains_key(path) {
            return Err(Conflict::Twice(path.clone()));
        }
        Ok(())
    }

    /// Refuses a path that is taken, also on systems that ignore case. Files that go leave their
    /// name free.
    fn check_free(&self, files: &Files, path: &SourcePath) -> Result<(), Conflict> {
        let lower = path.as_str().to_lowercase();
        let goes = |other: &SourcePath| {
            matches!(
                self.changes.get(other),
                Some(Change::Delete { .. } | Change::Rename { .. })
            )
        };
        let same = |other: &&SourcePath| other.as_str().to_lowercase() == lower;
        match files.keys().filter(same).find(|other| !goes(other)) {
            Some(other) => Err(Conflict::Exists(other.clone())),
            None => Ok(()),
        }
    }
}

fn check_hash(files: &Files, path: &SourcePath, sha256: &str) -> Result<(), Conflict> {
    match files.get(path) {
        None => Err(Conflict::Missing(path.clone())),
        Some(bytes) if sha256_hex(bytes) != sha256 => Err(Conflict::Changed(path.clone())),
        Some(_) => Ok(()),
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(path) => write!(f, "`{path}` would be changed twice"),
            Self::BadPath(path) => write!(f, "`{path}` is not a path in this portfolio"),
            Self::Exists(path) => write!(f, "`{path}` is already there"),
            Self::Missing(path) => write!(f, "`{path}` is no longer there"),
            Self::Changed(path) => write!(f, "`{path}` was changed elsewhere in the meantime"),
        }
    }
}

impl std::error::Error for Conflict {}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> SourcePath {
        SourcePath::new(path)
    }

    fn files(files: &[(&str, &str)]) -> Files {
        let file = |(name, text): &(&str, &str)| (path(name), text.as_bytes().to_vec());
        files.iter().map(file).collect()
    }

    #[test]
    fn all_changes_are_made_or_none() -> Result<(), Conflict> {
        let before = files(&[("a.md", "a"), ("b.md", "b"), ("c.md", "c")]);
        let hash = |text: &str| sha256_hex(text.as_bytes());
        let mut changes = ChangeSet::default();
        changes.write(&path("a.md"), Expected::bytes(b"a"), "A")?;
        changes.delete(&path("b.md"), &hash("b"))?;
        changes.rename(&path("c.md"), &hash("c"), &path("C.md"))?;
        changes.write(&path("new/d.md"), Expected::Absent, "d")?;
        let after = files(&[("a.md", "A"), ("C.md", "c"), ("new/d.md", "d")]);
        assert_eq!(changes.apply_to(&before), Ok(after));
        for (files, conflict) in [
            (
                files(&[("a.md", "x"), ("b.md", "b"), ("c.md", "c")]),
                Conflict::Changed(path("a.md")),
            ),
            (
                files(&[("a.md", "a"), ("c.md", "c")]),
                Conflict::Missing(path("b.md")),
            ),
            (
                files(&[
                    ("a.md", "a"),
                    ("b.md", "b"),
                    ("c.md", "c"),
                    ("New/D.md", ""),
                ]),
                Conflict::Exists(path("New/D.md")),
            ),
        ] {
            assert_eq!(changes.apply_to(&files), Err(conflict));
        }
        Ok(())
    }

    #[test]
    fn paths_stay_in_the_workspace_and_are_changed_once() {
        let mut changes = ChangeSet::default();
        for bad in ["", "/a", "../a", "a/../b", "a//b", "a\\b", "C:/a", "./a"] {
            let written = changes.write(&path(bad), Expected::Absent, "");
            assert_eq!(written, Err(Conflict::BadPath(path(bad))), "{bad}");
        }
        assert_eq!(changes.rename(&path("a"), "", &path("b")), Ok(()));
        for taken in ["a", "b"] {
            let twice = Err(Conflict::Twice(path(taken)));
            assert_eq!(changes.delete(&path(taken), ""), twice);
            assert_eq!(changes.rename(&path("c"), "", &path(taken)), twice);
        }
        assert_eq!(changes.changes().count(), 1);
    }
}
