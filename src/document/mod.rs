//! Inspection of documents and pictures: what they carry beside what they show. Nothing here writes one.
//!
//! These files come from anywhere. Every reader here has a limit on bytes, parts, depth and time; what a reader cannot
//! read to its end is refused, and never half believed. A part of a document is judged by what it says and not by what
//! it is called, so that nothing is passed over because it stands where nobody looks.

#![cfg_attr(
    not(feature = "documents"),
    expect(dead_code, reason = "pictures use a part of what documents use")
)]

mod camera;
mod carried;
#[cfg(feature = "documents")]
mod odf;
#[cfg(feature = "documents")]
mod office;
mod package;
#[cfg(feature = "documents")]
mod part;
#[cfg(feature = "documents")]
mod pdf;
mod picture;
mod xml;
mod xmp;

#[cfg(feature = "documents")]
use std::sync::mpsc;
#[cfg(feature = "documents")]
use std::time::Duration;

use strum::{IntoStaticStr, VariantArray};

pub use carried::{Carried, Part, Sort, Trace};
pub use package::archive;

/// Types of documents that a portfolio may allow to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DocumentType {
    /// Portable Document Format.
    Pdf,
    /// A text of Word.
    Docx,
    /// A workbook of Excel.
    Xlsx,
    /// Slides of PowerPoint.
    Pptx,
    /// A text of LibreOffice.
    Odt,
    /// A workbook of LibreOffice.
    Ods,
    /// Slides of LibreOffice.
    Odp,
}

impl DocumentType {
    /// The type that a file's name ends with.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        Self::VARIANTS
            .iter()
            .copied()
            .find(|one| one.ending() == ending)
    }

    /// What names of such files end with.
    #[must_use]
    pub fn ending(self) -> &'static str {
        self.into()
    }

    /// What readers of a page call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word document",
            Self::Xlsx => "Excel workbook",
            Self::Pptx => "PowerPoint presentation",
            Self::Odt => "OpenDocument text",
            Self::Ods => "OpenDocument spreadsheet",
            Self::Odp => "OpenDocument presentation",
        }
    }
}

/// Why a document is not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has more bytes than are read.
    TooLarge,
    /// Unpacked it is far larger than any document is, or has too many parts, or lies too deep.
    Bomb,
    /// A password is asked for, or whoever made it has locked it.
    Locked,
    /// It is not what its name says.
    AnotherType,
    /// It breaks the rules of its format, or ends too soon.
    Broken,
    /// Reading takes too long.
    TooSlow,
    /// This build of the program has no reader for it.
    NoReader,
}

impl Refusal {
    /// The reason in words that follow "this document".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::TooLarge => "is larger than 32 MB, and is not read",
            Self::Bomb => {
                "is packed so that it unpacks to far more than a document holds, and is not read"
            }
            Self::Locked => "is locked with a password, so nobody can see what it carries",
            Self::AnotherType => "is not of the type that its name says",
            Self::Broken => "is broken, or breaks off, and cannot be read to its end",
            Self::TooSlow => "takes too long to read, and was given up",
            Self::NoReader => "cannot be read by this build of ksbfolio",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::TooLarge => "make it smaller, or attach the pages that matter as pictures",
            Self::Locked => "save it without a password",
            Self::AnotherType => {
                "open it in the program that made it, and save it under the type that you mean"
            }
            Self::NoReader => "use a program that is built with the feature `documents`",
            Self::Bomb | Self::Broken | Self::TooSlow => {
                "open it in the program that made it, and save it anew under another name"
            }
        }
    }
}

/// Documents and pictures with more bytes are not read.
pub const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// Reading one document never takes longer.
#[cfg(feature = "documents")]
const LONGEST: Duration = Duration::from_secs(30);

/// Formats nest, and a reader of PDF goes down with them.
#[cfg(feature = "documents")]
const STACK: usize = 64 * 1024 * 1024;

/// What a document carries.
///
/// # Errors
/// Why it is not read to its end.
#[cfg(feature = "documents")]
pub fn read(kind: DocumentType, bytes: Vec<u8>) -> Result<Carried, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    in_time(LONGEST, move || match kind {
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
pub fn read(_: DocumentType, _: Vec<u8>) -> Result<Carried, Refusal> {
    Err(Refusal::NoReader)
}

/// A picture of more dots than this is not decoded: no camera of a telephone makes them, and a page cannot show them.
pub const MOST_DOTS: u64 = 120_000_000;

/// What a picture carries beside its dots.
///
/// # Errors
/// That it is neither a PNG nor a JPEG, breaks off, or has too many bytes or dots to be shown.
pub fn picture(bytes: &[u8]) -> Result<Carried, Refusal> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    picture::whole(bytes)
}

/// Does work on a thread of its own, so that neither a library that gives up nor one that never ends takes the program
/// with it.
#[cfg(feature = "documents")]
fn in_time<T: Send + 'static>(
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
            // Where nobody waits any longer, nobody is told.
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
    fn work_that_never_ends_is_given_up_and_work_that_falls_is_no_more_than_broken() {
        let (_held, never) = mpsc::channel::<()>();
        let endless = in_time(Duration::from_millis(20), move || {
            // Its other end is held until the test is over.
            let _ = never.recv();
            Ok(())
        });
        assert_eq!(endless, Err(Refusal::TooSlow));
        assert!(Refusal::TooSlow.words().contains("takes too long"));
        let fallen = in_time(LONGEST, || {
            if LONGEST.is_zero() {
                Ok(())
            } else {
                panic!("a library gives up")
            }
        });
        assert_eq!(fallen, Err(Refusal::Broken));
        assert_eq!(in_time(LONGEST, || Ok(1)), Ok(1));
    }
}
