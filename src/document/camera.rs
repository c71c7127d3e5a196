//! What a camera writes into a picture. The only file that names the library for Exif.

use exif::{In, Reader, Tag, Value};

use super::carried::{Carried, Trace};

/// Notes what a block of Exif says. A block that breaks off is read as far as it goes; one that cannot be read at all is
/// told as something of which nobody knows what it says.
pub(super) fn read(block: &[u8], carried: &mut Carried) {
    let read = Reader::new()
        .continue_on_error(true)
        .read_raw(block.to_vec());
    let Ok(found) = read.or_else(|error| error.distill_partial_result(|_| ())) else {
        carried.note_once(Trace::OtherProperty);
        return;
    };
    for field in found.fields() {
        if field.ifd_num == In::THUMBNAIL {
            carried.note_once(Trace::Thumbnail);
            continue;
        }
        let trace = match field.tag {
            Tag::GPSLatitude | Tag::GPSLongitude | Tag::GPSAreaInformation => Trace::Place,
            Tag::Artist => Trace::Author,
            Tag::CameraOwnerName => Trace::Owner,
            Tag::BodySerialNumber | Tag::LensSerialNumber | Tag::ImageUniqueID => Trace::Serial,
            Tag::Copyright => Trace::Copyright,
            Tag::ImageDescription | Tag::UserComment => Trace::Subject,
            Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized | Tag::GPSDateStamp => {
                Trace::Date
            }
            // Makers put names, faces and numbers into notes that nobody else can read.
            Tag::MakerNote => Trace::OtherProperty,
            // Windows writes what stands in the properties of a file under numbers of its own.
            tag => match tag.number() {
                0x9c9b => Trace::Title,
                0x9c9c | 0x9c9f => Trace::Subject,
                0x9c9d => Trace::Author,
                0x9c9e => Trace::Keywords,
                _ => continue,
            },
        };
        match words(field.tag, &field.value) {
            Some(words) => carried.property(trace, &words),
            None => carried.note_once(trace),
        }
    }
}

/// The words of a value; none where it holds no words.
fn words(tag: Tag, value: &Value) -> Option<String> {
    match value {
        Value::Ascii(lines) => {
            let lines = lines
                .iter()
                .map(|line| String::from_utf8_lossy(line).into_owned());
            Some(lines.collect::<Vec<_>>().join("\n"))
        }
        // Eight bytes say in which code the rest is written.
        Value::Undefined(bytes, _) if matches!(tag, Tag::UserComment | Tag::GPSAreaInformation) => {
            let (code, rest) = bytes.split_at_checked(8)?;
            Some(if code.starts_with(b"UNICODE") {
                wide(rest)
            } else {
                plain(rest)
            })
        }
        Value::Byte(bytes) if tag.number() >= 0x9c9b => Some(wide(bytes)),
        _ => None,
    }
}

fn plain(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim_matches(['\0', ' '])
        .to_owned()
}

fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
        .trim_matches(['\0', ' '])
        .to_owned()
}
