//! Portable Document Format.

mod canvas;
mod font;
mod geometry;
mod library;
mod objects;
mod page;
mod resources;
mod shown;
mod stream;

use std::cell::Cell;
use std::collections::BTreeSet;

use super::carried::{ContentKind, Contents};
use super::refusal::Refusal;
use library::{Document, LoadOptions, Object, ObjectId, XrefEntry};
use objects::text_of;
use stream::MOST_UNPACKED;

/// The most objects of a document; a book of a thousand pages has some tens of thousands.
const MOST_OBJECTS: usize = 300_000;

/// The most pages of a document.
const MOST_PAGES: usize = 2_000;

/// The most bytes of all object streams together, unpacked. The library unpacks them while loading.
const MOST_OF_OBJECTS: usize = 96 * 1024 * 1024;

/// Inspects a document.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Refusal> {
    let mut document = open(bytes)?;
    let mut carried = Contents::default();
    for _ in 1..document.revision_count().max(count_versions(bytes)) {
        carried.note(ContentKind::EarlierVersion);
    }
    let end = bytes
        .windows(5)
        .rposition(|word| word == b"%%EOF")
        .map_or(bytes.len(), |at| at + 5);
    if bytes[end..]
        .iter()
        .any(|byte| !byte.is_ascii_whitespace() && *byte != 0)
    {
        carried.note(ContentKind::Trailing);
    }
    read_info(&document, &mut carried);
    let own = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Metadata"))
        .and_then(Object::as_reference);
    let own = own.ok();
    for (id, object) in &document.objects {
        if let Object::Stream(stream) = object {
            stream::read(stream, &document, Some(*id) == own, &mut carried)?;
        }
        objects::read(object, &document, 0, &mut carried)?;
    }
    if objects::has_hidden_layers(&document) {
        carried.note(ContentKind::HiddenLayer);
    }
    page::read_all(&document, &mut carried)?;
    objects::note_unused(&mut document, &mut carried);
    Ok(carried)
}

thread_local! {
    /// Bytes of object streams that may still be unpacked. A document is loaded on one thread.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|word| word == b"%PDF-") {
        return Err(Refusal::AnotherType);
    }
    if bytes
        .windows(5)
        .filter(|word| *word == b" obj\n" || *word == b" obj\r" || *word == b" obj<")
        .count()
        > MOST_OBJECTS
    {
        return Err(Refusal::Bomb);
    }
    LEFT.set(MOST_OF_OBJECTS);
    let options = LoadOptions {
        filter: Some(within_the_limit),
        max_decompressed_size: Some(MOST_UNPACKED),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options);
    if LEFT.get() == 0 {
        return Err(Refusal::Bomb);
    }
    let document = document.map_err(|error| match error {
        library::Error::Decompress(_) => Refusal::Bomb,
        library::Error::Decryption(_) | library::Error::InvalidPassword => Refusal::Locked,
        _ => Refusal::Broken,
    })?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Refusal::Locked);
    }
    if document.objects.len() > MOST_OBJECTS {
        return Err(Refusal::Bomb);
    }
    let pages = document.page_iter().take(MOST_PAGES + 1).count();
    match pages {
        0 => Err(Refusal::Broken),
        _ if pages > MOST_PAGES => Err(Refusal::TooLarge),
        _ if has_missing_objects(&document) => Err(Refusal::Broken),
        _ => Ok(document),
    }
}

/// Keeps every object while the object streams are within the limit.
fn within_the_limit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Ok(stream) = object.as_stream()
        && stream.dict.has_type(b"ObjStm")
    {
        let size = stream
            .get_plain_content_with_limit(LEFT.get())
            .map_or(usize::MAX, |plain| plain.len());
        LEFT.set(LEFT.get().saturating_sub(size.max(1)));
        if LEFT.get() == 0 {
            return None;
        }
    }
    Some((id, object.clone()))
}

/// Whether an object of the reference table could not be read.
fn has_missing_objects(document: &Document) -> bool {
    let used = document
        .reference_table
        .entries
        .iter()
        .filter(|(_, entry)| match entry {
            // The head of the file is at 0, so some programs write it for objects that are free.
            XrefEntry::Normal { offset, .. } => *offset != 0,
            XrefEntry::Compressed { .. } => true,
            _ => false,
        });
    let known: BTreeSet<u32> = document.objects.keys().map(|id| id.0).collect();
    used.into_iter().any(|(number, _)| !known.contains(number))
}

/// The number of ends of file: one for each version, and one more in a linearized file.
fn count_versions(bytes: &[u8]) -> usize {
    let ends = bytes.windows(5).filter(|word| *word == b"%%EOF").count();
    let is_linearized = bytes[..bytes.len().min(2048)]
        .windows(11)
        .any(|word| word == b"/Linearized");
    ends.saturating_sub(usize::from(is_linearized))
}

fn read_info(document: &Document, carried: &mut Contents) {
    let Ok(info) = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict)
    else {
        return;
    };
    for (key, value) in info {
        let trace = match key.as_slice() {
            b"Author" => ContentKind::Author,
            b"Title" => ContentKind::Title,
            b"Subject" => ContentKind::Subject,
            b"Keywords" => ContentKind::Keywords,
            b"CreationDate" | b"ModDate" => ContentKind::Date,
            b"Company" | b"Manager" => ContentKind::Company,
            // The programs that made it, and a setting for printing.
            b"Creator" | b"Producer" | b"Trapped" => continue,
            _ => ContentKind::OtherProperty,
        };
        carried.property(trace, &text_of(value, document));
    }
}
