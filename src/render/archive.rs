//! Files as a zip that is the same wherever and whenever it is made. The only file that names the zip library.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Endings of files that are compressed already.
const PACKED: [&str; 4] = [".png", ".jpg", ".docx", ".pdf"];

/// A zip of `files` in their order, below `folder`. Every file has the same date, the oldest that a zip can tell, and the
/// same rights, so that the same files give the same bytes.
///
/// # Errors
/// What the library cannot write: a name or a file that is too long for the format.
pub fn archive<'a>(
    folder: &str,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ZipError> {
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let packed = PACKED.iter().any(|ending| path.ends_with(ending));
        let options = if packed {
            plain.compression_method(CompressionMethod::Stored)
        } else {
            plain.compression_method(CompressionMethod::Deflated).compression_level(Some(6))
        };
        zip.start_file(format!("{folder}/{path}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
