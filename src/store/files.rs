//! The only door to sources: disk, memory, unsaved texts and a git revision look alike through it.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::StoreError;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::par;
use crate::privacy::mask_path;
use crate::text::{Source, SourcePath, SourceProvider, Span, decode_other, sha256_of};

/// Limit of a text in bytes. No reflection comes near it.
pub(super) const MAX_TEXT: u64 = 4 * 1024 * 1024;

/// The files of a workspace, by paths relative to its root, with `/` on every system.
///
/// Listings leave out what is no source, and say why; see [`FileListing`].
pub trait Files: fmt::Debug + Send + Sync {
    /// Lists files below a folder that have one of the extensions (any, if none is given), folder
    /// by folder, by name. A folder that does not exist is empty.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn list(
        &self,
        folder: &str,
        extensions: &[&str],
    ) -> Result<FileListing<SourcePath>, StoreError>;

    /// The items of a folder by name, without temporary files; none if there is no such folder.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn children(&self, folder: &str) -> Result<Vec<Child>, StoreError>;

    /// The kind of what is at a path.
    fn kind(&self, path: &str) -> FileKind;

    /// The size of a file in bytes.
    ///
    /// # Errors
    /// The file does not exist, or the system does not describe it.
    fn size(&self, path: &str) -> Result<u64, StoreError>;

    /// Opens a file for reading.
    ///
    /// # Errors
    /// The file does not exist or cannot be read.
    fn open(&self, path: &str) -> Result<Opened<'_>, StoreError>;

    /// The path as messages name it.
    fn location(&self, path: &str) -> PathBuf {
        PathBuf::from(path)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// The file cannot be read. Bytes that are no text are a fault in the result.
    fn text(&self, path: &SourcePath) -> Result<Text, StoreError> {
        let Opened { bytes, reader } = self.open(path.as_str())?;
        decode(reader, bytes, path).map_err(|error| self.failed(path.as_str(), &error))
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, StoreError> {
        let Opened { bytes, mut reader } = self.open(path)?;
        let mut read = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
        let done = reader.read_to_end(&mut read);
        done.map_err(|error| self.failed(path, &error))?;
        Ok(read)
    }

    /// The SHA-256 of a file in hexadecimal digits, and its size in bytes. The file is not held in
    /// memory.
    ///
    /// # Errors
    /// The file cannot be read.
    fn digest(&self, path: &str) -> Result<(String, u64), StoreError> {
        let hashed = sha256_of(self.open(path)?.reader);
        hashed.map_err(|error| self.failed(path, &error))
    }

    /// An error of reading a file.
    fn failed(&self, path: &str, error: &io::Error) -> StoreError {
        StoreError::new("read", &self.location(path), error)
    }
}

/// A file that is open for reading.
pub struct Opened<'a> {
    /// Its size when it was opened.
    pub bytes: u64,
    /// Its content.
    pub reader: Box<dyn Read + 'a>,
}

/// The files of a folder.
#[derive(Clone, Debug)]
pub struct FileListing<P> {
    /// Files to read.
    pub files: Vec<P>,
    /// Files and folders that are not read, and why.
    pub skipped: Vec<(P, FaultKind)>,
}

impl<P> Default for FileListing<P> {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            skipped: Vec::new(),
        }
    }
}

/// An item of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Child {
    /// Its name.
    pub name: String,
    /// Whether it is a folder, or a link to one.
    pub is_folder: bool,
}

/// The kind of a directory entry. Links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, whatever it leads to.
    Link,
    /// There is nothing at the path.
    None,
    /// A device, or something the system does not describe.
    Other,
}

/// A file that should be a text.
#[derive(Clone, Debug)]
pub enum Text {
    /// It is one.
    Whole(Source),
    /// It is one, in another encoding than UTF-8, which is a fault.
    Recoded(Source, Fault),
    /// The part that could be decoded, and the fault.
    Broken(Source, Fault),
}

/// The texts of files, read each time.
#[derive(Debug)]
pub struct FileTexts(Arc<dyn Files>);

impl FileTexts {
    /// The texts of these files.
    #[must_use]
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self(files)
    }
}

impl SourceProvider for FileTexts {
    fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        match self.0.text(path) {
            Ok(Text::Whole(source) | Text::Recoded(source, _)) => Some(source.text),
            _ => None,
        }
    }
}

/// A path relative to a workspace. Identifiers in it are masked when it is displayed.
#[must_use]
pub fn masked_path(path: &str) -> SourcePath {
    SourcePath::new(path).displayed_as(&mask_path(path).0)
}

/// The path of an item in a folder; an empty folder is the workspace's root.
#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Whether a path is a folder, or below it. The root has an empty path.
#[must_use]
pub fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The extension of a path in lower case; empty if it has none.
pub(super) fn extension(path: &str) -> String {
    let extension = Path::new(path).extension().unwrap_or_default();
    extension.to_string_lossy().to_lowercase()
}

/// Reads the bytes of several files, in the given order.
///
/// # Errors
/// The first file that cannot be read.
pub fn read_files(files: &dyn Files, paths: &[SourcePath]) -> Result<Vec<Vec<u8>>, StoreError> {
    par::map(paths, |path| files.read(path.as_str()))
        .into_iter()
        .collect()
}

/// Files within a size limit in bytes; the others are skipped.
///
/// # Errors
/// The metadata of a file cannot be read.
pub fn within_limit(
    files: &dyn Files,
    limit: u64,
    paths: Vec<SourcePath>,
) -> Result<FileListing<SourcePath>, StoreError> {
    let mut found = FileListing::default();
    for path in paths {
        let bytes = files.size(path.as_str())?;
        if bytes > limit {
            let kind = FaultKind::TooLarge { bytes, limit };
            found.skipped.push((path, kind));
        } else {
            found.files.push(path);
        }
    }
    Ok(found)
}

/// Reads and decodes a file that had `bytes` bytes a moment ago.
fn decode(reader: impl Read, bytes: u64, name: &SourcePath) -> io::Result<Text> {
    // The file may have grown: one read beyond its size shows it.
    let capacity = usize::try_from(bytes.min(MAX_TEXT)).unwrap_or_default() + 64;
    let mut read = Vec::with_capacity(capacity);
    if bytes <= MAX_TEXT {
        reader.take(MAX_TEXT + 1).read_to_end(&mut read)?;
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
    if let Some((text, name)) = decode_other(&read) {
        let is_read = true;
        let kind = FaultKind::OtherEncoding { name, is_read };
        return Ok(Text::Recoded(source(&text), fault(Span::default(), kind)));
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
