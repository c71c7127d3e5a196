//! Files that reports, sites and new entries must not replace or leave, and names that every system takes.

use std::path::Path;

use crate::support::{Sandbox, entry, tree};

/// Two workspaces beside each other, a list of signers, and files that no report may replace.
fn neighbours() -> Sandbox {
    let own = Sandbox::tiny();
    let sandbox = Sandbox::empty();
    for workspace in ["w1", "w2"] {
        for (path, bytes) in tree(own.path()) {
            sandbox.write(&format!("{workspace}/{}", path.display()), bytes);
        }
        sandbox.write(&format!("{workspace}/portfolio/entries/one.md"), entry("ksbs: [K1]\n"));
    }
    sandbox
        .file("signers", "# none yet\n")
        .file("plan.yaml", "version: 1\n")
        .file("w1/.git/config", "[core]\n")
        .file("bare/HEAD", "ref: refs/heads/main\n")
        .file("bare/objects/x", "")
        .file("bare/config", "[core]\n")
        .file("w1/.vscode/settings.json", "{}")
        .file("w1/.gitignore", "output/\n")
        .file("notes.md", "my own notes")
        .file("data.json", "{}")
        .file("letter.docx", "a letter")
}

#[test]
fn no_report_replaces_what_people_wrote_anywhere() {
    let sandbox = neighbours();
    let before = tree(sandbox.path());
    for place in [
        "w2/portfolio/entries/one.md",
        "w2/portfolio/entries/new.md",
        "w2/portfolio/portfolio.yaml",
        "w2/standards/tiny.yaml",
        "w1/.git/config",
        "w1/.git/new",
        "bare/config",
        "bare/new.txt",
        "w1/.vscode/settings.json",
        "w1/.gitignore",
        "notes.md",
        "data.json",
        "letter.docx",
    ] {
        for command in ["coverage", "check", "hours", "gateway", "sample", "pack"] {
            let run = sandbox.run(&["--root", "w1", command, "--output", place]);
            assert_eq!(run.code, 2, "{command} {place}: {}", run.err);
            assert!(run.err.contains("cannot write"), "{command} {place}: {}", run.err);
        }
        let run = sandbox.run(&["--root", "w1", "check", "--baseline", place, "--update-baseline"]);
        assert_eq!(run.code, 2, "baseline {place}: {}", run.err);
        let run = sandbox.run(&["--root", "w1", "review", "--format", "html", "--output", place]);
        assert_eq!(run.code, 2, "review {place}: {}", run.err);
    }
    for place in ["w2/portfolio/site", "w1/.git/site", "bare/site"] {
        for command in [&["build", "--output", place][..], &["gateway", "--anyway", "--pack", place]] {
            let run = sandbox.run(&[&["--root", "w1"], command].concat());
            assert_eq!(run.code, 2, "{command:?}: {}", run.err);
        }
    }
    assert_eq!(tree(sandbox.path()), before, "something was written");
}

#[test]
fn no_report_replaces_a_file_that_its_command_reads() {
    let sandbox = neighbours();
    let baseline = ["--root", "w1", "check", "--baseline", "b.json"];
    assert_eq!(sandbox.run(&[&baseline[..], &["--update-baseline"]].concat()).code, 0);
    let before = tree(sandbox.path());
    for command in [
        &["coverage", "--allowed-signers", "signers", "--output", "signers"][..],
        &["pack", "--allowed-signers", "./signers", "--output", "w1/../signers"],
        &["review", "--allowed-signers", "signers", "--output", "signers"],
        &["check", "--baseline", "b.json", "--format", "json", "--output", "b.json"],
        &["check", "--baseline", "new.json", "--update-baseline", "--format", "json", "--output", "new.json"],
        &["sample", "--plan", "plan.yaml", "--output", "plan.yaml"],
    ] {
        let run = sandbox.run(&[&["--root", "w1"], command].concat());
        assert_eq!(run.code, 2, "{command:?}: {}", run.err);
        assert!(run.err.contains("this command reads that file"), "{command:?}: {}", run.err);
    }
    let two = ["--root", "w1", "check", "--format", "json", "--output", "a", "--format", "text"];
    let run = sandbox.run(&[&two[..], &["--output", "./w1/../a"]].concat());
    assert!(run.code == 2 && run.err.contains("two reports"), "{}", run.err);
    assert_eq!(tree(sandbox.path()), before, "something was written");
}

#[test]
fn a_report_replaces_an_earlier_one() {
    let sandbox = neighbours().file("empty.csv", "");
    for arguments in [
        &["coverage", "--output", "c.txt"][..],
        &["coverage", "--output", "report"],
        &["coverage", "--output", "empty.csv"],
        &["coverage", "--format", "json", "--output", "c.json"],
        &["coverage", "--format", "xlsx", "--output", "c.XLSX"],
        &["check", "--reporting", "--format", "junit", "--output", "c.xml"],
        &["check", "--reporting", "--format", "sarif", "--output", "c.sarif"],
        &["check", "--reporting", "--format", "gitlab", "--output", "quality.json"],
        &["check", "--baseline", ".baseline.json", "--update-baseline"],
        &["review", "--output", "r.md"],
        &["pack", "--output", "p.html"],
    ] {
        let rounds = if arguments.contains(&"empty.csv") { 1 } else { 2 };
        for _ in 0..rounds {
            let run = sandbox.run(&[&["--root", "w1"], arguments].concat());
            assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        }
        assert!(
            Path::new(&sandbox.path().join(arguments[arguments.len() - 1])).exists()
                || arguments.contains(&"--update-baseline")
        );
    }
}
