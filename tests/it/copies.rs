//! Copies that a sync program makes, and conflicts that git leaves.

use serde_json::Value;

use super::support::{SETTINGS, TINY, Workspace, entry};

const FORMS: [&str; 7] = [
    "one - Copy",
    "one (1)",
    "one (conflicted copy 2026-07-10 070952)",
    "one-DESKTOP-AB12CDE",
    "one.sync-conflict-20260710-070952-ABCDEFG",
    "Copy of one",
    "one 2",
];

/// Rules and files of the findings about files whose path has this part.
fn about(workspace: &Workspace, part: &str) -> Vec<(String, String, String)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let found = workspace.findings();
    let about = found.iter().filter(|one| text(one, "file").contains(part));
    about
        .map(|one| (text(one, "rule"), text(one, "level"), text(one, "message")))
        .collect()
}

#[test]
fn a_copy_of_an_entry_is_reported_and_is_no_entry() {
    let text = entry("ksbs: [{K1: as said}]\n");
    for form in FORMS {
        let copy = format!("portfolio/entries/{form}.md");
        let workspace = Workspace::tiny()
            .file(
                "portfolio/portfolio.yaml",
                format!("{SETTINGS}rules: {{ min_pieces: 2 }}\n"),
            )
            .file("portfolio/entries/one.md", &text)
            .file(&copy, &text);
        let found = about(&workspace, form);
        assert_eq!(found.len(), 1, "{form}: {found:?}");
        let (rule, level, message) = &found[0];
        assert_eq!(
            (rule.as_str(), level.as_str()),
            ("near-duplicate-entries", "warning")
        );
        assert!(
            message.contains("an unchanged copy of portfolio/entries/one.md"),
            "{message}"
        );
        let coverage = workspace.coverage();
        let first = &coverage["standards"][0]["criteria"][0];
        assert_eq!(
            (&first["state"], &first["pieces"]),
            (&"thin".into(), &1.into()),
            "{form}"
        );
    }
}

// The decision names no digest, so the entry counts as changed since.
#[test]
fn decisions_bind_to_the_original_of_a_copy() {
    let text = entry("id: one\nksbs: [{K1: as said}]\n");
    let decision = "version: 1\nassessor: { id: AS-12, role: assessor }\ndate: 2026-11-15\n\
                    decisions:\n  - entry: one\n    claims: { K1: referred }\n";
    let workspace = Workspace::tiny()
        .file("portfolio/entries/one.md", &text)
        .file("portfolio/entries/one (1).md", format!("{text}More.\n"))
        .file("portfolio/decisions/a.yaml", decision)
        .file("portfolio/decisions/a (1).yaml", decision);
    let rules = |part| about(&workspace, part).into_iter().map(|one| one.0);
    assert_eq!(
        rules("entries/one (1)").collect::<Vec<_>>(),
        ["near-duplicate-entries"]
    );
    assert_eq!(
        rules("decisions/a (1)").collect::<Vec<_>>(),
        ["unreadable-file"]
    );
    assert!(!rules("").any(|rule| rule == "unbound-decision"));
    let coverage = workspace.coverage();
    let flags = &coverage["standards"][0]["criteria"][0]["flags"];
    assert_eq!(flags, &serde_json::json!(["resubmitted"]));
}

#[test]
fn a_decision_file_with_other_words_is_read_whatever_its_name() {
    let decision = |verdict| {
        format!(
            "version: 1\nassessor: {{ id: AS-12, role: assessor }}\ndate: 2026-11-15\n\
             decisions:\n  - entry: one\n    claims: {{ K1: {verdict} }}\n"
        )
    };
    let workspace = Workspace::with_entry(&entry("id: one\nksbs: [{K1: as said}]\n"))
        .file("portfolio/decisions/a.yaml", decision("accepted"))
        .file("portfolio/decisions/a (1).yaml", decision("referred"));
    let found = about(&workspace, "decisions/a (1)");
    assert!(
        found.iter().all(|one| one.0 != "unreadable-file"),
        "{found:?}"
    );
    let coverage = workspace.coverage();
    let flags = coverage["standards"][0]["criteria"][0]["flags"].to_string();
    assert!(flags.contains("contested"), "{flags}");
}

#[test]
fn copies_of_standards_settings_keys_and_evidence_are_reported() {
    let workspace = Workspace::with_entry(&entry("ksbs: [{K1: as said}]\n"))
        .file(
            "standards/tiny - Copy.yaml",
            TINY.replace("Be kind", "Be very kind"),
        )
        .file("portfolio/portfolio (1).yaml", "version: 1\n")
        .file("portfolio/consents.yaml", "version: 1\nconsents: []\n")
        .file(
            "portfolio/consents-DESKTOP-AB12CDE.yaml",
            "version: 1\nconsents: []\n",
        )
        .file("portfolio/decisions/allowed_signers", "")
        .file("portfolio/decisions/allowed_signers (1)", "")
        .file("portfolio/evidence/chart.txt", "words")
        .file("portfolio/evidence/chart (1).txt", "words")
        .file("portfolio/evidence/chart (2).txt", "other words");
    for (part, rule, words) in [
        (
            "tiny - Copy",
            "unreadable-file",
            "a changed copy of standards/tiny.yaml",
        ),
        ("portfolio (1)", "unreadable-file", "a changed copy"),
        (
            "consents-DESKTOP",
            "unreadable-file",
            "an unchanged copy of portfolio/consents.yaml",
        ),
        (
            "allowed_signers (1)",
            "unreadable-file",
            "an unchanged copy of portfolio/decisions/allowed_signers",
        ),
        (
            "chart (1)",
            "unused-file",
            "the same as portfolio/evidence/chart.txt",
        ),
        ("chart (2)", "unused-file", "no entry uses this file"),
    ] {
        let found = about(&workspace, part);
        assert!(
            found.len() == 1 && found[0].0 == rule && found[0].2.contains(words),
            "{part}: {found:?}"
        );
    }
    let page = workspace.explain_criterion("B1");
    assert!(
        page.contains("Be kind") && !page.contains("Be very kind"),
        "{page}"
    );
}

#[test]
fn short_identical_entries_under_any_names_are_reported() {
    let text = entry("ksbs: [{K1: as said}]\n");
    let mut workspace = Workspace::tiny();
    for number in 0..30 {
        workspace = workspace.file(&format!("portfolio/entries/shift-{number}.md"), &text);
    }
    let found = about(&workspace, "portfolio/entries/");
    let same = found.iter().filter(|one| one.0 == "near-duplicate-entries");
    assert_eq!(same.count(), 29);
}

#[test]
fn conflicts_of_git_are_reported_with_their_line_in_every_file_that_is_read() {
    let conflict = "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\n";
    for (path, text, line) in [
        (
            "portfolio/entries/one.md",
            format!("{}{conflict}", entry("ksbs: [{K1: a}]\n")),
            9,
        ),
        (
            "portfolio/entries/one.md",
            format!("---\n{conflict}date: 2026-11-14\n---\n\nWords.\n"),
            2,
        ),
        (
            "portfolio/portfolio.yaml",
            format!("{SETTINGS}{conflict}"),
            5,
        ),
        (
            "portfolio/consents.yaml",
            format!("version: 1\n{conflict}"),
            2,
        ),
        (
            "portfolio/sampling.yaml",
            format!("version: 1\n{conflict}"),
            2,
        ),
        (
            "portfolio/decisions/a.yaml",
            format!("version: 1\n{conflict}"),
            2,
        ),
        ("standards/other.yaml", format!("version: 1\n{conflict}"), 2),
    ] {
        let workspace = Workspace::tiny().file(path, &text);
        let found = workspace.findings();
        let here = found
            .iter()
            .filter(|one| one["file"] == path && one["level"] == "error");
        let here: Vec<_> = here.collect();
        assert_eq!(here.len(), 1, "{path}: {here:?}");
        assert_eq!(here[0]["rule"], "unreadable-file");
        assert_eq!(here[0]["line"], line, "{path}");
        assert!(
            here[0]["message"]
                .as_str()
                .unwrap()
                .contains("1 conflict of git")
        );
    }
}
