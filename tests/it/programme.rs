//! The programme: off-the-job hours under the rules in force at the start, planned against actual,
//! reviews, actions.

use serde_json::Value;

use super::support::{Sandbox, Workspace, entry, repository};

/// A workspace with these dates and further settings, and no entries.
fn starting(start: &str, end: &str, keys: &str) -> Sandbox {
    let settings = format!(
        "version: 1\ntitle: T\nlearner: {{ id: L-1 }}\nstandards: [tiny]\nstart: {start}\nplanned_end: {end}\n{keys}"
    );
    Sandbox::tiny().file("portfolio/portfolio.yaml", settings)
}

/// An entry with this date and these keys.
fn dated(date: &str, keys: &str) -> String {
    entry(keys).replace("2026-11-14", date)
}

/// An entry with off-the-job hours on this date.
fn trained(date: &str, hours: &str) -> String {
    dated(
        date,
        &format!("ksbs: [{{K1: a}}]\nhours: {hours}\noff_the_job: true\n"),
    )
}

fn hours(sandbox: &Workspace) -> Value {
    sandbox.hours()
}

fn required(start: &str, end: &str, keys: &str) -> Value {
    hours(&starting(start, end, keys))["required"]["hours"].clone()
}

fn rules_of(start: &str) -> String {
    hours(&starting(start, "2027-01-01", ""))["rules"]["title"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn the_rules_are_those_of_the_day_of_the_start() {
    assert_eq!(rules_of("2018-01-01"), "Started before 1 August 2022");
    assert_eq!(rules_of("2022-07-31"), "Started before 1 August 2022");
    assert_eq!(
        rules_of("2022-08-01"),
        "Started from 1 August 2022 to 31 July 2025"
    );
    assert_eq!(
        rules_of("2025-07-31"),
        "Started from 1 August 2022 to 31 July 2025"
    );
    assert_eq!(
        rules_of("2025-08-01"),
        "Started from 1 August 2025 to 31 July 2026"
    );
    assert_eq!(
        rules_of("2026-07-31"),
        "Started from 1 August 2025 to 31 July 2026"
    );
    assert_eq!(rules_of("2026-08-01"), "Started on or after 1 August 2026");
    let undated = hours(&Workspace::tiny());
    assert_eq!(undated["rules"], Value::Null);
    assert!(
        undated["required"]["why"]
            .as_str()
            .unwrap()
            .contains("There is no start date"),
        "{undated}"
    );
}

#[test]
fn every_set_of_rules_names_its_sources_and_unsourced_facts_are_unknown() {
    let text =
        std::fs::read_to_string(repository().join("standards/programme/off-the-job.yaml")).unwrap();
    let source = ksbfolio::text::Source::new("standards/programme/off-the-job.yaml", &text);
    let parsed = ksbfolio::parse::programme(&source);
    assert_eq!(parsed.faults, []);
    let rules = parsed.value.unwrap();
    assert_eq!(rules.regimes.len(), 4);
    for regime in &rules.regimes {
        assert!(regime.sources.len() >= 2, "{}", regime.title);
    }
    for regime in &rules.regimes[2..] {
        let is_unknown = |one: &ksbfolio::model::PublishedHours| {
            one.standard == "st0215" && one.hours.known().is_none() && one.source.is_some()
        };
        assert!(regime.published.iter().all(is_unknown), "{}", regime.title);
    }
    assert!(
        rules
            .counts
            .iter()
            .chain(&rules.excluded)
            .all(|item| item.source.is_some())
    );
}

#[test]
fn required_hours_are_calculated_only_from_known_facts() {
    // 365 days are 52 weeks and a day, minus 5.6 weeks of leave: 46.5428 weeks. Hours are rounded
    // up.
    let year = ("2021-09-01", "2022-09-01");
    assert_eq!(
        required(year.0, year.1, "off_the_job: { weekly_hours: 37.5 }\n"),
        350
    );
    assert_eq!(
        required(year.0, year.1, "off_the_job: { weekly_hours: 20 }\n"),
        187
    );
    assert_eq!(required(year.0, year.1, ""), Value::Null);
    let year = ("2023-09-01", "2024-08-31");
    assert_eq!(
        required(year.0, year.1, "off_the_job: { weekly_hours: 37.5 }\n"),
        280
    );
    assert_eq!(
        required(year.0, year.1, "off_the_job: { weekly_hours: 30 }\n"),
        280
    );
    assert_eq!(
        required(year.0, year.1, "off_the_job: { weekly_hours: 29.9 }\n"),
        279
    );
    assert_eq!(
        required(year.0, year.1, "off_the_job: { weekly_hours: unknown }\n"),
        Value::Null
    );
    let document = hours(&starting(
        "2025-09-01",
        "2027-02-28",
        "off_the_job: { weekly_hours: 37.5 }\n",
    ));
    assert_eq!(document["required"]["hours"], Value::Null);
    assert_eq!(document["required"]["at_least"], 187);
    assert_eq!(document["standing"], "short");
    assert_eq!(document["missing"], 187.0);
    assert_eq!(
        required(
            "2025-09-01",
            "2027-02-28",
            "off_the_job: { required_hours: 400 }\n"
        ),
        400
    );
}

#[test]
fn a_file_of_the_workspace_gives_the_published_hours() {
    let text =
        std::fs::read_to_string(repository().join("standards/programme/off-the-job.yaml")).unwrap();
    let st0215 = "standard: st0215, from: 2025-08-01, to: 2025-12-31, hours: unknown";
    let own = text.replace(
        st0215,
        "standard: tiny, from: 2025-08-01, to: 2025-12-31, hours: 300",
    );
    assert_ne!(own, text);
    let sandbox =
        starting("2025-09-01", "2027-02-28", "").file("standards/programme/own.yaml", &own);
    let document = hours(&sandbox);
    assert_eq!(document["required"]["hours"], 300, "{document}");
    let check = sandbox.run(&["standards", "check", "standards/programme/own.yaml"]);
    assert_eq!((check.code, check.out.as_str()), (0, "Nothing to fix.\n"));
    sandbox.write(
        "standards/programme/own.yaml",
        own.replace("from: 2025-08-01", "from: 2025-07-01"),
    );
    let check = sandbox.run(&["standards", "check", "standards/programme/own.yaml"]);
    assert_eq!(check.code, 1);
    assert!(check.out.contains("begins before"), "{}", check.out);
}

#[test]
fn required_and_recorded_hours_give_met_short_or_unknown() {
    let with = |keys: &str, recorded: &str| {
        let sandbox = starting("2025-09-01", "2027-02-28", keys);
        hours(&sandbox.file(
            "portfolio/entries/a.md",
            trained("2026-01-10", &format!("{recorded}\ndays: 40")),
        ))
    };
    assert_eq!(
        with("off_the_job: { required_hours: 200 }\n", "200")["standing"],
        "met"
    );
    let short = with("off_the_job: { required_hours: 200 }\n", "199.5");
    assert_eq!(
        (short["standing"].as_str(), short["missing"].as_f64()),
        (Some("short"), Some(0.5))
    );
    assert_eq!(with("", "187")["standing"], "unknown");
    assert_eq!(with("", "186")["standing"], "short");
    let few = with("off_the_job: { required_hours: 100 }\n", "120");
    assert_eq!(
        few["standing"], "short",
        "hours below the floor are not eligible: {few}"
    );
    assert!(
        few["required"]["why"].as_str().unwrap().contains("too few"),
        "{few}"
    );
}

#[test]
fn only_plausible_and_submitted_hours_count() {
    let sandbox = starting("2025-09-01", "2026-10-31", "")
        .file("portfolio/entries/a.md", trained("2025-09-01", "1"))
        .file("portfolio/entries/b.md", trained("2026-10-31", "2"))
        .file("portfolio/entries/before.md", trained("2025-08-31", "4"))
        .file("portfolio/entries/after.md", trained("2026-11-01", "4"))
        .file("portfolio/entries/later.md", trained("2026-11-22", "4"))
        .file("portfolio/entries/undated.md", trained("someday", "4"))
        .file("portfolio/entries/none.md", trained("2026-01-10", "0"))
        .file(
            "portfolio/entries/on.md",
            dated("2026-01-10", "hours: 4\noff_the_job: false\n"),
        )
        .file(
            "portfolio/entries/draft.md",
            dated("2026-01-10", "hours: 4\noff_the_job: true\nstatus: draft\n"),
        )
        .file(
            "portfolio/entries/own.md",
            dated(
                "2026-01-10",
                "hours: 4\noff_the_job: true\nvisibility: private\n",
            ),
        )
        .file(
            "portfolio/entries/empty.md",
            trained("2026-01-10", "4").replace("Words of its own.", ""),
        )
        .file(
            "portfolio/entries/named.md",
            trained("2026-01-10", "4").replace("Words", "NHS number 943 476 5919. Words"),
        );
    let document = hours(&sandbox);
    assert_eq!(document["recorded"], 3.0, "{document}");
    let why: Vec<String> = document["not_counted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{}: {}",
                one["entry"].as_str().unwrap(),
                one["why"].as_str().unwrap()
            )
        })
        .collect();
    for part in [
        "before: dated before the programme began",
        "after: dated after the programme's planned end",
        "later: dated later than today",
        "undated: its date",
        "none: no hours given",
        "draft: still a draft",
        "own: private",
        "empty: nothing written yet",
        "named: withheld",
    ] {
        assert!(
            why.iter().any(|line| line.starts_with(part)),
            "{part}: {why:?}"
        );
    }
    assert_eq!(why.len(), 9, "{why:?}");
}

#[test]
fn months_hold_recorded_against_planned() {
    let sandbox = starting(
        "2026-09-01",
        "2027-08-28",
        "off_the_job: { required_hours: 361 }\n",
    )
    .file("portfolio/entries/a.md", trained("2026-09-30", "12.5"))
    .file("portfolio/entries/b.md", trained("2026-11-02", "7"));
    let document = hours(&sandbox);
    let months: Vec<[f64; 4]> = document["months"]
        .as_array()
        .unwrap()
        .iter()
        .map(|month| {
            ["recorded", "planned", "recorded_so_far", "planned_so_far"]
                .map(|key| month[key].as_f64().unwrap())
        })
        .collect();
    assert_eq!(
        months,
        [
            [12.5, 29.0, 12.5, 29.0],
            [0.0, 31.0, 12.5, 60.0],
            [7.0, 21.0, 19.5, 81.0]
        ]
    );
    assert_eq!(document["planned_so_far"], 81.0);
    let csv = sandbox.hours_as("csv");
    assert!(csv.contains("2026-10,0,31,12.5,60,L-1,"), "{csv}");
    let text = sandbox.hours_as("text");
    assert!(
        text.contains("341.5 hours to go") && text.contains("81 by now"),
        "{text}"
    );
    let markdown = sandbox.hours_as("markdown");
    assert!(
        markdown.contains("| 2026-11 | 7 | 21 | 19.5 | 81 |"),
        "{markdown}"
    );
    // A profile replaces the linear pace and continues linearly from its last step to the end.
    let profile = "off_the_job: { required_hours: 361, pace: [{ by: 2026-10-31, percent: 50 }] }\n";
    let sandbox = starting("2026-09-01", "2027-08-28", profile);
    assert_eq!(hours(&sandbox)["months"][1]["planned_so_far"], 180.5);
}

#[test]
fn the_page_shows_rule_source_and_that_it_is_unknown() {
    let sandbox = starting("2025-09-01", "2027-02-28", "")
        .file("portfolio/entries/a.md", trained("2026-01-10", "12.5"));
    sandbox.build("assessor", "output");
    let page = sandbox.read("output/hours.html");
    for part in [
        "12.5 of at least 187 off-the-job hours. At least 174.5 to go.",
        "Started from 1 August 2025 to 31 July 2026.",
        "cityandguilds.com",
        "English and maths are not off-the-job training",
        "January 2026",
        "<svg role=\"img\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!sandbox.site("public").contains_key("hours.html"));
    let settings = sandbox.read("portfolio/portfolio.yaml");
    sandbox.write(
        "portfolio/portfolio.yaml",
        format!("{settings}site: {{ states: public, feedback: public }}\n"),
    );
    let public = sandbox.page_for("public", "hours.html");
    assert!(
        !public.contains("12.5") && !public.contains("How many are required"),
        "{public}"
    );
}

/// Four criteria and dated `pieces`, each of which evidences one.
fn paced(keys: &str, pieces: &[(&str, &str)]) -> Sandbox {
    let sandbox = starting("2026-01-01", "2026-12-27", keys);
    for (code, date) in pieces {
        sandbox.write(
            &format!("portfolio/entries/{code}.md"),
            dated(date, &format!("ksbs: [{{{code}: a}}]\n")),
        );
    }
    sandbox
}

fn page_on(sandbox: &Workspace, day: &str, path: &str) -> String {
    let page = sandbox
        .site_on(day.parse().unwrap(), "assessor")
        .remove(path);
    String::from_utf8(page.unwrap()).unwrap()
}

fn plan_on(sandbox: &Workspace, day: &str) -> String {
    let page = page_on(sandbox, day, "index.html");
    let status = page.split("<p class=\"meta\">");
    let mut status = status.filter(|text| text.contains("planned by now"));
    let status = status.next().and_then(|text| text.split('<').next());
    status
        .filter(|text| text.contains("planned by now"))
        .unwrap_or_default()
        .replace("&#x27;", "'")
}

#[test]
fn pace_is_worded_correctly_at_the_boundaries() {
    // 360 days for four criteria: 90 days each.
    let sandbox = paced("", &[("K1", "2026-01-10")]);
    assert!(
        plan_on(&sandbox, "2026-03-31")
            .contains("Ahead by 1 code: 1 with enough evidence, 0 planned by now.")
    );
    assert!(
        plan_on(&sandbox, "2026-04-01")
            .contains("On track: 1 with enough evidence, 1 planned by now.")
    );
    assert!(
        plan_on(&sandbox, "2026-06-29")
            .contains("On track: 1 with enough evidence, 1 planned by now.")
    );
    assert!(
        plan_on(&sandbox, "2026-06-30")
            .contains("Behind by 1 code: 1 with enough evidence, 2 planned by now.")
    );
    assert!(
        plan_on(&sandbox, "2026-12-27")
            .contains("Behind by 3 codes: 1 with enough evidence, 4 planned by now.")
    );
    assert!(
        plan_on(&sandbox, "2027-05-01")
            .contains("Behind by 3 codes: 1 with enough evidence, 4 planned by now.")
    );
    assert_eq!(
        plan_on(&sandbox, "2025-12-31"),
        "",
        "there is no plan before the start"
    );
    let check = |day: &str| sandbox.check_on(day.parse().unwrap(), "concise");
    assert!(!check("2026-06-29").contains("behind-plan"));
    assert!(
        check("2026-06-30").contains("tiny is behind by 1 code: 1/4 evidenced, 2/4 planned by now")
    );
}

#[test]
fn a_profile_replaces_the_linear_pace() {
    let steps = "[{ by: 2026-04-01, percent: 50 }, { by: 2026-10-01, percent: 50 }]";
    for keys in [
        format!("pace: {steps}\n"),
        format!("pace: {{ all: linear, tiny: {steps} }}\n"),
    ] {
        let sandbox = paced(&keys, &[("K1", "2026-01-10"), ("K2", "2026-01-11")]);
        assert!(
            plan_on(&sandbox, "2026-04-01")
                .contains("On track: 2 with enough evidence, 2 planned by now."),
            "{keys}"
        );
        assert!(
            plan_on(&sandbox, "2026-09-30")
                .contains("On track: 2 with enough evidence, 2 planned by now."),
            "{keys}"
        );
        assert!(
            plan_on(&sandbox, "2026-12-27")
                .contains("Behind by 2 codes: 2 with enough evidence, 4 planned by now."),
            "{keys}"
        );
    }
    let linear = paced("pace: linear\n", &[]);
    assert!(plan_on(&linear, "2026-04-01").contains("1 planned"));
}

#[test]
fn invalid_steps_of_a_profile_are_reported_and_the_others_hold() {
    let bad = |pace: &str| {
        let out = paced(&format!("pace: {pace}\n"), &[]).check_as("concise");
        let lines = out
            .lines()
            .filter(|line| line.starts_with("portfolio/portfolio.yaml:7"));
        lines.collect::<Vec<_>>().join("\n")
    };
    for (pace, part) in [
        ("quick", "`quick`"),
        ("3", "`linear`, or steps such as"),
        (
            "[{ by: 2026-04-01, percent: 120 }]",
            "a whole number from 0 to 100",
        ),
        ("[{ by: 2026-04-01, percent: lots }]", "a whole number"),
        ("[{ by: 2026-04-01 }]", "percent"),
        ("[{ percent: 10 }]", "by"),
        (
            "[{ by: 2025-04-01, percent: 10 }]",
            "a date after the programme's start",
        ),
        (
            "[{ by: 2027-04-01, percent: 10 }]",
            "a date up to the programme's planned end",
        ),
        (
            "[{ by: 2026-04-01, percent: 10 }, { by: 2026-03-01, percent: 20 }]",
            "a date after that of the step before",
        ),
        (
            "[{ by: 2026-04-01, percent: 10 }, { by: 2026-05-01, percent: 5 }]",
            "at least as much as the step before",
        ),
        (
            "[{ by: 2026-04-01, per_cent: 10, percent: 10 }]",
            "per_cent",
        ),
        ("{ tony: linear }", "mean tiny?"),
    ] {
        assert!(bad(pace).contains(part), "{pace}: {}", bad(pace));
    }
}

#[test]
fn the_finish_is_estimated_from_what_was_evidenced_since_the_start_and_only_after_twelve_weeks() {
    let sandbox = paced("", &[("K1", "2026-01-10"), ("K2", "2026-02-10")]);
    assert!(
        plan_on(&sandbox, "2026-03-25").contains("fewer than 12 weeks"),
        "{}",
        plan_on(&sandbox, "2026-03-25")
    );
    let few = plan_on(&sandbox, "2026-03-26");
    assert!(few.contains("fewer than five entries"), "{few}");
    for more in ["a", "b", "c"] {
        let entry = dated("2026-02-11", "ksbs: [{K1: a}]\n");
        sandbox.write(&format!("portfolio/entries/{more}.md"), entry);
    }
    // Two in 84 days, so the other two take another 84: 18 June.
    assert!(plan_on(&sandbox, "2026-03-26").contains("finishes in June 2026, 6 months early."));
    assert!(plan_on(&sandbox, "2026-12-01").contains("finishes in October 2027, 10 months late."));
    let nothing = paced("", &[("K1", "2025-12-31")]);
    assert!(plan_on(&nothing, "2026-06-01").contains("nothing has been evidenced since the start"));
    let all = [
        ("K1", "2026-01-10"),
        ("K2", "2026-01-10"),
        ("K10", "2026-01-10"),
        ("B1", "2026-01-10"),
    ];
    assert!(plan_on(&paced("", &all), "2026-06-01").contains("Every code has its evidence."));
}

#[test]
fn the_timeline_shows_the_plan_month_by_month() {
    let sandbox = paced("", &[("K1", "2026-02-10"), ("K2", "2026-06-10")]);
    let page = page_on(&sandbox, "2026-07-15", "timeline.html");
    let row = |month: &str, evidenced: usize, planned: usize, words: &str| {
        format!(
            "<th scope=\"row\">{month}</th><td class=\"number\" data-label=\"Actual\">{evidenced}</td><td class=\"number\" data-label=\"Planned\">{planned}</td><td data-label=\"Status\">{words}</td>"
        )
    };
    for part in [
        row("January 2026", 0, 0, "on track"),
        row("February 2026", 1, 0, "ahead by 1 code"),
        row("May 2026", 1, 1, "on track"),
        row("July 2026", 2, 2, "on track"),
    ] {
        assert!(page.contains(&part), "{part}");
    }
    assert!(!page.contains("<th scope=\"row\">August 2026</th>"));
}
