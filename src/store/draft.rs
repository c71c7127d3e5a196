//! Atomic writes: a temporary file beside the target, then a rename.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::part::{Part, make_readable_new, uninterrupted};
use crate::text::{Checksum, sum, sum_of};

/// Bytes of a file held in memory; a longer one goes to its temporary file at once. Pages of
/// entries are far shorter.
const HELD: usize = 256 * 1024;

/// Initial capacity in bytes: enough for most pages.
const ROOM: usize = 16 * 1024;

/// A file being written.
pub struct Draft {
    target: PathBuf,
    held: Vec<u8>,
    beside: Option<Beside>,
    failure: Option<io::Error>,
}

/// The part of a file that is in its temporary file already.
struct Beside {
    file: Part,
    sum: Checksum,
    bytes: u64,
}

/// A complete file, in memory or in its temporary file.
pub struct Whole<'a> {
    /// XXH3 of its content.
    pub sum: u128,
    target: PathBuf,
    bytes: u64,
    held: Cow<'a, [u8]>,
    beside: Option<Part>,
}

impl Draft {
    /// An empty file that will be at `target`.
    pub fn of(target: PathBuf) -> Self {
        Self {
            target,
            held: Vec::with_capacity(ROOM),
            beside: None,
            failure: None,
        }
    }

    /// Takes the first error of writing.
    pub fn failure(&mut self) -> Option<StoreError> {
        self.failure
            .take()
            .map(|error| StoreError::new("write", &self.target, error))
    }

    /// Completes the file.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn finish(mut self) -> Result<Whole<'static>, StoreError> {
        if self.beside.is_some() {
            self.flush_to_part()
                .map_err(|error| StoreError::new("write", &self.target, error))?;
        }
        let (target, held) = (self.target, self.held);
        Ok(match self.beside {
            Some(Beside { file, sum, bytes }) => Whole {
                sum: sum.sum(),
                target,
                bytes,
                held: held.into(),
                beside: Some(file),
            },
            None => Whole {
                sum: sum(&held),
                target,
                bytes: held.len() as u64,
                held: held.into(),
                beside: None,
            },
        })
    }

    /// Flushes the buffer to the temporary file, and keeps the error for [`Draft::failure`].
    #[cold]
    fn flush_for_write(&mut self) -> io::Result<()> {
        self.flush_to_part().map_err(|error| {
            let kind = error.kind();
            self.failure = Some(error);
            kind.into()
        })
    }

    /// Flushes the buffer to the temporary file.
    fn flush_to_part(&mut self) -> io::Result<()> {
        let beside = match &mut self.beside {
            Some(beside) => beside,
            none => {
                let file = Part::beside(&self.target)?;
                none.insert(Beside {
                    file,
                    sum: Checksum::default(),
                    bytes: 0,
                })
            }
        };
        beside.file.write_all(&self.held)?;
        beside.sum.add(&self.held);
        beside.bytes += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }
}

// Templates write a page in hundreds of small parts.
impl Write for Draft {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.held.extend_from_slice(bytes);
        if self.held.len() < HELD {
            Ok(())
        } else {
            self.flush_for_write()
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> Whole<'a> {
    /// A complete file that will be at `target`.
    pub fn of(target: PathBuf, bytes: &'a [u8]) -> Self {
        Self {
            sum: sum(bytes),
            target,
            bytes: bytes.len() as u64,
            held: bytes.into(),
            beside: None,
        }
    }

    /// Whether the target has the same content. Most changes change the length, so few files are
    /// read.
    pub fn is_unchanged(&self) -> bool {
        let there = fs::symlink_metadata(&self.target)
            .ok()
            .filter(fs::Metadata::is_file);
        if there.is_none_or(|there| there.len() != self.bytes) {
            return false;
        }
        fs::File::open(&self.target)
            .and_then(sum_of)
            .is_ok_and(|sum| sum == self.sum)
    }

    /// Creates the file in a staging directory, where no reader can see half of it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn appear(self) -> Result<(), StoreError> {
        if self.beside.is_some() {
            return self.replace_target();
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        make_readable_new(&mut options);
        let _gate = uninterrupted();
        let written = options
            .open(&self.target)
            .and_then(|mut file| file.write_all(&self.held));
        written.map_err(|error| StoreError::new("write", &self.target, error))
    }

    /// Replaces the target.
    ///
    /// # Errors
    /// The file cannot be written. The target is unchanged then.
    pub fn replace_target(self) -> Result<(), StoreError> {
        let Some(beside) = self.beside else {
            return replace(&self.target, &self.held);
        };
        beside
            .replace(&self.target)
            .map_err(|error| StoreError::new("write", &self.target, error))
    }
}

/// Replaces a file atomically.
///
/// # Errors
/// The file cannot be written. The target is unchanged then.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |error: io::Error| StoreError::new("write", target, error);
    let mut part = Part::beside(target).map_err(failed)?;
    part.write_all(bytes).map_err(failed)?;
    part.replace(target).map_err(failed)
}
