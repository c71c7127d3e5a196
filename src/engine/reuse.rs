//! What a snapshot can take over from an earlier one.

use super::Snapshot;
use super::entries::ReadEntry;
use super::load::WorkspaceFiles;
use crate::diagnostic::Fault;
use crate::document::DocumentType;
use crate::model::EvidenceFile;
use crate::resolve::EntryRest;
use crate::store::Touched;
use crate::text::{Checksum, Source, SourcePath};

/// What resolving entries leaves beside the portfolio.
#[derive(Debug)]
pub struct EntryCache {
    /// A hash of everything outside of an entry's text that decides how it is resolved.
    pub context: u128,
    /// A part of each entry, in the portfolio's order.
    pub rests: Vec<EntryRest>,
    /// Files that are no text: the part that could be decoded, and the fault.
    pub broken: Vec<(Source, Fault)>,
}

/// An earlier snapshot, and what may have changed since.
pub struct Reuse<'a> {
    /// The earlier snapshot.
    pub before: &'a Snapshot,
    /// Files that may have changed since.
    pub touched: &'a Touched,
}

impl Reuse<'_> {
    /// An inspected file that cannot have changed.
    pub fn evidence(&self, path: &SourcePath, allowed: &[DocumentType]) -> Option<EvidenceFile> {
        let portfolio = &self.before.portfolio;
        let same = portfolio.settings.documents == allowed && !self.touched.covers(path.as_str());
        portfolio.evidence.get(path).filter(|_| same).cloned()
    }

    /// An entry that cannot have changed: the entry, or why it is none.
    pub fn untouched_entry(&self, path: &SourcePath) -> Option<Result<ReadEntry, (Source, Fault)>> {
        if self.touched.covers(path.as_str()) {
            return None;
        }
        if let Some(hash) = self.before.sources.hash(path) {
            return self.same_entry(path, hash).map(Ok);
        }
        let mut broken = self.before.entries.broken.iter();
        let found = broken.find(|(source, _)| source.path == *path)?;
        Some(Err(found.clone()))
    }

    /// The entry at a path, if its text has this hash.
    pub fn same_entry(&self, path: &SourcePath, hash: u128) -> Option<ReadEntry> {
        if self.before.sources.hash(path) != Some(hash) {
            return None;
        }
        let at = self.before.portfolio.index.by_path(path)?;
        let entry = &self.before.portfolio.entries[at];
        let entry = Box::new(self.before.entries.rests[at].restore(entry));
        Some(ReadEntry { entry, hash })
    }
}

/// A hash of everything outside of an entry's text that decides how it is resolved.
pub fn hash_context(files: &WorkspaceFiles) -> u128 {
    let mut hash = Checksum::default();
    // Fields are length-prefixed, so different lists never hash alike.
    let mut add = |field: &str| {
        hash.add(&(field.len() as u64).to_le_bytes());
        hash.add(field.as_bytes());
    };
    add(&files.settings_source.text);
    add(&files.consents.text);
    for source in &files.standards {
        add(source.path.as_str());
        add(&source.text);
    }
    for (path, file) in &files.evidence {
        add(path.as_str());
        add(&file.sha256);
    }
    hash.sum()
}
