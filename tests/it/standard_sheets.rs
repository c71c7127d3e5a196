//! One standard in the forms in which people keep it: each gives the same statements and duties.

use std::fmt::Write;

use ksbfolio::convert::{StandardDraft, StandardReading, read_delimited, read_feed, read_tables};
use serde_json::{Value, json};

const STATEMENTS: [(&str, &str); 6] = [
    (
        "K1",
        "How cats show that they are in pain, distress or fear",
    ),
    ("K2", "The keeper’s “duty of care”, and what it asks"),
    ("K3", "Ways to move a cat that does not want to be moved"),
    ("S1", "Weigh a cat; write the weight down"),
    ("S2", "Fill a bowl - no more than half"),
    ("B1", "Be patient"),
];

const DUTIES: [(&str, &str, &[&str]); 2] = [
    (
        "Duty 1",
        "Keep cats well, within the limits of the role",
        &["K1", "K2", "S1", "B1"],
    ),
    (
        "Duty 2",
        "Move cats from one room to another",
        &["K3", "S2", "B1"],
    ),
];

fn words(code: &str) -> &'static str {
    STATEMENTS
        .iter()
        .find(|(known, _)| *known == code)
        .unwrap()
        .1
}

/// What a draft holds, as lines.
fn shown(draft: &StandardDraft) -> String {
    let mut out = String::new();
    for one in &draft.statements {
        let _ = writeln!(out, "{}: {}", one.code, one.text);
    }
    for duty in &draft.duties {
        let codes: Vec<String> = duty.codes.iter().map(ToString::to_string).collect();
        let text = duty.text.as_deref().unwrap_or("unknown");
        let _ = writeln!(out, "Duty {}: {text} [{}]", duty.number, codes.join(" "));
    }
    out
}

fn expected(has_duties: bool) -> String {
    let statements = STATEMENTS
        .iter()
        .map(|(code, text)| format!("{code}: {text}\n"));
    let duties = DUTIES.iter().filter(|_| has_duties);
    let duties = duties.map(|(code, text, codes)| {
        let mut codes = codes.to_vec();
        codes.sort_by_key(|code| (STATEMENTS.iter().position(|one| one.0 == *code), *code));
        format!("{code}: {text} [{}]\n", codes.join(" "))
    });
    statements.chain(duties).collect()
}

fn read(text: &str) -> StandardReading {
    read_tables(&[read_delimited(text).sheet], "sheet.csv", Some("ST9998"))
}

/// A row of cells, quoted where it is necessary.
fn row(separator: &str, cells: &[&str]) -> String {
    let quote = |cell: &&str| {
        if cell.contains([',', ';', '\t', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            (*cell).to_owned()
        }
    };
    let cells: Vec<String> = cells.iter().map(quote).collect();
    cells.join(separator) + "\n"
}

fn rows(cells: &[Vec<&str>]) -> String {
    cells.iter().map(|one| row(",", one)).collect()
}

fn number(code: &str) -> &str {
    &code[1..]
}

/// A row for each statement.
fn each(make: impl Fn(&'static str, &'static str) -> Vec<String>) -> String {
    let lines = STATEMENTS.iter().map(|(code, text)| {
        let cells = make(code, text);
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        row(",", &cells)
    });
    lines.collect()
}

/// Headings of kinds, with the lines of their statements below each.
fn by_kind(make: impl Fn(&'static str, &'static str) -> String) -> String {
    let mut out = String::new();
    for (letter, heading) in [
        ("K", "Knowledge"),
        ("S", "Skills:"),
        ("B", "BEHAVIOURS (B)"),
    ] {
        let _ = writeln!(out, "{heading}\n");
        for (code, text) in STATEMENTS.iter().filter(|one| one.0.starts_with(letter)) {
            out += &make(code, text);
        }
    }
    out
}

/// The duties of a statement.
fn duties_of(code: &str) -> Vec<&'static str> {
    let of = DUTIES.iter().filter(|(_, _, codes)| codes.contains(&code));
    of.map(|(duty, _, _)| *duty).collect()
}

fn listed_duties() -> String {
    let lines = DUTIES.iter().map(|(code, text, _)| row(",", &[code, text]));
    lines.collect()
}

/// The duties as headings, each with its statements below it.
fn below_duties(
    heading: impl Fn(&str, &str) -> String,
    line: impl Fn(&str, &str) -> String,
) -> String {
    let mut out = String::new();
    for (code, text, codes) in DUTIES {
        out += &heading(code, text);
        for code in codes {
            out += &line(code, words(code));
        }
        out.push('\n');
    }
    out
}

/// Sheets with statements alone.
fn without_duties() -> Vec<(&'static str, String)> {
    let plain = each(|code, text| vec![code.to_owned(), text.to_owned()]);
    let by_separator = |sign: &str| -> String {
        STATEMENTS
            .iter()
            .map(|(code, text)| row(sign, &[code, text]))
            .collect()
    };
    let with = |sign: &str| each(|code, text| vec![format!("{code}{sign}{text}")]);
    vec![
        ("two columns", plain.clone()),
        (
            "byte-order mark, carriage returns, headings",
            format!("\u{feff}Code,Statement\n{plain}").replace('\n', "\r\n"),
        ),
        (
            "semicolons, with Excel's first line",
            format!("sep=;\nRef.;Description\n{}", by_separator(";")),
        ),
        ("semicolons", by_separator(";")),
        ("tabs", by_separator("\t")),
        ("colon in front of the text", with(": ")),
        ("dash in front of the text", with(" - ")),
        ("long dash and no spaces", with("–")),
        ("only a space", with(" ")),
        (
            "brackets, zeros, small letters",
            each(|code, text| {
                vec![
                    format!("({}0{})", &code[..1].to_lowercase(), number(code)),
                    text.to_owned(),
                ]
            }),
        ),
        (
            "the code behind the statement",
            format!(
                "Statement,Code\n{}",
                each(|code, text| vec![text.to_owned(), code.to_owned()])
            ),
        ),
        (
            "numbers below headings of kinds",
            by_kind(|code, text| row(",", &[number(code), text])),
        ),
        (
            "numbers with points below headings",
            by_kind(|code, text| row(",", &[&format!("{}. {text}", number(code))])),
        ),
        (
            "a column of kinds and one of numbers",
            format!(
                "Type,No.,Text\n{}",
                each(|code, text| {
                    let kind = match &code[..1] {
                        "K" => "Knowledge",
                        "S" => "Skill",
                        _ => "Behaviour",
                    };
                    vec![kind.to_owned(), number(code).to_owned(), text.to_owned()]
                })
            ),
        ),
        (
            "kinds in words",
            each(|code, text| {
                let kind = match &code[..1] {
                    "K" => "Knowledge",
                    "S" => "Skill",
                    _ => "Behaviour",
                };
                vec![format!("{kind} {}: {text}", number(code))]
            }),
        ),
        (
            "kinds side by side",
            rows(&[
                vec!["Knowledge", "Skills", "Behaviours"],
                vec![
                    "K1: How cats show that they are in pain, distress or fear",
                    "S1: Weigh a cat; write the weight down",
                    "B1: Be patient",
                ],
                vec![
                    "K2: The keeper’s “duty of care”, and what it asks",
                    "S2: Fill a bowl - no more than half",
                    "",
                ],
                vec!["K3: Ways to move a cat that does not want to be moved"],
            ]),
        ),
        (
            "code and text of each kind side by side",
            rows(&[
                vec!["K1", words("K1"), "S1", words("S1"), "B1", words("B1")],
                vec!["K2", words("K2"), "S2", words("S2")],
                vec!["K3", words("K3")],
            ]),
        ),
        (
            "line ends and wide spaces within cells",
            each(|code, text| {
                vec![
                    format!(" {code}\u{a0}"),
                    text.replace(" cat", "\ncat").replace("a ", "a\u{a0} "),
                ]
            }),
        ),
    ]
}

/// Sheets with statements and duties.
fn with_duties() -> Vec<(&'static str, String)> {
    let plain = each(|code, text| vec![code.to_owned(), text.to_owned()]);
    let cell = |text: &str| row(",", &[text]);
    let pair = |code: &str, text: &str| row(",", &[code, text]);
    let head = "ST9998 Cat care worker - Level 2 - v1.1\n\nPrepared by,Mrs Oakapple\n\n";
    vec![
        (
            "a column of duties",
            format!(
                "Duty,Text\n{}\nKSB,Statement,Duties,Evidence\n{}",
                listed_duties(),
                each(|code, text| {
                    vec![
                        code.to_owned(),
                        text.to_owned(),
                        duties_of(code).join("; "),
                        "something".to_owned(),
                    ]
                })
            ),
        ),
        (
            "numbers in the column of duties",
            format!(
                "{head}Duties\n{}\nKSB,Statement,Duties\n{}",
                listed_duties(),
                each(|code, text| {
                    vec![
                        code.to_owned(),
                        text.to_owned(),
                        duties_of(code).join(", ").replace("Duty ", ""),
                    ]
                })
            ),
        ),
        (
            "duties as headings",
            below_duties(|code, text| cell(&format!("{code} {text}")), pair),
        ),
        (
            "duties as headings, kinds below",
            below_duties(
                |code, text| pair(code, text),
                |code, text| cell(&format!("{code}: {text}")),
            )
            .replace("S1:", "Skills\nS1:")
            .replace("\"Skills\n", "Skills\n\""),
        ),
        ("a merged cell of a duty, as CSV has it", {
            let mut out = String::from("Duty,,Code,KSB statement\n");
            for (duty, text, codes) in DUTIES {
                for (at, code) in codes.iter().enumerate() {
                    let (duty, text) = if at == 0 { (duty, text) } else { ("", "") };
                    out += &row(",", &[duty, text, code, words(code)]);
                }
            }
            out
        }),
        ("a duty and its words in front of every statement", {
            let mut out = String::new();
            for (duty, text, codes) in DUTIES {
                for code in codes {
                    out += &row(",", &[&format!("{duty}: {text}"), code, words(code)]);
                }
            }
            out
        }),
        ("duties with lists of codes, headings anywhere", {
            let mut out = format!(
                "{head}Ref,Statement\n{plain}\n\nDuty,Description,Knowledge,Skills,Behaviours\n"
            );
            out += &row(",", &[DUTIES[0].0, DUTIES[0].1, "K1-K2", "S1", "B1"]);
            out += &row(",", &[DUTIES[1].0, DUTIES[1].1, "K3", "S2", "B1"]);
            out + "\nContains public sector information licensed under the Open Government Licence v3.0.\nSource: the published page\n"
        }),
        ("a matrix of marks", {
            let mut out = format!("{}\nCode,Statement,Duty 1,Duty 2\n", listed_duties());
            for (code, text) in STATEMENTS {
                let mark = |duty: &&str| {
                    if duties_of(code).contains(duty) {
                        "x"
                    } else {
                        ""
                    }
                };
                out += &row(",", &[code, text, mark(&"Duty 1"), mark(&"Duty 2")]);
            }
            out
        }),
        (
            "duties first, mapped in rows at the end",
            format!("{}\n{plain}\n{}", listed_duties(), {
                let mut out = String::new();
                for (duty, _, codes) in DUTIES {
                    for code in codes {
                        out += &row(",", &[duty, code]);
                    }
                }
                out
            }),
        ),
        (
            "trailing notes",
            below_duties(|code, text| pair(code, text), pair)
                + "\nNote: draft for our team\n© Crown copyright 2026\n",
        ),
    ]
}

#[test]
fn every_form_of_a_sheet_gives_the_same_standard() {
    let (plain, mapped) = (without_duties(), with_duties());
    assert!(plain.len() + mapped.len() >= 20);
    for (sheets, has_duties) in [(plain, false), (mapped, true)] {
        for (name, text) in sheets {
            let read = read(&text);
            assert_eq!(read.problems, [], "{name}:\n{text}");
            assert_eq!(shown(&read.draft), expected(has_duties), "{name}:\n{text}");
        }
    }
}

#[test]
fn a_sheet_says_what_it_is_and_what_was_left_out() {
    let all = with_duties();
    let find = |name: &str| &all.iter().find(|(known, _)| *known == name).unwrap().1;
    let text = find("duties with lists of codes, headings anywhere");
    let read = read_tables(&[read_delimited(text).sheet], "x.csv", None);
    let draft = &read.draft;
    assert_eq!(draft.reference.as_deref(), Some("ST9998"));
    assert_eq!(draft.title.as_deref(), Some("Cat care worker"));
    assert_eq!(
        (draft.level, draft.version.as_deref()),
        (Some(2), Some("1.1"))
    );
    assert_eq!(
        draft.licence.as_deref(),
        Some("Open Government Licence v3.0")
    );
    assert_eq!(draft.source.as_deref(), Some("the published page"));
    assert_eq!(draft.updated, None);
    assert_eq!(read.left_out, ["line 3 (“Prepared by”)"]);
    let read = self::read(find("a column of duties"));
    assert_eq!(read.left_out, ["column D “Evidence”"]);
    let read = self::read(find("trailing notes"));
    assert_eq!(read.left_out, ["line 13: “Note: draft for our team”"]);
    let read = self::read("K1,one cat\nK3,three cats\n");
    assert!(
        read.notes[0].starts_with("K2 is not in the file, and K3 is"),
        "{:?}",
        read.notes
    );
    let named = read_tables(
        &[read_delimited("K1,one cat\n").sheet],
        "ST9998 KSBs.csv",
        None,
    );
    assert_eq!(named.draft.reference.as_deref(), Some("ST9998"));
}

#[test]
fn rows_that_cannot_be_read_are_refused_all_at_once() {
    let text = "Code,Statement,Duty 1,Duty 2\nK1,one cat,x,\nK2,,,\nAC1,two cats,,\nK1,another cat,,\n,and its tail,,\nK3,three cats,perhaps,\nK4,#REF!,,\nK5,five cats,,x\n";
    let read = read(text);
    let problems: Vec<String> = read
        .problems
        .iter()
        .map(|one| format!("{}: {}", one.place, one.message))
        .collect();
    assert_eq!(
        problems,
        [
            "line 4: “AC1” is no code",
            "line 5: K1 has other words here than in line 2",
            "line 7: “perhaps” under duty 1 is neither a mark nor blank",
            "line 8: the text of K4 is #REF!, an error of the spreadsheet",
            "line 6: there is no code in front of “and its tail”",
            "line 3: K2 has no text in this file",
        ]
    );
    assert!(read.problems.iter().all(|one| !one.help.is_empty()));
    let none = self::read("Some words\nand more\n");
    assert_eq!(
        none.problems[0].message,
        "there is no knowledge, skill or behaviour in it"
    );
    let other = self::read("Reference,ST9997\nK1,one cat\n");
    assert_eq!(
        other.problems[0].message,
        "it is about ST9997, not about ST9998"
    );
}

/// A record of the feed of standards.
fn record() -> Value {
    let id = |code: &str| format!("00000000-0000-0000-0000-{code:0>12}");
    let list = |letter: &str, key: &str| -> Vec<Value> {
        let of = STATEMENTS.iter().filter(|one| one.0.starts_with(letter));
        of.map(|(code, text)| json!({ key: id(code), "detail": format!(" {text}&nbsp;") }))
            .collect()
    };
    let mapped = |codes: &[&str], letter: &str| -> Vec<String> {
        codes
            .iter()
            .filter(|code| code.starts_with(letter))
            .map(|code| id(code))
            .collect()
    };
    let duties = DUTIES.iter().map(|(code, text, codes)| json!({
        "dutyID": id(code), "dutyDetail": text, "isThisACoreDuty": 1, "criteriaForMeasuringPerformance": "by eye",
        "mappedKnowledge": mapped(codes, "K"), "mappedSkills": mapped(codes, "S"), "mappedBehaviour": mapped(codes, "B"),
    }));
    json!({
        "referenceNumber": "ST9998", "title": "Cat care worker ", "level": 2, "version": "1.1", "versionNumber": "1.1",
        "status": "Approved for delivery", "changedDate": "2026-09-19T00:00:00", "lastUpdated": "0001-01-01T00:00:00",
        "standardPageUrl": "https://example.org/st9998-v1-1", "larsCode": 9998, "route": "Care", "keywords": [],
        "knowledges": list("K", "knowledgeId"), "skills": list("S", "skillId"), "behaviours": list("B", "behaviourId"),
        "duties": duties.collect::<Vec<Value>>(),
    })
}

/// The same with a capital at the start of every key, and every value wrapped.
fn wrapped(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let pascal = |key: &str| key[..1].to_uppercase() + &key[1..];
            let fields = fields.iter().map(|(key, value)| {
                (
                    pascal(key),
                    json!({ "value": wrapped(value), "isSet": true }),
                )
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.iter().map(wrapped).collect(),
        value => value.clone(),
    }
}

/// The same as the occupational maps give it: with codes, and codes in duties.
fn occupation() -> Value {
    let list = |letter: &str, key: &str| -> Vec<Value> {
        let of = STATEMENTS.iter().filter(|one| one.0.starts_with(letter));
        // The order is not that of the codes.
        of.rev().map(|(code, text)| json!({ "id": format!("id-{code}"), key: code, "detail": format!("<p>{text}</p>") })).collect()
    };
    let mapped = |codes: &[&str], letter: &str| -> Vec<String> {
        codes
            .iter()
            .filter(|code| code.starts_with(letter))
            .map(|code| (*code).to_owned())
            .collect()
    };
    let duties = DUTIES.iter().rev().map(|(code, text, codes)| json!({
        "id": code, "dutyId": code.replace("Duty ", "D"), "dutyDetail": text, "isThisACoreDuty": true,
        "mappedKnowledge": mapped(codes, "K"), "mappedSkills": mapped(codes, "S"), "mappedBehaviour": mapped(codes, "B"),
    }));
    json!({
        "stdCode": "OCC9998", "name": "Cat care worker", "level": 2, "versionNo": "1.1", "statusName": "Approved occupation",
        "products": [{ "productCode": "ST9998", "name": "Cat care worker" }, { "productCode": "603/9999/9" }],
        "knowledges": list("K", "knowledgeId"), "skills": list("S", "skillId"), "behaviours": list("B", "behaviourId"),
        "duties": duties.collect::<Vec<Value>>(),
    })
}

#[test]
fn every_shape_of_the_feed_gives_the_same_standard() {
    let flat: Vec<Value> = STATEMENTS
        .iter()
        .map(|(code, text)| {
            let kind = match &code[..1] {
                "K" => "Knowledge",
                "S" => "Skill",
                _ => "Behaviour",
            };
            json!({ "type": kind, "id": format!("id-{code}"), "description": text })
        })
        .collect();
    let flat = json!({ "ifateReferenceNumber": "ST9998", "title": "Cat care worker", "ksbs": flat, "level": 2, "version": "1.1" });
    let in_text: Vec<String> = STATEMENTS[..3]
        .iter()
        .map(|(code, text)| format!("{code}: {text}"))
        .collect();
    let mut named = record();
    for (at, text) in in_text.iter().enumerate() {
        named["knowledges"][at]["detail"] = json!(text);
    }
    for (name, value, has_duties) in [
        ("one record", record(), true),
        ("a list of one", json!([record()]), true),
        (
            "a list in an object",
            json!({ "standards": [record()], "total": 1 }),
            true,
        ),
        ("wrapped values", wrapped(&record()), true),
        ("occupational maps", occupation(), true),
        ("codes in the text", named, true),
        ("one list of all kinds", flat, false),
    ] {
        let read = read_feed(&value.to_string(), None);
        assert_eq!(read.problems, [], "{name}");
        assert_eq!(shown(&read.draft), expected(has_duties), "{name}");
        let draft = &read.draft;
        assert_eq!(draft.reference.as_deref(), Some("ST9998"), "{name}");
        assert_eq!(draft.title.as_deref(), Some("Cat care worker"), "{name}");
        assert_eq!(
            (draft.level, draft.version.as_deref()),
            (Some(2), Some("1.1")),
            "{name}"
        );
    }
    let read = read_feed(&record().to_string(), None);
    assert_eq!(read.draft.updated, Some(jiff::civil::date(2026, 9, 19)));
    assert_eq!(
        read.draft.statements[0].guid.as_deref(),
        Some("00000000-0000-0000-0000-0000000000K1")
    );
    assert_eq!(
        read.left_out,
        [
            "duties.criteriaForMeasuringPerformance",
            "larsCode",
            "route"
        ]
    );
}

#[test]
fn foundation_apprenticeships_have_kinds_of_their_own_and_options_are_named() {
    let foundation = json!({
        "referenceNumber": "ST9996", "title": "Cat care, foundation",
        "technicalKnowledges": [{ "id": "a", "detail": "What cats eat" }],
        "technicalSkills": [{ "id": "b", "detail": "Open a tin" }],
        "employabilitySkillsAndBehaviours": [{ "id": "c", "detail": "Be there on time" }],
    });
    let read = read_feed(&foundation.to_string(), None);
    let codes: Vec<String> = read
        .draft
        .statements
        .iter()
        .map(|one| one.code.to_string())
        .collect();
    assert_eq!(codes, ["TK1", "TS1", "ESB1"]);
    let mut optional = record();
    optional["options"] = json!([{ "optionId": "O-1", "title": "Long-haired cats" }]);
    optional["duties"][1]["isThisACoreDuty"] = json!(0);
    optional["duties"][1]["mappedOptions"] = json!(["o-1"]);
    optional["duties"][0]["mappedSkills"] = json!(["nobody"]);
    let read = read_feed(&optional.to_string(), None);
    assert_eq!(read.problems, []);
    let notes = read.notes.join("\n");
    assert!(
        notes.contains("Option “Long-haired cats”: K3 and S2"),
        "{notes}"
    );
    assert!(
        notes.contains("Duty 1 names 1 id that no statement in the file has"),
        "{notes}"
    );
    assert!(notes.contains("1 statement is in no duty: S1"), "{notes}");
}

#[test]
fn a_feed_that_cannot_be_read_is_refused_with_its_place() {
    let problems = |text: &str, wanted| {
        let read = read_feed(text, wanted);
        let lines: Vec<String> = read
            .problems
            .iter()
            .map(|one| format!("{}: {} / {}", one.place, one.message, one.help))
            .collect();
        lines.join("\n")
    };
    let whole = serde_json::to_string_pretty(&record()).unwrap();
    let cut = problems(&whole[..whole.len() / 2], None);
    assert!(cut.contains("the file breaks off here"), "{cut}");
    let broken = problems("{\n \"title\": oops }", None);
    assert!(
        broken.starts_with("line 2: it is no JSON at column"),
        "{broken}"
    );
    assert!(problems("{\"a\": 1}", None).contains("there is no standard in it"));
    let mut empty = record();
    empty["skills"][1]["detail"] = json!(".");
    empty["knowledges"][2]["knowledgeId"] = empty["knowledges"][0]["knowledgeId"].clone();
    let both = problems(&empty.to_string(), None);
    assert!(both.contains("skills, no. 2: S2 has no text"), "{both}");
    assert!(
        both.contains("knowledges, no. 3: K3 has the same id as K1"),
        "{both}"
    );
    let mut other = record();
    other["version"] = json!("1.0");
    let list = json!([record(), other]).to_string();
    let several = problems(&list, None);
    assert!(
        several
            .contains("there are 2 standards in it / name one, as in `--standard \"ST9998 1.1\"`"),
        "{several}"
    );
    assert!(problems(&list, Some("ST9998")).contains("there are several versions of ST9998"));
    assert_eq!(problems(&list, Some("st9998 1.0")), "");
    assert!(problems(&list, Some("ST9998 2.0")).contains("not in it in that version"));
    assert!(problems(&list, Some("ST9989")).contains("did you mean ST9998?"));
    let mut some = record();
    some["knowledges"][1]["detail"] = json!("K5: words");
    assert!(problems(&some.to_string(), None).contains("it is called K5, and is K2 by its order"));
}
