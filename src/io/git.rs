//! What another revision of the repository holds.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::Failure;

/// The folders of a workspace that decide what a check finds.
const FOLDERS: [&str; 2] = ["portfolio", "standards"];

/// The workspace as a revision has it, in a temporary folder that goes when the value goes.
///
/// # Errors
/// That git is not there, the folder is in no repository, the revision is unknown or holds no portfolio.
pub fn revision(root: &Path, revision: &str) -> Result<TempDir, Failure> {
    // A name that git could take for an option is none of a revision.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(Failure::new("read the revision of", root, format!("`{revision}` is no revision")));
    }
    let failed = |error: &dyn std::fmt::Display| Failure::new("read another revision of", root, error);
    let named = git(
        root,
        &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")],
    )?;
    let commit = String::from_utf8_lossy(&named).trim().to_owned();
    let mut arguments = vec!["ls-tree", "-r", "-z", &commit, "--"];
    arguments.extend(FOLDERS);
    let listed = git(root, &arguments)?;
    let files: Vec<Blob> = listed.split(|byte| *byte == 0).filter_map(Blob::read).collect();
    if !files.iter().any(|file| file.path == Path::new("portfolio/portfolio.yaml")) {
        return Err(failed(&format!("{revision} holds no portfolio/portfolio.yaml")));
    }
    let folder = TempDir::new().map_err(|error| failed(&error))?;
    write_blobs(root, &files, folder.path())?;
    Ok(folder)
}

/// A file of a revision.
struct Blob {
    id: String,
    path: PathBuf,
}

impl Blob {
    /// Reads `100644 blob ID<tab>PATH`; links and submodules are no files.
    fn read(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (what, path) = line.split_once('\t')?;
        let mut parts = what.split(' ');
        let file = parts.next()?.starts_with("100");
        let id = parts.nth(1)?.to_owned();
        let path = PathBuf::from(path);
        let inside = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        (file && inside).then_some(Self { id, path })
    }
}

fn write_blobs(root: &Path, files: &[Blob], folder: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new("read another revision of", root, error);
    let ids: Vec<String> = files.iter().map(|file| file.id.clone()).collect();
    for (file, bytes) in files.iter().zip(blobs(root, &ids)?) {
        let target = folder.join(&file.path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        std::fs::write(&target, bytes).map_err(failed)?;
    }
    Ok(())
}

/// The bytes of several blobs, in order.
///
/// # Errors
/// That git is not there, or lacks one of them.
pub(super) fn blobs(root: &Path, ids: &[String]) -> Result<Vec<Vec<u8>>, Failure> {
    let failed = |error: std::io::Error| Failure::new("read another revision of", root, error);
    let wanted = ids.join("\n") + "\n";
    let mut child = command(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    // One side writes while the other reads: neither waits for the other with a full pipe.
    let stdin = child.stdin.take();
    let asking = std::thread::spawn(move || stdin.map(|mut pipe| pipe.write_all(wanted.as_bytes())));
    let output = child.wait_with_output().map_err(failed)?;
    let _ = asking.join();
    let mut rest = &output.stdout[..];
    let mut blobs = Vec::with_capacity(ids.len());
    for _ in ids {
        let (bytes, after) =
            next_blob(rest).ok_or_else(|| failed(std::io::Error::other("git gave less than asked for")))?;
        rest = after;
        blobs.push(bytes.to_vec());
    }
    Ok(blobs)
}

/// Reads `ID blob SIZE`, a line end, so many bytes, and a line end.
fn next_blob(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let start = end + 1;
    Some((bytes.get(start..start + size)?, bytes.get(start + size + 1..)?))
}

/// The workspace's folder below the root of its repository, with a closing `/`; empty where they are the same, or
/// there is no repository.
#[must_use]
pub fn prefix(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else {
        return String::new();
    };
    let Some(top) = root.ancestors().find(|folder| folder.join(".git").exists()) else {
        return String::new();
    };
    let below = root.strip_prefix(top).unwrap_or(Path::new(""));
    below.iter().flat_map(|part| [part.to_string_lossy().into_owned(), "/".to_owned()]).collect()
}

/// What a repository's history holds of the files that were asked for.
#[derive(Debug)]
pub struct InHistory {
    /// Those that some commit of some branch has, or had.
    pub paths: BTreeSet<String>,
    /// Whether the repository has only a part of its history.
    pub shallow: bool,
}

/// Paths that are asked for at once: a command line has an end.
const AT_ONCE: usize = 200;

/// Which of `paths`, from `root`, stand anywhere in the history of its repository.
///
/// # Errors
/// That git is not there, or the folder is in no repository.
pub fn in_history(root: &Path, paths: &[&str]) -> Result<InHistory, Failure> {
    let ask = |arguments: &[&str]| {
        let failed = |cause: String| Failure::new("read the history of", root, cause);
        let done = command(root, arguments).stdin(Stdio::null()).output();
        let done = done.map_err(|error| failed(format!("git: {error}")))?;
        let said = String::from_utf8_lossy(&done.stderr).lines().next().unwrap_or_default().to_owned();
        if done.status.success() { Ok(done.stdout) } else { Err(failed(said)) }
    };
    let shallow = ask(&["rev-parse", "--is-shallow-repository"])?;
    let mut found = BTreeSet::new();
    for some in paths.chunks(AT_ONCE) {
        let mut arguments = vec!["--literal-pathspecs", "log", "--all", "--no-renames", "--diff-filter=A"];
        arguments.extend(["--format=", "--name-only", "--relative", "-z", "--"]);
        arguments.extend(some);
        let listed = ask(&arguments)?;
        let names =
            listed.split(|byte| *byte == 0).map(|name| String::from_utf8_lossy(name).trim().to_owned());
        found.extend(names.filter(|name| !name.is_empty()));
    }
    Ok(InHistory { paths: found, shallow: shallow.starts_with(b"true") })
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments);
    command
}

pub(super) fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new("read another revision of", root, error);
    let output = command(root, arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(&format!("git: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("there is no such revision");
    Err(failed(&said))
}
