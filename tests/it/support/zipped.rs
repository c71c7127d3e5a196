//! Zip archives.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// A zip of these parts; `mimetype` is stored uncompressed, as OpenDocument requires.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        let stored = options.compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, if *name == "mimetype" { stored } else { options })
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
