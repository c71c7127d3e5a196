//! A run compared with a baseline or another revision reports only what is new or worse.

use std::process::Command;

use super::support::{Sandbox, entry};

fn keys(code: &str) -> String {
    entry(&format!(
        "id: {}\nksbs: [{{{code}: a}}]\n",
        code.to_lowercase()
    ))
}

/// A portfolio with two evidenced criteria and one loosely typed code.
fn portfolio() -> Sandbox {
    Sandbox::tiny()
        .file("portfolio/entries/first.md", keys("K1"))
        .file(
            "portfolio/entries/second.md",
            entry("id: second\nksbs: [{k2: a}]\n"),
        )
}

const ALL: &[&str] = &[
    "check",
    "--baseline",
    "base.txt",
    "--update-baseline",
    "--accept",
    "all",
];
const HELD: &[&str] = &[
    "check",
    "--baseline",
    "base.txt",
    "--fail-on",
    "note",
    "--format",
    "json",
];

fn list_findings(sandbox: &Sandbox) -> Vec<String> {
    let document = sandbox.json(HELD);
    let all = document["findings"].as_array().unwrap();
    all.iter()
        .map(|one| {
            format!(
                "{} {}",
                one["rule"].as_str().unwrap(),
                one["subject"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn findings_in_the_baseline_are_not_reported_even_if_lines_or_files_move() {
    let sandbox = portfolio();
    assert_eq!(sandbox.run(&["check"]).code, 1);
    assert_eq!(sandbox.run(ALL).code, 0);
    assert_eq!(list_findings(&sandbox), [""; 0]);
    assert_eq!(sandbox.run(HELD).code, 0);
    let text = sandbox.read("portfolio/entries/second.md");
    std::fs::remove_file(sandbox.path().join("portfolio/entries/second.md")).unwrap();
    sandbox.write(
        "portfolio/entries/2026/renamed.md",
        text.replace("---\ntitle", "---\n# a note\ntitle"),
    );
    assert_eq!(list_findings(&sandbox), [""; 0]);
}

#[test]
fn new_findings_worse_states_and_lower_fractions_fail_and_are_reported_once() {
    let sandbox = portfolio();
    sandbox.run(ALL);
    sandbox.write(
        "portfolio/entries/first.md",
        keys("K1")
            .replace("status", "x")
            .replace("ksbs", "titel: x\nksbs"),
    );
    assert_eq!(list_findings(&sandbox), ["unknown-key entry:k1"]);
    sandbox.write(
        "portfolio/entries/first.md",
        keys("K1").replace("ksbs", "status: draft\nksbs"),
    );
    assert_eq!(
        list_findings(&sandbox),
        ["coverage-regressed criterion:tiny:K1"]
    );
    let text = sandbox
        .run(&["check", "--baseline", "base.txt", "--color", "never"])
        .out;
    assert!(
        text.contains("tiny:K1 was “ready to assess” and is “draft only” now"),
        "{text}"
    );
    // A waiver of a covered criterion lapses; a waiver of a gap reduces the total, which is no
    // regression.
    sandbox.write("portfolio/entries/first.md", keys("K1"));
    let waived = super::support::SETTINGS.to_owned()
        + "waivers: [{ code: K10, reason: agreed, by: tutor-1 }]\n";
    sandbox.write("portfolio/portfolio.yaml", waived);
    assert_eq!(sandbox.run(&["check", "--baseline", "base.txt"]).code, 0);
    sandbox.run(&["check", "--baseline", "base.txt", "--update-baseline"]);
    sandbox.write("portfolio/portfolio.yaml", super::support::SETTINGS);
    assert_eq!(
        list_findings(&sandbox)[0],
        "coverage-regressed group:tiny",
        "2/3 stood in the baseline, 2/4 stands now"
    );
}

#[test]
fn fixed_findings_leave_the_baseline_and_only_accepted_ones_enter_it() {
    let sandbox = portfolio();
    sandbox.run(ALL);
    let before = sandbox.read("base.txt");
    assert!(
        before.lines().skip(1).collect::<Vec<_>>().is_sorted(),
        "{before}"
    );
    assert!(
        before.contains("criterion tiny:K1 evidenced\n") && before.contains("fraction tiny 2/4\n"),
        "{before}"
    );
    sandbox.write(
        "portfolio/entries/second.md",
        keys("K2").replace("id: k2", "id: second\ntitel: x"),
    );
    assert_eq!(
        list_findings(&sandbox),
        ["stale-baseline file:base.txt", "unknown-key entry:second"]
    );
    let update = &["check", "--baseline", "base.txt", "--update-baseline"];
    sandbox.run(update);
    let after = sandbox.read("base.txt");
    assert!(
        !after.contains("untidy-code") && !after.contains("unknown-key"),
        "{after}"
    );
    sandbox.run(&[&update[..], &["--accept", "unknown-key"]].concat());
    assert!(
        sandbox
            .read("base.txt")
            .contains("unknown-key entry:second")
    );
    assert_eq!(list_findings(&sandbox), [""; 0]);
    sandbox.write(
        "portfolio/entries/first.md",
        keys("K1").replace("ksbs", "status: draft\nksbs"),
    );
    sandbox.run(update);
    assert!(
        sandbox
            .read("base.txt")
            .contains("criterion tiny:K1 evidenced"),
        "worse is never taken by itself"
    );
    sandbox.run(&[&update[..], &["--accept", "tiny:K1", "--accept", "tiny"]].concat());
    assert!(
        sandbox
            .read("base.txt")
            .contains("criterion tiny:K1 drafted")
    );
}

#[test]
fn an_unusable_baseline_is_an_error() {
    let sandbox = portfolio();
    assert_eq!(sandbox.run(&["check", "--baseline", "none.txt"]).code, 2);
    for broken in [
        "",
        "hello\n",
        "# ksbfolio baseline 1\ncriterion tiny:K1 splendid\n",
        "# ksbfolio baseline 3\n",
    ] {
        sandbox.write("base.txt", broken);
        let run = sandbox.run(&["check", "--baseline", "base.txt"]);
        assert_eq!(run.code, 2, "{broken}");
        assert!(run.err.contains("base.txt:"), "{}", run.err);
    }
    sandbox.write("base.txt", b"\xff\xfe");
    assert_eq!(sandbox.run(&["check", "--baseline", "base.txt"]).code, 2);
}

/// The baseline as version 1 wrote it: other fingerprints, and names of rules of that time.
fn as_version_1(baseline: &str) -> String {
    let lines = baseline.lines().zip(100_u64..).map(|(line, number)| {
        let parts: Vec<&str> = line.split(' ').collect();
        match parts[..] {
            ["#", ..] => "# ksbfolio baseline 1\n".to_owned(),
            ["finding", _, rule, subject] => {
                let rule = rule.replace("untidy-code", "non-canonical-code");
                format!("finding {number:016x} {rule} {subject}\n")
            }
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}

#[test]
fn a_baseline_of_version_1_is_matched_by_rule_subject_and_count_and_renewed() {
    let sandbox = portfolio();
    sandbox.run(ALL);
    let accepted = sandbox.read("base.txt");
    assert!(accepted.starts_with("# ksbfolio baseline 2\n"));
    sandbox.write("base.txt", as_version_1(&accepted));
    assert_eq!(
        list_findings(&sandbox),
        [""; 0],
        "{}",
        sandbox.read("base.txt")
    );
    // A second finding of one rule and subject is one more than the baseline has.
    sandbox.write(
        "portfolio/entries/second.md",
        entry("id: second\nksbs: [{k2: a}, {k1: a}]\n"),
    );
    assert_eq!(list_findings(&sandbox), ["untidy-code entry:second"]);
    sandbox.write(
        "portfolio/entries/second.md",
        entry("id: second\nksbs: [{k2: a}]\n"),
    );
    let update = &["check", "--baseline", "base.txt", "--update-baseline"];
    let renewed = sandbox.run(update);
    assert!(
        renewed.err.contains("renewed from version 1"),
        "{}",
        renewed.err
    );
    assert_eq!(sandbox.read("base.txt"), accepted);
    assert!(!sandbox.run(update).err.contains("renewed"));
    // What version 1 knew and is mended is reported as mended.
    sandbox.write("base.txt", as_version_1(&accepted));
    sandbox.write(
        "portfolio/entries/second.md",
        keys("K2").replace("id: k2", "id: second"),
    );
    assert_eq!(list_findings(&sandbox), ["stale-baseline file:base.txt"]);
}

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let done = Command::new("git")
        .args([
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn another_revision_serves_as_the_baseline() {
    let sandbox = portfolio();
    let against =
        |revision: &str| sandbox.run(&["check", "--against", revision, "--color", "never"]);
    assert_eq!(against("HEAD").code, 2, "no repository");
    git(&sandbox, &["init", "-q"]);
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "-q", "-m", "One"]);
    assert_eq!(against("HEAD").code, 0, "{}", against("HEAD").out);
    assert!(against("HEAD").out.contains("Nothing to fix."));
    sandbox.write(
        "portfolio/entries/second.md",
        keys("K2").replace("ksbs", "titel: x\nksbs"),
    );
    let run = against("HEAD");
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("unknown-key") && !run.out.contains("error[uncovered"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("Fixed: untidy-code entry:second"),
        "{}",
        run.out
    );
    for wrong in ["nowhere", "--help", ""] {
        assert_eq!(against(wrong).code, 2, "{wrong}");
    }
    let status = Command::new("git")
        .args(["status", "--short"])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&status.stdout),
        " M portfolio/entries/second.md\n",
        "nothing else was touched"
    );
}

#[test]
fn reporting_exits_with_0_and_prints_the_real_exit_code() {
    let sandbox = portfolio();
    let run = sandbox.run(&["check", "--reporting"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("would be 1"), "{}", run.err);
    assert!(run.out.contains("error[uncovered-criterion]"));
    let run = sandbox.run(&["coverage", "--fail-under", "4/4", "--reporting"]);
    assert_eq!((run.code, run.err.contains("would be 1")), (0, true));
}
