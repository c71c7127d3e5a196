//! Attached PDFs and picture files: what is reported, and what is published.

use super::attached::{attached, attached_with, document_findings};
use super::support::files::{XMP, exif_block, jpeg_with, pdf, pdf_of, picture};
use super::support::{Workspace, entry};

const INFO: &str = "<< /Author (Zebedee Quillfeather) /Title (Plan for Mrs Oakapple) /CreationDate (D:20260312100000) /Producer (Writer) >>";

fn message<'a>(reported: &'a [(String, String)], rule: &str) -> &'a str {
    let found = reported.iter().find(|(name, _)| name == rule);
    &found
        .unwrap_or_else(|| panic!("{rule} is not among {reported:?}"))
        .1
}

fn published(sandbox: &Workspace) -> Vec<Vec<u8>> {
    let site = sandbox.site("assessor").into_iter();
    site.filter(|(path, _)| path.starts_with("assets/documents"))
        .map(|(_, bytes)| bytes)
        .collect()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|window| window == words.as_bytes())
}

#[test]
fn a_pdf_is_inspected() {
    let file = pdf(
        "I scored the pain.",
        "/OpenAction 7 0 R /Names << /EmbeddedFiles << /Names [(a) 8 0 R] >> >> /AcroForm << /Fields [10 0 R] >> /OCProperties << /OCGs [11 0 R] /D << /OFF [11 0 R] >> >>",
        "/Annots [9 0 R 10 0 R]",
        &[
            INFO,
            "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
            "<< /Type /Filespec /F (a.txt) /EF << /F 12 0 R >> >>",
            "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Amaryllis Thornwhistle) /Contents (Ask Mrs Oakapple) >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /T (who) /V (NHS number 943 476 5919) >>",
            "<< /Type /OCG /Name (Hidden) >>",
            "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream",
        ],
        "/Info 6 0 R",
    );
    let found = document_findings(&attached("form.pdf", file));
    for part in ["author", "title", "date", "1 form field"] {
        let said = |(rule, message): &(String, String)| {
            rule == "document-properties" && message.contains(part)
        };
        assert!(found.iter().any(said), "{part}: {found:?}");
    }
    assert_eq!(
        message(&found, "document-comments"),
        "this PDF holds 1 comment or mark by one person who is named"
    );
    let embedded = found
        .iter()
        .filter(|(rule, _)| rule == "embedded-content")
        .map(|(_, message)| message);
    assert_eq!(
        embedded.collect::<Vec<_>>(),
        [
            "this PDF holds 1 script or action of its own",
            "this PDF holds 2 embedded files"
        ]
    );
    assert!(message(&found, "hidden-content").contains("1 hidden layer"));
    assert!(
        message(&found, "nhs-number").contains("in the text"),
        "what is typed into a form is published"
    );
    assert!(
        found
            .iter()
            .all(|(_, message)| !message.contains("Oakapple") && !message.contains("Thornwhistle"))
    );
}

#[test]
fn earlier_versions_and_objects_that_no_page_shows_hold_a_pdf_back_until_they_are_answered() {
    let xmp = &XMP[29..];
    let metadata = format!(
        "<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{}\nendstream",
        xmp.len(),
        String::from_utf8_lossy(xmp)
    );
    let mut file = pdf(
        "Earlier words of Mrs Oakapple.",
        "/Metadata 7 0 R",
        "",
        &[INFO, &metadata, "(an orphan of Puddlewick)"],
        "/Info 6 0 R",
    );
    // An incremental update: the new text is appended, the old one stays in the file.
    let words = "BT /F1 12 Tf 20 100 Td (I scored the pain.) Tj ET";
    let before = file.len();
    let last = file
        .windows(9)
        .rposition(|word| word == b"startxref")
        .unwrap();
    let previous: String = String::from_utf8_lossy(&file[last + 10..])
        .lines()
        .next()
        .unwrap()
        .to_owned();
    file.extend(
        format!(
            "5 0 obj\n<< /Length {} >>\nstream\n{words}\nendstream\nendobj\n",
            words.len()
        )
        .into_bytes(),
    );
    let table = file.len();
    file.extend(format!("xref\n5 1\n{before:010} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Info 6 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF\n").into_bytes());

    let sandbox = attached("plan.pdf", &file);
    let found = document_findings(&sandbox);
    assert_eq!(
        message(&found, "hidden-content"),
        "this PDF holds 1 earlier version and 1 object that no page shows"
    );
    assert!(
        found
            .iter()
            .all(|(rule, message)| rule != "personal-name" || message.contains("properties")),
        "{found:?}"
    );
    assert_eq!(published(&sandbox), [] as [Vec<u8>; 0]);
    let hidden = "check: [{ ignore: hidden-content, reason: The form is filled in twice }]\n";
    assert_eq!(
        published(&attached_with("plan.pdf", &file, hidden)),
        [] as [Vec<u8>; 0],
        "a name is left"
    );
    let both = hidden.replace(
        "}]",
        "}, { ignore: personal-name, words: [Mrs Oakapple, Mrs Philippa Oakapple], reason: Invented }]",
    );
    assert_eq!(published(&attached_with("plan.pdf", &file, &both)), [file]);
}

#[test]
fn metadata_of_pictures_in_a_pdf_holds_it_back_until_it_is_answered() {
    let photo = jpeg_with(&[(0xe1, &exif_block())]);
    let mut object = format!(
        "<< /Type /XObject /Subtype /Image /Width 24 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length {} >>\nstream\n",
        photo.len()
    )
    .into_bytes();
    object.extend(&photo);
    object.extend(b"\nendstream");
    let file = with_picture(&object);
    let sandbox = attached("chart.pdf", &file);
    let found = document_findings(&sandbox);
    assert_eq!(
        message(&found, "hidden-content"),
        "this PDF holds 1 picture or page with metadata"
    );
    assert!(
        message(&found, "personal-name").contains("in the hidden part"),
        "{found:?}"
    );
    assert!(published(&sandbox).is_empty());
    let answer = "check: [{ ignore: hidden-content, reason: Seen }, { ignore: personal-name, words: Mrs Oakapple, reason: Invented }]\n";
    assert_eq!(
        published(&attached_with("chart.pdf", &file, answer)),
        [file]
    );
}

/// A one-page PDF with text and this image object.
fn with_picture(object: &[u8]) -> Vec<u8> {
    let marker = "<< /Marker true >>";
    let file = pdf("A chart.", "", "", &[marker], "");
    let page = b"/Font << /F1 4 0 R >>";
    let at = file
        .windows(page.len())
        .position(|window| window == page)
        .unwrap();
    let mut file = file;
    file.splice(at..at, b"/XObject << /I 6 0 R >> ".iter().copied());
    let at = file
        .windows(marker.len())
        .position(|window| window == marker.as_bytes())
        .unwrap();
    file.splice(at..at + marker.len(), object.iter().copied());
    // The cross-reference table no longer matches, so readers scan for objects.
    let table = file
        .windows(5)
        .rposition(|window| window == b"xref\n")
        .unwrap();
    let table = file[..table]
        .windows(5)
        .rposition(|window| window == b"xref\n")
        .map_or(table, |first| first);
    let tail = b"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
    file.truncate(table);
    file.extend(tail);
    file
}

#[test]
fn trailing_data_and_private_application_data_hold_a_pdf_back() {
    let pieces = "/PieceInfo << /Writer << /Private (x) >> >> /Thumb 6 0 R";
    let mut file = pdf(
        "Words.",
        "",
        pieces,
        &["<< /Length 1 >>\nstream\nx\nendstream"],
        "",
    );
    file.extend(b"<html>left by a server</html>");
    let sandbox = attached("plan.pdf", &file);
    assert_eq!(
        message(&document_findings(&sandbox), "hidden-content"),
        "this PDF holds 1 thumbnail, 1 block of data after its end and 1 block of program data"
    );
    assert!(published(&sandbox).is_empty());
}

#[test]
fn an_unreadable_pdf_is_reported() {
    let drawing = pdf_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            "<< /Length 12 >>\nstream\n0 0 m 9 9 l S\nendstream",
        ],
        "",
    );
    let found = document_findings(&attached("scan.pdf", &drawing));
    assert!(
        message(&found, "unread-text").contains("some of its pages are pictures"),
        "{found:?}"
    );
    assert_eq!(
        published(&attached("scan.pdf", &drawing)),
        [drawing],
        "its author is warned, and decides"
    );
    let locked = pdf(
        "x",
        "",
        "",
        &[
            "<< /Filter /Standard /V 1 /R 2 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) /P -4 >>",
        ],
        "/Encrypt 6 0 R /ID [(a) (a)]",
    );
    let found = document_findings(&attached("locked.pdf", locked));
    assert!(
        message(&found, "unreadable-document").contains("locked with a password"),
        "{found:?}"
    );
}

#[test]
fn picture_metadata_is_reported_and_its_text_masked() {
    let caption =
        b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x78\0\x1bHer NHS no is 943 476 5919.";
    let photo = jpeg_with(&[
        (0xe1, &exif_block()),
        (0xe1, XMP),
        (0xed, caption),
        (0xfe, b"Made for Mrs Oakapple"),
    ]);
    let sandbox = attached("wound.jpg", &photo);
    let found = document_findings(&sandbox);
    let said = message(&found, "picture-metadata");
    for part in [
        "author",
        "place where it was taken",
        "person shown",
        "description",
        "date",
        "serial number of the camera",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert!(message(&found, "nhs-number").contains("what the file of this picture says of itself"));
    assert!(found.iter().any(|(rule, _)| rule == "personal-name"));
    let mut shown = String::new();
    for format in ["text", "json", "sarif", "markdown"] {
        shown.push_str(&sandbox.check_as(format));
    }
    for secret in ["Quillfeather", "Oakapple", "943 476", "QX-7741"] {
        assert!(!shown.contains(secret), "{secret} is shown");
    }
    // The published picture exists and has no metadata.
    let pictures: Vec<_> = sandbox
        .site("assessor")
        .into_iter()
        .filter(|(path, _)| path.starts_with("assets/pictures"))
        .collect();
    assert_eq!(pictures.len(), 1);
    assert!(!holds(&pictures[0].1, "Exif") && !holds(&pictures[0].1, "Oakapple"));
}

#[test]
fn text_chunks_thumbnails_and_appended_data_of_pictures_are_reported() {
    let mut png = picture(image::ImageFormat::Png);
    let text = b"tEXtAuthor\0Zebedee Quillfeather";
    let mut chunk = u32::try_from(text.len() - 4)
        .unwrap()
        .to_be_bytes()
        .to_vec();
    chunk.extend(text);
    chunk.extend([0; 4]);
    png.splice(33..33, chunk);
    png.extend(b"a film behind it");
    let said = document_findings(&attached("chart.png", png));
    let said = message(&said, "picture-metadata");
    assert_eq!(
        said,
        "the file of this picture has metadata: author, 1 block of data after its end"
    );
    let plain = document_findings(&attached("chart.png", picture(image::ImageFormat::Png)));
    assert!(
        plain.iter().all(|(rule, _)| rule == "no-valid-consent"),
        "no metadata, no finding: {plain:?}"
    );
}

#[test]
fn a_picture_that_cannot_be_shown_is_reported_by_check() {
    let (png, jpeg) = (
        picture(image::ImageFormat::Png),
        picture(image::ImageFormat::Jpeg),
    );
    let mut huge = png.clone();
    // Width and height in the header: 30,000 pixels each.
    huge[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    for (name, bytes, words) in [
        (
            "chart.png",
            b"\0\0\0\x18ftypheic".to_vec(),
            "not a PNG or JPEG",
        ),
        (
            "chart.png",
            png[..png.len() - 20].to_vec(),
            "damaged, incomplete",
        ),
        (
            "chart.jpg",
            jpeg[..jpeg.len() / 2].to_vec(),
            "damaged, incomplete",
        ),
        ("chart.png", huge, "more than 120 million pixels"),
        ("chart.jpg", Vec::new(), "not a PNG or JPEG"),
    ] {
        let sandbox = attached(name, bytes);
        let found = document_findings(&sandbox);
        assert!(
            message(&found, "unreadable-picture").contains(words),
            "{words}: {found:?}"
        );
        assert!(
            sandbox
                .page("entries/one.html")
                .contains("it cannot be shown as a picture"),
            "{words}"
        );
    }
    // A valid container with corrupt pixel data: only decoding finds it.
    let mut torn = png;
    let dots = torn.windows(4).position(|name| name == b"IDAT").unwrap() + 6;
    torn[dots] ^= 0xff;
    let sandbox = attached("chart.png", torn);
    let found = document_findings(&sandbox);
    assert!(message(&found, "unreadable-picture").contains("damaged, incomplete"));
    // `check` reports it, so the build adds nothing.
    assert_eq!(sandbox.build("assessor", "output"), [] as [&str; 0]);
    assert!(
        sandbox
            .read("output/entries/one.html")
            .contains("it cannot be shown as a picture")
    );
}

#[test]
fn captions_and_alternative_texts_are_searched() {
    let keys = "ksbs: [{K1: as said}]\nattachments:\n  - file: evidence/a.png\n    alt: \"Chart of NHS number 943 476 5919\"\n    caption: \"Taken with Mrs Oakapple\"\n    shows: nobody\n";
    let sandbox = Workspace::with_entry(&entry(keys))
        .file("portfolio/evidence/a.png", picture(image::ImageFormat::Png));
    let found = document_findings(&sandbox);
    let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["nhs-number", "personal-name"], "{found:?}");
    let inline = "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [{K1: as said}]\n---\n\n![Chart of NHS number 943 476 5919](../evidence/a.png \"Taken with Mrs Oakapple\")\n";
    sandbox.write("portfolio/entries/one.md", inline);
    let found = document_findings(&sandbox);
    let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert!(
        rules.contains(&"nhs-number") && rules.contains(&"personal-name"),
        "{found:?}"
    );
}

#[test]
fn an_answer_allows_hidden_earlier_text() {
    let file = pdf(
        "Words.",
        "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
        "",
        &["<< /Type /OCG /Name (Guides) >>"],
        "",
    );
    assert!(published(&attached("plan.pdf", &file)).is_empty());
    let answer =
        "check: [{ ignore: hidden-content, reason: The layer holds the lines of the form }]\n";
    assert_eq!(published(&attached_with("plan.pdf", &file, answer)), [file]);
}
