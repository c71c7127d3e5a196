//! What a build wrote, kept for the next one.
//!
//! A page that would be made of what it was made of before, and whose file is as it was left, need not be made again.
//! What it was made of is known by its key, and the file by what the system says of it. Beside those there is nothing in
//! what is kept, and it is safe to delete.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::cache::{is_own, program, sealed, unsealed};
use super::report_file::write_file;
use super::{Placed, Stat};
use crate::par;
use crate::text::short_hash;
use crate::view::PageKey;

/// Smaller sites are made faster than they are remembered.
const WORTH_KEEPING: usize = 120;

/// What is known of the files of one output folder.
#[derive(Debug)]
pub struct Pages {
    folder: PathBuf,
    output: PathBuf,
    known: HashMap<String, Known>,
}

/// A file as a build left it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// What the page is made of, where that is known.
    pub key: Option<PageKey>,
    /// What the system said of the file afterwards.
    pub stat: Stat,
    /// The sum of what it holds.
    pub sum: u128,
}

impl Pages {
    /// What is known of the files that were built of `root` into `output`.
    #[must_use]
    pub fn open(root: &Path, output: &Path) -> Self {
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        let mut pages = Self { folder: root.join(".ksbfolio"), output, known: HashMap::new() };
        if is_own(&pages.folder) {
            let kept = fs::read(pages.file()).ok().and_then(|bytes| unsealed(&bytes));
            let kept = kept.filter(|(by, _): &(String, Vec<(String, Known)>)| *by == program());
            pages.known = kept.map(|(_, known)| known.into_iter().collect()).unwrap_or_default();
        }
        pages
    }

    /// What is known of a file, where it is as it was left.
    #[must_use]
    pub fn standing(&self, path: &str) -> Option<&Known> {
        let known = self.known.get(path)?;
        let there = fs::symlink_metadata(self.output.join(path)).ok().filter(fs::Metadata::is_file)?;
        (Stat::of(&there) == Some(known.stat)).then_some(known)
    }

    /// Remembers what a build has placed, where the files are at rest. Where nothing can be remembered, the next build
    /// works again.
    pub fn keep(self, placed: Vec<Placed>) {
        if placed.len() < WORTH_KEEPING || fs::create_dir_all(&self.folder).is_err() || !is_own(&self.folder)
        {
            return;
        }
        let known = par::map_into(placed, |placed| {
            let look = || Stat::of(&fs::symlink_metadata(self.output.join(&placed.path)).ok()?);
            let stat = placed.stat.or_else(look).filter(Stat::is_at_rest)?;
            Some((placed.path, Known { key: placed.key, stat, sum: placed.sum }))
        });
        let known: Vec<(String, Known)> = known.into_iter().flatten().collect();
        // A folder that cannot be written to costs time, and nothing else.
        let _ = sealed(&(program(), known)).map(|bytes| write_file(&self.file(), &bytes));
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("pages-{}.bin", short_hash(&self.output.to_string_lossy(), 16)))
    }
}
