//! Tells at a glance that a build would do nothing.
//!
//! A stamp is a hash over what the system says of every file that a build reads and of every file that it wrote: path,
//! length, the times of the last change, the place on the disk. Nothing of what the files hold is in it. It is kept in
//! `.ksbfolio/` beside `portfolio/`, and is safe to delete.
//!
//! A time of last change cannot be set by hand, but two changes within one tick of the clock look alike. So a stamp is
//! only made of files that have been at rest for longer than a tick.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::report_file::write_file;
use super::stat::{REST, Stat};
use super::{Failure, Placed};
use crate::par;
use crate::plan::Manifest;
use crate::text::{Facts, hex, sha256_hex, short_hash};

/// For sites with so many files it pays to wait until they are at rest.
const WORTH_WAITING: usize = 500;

/// What a build was made of, seen before it read anything.
#[derive(Debug)]
pub struct Seen {
    stamp: PathBuf,
    inputs: String,
    output: PathBuf,
    at_rest: bool,
}

/// What an output folder looks like, as a hash.
#[derive(Debug)]
pub struct Outputs(String);

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    inputs: String,
    outputs: String,
    said: Vec<String>,
}

impl Seen {
    /// Looks at everything that a build of `root` into `output` reads. `asked` is all that decides beside files: the
    /// options, and the day. Nothing comes back where the system does not tell enough.
    #[must_use]
    pub fn new(root: &Path, output: &Path, asked: &str) -> Option<Self> {
        let output = std::path::absolute(output).ok()?;
        let program = std::env::current_exe().ok()?;
        let folders = ["portfolio", "standards", "themes"].map(|folder| root.join(folder));
        let mut seen = Glance::default();
        seen.add(&program, &program.metadata().ok()?)?;
        for found in par::map(&folders, |folder| glance(folder, &HashMap::new())) {
            seen.join(found?);
        }
        let at_rest = seen.newest + REST < SystemTime::now();
        let inputs = sha256_hex(format!("{asked}\n{}\n{}", output.display(), seen.hash()).as_bytes());
        let name = short_hash(&output.to_string_lossy(), 16);
        let stamp = root.join(".ksbfolio").join(format!("build-{name}.json"));
        Some(Self { stamp, inputs, output, at_rest })
    }

    /// What the last build said, where nothing has changed since: neither what it read nor what it wrote.
    #[must_use]
    pub fn unchanged(&self) -> Option<Vec<String>> {
        let stored: Stored = serde_json::from_slice(&fs::read(&self.stamp).ok()?).ok()?;
        let same = stored.version == 1 && stored.inputs == self.inputs;
        (same && stored.outputs == glance(&self.output, &HashMap::new())?.hash()).then_some(stored.said)
    }

    /// What the output folder looks like now that a build has `placed` its files; none where that is not worth waiting
    /// for, because something that was read or written has been changed within this tick of the clock. Files of which that is
    /// known are taken for what they were then: one that was changed meanwhile is none that the next build knows.
    #[must_use]
    pub fn settled(&self, placed: &[Placed]) -> Option<Outputs> {
        if !self.at_rest {
            return None;
        }
        let wait = placed.len() >= WORTH_WAITING;
        if wait {
            std::thread::sleep(REST.saturating_sub(self.rested()));
        }
        let known = placed
            .iter()
            .filter_map(|file| Some((self.output.join(&file.path).into_os_string(), file.stat?)));
        let outputs = glance(&self.output, &known.collect())?;
        let at_rest = outputs.newest + REST <= SystemTime::now() || wait;
        at_rest.then(|| Outputs(outputs.hash()))
    }

    /// For how long the list of files has been at rest, which a build writes last.
    fn rested(&self) -> Duration {
        let list = fs::symlink_metadata(self.output.join(Manifest::NAME)).ok();
        let changed = list.and_then(|about| Stat::of(&about)).map(|stat| stat.changed());
        changed.and_then(|changed| SystemTime::now().duration_since(changed).ok()).unwrap_or_default()
    }

    /// Remembers that a build is done, and what it said. Where nothing can be remembered, the next build works again.
    pub fn remember(&self, outputs: Outputs, said: Vec<String>) {
        let stored = Stored { version: 1, inputs: self.inputs.clone(), outputs: outputs.0, said };
        let bytes = serde_json::to_vec(&stored).unwrap_or_default();
        let folder = self.stamp.parent().unwrap_or(Path::new("."));
        if fs::symlink_metadata(folder).is_ok_and(|there| there.is_symlink()) {
            return;
        }
        let written = fs::create_dir_all(folder).map_err(|error| Failure::new("create", &self.stamp, error));
        // A folder that cannot be written to costs time, and nothing else.
        let _ = written.and_then(|()| write_file(&self.stamp, &bytes));
    }
}

/// What the system says of some files.
struct Glance {
    facts: Facts,
    newest: SystemTime,
}

impl Default for Glance {
    fn default() -> Self {
        Self { facts: Facts::default(), newest: UNIX_EPOCH }
    }
}

impl Glance {
    fn hash(self) -> String {
        hex(&self.facts.digest())
    }

    fn join(&mut self, other: Self) {
        self.facts.add(other.facts.digest());
        self.newest = self.newest.max(other.newest);
    }

    fn add(&mut self, path: &Path, about: &Metadata) -> Option<()> {
        self.saw(path, what_of(about)?)
    }

    fn saw(&mut self, path: &Path, stat: Option<Stat>) -> Option<()> {
        self.facts.add(path.to_str()?);
        let Some(stat) = stat else {
            self.facts.add("folder");
            return Some(());
        };
        self.newest = self.newest.max(stat.changed());
        self.facts.add(stat.facts());
        Some(())
    }
}

/// Everything below a folder, of which some files are `known`; a folder that is not there is empty.
fn glance(folder: &Path, known: &HashMap<OsString, Stat>) -> Option<Glance> {
    let mut seen = Glance::default();
    if folder.symlink_metadata().is_err() {
        return Some(seen);
    }
    let mut found = Vec::new();
    collect(folder, &mut found).ok()?;
    let about = |item: DirEntry| {
        let path = item.path();
        let stat = match known.get(path.as_os_str()) {
            Some(stat) => Some(*stat),
            None => what_of(&item.metadata().ok()?)?,
        };
        Some((path, stat))
    };
    let mut found = par::map_into(found, about).into_iter().collect::<Option<Vec<_>>>()?;
    found.sort_unstable_by(|a, b| a.0.as_os_str().cmp(b.0.as_os_str()));
    for (path, stat) in found {
        seen.saw(&path, stat)?;
    }
    Some(seen)
}

/// What the system says of a file. A folder changes with every file in it, and files are seen themselves.
#[expect(clippy::option_option, reason = "it may say too little of a file, and nothing is asked of a folder")]
fn what_of(about: &Metadata) -> Option<Option<Stat>> {
    if about.is_dir() { Some(None) } else { Stat::of(about).map(Some) }
}

/// Files and folders, links as links.
fn collect(folder: &Path, found: &mut Vec<DirEntry>) -> std::io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            collect(&item.path(), found)?;
        }
        found.push(item);
    }
    Ok(())
}
