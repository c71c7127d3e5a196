//! Every rule finds its defect at the exact place and accepts correct input.

use image::ImageFormat;
use serde_json::Value;

use super::support::files::picture;
use super::support::{SETTINGS, Sandbox, TINY, Workspace, entry};

/// The findings of one rule: the marked text and the advice.
fn found(sandbox: &Workspace, rule: &str) -> Vec<(String, String)> {
    let all = sandbox.findings();
    let of_rule = all.iter().filter(|one| one["rule"] == rule);
    of_rule
        .map(|one| {
            (
                marked(sandbox, one),
                one["help"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

fn marked(sandbox: &Workspace, finding: &Value) -> String {
    let text = sandbox.read(finding["file"].as_str().unwrap());
    let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
    let line = text
        .trim_start_matches('\u{feff}')
        .lines()
        .nth(number("line") - 1)
        .unwrap_or_default()
        .to_owned();
    assert_eq!(number("line"), number("end_line"), "{finding}");
    line.chars()
        .skip(number("column") - 1)
        .take(number("end_column") - number("column"))
        .collect()
}

/// A bad entry, the rule that finds it, the marked text, and a part of the advice.
const IN_ENTRIES: &[(&str, &str, &str, &str)] = &[
    (
        "missing-key",
        "---\ndate: 2026-03-14\nksbs: [K1]\n---\nWords.\n",
        "date",
        "title",
    ),
    (
        "unknown-key",
        "---\ntitel: A\ntitle: A\ndate: 2026-03-14\n---\nW.\n",
        "titel",
        "did you mean `title`?",
    ),
    (
        "duplicate-key",
        "---\ntitle: A\ntitle: B\ndate: 2026-03-14\n---\nW.\n",
        "title",
        "one of them",
    ),
    (
        "wrong-type",
        "---\ntitle: A\ndate: 2026-03-14\nhours: two\n---\nW.\n",
        "two",
        "a number",
    ),
    (
        "bad-date",
        "---\ntitle: A\ndate: 14/03/2026\n---\nW.\n",
        "14/03/2026",
        "2026-03-14",
    ),
    (
        "unknown-word",
        "---\ntitle: A\ndate: 2026-03-14\nstatus: drat\n---\nW.\n",
        "drat",
        "`draft`",
    ),
    (
        "unknown-word",
        "---\ntitle: A\ndate: 2026-03-14\ntype: diary\n---\nW.\n",
        "diary",
        "reflection",
    ),
    (
        "unknown-word",
        "---\ntitle: A\ndate: 2026-03-14\nvisibility: privat\n---\nW.\n",
        "privat",
        "`private`",
    ),
    (
        "broken-front-matter",
        "---\ntitle: Duty of candour: a missed dose\ndate: 2026-03-14\n---\nW.\n",
        ":",
        "put quotes round it",
    ),
    (
        "broken-front-matter",
        "---\ntitle: [A\ndate: 2026-03-14\n---\nW.\n",
        "A",
        "close it:  title: [A]",
    ),
    (
        "broken-front-matter",
        "---\ntitle: A\nksbs: [K7,\n  S7\ntype: cpd\n---\nW.\n",
        "",
        "the one above",
    ),
    (
        "untidy-code",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1 K2]\n---\nW.\n",
        "K1 K2",
        "write K1, K2",
    ),
    (
        "broken-front-matter",
        "# Only words\n",
        "# Only words",
        "begin it with",
    ),
    (
        "broken-front-matter",
        "---\ntitle: A\n",
        "---",
        "after the last key",
    ),
    (
        "unknown-code",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1, K37]\n---\nW.\n",
        "K37",
        "did you mean K10?",
    ),
    (
        "unknown-code",
        "---\ntitle: É\ndate: 2026-03-14\n---\n[é words](ksb:K1,K99)\n",
        "K99",
        "K10",
    ),
    (
        "unknown-reference",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [\"tinny:K1\"]\n---\nW.\n",
        "tinny:K1",
        "`tiny`",
    ),
    (
        "untidy-code",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1, K2, {K1: why}]\n---\nW.\n",
        "K1",
        "delete it",
    ),
    (
        "untidy-code",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K 01]\n---\nW.\n",
        "K 01",
        "write K1",
    ),
    (
        "untidy-code",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [К1]\n---\nW.\n",
        "К1",
        "write K1",
    ),
    (
        "entry-without-codes",
        "---\ntitle: Alone\ndate: 2026-03-14\n---\nW.\n",
        "Alone",
        "ksbs",
    ),
    (
        "broken-link",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1]\n---\nSee [it](onne.md).\n",
        "onne.md",
        "entry one",
    ),
    (
        "broken-link",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1]\n---\nSee [it](../../../x.md).\n",
        "../../../x.md",
        "",
    ),
    (
        "unsafe-link",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1]\n---\n[x](javascript:alert)\n",
        "javascript:alert",
        "https",
    ),
    (
        "unsafe-link",
        "---\ntitle: A\ndate: 2026-03-14\nksbs: [K1]\n---\n![x](https://example.org/x.png)\n",
        "https://example.org/x.png",
        "evidence/",
    ),
    (
        "missing-file",
        "---\ntitle: A\ndate: 2026-03-14\nattachments:\n  - { file: evidence/chrat.png }\n---\nW.\n",
        "evidence/chrat.png",
        "evidence/chart.png",
    ),
    (
        "unknown-reference",
        "---\ntitle: A\ndate: 2026-03-14\nattachments:\n  - { file: evidence/chart.png, consent: CON-2 }\n---\nW.\n",
        "CON-2",
        "CON-1",
    ),
    (
        "missing-stage",
        "---\ntitle: A\ndate: 2026-03-14\nmodel: era\n---\n## Experience\n\nW.\n\n## Reflection\n\nW.\n",
        "A",
        "## Action",
    ),
    (
        "missing-stage",
        "---\ntitle: A\ndate: 2026-03-14\nmodel: era\n---\n## Experience\n\nW.\n\n## Reflection\n\n## Action\n\nW.\n",
        "## Reflection",
        "question",
    ),
    (
        "unknown-reference",
        "---\ntitle: A\ndate: 2026-03-14\nmodel: gibs\n---\nW.\n",
        "gibs",
        "`gibbs`",
    ),
];

fn world(text: &str) -> Workspace {
    Workspace::with_entry(text)
        .file("portfolio/evidence/chart.png", picture(ImageFormat::Png))
        .file(
            "portfolio/consents.yaml",
            "version: 1\nconsents:\n  - { id: CON-1, date: 2026-01-01, take: true }\n",
        )
}

#[test]
fn every_rule_about_entries_marks_the_exact_text_and_says_what_to_do() {
    for (rule, text, wanted, help) in IN_ENTRIES {
        let sandbox = world(text);
        let found = found(&sandbox, rule);
        assert_eq!(
            found.len(),
            1,
            "{rule}: one fault gives one finding: {found:?} in {text}"
        );
        assert!(
            wanted.is_empty() || found[0].0 == *wanted,
            "{rule}: marked `{}`, wanted `{wanted}`",
            found[0].0
        );
        assert!(
            found[0].1.contains(help),
            "{rule}: help `{}` lacks `{help}`",
            found[0].1
        );
    }
}

#[test]
fn a_good_entry_has_no_finding_of_its_own() {
    let good = "---\ntitle: \"Good: indeed\"\ndate: 2026-11-14\nevent_date: 2026-11-12\nmodel: era\nid: one\n\
                ksbs: [K1, {K2: \"as said\"}, {\"tiny:K10\": why}, B1]\nhours: 1.5\noff_the_job: true\nvisibility: assessor\n\
                anonymised: true\nattachments:\n  - { file: evidence/chart.png, alt: \"A\", consent: CON-1 }\n\
                actions:\n  - { what: \"Ask\", by: 2026-11-30, done: 2026-11-21 }\n---\n\n\
                ## Experience\n\n[Words](ksb:K1,B1) and [more](one.md), [here](#experience), [out](https://example.org).\n\n\
                ## Reflection\n\nWords.\n\n## Action\n\nWords.\n";
    let document = world(good).check();
    assert_eq!(document["findings"], serde_json::json!([]));
}

#[test]
fn findings_about_coverage_are_placed_in_the_standard() {
    let sandbox = Workspace::tiny()
        .file(
            "portfolio/entries/draft.md",
            entry("ksbs: [K1]\nstatus: draft\n"),
        )
        .file(
            "portfolio/entries/private.md",
            entry("ksbs: [K2]\nvisibility: private\n"),
        );
    for (rule, many) in [
        ("uncovered-criterion", 2),
        ("drafted-only", 1),
        ("thin-criterion", 1),
    ] {
        let found = found(&sandbox, rule);
        assert_eq!(found.len(), many, "{rule}");
        assert!(
            found.iter().all(|(marked, _)| marked == "tiny"),
            "{found:?}"
        );
    }
}

#[test]
fn a_standard_with_errors_gives_all_of_them_with_their_places() {
    let bad = TINY
        .replace("{ code: K2,", "{ code: K1,")
        .replace("[K10, B1]", "[K11, B1]")
        .replace("official: false", "oficial: false")
        + "rules: { min_pieces: many }\n";
    let sandbox = Sandbox::tiny().file("standards/tiny.yaml", bad);
    let invalid = found(&sandbox, "invalid-standard");
    let marked: Vec<&str> = invalid.iter().map(|(marked, _)| marked.as_str()).collect();
    assert_eq!(marked, ["K1", "K2", "K11"]);
    assert!(invalid[2].1.contains("K1"), "{invalid:?}");
    assert_eq!(found(&sandbox, "unknown-key")[0].0, "oficial");
    assert_eq!(found(&sandbox, "wrong-type")[0].0, "many");
    assert_eq!(
        sandbox
            .run(&["standards", "check", "standards/tiny.yaml"])
            .code,
        1
    );
    assert_eq!(
        Sandbox::tiny()
            .run(&["standards", "check", "standards/tiny.yaml"])
            .code,
        0
    );
}

#[test]
fn unknown_names_in_settings_are_found() {
    let settings = SETTINGS.replace("[tiny]", "[tiny, tinny]")
        + "waivers:\n  - { code: K99, reason: r }\n  - { code: K1 }\nscope: { tiny: { leave_out: [{ code: K98, reason: r }] } }\nrules: { tony: { min_pieces: 2 }, min_piece: 2 }\n";
    let sandbox = Workspace::tiny().file("portfolio/portfolio.yaml", settings);
    let marked: Vec<String> = found(&sandbox, "unknown-reference")
        .into_iter()
        .map(|(marked, _)| marked)
        .collect();
    assert_eq!(marked, ["tinny", "K99", "K98", "tony"]);
    assert_eq!(found(&sandbox, "unknown-key")[0].0, "min_piece");
    assert_eq!(
        found(&sandbox, "waiver-without-reason").len(),
        1,
        "a waiver needs a reason"
    );
}

#[test]
fn an_ambiguous_code_claims_nothing_and_the_advice_gives_full_codes() {
    let settings = SETTINGS.replace("[tiny]", "[tiny, other]");
    let sandbox = Workspace::with_entry(&entry("ksbs: [K1]\n"))
        .file("portfolio/portfolio.yaml", settings)
        .file(
            "standards/other.yaml",
            TINY.replace("id: tiny", "id: other"),
        );
    assert_eq!(
        found(&sandbox, "unknown-code")[0].1,
        "write tiny:K1 or other:K1"
    );
    assert!(sandbox.coverage_as("text").contains("TOTAL 0/8"));
}

#[test]
fn decisions_that_bind_to_nothing_and_broken_chains_are_found() {
    let decision = "version: 1\nassessor: { id: A, role: assessor }\ndate: 2026-05-01\nprevious: sha256:00\n\
                    decisions:\n  - { entry: onne, claims: { K1: accepted } }\n  - { entry: one, claims: { K2: accepted } }\n";
    let sandbox =
        Workspace::with_entry(&entry("ksbs: [K1]\n")).file("portfolio/decisions/1.yaml", decision);
    let marked: Vec<String> = found(&sandbox, "unbound-decision")
        .into_iter()
        .map(|(marked, _)| marked)
        .collect();
    assert_eq!(marked, ["onne", "K2"]);
    assert_eq!(found(&sandbox, "broken-decision-chain")[0].0, "sha256:00");
}

#[test]
fn two_entries_with_one_id_are_both_judged() {
    let sandbox = Workspace::with_entry(&entry("id: same\nksbs: [K1]\n"));
    sandbox.write("portfolio/entries/two.md", entry("id: same\nksbs: [K2]\n"));
    assert_eq!(found(&sandbox, "duplicate-entry-id")[0].0, "same");
    assert!(sandbox.coverage_as("text").contains("TOTAL 2/4"));
}

#[test]
fn unreadable_files_are_reported_and_the_others_still_checked() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    sandbox.write(
        "portfolio/entries/latin.md",
        b"---\ntitle: caf\xe9\x81\n---\n",
    );
    sandbox.write("portfolio/entries/large.md", vec![b'x'; 5 * 1024 * 1024]);
    let all = sandbox.findings();
    let unreadable: Vec<&Value> = all
        .iter()
        .filter(|one| one["rule"] == "unreadable-file")
        .collect();
    assert_eq!(unreadable.len(), 2);
    assert_eq!(
        (
            unreadable[1]["line"].as_u64(),
            unreadable[1]["column"].as_u64()
        ),
        (Some(2), Some(11))
    );
    assert!(sandbox.coverage_as("text").contains("TOTAL 1/4"));
}

#[test]
fn an_event_date_is_never_shown_not_even_in_a_finding_about_it() {
    for broken in ["", "title: [\n"] {
        let text =
            format!("---\n{broken}title: A\ndate: 2026-03-14\nevent_date: 12/03/2026\n---\nW.\n");
        let sandbox = Workspace::with_entry(&text);
        for report in [sandbox.check_as("text"), sandbox.check_as("json")] {
            assert!(!report.contains("12/03"), "{report}");
        }
        if broken.is_empty() {
            assert!(!sandbox.explain_entry("one").contains("12/03"));
        }
        for (path, bytes) in sandbox.site("private") {
            assert!(!String::from_utf8_lossy(&bytes).contains("12/03"), "{path}");
        }
    }
}

#[test]
fn the_author_can_answer_a_finding_with_a_reason() {
    let bare = "---\ntitle: A\ndate: 2026-03-14\ntype: product\n---\nW.\n";
    assert_eq!(
        found(&Workspace::with_entry(bare), "entry-without-codes").len(),
        1
    );
    let answered = bare.replace(
        "product\n",
        "product\ncheck:\n  - { ignore: entry-without-codes, reason: \"a diary\" }\n",
    );
    assert_eq!(
        found(&Workspace::with_entry(&answered), "entry-without-codes").len(),
        0
    );
}

#[test]
fn profiles_levels_and_fail_on_decide_the_exit_code() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [k1]\n"));
    let code = |more: &[&str]| sandbox.run(&[&["check"], more].concat()).code;
    assert_eq!(code(&[]), 1, "a gap is an error");
    assert_eq!(code(&["--profile", "draft"]), 0);
    assert_eq!(code(&["--profile", "draft", "--fail-on", "note"]), 1);
    sandbox.write(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}levels: {{ uncovered-criterion: off, untidy-code: error }}\n"),
    );
    assert_eq!(code(&[]), 1);
    sandbox.write(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}levels: {{ uncovered-criterion: off }}\n"),
    );
    assert_eq!((code(&[]), code(&["--fail-on", "warning"])), (0, 1));
    assert_eq!(code(&["--profile", "strict"]), 2);
    assert_eq!(Sandbox::empty().run(&["check"]).code, 2);
    assert_eq!(sandbox.run(&["check", "portfolio/none.md"]).code, 2);
}

#[test]
fn findings_look_like_compiler_messages() {
    let sandbox =
        Sandbox::with_entry("---\ntitle: A\ndate: 2026-03-14\nksbs: [K1, K37]\n---\nWords.\n");
    let out = sandbox
        .run(&["check", "portfolio/entries", "--color", "never"])
        .out;
    let expected = "error[unknown-code]: there is no K37: tiny has K1 to K10\n --> portfolio/entries/one.md:4:12\n  |\n\
                    4 | ksbs: [K1, K37]\n  |            ^^^\n  |\n  = help: did you mean K10?\n";
    assert!(out.contains(expected), "{out}");
}

#[test]
fn check_leaves_the_workspace_as_it_was_and_explains_every_rule() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [k1]\n"));
    let before = super::support::tree(sandbox.path());
    for rule in ksbfolio::check::rules::named() {
        let run = sandbox.run(&["explain", rule.name]);
        assert_eq!(run.code, 0, "{}", rule.name);
        for heading in [
            "What it finds",
            "Why an assessor cares",
            "Example",
            "What to do",
        ] {
            assert!(run.out.contains(heading), "{}", rule.name);
        }
    }
    sandbox.run(&["check"]);
    assert_eq!(super::support::tree(sandbox.path()), before);
}
