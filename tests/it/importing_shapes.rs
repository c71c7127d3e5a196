//! `import` of the forms and templates that learners are given, of names that file systems and sync
//! programs make, and of files that are broken or large.

use std::fmt::Write as _;

use ksbfolio::engine::Becomes;

use super::support::files::{docx, open_document, paragraph, zipped};
use super::support::word::{DOT, run, styled, word, word_with};
use super::support::{Sandbox, Workspace};

fn plain(words: &str) -> String {
    styled("", &run("", words))
}

fn bold(words: &str) -> String {
    styled("", &run("<w:b/>", words))
}

fn cell(content: &str) -> String {
    format!("<w:tc>{content}</w:tc>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

const STAGES: [(&str, &str); 6] = [
    (
        "Description",
        "I sat with a person who could not eat alone.",
    ),
    ("Feelings", "I was calm, and later tired."),
    ("Evaluation", "It went well that I asked first."),
    ("Analysis", "The policy asks for a record within the hour."),
    ("Conclusion", "I would record it as I go."),
    ("Action plan", "I will ask the dietitian in May."),
];

/// Each stage as blocks, in one text.
fn each(form: impl Fn(usize, &str, &str) -> String) -> String {
    let stages = STAGES.iter().enumerate();
    stages
        .map(|(at, (name, text))| form(at, name, text))
        .collect()
}

fn rows(form: impl Fn(usize, &str, &str) -> Vec<String>) -> String {
    let all = each(|at, name, text| row(&form(at, name, text)));
    table(&[all])
}

#[test]
fn sixteen_shapes_of_templates_become_the_same_reflection() {
    let underlined = |words: &str| styled("", &run(r#"<w:u w:val="single"/>"#, words));
    let numbered = |words: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>{}</w:p>"#,
            run("<w:b/>", words)
        )
    };
    let wide = |words: &str| {
        row(&[format!(
            r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc>"#,
            plain(words)
        )])
    };
    let control = |words: &str| {
        format!(
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            plain(words)
        )
    };
    let inner = rows(|_, name, text| vec![cell(&plain(name)), cell(&plain(text))]);
    let across = |at: std::ops::Range<usize>| {
        let names: Vec<String> = STAGES[at.clone()]
            .iter()
            .map(|one| cell(&plain(one.0)))
            .collect();
        let texts: Vec<String> = STAGES[at].iter().map(|one| cell(&plain(one.1))).collect();
        row(&names) + &row(&texts)
    };
    let shapes = [
        (
            "headings",
            each(|_, name, text| styled("H1", &run("", name)) + &plain(text)),
        ),
        (
            "bold lines",
            each(|_, name, text| bold(name) + &plain(text)),
        ),
        (
            "bold labels",
            each(|_, name, text| {
                styled("", &(run("<w:b/>", &format!("{name}: ")) + &run("", text)))
            }),
        ),
        (
            "plain labels",
            each(|_, name, text| plain(&format!("{name}: {text}"))),
        ),
        (
            "plain lines",
            each(|_, name, text| plain(name) + &plain(text)),
        ),
        (
            "capitals",
            each(|_, name, text| plain(&name.to_uppercase()) + &plain(text)),
        ),
        (
            "underlined lines",
            each(|_, name, text| underlined(name) + &plain(text)),
        ),
        (
            "numbered lines",
            each(|at, name, text| plain(&format!("{}. {name}", at + 1)) + &plain(text)),
        ),
        (
            "items of a list",
            each(|_, name, text| numbered(name) + &plain(text)),
        ),
        ("two columns", inner.clone()),
        (
            "a question below",
            rows(|_, name, text| {
                vec![
                    cell(&(bold(name) + &plain("What was it?"))),
                    cell(&plain(text)),
                ]
            }),
        ),
        (
            "three columns",
            rows(|at, name, text| {
                vec![
                    cell(&plain(&(at + 1).to_string())),
                    cell(&plain(name)),
                    cell(&plain(text)),
                ]
            }),
        ),
        (
            "one column",
            rows(|_, name, text| vec![cell(&(bold(name) + &plain(text)))]),
        ),
        (
            "merged rows",
            table(&[each(|_, name, text| wide(name) + &wide(text))]),
        ),
        ("stages across", table(&[across(0..3), across(3..6)])),
        (
            "a table in a table",
            table(&[row(&[cell(&(plain("My reflection") + &inner))])]),
        ),
        (
            "content controls",
            rows(|_, name, text| vec![cell(&plain(name)), cell(&control(text))]),
        ),
    ];
    for (shape, document) in shapes {
        let document = plain("A first line of some words.") + &document;
        let (entry, text) = Workspace::tiny().import_one("in/lunch.docx", &word(&document));
        let names = STAGES.map(|stage| stage.0.to_owned());
        assert_eq!(entry.stages, names, "{shape}: {text}");
        for (_, words) in STAGES {
            assert!(
                text.contains(&format!("\n\n{words}\n")),
                "{shape}: {words}\n{text}"
            );
        }
        assert_eq!(text.matches("\n## ").count(), 6, "{shape}: {text}");
        assert!(!text.contains('|'), "{shape}: {text}");
    }
}

#[test]
fn labels_that_name_one_stage_stay_in_their_text() {
    for document in [
        plain("Analysis: the urine was clear. I wrote it down."),
        plain("Feelings run high in such an hour."),
        table(&[
            row(&[
                cell(&plain("1")),
                cell(&plain("Feelings")),
                cell(&plain("calm")),
            ]),
            row(&[cell(&plain("2")), cell(&plain("Pulse")), cell(&plain("80"))]),
        ]),
    ] {
        let (entry, text) = Workspace::tiny().import_one("in/day.docx", &word(&document));
        assert!(entry.stages.is_empty(), "{text}");
    }
}

#[test]
fn accents_stay_in_titles_and_become_letters_in_names() {
    for (name, id) in [
        ("in/Résumé of care.docx", "resume-of-care"),
        ("in/Re\u{301}sume\u{301} of care.docx", "resume-of-care"),
        ("in/Zażółć.docx", "zazolc"),
        ("in/Æther & Straße.docx", "aether-strasse"),
        ("in/痛み.docx", "entry"),
    ] {
        let document = [plain("Words."), PICTURE.to_owned()].concat();
        let (entry, text) = Workspace::tiny().import_one(name, &word(&document));
        assert_eq!(entry.path.stem(), id, "{name}");
        assert_eq!(entry.evidence[0].stem(), format!("{id}-1"), "{name}");
        let title = text.lines().nth(1).unwrap();
        assert!(!title.is_ascii(), "{title}");
    }
}

const PICTURE: &str =
    r#"<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="rP"/></wp:inline></w:drawing></w:r></w:p>"#;

#[test]
fn files_of_systems_and_sync_programs_in_a_folder_are_no_documents() {
    let workspace = Workspace::tiny();
    let document = word(&plain("Words of the day."));
    workspace.write("in/pain.docx", &document);
    for name in ["pain (1).docx", "pain - Copy.docx", "pain-LAPTOP-7.docx"] {
        workspace.write(&format!("in/{name}"), &document);
    }
    for name in [
        "~$pain.docx",
        ".~lock.pain.odt#",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._pain.docx",
        "~WRL0001.tmp",
        "pain.docx~",
    ] {
        workspace.write(&format!("in/{name}"), b"\0\x05\x16\x07\0");
    }
    let plan = workspace.import(&["in"], |_| {});
    let made = plan
        .files
        .iter()
        .filter(|file| matches!(file.becomes, Becomes::Entry(_)));
    assert_eq!(made.count(), 1);
    let known = plan
        .files
        .iter()
        .filter(|file| matches!(file.becomes, Becomes::Known(_)));
    assert_eq!(
        (known.count(), plan.files.len()),
        (3, 4),
        "{:?}",
        plan.files
    );
}

#[test]
fn pictures_beside_documents_are_counted_with_what_to_do() {
    let sandbox = Sandbox::tiny();
    sandbox.write("in/pain.docx", word(&plain("Words.")));
    sandbox.write("in/board.png", DOT);
    sandbox.write("in/phone/IMG_1.HEIC", b"x");
    let run = sandbox.run(&["import", "in"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains(
            "2 pictures left alone: put each that an entry shows into portfolio/evidence"
        ),
        "{}",
        run.err
    );
    assert!(run.err.contains("No code is claimed yet"), "{}", run.err);
}

/// Documents that are broken or hostile, by name.
fn bad_documents() -> Vec<(String, Vec<u8>)> {
    let noughts = vec![b' '; 64 * 1024 * 1024];
    let whole = word(&plain("Words of one."));
    let names: Vec<String> = (0..6000).map(|number| format!("p{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"<a/>".as_slice()))
        .collect();
    let deep = |tag: &str| format!("<{tag}>").repeat(20_000) + &format!("</{tag}>").repeat(20_000);
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"#;
    let mut bad: Vec<(String, Vec<u8>)> = vec![
        (
            "bomb.docx".into(),
            docx(&paragraph("x"), &[("word/bomb.xml", "", &noughts)]),
        ),
        ("parts.docx".into(), zipped(&parts)),
        ("deep.docx".into(), docx(&deep("w:p"), &[])),
        ("deep-table.docx".into(), docx(&deep("w:tbl"), &[])),
        (
            "deep.odt".into(),
            open_document("text", "", &deep("text:span"), &[]),
        ),
        (
            "entities.docx".into(),
            zipped(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("word/document.xml", entities.as_bytes()),
            ]),
        ),
        (
            "no-document.docx".into(),
            zipped(&[("[Content_Types].xml", b"<Types/>")]),
        ),
        (
            "no-body.docx".into(),
            zipped(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("word/document.xml", b"<w:document/>"),
            ]),
        ),
        (
            "no-content.odt".into(),
            zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
        ),
        (
            "spreadsheet.odt".into(),
            open_document("spreadsheet", "", "<table:table/>", &[]),
        ),
        (
            "notes.docx".into(),
            word_with(&plain(""), "<w:footnote", "<w:comment"),
        ),
        (
            "latin.docx".into(),
            docx("<w:p><w:r><w:t>caf\u{fffd}</w:t></w:r>", &[]),
        ),
        (
            "noise.docx".into(),
            (0..4096_u32)
                .map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[3])
                .collect(),
        ),
        ("noise.md".into(), vec![0xff, 0xfe, 0xfd, 0, 1, 2, 3]),
        ("noughts.txt".into(), vec![0; 4096]),
        (
            "folder.zip".into(),
            zipped(&[("../../outside.docx", &whole), ("C:\\outside.docx", &whole)]),
        ),
    ];
    for cut in [
        1,
        30,
        whole.len() / 3,
        whole.len() / 2,
        whole.len() - 30,
        whole.len() - 1,
    ] {
        bad.push((format!("cut-{cut}.docx"), whole[..cut].to_vec()));
    }
    for at in (40..whole.len()).step_by(whole.len() / 40) {
        let mut changed = whole.clone();
        changed[at] ^= 0x5a;
        bad.push((format!("changed-{at}.docx"), changed));
    }
    bad
}

#[test]
fn each_bad_document_is_an_entry_or_ends_in_one_sentence() {
    for (name, bytes) in bad_documents() {
        let workspace = Workspace::tiny();
        workspace.write(&format!("in/{name}"), bytes);
        let begin = std::time::Instant::now();
        let plan = workspace.import(&[&format!("in/{name}")], |_| {});
        assert!(
            begin.elapsed().as_secs() < 20,
            "{name}: {:?}",
            begin.elapsed()
        );
        for file in plan.files {
            match file.becomes {
                Becomes::Refused(why) => {
                    assert!(
                        !why.contains('\n') && (10..240).contains(&why.len()),
                        "{name}: {why}"
                    );
                    let own = [
                        "panick", "unwrap", "Error", "utf8", "xml", "XML", "os error",
                    ];
                    assert!(own.iter().all(|word| !why.contains(word)), "{name}: {why}");
                }
                Becomes::Entry(entry) => {
                    let inside = entry.path.as_str().starts_with("portfolio/entries/2026/");
                    assert!(
                        inside && !workspace.read(entry.path.as_str()).contains("outside"),
                        "{name}"
                    );
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        assert!(!workspace.path().join("outside.docx").exists());
    }
}

/// The most memory of the program in bytes while it imports a document.
#[cfg(target_os = "linux")]
fn peak_memory(document: &[u8]) -> usize {
    let sandbox = Sandbox::tiny();
    sandbox.write("in/large.docx", document);
    sandbox.peak_memory(&["import", "--date", "2026-03-14", "in/large.docx"])
}

/// Ten times 20 MB.
#[cfg(target_os = "linux")]
const LIMIT: usize = 10 * 20 * 1024 * 1024;

#[cfg(target_os = "linux")]
#[test]
fn twenty_megabytes_take_less_than_ten_times_their_size_in_memory() {
    let mut noise: u64 = 1;
    let mut next = || {
        noise = noise
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        noise.to_le_bytes()[7]
    };
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut relations = String::new();
    let mut body = String::new();
    for number in 0..20 {
        let name = format!("media/{number}.png");
        let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
        picture.extend(std::iter::repeat_with(&mut next).take(1024 * 1024));
        let _ = write!(
            relations,
            r#"<Relationship Id="p{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{name}"/>"#
        );
        let _ = write!(
            body,
            r#"<w:p><w:r><w:drawing><a:blip xmlns:a="a" xmlns:r="r" r:embed="p{number}"/></w:drawing></w:r></w:p>"#
        );
        parts.push((format!("word/{name}"), picture));
    }
    let relations = format!(r#"<Relationships xmlns="r">{relations}</Relationships>"#);
    let mut more: Vec<(&str, &str, &[u8])> =
        vec![("word/_rels/document.xml.rels", "", relations.as_bytes())];
    more.extend(
        parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), "", bytes.as_slice())),
    );
    let pictures = docx(&(body + &plain("Words.")), &more);
    let line = plain("A paragraph of a long text about pain and care, as long as it has to be.");
    let text = docx(&line.repeat(20 * 1024 * 1024 / line.len()), &[]);
    for (kind, document) in [("pictures", pictures), ("text", text)] {
        let peak = peak_memory(&document);
        assert!(
            (1..LIMIT).contains(&peak),
            "{kind}: {} MB",
            peak / 1024 / 1024
        );
    }
}
