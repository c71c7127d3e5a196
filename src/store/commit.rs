//! Writes sources: all files of a change set or none, each complete or as it was.
//!
//! Everything that is expected is checked first, under a lock on the workspace. The new contents go
//! to temporary files beside their targets, which are renamed at the end. Files that go are removed
//! after that, so that what moves is there twice for a moment, and never missing. If a step fails,
//! those before it are undone. A process that is killed leaves old and new files, none of them
//! partial, and temporary files, which the next run removes.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::lock::Lock;
use super::part::{Part, StagedPart, remove_abandoned, uninterrupted};
use super::read::is_link;
use super::{StoreError, rename};
use crate::files::{ChangeSet, Conflict, Expected, FileChange};
use crate::text::sha256_hex;

/// Temporary files that are kept open and locked: systems limit the number of open files. Another
/// command that reads the folder at the same moment may take a further one for abandoned and remove
/// it; its rename fails then, and nothing is written.
const MOST_OPEN: usize = 200;

/// Why nothing was written.
#[derive(Debug)]
pub enum CommitError {
    /// A file is not what was expected.
    Conflict(Conflict),
    /// A file cannot be read or written.
    Store(StoreError),
}

impl From<StoreError> for CommitError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Conflict> for CommitError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

/// Writes and removes all files of a set below `root`, with the folders they need, or none. A file
/// that is replaced keeps its permissions. Of several processes that create a file, one succeeds.
///
/// # Errors
/// A file is not as expected or cannot be written, or a folder is a link, which may lead out of
/// the workspace.
pub fn commit(root: &Path, changes: &ChangeSet) -> Result<(), CommitError> {
    changes.check_paths()?;
    let mut folders = NewFolders::default();
    let done = commit_into(root, changes, &mut folders);
    if done.is_err() {
        folders.remove();
    }
    done
}

fn commit_into(
    root: &Path,
    changes: &ChangeSet,
    folders: &mut NewFolders,
) -> Result<(), CommitError> {
    folders.create(root)?;
    let _lock = Lock::on(root)?;
    let staged = stage(root, changes, folders)?;
    place(staged)
}

/// A file to write or to remove, with what is there.
struct PlannedChange<'a> {
    change: &'a FileChange,
    path: PathBuf,
    old: Option<OldFile>,
}

/// A file as it was before it is replaced or removed.
struct OldFile {
    contents: Vec<u8>,
    permissions: fs::Permissions,
}

/// A target with the temporary file that will replace it; `None` if it will be removed.
type Staged<'a> = (PlannedChange<'a>, Option<StagedPart>);

/// Checks everything that is expected, then writes the temporary files. Removals come last.
fn stage<'a>(
    root: &Path,
    changes: &'a ChangeSet,
    folders: &mut NewFolders,
) -> Result<Vec<Staged<'a>>, CommitError> {
    let mut targets = Vec::new();
    for change in changes.changes() {
        let path = root.join(change.path.as_str());
        let old = check_expected(root, &path, change)?;
        targets.push(PlannedChange { change, path, old });
    }
    targets.sort_by_key(|target| target.change.contents.is_none());
    let above: BTreeSet<&Path> = targets.iter().filter_map(|one| one.path.parent()).collect();
    for folder in above {
        folders.create(folder)?;
        remove_abandoned(folder);
    }
    let mut staged = Vec::new();
    for target in targets {
        let part = match &target.change.contents {
            Some(contents) => {
                let part = Part::beside(&target.path)
                    .and_then(|part| fill(part, contents, target.old.as_ref()))
                    .map_err(|error| failed_to_write(&target, &error))?;
                Some(part.into_staged(staged.len() < MOST_OPEN))
            }
            None => None,
        };
        staged.push((target, part));
    }
    Ok(staged)
}

/// Checks what is at a path, and returns the file that will be replaced.
fn check_expected(
    root: &Path,
    path: &Path,
    change: &FileChange,
) -> Result<Option<OldFile>, CommitError> {
    refuse_links(root, path.parent().unwrap_or(root))?;
    let Expected::Sha256(sha256) = &change.expected else {
        // A name that the disk refuses is reported when the file is created.
        if fs::symlink_metadata(path).is_ok() {
            return Err(Conflict::Exists(change.path.clone()).into());
        }
        return Ok(None);
    };
    if is_link(path) {
        let cause = "it is a link, and nothing is written through links; put a file in its place";
        return Err(StoreError::new("write to", path, cause).into());
    }
    let failed = |error| StoreError::new("read", path, error);
    let contents = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Conflict::Missing(change.path.clone()).into());
        }
        read => read.map_err(failed)?,
    };
    if sha256_hex(&contents) != *sha256 {
        return Err(Conflict::Changed(change.path.clone()).into());
    }
    let permissions = fs::metadata(path).map_err(failed)?.permissions();
    Ok(Some(OldFile {
        contents,
        permissions,
    }))
}

fn fill(mut part: Part, contents: &[u8], old: Option<&OldFile>) -> io::Result<Part> {
    part.write_all(contents)?;
    // The files of a browser tab have no permissions.
    if let Some(old) = old.filter(|_| cfg!(not(target_os = "wasi"))) {
        part.as_file().set_permissions(old.permissions.clone())?;
    }
    Ok(part)
}

/// Renames the temporary files and removes what goes; if a step fails, undoes those before it. No
/// signal ends the program in between.
fn place(staged: Vec<Staged<'_>>) -> Result<(), CommitError> {
    let _gate = uninterrupted();
    let mut placed: Vec<PlannedChange<'_>> = Vec::new();
    for (target, part) in staged {
        let done = match (part, &target.old, &target.change.contents) {
            (Some(part), None, Some(contents)) => part.create(&target.path, contents),
            (Some(part), ..) => part.replace(&target.path),
            (None, ..) => rename::remove(&target.path),
        };
        if let Err(error) = done {
            placed.iter().rev().try_for_each(undo)?;
            return Err(match error.kind() {
                ErrorKind::AlreadyExists if target.old.is_none() => {
                    Conflict::Exists(target.change.path.clone()).into()
                }
                _ => failed_to_write(&target, &error).into(),
            });
        }
        placed.push(target);
    }
    Ok(())
}

/// Puts back what was at a path. The caller holds the gate.
fn undo(target: &PlannedChange<'_>) -> Result<(), StoreError> {
    let failed = |error| StoreError::new("take back", &target.path, error);
    let Some(old) = &target.old else {
        return rename::remove(&target.path).map_err(failed);
    };
    Part::beside_held(&target.path)
        .and_then(|part| fill(part, &old.contents, Some(old)))
        .and_then(|part| part.into_staged(true).replace(&target.path))
        .map_err(failed)
}

fn failed_to_write(target: &PlannedChange<'_>, error: &io::Error) -> StoreError {
    let attempt = match (&target.old, &target.change.contents) {
        (_, None) => "remove",
        (Some(_), _) => "write",
        (None, _) => "create",
    };
    StoreError::new(attempt, &target.path, describe(error))
}

/// Folders that were created for files of a set.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    /// Creates a folder and those above it.
    fn create(&mut self, folder: &Path) -> Result<(), StoreError> {
        let is_new = |above: &&Path| !above.as_os_str().is_empty() && !above.is_dir();
        let new: Vec<&Path> = folder.ancestors().take_while(is_new).collect();
        for folder in new.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_owned()),
                // Another process was faster.
                Err(_) if folder.is_dir() => {}
                Err(error) => return Err(StoreError::new("create", folder, describe(&error))),
            }
        }
        Ok(())
    }

    /// Removes them, unless another process has put something there.
    fn remove(self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Refuses a folder that is a link, or below one; the root itself may be one.
fn refuse_links(root: &Path, folder: &Path) -> Result<(), StoreError> {
    let below = folder.ancestors().take_while(|above| *above != root);
    match below.filter(|above| is_link(above)).last() {
        Some(link) => {
            let cause =
                "it is a link, and nothing is written through links; put a folder in its place";
            Err(StoreError::new("create a file in", link, cause))
        }
        None => Ok(()),
    }
}

/// The cause of an error, worded where the system's message does not help.
fn describe(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "a file has the name of a folder".to_owned()
        }
        ErrorKind::InvalidFilename => {
            format!("the name is too long for this disk, or not allowed ({error})")
        }
        _ => error.to_string(),
    }
}

/// Whether a name is taken by a file, a folder, a device or a link.
///
/// # Errors
/// The system does not say, such as in a folder that may not be searched.
pub fn is_taken(path: &Path) -> Result<bool, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::new("look at", path, describe(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourcePath;

    type FileTree = Vec<(String, String)>;

    /// A workspace with three files, and a set that replaces them and creates a fourth.
    fn workspace() -> io::Result<(tempfile::TempDir, ChangeSet)> {
        let folder = tempfile::tempdir()?;
        let mut changes = ChangeSet::default();
        for name in ["a.md", "b/b.md", "c.md"] {
            fs::create_dir_all(folder.path().join("b"))?;
            fs::write(folder.path().join(name), format!("old {name}"))?;
            let sha256 = sha256_hex(format!("old {name}").as_bytes());
            changes.replace(&SourcePath::new(name), &sha256, format!("new {name}"));
        }
        changes.create(&SourcePath::new("new/deep/d.md"), "new d");
        Ok((folder, changes))
    }

    fn tree(folder: &Path) -> FileTree {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for item in fs::read_dir(next).into_iter().flatten().flatten() {
                let path = item.path();
                let text = fs::read_to_string(&path).unwrap_or_default();
                found.push((path.display().to_string(), text));
                folders.extend(path.is_dir().then_some(path));
            }
        }
        found.sort();
        found
    }

    /// Commits, and checks that nothing changed.
    fn refused(folder: &Path, changes: &ChangeSet) -> Option<CommitError> {
        let before = tree(folder);
        let error = commit(folder, changes).err();
        assert_eq!(tree(folder), before);
        error
    }

    #[test]
    fn all_files_are_written_and_permissions_are_kept() -> io::Result<()> {
        let (folder, changes) = workspace()?;
        let root = folder.path();
        let mut permissions = fs::metadata(root.join("a.md"))?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(root.join("a.md"), permissions.clone())?;
        assert!(commit(root, &changes).is_ok());
        for name in ["a.md", "b/b.md", "c.md"] {
            assert_eq!(fs::read_to_string(root.join(name))?, format!("new {name}"));
        }
        assert_eq!(fs::read_to_string(root.join("new/deep/d.md"))?, "new d");
        assert_eq!(fs::metadata(root.join("a.md"))?.permissions(), permissions);
        assert_eq!(tree(root).len(), 7, "no temporary file is left");
        Ok(())
    }

    #[test]
    fn a_conflict_in_the_third_file_changes_nothing() -> io::Result<()> {
        let (folder, changes) = workspace()?;
        let root = folder.path();
        let third = || SourcePath::new("c.md");
        fs::write(root.join("c.md"), "edited")?;
        let conflict = refused(root, &changes);
        assert!(
            matches!(conflict, Some(CommitError::Conflict(Conflict::Changed(path))) if path == third())
        );
        fs::remove_file(root.join("c.md"))?;
        let conflict = refused(root, &changes);
        assert!(
            matches!(conflict, Some(CommitError::Conflict(Conflict::Missing(path))) if path == third())
        );
        let (folder, changes) = workspace()?;
        fs::create_dir_all(folder.path().join("new/deep/d.md"))?;
        let conflict = refused(folder.path(), &changes);
        assert!(matches!(
            conflict,
            Some(CommitError::Conflict(Conflict::Exists(_)))
        ));
        Ok(())
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_changes_nothing() -> io::Result<()> {
        let (folder, mut changes) = workspace()?;
        changes.create(&SourcePath::new("a.md/below.md"), "x");
        assert!(matches!(
            refused(folder.path(), &changes),
            Some(CommitError::Store(_))
        ));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_folder_changes_nothing() -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let (folder, changes) = workspace()?;
        let b = folder.path().join("b");
        fs::set_permissions(&b, fs::Permissions::from_mode(0o555))?;
        // An administrator may write anywhere.
        if fs::write(b.join("x"), "").is_err() {
            assert!(matches!(
                refused(folder.path(), &changes),
                Some(CommitError::Store(_))
            ));
        }
        fs::set_permissions(&b, fs::Permissions::from_mode(0o755))
    }

    #[test]
    fn a_rename_that_fails_undoes_those_before_it() -> io::Result<()> {
        let (folder, mut changes) = workspace()?;
        // The temporary file has a short name, so only the rename fails.
        changes.create(&SourcePath::new(&"x".repeat(300)), "x");
        changes.create(&SourcePath::new("last.md"), "x");
        assert!(matches!(
            refused(folder.path(), &changes),
            Some(CommitError::Store(_))
        ));
        Ok(())
    }

    /// A set that moves a file of `workspace` and removes another.
    fn moving(folder: &Path) -> ChangeSet {
        let hash = |name: &str| sha256_hex(&fs::read(folder.join(name)).unwrap_or_default());
        let mut changes = ChangeSet::default();
        changes.remove(&SourcePath::new("b/b.md"), &hash("b/b.md"));
        changes.remove(&SourcePath::new("c.md"), &hash("c.md"));
        changes.create(&SourcePath::new("moved.md"), "old b/b.md");
        changes
    }

    #[test]
    fn files_are_moved_and_removed_with_the_rest() -> io::Result<()> {
        let (folder, _) = workspace()?;
        let root = folder.path();
        let changes = moving(root);
        fs::write(root.join("c.md"), "edited")?;
        let conflict = refused(root, &changes);
        assert!(matches!(
            conflict,
            Some(CommitError::Conflict(Conflict::Changed(_)))
        ));
        let mut permissions = fs::metadata(root.join("c.md"))?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(root.join("c.md"), permissions)?;
        assert!(commit(root, &moving(root)).is_ok());
        assert_eq!(fs::read_to_string(root.join("moved.md"))?, "old b/b.md");
        assert_eq!(tree(root).len(), 3, "the folder of a removed file stays");
        Ok(())
    }

    #[test]
    fn what_was_removed_is_put_back_if_a_later_step_fails() -> io::Result<()> {
        let (folder, _) = workspace()?;
        let root = folder.path();
        let changes = moving(root);
        let staged = stage(root, &changes, &mut NewFolders::default());
        // The last one goes between the look at it and its removal.
        fs::remove_file(root.join("c.md"))?;
        let is_kept = |(path, _): &(String, String)| !path.contains("part-");
        let kept: FileTree = tree(root).into_iter().filter(is_kept).collect();
        assert!(matches!(staged.and_then(place), Err(CommitError::Store(_))));
        assert_eq!(tree(root), kept);
        Ok(())
    }

    #[test]
    fn more_files_than_may_be_open_are_written() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let mut changes = ChangeSet::default();
        for number in 0..1_500 {
            changes.create(&SourcePath::new(&format!("{number}.md")), "x");
        }
        assert!(commit(folder.path(), &changes).is_ok());
        assert_eq!(tree(folder.path()).len(), 1_500);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_links() -> io::Result<()> {
        let elsewhere = tempfile::tempdir()?;
        fs::write(elsewhere.path().join("c.md"), "old c.md")?;
        let (folder, changes) = workspace()?;
        let c = folder.path().join("c.md");
        fs::remove_file(&c)?;
        std::os::unix::fs::symlink(elsewhere.path().join("c.md"), &c)?;
        assert!(matches!(
            refused(folder.path(), &changes),
            Some(CommitError::Store(_))
        ));
        fs::remove_file(&c)?;
        fs::write(&c, "old c.md")?;
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("new"))?;
        assert!(matches!(
            refused(folder.path(), &changes),
            Some(CommitError::Store(_))
        ));
        assert_eq!(tree(elsewhere.path()).len(), 1);
        Ok(())
    }

    #[test]
    fn of_several_writers_of_one_set_one_succeeds() -> io::Result<()> {
        let (folder, changes) = workspace()?;
        let done = std::thread::scope(|scope| {
            let writers = [(); 4].map(|()| scope.spawn(|| commit(folder.path(), &changes).is_ok()));
            writers.map(|writer| writer.join().unwrap_or_default())
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
        Ok(())
    }
}
