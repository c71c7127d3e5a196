//! The git repository of a workspace: other revisions, and files in its history.

mod plumbing;
mod repository;

use std::collections::BTreeSet;
use std::path::Path;

use super::StoreError;
use super::memory::MemoryFiles;
use super::read::MAX_EVIDENCE;
use crate::layout::{PORTFOLIO, SETTINGS, STANDARDS};

pub(super) use plumbing::Git;

/// The folders that decide the findings of a check.
const FOLDERS: [&str; 2] = [PORTFOLIO, STANDARDS];

/// Reads the files of a revision of the workspace that decide the findings of a check. Links and
/// submodules are left out.
///
/// # Errors
/// Git is not installed, there is no repository, or the revision is unknown or has no portfolio.
pub fn revision(root: &Path, revision: &str) -> Result<MemoryFiles, StoreError> {
    let failed = |cause: String| StoreError::new("read another revision of", root, cause);
    // Git would take such a name for an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(failed(format!("`{revision}` is not a revision")));
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
    let blobs: Vec<Blob> = lines
        .filter_map(|line| Blob::read(line, &git.prefix))
        .collect();
    let is_settings = |blob: &Blob| blob.path.as_deref() == Ok(SETTINGS);
    if !blobs.iter().any(is_settings) {
        return Err(failed(format!("{revision} holds no {SETTINGS}")));
    }
    read_blobs(&git, blobs).map_err(failed)
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
    /// Its path in the workspace; one that is not UTF-8 is decoded as far as possible.
    path: Result<String, String>,
}

impl Blob {
    /// Reads `100644 blob ID<tab>PATH`; `None` for links and submodules.
    fn read(line: &[u8], prefix: &str) -> Option<Self> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let (what, path) = (std::str::from_utf8(&line[..tab]).ok()?, &line[tab + 1..]);
        let mut parts = what.split(' ');
        let is_file = parts.next()?.starts_with("100");
        let id = parts.nth(1)?.to_owned();
        let path = path.strip_prefix(prefix.as_bytes())?;
        let path = std::str::from_utf8(path)
            .map(str::to_owned)
            .map_err(|_| String::from_utf8_lossy(path).into_owned());
        is_file.then_some(Self { id, path })
    }
}

/// Reads the contents of files.
fn read_blobs(git: &Git, blobs: Vec<Blob>) -> Result<MemoryFiles, String> {
    let ids: Vec<String> = blobs.iter().map(|blob| blob.id.clone()).collect();
    let mut files = MemoryFiles::default();
    for (blob, bytes) in blobs.into_iter().zip(git.blobs(&ids, MAX_EVIDENCE)?) {
        match (blob.path, bytes) {
            (Ok(path), Some(bytes)) => files.insert(&path, bytes),
            (Ok(path), None) => return Err(format!("{path} is too large")),
            (Err(path), _) => files.insert_unreadable(path),
        }
    }
    Ok(files)
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
