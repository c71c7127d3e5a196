//! Minimum hours: one number in every report; and the funding rules on English and maths.

use serde_json::Value;

use super::support::{AS_OF, Sandbox, TINY, Workspace, entry, repository};

const GATEWAY: &str = "gateway:\n\
    \x20 - { id: hours, asks: Hours, source: A test, check: off-the-job-hours }\n\
    \x20 - { id: english, asks: English, source: A test, check: record, name: english, not_needed: \"for those who were 19\" }\n\
    \x20 - { id: employer, asks: Word, source: A test, check: record, name: employer }\n";

/// A programme with these settings and twelve hours recorded.
fn starting(start: &str, keys: &str) -> Sandbox {
    let settings = format!(
        "version: 1\ntitle: T\nlearner: {{ id: L-1 }}\nstandards: [tiny]\nstart: {start}\nplanned_end: 2026-11-21\n{keys}"
    );
    Sandbox::tiny()
        .file("standards/tiny.yaml", format!("{TINY}{GATEWAY}"))
        .file("portfolio/portfolio.yaml", settings)
        .file(
            "portfolio/entries/one.md",
            entry("ksbs: [{K1: a}]\nhours: 12\noff_the_job: true\n"),
        )
}

fn rules(published: &str) -> String {
    format!(
        "version: 1\nid: off-the-job-england\ntitle: Own\nregimes:\n  - title: Own\n    from: 2025-01-01\n    to: unknown\n\
         \x20   basis: published\n    says: Own\n    published:\n{published}"
    )
}

/// Every output that reports the required hours, by name.
fn required_hours(sandbox: &Workspace) -> Vec<(&'static str, String)> {
    let why = |document: &Value| {
        let items = document["standards"][0]["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == "hours").unwrap()["why"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    sandbox.build("assessor", "output");
    let concise = sandbox.check_as("concise");
    let behind = concise
        .lines()
        .find(|line| line.contains("[behind-on-hours]") && line.contains(" behind: "))
        .unwrap_or_default()
        .to_owned();
    vec![
        ("hours", sandbox.hours_as("text")),
        ("hours, Markdown", sandbox.hours_as("markdown")),
        ("review", sandbox.review_as("markdown", None, AS_OF)),
        ("gateway", sandbox.gateway_as("text")),
        ("gateway, JSON", why(&sandbox.gateway())),
        ("hours, page", sandbox.read("output/hours.html")),
        ("review, page", sandbox.read("output/review.html")),
        ("gateway, page", sandbox.read("output/gateway.html")),
        ("check", behind),
    ]
}

#[test]
fn a_plan_below_the_minimum_gives_one_number_everywhere() {
    let own = rules("      - { standard: tiny, hours: 300 }\n");
    let cases = [
        (
            starting("2025-09-01", "off_the_job: { required_hours: 60 }\n"),
            187,
        ),
        (
            starting("2025-09-01", "off_the_job: { required_hours: 186 }\n"),
            187,
        ),
        (
            starting("2025-09-01", "off_the_job: { required_hours: 187 }\n"),
            187,
        ),
        (
            starting("2025-09-01", "off_the_job: { required_hours: 400 }\n"),
            400,
        ),
        (
            starting("2025-09-01", "off_the_job: { required_hours: 200 }\n")
                .file("standards/programme/own.yaml", &own),
            300,
        ),
        // No minimum is known for these starts, so the plan's figure is used.
        (
            starting("2024-09-01", "off_the_job: { required_hours: 60 }\n"),
            60,
        ),
        (
            starting("2026-08-03", "off_the_job: { required_hours: 60 }\n"),
            60,
        ),
    ];
    for (sandbox, required) in cases {
        let settings = sandbox.read("portfolio/portfolio.yaml");
        let hours = sandbox.hours();
        let review = sandbox.review(None);
        assert_eq!(hours["required"]["hours"], required, "{settings}: {hours}");
        assert_eq!(
            review["hours"]["required"], required,
            "{settings}: {}",
            review["hours"]
        );
        assert_eq!(hours["missing"], f64::from(required - 12), "{settings}");
        assert_eq!(hours["planned_so_far"], review["hours"]["planned_so_far"]);
        assert_eq!(
            hours["planned_so_far"],
            f64::from(required),
            "the pace ends at it: {settings}"
        );
        // Pages name the unit before: `12 of 187 off-the-job hours. 175 to go.`
        let missing = required - 12;
        let missing = [format!("{missing} hours to go"), format!("{missing} to go")];
        let said = |text: &str| {
            missing
                .iter()
                .map(|one| text.matches(one).count())
                .sum::<usize>()
        };
        for (place, text) in required_hours(&sandbox) {
            if place == "check" {
                assert!(
                    text.contains(&format!(", {required} hours in all")),
                    "{settings}: {text}"
                );
                continue;
            }
            assert!(said(&text) > 0, "{settings}, {place}: {text}");
            assert_eq!(
                text.matches(" to go").count(),
                said(&text),
                "{place}: {text}"
            );
        }
        let found = sandbox.check_as("concise");
        let too_low = !settings.contains(&format!("required_hours: {required} "));
        assert_eq!(
            found.contains(&format!("below the minimum: {required} hours are required")),
            too_low,
            "{found}"
        );
    }
}

#[test]
fn published_hours_hold_between_their_days_and_never_two_at_once() {
    let two = "      - { standard: tiny, from: 2025-08-01, to: 2025-12-31, hours: 250 }\n\
               \x20     - { standard: tiny, from: 2026-01-01, hours: 300 }\n\
               \x20     - { standard: other, hours: 999 }\n";
    for (start, hours) in [
        ("2025-07-31", Value::Null),
        ("2025-08-01", 250.into()),
        ("2025-12-31", 250.into()),
        ("2026-01-01", 300.into()),
    ] {
        let sandbox = starting(start, "").file("standards/programme/own.yaml", rules(two));
        assert_eq!(sandbox.hours()["required"]["hours"], hours, "{start}");
        let check = sandbox.run(&["standards", "check", "standards/programme/own.yaml"]);
        assert_eq!((check.code, check.out.as_str()), (0, "Nothing to fix.\n"));
    }
    let both = two.replace("from: 2026-01-01", "from: 2025-12-31");
    let sandbox = starting("2025-12-31", "").file("standards/programme/own.yaml", rules(&both));
    let check = sandbox.run(&["standards", "check", "standards/programme/own.yaml"]);
    assert!(
        check.code == 1 && check.out.contains("two figures for tiny"),
        "{}",
        check.out
    );
    let odd = two.replace("from: 2026-01-01", "form: 2026-01-01");
    let sandbox = starting("2025-12-31", "").file("standards/programme/own.yaml", rules(&odd));
    let check = sandbox.run(&["standards", "check", "standards/programme/own.yaml"]);
    assert!(
        check.code == 1 && check.out.contains("`from`"),
        "{}",
        check.out
    );
}

#[test]
fn english_and_maths_may_be_not_needed_and_nothing_else_may() {
    let state = |record: &str| {
        let sandbox = starting("2025-09-01", &format!("gateway: {{ {record} }}\n"));
        let document = sandbox.gateway();
        let (key, _) = record.split_once(':').unwrap();
        let items = document["standards"][0]["items"]
            .as_array()
            .unwrap()
            .clone();
        let item = items.into_iter().find(|item| item["id"] == key).unwrap();
        (
            item["state"].as_str().unwrap().to_owned(),
            item["why"].as_str().unwrap().to_owned(),
        )
    };
    for words in ["not needed", "Not needed", "not-needed", "not required"] {
        let (judged, why) = state(&format!("english: {words}"));
        assert_eq!(judged, "met", "{words}: {why}");
        assert!(why.contains("not needed: for those who were 19"), "{why}");
        assert_eq!(state(&format!("employer: {words}")).0, "unknown", "{words}");
    }
    assert_eq!(state("english: not yet").0, "not-met");
    assert_eq!(state("english: unknown").0, "unknown");
    let text = std::fs::read_to_string(repository().join("standards/st0215.yaml")).unwrap();
    for subject in ["English", "Maths"] {
        let item = text
            .split("  - id: ")
            .find(|item| item.contains(&format!("asks: \"{subject} ")))
            .unwrap();
        assert!(
            item.contains("not_needed: ") && item.contains("11 February 2025"),
            "{item}"
        );
        assert!(
            item.contains("feweek.co.uk") && item.contains("24562861869586"),
            "{item}"
        );
    }
    assert!(!text.contains("since August 2025"));
    let check = Sandbox::tiny().file("standards/st0215.yaml", &text);
    let check = check.run(&["standards", "check", "standards/st0215.yaml"]);
    assert_eq!((check.code, check.out.as_str()), (0, "Nothing to fix.\n"));
    let misplaced = TINY.to_owned()
        + "gateway:\n  - { id: a, asks: A, source: B, check: criteria, not_needed: C }\n";
    let check = Sandbox::tiny().file("standards/own.yaml", &misplaced);
    let check = check.run(&["standards", "check", "standards/own.yaml"]);
    assert!(
        check.code == 1 && check.out.contains("not_needed is of use for records alone"),
        "{}",
        check.out
    );
}
