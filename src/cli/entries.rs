//! Reads, parses and resolves the entries of a workspace.

use std::path::{Path, PathBuf};

use super::console::Trouble;
use crate::diagnostic::Fault;
use crate::io::{self, Text};
use crate::par;
use crate::parse;
use crate::resolve::{Lone, World, lone};
use crate::text::{Source, sum};

/// An entry, resolved on its own, and a checksum of the text it came from.
#[derive(Debug)]
pub struct ReadEntry {
    /// The entry.
    pub entry: Box<Lone>,
    /// XXH3 of its text, to notice an edit between reading and rendering.
    pub sum: u128,
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
pub fn read(root: &Path, paths: &[PathBuf], world: &World<'_>) -> Result<ReadEntries, Trouble> {
    let mut read = ReadEntries::default();
    for text in par::map(paths, |path| read_one(root, path, world)) {
        match text? {
            Ok(entry) => read.entries.push(entry),
            Err(broken) => read.broken.push(broken),
        }
    }
    Ok(read)
}

fn read_one(
    root: &Path,
    path: &Path,
    world: &World<'_>,
) -> Result<Result<ReadEntry, (Source, Fault)>, Trouble> {
    Ok(match io::read_entry(root, path)? {
        Text::Broken(source, fault) => Err((source, fault)),
        Text::Whole(source) => {
            let entry = Box::new(lone(parse::entry(&source), &source.text, world));
            Ok(ReadEntry {
                entry,
                sum: sum(source.text.as_bytes()),
            })
        }
    })
}
