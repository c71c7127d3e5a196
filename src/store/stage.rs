//! The staging directory of a first build.
//!
//! No reader sees half of a site, and its pages need no temporary files.

use std::fs;
use std::path::{Path, PathBuf};

use super::part::{Temporary, uninterrupted};
use super::{StoreError, rename};

/// A staging directory inside an output folder that is otherwise empty. Dropping it removes it with
/// its content.
#[derive(Debug)]
pub(super) struct StagedFiles {
    folder: PathBuf,
    output: PathBuf,
    _registered: Temporary,
}

impl StagedFiles {
    /// Its name in the output folder.
    pub(super) const NAME: &str = ".ksbfolio-part-site";

    /// Creates the directory.
    ///
    /// # Errors
    /// The directory cannot be created.
    pub(super) fn in_folder(output: &Path) -> Result<Self, StoreError> {
        let folder = output.join(Self::NAME);
        let registered = Temporary::new(&folder);
        fs::create_dir(&folder).map_err(|error| StoreError::new("create", &folder, error))?;
        Ok(Self {
            folder,
            output: output.to_owned(),
            _registered: registered,
        })
    }

    /// The path of the directory.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Moves the content to the output folder.
    ///
    /// # Errors
    /// An item cannot be moved.
    pub(super) fn publish(self) -> Result<(), StoreError> {
        let _gate = uninterrupted();
        bring(&self.folder, &self.output)
    }
}

impl Drop for StagedFiles {
    fn drop(&mut self) {
        // A leftover takes space until the next build removes it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Moves the content of one folder into another.
fn bring(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::new("look through", from, error);
    for item in fs::read_dir(from).map_err(failed)? {
        let item = item.map_err(failed)?;
        let target = to.join(item.file_name());
        let from = item.path();
        if !from.is_dir() {
            rename::patiently(|| fs::rename(&from, &target))
                .map_err(|error| StoreError::new("write", &target, error))?;
            continue;
        }
        // Some systems cannot move a folder while a file in it is open.
        if fs::rename(&from, &target).is_ok() {
            continue;
        }
        fs::create_dir_all(&target).map_err(|error| StoreError::new("create", &target, error))?;
        bring(&from, &target)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_cannot_be_moved_are_merged() -> std::io::Result<()> {
        let output = tempfile::tempdir()?;
        let stage = StagedFiles::in_folder(output.path()).map_err(std::io::Error::other)?;
        for path in ["a.html", "full/b.html", "new/c.html"] {
            let path = stage.folder().join(path);
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(path, "page")?;
        }
        // A folder that is not empty is in the way.
        fs::create_dir(output.path().join("full"))?;
        fs::write(output.path().join("full/other.html"), "other")?;
        stage.publish().map_err(std::io::Error::other)?;
        for (path, text) in [
            ("a.html", "page"),
            ("full/b.html", "page"),
            ("full/other.html", "other"),
            ("new/c.html", "page"),
        ] {
            assert_eq!(fs::read_to_string(output.path().join(path))?, text);
        }
        assert_eq!(fs::read_dir(output.path())?.count(), 3);
        Ok(())
    }
}
