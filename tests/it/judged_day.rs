//! The as-of date: `--as-of`, else the portfolio's `as_of`, else today in the learner's time zone.

use std::process::Command;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::support::{Run, SETTINGS, Sandbox, entry, tree};

/// Runs the program without `--as-of`.
fn run(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
        .args(arguments)
        .current_dir(sandbox.path())
        // The machine's time zone must have no effect.
        .env("TZ", "America/Anchorage")
        .output()
        .unwrap();
    Run {
        code: command.status.code().unwrap_or(-1),
        out: String::from_utf8(command.stdout).unwrap(),
        err: String::from_utf8(command.stderr).unwrap(),
    }
}

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let run = run(sandbox, arguments);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

fn judged_day(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let arguments = [&["coverage", "--format", "json"], arguments].concat();
    json(sandbox, &arguments)["as_of"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn with_settings(lines: &str) -> Sandbox {
    Sandbox::tiny().file("portfolio/portfolio.yaml", format!("{SETTINGS}{lines}"))
}

fn today_in(zone: &str) -> String {
    Timestamp::now()
        .to_zoned(TimeZone::get(zone).unwrap())
        .date()
        .to_string()
}

#[test]
fn the_sample_gives_the_same_output_on_every_day() {
    let sample = Sandbox::sample();
    let commands: [&[&str]; 8] = [
        &["check"],
        &["check", "--format", "json"],
        &["coverage"],
        &["coverage", "--format", "xlsx", "--output", "report.xlsx"],
        &["hours"],
        &["gateway"],
        &["review"],
        &["sample"],
    ];
    for arguments in commands {
        let (frozen, named) = (run(&sample, arguments), sample.run(arguments));
        assert_eq!(
            (frozen.code, frozen.out, frozen.err),
            (named.code, named.out, named.err),
            "{arguments:?}"
        );
    }
    let document = json(&sample, &["check", "--format", "json"]);
    let rules: Vec<&str> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert!(
        !rules.contains(&"impossible-date") && !rules.contains(&"review-overdue"),
        "{rules:?}"
    );
    assert_eq!(run(&sample, &["build", "--output", "frozen"]).code, 0);
    assert_eq!(sample.run(&["build", "--output", "named"]).code, 0);
    let site = |folder: &str| {
        let mut files = tree(&sample.path().join(folder));
        files.retain(|(path, _)| !path.starts_with(".ksbfolio.json"));
        files
    };
    assert_eq!(site("frozen"), site("named"));
}

#[test]
fn pages_and_reports_say_that_a_portfolio_is_frozen() {
    let sample = Sandbox::sample();
    let says = "21 November 2026, the day this portfolio is frozen at";
    for command in ["check", "coverage", "hours", "gateway", "review", "sample"] {
        let reported = run(&sample, &[command]).out;
        assert!(reported.contains(says), "{command}: {reported}");
        let reported = run(&sample, &[command, "--as-of", "2026-11-20"]).out;
        assert!(!reported.contains("frozen"), "{command}: {reported}");
    }
    for command in ["coverage", "hours", "gateway", "review"] {
        let reported = run(&sample, &[command, "--format", "markdown"]).out;
        assert!(reported.contains(says), "{command}: {reported}");
    }
    run(&sample, &["build"]);
    for page in ["index.html", "guide.html", "gaps.html"] {
        assert!(
            sample.read(&format!("output/{page}")).contains(says),
            "{page}"
        );
    }
    run(&sample, &["pack", "--output", "pack.html"]);
    assert!(sample.read("pack.html").contains(says));
}

#[test]
fn the_option_wins_over_the_day_of_the_portfolio_and_that_over_today() {
    let frozen = with_settings("as_of: 2021-05-06\n");
    assert_eq!(judged_day(&frozen, &[]), "2021-05-06");
    assert_eq!(
        judged_day(&frozen, &["--as-of", "2019-02-03"]),
        "2019-02-03"
    );
    for day in ["06/05/2031", "soon", "2031-02-30", "unknown"] {
        let unreadable = with_settings(&format!("as_of: {day}\n"));
        let (before, judged, after) = (
            today_in("Europe/London"),
            judged_day(&unreadable, &[]),
            today_in("Europe/London"),
        );
        assert!([before, after].contains(&judged), "{day}: {judged}");
        let found = run(&unreadable, &["check", "--format", "concise"]);
        assert!(
            found.out.contains("`as_of`") && found.code == 1,
            "{day}: {}",
            found.out
        );
    }
}

#[test]
fn today_is_the_day_where_the_learner_is() {
    // These two zones never have the same date.
    for zone in ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/London"] {
        let sandbox = match zone {
            "Europe/London" => Sandbox::tiny(),
            zone => with_settings(&format!("timezone: {zone}\n")),
        };
        let before = today_in(zone);
        let judged = judged_day(&sandbox, &[]);
        let made = run(&sandbox, &["new", "An", "entry"]);
        assert_eq!(made.code, 0, "{}", made.err);
        let text = sandbox.read(made.out.trim());
        let after = today_in(zone);
        assert!(judged == before || judged == after, "{zone}: {judged}");
        assert!(
            [before, after]
                .iter()
                .any(|day| text.contains(&format!("\ndate: {day}\n"))),
            "{zone}: {text}"
        );
    }
}

#[test]
fn an_unknown_time_zone_is_reported_with_the_nearest_and_london_is_used() {
    let sandbox = with_settings("timezone: Europe/Lodnon\n");
    let (before, judged, after) = (
        today_in("Europe/London"),
        judged_day(&sandbox, &[]),
        today_in("Europe/London"),
    );
    assert!(judged == before || judged == after, "{judged}");
    let found = run(&sandbox, &["check", "--format", "concise"]);
    assert_eq!(found.code, 1);
    assert!(
        found.out.contains("portfolio.yaml:5:11") && found.out.contains("such as Europe/London"),
        "{}",
        found.out
    );
}

#[test]
fn files_written_into_a_frozen_portfolio_have_the_current_date() {
    let sandbox = with_settings("as_of: 2020-01-02\n").file("portfolio/entries/one.md", {
        entry("id: one\nksbs: [K1]\n").replace("2026-11-14", "2020-01-01")
    });
    let made = run(&sandbox, &["new", "Later", "on"]);
    assert!(
        made.err.contains("frozen at 2 January 2020"),
        "{}",
        made.err
    );
    assert!(!sandbox.read(made.out.trim()).contains("2020-01-02"));
    let assess = ["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"];
    let refused = run(&sandbox, &assess);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("frozen at 2 January 2020"),
        "{}",
        refused.err
    );
    assert!(!sandbox.path().join("portfolio/decisions").exists());
    let filed = run(&sandbox, &[&assess[..], &["--date", "2020-01-02"]].concat());
    assert_eq!(filed.code, 0, "{}", filed.err);
}

#[test]
fn a_build_of_another_day_is_not_reused() {
    let sandbox = with_settings("as_of: 2026-11-21\n");
    sandbox.write("portfolio/entries/one.md", entry("ksbs: [K1]\n"));
    run(&sandbox, &["build"]);
    assert!(
        sandbox
            .read("output/index.html")
            .contains("21 November 2026")
    );
    sandbox.write(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}as_of: 2026-11-20\n"),
    );
    run(&sandbox, &["build"]);
    assert!(
        sandbox
            .read("output/index.html")
            .contains("20 November 2026, the day")
    );
}
