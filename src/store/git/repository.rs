//! Finds a repository and reads its refs, without git and without its configuration.
//!
//! A folder from elsewhere may contain a repository whose configuration names programs to run. So
//! only the place of its objects and the commits of its refs are read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::folder;

/// Limit in bytes of files that hold one line.
const SHORT: u64 = 64 * 1024;
/// Limit in bytes of packed refs and of the list of a shallow clone.
const LONG: u64 = 256 * 1024 * 1024;
/// Limit of symbolic refs or object stores that lead to each other, as in git.
const STEPS: usize = 5;

/// A repository, as its folders describe it.
#[derive(Debug)]
pub(super) struct Repository {
    /// The folder that holds `.git`, without links.
    pub top: PathBuf,
    /// The folder of `HEAD`: `.git`, or the folder that a `.git` file names.
    pub own: PathBuf,
    /// The folder of objects and refs: the same, except in a linked worktree.
    pub common: PathBuf,
}

/// The commits that refs point to.
#[derive(Debug, Default)]
pub(super) struct Refs {
    /// The checked-out commit; `None` before the first one.
    pub head: Option<String>,
    /// Branches, tags and the checked-out commits of other worktrees, by their full names.
    pub named: BTreeMap<String, String>,
    /// `FETCH_HEAD` and similar files, which belong to no branch.
    pub other: Vec<(&'static str, String)>,
}

/// Finds the repository that contains a folder; `None` if there is none.
///
/// # Errors
/// The repository cannot be read.
pub(super) fn find(root: &Path) -> Result<Option<Repository>, String> {
    let Some((top, git)) = locate(root)? else {
        return Ok(None);
    };
    let own = if git.is_dir() {
        git
    } else {
        linked(&top, &git)?
    };
    let common = match read(&own.join("commondir"), SHORT)? {
        Some(text) => named(&own, text.trim_end())?,
        None => own.clone(),
    };
    if is_unchanged(&common.join("reftable"))? {
        return Err("it keeps its branches as reftables, which cannot be read here yet".to_owned());
    }
    let repository = Repository { top, own, common };
    check_objects(&repository.objects(), 0)?;
    Ok(Some(repository))
}

/// The nearest folder with a `.git`, and that file or folder. As in git, a `.git` folder without
/// `HEAD` does not count. A workspace in memory has an empty root, and no repository.
pub(super) fn locate(root: &Path) -> Result<Option<(PathBuf, PathBuf)>, String> {
    if root.as_os_str().is_empty() {
        return Ok(None);
    }
    let root = root.canonicalize().map_err(|error| error.to_string())?;
    for top in root.ancestors() {
        let git = top.join(".git");
        if git.is_file() || (git.is_dir() && is_unchanged(&git.join("HEAD"))?) {
            return Ok(Some((top.to_owned(), git)));
        }
    }
    Ok(None)
}

impl Repository {
    /// The folder of objects.
    pub(super) fn objects(&self) -> PathBuf {
        self.common.join("objects")
    }

    /// The list of commits whose parents are missing; `None` in a full clone.
    pub(super) fn shallow(&self) -> Result<Option<String>, String> {
        let text = read(&self.common.join("shallow"), LONG)?.filter(|text| !text.trim().is_empty());
        match &text {
            Some(text) if !text.lines().all(is_id) => {
                Err("its file `shallow` is broken".to_owned())
            }
            _ => Ok(text),
        }
    }

    /// Every commit that a ref points to.
    pub(super) fn refs(&self) -> Result<Refs, String> {
        let mut found = self.packed()?;
        let mut symbolic = BTreeMap::new();
        let loose =
            folder::list(&self.common, "refs", &[]).map_err(|failure| failure.to_string())?;
        if let Some((path, _)) = loose.skipped.first() {
            return Err(format!("its branch {} is not a plain file", path.display()));
        }
        for path in loose
            .files
            .iter()
            .filter(|path| path.extension().is_none_or(|end| end != "lock"))
        {
            let below = path.strip_prefix(&self.common).unwrap_or(path);
            let name: Vec<_> = below.iter().map(std::ffi::OsStr::to_string_lossy).collect();
            let name = name.join("/");
            let text = read(path, SHORT)?.unwrap_or_default();
            match target(&text) {
                Some(RefTarget::Commit(id)) if is_name(&name) => drop(found.insert(name, id)),
                Some(RefTarget::Name(other)) if is_name(&name) => {
                    drop(symbolic.insert(name, other));
                }
                _ => return Err(format!("its branch {name} cannot be read")),
            }
        }
        for (name, other) in &symbolic {
            // A remote's branch that was deleted leaves a symbolic ref that leads nowhere.
            if let Some(id) = follow(other, &found, &symbolic) {
                found.insert(name.clone(), id);
            }
        }
        let commit = |folder: &Path| {
            let text = read(&folder.join("HEAD"), SHORT)?.unwrap_or_default();
            match target(&text) {
                Some(RefTarget::Commit(id)) => Ok(Some(id)),
                Some(RefTarget::Name(name)) => match follow(&name, &found, &symbolic) {
                    None if is_unchanged(&self.common.join(&name))? => {
                        Err(format!("its branch {name} cannot be read"))
                    }
                    commit => Ok(commit),
                },
                None => Err("its HEAD cannot be read".to_owned()),
            }
        };
        let head = commit(&self.own)?;
        let mut others = Vec::new();
        for folder in self.worktrees()? {
            others.extend(commit(&folder)?);
        }
        let numbered = (1..)
            .zip(others)
            .map(|(at, id)| (format!("refs/worktrees/{at}"), id));
        found.extend(numbered.collect::<Vec<_>>());
        let other = self.pseudo_refs()?;
        Ok(Refs {
            head,
            named: found,
            other,
        })
    }

    /// The commits of files that belong to no branch.
    fn pseudo_refs(&self) -> Result<Vec<(&'static str, String)>, String> {
        let mut other = Vec::new();
        for name in ["FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"] {
            let text = read(&self.own.join(name), LONG)?.unwrap_or_default();
            let id = text.split_whitespace().next().filter(|id| is_id(id));
            other.extend(id.map(|id| (name, id.to_owned())));
        }
        Ok(other)
    }

    fn packed(&self) -> Result<BTreeMap<String, String>, String> {
        let text = read(&self.common.join("packed-refs"), LONG)?.unwrap_or_default();
        let lines = text
            .lines()
            .filter(|line| !line.starts_with(['#', '^']) && !line.is_empty());
        let pair = |line: &str| {
            let (id, name) = line
                .split_once(' ')
                .filter(|(id, name)| is_id(id) && is_name(name))?;
            Some((name.to_owned(), id.to_owned()))
        };
        let pairs: Option<BTreeMap<_, _>> = lines.map(pair).collect();
        pairs.ok_or_else(|| "its list of branches, packed-refs, is broken".to_owned())
    }

    /// The folders of all worktrees but this one.
    fn worktrees(&self) -> Result<Vec<PathBuf>, String> {
        let mut folders = vec![self.common.clone()];
        let listed = self.common.join("worktrees");
        if listed.is_dir() {
            let names = folder::folders(&listed).map_err(|failure| failure.to_string())?;
            folders.extend(names.iter().map(|name| listed.join(name)));
        }
        let this = self.own.canonicalize().unwrap_or_else(|_| self.own.clone());
        folders.retain(|folder| folder.canonicalize().is_ok_and(|folder| folder != this));
        // A worktree that was only half removed has no HEAD.
        folders.retain(|folder| folder.join("HEAD").is_file());
        Ok(folders)
    }
}

/// The content of a ref.
enum RefTarget {
    Commit(String),
    Name(String),
}

fn target(text: &str) -> Option<RefTarget> {
    let line = text.lines().next()?.trim_end();
    match line.strip_prefix("ref:").map(str::trim_start) {
        Some(name) => is_name(name).then(|| RefTarget::Name(name.to_owned())),
        None => is_id(line).then(|| RefTarget::Commit(line.to_owned())),
    }
}

/// The commit that a symbolic ref leads to.
fn follow(
    name: &str,
    found: &BTreeMap<String, String>,
    symbolic: &BTreeMap<String, String>,
) -> Option<String> {
    let mut name = name;
    for _ in 0..STEPS {
        match symbolic.get(name) {
            Some(next) => name = next,
            None => return found.get(name).cloned(),
        }
    }
    None
}

/// Whether a text is an object id, of SHA-1 or SHA-256.
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether git accepts a text as the full name of a ref.
fn is_name(text: &str) -> bool {
    let bad = |sign: char| sign.is_control() || " ~^:?*[\\\u{7f}".contains(sign);
    let is_locked = |part: &str| part.strip_suffix(".lock").is_some();
    let part_is_good = |part: &str| !part.is_empty() && !part.starts_with('.') && !is_locked(part);
    text.starts_with("refs/")
        && !text.contains(bad)
        && !text.contains("..")
        && !text.contains("@{")
        && text.split('/').all(part_is_good)
}

/// The folder that a `.git` file names, as in a worktree or a submodule.
fn linked(top: &Path, file: &Path) -> Result<PathBuf, String> {
    let text = read(file, SHORT)?.unwrap_or_default();
    let path = text
        .strip_prefix("gitdir:")
        .ok_or("its file .git names no folder")?;
    let folder = named(top, path.trim())?;
    let is_repository = is_unchanged(&folder.join("HEAD"))?;
    is_repository
        .then_some(folder)
        .ok_or_else(|| "the folder that its file .git names is gone".to_owned())
}

/// A path named in a file of the repository. A path on another machine is refused: opening it would
/// send that machine the user's name and a proof of the password.
fn named(base: &Path, text: &str) -> Result<PathBuf, String> {
    if text.is_empty()
        || text.contains(['\0', '\n'])
        || text.starts_with("//")
        || text.starts_with(r"\\")
    {
        return Err(format!("it names a folder that is not opened: {text}"));
    }
    Ok(base.join(text))
}

/// Makes sure that there are only regular files among the objects, and that borrowed objects are on
/// this machine.
fn check_objects(objects: &Path, depth: usize) -> Result<(), String> {
    if depth > STEPS {
        return Err("its objects are borrowed over too many repositories".to_owned());
    }
    if !objects.is_dir() {
        return Err(format!("it has no objects in {}", objects.display()));
    }
    for name in ["info", "pack"] {
        let folder = objects.join(name);
        if !folder.is_dir() {
            continue;
        }
        for item in
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?
        {
            let path = item.map_err(|error| error.to_string())?.path();
            if !path.is_file() && !path.is_dir() {
                return Err(format!("{} is not a file", path.display()));
            }
        }
    }
    let borrowed = read(&objects.join("info/alternates"), LONG)?.unwrap_or_default();
    for line in borrowed
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if line.starts_with('"') {
            return Err("it borrows objects from a folder whose name is quoted".to_owned());
        }
        check_objects(&named(objects, line)?, depth + 1)?;
    }
    Ok(())
}

fn is_unchanged(path: &Path) -> Result<bool, String> {
    path.try_exists()
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads a file of the repository; `None` if it does not exist. A pipe or a device is refused,
/// because reading it may never end.
fn read(path: &Path, most: u64) -> Result<Option<String>, String> {
    if !is_unchanged(path)? {
        return Ok(None);
    }
    let about = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if !about.is_file() || about.len() > most {
        return Err(format!("{} is not a file, or too large", path.display()));
    }
    fs::read_to_string(path)
        .map(Some)
        .map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_branches_are_those_that_git_takes() {
        for good in [
            "refs/heads/main",
            "refs/tags/v1.0",
            "refs/remotes/origin/a-b/c",
        ] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "main",
            "refs/heads/../x",
            "refs/heads/a b",
            "refs//x",
            "refs/heads/x\ny",
            "refs/x.lock",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn no_folder_on_another_machine_is_opened() {
        for path in ["//server/share", r"\\server\share", "", "a\nb"] {
            assert!(named(Path::new("/here"), path).is_err(), "{path}");
        }
        assert_eq!(
            named(Path::new("/here"), "there"),
            Ok(PathBuf::from("/here/there"))
        );
    }
}
