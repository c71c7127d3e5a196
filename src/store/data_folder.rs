//! A folder of data files that are written while they are made.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::StoreError;

/// A new folder with files that lines are added to. Until [`DataFolder::finish`] it has no
/// description, so that an incomplete one is recognised.
pub struct DataFolder {
    path: PathBuf,
    files: BTreeMap<String, BufWriter<File>>,
}

impl DataFolder {
    /// Creates the folder with empty files.
    ///
    /// # Errors
    /// Something is there already and is no empty folder, or a file cannot be written.
    pub fn create(path: &Path, names: &[String]) -> Result<Self, StoreError> {
        let failed = |error: std::io::Error| StoreError::new("write", path, error);
        fs::create_dir_all(path).map_err(failed)?;
        if fs::read_dir(path).map_err(failed)?.next().is_some() {
            let cause = "the folder is not empty; name a new one";
            return Err(StoreError::new("write to", path, cause));
        }
        let mut files = BTreeMap::new();
        for name in names {
            let file = File::create_new(path.join(name)).map_err(failed)?;
            files.insert(name.clone(), BufWriter::new(file));
        }
        Ok(Self {
            path: path.to_owned(),
            files,
        })
    }

    /// Adds text to a file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, name: &str, text: &str) -> Result<(), StoreError> {
        let Some(file) = self.files.get_mut(name) else {
            let cause = "the folder has no such file";
            return Err(StoreError::new("write", &self.path.join(name), cause));
        };
        let written = file.write_all(text.as_bytes());
        written.map_err(|error| StoreError::new("write", &self.path.join(name), error))
    }

    /// Completes the files, and adds those that describe them.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn finish(mut self, descriptions: &[(&str, String)]) -> Result<(), StoreError> {
        for (name, file) in &mut self.files {
            let failed = |error| StoreError::new("write", &self.path.join(name), error);
            file.flush().map_err(failed)?;
        }
        for (name, text) in descriptions {
            let path = self.path.join(name);
            fs::write(&path, text).map_err(|error| StoreError::new("write", &path, error))?;
        }
        Ok(())
    }
}
