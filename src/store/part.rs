//! Temporary files, and their removal however the program ends.
//!
//! A part is locked while its process lives. On SIGINT and SIGTERM all parts of this process are
//! removed. Parts of a killed process are recognised by name, and removed because their lock is
//! free.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use tempfile::{NamedTempFile, TempPath};

#[cfg(not(target_family = "wasm"))]
use super::interrupt;
use super::rename;

/// Prefix of the names of temporary files.
pub(super) const BESIDE: &str = ".ksbfolio-part-";

/// Length of the random suffix.
const RANDOM: usize = 6;

/// Attempts before giving up.
const MOST_TRIES: usize = 8;

/// Age after which a part is abandoned, on file systems without locks.
const ABANDONED: Duration = Duration::from_hours(1);

/// Held for reading while files are created and renamed, and for writing while a signal ends the
/// program.
static GATE: RwLock<()> = RwLock::new(());

/// Temporary files and folders of this process.
static OWN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Keeps a signal from ending the program between steps that belong together. Must not be nested.
pub(super) fn uninterrupted() -> RwLockReadGuard<'static, ()> {
    // Poisoning is harmless: the gate guards no data.
    GATE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the temporary files of this process if a signal ends it from now on.
pub fn handle_signals() {
    #[cfg(not(target_family = "wasm"))]
    interrupt::handle(remove_own_for_good);
}

/// A path that is removed if a signal ends the program before this value is dropped.
#[derive(Debug)]
pub(super) struct Temporary(PathBuf);

impl Temporary {
    /// Registers a path.
    pub(super) fn new(path: &Path) -> Self {
        handle_signals();
        own().insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        own().remove(&self.0);
    }
}

fn own() -> std::sync::MutexGuard<'static, BTreeSet<PathBuf>> {
    // Poisoning is harmless: paths are inserted and removed in one step.
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all temporary files and folders of this process, and keeps it from creating more.
#[cfg(not(target_family = "wasm"))]
fn remove_own_for_good() {
    std::mem::forget(GATE.write().unwrap_or_else(PoisonError::into_inner));
    for path in own().iter() {
        // The program is ending. The next command removes what is left.
        let _ = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
    }
}

/// A complete part that waits until others are complete.
#[derive(Debug)]
pub(super) struct StagedPart {
    path: TempPath,
    _lock: Option<File>,
    /// Dropped after the file.
    _registered: Temporary,
}

/// A temporary file that is removed unless it replaces its target.
#[derive(Debug)]
pub(super) struct Part {
    file: NamedTempFile,
    /// Dropped after the file.
    registered: Temporary,
}

impl Part {
    /// Creates a part beside `target`. The caller holds the gate.
    ///
    /// # Errors
    /// The part cannot be created.
    pub(super) fn beside_held(target: &Path) -> io::Result<Self> {
        let target = rename::path_without_limit(target)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(BESIDE).rand_bytes(RANDOM);
        make_readable(&mut builder);
        for _ in 0..MOST_TRIES {
            let file = builder.tempfile_in(rename::folder_of(&target))?;
            let registered = Temporary::new(file.path());
            let locked = match file.as_file().try_lock() {
                Ok(()) => true,
                // Another process takes it for abandoned, because it was not locked yet.
                Err(TryLockError::WouldBlock) => false,
                // Some network drives have no locks. There the age of a part decides.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    true
                }
                Err(TryLockError::Error(error)) => return Err(error),
            };
            if locked && file.path().symlink_metadata().is_ok() {
                return Ok(Self { file, registered });
            }
        }
        Err(io::Error::other(
            "another process removes temporary files at the same time; try again",
        ))
    }

    /// Creates a part beside `target`.
    ///
    /// # Errors
    /// The part cannot be created.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let _gate = uninterrupted();
        Self::beside_held(target)
    }

    /// The open file.
    pub(super) fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// Keeps the part for later, open and locked if `locked`.
    pub(super) fn into_staged(self, locked: bool) -> StagedPart {
        let Self { file, registered } = self;
        let (file, path) = file.into_parts();
        StagedPart {
            path,
            _lock: locked.then_some(file),
            _registered: registered,
        }
    }

    /// Renames the part to `target`.
    ///
    /// # Errors
    /// The part cannot be renamed. The target is unchanged then.
    pub(super) fn replace(self, target: &Path) -> io::Result<()> {
        let _gate = uninterrupted();
        let (_open, path) = self.file.into_parts();
        rename::replace(path, target)
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl StagedPart {
    /// Renames the part to `target`. The caller holds the gate.
    ///
    /// # Errors
    /// The part cannot be renamed. The target is unchanged then.
    pub(super) fn replace(self, target: &Path) -> io::Result<()> {
        rename::replace(self.path, target)
    }

    /// Renames the part to `target`, unless that name is taken. The caller holds the gate.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, and any other error of the file system.
    pub(super) fn create(self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        use io::ErrorKind::{AlreadyExists, InvalidFilename};
        match rename::create(self.path, target) {
            Ok(()) => Ok(()),
            Err(error) if matches!(error.kind(), AlreadyExists | InvalidFilename) => Err(error),
            // Some file systems, such as on memory sticks, have neither hard links nor a rename
            // that fails if the target exists.
            Err(_) => create_in_place(target, bytes),
        }
    }
}

fn create_in_place(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    make_readable_new(&mut options);
    let mut file = options.open(target)?;
    file.write_all(bytes).inspect_err(|_| {
        // The first error says more than one of the removal would.
        let _ = fs::remove_file(target);
    })
}

/// Removes the parts of killed processes from a folder.
pub fn remove_abandoned(folder: &Path) {
    // A folder that cannot be listed is reported when it is read.
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    items
        .flatten()
        .for_each(|item| remove_if_abandoned(&item.path()));
}

/// Removes a file if it is a part of a process that no longer runs.
pub(super) fn remove_if_abandoned(path: &Path) {
    let is_file = || fs::symlink_metadata(path).is_ok_and(|there| there.is_file());
    if !path
        .file_name()
        .is_some_and(|name| is_part(&name.to_string_lossy()))
        || !is_file()
    {
        return;
    }
    let Ok(file) = File::options().write(true).open(path) else {
        return;
    };
    let abandoned = match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => {
            let age = file
                .metadata()
                .and_then(|about| about.modified())
                .map(|at| at.elapsed());
            age.is_ok_and(|age| age.is_ok_and(|age| age > ABANDONED))
        }
    };
    if abandoned {
        // A leftover only takes space, so a folder that cannot be written to is no error.
        let _ = fs::remove_file(path);
    }
}

/// Whether a file name is that of a part.
fn is_part(name: &str) -> bool {
    let random = name.strip_prefix(BESIDE);
    random.is_some_and(|rest| {
        rest.len() == RANDOM && rest.chars().all(|sign| sign.is_ascii_alphanumeric())
    })
}

/// Temporary files are private by default, and a site is meant to be read.
#[cfg(unix)]
fn make_readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn make_readable(_: &mut tempfile::Builder<'_, '_>) {}

/// The same for a file that is created in place.
#[cfg(unix)]
pub(super) fn make_readable_new(options: &mut fs::OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o644);
}

#[cfg(not(unix))]
pub(super) fn make_readable_new(_: &mut fs::OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_abandoned_parts_are_removed() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let target = folder.path().join("a.md");
        let alive = Part::beside(&target)?;
        for name in [
            ".ksbfolio-part-abc123",
            ".ksbfolio-part-notes.md",
            ".ksbfolio-part-site",
            "part-abc123",
        ] {
            fs::write(folder.path().join(name), "")?;
        }
        remove_abandoned(folder.path());
        let mut left = Vec::new();
        for item in fs::read_dir(folder.path())? {
            left.push(item?.path());
        }
        assert!(
            left.contains(&alive.file.path().to_owned()),
            "the part of a running process was removed"
        );
        assert_eq!(left.len(), 4, "{left:?}");
        alive.replace(&target)?;
        let late = Part::beside(&target)?.into_staged(true);
        assert_eq!(
            late.create(&target, b"other").map_err(|error| error.kind()),
            Err(io::ErrorKind::AlreadyExists)
        );
        assert_eq!(fs::read(&target)?, b"");
        Ok(())
    }
}
