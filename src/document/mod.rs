//! Inspection of documents and pictures: what they contain besides what they show. Nothing is written.
//!
//! These files come from anywhere. Every reader has limits on bytes, parts, depth and time; a file that
//! cannot be read to its end is refused. A part of a document is read by its contents and not by its
//! name, so that nothing is skipped because of an unusual name.
//!
//! An inspection returns counts by kind, and texts that are searched and dropped. Documents are
//! published unchanged, or held back; pictures are re-encoded.

#![cfg_attr(
    not(feature = "documents"),
    expect(dead_code, reason = "pictures use a part of what documents use")
)]

mod camera;
mod carried;
mod document_type;
mod local_path;
#[cfg(feature = "documents")]
mod odf;
mod odf_look;
#[cfg(feature = "documents")]
mod office;
mod package;
#[cfg(feature = "documents")]
mod part;
#[cfg(feature = "documents")]
mod pdf;
mod picture;
mod refusal;
#[cfg(feature = "documents")]
mod table;
mod written;
mod xml;
mod xmp;

use std::sync::mpsc;
use std::time::Duration;

pub use carried::{ContentClass, ContentKind, Contents, Part};
pub use document_type::DocumentType;
pub use package::{archive, archive_as_one, each_part, zip_names};
pub use picture::MAX_PIXELS;
pub use refusal::Refusal;
pub use written::{
    LeftBehind, Manuscript, TextBlock, TextCell, TextLook, TextPicture, TextPiece, plain_words,
};

/// Documents and pictures with more bytes are refused.
pub const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// The time limit for one document.
const LONGEST: Duration = Duration::from_secs(30);

/// Stack size of the inspecting thread: PDF objects nest, and are read recursively.
const STACK: usize = 64 * 1024 * 1024;

/// Inspects a document.
///
/// # Errors
/// Returns why it could not be read to its end.
#[cfg(feature = "documents")]
pub fn read(kind: DocumentType, bytes: Vec<u8>) -> Result<Contents, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    run_in_time(LONGEST, move || match kind {
        DocumentType::Pdf => pdf::read(&bytes),
        DocumentType::Docx | DocumentType::Xlsx | DocumentType::Pptx => office::read(kind, &bytes),
        DocumentType::Odt | DocumentType::Ods | DocumentType::Odp => odf::read(kind, &bytes),
    })
}

/// Without the feature `documents` no document is read, so each is held back.
///
/// # Errors
/// Always [`Refusal::NoReader`].
#[cfg(not(feature = "documents"))]
pub fn read(_: DocumentType, _: Vec<u8>) -> Result<Contents, Refusal> {
    Err(Refusal::NoReader)
}

/// Reads a Word or OpenDocument text, by its contents and whatever its name.
///
/// # Errors
/// Returns why it could not be read to its end.
pub fn manuscript(bytes: Vec<u8>) -> Result<Manuscript, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    run_in_time(LONGEST, move || {
        let parts = package::unpack(&bytes)?;
        drop(bytes);
        written::read(parts)
    })
}

/// The files in a zip, with their paths.
///
/// # Errors
/// Returns why it could not be read to its end.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    package::unpack(bytes)
}

/// Inspects a picture.
///
/// # Errors
/// Returns why it was refused: it is neither PNG nor JPEG, is truncated, or has too many bytes or
/// pixels.
pub fn picture(bytes: &[u8]) -> Result<Contents, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    picture::inspect(bytes)
}

/// Runs `work` on a thread of its own, so that neither a panic nor an endless loop of a library stops
/// the program.
fn run_in_time<T: Send + 'static>(
    longest: Duration,
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    if cfg!(target_family = "wasm") {
        // There are no threads; the host bounds the time, and a panic ends the program.
        return work();
    }
    let (done, result) = mpsc::sync_channel(1);
    let worker = std::thread::Builder::new()
        .name("document".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // After the time limit there is no receiver.
            let _ = done.send(work());
        });
    if worker.is_err() {
        return Err(Refusal::TooSlow);
    }
    match result.recv_timeout(longest) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Refusal::TooSlow),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Refusal::Broken),
    }
}

#[cfg(all(test, feature = "documents"))]
mod tests {
    use super::*;

    #[test]
    fn endless_work_times_out_and_a_panic_is_a_refusal() {
        let (_held, never) = mpsc::channel::<()>();
        let endless = run_in_time(Duration::from_millis(20), move || {
            // The sender lives until the end of the test.
            let _ = never.recv();
            Ok(())
        });
        assert_eq!(endless, Err(Refusal::TooSlow));
        assert!(Refusal::TooSlow.words().contains("takes too long"));
        let panicked = run_in_time(LONGEST, || {
            if LONGEST.is_zero() {
                Ok(())
            } else {
                panic!("a library panics")
            }
        });
        assert_eq!(panicked, Err(Refusal::Broken));
        assert_eq!(run_in_time(LONGEST, || Ok(1)), Ok(1));
    }
}
