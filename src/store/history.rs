//! Versions of files in the git history.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::StoreError;
use super::files::MAX_TEXT;
use super::git::Git;
use super::read::MAX_EVIDENCE;
use crate::layout::{DECISION_EXTENSIONS, DECISIONS};

/// Limit of versions. An entry never changes as often.
const MOST_VERSIONS: &str = "--max-count=500";

/// A version of a file.
#[derive(Clone, Debug)]
pub struct Version {
    /// The commit that added it.
    pub commit: String,
    /// The path relative to the workspace's root.
    pub path: String,
    /// The day of the first commit that has it, as its committer's clock gave it.
    pub day: Option<Date>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The versions of the files in a folder.
#[derive(Debug)]
pub struct Committed {
    /// Versions in the history of the checked-out commit, newest first.
    pub versions: Vec<Version>,
    /// Versions in other branches only.
    pub elsewhere: Vec<Version>,
    /// Whether the clone has only a part of the history.
    pub is_shallow: bool,
}

/// Every version of a file in the history of the checked-out commit, also under earlier names,
/// newest first; `None` if there is no repository or no commit.
///
/// # Errors
/// The repository cannot be read.
pub fn versions(root: &Path, path: &str) -> Result<Option<Vec<Version>>, StoreError> {
    let failed = |cause: String| StoreError::new("read the git history of", root, cause);
    let Some((git, head)) = open(root).map_err(failed)? else {
        return Ok(None);
    };
    // A file that only a merge adds is found by comparing with each parent.
    all(&git, path, &[MOST_VERSIONS, "--follow", "-m", &head])
        .map(Some)
        .map_err(failed)
}

/// Every version of the files in a folder; `None` if there is no repository or no commit.
///
/// # Errors
/// The repository cannot be read.
pub fn committed(root: &Path, folder: &str) -> Result<Option<Committed>, StoreError> {
    let failed = |cause: String| StoreError::new("read the git history of", root, cause);
    let Some((git, head)) = open(root).map_err(failed)? else {
        return Ok(None);
    };
    // Merges are compared with each parent, and no side branch is skipped: a file may have been
    // added and removed there.
    let find = |revisions: &[&str]| {
        all(
            &git,
            folder,
            &[&["--full-history", "-m", "--no-renames"], revisions].concat(),
        )
        .map_err(failed)
    };
    let (versions, elsewhere) = (find(&[&head])?, find(&["--all", "--not", &head])?);
    Ok(Some(Committed {
        versions,
        elsewhere,
        is_shallow: git.is_shallow,
    }))
}

/// A file in a commit; `None` if the commit does not have it.
#[must_use]
pub fn file_at(root: &Path, commit: &str, path: &str) -> Option<Vec<u8>> {
    let git = Git::open(root).ok()??;
    let named = format!("{commit}:{}{path}", git.prefix);
    git.blobs(&[named], MAX_EVIDENCE).ok()?.into_iter().next()?
}

/// Whether decisions are read from a path, relative to the workspace's root.
#[must_use]
pub fn is_decision_file(path: &str) -> bool {
    let below = path
        .strip_prefix(DECISIONS)
        .and_then(|rest| rest.strip_prefix('/'));
    let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
    let ending = |path: &str| {
        path.rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase())
    };
    below.is_some_and(|path| {
        !is_hidden(path)
            && ending(path).is_some_and(|ending| DECISION_EXTENSIONS.contains(&ending.as_str()))
    })
}

/// The repository and its checked-out commit.
fn open(root: &Path) -> Result<Option<(Git, String)>, String> {
    Ok(Git::open(root)?.and_then(|git| git.head.clone().map(|head| (git, head))))
}

fn all(git: &Git, path: &str, listing: &[&str]) -> Result<Vec<Version>, String> {
    let full = format!("{}{path}", git.prefix);
    let mut arguments = vec![
        "log",
        "--format=commit %H %cs",
        "--raw",
        "--no-abbrev",
        "-z",
    ];
    arguments.extend([
        "--no-show-signature",
        "--no-mailmap",
        "--no-ext-diff",
        "--no-textconv",
    ]);
    arguments.extend(listing);
    arguments.extend(["--", &full]);
    let found = listed(&git.ask(&arguments)?, &git.prefix);
    let ids: Vec<String> = found.iter().map(|one| one.blob.clone()).collect();
    let texts = git.blobs(&ids, MAX_TEXT)?;
    let version = |(one, bytes): (Listed, Option<Vec<u8>>)| {
        bytes.map(|bytes| Version {
            commit: one.commit,
            path: one.path,
            day: one.day,
            bytes,
        })
    };
    Ok(found.into_iter().zip(texts).filter_map(version).collect())
}

/// A version with its object id, not read yet.
#[derive(Debug, PartialEq)]
struct Listed {
    commit: String,
    path: String,
    blob: String,
    day: Option<Date>,
}

/// Parses the output of `log --raw -z`: `commit ID DAY`, then `:100644 100644 OLD NEW M` and a path, or
/// two for a rename, each ended by NUL.
fn listed(said: &[u8], prefix: &str) -> Vec<Listed> {
    let said = String::from_utf8_lossy(said);
    let mut words = said.split('\0');
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut found: Vec<Listed> = Vec::new();
    let (mut commit, mut day) = ("", None);
    while let Some(word) = words.next() {
        let word = word.trim_start_matches('\n');
        if let Some(line) = word.strip_prefix("commit ") {
            let (id, date) = line.split_once(' ').unwrap_or((line, ""));
            (commit, day) = (id, date.trim().parse().ok());
        }
        let Some(what) = word.strip_prefix(':') else {
            continue;
        };
        let parts: Vec<&str> = what.split(' ').collect();
        let &[_, mode, _, blob, status] = &parts[..] else {
            continue;
        };
        let before = words.next().unwrap_or_default();
        let name = if status.starts_with(['R', 'C']) {
            words.next().unwrap_or_default()
        } else {
            before
        };
        let Some(path) = name.strip_prefix(prefix) else {
            continue;
        };
        // Links, submodules and deletions are skipped.
        if !mode.starts_with("100") {
            continue;
        }
        // Commits come newest first, so the last one is the first that has it.
        if let Some(at) = known.get(&(blob, path)) {
            found[*at].day = day;
            continue;
        }
        known.insert((blob, path), found.len());
        let (commit, path, blob) = (commit.to_owned(), path.to_owned(), blob.to_owned());
        found.push(Listed {
            commit,
            path,
            blob,
            day,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_with_any_name_and_links_are_left_out() {
        let said = "commit c3 2026-11-20\0\n:000000 100644 00 cc A\0w/y\0commit c2 2026-11-19\0\n:100644 100644 aa bb M\0w/a \"b\"\n.yaml\0:100644 100644 cc cc R100\0w/x\0w/y\0\
                    commit c1 2026-11-18\0\n:000000 120000 00 dd A\0w/link\0:000000 100644 00 ee A\0other\0\
                    :000000 100644 00 aa A\0w/a \"b\"\n.yaml\0:100644 000000 ff 00 D\0w/gone\0";
        let one = |commit: &str, path: &str, blob: &str, day: i8| Listed {
            commit: commit.to_owned(),
            path: path.to_owned(),
            blob: blob.to_owned(),
            day: Some(jiff::civil::date(2026, 11, day)),
        };
        let name = "a \"b\"\n.yaml";
        let expected = [
            one("c3", "y", "cc", 19),
            one("c2", name, "bb", 19),
            one("c1", name, "aa", 18),
        ];
        assert_eq!(listed(said.as_bytes(), "w/"), expected);
    }
}
