//! Creates and edits sources: names are taken atomically, and a file is either complete or
//! unchanged.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::part::{Part, create_whole, remove_abandoned, uninterrupted};
use super::read::is_link;

/// Creates a file below `root`, with its folders. Returns false if the name is taken: of several
/// processes that try at once, one succeeds.
///
/// # Errors
/// The file cannot be created, such as for a name that is too long, or a folder is a link.
pub fn create_new(root: &Path, path: &str, bytes: &[u8]) -> Result<bool, StoreError> {
    create_all_new(root, &[(path, bytes)])
}

/// Creates a file below `root`, with its folders.
///
/// # Errors
/// The name is taken, or the file cannot be created.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    if create_new(root, path, bytes)? {
        return Ok(());
    }
    Err(StoreError::new(
        "create",
        &root.join(path),
        "there is a file already, and it stays as it is",
    ))
}

/// Creates several files below `root`, in this order: all of them or none. Returns false if a name
/// is taken.
///
/// # Errors
/// A file cannot be created, or a folder is a link, which may lead out of the workspace.
pub fn create_all_new(root: &Path, files: &[(&str, &[u8])]) -> Result<bool, StoreError> {
    let files: Vec<(PathBuf, &[u8])> = files
        .iter()
        .map(|(path, bytes)| (root.join(path), *bytes))
        .collect();
    for folder in files.iter().filter_map(|(path, _)| path.parent()) {
        refuse_links(root, folder)?;
        fs::create_dir_all(folder)
            .map_err(|error| StoreError::new("create", folder, describe(&error)))?;
    }
    let _gate = uninterrupted();
    for (at, (path, bytes)) in files.iter().enumerate() {
        let Err(error) = create_whole(path, bytes) else {
            continue;
        };
        for (written, _) in &files[..at] {
            fs::remove_file(written)
                .map_err(|error| StoreError::new("take back", written, error))?;
        }
        if error.kind() == ErrorKind::AlreadyExists {
            return Ok(false);
        }
        return Err(StoreError::new("create", path, describe(&error)));
    }
    Ok(true)
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
fn describe(error: &std::io::Error) -> String {
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

/// Replaces a text atomically, if it is still the one that was read.
///
/// # Errors
/// The file changed, or cannot be written.
pub fn replace_text(path: &Path, old: &str, new: &str) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::new("mend", path, error);
    if fs::read(path).map_err(failed)? != old.as_bytes() {
        return Err(StoreError::new(
            "mend",
            path,
            "it was changed meanwhile; nothing is lost, try again",
        ));
    }
    let permissions = fs::metadata(path).map_err(failed)?.permissions();
    if let Some(folder) = path.parent() {
        remove_abandoned(folder);
    }
    let mut part = Part::beside(path).map_err(failed)?;
    part.write_all(new.as_bytes()).map_err(failed)?;
    part.as_file()
        .set_permissions(permissions)
        .map_err(failed)?;
    part.replace(path).map_err(failed)
}
