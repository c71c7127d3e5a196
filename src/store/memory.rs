//! Files held in memory: of a test, a browser tab, or a git revision.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{Error, ErrorKind};
use std::sync::Arc;

use super::StoreError;
use super::files::{Child, FileKind, FileListing, Files, Opened, extension, join, masked_path};
use super::folder::{DEEPEST, is_temporary_name};
use crate::diagnostic::FaultKind;
use crate::text::SourcePath;

/// Files by path. Cheap to clone: contents are shared.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Arc<[u8]>>,
    /// Paths that are not UTF-8, decoded as far as possible.
    unreadable: Vec<String>,
}

impl MemoryFiles {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.to_owned(), bytes.into());
    }

    /// Removes a file, and everything below a folder of this name.
    pub fn remove(&mut self, path: &str) {
        let below = format!("{path}/");
        self.files
            .retain(|known, _| known != path && !known.starts_with(&below));
    }

    /// Records a file whose name is not UTF-8: it is reported, and cannot be read.
    pub(super) fn insert_unreadable(&mut self, path: String) {
        self.unreadable.push(path);
    }

    /// Adds the files of another map.
    pub(super) fn extend(&mut self, other: &Self) {
        let others = other.files.iter();
        self.files
            .extend(others.map(|(path, bytes)| (path.clone(), bytes.clone())));
    }

    /// Whether there is a file at a path.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The paths below a folder, without the folder.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let prefix = join(folder, "");
        let from = self.files.range(prefix.clone()..);
        from.map_while(move |(path, _)| Some((path.as_str(), path.strip_prefix(&prefix)?)))
    }

    fn bytes(&self, path: &str) -> Result<&Arc<[u8]>, StoreError> {
        let missing = || self.failed(path, &Error::from(ErrorKind::NotFound));
        self.files.get(path).ok_or_else(missing)
    }
}

impl<P: Into<String>, B: Into<Arc<[u8]>>> FromIterator<(P, B)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let files = files.into_iter();
        Self {
            files: files
                .map(|(path, bytes)| (path.into(), bytes.into()))
                .collect(),
            unreadable: Vec::new(),
        }
    }
}

impl Files for MemoryFiles {
    fn list(
        &self,
        folder: &str,
        extensions: &[&str],
    ) -> Result<FileListing<SourcePath>, StoreError> {
        if self.contains(folder) {
            return Err(StoreError::new(
                "look through",
                &self.location(folder),
                "it is not a folder",
            ));
        }
        let is_wanted =
            |path: &str| extensions.is_empty() || extensions.contains(&extension(path).as_str());
        let mut found = FileListing::default();
        let mut paths: Vec<&str> = Vec::new();
        let mut deep: Vec<String> = Vec::new();
        for (path, rest) in self.below(folder).filter(|(_, rest)| is_visible(rest)) {
            let depth = rest.split('/').count();
            if depth > DEEPEST {
                let parts: Vec<&str> = rest.split('/').take(DEEPEST).collect();
                deep.push(join(folder, &parts.join("/")));
            } else if is_wanted(path) {
                paths.push(path);
            }
        }
        paths.sort_by(|a, b| compare_paths(a, b));
        found.files = paths.into_iter().map(masked_path).collect();
        deep.dedup();
        let too_deep = FaultKind::TooDeep { limit: DEEPEST };
        found.skipped = deep
            .iter()
            .map(|path| (masked_path(path), too_deep.clone()))
            .collect();
        let prefix = join(folder, "");
        let odd = self.unreadable.iter().filter(|path| {
            let rest = path.strip_prefix(prefix.as_str());
            rest.is_some_and(is_visible) && is_wanted(path)
        });
        let odd = odd.map(|path| (masked_path(path), FaultKind::UnreadableName));
        found.skipped.extend(odd);
        Ok(found)
    }

    fn children(&self, folder: &str) -> Result<Vec<Child>, StoreError> {
        let below = self.below(folder);
        let child = |(_, rest): (&str, &str)| {
            let (name, is_folder) = match rest.split_once('/') {
                Some((name, _)) => (name, true),
                None => (rest, false),
            };
            Child {
                name: name.to_owned(),
                is_folder,
            }
        };
        let mut found: Vec<Child> = below.map(child).collect();
        found.retain(|child| !is_temporary_name(OsStr::new(&child.name)));
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn kind(&self, path: &str) -> FileKind {
        if self.contains(path) {
            FileKind::File
        } else if self.below(path).next().is_some() {
            FileKind::Folder
        } else {
            FileKind::None
        }
    }

    fn size(&self, path: &str) -> Result<u64, StoreError> {
        Ok(self.bytes(path)?.len() as u64)
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, StoreError> {
        let bytes = self.bytes(path)?;
        Ok(Opened {
            bytes: bytes.len() as u64,
            reader: Box::new(&**bytes),
        })
    }
}

/// Whether no part of a path is hidden or temporary.
fn is_visible(path: &str) -> bool {
    let mut parts = path.split('/');
    !parts.any(|part| is_temporary_name(OsStr::new(part)))
}

/// Orders paths as a walk through folders does, each by name.
pub(super) fn compare_paths(a: &str, b: &str) -> std::cmp::Ordering {
    a.split('/').cmp(b.split('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::within_limit;

    #[test]
    fn listings_are_those_of_a_disk() -> Result<(), StoreError> {
        let deep = format!("a/{}x.md", "d/".repeat(DEEPEST));
        let paths = [
            "a/b-c.md",
            "a/b/z.md",
            "a/.b/y.md",
            "a/~$x.md",
            "a/c.MD",
            "a/c.txt",
            "ab/c.md",
            &deep,
        ];
        let files: MemoryFiles = paths.map(|path| (path, *b"x")).into_iter().collect();
        let root = tempfile::tempdir()
            .map_err(|error| StoreError::new("make", std::path::Path::new("a folder"), error))?;
        for path in paths {
            let path = root.path().join(path);
            let folder = path.parent().unwrap_or(root.path());
            let made = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, "x"));
            made.map_err(|error| StoreError::new("make", &path, error))?;
        }
        let disk = crate::store::DiskFiles::new(root.path());
        let (found, there) = (files.list("a", &["md"])?, disk.list("a", &["md"])?);
        assert_eq!(found.files, there.files);
        assert_eq!(found.skipped, there.skipped);
        assert_eq!(found.files.len(), 3);
        for folder in ["a", "a/b", "b"] {
            assert_eq!(files.children(folder)?, disk.children(folder)?, "{folder}");
            assert_eq!(files.kind(folder), disk.kind(folder), "{folder}");
        }
        Ok(())
    }

    #[test]
    fn files_beyond_the_limit_are_reported_with_their_size() -> Result<(), StoreError> {
        let files = MemoryFiles::from_iter([("film.mp4", [0; 11])]);
        let found = |limit| {
            let found = within_limit(&files, limit, vec![masked_path("film.mp4")])?;
            Ok::<_, StoreError>((found.files.len(), found.skipped))
        };
        assert_eq!(found(11)?, (1, Vec::new()));
        let kind = FaultKind::TooLarge {
            bytes: 11,
            limit: 10,
        };
        assert_eq!(found(10)?, (0, vec![(masked_path("film.mp4"), kind)]));
        Ok(())
    }
}
