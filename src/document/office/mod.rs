//! Word, Excel and PowerPoint: a zip of parts. The outermost element of a part decides how it is read.

mod cells;
mod drawing;
mod facts;
mod names;
mod part;
mod sheet;
mod slide;
mod workbook;

use super::carried::{ContentKind, Contents};
use super::document_type::DocumentType;
use super::package::{self, Parts};
use super::part::{read_other, read_picture};
use super::refusal::Refusal;
use super::xml::{self, Element, Step};
use facts::OfficeFacts;
use part::OfficePart;
pub(super) use workbook::read_worksheets;

/// Inspects a document.
pub(super) fn read(kind: DocumentType, bytes: &[u8]) -> Result<Contents, Refusal> {
    let parts = open(kind, bytes)?;
    let mut carried = Contents::default();
    let mut facts = OfficeFacts::default();
    let markup = parts
        .iter()
        .filter(|(name, _)| matches!(part_role(name), OfficeRole::Markup));
    for (_, bytes) in markup {
        facts.read(&xml::root_name(bytes), bytes)?;
    }
    for (name, bytes) in &parts {
        match part_role(name) {
            OfficeRole::Markup => read_markup(name, bytes, &facts, &mut carried)?,
            // VML is often not well-formed XML.
            OfficeRole::Drawing => drawing::read(bytes, &mut carried),
            OfficeRole::Picture => read_picture(bytes, &mut carried),
            OfficeRole::Other(trace) => read_other(trace, bytes, &mut carried),
        }
    }
    Ok(carried)
}

fn read_markup(
    name: &str,
    bytes: &[u8],
    facts: &OfficeFacts,
    carried: &mut Contents,
) -> Result<(), Refusal> {
    let root = xml::root_name(bytes);
    let mut cells = sheet::Sheet::new(&root, facts);
    let mut shapes = slide::Slide::new(&root, facts);
    let mut reader = OfficePart::new(name, root, facts, carried);
    xml::walk(bytes, &mut |step, around| {
        reader.step(step, around);
        if let Some(cells) = &mut cells {
            cells.step(step, around);
        }
        if let Some(shapes) = &mut shapes {
            shapes.step(step, around);
        }
    })?;
    if reader.holds_program_data() {
        carried.note(ContentKind::ProgramData);
    }
    if let Some(cells) = cells {
        cells.finish(carried);
    }
    if let Some(shapes) = shapes {
        shapes.finish(carried);
    }
    Ok(())
}

/// Unpacks a document and checks that it is of this type.
fn open(kind: DocumentType, bytes: &[u8]) -> Result<Parts, Refusal> {
    let parts = package::unpack(bytes)?;
    // Office ignores case in names, and some programs write this one in small letters.
    let types = parts
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("[Content_Types].xml"))
        .ok_or(Refusal::AnotherType)?;
    let meant = match kind {
        DocumentType::Docx => "wordprocessingml.document.",
        DocumentType::Xlsx => "spreadsheetml.sheet.",
        _ => "presentationml.",
    };
    let mut is_one = false;
    let mut look = |step: Step<'_>, _: &[Element]| {
        if let Step::Open(element) = step {
            let declared = element.get("ContentType").unwrap_or_default();
            is_one |= declared.contains(meant)
                && (declared.ends_with("main+xml") || declared.contains("macroEnabled"));
        }
    };
    xml::walk(&types.1, &mut look)?;
    if is_one {
        Ok(parts)
    } else {
        Err(Refusal::AnotherType)
    }
}

/// How a part is read.
enum OfficeRole {
    Markup,
    Drawing,
    Picture,
    Other(ContentKind),
}

fn part_role(name: &str) -> OfficeRole {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        "xml" | "rels" => OfficeRole::Markup,
        "vml" => OfficeRole::Drawing,
        _ if lower.contains("thumbnail") => OfficeRole::Other(ContentKind::Thumbnail),
        "png" | "jpg" | "jpeg" => OfficeRole::Picture,
        "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "webp" | "wdp" => {
            OfficeRole::Other(ContentKind::OtherPicture)
        }
        _ if lower.contains("printersettings") => OfficeRole::Other(ContentKind::Printer),
        _ if lower.contains("vba") || lower.contains("activex") => {
            OfficeRole::Other(ContentKind::Macro)
        }
        _ => OfficeRole::Other(ContentKind::Embedded),
    }
}
