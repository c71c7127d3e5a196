//! Everyday inputs: what people type and save, and what is read or said. The rows are in
//! `everyday.txt`.

use std::collections::BTreeMap;

use image::ImageFormat;
use ksbfolio::parse::dates::typed;

use super::support::files::picture;
use super::support::{SETTINGS, Sandbox, Workspace, repository};

/// An input and what is right for it.
struct Row {
    input: String,
    right: String,
}

fn rows(section: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(repository().join("tests/it/everyday.txt")).unwrap();
    let part = text.split("\n== ").find(|part| part.starts_with(section));
    let part = part.unwrap_or_else(|| panic!("no section {section}"));
    let rows = part.lines().skip(1).filter(|line| !line.is_empty());
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 3, "{line}");
        Row {
            input: cells[0]
                .replace("\\\\", "\u{e000}")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\ufeff", "\u{feff}")
                .replace('\u{e000}', "\\"),
            right: cells[1].to_owned(),
        }
    })
    .collect()
}

/// Rules about what a whole portfolio lacks, which say nothing about the input.
const QUIET: [&str; 12] = [
    "missing-justification",
    "uncovered-criterion",
    "group-incomplete",
    "thin-criterion",
    "behind-plan",
    "long-silence",
    "batch-of-entries",
    "confidentiality-not-declared",
    "near-duplicate-entries",
    "unused-file",
    "no-valid-consent",
    "missing-detail",
];

/// Message and help of the findings of each file.
fn said(workspace: &Workspace) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for finding in workspace.findings() {
        if QUIET.contains(&finding["rule"].as_str().unwrap()) {
            continue;
        }
        let file = finding["file"].as_str().unwrap_or_default().to_owned();
        let of_file = said.entry(file).or_default();
        for key in ["message", "help"] {
            of_file.push_str(finding[key].as_str().unwrap_or_default());
            of_file.push('\n');
        }
    }
    said
}

/// The codes that each entry claims, by its file.
fn claims(workspace: &Workspace) -> BTreeMap<String, String> {
    let project = workspace.load();
    let portfolio = &project.portfolio;
    let codes = |entry: &ksbfolio::model::FiledEntry| {
        let codes = entry
            .claims
            .iter()
            .map(|claim| portfolio.catalogue.code(claim.criterion).to_string());
        codes.collect::<Vec<_>>().join(" ")
    };
    let entries = portfolio.entries.iter();
    entries
        .map(|entry| (entry.path.as_str().to_owned(), codes(entry)))
        .collect()
}

fn path(at: usize) -> String {
    format!("portfolio/entries/row-{at:03}.md")
}

/// Judges a part of what is right; `None` if another test has to.
fn check_said(part: &str, said: &str, row: &Row) {
    match part.strip_prefix("says ") {
        Some(words) => assert!(
            said.contains(words),
            "{}\n  misses: {words}\n  said: {said}",
            row.input
        ),
        None if part == "silent" => assert_eq!(said, "", "{}", row.input),
        None => panic!("{part} of {}", row.input),
    }
}

/// A portfolio in which each row is an entry made by `text`, judged by what is said and claimed.
fn check_entries(section: &str, base: Workspace, text: impl Fn(&str) -> String) {
    let rows = rows(section);
    for (at, row) in rows.iter().enumerate() {
        base.write(&path(at), text(&row.input));
    }
    let (said, claimed) = (said(&base), claims(&base));
    let project = base.load();
    for (at, row) in rows.iter().enumerate() {
        let path = path(at);
        let said = said.get(&path).map_or("", String::as_str);
        for part in row.right.split(" | ") {
            if let Some(codes) = part.strip_prefix("claims ") {
                assert_eq!(
                    claimed.get(&path).map(String::as_str),
                    Some(codes),
                    "{}",
                    row.input
                );
            } else if let Some(name) = part.strip_prefix("uses ") {
                let entries = &project.portfolio.entries;
                let entry = entries
                    .iter()
                    .find(|entry| entry.path.as_str() == path)
                    .unwrap();
                let files = &entry.front_matter.attachments;
                let is_used = files
                    .iter()
                    .any(|file| file.file.value == format!("evidence/{name}"));
                assert!(is_used, "{}: {files:?}", row.input);
            } else {
                check_said(part, said, row);
            }
        }
    }
}

fn st0215() -> Workspace {
    Workspace::empty().file(
        "portfolio/portfolio.yaml",
        SETTINGS.replace("tiny", "st0215"),
    )
}

#[test]
fn there_are_enough_rows_and_half_are_from_others() {
    let text = std::fs::read_to_string(repository().join("tests/it/everyday.txt")).unwrap();
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.matches('\t').count() == 2)
        .collect();
    let collected = rows.iter().filter(|row| !row.ends_with("\town")).count();
    assert!(
        rows.len() >= 150 && collected >= 75,
        "{} rows, {collected} collected",
        rows.len()
    );
}

#[test]
fn codes_are_read_as_they_are_typed() {
    let rows = rows("codes");
    let base = st0215();
    for (at, row) in rows.iter().enumerate() {
        let quoted = serde_json::to_string(&row.input).unwrap();
        base.write(&path(at), format!("---\ntitle: Row {at}\ndate: 2026-11-14\ntype: product\nid: row-{at}\nksbs: [{quoted}]\n---\nWords.\n"));
    }
    let (said, claimed) = (said(&base), claims(&base));
    for (at, row) in rows.iter().enumerate() {
        let path = path(at);
        for part in row.right.split(" | ") {
            if part.starts_with("says ") {
                check_said(part, said.get(&path).map_or("", String::as_str), row);
            } else {
                assert_eq!(claimed[&path], part, "{}", row.input);
            }
        }
    }
}

#[test]
fn dates_are_read_as_they_are_typed() {
    for row in rows("dates  ") {
        let read = typed(&row.input).map_or_else(|why| why, |date| date.to_string());
        match row.right.strip_prefix("says ") {
            Some(words) => assert!(read.contains(words), "{}: {read}", row.input),
            None => assert_eq!(read, row.right, "{}", row.input),
        }
    }
}

#[test]
fn dates_of_entries_are_mended_where_only_one_day_fits() {
    let rows = rows("dates of an entry");
    let sandbox = Sandbox::tiny();
    for (at, row) in rows.iter().enumerate() {
        let text = format!(
            "---\ntitle: Row {at}\ndate: {}\ntype: product\nksbs: [K1]\n---\nWords.\n",
            row.input
        );
        sandbox.write(&path(at), text);
    }
    let said = said(&sandbox);
    sandbox.run(&["check", "--fix"]);
    for (at, row) in rows.iter().enumerate() {
        for part in row.right.split(" | ") {
            match part.strip_prefix("fixed ") {
                Some(date) => {
                    let text = sandbox.read(&path(at));
                    assert!(
                        text.contains(&format!("\ndate: {date}\n")),
                        "{}: {text}",
                        row.input
                    );
                }
                None => check_said(part, said.get(&path(at)).map_or("", String::as_str), row),
            }
        }
    }
}

#[test]
fn headings_mean_the_stages_of_their_model() {
    for (section, model) in [
        ("headings of Gibbs", "gibbs"),
        ("headings of Driscoll", "driscoll"),
        ("headings of Kolb", "kolb"),
    ] {
        let rows = rows(section);
        let base = Workspace::tiny();
        for (at, row) in rows.iter().enumerate() {
            let heading = if row.input.starts_with("**") {
                row.input.clone()
            } else {
                format!("## {}", row.input)
            };
            base.write(&path(at), format!("---\ntitle: Row {at}\ndate: 2026-11-14\nmodel: {model}\nksbs: [K1]\n---\n\n{heading}\n\nI washed my hands, and said why it matters.\n"));
        }
        let project = base.load();
        let portfolio = &project.portfolio;
        for (at, row) in rows.iter().enumerate() {
            let entry = portfolio
                .entries
                .iter()
                .find(|entry| entry.path.as_str() == path(at))
                .unwrap();
            let model = &portfolio.models[entry.reflection.model.unwrap()];
            let stages = entry.reflection.stages.iter().map(|stage| {
                assert!(
                    entry.body.sections[stage.section].words > 5,
                    "{}",
                    row.input
                );
                model.stages[stage.stage].name.value.as_str()
            });
            let stages: Vec<&str> = stages.collect();
            let read = if stages.is_empty() {
                "none".to_owned()
            } else {
                stages.join(", ")
            };
            assert_eq!(read, row.right, "{}", row.input);
        }
    }
}

#[test]
fn words_and_titles_are_read_or_answered_in_plain_words() {
    check_entries("lines of front matter", Workspace::tiny(), |line| {
        let key = line.split(':').next().unwrap().to_lowercase();
        let kind = if ["type", "model"].contains(&key.as_str()) {
            ""
        } else {
            "type: product\n"
        };
        let stages = "## Description\n\nW.\n\n## Feelings\n\nW.\n\n## Evaluation\n\nW.\n\n## Analysis\n\nThe policy.\n\n## Conclusion\n\nW.\n\n## Action plan\n\nIn May 2027.\n";
        format!("---\ntitle: A\ndate: 2026-11-14\n{kind}ksbs: [K1]\n{line}\n---\n{stages}")
    });
    check_entries("titles", Workspace::tiny(), |title| {
        format!("---\ntitle: {title}\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\nWords.\n")
    });
    check_entries("front matter", Workspace::tiny(), str::to_owned);
}

#[test]
fn links_lists_and_tables_of_other_programs_are_read_or_reported() {
    let base = Workspace::tiny()
        .file("portfolio/evidence/note.pdf", "%PDF-1.7 no more")
        .file(
            "portfolio/entries/the visit.md",
            "---\ntitle: The visit\ndate: 2026-11-10\ntype: product\nksbs: [K1]\n---\nWords.\n",
        );
    for name in ["chart.png", "My photo (1).png", "café.png"] {
        base.write(
            &format!("portfolio/evidence/{name}"),
            picture(ImageFormat::Png),
        );
    }
    check_entries("texts", base, |text| {
        format!(
            "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\nWords of its own.\n\n{text}\n"
        )
    });
}

#[test]
fn files_that_are_not_read_are_reported_with_what_mends_it() {
    let text = "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\nWords.\n";
    for row in rows("files") {
        let workspace = Workspace::tiny().file(&row.input, text);
        let said = said(&workspace).into_values().collect::<String>();
        check_said(&row.right, &said, &row);
    }
}

#[test]
fn texts_in_other_encodings_are_read_and_saved_anew() {
    let text = "---\ntitle: Café talk\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\nShe said “yes” – 5 £ for tea.\n";
    let units =
        |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let windows = |letter: char| match letter {
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        other => u8::try_from(u32::from(other)).unwrap(),
    };
    for row in rows("encodings") {
        let bytes: Vec<u8> = match row.input.as_str() {
            "UTF-8" => text.into(),
            "UTF-8 with BOM" => format!("\u{feff}{text}").into(),
            "UTF-16 LE" => [&[0xff, 0xfe], &*units(u16::to_le_bytes)].concat(),
            "UTF-16 BE" => [&[0xfe, 0xff], &*units(u16::to_be_bytes)].concat(),
            "UTF-16 without mark" => units(u16::to_le_bytes),
            "Windows-1252" => text.chars().map(windows).collect(),
            other => panic!("{other}"),
        };
        let sandbox = Sandbox::tiny().file("portfolio/entries/one.md", bytes);
        let said = said(&sandbox).into_values().collect::<String>();
        check_said(&row.right, &said, &row);
        assert_eq!(
            claims(&sandbox)["portfolio/entries/one.md"],
            "K1",
            "{}",
            row.input
        );
        let title = sandbox.load().portfolio.entries[0]
            .front_matter
            .title
            .clone();
        assert_eq!(title, "Café talk", "{}", row.input);
        sandbox.run(&["check", "--fix"]);
        assert_eq!(
            sandbox
                .read("portfolio/entries/one.md")
                .trim_start_matches('\u{feff}'),
            text,
            "{}",
            row.input
        );
    }
}

#[test]
fn words_in_a_comment_are_found_beside_the_questions() {
    let stage = |name: &str| format!("## {name}\n\nThe policy, in May 2027.\n\n");
    let rest = [
        "Feelings",
        "Evaluation",
        "Analysis",
        "Conclusion",
        "Action plan",
    ]
    .map(stage)
    .concat();
    let text = |comment: &str| {
        format!(
            "---\ntitle: A\ndate: 2026-11-14\nksbs: [K1]\n---\n\n## Description\n\n<!--\nWhat did you do and say yourself? Write I for it, and we only for what was truly done together.\n{comment}-->\n\n{rest}"
        )
    };
    let said_of = |comment: &str| {
        said(&Workspace::with_entry(&text(comment)))
            .remove("portfolio/entries/one.md")
            .unwrap_or_default()
    };
    assert!(said_of("").contains("nothing is written under Description"));
    let said = said_of("I washed my hands before the meal.\n");
    assert!(
        said.contains("the words under Description are between <!-- and -->"),
        "{said}"
    );
    assert!(said.contains("move them below the line with -->"), "{said}");
}

#[test]
fn pictures_and_documents_in_the_text_are_shown_like_attachments() {
    let text = "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\n![a chart](../evidence/chart.png)\n\nA note[^1] and **words**.\n\n[^1]: The source.\n";
    let workspace =
        Workspace::with_entry(text).file("portfolio/evidence/chart.png", picture(ImageFormat::Png));
    let site = workspace.site("assessor");
    let page = String::from_utf8(site["entries/one.html"].clone()).unwrap();
    assert!(
        page.contains("<img src=\"../assets/pictures/one-1-") && page.contains("alt=\"a chart\""),
        "{page}"
    );
    assert!(!page.contains("picture left out"));
    assert!(
        page.contains("<sup id=\"_ref1\"><a href=\"#_note1\">1</a></sup>"),
        "{page}"
    );
    assert!(
        page.contains("<div class=\"footnote\" id=\"_note1\"><sup>1</sup>"),
        "{page}"
    );
}

#[test]
fn a_picture_in_the_text_is_part_of_what_is_accepted() {
    let text = "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\n![a chart](../evidence/chart.png)\n";
    let digest = |bytes: &[u8]| {
        let workspace = Workspace::with_entry(text).file("portfolio/evidence/chart.png", bytes);
        let project = workspace.load();
        let digests = &project.portfolio.entries[0].digests;
        // Decisions made before pictures in the text were evidence name the text alone.
        let earlier = "sha256:2f8fe6769639312f551ee2b69003a5ba3a79765a470174907f284a653b680ec6";
        (digests.current().to_owned(), digests.matches(earlier))
    };
    let (one, other) = (
        digest(&picture(ImageFormat::Png)),
        digest(&picture(ImageFormat::Jpeg)),
    );
    assert_ne!(one.0, other.0);
    assert!(one.1 && other.1);
}

#[test]
fn a_picture_that_is_attached_and_shown_is_reported_once() {
    let entry = |file: &str| {
        format!(
            "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: [K1]\nattachments: [{{ file: evidence/{file} }}]\n---\n\nWords of its own.\n\n![A board](../evidence/{file})\n\n![A board](../evidence/{file})\n"
        )
    };
    let about = |workspace: &Workspace, file: &str| {
        let findings = workspace.findings().into_iter();
        let named = findings.filter(|one| one["file"].as_str().unwrap_or_default().contains(file));
        let mut rules: Vec<String> = named
            .filter(|one| one["rule"] != "missing-justification")
            .map(|one| one["rule"].as_str().unwrap_or_default().to_owned())
            .collect();
        rules.sort();
        rules
    };
    let there = Workspace::with_entry(&entry("board.png"))
        .file("portfolio/evidence/board.png", picture(ImageFormat::Png));
    let found = about(&there, "one.md");
    let count = |rule: &str| found.iter().filter(|one| *one == rule).count();
    assert_eq!(count("no-valid-consent"), 1, "{found:?}");
    let missing = about(&Workspace::with_entry(&entry("board.png")), "one.md");
    let files = missing.iter().filter(|rule| *rule == "missing-file");
    assert_eq!(files.count(), 1, "{missing:?}");
    assert!(
        !missing.contains(&"no-valid-consent".to_owned()),
        "{missing:?}"
    );
}

#[test]
fn everyday_words_lead_from_explain_to_codes() {
    let sandbox = Sandbox::tiny().file(
        "portfolio/portfolio.yaml",
        SETTINGS.replace("tiny", "st0215"),
    );
    for words in ["lunch", "falls", "thirsty"] {
        let run = sandbox.run(&["explain", words]);
        let line = run
            .err
            .lines()
            .find(|line| line.contains("something about it"));
        let code = line.and_then(|line| line.split("ksbfolio explain ").nth(1));
        let code = code.unwrap_or_else(|| panic!("{words}: {}", run.err));
        let code = code.trim_end_matches('`');
        assert_eq!(sandbox.run(&["explain", code]).code, 0, "{code}");
    }
    let run = sandbox.run(&["explain", "qqq"]);
    assert!(
        run.err.contains("`ksbfolio coverage` lists codes"),
        "{}",
        run.err
    );
}
