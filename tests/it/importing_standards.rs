//! Standards of Skills England's feed and of workbooks, as files of a workspace.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use ksbfolio::engine::{
    self, BecomesStandard, ImportedStandard, StandardImport, known_standards, read_standard,
};
use ksbfolio::model::{LockedStandard, Standard};
use serde_json::{Value, json};

use super::support::files::{docx, office, paragraph};
use super::support::{Sandbox, Workspace, entry};

/// The feed's record of a standard that we have, with ids made of its codes.
fn record_of(standard: &Standard) -> Value {
    let id = |code: &str| format!("id-of-{code}");
    let list = |kind: &str, key: &str| -> Vec<Value> {
        let of = standard
            .criteria
            .iter()
            .filter(|one| standard.kind_of(one).id == kind);
        let mut of: Vec<_> = of.collect();
        of.sort_by(|a, b| a.code.value.cmp(&b.code.value));
        let item = |one: &&ksbfolio::model::Criterion| json!({ key: id(one.code.value.as_str()), "detail": one.text.known().unwrap() });
        of.iter().map(item).collect()
    };
    let duties = standard.groups.iter().map(|group| {
        let mapped = |letter: &str| -> Vec<String> {
            let codes = group.criteria.iter().map(|at| standard.criteria[*at].code.value.as_str());
            codes.filter(|code| code.starts_with(letter)).map(id).collect()
        };
        json!({
            "dutyID": format!("duty-{}", group.code.value), "dutyDetail": group.text.known().unwrap(), "isThisACoreDuty": 1,
            "mappedKnowledge": mapped("K"), "mappedSkills": mapped("S"), "mappedBehaviour": mapped("B"),
        })
    });
    json!({
        "referenceNumber": "ST0215", "title": standard.title, "level": 5, "version": "1.1", "larsCode": 999,
        "knowledges": list("knowledge", "knowledgeId"), "skills": list("skill", "skillId"),
        "behaviours": list("behaviour", "behaviourId"), "duties": duties.collect::<Vec<Value>>(),
    })
}

fn shipped() -> Standard {
    let known = known_standards(None).unwrap();
    known
        .into_iter()
        .find(|one| one.id.value == "st0215")
        .unwrap()
}

fn import<'a>(workspace: &'a Workspace, file: &'a Path) -> StandardImport<'a> {
    StandardImport {
        root: Some(workspace.path()),
        file,
        wanted: None,
        output: None,
        replace: false,
    }
}

/// Reads a file that lies beside the workspace's own.
fn read(workspace: &Workspace, name: &str, bytes: impl AsRef<[u8]>) -> ImportedStandard {
    workspace.write(name, bytes);
    let file = workspace.path().join(name);
    read_standard(import(workspace, &file)).unwrap()
}

fn problems(imported: &ImportedStandard) -> String {
    let lines = imported.reading.problems.iter();
    let lines: Vec<String> = lines
        .map(|one| format!("{}: {}", one.place, one.message))
        .collect();
    lines.join("\n")
}

/// Codes with their words, and duties with their codes.
fn contents(standard: &Standard) -> (BTreeMap<String, String>, BTreeMap<String, Vec<String>>) {
    let plain = |text: &str| ksbfolio::text::plain_words(text);
    let statements = standard.criteria.iter();
    let statements =
        statements.map(|one| (one.code.value.to_string(), plain(one.text.known().unwrap())));
    let groups = standard.groups.iter().map(|group| {
        let codes = group
            .criteria
            .iter()
            .map(|at| standard.criteria[*at].code.value.to_string());
        let text = plain(group.text.known().unwrap());
        (format!("{} {text}", group.code.value), codes.collect())
    });
    (statements.collect(), groups.collect())
}

#[test]
fn st0215_from_a_feed_has_the_codes_and_words_that_we_ship() {
    let ours = shipped();
    let sandbox = Sandbox::tiny().file("feed.json", record_of(&ours).to_string());
    let run = sandbox.run(&[
        "standards",
        "import",
        "feed.json",
        "--output",
        "out/st0215.yaml",
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out
            .contains("36 knowledge statements, 33 skill statements, 3 behaviour statements"),
        "{}",
        run.out
    );
    assert!(run.out.contains("st0215: 72 kept."), "{}", run.out);
    let text = sandbox.read("out/st0215.yaml");
    let source = ksbfolio::text::Source::new("standards/st0215.yaml", &text);
    let made = ksbfolio::parse::standard(&source).value.unwrap();
    assert_eq!(contents(&made), contents(&ours));
    assert_eq!(
        LockedStandard::of(&made).digest,
        LockedStandard::of(&ours).digest
    );
    assert_eq!(
        made.criteria[0].guid.known().map(String::as_str),
        Some("id-of-K1")
    );
    // Nothing is invented.
    for unknown in [
        "licence: unknown",
        "updated: unknown",
        "source: unknown",
        "methods: unknown",
        "min_pieces: unknown",
    ] {
        assert!(text.contains(unknown), "{unknown}");
    }
    // Into the portfolio itself there is nothing to import.
    let again = read(&sandbox, "again.json", record_of(&ours).to_string());
    assert_eq!(again.made.unwrap().becomes, BecomesStandard::Nothing);
}

/// A small standard of cats, for workbooks and revisions.
fn cats(statements: &[(&str, &str)]) -> String {
    let mut text = String::from(
        "Reference,ST9998\nTitle,Cat care worker\nLevel,2\nVersion,1.0\n\nCode,Statement,Duty\n",
    );
    for (code, words) in statements {
        let _ = writeln!(text, "{code},{words},Duty 1");
    }
    text + "\nDuty 1,Keep cats well\n"
}

const FIRST: [(&str, &str); 4] = [
    ("K1", "How cats show that they are in pain or fear"),
    ("K2", "Ways to move a cat that does not want to be moved"),
    ("S1", "Weigh a cat and write the weight down"),
    ("B1", "Be patient"),
];

#[test]
fn an_imported_standard_passes_the_check_and_works_in_a_portfolio() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n")).file("cats.csv", cats(&FIRST));
    let dry = sandbox.run(&["standards", "import", "cats.csv", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}{}", dry.out, dry.err);
    assert!(dry.out.contains("code: K1, kind: knowledge"), "{}", dry.out);
    assert!(!sandbox.path().join("standards/st9998.yaml").exists());
    let run = sandbox.run(&["standards", "import", "cats.csv"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.err.contains("Wrote standards/st9998.yaml"),
        "{}",
        run.err
    );
    let check = sandbox.run(&["standards", "check", "standards/st9998.yaml"]);
    assert_eq!((check.code, check.out.as_str()), (0, "Nothing to fix.\n"));
    let settings = sandbox
        .read("portfolio/portfolio.yaml")
        .replace("[tiny]", "[st9998]");
    sandbox.write("portfolio/portfolio.yaml", settings);
    let coverage = sandbox.coverage();
    assert_eq!(coverage["standards"][0]["summary"]["total"], 4);
    // Without a portfolio a file has to be named.
    let bare = Sandbox::empty().file("cats.csv", cats(&FIRST));
    let run = bare.run(&["standards", "import", "cats.csv"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--output"), "{}", run.err);
    let run = bare.run(&["standards", "import", "cats.csv", "--output", "cats.yaml"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let twice = bare.run(&["standards", "import", "cats.csv", "--output", "cats.yaml"]);
    assert_eq!(twice.code, 2, "{}{}", twice.out, twice.err);
}

#[test]
fn every_row_that_cannot_be_read_is_named_and_nothing_is_written() {
    let text = cats(&FIRST).replace("B1,Be patient", "B1,\nX9,Be quick\nK1,Other words");
    let sandbox = Sandbox::tiny().file("cats.csv", text);
    let run = sandbox.run(&["standards", "import", "cats.csv"]);
    assert_eq!(run.code, 2);
    for words in [
        "cats.csv",
        "line 10: B1 has no text",
        "line 11: “X9” is no code",
        "line 12: K1 has other words",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    assert!(
        run.err
            .contains("3 problems to fix first. Nothing was written."),
        "{}",
        run.err
    );
    assert!(!sandbox.path().join("standards/st9998.yaml").exists());
    assert!(sandbox.run(&["standards", "import", "gone.csv"]).code == 2);
}

/// A sheet: its name, rows of cells, and merged ranges.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]], &'a [&'a str]);

/// A workbook with these sheets. Whole numbers are numbers.
fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let (mut tabs, mut relations, mut strings) = (String::new(), String::new(), String::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut count = 0;
    for (at, (name, rows, merged)) in sheets.iter().enumerate() {
        let number = at + 1;
        let _ = write!(
            tabs,
            r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#
        );
        let _ = write!(
            relations,
            r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        let mut data = String::new();
        for (row_at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            let row_number = row_at + 1;
            let _ = write!(data, r#"<row r="{row_number}">"#);
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let letter = char::from(b'A' + u8::try_from(column).unwrap());
                if cell.parse::<u32>().is_ok() {
                    let _ = write!(data, r#"<c r="{letter}{row_number}"><v>{cell}</v></c>"#);
                } else {
                    let _ = write!(
                        data,
                        r#"<c r="{letter}{row_number}" t="s"><v>{count}</v></c>"#
                    );
                    let _ = write!(strings, r#"<si><t xml:space="preserve">{cell}</t></si>"#);
                    count += 1;
                }
            }
            data.push_str("</row>");
        }
        let cells = merged.iter();
        let cells: Vec<String> = cells
            .map(|range| format!(r#"<mergeCell ref="{range}"/>"#))
            .collect();
        let merged = cells.concat();
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!(r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"#),
        ));
    }
    let book = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{tabs}</sheets></workbook>"#
    );
    let relations = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    );
    let strings = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>"#
    );
    let mut more: Vec<(&str, &str, &[u8])> = vec![
        ("xl/_rels/workbook.xml.rels", "", relations.as_bytes()),
        (
            "xl/sharedStrings.xml",
            "spreadsheetml.sharedStrings",
            strings.as_bytes(),
        ),
    ];
    more.extend(
        parts
            .iter()
            .map(|(name, text)| (name.as_str(), "spreadsheetml.worksheet", text.as_bytes())),
    );
    office(("xl/workbook.xml", "spreadsheetml.sheet", &book), &more)
}

#[test]
fn workbooks_of_every_form_give_the_same_standard() {
    let [k1, k2, s1, b1] = FIRST.map(|(_, words)| words);
    let duty = "Keep cats well";
    let forms: [(&str, Vec<u8>); 6] = [
        (
            "merged duty",
            workbook(&[(
                "KSBs",
                &[
                    &["ST9998 Cat care worker"],
                    &[],
                    &["Duty", "Code", "Statement", "RAG"],
                    &["Duty 1: Keep cats well", "K1", k1, "green"],
                    &["", "K2", k2],
                    &["", "S1", s1],
                    &["", "B1", b1],
                ],
                &["A4:A7", "A1:D1"],
            )]),
        ),
        (
            "a sheet for each kind",
            workbook(&[
                ("Instructions", &[&["Fill in the blue cells"]], &[]),
                (
                    "Knowledge",
                    &[
                        &["No.", "Knowledge statement", "Duty"],
                        &["1", k1, "1"],
                        &["2", k2, "1"],
                    ],
                    &[],
                ),
                ("Skills", &[&["1", s1, "Duty 1"]], &[]),
                ("Behaviours", &[&["1", b1, "Duty 1"]], &[]),
                (
                    "Duties",
                    &[&["Duty 1", duty], &["Reference", "ST9998"]],
                    &[],
                ),
            ]),
        ),
        (
            "a sheet for each duty",
            workbook(&[(
                "Duty 1",
                &[
                    &["Standard reference:", "ST9998"],
                    &["Duty 1", duty],
                    &["K1", k1],
                    &["K2", k2],
                    &["S1", s1],
                    &["B1", b1],
                ],
                &[],
            )]),
        ),
        (
            "statements merged over rows",
            workbook(&[(
                "ST9998",
                &[
                    &["Duty 1", duty],
                    &["K1:", k1, "first evidence"],
                    &["", "", "second evidence"],
                    &["K2 -", k2],
                    &["S1", s1],
                    &["B1", b1],
                ],
                &["A2:A3", "B2:B3"],
            )]),
        ),
        (
            "a matrix",
            workbook(&[(
                "ST9998",
                &[
                    &["D1", duty],
                    &["KSB", "Statement", "Duty 1", "Duty 2"],
                    &["K1", k1, "x"],
                    &["K2", k2, "✓"],
                    &["S1", s1, "1"],
                    &["B1", b1, "Yes"],
                ],
                &[],
            )]),
        ),
        (
            "codes of a duty in one cell",
            workbook(&[(
                "ST9998",
                &[
                    &["K1", k1],
                    &["K2", k2],
                    &["S1", s1],
                    &["B1", b1],
                    &[],
                    &["Duty", "Description", "KSBs"],
                    &["1", duty, "K1-K2, S1 and B1"],
                ],
                &[],
            )]),
        ),
    ];
    let workspace = Workspace::tiny();
    let expected = read(&workspace, "cats.csv", cats(&FIRST)).reading.draft;
    assert_eq!(expected.statements.len(), 4);
    for (name, bytes) in forms {
        let imported = read(&workspace, "cats.xlsx", bytes);
        assert_eq!(problems(&imported), "", "{name}");
        let draft = &imported.reading.draft;
        assert_eq!(draft.statements, expected.statements, "{name}");
        assert_eq!(
            draft.duties, expected.duties,
            "{name}: {:?}",
            imported.reading
        );
        assert_eq!(draft.reference.as_deref(), Some("ST9998"), "{name}");
        assert_ne!(draft.title.as_deref(), Some("Fill in the blue cells"));
        let findings = imported.made.unwrap().findings;
        assert!(findings.is_empty(), "{name}");
    }
}

#[test]
fn workbooks_that_cannot_be_read_are_refused() {
    let workspace = Workspace::tiny();
    let bad = workbook(&[(
        "KSBs",
        &[
            &["Code", "Statement"],
            &["K1", "#REF!"],
            &["K2", ""],
            &["Q7", "Words"],
        ],
        &[],
    )]);
    let imported = read(&workspace, "cats.xlsx", bad);
    assert!(imported.made.is_none());
    assert_eq!(
        problems(&imported),
        "KSBs, row 2: the text of K1 is #REF!, an error of the spreadsheet\n\
         KSBs, row 4: “Q7” is no code\n\
         KSBs, row 3: K2 has no text in this file"
    );
    let word = docx(&paragraph("K1: words"), &[]);
    assert!(problems(&read(&workspace, "cats.xlsx", word)).contains("is not of the type"));
    let old = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1];
    assert!(
        problems(&read(&workspace, "cats.xls", old))
            .contains("locked with a password, or in the format")
    );
    let whole = workbook(&[("KSBs", &[&["K1", "words"]], &[])]);
    assert!(
        problems(&read(&workspace, "cats.xlsx", &whole[..whole.len() / 2])).contains("breaks off")
    );
    assert!(problems(&read(&workspace, "cats.csv", "")).contains("it is empty"));
    assert!(problems(&read(&workspace, "cats.html", "<html><table>")).contains("it is a web page"));
    let open = "ST9998\nK1,one cat\nK2,\"two cats\nB1,be kind\n";
    let open = read(&workspace, "cats.csv", open);
    assert!(
        problems(&open).contains("line 3: a quotation mark begins a cell"),
        "{}",
        problems(&open)
    );
}

#[test]
fn texts_of_other_encodings_are_read_and_names_of_people_stay_out() {
    let workspace = Workspace::tiny();
    let text = cats(&[
        ("K1", "The keeper’s “duty” – and more"),
        ("B1", "Be patient"),
    ])
    .replace(',', "\t");
    let wide: Vec<u8> = [0xfeff_u16]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let narrow: Vec<u8> = text
        .chars()
        .map(|letter| match letter {
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            letter => u8::try_from(letter).unwrap(),
        })
        .collect();
    for bytes in [wide, narrow, text.clone().into_bytes()] {
        let imported = read(&workspace, "cats.txt", bytes);
        assert_eq!(problems(&imported), "");
        assert_eq!(
            imported.reading.draft.statements[0].text,
            "The keeper’s “duty” – and more"
        );
    }
    let named =
        "KSBs of Mrs Oakapple\nReference,ST9998\nK1,one cat\nB1,be kind\nSent to Mrs Oakapple\n";
    let imported = read(&workspace, "cats.csv", named);
    let made = imported.made.unwrap();
    assert!(
        !made.source.text.contains("Oakapple"),
        "{}",
        made.source.text
    );
    assert!(
        !imported.reading.left_out.concat().contains("Oakapple"),
        "{:?}",
        imported.reading
    );
}

const SECOND: [(&str, &str); 5] = [
    ("K1", "The law about the keeping of cats"),
    ("K2", "How cats show that they are in pain or fear"),
    ("K3", "Ways to move a cat that does not want to be moved"),
    ("S1", "Weigh a cat and write the weight down"),
    ("B1", "Be patient"),
];

/// A portfolio in which K1 of the first version is accepted.
fn accepted() -> Sandbox {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"))
        .file("cats.csv", cats(&FIRST))
        .file("next.csv", cats(&SECOND).replace("1.0", "1.1"));
    let settings = sandbox
        .read("portfolio/portfolio.yaml")
        .replace("[tiny]", "[st9998]");
    sandbox.write("portfolio/portfolio.yaml", settings);
    let run = sandbox.run(&["standards", "import", "cats.csv"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let run = sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--accept",
        "K1",
        "--vacsr",
        "--feedback",
        "Good.",
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    sandbox
}

fn accepted_codes(sandbox: &Sandbox) -> Vec<String> {
    let coverage = sandbox.coverage();
    let lines = coverage["standards"][0]["criteria"]
        .as_array()
        .unwrap()
        .iter();
    let accepted = lines.filter(|one| one["state"] == "accepted");
    accepted
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_second_import_is_a_diff_and_replaces_nothing_by_itself() {
    let sandbox = accepted();
    let before = sandbox.read("standards/st9998.yaml");
    let same = sandbox.run(&["standards", "import", "cats.csv"]);
    assert_eq!(same.code, 0);
    assert!(
        same.err.contains("has the same words and duties"),
        "{}",
        same.err
    );
    let next = sandbox.run(&["standards", "import", "next.csv"]);
    assert_eq!(next.code, 1, "{}{}", next.out, next.err);
    for words in [
        "moved     K1 -> K2",
        "new       K1",
        "version: 1.0 -> 1.1",
        "Duty 1: K1, K2, S1, B1 -> ",
    ] {
        assert!(next.out.contains(words), "{words}: {}", next.out);
    }
    assert!(next.err.contains("--replace"), "{}", next.err);
    let inside = sandbox.run(&[
        "standards",
        "import",
        "next.csv",
        "--output",
        "standards/next.yaml",
    ]);
    assert_eq!(inside.code, 2);
    assert_eq!(sandbox.read("standards/st9998.yaml"), before);
    assert!(!sandbox.path().join("standards/maps").exists());
}

#[test]
fn the_next_version_comes_with_a_map_and_keeps_what_is_ours() {
    let sandbox = accepted();
    assert_eq!(accepted_codes(&sandbox), ["K1"]);
    let own = sandbox
        .read("standards/st9998.yaml")
        .replace(
            "in pain or fear\"",
            "in pain or fear\", prompts: [\"What did the cat do?\"], assessed: always",
        )
        .replace("prefix: B }", "prefix: B, verified_by: employer }")
        .replace(
            "methods: unknown",
            "methods:\n  - { id: talk, title: A talk, marks: false, criteria: [K1, S1] }",
        )
        .replace("min_pieces: unknown", "min_pieces: 1");
    sandbox.write(
        "standards/st9998.yaml",
        own + "\nsearch_words:\n  - { code: K2, words: [carry] }\n",
    );
    let run = sandbox.run(&["standards", "import", "next.csv", "--replace"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let text = sandbox.read("standards/st9998.yaml");
    for words in [
        "code: K2, kind: knowledge, text: \"How cats show that they are in pain or fear\", prompts: [\"What did the cat do?\"], assessed: always",
        "verified_by: employer",
        "criteria: [K2, S1]",
        "min_pieces: 1",
        "{ code: K3, words: [\"carry\"] }",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let check = sandbox.run(&["standards", "check", "standards/st9998.yaml"]);
    assert_eq!((check.code, check.out.as_str()), (0, "Nothing to fix.\n"));
    let maps: Vec<_> = std::fs::read_dir(sandbox.path().join("standards/maps"))
        .unwrap()
        .collect();
    assert_eq!(maps.len(), 1);
    let run = sandbox.run(&["check", "--fix"]);
    assert!(run.code != 2, "{}{}", run.out, run.err);
    assert_eq!(accepted_codes(&sandbox), ["K2"]);
    // What was replaced is on record.
    let lock = sandbox.read("portfolio/standards.lock");
    assert_eq!(lock.matches("id: \"st9998\"").count(), 2, "{lock}");
}

#[test]
fn one_of_several_standards_is_named() {
    let one = record_of(&shipped());
    let mut other = one.clone();
    other["referenceNumber"] = json!("ST9997");
    let sandbox = Sandbox::tiny().file("feed.json", json!([one, other]).to_string());
    let run = sandbox.run(&["standards", "import", "feed.json"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("--standard \"ST0215 1.1\""), "{}", run.out);
    let run = sandbox.run(&["standards", "import", "feed.json", "--standard", "st9997"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let known = engine::known_standards(Some(sandbox.path())).unwrap();
    assert!(
        known
            .iter()
            .any(|one| one.id.value == "st9997" && one.criteria.len() == 72)
    );
}
