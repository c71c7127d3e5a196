//! XMP metadata of pictures and PDFs.

use super::carried::{ContentKind, Contents, Part};
use super::xml::{self, Element, Step};

/// Records the properties of a packet. An unreadable one is recorded as an unknown property.
pub(super) fn read(packet: &[u8], carried: &mut Contents) {
    let end = packet
        .iter()
        .rposition(|byte| *byte == b'>')
        .map_or(0, |last| last + 1);
    let mut visit = |step: Step<'_>, round: &[Element]| match step {
        Step::Open(element) => {
            for (name, value) in &element.attributes {
                record(name, value, carried);
            }
        }
        Step::Text(text) if !text.trim().is_empty() => {
            // A value is in its property, or in a list inside it.
            let property = round.iter().rev().find(|element| !is_list(&element.name));
            match property {
                Some(element) => record(&element.name, text, carried),
                None => carried.line(Part::Property, text),
            }
        }
        _ => {}
    };
    if xml::walk(&packet[..end], &mut visit).is_err() {
        carried.note_once(ContentKind::OtherProperty);
        carried.line(Part::Property, &String::from_utf8_lossy(packet));
    }
}

fn is_list(name: &str) -> bool {
    matches!(name, "li" | "Alt" | "Seq" | "Bag")
}

fn record(name: &str, value: &str, carried: &mut Contents) {
    let trace = match name {
        "creator" | "Artist" | "Author" | "Byline" => ContentKind::Author,
        "OwnerName" | "CameraOwnerName" => ContentKind::Owner,
        "SerialNumber" | "BodySerialNumber" | "LensSerialNumber" => ContentKind::Serial,
        "rights" | "Copyright" | "Owner" => ContentKind::Copyright,
        "PersonInImage" | "PersonDisplayName" | "Name" => ContentKind::PersonShown,
        "title" | "Headline" => ContentKind::Title,
        "description" | "Description" | "Instructions" | "UserComment" => ContentKind::Subject,
        "subject" | "Keywords" | "hierarchicalSubject" => ContentKind::Keywords,
        "GPSLatitude" | "GPSLongitude" | "City" | "Location" | "State" | "Country"
        | "Sublocation" | "CountryName" | "ProvinceState" => ContentKind::Place,
        "CreateDate" | "ModifyDate" | "MetadataDate" | "DateCreated" | "DateTimeOriginal" => {
            ContentKind::Date
        }
        "History" | "when" | "DocumentID" | "InstanceID" | "OriginalDocumentID" => {
            ContentKind::OtherProperty
        }
        // Sizes, colours and programs identify no person. All else is searched as text.
        _ => {
            if value.chars().any(char::is_alphabetic) && !value.starts_with("http://") {
                carried.line(Part::Property, value);
            }
            return;
        }
    };
    carried.property(trace, value);
}
