//! From entries' files to entries: read anew, or as they were found the last time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::console::Trouble;
use crate::diagnostic::Fault;
use crate::io::{self, Cache, Made, Stat, Text};
use crate::par;
use crate::parse;
use crate::resolve::{Ground, Lone, World, lone};
use crate::text::{Source, sum};

/// An entry as it was found in its file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The entry.
    pub entry: Box<Lone>,
    /// The sum of its text.
    pub sum: u128,
}

/// Whether what was made of entries is kept for the next run. Commands that promise to write nothing keep nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// It is kept.
    Kept,
    /// What is kept already is used, and stays as it is.
    Used,
}

/// What was found in entries' files.
#[derive(Debug, Default)]
pub struct Found {
    /// Entries.
    pub entries: Vec<Kept>,
    /// Files that are no texts: what could be read of them, and what is wrong.
    pub broken: Vec<(Source, Fault)>,
    /// Of entries that were read anew, the first block of code in each language.
    pub blocks: BTreeMap<String, String>,
}

/// A file, what the system says of it, and what was made of it the last time.
struct Known {
    path: PathBuf,
    stat: Option<Stat>,
    kept: Option<Kept>,
}

enum Read {
    /// As it was found the last time.
    Known {
        stat: Option<Stat>,
        kept: Kept,
    },
    /// Read anew, with the first block of code in each language.
    Fresh {
        stat: Option<Stat>,
        kept: Kept,
        blocks: BTreeMap<String, String>,
    },
    Broken(Source, Fault),
}

/// Reads, parses and resolves entries on all cores, but for those that are as they were. No text is held longer than
/// that takes.
///
/// # Errors
/// What the machine would not read.
pub fn read(
    root: &Path,
    paths: &[PathBuf],
    ground: &Ground,
    mut cache: Cache<Kept>,
    memory: Memory,
) -> Result<Found, Trouble> {
    cache.believe(&ground.decides());
    let known = known(root, paths, &mut cache);
    let world = ground.world();
    let read = par::map_into(known, |known| one(root, known, &world));
    let read: Vec<Read> = read.into_iter().collect::<Result<_, Trouble>>()?;
    if memory == Memory::Kept {
        cache.keep(&read.iter().filter_map(worth_keeping).collect::<Vec<_>>());
    }
    let mut found = Found::default();
    for one in read {
        match one {
            Read::Known { kept, .. } => found.entries.push(kept),
            Read::Fresh { kept, blocks, .. } => {
                found.entries.push(kept);
                for (language, block) in blocks {
                    found.blocks.entry(language).or_insert(block);
                }
            }
            Read::Broken(source, fault) => found.broken.push((source, fault)),
        }
    }
    Ok(found)
}

fn known(root: &Path, paths: &[PathBuf], cache: &mut Cache<Kept>) -> Vec<Known> {
    if cache.is_empty() {
        // What the system says of each is heard where it is read.
        return paths.iter().map(|path| Known { path: path.clone(), stat: None, kept: None }).collect();
    }
    let glances = par::map(paths, |path| io::glance_at(root, path));
    let kept = cache.take(&glances);
    let known = paths.iter().zip(glances).zip(kept);
    known.map(|((path, (_, stat)), kept)| Known { path: path.clone(), stat, kept }).collect()
}

fn one(root: &Path, known: Known, world: &World<'_>) -> Result<Read, Trouble> {
    let Known { path, stat, kept } = known;
    if let Some(kept) = kept {
        return Ok(Read::Known { stat, kept });
    }
    let (text, seen) = io::read_and_glance(root, &path)?;
    let source = match text {
        Text::Whole(source) => source,
        Text::Broken(source, fault) => return Ok(Read::Broken(source, fault)),
    };
    let parsed = parse::entry(&source);
    let blocks = parsed.value.body.blocks.clone();
    let entry = Box::new(lone(parsed, &source.text, world));
    let kept = Kept { entry, sum: sum(source.text.as_bytes()) };
    Ok(Read::Fresh { stat: stat.or(seen), kept, blocks })
}

/// What the next run may rely on: entries without a fault, of which nothing else in the workspace decides.
fn worth_keeping(read: &Read) -> Option<Made<'_, Kept>> {
    let (stat, kept, fresh) = match read {
        Read::Known { stat, kept } => (stat, kept, false),
        Read::Fresh { stat, kept, .. } => (stat, kept, true),
        Read::Broken(..) => return None,
    };
    let alone = kept.entry.faults.is_empty() && kept.entry.entry.attachments.is_empty();
    let made = Made { path: &kept.entry.entry.path, stat: (*stat)?, value: kept, fresh };
    alone.then_some(made)
}
