//! Hidden content by size, place and colour, names and paths in odd corners, and tables as they are read.
//! Each document has exactly one such thing.

use std::fmt::Write as _;

use ksbfolio::document::{Contents, DocumentType, Part, read};

use super::attached::{attached, document_findings};
use super::support::files::{
    docx, exif_block, jpeg_with, odt, office, open_document, paragraph, pdf, pdf_of, zipped,
};

/// The contents of a document.
fn contents(kind: DocumentType, bytes: Vec<u8>) -> Contents {
    read(kind, bytes).unwrap_or_else(|refusal| panic!("it {}", refusal.words()))
}

/// The hidden content of a document, in words.
fn hidden(kind: DocumentType, bytes: Vec<u8>) -> String {
    let inside = contents(kind, bytes);
    let all = inside.of(ksbfolio::document::ContentClass::Hidden);
    let words: Vec<String> = all.map(|(one, count)| one.words(count)).collect();
    words.join(", ")
}

fn text_of(inside: &Contents, part: Part) -> String {
    let found = inside.texts().find(|(one, _)| *one == part);
    found.map(|(_, text)| text.to_owned()).unwrap_or_default()
}

const PATH: &str = "1 path of a folder or file on a computer";
const PALE: &str = "1 text too pale, too small or without ink";
const OUTSIDE: &str = "1 text or object outside the page";
const COVERED: &str = "1 text or object under a shape or picture";
const CROPPED: &str = "1 cropped picture";

#[test]
fn each_kind_of_hidden_content_of_word_is_found() {
    let page = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>"#;
    let run = |look: &str| format!("<w:p><w:r><w:rPr>{look}</w:rPr><w:t>Words</w:t></w:r></w:p>");
    let anchor = |left: i64, fill: &str| {
        format!(
            r#"<w:p><w:r><w:drawing><wp:anchor behindDoc="0"><wp:positionH><wp:posOffset>{left}</wp:posOffset></wp:positionH><wp:extent cx="900000" cy="900000"/><wp:wrapNone/><wps:spPr>{fill}</wps:spPr></wp:anchor></w:drawing></w:r></w:p>{page}"#
        )
    };
    for (body, expected) in [
        (run(r#"<w:color w:val="FFFFFF"/>"#), PALE),
        (
            run(r#"<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>"#),
            "",
        ),
        (run(r#"<w:color w:val="FF0000"/>"#), ""),
        (run(r#"<w:sz w:val="2"/>"#), PALE),
        (anchor(9_000_000, ""), OUTSIDE),
        (anchor(900_000, ""), ""),
        (
            anchor(
                900_000,
                r#"<a:solidFill><a:srgbClr val="000000"/></a:solidFill>"#,
            ),
            COVERED,
        ),
        (r#"<a:srcRect l="10000" r="0"/>"#.to_owned(), CROPPED),
        (r#"<a:srcRect l="-10000" r="0"/>"#.to_owned(), ""),
        (
            r#"<w:p><w:r><w:instrText>INCLUDEPICTURE "C:\\Users\\a.jpg"</w:instrText></w:r></w:p>"#
                .to_owned(),
            PATH,
        ),
        (
            r#"<w:docVar w:name="a" w:val="b"/>"#.to_owned(),
            "1 stored variable",
        ),
    ] {
        assert_eq!(
            hidden(DocumentType::Docx, docx(&body, &[])),
            expected,
            "{body}"
        );
    }
    let merge = br#"<w:settings xmlns:w="w"><w:mailMerge><w:connectString w:val="Data Source=C:\Users\m.oakapple\list.xlsx;"/></w:mailMerge></w:settings>"#;
    let links = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="file:///C:/Users/m.oakapple/plan.docx" TargetMode="External"/></Relationships>"#;
    let drawing = br#"<xml><v:imagedata o:href="file:///C:/Users/m.oakapple/a.png" id=x></xml>"#;
    for (name, bytes) in [
        ("word/settings.xml", merge.as_slice()),
        ("word/_rels/document.xml.rels", links),
        ("word/drawings/one.vml", drawing),
    ] {
        let file = docx(&paragraph("Words"), &[(name, "", bytes)]);
        assert_eq!(hidden(DocumentType::Docx, file), PATH, "{name}");
    }
}

/// A workbook with these parts besides its only sheet.
fn book(workbook: &str, sheet: &str, more: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let main = format!("<workbook>{workbook}<sheets><sheet name=\"Audit\"/></sheets></workbook>");
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let mut parts: Vec<(&str, &str, &[u8])> = vec![(
        "xl/worksheets/sheet1.xml",
        "spreadsheetml.worksheet",
        sheet.as_bytes(),
    )];
    parts.extend(more);
    office(("xl/workbook.xml", "spreadsheetml.sheet", &main), &parts)
}

const STYLES: &[u8] = br#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode=";;;"/><numFmt numFmtId="171" formatCode="00000000000"/></numFmts><fonts><font><color theme="1"/></font><font><color rgb="FFFFFFFF"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill></fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="170" fontId="0" fillId="0"/><xf numFmtId="0" fontId="1" fillId="0"/><xf numFmtId="0" fontId="1" fillId="1"/><xf numFmtId="14" fontId="0" fillId="0"/><xf numFmtId="171" fontId="0" fillId="0"/></cellXfs></styleSheet>"#;

#[test]
fn each_kind_of_hidden_content_of_workbooks_is_found() {
    let cell = |format: u8| {
        format!(r#"<sheetData><row r="1"><c r="A1" s="{format}"><v>12</v></c></row></sheetData>"#)
    };
    let styles = [("xl/styles.xml", "spreadsheetml.styles", STYLES)];
    for (workbook, sheet, expected) in [
        ("", cell(0), ""),
        ("", cell(1), PALE),
        ("", cell(2), PALE),
        ("", cell(3), ""),
        (
            "",
            r#"<cols><col min="1" max="1" width="0"/></cols>"#.to_owned(),
            "1 hidden text, row or object",
        ),
        (
            "",
            r#"<sheetData><row r="1" ht="0"/></sheetData>"#.to_owned(),
            "1 hidden text, row or object",
        ),
        (
            "",
            "<headerFooter><oddHeader>&amp;LMrs Oakapple</oddHeader></headerFooter>".to_owned(),
            "1 header or footer of prints",
        ),
        (
            r#"<absPath url="C:\Users\m.oakapple\Desktop\"/>"#,
            String::new(),
            PATH,
        ),
        (
            r#"<fileSharing userName="Mary Oakapple"/>"#,
            String::new(),
            "1 name of an editor",
        ),
        (
            r#"<customWorkbookViews><customWorkbookView name="Mary Oakapple - Personal View"/></customWorkbookViews>"#,
            String::new(),
            "1 personal view",
        ),
        (
            r#"<definedNames><definedName name="patients" hidden="1">1</definedName></definedNames>"#,
            String::new(),
            "1 stored variable",
        ),
    ] {
        let file = book(workbook, &sheet, &styles);
        assert_eq!(
            hidden(DocumentType::Xlsx, file),
            expected,
            "{workbook}{sheet}"
        );
    }
    let cache = br#"<pivotCacheDefinition refreshedBy="Mary Oakapple"/>"#;
    let file = book(
        "",
        "",
        &[("xl/pivotCache/pivotCacheDefinition1.xml", "", cache)],
    );
    assert_eq!(hidden(DocumentType::Xlsx, file), "1 name of an editor");
    let file = book(r#"<absPath url="C:\Users\Mrs%20Oakapple\"/>"#, "", &[]);
    let inside = contents(DocumentType::Xlsx, file);
    assert!(text_of(&inside, Part::Hidden).contains("Mrs Oakapple"));
}

#[test]
fn the_list_of_types_may_have_a_name_in_small_letters() {
    let types = br#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let parts: [(&str, &[u8]); 2] = [
        ("xl/workbook.xml", b"<workbook/>"),
        ("[content_types].xml", types),
    ];
    assert_eq!(hidden(DocumentType::Xlsx, zipped(&parts)), "");
}

#[test]
fn threaded_comments_name_their_authors() {
    let threads = br#"<ThreadedComments><threadedComment ref="A1" personId="{1}"><text>Ask</text></threadedComment></ThreadedComments>"#;
    let people = br#"<personList><person displayName="Mary Oakapple" id="{1}"/></personList>"#;
    let file = book(
        "",
        "",
        &[
            ("xl/threadedComments/threadedComment1.xml", "", threads),
            ("xl/persons/person.xml", "", people),
        ],
    );
    let inside = contents(DocumentType::Xlsx, file);
    let words = inside.words();
    assert!(
        words.contains("1 comment or mark") && words.contains("1 list of editors"),
        "{words}"
    );
}

#[test]
fn cells_are_read_as_shown_and_below_their_headings() {
    let strings = b"<sst><si><t>DOB</t></si><si><t>Phone</t></si><si><t>MRN</t></si></sst>";
    let sheet = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row><row r="2"><c r="A2" s="4"><v>13953</v></c><c r="B2"><v>7700900123</v></c><c r="C2"><v>4471902</v></c></row><row r="3"><c r="B3" s="5"><v>7700900123</v></c><c r="C3" t="inlineStr"><is><t>none</t></is></c></row></sheetData>"#;
    let file = book(
        "",
        sheet,
        &[
            ("xl/styles.xml", "spreadsheetml.styles", STYLES),
            (
                "xl/sharedStrings.xml",
                "spreadsheetml.sharedStrings",
                strings,
            ),
        ],
    );
    let text = text_of(&contents(DocumentType::Xlsx, file), Part::Text);
    for line in [
        "DOB: 14/03/1938, Phone: 07700900123, MRN: 4471902",
        "Phone: 07700900123, MRN: none",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}: {text}");
    }
    let row = |cells: [&str; 2]| {
        let mut row = String::new();
        for cell in cells {
            let _ = write!(row, "<w:tc>{}</w:tc>", paragraph(cell));
        }
        format!("<w:tr>{row}</w:tr>")
    };
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(["Patient", "NHS No"]),
        row(["A", "9990000018"])
    );
    let text = text_of(&contents(DocumentType::Docx, docx(&table, &[])), Part::Text);
    assert!(text.contains("Patient: A, NHS No: 9990000018"), "{text}");
    let row = |one: &str, other: &str| {
        format!(
            "<table:table-row><table:table-cell><text:p>{one}</text:p></table:table-cell><table:table-cell><text:p>{other}</text:p></table:table-cell></table:table-row>"
        )
    };
    let table = format!(
        "<table:table table:name=\"t\">{}{}</table:table>",
        row("DOB", "Sex"),
        row("14/03/2019", "F")
    );
    let file = open_document("spreadsheet", "", &table, &[]);
    let text = text_of(&contents(DocumentType::Ods, file), Part::Text);
    assert!(text.contains("DOB: 14/03/2019, Sex: F"), "{text}");
}

#[test]
fn identifiers_in_columns_of_a_workbook_are_found_by_their_headings() {
    let row = |number: usize, cells: [&str; 6]| {
        let mut row = format!("<row r=\"{number}\">");
        for cell in cells {
            let (kind, value) = match cell.strip_prefix('=') {
                Some(value) => ("s=\"4\"", format!("<v>{value}</v>")),
                None if cell.bytes().all(|byte| byte.is_ascii_digit()) => {
                    ("", format!("<v>{cell}</v>"))
                }
                None => ("t=\"inlineStr\"", format!("<is><t>{cell}</t></is>")),
            };
            let _ = write!(row, "<c {kind}>{value}</c>");
        }
        row + "</row>"
    };
    let sheet = format!(
        "<sheetData>{}{}</sheetData>",
        row(1, ["Ward", "Bed", "NHS No", "MRN", "DOB", "Phone"]),
        row(
            2,
            ["7", "12", "9990000018", "4471902", "=13953", "7700900123"]
        ),
    );
    let styles = [("xl/styles.xml", "spreadsheetml.styles", STYLES)];
    let found = document_findings(&attached("list.xlsx", book("", &sheet, &styles)));
    for rule in [
        "nhs-number",
        "hospital-number",
        "date-of-birth",
        "phone-number",
        "ward-and-bed",
    ] {
        let is_found =
            |(name, message): &(String, String)| name == rule && message.contains("in the text");
        assert!(found.iter().any(is_found), "{rule}: {found:?}");
    }
}

#[test]
fn each_kind_of_hidden_content_of_slides_is_found() {
    let shape = |place: [i64; 4], look: &str, words: &str| {
        let [x, y, cx, cy] = place;
        format!(
            r#"<p:sp><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>{look}</p:spPr><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"#
        )
    };
    let black = r#"<a:solidFill><a:srgbClr val="000000"/></a:solidFill>"#;
    let clear =
        r#"<a:solidFill><a:srgbClr val="000000"><a:alpha val="40000"/></a:srgbClr></a:solidFill>"#;
    let words = shape([100, 100, 500, 100], "", "Mrs Oakapple");
    let group = format!(
        r#"<p:grpSp><p:grpSpPr><a:xfrm><a:off x="5000" y="0"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/><a:chExt cx="1000" cy="1000"/></a:xfrm></p:grpSpPr>{words}</p:grpSp>"#
    );
    for (slide, expected) in [
        (words.clone(), ""),
        (
            words.clone() + &shape([90, 90, 600, 200], black, ""),
            COVERED,
        ),
        (shape([90, 90, 600, 200], black, "") + &words, ""),
        (words.clone() + &shape([90, 90, 600, 200], clear, ""), ""),
        (words.clone() + &shape([90, 90, 60, 20], black, ""), ""),
        (shape([2000, 100, 500, 100], "", "Mrs Oakapple"), OUTSIDE),
        (group, OUTSIDE),
        (
            r#"<p:pic><p:blipFill><a:srcRect t="20000"/></p:blipFill></p:pic>"#.to_owned(),
            CROPPED,
        ),
    ] {
        let slide = format!("<p:sld>{slide}</p:sld>");
        let deck = r#"<p:presentation><p:sldSz cx="1000" cy="1000"/></p:presentation>"#;
        let file = office(
            ("ppt/presentation.xml", "presentationml.presentation", deck),
            &[(
                "ppt/slides/slide1.xml",
                "presentationml.slide",
                slide.as_bytes(),
            )],
        );
        assert_eq!(hidden(DocumentType::Pptx, file), expected, "{slide}");
    }
    let changes = br#"<pc:chgInfo><pc:docChgLst><pc:chgData name="Mary Oakapple" userId="1"/></pc:docChgLst></pc:chgInfo>"#;
    let file = office(
        (
            "ppt/presentation.xml",
            "presentationml.presentation",
            "<p:presentation/>",
        ),
        &[("ppt/changesInfos/changesInfo1.xml", "", changes)],
    );
    assert_eq!(hidden(DocumentType::Pptx, file), "1 list of editors");
}

#[test]
fn each_kind_of_hidden_content_of_libreoffice_is_found() {
    let style = |look: &str| format!("<style:style style:name=\"a\">{look}</style:style>");
    for (styles, body, expected) in [
        (
            "",
            r#"<text:user-field-decls><text:user-field-decl office:string-value="Mrs Oakapple" text:name="who"/></text:user-field-decls>"#,
            "1 stored variable",
        ),
        (r##"<style:text-properties fo:color="#ffffff"/>"##, "", PALE),
        (
            r##"<style:text-properties fo:color="#ffffff"/><style:table-cell-properties fo:background-color="#000000"/>"##,
            "",
            "",
        ),
        (r#"<style:text-properties fo:font-size="1pt"/>"#, "", PALE),
        (
            r#"<style:graphic-properties fo:clip="rect(0cm, 1cm, 0cm, 0cm)"/>"#,
            "",
            CROPPED,
        ),
        (
            r#"<style:table-column-properties style:column-width="0cm"/>"#,
            "",
            "1 hidden text, row or object",
        ),
        (
            "",
            r#"<text:a xlink:href="file:///home/moakapple/plan.odt">plan</text:a>"#,
            PATH,
        ),
    ] {
        let file = open_document("text", &style(styles), body, &[]);
        assert_eq!(hidden(DocumentType::Odt, file), expected, "{styles}{body}");
    }
    let plain = odt("<text:p>Words</text:p>", &[]);
    assert_eq!(hidden(DocumentType::Odt, plain), "");
    let page = r#"<style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/>"#;
    let slide = r#"<draw:page draw:name="One"><draw:frame svg:x="30cm" svg:y="1cm" svg:width="2cm" svg:height="1cm"><draw:text-box><text:p>Words</text:p></draw:text-box></draw:frame></draw:page>"#;
    let file = open_document("presentation", page, slide, &[]);
    assert_eq!(hidden(DocumentType::Odp, file), OUTSIDE);
    let header = br"<office:document-styles><office:master-styles><style:master-page><style:header><text:p>Mrs Oakapple</text:p></style:header></style:master-page></office:master-styles></office:document-styles>";
    for (words, expected) in [
        ("Mrs Oakapple", "1 header or footer of prints"),
        ("Page <text:page-number>1</text:page-number>", ""),
    ] {
        let header = String::from_utf8_lossy(header).replace("Mrs Oakapple", words);
        let parts = [("styles.xml", header.as_bytes())];
        let file = open_document("spreadsheet", "", "", &parts);
        assert_eq!(hidden(DocumentType::Ods, file), expected, "{words}");
    }
}

/// A page of 300 × 200 points with this content; objects from 5 on follow.
fn drawn(content: &str, page: &str, more: &[&str]) -> Vec<u8> {
    let stream = format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    );
    let leaf = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> /Contents 4 0 R {page} >>"
    );
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        &leaf,
        &stream,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ];
    objects.extend(more);
    pdf_of(&objects, "")
}

#[test]
fn each_kind_of_hidden_content_of_a_pdf_is_found() {
    let words = "BT /F1 12 Tf 20 100 Td (Mrs Oakapple) Tj ET";
    let shown = "BT /F1 12 Tf 20 20 Td (Words) Tj ET";
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream";
    for (content, page, expected) in [
        (words.to_owned(), "", ""),
        (format!("{words} 0 g 10 90 150 40 re f"), "", COVERED),
        (
            format!("{words} 0 g 10 90 m 160 90 l 160 130 l 10 130 l h f"),
            "",
            COVERED,
        ),
        (format!("1 0 0 rg 10 90 150 40 re f 0 g {words}"), "", ""),
        (format!("0 g 10 90 150 40 re f {words}"), "", PALE),
        (format!("1 g {words}"), "", PALE),
        (format!("0 0.5 0 rg 10 90 150 40 re f 1 g {words}"), "", ""),
        (
            "BT 3 Tr /F1 12 Tf 20 100 Td (Mrs Oakapple) Tj ET".to_owned(),
            "",
            PALE,
        ),
        (
            "BT /F1 0.5 Tf 20 100 Td (Mrs Oakapple) Tj ET".to_owned(),
            "",
            PALE,
        ),
        (words.to_owned(), "/CropBox [0 0 300 60]", OUTSIDE),
        (format!("q 0 0 300 60 re W n {words} Q"), "", OUTSIDE),
        ("q 100 0 0 100 20 50 cm /X Do Q".to_owned(), "", ""),
        (
            "q 20 50 40 100 re W n 100 0 0 100 20 50 cm /X Do Q".to_owned(),
            "",
            CROPPED,
        ),
        ("q 100 0 0 100 20 -150 cm /X Do Q".to_owned(), "", OUTSIDE),
        (
            "q 100 0 0 100 20 50 cm /X Do Q 0 g 0 0 300 200 re f".to_owned(),
            "",
            COVERED,
        ),
    ] {
        let file = drawn(&format!("{content} 0 g {shown}"), page, &[picture]);
        let is_under = content.ends_with("0 0 300 200 re f");
        let inside = contents(DocumentType::Pdf, file.clone());
        let found = hidden(DocumentType::Pdf, file);
        if is_under {
            assert!(found.contains(COVERED), "{content}: {found}");
        } else {
            let unused = if content.contains("/X Do") {
                ""
            } else {
                expected
            };
            assert!(found == expected || found == unused, "{content}: {found}");
        }
        if !expected.is_empty() && content.contains("Oakapple") {
            assert!(
                text_of(&inside, Part::Hidden).contains("Mrs Oakapple"),
                "{content}"
            );
        }
    }
    let hidden_note =
        "<< /Type /Annot /Subtype /Widget /FT /Tx /F 2 /Rect [0 0 9 9] /V (Mrs Oakapple) >>";
    let file = pdf(
        "Words",
        "/AcroForm << /Fields [6 0 R] >>",
        "/Annots [6 0 R]",
        &[hidden_note],
        "",
    );
    assert_eq!(
        hidden(DocumentType::Pdf, file),
        "1 hidden text, row or object"
    );
    let link = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (file:///C:/Users/moakapple/a.pdf) >> >>";
    let file = pdf("Words", "", "/Annots [6 0 R]", &[link], "");
    assert_eq!(hidden(DocumentType::Pdf, file), PATH);
}

#[test]
fn text_of_a_pdf_is_read_across_lines_letters_and_forms() {
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F1 5 0 R >> >> /Length 41 >>\nstream\nBT /F1 12 Tf 20 100 Td (Mrs Oakapple) Tj ET\nendstream";
    let mut apart = String::from("BT /F1 12 Tf");
    let mut backwards = apart.clone();
    let letters: Vec<(f64, char)> = "Mrs Oakapple went"
        .chars()
        .scan(20.0, |x, letter| {
            let at = *x;
            *x += match letter {
                'l' => 2.7,
                ' ' => 3.4,
                'M' => 10.0,
                'r' | 't' => 4.0,
                'O' => 9.3,
                'w' => 8.7,
                'k' | 's' => 6.0,
                _ => 6.7,
            };
            Some((at, letter))
        })
        .filter(|(_, letter)| *letter != ' ')
        .collect();
    for (x, letter) in &letters {
        let _ = write!(apart, " 1 0 0 1 {x} 100 Tm ({letter}) Tj");
    }
    for (x, letter) in letters.iter().rev() {
        let _ = write!(backwards, " 1 0 0 1 {x} 100 Tm ({letter}) Tj");
    }
    for (content, expected) in [
        (
            "BT /F1 12 Tf 14 TL 20 100 Td (I rang Mrs) Tj T* (Oakapple) Tj ET".to_owned(),
            "Mrs Oakapple",
        ),
        (
            "BT /F1 12 Tf 14 TL 20 100 Td (number 943 476) Tj T* (5919) Tj ET".to_owned(),
            "943 476 5919",
        ),
        (
            "BT /F1 12 Tf 14 TL 20 100 Td (Mrs Oak-) Tj T* (apple) Tj ET".to_owned(),
            "Mrs Oakapple",
        ),
        (
            "BT /F1 12 Tf 20 100 Td [(M) 20 (rs) -300 (Oak) 10 (apple)] TJ ET".to_owned(),
            "Mrs Oakapple",
        ),
        (apart + " ET", "Mrs Oakapple"),
        (backwards + " ET", "Mrs Oakapple"),
        ("/X Do".to_owned(), "Mrs Oakapple"),
    ] {
        let inside = contents(DocumentType::Pdf, drawn(&content, "", &[form]));
        let text = text_of(&inside, Part::Text);
        assert!(text.contains(expected), "{content}: {text}");
        assert_eq!(inside.unread(), None, "{content}");
    }
}

#[test]
fn pictures_behind_any_chain_of_filters_are_inspected() {
    let photo = jpeg_with(&[(0xe1, &exif_block())]);
    let hex = photo.iter().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    }) + ">";
    let twice = hex.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    }) + ">";
    for (filter, data) in [
        ("[/ASCIIHexDecode /DCTDecode]", &hex),
        ("[/AHx /DCT]", &hex),
        ("7 0 R", &hex),
        ("[/ASCIIHexDecode /ASCIIHexDecode /DCTDecode]", &twice),
    ] {
        let object = format!(
            "<< /Type /XObject /Subtype /Image /Width 24 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter {filter} /Length {} >>\nstream\n{data}\nendstream",
            data.len()
        );
        let more = [object.as_str(), "[/ASCIIHexDecode /DCTDecode]"];
        let file = drawn("q 100 0 0 100 20 50 cm /X Do Q", "", &more);
        let found = hidden(DocumentType::Pdf, file);
        assert!(
            found.starts_with("1 picture or page with metadata"),
            "{filter}: {found}"
        );
    }
    let broken = "<< /Type /XObject /Subtype /Image /Width 24 /Height 16 /Filter [/Unknown /DCTDecode] /Length 1 >>\nstream\nx\nendstream";
    let file = drawn("q 100 0 0 100 20 50 cm /X Do Q", "", &[broken]);
    let words = contents(DocumentType::Pdf, file).words();
    assert!(
        words.contains("1 picture that cannot be inspected"),
        "{words}"
    );
}
