//! Malicious and broken documents are refused with a clear finding, within a time limit, and never
//! published.

use std::time::{Duration, Instant};

use ksbfolio::document::{self, DocumentType, Refusal};

use super::attached::{attached, document_findings};
use super::support::files::{
    XMP, docx, exif_block, jpeg_with, odt, paragraph, pdf, pdf_of, picture, zipped,
};

fn refused(name: &str, bytes: &[u8]) -> String {
    let begin = Instant::now();
    let sandbox = attached(name, bytes);
    let found = document_findings(&sandbox);
    let site = sandbox.site("assessor");
    assert!(
        !site.keys().any(|path| path.starts_with("assets/documents")),
        "{name} is published"
    );
    assert!(
        begin.elapsed() < Duration::from_secs(20),
        "{name} took {:?}",
        begin.elapsed()
    );
    let message = found.iter().find(|(rule, _)| rule == "unreadable-document");
    message
        .unwrap_or_else(|| panic!("{name}: {found:?}"))
        .1
        .clone()
}

#[test]
fn zip_bombs_are_not_unpacked() {
    let noughts = vec![b' '; 64 * 1024 * 1024];
    let body = docx(&paragraph("x"), &[("word/bomb.xml", "", &noughts)]);
    assert!(refused("bomb.docx", &body).contains("unpacks to far more"));
    let noughts = vec![b' '; 900 * 1024];
    let names: Vec<String> = (0..200)
        .map(|number| format!("word/part{number}.xml"))
        .collect();
    let many: Vec<(&str, &str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), "", noughts.as_slice()))
        .collect();
    assert!(refused("many.docx", &docx(&paragraph("x"), &many)).contains("unpacks to far more"));
    let names: Vec<String> = (0..6000).map(|number| format!("p{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"<a/>".as_slice()))
        .collect();
    assert!(refused("parts.docx", &zipped(&parts)).contains("unpacks to far more"));
}

#[test]
fn a_pdf_stream_that_inflates_too_far_is_rejected() {
    let zip = zipped(&[("a", &vec![b' '; 200 * 1024 * 1024])]);
    // The deflated bytes of the zip's first file follow a 30-byte header and the name.
    let start = 31;
    let end = zip
        .windows(4)
        .rposition(|word| word == b"PK\x01\x02")
        .unwrap();
    let mut body = b"\x78\x9c".to_vec();
    body.extend(&zip[start..end]);
    for (kind, filter) in [
        ("/Type /ObjStm /N 1 /First 10", "/FlateDecode"),
        ("", "/FlateDecode"),
        ("", "[/FlateDecode /FlateDecode]"),
    ] {
        let mut file = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n".to_vec();
        file.extend(
            format!(
                "4 0 obj\n<< {kind} /Filter {filter} /Length {} >>\nstream\n",
                body.len()
            )
            .into_bytes(),
        );
        file.extend(&body);
        file.extend(
            b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n",
        );
        let begin = Instant::now();
        let read = document::read(DocumentType::Pdf, file);
        assert!(
            begin.elapsed() < Duration::from_secs(10),
            "{kind} {filter}: {:?}",
            begin.elapsed()
        );
        assert!(
            read.is_err() || kind.is_empty(),
            "{kind} {filter}: {read:?}"
        );
    }
}

#[test]
fn too_deep_nesting_is_rejected() {
    let deep = "<w:tbl>".repeat(100_000) + &"</w:tbl>".repeat(100_000);
    assert!(refused("deep.docx", &docx(&deep, &[])).contains("unpacks to far more"));
    let arrays = "[".repeat(50_000) + &"]".repeat(50_000);
    refused("deep.pdf", &pdf("x", &format!("/X {arrays}"), "", &[], ""));
    let round = pdf_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
        ],
        "",
    );
    refused("round.pdf", &round);
}

#[test]
fn entities_are_not_expanded() {
    let lots = r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>"#;
    let file = docx(&paragraph("x"), &[("word/a.xml", "", lots.as_bytes())]);
    assert!(refused("entities.docx", &file).contains("broken"));
    let fetch = r#"<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#;
    refused(
        "fetch.docx",
        &docx(&paragraph("x"), &[("word/a.xml", "", fetch.as_bytes())]),
    );
}

#[test]
fn wrong_type_password_and_truncation_are_distinguished() {
    assert!(refused("plan.docx", b"%PDF-1.7").contains("not of the type"));
    assert!(refused("plan.pdf", &docx("", &[])).contains("not of the type"));
    assert!(refused("plan.odt", &docx("", &[])).contains("not of the type"));
    assert!(refused("plan.xlsx", &docx("", &[])).contains("not of the type"));
    assert!(refused("plan.docx", &odt("", &[])).contains("not of the type"));
    let office_lock = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
    assert!(refused("plan.docx", &office_lock).contains("password"));
    let lock = r#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let locked = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", lock.as_bytes()),
    ]);
    assert!(refused("plan.odt", &locked).contains("password"));
    let whole = docx(&paragraph("Words"), &[]);
    assert!(refused("plan.docx", &whole[..whole.len() / 2]).contains("broken"));
    assert!(refused("plan.docx", b"").contains("not of the type"));
    let twice = docx("", &[("Word/Document.xml", "", b"<a/>")]);
    assert!(
        refused("plan.docx", &twice).contains("broken"),
        "two parts of one name"
    );
    let out = docx("", &[("../../out.xml", "", b"<a/>")]);
    assert!(
        refused("plan.docx", &out).contains("broken"),
        "a part that climbs"
    );
}

#[test]
fn a_document_that_is_too_large_is_not_read() {
    let large = vec![0; 33 * 1024 * 1024];
    assert_eq!(
        document::read(DocumentType::Pdf, large.clone()),
        Err(Refusal::TooLarge)
    );
    assert!(refused("large.pdf", &large).contains("larger than 32 MB"));
}

/// A deterministic random number generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit.max(1) as u64).unwrap()
    }
}

/// Changes, removes or duplicates a few bytes.
fn changed(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(5) {
            0 => bytes.truncate(at.max(8)),
            1 => drop(bytes.splice(at..end, [])),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(dice.below(256)).unwrap();
                }
            }
        }
    }
    bytes
}

#[test]
fn random_mutations_of_documents_and_pictures_never_panic() {
    let form = "/AcroForm << /Fields [6 0 R] >> /Names << /Dests 6 0 R >>";
    let documents = [
        (
            DocumentType::Docx,
            docx(&paragraph("Words of <w:ins w:author=\"A\"/>"), &[]),
        ),
        (DocumentType::Odt, odt("<text:p>Words</text:p>", &[])),
        (
            DocumentType::Pdf,
            pdf(
                "Words",
                form,
                "/Annots [6 0 R]",
                &["<< /FT /Tx /V (a) /Rect [0 0 1 1] >>"],
                "/Info 6 0 R",
            ),
        ),
        (
            DocumentType::Pdf,
            pdf("Words", "", "", &["<< /Type /XRef /W [1 2 1] >>"], ""),
        ),
    ];
    let pictures = [
        jpeg_with(&[(0xe1, &exif_block()), (0xe1, XMP), (0xfe, b"words")]),
        picture(image::ImageFormat::Png),
    ];
    let mut dice = Dice(7);
    let mut whole = 0;
    for _ in 0..150 {
        for (kind, file) in &documents {
            let bytes = changed(file, &mut dice);
            let read = document::read(*kind, bytes);
            assert_ne!(read.as_ref().err(), Some(&Refusal::TooSlow));
            whole += usize::from(read.is_ok());
        }
    }
    for _ in 0..2000 {
        for file in &pictures {
            let _ = document::picture(&changed(file, &mut dice));
        }
    }
    assert!(
        whole > 20,
        "only {whole} were still documents: the test looks at nothing"
    );
}
