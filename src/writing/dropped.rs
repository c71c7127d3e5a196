//! Files that were dropped on the page: in memory, under names made here.

use crate::engine::EngineError;

/// The most bytes of a dropped file.
pub const MOST_DROPPED: usize = 32_000_000;

/// The most bytes of all files together.
const MOST_OF_ALL: usize = 4 * MOST_DROPPED;

/// Dropped files.
#[derive(Debug, Default)]
pub(super) struct DroppedFiles {
    files: Vec<DroppedFile>,
    /// The number of files that were dropped, also those that are gone by now.
    received: usize,
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
    /// Keeps a file, and returns its name: `dropped-1.jpg`. The oldest go if all are too large
    /// together: their upload was cancelled.
    ///
    /// # Errors
    /// It is too large.
    pub(super) fn receive(&mut self, name: &str, bytes: Vec<u8>) -> Result<String, EngineError> {
        if bytes.len() > MOST_DROPPED {
            let help = "save a smaller copy and drop that";
            return Err(EngineError::refused("the file is larger than 32 MB", help));
        }
        let mut all: usize = self.files.iter().map(|file| file.bytes.len()).sum();
        while all + bytes.len() > MOST_OF_ALL {
            all -= self.files.remove(0).bytes.len();
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
        self.received += 1;
        let name = format!("dropped-{}{ending}", self.received);
        self.files.push(DroppedFile {
            name: name.clone(),
            original,
            bytes,
        });
        Ok(name)
    }

    /// Forgets files that were used.
    pub(super) fn release<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            self.files.retain(|file| file.name != name);
        }
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
    fn large_files_are_refused_and_the_oldest_go() {
        let mut dropped = DroppedFiles::default();
        let mut drop_one = |size| dropped.receive("a.jpg", vec![0; size]).unwrap_or_default();
        assert_eq!(drop_one(MOST_DROPPED + 1), "");
        let names: Vec<String> = (0..6).map(|_| drop_one(MOST_DROPPED)).collect();
        assert_eq!(names[5], "dropped-6.jpg");
        let kept = |name: &String| dropped.find(name).is_ok();
        let kept: Vec<bool> = names.iter().map(kept).collect();
        assert_eq!(kept, [false, false, true, true, true, true]);
    }

    #[test]
    fn a_file_that_was_used_is_gone_and_its_name_is_not_given_again() {
        let mut dropped = DroppedFiles::default();
        let name = dropped.receive("a.jpg", vec![0]).unwrap_or_default();
        dropped.release([name.as_str()]);
        assert!(dropped.find(&name).is_err());
        assert_ne!(dropped.receive("a.jpg", vec![0]).ok(), Some(name));
    }
}
