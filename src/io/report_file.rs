//! Reports go where they are asked for, but never into the sources.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::draft::replace;
use super::{Failure, folder};

/// The folders of a workspace that hold what people wrote.
const SOURCES: [&str; 3] = ["portfolio", "standards", "themes"];

/// A file that a report may be written to.
#[derive(Debug)]
pub struct ReportFile(PathBuf);

impl ReportFile {
    /// Makes sure that `path` is neither in one of the folders of sources under `roots` nor a link to a file in them.
    ///
    /// # Errors
    /// That it is.
    pub fn new(roots: &[PathBuf], path: &Path) -> Result<Self, Failure> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let linked = path.canonicalize().ok();
        // Where the folder is not there, writing fails and says so.
        let named = folder.canonicalize().ok().and_then(|folder| Some(folder.join(path.file_name()?)));
        for root in roots {
            let mut places = [linked.as_deref(), named.as_deref()].into_iter().flatten();
            if places.any(|place| is_in_sources(place, root)) {
                let cause =
                    "reports are never written into portfolio/, standards/ or themes/; name another place";
                return Err(Failure::new("write", path, cause));
            }
            if is_hard_link_to_source(path, root)? {
                let cause = "it is another name of a file in the portfolio; name another file";
                return Err(Failure::new("write", path, cause));
            }
        }
        Ok(Self(path.to_owned()))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes the report, beside and then renamed; to a device or a pipe as it is.
    ///
    /// # Errors
    /// Whatever the machine would not do.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        write_file(&self.0, bytes)
    }
}

/// Writes a file beside and then renames it; to a device or a pipe as it is.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("write", path, error);
    // A device or a pipe takes what it is given. A file put in its place would be the end of it.
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let opened = fs::OpenOptions::new().write(true).open(path);
        return opened.and_then(|mut there| there.write_all(bytes)).map_err(failed);
    }
    replace(path, bytes)
}

/// Makes sure that a folder to write to is not one of the sources, in one of them, or around them.
///
/// # Errors
/// That it is.
pub fn refuse_overlap(folder: &Path, root: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("find", folder, error);
    // A folder that is still to be made lies where its nearest ancestor does.
    let absolute = std::path::absolute(folder).map_err(failed)?;
    let there = absolute.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(&absolute);
    let place = there.canonicalize().map_err(failed)?;
    let root = root.canonicalize().map_err(|error| Failure::new("find", root, error))?;
    let around = there == absolute && root.ancestors().any(|above| is_same(above, &place));
    // `portfolio` itself may be missing, as in a theme's own folder.
    let missing = place.join(absolute.strip_prefix(there).unwrap_or(Path::new("")));
    if around || is_in_sources(&place, &root) || is_in_sources(&missing, &root) {
        let cause = "it overlaps the portfolio's own files; choose another folder";
        return Err(Failure::new("write to", folder, cause));
    }
    Ok(())
}

/// Whether a path without links lies in a folder of sources, or is one.
fn is_in_sources(place: &Path, root: &Path) -> bool {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    SOURCES.iter().any(|source| {
        let source = root.join(source);
        place.ancestors().any(|above| above == source || is_same(above, &source))
    })
}

/// Whether two paths lead to the same file or folder, also where a disk takes capitals for small letters.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| fs::metadata(path).ok().map(|about| (about.dev(), about.ino()));
    identity(one).is_some_and(|one| Some(one) == identity(other))
}

/// The same: here the real path of a file has the capitals of the disk.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Whether a file is another name of one in the sources. Only a file with several names has to be looked for.
#[cfg(unix)]
fn is_hard_link_to_source(path: &Path, root: &Path) -> Result<bool, Failure> {
    use std::os::unix::fs::MetadataExt;
    let Ok(about) = fs::metadata(path) else { return Ok(false) };
    if !about.is_file() || about.nlink() < 2 {
        return Ok(false);
    }
    let same = |one: &fs::Metadata| (one.dev(), one.ino()) == (about.dev(), about.ino());
    for source in SOURCES.map(|source| root.join(source)).into_iter().filter(|source| source.is_dir()) {
        if folder::holds(&source, &same)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same: a report takes the place of one name only, and the source keeps its own.
#[cfg(not(unix))]
fn is_hard_link_to_source(_: &Path, _: &Path) -> Result<bool, Failure> {
    Ok(false)
}
