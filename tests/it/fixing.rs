//! `--fix` corrects what needs no judgement, changes only those bytes, and is idempotent.

use ksbfolio::engine::{OpenOptions, Snapshot, apply_fixes};
use ksbfolio::text::SourcePath;

use super::support::{Sandbox, Workspace, entry, tree};

const LOOSE: &str = "---\r\ntitle: A  # é\r\ndate: 2026-11-14\r\ntype: product\r\nksbs: [k 01, K2, {K 02: why}, 'b1', K2 ]\r\ncriteria:\r\n  - K10\r\n  - k10   \r\nattachments:\r\n  - { file: evidence/Chart.PNG, alt: A }\r\n---\r\n\r\n[words](ksb:k1,K02) \t and [more](ksb:tiny:b01)\r\n";
const MENDED: &str = "---\r\ntitle: A  # é\r\ndate: 2026-11-14\r\ntype: product\r\nksbs: [K1, K2, {K2: why}, 'B1' ]\r\ncriteria:\r\n  - K10\r\nattachments:\r\n  - { file: evidence/chart.png, alt: A }\r\n---\r\n\r\n[words](ksb:K1,K2) \t and [more](ksb:tiny:B1)\r\n";

fn loose() -> Sandbox {
    Sandbox::with_entry(LOOSE)
        .file("portfolio/entries/fine.md", entry("ksbs: [{K1: a}]\n"))
        .file("portfolio/evidence/chart.png", "not looked at")
}

#[test]
fn only_the_bytes_of_the_fix_change_and_a_second_run_changes_nothing() {
    let sandbox = loose();
    let run = sandbox.run(&["check", "--fix"]);
    let once = sandbox.read("portfolio/entries/one.md");
    assert_eq!(once, MENDED, "{}{}", run.out, run.err);
    assert!(run.err.contains("Fixed"), "{}", run.err);
    sandbox.run(&["check", "--fix"]);
    let twice = tree(sandbox.path());
    sandbox.run(&["check", "--fix"]);
    assert_eq!(tree(sandbox.path()), twice);
    // A duplicate tag with its own justification is reported and kept.
    assert!(sandbox.check_as("text").contains("untidy-code"));
}

#[test]
fn diff_shows_the_change_first_writes_nothing_and_hides_what_is_hidden() {
    let sandbox = Sandbox::with_entry(&entry("event_date: 2026-11-12\nksbs: [k1]\n"));
    let before = tree(sandbox.path());
    let run = sandbox.run(&["check", "--diff"]);
    assert!(
        run.out.contains("-ksbs: [k1]\n+ksbs: [K1]\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("--- a/portfolio/entries/one.md"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("2026-11-12"), "{}", run.out);
    assert_eq!(tree(sandbox.path()), before);
    assert_eq!(sandbox.run(&["check", "--diff", "--fix"]).code, 2);
}

#[test]
fn an_acceptance_survives_the_fix() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [\"k1\", {k 2: a}]\n"));
    let digest = |sandbox: &Sandbox| {
        let out = sandbox.run(&["explain", "entry:one"]).out;
        out.lines()
            .find(|line| line.contains("digest"))
            .unwrap()
            .to_owned()
    };
    let before = digest(&sandbox);
    sandbox.run(&["check", "--fix"]);
    assert!(
        sandbox
            .read("portfolio/entries/one.md")
            .contains("[\"K1\", {K2: a}]")
    );
    assert_eq!(digest(&sandbox), before);
}

#[test]
fn all_files_are_fixed_or_none() {
    let loose = entry("ksbs: [k1]\n");
    let names = ["a", "b", "c"].map(|name| format!("portfolio/entries/{name}.md"));
    let begun = || {
        let workspace = Workspace::tiny();
        for name in &names {
            workspace.write(name, &loose);
        }
        let project = Snapshot::open(&OpenOptions::new(workspace.path())).unwrap();
        (workspace, project)
    };
    let fix = |project: &Snapshot| apply_fixes(project, &project.check(None, None).all);

    let (workspace, project) = begun();
    let done = fix(&project).unwrap();
    assert_eq!((done.places, done.files), (3, 3));
    assert!(
        names
            .iter()
            .all(|name| workspace.read(name).contains("[K1]"))
    );

    // The third file is edited between reading and fixing.
    let (workspace, project) = begun();
    let findings = project.check(None, None).all;
    // The texts are read when they are needed first.
    assert!(
        names
            .iter()
            .all(|name| project.sources.raw(&SourcePath::new(name)).is_some())
    );
    workspace.write(&names[2], loose.replace("Words", "Other words"));
    let before = tree(workspace.path());
    let refused = apply_fixes(&project, &findings).unwrap_err().to_string();
    assert!(
        refused.contains("c.md: it was changed meanwhile"),
        "{refused}"
    );
    assert_eq!(tree(workspace.path()), before);
}
