//! Zip files: reads the parts of documents, and writes reproducible archives. The only file that names
//! the zip library.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::read::ZipFile;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::refusal::Refusal;

/// File extensions of compressed formats.
const PACKED: [&str; 9] = [
    ".png", ".jpg", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pdf",
];

/// The most parts of one document; large presentations have some hundreds.
const MOST_PARTS: usize = 5_000;

/// The most bytes of all parts of one document together.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;

/// The highest compression ratio of a part, beyond its first megabyte. Text has about 10, tables of
/// zeros about 100.
const MOST_SWOLLEN: u64 = 200;

/// The files of a document with their paths, in the order of the zip.
pub(super) type Parts = Vec<(String, Vec<u8>)>;

/// Unpacks a document.
pub(super) fn unpack(bytes: &[u8]) -> Result<Parts, Refusal> {
    // An OLE file: encrypted, or in the format before 2007.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refusal::Locked);
    }
    if !bytes.starts_with(b"PK") {
        return Err(Refusal::AnotherType);
    }
    let mut zip = open_zip(bytes, MOST_PARTS)?;
    let mut parts = Parts::with_capacity(zip.len());
    let mut names = BTreeSet::new();
    let mut left = MOST_UNPACKED;
    for at in 0..zip.len() {
        let Some((name, mut part)) = read_part(&mut zip, at)? else {
            continue;
        };
        // Office ignores case in names, so it is undefined which of two parts it reads.
        if !names.insert(name.to_lowercase()) {
            return Err(Refusal::Broken);
        }
        let most = left.min(
            part.compressed_size()
                .saturating_mul(MOST_SWOLLEN)
                .saturating_add(1024 * 1024),
        );
        let mut unpacked = Vec::new();
        part.by_ref()
            .take(most + 1)
            .read_to_end(&mut unpacked)
            .map_err(|_| Refusal::Broken)?;
        if unpacked.len() as u64 > most {
            return Err(Refusal::Bomb);
        }
        left -= unpacked.len() as u64;
        parts.push((name, unpacked));
    }
    Ok(parts)
}

/// The most files and bytes of an archive that is read part by part.
const MOST_FILES: usize = 100_000;
const MOST_BYTES_OF_ARCHIVE: u64 = 8 * 1024 * 1024 * 1024;

/// Calls `each` with the path and the content of every file of an archive, in its order.
///
/// # Errors
/// Returns why it could not be read to its end.
pub fn each_part(
    bytes: &[u8],
    mut each: impl FnMut(&str, &mut dyn Read) -> std::io::Result<()>,
) -> Result<(), Refusal> {
    if !bytes.starts_with(b"PK") {
        return Err(Refusal::AnotherType);
    }
    let mut zip = open_zip(bytes, MOST_FILES)?;
    let mut left = MOST_BYTES_OF_ARCHIVE;
    for at in 0..zip.len() {
        let Some((name, mut part)) = read_part(&mut zip, at)? else {
            continue;
        };
        left = left.checked_sub(part.size()).ok_or(Refusal::Bomb)?;
        let mut limited = part.by_ref().take(left.saturating_add(1));
        each(&name, &mut limited).map_err(|_| Refusal::Broken)?;
    }
    Ok(())
}

type Zip<'bytes> = ZipArchive<Cursor<&'bytes [u8]>>;

/// A file of a zip: its path and its content.
type ZipPart<'zip, 'bytes> = (String, ZipFile<'zip, Cursor<&'bytes [u8]>>);

/// Opens a zip of at most `most` files, each under a name of its own.
fn open_zip(bytes: &[u8], most: usize) -> Result<Zip<'_>, Refusal> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if zip.len() > most {
        return Err(Refusal::Bomb);
    }
    if zip.has_duplicate_names() {
        return Err(Refusal::Broken);
    }
    Ok(zip)
}

/// The file at a place of a zip; `None` for a folder.
fn read_part<'zip, 'bytes>(
    zip: &'zip mut Zip<'bytes>,
    at: usize,
) -> Result<Option<ZipPart<'zip, 'bytes>>, Refusal> {
    let part = zip.by_index(at).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Locked,
        _ => Refusal::Broken,
    })?;
    if part.is_dir() {
        return Ok(None);
    }
    let name = part.name().map_err(|_| Refusal::Broken)?.into_owned();
    if !is_plain(&name) {
        return Err(Refusal::Broken);
    }
    Ok(Some((name, part)))
}

/// The names in a zip; none if it cannot be read.
pub fn zip_names(bytes: &[u8]) -> Vec<String> {
    let zip = ZipArchive::new(Cursor::new(bytes));
    zip.map_or_else(
        |_| Vec::new(),
        |zip| {
            let names = zip.file_names().filter_map(Result::ok);
            names.map(std::borrow::Cow::into_owned).collect()
        },
    )
}

/// Whether a path stays within the document.
fn is_plain(name: &str) -> bool {
    let has_plain_characters =
        !name.contains(['\\', ':', '\0']) && !name.chars().any(char::is_control);
    has_plain_characters && name.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

/// Writes a zip of `files` in their order, in the folder `folder`. All files have the oldest date of the
/// format and the same permissions, so that the same files give the same bytes.
///
/// # Errors
/// Returns an error if a name or a file is too long for the format.
pub fn archive<'a>(
    folder: &str,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ZipError> {
    let is_packed = |path: &str| PACKED.iter().any(|ending| path.ends_with(ending));
    write_zip(folder, files, is_packed)
}

/// Writes an archive like [`archive`] whose files are compressed as one, for files that are much
/// alike: a zip with one file, which is a zip of all of them.
///
/// # Errors
/// Returns an error if a name or a file is too long for the format.
pub fn archive_as_one<'a>(
    folder: &str,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ZipError> {
    let inner = write_zip(folder, files, |_| true)?;
    write_zip(folder, [("parts.zip", inner.as_slice())], |_| false)
}

fn write_zip<'a>(
    folder: &str,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    is_stored: impl Fn(&str) -> bool,
) -> Result<Vec<u8>, ZipError> {
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let options = if is_stored(path) {
            plain.compression_method(CompressionMethod::Stored)
        } else {
            plain
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(6))
        };
        zip.start_file(format!("{folder}/{path}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
