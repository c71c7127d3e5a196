//! Reads, parses and resolves the entries of a workspace.

use std::sync::Arc;

use super::reuse::{BrokenEntry, Reuse};
use crate::diagnostic::FaultKind;
use crate::model::{Digests, Identifiers, StatedFacts};
use crate::par;
use crate::parse;
use crate::resolve::{ResolveContext, StandaloneEntry, resolve_standalone};
use crate::store::{Files, StoreError, Text};
use crate::text::{SourcePath, sum};

/// An entry, resolved on its own, and a hash of its text.
#[derive(Debug)]
pub(super) struct ReadEntry {
    /// The entry.
    pub entry: Arc<StandaloneEntry>,
    /// XXH3 of the text, to notice an edit between reading and rendering.
    pub hash: u128,
}

impl ReadEntry {
    /// Takes over what is stated of a filtered entry. Its author's answers are not in it, so
    /// identifiers that are left in its text have been answered.
    pub(super) fn believe(&mut self, stated: &StatedFacts) {
        // It was read for this snapshot, which therefore has the only reference.
        let Some(one) = Arc::get_mut(&mut self.entry) else {
            return;
        };
        one.names.certain.clear();
        let Some(entry) = Arc::get_mut(&mut one.entry) else {
            return;
        };
        entry.identifiers = Identifiers::default();
        let Some(stated) = stated.entries.get(entry.path.as_str()) else {
            return;
        };
        if let Some((current, others)) = stated.digests.split_first() {
            entry.digests = Digests::new(current.clone(), others.to_vec());
        }
        entry.front_matter.stated_event = stated.event.clone().map(Box::new);
    }
}

/// The readable and the unreadable files of `entries/`.
#[derive(Debug, Default)]
pub(super) struct ReadEntries {
    /// Entries, in the order of their paths.
    pub entries: Vec<ReadEntry>,
    /// Files that are not text.
    pub broken: Vec<BrokenEntry>,
}

/// Reads all entries in parallel. No text is kept longer than its entry takes to parse.
///
/// Entries that cannot have changed since an earlier snapshot are not read, those with the same
/// text not parsed.
///
/// # Errors
/// A file cannot be read.
pub(super) fn read_entries(
    files: &dyn Files,
    paths: &[SourcePath],
    context: &ResolveContext<'_>,
    reuse: Option<&Reuse<'_>>,
) -> Result<ReadEntries, StoreError> {
    let read_one = |path: &SourcePath| -> Result<_, StoreError> {
        if let Some(known) = reuse.and_then(|reuse| untouched(reuse, path)) {
            return Ok(known);
        }
        let (source, fault) = match files.text(path)? {
            Text::Broken(source, fault) => return Ok(Err(Box::new((source, fault)))),
            Text::Recoded(source, fault) => (source, Some(fault)),
            Text::Whole(source) => (source, None),
        };
        let hash = sum(source.text.as_bytes());
        let same = reuse.filter(|reuse| reuse.hash(path) == Some(hash));
        let known = same.and_then(|reuse| reuse.entry(path));
        let known = known.filter(|known| is_recoded(known) == fault.is_some());
        let entry = known.unwrap_or_else(|| {
            let mut parsed = parse::entry(&source);
            parsed.faults.extend(fault);
            Arc::new(resolve_standalone(parsed, &source.text, context))
        });
        Ok(Ok(ReadEntry { entry, hash }))
    };
    let mut read = ReadEntries::default();
    for entry in par::map(paths, read_one) {
        match entry? {
            Ok(entry) => read.entries.push(entry),
            Err(broken) => read.broken.push(*broken),
        }
    }
    Ok(read)
}

/// Whether an entry was read from another encoding than UTF-8.
fn is_recoded(entry: &StandaloneEntry) -> bool {
    let mut faults = entry.faults.iter();
    faults.any(|fault| matches!(fault.kind, FaultKind::OtherEncoding { .. }))
}

/// A file that cannot have changed: its entry, or why it has none.
fn untouched(reuse: &Reuse<'_>, path: &SourcePath) -> Option<Result<ReadEntry, Box<BrokenEntry>>> {
    if reuse.may_differ(path) {
        return None;
    }
    match reuse.hash(path) {
        Some(hash) => reuse.entry(path).map(|entry| Ok(ReadEntry { entry, hash })),
        None => reuse.broken(path).map(Err),
    }
}
