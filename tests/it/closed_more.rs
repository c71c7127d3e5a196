//! Evidence is held back by synonyms of our keys too, and unreadable values count for nothing.

use super::support::files::picture;
use super::support::{SETTINGS, Workspace, entry};

const ENTRY: &str = "portfolio/entries/one.md";
const CONSENTS: &str = "portfolio/consents.yaml";

/// Builds for an audience; returns whether any output path contains `letters`.
fn builds(sandbox: &Workspace, audience: &str, letters: &str) -> bool {
    sandbox
        .site(audience)
        .keys()
        .any(|path| path.contains(letters))
}

/// Messages and advice of `check`, one per line.
fn findings(sandbox: &Workspace) -> String {
    let document = sandbox.check();
    let lines = document["findings"].as_array().unwrap().iter().map(|one| {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        format!(
            "{}:{}: {}: {} ({})\n",
            text("file"),
            one["line"],
            text("rule"),
            text("message"),
            text("help")
        )
    });
    lines.collect()
}

#[test]
fn a_withdrawal_in_any_place_closes_the_consent() {
    let good = "  - { id: CON-1, date: 2026-01-01, take: true, share: [portfolio, publication] }\n";
    let with = |top: &str, rows: &str, attachment: &str| {
        let keys = format!(
            "visibility: public\nattachments: [{{ file: evidence/a.png, alt: x, consent: CON-1{attachment} }}]\n"
        );
        Workspace::with_entry(&entry(&keys))
            .file("portfolio/evidence/a.png", picture(image::ImageFormat::Png))
            .file(CONSENTS, format!("{top}consents:\n{rows}"))
    };
    let version = "version: 1\n";
    assert!(builds(&with(version, good, ""), "public", "pictures"));
    let twice = format!("{good}{good}");
    let identical = with(version, &twice, "");
    assert!(builds(&identical, "public", "pictures"));
    assert!(findings(&identical).contains("duplicate-key"));
    let row = |keys: &str| format!("{good}  - {{ {keys} }}\n");
    for (top, rows, attachment) in [
        ("version: 1\nwithdrawn: [CON-1]\n", good, ""),
        ("version: 2\n", good, ""),
        (version, &row("id: con-1, withdrawn: true"), ""),
        (
            version,
            &row("id: con - 1, date: 2026-01-01, take: true, share: [portfolio]"),
            "",
        ),
        (version, &row("ref: CON-1, withdrawn: true"), ""),
        (version, &row("[CON-1]"), ""),
        (version, &good.replace("date: 2026-01-01, ", ""), ""),
        (version, &good.replace("2026-01-01", "\"\""), ""),
        (version, good, ", visibility: private"),
        (version, good, ", hidden: true"),
        (version, good, ", private: true"),
        (version, good, ", withdrawn: true"),
        (version, good, ", status: draft"),
    ] {
        let sandbox = with(top, rows, attachment);
        for audience in ["public", "assessor"] {
            assert!(
                !builds(&sandbox, audience, "pictures"),
                "{top}{rows}{attachment}"
            );
        }
        assert_eq!(sandbox.check()["exit_code"], 1, "{top}{rows}{attachment}");
    }
}

#[test]
fn synonyms_of_draft_and_private_hold_an_entry_back() {
    let cases = [
        ("submitted: false", ""),
        ("submitted: no", ""),
        ("submitted: \"\"", ""),
        ("submited: 2026-11-14", ""),
        ("wip: true", "status: draft"),
        ("WIP:", "status: draft"),
        ("stage: draft", "status: draft"),
        ("finished: false", "status: draft"),
        ("ready: false", "status: draft"),
        ("exclude: true", "status: draft"),
        ("publishDate: 2030-01-01", "status: draft"),
        ("publish_date: 2030-01-01", "status: draft"),
        ("expiryDate: 2020-01-01", "status: draft"),
        ("build: {render: never}", "status: draft"),
        ("isDraft: true", "status: draft"),
        ("drfat: true", "status: draft"),
        ("noindex: true", "visibility: private"),
        ("audience: private", "visibility: private"),
        ("access: [private]", "visibility: private"),
        ("confidential: true", "visibility: private"),
        ("share: false", "visibility: private"),
    ];
    for (keys, ours) in cases {
        let sandbox = Workspace::with_entry(&entry(&format!("ksbs: [{{K1: a}}]\n{keys}\n")));
        assert!(!builds(&sandbox, "assessor", "one.html"), "{keys}");
        assert!(sandbox.coverage_as("text").contains("TOTAL 0/4"), "{keys}");
        let found = findings(&sandbox);
        assert!(
            found.contains(ENTRY) && found.contains(ours),
            "{keys}: {found}"
        );
    }
    for keys in [
        "submitted: 2026-11-15",
        "wip: false",
        "ready: yes",
        "topic: wiped down",
        "share: true",
    ] {
        let sandbox = Workspace::with_entry(&entry(&format!("ksbs: [{{K1: a}}]\n{keys}\n")));
        assert!(builds(&sandbox, "assessor", "one.html"), "{keys}");
    }
}

#[test]
fn a_folder_for_drafts_holds_drafts() {
    for (path, is_held) in [
        ("_drafts/walk.md", true),
        ("Drafts/walk.md", true),
        ("2026/draft/walk.md", true),
        ("_old/walk.md", true),
        ("private-practice/walk.md", false),
        ("2026/walk.md", false),
    ] {
        let sandbox = Workspace::tiny().file(
            &format!("portfolio/entries/{path}"),
            entry("ksbs: [{K1: a}]\nsubmitted: 2026-11-14\n"),
        );
        assert_ne!(builds(&sandbox, "assessor", "walk.html"), is_held, "{path}");
        assert_eq!(
            findings(&sandbox).contains("is named as one for drafts"),
            is_held,
            "{path}"
        );
    }
}

#[test]
fn an_entry_without_a_readable_date_does_not_count() {
    for date in [
        "date: \"\"",
        "date: ~",
        "date: 2026-02-30",
        "date: 01/02/2026",
        "date: true",
        "dat: 2026-11-14",
    ] {
        let text = entry("ksbs: [{K1: a}]\n").replace("date: 2026-11-14", date);
        let sandbox = Workspace::with_entry(&text);
        assert!(sandbox.coverage_as("text").contains("TOTAL 0/4"), "{date}");
        assert!(
            sandbox
                .explain_criterion("K1")
                .contains("its date cannot be read"),
            "{date}"
        );
        let found = findings(&sandbox);
        let about_date = found
            .lines()
            .filter(|line| line.contains("-date: ") || line.contains("missing-key"));
        assert_eq!(about_date.count(), 1, "{date}: {found}");
    }
}

#[test]
fn empty_values_are_reported() {
    for keys in ["id: \"\"", "model: ''", "ksbs: {K1: \"\"}", "type: \" \""] {
        let found = findings(&Workspace::with_entry(
            &entry(&format!("{keys}\n")).replace("type: product\n", ""),
        ));
        assert!(
            found.contains("wrong-type") && found.contains("and has no value"),
            "{keys}: {found}"
        );
    }
    let settings = format!("{SETTINGS}timezone: \"\"\n");
    let found = findings(&Workspace::tiny().file("portfolio/portfolio.yaml", settings));
    assert!(
        found.contains("`timezone` takes") && found.contains("and has no value"),
        "{found}"
    );
}

#[test]
fn findings_about_quoted_values_and_repeated_keys_give_advice() {
    let found = findings(&Workspace::with_entry(&entry(
        "hours: \"7.5\"\noff_the_job: 'true'\nhours: 1\n",
    )));
    assert_eq!(
        found.matches("in quotes (remove the quotes)").count(),
        2,
        "{found}"
    );
    assert!(found.contains("`hours` appears twice"), "{found}");
    let settings = format!("{SETTINGS}rules: {{ min_pieces: \"2\" }}\n");
    let found = findings(&Workspace::tiny().file("portfolio/portfolio.yaml", settings));
    assert!(found.contains("remove the quotes"), "{found}");
    let found = findings(&Workspace::with_entry(&entry(
        "actions: [{ what: Ask, done: true }]\n",
    )));
    assert_eq!(found.matches("`done`").count(), 1, "{found}");
}

#[test]
fn yaml_errors_are_reported_at_their_line() {
    let rows = (0..12).map(|at| {
        format!("a{at}: &n{at} [*n{0}, *n{0}, *n{0}, *n{0}]\n", at - 1).replace("*n-1", "x")
    });
    for (keys, line, words) in [
        (
            "title: \"unclosed\ndate: 2026-11-14\ntype: product\n",
            2,
            "a quote is never closed",
        ),
        (
            "date: 2026-11-14\ntitle: [Draft] Foo\n",
            3,
            "put quotes round it:  title: \"[Draft] Foo\"",
        ),
        ("date: 2026-11-14\ntitle: a\u{1}b\n", 3, "control character"),
        (&rows.collect::<String>(), 0, "names with & and * repeat"),
    ] {
        let found = findings(&Workspace::with_entry(&format!(
            "---\n{keys}---\n\nWords.\n"
        )));
        let place = if line == 0 {
            String::new()
        } else {
            format!("{ENTRY}:{line}: ")
        };
        assert!(
            found
                .lines()
                .any(|one| one.starts_with(&place) && one.contains(words)),
            "{keys}: {found}"
        );
    }
}

#[test]
fn open_actions_give_their_reason() {
    let action = |keys: &str| {
        Workspace::with_entry(&entry(&format!("actions: [{{ what: Ask, {keys} }}]\n")))
    };
    let found = findings(&action("done: 2026-11-10"));
    assert!(
        found.contains("done on 2026-11-10, before the entry that plans it"),
        "{found}"
    );
    let found = findings(&action("closed_by: two.md").file("portfolio/entries/two.md", entry("")));
    assert!(
        found.contains("write an entry's id, not its file: did you mean `two`?"),
        "{found}"
    );
    let later = entry("").replace("2026-11-14", "2026-12-14");
    let found =
        findings(&action("by: 2026-11-16, closed_by: two").file("portfolio/entries/two.md", later));
    assert!(
        found.contains("dated no later than today") && !found.contains("add done:"),
        "{found}"
    );
}

#[test]
fn hours_have_two_decimals_and_count_only_within_the_programme() {
    let settings = format!("{SETTINGS}start: 2026-11-10\nplanned_end: 2027-11-10\n");
    let recorded = |keys: &str| {
        let text = entry(&format!("off_the_job: true\n{keys}\n"));
        let sandbox = Workspace::with_entry(&text).file("portfolio/portfolio.yaml", &settings);
        (
            sandbox.hours()["recorded"].as_f64().unwrap(),
            sandbox.hours_as("text"),
        )
    };
    assert_eq!(recorded("hours: 30\ndays: 5").0.to_string(), "30");
    let (hours, out) = recorded("hours: 30\ndays: 6");
    assert_eq!(hours.to_string(), "0");
    assert!(out.contains("before the programme began"), "{out}");
    let (_, out) = recorded("hours: 7.01");
    assert!(out.contains("7.02 hours in 1 entry"), "{out}");
    assert!(recorded("hours: 1").1.contains("1 hour in 1 entry"));
}

#[test]
fn suggested_commands_and_links_work() {
    let text = entry("") + "\n![A chart](x.png)\n";
    let sandbox = Workspace::with_entry(&text)
        .file("portfolio/evidence/x.png", picture(image::ImageFormat::Png));
    assert!(findings(&sandbox).contains("did you mean `../evidence/x.png`?"));
    for zone in ["BST", "GMT+1", "+01:00"] {
        let settings = format!("{SETTINGS}timezone: {zone}\n");
        let found = findings(&Workspace::tiny().file("portfolio/portfolio.yaml", settings));
        assert!(found.contains("Europe/London"), "{zone}: {found}");
    }
}
