//! Every format reports the same findings in valid syntax, reproducibly.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use serde_json::Value;

use super::support::in_process::{check, load};
use super::support::{AS_OF, Sandbox, Workspace, entry, tree};

/// A portfolio with hostile text, in a folder below the repository's root.
fn hostile() -> Sandbox {
    let standard = super::support::TINY
        .replace("\"One\"", "'=HYPERLINK(\"https://example.org\",\"x\")'")
        .replace(
            "\"Two\"",
            "'a | b <b>c</b> `d` [e](https://example.org) @everyone'",
        )
        .replace(
            "title: Tiny",
            "title: '<script>alert(1)</script> & \"Tiny\"'",
        );
    Sandbox::tiny()
        .file("standards/tiny.yaml", standard)
        .file(
            "portfolio/entries/a, b: 100%.md",
            entry("id: odd\nksbs: [k1, \"K::\\r\\n37]]>\"]\n"),
        )
        .file("portfolio/entries/two.md", entry("ksbs: [{K10: a}]\n"))
}

fn report(sandbox: &Workspace, format: &str) -> String {
    sandbox.check_as(format)
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_format() {
    let (one, two) = (hostile(), hostile());
    for format in [
        "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        assert_eq!(report(&one, format), report(&two, format), "{format}");
        assert!(
            !report(&one, format).contains(one.path().to_str().unwrap()),
            "{format} names the machine"
        );
    }
    for format in ["text", "json", "csv", "markdown"] {
        assert_eq!(one.coverage_as(format), two.coverage_as(format), "{format}");
    }
    assert!(one.coverage_workbook() == two.coverage_workbook(), "xlsx");
}

#[test]
fn several_reports_come_from_one_run() {
    let sandbox = hostile();
    let run = sandbox.run(&[
        "check", "--format", "json", "--output", "a.json", "--format", "junit", "--output",
        "b.xml", "--format", "concise",
    ]);
    let document: Value = serde_json::from_str(&sandbox.read("a.json")).unwrap();
    let all = document["findings"].as_array().unwrap();
    assert_eq!(run.out.lines().count(), all.len(), "one line each");
    assert!(sandbox.read("b.xml").starts_with("<?xml"));
    for (line, finding) in run.out.lines().zip(all) {
        let text = |key: &str| finding[key].as_str().unwrap();
        let start = format!(
            "{}:{}:{}: {}[{}] ",
            text("file"),
            finding["line"],
            finding["column"],
            text("level"),
            text("rule")
        );
        assert!(line.starts_with(&start), "{line}");
    }
}

#[test]
fn fingerprints_and_places_are_those_of_the_json_document_everywhere() {
    let sandbox = hostile();
    let all = sandbox.findings();
    let sarif: Value = serde_json::from_str(&report(&sandbox, "sarif")).unwrap();
    let gitlab: Value = serde_json::from_str(&report(&sandbox, "gitlab")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(
        (results.len(), gitlab.as_array().unwrap().len()),
        (all.len(), all.len())
    );
    for ((finding, result), item) in all.iter().zip(results).zip(gitlab.as_array().unwrap()) {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], finding["line"]);
        assert_eq!(region["endColumn"], finding["end_column"]);
        assert_eq!(
            result["partialFingerprints"]["ksbfolio/v2"],
            finding["fingerprint"]
        );
        assert_eq!(
            (&item["fingerprint"], &item["location"]["path"]),
            (&finding["fingerprint"], &finding["file"])
        );
    }
}

/// Two names of equal length, and nothing in the report says which of them was written.
#[test]
fn line_hashes_for_code_scanning_are_taken_of_the_masked_text() {
    let sarif = |name: &str| {
        let text = format!("{}I helped Mrs {name} to wash.\n", entry("titel: x\n"));
        report(&Workspace::with_entry(&text), "sarif")
    };
    let one = sarif("Oakapple");
    assert_eq!(one, sarif("Fernwell"));
    let document: Value = serde_json::from_str(&one).unwrap();
    let results = document["runs"][0]["results"].as_array().unwrap();
    let hashes: Vec<&str> = results
        .iter()
        .map(|result| &result["partialFingerprints"]["primaryLocationLineHash"])
        .map(|hash| hash.as_str().unwrap())
        .collect();
    assert!(
        results
            .iter()
            .any(|result| result["ruleId"] == "personal-name")
    );
    assert!(
        results
            .iter()
            .any(|result| result["ruleId"] == "unknown-key")
    );
    for hash in hashes {
        let (digits, number) = hash.split_once(':').unwrap();
        assert!(u64::from_str_radix(digits, 16).is_ok() && number.parse::<u32>().is_ok());
    }
}

#[test]
fn paths_for_services_begin_at_the_root_of_the_repository() {
    let sandbox = Sandbox::empty()
        .file(".git/HEAD", "ref: refs/heads/main\n")
        .file(
            "learners/ap 1/portfolio/portfolio.yaml",
            super::support::SETTINGS,
        )
        .file("learners/ap 1/standards/tiny.yaml", super::support::TINY);
    let project = load(&sandbox.path().join("learners/ap 1"), AS_OF);
    let run = |format: &str| check(&project, None, format);
    assert!(run("sarif").contains("\"learners/ap%201/portfolio/portfolio.yaml\""));
    assert!(run("gitlab").contains("\"learners/ap 1/portfolio/portfolio.yaml\""));
    assert!(run("github").contains("file=learners/ap 1/portfolio/portfolio.yaml,"));
    assert!(run("json").contains("\"file\": \"portfolio/portfolio.yaml\""));
}

#[test]
fn junit_has_a_case_for_every_criterion_and_entry_and_survives_any_text() {
    let text = report(&hostile(), "junit");
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut cases, mut failures) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                let name = |key: &str| {
                    let value = tag.try_get_attribute(key).unwrap().unwrap();
                    value.value.into_owned()
                };
                match tag.name().as_ref() {
                    "testcase" => cases.push(format!("{} {}", name("classname"), name("name"))),
                    "failure" => failures += 1,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    assert_eq!(
        cases,
        [
            "tiny.knowledge K1",
            "tiny.knowledge K2",
            "tiny.knowledge K10",
            "tiny.behaviour B1",
            "entry entry:odd",
            "entry entry:two",
        ]
    );
    assert_eq!(
        failures, 3,
        "two gaps, and the entry with an unknown code: {text}"
    );
}

#[test]
fn annotations_beyond_a_services_limit_are_counted() {
    let sandbox = Workspace::tiny();
    for number in 0..14 {
        sandbox.write(
            &format!("portfolio/entries/{number}.md"),
            entry(&format!("titel: x\nksbs: [{{K1: a{number}}}]\n"))
                .replace("Words", &format!("Words {number}")),
        );
    }
    let out = report(&sandbox, "github");
    let errors: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("::error "))
        .collect();
    assert_eq!(errors.len(), 10);
    assert!(
        errors[9].contains("more findings of this level"),
        "{}",
        errors[9]
    );
    assert!(out.lines().all(|line| line.starts_with("::")), "{out}");
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let sandbox = hostile();
    let csv = sandbox.coverage_as("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0][3].starts_with("'=HYPERLINK"), "{}", &rows[0][3]);
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell}"
        );
    }
    let book = parts(&sandbox.coverage_workbook());
    let names: Vec<&str> = between(&book["xl/workbook.xml"], "<sheet name=\"", "\"").collect();
    assert_eq!(names, ["Criteria", "Groups", "About"]);
    let sheet = &book["xl/worksheets/sheet1.xml"];
    let statement = cell(sheet, "D2");
    assert!(statement.contains("t=\"s\""), "{statement} is no text");
    let number: usize = between(statement, "<v>", "</v>")
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(
        between(&book["xl/sharedStrings.xml"], "<t>", "</t>").nth(number),
        Some("=HYPERLINK(\"https://example.org\",\"x\")")
    );
    let pieces = cell(sheet, "G2");
    assert!(
        !pieces.contains("t=\"") && pieces.contains("<v>1</v>"),
        "{pieces} is no number"
    );
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
}

/// The parts of a workbook, as texts by their paths.
fn parts(workbook: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(part.name().unwrap().into_owned(), text);
    }
    parts
}

/// A cell's element in a sheet.
fn cell<'a>(sheet: &'a str, at: &str) -> &'a str {
    let named = format!("\"{at}\"");
    between(sheet, "<c r=", "</c>")
        .find(|cell| cell.starts_with(&named))
        .unwrap()
}

/// Each stretch of `text` that follows `open`, up to `close`.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    let stretches = text.split(open).skip(1);
    stretches.map(move |rest| rest.split_once(close).map_or(rest, |(stretch, _)| stretch))
}

#[test]
fn markdown_reports_escape_text() {
    for out in [
        report(&hostile(), "markdown"),
        hostile().coverage_as("markdown"),
    ] {
        let options = pulldown_cmark::Options::ENABLE_TABLES;
        let mut columns = 0;
        for event in pulldown_cmark::Parser::new_ext(&out, options) {
            match event {
                pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_) => {
                    panic!("{event:?}")
                }
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                    panic!("{dest_url}")
                }
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Table(alignments)) => {
                    columns = alignments.len();
                }
                _ => {}
            }
        }
        assert_eq!(columns, 4, "the last table has its four columns");
        assert!(out.contains("TOTAL 2/4 50%"), "{out}");
    }
}

#[test]
fn a_clean_portfolio_fits_on_a_screen_and_a_crowded_one_says_how_many_more() {
    let clean = Workspace::with_entry(&entry("ksbs: [{K1: a}, {K2: a}, {K10: a}, {B1: a}]\n"));
    assert_eq!(report(&clean, "text"), "Nothing to fix.\n");
    let tags: Vec<String> = (100..200).map(|number| format!("K{number}")).collect();
    let crowded = Workspace::with_entry(&entry(&format!("ksbs: [{}]\n", tags.join(", "))));
    let out = report(&crowded, "text");
    assert!(
        out.contains("and 75 more of unknown-code in portfolio/entries/one.md"),
        "{out}"
    );
    assert_eq!(out.matches("error[unknown-code]").count(), 25);
}

#[test]
fn check_leaves_bytes_and_times_as_they_were() {
    let sandbox = hostile();
    let times = |sandbox: &Sandbox| {
        let walk = walkdir::WalkDir::new(sandbox.path()).sort_by_file_name();
        let items = walk.into_iter().map(Result::unwrap);
        items
            .map(|item| {
                (
                    item.path().to_owned(),
                    item.metadata().unwrap().modified().unwrap(),
                )
            })
            .collect::<Vec<_>>()
    };
    let before = (tree(sandbox.path()), times(&sandbox));
    for format in ["text", "json", "sarif", "junit"] {
        report(&sandbox, format);
    }
    sandbox.run(&["check", "--diff"]);
    assert_eq!((tree(sandbox.path()), times(&sandbox)), before);
    let out = report(&sandbox, "json");
    assert_eq!(out, report(&sandbox, "json"), "warm equals cold");
}

#[test]
fn results_beyond_a_thousand_per_rule_and_file_are_counted() {
    let body = "[a](gone.md) ".repeat(1500);
    let sandbox = Workspace::with_entry(&(entry("ksbs: [K1]\n") + &body));
    let broken = |findings: &[Value], key: &str| {
        findings
            .iter()
            .filter(|finding| finding[key] == "broken-link")
            .cloned()
            .collect::<Vec<_>>()
    };
    let sarif: Value = serde_json::from_str(&report(&sandbox, "sarif")).unwrap();
    let reported = broken(sarif["runs"][0]["results"].as_array().unwrap(), "ruleId");
    assert_eq!(reported.len(), 1000);
    let last = reported[999]["message"]["text"].as_str().unwrap();
    assert!(
        last.contains("and 500 more like this in this file"),
        "{last}"
    );
    assert!(
        !reported[998]["message"]["text"]
            .as_str()
            .unwrap()
            .contains("more")
    );
    let gitlab: Value = serde_json::from_str(&report(&sandbox, "gitlab")).unwrap();
    assert_eq!(broken(gitlab.as_array().unwrap(), "check_name").len(), 1000);
    let json: Value = serde_json::from_str(&report(&sandbox, "json")).unwrap();
    assert_eq!(
        broken(json["findings"].as_array().unwrap(), "rule").len(),
        1500
    );
    assert!(json["summary"]["error"].as_u64().unwrap() >= 1500);
    assert!(report(&sandbox, "markdown").contains("500 more like this"));
    assert_eq!(
        report(&sandbox, "concise").matches("[broken-link]").count(),
        1500
    );
}
