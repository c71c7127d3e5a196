//! Portable Document Format. The only file that names the library for it.

use std::cell::Cell;
use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, decode_text_string};

use super::carried::{ContentKind, Contents, Part};
use super::part::read_other;
use super::refusal::Refusal;
use super::{picture, xmp};

/// The most objects of a document; a book of a thousand pages has some tens of thousands.
const MOST_OBJECTS: usize = 300_000;

/// The most pages of a document.
const MOST_PAGES: usize = 2_000;

/// The most bytes of one stream, unpacked.
const MOST_UNPACKED: usize = 16 * 1024 * 1024;

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
            read_stream(stream, Some(*id) == own, &mut carried)?;
        }
        read_object(object, &document, 0, &mut carried)?;
    }
    if has_hidden_layers(&document) {
        carried.note(ContentKind::HiddenLayer);
    }
    read_text(&document, &mut carried)?;
    note_unused(&mut document, &mut carried);
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
        lopdf::Error::Decompress(_) => Refusal::Bomb,
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => Refusal::Locked,
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
        .filter(|(_, entry)| {
            matches!(
                entry,
                lopdf::xref::XrefEntry::Normal { .. } | lopdf::xref::XrefEntry::Compressed { .. }
            )
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

/// The text of a string; empty for other objects.
fn text_of(value: &Object, document: &Document) -> String {
    let value = document
        .dereference(value)
        .map_or(value, |(_, value)| value);
    decode_text_string(value).unwrap_or_default()
}

/// The deepest nesting of objects, as in the library.
const DEEPEST: usize = 128;

/// Records the contents of an object and of all objects inside it.
fn read_object(
    object: &Object,
    document: &Document,
    depth: usize,
    carried: &mut Contents,
) -> Result<(), Refusal> {
    if depth > DEEPEST {
        return Err(Refusal::Bomb);
    }
    match object {
        Object::Array(items) => items
            .iter()
            .try_for_each(|item| read_object(item, document, depth + 1, carried)),
        Object::Dictionary(dictionary) => {
            read_dictionary(dictionary, document, carried);
            dictionary
                .iter()
                .try_for_each(|(_, value)| read_object(value, document, depth + 1, carried))
        }
        Object::Stream(stream) => {
            read_dictionary(&stream.dict, document, carried);
            let mut values = stream.dict.iter();
            values.try_for_each(|(_, value)| read_object(value, document, depth + 1, carried))
        }
        _ => Ok(()),
    }
}

/// Records the contents of one dictionary.
fn read_dictionary(dictionary: &Dictionary, document: &Document, carried: &mut Contents) {
    let text = |key: &[u8]| {
        dictionary
            .get(key)
            .map(|value| text_of(value, document))
            .unwrap_or_default()
    };
    read_annotation(dictionary, &text, carried);
    let action = name_of(dictionary, b"S");
    match action {
        b"JavaScript" | b"Launch" | b"ImportData" | b"SubmitForm" | b"GoToE" | b"Rendition"
        | b"Movie" | b"Sound" => carried.note(ContentKind::Script),
        b"URI" => carried.line(Part::Text, &text(b"URI")),
        _ => {}
    }
    if dictionary.has(b"JS") && action != b"JavaScript" {
        carried.note(ContentKind::Script);
    }
    if dictionary.has(b"EF") {
        carried.note(ContentKind::Embedded);
    }
    if dictionary.has(b"XFA") {
        carried.note(ContentKind::Script);
    }
    match name_of(dictionary, b"FT") {
        b"" => {}
        b"Sig" if dictionary.has(b"V") => carried.note(ContentKind::Signature),
        _ => {
            carried.note(ContentKind::Field);
            for key in [b"V".as_slice(), b"TU"] {
                carried.line(Part::Text, &text(key));
            }
        }
    }
    if dictionary.has(b"PieceInfo") || dictionary.has(b"SpiderInfo") {
        carried.note(ContentKind::ProgramData);
    }
    if dictionary.has(b"Thumb") {
        carried.note(ContentKind::Thumbnail);
    }
    for key in [b"Alt".as_slice(), b"ActualText", b"E"] {
        if dictionary.has(key) {
            carried.line(Part::Text, &text(key));
        }
    }
    if dictionary.has(b"Dest") || dictionary.has(b"Parent") {
        carried.line(Part::Text, &text(b"Title"));
    }
}

/// Records a comment, a mark or an attachment on a page.
fn read_annotation(
    dictionary: &Dictionary,
    text: &dyn Fn(&[u8]) -> String,
    carried: &mut Contents,
) {
    match name_of(dictionary, b"Subtype") {
        b"Text" | b"FreeText" | b"Highlight" | b"Underline" | b"StrikeOut" | b"Squiggly"
        | b"Ink" | b"Stamp" | b"Caret" | b"Line" | b"Square" | b"Circle" | b"Polygon"
        | b"PolyLine" | b"Redact"
            if dictionary.has(b"Rect") =>
        {
            carried.note_by(ContentKind::Comment, Some(&text(b"T")));
            carried.line(Part::Comment, &text(b"Contents"));
            carried.line(Part::Comment, &text(b"Subj"));
        }
        b"FileAttachment" | b"Sound" | b"Movie" | b"Screen" | b"RichMedia" | b"3D" => {
            carried.note(ContentKind::Embedded);
        }
        _ => {}
    }
}

/// The name under a key; empty if there is none.
fn name_of<'a>(dictionary: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dictionary
        .get(key)
        .and_then(Object::as_name)
        .unwrap_or_default()
}

/// Records the contents of a stream. `is_own`: it is the metadata of the whole document.
fn read_stream(stream: &Stream, is_own: bool, carried: &mut Contents) -> Result<(), Refusal> {
    if name_of(&stream.dict, b"Type") == b"Metadata" || name_of(&stream.dict, b"Subtype") == b"XML"
    {
        let packet = stream
            .get_plain_content_with_limit(MOST_UNPACKED)
            .map_err(|_| Refusal::Bomb)?;
        let mut metadata = Contents::default();
        let into = if is_own { &mut *carried } else { &mut metadata };
        into.note_once(ContentKind::OtherProperty);
        xmp::read(&packet, into);
        if !is_own {
            carried.add_part(&metadata);
        }
    }
    if name_of(&stream.dict, b"Type") == b"EmbeddedFile" {
        let file = stream
            .get_plain_content_with_limit(MOST_UNPACKED)
            .map_err(|_| Refusal::Bomb)?;
        read_other(ContentKind::Embedded, &file, carried);
    }
    if let Some(picture) = jpeg(stream).and_then(picture::read) {
        carried.add_part(&picture);
    }
    Ok(())
}

/// The bytes of a stream that is a JPEG file.
fn jpeg(stream: &Stream) -> Option<&[u8]> {
    (stream.filters().ok()?.as_slice() == [b"DCTDecode".as_slice()])
        .then_some(stream.content.as_slice())
}

/// Records objects that nothing refers to and that may show something: pages, pictures, text.
fn note_unused(document: &mut Document, carried: &mut Contents) {
    let used: BTreeSet<ObjectId> = document.traverse_objects(|_| {}).into_iter().collect();
    for (_, object) in document.objects.iter().filter(|(id, _)| !used.contains(id)) {
        let shows = match object {
            Object::Dictionary(dictionary) => dictionary.has_type(b"Page"),
            Object::Stream(stream) => !is_structural(stream),
            Object::String(..) => true,
            _ => false,
        };
        if shows {
            carried.note(ContentKind::Unused);
        }
    }
}

/// Whether a stream needs no reference: object tables, hints of linearized files, and character maps,
/// which pdfTeX leaves behind.
fn is_structural(stream: &Stream) -> bool {
    let dict = &stream.dict;
    let is_table = || {
        let plain = stream
            .get_plain_content_with_limit(MOST_UNPACKED)
            .unwrap_or_default();
        plain.windows(9).any(|word| word == b"begincmap")
    };
    dict.has_type(b"XRef") || dict.has_type(b"ObjStm") || dict.has(b"S") || is_table()
}

fn has_hidden_layers(document: &Document) -> bool {
    let layers = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"OCProperties", document));
    let usual = layers
        .and_then(Object::as_dict)
        .and_then(|layers| layers.get_deref(b"D", document));
    let off = usual
        .and_then(Object::as_dict)
        .and_then(|usual| usual.get_deref(b"OFF", document));
    off.and_then(Object::as_array)
        .is_ok_and(|off| !off.is_empty())
}

/// Reads the text of the pages, and records if some of it cannot be read.
fn read_text(document: &Document, carried: &mut Contents) -> Result<(), Refusal> {
    let mut left = 4 * MOST_UNPACKED;
    for (number, id) in document.get_pages() {
        let size = document
            .get_page_content_with_limit(id, MOST_UNPACKED)
            .map_err(|_| Refusal::Bomb)?
            .len();
        left = left.checked_sub(size).ok_or(Refusal::Bomb)?;
        let mut text = String::new();
        for chunk in document.extract_text_chunks_with_limit(&[number], MOST_UNPACKED) {
            match chunk {
                Ok(chunk) => text.push_str(&chunk),
                Err(_) => carried
                    .leave_unread("the letters of some of its pages have no meaning on record"),
            }
        }
        if text.contains('\u{fffd}') {
            carried.leave_unread("the letters of some of its pages have no meaning on record");
        }
        if text.trim().is_empty() && size > 0 {
            carried.leave_unread("some of its pages are pictures, or drawings of letters");
        }
        carried.line(Part::Text, &text);
    }
    let shows_forms = |object: &Object| {
        let form = object.as_stream().ok();
        form.is_some_and(|form| {
            form.dict
                .get(b"Subtype")
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"Form")
        })
    };
    if document.objects.values().any(shows_forms) {
        carried.leave_unread("some of what its pages show stands in forms of their own");
    }
    Ok(())
}
