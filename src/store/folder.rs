//! Lists the folders of a workspace: the files to read, and those that are skipped, with the
//! reason.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::StoreError;
use super::files::FileListing;
use super::part::{BESIDE, remove_if_abandoned};
use crate::diagnostic::FaultKind;

/// Limit of nested folders.
pub(super) const DEEPEST: usize = 32;

/// Limit of files and folders in one folder: far more than a person writes, and few enough to hold
/// in memory.
const MOST: usize = 250_000;

/// Lists files below a folder that have one of the extensions (any, if none is given), sorted by
/// name. Links with such an extension, names that are not UTF-8 and folders that are too deep are
/// skipped. Devices, hidden files and temporary files of editors and systems are ignored. A folder
/// that does not exist is empty, and so is a link.
///
/// # Errors
/// A folder cannot be read.
pub(super) fn list(
    root: &Path,
    folder: &str,
    endings: &[&str],
) -> Result<FileListing<PathBuf>, StoreError> {
    list_up_to(root, folder, endings, MOST)
}

/// The same, with a limit on files and folders.
fn list_up_to(
    root: &Path,
    folder: &str,
    endings: &[&str],
    most: usize,
) -> Result<FileListing<PathBuf>, StoreError> {
    let folder = root.join(folder);
    let mut found = FileListing::default();
    match fs::symlink_metadata(&folder) {
        Ok(there) if there.is_symlink() => {
            found.skipped.push((folder, FaultKind::Link));
            return Ok(found);
        }
        Ok(there) if !there.is_dir() => {
            let why = "it is not a folder";
            return Err(StoreError::new("look through", &folder, why));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(StoreError::new("look through", &folder, error)),
    }
    let walk = WalkDir::new(&folder)
        .max_depth(DEEPEST)
        .sort_by_file_name()
        .into_iter();
    let visible = walk.filter_entry(|item| item.depth() == 0 || !is_passed_over(item));
    for (number, item) in visible.enumerate() {
        // The first item is the folder itself.
        if number > most {
            let kind = FaultKind::TooMany { limit: most };
            found.skipped.push((folder, kind));
            break;
        }
        let item = item.map_err(|error| StoreError::new("look through", &folder, error))?;
        let ending = item
            .path()
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let wanted = endings.is_empty() || endings.contains(&ending.as_str());
        let kind = item.file_type();
        let (depth, path) = (item.depth(), item.into_path());
        // Names above the workspace do not matter.
        let is_text = || path.strip_prefix(root).unwrap_or(&path).to_str().is_some();
        if kind.is_file() && wanted && is_text() {
            found.files.push(path);
        } else if kind.is_file() && wanted {
            found.skipped.push((path, FaultKind::UnreadableName));
        } else if kind.is_symlink() && (wanted || path.is_dir()) {
            found.skipped.push((path, FaultKind::Link));
        } else if kind.is_dir() && depth == DEEPEST && !is_empty(&path) {
            found
                .skipped
                .push((path, FaultKind::TooDeep { limit: DEEPEST }));
        }
    }
    Ok(found)
}

/// Whether to ignore an item: it is hidden, or a temporary file of an editor or a system. Temporary
/// files of this program are hidden too, and removed if the process that wrote them is gone.
fn is_passed_over(item: &DirEntry) -> bool {
    let name = item.file_name();
    if !is_temporary_name(name) {
        return false;
    }
    if name.as_encoded_bytes().starts_with(BESIDE.as_bytes()) {
        remove_if_abandoned(item.path());
    }
    true
}

/// Whether a name is hidden, or that of a temporary file of an editor or a system: `~$draft.docx`,
/// `name.md~`, `#name.md#`, `__MACOSX`, `Thumbs.db`.
pub(super) fn is_temporary_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let of_a_system = [
        "__macosx",
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "icon\r",
        "$recycle.bin",
        "@eadir",
        "#recycle",
        "#snapshot",
        "@tmp",
        "lost+found",
        "system volume information",
        "node_modules",
        "__pycache__",
    ];
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || of_a_system.contains(&name.as_str())
        || is_word_temporary(&name)
        || is_backup(&name)
}

/// Whether a lower-case name is that of a temporary file of Word: `~wrl0001.tmp`.
fn is_word_temporary(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let rest = stem
        .strip_prefix("~wr")
        .map(|rest| rest.trim_start_matches(|sign: char| sign.is_ascii_lowercase()));
    rest.is_some_and(|rest| rest.len() >= 4 && rest.chars().all(|sign| sign.is_ascii_digit()))
}

/// Whether a lower-case name is that of a backup or an unfinished download: `name.md.orig`,
/// `name.bak.md`.
fn is_backup(name: &str) -> bool {
    let last = [
        "tmp",
        "temp",
        "bak",
        "orig",
        "rej",
        "swp",
        "swo",
        "crdownload",
        "partial",
        "part",
        "download",
    ];
    let before_last = ["tmp", "temp", "bak", "orig"];
    let mut endings = name
        .split('.')
        .skip(1)
        .collect::<Vec<_>>()
        .into_iter()
        .rev();
    endings.next().is_some_and(|ending| last.contains(&ending))
        || endings
            .next()
            .is_some_and(|ending| before_last.contains(&ending))
}

/// Whether any item in a folder, at any depth, has metadata that fits.
#[cfg(unix)]
pub(super) fn holds(
    folder: &Path,
    is_so: &dyn Fn(&fs::Metadata) -> bool,
) -> Result<bool, StoreError> {
    for item in WalkDir::new(folder) {
        let about = item.and_then(|item| item.metadata());
        if is_so(&about.map_err(|error| StoreError::new("look through", folder, error))?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The paths of all files and links below a folder, sorted by name.
///
/// # Errors
/// A folder cannot be read.
pub(super) fn everything(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut paths = Vec::new();
    for item in WalkDir::new(folder).sort_by_file_name() {
        let item = item.map_err(|error| StoreError::new("look through", folder, error))?;
        if !item.file_type().is_dir() {
            paths.push(item.into_path());
        }
    }
    Ok(paths)
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut items| items.next().is_none())
}

/// The names of the folders in a folder.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn folders(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    for item in WalkDir::new(folder)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
    {
        let item = item.map_err(|error| StoreError::new("look through", folder, error))?;
        if item.file_type().is_dir() {
            names.push(item.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listing_stops_at_the_limit_and_reports_it() -> Result<(), StoreError> {
        let failed = |error| StoreError::new("make", Path::new("a folder"), error);
        let root = tempfile::tempdir().map_err(failed)?;
        for name in ["a.md", "b.md", "c.txt", "d.md"] {
            fs::write(root.path().join(name), "").map_err(failed)?;
        }
        let found = |most| {
            let found = list_up_to(root.path(), "", &["md"], most)?;
            Ok::<_, StoreError>((found.files.len(), found.skipped))
        };
        assert_eq!(found(4)?, (3, Vec::new()));
        let (read, skipped) = found(3)?;
        assert_eq!(read, 2);
        assert_eq!(
            skipped,
            [(root.path().to_owned(), FaultKind::TooMany { limit: 3 })]
        );
        Ok(())
    }

    #[test]
    fn temporary_files_are_ignored() {
        for name in [
            "~$draft.md",
            "__MACOSX",
            ".DS_Store",
            "._name.md",
            "#name.md#",
            "name.md~",
            ".name.md.swp",
            "Thumbs.db",
            "desktop.ini",
            ".~lock.x.odt#",
            "Desktop.INI",
            "#recycle",
            "@eaDir",
            ".stfolder",
            ".stversions",
            "node_modules",
            "~WRL0001.md",
            "~WRL0001.tmp",
            "~WRD0000.tmp",
            "one.tmp.md",
            "one.orig.md",
            "one.bak.md",
            "one.md.orig",
            "one.md.bak",
            "one.md.tmp",
            "one.pdf.part",
        ] {
            assert!(is_temporary_name(OsStr::new(name)), "{name}");
        }
        for name in [
            "draft.md",
            "~draft.md",
            "#1 first day.md",
            "#",
            "macosx.md",
            "thumbs.md",
            "a~b.md",
            "tmp.md",
            "orig.md",
            "~write.md",
            "my.part.pdf",
            "a.download.pdf",
            "backup.md",
            "node_modules.md",
        ] {
            assert!(!is_temporary_name(OsStr::new(name)), "{name}");
        }
    }
}
