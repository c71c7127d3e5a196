//! XMP metadata of pictures and PDFs.

use super::carried::{Carried, Part, Trace};
use super::xml::{self, Element, Step};

/// Records the properties of a packet. An unreadable one is recorded as an unknown property.
pub(super) fn read(packet: &[u8], carried: &mut Carried) {
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
        carried.note_once(Trace::OtherProperty);
        carried.line(Part::Property, &String::from_utf8_lossy(packet));
    }
}

fn is_list(name: &str) -> bool {
    matches!(name, "li" | "Alt" | "Seq" | "Bag")
}

fn record(name: &str, value: &str, carried: &mut Carried) {
    let trace = match name {
        "creator" | "Artist" | "Author" | "Byline" => Trace::Author,
        "OwnerName" | "CameraOwnerName" => Trace::Owner,
        "SerialNumber" | "BodySerialNumber" | "LensSerialNumber" => Trace::Serial,
        "rights" | "Copyright" | "Owner" => Trace::Copyright,
        "PersonInImage" | "PersonDisplayName" | "Name" => Trace::PersonShown,
        "title" | "Headline" => Trace::Title,
        "description" | "Description" | "Instructions" | "UserComment" => Trace::Subject,
        "subject" | "Keywords" | "hierarchicalSubject" => Trace::Keywords,
        "GPSLatitude" | "GPSLongitude" | "City" | "Location" | "State" | "Country"
        | "Sublocation" | "CountryName" | "ProvinceState" => Trace::Place,
        "CreateDate" | "ModifyDate" | "MetadataDate" | "DateCreated" | "DateTimeOriginal" => {
            Trace::Date
        }
        "History" | "when" | "DocumentID" | "InstanceID" | "OriginalDocumentID" => {
            Trace::OtherProperty
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
