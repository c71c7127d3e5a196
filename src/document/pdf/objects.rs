//! Objects besides the pages: annotations, actions, forms, layers, and what nothing uses.

use std::collections::BTreeSet;

use super::library::{Dictionary, Document, Object, ObjectId, Stream, decode_text_string, name_of};
use super::stream::MOST_UNPACKED;
use crate::document::carried::{ContentKind, Contents, Part};
use crate::document::refusal::Refusal;

/// The text of a string; empty for other objects.
pub(super) fn text_of(value: &Object, document: &Document) -> String {
    let value = document
        .dereference(value)
        .map_or(value, |(_, value)| value);
    decode_text_string(value).unwrap_or_default()
}

/// The deepest nesting of objects, as in the library.
const DEEPEST: usize = 128;

/// Records the contents of an object and of all objects inside it.
pub(super) fn read(
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
            .try_for_each(|item| read(item, document, depth + 1, carried)),
        Object::Dictionary(dictionary) => {
            read_dictionary(dictionary, document, carried);
            dictionary
                .iter()
                .try_for_each(|(_, value)| read(value, document, depth + 1, carried))
        }
        Object::Stream(stream) => {
            read_dictionary(&stream.dict, document, carried);
            let mut values = stream.dict.iter();
            values.try_for_each(|(_, value)| read(value, document, depth + 1, carried))
        }
        Object::String(..) => {
            carried.note_path(&text_of(object, document));
            Ok(())
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
    // Bit 2: hidden; bit 6: not shown on a screen.
    let flags = dictionary.get(b"F").and_then(Object::as_i64);
    let says_something =
        || dictionary.has(b"Contents") || dictionary.has(b"V") || dictionary.has(b"AP");
    if dictionary.has(b"Rect")
        && flags.is_ok_and(|flags| flags & 0b10_0010 != 0)
        && says_something()
    {
        carried.note(ContentKind::HiddenText);
    }
}

/// Records objects that nothing refers to and that may show something: pages, pictures, text.
pub(super) fn note_unused(document: &mut Document, carried: &mut Contents) {
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

pub(super) fn has_hidden_layers(document: &Document) -> bool {
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
