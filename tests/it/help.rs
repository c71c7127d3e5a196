//! Advice for closing gaps: the nearest entries, what would be enough, what depends on one entry;
//! and a first portfolio.

use super::support::{BEGIN, SETTINGS, Sandbox, TINY, entry, tree};

/// A standard with worded statements, and entries that are similar to one of them.
fn worded() -> Sandbox {
    let standard = TINY
        .replace(
            "\"Two\"",
            "\"Collect research data and interpret the findings\"",
        )
        .replace(
            "text: \"Ten\"",
            "text: \"Ten\", prompts: [\"Which chart did you read?\"]",
        );
    let near = entry("id: audit\nksbs: [{K1: a}]\n").replace(
        "Words of its own.",
        "I collected data on falls, and the research that I read helped to interpret our findings.",
    );
    Sandbox::tiny()
        .file("standards/tiny.yaml", standard)
        .file("portfolio/entries/near.md", near)
        .file(
            "portfolio/entries/far.md",
            entry("id: far\nksbs: [{K1: a}]\n").replace("Words", "Tea and words"),
        )
        .file(
            "portfolio/entries/draft.md",
            entry("id: half\nksbs: [{K10: a}]\nstatus: draft\n").replace("Words", "Half"),
        )
}

#[test]
fn a_gap_names_the_entries_that_come_nearest_and_what_would_be_enough() {
    let sandbox = worded();
    let out = sandbox.explain_criterion("K2");
    for part in [
        "tiny:K2  Collect research data",
        "Duty 1: First",
        "GAP: No evidence yet.",
        "audit  A",
        "Enough would be: 1 entry.",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("far  A"), "{out}");
    assert!(
        out.contains("What happened? A few sentences"),
        "without questions of its own, those of the model: {out}"
    );
    let check = sandbox.check_as("concise");
    assert!(
        check.contains("Nearest to it: audit; add the code there if it fits, or write one"),
        "{check}"
    );
}

#[test]
fn a_draft_that_would_close_it_is_named_and_pieces_say_why_they_do_not_count() {
    let sandbox = worded();
    let out = sandbox.explain_criterion("K10");
    for part in [
        "DRAFTED",
        "does not count: still a draft",
        "A draft would close it: finish half.",
        "Which chart did you read?",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(
        sandbox
            .check_as("text")
            .contains("finish half, and set its status to submitted")
    );
}

#[test]
fn an_entry_lists_what_depends_on_it_alone() {
    let sandbox = worded();
    assert!(
        !sandbox.explain_entry("audit").contains("the only evidence"),
        "two entries claim K1"
    );
    std::fs::remove_file(sandbox.path().join("portfolio/entries/far.md")).unwrap();
    assert!(
        sandbox
            .explain_entry("audit")
            .contains("tiny:K1 is evidenced: counts; the only evidence for it")
    );
}

#[test]
fn a_first_portfolio_checks_clean_builds_and_is_never_overwritten() {
    for service in ["github", "gitlab", "forgejo"] {
        let sandbox = Sandbox::empty();
        assert_eq!(
            sandbox.run(&[&BEGIN[..], &["--ci", service]].concat()).code,
            0
        );
        let check = sandbox.run(&["check", "--fail-on", "warning"]);
        assert_eq!(check.code, 0, "{}", check.out);
        assert!(
            sandbox.coverage_as("text").contains("TOTAL 0/72 0%"),
            "the example counts for nothing"
        );
        let before = tree(sandbox.path());
        for again in [&["init"][..], &["init", "--ci", service]] {
            assert_eq!(sandbox.run(again).code, 2);
        }
        assert_eq!(tree(sandbox.path()), before);
        assert_eq!(sandbox.run(&["build"]).code, 0);
        assert!(
            tree(sandbox.path())
                .iter()
                .all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("@VERSION"))
        );
    }
    let sandbox = Sandbox::tiny();
    assert_eq!(sandbox.run(&["init", "--ci", "github"]).code, 0);
    assert_eq!(
        sandbox.read("portfolio/portfolio.yaml"),
        SETTINGS,
        "a portfolio gets the pipeline alone"
    );
}

#[test]
fn colour_is_used_only_if_wanted() {
    let sandbox = worded();
    assert!(
        sandbox
            .run(&["check", "--color", "always"])
            .out
            .contains("\u{1b}[")
    );
    for plain in [
        &["check"][..],
        &["check", "--color", "never"],
        &["check", "--color", "always", "--format", "json"],
    ] {
        assert!(!sandbox.run(plain).out.contains('\u{1b}'), "{plain:?}");
    }
}
