//! Reads files: texts of a workspace with their faults, bytes, and files that a user names.

use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::StoreError;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::par;
use crate::privacy::mask_path;
use crate::text::{Source, SourcePath, SourceProvider, Span, sha256_of};

/// Limit of a text in bytes. No reflection comes near it.
pub const MAX_TEXT: u64 = 4 * 1024 * 1024;

/// Limit of a file of evidence in bytes: a larger one would hold up every command, and could not be
/// handed in.
pub const MAX_EVIDENCE: u64 = 1024 * 1024 * 1024;

/// Limit of a file named by a user, in bytes. A baseline of 100,000 findings is smaller, and a
/// device has no end.
const MAX_NAMED: u64 = 64 * 1024 * 1024;

/// Limit of feedback and of decisions written elsewhere, in bytes.
const MAX_HANDED_OVER: u64 = 1024 * 1024;

/// A file that should be a text.
#[derive(Debug)]
pub enum Text {
    /// It is one.
    Whole(Source),
    /// The part that could be decoded, and the fault.
    Broken(Source, Fault),
}

/// The kind of a directory entry. Links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// There is nothing at the path.
    None,
    /// A folder, a link, a device, or something the system does not describe.
    Other,
}

/// The texts of a workspace, read from the disk each time.
#[derive(Debug)]
pub struct DiskSources {
    root: PathBuf,
}

impl DiskSources {
    /// The texts below a workspace's root.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }
}

impl SourceProvider for DiskSources {
    fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        match read_text(&self.root, &self.root.join(path.as_str())) {
            Ok(Text::Whole(source)) => Some(source.text),
            _ => None,
        }
    }
}

/// Returns the kind of what is at a path.
#[must_use]
pub fn file_kind(path: &Path) -> FileKind {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => FileKind::File,
        Err(error) if error.kind() == ErrorKind::NotFound => FileKind::None,
        _ => FileKind::Other,
    }
}

/// Whether a path is a link.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// Whether a path is a folder, or a link to one.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The path of a file relative to a workspace, with `/` on every system. Identifiers in it are
/// masked when it is displayed.
#[must_use]
pub fn source_path(root: &Path, path: &Path) -> SourcePath {
    display_masked(path.strip_prefix(root).unwrap_or(path))
}

fn display_masked(path: &Path) -> SourcePath {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    let path = parts.join("/");
    SourcePath::new(&path).displayed_as(&mask_path(&path).0)
}

/// The same for a path that may be written through another name of the root, such as a link to it;
/// `None` if it is outside the workspace.
#[must_use]
pub fn name_of(root: &Path, path: &Path) -> Option<SourcePath> {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
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

/// Reads a text of a workspace.
///
/// # Errors
/// The file cannot be read.
pub fn read_text(root: &Path, path: &Path) -> Result<Text, StoreError> {
    let failed = |error| StoreError::new("read", path, error);
    let file = fs::File::open(path).map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    decode_file(file, bytes, &source_path(root, path)).map_err(failed)
}

/// Reads and decodes a file that had `bytes` bytes a moment ago.
fn decode_file(file: fs::File, bytes: u64, name: &SourcePath) -> std::io::Result<Text> {
    // The file may have grown: one read beyond its size shows it.
    let capacity = usize::try_from(bytes.min(MAX_TEXT)).unwrap_or_default() + 64;
    let mut read = Vec::with_capacity(capacity);
    if bytes <= MAX_TEXT {
        file.take(MAX_TEXT + 1).read_to_end(&mut read)?;
    }
    let bytes = bytes.max(read.len() as u64);
    let source = |text: &str| Source {
        path: name.clone(),
        text: text.into(),
    };
    let fault = |span, kind| Fault {
        place: Place::new(name, span),
        kind,
    };
    if bytes > MAX_TEXT {
        let limit = MAX_TEXT;
        let kind = FaultKind::TooLarge { bytes, limit };
        return Ok(Text::Broken(source(""), fault(Span::default(), kind)));
    }
    match String::from_utf8(read) {
        Ok(text) => Ok(Text::Whole(Source {
            path: name.clone(),
            text: text.into(),
        })),
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..end]);
            let fault = fault(Span::at(end), FaultKind::NotUtf8);
            Ok(Text::Broken(source(&valid), fault))
        }
    }
}

/// Reads one entry; `None` if it is not a readable text.
///
/// # Errors
/// The file cannot be read.
pub fn entry(root: &Path, path: &Path) -> Result<Option<Source>, StoreError> {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let root = if path.starts_with(root) { root } else { &real };
    match read_text(root, path)? {
        Text::Whole(source) => Ok(Some(source)),
        Text::Broken(..) => Ok(None),
    }
}

/// Reads the bytes of a file.
///
/// # Errors
/// The file cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    fs::read(path).map_err(|error| StoreError::new("read", path, error))
}

/// Reads the bytes of files of a workspace, in the given order.
///
/// # Errors
/// The first file that cannot be read.
pub fn read_files(root: &Path, paths: &[SourcePath]) -> Result<Vec<Vec<u8>>, StoreError> {
    par::map(paths, |path| read(&root.join(path.as_str())))
        .into_iter()
        .collect()
}

/// The size of a file in bytes.
///
/// # Errors
/// The system does not describe the file.
pub fn size(path: &Path) -> Result<u64, StoreError> {
    let metadata = fs::metadata(path).map_err(|error| StoreError::new("read", path, error))?;
    Ok(metadata.len())
}

/// The SHA-256 of a file in hexadecimal digits, and its size in bytes. The file is not held in
/// memory.
///
/// # Errors
/// The file cannot be read.
pub fn digest(path: &Path) -> Result<(String, u64), StoreError> {
    let hashed = fs::File::open(path).and_then(sha256_of);
    hashed.map_err(|error| StoreError::new("read", path, error))
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

/// Reads a text of at most a megabyte from a file, or from standard input if the path is `-`.
///
/// # Errors
/// It cannot be read, is larger, or is not UTF-8.
pub fn read_small(path: &Path) -> Result<String, StoreError> {
    let file: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let opened = fs::File::open(path);
        Box::new(opened.map_err(|error| StoreError::new("read", path, error))?)
    };
    let too_large = "it is larger than a megabyte";
    read_limited(file, path, MAX_HANDED_OVER, too_large)
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
    String::from_utf8(bytes).map_err(|_| StoreError::new("read", path, "it is no text in UTF-8"))
}
