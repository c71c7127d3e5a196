//! Documents that are attached: refused until their type is allowed, then read for what they carry, and published as
//! copies that do not carry it.

use serde_json::Value;

use super::support::files::{
    docx, exif_block, jpeg_with, odt, office, open_document, paragraph, pdf, unzipped, zipped,
};
use super::support::{SETTINGS, Sandbox, entry, tree};

/// Names that stand in the documents below, and must stand nowhere else.
const NAMES: [&str; 4] = ["Quillfeather", "Thornwhistle", "Puddlewick", "Oakapple"];

/// A workspace that allows all types, with one attachment and these further keys in its entry.
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

/// Findings about documents and about what identifies somebody: rule and message, without what a small portfolio lacks.
pub fn told(sandbox: &Sandbox) -> Vec<(String, String)> {
    let document = sandbox.json(&["check", "--format", "json"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = document["findings"].as_array().unwrap().iter();
    let all = all.map(|finding| (text(&finding["rule"]), text(&finding["message"])));
    let besides = ["uncovered-criterion", "group-incomplete", "thin-criterion"];
    all.filter(|(rule, _)| !besides.contains(&rule.as_str())).collect()
}

fn message<'a>(told: &'a [(String, String)], rule: &str) -> &'a str {
    let found = told.iter().find(|(name, _)| name == rule);
    &found.unwrap_or_else(|| panic!("{rule} is not among {told:?}")).1
}

/// The page of the one entry, after a build.
fn page(sandbox: &Sandbox) -> String {
    let run = sandbox.run(&["build"]);
    assert!(run.code < 2, "{}", run.err);
    sandbox.read("output/entries/one.html")
}

/// The documents on the site.
fn published(sandbox: &Sandbox) -> Vec<(String, Vec<u8>)> {
    let all = tree(&sandbox.path().join("output")).into_iter();
    let documents = all.filter(|(path, _)| path.starts_with("assets/documents"));
    documents.map(|(path, bytes)| (path.file_name().unwrap().to_string_lossy().into_owned(), bytes)).collect()
}

fn clean_docx() -> Vec<u8> {
    docx(&paragraph("I scored the pain and told the nurse in charge."), &[])
}

#[test]
fn documents_are_refused_until_their_type_is_allowed() {
    let keys = "ksbs: [K1]\nattachments: [{ file: evidence/plan.docx }, { file: evidence/form.pdf }]\n";
    let sandbox = Sandbox::with_entry(&entry(keys))
        .file("portfolio/evidence/plan.docx", clean_docx())
        .file("portfolio/evidence/form.pdf", pdf("A form.", "", "", &[], ""));
    let refused = told(&sandbox).into_iter().filter(|(rule, _)| rule == "unpublishable-file").count();
    assert_eq!(refused, 2);
    assert!(page(&sandbox).contains("files of this type are not published"));
    sandbox.write("portfolio/portfolio.yaml", format!("{SETTINGS}documents: [docx]\n"));
    let found = told(&sandbox);
    assert_eq!(found.iter().filter(|(rule, _)| rule == "unpublishable-file").count(), 1, "{found:?}");
    sandbox.write("portfolio/portfolio.yaml", format!("{SETTINGS}documents: [dcox]\n"));
    assert!(message(&told(&sandbox), "unknown-word").contains("dcox"), "a slip of the pen is told");
}

#[test]
fn a_text_of_word_is_read_for_what_it_carries() {
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
    let parts: [(&str, &str, &[u8]); 5] = [
        ("word/comments.xml", "wordprocessingml.comments", comments.as_bytes()),
        ("word/_rels/settings.xml.rels", "", outside.as_bytes()),
        ("word/vbaProject.bin", "", b"macros"),
        ("word/embeddings/book.xlsx", "", b"PK"),
        ("word/media/image1.jpeg", "", &picture),
    ];
    let found = told(&attached("plan.docx", docx(&body, &parts)));
    let tracked = message(&found, "tracked-changes");
    assert_eq!(tracked, "this Word document holds 2 tracked changes by several people who are named");
    let comments = message(&found, "document-comments");
    assert_eq!(comments, "this Word document holds 1 comment or mark by one person who is named");
    assert_eq!(message(&found, "hidden-content"), "this Word document holds 1 hidden text, row or object");
    let embedded = message(&found, "embedded-content");
    assert_eq!(embedded, "this Word document holds 1 macro, 1 embedded file, 1 thing fetched from elsewhere");
    let properties = message(&found, "document-properties");
    for part in
        ["its author", "who saved or printed it last", "a title", "a firm", "a day", "a picture that says"]
    {
        assert!(properties.contains(part), "{part} is not in {properties}");
    }
    assert!(message(&found, "personal-name").contains("in the properties"));
}

#[test]
fn no_name_in_a_document_reaches_a_report_or_a_page() {
    let body = paragraph("I dressed the wound of Mrs Oakapple, NHS number 943 476 5919.");
    let sandbox = attached("plan.docx", docx(&body, &[]));
    let mut seen = String::new();
    for format in ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"] {
        let run = sandbox.run(&["check", "--format", format]);
        seen.push_str(&run.out);
        seen.push_str(&run.err);
    }
    seen.push_str(&sandbox.run(&["explain", "entry:one"]).out);
    seen.push_str(&page(&sandbox));
    for secret in NAMES.iter().chain(&["943 476 5919", "9434765919"]) {
        assert!(!seen.contains(secret), "{secret} is shown");
    }
}

#[test]
fn what_identifies_somebody_in_a_documents_text_keeps_it_with_the_learner() {
    let body = paragraph("Her NHS number is 943 476 5919.");
    let sandbox = attached("plan.docx", docx(&body, &[]));
    let found = told(&sandbox);
    assert!(
        message(&found, "nhs-number").starts_with("in the text of this Word document stands an NHS number")
    );
    assert!(page(&sandbox).contains("something in it may identify somebody"));
    assert!(published(&sandbox).is_empty());
    // What is split over runs and written as signs is read as what it shows.
    let split = "<w:p><w:r><w:t>NHS number 943</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 476 </w:t></w:r><w:r><w:t>&#53;919</w:t></w:r></w:p>";
    let found = told(&attached("plan.docx", docx(split, &[])));
    assert!(message(&found, "nhs-number").contains("in the text"));
    // A likely name keeps it from the whole world, and not from the assessor.
    let sandbox = attached("plan.docx", docx(&paragraph("I asked Philippa to sit up."), &[]));
    let text = sandbox.read("portfolio/entries/one.md").replace("type:", "visibility: public\ntype:");
    sandbox.write("portfolio/entries/one.md", text);
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    sandbox.run(&["build", "--audience", "public"]);
    assert!(published(&sandbox).is_empty());
}

#[test]
fn a_published_document_is_a_copy_that_says_nothing_of_itself() {
    let picture = jpeg_with(&[(0xe1, &exif_block())]);
    let parts: [(&str, &str, &[u8]); 2] =
        [("word/media/image1.jpeg", "", &picture), ("customXml/item1.xml", "", b"<a>Puddlewick</a>")];
    let original = docx(&paragraph("I scored the pain."), &parts);
    let sandbox = attached("My Plan (1).docx", &original);
    let page = page(&sandbox);
    let files = published(&sandbox);
    let [(name, copy)] = files.as_slice() else { panic!("{} documents", files.len()) };
    assert!(name.starts_with("my-plan-1-") && name.contains(".docx"), "{name}");
    assert!(
        page.contains(&format!(
            "<a href=\"../assets/documents/{name}\" download=\"my-plan-1.docx\">A plan</a>"
        )),
        "{page}"
    );
    assert!(page.contains("Word document, ") && page.contains("default-src 'none'"));
    let parts = unzipped(copy);
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/media/image1.jpeg"]);
    for (name, bytes) in &parts {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("docProps") && !text.contains("Exif"), "{name}: {text}");
        assert!(NAMES.iter().all(|secret| !text.contains(secret)), "{name}: {text}");
    }
    assert!(image::load_from_memory(&parts[3].1).is_ok(), "the picture still shows");
    sandbox.run(&["build", "--output", "again"]);
    assert_eq!(tree(&sandbox.path().join("output")), tree(&sandbox.path().join("again")), "the same bytes");
    assert_ne!(copy, &original);
    assert_eq!(told(&attached("copy.docx", copy)), [], "the copy, handed on, carries nothing");
}

#[test]
fn answers_let_comments_through_and_nothing_that_acts() {
    let comment = br#"<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="A tutor"><w:p><w:r><w:t>Good.</w:t></w:r></w:p></w:comment></w:comments>"#;
    let parts: [(&str, &str, &[u8]); 1] = [("word/comments.xml", "wordprocessingml.comments", comment)];
    let file = docx(&paragraph("Words."), &parts);
    let sandbox = attached("plan.docx", &file);
    assert!(page(&sandbox).contains("held by the learner: it holds comments. It shows: A plan"));
    assert!(published(&sandbox).is_empty());
    let captioned = sandbox.read("portfolio/entries/one.md").replace("alt: A plan", "caption: A plan");
    sandbox.write("portfolio/entries/one.md", captioned);
    assert!(page(&sandbox).contains("it holds comments. It is: A plan"), "which one is held is said");
    let answer = "check: [{ ignore: document-comments, reason: The tutor's feedback is the evidence }]\n";
    let sandbox = attached_with("plan.docx", &file, answer);
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);

    let parts: [(&str, &str, &[u8]); 1] = [("word/vbaProject.bin", "", b"macros")];
    let answer = "check: [{ ignore: embedded-content, reason: It is only a form }]\n";
    let sandbox = attached_with("plan.docx", docx(&paragraph("Words."), &parts), answer);
    assert!(page(&sandbox).contains("runs, is fetched, or cannot be looked into"));
    assert!(published(&sandbox).is_empty());
}

#[test]
fn a_document_goes_where_its_consent_goes_and_leaves_with_it() {
    let consents = |withdrawn: bool| {
        format!(
            "version: 1\nconsents:\n  - {{ id: CON-1, date: 2026-03-10, take: true, share: [portfolio], withdrawn: {withdrawn} }}\n"
        )
    };
    let settings = format!("{SETTINGS}documents: [docx]\n");
    let keys = "ksbs: [K1]\nattachments: [{ file: evidence/plan.docx, consent: CON-1 }]\n";
    let sandbox = Sandbox::with_entry(&entry(keys))
        .file("portfolio/portfolio.yaml", settings)
        .file("portfolio/consents.yaml", consents(false))
        .file("portfolio/evidence/plan.docx", clean_docx());
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    sandbox.write("portfolio/consents.yaml", consents(true));
    assert!(page(&sandbox).contains("there is no valid consent"));
    assert!(published(&sandbox).is_empty(), "it went with the next build");
}

#[test]
fn workbooks_and_slides_are_read_for_what_does_not_show() {
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="Audit" sheetId="1"/><sheet name="Names" sheetId="2" state="veryHidden"/></sheets></workbook>"#;
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>9434765919</v></c></row></sheetData><pageSetup orientation="portrait" r:id="rId1"/></worksheet>"#;
    let strings = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>NHS number</t></si></sst>"#;
    let comments = br#"<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Zebedee Quillfeather</author></authors><commentList><comment ref="A1" authorId="0"><text><t>Ask</t></text></comment></commentList></comments>"#;
    let cache = br#"<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><r><s v="a"/></r></pivotCacheRecords>"#;
    let parts: [(&str, &str, &[u8]); 5] = [
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", sheet),
        ("xl/sharedStrings.xml", "spreadsheetml.sharedStrings", strings),
        ("xl/comments1.xml", "spreadsheetml.comments", comments),
        ("xl/pivotCache/pivotCacheRecords1.xml", "spreadsheetml.pivotCacheRecords", cache),
        ("xl/printerSettings/printerSettings1.bin", "", b"P"),
    ];
    let file = office(("xl/workbook.xml", "spreadsheetml.sheet", book), &parts);
    let found = told(&attached("audit.xlsx", file));
    let hidden = message(&found, "hidden-content");
    assert_eq!(
        hidden,
        "this Excel workbook holds 1 hidden text, row or object, 1 hidden sheet, 1 hidden copy of a table"
    );
    assert_eq!(
        message(&found, "document-comments"),
        "this Excel workbook holds 1 comment or mark by one person who is named"
    );
    assert!(message(&found, "document-properties").contains("the printer"));
    assert!(message(&found, "nhs-number").contains("in the text"), "numbers of cells are read");

    let deck = r#"<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>"#;
    let slide = br#"<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" show="0"><a:t>Slide</a:t></p:sld>"#;
    let notes = br#"<p:notes xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Tell them of Mrs Oakapple</a:t></a:r></a:p></p:notes>"#;
    let empty = br#"<p:notes xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:fld type="slidenum"><a:t>2</a:t></a:fld></a:p></p:notes>"#;
    let parts: [(&str, &str, &[u8]); 4] = [
        ("ppt/slides/slide1.xml", "presentationml.slide", slide),
        ("ppt/notesSlides/notesSlide1.xml", "presentationml.notesSlide", notes),
        ("ppt/notesSlides/notesSlide2.xml", "presentationml.notesSlide", empty),
        ("ppt/media/film.mp4", "", b"film"),
    ];
    let file = office(("ppt/presentation.xml", "presentationml.presentation", deck), &parts);
    let found = told(&attached("talk.pptx", file));
    assert_eq!(
        message(&found, "hidden-content"),
        "this PowerPoint presentation holds 1 hidden slide, 1 page of speaker notes"
    );
    assert!(message(&found, "embedded-content").contains("1 embedded file"));
    let names: Vec<&str> =
        found.iter().filter(|(rule, _)| rule == "personal-name").map(|(_, m)| m.as_str()).collect();
    assert!(names.iter().any(|message| message.contains("hidden part")), "{names:?}");
}

#[test]
fn printer_settings_leave_a_workbook_with_what_leads_to_them() {
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="Audit" sheetId="1"/></sheets></workbook>"#;
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetData/><pageSetup orientation="portrait" r:id="rId1"/></worksheet>"#;
    let relations = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>"#;
    let parts: [(&str, &str, &[u8]); 3] = [
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", sheet),
        ("xl/worksheets/_rels/sheet1.xml.rels", "", relations),
        ("xl/printerSettings/printerSettings1.bin", "", b"PUDDLEWICK-PRINTER"),
    ];
    let sandbox = attached("audit.xlsx", office(("xl/workbook.xml", "spreadsheetml.sheet", book), &parts));
    page(&sandbox);
    let files = published(&sandbox);
    let parts = unzipped(&files[0].1);
    let of = |name: &str| {
        let part = parts.iter().find(|(known, _)| known == name);
        part.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    };
    assert!(of("xl/printerSettings/printerSettings1.bin").is_none());
    assert!(!of("xl/worksheets/_rels/sheet1.xml.rels").unwrap().contains("printerSettings"));
    let sheet = of("xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains("<pageSetup orientation=\"portrait\"/>"), "{sheet}");
}

#[test]
fn a_text_of_libreoffice_is_read_and_copied_without_its_properties() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Zebedee Quillfeather</dc:creator></office:change-info><text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Words<office:annotation><dc:creator>Amaryllis Thornwhistle</dc:creator><text:p>Ask</text:p></office:annotation></text:p><text:p><text:hidden-text text:string-value="x"/></text:p>"#;
    let found = told(&attached("plan.odt", odt(body, &[("Basic/Standard/Module1.xml", b"<a/>")])));
    assert_eq!(
        message(&found, "tracked-changes"),
        "this OpenDocument text holds 1 tracked change by one person who is named"
    );
    assert_eq!(
        message(&found, "document-comments"),
        "this OpenDocument text holds 1 comment or mark by one person who is named"
    );
    assert!(message(&found, "hidden-content").contains("1 hidden text"));
    assert!(message(&found, "embedded-content").contains("1 macro"));
    let sandbox = attached("plan.odt", odt("<text:p>Words</text:p>", &[("Thumbnails/thumbnail.png", b"x")]));
    page(&sandbox);
    let files = published(&sandbox);
    let parts = unzipped(&files[0].1);
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["mimetype", "content.xml", "META-INF/manifest.xml"]);
    assert!(!String::from_utf8_lossy(&parts[2].1).contains("meta.xml"));
    // The type stands where programs look for it: unpacked, at the beginning.
    assert_eq!(&files[0].1[30..38], b"mimetype");
}

#[test]
fn spreadsheets_and_presentations_of_libreoffice_are_read_for_what_does_not_show() {
    let styles =
        r#"<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>"#;
    let table = r#"<table:table table:name="Audit"><table:table-row table:visibility="collapse"><table:table-cell><text:p>NHS number 943 476 5919</text:p></table:table-cell></table:table-row></table:table>"#;
    let found = told(&attached("audit.ods", open_document("spreadsheet", styles, table, &[])));
    assert_eq!(
        message(&found, "hidden-content"),
        "this OpenDocument spreadsheet holds 1 hidden text, row or object, 1 hidden sheet"
    );
    assert!(
        message(&found, "nhs-number").contains("in the text of this OpenDocument spreadsheet"),
        "{found:?}"
    );

    let styles = r#"<style:style style:name="dp1"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>"#;
    let slide = r#"<draw:page draw:name="One" draw:style-name="dp1"><presentation:notes><text:p>Tell them of Mrs Oakapple</text:p></presentation:notes></draw:page>"#;
    let found = told(&attached("talk.odp", open_document("presentation", styles, slide, &[])));
    assert_eq!(
        message(&found, "hidden-content"),
        "this OpenDocument presentation holds 1 hidden slide, 1 page of speaker notes"
    );
    assert!(message(&found, "personal-name").contains("hidden part"), "{found:?}");

    let plain = r#"<table:table table:name="Audit"><table:table-row><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row></table:table>"#;
    let sandbox = attached("audit.ods", open_document("spreadsheet", "", plain, &[]));
    page(&sandbox);
    let parts = unzipped(&published(&sandbox)[0].1);
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["mimetype", "content.xml", "META-INF/manifest.xml"]);
    let renamed = told(&attached("audit.odp", open_document("spreadsheet", "", plain, &[])));
    assert!(message(&renamed, "unreadable-document").contains("not of the type"), "{renamed:?}");
}

#[test]
fn a_document_goes_into_the_gateway_pack_and_the_page_that_stands_alone_says_where_it_is() {
    let sandbox = attached("plan.docx", clean_docx());
    sandbox.run(&["gateway", "--pack", "hand-in", "--anyway"]);
    let handed = tree(&sandbox.path().join("hand-in"));
    let names: Vec<String> = handed.iter().map(|(path, _)| path.to_string_lossy().into_owned()).collect();
    assert!(names.iter().any(|name| name.ends_with("04-evidence/001-plan.docx")), "{names:?}");
    let page = sandbox.run(&["pack"]).out;
    assert!(page.contains("is a document beside this page: the site has it"), "{page}");
    assert!(!page.contains("assets/documents"));
}

#[test]
fn a_file_that_is_swapped_is_judged_anew() {
    let sandbox = attached("plan.docx", clean_docx());
    page(&sandbox);
    assert_eq!(published(&sandbox).len(), 1);
    sandbox.write("portfolio/evidence/plan.docx", zipped(&[("a.txt", b"no document")]));
    let found = told(&sandbox);
    assert!(message(&found, "unreadable-document").contains("not of the type"), "{found:?}");
    assert!(page(&sandbox).contains("it cannot be read to its end"));
    assert!(published(&sandbox).is_empty());
}
