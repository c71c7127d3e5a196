//! Files as they were when they were first asked for.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::StoreError;
use super::files::{Child, FileKind, FileListing, Files, Opened, Text, is_within};
use super::touched::Touched;
use crate::layout::ENTRIES;
use crate::text::SourcePath;

/// Remembers listings, kinds, sizes and texts, so that a snapshot can be judged again without
/// reading them. Texts of entries and other files are too large to hold, and read each time.
#[derive(Debug)]
pub struct CachedFiles {
    base: Arc<dyn Files>,
    seen: Mutex<SeenFiles>,
}

#[derive(Clone, Debug, Default)]
struct SeenFiles {
    listings: HashMap<(String, String), FileListing<SourcePath>>,
    children: HashMap<String, Vec<Child>>,
    kinds: HashMap<String, FileKind>,
    sizes: HashMap<String, u64>,
    texts: HashMap<String, Text>,
}

impl SeenFiles {
    /// Files of known folders. One that is a file still has another text at most, and all folders
    /// are as they were.
    fn listed(&self) -> HashSet<&str> {
        let listings = self.listings.values();
        let files = listings.flat_map(|listing| &listing.files);
        files.map(SourcePath::as_str).collect()
    }
}

impl CachedFiles {
    /// Files of which nothing is known yet.
    #[must_use]
    pub fn new(base: Arc<dyn Files>) -> Self {
        Self {
            base,
            seen: Mutex::default(),
        }
    }

    /// What is known of these files, for a base in which only some files differ.
    #[must_use]
    pub fn renew(&self, base: Arc<dyn Files>, touched: &Touched) -> Self {
        let mut seen = SeenFiles::default();
        if let Touched::Paths(paths) = touched {
            seen = self.seen().clone();
            let listed = seen.listed();
            let is_saved = |path: &&String| {
                listed.contains(path.as_str()) && base.kind(path) == FileKind::File
            };
            let (saved, moved): (Vec<&String>, Vec<&String>) = paths.iter().partition(is_saved);
            for path in saved {
                seen.sizes.remove(path);
                seen.texts.remove(path);
            }
            let moved: Touched = moved.into_iter().map(String::as_str).collect();
            let keeps = |path: &str| !moved.reaches(path);
            seen.listings.retain(|(folder, _), _| keeps(folder));
            seen.children.retain(|folder, _| keeps(folder));
            seen.kinds.retain(|path, _| keeps(path));
            seen.sizes.retain(|path, _| keeps(path));
            seen.texts.retain(|path, _| keeps(path));
        }
        Self {
            base,
            seen: Mutex::new(seen),
        }
    }

    fn seen(&self) -> MutexGuard<'_, SeenFiles> {
        // Poisoning is harmless: only complete values are inserted.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for CachedFiles {
    fn list(
        &self,
        folder: &str,
        extensions: &[&str],
    ) -> Result<FileListing<SourcePath>, StoreError> {
        let key = (folder.to_owned(), extensions.join(" "));
        if let Some(known) = self.seen().listings.get(&key) {
            return Ok(known.clone());
        }
        let found = self.base.list(folder, extensions)?;
        self.seen().listings.insert(key, found.clone());
        Ok(found)
    }

    fn children(&self, folder: &str) -> Result<Vec<Child>, StoreError> {
        if let Some(known) = self.seen().children.get(folder) {
            return Ok(known.clone());
        }
        let found = self.base.children(folder)?;
        self.seen()
            .children
            .insert(folder.to_owned(), found.clone());
        Ok(found)
    }

    fn kind(&self, path: &str) -> FileKind {
        if let Some(known) = self.seen().kinds.get(path) {
            return *known;
        }
        let kind = self.base.kind(path);
        self.seen().kinds.insert(path.to_owned(), kind);
        kind
    }

    fn size(&self, path: &str) -> Result<u64, StoreError> {
        if let Some(known) = self.seen().sizes.get(path) {
            return Ok(*known);
        }
        let size = self.base.size(path)?;
        self.seen().sizes.insert(path.to_owned(), size);
        Ok(size)
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, StoreError> {
        self.base.open(path)
    }

    fn location(&self, path: &str) -> PathBuf {
        self.base.location(path)
    }

    fn text(&self, path: &SourcePath) -> Result<Text, StoreError> {
        if is_within(path.as_str(), ENTRIES) {
            return self.base.text(path);
        }
        if let Some(known) = self.seen().texts.get(path.as_str()) {
            return Ok(known.clone());
        }
        let text = self.base.text(path)?;
        self.seen()
            .texts
            .insert(path.as_str().to_owned(), text.clone());
        Ok(text)
    }
}
