//! Files of which some are replaced, added or removed: unsaved texts, and "what if".

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::StoreError;
use super::files::{Child, FileKind, FileListing, Files, Opened, is_within, join};
use super::memory::{MemoryFiles, compare_paths};
use super::touched::Touched;
use crate::text::SourcePath;

/// Changes of files: new contents and removals, by path.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    written: MemoryFiles,
    removed: BTreeSet<String>,
}

impl Overlay {
    /// The same with a file that is added or replaced.
    #[must_use]
    pub fn write(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.removed.remove(path);
        self.written.insert(path, bytes.into());
        self
    }

    /// The same without a file, or without a folder and everything in it.
    #[must_use]
    pub fn remove(mut self, path: &str) -> Self {
        self.written.remove(path);
        self.removed.insert(path.to_owned());
        self
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    /// The changed paths.
    #[must_use]
    pub fn touched(&self) -> Touched {
        let removed = self.removed.iter().map(String::as_str);
        removed.chain(self.written.paths()).collect()
    }

    /// Adds later changes.
    pub fn extend(&mut self, later: &Self) {
        for path in &later.removed {
            self.written.remove(path);
            self.removed.insert(path.clone());
        }
        self.written.extend(&later.written);
    }

    fn hides(&self, path: &str) -> bool {
        self.written.contains(path) || self.removed.iter().any(|gone| is_within(path, gone))
    }
}

/// An overlay over other files.
#[derive(Debug)]
pub struct OverlaidFiles {
    base: Arc<dyn Files>,
    overlay: Overlay,
}

impl OverlaidFiles {
    /// Lays changes over files.
    #[must_use]
    pub fn new(base: Arc<dyn Files>, overlay: Overlay) -> Self {
        Self { base, overlay }
    }

    /// The files that decide about a path.
    fn layer(&self, path: &str) -> &dyn Files {
        if self.overlay.hides(path) {
            &self.overlay.written
        } else {
            &*self.base
        }
    }
}

impl Files for OverlaidFiles {
    fn list(
        &self,
        folder: &str,
        extensions: &[&str],
    ) -> Result<FileListing<SourcePath>, StoreError> {
        let mut found = self.base.list(folder, extensions)?;
        let hides = |path: &SourcePath| self.overlay.hides(path.as_str());
        found.files.retain(|path| !hides(path));
        found.skipped.retain(|(path, _)| !hides(path));
        let own = self.overlay.written.list(folder, extensions)?;
        if !own.files.is_empty() {
            found.files.extend(own.files);
            found
                .files
                .sort_by(|a, b| compare_paths(a.as_str(), b.as_str()));
        }
        found.skipped.extend(own.skipped);
        Ok(found)
    }

    fn children(&self, folder: &str) -> Result<Vec<Child>, StoreError> {
        let mut found = self.base.children(folder)?;
        found.retain(|child| !self.overlay.hides(&join(folder, &child.name)));
        found.extend(self.overlay.written.children(folder)?);
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn kind(&self, path: &str) -> FileKind {
        match self.overlay.written.kind(path) {
            FileKind::None => self.layer(path).kind(path),
            kind => kind,
        }
    }

    fn size(&self, path: &str) -> Result<u64, StoreError> {
        self.layer(path).size(path)
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, StoreError> {
        self.layer(path).open(path)
    }

    fn location(&self, path: &str) -> PathBuf {
        self.base.location(path)
    }

    // The base may have the text already.
    fn text(&self, path: &SourcePath) -> Result<super::Text, StoreError> {
        self.layer(path.as_str()).text(path)
    }
}
