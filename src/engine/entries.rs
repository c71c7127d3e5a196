//! Reads, parses and resolves the entries of a workspace.

use std::path::{Path, PathBuf};

use crate::diagnostic::Fault;
use crate::par;
use crate::parse;
use crate::resolve::{ResolveContext, StandaloneEntry, resolve_standalone};
use crate::store::{self, StoreError, Text};
use crate::text::{Source, sum};

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
/// # Errors
/// A file cannot be read.
pub fn read_entries(
    root: &Path,
    paths: &[PathBuf],
    world: &ResolveContext<'_>,
) -> Result<ReadEntries, StoreError> {
    let read_one = |path: &PathBuf| -> Result<_, StoreError> {
        Ok(match store::read_text(root, path)? {
            Text::Broken(source, fault) => Err((source, fault)),
            Text::Whole(source) => Ok(ReadEntry {
                entry: Box::new(resolve_standalone(
                    parse::entry(&source),
                    &source.text,
                    world,
                )),
                hash: sum(source.text.as_bytes()),
            }),
        })
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
