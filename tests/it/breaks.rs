//! Breaks in learning, months without training, and what is due when.

use jiff::civil::{Date, date};
use ksbfolio::cover::{self, Finish, Hours};
use ksbfolio::model::{Pace, Reason};
use serde_json::Value;

use super::support::{Sandbox, Workspace, entry};

const PROGRAMME: &str = "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\n\
                         start: 2026-01-01\nplanned_end: 2026-12-31\n";

const BREAK: &str = "breaks: [{ from: 2026-04-01, to: 2026-06-30, reason: parental leave }]\n";

fn programme(keys: &str) -> Workspace {
    Workspace::tiny().file("portfolio/portfolio.yaml", format!("{PROGRAMME}{keys}"))
}

fn dated(day: &str, keys: &str) -> String {
    entry(keys).replace("2026-11-14", day)
}

/// The messages of a rule on a day.
fn messages(workspace: &Workspace, day: Date, rule: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(&workspace.check_on(day, "json")).unwrap();
    let all = document["findings"].as_array().unwrap().iter();
    let of_rule = all.filter(|one| one["rule"] == rule);
    of_rule
        .map(|one| one["message"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_break_stops_silence_and_reviews() {
    let with = |keys: &str| {
        programme(&format!("reviews: [{{ date: 2026-03-25 }}]\n{keys}"))
            .file(
                "portfolio/entries/one.md",
                dated("2026-03-20", "ksbs: [{K1: a}]\n"),
            )
            .file(
                "portfolio/entries/two.md",
                dated("2026-07-10", "ksbs: [{K2: a}]\n"),
            )
    };
    let day = date(2026, 7, 15);
    for rule in ["long-silence", "review-overdue"] {
        assert_eq!(messages(&with(""), day, rule).len(), 1, "{rule}");
        assert_eq!(messages(&with(BREAK), day, rule), [""; 0], "{rule}");
    }
    // After the break the weeks count again: 6 days before it, and 79 since.
    let late = date(2026, 9, 17);
    assert_eq!(
        messages(&with(BREAK), late, "review-overdue"),
        ["12 weeks since the last progress review; the limit is 12"]
    );
    assert_eq!(
        messages(&with(BREAK), date(2026, 9, 16), "review-overdue"),
        [""; 0]
    );
    let page = with(BREAK).page("timeline.html");
    assert!(
        page.contains("The plan stops for breaks in learning: from 1 April 2026 to 30 June 2026.")
    );
    assert!(!page.contains("parental leave"));
    assert!(!page.contains("without an entry"));
}

#[test]
fn a_break_stops_the_plan() {
    let share = |keys: &str, on: Date| {
        let project = programme(keys).load_on(on);
        let settings = &project.portfolio.settings;
        cover::share(settings, &Pace::Even, on).map(|share| share.of(1000))
    };
    // 364 days from the start to the end, 91 of them in the break.
    assert_eq!(share("", date(2026, 6, 30)), Some(180 * 1000 / 364));
    for day in [date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)] {
        assert_eq!(share(BREAK, day), Some(89 * 1000 / 273), "{day}");
    }
    assert_eq!(share(BREAK, date(2026, 7, 1)), Some(90 * 1000 / 273));
    assert_eq!(share(BREAK, date(2026, 12, 31)), Some(1000));
    // A break without an end.
    let open = "breaks: [{ from: 2026-04-01, to: unknown, reason: sick leave }]\n";
    assert_eq!(
        share(open, date(2026, 10, 1)),
        share(open, date(2026, 4, 1))
    );
    // Nothing but a break between two steps.
    let steps = "pace: [{ by: 2026-03-31, percent: 40 }, { by: 2026-06-30, percent: 50 }]\n";
    let project = programme(&format!("{steps}{BREAK}")).load();
    let settings = &project.portfolio.settings;
    let on = |day| cover::share(settings, settings.pace(0), day).map(|share| share.of(100));
    assert_eq!(on(date(2026, 5, 1)), Some(40));
    assert_eq!(on(date(2026, 6, 30)), Some(50));
}

#[test]
fn a_break_stops_the_pace() {
    let finish = |keys: &str, on: Date| {
        let workspace = programme(keys).file(
            "portfolio/entries/one.md",
            dated("2026-03-20", "ksbs: [{K1: a}, {K2: a}]\n"),
        );
        // No pace is computed from fewer than five entries.
        for name in ["two", "three", "four", "five"] {
            workspace.write(
                &format!("portfolio/entries/{name}.md"),
                dated("2026-03-20", ""),
            );
        }
        let project = workspace.load_on(on);
        cover::finish(&project.portfolio, &project.coverage, None)
    };
    // Two of four criteria took as many days as the other two will take.
    assert_eq!(finish("", date(2026, 7, 20)), Finish::On(date(2027, 2, 5)));
    assert_eq!(
        finish(BREAK, date(2026, 7, 20)),
        Finish::On(date(2026, 11, 6))
    );
    // The break lies ahead.
    assert_eq!(
        finish(BREAK, date(2026, 3, 31)),
        Finish::On(date(2026, 9, 27))
    );
    assert_eq!(finish("", date(2026, 3, 31)), Finish::On(date(2026, 6, 28)));
    let open = "breaks: [{ from: 2026-04-01, to: unknown, reason: sick leave }]\n";
    assert!(
        matches!(finish(open, date(2026, 4, 30)), Finish::Unknown(why) if why.contains("break"))
    );
}

#[test]
fn breaks_that_cannot_be_are_reported_and_stop_nothing() {
    for (value, rule, words) in [
        (
            "{ from: 2026-06-30, to: 2026-04-01, reason: a }",
            "wrong-type",
            "`to`",
        ),
        (
            "{ from: 2025-12-01, to: 2026-04-01, reason: a }",
            "wrong-type",
            "`from`",
        ),
        (
            "{ from: 2026-04-01, to: 2026-06-31, reason: a }",
            "bad-date",
            "to",
        ),
        (
            "{ from: 2026-04-01, to: 2026-06-30 }",
            "missing-key",
            "reason",
        ),
        ("{ from: 2026-04-01, reason: a }", "missing-key", "to"),
        ("{ to: 2026-04-01, reason: a }", "missing-key", "from"),
        (
            "{ from: 2026-04-01, to: 2026-06-30, reason: a, until: b }",
            "unknown-key",
            "until",
        ),
    ] {
        let workspace = programme(&format!("breaks: [{value}]\n"));
        let found = messages(&workspace, date(2026, 7, 1), rule);
        assert!(
            found.len() == 1 && found[0].contains(words),
            "{value}: {found:?}"
        );
        if rule != "unknown-key" {
            assert!(
                workspace.load().portfolio.settings.breaks.is_empty(),
                "{value}"
            );
        }
    }
    let two = "breaks:\n  - { from: 2026-06-01, to: 2026-06-30, reason: a }\n  - { from: 2026-04-01, to: 2026-06-01, reason: b }\n";
    let workspace = programme(two);
    let found = messages(&workspace, date(2026, 7, 1), "wrong-type");
    assert!(
        found.len() == 1 && found[0].contains("other breaks"),
        "{found:?}"
    );
    assert_eq!(workspace.load().portfolio.settings.breaks.len(), 1);
}

#[test]
fn months_without_training_are_reported_where_the_rules_or_the_plan_name_them() {
    let trained = |day: &str, more: &str| {
        dated(
            day,
            &format!("ksbs: [{{K1: a}}]\nhours: 4\noff_the_job: true\n{more}"),
        )
    };
    let with = |keys: &str| {
        programme(keys)
            .file("portfolio/entries/jan.md", trained("2026-01-20", ""))
            .file(
                "portfolio/entries/may.md",
                trained("2026-05-04", "days: 5\n"),
            )
    };
    let idle = |workspace: &Workspace| -> Vec<String> {
        let found = messages(workspace, date(2026, 7, 20), "behind-on-hours");
        let found = found.into_iter();
        found
            .filter(|message| message.starts_with("no off-the-job training"))
            .collect()
    };
    // The rules for this start do not say.
    assert_eq!(idle(&with("")), [""; 0]);
    let monthly = "off_the_job: { learning_every_months: 1 }\n";
    assert_eq!(
        idle(&with(monthly)),
        [
            "no off-the-job training that counts from February 2026 to March 2026",
            "no off-the-job training that counts in June 2026"
        ]
    );
    assert_eq!(
        idle(&with(&format!("{monthly}{BREAK}"))),
        ["no off-the-job training that counts from February 2026 to March 2026"]
    );
    assert_eq!(
        idle(&with("off_the_job: { learning_every_months: 3 }\n")),
        [""; 0]
    );
    // No hours are recorded here at all: they may be recorded elsewhere.
    assert_eq!(idle(&programme(monthly)), [""; 0]);
    // The rules of 2022 to 2025 do say.
    let earlier = with("").file(
        "portfolio/portfolio.yaml",
        PROGRAMME.replace("2026-01-01", "2025-07-31"),
    );
    assert_eq!(
        idle(&earlier)[0],
        "no off-the-job training that counts from August 2025 to December 2025"
    );
}

#[test]
fn what_is_not_due_before_the_planned_end_is_a_note() {
    let entries = |sandbox: Sandbox| {
        sandbox
            .file(
                "portfolio/entries/one.md",
                dated("2026-01-20", "anonymised: true\nksbs: [{K1: a}]\n"),
            )
            .file(
                "portfolio/entries/two.md",
                dated("2026-01-25", "status: draft\nksbs: [{K2: a}]\n"),
            )
    };
    let sandbox = entries(Sandbox::tiny().file("portfolio/portfolio.yaml", PROGRAMME));
    let code = |arguments: &[&str]| sandbox.run(&[&["check"], arguments].concat()).code;
    assert_eq!(code(&["--as-of", "2026-02-10", "--fail-on", "warning"]), 0);
    assert_eq!(code(&["--as-of", "2026-02-10", "--profile", "gateway"]), 1);
    assert_eq!(code(&["--as-of", "2026-12-31"]), 0);
    assert_eq!(code(&["--as-of", "2027-01-01"]), 1);
    let levels = |day: Date| -> Vec<String> {
        let document: Value = serde_json::from_str(&sandbox.check_on(day, "json")).unwrap();
        let all = document["findings"].as_array().unwrap().iter();
        let due = [
            "uncovered-criterion",
            "drafted-only",
            "group-incomplete",
            "behind-plan",
        ];
        let of = all.filter(|one| due.iter().any(|rule| one["rule"] == *rule));
        let mut of: Vec<String> = of
            .map(|one| format!("{}: {}", one["rule"], one["level"]).replace('"', ""))
            .collect();
        of.sort();
        of.dedup();
        of
    };
    assert_eq!(
        levels(date(2026, 11, 1)),
        [
            "behind-plan: warning",
            "drafted-only: note",
            "group-incomplete: note",
            "uncovered-criterion: note"
        ]
    );
    assert_eq!(
        levels(date(2027, 1, 1)),
        [
            "behind-plan: warning",
            "drafted-only: error",
            "group-incomplete: warning",
            "uncovered-criterion: error"
        ]
    );
    // The settings have the last word, and without an end nothing says that it is not due.
    let set = format!("{PROGRAMME}levels: {{ uncovered-criterion: error }}\n");
    let sandbox = entries(Sandbox::tiny().file("portfolio/portfolio.yaml", set));
    assert_eq!(sandbox.run(&["check", "--as-of", "2026-02-10"]).code, 1);
    let endless = PROGRAMME.replace("planned_end: 2026-12-31\n", "");
    let sandbox = entries(Sandbox::tiny().file("portfolio/portfolio.yaml", endless));
    assert_eq!(sandbox.run(&["check", "--as-of", "2026-02-10"]).code, 1);
}

#[test]
fn pieces_and_hours_are_judged_by_the_same_days() {
    let counts = |day: &str, settings: &str| {
        let text = dated(day, "ksbs: [{K1: a}]\nhours: 4\noff_the_job: true\n");
        let workspace = Workspace::tiny()
            .file("portfolio/portfolio.yaml", settings)
            .file("portfolio/entries/one.md", text);
        let project = workspace.load_on(date(2026, 7, 1));
        let hours: Hours<'_> = cover::hours(&project.portfolio, project.coverage.as_of);
        let line = project.coverage.lines().next().unwrap();
        let against: Vec<Reason> = line.pieces[0].against.clone();
        assert_eq!(
            against.is_empty(),
            hours.recorded.0 > 0,
            "{day}: {against:?}"
        );
        against
    };
    assert_eq!(counts("2025-12-31", PROGRAMME), [Reason::BeforeProgramme]);
    assert_eq!(counts("2026-01-01", PROGRAMME), []);
    assert_eq!(counts("2026-07-01", PROGRAMME), []);
    assert_eq!(counts("2026-07-02", PROGRAMME), [Reason::InFuture]);
    assert_eq!(counts("July", PROGRAMME), [Reason::Undated]);
    let unread = PROGRAMME.replace("2026-01-01", "first of January");
    assert_eq!(counts("2026-07-01", &unread), [Reason::StartUnread]);
}
