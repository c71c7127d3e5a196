//! Gates fail if settings, standards or records cannot be read or do not confirm an item.

use super::support::{AS_OF, SETTINGS, Sandbox, TINY, Workspace, entry, repository};

const PORTFOLIO: &str = "portfolio/portfolio.yaml";

/// A workspace that claims the criteria of the tiny standard.
fn claimed() -> Sandbox {
    Sandbox::with_entry(&entry("ksbs: [{K1: a}, {B1: b}]\nanonymised: true\n"))
}

/// Exit code and the combined output streams of a run.
fn said(sandbox: &Sandbox, arguments: &[&str]) -> (i32, String) {
    let run = sandbox.run(arguments);
    (run.code, format!("{}{}", run.out, run.err))
}

#[test]
fn no_gate_passes_an_unreadable_portfolio_yaml() {
    let latin: Vec<u8> = [SETTINGS.as_bytes(), b"title: Caf\xe9\n"].concat();
    let broken = format!("{SETTINGS}x: [\n");
    for (name, text) in [
        ("broken", broken.as_bytes()),
        ("empty", b""),
        ("latin", &latin),
        ("list", b"- a\n"),
    ] {
        let sandbox = claimed().file(PORTFOLIO, text);
        for command in [
            &["coverage"][..],
            &["coverage", "--fail-under", "4/4"],
            &["gateway"],
            &["gateway", "--pack", "p", "--anyway"],
            &["build"],
            &["pack"],
            &["hours"],
            &["review"],
        ] {
            let (code, words) = said(&sandbox, command);
            assert_eq!(code, 2, "{name} {command:?}: {words}");
            assert!(
                words.contains("portfolio.yaml cannot be read"),
                "{name} {command:?}: {words}"
            );
        }
        assert!(!sandbox.path().join("output").exists() && !sandbox.path().join("p").exists());
        assert_eq!(sandbox.run(&["check"]).code, 1, "{name}");
    }
}

#[test]
fn no_gate_passes_without_every_standard_that_the_portfolio_names() {
    let named = |line: &str| SETTINGS.replace("standards: [tiny]", line);
    assert_ne!(named("x"), SETTINGS);
    for (settings, standard) in [
        (named("standrads: [tiny]"), TINY.to_owned()),
        (named("standards: [tinny]"), TINY.to_owned()),
        (named("standards: []"), TINY.to_owned()),
        (named("standards: [tiny, tinny]"), TINY.to_owned()),
        (named("standards: [tiny, [tinny]]"), TINY.to_owned()),
        (SETTINGS.to_owned(), format!("{TINY}x: [\n")),
        (SETTINGS.to_owned(), TINY.replace("id: tiny", "id: small")),
    ] {
        let sandbox = claimed()
            .file(PORTFOLIO, &settings)
            .file("standards/tiny.yaml", &standard);
        let (code, words) = said(&sandbox, &["coverage", "--fail-under", "1/4"]);
        assert!(
            code == 2 && words.contains("so --fail-under cannot be judged"),
            "{settings}{words}"
        );
        let (code, words) = said(&sandbox, &["coverage"]);
        assert!(code == 0 && !words.contains("100%"), "{settings}{words}");
        let (code, words) = said(&sandbox, &["gateway"]);
        assert!(
            code == 1 && words.contains("NOT READY: ") && words.contains("portfolio.yaml"),
            "{settings}{words}"
        );
        let json = sandbox.gateway();
        assert!(
            json["readiness"] == "not-ready" && json["problem"].is_string(),
            "{json}"
        );
        for command in ["build", "pack", "hours", "review"] {
            let (code, words) = said(&sandbox, &[command]);
            assert!(
                code == 0 && words.contains("`ksbfolio check` shows where"),
                "{command} {words}"
            );
        }
        assert!(sandbox.read("output/gateway.html").contains("Not ready"));
    }
}

#[test]
fn an_empty_portfolio_reaches_no_threshold() {
    let standards = format!("{SETTINGS}thresholds: {{ all: 1/4 }}\n").replace("[tiny]", "[]");
    let sandbox = claimed().file(PORTFOLIO, standards);
    assert_eq!(sandbox.check()["exit_code"], 1);
    let out = findings(&sandbox);
    assert!(out.contains("1/4"), "{out}");
}

/// State and reason of one item.
fn item(sandbox: &Workspace, id: &str) -> (String, String) {
    let document = sandbox.gateway();
    let items = document["standards"][0]["items"].as_array().unwrap();
    let item = items
        .iter()
        .find(|item| item["id"] == id)
        .unwrap_or_else(|| panic!("{id}: {document}"));
    (
        item["state"].as_str().unwrap().to_owned(),
        item["why"].as_str().unwrap().to_owned(),
    )
}

/// The findings of `check`.
fn findings(sandbox: &Workspace) -> String {
    sandbox.check_as("concise")
}

#[test]
fn a_record_is_met_only_by_words_that_prove_something() {
    let asks = |name: &str| {
        format!(
            "  - {{ id: {name}, asks: A, source: S, check: record, name: {name}, not_needed: x }}\n"
        )
    };
    let asks = format!(
        "{TINY}gateway:\n{}{}",
        asks("english"),
        asks("credits").replace("not_needed: x", "at_least: 200")
    );
    let sandbox = claimed().file("standards/tiny.yaml", asks);
    for (record, expected, finding) in [
        ("english: \"Level 2, certificate seen\"", "met", false),
        ("english: \"yes, EMP-3 on 2027-01-12\"", "met", false),
        ("english: not needed", "met", false),
        ("english: not yet", "not-met", false),
        ("english: failed", "not-met", false),
        ("english: refused", "not-met", false),
        ("english: pending", "not-met", false),
        ("english: unknown", "unknown", false),
        ("english: unkown", "unknown", true),
        ("english: not yte", "unknown", true),
        ("english: not neded", "unknown", true),
        ("english: certificate not seen", "unknown", false),
        ("english: whatever", "unknown", false),
        ("credits: 200 credits", "met", false),
        ("credits: 200", "met", false),
        ("credits: 200 pending", "unknown", false),
        ("credits: 120", "not-met", false),
    ] {
        sandbox.write(PORTFOLIO, format!("{SETTINGS}gateway: {{ {record} }}\n"));
        let (state, why) = item(&sandbox, record.split_once(':').unwrap().0);
        assert_eq!(state, expected, "{record}: {why}");
        assert_eq!(
            findings(&sandbox).contains("unknown-word"),
            finding,
            "{record}"
        );
        assert!(
            !record.contains("whatever") || why.contains("certificate"),
            "{why}"
        );
    }
}

#[test]
fn a_declaration_of_authenticity_is_the_learners_own() {
    let standard = format!(
        "{TINY}gateway:\n  - {{ id: a, asks: A, source: S, check: declaration, name: authenticity }}\n"
    );
    let sandbox = claimed().file("standards/tiny.yaml", standard);
    for (by, expected) in [
        ("by: L-1, ", "met"),
        ("by: \" l-1 \", ", "met"),
        ("by: AS-1, ", "not-met"),
        ("", "not-met"),
    ] {
        let declared =
            format!("{SETTINGS}declarations: [{{ kind: authenticity, {by}date: 2026-11-20 }}]\n");
        sandbox.write(PORTFOLIO, declared);
        let (state, why) = item(&sandbox, "a");
        assert_eq!(state, expected, "{by}: {why}");
        assert_eq!(
            why.contains("not by the learner"),
            expected == "not-met",
            "{by}: {why}"
        );
    }
}

#[test]
fn a_reading_before_the_entry_or_in_the_future_does_not_count() {
    let standard = format!("{TINY}gateway:\n  - {{ id: a, asks: A, source: S, check: privacy }}\n");
    let sandbox = claimed().file("standards/tiny.yaml", standard);
    let explained = sandbox.explain_entry("one");
    let digest = explained
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "))
        .unwrap()
        .to_owned();
    for (on, expected, rule) in [
        ("2026-11-20", "met", ""),
        ("2026-11-14", "met", ""),
        ("2026-11-13", "to-confirm", "impossible-date"),
        ("2026-11-22", "to-confirm", "impossible-date"),
    ] {
        let read = format!("read: {{ by: L-1, on: {on}, digest: \"{digest}\" }}\n");
        let text = entry(&format!(
            "ksbs: [{{K1: a}}, {{B1: b}}]\nanonymised: true\n{read}"
        ));
        sandbox.write("portfolio/entries/one.md", text);
        assert_eq!(item(&sandbox, "a").0, expected, "{on}");
        assert!(
            findings(&sandbox).contains(rule),
            "{on} {}",
            findings(&sandbox)
        );
    }
}

#[test]
fn a_waiver_holds_from_its_date_if_another_person_agreed_and_the_latest_decides() {
    let agreed = "code: K10, reason: agreed, by: tutor-1";
    for (rows, waived, rule) in [
        (vec![format!("{agreed}, date: 2026-01-10")], 1, ""),
        (
            vec![format!("{agreed}, date: 2026-11-22")],
            0,
            "waiver-expired",
        ),
        (
            vec!["code: K10, reason: agreed, by: l-1, date: 2026-01-10".to_owned()],
            0,
            "waiver-without-reason",
        ),
        (
            vec!["code: K10, reason: agreed".to_owned()],
            0,
            "waiver-without-reason",
        ),
        (
            vec![
                format!("{agreed}, date: 2026-01-10"),
                format!("{agreed}, date: 2026-02-10, expires: 2026-03-01"),
            ],
            0,
            "another waiver of tiny:K10, agreed on 2026-02-10,",
        ),
        (
            vec![
                format!("{agreed}, date: 2026-01-10, expires: 2026-03-01"),
                format!("{agreed}, date: 2026-02-10"),
            ],
            1,
            "another waiver of tiny:K10, agreed on 2026-02-10,",
        ),
    ] {
        for backwards in [false, true] {
            let mut rows = rows.clone();
            if backwards {
                rows.reverse();
            }
            let rows: Vec<String> = rows
                .iter()
                .map(|row| format!("  - {{ {row} }}\n"))
                .collect();
            let rows = rows.concat();
            let sandbox = claimed().file(PORTFOLIO, format!("{SETTINGS}waivers:\n{rows}"));
            let document = sandbox.coverage();
            assert_eq!(
                document["standards"][0]["summary"]["waived"], waived,
                "{rows}"
            );
            assert!(
                findings(&sandbox).contains(rule),
                "{rows}{}",
                findings(&sandbox)
            );
        }
    }
}

/// The number of evidenced criteria under these settings, and the workspace.
fn evidenced(settings: &str) -> (u64, Sandbox) {
    let sandbox = claimed().file(PORTFOLIO, format!("{SETTINGS}{settings}\n"));
    let document = sandbox.coverage();
    (
        document["standards"][0]["summary"]["evidenced"]
            .as_u64()
            .unwrap(),
        sandbox,
    )
}

#[test]
fn no_piece_counts_with_an_unreadable_start() {
    assert_eq!(evidenced("start: 2025-09-01").0, 2);
    for start in [
        "start: 01/09/2025",
        "start: 2025-09",
        "start: 2025-09-31",
        "strat: 2025-09-01",
        "start:",
    ] {
        let (found, sandbox) = evidenced(start);
        assert_eq!(found, 0, "{start}");
        assert!(
            sandbox
                .coverage_as("text")
                .contains("the start date of the programme cannot be read")
        );
    }
}

#[test]
fn no_criterion_is_evidenced_with_an_unreadable_rule() {
    for rules in [
        "rules: { min_pieces: 1 }",
        "rules: { tiny: { min_pieces: 1 } }",
        "rules: { max_code_per_entry: 9 }",
    ] {
        assert_eq!(evidenced(rules).0, 2, "{rules}");
    }
    for rules in [
        "rules: { min_pieces: \"2\" }",
        "rules: { min_pices: 3 }",
        "rules: { tniy: { min_pieces: 3 } }",
        "rules: { tiny: { min_pices: 3 } }",
        "rules: { currency_months: \"12 months\" }",
        "rules: { evidence_types: [cdp] }",
        "rules: [min_pieces]",
        "ruels: { min_pieces: 3 }",
    ] {
        let (found, sandbox) = evidenced(rules);
        assert_eq!(found, 0, "{rules}");
        let words = sandbox.coverage_as("text");
        assert!(
            words.contains("A rule in the settings cannot be read"),
            "{rules}: {words}"
        );
    }
}

#[test]
fn only_the_word_off_switches_a_rule_off() {
    for (word, off) in [
        ("off", true),
        ("Off", true),
        ("\"off\"", true),
        ("false", false),
        ("no", false),
        ("true", false),
    ] {
        let (_, sandbox) = evidenced(&format!("levels: {{ uncovered-criterion: {word} }}"));
        let found = findings(&sandbox);
        assert_eq!(
            found.contains("uncovered-criterion: ") || found.contains("[uncovered-criterion]"),
            !off,
            "{word}: {found}"
        );
        assert_eq!(found.contains("unknown-word"), !off, "{word}: {found}");
    }
}

#[test]
fn rules_of_the_folder_never_lower_the_hours_off_the_job() {
    let carried =
        std::fs::read_to_string(repository().join("standards/programme/off-the-job.yaml")).unwrap();
    let settings = format!("{SETTINGS}start: 2025-09-01\nplanned_end: 2027-02-28\n");
    let least = |rules: &str| {
        let sandbox = claimed()
            .file(PORTFOLIO, &settings)
            .file("standards/programme/off-the-job.yaml", rules);
        (sandbox.hours_as("text"), findings(&sandbox), sandbox)
    };
    let (hours, found, _) = least(&carried);
    assert!(
        hours.contains("187") && !hours.contains("its own funding rules"),
        "{hours}"
    );
    assert!(!found.contains("invalid-standard"), "{found}");
    for lowered in [
        carried.replace("187", "10"),
        carried
            .replace("187", "10")
            .replace("off-the-job-england", "x"),
    ] {
        let (hours, found, sandbox) = least(&lowered);
        assert!(
            hours.contains("at least 187") && hours.contains("its own funding rules"),
            "{hours}"
        );
        assert!(found.contains("invalid-standard"), "{found}");
        assert!(
            sandbox
                .review_as("markdown", None, AS_OF)
                .contains("its own funding rules")
        );
    }
}

#[test]
fn a_standard_without_gateway_items_gets_the_common_ones() {
    let sandbox = claimed();
    assert_eq!(sandbox.gateway()["readiness"], "not-ready");
    let out = sandbox.gateway_as("text");
    assert!(out.contains("2 not met"), "{out}");
    for id in [
        "criteria",
        "referrals",
        "privacy",
        "authenticity",
        "unlisted",
    ] {
        item(&sandbox, id);
    }
}

#[test]
fn a_replacement_keeps_the_official_list_and_is_named_in_machine_formats() {
    let official = std::fs::read_to_string(repository().join("standards/st0215.yaml")).unwrap();
    let without = &official[..=official.find("\ngateway:").unwrap()];
    let settings = SETTINGS.replace("[tiny]", "[st0215]");
    let sandbox = claimed()
        .file(PORTFOLIO, settings)
        .file("standards/st0215.yaml", without);
    for id in ["criteria", "off-the-job", "english", "credits", "privacy"] {
        item(&sandbox, id);
    }
    let coverage = sandbox.coverage();
    assert_eq!(coverage["standards"][0]["replaces_official"], true);
    assert!(
        sandbox
            .explain_criterion("K1")
            .contains("replaced by this folder's own file")
    );
    sandbox.run(&["gateway", "--pack", "p", "--anyway"]);
    let manifest = sandbox.read("p/L-1/manifest.json");
    assert!(
        manifest.contains("\"replaces_official\": true") && manifest.contains("\"draft\": true")
    );
}

#[test]
fn a_frozen_portfolio_names_its_day_even_if_another_is_given() {
    let sandbox = claimed().file(PORTFOLIO, format!("{SETTINGS}as_of: 2026-11-20\n"));
    for command in ["coverage", "gateway"] {
        let out = sandbox.run(&[command]).out;
        assert!(out.contains("Judged as of 21 November 2026."), "{out}");
    }
}
