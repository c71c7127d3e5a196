//! Recognises files by their contents, and says what to do with those that are not read.

use crate::document::Refusal;

/// A file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// A zip: a Word or OpenDocument text, or files.
    Zip,
    /// Text in some encoding.
    Text,
}

/// Recognises a file.
///
/// # Errors
/// A sentence that says why it is not read, and what to do.
pub fn recognise(name: &str, bytes: &[u8]) -> Result<ImportFormat, String> {
    let lower = name.to_lowercase();
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let refused = |why: &str| Err(why.to_owned());
    if bytes.is_empty() {
        return refused("it is empty");
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(ImportFormat::Zip);
    }
    if starts(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(ole_sentence(&lower, bytes));
    }
    if starts(b"%PDF") {
        return refused(
            "it is a PDF, whose lines and columns are no text any more: open it in Word and save it as Word document (.docx), or attach it as evidence",
        );
    }
    if starts(b"{\\rtf") {
        return refused(
            "it is rich text: open it in Word or LibreOffice, and save it as Word document (.docx)",
        );
    }
    if let Some(why) = picture_sentence(bytes) {
        return refused(why);
    }
    if head.contains("<!doctype html") || head.contains("<html") {
        return refused("it is a web page: open it, and copy its text into a new entry");
    }
    let is_gdoc = |(_, ending): (&str, &str)| ending == "gdoc";
    if lower.rsplit_once('.').is_some_and(is_gdoc) {
        return refused(
            "it is only a link to Google Docs: there, choose File, Download, Microsoft Word",
        );
    }
    // A shortcut of Windows begins with the length of its head.
    let is_link = [".url", ".webloc", ".lnk"]
        .iter()
        .any(|ending| lower.ends_with(ending))
        || head.contains("[internetshortcut]")
        || starts(&[0x4c, 0, 0, 0, 1, 0x14, 2, 0]);
    if is_link {
        return refused("it is only a shortcut to a page or a file: import the file itself");
    }
    Ok(ImportFormat::Text)
}

/// The sentence for a picture, a recording or a film; `None` if it is something else.
fn picture_sentence(bytes: &[u8]) -> Option<&'static str> {
    const PHONE: [&[u8]; 6] = [b"heic", b"heix", b"heif", b"hevc", b"mif1", b"avif"];
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let brand = bytes.get(8..12);
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(if brand.is_some_and(|brand| PHONE.contains(&brand)) {
            "it is a HEIC picture: save it as JPEG in portfolio/evidence, and attach it to an entry"
        } else {
            "it is a film or a recording, which is not published: write into an entry what matters in it"
        });
    }
    let is_picture = starts(b"\x89PNG")
        || starts(&[0xff, 0xd8])
        || starts(b"GIF8")
        || (starts(b"RIFF") && brand == Some(b"WEBP"));
    is_picture
        .then_some("it is a picture: put it into portfolio/evidence, and attach it to an entry")
}

/// The sentence for a file in the format before 2007, which is that of locked files too.
fn ole_sentence(name: &str, bytes: &[u8]) -> String {
    let wide: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let is_locked = bytes.windows(wide.len()).any(|part| part == wide);
    if is_locked {
        "it is locked with a password: open it in Word, and save it without one".to_owned()
    } else if [".xls", ".ppt", ".msg"]
        .iter()
        .any(|ending| name.ends_with(ending))
    {
        "it is no text document: attach it as evidence, or copy its text into a new entry"
            .to_owned()
    } else {
        "it is in the format that Word had before 2007: open it in Word, and save it as Word document (.docx)".to_owned()
    }
}

/// The sentence for a zip that is another document, by the names in it; `None` if it holds files.
#[must_use]
pub fn zip_sentence<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    names.find_map(|name| match name {
        "Index/Document.iwa" | "Index.zip" | "index.xml" | "Index/Metadata.iwa" => Some(
            "it is a document of Pages, Numbers or Keynote: there, choose File, Export To, Word",
        ),
        "xl/workbook.xml" | "ppt/presentation.xml" => Some(
            "it is a workbook or a presentation: attach it as evidence, or copy its text into a new entry",
        ),
        "META-INF/container.xml" => Some("it is an e-book: copy its text into a new entry"),
        _ => None,
    })
}

/// The sentence for a document that cannot be read to its end.
#[must_use]
pub fn refusal_sentence(refusal: Refusal) -> String {
    format!("it {}: {}", refusal.words(), refusal.help())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_read_or_has_a_sentence() {
        for (name, bytes, part) in [
            ("a.pdf", &b"%PDF-1.7"[..], "PDF"),
            ("a.doc", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1], "before 2007"),
            ("a.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1], "no text document"),
            ("a.docx", b"{\\rtf1 a}", "rich text"),
            ("a.txt", b"\x89PNG\r\n", "picture"),
            ("a.gdoc", b"{\"url\": 1}", "Google"),
            ("a.html", b"<!DOCTYPE html>", "web page"),
            ("a.txt", b"", "empty"),
            ("a.jpg", b"\0\0\0\x18ftypheic\0", "HEIC"),
            ("a.mp4", b"\0\0\0\x18ftypisom\0", "film"),
            ("a.webp", b"RIFF\0\0\0\0WEBPVP8", "picture"),
            ("a.url", b"[InternetShortcut]\nURL=x", "shortcut"),
            ("a.docx.lnk", b"L\0\0\0", "shortcut"),
        ] {
            let sentence = recognise(name, bytes).err().unwrap_or_default();
            assert!(sentence.contains(part), "{name}: {sentence}");
        }
        assert_eq!(recognise("a", b"PK\x03\x04"), Ok(ImportFormat::Zip));
        assert_eq!(recognise("pain.md.txt", b"Hello"), Ok(ImportFormat::Text));
        assert!(zip_sentence(["a", "Index/Document.iwa"].into_iter()).is_some());
    }
}
