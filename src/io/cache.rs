//! What was made of entries, kept for the next run.
//!
//! In large portfolios, reading entries is most of the work, and nearly none of them has changed since the last run.
//! What was made of an entry is known again by what the system says of its file, which nobody can forge who hands the
//! file on, and is only believed where everything else that it was made with is the same: the program, and the standards.
//!
//! The cache lies in `.ksbfolio/` beside `portfolio/`, so that it goes where the portfolio goes, and is safe to delete.
//! It holds words of the entries, and nothing that their files do not hold. Each file ends with the sum of what
//! stands before; one that is torn or edited counts for nothing.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Failure;
use super::report_file::write_file;
use super::stat::Stat;
use crate::par;
use crate::text::{SourcePath, sha256, sum};

/// Fewer entries are read faster than they are remembered.
const WORTH_KEEPING: usize = 64;

/// Entries are spread over so many files, so that one that changes costs little.
const PARTS: u8 = 64;

/// The cache of one workspace.
#[derive(Debug)]
pub struct Cache<T> {
    folder: PathBuf,
    epoch: [u8; 32],
    /// What is known of entries, part by part, each with its epoch.
    known: Vec<([u8; 32], Known<T>)>,
}

type Known<T> = HashMap<SourcePath, (Stat, T)>;

/// What was made of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a, T> {
    /// Its path.
    pub path: &'a SourcePath,
    /// What the system said of its file before it was read.
    pub stat: Stat,
    /// What was made of it.
    pub value: &'a T,
    /// Whether it was made in this run.
    pub fresh: bool,
}

#[derive(Serialize, Deserialize)]
struct Part<R> {
    epoch: [u8; 32],
    records: R,
}

impl<T: Serialize + DeserializeOwned + Send + Sync> Cache<T> {
    /// Reads what is known of the entries of a workspace.
    #[must_use]
    pub fn open(root: &Path) -> Self {
        let mut cache = Self { folder: root.join(".ksbfolio"), epoch: [0; 32], known: Vec::new() };
        let parts: Vec<u8> = if is_own(&cache.folder) { (0..PARTS).collect() } else { Vec::new() };
        cache.known = par::map(&parts, |part| cache.read(*part).unwrap_or_default());
        cache
    }

    /// Believes only what was made by this program and with `made_with`: everything else that decides what is made of an
    /// entry.
    pub fn believe(&mut self, made_with: &str) {
        self.epoch = sha256(format!("1 {}\n{made_with}", program()).as_bytes());
        for (_, known) in self.known.iter_mut().filter(|(epoch, _)| *epoch != self.epoch) {
            known.clear();
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.iter().all(|(_, known)| known.is_empty())
    }

    /// What was made of each of these entries, where its file is still as it was.
    pub fn take(&mut self, files: &[(SourcePath, Option<Stat>)]) -> Vec<Option<T>> {
        let mut wanted: Vec<Vec<usize>> = self.known.iter().map(|_| Vec::new()).collect();
        if !wanted.is_empty() {
            let parts = par::map(files, |(path, _)| part_of(path));
            parts.into_iter().enumerate().for_each(|(at, part)| wanted[usize::from(part)].push(at));
        }
        let parts = self.known.drain(..).zip(wanted).collect();
        let taken =
            par::map_into(parts, |((epoch, mut known), wanted): (([u8; 32], Known<T>), Vec<usize>)| {
                let mut found = Vec::with_capacity(wanted.len());
                for at in wanted {
                    let (path, stat) = &files[at];
                    let known = known.remove(path).filter(|(known, _)| Some(*known) == *stat);
                    found.extend(known.map(|(_, value)| (at, value)));
                }
                ((epoch, known), found)
            });
        let mut all: Vec<Option<T>> = files.iter().map(|_| None).collect();
        for (left, found) in taken {
            self.known.push(left);
            for (at, value) in found {
                all[at] = Some(value);
            }
        }
        all
    }

    /// Remembers what was made of entries. Where nothing can be remembered, the next run works again.
    pub fn keep(self, all: &[Made<'_, T>]) {
        if all.len() < WORTH_KEEPING {
            return;
        }
        let parts = par::map(all, |made| made.stat.is_at_rest().then(|| part_of(made.path)));
        let at_rest = || all.iter().zip(&parts).filter_map(|(made, part)| Some((made, (*part)?)));
        let fresh = at_rest().filter(|(made, _)| made.fresh).map(|(_, part)| part);
        // What is known of files that are gone.
        let gone =
            (0..PARTS).zip(&self.known).filter(|(_, (_, left))| !left.is_empty()).map(|(part, _)| part);
        let mut parts: BTreeMap<u8, Vec<(&SourcePath, Stat, &T)>> =
            fresh.chain(gone).map(|part| (part, Vec::new())).collect();
        if parts.is_empty() || fs::create_dir_all(&self.folder).is_err() || !is_own(&self.folder) {
            return;
        }
        for (made, part) in at_rest() {
            if let Some(records) = parts.get_mut(&part) {
                records.push((made.path, made.stat, made.value));
            }
        }
        let parts: Vec<_> =
            parts.into_iter().map(|(part, records)| (part, Part { epoch: self.epoch, records })).collect();
        par::map(&parts, |(part, whole)| {
            let Some(bytes) = sealed(whole) else { return };
            // A folder that cannot be written to costs time, and nothing else.
            let _ = write_file(&self.file(*part), &bytes);
        });
    }

    fn read(&self, part: u8) -> Option<([u8; 32], Known<T>)> {
        let part: Part<Vec<(SourcePath, Stat, T)>> = unsealed(&fs::read(self.file(part)).ok()?)?;
        let known = part.records.into_iter().map(|(path, stat, value)| (path, (stat, value)));
        Some((part.epoch, known.collect()))
    }

    fn file(&self, part: u8) -> PathBuf {
        self.folder.join(format!("entries-{part:02}.bin"))
    }
}

/// The program that runs: another one may make other things of the same files.
pub fn program() -> String {
    format!("{:?}", std::env::current_exe().and_then(fs::metadata).ok().and_then(|about| Stat::of(&about)))
}

/// A value as it is kept: with the sum of its bytes behind them.
pub fn sealed(value: &impl Serialize) -> Option<Vec<u8>> {
    let mut bytes = postcard::to_stdvec(value).ok()?;
    bytes.extend(sum(&bytes).to_le_bytes());
    Some(bytes)
}

/// A value that was kept; none where it is torn, or was edited.
pub fn unsealed<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (bytes, seal) = bytes.split_last_chunk()?;
    (sum(bytes) == u128::from_le_bytes(*seal)).then(|| postcard::from_bytes(bytes).ok()).flatten()
}

/// Removes what is remembered of the runs in a workspace: files of the program's own names, and then the folder. Says how
/// many files that were.
///
/// # Errors
/// What the machine would not do.
pub fn forget(root: &Path) -> Result<usize, Failure> {
    let folder = root.join(".ksbfolio");
    if !is_own(&folder) {
        return Ok(0);
    }
    let failed = |error| Failure::new("remove", &folder, error);
    let mut removed = 0;
    for item in fs::read_dir(&folder).map_err(failed)? {
        let item = item.map_err(failed)?;
        let name = item.file_name().to_string_lossy().into_owned();
        let own =
            ["entries-", "build-", "pages-", ".ksbfolio-part-"].iter().any(|start| name.starts_with(start));
        if own {
            fs::remove_file(item.path()).map_err(failed)?;
            removed += 1;
        }
    }
    // A folder that still holds something stays.
    let _ = fs::remove_dir(&folder);
    Ok(removed)
}

/// A folder, and no link that leads elsewhere.
pub fn is_own(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|there| there.is_dir())
}

fn part_of(path: &SourcePath) -> u8 {
    sha256(path.as_str().as_bytes())[0] % PARTS
}
