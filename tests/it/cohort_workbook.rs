//! The workbook of a cohort has the fields of the JSON document, each as a number, a day or a text.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use jiff::ToSpan;
use jiff::civil::date;
use serde_json::Value;

use super::cohort_oracle::list;
use super::cohort_rows::{COLUMNS, table_value};
use super::support::{Sandbox, TINY};

/// A cell of a workbook.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Day(String),
}

/// The sheets of a workbook: for each its name, and its rows by the letters of their columns.
pub struct Book {
    pub sheets: Vec<(String, Vec<BTreeMap<String, Cell>>)>,
    pub has_formula: bool,
}

/// What is between two marks, for each time that they occur.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let parts = text.split(from).skip(1);
    parts
        .filter_map(|part| Some(part.split_once(to)?.0))
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    between(tag, &format!(" {name}=\""), "\"").first().copied()
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

impl Book {
    /// Reads what the library writes: sheets in order, shared strings, and styles by number.
    pub fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            let mut file = archive.by_name(name).unwrap();
            file.read_to_string(&mut text).unwrap();
            text
        };
        let (styles, book) = (part("xl/styles.xml"), part("xl/workbook.xml"));
        let strings = part("xl/sharedStrings.xml");
        let strings = between(&strings, "<si>", "</si>");
        let text = |one: &&str| {
            let (text, _) = one.rsplit_once("</t>").unwrap();
            plain(text.rsplit('>').next().unwrap())
        };
        let strings: Vec<String> = strings.iter().map(text).collect();
        let day_formats: Vec<&str> = between(&styles, "<numFmt ", "/>")
            .into_iter()
            .filter(|one| attribute(&format!(" {one}"), "formatCode") == Some("yyyy-mm-dd"))
            .filter_map(|one| between(one, "numFmtId=\"", "\"").first().copied())
            .collect();
        let formats = between(&styles, "<cellXfs", "</cellXfs>")[0];
        let is_day: Vec<bool> = between(formats, "<xf ", ">")
            .iter()
            .map(|one| day_formats.contains(&between(one, "numFmtId=\"", "\"")[0]))
            .collect();
        let (mut sheets, mut has_formula) = (Vec::new(), false);
        for (at, name) in between(&book, "<sheet name=\"", "\"").iter().enumerate() {
            let sheet = part(&format!("xl/worksheets/sheet{}.xml", at + 1));
            has_formula |= sheet.contains("<f>") || sheet.contains("<f ");
            let cell = |text: &str| {
                let (tag, rest) = text.split_once('>').unwrap();
                let tag = format!(" {tag}");
                let column = attribute(&tag, "r")
                    .unwrap()
                    .trim_end_matches(char::is_numeric);
                let value = *between(rest, "<v>", "</v>").first()?;
                let style = attribute(&tag, "s").map_or(0, |one| one.parse::<usize>().unwrap());
                let number = value.parse::<f64>().unwrap();
                let cell = match attribute(&tag, "t") {
                    Some("s") => Cell::Text(strings[value.parse::<usize>().unwrap()].clone()),
                    None if is_day[style] => {
                        // Excel counts 29 February 1900, which there was not.
                        // A whole number: a day has no hour.
                        let day = date(1899, 12, 30) + value.parse::<i64>().unwrap().days();
                        Cell::Day(day.to_string())
                    }
                    None => Cell::Number(number),
                    Some(other) => panic!("a cell of type {other}"),
                };
                Some((column.to_owned(), cell))
            };
            let rows = between(&sheet, "<row ", "</row>");
            let rows = rows.iter().map(|row| {
                let cells = row.split("<c ").skip(1).filter_map(cell);
                cells.collect::<BTreeMap<_, _>>()
            });
            sheets.push((plain(name), rows.collect()));
        }
        Self {
            sheets,
            has_formula,
        }
    }

    pub fn sheet(&self, name: &str) -> &[BTreeMap<String, Cell>] {
        let sheet = self.sheets.iter().find(|(known, _)| known == name);
        let (_, rows) = sheet.unwrap_or_else(|| panic!("no sheet {name}"));
        rows
    }

    /// The rows below the head, by the words of the head.
    fn records(&self, name: &str) -> Vec<BTreeMap<String, Cell>> {
        let [head, rows @ ..] = self.sheet(name) else {
            panic!("{name} is empty")
        };
        let record = |row: &BTreeMap<String, Cell>| {
            let cells = row.iter().map(|(column, cell)| match &head[column] {
                Cell::Text(name) => (name.clone(), cell.clone()),
                other => panic!("{other:?} in a head"),
            });
            cells.collect()
        };
        rows.iter().map(record).collect()
    }
}

/// The columns of days.
const DAYS: [&str; 9] = [
    "Forecast first",
    "Forecast last",
    "Last entry",
    "Last review",
    "Waiting since",
    "Last decision",
    "Start",
    "Planned end",
    "As of",
];

/// What a value of the document is as a cell; nothing if it is not known.
fn expect_cell(name: &str, value: &Value) -> Option<Cell> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) if DAYS.contains(&name) => Some(Cell::Day(text.clone())),
        Value::String(text) => Some(Cell::Text(text.clone())),
        Value::Number(number) => number.as_f64().map(Cell::Number),
        other => panic!("{name}: {other}"),
    }
}

/// The workbook `xlsx` has the figures of the document.
pub fn compare(sandbox: &Sandbox, document: &Value) {
    let book = Book::read(&sandbox.read_bytes("xlsx"));
    assert!(!book.has_formula);
    let names: Vec<&str> = book.sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Learners", "st0215", "tiny", "Assessors", "Rules"]);
    let learners = list(&document["learners"]);
    let records = book.records("Learners");
    assert_eq!(records.len(), learners.len());
    let mut days = BTreeSet::new();
    for (record, row) in records.iter().zip(learners) {
        for (name, pointer) in COLUMNS {
            let expected = expect_cell(name, &table_value(row, name, pointer));
            assert_eq!(record.get(name), expected.as_ref(), "{name} of {row}");
            days.extend(
                record
                    .get(name)
                    .filter(|_| DAYS.contains(&name))
                    .map(|_| name),
            );
        }
        assert!(record.len() <= COLUMNS.len());
    }
    assert_eq!(days.len(), DAYS.len(), "every kind of day occurs: {days:?}");
    for standard in ["tiny", "st0215"] {
        let of = |row: &Value| {
            let standards = list(&row["standards"]).iter();
            let mut standards = standards.filter(|one| one["id"] == standard);
            Some((
                row["learner"].clone(),
                standards.next()?["criteria"].clone(),
            ))
        };
        let expected: Vec<(Value, Value)> = learners.iter().filter_map(of).collect();
        let records = book.records(standard);
        assert_eq!(records.len(), expected.len(), "{standard}");
        for (record, (learner, criteria)) in records.iter().zip(expected) {
            let mut cells: BTreeMap<String, Cell> = BTreeMap::new();
            for (code, state) in criteria.as_object().unwrap() {
                cells.extend(expect_cell(code, state).map(|cell| (code.clone(), cell)));
            }
            cells.extend(expect_cell("", &learner).map(|cell| ("Learner".to_owned(), cell)));
            assert_eq!(*record, cells);
        }
    }
    compare_small(&book, document);
}

/// The sheets of assessors and of rules.
fn compare_small(book: &Book, document: &Value) {
    let assessors = [
        ("Assessor", "/assessor"),
        ("Decisions", "/decisions"),
        ("Sent back", "/sent_back"),
        ("Interval from", "/interval/0"),
        ("Interval to", "/interval/1"),
        ("Differs", "/differs"),
        ("Days, median", "/days_median"),
        ("Days, 9 in 10", "/days_p90"),
        ("Entries", "/entries"),
        ("Second looks", "/second_looks"),
        ("Second looks asked", "/second_looks_asked"),
        ("Overturned", "/overturned"),
    ];
    let rules = [
        ("Measure", "/measure"),
        ("Over", "/over"),
        ("Colour", "/colour"),
        ("Delivery", "/delivery"),
        ("Source", "/source"),
    ];
    for (sheet, key, columns) in [
        ("Assessors", "assessors", &assessors[..]),
        ("Rules", "rules", &rules[..]),
    ] {
        let (records, rows) = (book.records(sheet), list(&document[key]));
        assert_eq!(records.len(), rows.len(), "{sheet}");
        for (record, row) in records.iter().zip(rows) {
            for (name, pointer) in columns {
                let value = row.pointer(pointer).unwrap_or(&Value::Null);
                let expected = expect_cell(name, value);
                assert_eq!(record.get(*name), expected.as_ref(), "{name} of {row}");
            }
        }
    }
}

#[test]
fn no_text_of_a_plan_becomes_a_formula() {
    const TEXTS: [&str; 6] = ["=1+1", "+44 1", "-1", "@1", "\\t=1", "=\\\"a\\\",b"];
    let sandbox = Sandbox::empty();
    let mut plan = "version: 1\nlearners:\n".to_owned();
    for (number, text) in TEXTS.iter().enumerate() {
        plan.extend([format!(
            "  - {{ id: L-{number}, tutor: \"{text}\", assessor: \"{text}\", site: \"{text}\", delivery: \"{text}\" }}\n"
        )]);
    }
    sandbox.write("cohort.yaml", plan);
    sandbox.write("L-0/standards/tiny.yaml", TINY);
    sandbox.write(
        "L-0/portfolio/portfolio.yaml",
        "version: 1\ntitle: T\nlearner: { id: L-0 }\nstandards: [tiny]\n",
    );
    let run = sandbox.run(&[
        "cohort",
        "L-0",
        "--plan",
        "cohort.yaml",
        "--format",
        "xlsx",
        "--output",
        "xlsx",
        "--format",
        "csv",
    ]);
    assert_eq!(run.code, 1, "{}", run.err);
    let book = Book::read(&sandbox.read_bytes("xlsx"));
    assert!(!book.has_formula);
    let records = book.records("Learners");
    assert_eq!(records.len(), TEXTS.len());
    let mut lines = csv::Reader::from_reader(run.out.as_bytes());
    let head = lines.headers().unwrap().clone();
    for (record, line) in records.iter().zip(lines.records()) {
        let line = line.unwrap();
        for name in ["Tutor", "Site", "Delivery"] {
            let Some(Cell::Text(text)) = record.get(name) else {
                panic!("{name}: {record:?}")
            };
            let at = head.iter().position(|one| one == name).unwrap();
            // The reader of plans trims white space.
            assert!(text.starts_with(['=', '+', '-', '@']), "{text}");
            assert_eq!(&line[at], format!("'{text}"), "{name}");
        }
        for cell in &line {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
    }
}

/// Two learners of `tiny`, one of them with an earlier version.
pub fn two_versions() -> Sandbox {
    let sandbox = Sandbox::empty();
    for (folder, version) in [("a", "1.0"), ("b", "1.1")] {
        let standard = TINY.replace(
            "title: Tiny\n",
            &format!("title: Tiny\nstandard_version: \"{version}\"\n"),
        );
        sandbox.write(&format!("{folder}/standards/tiny.yaml"), standard);
        sandbox.write(
            &format!("{folder}/portfolio/portfolio.yaml"),
            format!("version: 1\ntitle: T\nlearner: {{ id: L-{folder} }}\nstandards: [tiny]\nstart: 2026-05-21\nplanned_end: 2027-05-21\n"),
        );
    }
    sandbox
}

#[test]
fn two_versions_of_a_standard_stay_apart_and_headings_have_its_title() {
    let sandbox = two_versions();
    let html = |folders: &[&str]| {
        let run = sandbox.run(&[&["cohort", "--format", "html"], folders].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let headings = between(&run.out, "<h2 id=\"codes-of-", "</h2>");
        headings
            .iter()
            .map(|one| (*one).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(html(&["a"]), ["tiny\">Codes of Tiny"]);
    assert_eq!(
        html(&["a", "b"]),
        [
            "tiny-version-1-0\">Codes of Tiny (tiny, version 1.0)",
            "tiny-version-1-1\">Codes of Tiny (tiny, version 1.1)"
        ]
    );
    let run = sandbox.run(&["cohort", "a", "b", "--format", "xlsx", "--output", "xlsx"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let book = Book::read(&sandbox.read_bytes("xlsx"));
    for (version, learner) in [("1.0", "L-a"), ("1.1", "L-b")] {
        let records = book.records(&format!("tiny version {version}"));
        assert_eq!(records.len(), 1);
        assert_eq!(records[0]["Learner"], Cell::Text(learner.to_owned()));
    }
    sandbox.write("key", "a key of this test alone, 32 bytes");
    let rows = sandbox
        .run(&["cohort", "a", "b", "--format", "jsonl", "--key", "key"])
        .out;
    let versions: BTreeSet<String> = rows
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|row| row["table"] == "standards")
        .map(|row| {
            format!(
                "{} {} of {}",
                row["standard"], row["version"], row["criteria"]
            )
        })
        .collect();
    let expected = ["\"tiny\" \"1.0\" of 4", "\"tiny\" \"1.1\" of 4"].map(str::to_owned);
    assert_eq!(versions, BTreeSet::from(expected));
    // A title can have a name in it, and nothing is known of it under a key.
    let covered = sandbox
        .run(&["cohort", "a", "--format", "html", "--key", "key"])
        .out;
    assert!(covered.contains("Codes of tiny<"));
    let named = sandbox
        .read("a/standards/tiny.yaml")
        .replace("title: Tiny", "title: \"For Mrs Oakapple\"");
    sandbox.write("a/standards/tiny.yaml", named);
    assert_eq!(html(&["a"]), ["tiny\">Codes of tiny"]);
}
