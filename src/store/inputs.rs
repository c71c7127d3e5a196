//! Reads files outside the workspace that a person hands over: documents to import.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::files::masked_path;
use super::folder;
use super::read::is_link;
use crate::diagnostic::FaultKind;
use crate::text::SourcePath;

/// Limit of a file that is handed over, in bytes: a folder of photographs in a zip is smaller.
const MAX_INPUT: u64 = 128 * 1024 * 1024;

/// A file that was handed over.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Its name, with the folder below the one that was named; masked when displayed.
    pub name: SourcePath,
    /// Where it is.
    pub path: PathBuf,
    /// Why it is not read; `None` for most.
    pub skipped: Option<&'static str>,
}

/// The files that a path names: the file itself, or all below a folder, by name. Hidden and temporary
/// files in a folder are ignored.
///
/// # Errors
/// There is nothing at the path, or a folder cannot be read.
pub fn list_inputs(named: &Path) -> Result<Vec<InputFile>, StoreError> {
    let one = |path: &Path, name: &str, skipped| InputFile {
        name: masked_path(name),
        path: path.to_owned(),
        skipped,
    };
    let file_name = named.file_name().unwrap_or_default().to_string_lossy();
    let metadata = fs::symlink_metadata(named);
    let metadata = metadata.map_err(|error| StoreError::new("read", named, error))?;
    if metadata.is_symlink() {
        let why = "it is a link: name the file that it leads to";
        return Ok(vec![one(named, &file_name, Some(why))]);
    }
    if metadata.is_file() {
        return Ok(vec![one(named, &file_name, None)]);
    }
    if !metadata.is_dir() {
        let why = "it is no file and no folder";
        return Ok(vec![one(named, &file_name, Some(why))]);
    }
    let found = folder::list(named, "", &[])?;
    let name = |path: &Path| {
        let below = path.strip_prefix(named).unwrap_or(path);
        let steps: Vec<_> = below.iter().map(|step| step.to_string_lossy()).collect();
        steps.join("/")
    };
    let files = found.files.iter().map(|path| one(path, &name(path), None));
    let skipped = found.skipped.iter().map(|(path, kind)| {
        let why = match kind {
            FaultKind::Link => "it is a link, and links are not followed",
            FaultKind::TooDeep { .. } => "it is in too many folders within folders",
            FaultKind::TooMany { .. } => "the folder has too many files",
            _ => "its name cannot be read",
        };
        one(path, &name(path), Some(why))
    });
    Ok(files.chain(skipped).collect())
}

/// Reads a file that was handed over.
///
/// # Errors
/// It cannot be read, or is larger than 128 MB.
pub fn read_input(path: &Path) -> Result<Vec<u8>, StoreError> {
    let failed = |error| StoreError::new("read", path, error);
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    let read = file.take(MAX_INPUT + 1).read_to_end(&mut bytes);
    read.map_err(failed)?;
    if bytes.len() as u64 > MAX_INPUT {
        return Err(StoreError::new("read", path, "it is larger than 128 MB"));
    }
    Ok(bytes)
}

/// Reads a file by its path below the folder of another; `None` if there is none, the path leads
/// elsewhere, or it is a link.
#[must_use]
pub fn read_beside(path: &Path, below: &str) -> Option<Vec<u8>> {
    let is_plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains([':', '\\']);
    if !below.split('/').all(is_plain) {
        return None;
    }
    let mut beside = path.parent()?.to_owned();
    for step in below.split('/') {
        beside.push(step);
        if is_link(&beside) {
            return None;
        }
    }
    beside.is_file().then(|| read_input(&beside).ok())?
}
