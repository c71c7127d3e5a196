//! The session behind the write page: requests and answers, and what they leave on disk.

use ksbfolio::engine::{self, NewPortfolio};
use ksbfolio::text::sha256_hex;
use ksbfolio::writing::WritingSession;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Workspace, files};

const PATH: &str = "portfolio/entries/one.md";

const ENTRY: &str = "\
---
title: A visit   # for now
date: 2026-11-14
type: reflection
status: draft
ksbs: [ K2 ]
---

# A visit

Before the stages.

## Description

We came at noon. 👩‍⚕️ She [said no](ksb:K1).

## Feelings

## Conclusion

I learnt to wait.
";

fn ask(session: &mut WritingSession, request: Value) -> Value {
    serde_json::from_str(&session.answer(&request.to_string())).unwrap()
}

fn entry(session: &mut WritingSession, path: &str) -> Value {
    let answer = ask(session, json!({"request": "entry", "path": path}));
    assert_eq!(answer["answer"], "entry", "{answer}");
    answer
}

/// Drops a file on the page, and returns the name by which requests name it.
fn drop_file(session: &mut WritingSession, name: &str, bytes: &[u8]) -> String {
    let answer: Value = serde_json::from_str(&session.receive(name, bytes.to_vec())).unwrap();
    assert_eq!(answer["answer"], "received", "{answer}");
    answer["name"].as_str().unwrap().to_owned()
}

/// Sends a splice for what the last answer described.
fn splice(session: &mut WritingSession, before: &Value, at: (usize, usize), insert: &str) -> Value {
    let splices = json!([{"from": at.0, "to": at.1, "insert": insert}]);
    ask(
        session,
        json!({"request": "splice", "path": before["path"], "hash": before["hash"],
               "splices": splices}),
    )
}

fn change(session: &mut WritingSession, before: &Value, change: Value) -> Value {
    ask(
        session,
        json!({"request": "change", "path": before["path"], "hash": before["hash"],
               "change": change}),
    )
}

/// The box of a stage.
fn stage<'a>(entry: &'a Value, id: &str) -> &'a Value {
    let stages = entry["stages"].as_array().unwrap();
    stages.iter().find(|stage| stage["id"] == id).unwrap()
}

fn at(part: &Value) -> (usize, usize) {
    let place = |key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
    (place("from"), place("to"))
}

/// The text of the file between two places, as the page would cut it out.
fn cut(file: &str, (from, to): (usize, usize)) -> String {
    let units: Vec<u16> = file.encode_utf16().collect();
    String::from_utf16(&units[from..to]).unwrap()
}

#[test]
fn an_entry_is_boxes_with_their_places() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let entry = entry(&mut session, PATH);
    assert_eq!(entry["hash"], sha256_hex(ENTRY.as_bytes()));
    let stages = entry["stages"].as_array().unwrap();
    let rows: Vec<String> = stages
        .iter()
        .map(|stage| format!("{} {} {}", stage["id"], stage["words"], stage["is_missing"]))
        .collect();
    assert_eq!(
        rows,
        [
            "\"description\" 7 false",
            "\"feelings\" 0 false",
            "\"evaluation\" 0 true",
            "\"analysis\" 0 true",
            "\"conclusion\" 4 false",
            "\"action-plan\" 0 true",
        ]
    );
    for stage in stages {
        assert_eq!(stage["text"], cut(ENTRY, at(stage)));
        assert!(!stage["question"].as_str().unwrap().is_empty());
    }
    let described = stage(&entry, "description");
    assert_eq!(
        described["text"],
        "We came at noon. 👩‍⚕️ She [said no](ksb:K1)."
    );
    let other = &entry["other"][0];
    assert_eq!(other["text"], "# A visit\n\nBefore the stages.");
    assert_eq!(other["text"], cut(ENTRY, at(other)));
    let claims = entry["claims"].as_array().unwrap();
    let rows: Vec<String> = claims
        .iter()
        .map(|claim| format!("{} {} {}", claim["code"], claim["how"], claim["words"]))
        .collect();
    assert_eq!(
        rows,
        ["\"K1\" \"passage\" \"said no\"", "\"K2\" \"code\" \"\""]
    );
    assert_eq!(cut(ENTRY, at(&claims[0])), "[said no](ksb:K1)");
    assert_eq!(claims[0]["against"][0], "still a draft");
    let field = |name: &str| {
        let mut fields = entry["fields"].as_array().unwrap().iter();
        fields.find(|field| field["name"] == name).unwrap().clone()
    };
    assert_eq!(field("title")["value"], "A visit");
    assert_eq!(field("date")["shape"], "date");
    assert_eq!(field("visibility")["is_set"], false);
    assert_eq!(field("status")["choices"].as_array().unwrap().len(), 2);
}

#[test]
fn first_words_of_a_box_are_set_off_and_nothing_else_moves() {
    for end in ["\n", "\r\n"] {
        let file = ENTRY.replace('\n', end);
        let workspace = Workspace::with_entry(&file);
        let mut session = workspace.session();
        let before = entry(&mut session, PATH);
        let answer = splice(
            &mut session,
            &before,
            at(stage(&before, "feelings")),
            "I was\ncross.",
        );
        let wanted = "## Feelings\n\nI was\ncross.\n\n## Conclusion";
        let after = workspace.read(PATH);
        let wanted = file.replace(
            &"## Feelings\n\n## Conclusion".replace('\n', end),
            &wanted.replace('\n', end),
        );
        assert_eq!(after, wanted);
        assert_eq!(stage(&answer, "feelings")["text"], "I was\ncross.");
        assert_eq!(answer["hash"], sha256_hex(after.as_bytes()));
        assert_eq!(answer["undo"], 1);
        // The page goes on from there.
        let (_, end_of_box) = at(stage(&answer, "feelings"));
        let answer = splice(
            &mut session,
            &answer,
            (end_of_box, end_of_box),
            " Then calm.\n",
        );
        assert_eq!(answer["answer"], "entry");
        let text = stage(&answer, "feelings")["text"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(text, "I was\ncross. Then calm.\n");
        let stale = splice(&mut session, &before, (end_of_box, end_of_box), "x");
        assert_eq!(stale["answer"], "changed");
    }
}

#[test]
fn a_stage_that_is_missing_is_begun_where_the_model_has_it() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let begin =
        |stage: &str, text: &str| json!({"what": "begin-stage", "stage": stage, "text": text});
    let answer = change(&mut session, &before, begin("analysis", "Because of pain."));
    assert_eq!(stage(&answer, "analysis")["text"], "Because of pain.");
    let answer = change(&mut session, &answer, begin("action-plan", "Ask first."));
    assert_eq!(stage(&answer, "action-plan")["text"], "Ask first.");
    let after = workspace.read(PATH);
    assert!(
        after.ends_with(
            "## Feelings\n\n## Analysis\n\nBecause of pain.\n\n## Conclusion\n\nI learnt to \
             wait.\n\n## Action plan\n\nAsk first.\n"
        ),
        "{after}"
    );
    let again = change(&mut session, &answer, begin("analysis", "x"));
    assert_eq!(again["answer"], "refused");
}

#[test]
fn changes_touch_what_they_name_alone() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let mut answer = entry(&mut session, PATH);
    let steps = [
        (
            json!({"what": "set", "field": "title", "value": "Pain: a visit"}),
            "title: A visit ",
            "title: \"Pain: a visit\" ",
        ),
        (
            json!({"what": "set", "field": "hours", "value": "1,5"}),
            "ksbs: [ K2 ]\n",
            "ksbs: [ K2 ]\nhours: 1.5\n",
        ),
        (
            json!({"what": "clear", "field": "hours"}),
            "hours: 1.5\n",
            "",
        ),
        (
            json!({"what": "claim", "code": "k10", "because": "I waited"}),
            "[ K2 ]",
            "[ K2, {K10: \"I waited\"} ]",
        ),
        (
            json!({"what": "unclaim", "code": "tiny:K2"}),
            "[ K2, {K10: \"I waited\"} ]",
            "[ {K10: \"I waited\"} ]",
        ),
        (
            json!({"what": "set", "field": "off_the_job", "value": "yes"}),
            "waited\"} ]\n",
            "waited\"} ]\noff_the_job: true\n",
        ),
        (
            json!({"what": "answer", "rule": "missing-stage", "reason": "told in full elsewhere"}),
            "off_the_job: true\n",
            "off_the_job: true\ncheck: [{ignore: missing-stage, reason: \"told in full elsewhere\"}]\n",
        ),
    ];
    for (step, from, to) in steps {
        let before = workspace.read(PATH);
        answer = change(&mut session, &answer, step.clone());
        assert_eq!(answer["answer"], "entry", "{step} {answer}");
        assert_eq!(workspace.read(PATH), before.replacen(from, to, 1), "{step}");
    }
    for (wrong, words) in [
        (
            json!({"what": "set", "field": "date", "value": "30 February 2026"}),
            "Day of writing: ",
        ),
        (
            json!({"what": "set", "field": "status", "value": "submitted"}),
            "not submitted in the form",
        ),
        (
            json!({"what": "set", "field": "status", "value": "perhaps"}),
            "one of draft or submitted",
        ),
        (
            json!({"what": "clear", "field": "status"}),
            "without a status is submitted",
        ),
        (
            json!({"what": "set", "field": "id", "value": "x"}),
            "no field “id”",
        ),
        (json!({"what": "claim", "code": "K99"}), "no code “K99”"),
        (
            json!({"what": "answer", "rule": "personal-name", "reason": "an author"}),
            "name its words",
        ),
        (
            json!({"what": "answer", "rule": "nothing", "reason": "x"}),
            "no rule “nothing”",
        ),
        (
            json!({"what": "mark", "from": 3, "to": 9, "code": "K1"}),
            "outside the text",
        ),
    ] {
        let before = workspace.read(PATH);
        let refused = change(&mut session, &answer, wrong.clone());
        assert_eq!(refused["answer"], "refused", "{wrong}");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(words), "{wrong}: {message}");
        assert_eq!(workspace.read(PATH), before);
    }
}

#[test]
fn words_are_marked_and_unmarked() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let (from, _) = at(stage(&before, "conclusion"));
    let mark = json!({"what": "mark", "from": from, "to": from + 7, "code": "B1"});
    let marked = change(&mut session, &before, mark);
    assert!(workspace.read(PATH).contains("[I learn](ksb:B1)t to wait."));
    let claims = marked["claims"].as_array().unwrap();
    let claim = claims.iter().find(|claim| claim["code"] == "B1").unwrap();
    let (from, to) = at(claim);
    let unmark = json!({"what": "unmark", "from": from, "to": to, "code": "tiny:B1"});
    let unmarked = change(&mut session, &marked, unmark);
    assert_eq!(unmarked["answer"], "entry");
    assert_eq!(workspace.read(PATH), ENTRY);
    assert_eq!(unmarked["hash"], before["hash"]);
}

#[test]
fn a_file_that_changed_underneath_is_not_written() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let theirs = ENTRY.replace("noon", "one").replace('\n', "\r\n");
    workspace.write(PATH, &theirs);
    let place = at(stage(&before, "conclusion"));
    let answer = splice(&mut session, &before, place, "I learnt.");
    assert_eq!(answer["answer"], "changed");
    assert_eq!(workspace.read(PATH), theirs);
    assert_eq!(answer["hash"], sha256_hex(theirs.as_bytes()));
    // A file that is gone is said to be.
    std::fs::remove_file(workspace.path().join(PATH)).unwrap();
    let answer = splice(&mut session, &before, place, "I learnt.");
    assert_eq!(answer["answer"], "changed", "{answer}");
    assert_eq!(answer["hash"], Value::Null);
    assert!(!workspace.path().join(PATH).exists());
}

#[test]
fn any_words_in_a_box_leave_every_other_byte_on_disk() {
    let text = format!("\u{feff}{}", ENTRY.replace('\n', "\r\n"));
    let workspace = Workspace::with_entry(&text);
    let mut session = workspace.session();
    let mut answer = entry(&mut session, PATH);
    let (head, _) = text.split_once("She ").unwrap();
    let (_, tail) = text.split_once("\r\n\r\n## Feelings").unwrap();
    let keys = [
        "\n",
        "-",
        "--",
        "# ",
        "=",
        "```",
        "~~~",
        "<!--",
        "-->",
        "> ",
        "é",
        "👩‍⚕️",
        "a ",
        "- ",
        "---\n",
        "Feelings",
        "<div>",
        "[a]: ",
        "\n\n",
        "\u{b}",
    ];
    let mut seed = 7_usize;
    for round in 0..300 {
        seed = seed * 48_271 % 2_147_483_647;
        let (from, end) = at(stage(&answer, "description"));
        // After the words that are looked for below, and never within a character.
        let place = if round % 3 == 0 { from + 27 } else { end };
        answer = splice(
            &mut session,
            &answer,
            (place, place),
            keys[seed % keys.len()],
        );
        assert_eq!(answer["answer"], "entry", "{answer}");
        let file = workspace.read(PATH);
        assert!(file.starts_with(head), "{file}");
        assert!(
            file.ends_with(&format!("\r\n\r\n## Feelings{tail}")),
            "{file}"
        );
        assert!(stage(&answer, "feelings")["is_missing"] == false);
        assert_eq!(stage(&answer, "conclusion")["text"], "I learnt to wait.");
        assert_eq!(answer["other"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn an_empty_stage_is_begun_with_words_that_would_be_a_heading() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let begin = json!({"what": "begin-stage", "stage": "evaluation", "text": "# One\n\n## Two"});
    let after = change(&mut session, &before, begin);
    assert_eq!(stage(&after, "evaluation")["text"], "\\# One\n\n\\## Two");
    assert!(
        workspace
            .read(PATH)
            .contains("## Evaluation\n\n\\# One\n\n\\## Two\n\n## Conclusion")
    );
}

#[test]
fn typing_is_taken_back_in_runs_and_only_what_was_written_here() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let mut answer = entry(&mut session, PATH);
    let (_, mut end) = at(stage(&answer, "conclusion"));
    for letter in [" ", "O", "K", ".", "\nNext", " line"] {
        answer = splice(&mut session, &answer, (end, end), letter);
        end += letter.len();
    }
    assert_eq!(answer["undo"], 3);
    let undo = |session: &mut WritingSession, answer: &Value| {
        let hash = &answer["hash"];
        ask(
            session,
            json!({"request": "undo", "path": PATH, "hash": hash}),
        )
    };
    for text in [
        "I learnt to wait. OK.\nNext",
        "I learnt to wait. OK.",
        "I learnt to wait.",
    ] {
        answer = undo(&mut session, &answer);
        assert_eq!(stage(&answer, "conclusion")["text"], text);
    }
    assert_eq!(workspace.read(PATH), ENTRY);
    assert_eq!(undo(&mut session, &answer)["answer"], "refused");
    let answer = splice(&mut session, &answer, (end - 16, end - 16), "x");
    workspace.write(PATH, workspace.read(PATH) + "Theirs.\n");
    assert_eq!(undo(&mut session, &answer)["answer"], "changed");
    let answer = entry(&mut session, PATH);
    assert_eq!(answer["undo"], 0);
    assert_eq!(undo(&mut session, &answer)["answer"], "refused");
}

#[test]
fn words_that_the_browser_took_back_are_not_taken_back_once_more() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let start = entry(&mut session, PATH);
    let (_, end) = at(stage(&start, "conclusion"));
    let undone =
        |session: &mut WritingSession, now: &Value, from: usize, to: usize, insert: &str| {
            let splices = json!([{"from": from, "to": to, "insert": insert}]);
            ask(
                session,
                json!({"request": "splice", "path": PATH, "hash": now["hash"],
                   "splices": splices, "is_undo": true}),
            )
        };
    let typed = splice(&mut session, &start, (end, end), " First.");
    let titled = change(
        &mut session,
        &typed,
        json!({"what": "set", "field": "hours", "value": "2"}),
    );
    let (_, end) = at(stage(&titled, "conclusion"));
    let typed = splice(&mut session, &titled, (end, end), " Second");
    assert_eq!(typed["undo"], 3);
    // A part of the last typing, then the rest of it.
    let now = undone(&mut session, &typed, end + 4, end + 7, "");
    assert_eq!(now["undo"], 3);
    let now = undone(&mut session, &now, end, end + 4, "");
    assert_eq!(now["undo"], 2);
    assert_eq!(
        stage(&now, "conclusion")["text"],
        "I learnt to wait. First."
    );
    // The button goes on before it, and brings nothing back.
    let request = json!({"request": "undo", "path": PATH, "hash": now["hash"]});
    let now = ask(&mut session, request);
    assert!(!workspace.read(PATH).contains("hours"), "{now}");
    assert_eq!(
        stage(&now, "conclusion")["text"],
        "I learnt to wait. First."
    );
    // What was deleted and came back is no change either.
    let (from, to) = at(stage(&now, "conclusion"));
    let gone = splice(&mut session, &now, (from, to), "");
    let back = undone(&mut session, &gone, from, from, "I learnt to wait. First.");
    assert_eq!(back["undo"], now["undo"]);
    // Taken back beside the last change, it is a change of its own.
    let other = splice(&mut session, &back, (from, from), "So: ");
    let beside = undone(&mut session, &other, to + 4 - 7, to + 4, "");
    assert_eq!(
        beside["undo"].as_u64(),
        other["undo"].as_u64().map(|count| count + 1)
    );
}

#[test]
fn home_says_what_is_written_and_what_to_write_next() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(home["answer"], "home");
    assert_eq!(home["problem"], Value::Null);
    assert_eq!(home["lacks_start"], true);
    assert_eq!(home["as_of"], "2026-11-21");
    let entry = &home["entries"][0];
    assert_eq!(entry["path"], PATH);
    assert_eq!(entry["status"], "draft");
    assert_eq!(entry["codes"], json!(["K1", "K2"]));
    assert_eq!(home["standards"][0]["of"], 4);
    let next: Vec<&Value> = home["next"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["code"])
        .collect();
    assert_eq!(next, ["K10", "B1", "K1", "K2"]);
    let stages = home["models"][0]["stages"].as_array().unwrap();
    assert!(!stages.is_empty());
    workspace.write(
        "portfolio/portfolio.yaml",
        "version: 1\nstandards: [gone]\nstart: 2025-09-01\n",
    );
    session
        .refresh(ksbfolio::store::Touched::Everything)
        .unwrap();
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(
        home["problem"],
        "Your settings name “gone”, and ksbfolio does not know it: ask your tutor."
    );
    assert_eq!(home["lacks_start"], false);
}

#[test]
fn a_new_entry_is_a_draft_with_empty_boxes() {
    let workspace = Workspace::tiny();
    let mut session = workspace.session();
    let begin = json!({"request": "begin", "title": " Pain on the ward ", "date": "14/3/26", "codes": ["k1"]});
    let answer = ask(&mut session, begin);
    assert_eq!(answer["answer"], "entry", "{answer}");
    assert_eq!(answer["path"], "portfolio/entries/2026/pain-on-the-ward.md");
    let texts = answer["stages"].as_array().unwrap().iter();
    assert!(
        texts
            .clone()
            .all(|stage| stage["text"] == "" && stage["is_missing"] == false)
    );
    let other = answer["other"].as_array().unwrap();
    assert!(
        other.iter().all(|part| part["is_comment"] == true),
        "{other:?}"
    );
    let first = splice(
        &mut session,
        &answer,
        at(stage(&answer, "feelings")),
        "Cross.",
    );
    assert_eq!(stage(&first, "feelings")["text"], "Cross.");
    let text = workspace.read("portfolio/entries/2026/pain-on-the-ward.md");
    assert!(text.contains("-->\n\nCross.\n\n## Evaluation"), "{text}");
    // A kind without a model has one box.
    let product = json!({"request": "begin", "title": "A leaflet", "kind": "product"});
    let answer = ask(&mut session, product);
    let other = answer["other"].as_array().unwrap();
    let open: Vec<&Value> = other
        .iter()
        .filter(|part| part["is_comment"] == false)
        .collect();
    assert_eq!(open.len(), 1, "{other:?}");
    let answer = splice(&mut session, &answer, at(open[0]), "Folded in three.");
    let path = answer["path"].as_str().unwrap();
    assert!(workspace.read(path).ends_with("---\n\nFolded in three.\n"));
    for (request, words) in [
        (json!({"request": "begin", "title": " "}), "needs a title"),
        (
            json!({"request": "begin", "title": "Mrs Oakapple"}),
            "may identify a person",
        ),
        (
            json!({"request": "begin", "title": "A", "date": "soon"}),
            "day cannot be read",
        ),
        (
            json!({"request": "begin", "title": "A", "kind": "song"}),
            "no type of evidence",
        ),
        (
            json!({"request": "begin", "title": "A", "model": "mine"}),
            "no reflection model",
        ),
        (
            json!({"request": "begin", "title": "A", "codes": ["K99"]}),
            "K99",
        ),
    ] {
        let refused = ask(&mut session, request);
        assert_eq!(refused["answer"], "refused");
        assert!(
            refused["message"].as_str().unwrap().contains(words),
            "{refused}"
        );
    }
}

#[test]
fn codes_are_found_by_everyday_words() {
    let workspace = Workspace::tiny().file(
        "portfolio/portfolio.yaml",
        "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [st0215, tiny]\n",
    );
    let mut session = workspace.session();
    let mut find = |words: &str| {
        let answer = ask(
            &mut session,
            json!({"request": "find-code", "words": words}),
        );
        let codes = answer["codes"].as_array().unwrap().clone();
        let names = codes
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned());
        (names.collect::<Vec<String>>(), codes)
    };
    assert_eq!(find("st0215:k7").0[0], "K7");
    assert_eq!(find("b1").0[0], "st0215:B1");
    let (names, codes) = find("lunch");
    assert!(!names.is_empty());
    assert!(codes[0]["found_by"].as_str().is_some());
    assert_eq!(find("be kind").0, ["tiny:B1"]);
    for words in ["skin", "cold", "asking", "pressure sore"] {
        assert!(!find(words).0.is_empty(), "{words}");
    }
    // Words are found at their beginning: person-centred care is not red.
    let (red, _) = find("red");
    assert!(red.contains(&"K8".to_owned()), "{red:?}");
    assert!(!red.iter().any(|code| code.ends_with("K3")), "{red:?}");
    assert_eq!(find("zzzz").0, Vec::<String>::new());
    assert!(find("").0.len() > 70);
    // Where the standard has no such word, a question about the code may.
    let (names, codes) = find("day room");
    assert_eq!(names, ["S25"]);
    assert!(
        codes[0]["found_by"]
            .to_string()
            .contains("a walk to the day room")
    );
    // Words are found by their stem too.
    for (typed, same) in [("delegates", "delegation"), ("assessing", "assessment")] {
        assert!(!find(typed).0.is_empty());
        assert_eq!(find(typed).0, find(same).0, "{typed}, {same}");
    }
    let mut groups = |words: &str| {
        let request = json!({"request": "find-code", "words": words});
        ask(&mut session, request)["groups"].clone()
    };
    assert_eq!(groups("lunch"), json!([]));
    let all = groups("unicycle");
    let all = all.as_array().unwrap();
    assert!(all.len() > 10, "the duties are shown, to look through");
    let title = all[0]["title"].as_str().unwrap();
    assert!(title.starts_with("Duty 1: "), "{title}");
    assert!(all[0]["codes"][0]["statement"].is_string());
}

#[test]
fn an_entry_is_submitted_once_nothing_is_in_the_way() {
    let workspace = Workspace::with_entry(
        &ENTRY
            .replace("She [", "NHS number 943 476 5919 [")
            .replace("ksbs: [ K2 ]\n", ""),
    );
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let submit = |session: &mut WritingSession, entry: &Value, anyway: bool| {
        ask(
            session,
            json!({"request": "submit", "path": PATH, "hash": entry["hash"], "anyway": anyway}),
        )
    };
    let blocked = submit(&mut session, &before, false);
    assert_eq!(blocked["answer"], "in-the-way", "{blocked}");
    let what = |answer: &Value, must: bool| {
        let items = answer["items"].as_array().unwrap().iter();
        let items = items.filter(|item| item["must"] == must);
        items
            .map(|item| item["what"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(what(&blocked, true), ["confidentiality", "identifier"]);
    // All empty parts are one thing to look at, after all others.
    let items = blocked["items"].as_array().unwrap();
    let empty = items.iter().filter(|item| item["what"] == "empty-stage");
    let empty: Vec<&str> = empty
        .map(|item| item["message"].as_str().unwrap())
        .collect();
    assert_eq!(empty.len(), 1, "{empty:?}");
    assert!(
        empty[0].ends_with(" and Action plan are empty."),
        "{empty:?}"
    );
    assert_eq!(items.last().unwrap()["what"], "empty-stage");
    let named = blocked["items"].as_array().unwrap().iter();
    let named = named
        .clone()
        .find(|item| item["what"] == "identifier")
        .unwrap();
    assert_eq!(named["field"], "stage:description");
    assert!(!named.to_string().contains("476"));
    let (from, to) = at(named);
    let mended = splice(&mut session, &before, (from, to), "the patient");
    assert_eq!(submit(&mut session, &mended, true)["answer"], "in-the-way");
    let set = json!({"what": "set", "field": "anonymised", "value": "true"});
    let declared = change(&mut session, &mended, set);
    assert_eq!(
        submit(&mut session, &declared, false)["answer"],
        "in-the-way"
    );
    let submitted = submit(&mut session, &declared, true);
    assert_eq!(submitted["answer"], "entry", "{submitted}");
    let text = workspace.read(PATH);
    assert!(text.contains("status: submitted\n"), "{text}");
    assert!(text.contains("submitted: "), "{text}");
}

#[test]
fn the_examples_of_a_new_portfolio_claim_nothing_until_they_are_made_ones_own() {
    let workspace = Workspace::empty();
    let new = NewPortfolio {
        learner: "AP-1".to_owned(),
        standards: vec!["st0215".to_owned()],
        start: None,
        end: None,
    };
    engine::create_portfolio(workspace.path(), &new, None).unwrap();
    let mut session = workspace.session();
    let drafted = |home: &Value| {
        let states = home["standards"][0]["states"].as_array().unwrap();
        let drafted = states.iter().find(|one| one["state"] == "drafted");
        drafted.unwrap()["count"].as_u64().unwrap()
    };
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(drafted(&home), 0, "{home}");
    for one in home["entries"].as_array().unwrap() {
        assert_eq!(
            (&one["is_example"], &one["status_title"]),
            (&json!(true), &json!("Example"))
        );
    }
    for one in home["next"].as_array().unwrap() {
        assert_eq!(one["nearest"], Value::Null, "{one}");
    }
    assert_eq!(home["near"], json!([]));
    // The codes are shown in it all the same, so that it explains itself.
    let path = "portfolio/entries/example-cpd.md";
    let shown = entry(&mut session, path);
    assert_eq!(shown["is_example"], true);
    assert_eq!(shown["claims"][0]["code"], "K9");
    assert_eq!(shown["claims"][0]["state"], "gap");
    let findings = workspace.check()["findings"].to_string();
    assert!(!findings.contains("drafted-only"), "{findings}");
    let text = workspace.read(path);
    let own = text.replace("This is an example. It counts for nothing: ", "");
    assert_ne!(own, text);
    workspace.write(path, own);
    let shown = entry(&mut session, path);
    assert_eq!(shown["is_example"], false);
    assert_eq!(shown["claims"][0]["state"], "drafted");
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(drafted(&home), 1, "{home}");
}

#[test]
fn the_examples_of_a_new_portfolio_are_not_submitted() {
    let workspace = Workspace::empty();
    let new = NewPortfolio {
        learner: "AP-1".to_owned(),
        standards: vec!["st0215".to_owned()],
        start: None,
        end: None,
    };
    let files = engine::create_portfolio(workspace.path(), &new, None).unwrap();
    let mut session = workspace.session();
    let examples = files.iter().map(|file| file.path.as_str());
    let examples: Vec<&str> = examples
        .filter(|path| path.starts_with("portfolio/entries/"))
        .collect();
    assert_eq!(examples.len(), 2);
    for path in examples {
        let entry = entry(&mut session, path);
        let request =
            json!({"request": "submit", "path": path, "hash": entry["hash"], "anyway": true});
        let blocked = ask(&mut session, request);
        assert_eq!(blocked["items"][0]["what"], "example", "{blocked}");
        assert_eq!(blocked["items"][0]["must"], true, "{blocked}");
        assert!(workspace.read(path).contains("status: draft"));
    }
}

#[test]
fn an_entry_that_would_be_withheld_is_not_submitted() {
    let named = ENTRY.replace("She [", "Mrs Oakapple [");
    let workspace = Workspace::with_entry(&named);
    let mut session = workspace.session();
    let entry = entry(&mut session, PATH);
    let request = json!({"request": "submit", "path": PATH, "hash": entry["hash"], "anyway": true});
    let blocked = ask(&mut session, request);
    let items = blocked["items"].as_array().unwrap().iter();
    let name = items.clone().find(|item| item["what"] == "identifier");
    assert_eq!(name.unwrap()["must"], true, "{blocked}");
    assert!(!workspace.read(PATH).contains("submitted"));
}

#[test]
fn files_and_requests_that_are_not_known_are_refused() {
    let workspace = Workspace::with_entry(ENTRY)
        .file(
            "portfolio/entries/latin.md",
            b"---\ntitle: Caf\xe9\n---\nWords.\n",
        )
        .file("outside.md", ENTRY);
    let mut session = workspace.session();
    let latin = entry(&mut session, "portfolio/entries/latin.md");
    assert!(latin["locked"].as_str().unwrap().contains("Windows-1252"));
    let (from, _) = at(&latin["other"]
        .as_array()
        .unwrap()
        .last()
        .cloned()
        .unwrap_or(json!({"from": 0, "to": 0})));
    assert_eq!(
        splice(&mut session, &latin, (from, from), "x")["answer"],
        "refused"
    );
    for path in [
        "outside.md",
        "portfolio/../outside.md",
        "/etc/passwd",
        "portfolio/entries/none.md",
        "",
    ] {
        for request in ["entry", "file"] {
            let answer = ask(&mut session, json!({"request": request, "path": path}));
            assert_eq!(answer["answer"], "refused", "{path}");
        }
    }
    let file = ask(&mut session, json!({"request": "file", "path": PATH}));
    assert_eq!(file["text"], ENTRY);
    for text in [
        "",
        "{}",
        "[]",
        "\u{0}",
        "{\"request\":\"home\",\"x\":1}",
        "{\"request\":\"nothing\"}",
    ] {
        assert!(
            session.answer(text).contains("\"answer\":\"refused\""),
            "{text}"
        );
    }
}

/// A change of an entry, at places in hundredths of a box.
#[derive(Clone, Debug)]
enum Step {
    Splice(usize, usize, &'static str),
    Claim(&'static str),
    Unclaim(&'static str),
    Title(&'static str),
    Undo,
    Theirs,
}

fn step() -> impl Strategy<Value = Step> {
    let words = [
        "",
        "a",
        " more words",
        "\n\n",
        "Mrs Oakapple",
        "é👩‍⚕️",
        "## Analysis\n",
        "[x](ksb:K10)",
        "```",
    ];
    let splice = (
        0..=100_usize,
        0..=30_usize,
        prop::sample::select(words.to_vec()),
    );
    prop_oneof![
        6 => splice.prop_map(|(at, length, words)| Step::Splice(at, length, words)),
        1 => prop::sample::select(vec!["K1", "K10"]).prop_map(Step::Claim),
        1 => prop::sample::select(vec!["K1", "K2"]).prop_map(Step::Unclaim),
        1 => prop::sample::select(vec!["B", "Mrs Oakapple: pain"]).prop_map(Step::Title),
        2 => Just(Step::Undo),
        1 => Just(Step::Theirs),
    ]
}

fn take(session: &mut WritingSession, workspace: &Workspace, now: &Value, step: &Step) -> Value {
    match step {
        Step::Splice(from, length, words) => {
            let body = now["other"].as_array().unwrap().iter();
            let body = body.chain(now["stages"].as_array().unwrap());
            let body: Vec<(usize, usize)> = body.map(at).collect();
            let (start, end) = body[(from + length) % body.len()];
            let place = start + (end - start) * from / 100;
            let to = (place + length * (end - start) / 100).min(end);
            splice(session, now, (place, to), words)
        }
        Step::Claim(code) => change(session, now, json!({"what": "claim", "code": code})),
        Step::Unclaim(code) => change(session, now, json!({"what": "unclaim", "code": code})),
        Step::Title(title) => change(
            session,
            now,
            json!({"what": "set", "field": "title", "value": title}),
        ),
        Step::Undo => ask(
            session,
            json!({"request": "undo", "path": PATH, "hash": now["hash"]}),
        ),
        Step::Theirs => {
            workspace.write(PATH, workspace.read(PATH) + "Theirs.\n");
            entry(session, PATH)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn after_any_steps_the_session_is_as_if_it_was_opened_anew(
        steps in prop::collection::vec(step(), 1..14),
        crlf in any::<bool>(),
    ) {
        let file = if crlf { ENTRY.replace('\n', "\r\n") } else { ENTRY.to_owned() };
        let workspace = Workspace::with_entry(&file);
        let mut session = workspace.session();
        let mut now = entry(&mut session, PATH);
        let mut known: Vec<String> = vec![file];
        for step in &steps {
            let before = workspace.read(PATH);
            let answer = take(&mut session, &workspace, &now, step);
            let after = workspace.read(PATH);
            if answer["answer"] == "refused" {
                prop_assert_eq!(&before, &after);
                continue;
            }
            prop_assert_eq!(&answer["answer"], "entry");
            prop_assert_eq!(&answer["hash"], &json!(sha256_hex(after.as_bytes())));
            if matches!(step, Step::Undo) {
                prop_assert!(known.contains(&after));
            }
            known.push(after);
            now = answer;
        }
        let mut fresh = workspace.session();
        let mut opened = entry(&mut fresh, PATH);
        opened["undo"] = now["undo"].clone();
        prop_assert_eq!(entry(&mut session, PATH), opened);
        let home = json!({"request": "home"});
        prop_assert_eq!(ask(&mut session, home.clone()), ask(&mut fresh, home));
    }
}

/// An entry that is handed in, with a name and a number to look at.
const SUBMITTED: &str = "\
---
title: A visit
date: 2026-11-14
status: submitted
ksbs: [K1]
---

## Description

I wrote 12 lines on Wednesday with Gertrude. Oakaple came too.
";

#[test]
fn a_reading_asks_and_records_and_forgets_names() {
    let workspace = Workspace::with_entry(SUBMITTED);
    let mut session = workspace.session();
    let reading = ask(&mut session, json!({"request": "reading", "path": PATH}));
    assert_eq!(reading["answer"], "reading", "{reading}");
    let words = reading["words"].as_array().unwrap();
    assert!(
        words.iter().any(|one| one["words"] == "Oakaple"),
        "{reading}"
    );
    for one in words {
        assert_eq!(
            cut(SUBMITTED, at(&one["places"][0])),
            one["words"].as_str().unwrap()
        );
    }
    let names = json!({"request": "find-names", "path": PATH, "names": "gertrude, Oakapple"});
    let names = ask(&mut session, names);
    assert_eq!(cut(SUBMITTED, at(&names["exact"][0])), "Gertrude");
    assert_eq!(cut(SUBMITTED, at(&names["one_letter_off"][0])), "Oakaple");
    assert!(!names.to_string().to_lowercase().contains("oakap"));
    let found = reading["found"].as_array().unwrap().len();
    let record = |words: usize, hash: &Value| {
        json!({"request": "record-reading", "path": PATH, "hash": hash, "words": words,
               "files": 0, "reasons": vec!["invented"; found]})
    };
    let refused = ask(&mut session, record(words.len() - 1, &reading["hash"]));
    assert_eq!(refused["message"], "not everything was answered");
    assert_eq!(workspace.read(PATH), SUBMITTED);
    let answer = ask(&mut session, record(words.len(), &reading["hash"]));
    assert_eq!(answer["answer"], "entry", "{answer}");
    assert_eq!(answer["undo"], 1);
    let text = workspace.read(PATH);
    assert!(
        text.contains("read: ") && text.contains("by: L-1"),
        "{text}"
    );
    assert!(!text.contains("Oakapple"));
    let stale = ask(&mut session, record(words.len(), &reading["hash"]));
    assert_eq!(stale["answer"], "changed");
    // A draft is not read: what is written next would undo it.
    workspace.write(PATH, ENTRY);
    let draft = ask(&mut session, json!({"request": "reading", "path": PATH}));
    assert_eq!(draft["message"], "this is still a draft");
}

#[test]
fn a_dropped_picture_is_cleaned_named_here_and_attached() {
    let workspace = Workspace::with_entry(ENTRY);
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let picture = files::picture(image::ImageFormat::Jpeg);
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0".to_vec();
    let [good, phone, text] = [
        ("Mrs Oakapple.JPG", picture),
        ("IMG_1.HEIC", heic),
        ("notes.txt", b"words".to_vec()),
    ]
    .map(|(name, bytes)| drop_file(&mut session, name, &bytes));
    let mut attach = |dropped: &str, alt: &str| {
        ask(
            &mut session,
            json!({"request": "picture", "path": PATH, "hash": before["hash"],
                   "dropped": dropped, "alt": alt, "shows_nobody": true}),
        )
    };
    for (dropped, alt, words) in [
        (good.as_str(), " ", "needs a description"),
        (&phone, "A board", "in HEIC"),
        (&text, "A board", "no picture"),
        ("dropped-9.jpg", "A board", "no longer there"),
    ] {
        let refused = attach(dropped, alt);
        assert!(
            refused["message"].as_str().unwrap().contains(words),
            "{refused}"
        );
    }
    assert!(!workspace.path().join("portfolio/evidence").exists());
    for (consent, words) in [
        (Value::Null, "nothing says that nobody can be recognised"),
        (json!("CON-1"), "not in the register"),
    ] {
        let refused = ask(
            &mut session,
            json!({"request": "picture", "path": PATH, "hash": before["hash"],
                   "dropped": good, "alt": "A board", "consent": consent}),
        );
        assert!(
            refused["message"].as_str().unwrap().contains(words),
            "{refused}"
        );
    }
    let mut attach = |dropped: &str, alt: &str| {
        ask(
            &mut session,
            json!({"request": "picture", "path": PATH, "hash": before["hash"],
                   "dropped": dropped, "alt": alt, "shows_nobody": true}),
        )
    };
    let answer = attach(&good, "The board");
    assert_eq!(answer["answer"], "entry", "{answer}");
    let line = &answer["attachments"][0];
    assert_eq!(line["file"], "evidence/one-1.jpg");
    assert_eq!(
        (&line["is_picture"], &line["is_there"]),
        (&json!(true), &json!(true))
    );
    let text = workspace.read(PATH);
    assert!(
        text.contains("evidence/one-1.jpg") && text.contains("shows: "),
        "{text}"
    );
    assert!(
        !workspace
            .read_bytes("portfolio/evidence/one-1.jpg")
            .is_empty()
    );
    // A stale request writes neither file.
    assert_eq!(attach(&good, "The board")["answer"], "changed");
    assert!(
        !workspace
            .path()
            .join("portfolio/evidence/one-2.jpg")
            .exists()
    );
    let mut look = |file: &str| {
        let request = json!({"request": "look", "path": PATH, "file": file});
        ask(&mut session, request)
    };
    // As the list of the entry and the reading step name it.
    for file in ["evidence/one-1.jpg", "portfolio/evidence/one-1.jpg"] {
        assert_eq!(look(file)["type"], "image/jpeg", "{file}");
    }
    assert_eq!(look("portfolio/portfolio.yaml")["answer"], "refused");
    let off = json!({"what": "detach", "file": "evidence/one-1.jpg"});
    let answer = change(&mut session, &answer, off);
    assert_eq!(answer["attachments"], json!([]), "{answer}");
    assert_eq!(workspace.read(PATH), ENTRY);
    assert!(
        workspace
            .path()
            .join("portfolio/evidence/one-1.jpg")
            .exists()
    );
}

#[test]
fn decisions_come_in_and_feedback_is_shown_until_the_text_changes() {
    let workspace = Workspace::with_entry(SUBMITTED);
    let mut session = workspace.session();
    let waiting = ask(&mut session, json!({"request": "waiting"}));
    assert_eq!(waiting["entries"][0]["codes"], json!(["K1"]));
    let digest = session.snapshot().portfolio.entries[0]
        .digests
        .current()
        .to_owned();
    let decision = format!(
        "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-16\ndecisions:\n  \
         - entry: one\n    attempt: 1\n    digest: {digest}\n    claims: {{ K1: referred }}\n    \
         feedback: |\n      K1 needs an example.\n"
    );
    let dropped = drop_file(&mut session, "decision.yaml", decision.as_bytes());
    let file = json!({"request": "decisions", "dropped": dropped});
    let filed = ask(&mut session, file.clone());
    assert_eq!(filed["answer"], "filed", "{filed}");
    assert_eq!(filed["is_known"], false);
    assert_eq!(
        filed["entries"],
        json!([{"entry": {"path": PATH, "title": "A visit"},
                "codes": [{"code": "K1", "verdict": "referred"}]}])
    );
    // A dropped file goes once it was used.
    assert_eq!(ask(&mut session, file)["answer"], "refused");
    let dropped = drop_file(&mut session, "decision.yaml", decision.as_bytes());
    let file = json!({"request": "decisions", "dropped": dropped});
    assert_eq!(ask(&mut session, file)["is_known"], true);
    let shown = entry(&mut session, PATH);
    assert_eq!(shown["status_title"], "Sent back");
    assert_eq!(shown["sent_back"], json!(["K1"]));
    let line = &shown["feedback"][0];
    assert_eq!(line["text"], "K1 needs an example.");
    assert_eq!(
        (&line["code"], &line["verdict"]),
        (&json!("K1"), &json!("referred"))
    );
    assert_eq!(line["still_holds"], true);
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(home["entries"][0]["is_referred"], true);
    assert_eq!(home["entries"][0]["status_title"], "Sent back");
    let (_, end) = at(stage(&shown, "description"));
    let changed = splice(&mut session, &shown, (end, end), " For example, I waited.");
    assert_eq!(changed["feedback"][0]["still_holds"], false);
    assert_eq!(changed["status_title"], "Changed since it was sent back");
    assert_eq!(changed["sent_back"], json!(["K1"]));
    let waiting = ask(&mut session, json!({"request": "waiting"}));
    assert_eq!(waiting["entries"][0]["reason"], "resubmitted");
    let wrong = drop_file(&mut session, "x.yaml", b"title: x");
    let refused = ask(
        &mut session,
        json!({"request": "decisions", "dropped": wrong}),
    );
    assert_eq!(refused["answer"], "refused");
}

#[test]
fn the_pack_for_the_assessor_is_made_in_memory() {
    let workspace = Workspace::with_entry(SUBMITTED);
    let mut session = workspace.session();
    let made = ask(
        &mut session,
        json!({"request": "hand-in", "audience": "assessor"}),
    );
    assert_eq!(
        (&made["answer"], &made["name"]),
        (
            &json!("made"),
            // Files of several days differ in their names.
            &json!("L-1-for-assessor-2026-11-21.html")
        )
    );
    assert_eq!(made["withheld"], json!([]));
    let bytes = session.made(made["name"].as_str().unwrap()).unwrap();
    assert_eq!(made["size"], bytes.len());
    let page = String::from_utf8_lossy(bytes).to_lowercase();
    assert!(page.contains("<!doctype html>"));
    assert!(session.made("other.html").is_none());
    let refused = ask(
        &mut session,
        json!({"request": "hand-in", "audience": "everybody"}),
    );
    assert_eq!(refused["message"], "“everybody” is no audience");
}

#[test]
fn what_is_left_out_of_the_pack_is_named_with_the_reason() {
    let workspace = Workspace::with_entry(&SUBMITTED.replace("on Wednesday", "on 07700 900123"));
    let entry = |name: &str, more: &str| {
        let text = SUBMITTED.replace("title: A visit", &format!("title: {name}{more}"));
        workspace.write(&format!("portfolio/entries/{name}.md"), text);
    };
    entry("draft", "\nstatus: draft");
    workspace.write(
        "portfolio/entries/draft.md",
        ENTRY.replace("A visit", "Half a visit"),
    );
    entry("mine", "\nvisibility: private");
    workspace.write("portfolio/entries/odd.md", "---\ntitle: [\n---\n\nWords.\n");
    let mut session = workspace.session();
    let made = ask(
        &mut session,
        json!({"request": "hand-in", "audience": "assessor"}),
    );
    let withheld = made["withheld"].as_array().unwrap().iter();
    let said: Vec<(&str, bool, &str)> = withheld
        .map(|one| {
            let word = |key: &str| one[key].as_str().unwrap();
            (word("path"), one["is_chosen"] == true, word("reason"))
        })
        .collect();
    let wanted = [
        (
            "odd.md",
            false,
            "The lines at the top of its file cannot be read.",
        ),
        (
            "one.md",
            false,
            "Something in it may identify a person (phone number).",
        ),
        ("draft.md", true, "It is a draft."),
        ("mine.md", true, "Only you may see it."),
    ];
    assert_eq!(said.len(), wanted.len(), "{said:?}");
    for (name, is_chosen, reason) in wanted {
        let path = format!("portfolio/entries/{name}");
        assert!(
            said.contains(&(&*path, is_chosen, reason)),
            "{name}: {said:?}"
        );
    }
    assert!(!said[0].1 && !said[1].1, "{said:?}");
}

#[test]
fn a_note_that_does_not_show_stays_hidden() {
    let note = ENTRY.replace(
        "# A visit\n\nBefore the stages.\n",
        "<!--\nRing her.\n-->\n",
    );
    let workspace = Workspace::with_entry(&note);
    let mut session = workspace.session();
    let before = entry(&mut session, PATH);
    let other = before["other"].as_array().unwrap();
    let part = other
        .iter()
        .find(|part| part["is_comment"] == true)
        .unwrap();
    assert_eq!(part["text"], "Ring her.");
    let answer = splice(&mut session, &before, at(part), "Ask --> Gertrude.");
    assert_eq!(answer["answer"], "entry", "{answer}");
    assert!(
        workspace
            .read(PATH)
            .contains("<!--\nAsk -- > Gertrude.\n-->\n")
    );
    let other = answer["other"].as_array().unwrap();
    assert_eq!(
        other
            .iter()
            .filter(|part| part["is_comment"] == true)
            .count(),
        1
    );
}

#[test]
fn dropped_documents_are_shown_as_a_table_before_they_become_drafts() {
    let workspace = Workspace::tiny();
    let mut session = workspace.session();
    let words = files::paragraph("I washed my hands.");
    let dropped = [
        ("../A visit.docx", files::docx(&words, &[])),
        (
            "undated.md",
            b"# Falls\n\n## Description\n\nNobody fell.\n".to_vec(),
        ),
        ("song.mp3", b"ID3".to_vec()),
    ];
    let drop_all = |session: &mut WritingSession| {
        let names = dropped.each_ref();
        names.map(|(name, bytes)| drop_file(session, name, bytes))
    };
    let names = drop_all(&mut session);
    let request =
        |name: &str, days: Value| json!({"request": name, "dropped": names, "days": days});
    let planned = ask(&mut session, request("import", json!({})));
    assert_eq!(planned["answer"], "import", "{planned}");
    assert_eq!(planned["is_written"], false);
    let rows = planned["rows"].as_array().unwrap();
    assert_eq!(rows[0]["file"], "A visit.docx");
    assert_eq!(rows[0]["day"], "2026-03-12");
    assert_eq!(rows[0]["is_day_from_text"], false);
    assert_eq!(rows[1]["needs_day"], true);
    assert_eq!(rows[1]["why_not"], "it says nowhere when it was written");
    assert_eq!(rows[2]["why_not"], "it is no document");
    assert!(!workspace.path().join("portfolio/entries").exists());
    let written = ask(
        &mut session,
        request("import-write", json!({"undated.md": "15/3/26"})),
    );
    assert_eq!(written["is_written"], true, "{written}");
    for row in &written["rows"].as_array().unwrap()[..2] {
        let entry = entry(&mut session, row["path"].as_str().unwrap());
        assert_eq!(entry["claims"], json!([]));
    }
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(home["entries"].as_array().unwrap().len(), 2);
    // Dropped files go once they were used.
    assert_eq!(
        ask(&mut session, request("import", json!({})))["answer"],
        "refused"
    );
    let names = drop_all(&mut session);
    let again = json!({"request": "import", "dropped": names, "days": {}});
    let again = ask(&mut session, again);
    assert_eq!(again["rows"][0]["why_not"], "it was imported before");
}

#[test]
fn settings_and_consents_are_forms_over_their_files() {
    let settings = "\
# mine
version: 1
title: T   # on every page
learner: { id: L-1 }
standards: [tiny]
";
    let workspace = Workspace::tiny().file("portfolio/portfolio.yaml", settings);
    let mut session = workspace.session();
    let set = |session: &mut WritingSession, hash: &Value, change: Value| {
        ask(
            session,
            json!({"request": "set-settings", "hash": hash, "change": change}),
        )
    };
    let mut now = ask(&mut session, json!({"request": "settings"}));
    assert_eq!(now["answer"], "settings", "{now}");
    assert_eq!(now["fields"][0]["value"], "T");
    for (change, from, to) in [
        (
            json!({"what": "set", "field": "title", "value": "My year"}),
            "title: T ",
            "title: My year ",
        ),
        (
            json!({"what": "set", "field": "learner.cohort", "value": "2026-09"}),
            "{ id: L-1 }",
            "{ id: L-1, cohort: \"2026-09\" }",
        ),
        (
            json!({"what": "set", "field": "start", "value": "1 September 2025"}),
            "standards: [tiny]\n",
            "standards: [tiny]\nstart: 2025-09-01\n",
        ),
        (
            json!({"what": "add-review", "date": "3 September 2026", "with": ["employer", "tutor"]}),
            "start: 2025-09-01\n",
            "start: 2025-09-01\nreviews: [{date: 2026-09-03, with: [employer, tutor]}]\n",
        ),
    ] {
        let before = workspace.read("portfolio/portfolio.yaml");
        now = set(&mut session, &now["hash"], change.clone());
        assert_eq!(now["answer"], "settings", "{change} {now}");
        let after = workspace.read("portfolio/portfolio.yaml");
        let plain = |text: &str| text.replace('"', "");
        assert_eq!(plain(&after), plain(&before.replacen(from, to, 1)));
    }
    assert_eq!(now["reviews"][0]["with"], json!(["employer", "tutor"]));
    let consent = json!({"what": "add-consent", "id": "CON-1", "date": "2026-03-10",
                         "share": ["portfolio"], "expires": "2028-03-10"});
    assert_eq!(now["consents_hash"], Value::Null);
    now = set(&mut session, &now["consents_hash"], consent.clone());
    assert_eq!(now["consents"][0]["id"], "CON-1", "{now}");
    let twice = set(&mut session, &now["consents_hash"], consent);
    assert!(twice["message"].as_str().unwrap().contains("already"));
    now = set(
        &mut session,
        &now["consents_hash"],
        json!({"what": "withdraw-consent", "id": "CON-1"}),
    );
    assert_eq!(now["consents"][0]["is_withdrawn"], true, "{now}");
    for (change, words) in [
        (
            json!({"what": "set", "field": "learner.id", "value": ""}),
            "cannot be empty",
        ),
        (
            json!({"what": "set", "field": "learner.id", "value": "Mrs Oakapple"}),
            "may identify you",
        ),
        (
            json!({"what": "set", "field": "start", "value": "soon"}),
            "First day",
        ),
        (
            json!({"what": "set", "field": "rules", "value": "x"}),
            "no field",
        ),
        (
            json!({"what": "add-review", "date": "30/2/2026"}),
            "day cannot be read",
        ),
    ] {
        let refused = set(&mut session, &now["hash"], change);
        assert!(
            refused["message"].as_str().unwrap().contains(words),
            "{refused}"
        );
    }
    workspace.write("portfolio/portfolio.yaml", settings);
    let stale = set(
        &mut session,
        &now["hash"],
        json!({"what": "set", "field": "title", "value": "x"}),
    );
    assert_eq!(stale["answer"], "changed");
    assert_eq!(workspace.read("portfolio/portfolio.yaml"), settings);
}
