//! `import` of OpenDocument, plain text and Markdown of other programs, and files that end in a
//! sentence.

use super::support::Workspace;
use super::support::files::{docx, open_document, paragraph, zipped};
use super::support::word::{DOT, word};

fn body_of(text: &str) -> &str {
    let body = text.split_once("\n---\n\n").unwrap().1;
    body.rsplit_once("-->\n\n").map_or(body, |(_, body)| body)
}

#[test]
fn opendocument_keeps_its_structure_and_loses_what_is_deleted_or_hidden() {
    let styles = r#"<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="X" style:family="text"><style:text-properties text:display="none"/></style:style><text:list-style style:name="L"><text:list-level-style-number text:level="1" text:start-value="4" style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>"#;
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>BAD</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Feelings</text:h>
<text:p>I <text:span text:style-name="B">was</text:span><text:s text:c="1"/>calm<text:change text:change-id="a"/>.<office:annotation><text:p>BAD</text:p></office:annotation> <text:span text:style-name="X">BAD</text:span><text:line-break/>Next<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Below.</text:p></text:note-body></text:note></text:p>
<text:list text:style-name="L"><text:list-item><text:p>four</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>five</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:image xlink:href="Pictures/p.png"/><svg:title>short</svg:title><svg:desc>A chart</svg:desc></draw:frame></text:p>
<text:section text:display="none"><text:p>BAD</text:p></text:section>"#;
    let bytes = open_document("text", styles, body, &[("Pictures/p.png", DOT)]);
    let workspace = Workspace::tiny();
    let (entry, text) = workspace.import_one("in/pain.odt", &bytes);
    let expected = "## Feelings\n\nI **was** calm. \\\nNext[^1]\n\n4. four\n   - deep\n5. five\n\n| wide |  |\n| --- | --- |\n| a | b |\n\n![A chart](../../evidence/pain-1.png)\n\n[^1]: Below.\n";
    assert_eq!(body_of(&text), expected);
    let left = entry.conversion.left;
    assert_eq!(
        (left.insertions, left.deletions, left.comments, left.hidden),
        (1, 1, 1, 2)
    );
}

#[test]
fn a_formula_of_opendocument_is_kept_as_it_was_typed() {
    let body = r#"<text:p>It is <draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame> so.<draw:frame><draw:object xlink:href="./Object 2"/></draw:frame></text:p>"#;
    let formula = br#"<math xmlns="m"><semantics><mi>a</mi><annotation encoding="StarMath 5.0">{want} over {have}</annotation></semantics></math>"#;
    let chart = b"<office:document-content xmlns:office=\"o\"/>";
    let parts: [(&str, &[u8]); 2] = [
        ("Object 1/content.xml", formula),
        ("Object 2/content.xml", chart),
    ];
    let bytes = open_document("text", "", body, &parts);
    let (entry, text) = Workspace::tiny().import_one("in/dose.odt", &bytes);
    assert_eq!(body_of(&text), "It is {want} over {have} so.\n");
    assert_eq!(
        (entry.conversion.left.objects, entry.evidence.len()),
        (1, 0)
    );
}

#[test]
fn text_files_of_windows_and_misnamed_ones_are_read() {
    let words = "Feelings\n\nI was calm – it’s “so”.\n\n•\tone\n•\ttwo\n";
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ansi: Vec<u8> = words
        .chars()
        .map(|letter| match letter {
            '–' => 0x96,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '•' => 0x95,
            letter => u8::try_from(letter).unwrap(),
        })
        .collect();
    let mut marked = vec![0xff, 0xfe];
    marked.extend(&wide);
    let windows = words.replace('\n', "\r\n").into_bytes();
    for (name, bytes) in [
        ("in/a.txt", words.as_bytes()),
        ("in/b.txt", &windows),
        ("in/c.txt", &ansi),
        ("in/d.txt", &marked),
        ("in/e", &wide),
    ] {
        let (_, text) = Workspace::tiny().import_one(name, bytes);
        let expected = "I was calm – it’s “so”.\n\n- one\n- two\n";
        assert!(text.ends_with(expected), "{name}: {text}");
    }
    let markdown = "# Pain\n\nDate: 2026-02-01\n\n## The incident\n\nIt **was** noon.\n";
    for name in ["in/pain.md.txt", "in/pain.markdown", "in/pain.md"] {
        let workspace = Workspace::tiny();
        workspace.write(name, markdown);
        workspace.import(&[name], |options| options.date = None);
        let text = workspace.read("portfolio/entries/2026/pain.md");
        assert!(
            text.contains("title: \"Pain\"\ndate: 2026-02-01\n"),
            "{text}"
        );
        assert!(
            text.ends_with("## The incident\n\nIt **was** noon.\n"),
            "{text}"
        );
    }
}

#[test]
fn an_entry_under_a_wrong_name_keeps_its_keys_and_becomes_a_draft() {
    let entry = "---\ntitle: Mine\ndate: 2026-02-01\nstatus: submitted\ntype: product\nksbs: [K1]\n---\n\nWords.\n";
    let workspace = Workspace::tiny();
    workspace.write("in/mine.md.txt", entry);
    workspace.import(&["in/mine.md.txt"], |options| options.date = None);
    let text = workspace.read("portfolio/entries/2026/mine.md");
    let expected = "---\ntitle: \"Mine\"\ndate: 2026-02-01\nstatus: draft\nid: mine\ntype: product\nksbs: [K1]\nimported: sha256:";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.ends_with("\n---\n\nWords.\n"), "{text}");
}

#[test]
fn an_export_of_notion_finds_its_pictures_and_loses_its_ids() {
    let id = "0123456789abcdef0123456789abcdef";
    let note = format!(
        "# Ward visit\n\nCreated: March 14, 2026 10:31 AM\n\n![chart](Ward%20visit%20{id}/chart.png)\n\n[Next](Other%20{id}.md)\n"
    );
    let (name, picture) = (
        format!("Ward visit {id}.md"),
        format!("Ward visit {id}/chart.png"),
    );
    let zip = zipped(&[(&name, note.as_bytes()), (&picture, DOT)]);
    let workspace = Workspace::tiny();
    workspace.write("in/export.zip", zip);
    let plan = workspace.import(&["in/export.zip"], |options| options.date = None);
    assert_eq!(plan.files.len(), 2);
    let text = workspace.read("portfolio/entries/2026/ward-visit.md");
    assert!(text.contains("date: 2026-03-14"), "{text}");
    assert!(
        text.contains("![chart](../../evidence/ward-visit-1.png)\n\nNext\n"),
        "{text}"
    );
    let untitled = zipped(&[(&name, b"Words only.")]);
    workspace.write("in/second.zip", untitled);
    workspace.import(&["in/second.zip"], |_| {});
    assert!(
        workspace
            .read("portfolio/entries/2026/ward-visit-2.md")
            .contains("title: \"Ward visit\"")
    );
}

#[test]
fn a_vault_of_obsidian_finds_pictures_by_their_names() {
    let workspace = Workspace::tiny();
    let note = "---\ntags: [ward]\ncreated: 2026-03-01\n---\n![[chart.png|A chart]]\nSee [[Other note|that]]. %%BAD%%\n";
    workspace.write("vault/notes/Pain.md", note);
    workspace.write("vault/files/chart.png", DOT);
    workspace.import(&["vault"], |options| options.date = None);
    let text = workspace.read("portfolio/entries/2026/pain.md");
    assert!(text.contains("date: 2026-03-01"), "{text}");
    assert_eq!(
        body_of(&text),
        "![A chart](../../evidence/pain-1.png)\nSee that.\n"
    );
    assert!(!text.contains("tags") && !text.contains("BAD"), "{text}");
}

#[test]
fn each_file_that_is_not_read_ends_in_one_sentence() {
    let nested = zipped(&[("inner.zip", &zipped(&[("a.txt", b"x")]))]);
    let bomb = zipped(&[("a.txt", &vec![b' '; 40 * 1024 * 1024])]);
    let broken = &word("<w:p/>")[..400];
    let entity = docx("<w:p/>", &[]);
    let locked: Vec<u8> = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &"EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>(),
    ]
    .concat();
    let workbook = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
    ]);
    let pages = zipped(&[("Index/Document.iwa", b"x")]);
    let cases: [(&str, &[u8], &str); 12] = [
        (
            "in/a.doc",
            &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1],
            "before 2007",
        ),
        ("in/locked.docx", &locked, "password"),
        ("in/a.pdf", b"%PDF-1.7", "PDF"),
        ("in/a.pages", &pages, "Pages"),
        ("in/a.xlsx", &workbook, "workbook"),
        ("in/broken.docx", broken, "broken"),
        ("in/empty.docx", b"", "empty"),
        ("in/no-words.docx", &entity, "no text"),
        ("in/nested.zip", &nested, "zip within a zip"),
        ("in/bomb.zip", &bomb, "unpacks"),
        ("in/noise.txt", &[0, 1, 2, 3, 200], "not text"),
        ("in/a.rtf", b"{\\rtf1 a}", "rich text"),
    ];
    for (name, bytes, part) in cases {
        let workspace = Workspace::tiny();
        let sentence = workspace.import_refused(name, bytes);
        assert!(sentence.contains(part), "{name}: {sentence}");
        assert!(
            !sentence.contains('\n') && sentence.len() < 240,
            "{sentence}"
        );
        assert!(!workspace.path().join("portfolio/entries").exists());
    }
    let workspace = Workspace::tiny();
    workspace.write("in/entity.docx", {
        let document = paragraph("x").replace('x', "&bomb;");
        docx(&document, &[])
    });
    let plan = workspace.import(&["in/entity.docx"], |_| {});
    assert!(format!("{:?}", plan.files[0].becomes).contains("broken"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let workspace = Workspace::tiny();
    workspace.write("elsewhere/secret.txt", "secret");
    workspace.write("in/a.md", "# A\n\n![x](link.png) words\n");
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(workspace.path().join(to), workspace.path().join(from)).unwrap();
    };
    link("in/link.txt", "elsewhere/secret.txt");
    link("in/link.png", "elsewhere/secret.txt");
    link("named.txt", "elsewhere/secret.txt");
    let plan = workspace.import(&["in", "named.txt"], |_| {});
    let shown = format!("{:?}", plan.files);
    assert_eq!(shown.matches("it is a link").count(), 3, "{shown}");
    assert!(
        !workspace
            .read("portfolio/entries/2026/a.md")
            .contains("secret")
    );
    assert!(!workspace.path().join("portfolio/evidence").exists());
}
