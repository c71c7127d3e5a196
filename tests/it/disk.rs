//! Disk errors, file names, concurrent processes, signals, and allowed report targets.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::{BEGIN, Sandbox, Workspace, entry, tree};

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
    command
        .args(["--as-of", "2026-11-21"])
        .args(arguments)
        .current_dir(folder);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Results of processes that were started concurrently.
fn all(running: Vec<Child>) -> Vec<Output> {
    running
        .into_iter()
        .map(|one| one.wait_with_output().unwrap())
        .collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let items = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = items
        .map(|item| item.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn long_titles_and_references_give_short_names() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let title = "Today I helped with the morning wash of one resident ".repeat(8);
    for (title, name) in [
        (
            title.as_str(),
            "today-i-helped-with-the-morning-wash-of-one-resident-today-i",
        ),
        (
            &title,
            "today-i-helped-with-the-morning-wash-of-one-resident-today-i-2",
        ),
        (&"y".repeat(300), &"y".repeat(60)),
        (&"ж".repeat(300), "entry"),
    ] {
        let run = sandbox.run(&["new", title]);
        assert_eq!(
            (run.code, run.out),
            (0, format!("portfolio/entries/2026/{name}.md\n")),
            "{}",
            run.err
        );
        assert!(
            sandbox
                .read(&format!("portfolio/entries/2026/{name}.md"))
                .contains(title.trim())
        );
    }
    for _ in 0..2 {
        let run = sandbox.run(&[
            "assess",
            "one",
            "--as",
            &"a".repeat(300),
            "--accept",
            "K1",
            "--vacsr",
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        let begins = format!("portfolio/decisions/2026-11-21-{}-", "A".repeat(60));
        let line = run.out.lines().next().unwrap();
        let digits = line.strip_prefix(&begins).expect(line);
        assert_eq!(digits.len(), "12345678.yaml".len(), "{line}");
    }
}

#[test]
fn names_of_pages_of_long_ids_do_not_depend_on_other_pages() {
    let (first, second) = (
        format!("{}-first", "pain".repeat(50)),
        format!("{}-second", "pain".repeat(50)),
    );
    let sandbox = Workspace::tiny().file(
        "portfolio/entries/b.md",
        entry(&format!("id: {second}\nksbs: [K1]\n")),
    );
    let page = || {
        sandbox.build("assessor", "output");
        names(&sandbox.path().join("output/entries"))
    };
    let alone = page();
    sandbox.write(
        "portfolio/entries/a.md",
        entry(&format!("id: {first}\nksbs: [K1]\n")),
    );
    let both = page();
    assert!(
        both.len() == 2 && both.contains(&alone[0]),
        "{alone:?} {both:?}"
    );
    assert!(both.iter().all(|name| name.len() <= 90), "{both:?}");
}

#[test]
fn a_disk_error_is_reported_with_its_reason() {
    let assess = ["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"];
    for (in_the_way, arguments, reason) in [
        ("portfolio/entries", &["new", "A title"][..], "not a folder"),
        (
            "portfolio/entries/2026",
            &["new", "A title"],
            "a file has the name of a folder",
        ),
        ("portfolio/decisions", &assess, "not a folder"),
        ("portfolio/decisions", &["check"], "not a folder"),
        ("portfolio/evidence", &["build"], "not a folder"),
        (
            "standards/tiny.yaml/x",
            &["check", "--output", "standards.json/x"],
            "Not a directory",
        ),
    ] {
        let sandbox = Sandbox::tiny();
        if in_the_way.starts_with("portfolio/") {
            sandbox.write(in_the_way, "a file");
        } else {
            sandbox.write("standards.json", "a file");
        }
        if in_the_way != "portfolio/entries" && in_the_way != "portfolio/entries/2026" {
            sandbox.write("portfolio/entries/one.md", entry("ksbs: [K1]\n"));
        }
        let begun = Instant::now();
        let run = sandbox.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}{}", run.out, run.err);
        assert!(run.err.contains(reason), "{arguments:?}: {}", run.err);
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
    let sandbox = Sandbox::tiny();
    let run = sandbox.run(&["coverage", "--output", &"n".repeat(300)]);
    assert!(run.code == 2 && run.err.contains("too long"), "{}", run.err);
}

#[cfg(target_os = "linux")]
#[test]
fn an_unwritable_folder_is_not_taken_for_a_taken_name() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    // No user can create a file in /proc.
    std::fs::create_dir_all(sandbox.path().join("portfolio/entries")).unwrap();
    std::os::unix::fs::symlink("/proc", sandbox.path().join("portfolio/entries/2026")).unwrap();
    let run = sandbox.run(&["new", "A title"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("cannot create"), "{}", run.err);
}

#[test]
fn concurrent_processes_create_different_files() {
    let sandbox = Sandbox::tiny();
    for round in 0..3 {
        let title = format!("The same title {round}");
        let made = all((0..6)
            .map(|_| start(sandbox.path(), &["new", &title]))
            .collect());
        let paths: BTreeSet<String> = made.iter().map(|one| text(&one.stdout)).collect();
        assert!(made.iter().all(|one| one.status.success()));
        assert_eq!(paths.len(), 6, "{paths:?}");
        for path in &paths {
            let stem = Path::new(path.trim())
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            assert!(
                sandbox.read(path.trim()).contains(&format!("id: {stem}\n")),
                "{path}"
            );
        }
    }
    assert_eq!(
        sandbox
            .run(&["check", "--fail-on", "error", "portfolio/entries"])
            .code,
        0
    );
}

#[test]
fn each_file_of_a_new_portfolio_is_written_by_one_of_several_processes() {
    let sandbox = Sandbox::empty();
    let made = all((0..5).map(|_| start(sandbox.path(), &BEGIN)).collect());
    let said: String = made.iter().map(|one| text(&one.stderr)).collect();
    for (path, _) in tree(sandbox.path()) {
        let path = path.display().to_string();
        assert!(!path.contains(".ksbfolio-part"), "{path} was left");
        assert_eq!(
            said.matches(&format!("Wrote {path}\n")).count(),
            1,
            "{path}: {said}"
        );
    }
    assert!(made.iter().any(|one| one.status.success()));
}

#[test]
fn concurrent_imports_of_a_decision_file_it_once() {
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
    let file = dry.out.split("\none, attempt").next().unwrap();
    sandbox.write("given.yaml", file);
    let made = all((0..4)
        .map(|_| start(sandbox.path(), &["decisions", "import", "given.yaml"]))
        .collect());
    for one in &made {
        assert!(one.status.success(), "{}", text(&one.stderr));
    }
    let filed_before = made
        .iter()
        .filter(|one| text(&one.stderr).contains("filed already"))
        .count();
    assert_eq!(
        (
            filed_before,
            names(&sandbox.path().join("portfolio/decisions")).len()
        ),
        (3, 1)
    );
}

/// Commands that print, and their exit codes in a portfolio with gaps.
const PRINTING: &[(&[&str], i32)] = &[
    (&["--help"], 0),
    (&["--version"], 0),
    (&["help", "new"], 0),
    (&["new", "A title"], 0),
    (
        &["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"],
        0,
    ),
    (
        &[
            "assess",
            "one",
            "--as",
            "AS-1",
            "--accept",
            "K1",
            "--vacsr",
            "--dry-run",
        ],
        0,
    ),
    (&["decisions"], 0),
    (&["decisions", "verify"], 0),
    (&["decisions", "verify", "--format", "json"], 0),
    (&["pack"], 0),
    (&["check"], 1),
    (&["check", "--format", "json"], 1),
    (&["check", "--diff", "--fail-on", "error"], 1),
    (&["coverage"], 0),
    (&["coverage", "--format", "xlsx"], 0),
    (
        &[
            "coverage", "--format", "json", "--output", "c.json", "--format", "csv",
        ],
        0,
    ),
    (&["hours"], 0),
    (&["review"], 0),
    (&["review", "--format", "html"], 0),
    (&["sample"], 0),
    (&["gateway"], 1),
    (&["explain", "K1"], 0),
    (&["explain", "--all"], 0),
    (&["standards"], 0),
    (&["standards", "show", "tiny"], 0),
    (&["standards", "check", "standards/tiny.yaml"], 0),
    (&["schema"], 0),
    (&["schema", "entry"], 0),
    (&["completions", "bash"], 0),
];

#[cfg(target_os = "linux")]
#[test]
fn failed_output_is_an_error_and_a_closed_pipe_is_not() {
    for (arguments, code) in PRINTING {
        let run = |out: Stdio| {
            let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
            let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
            command
                .args(["--as-of", "2026-11-21"])
                .args(*arguments)
                .current_dir(sandbox.path());
            let done = command
                .stdin(Stdio::null())
                .stdout(out)
                .stderr(Stdio::piped())
                .output()
                .unwrap();
            (done.status.code().unwrap_or(-1), text(&done.stderr))
        };
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let (full, said) = run(full.into());
        assert_eq!(full, 2, "{arguments:?}");
        assert!(
            said.contains("cannot write to standard output: No space left"),
            "{arguments:?}: {said}"
        );
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (closed, said) = run(writer.into());
        assert_eq!(closed, *code, "{arguments:?}: {said}");
        assert!(!said.contains("cannot write"), "{arguments:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn completions_that_cannot_be_printed_are_an_error() {
    let sandbox = Sandbox::tiny();
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
    command
        .args(["--", "ksbfolio", "explain", "K"])
        .current_dir(sandbox.path())
        .stdout(full);
    command
        .env("KSBFOLIO_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", "2")
        .env("_CLAP_IFS", "\n");
    assert_eq!(command.output().unwrap().status.code(), Some(2));
}

/// A workspace with a source of every kind, and aliases of some of them.
fn sources() -> Sandbox {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"))
        .file("portfolio/evidence/chart.txt", "evidence")
        .file("portfolio/consents.yaml", "version: 1\nconsents: []\n")
        .file("themes/mine/gaps.html", "mine")
        .file("reports/old.txt", "an old report");
    assert_eq!(
        sandbox
            .run(&["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"])
            .code,
        0
    );
    #[cfg(unix)]
    {
        let entry = sandbox.path().join("portfolio/entries/one.md");
        std::fs::hard_link(&entry, sandbox.path().join("hard.md")).unwrap();
        std::os::unix::fs::symlink(&entry, sandbox.path().join("soft.md")).unwrap();
        std::os::unix::fs::symlink("portfolio/entries", sandbox.path().join("folder")).unwrap();
    }
    sandbox
}

#[test]
fn no_report_is_written_into_the_sources() {
    let sandbox = sources();
    let before = tree(sandbox.path());
    let mut places = vec![
        "portfolio/entries/one.md",
        "portfolio/entries/new.md",
        "portfolio/portfolio.yaml",
        "portfolio/report.txt",
        "portfolio/decisions/2026-11-21-AS-1.yaml",
        "portfolio/evidence/chart.txt",
        "standards/tiny.yaml",
        "themes/mine/gaps.html",
        "reports/../portfolio/consents.yaml",
        "./portfolio/entries/../portfolio.yaml",
    ];
    if cfg!(unix) {
        places.extend(["hard.md", "soft.md", "folder/one.md", "folder/new.md"]);
    }
    for place in places {
        for command in [
            &["coverage", "--output", place][..],
            &[
                "check", "--format", "json", "--output", "a.json", "--format", "text", "--output",
                place,
            ],
            &["check", "--fix", "--output", place],
            &["check", "--baseline", place, "--update-baseline"],
            &["review", "--output", place],
            &["pack", "--output", place],
            &["hours", "--output", place],
            &["sample", "--output", place],
            &["gateway", "--output", place],
            &["--root", ".", "coverage", "--output", place],
        ] {
            let run = sandbox.run(command);
            assert_eq!(run.code, 2, "{command:?}: {}", run.err);
            assert!(run.err.contains("portfolio"), "{command:?}: {}", run.err);
        }
    }
    assert_eq!(tree(sandbox.path()), before, "something was written");
    let two = sandbox.run(&[
        "check", "--format", "json", "--output", "a", "--format", "text", "--output", "a",
    ]);
    assert_eq!(
        (two.code, tree(sandbox.path()) == before),
        (2, true),
        "{}",
        two.err
    );
    let run = sandbox.run(&["coverage", "--output", "reports/old.txt"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn no_folder_is_made_in_the_sources() {
    let sandbox = sources();
    std::fs::create_dir_all(sandbox.path().join("portfolio/decisions/empty")).unwrap();
    let folders = || {
        let walk = walkdir::WalkDir::new(sandbox.path().join("portfolio")).sort_by_file_name();
        walk.into_iter()
            .map(|item| item.unwrap().into_path())
            .collect::<Vec<PathBuf>>()
    };
    let before = folders();
    for place in [
        "portfolio/site",
        "portfolio/decisions/empty",
        "reports/../portfolio/a/b",
        "themes/new",
    ] {
        for command in [
            &["build", "--output", place][..],
            &["gateway", "--anyway", "--output", "g.txt", "--pack", place],
        ] {
            let run = sandbox.run(command);
            assert_eq!(run.code, 2, "{command:?}: {}", run.err);
            assert!(run.err.contains("overlaps"), "{command:?}: {}", run.err);
        }
    }
    assert_eq!(folders(), before);
    assert!(!sandbox.path().join("g.txt").exists() && !sandbox.path().join("themes/new").exists());
}

#[test]
fn an_edited_page_is_removed_with_its_entry_and_reported() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    assert_eq!(sandbox.run(&["build"]).code, 0);
    let page = sandbox.read("output/entries/one.html");
    sandbox.write("output/entries/one.html", format!("{page}<!-- edited -->"));
    sandbox.write("output/gaps.html", "edited");
    let again = sandbox.run(&["build"]);
    assert_eq!(again.code, 0, "{}", again.err);
    for path in ["entries/one.html", "gaps.html"] {
        assert!(
            again
                .err
                .contains(&format!("Replaced: {path}, which had changed")),
            "{}",
            again.err
        );
    }
    assert_eq!(sandbox.read("output/entries/one.html"), page);
    assert!(
        !sandbox.run(&["build"]).err.contains("Replaced"),
        "it is as it was written"
    );
    sandbox.write("output/entries/one.html", format!("{page}<!-- edited -->"));
    sandbox.write(
        "portfolio/entries/one.md",
        entry("ksbs: [K1]\nvisibility: private\n"),
    );
    let private = sandbox.run(&["build"]);
    assert_eq!(private.code, 1, "{}", private.err);
    assert!(
        private
            .err
            .contains("Removed: entries/one.html, which had changed"),
        "{}",
        private.err
    );
    assert!(!sandbox.path().join("output/entries/one.html").exists());
    let quiet = sandbox.run(&["build"]);
    assert!(
        quiet.code == 0 && !quiet.err.contains("Removed:"),
        "{}",
        quiet.err
    );
}

#[test]
fn a_page_that_cannot_be_removed_is_reported_until_it_is_gone() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    sandbox.run(&["build"]);
    std::fs::remove_file(sandbox.path().join("output/entries/one.html")).unwrap();
    sandbox.write(
        "output/entries/one.html/copy.html",
        "another program's file",
    );
    std::fs::remove_file(sandbox.path().join("portfolio/entries/one.md")).unwrap();
    for _ in 0..2 {
        let run = sandbox.run(&["build"]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(
            run.err.contains("Not removed: entries/one.html"),
            "{}",
            run.err
        );
    }
    std::fs::remove_dir_all(sandbox.path().join("output/entries/one.html")).unwrap();
    assert_eq!(sandbox.run(&["build"]).code, 0);
}

#[test]
fn temporary_files_of_killed_processes_are_removed_and_those_of_live_ones_kept() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n")).file("portfolio/evidence/a.txt", "a");
    let abandoned = [
        "portfolio/.ksbfolio-part-Ab12Cd",
        "portfolio/entries/.ksbfolio-part-Ab12Cd",
        "portfolio/evidence/.ksbfolio-part-zzzzz9",
        "standards/.ksbfolio-part-000000",
    ];
    let kept = [
        "portfolio/entries/.ksbfolio-part-notes.md",
        "portfolio/entries/.ksbfolio-part-abc/x.md",
    ];
    let alive = "portfolio/entries/.ksbfolio-part-Alive1";
    abandoned
        .iter()
        .chain(&kept)
        .chain([&alive])
        .for_each(|path| sandbox.write(path, "half"));
    let file = std::fs::File::options()
        .write(true)
        .open(sandbox.path().join(alive))
        .unwrap();
    file.lock().unwrap();
    let found = sandbox.run(&["check", "--reporting"]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(!found.out.contains("ksbfolio-part"), "{}", found.out);
    let is_there = |path: &str| sandbox.path().join(path).exists();
    assert!(
        !abandoned.iter().any(|path| is_there(path)),
        "something was left"
    );
    assert!(
        kept.iter().chain([&alive]).all(|path| is_there(path)),
        "something of others was removed"
    );
    drop(file);
    assert_eq!(sandbox.run(&["new", "A title"]).code, 0);
    assert!(!is_there(alive));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_build_and_leaves_nothing_half_written() {
    let sandbox = Sandbox::tiny();
    for number in 0..400 {
        sandbox.write(
            &format!("portfolio/entries/e{number}.md"),
            entry("ksbs: [K1]\n"),
        );
    }
    let stage = sandbox.path().join("output/.ksbfolio-part-site");
    for (signal, code) in [("-INT", Some(2)), ("-TERM", Some(2)), ("-KILL", None)] {
        // Only a first site is built in a staging directory.
        let _ = std::fs::remove_dir_all(sandbox.path().join("output"));
        let build = start(sandbox.path(), &["build"]);
        let begun = Instant::now();
        while !stage.join("entries").exists() {
            assert!(
                begun.elapsed() < Duration::from_mins(1),
                "the build does not begin"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(
            Command::new("kill")
                .args([signal, &build.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
        let done = build.wait_with_output().unwrap();
        assert_eq!(done.status.code(), code, "{signal}: {}", text(&done.stderr));
        let left = tree(&sandbox.path().join("output"));
        if code.is_some() {
            assert!(
                text(&done.stderr).contains("stopped"),
                "{}",
                text(&done.stderr)
            );
            assert!(
                left.iter()
                    .all(|(path, _)| path == Path::new(".ksbfolio.json")),
                "{left:?}"
            );
        }
    }
    // Leftovers of a killed build do not block the next one.
    let begun = Instant::now();
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert!(begun.elapsed() < Duration::from_mins(1));
    assert!(!stage.exists());
}

#[test]
fn temporary_files_of_editors_and_systems_are_ignored() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let check = || {
        sandbox
            .run(&["check", "--format", "json", "--reporting"])
            .out
    };
    let before = check();
    let foreign = [
        "~$draft",
        "__MACOSX/x",
        "._name",
        ".name",
        "#name",
        "Thumbs.db",
        "desktop.ini",
        ".~lock.x",
        "name",
    ];
    for (folder, ending) in [
        ("portfolio/entries", ".md"),
        ("portfolio/evidence", ".png"),
        ("portfolio/decisions", ".yaml"),
        ("standards", ".yaml"),
    ] {
        for name in foreign {
            let path = match name {
                "Thumbs.db" | "desktop.ini" => format!("{folder}/{name}"),
                "#name" | ".~lock.x" => format!("{folder}/{name}{ending}#"),
                ".name" => format!("{folder}/{name}{ending}.swp"),
                "name" => format!("{folder}/{name}{ending}~"),
                _ => format!("{folder}/{name}{ending}"),
            };
            sandbox.write(&path, b"\xff\x00 no text at all");
        }
    }
    assert_eq!(check(), before);
    assert_eq!(sandbox.run(&["decisions", "verify"]).code, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_workspace_whose_path_is_not_utf8_works() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n")).file("portfolio/evidence/a.txt", "a");
    let root = sandbox.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    for (path, bytes) in tree(&sandbox.path().join("portfolio")) {
        std::fs::create_dir_all(root.join("portfolio").join(&path).parent().unwrap()).unwrap();
        std::fs::write(root.join("portfolio").join(&path), bytes).unwrap();
    }
    std::fs::create_dir(root.join("standards")).unwrap();
    std::fs::write(root.join("standards/tiny.yaml"), crate::support::TINY).unwrap();
    for command in [
        &["check", "--format", "json"][..],
        &["coverage"],
        &["explain", "one"],
    ] {
        let [there, here] = [&root, sandbox.path()]
            .map(|folder| start(folder, command).wait_with_output().unwrap());
        assert_eq!(
            (there.status.code(), text(&there.stdout)),
            (here.status.code(), text(&here.stdout))
        );
    }
    assert_eq!(sandbox.run(&["build"]).code, 0);
    let built = start(&root, &["build"]).wait_with_output().unwrap();
    assert!(built.status.success(), "{}", text(&built.stderr));
    assert_eq!(
        tree(&root.join("output")),
        tree(&sandbox.path().join("output"))
    );
    let new = start(&root, &["new", "A title"])
        .wait_with_output()
        .unwrap();
    assert!(
        new.status.success() && root.join(text(&new.stdout).trim()).is_file(),
        "{}",
        text(&new.stderr)
    );
    // Below the root, such a name is a finding.
    let folder = root
        .join("portfolio/entries")
        .join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("lost.md"), entry("ksbs: [K1]\n")).unwrap();
    let found = start(&root, &["check", "--format", "concise"])
        .wait_with_output()
        .unwrap();
    assert!(
        text(&found.stdout).contains("lost.md:1:1: error[unreadable-file]"),
        "{}",
        text(&found.stdout)
    );
}

#[test]
fn no_lock_file_remains_and_a_pack_contains_what_it_lists() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    assert_eq!(sandbox.run(&["build"]).code, 0);
    let run = sandbox.run(&["gateway", "--pack", "out", "--anyway"]);
    assert!(
        run.code == 1 && run.err.contains("It is a draft"),
        "{}",
        run.err
    );
    let is_lock = |path: &Path| path.to_string_lossy().to_lowercase().contains("lock");
    assert!(!tree(sandbox.path()).iter().any(|(path, _)| is_lock(path)));
    let listed = sandbox.read("out/L-1/SHA256SUMS");
    for (path, _) in tree(&sandbox.path().join("out/L-1")) {
        let path = path.display().to_string();
        assert!(
            path == "SHA256SUMS" || listed.contains(&format!("  {path}\n")),
            "{path} is not listed"
        );
    }
    assert!(!run.err.contains("Not part of the pack"), "{}", run.err);
    sandbox.write("out/L-1/04-evidence/mine.txt", "mine");
    let run = sandbox.run(&["gateway", "--pack", "out", "--anyway"]);
    assert!(
        run.err
            .contains("Not part of the pack: L-1/04-evidence/mine.txt"),
        "{}",
        run.err
    );
    assert_eq!(
        (
            run.code,
            sandbox.read("out/L-1/04-evidence/mine.txt").as_str()
        ),
        (1, "mine")
    );
}

#[cfg(unix)]
#[test]
fn a_theme_with_a_link_is_refused() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n")).file("themes/mine/note.txt", "x");
    std::os::unix::fs::symlink(
        "/etc/hostname",
        sandbox.path().join("themes/mine/gaps.html"),
    )
    .unwrap();
    let run = sandbox.run(&["build", "--theme", "mine"]);
    assert!(
        run.code == 2 && run.err.contains("gaps.html"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn an_editor_that_fails_is_an_error() {
    let sandbox = Sandbox::tiny();
    let run = sandbox.run_with(&["new", "A title", "--open"], &[("VISUAL", "false")]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err.contains("the editor ended with exit status: 1"),
        "{}",
        run.err
    );
}
