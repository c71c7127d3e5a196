//! Reads, parses and resolves the entries of a workspace.

use super::reuse::Reuse;
use crate::diagnostic::Fault;
use crate::par;
use crate::parse;
use crate::resolve::{ResolveContext, StandaloneEntry, resolve_standalone};
use crate::store::{Files, StoreError, Text};
use crate::text::{Source, SourcePath, sum};

/// An entry, resolved on its own, and a hash of its text.
#[derive(Debug)]
pub struct ReadEntry {
    /// The entry.
    pub entry: Box<StandaloneEntry>,
    /// XXH3 of the text, to notice an edit between reading and rendering.
    pub hash: u128,
}

/// The readable and the unreadable files of `entries/`.
#[derive(Debug, Default)]
pub struct ReadEntries {
    /// Entries, in the order of their paths.
    pub entries: Vec<ReadEntry>,
    /// Files that are not text: the part that could be decoded, and the fault.
    pub broken: Vec<(Source, Fault)>,
}

/// Reads all entries in parallel. No text is kept longer than its entry takes to parse.
///
/// Entries that cannot have changed since an earlier snapshot are not read, those with the same
/// text not parsed.
///
/// # Errors
/// A file cannot be read.
pub fn read_entries(
    files: &dyn Files,
    paths: &[SourcePath],
    context: &ResolveContext<'_>,
    reuse: Option<&Reuse<'_>>,
) -> Result<ReadEntries, StoreError> {
    let read_one = |path: &SourcePath| -> Result<_, StoreError> {
        if let Some(known) = reuse.and_then(|reuse| reuse.untouched_entry(path)) {
            return Ok(known);
        }
        let source = match files.text(path)? {
            Text::Broken(source, fault) => return Ok(Err((source, fault))),
            Text::Whole(source) => source,
        };
        let hash = sum(source.text.as_bytes());
        if let Some(known) = reuse.and_then(|reuse| reuse.same_entry(path, hash)) {
            return Ok(Ok(known));
        }
        let parsed = parse::entry(&source);
        let entry = Box::new(resolve_standalone(parsed, &source.text, context));
        Ok(Ok(ReadEntry { entry, hash }))
    };
    let mut read = ReadEntries::default();
    for entry in par::map(paths, read_one) {
        match entry? {
            Ok(entry) => read.entries.push(entry),
            Err(broken) => read.broken.push(broken),
        }
    }
    Ok(read)
}
