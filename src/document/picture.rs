//! Metadata of JPEG and PNG files.

use super::carried::{ContentKind, Contents, Part};
use super::refusal::Refusal;
use super::{camera, xmp};

/// Pictures of more pixels are refused: no phone makes them, and they take too long to decode.
pub const MAX_PIXELS: u64 = 120_000_000;

/// A segment of a JPEG, or a chunk of a PNG.
struct PictureSegment<'a> {
    /// The marker of a segment, or the four letters of a chunk.
    kind: PictureKind,
    /// Its contents, without length and checksum.
    body: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PictureKind {
    Segment(u8),
    Chunk([u8; 4]),
}

/// The pieces of a file, and the bytes after its end.
struct Pieces<'a> {
    pieces: Vec<PictureSegment<'a>>,
    trailing: &'a [u8],
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn split_pieces(bytes: &[u8]) -> Option<Pieces<'_>> {
    if bytes.starts_with(PNG) {
        split_chunks(bytes)
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        split_segments(bytes)
    } else {
        None
    }
}

/// Inspects a whole file that a page can show.
pub(super) fn inspect(bytes: &[u8]) -> Result<Contents, Refusal> {
    if !bytes.starts_with(PNG) && !bytes.starts_with(&[0xff, 0xd8]) {
        return Err(Refusal::AnotherType);
    }
    let file = split_pieces(bytes).ok_or(Refusal::Broken)?;
    let (width, height) = file.pieces.iter().find_map(size).ok_or(Refusal::Broken)?;
    match u64::from(width) * u64::from(height) {
        0 => Err(Refusal::Broken),
        dots if dots > MAX_PIXELS => Err(Refusal::Bomb),
        _ => read(bytes).ok_or(Refusal::Broken),
    }
}

/// Width and height, if the piece has them.
fn size(piece: &PictureSegment<'_>) -> Option<(u32, u32)> {
    match piece.kind {
        PictureKind::Chunk(name) if &name == b"IHDR" => {
            let (width, rest) = piece.body.split_first_chunk()?;
            Some((
                u32::from_be_bytes(*width),
                u32::from_be_bytes(*rest.first_chunk()?),
            ))
        }
        // A frame: precision, height, width. Three markers in this range are tables.
        PictureKind::Segment(marker @ 0xc0..=0xcf) if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
            let (height, rest) = piece.body.get(1..)?.split_first_chunk()?;
            Some((
                u16::from_be_bytes(*rest.first_chunk()?).into(),
                u16::from_be_bytes(*height).into(),
            ))
        }
        _ => None,
    }
}

/// Reads the metadata of a picture; `None` if it is not a PNG or JPEG.
pub(super) fn read(bytes: &[u8]) -> Option<Contents> {
    let file = split_pieces(bytes)?;
    let mut carried = Contents::default();
    for piece in &file.pieces {
        match piece.kind {
            PictureKind::Segment(marker) => read_segment(marker, piece.body, &mut carried),
            PictureKind::Chunk(name) => read_chunk(name, piece.body, &mut carried),
        }
    }
    // Some cameras pad the file with zeros.
    if file.trailing.iter().any(|byte| *byte != 0) {
        carried.note_once(ContentKind::Trailing);
    }
    Some(carried)
}

/// Reads the metadata of a JPEG that breaks off within its dots; `None` if it does so earlier.
#[cfg(feature = "documents")]
pub(super) fn read_head(bytes: &[u8]) -> Option<Contents> {
    let mut carried = Contents::default();
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else {
            return None;
        };
        let end = usize::from(u16::from_be_bytes([high, low])) + 2;
        read_segment(marker, rest.get(4..end)?, &mut carried);
        if marker == 0xda {
            return Some(carried);
        }
        rest = &rest[end..];
    }
}

fn split_segments(bytes: &[u8]) -> Option<Pieces<'_>> {
    let mut pieces = Vec::new();
    let mut at = 2;
    loop {
        // Any number of fill bytes may come before a marker.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if marker == 0xd9 {
            return Some(Pieces {
                pieces,
                trailing: &bytes[at + 2..],
            });
        }
        let length = usize::from(u16::from_be_bytes([
            *bytes.get(at + 2)?,
            *bytes.get(at + 3)?,
        ]));
        let end = at + 2 + length;
        let body = bytes.get(at + 4..end)?;
        pieces.push(PictureSegment {
            kind: PictureKind::Segment(marker),
            body,
        });
        at = end;
        if marker == 0xda {
            at += scan_length(&bytes[at..])?;
        }
    }
}

/// The length of compressed pixels: up to a marker that is neither a stuffed byte nor a restart.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff))
}

fn split_chunks(bytes: &[u8]) -> Option<Pieces<'_>> {
    let mut pieces = Vec::new();
    let mut at = PNG.len();
    loop {
        let head: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
        let [a, b, c, d, name @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let whole = bytes.get(at..end)?;
        pieces.push(PictureSegment {
            kind: PictureKind::Chunk(name),
            body: &whole[8..8 + length],
        });
        at = end;
        if &name == b"IEND" {
            return Some(Pieces {
                pieces,
                trailing: &bytes[at..],
            });
        }
    }
}

fn read_segment(marker: u8, body: &[u8], carried: &mut Contents) {
    const EXIF: &[u8] = b"Exif\0\0";
    const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
    const XMP_MORE: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
    match marker {
        0xe1 if body.starts_with(EXIF) => camera::read(&body[EXIF.len()..], carried),
        0xe1 if body.starts_with(XMP) => xmp::read(&body[XMP.len()..], carried),
        // A part of a packet, after a digest and two numbers: searched as text.
        0xe1 if body.starts_with(XMP_MORE) => {
            carried.note_once(ContentKind::OtherProperty);
            carried.line(Part::Property, &String::from_utf8_lossy(body));
        }
        0xed => read_iptc(body, carried),
        0xfe => carried.property(ContentKind::Subject, &String::from_utf8_lossy(body)),
        _ => {}
    }
}

fn read_chunk(name: [u8; 4], body: &[u8], carried: &mut Contents) {
    match &name {
        b"eXIf" => camera::read(body, carried),
        b"tIME" => carried.note_once(ContentKind::Date),
        // The number of pictures, and how often they are repeated.
        b"acTL" => {
            let pictures = body
                .first_chunk()
                .map_or(0, |count| u32::from_be_bytes(*count));
            for _ in 1..pictures.min(1000) {
                carried.note(ContentKind::Animation);
            }
        }
        b"tEXt" => {
            let mut halves = body.splitn(2, |byte| *byte == 0);
            let key = halves.next().unwrap_or_default();
            let value: String = halves
                .next()
                .unwrap_or_default()
                .iter()
                .map(|byte| char::from(*byte))
                .collect();
            carried.property(property_of(key), &value);
        }
        b"iTXt" => read_international(body, carried),
        b"zTXt" => carried.note_once(ContentKind::OtherProperty),
        _ => {}
    }
}

/// Reads a text chunk: key, two bytes about compression, language, translated key, text.
fn read_international(body: &[u8], carried: &mut Contents) {
    let Some(end) = body.iter().position(|byte| *byte == 0) else {
        return;
    };
    let (key, rest) = (&body[..end], body.get(end + 1..).unwrap_or_default());
    if rest.first() != Some(&0) {
        carried.note_once(ContentKind::OtherProperty);
        return;
    }
    let text = rest
        .get(2..)
        .unwrap_or_default()
        .splitn(3, |byte| *byte == 0)
        .nth(2)
        .unwrap_or_default();
    if key == b"XML:com.adobe.xmp" {
        xmp::read(text, carried);
    } else {
        carried.property(property_of(key), &String::from_utf8_lossy(text));
    }
}

/// The property that a keyword of a PNG means.
fn property_of(key: &[u8]) -> ContentKind {
    match key {
        b"Author" => ContentKind::Author,
        b"Title" => ContentKind::Title,
        b"Copyright" => ContentKind::Copyright,
        b"Creation Time" => ContentKind::Date,
        b"Description" | b"Comment" => ContentKind::Subject,
        _ => ContentKind::OtherProperty,
    }
}

/// Reads IPTC data sets inside a Photoshop segment: marker, record, number, length, value.
fn read_iptc(body: &[u8], carried: &mut Contents) {
    let mut rest = body;
    while let Some(start) = rest.windows(2).position(|pair| pair == [0x1c, 0x02]) {
        rest = &rest[start..];
        let [_, _, number, high, low, tail @ ..] = rest else {
            return;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(value) = tail.get(..length) else {
            return;
        };
        let value = String::from_utf8_lossy(value);
        match number {
            5 | 105 => carried.property(ContentKind::Title, &value),
            25 => carried.property(ContentKind::Keywords, &value),
            55 | 60 | 62 | 63 => carried.property(ContentKind::Date, &value),
            80 | 85 | 110 => carried.property(ContentKind::Author, &value),
            90 | 92 | 95 | 100 | 101 => carried.property(ContentKind::Place, &value),
            116 => carried.property(ContentKind::Copyright, &value),
            118 | 120 | 122 => carried.property(ContentKind::Subject, &value),
            _ => {}
        }
        rest = &tail[length..];
    }
}
