//! Entries that were deleted in this session, in memory alone.

use std::collections::VecDeque;

use super::entry_answer::EntryLink;
use crate::text::SourcePath;

/// The number of entries that can be brought back.
const MOST_DELETED: usize = 20;

/// The most bytes that are kept for that.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// An entry that was deleted, with the files that went with it.
#[derive(Debug)]
pub(super) struct DeletedEntry {
    /// Its title, in a form that may be shown.
    pub title: String,
    /// Its path and bytes, then those of the other files.
    pub files: Vec<(SourcePath, Vec<u8>)>,
}

/// Deleted entries, oldest first.
#[derive(Debug, Default)]
pub(super) struct DeletedEntries(VecDeque<DeletedEntry>);

impl DeletedEntries {
    /// Keeps an entry. The oldest are forgotten if there are too many, or too much in them.
    pub(super) fn keep(&mut self, entry: DeletedEntry) {
        self.0.push_back(entry);
        let size = |one: &DeletedEntry| {
            one.files
                .iter()
                .map(|(_, bytes)| bytes.len())
                .sum::<usize>()
        };
        while self.0.len() > MOST_DELETED || self.0.iter().map(size).sum::<usize>() > MOST_BYTES {
            self.0.pop_front();
        }
    }

    /// The last deleted entry of a path.
    pub(super) fn find(&self, path: &SourcePath) -> Option<&DeletedEntry> {
        let mut newest = self.0.iter().rev();
        newest.find(|one| one.path() == Some(path))
    }

    /// Forgets the last deleted entry of a path.
    pub(super) fn forget(&mut self, path: &SourcePath) {
        if let Some(at) = self.0.iter().rposition(|one| one.path() == Some(path)) {
            self.0.remove(at);
        }
    }

    /// All of them, newest first.
    pub(super) fn list(&self) -> Vec<EntryLink> {
        let newest = self.0.iter().rev();
        newest
            .filter_map(|one| {
                Some(EntryLink {
                    path: one.path()?.as_str().to_owned(),
                    title: one.title.clone(),
                })
            })
            .collect()
    }
}

impl DeletedEntry {
    fn path(&self) -> Option<&SourcePath> {
        self.files.first().map(|(path, _)| path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten() {
        let mut deleted = DeletedEntries::default();
        let entry = |name: &str, size: usize| DeletedEntry {
            title: name.to_owned(),
            files: vec![(SourcePath::new(name), vec![0; size])],
        };
        for number in 0..25 {
            deleted.keep(entry(&number.to_string(), 1));
        }
        assert_eq!(deleted.list().len(), MOST_DELETED);
        assert_eq!(deleted.list()[0].path, "24");
        deleted.forget(&SourcePath::new("24"));
        assert_eq!(deleted.list()[0].path, "23");
        deleted.keep(entry("large", MOST_BYTES));
        assert_eq!(deleted.list().len(), 1);
        assert!(deleted.find(&SourcePath::new("large")).is_some());
    }
}
