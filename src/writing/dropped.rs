//! Files that were dropped on the page: in memory, under names made here.

use crate::engine::EngineError;

/// The most bytes of a file.
const MOST_OF_ONE: usize = 32 * 1024 * 1024;

/// The most bytes of all files together.
const MOST_OF_ALL: usize = 128 * 1024 * 1024;

/// Dropped files.
#[derive(Debug, Default)]
pub(super) struct DroppedFiles {
    files: Vec<DroppedFile>,
}

/// A dropped file.
#[derive(Debug)]
pub(super) struct DroppedFile {
    name: String,
    /// The name that it came with, without folders. It is a title, and never a path.
    pub original: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl DroppedFiles {
    /// Keeps a file, and returns its name: `dropped-1.jpg`.
    ///
    /// # Errors
    /// It is too large.
    pub(super) fn receive(&mut self, name: &str, bytes: Vec<u8>) -> Result<String, EngineError> {
        if bytes.len() > MOST_OF_ONE {
            let help = "save a smaller copy and drop that";
            return Err(EngineError::refused("the file is larger than 32 MB", help));
        }
        let all: usize = self.files.iter().map(|file| file.bytes.len()).sum();
        if all + bytes.len() > MOST_OF_ALL {
            let help = "load the page again; what is written is kept";
            let message = "the dropped files are larger than 128 MB together";
            return Err(EngineError::refused(message, help));
        }
        let original = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let original = original.to_owned();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_plain = |letter: char| letter.is_ascii_alphanumeric();
        let ending = if ending.len() <= 8 && ending.chars().all(is_plain) && !ending.is_empty() {
            format!(".{}", ending.to_ascii_lowercase())
        } else {
            String::new()
        };
        let name = format!("dropped-{}{ending}", self.files.len() + 1);
        self.files.push(DroppedFile {
            name: name.clone(),
            original,
            bytes,
        });
        Ok(name)
    }

    /// A file by its name.
    ///
    /// # Errors
    /// There is none of this name.
    pub(super) fn find(&self, name: &str) -> Result<&DroppedFile, EngineError> {
        let found = self.files.iter().find(|file| file.name == name);
        found.ok_or_else(|| {
            let message = "the dropped file is no longer there";
            EngineError::refused(message, "drop it again")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_here_and_keep_only_a_plain_ending() {
        let mut dropped = DroppedFiles::default();
        let names = ["Mrs Oakapple.JPG", "../x/y", "a.tar.g/z", ".md"];
        let names = names.map(|name| dropped.receive(name, Vec::new()).unwrap_or_default());
        assert_eq!(
            names,
            ["dropped-1.jpg", "dropped-2", "dropped-3", "dropped-4.md"]
        );
        assert!(dropped.find("dropped-2").is_ok());
        assert!(dropped.find("Mrs Oakapple.JPG").is_err());
    }

    #[test]
    fn large_files_are_refused() {
        let mut dropped = DroppedFiles::default();
        let mut drop_one = |size| dropped.receive("a.jpg", vec![0; size]).is_ok();
        assert!(!drop_one(MOST_OF_ONE + 1));
        assert!((0..4).all(|_| drop_one(MOST_OF_ONE)));
        assert!(!drop_one(1));
    }
}
