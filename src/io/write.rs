//! Writes a site so that every file is whole at every moment.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use super::draft::{BESIDE, Draft, Whole, replace};
use super::lock::Lock;
use super::stage::Stage;
use crate::plan::{Manifest, may_remove, recorded};
use crate::render::SiteFile;
use crate::view::SitePath;

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
}

/// What a build did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Of these, written because they were new or had changed.
    pub written: usize,
    /// Old files removed.
    pub removed: usize,
}

impl Output {
    /// Makes sure that `folder` may be written to.
    ///
    /// # Errors
    /// A folder that overlaps the sources under `root`, or holds other people's files and no list of ours; and whatever
    /// the machine would not do.
    pub fn open(folder: &Path, root: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(|error| Failure::new("create", folder, error))?;
        let folder = real(folder)?;
        refuse_overlap(&folder, &real(root)?)?;
        let lock = Lock::on(&folder)?;
        let (old, stage) = match read_manifest(&folder)? {
            Some(old) => (old, None),
            None => (Manifest::new(), Some(Stage::in_folder(&folder)?)),
        };
        Ok(Self { folder, old, stage, _lock: lock })
    }

    /// Makes ready for the files that are `coming`, and sure that none of them is somebody else's.
    ///
    /// # Errors
    /// A file or a link in the way, and whatever the machine would not do.
    pub fn expect(&self, coming: &[&str]) -> Result<(), Failure> {
        let new: Vec<&str> =
            coming.iter().copied().filter(|path| !self.old.files.contains_key(*path)).collect();
        for target in new.iter().filter(|_| self.stage.is_none()).map(|path| self.folder.join(path)) {
            if target.symlink_metadata().is_ok() {
                let why = "a file that is not the program's own stands in the way";
                return Err(Failure::new("write", &target, why));
            }
        }
        if !new.is_empty() {
            self.replace(Manifest::NAME, self.old.intent(new).written().as_bytes())?;
        }
        let folders: BTreeSet<&str> =
            coming.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
        for path in folders {
            let path = self.place_of(path);
            fs::create_dir_all(&path).map_err(|error| Failure::new("create", &path, error))?;
            // A link in the way would lead out of the folder.
            if real(&path)? != path {
                return Err(Failure::new("write to", &path, "it is a link, or stands below one; remove it"));
            }
            // A build that was stopped while it wrote a page anew left no other trace.
            remove_parts(&path);
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
        let whole = draft.finish().map_err(|failure| self.told(path.as_str(), failure))?;
        Ok(self.settle(path.as_str(), whole)?)
    }

    /// Where a file is put.
    fn place_of(&self, path: &str) -> PathBuf {
        self.stage.as_ref().map_or(&*self.folder, Stage::folder).join(path)
    }

    /// A failure by the place where people will look for the file.
    fn told(&self, path: &str, failure: Failure) -> Failure {
        Failure { path: self.folder.join(path), ..failure }
    }

    fn settle(&self, path: &str, whole: Whole<'_>) -> Result<Placed, Failure> {
        // A file that is not in the old list is known not to exist.
        let same = self.old.files.contains_key(path) && whole.is_there();
        let sum = whole.sum;
        if !same {
            let placed = if self.stage.is_some() { whole.appear() } else { whole.take_its_place() };
            placed.map_err(|failure| self.told(path, failure))?;
        }
        Ok(Placed { path: path.to_owned(), sum, written: !same })
    }

    /// Removes what is not among the files that were `placed`, then stores the list.
    ///
    /// # Errors
    /// What the machine would not do.
    pub fn close(mut self, placed: &[Placed]) -> Result<Written, Failure> {
        self.stage.take().map_or(Ok(()), Stage::open_up)?;
        let written = placed.iter().filter(|file| file.written).count();
        let mut new = Manifest::new();
        new.files = placed.iter().map(|file| (file.path.clone(), recorded(file.sum))).collect();
        let mut removed = 0;
        for (path, record) in self.old.stale(&new) {
            let target = self.folder.join(path);
            let above = target.parent().unwrap_or(&self.folder);
            let inside = above.canonicalize().is_ok_and(|real| real == above);
            let file = target.symlink_metadata().is_ok_and(|there| there.is_file());
            if inside && file && fs::read(&target).is_ok_and(|there| may_remove(record, &there)) {
                fs::remove_file(&target).map_err(|error| Failure::new("remove", &target, error))?;
                removed += 1;
                remove_empty_folders(&target, &self.folder);
            }
        }
        if new != self.old || removed > 0 || written > 0 {
            self.replace(Manifest::NAME, new.written().as_bytes())?;
        }
        Ok(Written { files: new.files.len(), written, removed })
    }

    /// Writes beside, then renames: nobody ever sees half a file.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        replace(&self.folder.join(path), bytes)
    }
}

/// Writes a report to the file that was asked for, beside and then renamed; to a device or a pipe as it is.
///
/// # Errors
/// What the machine would not do.
pub fn write_report(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("write", path, error);
    // A device or a pipe takes what it is given. A file that were put in its place would be the end of it.
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let opened = fs::OpenOptions::new().write(true).open(path);
        return opened.and_then(|mut there| there.write_all(bytes)).map_err(failed);
    }
    replace(path, bytes)
}

/// Writes a new file, with the folders it needs. What is there stays.
///
/// # Errors
/// That there is something already, and whatever the machine would not do.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if path.symlink_metadata().is_ok() {
        return Err(Failure::new("create", path, "there is a file already, and it stays as it is"));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::new("create", folder, error))?;
    }
    write_report(path, bytes)
}

/// Writes several new files that belong together, in this order: all of them, or none.
///
/// # Errors
/// That there is something at one of the paths already, and whatever the machine would not do.
pub fn create_all(files: &[(&Path, &[u8])]) -> Result<(), Failure> {
    for (at, (path, bytes)) in files.iter().enumerate() {
        if let Err(failure) = create(path, bytes) {
            for (written, _) in &files[..at] {
                // What cannot be taken back is told by the next check; the first failure says more.
                let _ = fs::remove_file(written);
            }
            return Err(failure);
        }
    }
    Ok(())
}

/// Puts a mended text in the place of the one that was read, whole or not at all.
///
/// # Errors
/// That the file is no longer what was read, and whatever the machine would not do.
pub fn replace_text(path: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("mend", path, error);
    if fs::read(path).map_err(failed)? != old.as_bytes() {
        return Err(Failure::new("mend", path, "it was changed meanwhile; nothing is lost, try again"));
    }
    let permissions = fs::metadata(path).map_err(failed)?.permissions();
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut part = tempfile::Builder::new().prefix(BESIDE).tempfile_in(folder).map_err(failed)?;
    part.write_all(new.as_bytes()).map_err(failed)?;
    part.as_file().set_permissions(permissions).map_err(failed)?;
    part.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

fn real(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| Failure::new("find", path, error))
}

fn refuse_overlap(folder: &Path, root: &Path) -> Result<(), Failure> {
    let sources = ["portfolio", "standards", "themes"].map(|name| root.join(name));
    let inside = sources.iter().any(|source| folder.starts_with(source));
    if inside || root.starts_with(folder) {
        return Err(Failure::new(
            "write to",
            folder,
            "it overlaps the portfolio's own files; choose another folder",
        ));
    }
    Ok(())
}

/// The list of what was written into a folder; none where the folder is empty.
fn read_manifest(folder: &Path) -> Result<Option<Manifest>, Failure> {
    let failed = |error| Failure::new("look through", folder, error);
    remove_parts(folder);
    let mut others = false;
    for item in fs::read_dir(folder).map_err(failed)? {
        let name = item.map_err(failed)?.file_name();
        others |= ![".gitignore", ".gitkeep", Manifest::NAME, Lock::NAME].contains(&&*name.to_string_lossy());
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
    let Ok(items) = fs::read_dir(folder) else { return };
    for item in items.flatten() {
        let (name, is_folder) = (item.file_name(), item.file_type().is_ok_and(|kind| kind.is_dir()));
        // It costs room, and nothing else.
        let _ = match is_folder {
            true if name == Stage::NAME => fs::remove_dir_all(item.path()),
            false if name.to_string_lossy().starts_with(BESIDE) => fs::remove_file(item.path()),
            _ => Ok(()),
        };
    }
}

fn remove_empty_folders(removed: &Path, top: &Path) {
    let above = removed.ancestors().skip(1).take_while(|folder| *folder != top);
    for folder in above {
        // A folder that still holds something stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
