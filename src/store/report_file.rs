//! Writes reports to where they are asked for, but never into the sources.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::draft::replace;
#[cfg(unix)]
use super::folder;
use crate::layout::{SETTINGS, SOURCE_FOLDERS};

/// The inputs of a command, which no report may replace.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The roots of its workspaces.
    pub roots: &'a [PathBuf],
    /// Files named as arguments: allowed signers, a baseline, a plan.
    pub files: &'a [&'a Path],
}

/// The format of a report.
#[derive(Clone, Copy, Debug)]
pub struct ReportKind {
    /// Its name, as in messages.
    pub name: &'static str,
    /// Extensions of files in this format, the usual one first.
    pub extensions: &'static [&'static str],
}

impl ReportKind {
    /// A web page.
    pub const HTML: Self = Self {
        name: "html",
        extensions: &["html", "htm"],
    };
}

/// A file that a report may be written to.
#[derive(Debug)]
pub struct ReportFile {
    path: PathBuf,
    /// The path without links above its last part; `None` if its folder is not there.
    named: Option<PathBuf>,
}

impl ReportFile {
    /// Checks that a report of this format may be written to `path`: it is not a source of any
    /// workspace, not read by the command, not in a git folder, and an existing file looks like
    /// such a report.
    ///
    /// # Errors
    /// The first condition that does not hold.
    pub fn new(inputs: Inputs<'_>, format: ReportKind, path: &Path) -> Result<Self, StoreError> {
        let file = Self::unread(inputs, path)?;
        let named = file.named.as_deref();
        if inputs.files.iter().any(|read| {
            is_same(read, path) || (named.is_some() && name_of(read).as_deref() == named)
        }) {
            return Err(StoreError::new(
                "write",
                path,
                "this command reads that file; name another one for the report",
            ));
        }
        file.refuse_other_content(inputs, format)?;
        Ok(file)
    }

    /// The same for a baseline, which is read before it is replaced: any other file stops the
    /// command.
    ///
    /// # Errors
    /// The file is a source, or in a git folder.
    pub fn baseline(roots: &[PathBuf], path: &Path) -> Result<Self, StoreError> {
        Self::unread(Inputs { roots, files: &[] }, path)
    }

    /// A file outside of sources and git folders.
    fn unread(inputs: Inputs<'_>, path: &Path) -> Result<Self, StoreError> {
        let linked = path.canonicalize().ok();
        let named = name_of(path);
        let places: Vec<&Path> = [linked.as_deref(), named.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let mut roots = inputs.roots.to_vec();
        roots.extend(places.iter().flat_map(|place| workspaces_around(place)));
        for root in &roots {
            if places.iter().any(|place| is_in_sources(place, root)) {
                let cause = "reports are never written into portfolio/, standards/ or themes/; name another place";
                return Err(StoreError::new("write", path, cause));
            }
            if is_hard_link_to_source(path, root)? {
                let cause = "it is another name of a file in the portfolio; name another file";
                return Err(StoreError::new("write", path, cause));
            }
        }
        if places.iter().any(|place| is_in_git_folder(place)) {
            return Err(StoreError::new(
                "write",
                path,
                "it is in a folder of git; name another place",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            named,
        })
    }

    /// Refuses an existing file that does not look like a report of this format. An empty file has
    /// nothing to lose.
    fn refuse_other_content(
        &self,
        inputs: Inputs<'_>,
        format: ReportKind,
    ) -> Result<(), StoreError> {
        let there = fs::metadata(&self.path).is_ok_and(|there| there.is_file() && there.len() > 0);
        if !there {
            return Ok(());
        }
        if self.is_hidden(inputs.roots) {
            let cause = "a hidden file is there already, and it stays as it is; name another file";
            return Err(StoreError::new("write", &self.path, cause));
        }
        let endings = format.extensions;
        let ending = self
            .path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_none_or(|ending| endings.contains(&ending.as_str())) {
            return Ok(());
        }
        let cause = format!(
            "a file is there that is no {} report; remove it, or name one that ends with .{}",
            format.name,
            endings.first().unwrap_or(&format.name)
        );
        Err(StoreError::new("write", &self.path, cause))
    }

    /// Whether the file, or a folder between it and the workspace or the current folder, is hidden.
    fn is_hidden(&self, roots: &[PathBuf]) -> bool {
        let named = self.named.as_deref().unwrap_or(&self.path);
        let here = [PathBuf::from(".")];
        let mut bases = roots
            .iter()
            .chain(&here)
            .filter_map(|base| base.canonicalize().ok());
        let below = bases.find_map(|base| named.strip_prefix(base).ok().map(Path::to_owned));
        let parts =
            below.unwrap_or_else(|| named.file_name().map(PathBuf::from).unwrap_or_default());
        parts
            .iter()
            .any(|part| part.as_encoded_bytes().starts_with(b"."))
    }

    /// Whether two reports would be written to one file.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        (self.named.is_some() && self.named == other.named) || is_same(&self.path, &other.path)
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the report atomically; to a device or a pipe directly.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, bytes: &[u8]) -> Result<(), StoreError> {
        write_file(&self.path, bytes)
    }
}

/// A path without links above its last part; `None` if its folder does not exist, so that writing
/// fails.
fn name_of(path: &Path) -> Option<PathBuf> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

/// Workspaces that contain a path, whether or not the command runs in them.
fn workspaces_around(place: &Path) -> impl Iterator<Item = PathBuf> {
    let holds = |folder: &&Path| folder.join(SETTINGS).symlink_metadata().is_ok();
    place.ancestors().skip(1).filter(holds).map(Path::to_owned)
}

/// Whether a path without links is in `.git`, in a bare repository, or the `.git` file of a
/// worktree.
fn is_in_git_folder(place: &Path) -> bool {
    let is_git = |part: &OsStr| part.eq_ignore_ascii_case(".git");
    let is_bare = |folder: &Path| folder.join("HEAD").is_file() && folder.join("objects").is_dir();
    place.iter().any(is_git) || place.ancestors().skip(1).any(is_bare)
}

/// Writes a file atomically; to a device or a pipe directly.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::new("write", path, error);
    // A file renamed over a device or a pipe would destroy it.
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let opened = fs::OpenOptions::new().write(true).open(path);
        return opened
            .and_then(|mut there| there.write_all(bytes))
            .map_err(failed);
    }
    replace(path, bytes)
}

/// Checks that an output folder is not a source folder, in one, around one, or in a git folder.
///
/// # Errors
/// It is.
pub fn refuse_overlap(folder: &Path, root: &Path) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::new("find", folder, error);
    // A folder that does not exist yet will be where its nearest ancestor is.
    let absolute = std::path::absolute(folder).map_err(failed)?;
    let there = absolute
        .ancestors()
        .find(|path| path.symlink_metadata().is_ok())
        .unwrap_or(&absolute);
    let place = there.canonicalize().map_err(failed)?;
    let root = root
        .canonicalize()
        .map_err(|error| StoreError::new("find", root, error))?;
    let around = there == absolute && root.ancestors().any(|above| is_same(above, &place));
    // `portfolio` itself may be missing, as in a theme's own folder.
    let missing = place.join(absolute.strip_prefix(there).unwrap_or(Path::new("")));
    let roots = [root].into_iter().chain(workspaces_around(&missing));
    if around
        || roots
            .into_iter()
            .any(|root| is_in_sources(&place, &root) || is_in_sources(&missing, &root))
    {
        let cause = "it overlaps the portfolio's own files; choose another folder";
        return Err(StoreError::new("write to", folder, cause));
    }
    if is_in_git_folder(&missing) {
        return Err(StoreError::new(
            "write to",
            folder,
            "it is a folder of git, or in one; choose another folder",
        ));
    }
    Ok(())
}

/// Whether a path without links is in a source folder, or is one.
fn is_in_sources(place: &Path, root: &Path) -> bool {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    SOURCE_FOLDERS.iter().any(|source| {
        let source = root.join(source);
        place
            .ancestors()
            .any(|above| above == source || is_same(above, &source))
    })
}

/// Whether two paths name the same file or folder, also on file systems that ignore case.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| {
        fs::metadata(path)
            .ok()
            .map(|about| (about.dev(), about.ino()))
    };
    identity(one).is_some_and(|one| Some(one) == identity(other))
}

/// The same. A canonical path has the case that is on the disk.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize()
        .is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Whether a file is a hard link to a source. Only files with several links are searched for.
#[cfg(unix)]
fn is_hard_link_to_source(path: &Path, root: &Path) -> Result<bool, StoreError> {
    use std::os::unix::fs::MetadataExt;
    let Ok(about) = fs::metadata(path) else {
        return Ok(false);
    };
    if !about.is_file() || about.nlink() < 2 {
        return Ok(false);
    }
    let same = |one: &fs::Metadata| (one.dev(), one.ino()) == (about.dev(), about.ino());
    for source in SOURCE_FOLDERS
        .map(|source| root.join(source))
        .into_iter()
        .filter(|source| source.is_dir())
    {
        if folder::holds(&source, &same)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same. A rename replaces one name only, and the source keeps its own.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn is_hard_link_to_source(_: &Path, _: &Path) -> Result<bool, StoreError> {
    Ok(false)
}
