//! Hand-made documents and pictures, with exactly the content a test needs.

use std::fmt::Write as _;
use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::{DynamicImage, ImageFormat};

pub use super::zipped::zipped;

const CORE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Plan</dc:title><dc:creator>Zebedee Quillfeather</dc:creator><cp:lastModifiedBy>Amaryllis Thornwhistle</cp:lastModifiedBy><dcterms:created>2026-03-12T10:00:00Z</dcterms:created></cp:coreProperties>"#;
const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>Puddlewick Clinic</Company><Application>Writer</Application></Properties>"#;

/// An Office document with its main part, properties, and further parts (name, content type or
/// empty, bytes).
pub fn office(main: (&str, &str, &str), more: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let (name, kind, text) = main;
    let mut types = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
    );
    let _ = write!(
        types,
        r#"<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>"#
    );
    for (name, kind, _) in more.iter().filter(|(_, kind, _)| !kind.is_empty()) {
        let _ = write!(
            types,
            r#"<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>"#
        );
    }
    types.push_str("</Types>");
    let relations = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{name}"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="/docProps/app.xml"/></Relationships>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("docProps/core.xml", CORE.as_bytes()),
        ("docProps/app.xml", APP.as_bytes()),
        (name, text.as_bytes()),
    ];
    parts.extend(more.iter().map(|(name, _, bytes)| (*name, *bytes)));
    zipped(&parts)
}

/// A Word document with this body, and further parts.
pub fn docx(body: &str, more: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    office(
        ("word/document.xml", "wordprocessingml.document", &text),
        more,
    )
}

/// A Word paragraph.
pub fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

/// A LibreOffice text document with this body.
pub fn odt(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    open_document("text", "", body, more)
}

/// A LibreOffice document of `kind` (`text`, `spreadsheet`, `presentation`) with these styles and
/// this body.
pub fn open_document(kind: &str, styles: &str, body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let spaces = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink""#;
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    );
    let mime = format!("application/vnd.oasis.opendocument.{kind}");
    let meta = format!(
        "<?xml version=\"1.0\"?><office:document-meta {spaces}><office:meta><meta:initial-creator>Zebedee Quillfeather</meta:initial-creator><dc:title>Plan</dc:title><meta:generator>Writer</meta:generator></office:meta></office:document-meta>"
    );
    let manifest = format!(
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", mime.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ];
    parts.extend(more.iter().copied());
    zipped(&parts)
}

/// A PDF of these objects, numbered from 1; the first is the catalogue. `trailer` is added to the
/// trailer dictionary.
pub fn pdf_of(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let table = bytes.len();
    let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(tail, "{place:010} 00000 n ");
    }
    let _ = write!(
        tail,
        "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend(tail.into_bytes());
    bytes
}

/// A one-page PDF that shows `words`. Objects 1 to 5 are catalogue, page tree, page, font and
/// content; `catalog` and `page` are added to their dictionaries, and `more` objects follow from
/// number 6.
pub fn pdf(words: &str, catalog: &str, page: &str, more: &[&str], trailer: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 20 100 Td ({words}) Tj ET");
    let root = format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>");
    let leaf = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R {page} >>"
    );
    let content = format!(
        "<< /Length {} >>\nstream\n{stream}\nendstream",
        stream.len()
    );
    let mut objects = vec![
        root.as_str(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        &leaf,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        &content,
    ];
    objects.extend(more);
    pdf_of(&objects, trailer)
}

/// A picture of 24 × 16 pixels.
pub fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::new_rgb8(24, 16)
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

/// A JPEG with these segments (marker, body) after the start-of-image marker.
pub fn jpeg_with(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg);
    let mut bytes = plain[..2].to_vec();
    for (marker, body) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        bytes.extend(*body);
    }
    bytes.extend(&plain[2..]);
    bytes
}

/// An Exif block as written by a phone: location, time and owner.
pub fn exif_block() -> Vec<u8> {
    let text = |tag, words: &str| Field {
        tag,
        ifd_num: In::PRIMARY,
        value: Value::Ascii(vec![words.as_bytes().to_vec()]),
    };
    let degrees = |tag, all: [u32; 3]| Field {
        tag,
        ifd_num: In::PRIMARY,
        value: Value::Rational(all.map(|num| Rational { num, denom: 1 }).to_vec()),
    };
    let fields = [
        text(Tag::Artist, "Zebedee Quillfeather"),
        text(Tag::ImageDescription, "Wound of Mrs Oakapple"),
        text(Tag::DateTimeOriginal, "2026:03:12 10:00:00"),
        text(Tag::BodySerialNumber, "QX-7741"),
        text(Tag::GPSLatitudeRef, "N"),
        degrees(Tag::GPSLatitude, [52, 12, 30]),
        text(Tag::GPSLongitudeRef, "W"),
        degrees(Tag::GPSLongitude, [1, 2, 3]),
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut block = Cursor::new(b"Exif\0\0".to_vec());
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    block.get_mut().extend(tiff.into_inner());
    block.into_inner()
}

/// An XMP packet that names the person in the picture.
pub const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' i:CountryName='Wales'><i:PersonInImage><rdf:Bag><rdf:li>Mrs Philippa Oakapple</rdf:li></rdf:Bag></i:PersonInImage></rdf:Description></rdf:RDF></x:xmpmeta>";
