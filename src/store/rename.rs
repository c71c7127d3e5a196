//! Renames temporary files to their names, and removes files, also where Windows makes that hard.
//!
//! On Windows another program may have the file open: a scanner for a moment, Word for as long as
//! it shows it. A file may have the flag *read-only*, which Unix does not ask when it replaces one.
//! Paths end at 260 characters unless they have a prefix, which only the standard library adds; and
//! with the prefix, a file may get the name of a device, and then no other program can open it.

use std::io;
use std::path::Path;

use tempfile::TempPath;

#[cfg(not(windows))]
pub(super) use elsewhere::{create, path_without_limit, patiently, remove, replace};
#[cfg(windows)]
pub(super) use windows::{create, path_without_limit, patiently, remove, replace};

#[cfg(not(windows))]
mod elsewhere {
    use std::borrow::Cow;
    use std::fs;

    use super::{Path, TempPath, io};

    /// Renames `part` to `target`, which may exist.
    ///
    /// # Errors
    /// The part cannot be renamed. The target is unchanged then.
    pub(in crate::store) fn replace(part: TempPath, target: &Path) -> io::Result<()> {
        part.persist(target).map_err(|error| error.error)
    }

    /// Renames `part` to `target`, which must not exist.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, and any other error of the file system.
    pub(in crate::store) fn create(part: TempPath, target: &Path) -> io::Result<()> {
        part.persist_noclobber(target).map_err(|error| error.error)
    }

    /// Removes a file.
    ///
    /// # Errors
    /// It cannot be removed.
    pub(in crate::store) fn remove(path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// Calls `attempt`; on Windows again for a second, while another program has the file open.
    ///
    /// # Errors
    /// Those of `attempt`.
    pub(in crate::store) fn patiently(
        mut attempt: impl FnMut() -> io::Result<()>,
    ) -> io::Result<()> {
        attempt()
    }

    /// A path to give to libraries that call the system themselves.
    #[expect(clippy::unnecessary_wraps, reason = "on Windows it can fail")]
    pub(in crate::store) fn path_without_limit(path: &Path) -> io::Result<Cow<'_, Path>> {
        Ok(Cow::Borrowed(path))
    }
}

#[cfg(windows)]
mod windows {
    use std::borrow::Cow;
    use std::fs;
    use std::time::Duration;

    use super::{Path, TempPath, folder_of, io, retry_while};
    use crate::text::is_device;

    /// `ERROR_ACCESS_DENIED` of a file that is open, `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`.
    const IN_USE: [i32; 3] = [5, 32, 33];

    /// Time between two attempts.
    const PAUSE: Duration = Duration::from_millis(25);

    /// Attempts: scanners keep a new file for less than a second.
    const MOST_ATTEMPTS: usize = 40;

    pub(in crate::store) fn replace(part: TempPath, target: &Path) -> io::Result<()> {
        let target = path_without_limit(target)?;
        // Removes the mark of temporary files as well, which OneDrive does not copy.
        let path = part.keep().map_err(|error| error.error)?;
        let part = TempPath::try_from_path(path)?;
        let was_read_only = clear_read_only(&target)?;
        let renamed = patiently(|| fs::rename(&part, &target));
        if was_read_only {
            set_read_only(&target, true)?;
        }
        renamed
    }

    pub(in crate::store) fn create(part: TempPath, target: &Path) -> io::Result<()> {
        let target = path_without_limit(target)?;
        part.persist_noclobber(target).map_err(|error| error.error)
    }

    pub(in crate::store) fn remove(path: &Path) -> io::Result<()> {
        let was_read_only = clear_read_only(path)?;
        let removed = patiently(|| fs::remove_file(path));
        if removed.is_err() && was_read_only {
            set_read_only(path, true)?;
        }
        removed
    }

    pub(in crate::store) fn path_without_limit(path: &Path) -> io::Result<Cow<'_, Path>> {
        let Some(name) = path.file_name() else {
            return Ok(Cow::Borrowed(path));
        };
        if is_device(&name.to_string_lossy()) {
            let why = "Windows keeps this name for a device; choose another";
            return Err(io::Error::new(io::ErrorKind::InvalidFilename, why));
        }
        // Its canonical form has the prefix. Some virtual drives have none, and keep the limit.
        Ok(match folder_of(path).canonicalize() {
            Ok(folder) => Cow::Owned(folder.join(name)),
            Err(_) => Cow::Borrowed(path),
        })
    }

    /// Removes the flag *read-only* of a file. Returns whether it had it.
    fn clear_read_only(path: &Path) -> io::Result<bool> {
        let is_read_only = fs::metadata(path).is_ok_and(|there| there.permissions().readonly());
        if is_read_only {
            set_read_only(path, false)?;
        }
        Ok(is_read_only)
    }

    fn set_read_only(path: &Path, is_read_only: bool) -> io::Result<()> {
        let mut permissions = fs::metadata(path)?.permissions();
        permissions.set_readonly(is_read_only);
        fs::set_permissions(path, permissions)
    }

    pub(in crate::store) fn patiently(attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
        let is_in_use = |error: &io::Error| {
            error
                .raw_os_error()
                .is_some_and(|code| IN_USE.contains(&code))
        };
        let pause = || std::thread::sleep(PAUSE);
        retry_while(is_in_use, MOST_ATTEMPTS, pause, attempt).map_err(|error| {
            if is_in_use(&error) {
                let why = "another program has it open, or you may not write there; close it there and try again";
                io::Error::new(error.kind(), format!("{why} ({error})"))
            } else {
                error
            }
        })
    }
}

/// The folder of a path; the current one if it is a name alone.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Repeats `attempt` while its error may pass, at most so often, with a pause between two.
#[cfg(any(windows, test))]
fn retry_while(
    may_pass: impl Fn(&io::Error) -> bool,
    most: usize,
    pause: impl Fn(),
    mut attempt: impl FnMut() -> io::Result<()>,
) -> io::Result<()> {
    for _ in 1..most {
        match attempt() {
            Err(error) if may_pass(&error) => pause(),
            done => return done,
        }
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    /// How often a call that fails `failures` times is made, and whether it succeeds in the end.
    fn attempts(failures: usize, kind: io::ErrorKind) -> (usize, bool) {
        let (count, pauses) = (Cell::new(0), Cell::new(0));
        let may_pass = |error: &io::Error| error.kind() == io::ErrorKind::PermissionDenied;
        let done = retry_while(
            may_pass,
            4,
            || pauses.set(pauses.get() + 1),
            || {
                count.set(count.get() + 1);
                if count.get() > failures {
                    Ok(())
                } else {
                    Err(kind.into())
                }
            },
        );
        assert_eq!(pauses.get() + 1, count.get());
        (count.get(), done.is_ok())
    }

    #[test]
    fn only_errors_that_may_pass_are_retried() {
        let (passing, lasting) = (io::ErrorKind::PermissionDenied, io::ErrorKind::NotFound);
        assert_eq!(attempts(0, passing), (1, true));
        assert_eq!(attempts(2, passing), (3, true));
        assert_eq!(attempts(9, passing), (4, false));
        assert_eq!(attempts(9, lasting), (1, false));
    }

    fn part_in(folder: &Path) -> io::Result<TempPath> {
        let mut file = tempfile::NamedTempFile::new_in(&*path_without_limit(folder)?)?;
        io::Write::write_all(&mut file, b"new")?;
        Ok(file.into_temp_path())
    }

    /// A folder whose path is longer than Windows takes without its prefix.
    fn deep(root: &Path) -> io::Result<PathBuf> {
        let deep = (0..6).fold(root.to_owned(), |path, _| path.join("d".repeat(60)));
        fs::create_dir_all(&deep)?;
        Ok(deep)
    }

    #[test]
    fn long_paths_are_written_and_removed() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let folder = deep(root.path())?;
        let target = folder.join("a.md");
        create(part_in(&folder)?, &target)?;
        let taken = create(part_in(&folder)?, &target).map_err(|error| error.kind());
        assert_eq!(taken, Err(io::ErrorKind::AlreadyExists));
        replace(part_in(&folder)?, &target)?;
        assert_eq!(fs::read_to_string(&target)?, "new");
        remove(&target)?;
        assert_eq!(fs::read_dir(&folder)?.count(), 0);
        Ok(())
    }

    #[test]
    fn read_only_files_are_replaced_and_removed() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let target = root.path().join("a.md");
        fs::write(&target, "old")?;
        let mut permissions = fs::metadata(&target)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&target, permissions)?;
        replace(part_in(root.path())?, &target)?;
        assert_eq!(fs::read_to_string(&target)?, "new");
        remove(&target)
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_another_program_keeps_open_is_reported() -> io::Result<()> {
        use std::os::windows::fs::OpenOptionsExt;
        let root = tempfile::tempdir()?;
        let target = root.path().join("a.md");
        fs::write(&target, "old")?;
        let open = fs::File::options().read(true).share_mode(1).open(&target)?;
        let refused = replace(part_in(root.path())?, &target).map_err(|error| error.to_string());
        assert!(refused.is_err_and(|why| why.starts_with("another program has it open")));
        drop(open);
        assert_eq!(fs::read_to_string(&target)?, "old");
        assert_eq!(fs::read_dir(root.path())?.count(), 1, "a part is left");
        replace(part_in(root.path())?, &target)?;
        assert_eq!(fs::read_to_string(&target)?, "new");
        Ok(())
    }

    #[cfg(windows)]
    #[test]
    fn names_of_devices_are_refused() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        for name in ["CON.md", "aux", "com1.html"] {
            let refused = replace(part_in(root.path())?, &root.path().join(name));
            let kind = refused.map_err(|error| error.kind());
            assert_eq!(kind, Err(io::ErrorKind::InvalidFilename), "{name}");
        }
        Ok(())
    }
}
