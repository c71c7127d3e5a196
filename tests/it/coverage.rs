//! States of criteria and their summary.

use ksbfolio::resolve::decision_file_digest;
use serde_json::Value;

use super::support::{Sandbox, Workspace, entry};

fn criterion<'a>(document: &'a Value, code: &str) -> &'a Value {
    let all = document["standards"][0]["criteria"].as_array().unwrap();
    all.iter().find(|one| one["code"] == code).unwrap()
}

fn state(sandbox: &Workspace, code: &str) -> String {
    criterion(&sandbox.coverage(), code)["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn group(sandbox: &Workspace, code: &str) -> Value {
    let document = sandbox.coverage();
    let groups = document["standards"][0]["groups"].as_array().unwrap();
    groups
        .iter()
        .find(|one| one["code"] == code)
        .unwrap()
        .clone()
}

fn digest(sandbox: &Workspace, id: &str) -> String {
    let out = sandbox.explain_entry(id);
    let line = out.lines().find(|line| line.contains("digest")).unwrap();
    line.trim().trim_start_matches("digest ").to_owned()
}

fn decide(sandbox: &Workspace, file: &str, previous: &str, role: &str, verdict: &str) -> String {
    let digest = digest(sandbox, "one");
    let text = format!(
        "version: 1\nassessor: {{ id: A, role: {role} }}\ndate: 2026-11-20\n{previous}decisions:\n  - entry: one\n    \
         attempt: 1\n    digest: {digest}\n    claims: {{ K1: {verdict} }}\n    feedback: \"Good.\"\n"
    );
    sandbox.write(&format!("portfolio/decisions/{file}.yaml"), &text);
    format!("previous: {}\n", decision_file_digest(&text))
}

#[test]
fn a_single_entry_tagged_b1_covers_no_duty() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [B1]\n"));
    assert_eq!(state(&sandbox, "B1"), "evidenced");
    for duty in ["Duty 1", "Duty 2"] {
        let line = group(&sandbox, duty);
        assert_eq!(line["state"], "gap", "{line}");
        assert_eq!(
            (line["complete"].as_u64(), line["complete_own"].as_u64()),
            (Some(1), Some(0)),
            "{line}"
        );
    }
    assert_eq!(
        (
            group(&sandbox, "Duty 1")["of"].as_u64(),
            group(&sandbox, "Duty 1")["of_own"].as_u64()
        ),
        (Some(3), Some(2))
    );
}

#[test]
fn each_state_is_reached_exactly_by_its_definition() {
    let with = |keys: &str| state(&Workspace::with_entry(&entry(keys)), "K1");
    assert_eq!(with("ksbs: [K2]\n"), "gap");
    assert_eq!(with("ksbs: [K1]\nstatus: draft\n"), "drafted");
    assert_eq!(with("ksbs: [K1]\nvisibility: private\n"), "thin");
    assert_eq!(with("ksbs: [K1]\n"), "evidenced");
    assert_eq!(with("criteria: [{K1: because}]\n"), "evidenced");
    let scaffold = "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1]\n---\n\n## Description\n\n<!-- What happened? -->\n";
    assert_eq!(state(&Workspace::with_entry(scaffold), "K1"), "thin");
    let passage = "---\ntitle: A\ndate: 2026-03-14\n---\n\n[These words](ksb:tiny:K1) prove it.\n";
    assert_eq!(state(&Workspace::with_entry(passage), "K1"), "evidenced");
}

#[test]
fn rules_ask_for_pieces_types_events_and_currency_and_unknown_asks_for_nothing() {
    let two = |rules: &str, second: &str| {
        let settings = format!(
            "{}rules: {{ tiny: {{ {rules} }} }}\n",
            super::support::SETTINGS
        );
        let first = entry("ksbs: [K1]\n").replace("2026-11-14", "2026-03-14");
        let sandbox = Workspace::with_entry(&first).file("portfolio/portfolio.yaml", settings);
        sandbox.write("portfolio/entries/two.md", second);
        state(&sandbox, "K1")
    };
    let same = entry("ksbs: [K1]\n").replace("2026-11-14", "2026-03-14");
    let other = same
        .replace("type: product", "type: observation")
        .replace("2026-03-14", "2026-04-01");
    assert_eq!(two("min_pieces: 2", &same), "evidenced");
    assert_eq!(two("min_pieces: 3", &same), "thin");
    assert_eq!(two("min_types: 2", &same), "thin");
    assert_eq!(two("min_types: 2", &other), "evidenced");
    assert_eq!(two("min_events: 2", &same), "thin");
    assert_eq!(two("min_events: 2", &other), "evidenced");
    assert_eq!(two("currency_months: 6", &same), "thin");
    assert_eq!(
        two("currency_months: 12, min_types: unknown", &same),
        "evidenced"
    );
}

#[test]
fn an_event_date_decides_currency_before_the_day_of_writing() {
    let settings = format!(
        "{}rules: {{ tiny: {{ currency_months: 12 }} }}\n",
        super::support::SETTINGS
    );
    let old = Workspace::with_entry(&entry("ksbs: [K1]\nevent_date: 2025-01-01\n"))
        .file("portfolio/portfolio.yaml", settings);
    assert_eq!(state(&old, "K1"), "thin");
}

#[test]
fn decisions_accept_refer_overturn_and_lapse_when_the_entry_changes() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    let previous = decide(&sandbox, "1", "", "assessor", "referred");
    assert_eq!(state(&sandbox, "K1"), "thin");
    let previous = decide(&sandbox, "2", &previous, "assessor", "accepted");
    assert_eq!(state(&sandbox, "K1"), "accepted");
    let previous = decide(&sandbox, "3", &previous, "tutor", "referred");
    assert_eq!(state(&sandbox, "K1"), "accepted", "a tutor comments");
    decide(&sandbox, "4", &previous, "iqa", "partly");
    assert_eq!(state(&sandbox, "K1"), "thin", "a quality assurer overturns");
    let changed = sandbox
        .read("portfolio/entries/one.md")
        .replace("own.", "own, and more.");
    sandbox.write("portfolio/entries/one.md", changed);
    assert_eq!(
        state(&sandbox, "K1"),
        "thin",
        "no edit lifts what was sent back"
    );
}

#[test]
fn an_accepted_entry_that_changed_is_stale_and_tidying_is_no_change() {
    let text = entry("ksbs: [k1]\nactions:\n  - { what: \"Ask\", by: 2026-04-30 }\n");
    let sandbox = Workspace::with_entry(&text);
    decide(&sandbox, "1", "", "assessor", "accepted");
    let tidied = text
        .replace("[k1]", "[K1]")
        .replace("04-30 }", "04-30, done: 2026-04-22 }")
        .replace('\n', "\r\n");
    sandbox.write("portfolio/entries/one.md", tidied);
    assert_eq!(state(&sandbox, "K1"), "accepted");
    sandbox.write("portfolio/entries/one.md", text.replace("own.", "new."));
    let document = sandbox.coverage();
    let line = criterion(&document, "K1");
    assert_eq!(
        (&line["state"], &line["flags"]),
        (&"evidenced".into(), &serde_json::json!(["stale"]))
    );
}

#[test]
fn the_chain_decides_which_decision_is_last_and_not_the_day() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    let previous = decide(&sandbox, "9-first", "", "assessor", "referred");
    decide(&sandbox, "1-second", &previous, "assessor", "accepted");
    assert_eq!(state(&sandbox, "K1"), "accepted");
}

#[test]
fn decisions_bind_to_neither_of_two_entries_with_one_id() {
    let sandbox = Workspace::with_entry(&entry("id: one\nksbs: [K1]\n"));
    decide(&sandbox, "1", "", "assessor", "accepted");
    assert_eq!(state(&sandbox, "K1"), "accepted");
    sandbox.write("portfolio/entries/other.md", entry("id: one\nksbs: [K2]\n"));
    assert_eq!(
        (
            state(&sandbox, "K1").as_str(),
            state(&sandbox, "K2").as_str()
        ),
        ("evidenced", "evidenced")
    );
}

#[test]
fn marked_criteria_take_a_passing_mark_within_the_attempts() {
    let marked = super::support::TINY.to_owned()
        + "rules: { pass_mark_percent: 65, max_attempts: 3 }\nmethods:\n  - { id: test, marks: true, criteria: [K1] }\n";
    let with = |text: &str| {
        state(
            &Workspace::with_entry(text).file("standards/tiny.yaml", &marked),
            "K1",
        )
    };
    let work = |mark: u32, attempt: u32| {
        entry(&format!(
            "ksbs: [K1]\nassignment: {{ mark_percent: {mark}, attempt: {attempt} }}\n"
        ))
        .replace("type: product", "type: assignment")
    };
    assert_eq!(with(&entry("ksbs: [K1]\n")), "thin");
    assert_eq!(with(&work(64, 1)), "thin");
    assert_eq!(with(&work(65, 3)), "evidenced");
    assert_eq!(with(&work(90, 4)), "thin");
}

#[test]
fn a_waiver_leaves_the_fraction_until_it_expires_and_lapses_when_covered() {
    let waived = |expires: &str| {
        let line = format!(
            "waivers:\n  - {{ code: K1, reason: \"agreed\", by: t, expires: {expires} }}\n"
        );
        let settings = super::support::SETTINGS.to_owned() + &line;
        Workspace::with_entry(&entry("ksbs: [B1]\n")).file("portfolio/portfolio.yaml", settings)
    };
    let sandbox = waived("2026-12-31");
    let document = sandbox.coverage();
    let summary = &document["standards"][0]["summary"];
    assert_eq!(
        (
            summary["total"].as_u64(),
            summary["waived"].as_u64(),
            summary["gap"].as_u64()
        ),
        (Some(4), Some(1), Some(2))
    );
    assert_eq!(
        criterion(&document, "K1")["flags"],
        serde_json::json!(["waived"])
    );
    assert!(sandbox.coverage_as("text").contains("TOTAL 1/3"));
    assert!(
        waived("2026-11-20")
            .coverage_as("text")
            .contains("TOTAL 1/4")
    );
    sandbox.write("portfolio/entries/two.md", entry("ksbs: [K1]\n"));
    assert!(sandbox.coverage_as("text").contains("TOTAL 2/4"));
}

#[test]
fn criteria_out_of_scope_are_not_counted() {
    let scope = super::support::SETTINGS.to_owned()
        + "scope: { tiny: { leave_out: [{ code: K10, reason: \"no such work\" }] } }\n";
    let sandbox =
        Workspace::with_entry(&entry("ksbs: [B1]\n")).file("portfolio/portfolio.yaml", scope);
    assert!(sandbox.coverage_as("text").contains("TOTAL 1/3"));
    assert_eq!(group(&sandbox, "Duty 2")["state"], "evidenced");
}

#[test]
fn one_more_submitted_entry_never_worsens_a_state() {
    let order = ["gap", "drafted", "thin", "evidenced", "accepted"];
    let rank = |state: String| order.iter().position(|one| *one == state).unwrap();
    for before in [
        "ksbs: [K2]\n",
        "ksbs: [K1]\nstatus: draft\n",
        "ksbs: [K1]\nvisibility: private\n",
        "ksbs: [K1]\n",
    ] {
        let sandbox = Workspace::with_entry(&entry(before));
        let old = rank(state(&sandbox, "K1"));
        sandbox.write("portfolio/entries/two.md", entry("ksbs: [K1]\n"));
        assert!(rank(state(&sandbox, "K1")) >= old, "{before}");
    }
}

#[test]
fn fail_under_compares_fractions_and_the_exit_code_says_so() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1, K2]\n"));
    let code = |asked: &str| sandbox.run(&["coverage", "--fail-under", asked]).code;
    assert_eq!(
        (code("2/4"), code("3/4"), code("tiny=1/2"), code("tiny=3/4")),
        (0, 1, 0, 1)
    );
    assert_eq!((code("half"), code("other=1/2"), code("1/0")), (2, 2, 2));
}
