//! Exif metadata of pictures. The only file that names the library for it.

use exif::{In, Reader, Tag, Value};

use super::carried::{ContentKind, Contents};

/// Records the properties of a block of Exif. A truncated block is read as far as possible; an
/// unreadable one is recorded as an unknown property.
pub(super) fn read(block: &[u8], carried: &mut Contents) {
    let read = Reader::new()
        .continue_on_error(true)
        .read_raw(block.to_vec());
    let Ok(found) = read.or_else(|error| error.distill_partial_result(|_| ())) else {
        carried.note_once(ContentKind::OtherProperty);
        return;
    };
    for field in found.fields() {
        if field.ifd_num == In::THUMBNAIL {
            carried.note_once(ContentKind::Thumbnail);
            continue;
        }
        let trace = match field.tag {
            Tag::GPSLatitude | Tag::GPSLongitude | Tag::GPSAreaInformation => ContentKind::Place,
            Tag::Artist => ContentKind::Author,
            Tag::CameraOwnerName => ContentKind::Owner,
            Tag::BodySerialNumber | Tag::LensSerialNumber | Tag::ImageUniqueID => {
                ContentKind::Serial
            }
            Tag::Copyright => ContentKind::Copyright,
            Tag::ImageDescription | Tag::UserComment => ContentKind::Subject,
            Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized | Tag::GPSDateStamp => {
                ContentKind::Date
            }
            // A proprietary format that may contain names, faces and serial numbers.
            Tag::MakerNote => ContentKind::OtherProperty,
            // Tags of Windows for the properties of a file.
            tag => match tag.number() {
                0x9c9b => ContentKind::Title,
                0x9c9c | 0x9c9f => ContentKind::Subject,
                0x9c9d => ContentKind::Author,
                0x9c9e => ContentKind::Keywords,
                _ => continue,
            },
        };
        match text_of(field.tag, &field.value) {
            Some(text) => carried.property(trace, &text),
            None => carried.note_once(trace),
        }
    }
}

/// The text of a value; `None` if it has none.
fn text_of(tag: Tag, value: &Value) -> Option<String> {
    match value {
        Value::Ascii(lines) => {
            let lines = lines
                .iter()
                .map(|line| String::from_utf8_lossy(line).into_owned());
            Some(lines.collect::<Vec<_>>().join("\n"))
        }
        // The first eight bytes name the encoding.
        Value::Undefined(bytes, _) if matches!(tag, Tag::UserComment | Tag::GPSAreaInformation) => {
            let (code, rest) = bytes.split_at_checked(8)?;
            Some(if code.starts_with(b"UNICODE") {
                decode_utf16(rest)
            } else {
                decode_utf8(rest)
            })
        }
        Value::Byte(bytes) if tag.number() >= 0x9c9b => Some(decode_utf16(bytes)),
        _ => None,
    }
}

fn decode_utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim_matches(['\0', ' '])
        .to_owned()
}

fn decode_utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
        .trim_matches(['\0', ' '])
        .to_owned()
}
