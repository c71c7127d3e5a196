//! Forms of the write page over settings, and entries that are renamed, deleted and brought back.

use ksbfolio::writing::WritingSession;
use serde_json::{Value, json};

use crate::support::Workspace;

const SETTINGS: &str = "portfolio/portfolio.yaml";

fn ask(session: &mut WritingSession, request: Value) -> Value {
    serde_json::from_str(&session.answer(&request.to_string())).unwrap()
}

fn set(session: &mut WritingSession, change: Value) -> Value {
    let now = ask(session, json!({"request": "settings"}));
    ask(
        session,
        json!({"request": "set-settings", "hash": now["hash"], "change": change}),
    )
}

fn programme() -> Workspace {
    Workspace::tiny().file(
        SETTINGS,
        "version: 1\nlearner: { id: L-1 }\nstandards: [tiny]\nstart: 2025-09-01\nplanned_end: 2027-02-28\n",
    )
}

#[test]
fn a_programme_does_not_end_before_it_begins() {
    let workspace = programme();
    let mut session = workspace.session();
    for (field, value) in [
        ("planned_end", "2025-09-01"),
        ("planned_end", "2024-02-28"),
        ("start", "2027-03-01"),
    ] {
        let answer = set(
            &mut session,
            json!({"what": "set", "field": field, "value": value}),
        );
        assert_eq!(answer["answer"], "refused", "{field}: {answer}");
        let words = "after the first day";
        assert!(answer.to_string().contains(words), "{answer}");
    }
    let moved = set(
        &mut session,
        json!({"what": "set", "field": "start", "value": "2025-10-01"}),
    );
    assert_eq!(moved["answer"], "settings", "{moved}");
    assert!(workspace.read(SETTINGS).contains("planned_end: 2027-02-28"));
}

#[test]
fn hours_gateway_and_time_zone_are_fields() {
    let workspace = programme();
    let mut session = workspace.session();
    for (field, value, line) in [
        ("off_the_job.required_hours", "400", "required_hours: 400"),
        ("off_the_job.weekly_hours", "37,5", "weekly_hours: 37.5"),
        (
            "off_the_job.weekly_hours",
            "unknown",
            "weekly_hours: unknown",
        ),
        (
            "gateway.english",
            "Level 2, certificate seen",
            "english: Level 2, certificate seen",
        ),
        ("timezone", "Europe/Paris", "timezone: Europe/Paris"),
        (
            "learner.employer",
            "Oakapple Trust",
            "employer: Oakapple Trust",
        ),
    ] {
        let answer = set(
            &mut session,
            json!({"what": "set", "field": field, "value": value}),
        );
        assert_eq!(answer["answer"], "settings", "{field}: {answer}");
        let text = workspace.read(SETTINGS).replace('"', "");
        assert!(text.contains(line), "{text}");
        let fields = answer["fields"].as_array().unwrap();
        let shown = fields.iter().find(|one| one["name"] == field).unwrap();
        assert_eq!(
            shown["value"],
            value.replace(',', if value == "37,5" { "." } else { "," })
        );
        assert_eq!(answer["findings"], json!([]), "{answer}");
    }
    let before = workspace.read(SETTINGS);
    let now = ask(&mut session, json!({"request": "settings"}));
    assert_eq!(now["undo"], 6);
    let undo = json!({"request": "undo-settings", "hash": now["hash"]});
    let undone = ask(&mut session, undo.clone());
    assert_eq!(undone["undo"], 5, "{undone}");
    assert!(!workspace.read(SETTINGS).contains("employer"));
    assert_eq!(ask(&mut session, undo)["answer"], "changed");
    workspace.write(SETTINGS, before);
    session.refresh([SETTINGS].into_iter().collect()).unwrap();
    let answer = ask(&mut session, json!({"request": "settings"}));
    assert_eq!(
        answer["hours"],
        "0 hours count so far. Required: 400 hours."
    );
    assert_eq!(answer["standards"][0]["codes"], 4, "{answer}");
    let before = workspace.read(SETTINGS);
    for (field, value, words) in [
        ("timezone", "Erewhon/Nowhere", "time zone"),
        ("off_the_job.required_hours", "many", "whole number"),
        ("off_the_job.weekly_hours", "200", "168"),
        ("start", "31/2/2026", "First day"),
        ("learner.id", "Mrs Oakapple", "identify you"),
    ] {
        let refused = set(
            &mut session,
            json!({"what": "set", "field": field, "value": value}),
        );
        assert_eq!(refused["answer"], "refused", "{field}: {refused}");
        assert_eq!(refused["field"], field, "{refused}");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(words), "{field}: {message}");
    }
    assert_eq!(workspace.read(SETTINGS), before);
}

#[test]
fn breaks_are_added_ended_and_removed() {
    let workspace = programme();
    let mut session = workspace.session();
    let first = workspace.read(SETTINGS);
    let open =
        json!({"what": "add-break", "from": "2026-02-01", "to": "", "reason": "parental leave"});
    let answer = set(&mut session, open);
    assert_eq!(answer["breaks"][0]["to"], Value::Null, "{answer}");
    assert_eq!(answer["breaks"][0]["reason"], "parental leave");
    let ended = set(
        &mut session,
        json!({"what": "end-break", "at": 0, "to": "31 March 2026"}),
    );
    assert_eq!(ended["breaks"][0]["to"], "2026-03-31", "{ended}");
    assert_eq!(session.snapshot().portfolio.settings.breaks.len(), 1);
    for (change, field) in [
        (
            json!({"what": "add-break", "from": "2026-03-01", "to": "2026-04-01", "reason": "leave"}),
            "from",
        ),
        (
            json!({"what": "add-break", "from": "2026-06-01", "to": "2026-05-01", "reason": "leave"}),
            "to",
        ),
        (
            json!({"what": "add-break", "from": "2024-06-01", "to": "2024-07-01", "reason": "leave"}),
            "from",
        ),
        (
            json!({"what": "add-break", "from": "2026-06-01", "reason": " "}),
            "reason",
        ),
        (
            json!({"what": "add-break", "from": "2026-06-01", "reason": "Mrs Oakapple cared for me"}),
            "reason",
        ),
        (
            json!({"what": "end-break", "at": 0, "to": "2026-01-01"}),
            "to",
        ),
        (json!({"what": "add-review", "date": "2036-06-01"}), "date"),
        (
            json!({"what": "add-review", "date": "2026-06-01", "with": ["Mrs Oakapple"]}),
            "with",
        ),
    ] {
        let refused = set(&mut session, change);
        assert_eq!(refused["answer"], "refused", "{refused}");
        assert_eq!(refused["field"], field, "{refused}");
    }
    set(&mut session, json!({"what": "remove-break", "at": 0}));
    assert!(session.snapshot().portfolio.settings.breaks.is_empty());
    let second = set(
        &mut session,
        json!({"what": "add-review", "date": "2026-03-03"}),
    );
    assert_eq!(second["reviews"][0]["date"], "2026-03-03");
    let third = set(
        &mut session,
        json!({"what": "add-review", "date": "2026-06-03"}),
    );
    // The latest is first; its place in the file is not.
    assert_eq!(third["reviews"][0]["date"], "2026-06-03");
    assert_eq!(third["reviews"][0]["at"], 1);
    set(&mut session, json!({"what": "remove-review", "at": 1}));
    let last = set(&mut session, json!({"what": "remove-review", "at": 0}));
    assert_eq!(last["reviews"], json!([]));
    assert!(workspace.read(SETTINGS).starts_with(&first));
}

#[test]
fn values_that_cannot_be_read_are_findings_under_their_field() {
    let workspace = Workspace::tiny().file(
        SETTINGS,
        "version: 1\nlearner: { id: L-1 }\nstandards: [tiny]\nstart: soon\nreviews: [{ date: never }]\n",
    );
    let answer = ask(&mut workspace.session(), json!({"request": "settings"}));
    let findings = answer["findings"].as_array().unwrap();
    let fields: Vec<&Value> = findings.iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, [&json!("start"), &json!("reviews")], "{answer}");
    assert_eq!(answer["reviews"][0]["date"], "never");
}

const PAIN: &str = "portfolio/entries/2026/pain.md";

const ENTRY: &str = "\
---
title: Pain   # for now
date: 2026-03-14
type: reflection
status: draft
ksbs: [K1]
---

## Description

She was in pain, as [I said](pain.md#feelings).
";

const OTHER: &str = "\
---
title: Later
date: 2026-04-14
type: reflection
status: draft
actions:
  - { what: \"Look again\", by: 2026-05-01, done: 2026-05-01, closed_by: pain }
---

## Description

See [before](../2026/pain.md#description), [[pain|that day]], [it](entry:pain) and [this][1].
Not [another](https://example.org/pain.md) or `pain.md`.

[1]: <../2026/pain.md> \"Pain\"
";

fn two_entries() -> Workspace {
    programme()
        .file(PAIN, ENTRY)
        .file("portfolio/entries/2025/later.md", OTHER)
}

fn open(session: &mut WritingSession, path: &str) -> Value {
    let entry = ask(session, json!({"request": "entry", "path": path}));
    assert_eq!(entry["answer"], "entry", "{entry}");
    entry
}

fn with_entry(session: &mut WritingSession, path: &str, more: Value) -> Value {
    let entry = open(session, path);
    let mut request = json!({"path": path, "hash": entry["hash"]});
    let more = more.as_object().unwrap().clone();
    request.as_object_mut().unwrap().extend(more);
    ask(session, request)
}

fn broken_links(session: &WritingSession) -> usize {
    let outcome = session.snapshot().check(None, None);
    let findings = outcome.findings.iter();
    findings.filter(|one| one.rule == "broken-link").count()
}

#[test]
fn links_follow_a_renamed_entry_which_keeps_its_id() {
    let workspace = two_entries();
    let mut session = workspace.session();
    assert_eq!(broken_links(&session), 0);
    let request = |write: bool| json!({"request": "rename", "title": "Pain at night", "name": "Pain at night", "write": write});
    let planned = with_entry(&mut session, PAIN, request(false));
    assert_eq!(planned["answer"], "renaming", "{planned}");
    assert_eq!(planned["is_written"], false);
    assert_eq!(
        planned["new_path"],
        "portfolio/entries/2026/pain-at-night.md"
    );
    let what: Vec<&str> = planned["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    assert_eq!(what, ["gets its new title", "2 links to it"]);
    assert_eq!(workspace.read(PAIN), ENTRY, "nothing is written yet");
    let done = with_entry(&mut session, PAIN, request(true));
    assert_eq!(done["is_written"], true, "{done}");
    assert!(!workspace.path().join(PAIN).exists());
    let text = workspace.read("portfolio/entries/2026/pain-at-night.md");
    assert_eq!(
        text,
        ENTRY
            .replace("title: Pain ", "title: Pain at night ")
            .replace("ksbs: [K1]\n", "ksbs: [K1]\nid: pain\n")
            .replace("pain.md#", "pain-at-night.md#")
    );
    let other = workspace.read("portfolio/entries/2025/later.md");
    assert_eq!(
        other,
        OTHER.replace("../2026/pain.md", "../2026/pain-at-night.md")
    );
    assert_eq!(broken_links(&session), 0);
    assert_eq!(session.snapshot().portfolio.entries.len(), 2);
    // A link by title follows a title alone.
    workspace.write(
        "portfolio/entries/2025/later.md",
        OTHER.replace("[[pain|that day]]", "[[Pain at night]]"),
    );
    session
        .refresh(["portfolio/entries/2025/later.md"].into_iter().collect())
        .unwrap();
    let path = "portfolio/entries/2026/pain-at-night.md";
    with_entry(
        &mut session,
        path,
        json!({"request": "rename", "title": "A long night", "write": true}),
    );
    let other = workspace.read("portfolio/entries/2025/later.md");
    assert!(other.contains("[[A long night]]"), "{other}");
}

#[test]
fn names_that_cannot_be_taken_are_refused() {
    let workspace = two_entries().file("portfolio/entries/2026/taken.md", ENTRY);
    let mut session = workspace.session();
    for (name, words) in [
        ("taken", "there is a file taken.md"),
        ("TAKEN", "there is a file taken.md"),
        ("Mrs Oakapple in pain", "identify a person"),
        ("pain", "already"),
    ] {
        let refused = with_entry(
            &mut session,
            PAIN,
            json!({"request": "rename", "name": name, "write": true}),
        );
        assert_eq!(refused["answer"], "refused", "{name}: {refused}");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(words), "{name}: {message}");
    }
    let empty = with_entry(
        &mut session,
        PAIN,
        json!({"request": "rename", "title": " ", "write": true}),
    );
    assert_eq!(empty["answer"], "refused");
    let stale = json!({"request": "rename", "path": PAIN, "hash": "x", "name": "y", "write": true});
    assert_eq!(ask(&mut session, stale)["answer"], "changed");
    assert_eq!(workspace.read(PAIN), ENTRY);
}

/// Files a decision about an entry.
fn decide(workspace: &Workspace, id: &str) {
    let mut session = workspace.session();
    let index = &session.snapshot().portfolio.index;
    let entry = &session.snapshot().portfolio.entries[index.by_id(id).unwrap()];
    let digest = entry.digests.current();
    let decision = format!(
        "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-16\ndecisions:\n  \
         - entry: {id}\n    attempt: 1\n    digest: {digest}\n    claims: {{ K1: accepted }}\n"
    );
    let dropped: Value =
        serde_json::from_str(&session.receive("decision.yaml", decision.into_bytes())).unwrap();
    let filed = ask(
        &mut session,
        json!({"request": "decisions", "dropped": dropped["name"]}),
    );
    assert_eq!(filed["answer"], "filed", "{filed}");
}

fn submitted(text: &str) -> String {
    text.replace("status: draft", "status: submitted\nanonymised: true")
}

#[test]
fn decisions_keep_the_name_that_they_know_an_entry_by() {
    let workspace = programme().file(PAIN, submitted(ENTRY));
    decide(&workspace, "pain");
    let mut session = workspace.session();
    let rename = json!({"request": "rename", "name": "night", "write": true});
    let refused = with_entry(&mut session, PAIN, rename.clone());
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("name of its file"),
        "{refused}"
    );
    let titled = with_entry(
        &mut session,
        PAIN,
        json!({"request": "rename", "title": "Night"}),
    );
    assert_eq!(titled["remarks"].as_array().unwrap().len(), 1, "{titled}");
    // With an id of its own the file can move, and the decision stays.
    let text = submitted(ENTRY)
        .replace("ksbs: [K1]\n", "ksbs: [K1]\nid: pain\n")
        .replace("pain.md#", "#");
    let workspace = programme().file(PAIN, text);
    decide(&workspace, "pain");
    let mut session = workspace.session();
    let moved = with_entry(&mut session, PAIN, rename);
    assert_eq!(moved["is_written"], true, "{moved}");
    let entry = open(&mut session, "portfolio/entries/2026/night.md");
    assert_eq!(entry["claims"][0]["state"], "accepted", "{entry}");
}

#[test]
fn a_link_in_a_text_that_was_decided_about_keeps_the_name() {
    let linking = submitted(ENTRY).replace("(pain.md#feelings)", "(other.md)");
    let workspace = programme()
        .file(PAIN, linking)
        .file("portfolio/entries/2026/other.md", ENTRY);
    decide(&workspace, "pain");
    let mut session = workspace.session();
    let refused = with_entry(
        &mut session,
        "portfolio/entries/2026/other.md",
        json!({"request": "rename", "name": "night", "write": true}),
    );
    let message = refused["message"].as_str().unwrap();
    assert!(message.starts_with("“Pain” links to it"), "{refused}");
}

#[test]
fn an_entry_is_deleted_and_brought_back() {
    let picture = "portfolio/evidence/board.png";
    let attached = "ksbs: [K1]\nattachments: [{ file: evidence/board.png, alt: The board }]\n";
    let text = ENTRY.replace("ksbs: [K1]\n", attached);
    let workspace = two_entries().file(PAIN, &text).file(picture, b"png");
    let mut session = workspace.session();
    let planned = with_entry(&mut session, PAIN, json!({"request": "delete"}));
    assert_eq!(planned["answer"], "deleting", "{planned}");
    assert_eq!(planned["linked_from"][0]["what"], "names it in 5 places");
    assert_eq!(planned["files"], json!([picture]));
    assert_eq!(planned["why_not"], Value::Null);
    assert_eq!(workspace.read(PAIN), text);
    let delete = json!({"request": "delete", "with_files": true, "write": true});
    let done = with_entry(&mut session, PAIN, delete);
    assert_eq!(done["is_done"], true, "{done}");
    for path in [PAIN, picture] {
        assert!(!workspace.path().join(path).exists(), "{path}");
    }
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(home["entries"].as_array().unwrap().len(), 1);
    assert_eq!(home["deleted"], json!([{"path": PAIN, "title": "Pain"}]));
    let restore = json!({"request": "restore", "path": PAIN});
    let back = ask(&mut session, restore.clone());
    assert_eq!(back["answer"], "entry", "{back}");
    assert_eq!(workspace.read(PAIN), text);
    assert_eq!(workspace.read(picture), "png");
    assert_eq!(ask(&mut session, restore)["answer"], "refused");
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(home["deleted"], json!([]));
    // A picture that another entry uses stays.
    workspace.write("portfolio/entries/2025/later.md", &text);
    let kept = with_entry(&mut workspace.session(), PAIN, json!({"request": "delete"}));
    assert_eq!(kept["files"], json!([]), "{kept}");
}

#[test]
fn an_entry_of_the_record_is_not_deleted() {
    let workspace = programme().file(PAIN, submitted(ENTRY));
    decide(&workspace, "pain");
    let mut session = workspace.session();
    let planned = with_entry(&mut session, PAIN, json!({"request": "delete"}));
    assert!(
        planned["why_not"].as_str().unwrap().contains("record"),
        "{planned}"
    );
    let refused = with_entry(
        &mut session,
        PAIN,
        json!({"request": "delete", "write": true}),
    );
    assert_eq!(refused["answer"], "refused");
    // Also once its text is another.
    workspace.write(PAIN, submitted(ENTRY) + "\nMore.\n");
    session.refresh([PAIN].into_iter().collect()).unwrap();
    let refused = with_entry(
        &mut session,
        PAIN,
        json!({"request": "delete", "write": true}),
    );
    assert_eq!(refused["answer"], "refused");
    // A second entry of its id is no part of the record.
    let copy = "portfolio/entries/2026/other.md";
    let same = submitted(ENTRY).replace("ksbs: [K1]\n", "ksbs: [K1]\nid: pain\n");
    workspace.write(copy, same);
    session.refresh([copy].into_iter().collect()).unwrap();
    let done = with_entry(
        &mut session,
        copy,
        json!({"request": "delete", "write": true}),
    );
    assert_eq!(done["is_done"], true, "{done}");
}

#[test]
fn a_picture_names_its_consent_or_shows_no_person() {
    let attached = "attachments:\n  - { file: evidence/board.png, alt: The board } # from the ward\nksbs: [K1]\n";
    let text = ENTRY.replace("ksbs: [K1]\n", attached);
    let workspace = two_entries()
        .file(PAIN, &text)
        .file("portfolio/evidence/board.png", b"png")
        .file(
            "portfolio/consents.yaml",
            "version: 1\nconsents: [{ id: CON-1, date: 2026-03-10, take: true, share: [portfolio] }]\n",
        );
    let mut session = workspace.session();
    let entry = open(&mut session, PAIN);
    let line = &entry["attachments"][0];
    assert_eq!((&line["at"], &line["consent"]), (&json!(0), &Value::Null));
    let clear = |session: &mut WritingSession, consent: Value, nobody: bool| {
        let change =
            json!({"what": "clear-picture", "at": 0, "consent": consent, "shows_nobody": nobody});
        with_entry(
            session,
            PAIN,
            json!({"request": "change", "change": change}),
        )
    };
    let named = clear(&mut session, json!("CON-1"), false);
    assert_eq!(named["attachments"][0]["consent"], "CON-1", "{named}");
    assert_eq!(
        workspace.read(PAIN),
        text.replace("The board }", "The board, consent: CON-1 }")
    );
    let unknown = clear(&mut session, json!("CON-2"), false);
    assert_eq!(unknown["answer"], "refused", "{unknown}");
    let nobody = clear(&mut session, Value::Null, true);
    assert_eq!(nobody["attachments"][0]["shows_nobody"], true, "{nobody}");
    clear(&mut session, Value::Null, false);
    assert_eq!(workspace.read(PAIN), text);
}

#[test]
#[cfg(unix)]
fn settings_stay_open_beside_a_register_that_is_a_link() {
    let workspace = programme().file("elsewhere.yaml", "version: 1\nconsents: []\n");
    let register = workspace.path().join("portfolio/consents.yaml");
    let _ = std::fs::remove_file(&register);
    std::os::unix::fs::symlink("../elsewhere.yaml", &register).unwrap();
    let mut session = workspace.session();
    let now = ask(&mut session, json!({"request": "settings"}));
    assert_eq!(now["answer"], "settings", "{now}");
    let problem = now["problem"].as_str().unwrap();
    assert!(
        problem.contains("the register of consents is a link"),
        "{problem}"
    );
    let add =
        json!({"what": "add-consent", "id": "c-1", "date": "2026-03-14", "share": ["portfolio"]});
    let request = json!({"request": "set-settings", "hash": now["consents_hash"], "change": add});
    let refused = ask(&mut session, request);
    assert_eq!(refused["answer"], "refused", "{refused}");
    assert!(refused.to_string().contains("is a link"), "{refused}");
    assert_eq!(
        workspace.read("elsewhere.yaml"),
        "version: 1\nconsents: []\n"
    );
}
