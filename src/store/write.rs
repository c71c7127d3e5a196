//! Writes a site so that every file is complete at every moment.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::draft::{Draft, Whole, replace};
use super::lock::Lock;
use super::manifest::{Manifest, may_remove, recorded};
use super::part::BESIDE;
use super::read::source_path;
use super::report_file::refuse_overlap;
use super::stage::StagedFiles;
use super::{StoreError, folder, rename};
use crate::text::sum_of;

/// An output folder that may be written to.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    old: Manifest,
    /// The staging directory of a first build.
    stage: Option<StagedFiles>,
    /// Keeps other builds waiting.
    _lock: Lock,
}

/// A file in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its path in the output folder.
    pub path: String,
    /// XXH3 of its content.
    pub sum: u128,
    /// Whether it had to be written.
    pub written: bool,
    /// Whether it replaced a file that had been edited since the last build.
    pub edited: bool,
}

/// The result of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Files that were new or had changed.
    pub written: usize,
    /// Old files removed.
    pub removed: usize,
    /// Files that had been edited since the last build, and were replaced.
    pub replaced_edited: Vec<String>,
    /// Old files that had been edited since the last build, and were removed.
    pub removed_edited: Vec<String>,
    /// Old files that could not be removed: a folder or a link is in the way.
    pub stuck: Vec<String>,
    /// Files that this program did not write: pages, and others in the folders of the site.
    pub foreign: Vec<String>,
}

/// The outcome for a file that the site no longer has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Removal {
    /// It did not exist.
    Gone,
    /// It was removed as it had been written.
    Removed,
    /// It was removed, and had been edited.
    Edited,
    /// It cannot be removed.
    Stuck,
}

impl Output {
    /// Opens an output folder, and creates it if needed.
    ///
    /// # Errors
    /// The folder overlaps the sources under `root`, holds other files and no manifest, or cannot
    /// be written to.
    pub fn open(folder: &Path, root: &Path) -> Result<Self, StoreError> {
        refuse_overlap(folder, root)?;
        fs::create_dir_all(folder).map_err(|error| StoreError::new("create", folder, error))?;
        let folder = real(folder)?;
        // A path may lead elsewhere once all of its folders exist.
        refuse_overlap(&folder, root)?;
        let lock = Lock::on(&folder)?;
        let (old, stage) = match read_manifest(&folder)? {
            Some(old) => (old, None),
            None => (Manifest::new(), Some(StagedFiles::in_folder(&folder)?)),
        };
        Ok(Self {
            folder,
            old,
            stage,
            _lock: lock,
        })
    }

    /// Prepares for the files that are `coming`.
    ///
    /// # Errors
    /// A foreign file or a link is in the way, or the folder cannot be written to.
    pub fn expect(&self, coming: &[&str]) -> Result<(), StoreError> {
        let new: Vec<&str> = coming
            .iter()
            .copied()
            .filter(|path| !self.old.files.contains_key(*path))
            .collect();
        for target in new
            .iter()
            .filter(|_| self.stage.is_none())
            .map(|path| self.folder.join(path))
        {
            if target.symlink_metadata().is_ok() {
                let why = "a file that is not the program's own is in the way";
                return Err(StoreError::new("write", &target, why));
            }
        }
        if !new.is_empty() {
            self.replace(Manifest::NAME, self.old.intent(new).written().as_bytes())?;
        }
        let folders: BTreeSet<&str> = coming.iter().copied().filter_map(folder_of).collect();
        for path in &folders {
            let path = self.place_of(path);
            fs::create_dir_all(&path).map_err(|error| StoreError::new("create", &path, error))?;
            // A link would lead out of the folder.
            if real(&path)? != path {
                return Err(StoreError::new(
                    "write to",
                    &path,
                    "it is a link, or below one; remove it",
                ));
            }
            // A build that was stopped leaves temporary files.
            remove_parts(&path);
        }
        let old: BTreeSet<&str> = self
            .old
            .files
            .keys()
            .filter_map(|path| folder_of(path))
            .collect();
        for path in old.difference(&folders).map(|path| self.folder.join(path)) {
            if path.canonicalize().is_ok_and(|real| real == path) {
                remove_parts(&path);
            }
        }
        Ok(())
    }

    /// Writes a file if its content differs from the one in its place. May be called from several
    /// threads.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn place(&self, path: &str, bytes: &[u8]) -> Result<Placed, StoreError> {
        self.settle(path, Whole::of(self.place_of(path), bytes))
    }

    /// The same for a page that `write` writes. A long page goes to its temporary file and is never
    /// held in memory.
    ///
    /// # Errors
    /// Those of `write`, and a file that cannot be written. The old file is unchanged then.
    pub fn place_written<E: From<StoreError>>(
        &self,
        path: &str,
        write: impl FnOnce(&mut Draft) -> Result<(), E>,
    ) -> Result<Placed, E> {
        let mut draft = Draft::of(self.place_of(path));
        let written = write(&mut draft);
        // The cause is reported before its consequence.
        if let Some(failure) = draft.failure() {
            return Err(self.located(path, failure).into());
        }
        written?;
        let whole = draft
            .finish()
            .map_err(|failure| self.located(path, failure))?;
        Ok(self.settle(path, whole)?)
    }

    /// The path that a file is written to.
    fn place_of(&self, path: &str) -> PathBuf {
        self.stage
            .as_ref()
            .map_or(&*self.folder, StagedFiles::folder)
            .join(path)
    }

    /// An error, reported for the final path of the file.
    fn located(&self, path: &str, failure: StoreError) -> StoreError {
        failure.at(self.folder.join(path))
    }

    fn settle(&self, path: &str, whole: Whole<'_>) -> Result<Placed, StoreError> {
        // A file that is not in the old manifest does not exist.
        let same = self.old.files.contains_key(path) && whole.is_unchanged();
        let sum = whole.sum;
        let edited = !same && self.was_edited(path);
        if !same {
            let placed = if self.stage.is_some() {
                whole.appear()
            } else {
                whole.replace_target()
            };
            placed.map_err(|failure| self.located(path, failure))?;
        }
        Ok(Placed {
            path: path.to_owned(),
            sum,
            written: !same,
            edited,
        })
    }

    /// Whether the file to be replaced differs from what the last build wrote.
    fn was_edited(&self, path: &str) -> bool {
        // A build that was stopped may have written the file without recording its hash.
        let Some(record) = self.old.files.get(path).filter(|record| !record.is_empty()) else {
            return false;
        };
        match fs::File::open(self.folder.join(path)).and_then(sum_of) {
            Ok(sum) => recorded(sum) != *record,
            Err(error) => error.kind() != ErrorKind::NotFound,
        }
    }

    /// Removes old files that were not `placed`, also if they were edited, then stores the
    /// manifest.
    ///
    /// # Errors
    /// A file cannot be read, removed or written.
    pub fn close(mut self, placed: &[Placed]) -> Result<Written, StoreError> {
        self.stage.take().map_or(Ok(()), StagedFiles::publish)?;
        let mut done = Written {
            written: placed.iter().filter(|file| file.written).count(),
            ..Written::default()
        };
        let edited = placed.iter().filter(|file| file.edited);
        done.replaced_edited = edited.map(|file| file.path.clone()).collect();
        let mut new = Manifest::new();
        new.files = placed
            .iter()
            .map(|file| (file.path.clone(), recorded(file.sum)))
            .collect();
        let mut kept = Vec::new();
        for (path, record) in self.old.stale(&new) {
            match self.remove_stale(path, record)? {
                Removal::Gone => {}
                Removal::Removed => done.removed += 1,
                Removal::Edited => {
                    done.removed += 1;
                    done.removed_edited.push(path.to_owned());
                }
                // The next build tries again.
                Removal::Stuck => kept.push((path.to_owned(), record.to_owned())),
            }
        }
        done.files = new.files.len();
        done.stuck = kept.iter().map(|(path, _)| path.clone()).collect();
        let own = self
            .old
            .files
            .keys()
            .chain(new.files.keys())
            .map(String::as_str)
            .collect();
        done.foreign = find_foreign(&self.folder, &own)?;
        new.files.extend(kept);
        if new != self.old || done.removed > 0 || done.written > 0 {
            self.replace(Manifest::NAME, new.written().as_bytes())?;
        }
        Ok(done)
    }

    /// Removes a file of the last site.
    fn remove_stale(&self, path: &str, record: &str) -> Result<Removal, StoreError> {
        let target = self.folder.join(path);
        let failed = |error| StoreError::new("look at", &target, error);
        let above = target.parent().unwrap_or(&self.folder);
        let is_gone = |error: &std::io::Error| {
            matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
        };
        match above.canonicalize() {
            Ok(real) if real != above => return Ok(Removal::Stuck),
            Err(error) if is_gone(&error) => return Ok(Removal::Gone),
            other => other.map_err(failed)?,
        };
        let there = match target.symlink_metadata() {
            Err(error) if is_gone(&error) => return Ok(Removal::Gone),
            other => other.map_err(failed)?,
        };
        if there.is_dir() {
            return Ok(Removal::Stuck);
        }
        // A file that cannot be read has changed: it could be read when it was written.
        let same =
            there.is_file() && fs::read(&target).is_ok_and(|there| may_remove(record, &there));
        rename::remove(&target).map_err(|error| StoreError::new("remove", &target, error))?;
        remove_empty_folders(&target, &self.folder);
        Ok(if same {
            Removal::Removed
        } else {
            Removal::Edited
        })
    }

    /// Replaces a file atomically.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        replace(&self.folder.join(path), bytes)
    }
}

/// Files in a folder called `name` of the output that were not `placed`.
///
/// # Errors
/// The folder cannot be read.
pub fn foreign_files(
    folder: &Path,
    name: &str,
    placed: &[Placed],
) -> Result<Vec<String>, StoreError> {
    let own: BTreeSet<&str> = placed.iter().map(|file| file.path.as_str()).collect();
    let found = folder::everything(folder)?.into_iter();
    let paths = found.map(|path| format!("{name}/{}", source_path(folder, &path)));
    Ok(paths.filter(|path| !own.contains(path.as_str())).collect())
}

/// Files that are not the site's `own`, of this build or the last one, and may be a copy of a page:
/// other pages, and all files in folders of the site.
fn find_foreign(folder: &Path, own: &BTreeSet<&str>) -> Result<Vec<String>, StoreError> {
    let folders: BTreeSet<&str> = own.iter().filter_map(|path| folder_of(path)).collect();
    let is_page = |path: &Path| {
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        ["html", "htm", "xhtml"].contains(&ending.as_str())
    };
    let mut foreign = Vec::new();
    for path in folder::everything(folder)? {
        let name = source_path(folder, &path);
        let below = folder_of(name.as_str()).unwrap_or_default();
        let is_in_site = folders
            .iter()
            .any(|folder| below == *folder || below.starts_with(&format!("{folder}/")));
        let is_harmless = name
            .as_str()
            .split('/')
            .any(|part| HARMLESS.contains(&part));
        if !own.contains(name.as_str()) && !is_harmless && (is_in_site || is_page(&path)) {
            foreign.push(name.as_str().to_owned());
        }
    }
    Ok(foreign)
}

/// Files and folders of git and of systems, which contain no copy of a page.
const HARMLESS: [&str; 6] = [
    ".git",
    ".gitignore",
    ".gitkeep",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
];

/// The folder of a path; `None` at the top.
fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn real(path: &Path) -> Result<PathBuf, StoreError> {
    path.canonicalize()
        .map_err(|error| StoreError::new("find", path, error))
}

/// The manifest of a folder; `None` if the folder is empty.
fn read_manifest(folder: &Path) -> Result<Option<Manifest>, StoreError> {
    let failed = |error| StoreError::new("look through", folder, error);
    remove_parts(folder);
    let mut others = false;
    for item in fs::read_dir(folder).map_err(failed)? {
        let name = item.map_err(failed)?.file_name();
        others |= ![".gitignore", ".gitkeep", Manifest::NAME].contains(&&*name.to_string_lossy());
    }
    let list = folder.join(Manifest::NAME);
    if list.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return Err(StoreError::new("use", &list, "it is not a file; remove it"));
    }
    match fs::read_to_string(&list) {
        Ok(text) => Manifest::read(&text).map(Some).ok_or_else(|| {
            StoreError::new(
                "use",
                &list,
                "it is not a list of files of this program; empty the folder or choose another",
            )
        }),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StoreError::new("read", &list, error))
        }
        Err(_) if others => Err(StoreError::new(
            "write to",
            folder,
            "it holds files that are not the program's own; choose another folder",
        )),
        Err(_) => Ok(None),
    }
}

/// Removes temporary files and the staging directory of a build that was stopped, and no other
/// folder.
fn remove_parts(folder: &Path) {
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for item in items.flatten() {
        let (name, is_folder) = (
            item.file_name(),
            item.file_type().is_ok_and(|kind| kind.is_dir()),
        );
        // A leftover takes space, and does nothing else.
        let _ = match is_folder {
            true if name == StagedFiles::NAME => fs::remove_dir_all(item.path()),
            false if name.to_string_lossy().starts_with(BESIDE) => fs::remove_file(item.path()),
            _ => Ok(()),
        };
    }
}

fn remove_empty_folders(removed: &Path, top: &Path) {
    let above = removed
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != top);
    for folder in above {
        // A folder that is not empty stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
