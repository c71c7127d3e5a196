//! The files of a workspace on disk.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::files::{Child, FileKind, FileListing, Files, Opened};
use super::folder::{self, is_temporary_name};
use super::read::{file_kind, source_path};
use crate::par;
use crate::text::SourcePath;

/// The files below a folder of the disk. Nothing is cached.
#[derive(Debug)]
pub struct DiskFiles {
    root: PathBuf,
}

impl DiskFiles {
    /// The files of the workspace in a folder.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }
}

impl Files for DiskFiles {
    fn list(
        &self,
        folder: &str,
        extensions: &[&str],
    ) -> Result<FileListing<SourcePath>, StoreError> {
        let found = folder::list(&self.root, folder, extensions)?;
        let skipped = found.skipped.into_iter();
        Ok(FileListing {
            files: par::map(&found.files, |path| source_path(&self.root, path)),
            skipped: skipped
                .map(|(path, kind)| (source_path(&self.root, &path), kind))
                .collect(),
        })
    }

    fn children(&self, folder: &str) -> Result<Vec<Child>, StoreError> {
        let folder = self.root.join(folder);
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let failed = |error| StoreError::new("look through", &folder, error);
        let mut found = Vec::new();
        for item in fs::read_dir(&folder).map_err(failed)? {
            let item = item.map_err(failed)?;
            let name = item.file_name();
            if !is_temporary_name(&name) {
                found.push(Child {
                    name: OsStr::to_string_lossy(&name).into_owned(),
                    is_folder: item.path().is_dir(),
                });
            }
        }
        found.sort();
        Ok(found)
    }

    fn kind(&self, path: &str) -> FileKind {
        file_kind(&self.root.join(path))
    }

    fn size(&self, path: &str) -> Result<u64, StoreError> {
        let metadata = fs::metadata(self.root.join(path));
        Ok(metadata.map_err(|error| self.failed(path, &error))?.len())
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, StoreError> {
        let failed = |error| self.failed(path, &error);
        let file = fs::File::open(self.root.join(path)).map_err(failed)?;
        Ok(Opened {
            bytes: file.metadata().map_err(failed)?.len(),
            reader: Box::new(file),
        })
    }

    fn location(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}
