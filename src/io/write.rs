//! Writes a site so that every file is whole at every moment.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::draft::{Draft, Whole, replace};
use super::load::source_path;
use super::lock::Lock;
use super::part::BESIDE;
use super::report_file::refuse_overlap;
use super::stage::Stage;
use super::{Failure, folder};
use crate::files::{Manifest, SiteFile, SitePath, may_remove, recorded};
use crate::text::sum_of;

/// An output folder that may be written to.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    old: Manifest,
    /// Where a first site is put together.
    stage: Option<Stage>,
    /// Held as long as this build writes, so that another one waits.
    _lock: Lock,
}

/// A file that is in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its path in the output folder.
    pub path: String,
    /// The sum of what it holds.
    pub sum: u128,
    /// Whether it had to be written.
    pub written: bool,
    /// Whether it took the place of a file that had changed since the last build.
    pub edited: bool,
}

/// What a build did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Of these, written because they were new or had changed.
    pub written: usize,
    /// Old files removed.
    pub removed: usize,
    /// Files that had changed since the last build, and were replaced.
    pub replaced_edited: Vec<String>,
    /// Old files that had changed since the last build, and were removed all the same.
    pub removed_edited: Vec<String>,
    /// Old files that could not be removed: a folder is in the way, or a link.
    pub stuck: Vec<String>,
    /// Files that are not the program's own: pages, and others in the folders of the site.
    pub foreign: Vec<String>,
}

/// What became of a file that the site no longer has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Removal {
    /// It was gone already.
    Gone,
    /// It was removed, and was as it had been written.
    Removed,
    /// It was removed, though it had changed.
    Edited,
    /// It cannot be removed.
    Stuck,
}

impl Output {
    /// Makes sure that `folder` may be written to.
    ///
    /// # Errors
    /// A folder that overlaps the sources under `root`, or holds other people's files and no list of ours; and whatever
    /// the machine would not do.
    pub fn open(folder: &Path, root: &Path) -> Result<Self, Failure> {
        refuse_overlap(folder, root)?;
        fs::create_dir_all(folder).map_err(|error| Failure::new("create", folder, error))?;
        let folder = real(folder)?;
        // A path may lead elsewhere once all of its folders are there.
        refuse_overlap(&folder, root)?;
        let lock = Lock::on(&folder)?;
        let (old, stage) = match read_manifest(&folder)? {
            Some(old) => (old, None),
            None => (Manifest::new(), Some(Stage::in_folder(&folder)?)),
        };
        Ok(Self {
            folder,
            old,
            stage,
            _lock: lock,
        })
    }

    /// Makes ready for the files that are `coming`, and sure that none of them is somebody else's.
    ///
    /// # Errors
    /// A file or a link in the way, and whatever the machine would not do.
    pub fn expect(&self, coming: &[&str]) -> Result<(), Failure> {
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
                let why = "a file that is not the program's own stands in the way";
                return Err(Failure::new("write", &target, why));
            }
        }
        if !new.is_empty() {
            self.replace(Manifest::NAME, self.old.intent(new).written().as_bytes())?;
        }
        let folders: BTreeSet<&str> = coming.iter().copied().filter_map(folder_of).collect();
        for path in &folders {
            let path = self.place_of(path);
            fs::create_dir_all(&path).map_err(|error| Failure::new("create", &path, error))?;
            // A link in the way would lead out of the folder.
            if real(&path)? != path {
                return Err(Failure::new(
                    "write to",
                    &path,
                    "it is a link, or stands below one; remove it",
                ));
            }
            // A build that was stopped while it wrote a page anew left no other trace.
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

    /// Writes a file if it is new or differs from the one in its place. Safe to call from several threads.
    ///
    /// # Errors
    /// That the machine would not write it.
    pub fn place(&self, file: &SiteFile) -> Result<Placed, Failure> {
        let path = file.path.as_str();
        self.settle(path, Whole::of(self.place_of(path), &file.bytes))
    }

    /// The same for a page that `write` writes. A long one is written beside before it is whole, and never held in memory.
    ///
    /// # Errors
    /// What `write` says, and that the machine would not write it. Whatever stood there stays then.
    pub fn place_written<E: From<Failure>>(
        &self,
        path: &SitePath,
        write: impl FnOnce(&mut Draft) -> Result<(), E>,
    ) -> Result<Placed, E> {
        let mut draft = Draft::of(self.place_of(path.as_str()));
        let written = write(&mut draft);
        // What the machine said comes before what it led to.
        if let Some(failure) = draft.failure() {
            return Err(self.told(path.as_str(), failure).into());
        }
        written?;
        let whole = draft
            .finish()
            .map_err(|failure| self.told(path.as_str(), failure))?;
        Ok(self.settle(path.as_str(), whole)?)
    }

    /// Where a file is put.
    fn place_of(&self, path: &str) -> PathBuf {
        self.stage
            .as_ref()
            .map_or(&*self.folder, Stage::folder)
            .join(path)
    }

    /// A failure by the place where people will look for the file.
    fn told(&self, path: &str, failure: Failure) -> Failure {
        Failure {
            path: self.folder.join(path),
            ..failure
        }
    }

    fn settle(&self, path: &str, whole: Whole<'_>) -> Result<Placed, Failure> {
        // A file that is not in the old list is known not to exist.
        let same = self.old.files.contains_key(path) && whole.is_there();
        let sum = whole.sum;
        let edited = !same && self.was_edited(path);
        if !same {
            let placed = if self.stage.is_some() {
                whole.appear()
            } else {
                whole.take_its_place()
            };
            placed.map_err(|failure| self.told(path, failure))?;
        }
        Ok(Placed {
            path: path.to_owned(),
            sum,
            written: !same,
            edited,
        })
    }

    /// Whether a file that is about to be replaced differs from what the last build wrote.
    fn was_edited(&self, path: &str) -> bool {
        // A build that was stopped may have written a file without a record.
        let Some(record) = self.old.files.get(path).filter(|record| !record.is_empty()) else {
            return false;
        };
        match fs::File::open(self.folder.join(path)).and_then(sum_of) {
            Ok(sum) => recorded(sum) != *record,
            Err(error) => error.kind() != ErrorKind::NotFound,
        }
    }

    /// Removes what is not among the files that were `placed`, also if it was edited, then stores the list.
    ///
    /// # Errors
    /// A file cannot be looked at, removed or written.
    pub fn close(mut self, placed: &[Placed]) -> Result<Written, Failure> {
        self.stage.take().map_or(Ok(()), Stage::open_up)?;
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
        done.foreign = foreign_in(&self.folder, &own)?;
        new.files.extend(kept);
        if new != self.old || done.removed > 0 || done.written > 0 {
            self.replace(Manifest::NAME, new.written().as_bytes())?;
        }
        Ok(done)
    }

    /// Removes a file of the last site, also one that has changed since.
    fn remove_stale(&self, path: &str, record: &str) -> Result<Removal, Failure> {
        let target = self.folder.join(path);
        let failed = |error| Failure::new("look at", &target, error);
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
        // A file that cannot be read has changed too: it could be read when it was written.
        let same =
            there.is_file() && fs::read(&target).is_ok_and(|there| may_remove(record, &there));
        fs::remove_file(&target).map_err(|error| Failure::new("remove", &target, error))?;
        remove_empty_folders(&target, &self.folder);
        Ok(if same {
            Removal::Removed
        } else {
            Removal::Edited
        })
    }

    /// Writes beside, then renames: nobody ever sees half a file.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        replace(&self.folder.join(path), bytes)
    }
}

/// Files in a folder of the output, which has this name there, that are not among those that were `placed`.
///
/// # Errors
/// That it cannot be looked through.
pub fn others_in(folder: &Path, name: &str, placed: &[Placed]) -> Result<Vec<String>, Failure> {
    let own: BTreeSet<&str> = placed.iter().map(|file| file.path.as_str()).collect();
    let found = folder::everything(folder)?.into_iter();
    let paths = found.map(|path| format!("{name}/{}", source_path(folder, &path)));
    Ok(paths.filter(|path| !own.contains(path.as_str())).collect())
}

/// Files that are not among the site's `own`, of this build or the last one, and may hold a copy of one: pages, and
/// whatever is in a folder of the site.
fn foreign_in(folder: &Path, own: &BTreeSet<&str>) -> Result<Vec<String>, Failure> {
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

/// Files and folders that git and systems put anywhere, and that hold no copy of a page.
const HARMLESS: [&str; 6] = [
    ".git",
    ".gitignore",
    ".gitkeep",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
];

/// The folder of a file of the site, unless that is the site's own.
fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn real(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize()
        .map_err(|error| Failure::new("find", path, error))
}

/// The list of what was written into a folder; none where the folder is empty.
fn read_manifest(folder: &Path) -> Result<Option<Manifest>, Failure> {
    let failed = |error| Failure::new("look through", folder, error);
    remove_parts(folder);
    let mut others = false;
    for item in fs::read_dir(folder).map_err(failed)? {
        let name = item.map_err(failed)?.file_name();
        others |= ![".gitignore", ".gitkeep", Manifest::NAME].contains(&&*name.to_string_lossy());
    }
    let list = folder.join(Manifest::NAME);
    if list.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return Err(Failure::new("use", &list, "it is no file; remove it"));
    }
    match fs::read_to_string(&list) {
        Ok(text) => Manifest::read(&text).map(Some).ok_or_else(|| {
            Failure::new(
                "use",
                &list,
                "it is not a list of files of this program; empty the folder or choose another",
            )
        }),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::new("read", &list, error))
        }
        Err(_) if others => Err(Failure::new(
            "write to",
            folder,
            "it holds files that are not the program's own; choose another folder",
        )),
        Err(_) => Ok(None),
    }
}

/// What a build that was stopped left beside whole pages, and of a first site. No other folder goes with what is in it,
/// whatever it is called.
fn remove_parts(folder: &Path) {
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for item in items.flatten() {
        let (name, is_folder) = (
            item.file_name(),
            item.file_type().is_ok_and(|kind| kind.is_dir()),
        );
        // It costs room, and nothing else.
        let _ = match is_folder {
            true if name == Stage::NAME => fs::remove_dir_all(item.path()),
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
        // A folder that still holds something stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
