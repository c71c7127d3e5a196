//! Files that reports, sites and new entries must not replace or leave behind, and portable file
//! names.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::support::{BEGIN, Sandbox, Workspace, entry, tree};

/// Two sibling workspaces, a signers file, and files that no report may replace.
fn neighbours() -> Sandbox {
    let own = Sandbox::tiny();
    let sandbox = Sandbox::empty();
    for workspace in ["w1", "w2"] {
        for (path, bytes) in tree(own.path()) {
            sandbox.write(&format!("{workspace}/{}", path.display()), bytes);
        }
        sandbox.write(
            &format!("{workspace}/portfolio/entries/one.md"),
            entry("ksbs: [K1]\n"),
        );
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
            assert!(
                run.err.contains("cannot write"),
                "{command} {place}: {}",
                run.err
            );
        }
        let run = sandbox.run(&[
            "--root",
            "w1",
            "check",
            "--baseline",
            place,
            "--update-baseline",
        ]);
        assert_eq!(run.code, 2, "baseline {place}: {}", run.err);
        let run = sandbox.run(&[
            "--root", "w1", "review", "--format", "html", "--output", place,
        ]);
        assert_eq!(run.code, 2, "review {place}: {}", run.err);
    }
    for place in ["w2/portfolio/site", "w1/.git/site", "bare/site"] {
        for command in [
            &["build", "--output", place][..],
            &["gateway", "--anyway", "--pack", place],
        ] {
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
    assert_eq!(
        sandbox
            .run(&[&baseline[..], &["--update-baseline"]].concat())
            .code,
        0
    );
    let before = tree(sandbox.path());
    for command in [
        &[
            "coverage",
            "--allowed-signers",
            "signers",
            "--output",
            "signers",
        ][..],
        &[
            "pack",
            "--allowed-signers",
            "./signers",
            "--output",
            "w1/../signers",
        ],
        &[
            "review",
            "--allowed-signers",
            "signers",
            "--output",
            "signers",
        ],
        &[
            "check",
            "--baseline",
            "b.json",
            "--format",
            "json",
            "--output",
            "b.json",
        ],
        &[
            "check",
            "--baseline",
            "new.json",
            "--update-baseline",
            "--format",
            "json",
            "--output",
            "new.json",
        ],
        &["sample", "--plan", "plan.yaml", "--output", "plan.yaml"],
    ] {
        let run = sandbox.run(&[&["--root", "w1"], command].concat());
        assert_eq!(run.code, 2, "{command:?}: {}", run.err);
        assert!(
            run.err.contains("this command reads that file"),
            "{command:?}: {}",
            run.err
        );
    }
    let two = [
        "--root", "w1", "check", "--format", "json", "--output", "a", "--format", "text",
    ];
    let run = sandbox.run(&[&two[..], &["--output", "./w1/../a"]].concat());
    assert!(
        run.code == 2 && run.err.contains("two reports"),
        "{}",
        run.err
    );
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
        &[
            "check",
            "--reporting",
            "--format",
            "junit",
            "--output",
            "c.xml",
        ],
        &[
            "check",
            "--reporting",
            "--format",
            "sarif",
            "--output",
            "c.sarif",
        ],
        &[
            "check",
            "--reporting",
            "--format",
            "gitlab",
            "--output",
            "quality.json",
        ],
        &["check", "--baseline", ".baseline.json", "--update-baseline"],
        &["review", "--output", "r.md"],
        &["pack", "--output", "p.html"],
    ] {
        let rounds = if arguments.contains(&"empty.csv") {
            1
        } else {
            2
        };
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

#[test]
fn no_entry_has_the_name_of_a_device() {
    let sandbox = Sandbox::tiny();
    for (title, name) in [
        ("CON", "con-entry"),
        ("nul", "nul-entry"),
        ("Aux!", "aux-entry"),
        ("com1", "com1-entry"),
        ("lpt9", "lpt9-entry"),
        ("CON", "con-entry-2"),
        ("Com", "com"),
    ] {
        let run = sandbox.run(&["new", title]);
        assert_eq!(
            (run.code, run.out),
            (0, format!("portfolio/entries/2026/{name}.md\n")),
            "{}",
            run.err
        );
    }
    sandbox.write("portfolio/evidence/aux.txt", "a");
    sandbox.write(
        "portfolio/portfolio.yaml",
        "version: 1\ntitle: T\nlearner: { id: con }\nstandards: [tiny]\n",
    );
    sandbox.write(
        "portfolio/entries/one.md",
        entry("id: nul\nksbs: [K1]\nattachments: [{ file: evidence/aux.txt, description: A }]\n"),
    );
    let run = sandbox.run(&["assess", "nul", "--as", "prn", "--accept", "K1", "--vacsr"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(sandbox.run(&["build"]).code, 0);
    sandbox.run(&["gateway", "--anyway", "--pack", "out"]);
    let packed = tree(&sandbox.path().join("out"));
    assert!(packed.len() > 10, "no pack");
    for (path, _) in tree(sandbox.path()).iter().chain(&packed) {
        for part in path
            .iter()
            .map(|part| part.to_string_lossy().to_lowercase())
        {
            let stem = part.split('.').next().unwrap();
            let is_device = ["con", "nul", "aux", "prn", "com1", "lpt9"].contains(&stem);
            assert!(!is_device || part == "aux.txt", "{}", path.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let elsewhere = Sandbox::empty();
    let given = {
        let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
        let dry = sandbox.run(&[
            "assess",
            "one",
            "--as",
            "AS-1",
            "--accept",
            "K1",
            "--vacsr",
            "--dry-run",
        ]);
        dry.out.split("\none, attempt").next().unwrap().to_owned()
    };
    let assess = ["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"];
    for (link, arguments) in [
        ("portfolio/entries/2026", &["new", "A title"][..]),
        ("portfolio/entries", &["new", "A title"]),
        ("portfolio/decisions", &assess),
        (
            "portfolio/decisions",
            &["decisions", "import", "given.yaml"],
        ),
        (".github", &["init", "--ci", "github"]),
    ] {
        let sandbox = Sandbox::tiny().file("given.yaml", &given);
        if link != "portfolio/entries" {
            sandbox.write("portfolio/entries/one.md", entry("ksbs: [K1]\n"));
        }
        symlink(elsewhere.path(), sandbox.path().join(link)).unwrap();
        let run = sandbox.run(arguments);
        assert_eq!(run.code, 2, "{link}: {}{}", run.out, run.err);
        // If the decisions folder is not read, the chain is broken; this is reported first.
        assert!(
            run.err.contains("link") || link == "portfolio/decisions",
            "{link}: {}",
            run.err
        );
        assert_eq!(tree(elsewhere.path()), [], "{link}");
    }
    for link in ["portfolio", ".vscode"] {
        let sandbox = Sandbox::empty();
        symlink(elsewhere.path(), sandbox.path().join(link)).unwrap();
        let run = sandbox.run(&BEGIN);
        assert_eq!(run.code, 2, "{link}: {}{}", run.out, run.err);
        assert_eq!(tree(elsewhere.path()), [], "{link}");
    }
    // The path to the workspace itself may contain a link.
    let sandbox = Sandbox::tiny();
    symlink(sandbox.path(), elsewhere.path().join("mine")).unwrap();
    let run = elsewhere.run(&["--root", "mine", "new", "A title"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn copies_left_by_other_programs_are_no_entries() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    let reports = || (sandbox.check_as("json"), sandbox.coverage_as("json"));
    let before = reports();
    for path in [
        "#recycle/x.md",
        "@eaDir/x.md",
        ".stfolder/x.md",
        ".stversions/x.md",
        "node_modules/x.md",
        "~WRL0001.md",
        "~WRL0001.tmp",
        "one.tmp.md",
        "one.orig.md",
        "one.bak.md",
        "one.md.orig",
        "one.md.bak",
    ] {
        sandbox.write(
            &format!("portfolio/entries/{path}"),
            entry("id: left\nksbs: [K1, K2]\n"),
        );
    }
    assert_eq!(reports(), before);
}

#[test]
fn a_copy_of_a_page_is_named_and_stays() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"))
        .file("portfolio/entries/two.md", entry("ksbs: [K2]\n"));
    assert_eq!(sandbox.run(&["build"]).code, 0);
    for path in [
        "CNAME",
        "downloads/notes.txt",
        ".gitignore",
        "entries/.DS_Store",
        ".git/index.html",
    ] {
        sandbox.write(&format!("output/{path}"), "mine");
    }
    let run = sandbox.run(&["build"]);
    assert!(
        run.code == 0 && !run.err.contains("Not part"),
        "{}",
        run.err
    );
    let copies = [
        "entries/one (2).html",
        "entries/one-copy.html",
        "entries/one - Copy.html",
        "entries/one.html.bak",
        "old/entries/one.HTM",
        "index-copy.html",
        "data/coverage (1).json",
    ];
    let page = sandbox.read("output/entries/one.html");
    for path in copies {
        sandbox.write(&format!("output/{path}"), &page);
    }
    sandbox.write(
        "portfolio/entries/one.md",
        entry("ksbs: [K1]\nvisibility: private\n"),
    );
    for _ in 0..2 {
        let run = sandbox.run(&["build"]);
        assert_eq!(run.code, 1, "{}", run.err);
        for path in copies {
            assert!(
                run.err.contains(&format!("Not part of the site: {path}.")),
                "{path}: {}",
                run.err
            );
            assert_eq!(sandbox.read(&format!("output/{path}")), page);
        }
        assert_eq!(
            run.err.matches("Not part of the site").count(),
            copies.len(),
            "{}",
            run.err
        );
    }
    for path in copies {
        std::fs::remove_file(sandbox.path().join("output").join(path)).unwrap();
    }
    assert_eq!(sandbox.run(&["build"]).code, 0);
}

#[test]
fn only_one_of_several_runs_of_init_reports_success() {
    let sandbox = Sandbox::empty();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
        command
            .args(BEGIN)
            .current_dir(sandbox.path())
            .stdin(Stdio::null());
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<Child> = (0..6).map(|_| start()).collect();
    let done: Vec<Output> = running
        .into_iter()
        .map(|one| one.wait_with_output().unwrap())
        .collect();
    let said = |one: &Output| String::from_utf8(one.stderr.clone()).unwrap();
    let ready = done
        .iter()
        .filter(|one| said(one).contains("Your portfolio is ready"))
        .count();
    assert_eq!(
        (
            ready,
            done.iter().filter(|one| one.status.success()).count()
        ),
        (1, 1)
    );
    for one in done.iter().filter(|one| !one.status.success()) {
        assert!(
            said(one).contains("there is a portfolio in"),
            "{}",
            said(one)
        );
        assert!(!said(one).contains("Wrote"), "{}", said(one));
    }
}

#[test]
fn a_folder_with_the_name_of_a_file_is_a_finding_and_closed() {
    let picture = "attachments: [{ file: evidence/p.png, description: A, consent: c-1 }]\n";
    let workspace = || {
        Sandbox::with_entry(&entry(&format!("ksbs: [K1]\n{picture}")))
            .file("portfolio/evidence/p.png", picture_bytes())
    };
    for name in [
        "consents.yaml",
        "sampling.yaml",
        "decisions/allowed_signers",
        "decisions/revoked_keys",
    ] {
        let sandbox = workspace().file(&format!("portfolio/{name}/x"), "in a folder");
        let run = sandbox.run(&["check", "--format", "concise"]);
        assert_eq!(run.code, 1, "{name}: {}", run.err);
        let line = format!("portfolio/{name}:1:1: error[unreadable-file]");
        assert!(run.out.contains(&line), "{name}: {}", run.out);
    }
    let sandbox = workspace().file("portfolio/sampling.yaml/x", "in a folder");
    let run = sandbox.run(&["sample"]);
    assert!(
        run.code == 2 && run.err.contains("cannot be followed"),
        "{}",
        run.err
    );
    let sandbox = workspace().file("portfolio/consents.yaml/x", "in a folder");
    sandbox.run(&["build"]);
    assert!(!sandbox.path().join("output/assets/pictures").exists());
    // A portfolio in a parent folder is not used instead.
    let sandbox = Sandbox::tiny().file("inner/portfolio/portfolio.yaml/x", "in a folder");
    let run = sandbox.run(&["--root", "inner", "check"]);
    assert!(
        run.code == 2 && run.err.contains("plain file"),
        "{}",
        run.err
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
    let done = command
        .arg("coverage")
        .current_dir(sandbox.path().join("inner"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2));
}

fn picture_bytes() -> Vec<u8> {
    crate::support::files::picture(image::ImageFormat::Png)
}

#[cfg(target_os = "linux")]
#[test]
fn files_of_another_revision_that_cannot_be_read_are_reported() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "user.name=Mr Elm",
            "-c",
            "user.email=elm@example.org",
            "-c",
            "commit.gpgsign=false",
        ]);
        assert!(
            command
                .args(arguments)
                .current_dir(sandbox.path())
                .output()
                .unwrap()
                .status
                .success()
        );
    };
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    let path = sandbox.path().join("portfolio/entries").join(name);
    std::fs::write(&path, entry("ksbs: [K2]\n")).unwrap();
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "one"]);
    let run = sandbox.run(&[
        "check",
        "--against",
        "HEAD",
        "--reporting",
        "--format",
        "json",
    ]);
    assert!(
        run.err
            .contains("In HEAD, 1 of the files or folders cannot be read in full"),
        "{}",
        run.err
    );
    // Both revisions have the file, so it is not new.
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let found = report["findings"].as_array().unwrap();
    assert!(
        found
            .iter()
            .all(|finding| finding["rule"] != "unreadable-file"),
        "{}",
        run.out
    );
}
