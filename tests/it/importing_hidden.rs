//! `import` of Word documents: deleted, hidden and comment words are in no output.

use super::support::word::{FOOTNOTE, run, styled, word, word_with};
use super::support::{Workspace, tree};

fn plain(words: &str) -> String {
    styled("", &run("", words))
}

/// The body of the entry, and the counts.
fn import(document: &str) -> (String, ksbfolio::document::LeftBehind) {
    let (entry, text) = Workspace::tiny().import_one("in/pain.docx", &word(document));
    let body = text.rsplit_once("-->\n\n").unwrap().1.to_owned();
    (body, entry.conversion.left)
}

#[test]
fn tracked_changes_are_read_as_accepted_and_counted() {
    let mark = |kind: &str| format!("<w:pPr><w:rPr><w:{kind} w:author=\"Z\"/></w:rPr></w:pPr>");
    let document = [
        // Words.
        format!(
            "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>BAD</w:delText></w:r></w:del></w:p>",
            run("", "Old "),
            run("", "new")
        ),
        // The end of a paragraph, deleted: it joins the next.
        format!("<w:p>{}{}</w:p>", mark("del"), run("", "First ")),
        plain("second"),
        // A whole paragraph, deleted and inserted.
        format!(
            "<w:p>{}<w:del><w:r><w:delText>BAD</w:delText></w:r></w:del></w:p>",
            mark("del")
        ),
        format!(
            "<w:p>{}<w:ins>{}</w:ins></w:p>",
            mark("ins"),
            run("", "Whole")
        ),
        // A move.
        format!("<w:p><w:moveFrom>{}</w:moveFrom></w:p>", run("", "BAD")),
        format!("<w:p><w:moveTo>{}</w:moveTo></w:p>", run("", "Moved")),
        // Rows.
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:ins/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
            plain("row"),
            plain("BAD"),
            plain("added")
        ),
        // A change of look: the earlier one was hidden.
        format!(
            "<w:p>{}</w:p>",
            run(
                "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>",
                "Seen"
            )
        ),
    ];
    let (body, left) = import(&document.concat());
    let expected =
        "Old new\n\nFirst second\n\nWhole\n\nMoved\n\n| row |\n| --- |\n| added |\n\nSeen\n";
    assert_eq!(body, expected);
    let counts = (left.insertions, left.deletions, left.moves, left.formats);
    // Words, a mark and words, a row; words, two marks and words, a row.
    assert_eq!(counts, (4, 5, 1, 1));
}

#[test]
fn hidden_words_and_comments_are_left_out_and_counted() {
    let commented = r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Seen</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#;
    let document = [
        commented.to_owned(),
        styled(
            "",
            &(run("<w:vanish/>", "BAD ")
                + &run("<w:vanish/>", "BAD")
                + &run(r#"<w:vanish w:val="0"/>"#, "shown")),
        ),
        styled("", &run(r#"<w:rStyle w:val="Secret"/>"#, "BAD")),
        styled("SecretLine", &run("", "BAD")),
        styled("", &run(r#"<w:color w:val="FFFFFF"/>"#, "BAD")),
        styled("", &run(r#"<w:sz w:val="2"/>"#, "BAD")),
        // White letters on a dark ground can be read.
        styled(
            "",
            &run(
                r#"<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>"#,
                "white",
            ),
        ),
        format!(
            "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
            plain("BAD")
        ),
    ];
    let (body, left) = import(&document.concat());
    assert_eq!(body, "Seen\n\nshown\n\nwhite\n");
    assert_eq!((left.comments, left.hidden), (1, 6));
}

/// A small generator of numbers: the same seed gives the same documents.
struct Numbers {
    state: u64,
    /// Text boxes around: their ground may be of any colour, so white words there may be seen.
    boxes: usize,
}

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % limit
    }

    fn run(&mut self) -> String {
        let seen = |number: u64| run("", &format!("seen{number} "));
        let number = self.below(1000);
        match self.below(16) {
            0 => format!("<w:del><w:r><w:delText>BAD{number}</w:delText></w:r></w:del>"),
            1 => format!("<w:moveFrom>{}</w:moveFrom>", run("", "BAD")),
            2 => run("<w:vanish/>", "BAD"),
            3 => run(r#"<w:rStyle w:val="Secret"/>"#, "BAD"),
            4 if self.boxes == 0 => run(r#"<w:color w:val="FFFFFF"/>"#, "BAD"),
            5 => format!("<w:ins>{}</w:ins>", self.run()),
            6 => format!("<w:ins><w:del>{}</w:del></w:ins>", self.run()),
            7 => r#"<w:r><w:commentReference w:id="0"/></w:r>"#.to_owned(),
            8 => r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#.to_owned(),
            9 => format!(r#"<w:del><w:r><w:footnoteReference w:id="5"/></w:r>{}</w:del>"#, self.run()),
            10 => r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>BAD</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>seen</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#.to_owned(),
            11 => {
                self.boxes += 1;
                let inner = self.paragraph();
                self.boxes -= 1;
                format!(r#"<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"#, inner, plain("BAD"))
            }
            12 => run("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange><w:b/>", &format!("seen{number} ")),
            13 => format!("<w:hyperlink r:id=\"rL\">{}</w:hyperlink>", seen(number)),
            _ => seen(number),
        }
    }

    fn paragraph(&mut self) -> String {
        let properties = match self.below(8) {
            0 => "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
            1 => "<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>",
            2 => r#"<w:pPr><w:pStyle w:val="H1"/></w:pPr>"#,
            3 => r#"<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>"#,
            4 => return styled("SecretLine", &run("", "BAD")),
            _ => "",
        };
        let runs: String = (0..=self.below(4)).map(|_| self.run()).collect();
        format!("<w:p>{properties}{runs}</w:p>")
    }

    fn block(&mut self) -> String {
        match self.below(8) {
            0 => {
                let row = |numbers: &mut Self| match numbers.below(4) {
                    0 => format!(
                        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr>",
                        plain("BAD")
                    ),
                    1 => format!(
                        "<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>",
                        plain("BAD"),
                        numbers.paragraph()
                    ),
                    _ => format!(
                        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
                        numbers.paragraph(),
                        numbers.paragraph()
                    ),
                };
                let rows: String = (0..=self.below(3)).map(|_| row(self)).collect();
                format!("<w:tbl>{rows}</w:tbl>")
            }
            1 => format!(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                plain("BAD")
            ),
            2 => format!(
                "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
                self.paragraph()
            ),
            _ => self.paragraph(),
        }
    }
}

#[test]
fn no_deleted_hidden_or_comment_word_is_in_any_output_of_200_documents() {
    let mut numbers = Numbers {
        state: 20_260_314,
        boxes: 0,
    };
    let workspace = Workspace::tiny();
    let footnotes = FOOTNOTE.to_owned()
        + r#"<w:footnote w:id="5"><w:p><w:r><w:t>BADNOTE</w:t></w:r></w:p></w:footnote>"#;
    let comments = r#"<w:comment w:id="0" w:author="BADAUTHOR"><w:p><w:r><w:t>BADCOMMENT</w:t></w:r></w:p></w:comment>"#;
    for number in 0..200 {
        let blocks: String = (0..=numbers.below(8)).map(|_| numbers.block()).collect();
        let document = plain(&format!("seen first {number}")) + &blocks;
        let bytes = word_with(&document, &footnotes, comments);
        workspace.write(&format!("in/{number}.docx"), bytes);
    }
    let plan = workspace.import(&["in"], |_| {});
    assert_eq!(plan.files.len(), 200);
    let written = tree(&workspace.path().join("portfolio/entries"));
    assert_eq!(written.len(), 200);
    let mut seen = 0;
    for (path, bytes) in written {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("BAD"), "{}:\n{text}", path.display());
        seen += text.matches("seen").count();
    }
    assert!(seen > 1000, "{seen} words that can be seen");
}
