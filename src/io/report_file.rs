//! Reports go where they are asked for, but never into the sources.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use super::draft::replace;
#[cfg(unix)]
use super::folder;

/// The folders of a workspace that hold what people wrote.
const SOURCES: [&str; 3] = ["portfolio", "standards", "themes"];

/// What a command reads, which none of its reports may replace.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The roots of its workspaces.
    pub roots: &'a [PathBuf],
    /// Files that were named to it: allowed signers, a baseline, a plan.
    pub files: &'a [&'a Path],
}

/// A file that a report may be written to.
#[derive(Debug)]
pub struct ReportFile {
    path: PathBuf,
    /// The path without links above its last part; `None` if its folder is not there.
    named: Option<PathBuf>,
}

impl ReportFile {
    /// Makes sure that a report of this format may be written to `path`: that it is no source of any workspace, is not
    /// read by the command, is not in a git folder, and that a file which is there looks like such a report.
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn new(inputs: Inputs<'_>, format: &str, path: &Path) -> Result<Self, Failure> {
        let file = Self::unread(inputs, path)?;
        let named = file.named.as_deref();
        if inputs.files.iter().any(|read| {
            is_same(read, path) || (named.is_some() && name_of(read).as_deref() == named)
        }) {
            return Err(Failure::new(
                "write",
                path,
                "this command reads that file; name another one for the report",
            ));
        }
        file.refuse_other_content(inputs, format)?;
        Ok(file)
    }

    /// The same for a baseline, which is read before it is replaced: a file that is no baseline stops the command.
    ///
    /// # Errors
    /// That it is a source, or in a git folder.
    pub fn baseline(roots: &[PathBuf], path: &Path) -> Result<Self, Failure> {
        Self::unread(Inputs { roots, files: &[] }, path)
    }

    /// A file outside of sources and git folders.
    fn unread(inputs: Inputs<'_>, path: &Path) -> Result<Self, Failure> {
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
                return Err(Failure::new("write", path, cause));
            }
            if is_hard_link_to_source(path, root)? {
                let cause = "it is another name of a file in the portfolio; name another file";
                return Err(Failure::new("write", path, cause));
            }
        }
        if places.iter().any(|place| is_in_git_folder(place)) {
            return Err(Failure::new(
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

    /// Refuses a file that does not look like a report of this format. An empty file holds nothing to lose.
    fn refuse_other_content(&self, inputs: Inputs<'_>, format: &str) -> Result<(), Failure> {
        let there = fs::metadata(&self.path).is_ok_and(|there| there.is_file() && there.len() > 0);
        if !there {
            return Ok(());
        }
        if self.is_hidden(inputs.roots) {
            let cause = "a hidden file is there already, and it stays as it is; name another file";
            return Err(Failure::new("write", &self.path, cause));
        }
        let endings = endings_of(format);
        let ending = self
            .path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_none_or(|ending| endings.contains(&ending.as_str())) {
            return Ok(());
        }
        let cause = format!(
            "a file is there that is no {format} report; remove it, or name one that ends with .{}",
            endings[0]
        );
        Err(Failure::new("write", &self.path, cause))
    }

    /// Whether its name, or that of a folder between it and the workspace or the current folder, begins with a dot.
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

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the report, beside and then renamed; to a device or a pipe as it is.
    ///
    /// # Errors
    /// Whatever the machine would not do.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        write_file(&self.path, bytes)
    }
}

/// Endings that files in a format have; the first is the usual one.
fn endings_of(format: &str) -> &'static [&'static str] {
    match format {
        "json" | "gitlab" => &["json"],
        "sarif" => &["sarif", "json"],
        "junit" => &["xml"],
        "html" => &["html", "htm"],
        "markdown" => &["md", "markdown"],
        "csv" => &["csv"],
        "xlsx" => &["xlsx"],
        _ => &["txt"],
    }
}

/// A path without links above its last part; `None` if its folder is not there, so that writing fails.
fn name_of(path: &Path) -> Option<PathBuf> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

/// Folders above a path that hold a portfolio, whichever command is running in which of them.
fn workspaces_around(place: &Path) -> impl Iterator<Item = PathBuf> {
    let holds = |folder: &&Path| {
        folder
            .join("portfolio/portfolio.yaml")
            .symlink_metadata()
            .is_ok()
    };
    place.ancestors().skip(1).filter(holds).map(Path::to_owned)
}

/// Whether a path without links is in `.git`, in a bare repository, or is the file by which a worktree finds its own.
fn is_in_git_folder(place: &Path) -> bool {
    let is_git = |part: &OsStr| part.eq_ignore_ascii_case(".git");
    let is_bare = |folder: &Path| folder.join("HEAD").is_file() && folder.join("objects").is_dir();
    place.iter().any(is_git) || place.ancestors().skip(1).any(is_bare)
}

/// Writes a file beside and then renames it; to a device or a pipe as it is.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("write", path, error);
    // A device or a pipe takes what it is given. A file put in its place would be the end of it.
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let opened = fs::OpenOptions::new().write(true).open(path);
        return opened
            .and_then(|mut there| there.write_all(bytes))
            .map_err(failed);
    }
    replace(path, bytes)
}

/// Makes sure that a folder to write to is not one of the sources, in one of them, around them, or in a git folder.
///
/// # Errors
/// That it is.
pub fn refuse_overlap(folder: &Path, root: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("find", folder, error);
    // A folder that is still to be made lies where its nearest ancestor does.
    let absolute = std::path::absolute(folder).map_err(failed)?;
    let there = absolute
        .ancestors()
        .find(|path| path.symlink_metadata().is_ok())
        .unwrap_or(&absolute);
    let place = there.canonicalize().map_err(failed)?;
    let root = root
        .canonicalize()
        .map_err(|error| Failure::new("find", root, error))?;
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
        return Err(Failure::new("write to", folder, cause));
    }
    if is_in_git_folder(&missing) {
        return Err(Failure::new(
            "write to",
            folder,
            "it is a folder of git, or in one; choose another folder",
        ));
    }
    Ok(())
}

/// Whether a path without links lies in a folder of sources, or is one.
fn is_in_sources(place: &Path, root: &Path) -> bool {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    SOURCES.iter().any(|source| {
        let source = root.join(source);
        place
            .ancestors()
            .any(|above| above == source || is_same(above, &source))
    })
}

/// Whether two paths lead to the same file or folder, also where a disk takes capitals for small letters.
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

/// The same: here the real path of a file has the capitals of the disk.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize()
        .is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Whether a file is another name of one in the sources. Only a file with several names has to be looked for.
#[cfg(unix)]
fn is_hard_link_to_source(path: &Path, root: &Path) -> Result<bool, Failure> {
    use std::os::unix::fs::MetadataExt;
    let Ok(about) = fs::metadata(path) else {
        return Ok(false);
    };
    if !about.is_file() || about.nlink() < 2 {
        return Ok(false);
    }
    let same = |one: &fs::Metadata| (one.dev(), one.ino()) == (about.dev(), about.ino());
    for source in SOURCES
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

/// The same: a report takes the place of one name only, and the source keeps its own.
#[cfg(not(unix))]
fn is_hard_link_to_source(_: &Path, _: &Path) -> Result<bool, Failure> {
    Ok(false)
}
