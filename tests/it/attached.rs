//! Attached documents: refused until their type is allowed, then inspected, and published unchanged
//! once every finding about hidden content is answered.

use ksbfolio::text::sha256_hex;
use serde_json::Value;

use super::support::files::{
    docx, exif_block, jpeg_with, odt, office, open_document, paragraph, pdf, zipped,
};
use super::support::{SETTINGS, Sandbox, Workspace, entry, tree};

/// Names inside the documents below, which must appear in no output.
const NAMES: [&str; 4] = ["Quillfeather", "Thornwhistle", "Puddlewick", "Oakapple"];

/// A workspace that allows all document types, with one attachment; `more` is appended to the
/// entry's front matter.
pub fn attached_with(name: &str, bytes: impl AsRef<[u8]>, more: &str) -> Sandbox {
    let settings = format!("{SETTINGS}documents: [pdf, docx, xlsx, pptx, odt, ods, odp]\n");
    let keys = format!(
        "ksbs: [{{K1: as said}}]\nattachments: [{{ file: evidence/{name}, alt: A plan, shows: nobody }}]\n{more}"
    );
    Sandbox::with_entry(&entry(&keys))
        .file("portfolio/portfolio.yaml", settings)
        .file(&format!("portfolio/evidence/{name}"), bytes)
}

pub fn attached(name: &str, bytes: impl AsRef<[u8]>) -> Sandbox {
    attached_with(name, bytes, "")
}

/// Rule and message of each finding about documents and identifiers; coverage findings are left
/// out.
pub fn document_findings(sandbox: &Workspace) -> Vec<(String, String)> {
    let document = sandbox.check();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = document["findings"].as_array().unwrap().iter();
    let all = all.map(|finding| (text(&finding["rule"]), text(&finding["message"])));
    let besides = ["uncovered-criterion", "group-incomplete", "thin-criterion"];
    all.filter(|(rule, _)| !besides.contains(&rule.as_str()))
        .collect()
}

fn message<'a>(reported: &'a [(String, String)], rule: &str) -> &'a str {
    let found = reported.iter().find(|(name, _)| name == rule);
    &found
        .unwrap_or_else(|| panic!("{rule} is not among {reported:?}"))
        .1
}

/// Writes the site and returns the page of the only entry.
fn page(sandbox: &Workspace) -> String {
    sandbox.build("assessor", "output");
    sandbox.read("output/entries/one.html")
}

/// The documents on the site.
fn published(sandbox: &Workspace) -> Vec<(String, Vec<u8>)> {
    let all = tree(&sandbox.path().join("output")).into_iter();
    let documents = all.filter(|(path, _)| path.starts_with("assets/documents"));
    documents
        .map(|(path, bytes)| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                bytes,
            )
        })
        .collect()
}

fn clean_docx() -> Vec<u8> {
    docx(
        &paragraph("I scored the pain and told the nurse in charge."),
        &[],
    )
}

#[test]
fn documents_are_refused_until_their_type_is_allowed() {
    let keys =
        "ksbs: [K1]\nattachments: [{ file: evidence/plan.docx }, { file: evidence/form.pdf }]\n";
    let sandbox = Workspace::with_entry(&entry(keys))
        .file("portfolio/evidence/plan.docx", clean_docx())
        .file(
            "portfolio/evidence/form.pdf",
            pdf("A form.", "", "", &[], ""),
        );
    let refused = document_findings(&sandbox)
        .into_iter()
        .filter(|(rule, _)| rule == "unpublishable-file")
        .count();
    assert_eq!(refused, 2);
    assert!(page(&sandbox).contains("files of this type are not published"));
    sandbox.write(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}documents: [docx]\n"),
    );
    let found = document_findings(&sandbox);
    assert_eq!(
        found
            .iter()
            .filter(|(rule, _)| rule == "unpublishable-file")
            .count(),
        1,
        "{found:?}"
    );
    sandbox.write(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}documents: [dcox]\n"),
    );
    assert!(
        message(&document_findings(&sandbox), "unknown-word").contains("dcox"),
        "a typo is reported"
    );
}

#[test]
fn a_word_document_is_inspected() {
    let body = [
        r#"<w:p><w:ins w:id="1" w:author="Zebedee Quillfeather" w:date="2026-03-12T10:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins></w:p>"#,
        r#"<w:p><w:del w:id="2" w:author="Amaryllis Thornwhistle"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"#,
        r"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>not seen</w:t></w:r></w:p>",
        r#"<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r></w:p>"#,
    ]
    .concat();
    let comments = r#"<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="Amaryllis Thornwhistle"><w:p><w:r><w:t>Ask her.</w:t></w:r></w:p></w:comment></w:comments>"#;
    let outside = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Users/x.dotm" TargetMode="External"/></Relationships>"#;
    let picture = jpeg_with(&[(0xe1, &exif_block())]);
    let custom = "<Properties><property name=\"About\"><lpwstr>Plan for Mrs Oakapple</lpwstr></property></Properties>";
    let parts: [(&str, &str, &[u8]); 6] = [
        ("docProps/custom.xml", "", custom.as_bytes()),
        (
            "word/comments.xml",
            "wordprocessingml.comments",
            comments.as_bytes(),
        ),
        ("word/_rels/settings.xml.rels", "", outside.as_bytes()),
        ("word/vbaProject.bin", "", b"macros"),
        ("word/embeddings/book.xlsx", "", b"PK"),
        ("word/media/image1.jpeg", "", &picture),
    ];
    let found = document_findings(&attached("plan.docx", docx(&body, &parts)));
    let tracked = message(&found, "tracked-changes");
    assert_eq!(
        tracked,
        "this Word document holds 2 tracked changes by several people who are named"
    );
    let comments = message(&found, "document-comments");
    assert_eq!(
        comments,
        "this Word document holds 1 comment or mark by one person who is named"
    );
    assert_eq!(
        message(&found, "hidden-content"),
        "this Word document holds 1 hidden text, row or object, 1 path of a folder or file on a computer and 1 picture or page with metadata"
    );
    let embedded = found
        .iter()
        .filter(|(rule, _)| rule == "embedded-content")
        .map(|(_, message)| message);
    assert_eq!(
        embedded.collect::<Vec<_>>(),
        [
            "this Word document holds 1 embedded file and 1 thing fetched from elsewhere",
            "this Word document holds 1 set of macros or controls"
        ]
    );
    assert_eq!(
        message(&found, "document-properties"),
        "this Word document has these properties: author, last editor, title, company or manager, date and other property"
    );
    let names = |part: &str| {
        found
            .iter()
            .any(|(rule, message)| rule == "personal-name" && message.contains(part))
    };
    assert!(
        names("in the properties") && names("in the hidden part"),
        "{found:?}"
    );
}

#[test]
fn no_name_in_a_document_reaches_a_report_or_a_page() {
    let body = paragraph("I dressed the wound of Mrs Oakapple, NHS number 943 476 5919.");
    let sandbox = attached("plan.docx", docx(&body, &[]));
    let mut seen = String::new();
    for format in [
        "text", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        seen.push_str(&sandbox.check_as(format));
    }
    seen.push_str(&sandbox.explain_entry("one"));
    seen.push_str(&page(&sandbox));
    for secret in NAMES.iter().chain(&["943 476 5919", "9434765919"]) {
        assert!(!seen.contains(secret), "{secret} is shown");
    }
}

#[test]
fn an_identifier_in_document_text_withholds_the_document() {
    let body = paragraph("Her NHS number is 943 476 5919.");
    let sandbox = attached("plan.docx", docx(&body, &[]));
    let found = document_findings(&sandbox);
    assert!(
        message(&found, "nhs-number")
            .starts_with("in the text of this Word document there is an NHS number")
    );
    assert!(page(&sandbox).contains("something in it may identify somebody"));
    assert!(published(&sandbox).is_empty());
    // Text split over runs, or written as character references, is read as displayed.
    let split = "<w:p><w:r><w:t>NHS number 943</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 476 </w:t></w:r><w:r><w:t>&#53;919</w:t></w:r></w:p>";
    let found = document_findings(&attached("plan.docx", docx(split, &[])));
    assert!(message(&found, "nhs-number").contains("in the text"));
    // The original is published with its properties, so a name in them also holds it back until it
    // is answered.
    let title = "<Properties><property name=\"About\"><lpwstr>Plan for Mrs Oakapple</lpwstr></property></Properties>";
    let file = docx(
        &paragraph("Words."),
        &[("docProps/custom.xml", "", title.as_bytes())],
    );
    let sandbox = attached("plan.docx", &file);
    assert!(message(&document_findings(&sandbox), "personal-name").contains("in the properties"));
    assert!(page(&sandbox).contains("something in it may identify somebody"));
    assert!(published(&sandbox).is_empty());
    let answer = "check: [{ ignore: personal-name, words: Mrs Oakapple, reason: Nobody of that name was a patient }]\n";
    let sandbox = attached_with("plan.docx", &file, answer);
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    // A likely name does not withhold it from the assessor.
    let sandbox = attached(
        "plan.docx",
        docx(&paragraph("I asked Philippa to sit up."), &[]),
    );
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
}

#[test]
fn a_public_site_has_no_documents_and_build_says_so() {
    let sandbox = attached_with("plan.docx", clean_docx(), "visibility: public\n");
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    let left_out = sandbox.build("public", "output");
    let line = "Left out: portfolio/evidence/plan.docx, held by the learner: a public site has no documents.";
    assert_eq!(left_out, [line]);
    assert!(published(&sandbox).is_empty());
    assert!(
        sandbox
            .read("output/entries/one.html")
            .contains("a public site has no documents")
    );
    sandbox.build("private", "output");
    assert_eq!(published(&sandbox).len(), 1);
}

#[test]
fn a_published_document_is_the_original_and_its_link_gives_hash_and_contents() {
    let comment = br#"<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="A tutor"><w:p><w:r><w:t>Good.</w:t></w:r></w:p></w:comment></w:comments>"#;
    let parts: [(&str, &str, &[u8]); 1] =
        [("word/comments.xml", "wordprocessingml.comments", comment)];
    let original = docx(&paragraph("I scored the pain."), &parts);
    let answer =
        "check: [{ ignore: document-comments, reason: The tutor's feedback is the evidence }]\n";
    let sandbox = attached_with("My Plan (1).docx", &original, answer);
    let page = page(&sandbox);
    let files = published(&sandbox);
    let [(name, bytes)] = files.as_slice() else {
        panic!("{} documents", files.len())
    };
    assert!(
        name.starts_with("one-1-") && name.contains(".docx"),
        "{name}"
    );
    assert_eq!(bytes, &original, "the original, byte for byte");
    assert!(
        page.contains(&format!(
            "<a href=\"../assets/documents/{name}\" download=\"one-1.docx\">A plan</a>"
        )),
        "{page}"
    );
    let carries =
        "carries: author, last editor, title, company or manager, date, 1 comment or mark";
    assert!(page.contains(carries), "{page}");
    assert!(
        page.contains(&format!("SHA-256 <code>{}</code>", sha256_hex(&original))),
        "{page}"
    );
    assert!(page.contains("Word document, ") && page.contains("default-src 'none'"));
    sandbox.build("assessor", "again");
    assert_eq!(
        tree(&sandbox.path().join("output")),
        tree(&sandbox.path().join("again")),
        "the same bytes"
    );
}

/// A Word document with these further parts.
fn with_parts(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    docx(&paragraph("Words."), parts)
}

/// A front-matter answer to a rule.
fn answer(rule: &str) -> String {
    format!("check: [{{ ignore: {rule}, reason: It belongs to the evidence }}]\n")
}

#[test]
fn each_kind_of_hidden_content_holds_a_document_back_until_answered() {
    let photo = jpeg_with(&[(0xe1, &exif_block())]);
    let change = r#"<w:p><w:ins w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>"#;
    let vanish = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>not seen</w:t></w:r></w:p>";
    let people = br#"<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="A tutor"/></w15:people>"#;
    let hidden = "hidden-content";
    for (file, rule, reason) in [
        (
            docx(change, &[]),
            "tracked-changes",
            "it holds tracked changes",
        ),
        (docx(vanish, &[]), hidden, "something that does not show"),
        (
            with_parts(&[("word/media/image1.jpeg", "", &photo)]),
            hidden,
            "something that does not show",
        ),
        (
            with_parts(&[("docProps/thumbnail.emf", "", b"x")]),
            hidden,
            "something that does not show",
        ),
        (
            with_parts(&[("word/printerSettings1.bin", "", b"x")]),
            hidden,
            "something that does not show",
        ),
        (
            with_parts(&[("word/people.xml", "", people)]),
            hidden,
            "something that does not show",
        ),
        (
            with_parts(&[("customXml/item1.xml", "", b"<a>b</a>")]),
            hidden,
            "something that does not show",
        ),
        (
            with_parts(&[("word/embeddings/a.xlsx", "", b"PK")]),
            "embedded-content",
            "cannot be inspected",
        ),
    ] {
        let sandbox = attached("plan.docx", &file);
        let page_of = page(&sandbox);
        // A name in a picture's metadata is a certain identifier and needs an answer of its own.
        assert!(page_of.contains(reason), "{reason}: {page_of}");
        assert!(published(&sandbox).is_empty(), "{rule}");
        let answers = answer(rule).replace(
            "check: [",
            "check: [{ ignore: personal-name, words: Mrs Oakapple, reason: Invented }, ",
        );
        let sandbox = attached_with("plan.docx", &file, &answers);
        page(&sandbox);
        assert_eq!(published(&sandbox)[0].1, file, "{rule}");
    }
    // Word adds an empty bibliography to every document.
    let sources = br#"<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" StyleName="APA"/>"#;
    let sandbox = attached(
        "plan.docx",
        with_parts(&[("customXml/item1.xml", "", sources)]),
    );
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
}

#[test]
fn a_withheld_document_is_named() {
    let comment = br#"<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="A tutor"><w:p><w:r><w:t>Good.</w:t></w:r></w:p></w:comment></w:comments>"#;
    let sandbox = attached(
        "plan.docx",
        with_parts(&[("word/comments.xml", "wordprocessingml.comments", comment)]),
    );
    assert!(page(&sandbox).contains("held by the learner: it holds comments. It shows: A plan"));
    assert!(published(&sandbox).is_empty());
    let captioned = sandbox
        .read("portfolio/entries/one.md")
        .replace("alt: A plan", "caption: A plan");
    sandbox.write("portfolio/entries/one.md", captioned);
    assert!(page(&sandbox).contains("it holds comments. It is: A plan"));
}

#[test]
fn no_answer_publishes_macros_under_any_part_name() {
    let ole = [
        b"\xd0\xcf\x11\xe0".as_slice(),
        b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0",
        &[0; 64],
    ]
    .concat();
    let inner = zipped(&[("xl/vbaProject.bin", b"macros")]);
    let leads = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="notes.bin"/></Relationships>"#;
    for parts in [
        vec![("word/vbaProject.bin", "", b"macros".as_slice())],
        vec![("word/notes.bin", "", ole.as_slice())],
        vec![("word/embeddings/book.xlsm", "", inner.as_slice())],
        vec![
            ("word/notes.bin", "", b"macros"),
            ("word/_rels/document.xml.rels", "", leads),
        ],
    ] {
        let name = parts[0].0;
        let sandbox = attached_with("plan.docx", with_parts(&parts), &answer("embedded-content"));
        let left_out = sandbox.build("assessor", "output");
        let line = "Left out: portfolio/evidence/plan.docx, held by the learner: it holds macros or scripts.";
        assert_eq!(left_out, [line], "{name}");
        assert!(
            page(&sandbox).contains("it holds macros or scripts"),
            "{name}"
        );
        assert!(published(&sandbox).is_empty(), "{name}");
    }
}

#[test]
fn a_document_is_published_and_removed_with_its_consent() {
    let consents = |withdrawn: bool| {
        format!(
            "version: 1\nconsents:\n  - {{ id: CON-1, date: 2026-03-10, take: true, share: [portfolio], withdrawn: {withdrawn} }}\n"
        )
    };
    let settings = format!("{SETTINGS}documents: [docx]\n");
    let keys = "ksbs: [K1]\nattachments: [{ file: evidence/plan.docx, consent: CON-1 }]\n";
    let sandbox = Workspace::with_entry(&entry(keys))
        .file("portfolio/portfolio.yaml", settings)
        .file("portfolio/consents.yaml", consents(false))
        .file("portfolio/evidence/plan.docx", clean_docx());
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    sandbox.write("portfolio/consents.yaml", consents(true));
    assert!(page(&sandbox).contains("there is no valid consent"));
    assert!(
        published(&sandbox).is_empty(),
        "it went with the next build"
    );
}

#[test]
fn hidden_content_of_workbooks_and_slides_is_found() {
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="Audit" sheetId="1"/><sheet name="Names" sheetId="2" state="veryHidden"/></sheets></workbook>"#;
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>9434765919</v></c></row></sheetData><pageSetup orientation="portrait" r:id="rId1"/></worksheet>"#;
    let strings = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>NHS number</t></si></sst>"#;
    let comments = br#"<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Zebedee Quillfeather</author></authors><commentList><comment ref="A1" authorId="0"><text><t>Ask</t></text></comment></commentList></comments>"#;
    let cache = br#"<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><r><s v="a"/></r></pivotCacheRecords>"#;
    let parts: [(&str, &str, &[u8]); 5] = [
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", sheet),
        (
            "xl/sharedStrings.xml",
            "spreadsheetml.sharedStrings",
            strings,
        ),
        ("xl/comments1.xml", "spreadsheetml.comments", comments),
        (
            "xl/pivotCache/pivotCacheRecords1.xml",
            "spreadsheetml.pivotCacheRecords",
            cache,
        ),
        ("xl/printerSettings/printerSettings1.bin", "", b"P"),
    ];
    let file = office(("xl/workbook.xml", "spreadsheetml.sheet", book), &parts);
    let found = document_findings(&attached("audit.xlsx", file));
    let hidden = message(&found, "hidden-content");
    assert_eq!(
        hidden,
        "this Excel workbook holds 1 hidden text, row or object, 1 hidden sheet, 1 hidden copy of a table and 1 printer setting"
    );
    assert_eq!(
        message(&found, "document-comments"),
        "this Excel workbook holds 1 comment or mark by one person who is named"
    );
    assert!(
        message(&found, "nhs-number").contains("in the text"),
        "numbers of cells are read"
    );

    let deck =
        r#"<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>"#;
    let slide = br#"<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" show="0"><a:t>Slide</a:t></p:sld>"#;
    let notes = br#"<p:notes xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Tell them of Mrs Oakapple</a:t></a:r></a:p></p:notes>"#;
    let empty = br#"<p:notes xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:fld type="slidenum"><a:t>2</a:t></a:fld></a:p></p:notes>"#;
    let parts: [(&str, &str, &[u8]); 4] = [
        ("ppt/slides/slide1.xml", "presentationml.slide", slide),
        (
            "ppt/notesSlides/notesSlide1.xml",
            "presentationml.notesSlide",
            notes,
        ),
        (
            "ppt/notesSlides/notesSlide2.xml",
            "presentationml.notesSlide",
            empty,
        ),
        ("ppt/media/film.mp4", "", b"film"),
    ];
    let file = office(
        ("ppt/presentation.xml", "presentationml.presentation", deck),
        &parts,
    );
    let found = document_findings(&attached("talk.pptx", file));
    assert_eq!(
        message(&found, "hidden-content"),
        "this PowerPoint presentation holds 1 hidden slide and 1 page of speaker notes"
    );
    assert!(message(&found, "embedded-content").contains("1 embedded file"));
    let names: Vec<&str> = found
        .iter()
        .filter(|(rule, _)| rule == "personal-name")
        .map(|(_, m)| m.as_str())
        .collect();
    assert!(
        names.iter().any(|message| message.contains("hidden part")),
        "{names:?}"
    );
}

#[test]
fn a_libreoffice_text_document_is_inspected() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Zebedee Quillfeather</dc:creator></office:change-info><text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Words<office:annotation><dc:creator>Amaryllis Thornwhistle</dc:creator><text:p>Ask</text:p></office:annotation></text:p><text:p><text:hidden-text text:string-value="x"/></text:p>"#;
    let found = document_findings(&attached(
        "plan.odt",
        odt(body, &[("Basic/Standard/Module1.xml", b"<a/>")]),
    ));
    assert_eq!(
        message(&found, "tracked-changes"),
        "this OpenDocument text holds 1 tracked change by one person who is named"
    );
    assert_eq!(
        message(&found, "document-comments"),
        "this OpenDocument text holds 1 comment or mark by one person who is named"
    );
    assert!(message(&found, "hidden-content").contains("1 hidden text"));
    assert!(message(&found, "embedded-content").contains("1 set of macros or controls"));
    let settings = r#"<settings><config-item name="PrinterIndependentLayout">high-resolution</config-item><config-item name="PrinterName"></config-item></settings>"#;
    let plain = odt(
        "<text:p>Words</text:p>",
        &[
            ("settings.xml", settings.as_bytes()),
            ("layout-cache", b"\0"),
        ],
    );
    let sandbox = attached("plan.odt", &plain);
    let found = document_findings(&sandbox);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        message(&found, "document-properties").ends_with("author and title"),
        "{found:?}"
    );
    page(&sandbox);
    assert_eq!(
        published(&sandbox)[0].1,
        plain,
        "the original, byte for byte"
    );
    let settings = settings.replace(
        "></config-item></settings>",
        ">Sister's office</config-item></settings>",
    );
    let parts: [(&str, &[u8]); 2] = [
        ("settings.xml", settings.as_bytes()),
        ("Thumbnails/thumbnail.png", b"x"),
    ];
    let sandbox = attached("plan.odt", odt("<text:p>Words</text:p>", &parts));
    assert!(
        message(&document_findings(&sandbox), "hidden-content")
            .ends_with("1 printer setting and 1 thumbnail")
    );
    page(&sandbox);
    assert!(published(&sandbox).is_empty());
}

#[test]
fn hidden_content_of_libreoffice_spreadsheets_and_presentations_is_found() {
    let styles = r#"<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>"#;
    let table = r#"<table:table table:name="Audit"><table:table-row table:visibility="collapse"><table:table-cell><text:p>NHS number 943 476 5919</text:p></table:table-cell></table:table-row></table:table>"#;
    let found = document_findings(&attached(
        "audit.ods",
        open_document("spreadsheet", styles, table, &[]),
    ));
    assert_eq!(
        message(&found, "hidden-content"),
        "this OpenDocument spreadsheet holds 1 hidden text, row or object and 1 hidden sheet"
    );
    assert!(
        message(&found, "nhs-number").contains("in the text of this OpenDocument spreadsheet"),
        "{found:?}"
    );

    let styles = r#"<style:style style:name="dp1"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>"#;
    let slide = r#"<draw:page draw:name="One" draw:style-name="dp1"><presentation:notes><text:p>Tell them of Mrs Oakapple</text:p></presentation:notes></draw:page>"#;
    let found = document_findings(&attached(
        "talk.odp",
        open_document("presentation", styles, slide, &[]),
    ));
    assert_eq!(
        message(&found, "hidden-content"),
        "this OpenDocument presentation holds 1 hidden slide and 1 page of speaker notes"
    );
    assert!(
        message(&found, "personal-name").contains("hidden part"),
        "{found:?}"
    );

    let plain = r#"<table:table table:name="Audit"><table:table-row><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row></table:table>"#;
    let plain_file = open_document("spreadsheet", "", plain, &[]);
    let sandbox = attached("audit.ods", &plain_file);
    page(&sandbox);
    assert_eq!(published(&sandbox)[0].1, plain_file);
    let renamed = document_findings(&attached(
        "audit.odp",
        open_document("spreadsheet", "", plain, &[]),
    ));
    assert!(
        message(&renamed, "unreadable-document").contains("not of the type"),
        "{renamed:?}"
    );
}

#[test]
fn the_original_is_in_the_gateway_pack_and_the_standalone_page_names_its_path() {
    let sandbox = attached("plan.docx", clean_docx());
    sandbox.run(&["gateway", "--pack", "hand-in", "--anyway"]);
    let handed = tree(&sandbox.path().join("hand-in"));
    let names: Vec<String> = handed
        .iter()
        .map(|(path, _)| path.to_string_lossy().into_owned())
        .collect();
    let copies = handed
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "docx"));
    assert_eq!(
        copies.filter(|(_, bytes)| **bytes == clean_docx()).count(),
        2,
        "{names:?}"
    );
    assert!(
        names
            .iter()
            .any(|name| name.ends_with("04-evidence/001-one.docx")),
        "{names:?}"
    );
    let read = |end: &str| {
        let found = handed.iter().find(|(path, _)| path.ends_with(end));
        String::from_utf8_lossy(&found.unwrap().1).into_owned()
    };
    assert!(read("README.txt").contains("documents are the originals, byte for byte"));
    assert!(read("SHA256SUMS").contains(&sha256_hex(&clean_docx())));
    assert!(read("01-site/entries/one.html").contains(&sha256_hex(&clean_docx())));
    let page = sandbox.run(&["pack"]).out;
    assert!(
        page.contains("is a document beside this page: the site has it"),
        "{page}"
    );
    assert!(!page.contains("assets/documents"));
}

#[test]
fn a_replaced_file_is_inspected_again() {
    let sandbox = attached("plan.docx", clean_docx());
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    sandbox.write(
        "portfolio/evidence/plan.docx",
        zipped(&[("a.txt", b"no document")]),
    );
    let found = document_findings(&sandbox);
    assert!(
        message(&found, "unreadable-document").contains("not of the type"),
        "{found:?}"
    );
    assert!(page(&sandbox).contains("it cannot be read to its end"));
    assert!(published(&sandbox).is_empty());
}
