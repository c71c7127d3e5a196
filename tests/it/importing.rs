//! `import` of Word documents: what becomes of their text, and what is never lost or overwritten.

use super::support::files::zipped;
use super::support::word::{DOT, item, run, styled, word};
use super::support::{Sandbox, Workspace, tree};

/// The body of the entry that a Word document becomes.
fn body(document: &str) -> String {
    let (_, text) = Workspace::tiny().import_one("in/pain.docx", &word(document));
    let (_, body) = text.split_once("\n---\n\n").unwrap();
    body.to_owned()
}

fn plain(words: &str) -> String {
    styled("", &run("", words))
}

#[test]
fn headings_name_title_and_stages_and_the_draft_claims_nothing() {
    let document = [
        styled("Title", &run("", "Pain without words")),
        plain("Date: 14 February 2026"),
        styled("H1", &run("", "1. What happened?")),
        plain("I saw it. It shows K1 and B1."),
        styled("H2", &run("", "Detail")),
        plain("More."),
        styled("H1", &run("", "Action plan")),
        plain("I will read."),
    ];
    let workspace = Workspace::tiny();
    workspace.write("in/a.docx", word(&document.concat()));
    let plan = workspace.import(&["in/a.docx"], |options| options.date = None);
    assert_eq!(plan.files.len(), 1);
    let text = workspace.read("portfolio/entries/2026/pain-without-words.md");
    let (head, body) = text.split_once("\n---\n\n").unwrap();
    for line in [
        "title: \"Pain without words\"",
        "date: 2026-02-14",
        "type: reflection",
        "model: gibbs",
        "id: pain-without-words",
        "anonymised: false ",
        "# in the text: K1, B1. Add those that it shows.",
    ] {
        assert!(head.contains(line), "{line}: {head}");
    }
    assert!(head.contains("status: draft ") && head.contains("\nksbs: [] "));
    assert_eq!(
        body,
        "Date: 14 February 2026\n\n## 1. What happened?\n\nI saw it. It shows K1 and B1.\n\n### Detail\n\nMore.\n\n## Action plan\n\nI will read.\n"
    );
    let project = workspace.load();
    let entry = &project.portfolio.entries[0];
    assert!(entry.claims.is_empty());
    assert_eq!(entry.reflection.stages.len(), 2);
    assert!(!project.is_broken(entry.path.as_str()));
}

#[test]
fn a_heading_far_below_is_no_title_and_levels_follow_the_stages() {
    let document = [
        plain("one"),
        plain("two"),
        plain("three"),
        plain("four"),
        styled("H2", &run("", "Feelings")),
        styled("H1", &run("", "Other")),
    ];
    let workspace = Workspace::tiny();
    let (entry, text) = workspace.import_one("in/my_visit-2.docx", &word(&document.concat()));
    assert_eq!(entry.title, "My visit 2");
    assert!(
        text.ends_with("four\n\n## Feelings\n\n## Other\n"),
        "{text}"
    );
}

#[test]
fn a_text_in_one_block_is_whole_and_the_stages_are_proposed() {
    let text = body(&plain("One block of text."));
    assert!(text.starts_with("<!-- The text as it was."), "{text}");
    assert!(text.contains("## Description\n## Feelings\n"), "{text}");
    assert!(text.ends_with("-->\n\nOne block of text.\n"), "{text}");
}

#[test]
fn bold_lines_and_labels_that_name_stages_become_headings() {
    let bold = |words| styled("", &run("<w:b/>", words));
    let lead = styled(
        "",
        &(run("<w:b/>", "Evaluation: ") + &run("", "It went well.")),
    );
    let document = [
        bold("Description"),
        plain("It was noon."),
        styled("", &run(r#"<w:rStyle w:val="Strong"/>"#, "Feelings:")),
        plain("Calm."),
        lead,
        bold("Not a stage"),
    ];
    let workspace = Workspace::tiny();
    let (entry, text) = workspace.import_one("in/pain.docx", &word(&document.concat()));
    let made = &entry.conversion.made_headings;
    assert_eq!(*made, ["Description", "Feelings", "Evaluation"]);
    let expected = "## Description\n\nIt was noon.\n\n## Feelings\n\nCalm.\n\n## Evaluation\n\nIt went well.\n\n**Not a stage**\n";
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(entry.title, "Pain", "the name of the file");
}

#[test]
fn lists_have_their_real_numbers_and_nest() {
    let document = [
        item(2, 0, "three"),
        item(2, 0, "four"),
        plain("Between."),
        item(2, 0, "five"),
        plain("Then."),
        item(3, 0, "seven"),
        plain("And."),
        item(1, 0, "bullet"),
        item(1, 1, "first"),
        item(1, 1, "second"),
    ];
    let text = body(&document.concat());
    let expected = "3. three\n4. four\n\nBetween.\n\n5. five\n\nThen.\n\n7. seven\n\nAnd.\n\n- bullet\n  1. first\n  2. second\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn looks_links_notes_quotations_breaks_and_symbols_are_kept() {
    let document = [
        styled(
            "",
            &[
                run("<w:b/>", "bold "),
                run("<w:i/>", "italic"),
                run("", " "),
                run("<w:strike/>", "gone"),
                run("", " H"),
                run(r#"<w:vertAlign w:val="subscript"/>"#, "2"),
                run("", "O, it’s “so” – a*b"),
                "<w:r><w:br/><w:t>next line</w:t></w:r>".to_owned(),
                r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#.to_owned(),
            ]
            .concat(),
        ),
        styled("Quote", &run("", "Said by one.")),
        styled(
            "",
            &[
                r#"<w:hyperlink r:id="rL"><w:r><w:t>a page</w:t></w:r></w:hyperlink>"#,
                r#"<w:hyperlink r:id="rK"><w:r><w:t> no claim</w:t></w:r></w:hyperlink>"#,
                r#"<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:noBreakHyphen/></w:r>"#,
            ]
            .concat(),
        ),
    ];
    let text = body(&document.concat());
    let expected = "**bold** _italic_ ~~gone~~ H₂O, it’s “so” – a\\*b\\\nnext line[^1]\n\n> Said by one.\n\n[a page](https://example.com/a) no claim✓\u{2011}\n\n[^1]: A note below.\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn fields_boxes_controls_and_choices_give_their_text_once() {
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.com/b" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> after</w:t></w:r></w:p>"#;
    let inner = plain("In the box.");
    let boxed = format!(
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Beside it.</w:t></w:r></w:p>"#
    );
    let control = format!(
        r#"<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"#,
        plain("Typed."),
        plain("Click here to enter text.")
    );
    let tick = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> done</w:t></w:r></w:p>"#;
    let contents = styled("TOC1", &run("", "Description 1"));
    let text = body(&[field, &boxed, &control, tick, &contents].concat());
    let expected = "-->\n\n[shown](https://example.com/b) after\n\nBeside it.\n\nIn the box.\n\nTyped.\n\n☒ done\n";
    assert!(text.ends_with(expected), "{text}");
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |words: &&str| format!("<w:tc>{}</w:tc>", plain(words));
    let row = |cells: &&[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(cell).collect::<String>()
        )
    };
    format!(
        "<w:tbl>{}</w:tbl>",
        rows.iter().map(row).collect::<String>()
    )
}

#[test]
fn a_table_is_kept_and_a_template_becomes_headings_and_text() {
    let kept = body(&table(&[&["Day", "Food"], &["Monday", "Soup | bread"]]));
    let expected = "| Day | Food |\n| --- | --- |\n| Monday | Soup \\| bread |\n";
    assert!(kept.ends_with(expected), "{kept}");
    let template = table(&[
        &["Unit", "3"],
        &[
            "What happened?",
            "I was on the ward and the patient could not speak to me at all.",
        ],
        &["Thoughts and feelings", "I was worried."],
    ]);
    assert_eq!(
        body(&template),
        "**Unit:** 3\n\n## What happened?\n\nI was on the ward and the patient could not speak to me at all.\n\n## Thoughts and feelings\n\nI was worried.\n"
    );
    let merged = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>high</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#;
    let merged = body(merged);
    assert!(
        merged.ends_with("| wide |  | high |\n| --- | --- | --- |\n| a | b |  |\n"),
        "{merged}"
    );
}

const PICTURE: &str = r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr descr="A chart of falls"/><a:blip r:embed="rP"/></wp:inline></w:drawing></w:r></w:p>"#;

#[test]
fn pictures_go_to_evidence_once_with_their_description_and_no_consent() {
    let workspace = Workspace::tiny();
    let document = [PICTURE, &plain("Between."), PICTURE].concat();
    let (entry, text) = workspace.import_one("in/Falls on the ward.docx", &word(&document));
    let link = "![A chart of falls](../../evidence/falls-on-the-ward-1.png)";
    assert_eq!(text.matches(link).count(), 2, "{text}");
    let attached = "attachments:\n  - { file: evidence/falls-on-the-ward-1.png, alt: \"A chart of falls\" }\nimported";
    let attached = attached.strip_suffix("imported").unwrap();
    assert!(text.contains(attached), "{text}");
    assert!(!text.contains("consent"), "{text}");
    assert_eq!(entry.evidence.len(), 1);
    let file = workspace
        .path()
        .join("portfolio/evidence/falls-on-the-ward-1.png");
    assert_eq!(std::fs::read(file).unwrap(), DOT);
}

#[test]
fn a_second_import_does_nothing_and_a_new_one_gives_the_same_bytes() {
    let workspace = Workspace::tiny();
    let document = word(&[PICTURE, &plain("Words.")].concat());
    let (_, first) = workspace.import_one("in/pain.docx", &document);
    let before = tree(workspace.path());
    assert_eq!(
        workspace.import_refused("in/pain.docx", &document),
        "portfolio/entries/2026/pain.md"
    );
    assert_eq!(tree(workspace.path()), before);
    // Also under another name, and after the entry has moved.
    std::fs::rename(
        workspace.path().join("portfolio/entries/2026/pain.md"),
        workspace.path().join("portfolio/entries/moved.md"),
    )
    .unwrap();
    assert_eq!(
        workspace.import_refused("in/other.docx", &document),
        "portfolio/entries/moved.md"
    );
    workspace.import(&["in/pain.docx"], |options| options.as_new = true);
    let second = workspace.read("portfolio/entries/2026/pain-2.md");
    assert_eq!(second.replace("pain-2", "pain"), first);
    let other = Workspace::tiny();
    assert_eq!(other.import_one("in/pain.docx", &document).1, first);
}

#[test]
fn nothing_is_overwritten_and_the_original_is_kept_only_if_asked() {
    let workspace = Workspace::tiny()
        .file("portfolio/entries/2026/pain.md", "mine")
        .file("portfolio/evidence/pain-2-1.png", "mine too");
    let document = word(&[PICTURE, &plain("Words.")].concat());
    workspace.write("in/pain.docx", &document);
    workspace.import(&["in/pain.docx"], |options| options.keep = true);
    assert_eq!(workspace.read("portfolio/entries/2026/pain.md"), "mine");
    assert_eq!(
        workspace.read("portfolio/evidence/pain-2-1.png"),
        "mine too"
    );
    let kept = workspace
        .path()
        .join("portfolio/evidence/originals/pain-3.docx");
    assert_eq!(std::fs::read(kept).unwrap(), document);
    let unused: Vec<_> = workspace
        .findings()
        .into_iter()
        .filter(|one| one["rule"] == "unused-file")
        .map(|one| one["file"].to_string())
        .collect();
    assert_eq!(
        unused,
        ["\"portfolio/evidence/pain-2-1.png\""],
        "a kept original is no finding"
    );
    let site = workspace.site("private");
    assert!(!site.keys().any(|path| path.contains(".docx")));
}

#[test]
fn identifiers_are_listed_and_keep_out_of_titles_and_names() {
    let workspace = Workspace::tiny();
    let document = [
        styled("Title", &run("", "Visit to Mrs Oakapple")),
        plain("Mrs Oakapple, NHS number 943 476 5919, was in pain."),
    ];
    let (entry, text) = workspace.import_one("in/Mrs Oakapple.docx", &word(&document.concat()));
    assert_eq!(entry.title, "Imported document");
    assert_eq!(
        entry.path.as_str(),
        "portfolio/entries/2026/imported-document.md"
    );
    let rules: Vec<&str> = entry
        .identifiers
        .iter()
        .map(|(_, kind, _)| kind.rule())
        .collect();
    assert!(
        rules.contains(&"nhs-number") && rules.contains(&"personal-name"),
        "{rules:?}"
    );
    let line = entry
        .identifiers
        .iter()
        .find(|one| one.1.rule() == "nhs-number")
        .unwrap()
        .0;
    let shown = text.lines().nth(line - 1).unwrap();
    assert!(shown.contains("943 476 5919"), "line {line}: {shown}");
}

#[test]
fn the_program_shows_a_table_first_and_writes_all_or_nothing() {
    let sandbox = Sandbox::tiny();
    sandbox.write("in/one.docx", word(&plain("Words of one.")));
    sandbox.write("in/two.docx", "%PDF-1.7");
    sandbox.write("in/three/photo.jpg", [0xff, 0xd8]);
    let before = tree(sandbox.path());
    let dry = sandbox.run(&["import", "--dry-run", "in"]);
    assert_eq!(tree(sandbox.path()), before);
    for part in [
        "FILE ",
        "one.docx",
        "portfolio/entries/2026/one.md",
        "0/6 gibbs",
        "two.docx",
        "nothing: not read, see below",
        "three/photo.jpg",
        "nothing: no document",
        "Not imported: it is a PDF",
        "No heading names a stage",
    ] {
        assert!(dry.out.contains(part), "{part}: {}", dry.out);
    }
    assert!(
        dry.err
            .contains("1 draft would be written. Nothing was written."),
        "{}",
        dry.err
    );
    let real = sandbox.run(&["import", "in"]);
    assert_eq!((dry.code, real.code), (2, 2));
    assert_eq!(real.out, dry.out);
    assert!(
        sandbox
            .read("portfolio/entries/2026/one.md")
            .contains("Words of one.")
    );
    let again = sandbox.run(&["import", "in/one.docx"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        again
            .out
            .contains("imported before, portfolio/entries/2026/one.md"),
        "{}",
        again.out
    );
}

#[test]
fn the_day_is_from_the_text_then_the_properties_or_asked_for() {
    let sandbox = Sandbox::tiny();
    let blank = word(&plain("Words."));
    sandbox.write("in/dated.docx", &blank);
    let run = sandbox.run(&["import", "in/dated.docx"]);
    assert!(
        run.out
            .contains("12 March 2026, from the file's properties"),
        "{}",
        run.out
    );
    sandbox.write("in/note.txt", "Words without a day.");
    let run = sandbox.run(&["import", "in/note.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("give the day with --date"), "{}", run.out);
    let run = sandbox.run(&["import", "in/note.txt", "--date", "2026-05-02"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        sandbox
            .read("portfolio/entries/2026/note.md")
            .contains("date: 2026-05-02")
    );
}

#[test]
fn a_folder_and_a_zip_of_twenty_five_give_the_same_entries() {
    let folder = Workspace::tiny();
    let zip = Workspace::tiny();
    let names: Vec<String> = (1..=25)
        .map(|number| format!("visit {number}.docx"))
        .collect();
    let files: Vec<Vec<u8>> = (1..=25)
        .map(|number| word(&plain(&format!("Visit number {number}."))))
        .collect();
    let mut parts: Vec<(&str, &[u8])> = Vec::new();
    for (name, bytes) in names.iter().zip(&files) {
        folder.write(&format!("in/{name}"), bytes);
        parts.push((name, bytes));
    }
    parts.push(("__MACOSX/._visit 1.docx", b"x"));
    zip.write("in.zip", zipped(&parts));
    folder.import(&["in"], |_| {});
    zip.import(&["in.zip"], |_| {});
    let entries = |workspace: &Workspace| tree(&workspace.path().join("portfolio/entries"));
    assert_eq!(entries(&folder).len(), 25);
    assert_eq!(entries(&folder), entries(&zip));
}

#[test]
fn a_template_with_a_question_below_its_stage_becomes_headings() {
    let cell = |words: &[&str]| {
        let lines: String = words.iter().map(|words| plain(words)).collect();
        format!("<w:tc>{lines}</w:tc>")
    };
    let row = |left: &[&str], right: &[&str]| format!("<w:tr>{}{}</w:tr>", cell(left), cell(right));
    let template = [
        row(&["Date"], &["2 February 2026"]),
        row(
            &[
                "Feelings",
                "What were you thinking and feeling at the time of it all?",
            ],
            &["I was calm."],
        ),
        row(&["Conclusion", "Write here"], &["Ask first."]),
    ];
    let text = body(&format!("<w:tbl>{}</w:tbl>", template.concat()));
    assert_eq!(
        text,
        "**Date:** 2 February 2026\n\n## Feelings\n\nWhat were you thinking and feeling at the time of it all?\n\nI was calm.\n\n## Conclusion\n\nWrite here\n\nAsk first.\n"
    );
}

#[test]
fn lists_in_cells_have_lines_and_typed_signs_make_lists() {
    let items = [
        plain("•\u{9}one"),
        plain("• two"),
        plain("Between"),
        plain("- three"),
        plain("- four"),
        plain("- a dash in the middle of nothing").replace("- a", "A - a"),
    ];
    let text = body(&items.concat());
    let expected =
        "- one\n- two\n\nBetween\n\n- three\n- four\n\nA - a dash in the middle of nothing\n";
    assert!(text.ends_with(expected), "{text}");
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr></w:tbl>",
        plain("Step"),
        plain("Notes"),
        plain("Before"),
        item(1, 0, "Wash"),
        item(1, 0, "Ask")
    );
    let workspace = Workspace::tiny();
    let (entry, text) = workspace.import_one("in/steps.docx", &word(&table));
    assert!(text.contains("| Before | • Wash<br>• Ask |"), "{text}");
    assert_eq!(entry.title, "Steps");
    let page = workspace.page_for("private", "entries/steps.html");
    assert!(page.contains("• Wash<br"), "{page}");
}

#[test]
fn titles_days_types_and_codes_are_read_as_people_write_them() {
    let bold = |words: &str| styled("", &run("<w:b/>", words));
    for (name, document, expected) in [
        (
            "in/a.docx",
            [
                bold("Moving and handling"),
                plain("Tuesday 3 February 2026"),
                plain("Words."),
            ]
            .concat(),
            &[
                "title: \"Moving and handling\"",
                "date: 2026-02-03",
                "type: reflection",
            ][..],
        ),
        (
            "in/week 6.docx",
            [
                bold("Gibbs Reflective Cycle"),
                plain("Written on 20/02/2026"),
                plain("K1/B1, K1–K10"),
            ]
            .concat(),
            &[
                "title: \"Week 6\"",
                "date: 2026-02-20",
                "# in the text: K1, B1, K2, K10.",
            ],
        ),
        (
            "in/witness testimony.docx",
            plain("Date\u{a0}written:\u{a0}28\u{a0}Feb\u{a0}2026 ") + &plain("She did it well."),
            &[
                "title: \"Witness testimony\"",
                "date: 2026-02-28",
                "type: witness-testimony",
            ],
        ),
        (
            "in/witness testimony 2.docx",
            [
                bold("Feelings"),
                plain("Calm."),
                bold("Analysis"),
                plain("It is 5 March 2026."),
            ]
            .concat(),
            &["type: reflection", "model: gibbs"],
        ),
        (
            "in/B1 and K2.docx",
            plain("24/02/2026") + &plain("A long enough text."),
            &["# in the text: B1, K2.", "date: 2026-02-24"],
        ),
    ] {
        let workspace = Workspace::tiny();
        workspace.write(name, word(&document));
        let plan = workspace.import(&[name], |options| {
            options.date = None;
            options.kind = None;
        });
        let ksbfolio::engine::Becomes::Entry(entry) = &plan.files[0].becomes else {
            panic!("{name}: {:?}", plan.files[0].becomes);
        };
        let text = workspace.read(entry.path.as_str());
        for line in expected {
            assert!(text.contains(line), "{name}: {line}: {text}");
        }
    }
}

#[test]
fn a_formula_is_one_line_of_text() {
    let formula = r#"<w:p><m:oMath xmlns:m="m"><m:f><m:num><m:r><m:t>want</m:t></m:r></m:num><m:den><m:r><m:t>have</m:t></m:r></m:den></m:f><m:r><m:t>×x</m:t></m:r><m:sSup><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>"#;
    assert!(
        body(formula).ends_with("(want)/(have)×x^2\n"),
        "{}",
        body(formula)
    );
}
