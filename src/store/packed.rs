//! Reads the files of a hand-in, wherever it is.

use std::fs;
use std::path::{Path, PathBuf};

use super::{StoreError, folder, source_path};
use crate::text::sha256_of;

/// One file in a folder: its path there, and its SHA-256; `None` if it is a link or no file.
#[derive(Debug)]
pub struct PackPart {
    /// The path in the folder, with `/`.
    pub path: String,
    /// Where it is.
    pub location: PathBuf,
    /// Its SHA-256.
    pub sha256: Option<String>,
}

/// All files below a folder. Links are not followed.
///
/// # Errors
/// The folder or a file cannot be read.
pub fn folder_parts(root: &Path) -> Result<Vec<PackPart>, StoreError> {
    let mut parts = Vec::new();
    for location in folder::everything(root)? {
        let is_file = fs::symlink_metadata(&location).is_ok_and(|data| data.is_file());
        let sha256 = if is_file {
            let file = fs::File::open(&location);
            let file = file.map_err(|error| StoreError::new("read", &location, error))?;
            let hashed = sha256_of(file);
            Some(
                hashed
                    .map_err(|error| StoreError::new("read", &location, error))?
                    .0,
            )
        } else {
            None
        };
        parts.push(PackPart {
            path: source_path(root, &location).as_str().to_owned(),
            location,
            sha256,
        });
    }
    Ok(parts)
}

/// The bytes of a zip.
///
/// # Errors
/// It cannot be read.
pub fn read_archive(path: &Path) -> Result<Vec<u8>, StoreError> {
    fs::read(path).map_err(|error| StoreError::new("read", path, error))
}
