//! The git repository of a workspace: other revisions, and files in its history.

mod plumbing;
mod repository;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::StoreError;
use super::layout::SETTINGS;
use super::read::MAX_EVIDENCE;

pub(super) use plumbing::Git;

/// The folders that decide the findings of a check.
const FOLDERS: [&str; 2] = ["portfolio", "standards"];

/// Writes a revision of the workspace into a temporary folder, which is removed with the value.
///
/// # Errors
/// Git is not installed, there is no repository, or the revision is unknown or has no portfolio.
pub fn revision(root: &Path, revision: &str) -> Result<TempDir, StoreError> {
    let failed = |cause: String| StoreError::new("read another revision of", root, cause);
    // Git would take such a name for an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(failed(format!("`{revision}` is no revision")));
    }
    let git = open(root)?;
    let wanted = format!("{revision}^{{commit}}");
    let found = git.ask(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &wanted,
    ]);
    let commit = String::from_utf8_lossy(&found.map_err(failed)?)
        .trim()
        .to_owned();
    let folders = FOLDERS.map(|folder| format!("{}{folder}", git.prefix));
    let arguments = [
        "ls-tree",
        "-r",
        "-z",
        &commit,
        "--",
        &folders[0],
        &folders[1],
    ];
    let listed = git.ask(&arguments).map_err(failed)?;
    let lines = listed.split(|byte| *byte == 0);
    let files: Vec<Blob> = lines
        .filter_map(|line| Blob::read(line, &git.prefix))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    if !files.iter().any(|file| file.path == Path::new(SETTINGS)) {
        return Err(failed(format!(
            "{revision} holds no portfolio/portfolio.yaml"
        )));
    }
    let folder = TempDir::new().map_err(|error| failed(error.to_string()))?;
    write_blobs(&git, &files, folder.path()).map_err(failed)?;
    Ok(folder)
}

/// The repository of a workspace.
fn open(root: &Path) -> Result<Git, StoreError> {
    let failed = |cause: String| StoreError::new("read the git history of", root, cause);
    Git::open(root)
        .map_err(failed)?
        .ok_or_else(|| failed("it is in no git repository".to_owned()))
}

/// A file of a revision.
struct Blob {
    id: String,
    path: PathBuf,
}

impl Blob {
    /// Reads `100644 blob ID<tab>PATH`; `None` for links and submodules.
    ///
    /// # Errors
    /// The path cannot exist on this system.
    fn read(line: &[u8], prefix: &str) -> Option<Result<Self, String>> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let (what, path) = (std::str::from_utf8(&line[..tab]).ok()?, &line[tab + 1..]);
        let mut parts = what.split(' ');
        let file = parts.next()?.starts_with("100");
        let id = parts.nth(1)?.to_owned();
        let path = path.strip_prefix(prefix.as_bytes())?;
        let Some(path) = native(path) else {
            let path = String::from_utf8_lossy(path);
            return Some(Err(format!("the name of its file {path} is not UTF-8")));
        };
        let inside = path
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        (file && inside).then_some(Ok(Self { id, path }))
    }
}

/// A path of git as one of this system. Names that are not UTF-8 are kept, so that they become
/// findings.
#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "elsewhere not every path can be kept"
)]
fn native(path: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(PathBuf::from(std::ffi::OsStr::from_bytes(path)))
}

/// The same; `None` for bytes that are not UTF-8.
#[cfg(not(unix))]
fn native(path: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(path).ok().map(PathBuf::from)
}

fn write_blobs(git: &Git, files: &[Blob], folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let ids: Vec<String> = files.iter().map(|file| file.id.clone()).collect();
    for (file, bytes) in files.iter().zip(git.blobs(&ids, MAX_EVIDENCE)?) {
        let target = folder.join(&file.path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let bytes = bytes.ok_or_else(|| format!("{} is too large", file.path.display()))?;
        std::fs::write(&target, bytes).map_err(failed)?;
    }
    Ok(())
}

/// The workspace's folder below the root of its repository, with a closing `/`; empty if they are
/// the same, or there is no repository.
#[must_use]
pub fn prefix(root: &Path) -> String {
    match repository::locate(root) {
        Ok(Some((top, _))) => plumbing::below(root, &top),
        Ok(None) | Err(_) => String::new(),
    }
}

/// Files found in a history.
#[derive(Debug)]
pub struct InHistory {
    /// Paths that some commit of some branch adds.
    pub paths: BTreeSet<String>,
    /// Whether the clone has only a part of the history.
    pub shallow: bool,
}

/// Paths in one git command: the length of a command line is limited.
const AT_ONCE: usize = 200;

/// Finds those of `paths`, relative to `root`, that are anywhere in the git history.
///
/// # Errors
/// Git is not installed, or there is no repository.
pub fn in_history(root: &Path, paths: &[&str]) -> Result<InHistory, StoreError> {
    let git = open(root)?;
    let mut found = BTreeSet::new();
    for some in paths.chunks(AT_ONCE) {
        let full: Vec<String> = some
            .iter()
            .map(|path| format!("{}{path}", git.prefix))
            .collect();
        // Merges are compared with each parent, and no side branch is skipped: a file may have been
        // added and removed there.
        let mut arguments = vec![
            "log",
            "--all",
            "--full-history",
            "-m",
            "--no-renames",
            "--diff-filter=A",
        ];
        arguments.extend([
            "--format=",
            "--name-only",
            "-z",
            "--no-show-signature",
            "--no-mailmap",
            "--",
        ]);
        arguments.extend(full.iter().map(String::as_str));
        let failed = |cause: String| StoreError::new("read the git history of", root, cause);
        let listed = git.ask(&arguments).map_err(failed)?;
        let names = listed
            .split(|byte| *byte == 0)
            .map(|name| String::from_utf8_lossy(name).trim().to_owned());
        found.extend(names.filter_map(|name| name.strip_prefix(&git.prefix).map(str::to_owned)));
    }
    found.remove("");
    Ok(InHistory {
        paths: found,
        shallow: git.is_shallow,
    })
}
