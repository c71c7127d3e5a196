//! The assessor's side of the write page: what waits, an entry to assess, and one file for a sitting.

use std::fmt::Write;
use std::fs;
use std::io::{Cursor, Read as _};

use ksbfolio::store::Touched;
use ksbfolio::tab::TabSession;
use ksbfolio::writing::WritingSession;
use serde_json::{Value, json};

use crate::support::{TINY, Workspace};

const SETTINGS: &str = "portfolio/portfolio.yaml";

fn entry(title: &str, date: &str, keys: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nstatus: submitted\n{keys}---\n\n{body}\n")
}

/// A portfolio of `L-1` with two entries that wait.
fn portfolio() -> Workspace {
    let settings =
        "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\nas_of: 2026-11-21\n";
    let one = entry(
        "A visit",
        "2026-11-14",
        "event_date: 2026-11-12\nksbs: [{ K2: because I asked }]\n",
        "We came at noon. [She said no](ksb:K1), so we waited.",
    );
    let two = entry(
        "A meal",
        "2026-11-02",
        "ksbs: [K1]\n",
        "I cut the bread small, and she ate it.",
    );
    Workspace::tiny()
        .file(SETTINGS, settings)
        .file("portfolio/entries/one.md", &one)
        .file("portfolio/entries/two.md", &two)
}

fn ask(session: &mut WritingSession, request: Value) -> Value {
    serde_json::from_str(&session.answer(&request.to_string())).unwrap()
}

fn assess(session: &mut WritingSession, path: &str) -> Value {
    let answer = ask(session, json!({"request": "assess", "path": path}));
    assert_eq!(answer["answer"], "assess", "{answer}");
    answer
}

fn all_rules() -> Value {
    json!({"valid": true, "authentic": true, "current": true, "sufficient": true, "reliable": true})
}

/// The draft about an entry that accepts K1 and refers K2.
fn draft(session: &mut WritingSession, path: &str) -> Value {
    let shown = assess(session, path);
    json!({"path": path, "title": "A visit", "digest": shown["digest"],
           "verdicts": {"K1": "accepted", "K2": "referred"}, "notes": {"K2": "Say whom you asked."},
           "accepted": all_rules(),
           "back": {"valid": true, "authentic": true, "current": true, "sufficient": false, "reliable": true},
           "feedback": ""})
}

fn keep(session: &mut WritingSession, who: &str, entries: &[Value]) {
    let sitting = json!({"who": who, "role": "assessor", "day": "", "entries": entries});
    let kept = ask(
        session,
        json!({"request": "keep-sitting", "sitting": sitting}),
    );
    assert_eq!(kept["answer"], "kept", "{kept}");
}

fn faults(answer: &Value) -> Vec<(&str, &str)> {
    assert_eq!(answer["answer"], "unfinished", "{answer}");
    let all = answer["faults"].as_array().unwrap().iter();
    let text = |value| Value::as_str(value).unwrap();
    all.map(|one| (text(&one["field"]), text(&one["message"])))
        .collect()
}

#[test]
fn what_waits_is_listed_with_statements_and_days() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let waiting = ask(&mut session, json!({"request": "waiting"}));
    assert_eq!(waiting["lead"], "3 claims to decide in 2 entries");
    assert_eq!(waiting["learner"], "L-1");
    assert_eq!(waiting["today"], "2026-11-21");
    // The oldest first, as on the page of the site.
    let first = &waiting["entries"][0];
    assert_eq!(first["entry"]["title"], "A meal");
    assert_eq!(first["waits"], "19 days");
    assert_eq!(first["claims"][0]["code"], "K1");
    assert!(first["claims"][0]["statement"].is_string());
    assert_eq!(waiting["sitting"]["who"], "");
}

#[test]
fn an_entry_is_shown_with_its_passages_and_nothing_is_decided_beforehand() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let shown = assess(&mut session, "portfolio/entries/one.md");
    let body = shown["page"]["body"].as_str().unwrap();
    assert!(
        body.contains("She said no") && body.contains("<mark"),
        "{body}"
    );
    assert_eq!(shown["waits"], json!(["K1", "K2"]));
    assert_eq!((&shown["place"], &shown["of"]), (&json!(2), &json!(2)));
    assert_eq!(shown["previous"]["title"], "A meal");
    assert_eq!(shown["next"], Value::Null);
    assert!(
        !shown.to_string().contains("2026-11-12"),
        "the day of the event"
    );
    let waiting = ask(&mut session, json!({"request": "waiting"}));
    assert_eq!(waiting["sitting"]["entries"], json!([]));
}

#[test]
fn drafts_and_private_entries_are_not_shown_to_an_assessor() {
    let secret = entry(
        "Mine",
        "2026-11-03",
        "visibility: private\nksbs: [K1]\n",
        "Hush.",
    );
    let draft = secret
        .replace("submitted", "draft")
        .replace("private", "assessor");
    let workspace = portfolio()
        .file("portfolio/entries/secret.md", &secret)
        .file("portfolio/entries/draft.md", &draft);
    let mut session = workspace.session();
    for name in ["secret", "draft"] {
        let path = format!("portfolio/entries/{name}.md");
        let refused = ask(&mut session, json!({"request": "assess", "path": path}));
        assert_eq!(refused["answer"], "refused", "{refused}");
        assert!(!refused.to_string().contains("Hush"));
    }
    let waiting = ask(&mut session, json!({"request": "waiting"})).to_string();
    assert!(!waiting.contains("Mine"));
}

#[test]
fn a_sitting_says_what_is_missing_and_refuses_the_learner() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let path = "portfolio/entries/one.md";
    let decide = json!({"request": "decide"});
    let nothing = ask(&mut session, decide.clone());
    assert!(faults(&nothing).contains(&("", "Decide about at least one entry")));
    let whole = draft(&mut session, path);
    for (who, message) in [
        ("", "Enter your reference, for example AS-12"),
        (
            "l 1",
            "This is the apprentice’s reference. They cannot decide about their own entries",
        ),
        (
            "A S",
            "Use only letters, digits and hyphens in your reference",
        ),
    ] {
        keep(&mut session, who, std::slice::from_ref(&whole));
        let answer = ask(&mut session, decide.clone());
        assert_eq!(faults(&answer), [("who", message)]);
    }
    let mut change = |key: &str, value: Value| {
        let mut changed = whole.clone();
        changed[key] = value;
        keep(&mut session, "AS-12", &[changed]);
        ask(&mut session, decide.clone())
    };
    let answer = change("notes", json!({}));
    assert_eq!(faults(&answer), [("note:K2", "Say what is missing for K2")]);
    let answer = change("accepted", json!({}));
    let message = "Answer the rules of evidence for K1";
    assert_eq!(faults(&answer), [("accepted:valid", message)]);
    for (rule, words) in [
        ("valid", "valid"),
        ("authentic", "the apprentice’s own"),
        ("current", "current"),
        ("sufficient", "enough"),
        ("reliable", "reliable"),
    ] {
        let mut rules = all_rules();
        rules[rule] = json!(false);
        let answer = change("accepted", rules);
        let message = format!(
            "You accept K1, but say that the evidence is not {words}: change one of the two"
        );
        let field = format!("accepted:{rule}");
        assert_eq!(faults(&answer), [(field.as_str(), message.as_str())]);
    }
    let answer = change("back", all_rules());
    let message = "Say what K2 does not meet, or accept: all five are yes";
    assert_eq!(faults(&answer), [("back:valid", message)]);
    let answer = change("verdicts", json!({}));
    let message = "Choose a decision for at least one code";
    assert_eq!(faults(&answer), [("verdict", message)]);
    let answer = change("digest", json!("sha256:0"));
    assert!(faults(&answer)[0].1.starts_with("It has changed since"));
    assert!(!workspace.path().join("portfolio/decisions").exists());
}

#[test]
fn a_sitting_that_is_kept_says_what_is_missing_before_it_is_saved() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let mut one = draft(&mut session, "portfolio/entries/one.md");
    let mut kept = |one: &Value| {
        let sitting = json!({"who": "AS-12", "role": "assessor", "day": "", "entries": [one]});
        let request = json!({"request": "keep-sitting", "sitting": sitting});
        ask(&mut session, request)["faults"].clone()
    };
    assert_eq!(kept(&one), json!([]));
    one["accepted"] = json!({"valid": true});
    let faults = kept(&one);
    assert_eq!(faults[0]["message"], "Answer the rules of evidence for K1");
    assert_eq!(faults[0]["path"], "portfolio/entries/one.md");
}

#[test]
fn a_sitting_becomes_one_decision_file_that_the_learner_takes_in() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let mut one = draft(&mut session, "portfolio/entries/one.md");
    one["verdicts"] = json!({"K2": "referred"});
    let mut two = draft(&mut session, "portfolio/entries/two.md");
    two["verdicts"] = json!({"K1": "partly"});
    two["notes"] = json!({"K1": "Say why: small?"});
    two["feedback"] = json!("Well told.");
    keep(&mut session, "AS-12", &[one, two]);
    // A page that is loaded again has them.
    let waiting = ask(&mut session, json!({"request": "waiting"}));
    assert_eq!(waiting["sitting"]["entries"].as_array().unwrap().len(), 2);
    let made = ask(&mut session, json!({"request": "decide"}));
    assert_eq!(made["answer"], "decided", "{made}");
    assert_eq!(made["path"], Value::Null);
    let name = made["name"].as_str().unwrap();
    assert!(name.starts_with("2026-11-21-AS-12-"), "{name}");
    assert!(made["sign"].as_str().unwrap().ends_with(name));
    let text = String::from_utf8(session.made(name).unwrap().to_vec()).unwrap();
    assert_eq!(text.matches("- entry: ").count(), 2, "{text}");
    assert!(text.contains("Well told.\n\n      **K1**\n\n      Say why: small?"));
    assert!(!workspace.path().join("portfolio/decisions").exists());
    let dropped: Value =
        serde_json::from_str(&session.receive("d.yaml", text.into_bytes())).unwrap();
    let filed = ask(
        &mut session,
        json!({"request": "decisions", "dropped": dropped["name"]}),
    );
    assert_eq!(filed["is_known"], false, "{filed}");
    let home = ask(&mut session, json!({"request": "home"}));
    let change = home["to_change"].as_array().unwrap();
    let codes: Vec<&Value> = change.iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["K1", "K2"]);
    assert_eq!(change[0]["text"], "Say why: small?");
    assert_eq!(change[0]["verdict"], "partly");
    assert_eq!(change[1]["text"], "Say whom you asked.");
    let request = json!({"request": "entry", "path": "portfolio/entries/two.md"});
    let entry = ask(&mut session, request);
    assert_eq!(entry["feedback"][0]["about"], "Say why: small?");
    let shown = assess(&mut session, "portfolio/entries/one.md");
    assert_eq!(shown["before"]["K2"][0]["verdict"], "referred");
}

#[test]
fn a_sitting_is_filed_in_the_folder_and_then_forgotten() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let one = draft(&mut session, "portfolio/entries/one.md");
    keep(&mut session, "AS-12", &[one]);
    let filed = ask(&mut session, json!({"request": "decide", "file": true}));
    let path = filed["path"].as_str().unwrap();
    let text = fs::read_to_string(workspace.path().join(path)).unwrap();
    assert!(text.contains("claims: { K1: accepted }") && text.contains("claims: { K2: referred }"));
    assert!(filed["changes"].as_str().unwrap().contains("accepted"));
    let waiting = ask(&mut session, json!({"request": "waiting"}));
    assert_eq!(waiting["sitting"]["entries"], json!([]));
    assert_eq!(waiting["sitting"]["who"], "AS-12");
    assert_eq!(waiting["entries"].as_array().unwrap().len(), 0, "{waiting}");
    assert_eq!(waiting["accepted"][0]["entry"]["title"], "A meal");
}

#[test]
fn a_tutor_comments_and_decides_nothing() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let one = draft(&mut session, "portfolio/entries/one.md");
    let comment = |session: &mut WritingSession, feedback: &str| {
        let mut one = one.clone();
        one["feedback"] = json!(feedback);
        let sitting = json!({"who": "TU-1", "role": "tutor", "day": "", "entries": [one]});
        ask(
            session,
            json!({"request": "keep-sitting", "sitting": sitting}),
        );
        ask(session, json!({"request": "decide"}))
    };
    let answer = comment(&mut session, " ");
    assert_eq!(faults(&answer), [("feedback", "Enter your feedback")]);
    let made = comment(&mut session, "Nearly there.");
    let text = session.made(made["name"].as_str().unwrap()).unwrap();
    let text = String::from_utf8_lossy(text);
    assert!(
        !text.contains("claims") && text.contains("Nearly there."),
        "{text}"
    );
}

#[test]
fn a_day_before_the_entry_or_after_today_is_refused() {
    let workspace = portfolio();
    let mut session = workspace.session();
    let one = draft(&mut session, "portfolio/entries/one.md");
    for (day, message) in [
        (
            "2026-11-13",
            "Enter a day from 14 November 2026 on: earlier decisions do not count",
        ),
        ("2026-11-22", "Enter a day up to 21 November 2026"),
        ("soon", "Enter the day of the decision"),
    ] {
        let sitting = json!({"who": "AS-12", "role": "assessor", "day": day, "entries": [one]});
        ask(
            &mut session,
            json!({"request": "keep-sitting", "sitting": sitting}),
        );
        let answer = ask(&mut session, json!({"request": "decide"}));
        assert_eq!(faults(&answer), [("day", message)]);
    }
}

/// The parts of the zip for the assessor, by name.
fn give(session: &mut WritingSession) -> (Value, Vec<(String, Vec<u8>)>) {
    let made = ask(session, json!({"request": "give-to-assessor"}));
    assert_eq!(made["answer"], "made", "{made}");
    let bytes = session.made(made["name"].as_str().unwrap()).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), content));
    }
    (made, parts)
}

#[test]
fn nothing_private_is_in_any_byte_of_the_zip_for_the_assessor() {
    let settings = "version: 1\n# canary-a\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\nas_of: 2026-11-21\n\
                    breaks: [{ from: 2026-02-01, to: 2026-02-10, reason: canary-b }]\n";
    let consents = "version: 1\nconsents:\n  # canary-c\n  - { id: CON-99, date: 2026-01-01, take: true, share: [portfolio] }\n";
    let keys = "event_date: 2026-04-03\nksbs: [K2]\ncheck:\n  - { ignore: over-linked, reason: canary-d }\n";
    let secret = "visibility: private\nksbs: [K1]\n";
    let workspace = portfolio()
        .file(SETTINGS, settings)
        .file("portfolio/consents.yaml", consents)
        .file("portfolio/sampling.yaml", "version: 1\n# canary-e\n")
        .file(
            "portfolio/entries/shown.md",
            entry("Shown", "2026-05-16", keys, "I wrote. <!-- canary-f -->"),
        )
        .file(
            "portfolio/entries/canary-g.md",
            entry("canary-h", "2026-05-17", secret, "canary-i"),
        )
        .file(
            "portfolio/entries/canary-j.md",
            entry("canary-k", "2026-05-17", "", "canary-l").replace("submitted", "draft"),
        );
    let mut session = workspace.session();
    let (made, parts) = give(&mut session);
    assert_eq!(made["name"], "L-1-for-assessor-2026-11-21.zip");
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    for name in [
        "README.txt",
        "L-1.html",
        "portfolio/portfolio.yaml",
        "portfolio/entries/shown.md",
    ] {
        assert!(
            names.contains(&&*format!("L-1/{name}")),
            "{name} of {names:?}"
        );
    }
    for (name, bytes) in &parts {
        let text = String::from_utf8_lossy(bytes);
        for canary in ["canary-", "CON-99", "2026-04-03", "2026-11-12"] {
            assert!(
                !name.contains(canary) && !text.contains(canary),
                "{canary} in {name}: {text}"
            );
        }
    }
    let (again, same) = give(&mut session);
    assert_eq!((again["size"].clone(), same), (made["size"].clone(), parts));
}

/// A request of the write page in a tab.
fn ask_tab(tab: &mut TabSession, workspace: &Workspace, request: &Value) -> Value {
    let text = request.to_string();
    let answer = tab_answer(tab, workspace, &json!({"request": "write", "text": text}));
    serde_json::from_str(answer["document"].as_str().unwrap()).unwrap()
}

fn tab_answer(tab: &mut TabSession, workspace: &Workspace, request: &Value) -> Value {
    let output = workspace.path().join("results");
    let asked = json!({"root": workspace.path(), "output": output, "requests": [request]});
    let answer: Value = serde_json::from_str(&tab.answer(&asked.to_string())).unwrap();
    answer["answers"][0].clone()
}

/// A workspace that holds what was unpacked.
fn unpacked(parts: &[(String, Vec<u8>)]) -> Workspace {
    let workspace = Workspace::empty();
    for (name, bytes) in parts {
        workspace.write(name.strip_prefix("L-1/").unwrap(), bytes);
    }
    workspace
}

#[test]
fn an_assessor_decides_in_the_copy_and_the_learner_takes_the_file_in() {
    let workspace = portfolio();
    let mut learner = workspace.session();
    let (_, parts) = give(&mut learner);
    let copy = unpacked(&parts);
    let tab = &mut TabSession::default();
    let opened = tab_answer(tab, &copy, &json!({"request": "portfolio"}));
    assert_eq!(opened["copy"]["as_of"], "2026-11-21", "{opened}");
    assert_eq!(opened["copy"]["changed"], json!([]));
    assert_eq!(
        ask_tab(tab, &copy, &json!({"request": "home"}))["is_copy"],
        true
    );
    let waiting = ask_tab(tab, &copy, &json!({"request": "waiting"}));
    assert_eq!(waiting["entries"].as_array().unwrap().len(), 2, "{waiting}");
    let path = "portfolio/entries/one.md";
    let shown = ask_tab(tab, &copy, &json!({"request": "assess", "path": path}));
    let own = assess(&mut learner, path);
    assert_eq!(
        shown["digest"], own["digest"],
        "the day of the event is not in the copy"
    );
    let whole = json!({"request": "assess", "path": "portfolio/entries/two.md"});
    let is_part = [&shown, &own, &ask_tab(tab, &copy, &whole)].map(|one| one["is_part"].clone());
    assert_eq!(is_part, [true, false, false]);
    let mut draft = json!({"path": path, "title": "", "digest": shown["digest"],
                       "verdicts": {"K1": "accepted", "K2": "referred"}, "notes": {"K2": "Say whom."},
                       "accepted": all_rules(), "back": all_rules()});
    draft["back"]["sufficient"] = json!(false);
    let sitting = json!({"who": "AS-12", "role": "assessor", "day": "", "entries": [draft]});
    ask_tab(
        tab,
        &copy,
        &json!({"request": "keep-sitting", "sitting": sitting}),
    );
    let made = ask_tab(tab, &copy, &json!({"request": "decide"}));
    assert_eq!(made["answer"], "decided", "{made}");
    fs::create_dir(copy.path().join("results")).unwrap();
    let request = json!({"request": "made", "name": made["name"]});
    let written = tab_answer(tab, &copy, &request);
    assert_eq!(written["answer"], "made", "{written}");
    let file = fs::read(copy.path().join("results/made")).unwrap();
    let dropped: Value = serde_json::from_str(&learner.receive("d.yaml", file)).unwrap();
    let filed = ask(
        &mut learner,
        json!({"request": "decisions", "dropped": dropped["name"]}),
    );
    assert_eq!(filed["answer"], "filed", "{filed}");
    let home = ask(&mut learner, json!({"request": "home"}));
    assert_eq!(home["to_change"][0]["text"], "Say whom.");
    // Handed in again, the zip says what is new.
    let text = fs::read_to_string(workspace.path().join(path)).unwrap();
    let changed = text.replace("because I asked", "because I asked her twice");
    fs::write(workspace.path().join(path), changed).unwrap();
    learner.refresh(Touched::Everything).unwrap();
    let (made, _) = give(&mut learner);
    let news = "“A visit”: changed since it was accepted (K1), changed since it was sent back (K2)";
    assert_eq!(made["news"], json!([news]));
}

#[test]
fn nothing_is_written_in_a_copy_and_a_changed_file_states_nothing() {
    let (_, parts) = give(&mut portfolio().session());
    let copy = unpacked(&parts);
    let path = "portfolio/entries/one.md";
    let tab = &mut TabSession::default();
    for request in [
        json!({"request": "entry", "path": path}),
        json!({"request": "begin", "title": "New"}),
        json!({"request": "decide", "file": true}),
    ] {
        let refused = ask_tab(tab, &copy, &request);
        assert_eq!(refused["answer"], "refused", "{refused}");
    }
    for request in [
        json!({"request": "decisions", "file": "x.yaml"}),
        json!({"request": "hand-in"}),
    ] {
        let refused = tab_answer(tab, &copy, &request);
        assert_eq!(refused["answer"], "refused", "{refused}");
    }
    let digest = |copy: &Workspace| {
        let tab = &mut TabSession::default();
        let shown = ask_tab(tab, copy, &json!({"request": "assess", "path": path}));
        shown["digest"].as_str().unwrap().to_owned()
    };
    let before = digest(&copy);
    let text = fs::read_to_string(copy.path().join(path)).unwrap();
    fs::write(copy.path().join(path), text.replace("noon", "one")).unwrap();
    assert_ne!(digest(&copy), before);
    let tab = &mut TabSession::default();
    let opened = tab_answer(tab, &copy, &json!({"request": "portfolio"}));
    assert_eq!(opened["copy"]["changed"], json!([path]));
    // Outside of the tab, a record states nothing.
    assert!(!copy.load().is_filtered());
}

#[test]
fn codes_that_an_entry_would_nearly_cover_are_named() {
    // However many codes come before it, and first though others have words of it.
    let mut others = String::new();
    for number in 20..80 {
        let text = format!("Looking at people and pain, part {number}");
        writeln!(
            others,
            "  - {{ code: K{number}, kind: knowledge, text: \"{text}\" }}"
        )
        .unwrap();
    }
    let last = "  - { code: B1,";
    let standard = TINY
        .replace(last, &format!("{others}{last}"))
        .replace("  - { code: K10, kind: knowledge, text: \"Ten\" }\n", "");
    let standard = standard.replace("groups:", "  - { code: K99, kind: knowledge, text: \"Assess pain in people who cannot speak\" }\ngroups:");
    let words = "He could not speak, so I had to assess his pain by looking, as with other people.";
    let path = "portfolio/entries/near.md";
    let workspace = portfolio()
        .file("standards/tiny.yaml", standard)
        .file(path, entry("Near", "2026-11-01", "", words));
    let mut session = workspace.session();
    let near = |session: &mut WritingSession, path: &str| {
        let near = ask(session, json!({"request": "near", "path": path}));
        let codes = near["codes"].as_array().unwrap().iter();
        codes.map(|one| one["code"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(near(&mut session, path)[0], "K99");
    assert_eq!(near(&mut session, "portfolio/entries/two.md").len(), 0);
    // What submitting a draft would do is said while it is one, and nothing is written.
    let path = "portfolio/entries/draft.md";
    let text = entry(
        "Draft",
        "2026-11-01",
        "ksbs: [{ K99: as said }, B1]\n",
        "[She said no](ksb:K20).",
    );
    let text = text.replace("submitted", "draft");
    workspace.write(path, &text);
    let near = ask(&mut session, json!({"request": "near", "path": path}));
    let states = |of: &Value| {
        let lines = of.as_array().unwrap().iter();
        lines
            .map(|one| [&one["code"], &one["state"]].map(|word| word.as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let ready = ["K20", "K99", "B1"].map(|code| [code, "evidenced"].map(str::to_owned));
    assert_eq!(states(&near["submitted"]), ready);
    let unready = ask(
        &mut session,
        json!({"request": "near", "path": "portfolio/entries/two.md"}),
    );
    assert_eq!(unready["submitted"], json!([]), "it is no draft");
    assert_eq!(
        fs::read_to_string(workspace.path().join(path)).unwrap(),
        text
    );
    let home = ask(&mut session, json!({"request": "home"}));
    assert_eq!(home["near"].as_array().unwrap().len(), 5);
}
