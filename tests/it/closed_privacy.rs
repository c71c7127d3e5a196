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
