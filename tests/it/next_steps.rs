//! The end of `check`: one screen with the next steps, in the text format only.

use std::fmt::Write;

use ksbfolio::model::Profile;

use super::support::{BEGIN, SETTINGS, Sandbox, Workspace, entry};

/// An entry without findings.
fn sound() -> String {
    entry("ksbs: [{K1: a}, {K2: a}, {K10: a}, {B1: a}]\nanonymised: true\n")
}

/// The output after the findings.
fn ending(sandbox: &Workspace) -> String {
    let out = sandbox.check_as("text");
    let counts = |line: &str| {
        line.chars()
            .next()
            .is_some_and(|sign| sign.is_ascii_digit())
            && line.contains(": ")
    };
    let lines: Vec<&str> = out.lines().collect();
    let first = lines
        .iter()
        .rposition(|line| counts(line))
        .or_else(|| {
            lines
                .iter()
                .position(|line| line.starts_with("Nothing to fix"))
        })
        .unwrap_or_else(|| panic!("{out}"));
    let ending = &lines[first..];
    assert!(ending.len() <= 20, "{}", ending.join("\n"));
    assert!(
        ending.iter().all(|line| line.chars().count() <= 120),
        "{}",
        ending.join("\n")
    );
    ending.join("\n")
}

fn steps(ending: &str) -> Vec<&str> {
    ending
        .lines()
        .filter(|line| {
            ["  1. ", "  2. ", "  3. ", "  4. "]
                .iter()
                .any(|number| line.starts_with(number))
        })
        .collect()
}

#[test]
fn a_clean_portfolio_has_one_line() {
    let sandbox = Workspace::with_entry(&sound());
    assert_eq!(sandbox.check()["exit_code"], 0);
    assert_eq!(sandbox.check_as("text"), "Nothing to fix.\n");
}

#[test]
fn one_finding_is_one_step_with_its_file_and_a_command() {
    let ending = ending(&Workspace::with_entry(
        &sound().replace("B1: a", "B1: a}, {K9: a"),
    ));
    assert!(ending.starts_with("1 error: 1 unknown-code.\n"), "{ending}");
    assert!(ending.contains("\nDo this next:\n"), "{ending}");
    assert_eq!(
        steps(&ending),
        ["  1. portfolio/entries/one.md:5 (error unknown-code)"],
        "{ending}"
    );
    assert!(
        ending.ends_with("     Then: ksbfolio check portfolio/entries/one.md"),
        "{ending}"
    );
}

#[test]
fn errors_come_first_and_what_belongs_to_one_entry_is_one_step() {
    let sandbox = Workspace::with_entry(&sound())
        .file(
            "portfolio/entries/0.md",
            sound().replace("2026-11-14", "2026-11-30"),
        )
        .file(
            "portfolio/entries/a.md",
            sound().replace("ksbs", "krbs: a\nksbs"),
        )
        .file(
            "portfolio/entries/b two.md",
            sound().replace("K1: a", "K91: a}, {K92: a"),
        )
        .file(
            "portfolio/entries/c.md",
            sound() + "\nPlease ring 07700 900123.\n",
        );
    let ending = ending(&sandbox);
    let steps = steps(&ending);
    assert_eq!(steps.len(), 3, "{ending}");
    assert!(ending.contains("Do this next, in this order:"), "{ending}");
    assert!(
        steps[0].contains("entries/c.md:") && steps[0].contains("phone-number"),
        "{ending}"
    );
    assert!(
        steps[1].contains("entries/a.md:5 (error unknown-key)"),
        "{ending}"
    );
    assert!(
        steps[2].contains("entries/b two.md:5 (error unknown-code, and 1 more here)"),
        "{ending}"
    );
    assert!(
        ending.contains("1 warning") && !ending.contains("entries/0.md"),
        "errors are enough: {ending}"
    );
    assert!(
        ending.contains("Then: ksbfolio check 'portfolio/entries/b two.md'"),
        "{ending}"
    );
    assert!(!ending.contains("900123"), "{ending}");
}

#[test]
fn two_hundred_findings_fit_on_one_screen() {
    let mut sandbox = Workspace::tiny();
    for number in 0..50 {
        let mut wrong = String::new();
        for code in 20..24 {
            let _ = write!(wrong, "}}, {{K{code}: a");
        }
        let text = sound()
            .replace("B1: a", &format!("B1: a{wrong}"))
            .replace("title: A", &format!("title: A{number}"));
        sandbox = sandbox.file(&format!("portfolio/entries/{number}.md"), text);
    }
    let ending = ending(&sandbox);
    assert!(ending.starts_with("200 errors"), "{ending}");
    assert_eq!(steps(&ending).len(), 3, "{ending}");
}

#[test]
fn evidence_still_to_come_is_no_step_until_due() {
    let running = Workspace::tiny().file(
        "portfolio/portfolio.yaml",
        format!(
            "{SETTINGS}start: 2026-11-01\nplanned_end: 2026-12-31\nlevels: {{ behind-plan: off }}\n"
        ),
    );
    let reported = ending(&running);
    assert!(reported.starts_with("Nothing to fix now.\n"), "{reported}");
    assert!(
        reported.contains("Not due before 31 December 2026: 6 notes about evidence still to come."),
        "{reported}"
    );
    let out = running.check_for(Profile::Gateway, "text");
    assert!(
        !out.contains("Not due") && out.contains("Do this next"),
        "{out}"
    );
    running.write(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}start: 2026-01-01\nplanned_end: 2026-11-20\n"),
    );
    let reported = ending(&running);
    assert!(
        !reported.contains("Not due") && reported.contains("Do this next"),
        "{reported}"
    );
    assert!(
        reported.contains("Then: ksbfolio explain tiny:"),
        "{reported}"
    );
}

#[test]
fn a_first_portfolio_gets_first_steps() {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run(&BEGIN).code, 0);
    let ending = ending(&sandbox);
    assert!(
        ending.contains("Nothing to fix now.") && ending.contains("`ksbfolio new` begins an entry"),
        "{ending}"
    );
}

#[test]
fn machine_formats_have_no_next_steps() {
    let sandbox = Workspace::with_entry(&sound().replace("B1: a", "B1: a}, {K9: a"));
    for format in [
        "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        let out = sandbox.check_as(format);
        assert!(
            !out.contains("Do this next") && !out.contains("Then: "),
            "{format}: {out}"
        );
    }
}

#[test]
fn what_is_not_due_is_counted_and_ones_own_errors_come_first() {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run(&BEGIN).code, 0);
    let first = sandbox.run(&["check"]);
    assert!(
        first.out.starts_with("Nothing to fix now.\n"),
        "{}",
        first.out
    );
    assert!(
        first.out.contains("82 notes about evidence still to come"),
        "{}",
        first.out
    );
    let rest = "ksbs: [k7]\nhours: two\n---\n\nWords on K1 and S1.\n";
    sandbox.write(
        "portfolio/entries/one.md",
        format!("---\ntitle: One\ndate: 2026-03-14\ntype: product\n{rest}"),
    );
    let out = sandbox.run(&["check"]).out;
    let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{words}: {out}"));
    assert!(at("error[wrong-type]") < at("warning[untidy-code]"));
    assert!(at("warning[untidy-code]") < at("note[code-in-text-not-claimed]"));
    // Notes of one rule in one file are one list.
    assert_eq!(
        out.matches("note[code-in-text-not-claimed]").count(),
        1,
        "{out}"
    );
    assert!(!out.contains("note[uncovered-criterion]"), "{out}");
    assert!(
        sandbox
            .run(&["check", "--format", "concise"])
            .out
            .contains("note[uncovered-criterion]")
    );
}
