//! What the git history holds of a file or a folder.

use std::path::Path;

use super::Failure;
use super::git;

/// So many versions are looked at; a file that changed more often is no entry.
const MOST_VERSIONS: usize = 500;

/// A file as it once was.
#[derive(Clone, Debug)]
pub struct Version {
    /// The commit in which it stood so first, in full.
    pub commit: String,
    /// The path from the workspace's root.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Every version of a file (also under the names it had before) or of the files in a folder that the history of this
/// revision holds, newest first. Nothing where there is no git, no repository or no history.
#[must_use]
pub fn versions(root: &Path, path: &str) -> Vec<Version> {
    listed(root, path).and_then(|found| texts(root, found)).unwrap_or_default()
}

/// A file as a commit has it.
#[must_use]
pub fn file_at(root: &Path, commit: &str, path: &str) -> Option<Vec<u8>> {
    let named = format!("{commit}:{}{path}", git::prefix(root));
    git::blobs(root, &[named]).ok()?.into_iter().next()
}

/// A version that is known by its number and not yet read.
struct Listed {
    commit: String,
    path: String,
    blob: String,
}

fn listed(root: &Path, path: &str) -> Result<Vec<Listed>, Failure> {
    let most = format!("--max-count={MOST_VERSIONS}");
    let mut arguments =
        vec!["-c", "core.quotepath=off", "log", &most, "--format=commit %H", "--raw", "--no-abbrev"];
    // Only a file's names can be followed.
    if root.join(path).is_file() {
        arguments.push("--follow");
    }
    arguments.extend(["--", path]);
    let said = String::from_utf8_lossy(&git::git(root, &arguments)?).into_owned();
    let below = git::prefix(root);
    let mut found: Vec<Listed> = Vec::new();
    let mut commit = "";
    for line in said.lines() {
        if let Some(id) = line.strip_prefix("commit ") {
            commit = id;
        }
        // `:100644 100644 OLD NEW M<tab>PATH`, or `R100<tab>OLD PATH<tab>NEW PATH`
        let Some((what, paths)) = line.strip_prefix(':').and_then(|line| line.split_once('\t')) else {
            continue;
        };
        let new = what.split(' ').nth(3).unwrap_or_default();
        let old = what.split(' ').nth(2).unwrap_or_default();
        let mut names = paths.split('\t');
        let first = names.next().unwrap_or_default();
        for (blob, name) in [(new, names.next().unwrap_or(first)), (old, first)] {
            let inside = name.strip_prefix(&below);
            let known = blob.chars().all(|sign| sign == '0') || found.iter().any(|one| one.blob == blob);
            if let (Some(path), false) = (inside, known) {
                let (commit, path, blob) = (commit.to_owned(), path.to_owned(), blob.to_owned());
                found.push(Listed { commit, path, blob });
            }
        }
    }
    Ok(found)
}

fn texts(root: &Path, listed: Vec<Listed>) -> Result<Vec<Version>, Failure> {
    let ids: Vec<String> = listed.iter().map(|one| one.blob.clone()).collect();
    let bytes = git::blobs(root, &ids)?;
    let version = |(one, bytes): (Listed, Vec<u8>)| Version { commit: one.commit, path: one.path, bytes };
    Ok(listed.into_iter().zip(bytes).map(version).collect())
}
