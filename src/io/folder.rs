//! Looks through the folders of a workspace: what is read, what is not, and why.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Failure;
use super::part::{BESIDE, remove_if_abandoned};
use crate::diagnostic::FaultKind;

/// Folders in each other that are looked into.
const DEEPEST: usize = 32;

/// Files and folders in one folder that are looked at: far more than anybody writes, and few enough to hold in memory.
const MOST: usize = 250_000;

/// What a folder holds.
#[derive(Default)]
pub struct Found {
    /// Files to read.
    pub files: Vec<PathBuf>,
    /// What lies there and is not read, and why.
    pub skipped: Vec<(PathBuf, FaultKind)>,
}

/// Files below a folder with one of the endings (any, where none is given), by name; links that have one of them,
/// files whose names are no text, and folders that lie too deep are skipped. Devices, hidden files and what editors and
/// systems leave are passed over; a folder that is not there is empty, and so is a link.
pub fn files(root: &Path, folder: &str, endings: &[&str]) -> Result<Found, Failure> {
    files_of(root, folder, endings, MOST)
}

/// The same, up to `most` files and folders.
fn files_of(root: &Path, folder: &str, endings: &[&str], most: usize) -> Result<Found, Failure> {
    let folder = root.join(folder);
    let mut found = Found::default();
    match fs::symlink_metadata(&folder) {
        Ok(there) if there.is_symlink() => {
            found.skipped.push((folder, FaultKind::Link));
            return Ok(found);
        }
        Ok(there) if !there.is_dir() => {
            return Err(Failure::new("look through", &folder, "it is no folder"));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(Failure::new("look through", &folder, error)),
    }
    let walk = WalkDir::new(&folder)
        .max_depth(DEEPEST)
        .sort_by_file_name()
        .into_iter();
    let visible = walk.filter_entry(|item| item.depth() == 0 || !is_passed_over(item));
    for (number, item) in visible.enumerate() {
        // The folder itself comes first.
        if number > most {
            found
                .skipped
                .push((folder, FaultKind::TooMany { limit: most }));
            break;
        }
        let item = item.map_err(|error| Failure::new("look through", &folder, error))?;
        let ending = item
            .path()
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let wanted = endings.is_empty() || endings.contains(&ending.as_str());
        let kind = item.file_type();
        let (depth, path) = (item.depth(), item.into_path());
        // What lies above the workspace is none of its names.
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

/// Whether an item of a folder is no source: hidden, or left by an editor or a system. Temporary files of this program
/// are hidden, and removed if the process that wrote them is gone.
fn is_passed_over(item: &DirEntry) -> bool {
    let name = item.file_name();
    if !is_leaving(name) {
        return false;
    }
    if name.as_encoded_bytes().starts_with(BESIDE.as_bytes()) {
        remove_if_abandoned(item.path());
    }
    true
}

/// Whether a name is that of a hidden file, or of one that an editor or a system leaves beside the files of its user:
/// `~$draft.docx`, `name.md~`, `#name.md#`, `__MACOSX`, `Thumbs.db`.
pub fn is_leaving(name: &OsStr) -> bool {
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
        || is_of_word(&name)
        || is_backup(&name)
}

/// Whether a name in small letters is that of a temporary file of Word: `~wrl0001.tmp`.
fn is_of_word(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let rest = stem
        .strip_prefix("~wr")
        .map(|rest| rest.trim_start_matches(|sign: char| sign.is_ascii_lowercase()));
    rest.is_some_and(|rest| rest.len() >= 4 && rest.chars().all(|sign| sign.is_ascii_digit()))
}

/// Whether a name in small letters is that of a copy which a program keeps or has not finished: `name.md.orig`,
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

/// Whether a folder holds, at any depth, something whose metadata is so.
#[cfg(unix)]
pub fn holds(folder: &Path, is_so: &dyn Fn(&fs::Metadata) -> bool) -> Result<bool, Failure> {
    for item in WalkDir::new(folder) {
        let about = item.and_then(|item| item.metadata());
        if is_so(&about.map_err(|error| Failure::new("look through", folder, error))?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The paths of all files and links below a folder, by name.
///
/// # Errors
/// That it cannot be looked through.
pub fn everything(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for item in WalkDir::new(folder).sort_by_file_name() {
        let item = item.map_err(|error| Failure::new("look through", folder, error))?;
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
/// That it cannot be looked through.
pub fn folders(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for item in WalkDir::new(folder)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
    {
        let item = item.map_err(|error| Failure::new("look through", folder, error))?;
        if item.file_type().is_dir() {
            names.push(item.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

/// Files that are small enough to be read; the others are skipped.
///
/// # Errors
/// That the machine says nothing of a file.
pub fn up_to(limit: u64, paths: &[PathBuf]) -> Result<Found, Failure> {
    let mut found = Found::default();
    for path in paths {
        let bytes = fs::metadata(path)
            .map_err(|error| Failure::new("read", path, error))?
            .len();
        if bytes > limit {
            found
                .skipped
                .push((path.clone(), FaultKind::TooLarge { bytes, limit }));
        } else {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_looked_at_than_is_said_and_that_is_told() -> Result<(), Failure> {
        let failed = |error| Failure::new("make", Path::new("a folder"), error);
        let root = tempfile::tempdir().map_err(failed)?;
        for name in ["a.md", "b.md", "c.txt", "d.md"] {
            fs::write(root.path().join(name), "").map_err(failed)?;
        }
        let found = |most| {
            let found = files_of(root.path(), "", &["md"], most)?;
            Ok::<_, Failure>((found.files.len(), found.skipped))
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
    fn what_editors_and_systems_leave_is_passed_over() {
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
            assert!(is_leaving(OsStr::new(name)), "{name}");
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
            assert!(!is_leaving(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn files_beyond_the_limit_are_told_with_their_size() -> Result<(), Failure> {
        let failed = |error| Failure::new("make", Path::new("a file"), error);
        let root = tempfile::tempdir().map_err(failed)?;
        let path = root.path().join("film.mp4");
        fs::write(&path, [0; 11]).map_err(failed)?;
        let paths = [path];
        let found = |limit| up_to(limit, &paths).map(|found| (found.files.len(), found.skipped));
        assert_eq!(found(11)?, (1, Vec::new()));
        let [path] = &paths;
        assert_eq!(
            found(10)?,
            (
                0,
                vec![(
                    path.clone(),
                    FaultKind::TooLarge {
                        bytes: 11,
                        limit: 10
                    }
                )]
            )
        );
        Ok(())
    }
}
