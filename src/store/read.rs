//! Kinds and names of files on disk, and texts that a user names.

use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::files::{FileKind, masked_path};
use crate::text::{Source, SourcePath};

/// Limit of a file of evidence in bytes: a larger one would hold up every command, and could not be
/// handed in.
pub const MAX_EVIDENCE: u64 = 1024 * 1024 * 1024;

/// Limit of a file named by a user, in bytes. A baseline of 100,000 findings is smaller, and a
/// device has no end.
const MAX_NAMED: u64 = 64 * 1024 * 1024;

/// Limit of feedback and of decisions written elsewhere, in bytes.
const MAX_HANDED_OVER: u64 = 1024 * 1024;

/// Returns the kind of what is at a path.
#[must_use]
pub fn file_kind(path: &Path) -> FileKind {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => FileKind::File,
        Ok(metadata) if metadata.is_dir() => FileKind::Folder,
        Ok(metadata) if metadata.is_symlink() => FileKind::Link,
        Err(error) if error.kind() == ErrorKind::NotFound => FileKind::None,
        _ => FileKind::Other,
    }
}

/// Whether a path is a link.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// A path without links on the way, by which one folder of several names is known; as it is written
/// if there is nothing at it.
#[must_use]
pub fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The path of a file relative to a workspace, with `/` on every system. Identifiers in it are
/// masked when it is displayed.
#[must_use]
pub fn source_path(root: &Path, path: &Path) -> SourcePath {
    display_masked(path.strip_prefix(root).unwrap_or(path))
}

fn display_masked(path: &Path) -> SourcePath {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    masked_path(&parts.join("/"))
}

/// The same for a path that may be written through another name of the root, such as a link to it;
/// `None` if it is outside the workspace.
#[must_use]
pub fn name_of(root: &Path, path: &Path) -> Option<SourcePath> {
    let real = real_path(root);
    let root = [root, &real]
        .into_iter()
        .find(|root| path.starts_with(root))?;
    Some(source_path(root, path))
}

/// The path of a file or folder that a user named, relative to a workspace; empty for its root.
///
/// # Errors
/// There is nothing at the path, or it is outside the workspace.
pub fn source_name(root: &Path, named: &Path) -> Result<String, StoreError> {
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|error| StoreError::new("find", path, error))
    };
    let (root, path) = (real(root)?, real(named)?);
    if !path.starts_with(&root) {
        let cause = "it is not in this portfolio's folder";
        return Err(StoreError::new("check", named, cause));
    }
    Ok(source_path(&root, &path).as_str().to_owned())
}

/// Reads a text that a user named, wherever it is; findings show the path as it was typed.
///
/// # Errors
/// It cannot be read, is not UTF-8, or is larger than 64 MiB.
pub fn load_text(path: &Path) -> Result<Source, StoreError> {
    let file = fs::File::open(path).map_err(|error| StoreError::new("read", path, error))?;
    let text = read_limited(file, path, MAX_NAMED, "it is larger than 64 MiB")?;
    Ok(Source {
        path: display_masked(path),
        text: text.into(),
    })
}

/// Reads a list that a user named: a file, or standard input if the path is `-`.
///
/// # Errors
/// It cannot be read, is not UTF-8, or is larger than 64 MiB.
pub fn load_list(path: &Path) -> Result<String, StoreError> {
    read_limited(
        open_or_input(path)?,
        path,
        MAX_NAMED,
        "it is larger than 64 MiB",
    )
}

/// A file, or standard input if the path is `-`.
fn open_or_input(path: &Path) -> Result<Box<dyn Read>, StoreError> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let opened = fs::File::open(path);
    Ok(Box::new(
        opened.map_err(|error| StoreError::new("read", path, error))?,
    ))
}

/// Reads the bytes of a key that a user named.
///
/// # Errors
/// It cannot be read, or is larger than a megabyte.
pub fn load_key(path: &Path) -> Result<Vec<u8>, StoreError> {
    let failed = |error| StoreError::new("read", path, error);
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(MAX_HANDED_OVER + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_HANDED_OVER {
        return Err(StoreError::new(
            "read",
            path,
            "it is larger than a megabyte",
        ));
    }
    Ok(bytes)
}

/// Reads a text of at most a megabyte from a file, or from standard input if the path is `-`.
///
/// # Errors
/// It cannot be read, is larger, or is not UTF-8.
pub fn read_small(path: &Path) -> Result<String, StoreError> {
    let too_large = "it is larger than a megabyte";
    read_limited(open_or_input(path)?, path, MAX_HANDED_OVER, too_large)
}

/// Reads a text that may have no end.
fn read_limited(
    file: impl Read,
    path: &Path,
    limit: u64,
    too_large: &str,
) -> Result<String, StoreError> {
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| StoreError::new("read", path, error))?;
    if bytes.len() as u64 > limit {
        return Err(StoreError::new("read", path, too_large));
    }
    String::from_utf8(bytes).map_err(|_| StoreError::new("read", path, "it is not text in UTF-8"))
}
