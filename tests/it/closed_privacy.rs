//! What guards people stays closed: rules that cannot be off, a search that is never called more than a search, and
//! what the public may see.

use serde_json::Value;

use crate::support::{SETTINGS, Sandbox, entry};

/// The rules of all findings of a run.
fn rules(sandbox: &Sandbox) -> Vec<String> {
    let found = sandbox.json(&["check", "--format", "json", "--reporting"]);
    let found = found["findings"].as_array().unwrap();
    found.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

/// The standard of the gateway tests in small: it asks for privacy alone.
const ASKING: &str = "\
version: 1
id: tiny
title: Tiny
official: false
kinds: [{ id: knowledge, title: Knowledge, prefix: K }]
criteria: [{ code: K1, kind: knowledge, text: One }]
gateway:
  - { id: privacy, asks: Nobody can be recognised, check: privacy, source: a test }
";

fn asking(entry: &str) -> Sandbox {
    Sandbox::tiny().file("standards/tiny.yaml", ASKING).file("portfolio/entries/one.md", entry)
}

fn privacy(sandbox: &Sandbox) -> (String, String) {
    let checklist = sandbox.json(&["gateway", "--format", "json"]);
    let item = checklist["standards"][0]["items"][0].clone();
    let word = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    (word("state"), word("why"))
}

fn messages(sandbox: &Sandbox, rule: &str) -> String {
    let found = sandbox.json(&["check", "--format", "json", "--reporting"]);
    let of_rule = found["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == rule);
    of_rule.filter_map(|one: &Value| one["message"].as_str()).collect::<Vec<_>>().join("\n")
}

const NAMED: &str = "Mrs Oakapple rang me on 07700 900123.";

fn named(front: &str) -> String {
    entry(&format!("ksbs: [K1]\n{front}")).replace("Words of its own.", NAMED)
}

#[test]
fn a_rule_that_guards_cannot_be_switched_off_and_the_gateway_does_not_ask_for_levels() {
    let sandbox = asking(&named(""));
    for level in ["off", "note"] {
        let levels = format!("levels: {{ phone-number: {level}, personal-name: {level} }}\n");
        sandbox.write("portfolio/portfolio.yaml", format!("{SETTINGS}{levels}"));
        let found = rules(&sandbox);
        for rule in ["phone-number", "personal-name"] {
            assert!(found.iter().any(|one| one == rule), "{level}: {found:?}");
        }
        assert_eq!(found.iter().any(|one| one == "unknown-setting"), level == "off", "{found:?}");
        assert_eq!(privacy(&sandbox).0, "not-met", "{level}");
        assert_eq!(sandbox.run(&["build"]).code, 1, "the page is withheld");
    }
    let off = sandbox.run(&["check", "--format", "text"]);
    assert_eq!(off.code, 0, "as notes they are found and fail nothing: {}", off.out);
}

#[test]
fn an_answer_to_a_rule_that_guards_names_its_words() {
    let blanket = "check: [{ ignore: personal-name, reason: no }, { ignore: phone-number, reason: no }]\n";
    let sandbox = asking(&named(blanket));
    let found = rules(&sandbox);
    for rule in ["phone-number", "personal-name", "unused-suppression"] {
        assert!(found.iter().any(|one| one == rule), "{found:?}");
    }
    assert!(messages(&sandbox, "unused-suppression").contains("without the words"));
    assert_eq!(privacy(&sandbox).0, "not-met");
    assert_eq!(sandbox.run(&["build"]).code, 1);

    let worded =
        "check: [{ ignore: personal-name, words: Mrs Oakapple, reason: a character in the leaflet }]\n";
    sandbox.write("portfolio/entries/one.md", named(worded));
    let found = rules(&sandbox);
    assert!(!found.iter().any(|one| one == "personal-name" || one == "unused-suppression"), "{found:?}");
    assert!(found.iter().any(|one| one == "phone-number"), "the other rule is not answered: {found:?}");

    let elsewhere = "check: [{ ignore: personal-name, words: Mr Tern, reason: another }]\n";
    sandbox.write("portfolio/entries/one.md", named(elsewhere));
    assert!(rules(&sandbox).iter().any(|one| one == "personal-name"));

    let chain = "check: [{ ignore: open-referral, reason: no }]\n";
    sandbox.write("portfolio/entries/one.md", entry(&format!("ksbs: [K1]\n{chain}")));
    assert!(messages(&sandbox, "unused-suppression").contains("no answer silences it"));
}

/// A name that no reader finds yet, and a number of which one digit is wrong.
const UNFOUND: &str = "I sat with Mrs **Oakapple** and read 943 476 5918 off the band.";

fn digest(sandbox: &Sandbox) -> String {
    let explained = sandbox.run(&["explain", "entry:one"]).out;
    let digest = explained.lines().find_map(|line| line.trim().strip_prefix("digest "));
    digest.unwrap_or_else(|| panic!("{explained}")).to_owned()
}

#[test]
fn a_search_that_finds_nothing_is_to_be_confirmed_by_a_person_wherever_it_is_mentioned() {
    let text = entry("ksbs: [K1]\n").replace("Words of its own.", UNFOUND);
    let sandbox = asking(&text);
    let words = "Nothing found by the search; to be confirmed by a person";
    let (state, why) = privacy(&sandbox);
    assert!(state == "to-confirm" && why.starts_with(words), "{state}: {why}");
    for format in ["text", "markdown"] {
        let run = sandbox.run(&["gateway", "--format", format]);
        assert!(run.code == 0 && run.out.contains(words) && run.out.contains("to confirm"), "{}", run.out);
    }
    assert_eq!(sandbox.run(&["gateway", "--fail-on", "unknown"]).code, 1);
    assert_eq!(sandbox.run(&["gateway", "--pack", "p"]).code, 0);
    let manifest: Value = serde_json::from_str(&sandbox.read("p/L-1/manifest.json")).unwrap();
    assert_eq!(
        (&manifest["readiness"], &manifest["people"]["state"]),
        (&"to-confirm".into(), &"to-confirm".into())
    );
    sandbox.run(&["build"]);
    for page in
        ["p/L-1/README.txt", "p/L-1/manifest.json", "output/gateway.html", "output/data-protection.html"]
    {
        assert!(sandbox.read(page).contains(words), "{page}");
    }
}

#[test]
fn a_reading_counts_for_the_entry_as_it_was_read() {
    let text = entry("ksbs: [K1]\n");
    let sandbox = asking(&text);
    let (by, stamp) = ("by: L-1", digest(&sandbox));
    let read = |by: &str, on: &str, digest: &str| {
        let line = format!("read: {{ {by}, on: {on}, digest: \"{digest}\" }}\n");
        sandbox.write("portfolio/entries/one.md", text.replacen("ksbs:", &format!("{line}ksbs:"), 1));
        privacy(&sandbox).0
    };
    assert_eq!(read(by, "2026-11-20", &stamp), "met");
    assert_eq!(digest(&sandbox), stamp, "the reading is no part of what is read");
    assert_eq!(
        rules(&sandbox).iter().filter(|rule| *rule != "uncovered-criterion").count(),
        1,
        "justification"
    );
    assert_eq!(read(by, "2026-11-22", &stamp), "to-confirm", "a reading of tomorrow");
    assert_eq!(read(by, "20 November", &stamp), "to-confirm", "no day that can be read");
    assert_eq!(read(by, "2026-11-20", &format!("sha256:{}", "0".repeat(64))), "to-confirm");
    assert_eq!(read("bye: L-1", "2026-11-20", &stamp), "to-confirm", "nobody is named");
    assert_eq!(read(by, "2026-11-20", &stamp), "met");
    let changed = sandbox.read("portfolio/entries/one.md").replace("Words", "Other words");
    sandbox.write("portfolio/entries/one.md", changed);
    assert_eq!(privacy(&sandbox).0, "to-confirm");
}

#[test]
fn statements_about_people_leave_the_digest_as_it_was() {
    let front = |shows: &str, words: &str| {
        format!(
            "attachments:\n  - {{ file: evidence/a.png{shows}, alt: A }}\ncheck:\n  - ignore: initials\n{words}    reason: r\nksbs: [K1]\n"
        )
    };
    let sandbox = asking(&entry(&front("", "")));
    let before = digest(&sandbox);
    sandbox.write("portfolio/entries/one.md", entry(&front(", shows: nobody", "    words: JB\n")));
    assert_eq!(digest(&sandbox), before);
}
