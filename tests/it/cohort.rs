//! Many learners at once: who needs help, and why.

use std::fmt::Write as _;

use serde_json::Value;

use super::support::in_process::{judge_today, load};
use super::support::{AS_OF, Sandbox, TINY, Workspace};

/// A learner of the table below: folder, keys of `portfolio.yaml`, entries as date, codes and
/// hours, colour, and reasons in order.
struct Case {
    name: &'static str,
    settings: &'static str,
    entries: &'static [(&'static str, &'static str)],
    colour: &'static str,
    reasons: &'static [&'static str],
}

/// 1461 days, of which 184 are gone on 2026-11-21: none of 4 criteria is expected, and 25.18 of 200
/// hours are planned.
const LONG: &str =
    "start: 2026-05-21\nplanned_end: 2030-05-21\noff_the_job: { required_hours: 200 }\n";

/// 365 days, of which 184 are gone: 2 of 4 criteria are expected, and 100.82 of 200 hours.
const YEAR: &str =
    "start: 2026-05-21\nplanned_end: 2027-05-21\noff_the_job: { required_hours: 200 }\n";

const REVIEWED: &str = "reviews: [{ date: 2026-10-01, with: [employer, tutor], signed: { learner: 2026-10-01, tutor: 2026-10-01, employer: 2026-10-02 } }]\n";

/// Training in each full month of both programmes, and this month.
const TRAINING: &[(&str, &str)] = &[
    ("2026-06-10", "hours: 20\noff_the_job: true\n"),
    ("2026-07-10", "hours: 20\noff_the_job: true\n"),
    ("2026-08-10", "hours: 20\noff_the_job: true\n"),
    ("2026-09-10", "hours: 20\noff_the_job: true\n"),
    ("2026-10-10", "hours: 20\noff_the_job: true\n"),
    ("2026-11-10", "hours: 20\noff_the_job: true\n"),
];

fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "01-on-plan",
            settings: "YEAR REVIEWED",
            entries: &[("2026-11-14", "ksbs: [K1, K2]\n")],
            colour: "green",
            reasons: &[
                "2 of 2 expected codes",
                "last entry 2026-11-14",
                "review 51 days ago",
            ],
        },
        // Twelve days in, nothing can be late, and nothing shows that all is well.
        Case {
            name: "02-new-starter",
            settings: "start: 2026-11-09\nplanned_end: 2027-11-09\n",
            entries: &[],
            colour: "unknown",
            reasons: &["started on 9 November 2026: too early to judge"],
        },
        Case {
            name: "03-past-end",
            settings: "start: 2025-05-21\nplanned_end: 2026-10-31\noff_the_job: { required_hours: 20 }\n REVIEWED",
            entries: &[("2026-10-30", "ksbs: [K1, K2, K10, B1]\n")],
            colour: "red",
            reasons: &[
                "21 days past the planned end",
                "1 entry waits for an assessor, the oldest for 22 days",
            ],
        },
        Case {
            name: "04-silent",
            settings: "LONG REVIEWED SILENT",
            entries: &[],
            colour: "red",
            reasons: &[
                "silent 72 days",
                "the last month was without active learning",
            ],
        },
        Case {
            name: "05-two-parties",
            settings: "LONG reviews: [{ date: 2026-10-01, with: [tutor], signed: { learner: 2026-10-01, tutor: 2026-10-01, employer: 2026-10-02 } }]\n",
            entries: &[("2026-11-14", "ksbs: [K1]\n")],
            colour: "amber",
            reasons: &[
                "the review of 2026-10-01 was held or signed by two of three parties at most",
            ],
        },
        Case {
            name: "06-signed-late",
            settings: "LONG reviews: [{ date: 2026-09-03, with: [employer, tutor], signed: { learner: 2026-09-03, tutor: 2026-09-03, employer: 2026-11-20 } }]\n",
            entries: &[("2026-11-14", "ksbs: [K1]\n")],
            colour: "amber",
            reasons: &[
                "review 79 days ago",
                "the review of 2026-09-03 was signed late, after 78 days",
            ],
        },
        Case {
            name: "07-month-without-learning",
            settings: "LONG REVIEWED NO-OCTOBER",
            entries: &[],
            colour: "amber",
            reasons: &["the last month was without active learning"],
        },
        Case {
            name: "08-waiting-30-days",
            settings: "LONG REVIEWED",
            entries: &[("2026-10-22", "ksbs: [K1]\n")],
            colour: "red",
            reasons: &["1 entry waits for an assessor, the oldest for 30 days"],
        },
        // Referred on 2026-10-01, and unchanged since.
        Case {
            name: "09-open-referral",
            settings: "LONG REVIEWED REFERRED",
            entries: &[("2026-09-20", "ksbs: [K1]\n")],
            colour: "amber",
            reasons: &["1 claim sent back, the oldest 51 days ago"],
        },
        Case {
            name: "10-nothing",
            settings: "YEAR NOTHING",
            entries: &[],
            colour: "red",
            reasons: &[
                "0 of 2 expected codes",
                "0 of 100.82 hours planned",
                "no entry in 184 days since the start",
                "no hours off the job are recorded, perhaps they are elsewhere",
                "no progress review is recorded in 184 days since the start",
            ],
        },
        // The assessor sees neither entry, so neither counts.
        Case {
            name: "11-private-only",
            settings: "YEAR REVIEWED NOTHING",
            entries: &[
                ("2026-11-13", "ksbs: [K1]\nvisibility: private\n"),
                (
                    "2026-11-14",
                    "ksbs: [K2]\nvisibility: private\nhours: 60\noff_the_job: true\n",
                ),
            ],
            colour: "red",
            reasons: &[
                "0 of 2 expected codes",
                "0 of 100.82 hours planned",
                "no hours off the job are recorded, perhaps they are elsewhere",
            ],
        },
        // Accepted and referred on the same text by two assessors who did not know of each other.
        Case {
            name: "12-contested",
            settings: "LONG REVIEWED CONTESTED",
            entries: &[("2026-11-12", "ksbs: [K1]\n")],
            colour: "red",
            reasons: &[
                "assessors disagree on 1 claim",
                "the decisions cannot be relied on",
            ],
        },
        // Away since the day after the last entry: neither silent nor without learning.
        Case {
            name: "13-on-a-break",
            settings: "LONG REVIEWED SILENT\nbreaks: [{ from: 2026-09-11, to: unknown, reason: away }]",
            entries: &[],
            colour: "unknown",
            reasons: &["on a break, so no progress is expected"],
        },
        Case {
            name: "14-unreadable",
            settings: "start: [\n",
            entries: &[],
            colour: "unknown",
            reasons: &["portfolio/portfolio.yaml cannot be read"],
        },
    ]
}

/// Cases on both sides of a threshold.
fn siblings() -> Vec<Case> {
    const ON_PLAN: &[&str] = &[
        "0 of 0 expected codes",
        "last entry 2026-11-14",
        "review 51 days ago",
    ];
    const RECENT: &[(&str, &str)] = &[("2026-11-14", "ksbs: [K1]\n")];
    let case = |name, settings, entries, colour, reasons| Case {
        name,
        settings,
        entries,
        colour,
        reasons,
    };
    vec![
        case(
            "waits-28",
            "LONG REVIEWED",
            &[("2026-10-24", "ksbs: [K1]\n")],
            "amber",
            &["1 entry waits for an assessor, the oldest for 28 days"],
        ),
        case(
            "waits-29",
            "LONG REVIEWED",
            &[("2026-10-23", "ksbs: [K1]\n")],
            "red",
            &["1 entry waits for an assessor, the oldest for 29 days"],
        ),
        case(
            "waits-31",
            "LONG REVIEWED",
            &[("2026-10-21", "ksbs: [K1]\n")],
            "red",
            &["1 entry waits for an assessor, the oldest for 31 days"],
        ),
        // The month without learning is a break, whose days are no part of the 51 since the review.
        case(
            "month-is-a-break",
            "LONG REVIEWED NO-OCTOBER\nbreaks: [{ from: 2026-10-01, to: 2026-10-31, reason: away }]",
            RECENT,
            "green",
            &[
                "1 code, 0 expected",
                "last entry 2026-11-14",
                "21 days since the review without breaks",
            ],
        ),
        case(
            "month-is-half-a-break",
            "LONG REVIEWED NO-OCTOBER\nbreaks: [{ from: 2026-10-31, to: 2026-11-01, reason: away }]",
            RECENT,
            "green",
            &[
                "1 code, 0 expected",
                "last entry 2026-11-14",
                "49 days since the review without breaks",
            ],
        ),
        case(
            "signed-on-day-28",
            "LONG reviews: [{ date: 2026-10-24, with: [employer, tutor], signed: { learner: 2026-10-24, tutor: 2026-10-24, employer: 2026-11-21 } }]\n",
            RECENT,
            "green",
            &[
                "1 code, 0 expected",
                "last entry 2026-11-14",
                "review 28 days ago",
            ],
        ),
        case(
            "signed-on-day-29",
            "LONG reviews: [{ date: 2026-10-23, with: [employer, tutor], signed: { learner: 2026-10-23, tutor: 2026-10-23, employer: 2026-11-21 } }]\n",
            RECENT,
            "amber",
            &["the review of 2026-10-23 was signed late, after 29 days"],
        ),
        case(
            "starts-later",
            "start: 2026-12-01\nplanned_end: 2027-12-01\noff_the_job: { required_hours: 20 }\n NOTHING",
            &[],
            "unknown",
            &["starts on 1 December 2026"],
        ),
        case(
            "started-30-days-ago",
            "start: 2026-10-22\nplanned_end: 2030-12-01\noff_the_job: { required_hours: 20 }\n NOTHING",
            RECENT,
            "unknown",
            &["started on 22 October 2026: too early to judge"],
        ),
        case(
            "started-31-days-ago",
            "start: 2026-10-21\nplanned_end: 2030-12-01\noff_the_job: { required_hours: 20 }\n NOTHING",
            &[("2026-11-14", "ksbs: [K1]\nhours: 8\noff_the_job: true\n")],
            "green",
            &["1 code, 0 expected", "last entry 2026-11-14"],
        ),
        case(
            "ends-today",
            "start: 2025-05-21\nplanned_end: 2026-11-21\noff_the_job: { required_hours: 20 }\n REVIEWED",
            &[("2026-11-14", "ksbs: [K1, K2, K10, B1]\n")],
            "green",
            &[
                "4 of 4 expected codes",
                "last entry 2026-11-14",
                "review 51 days ago",
            ],
        ),
        case(
            "ended-yesterday",
            "start: 2025-05-21\nplanned_end: 2026-11-20\noff_the_job: { required_hours: 20 }\n REVIEWED",
            &[("2026-11-14", "ksbs: [K1, K2, K10, B1]\n")],
            "red",
            &["1 day past the planned end"],
        ),
        // What waits for others, and what assessors have to settle, is hidden by no break.
        case(
            "waits-on-a-break",
            "LONG REVIEWED SILENT\nbreaks: [{ from: 2026-09-11, to: unknown, reason: away }]",
            &[("2026-08-13", "ksbs: [K1]\n")],
            "red",
            &[
                "1 entry waits for an assessor, the oldest for 100 days",
                "on a break, so no progress is expected",
            ],
        ),
        case(
            "contested-on-a-break",
            "LONG REVIEWED CONTESTED\nbreaks: [{ from: 2026-11-13, to: unknown, reason: away }]",
            &[("2026-11-12", "ksbs: [K1]\n")],
            "red",
            &[
                "assessors disagree on 1 claim",
                "the decisions cannot be relied on",
                "on a break, so no progress is expected",
            ],
        ),
        // The planned end moves with a break whose end is known.
        case(
            "away-past-end",
            "start: 2025-05-21\nplanned_end: 2026-10-31\noff_the_job: { required_hours: 20 }\n REVIEWED\nbreaks: [{ from: 2026-10-11, to: 2026-12-31, reason: away }]",
            &[],
            "unknown",
            &["on a break, so no progress is expected"],
        ),
        case(
            "away-for-good",
            "start: 2025-05-21\nplanned_end: 2026-10-31\noff_the_job: { required_hours: 20 }\n REVIEWED\nbreaks: [{ from: 2026-10-11, to: unknown, reason: away }]",
            &[("2026-11-10", "ksbs: [K1, K2, K10, B1]\n")],
            "red",
            &["21 days past the planned end"],
        ),
        case(
            "two-of-one-party",
            "LONG reviews: [{ date: 2026-11-12, with: [assessor, iqa] }]\n",
            RECENT,
            "amber",
            &["the review of 2026-11-12 was held or signed by two of three parties at most"],
        ),
        case(
            "parties-unknown",
            "LONG reviews: [{ date: 2026-11-12, with: [employer, TU-7] }]\n",
            RECENT,
            "unknown",
            &["the review of 2026-11-12 does not name the roles of those who took part or signed"],
        ),
        case(
            "unsigned-28",
            "LONG reviews: [{ date: 2026-10-24, with: [employer, tutor] }]\n",
            RECENT,
            "green",
            &[
                "1 code, 0 expected",
                "last entry 2026-11-14",
                "review 28 days ago",
            ],
        ),
        case(
            "unsigned-29",
            "LONG reviews: [{ date: 2026-10-23, with: [employer, tutor] }]\n",
            RECENT,
            "unknown",
            &["no signature of the review of 2026-10-23 is recorded"],
        ),
        case(
            "silent-28",
            "LONG REVIEWED",
            &[("2026-11-14", "visibility: private\n")],
            "green",
            ON_PLAN,
        ),
    ]
}

/// Writes the learner of a case to a folder of its name.
fn write_case(workspace: &Workspace, case: &Case) {
    let Case { name, settings, .. } = case;
    let mut text = settings.to_string();
    let mut training: Vec<&(&str, &str)> = TRAINING.iter().collect();
    let mut take = |word: &str, by: &str| {
        let has = text.contains(word);
        text = text.replace(word, by);
        has
    };
    take("YEAR ", YEAR);
    take("LONG ", LONG);
    take("REVIEWED", REVIEWED);
    if take(" NOTHING", "") | take("NOTHING", "") {
        training.clear();
    }
    if take("SILENT", "") {
        training.retain(|(date, _)| *date <= "2026-09-10");
    }
    if take("NO-OCTOBER", "") {
        training.retain(|(date, _)| *date != "2026-10-10");
    }
    let (referred, contested) = (take("REFERRED", ""), take("CONTESTED", ""));
    if text.contains("2026-11-09") {
        training.clear();
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let text = lines.join("\n") + "\n";
    workspace.write(&format!("{name}/standards/tiny.yaml"), TINY);
    workspace.write(
        &format!("{name}/portfolio/portfolio.yaml"),
        format!("version: 1\ntitle: T\nlearner: {{ id: {name}, cohort: 2026-05 }}\nstandards: [tiny]\n{text}"),
    );
    for (at, (date, keys)) in training.into_iter().chain(case.entries).enumerate() {
        workspace.write(
            &format!("{name}/portfolio/entries/e{at}.md"),
            format!("---\ntitle: A\ndate: {date}\ntype: product\nanonymised: true\n{keys}---\n\nWords of its own.\n"),
        );
    }
    let decide = |file: &str, by: &str, day: &str, verdict: &str| {
        let project = load(&workspace.path().join(name), AS_OF);
        let entry = project
            .portfolio
            .entries
            .iter()
            .find(|entry| !entry.claims.is_empty());
        let entry = entry.unwrap();
        workspace.write(
            &format!("{name}/portfolio/decisions/{file}.yaml"),
            format!(
                "version: 1\nassessor: {{ id: {by}, role: assessor }}\ndate: {day}\ndecisions:\n  - entry: {}\n    attempt: 1\n    digest: {}\n    claims: {{ K1: {verdict} }}\n    feedback: \"Read.\"\n",
                entry.id, entry.digests.current()
            ),
        );
    };
    if referred {
        decide("one", "AS-1", "2026-10-01", "referred");
    }
    if contested {
        decide("one", "AS-1", "2026-11-19", "accepted");
        decide("two", "AS-2", "2026-11-20", "referred");
    }
}

fn find<'a>(document: &'a Value, learner: &str) -> &'a Value {
    let rows = document["learners"].as_array().unwrap();
    let is_named = |row: &&Value| row["learner"] == learner || row["folder"] == learner;
    let row = rows.iter().find(is_named);
    row.unwrap_or_else(|| panic!("no row of {learner}"))
}

fn reasons(row: &Value) -> Vec<&str> {
    let reasons = row["reasons"].as_array().unwrap().iter();
    reasons.map(|one| one["words"].as_str().unwrap()).collect()
}

#[test]
fn colours_and_reasons_are_those_worked_by_hand() {
    let sandbox = Sandbox::empty();
    let cases = cases();
    let document = judge(&sandbox, &cases);
    assert_eq!(document["exit_code"], 1, "one cannot be read");
    // The lists that come first.
    let red: Vec<&str> = cases
        .iter()
        .filter(|case| case.colour == "red")
        .map(|case| case.name)
        .collect();
    let mut urgent: Vec<&str> = document["act_today"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    assert_eq!(urgent[0], "10-nothing", "most reasons first");
    urgent.sort_unstable();
    assert_eq!(urgent, red);
    assert_eq!(document["waiting"][0], "08-waiting-30-days");
    assert_eq!(document["near_gateway"], serde_json::json!(["03-past-end"]));
}

/// Judges the learners of cases, of which each has the colour and the reasons of its case.
fn judge(sandbox: &Sandbox, cases: &[Case]) -> Value {
    for case in cases {
        write_case(sandbox, case);
    }
    let mut arguments = vec!["cohort", "--format", "json"];
    arguments.extend(cases.iter().map(|case| case.name));
    let document = serde_json::from_str(&sandbox.run(&arguments).out).unwrap();
    for case in cases {
        let row = find(&document, case.name);
        assert_eq!(reasons(row), case.reasons, "{}", case.name);
        assert_eq!(row["colour"], case.colour, "{}", case.name);
    }
    document
}

#[test]
fn both_sides_of_a_threshold_are_as_worked_by_hand() {
    let document = judge(&Sandbox::empty(), &siblings());
    assert_eq!(document["exit_code"], 0);
    let stage = |name: &str| find(&document, name)["stage"].clone();
    assert_eq!(stage("starts-later"), "not-started");
    assert_eq!(stage("ends-today"), "near-gateway");
    assert_eq!(stage("ended-yesterday"), "past-end");
}

/// What is in an entry that cannot be read is not known, so nothing shows that all is well.
#[test]
fn entries_that_cannot_be_read_leave_no_learner_on_plan() {
    let sandbox = Sandbox::empty();
    let case = |name, entries, reasons| Case {
        name,
        settings: "LONG REVIEWED",
        entries,
        colour: "unknown",
        reasons,
    };
    let document = judge(
        &sandbox,
        &[
            case(
                "one",
                &[
                    ("2026-11-14", "ksbs: [K1]\n"),
                    ("2026-11-01", "ksbs: [K2\nstatus: {{{\n"),
                ],
                &["1 entry cannot be read"],
            ),
            case(
                "two",
                &[
                    ("2026-11-14", "ksbs: [K1]\n"),
                    ("2026-11-01", "ksbs: [K2\nstatus: {{{\n"),
                    ("2026-11-02", "<<<<<<< a\nksbs: [K2]\n=======\n>>>>>>> b\n"),
                ],
                &["2 entries cannot be read"],
            ),
        ],
    );
    assert_eq!(document["exit_code"], 1);
    // With another reason it is one more, and the code is 1 all the same.
    sandbox.write("one/portfolio/entries/lost.md", b"\x80\x81\x00\xff");
    let run = sandbox.run(&["cohort", "one"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("2 entries cannot be read"), "{}", run.out);
    assert!(run.out.contains(" in `check`"), "{}", run.out);
    let page = sandbox.run(&["cohort", "one", "--format", "html"]).out;
    assert!(page.contains("2 entries cannot be read"));
}

/// A portfolio that is frozen on an earlier day would stay on plan for ever.
#[test]
fn all_portfolios_are_judged_by_one_day_whatever_day_they_name() {
    const NOTE: &str = "frozen at 11 September 2026 by its settings, and judged as of 21 November 2026 like the others";
    const SILENT: &str = "the last month was without active learning";
    let sandbox = Sandbox::empty();
    let case = |name, settings, reasons| Case {
        name,
        settings,
        entries: &[],
        colour: "red",
        reasons,
    };
    let cases = [
        case(
            "frozen",
            "LONG REVIEWED SILENT\nas_of: 2026-09-11",
            &["silent 72 days", SILENT, NOTE],
        ),
        case(
            "moving",
            "LONG REVIEWED SILENT",
            &["silent 72 days", SILENT],
        ),
        case(
            "same-day",
            "LONG REVIEWED SILENT\nas_of: 2026-11-21",
            &["silent 72 days", SILENT],
        ),
    ];
    let document = judge(&sandbox, &cases);
    assert_eq!(document["as_of"], "2026-11-21");
    assert_eq!(find(&document, "frozen")["as_of"], "2026-11-21");
    // The same where no day is asked for.
    let judged = judge_today(sandbox.path(), &["frozen", "moving"], Ok(()));
    assert_eq!(judged, (Ok(()), vec![AS_OF; 2]));
}

#[test]
fn nothing_more_is_judged_once_a_row_cannot_be_written() {
    let sandbox = Sandbox::empty();
    let names: Vec<String> = (0..20).map(|number| format!("l{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for name in &names {
        sandbox.write(
            &format!("{name}/portfolio/portfolio.yaml"),
            format!("version: 1\ntitle: T\nlearner: {{ id: {name} }}\nstandards: []\n"),
        );
    }
    let failed = Err("the disk is full");
    let (result, days) = judge_today(sandbox.path(), &names, failed);
    assert_eq!(result, failed);
    assert!(days.len() <= 8, "{} of 20 were judged", days.len());
}

#[test]
fn a_folder_that_is_named_twice_is_judged_once() {
    let sandbox = Sandbox::empty();
    write_case(&sandbox, &cases()[0]);
    let other = sandbox.path().join("01-on-plan");
    for names in [
        ["01-on-plan", "./01-on-plan/", other.to_str().unwrap()],
        [other.to_str().unwrap(), "01-on-plan", "01-on-plan/."],
    ] {
        let mut arguments = vec!["cohort", "--format", "json"];
        arguments.extend(names);
        let document = sandbox.json(&arguments);
        assert_eq!(document["summary"]["learners"], 1, "{names:?}");
        let row = find(&document, "01-on-plan");
        assert_eq!(row["colour"], "green");
        let last = *reasons(row).last().unwrap();
        assert_eq!(last, "its folder is named 3 times, and counts once");
    }
}

#[test]
fn a_forecast_needs_three_months_of_learning_and_is_a_range_of_months() {
    let sandbox = Sandbox::empty();
    let entries = |folder: &str, first: &str| {
        for (at, (date, codes)) in [
            (first, "[K1]"),
            ("2026-09-15", "[]"),
            ("2026-10-01", "[]"),
            ("2026-10-15", "[K2]"),
            ("2026-11-01", "[]"),
        ]
        .into_iter()
        .enumerate()
        {
            let text = format!(
                "---\ntitle: A\ndate: {date}\ntype: product\nanonymised: true\nksbs: {codes}\n---\n\nWords.\n"
            );
            sandbox.write(&format!("{folder}/portfolio/entries/e{at}.md"), text);
        }
    };
    let learner = |folder: &str, dates: &str| {
        sandbox.write(&format!("{folder}/standards/tiny.yaml"), TINY);
        let settings = format!(
            "version: 1\ntitle: T\nlearner: {{ id: {folder} }}\nstandards: [tiny]\n{dates}"
        );
        sandbox.write(&format!("{folder}/portfolio/portfolio.yaml"), settings);
        let first = if folder == "e" {
            "2026-08-10"
        } else {
            "2026-09-01"
        };
        entries(folder, first);
    };
    learner("a", "start: 2026-08-21\n");
    learner("b", "start: 2026-08-22\n");
    learner("c", "start: 2026-08-23\nplanned_end: 2027-08-21\n");
    // A break of a day, so one day less than three months.
    learner(
        "d",
        "start: 2026-08-21\nbreaks: [{ from: 2026-09-05, to: 2026-09-05, reason: away }]\n",
    );
    // The last twelve weeks of learning began before the break, and before K1 was evidenced.
    learner(
        "e",
        "start: 2026-06-01\nbreaks: [{ from: 2026-09-02, to: 2026-09-30, reason: away }]\n",
    );
    let document = sandbox.json(&["cohort", "a", "b", "c", "d", "e", "--format", "json"]);
    let words = |name| {
        find(&document, name)["forecast"]["words"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    // Two codes in 92 days, two to go; and two in the last 84.
    assert_eq!(words("a"), "in February 2027");
    assert_eq!(find(&document, "a")["forecast"]["first"], "2027-02-13");
    assert_eq!(find(&document, "a")["forecast"]["last"], "2027-02-21");
    let early = "unknown: fewer than three months of learning since the start";
    for name in ["b", "c", "d"] {
        assert_eq!(words(name), early, "{name}");
    }
    // Two codes in 144 days without the break; and two in the last 84 of them.
    assert_eq!(find(&document, "e")["forecast"]["first"], "2027-02-13");
    assert_eq!(find(&document, "e")["forecast"]["last"], "2027-04-14");
}

#[cfg(unix)]
#[test]
fn nobody_is_left_out_and_the_others_stay_as_they_are() {
    let sandbox = Sandbox::empty();
    let good = &cases()[0];
    write_case(&sandbox, good);
    let alone = sandbox.run(&["cohort", "--format", "json", "01-on-plan"]);
    assert_eq!(alone.code, 0, "{}", alone.err);
    let alone: Value = serde_json::from_str(&alone.out).unwrap();
    let settings = |folder: &str, text: &str| {
        sandbox.write(&format!("{folder}/portfolio/portfolio.yaml"), text);
    };
    settings("broken", "version: 1\nlearner: { id: [\n");
    settings("unnamed", "version: 1\ntitle: T\nstandards: []\n");
    settings(
        "twin-a",
        "version: 1\ntitle: T\nlearner: { id: L-2 }\nstandards: []\n",
    );
    settings(
        "twin-b",
        "version: 1\ntitle: T\nlearner: { id: l-2 }\nstandards: []\n",
    );
    settings(
        "no-standard",
        "version: 1\ntitle: T\nlearner: { id: L-3 }\nstandards: [none]\n",
    );
    std::fs::create_dir(sandbox.path().join("empty")).unwrap();
    sandbox.write("file", "");
    sandbox.write("fifo/portfolio/x", "");
    for pipe in ["pipe", "fifo/portfolio/portfolio.yaml"] {
        let made = std::process::Command::new("mkfifo")
            .arg(sandbox.path().join(pipe))
            .status()
            .unwrap();
        assert!(made.success());
    }
    std::os::unix::fs::symlink("01-on-plan", sandbox.path().join("link")).unwrap();
    sandbox.write(
        "cohort.yaml",
        "version: 1\nlearners:\n  - { id: 01-on-plan, tutor: TU-1, assessor: AS-9 }\n  - { id: L-404, tutor: TU-1 }\n",
    );
    sandbox.write("roots.txt", "broken\r\n\nunnamed\ntwin-a\ntwin-b\n");
    let folders = [
        "link/",
        "no-standard",
        "pipe",
        "fifo",
        "empty",
        "file",
        "missing",
        "01-on-plan",
    ];
    let mut arguments = vec!["cohort", "--plan", "cohort.yaml", "--roots", "roots.txt"];
    arguments.extend(folders);
    arguments.extend(["--format", "json"]);
    let run = sandbox.run(&arguments);
    assert_eq!(run.code, 1, "{}", run.err);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let rows = document["learners"].as_array().unwrap();
    let mut said = String::new();
    for row in rows {
        let why = reasons(row).join("; ");
        let (learner, folder) = (
            row["learner"].as_str().unwrap(),
            row["folder"].as_str().unwrap(),
        );
        writeln!(
            said,
            "{learner}|{folder}|{}|{why}",
            row["colour"].as_str().unwrap()
        )
        .unwrap();
    }
    let expected = "\
01-on-plan|01-on-plan|green|2 of 2 expected codes; last entry 2026-11-14; review 51 days ago
L-2|twin-a|unknown|2 portfolios are those of L-2
l-2|twin-b|unknown|2 portfolios are those of l-2
L-404||unknown|no folder is named for this learner
|broken|unknown|portfolio/portfolio.yaml cannot be read
|empty|unknown|it holds no portfolio/portfolio.yaml
|fifo|unknown|cannot use fifo/portfolio/portfolio.yaml: it has to be a plain file in a plain folder, and no link
|file|unknown|it is not a folder
|link|unknown|it is a link: name the folder itself
|missing|unknown|there is no such folder
|pipe|unknown|it is not a folder
|unnamed|unknown|portfolio/portfolio.yaml names no learner: write `learner: { id: … }`
";
    let (of_l3, rest): (Vec<&str>, Vec<&str>) =
        said.lines().partition(|line| line.starts_with("L-3|"));
    assert_eq!(rest.join("\n") + "\n", expected);
    assert!(
        of_l3[0].contains("L-3|no-standard|unknown|") && of_l3[0].contains("`none`"),
        "{of_l3:?}"
    );
    // The tutor and the assessor come from the plan; all else is as it was alone.
    let mut with_plan = find(&document, "01-on-plan").clone();
    assert_eq!(with_plan["waiting"]["owner"], "AS-9");
    for key in ["tutor", "assessor"] {
        with_plan[key] = Value::from("");
    }
    with_plan["waiting"]["owner"] = Value::from("");
    assert_eq!(&with_plan, find(&alone, "01-on-plan"));
    // In text and in a table too, every folder is there.
    let (text, table) = (
        sandbox.run(&arguments[..arguments.len() - 2]),
        sandbox.run(&[&arguments[..arguments.len() - 2], &["--format", "csv"]].concat()),
    );
    for folder in folders.map(|folder| folder.trim_end_matches('/')) {
        let name = if folder == "no-standard" {
            "L-3"
        } else {
            folder
        };
        assert!(text.out.contains(name), "{folder}: {}", text.out);
        assert!(table.out.contains(folder), "{folder}: {}", table.out);
    }
    assert_eq!(table.out.lines().count(), rows.len() + 1);
}

#[test]
fn an_empty_list_is_no_cohort_in_which_all_is_well() {
    let sandbox = Sandbox::tiny();
    for text in ["", "\n \r\n", "\u{feff}\n"] {
        sandbox.write("roots.txt", text);
        let run = sandbox.run(&["cohort", "--roots", "roots.txt"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(run.err.contains("roots.txt names no folder"), "{}", run.err);
    }
    let run = sandbox.run(&["cohort", "--roots", "-"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("standard input names no folder"),
        "{}",
        run.err
    );
    // A part of a list can be empty where an engine cuts it in parts.
    sandbox.write("key", "a key of this test alone, 32 bytes");
    let run = sandbox.run(&[
        "cohort", "--roots", "-", "--format", "jsonl", "--key", "key",
    ]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    // As PowerShell writes it.
    sandbox.write("roots.txt", "\u{feff}.\r\n");
    let run = sandbox.run(&["cohort", "--roots", "roots.txt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    // A folder twice is not two portfolios.
    let run = sandbox.run(&["cohort", "--roots", "roots.txt", ".", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["summary"]["learners"], 1);
    assert!(
        run.out
            .contains("its folder is named 2 times, and counts once")
    );
}

#[test]
fn a_run_that_ends_with_1_says_why_on_standard_error() {
    let sandbox = Sandbox::tiny();
    let write = |folder: &str, text: &str| {
        sandbox.write(&format!("{folder}/portfolio/portfolio.yaml"), text);
    };
    write("broken", "version: 1\nlearner: { id: [\n");
    write(
        "lost",
        "version: 1\ntitle: T\nlearner: { id: L-3 }\nstandards: [none]\n",
    );
    let run = |more: &[&str]| {
        let run =
            sandbox.run(&[&["cohort", ".", "--format", "csv", "--output", "csv"], more].concat());
        (run.code, run.err)
    };
    assert_eq!(run(&[]), (0, String::new()));
    let next = "`ksbfolio --root DIR check` names file and line";
    assert_eq!(
        run(&["broken"]),
        (
            1,
            format!(
                "broken: portfolio/portfolio.yaml cannot be read\n1 of 2 learners was not judged in full; {next}\n"
            )
        )
    );
    sandbox.write("cohort.yaml", "version: 1\nlearners:\n  - { id: L-404 }\n");
    let (code, err) = run(&["broken", "lost", "--plan", "cohort.yaml"]);
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!((code, lines.len()), (1, 4), "{err}");
    assert!(
        lines[0].starts_with("lost (L-3): ") && lines[0].contains("`none`"),
        "{err}"
    );
    assert_eq!(lines[1], "L-404: no folder is named for this learner");
    assert_eq!(
        lines[3],
        format!("3 of 4 learners were not judged in full; {next}")
    );
    // Under a key, a log of a pipeline names neither folder nor learner.
    sandbox.write("key", "a key of this test alone, 32 bytes");
    let (code, err) = run(&["broken", "lost", "--key", "key"]);
    let covered =
        "2 of 3 learners were not judged in full; run the command without --key to see which\n";
    assert_eq!((code, err.as_str()), (1, covered));
    let rows = sandbox.run(&[
        "cohort", ".", "broken", "lost", "--key", "key", "--format", "jsonl",
    ]);
    assert_eq!((rows.code, rows.err.as_str()), (1, covered));
    // Many are counted, and the first are named.
    let missing: Vec<String> = (0..30).map(|number| format!("none-{number}")).collect();
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    let (_, err) = run(&missing);
    assert_eq!(err.lines().count(), 21, "{err}");
    assert!(err.ends_with(&format!(
        "30 of 31 learners were not judged in full; {next}\n"
    )));
}

const FORMATS: [&str; 5] = ["text", "json", "csv", "xlsx", "html"];

#[test]
fn order_of_folders_and_number_of_threads_do_not_change_a_byte() {
    let sandbox = Sandbox::empty();
    let cases = cases();
    for case in &cases {
        write_case(&sandbox, case);
    }
    let mut names: Vec<&str> = cases.iter().map(|case| case.name).collect();
    sandbox.write("key", "a key of this test alone, 32 bytes");
    let mut seen: Vec<([Vec<u8>; 5], String)> = Vec::new();
    for turn in 0..5 {
        names.rotate_left(turn * 5 % 12);
        names.swap(turn, 11 - turn);
        for threads in ["1", "2"] {
            let mut arguments = vec!["cohort"];
            for format in FORMATS {
                arguments.extend(["--format", format, "--output", format]);
            }
            arguments.extend(&names);
            let run = sandbox.run_with(&arguments, &[("RAYON_NUM_THREADS", threads)]);
            assert_eq!(run.code, 1, "one cannot be read: {}", run.err);
            let mut arguments = vec!["cohort", "--key", "key", "--format", "jsonl"];
            arguments.extend(&names);
            let rows = sandbox.run_with(&arguments, &[("RAYON_NUM_THREADS", threads)]);
            seen.push((FORMATS.map(|format| sandbox.read_bytes(format)), rows.out));
        }
    }
    assert!(seen[0].0[0].len() > 1000 && seen[0].1.lines().count() > 100);
    assert!(seen.iter().all(|made| *made == seen[0]));
}

#[test]
fn a_plan_with_mistakes_is_not_followed_and_each_is_named() {
    let sandbox = Sandbox::tiny();
    for (plan, problems) in [
        (
            "version: 1\nlearnerz:\n  - { id: L-1 }\n",
            &["cohort.yaml:2:1: ", "`learnerz`", "`learners`"][..],
        ),
        (
            "version: 1\nlearners:\n  - { id: L-1, tutr: TU-1 }\n  - { id: L-2, site: [a] }\n",
            &[
                "cohort.yaml:3:16: ",
                "`tutr`",
                "cohort.yaml:4:22: ",
                "`site`",
            ],
        ),
        (
            "version: 1\nlearners:\n  - { id: L-1, tutor: TU-1, tutor: TU-2 }\n",
            &["cohort.yaml:3:", "`tutor`"],
        ),
        (
            "version: 1\nlearners:\n  - { id: L-1, tutor: TU-1 }\n  - { id: l-1, tutor: TU-2 }\n",
            &["cohort.yaml:4:11: ", "`l-1` is listed twice"],
        ),
        ("version: 1\nlearners: [\n", &["cohort.yaml:"]),
        ("version: 1\nlearners:\n  - L-1\n", &["cohort.yaml:3:5: "]),
        ("version: 9\n", &["cohort.yaml:1:"]),
        (
            "version: 1\nrules:\n  - { measure: silent-dayz, over: -1, colour: green, source: x }\n",
            &["cohort.yaml:3:16: ", "`silent-days`", "`over`", "`green`"],
        ),
        (
            "version: 1\nlearners:\n  - { id: L-1, tutr: Mrs Oakapple }\n",
            &["cohort.yaml:3:16: "],
        ),
    ] {
        sandbox.write("cohort.yaml", plan);
        let run = sandbox.run(&["cohort", ".", "--plan", "cohort.yaml"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{plan}");
        for problem in problems {
            assert!(
                run.err.contains(problem),
                "{problem} of {plan}: {}",
                run.err
            );
        }
        assert!(run.err.contains("`ksbfolio schema cohort`"), "{}", run.err);
        assert!(!run.err.contains("Oakapple"), "{}", run.err);
    }
    let run = sandbox.run(&["cohort"]);
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn the_plan_finds_a_learner_whatever_the_case_and_beside_a_name() {
    let sandbox = Sandbox::tiny();
    sandbox.write(
        "cohort.yaml",
        "version: 1\nlearners:\n  - { id: l-1, tutor: Mrs Oakapple, site: North }\n  - { id: X-12345, tutor: TU-2 }\n",
    );
    let run = sandbox.run(&["cohort", ".", "--plan", "cohort.yaml", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(document["learners"].as_array().unwrap().len(), 2);
    assert_eq!(find(&document, "L-1")["site"], "North");
    assert_eq!(find(&document, "X-12345")["tutor"], "TU-2");
    assert!(!run.out.contains("Oakapple"), "{}", run.out);
}

/// Judges the learner 04-silent by a plan.
fn judge_silent(sandbox: &Sandbox, delivery: &str, rules: &str) -> (Value, String) {
    let silent = cases().into_iter().find(|case| case.name == "04-silent");
    write_case(sandbox, &silent.unwrap());
    sandbox.write(
        "cohort.yaml",
        format!("version: 1\nlearners:\n  - {{ id: 04-silent, delivery: {delivery} }}\n{rules}"),
    );
    let arguments = ["cohort", "04-silent", "--plan", "cohort.yaml"];
    let run = sandbox.run(&[&arguments[..], &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(&run.out).unwrap();
    (find(&document, "04-silent").clone(), run.err)
}

#[test]
fn a_pattern_of_delivery_can_have_thresholds_of_its_own() {
    let sandbox = Sandbox::empty();
    let rules = "rules:\n  - { measure: silent-days, over: 56, colour: red, source: ours }\n  \
                 - { measure: silent-days, over: 100, colour: red, delivery: block, source: ours }\n";
    for (delivery, colour, notes) in [
        ("block", "green", ""),
        ("Block", "green", ""),
        ("weekly", "red", "`block`, and no learner"),
    ] {
        let (row, err) = judge_silent(&sandbox, delivery, rules);
        assert_eq!(row["colour"], colour, "{delivery}");
        assert!(err.contains(notes), "{delivery}: {err}");
        assert_eq!(err.is_empty(), notes.is_empty(), "{delivery}: {err}");
        assert_eq!(err.contains("`weekly`, and no rule"), delivery == "weekly");
    }
}

#[test]
fn a_learner_to_whom_no_rule_applies_is_not_on_plan() {
    let sandbox = Sandbox::empty();
    let rules = "rules:\n  - { measure: silent-days, over: 100, colour: red, delivery: block-release, source: ours }\n";
    for (delivery, colour) in [("weekly", "unknown"), ("Block-Release", "green")] {
        let (row, _) = judge_silent(&sandbox, delivery, rules);
        assert_eq!(row["colour"], colour, "{delivery}");
        let is_judged = reasons(&row) != ["no rule applies, so nothing is judged"];
        assert_eq!(is_judged, colour == "green", "{delivery}");
    }
}

#[test]
fn signatures_are_late_by_the_threshold_of_the_plan() {
    let sandbox = Sandbox::empty();
    let rule = |over: u32| {
        format!(
            "rules:\n  - {{ measure: signature-days, over: {over}, colour: amber, source: ours }}\n  \
             - {{ measure: two-party-review, over: 0, colour: amber, source: ours }}\n"
        )
    };
    let late = "the review of 2026-10-01 was signed late, after 1 day";
    for (over, colour, number) in [(0, "amber", 1), (1, "green", 0)] {
        let (row, _) = judge_silent(&sandbox, "block", &rule(over));
        assert_eq!(row["colour"], colour, "{over}");
        assert_eq!(reasons(&row).contains(&late), colour == "amber");
        assert_eq!(row["reviews"]["signed_late"], number);
    }
}
