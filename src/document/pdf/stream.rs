//! Streams: metadata, embedded files, and pictures behind any chain of filters.

use super::library::{Dictionary, Document, Object, Stream, name_of};
use crate::document::carried::{ContentKind, Contents};
use crate::document::part::read_other;
use crate::document::refusal::Refusal;
use crate::document::{picture, xmp};

/// The most bytes of one stream, unpacked.
pub(super) const MOST_UNPACKED: usize = 16 * 1024 * 1024;

/// Records the contents of a stream. `is_own`: it is the metadata of the whole document.
pub(super) fn read(
    stream: &Stream,
    document: &Document,
    is_own: bool,
    carried: &mut Contents,
) -> Result<(), Refusal> {
    let (own_type, subtype) = (
        name_of(&stream.dict, b"Type"),
        name_of(&stream.dict, b"Subtype"),
    );
    if own_type == b"Metadata" || subtype == b"XML" {
        let packet = unpack(stream, document)?;
        let mut metadata = Contents::default();
        let into = if is_own { &mut *carried } else { &mut metadata };
        into.note_once(ContentKind::OtherProperty);
        xmp::read(&packet, into);
        if !is_own {
            carried.add_part(&metadata);
        }
    }
    if own_type == b"EmbeddedFile" {
        read_other(ContentKind::Embedded, &unpack(stream, document)?, carried);
    }
    read_picture(stream, document, carried);
    Ok(())
}

/// Records the metadata of a stream that is the file of a picture.
pub(super) fn read_picture(stream: &Stream, document: &Document, carried: &mut Contents) {
    let filters = filters_of(stream, document);
    let encoder = filters
        .iter()
        .position(|filter| matches!(filter.as_slice(), b"DCTDecode" | b"JPXDecode"));
    let Some(at) = encoder else { return };
    let Ok(file) = unpack_through(stream, document, &filters[..at]) else {
        carried.note(ContentKind::OtherPicture);
        return;
    };
    if filters[at] == b"JPXDecode" {
        if has_metadata_boxes(&file) {
            carried.note(ContentKind::PictureProperties);
        }
        return;
    }
    // Some programs write a line end before the file.
    let start = file.windows(2).take(16).position(|two| two == [0xff, 0xd8]);
    let whole = file[start.unwrap_or(0)..].trim_ascii_end();
    match picture::read(whole).or_else(|| picture::read_head(whole)) {
        Some(found) => carried.add_part(&found),
        None => carried.note(ContentKind::OtherPicture),
    }
}

/// Whether a JPEG 2000 file has boxes for metadata beside those for the picture.
fn has_metadata_boxes(file: &[u8]) -> bool {
    let mut rest = file;
    while let Some((head, _)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        if matches!(&kind, b"uuid" | b"xml " | b"asoc") {
            return true;
        }
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(0);
        match rest.get(length..).filter(|_| length >= 8) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

/// The names of the filters in the order of decoding, also behind references and abbreviated.
fn filters_of(stream: &Stream, document: &Document) -> Vec<Vec<u8>> {
    let key = if stream.dict.has(b"Filter") {
        b"Filter".as_slice()
    } else {
        b"F"
    };
    let name = |object: &Object| {
        let name = resolve(object, document).as_name().unwrap_or_default();
        let long: &[u8] = match name {
            b"AHx" => b"ASCIIHexDecode",
            b"A85" => b"ASCII85Decode",
            b"LZW" => b"LZWDecode",
            b"Fl" => b"FlateDecode",
            b"RL" => b"RunLengthDecode",
            b"CCF" => b"CCITTFaxDecode",
            b"DCT" => b"DCTDecode",
            _ => name,
        };
        long.to_vec()
    };
    match stream.dict.get(key).map(|filter| resolve(filter, document)) {
        Ok(Object::Array(filters)) => filters.iter().map(name).collect(),
        Ok(one @ Object::Name(_)) => vec![name(one)],
        _ => Vec::new(),
    }
}

/// The object that a reference means; itself if it is none.
pub(super) fn resolve<'a>(object: &'a Object, document: &'a Document) -> &'a Object {
    document
        .dereference(object)
        .map_or(object, |(_, object)| object)
}

/// The bytes of a stream after all its filters.
pub(super) fn unpack(stream: &Stream, document: &Document) -> Result<Vec<u8>, Refusal> {
    let filters = filters_of(stream, document);
    unpack_through(stream, document, &filters)
}

/// The bytes of a stream after these filters.
fn unpack_through(
    stream: &Stream,
    document: &Document,
    filters: &[Vec<u8>],
) -> Result<Vec<u8>, Refusal> {
    if filters.is_empty() {
        return Ok(stream.content.clone());
    }
    let mut dict = Dictionary::new();
    let names = filters.iter().map(|name| Object::Name(name.clone()));
    dict.set("Filter", Object::Array(names.collect()));
    let key = if stream.dict.has(b"DecodeParms") {
        b"DecodeParms".as_slice()
    } else {
        b"DP"
    };
    if let Ok(parameters) = stream.dict.get(key) {
        dict.set("DecodeParms", resolve_deep(parameters, document, 0));
    }
    let plain = Stream::new(dict, stream.content.clone());
    plain
        .get_plain_content_with_limit(MOST_UNPACKED)
        .map_err(|_| Refusal::Bomb)
}

/// Parameters without references. They are two levels deep.
fn resolve_deep(object: &Object, document: &Document, depth: usize) -> Object {
    match resolve(object, document) {
        Object::Array(items) if depth < 3 => Object::Array(
            items
                .iter()
                .map(|item| resolve_deep(item, document, depth + 1))
                .collect(),
        ),
        Object::Dictionary(dictionary) if depth < 3 => {
            let mut plain = Dictionary::new();
            for (key, value) in dictionary {
                plain.set(key.clone(), resolve_deep(value, document, depth + 1));
            }
            Object::Dictionary(plain)
        }
        other => other.clone(),
    }
}
