//! Nothing outside the workspace is read or written, and no other program's files are changed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{SETTINGS, Sandbox, Workspace, entry, tree};

const SECRET: &str = "private words of another user";

/// A folder outside the workspace, with one file.
fn elsewhere() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("theirs.md"),
        entry("ksbs: [K1]\n") + SECRET,
    )
    .unwrap();
    std::fs::write(folder.path().join("portfolio.yaml"), SETTINGS).unwrap();
    folder
}

fn list_findings(sandbox: &Workspace) -> Vec<(String, String)> {
    let found = sandbox.check();
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = found["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| (text(finding, "rule"), text(finding, "file")))
        .collect()
}

#[cfg(unix)]
fn link(target: &Path, at: &Path) {
    let _ = std::fs::remove_dir_all(at);
    let _ = std::fs::remove_file(at);
    std::fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(target, at).unwrap();
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_when_reading_and_each_is_reported() {
    let theirs = elsewhere();
    let file = theirs.path().join("theirs.md");
    for (at, target) in [
        ("portfolio/entries/linked.md", file.as_path()),
        ("portfolio/entries/folder", theirs.path()),
        ("portfolio/entries", theirs.path()),
        ("portfolio/evidence", theirs.path()),
        ("portfolio/decisions", theirs.path()),
        ("portfolio/consents.yaml", file.as_path()),
        ("standards", theirs.path()),
    ] {
        let sandbox = Sandbox::tiny();
        link(target, &sandbox.path().join(at));
        assert!(
            list_findings(&sandbox).contains(&("unreadable-file".to_owned(), at.to_owned())),
            "{at} is not reported"
        );
        let seen = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(SECRET);
        assert!(
            !sandbox.site("private").values().any(|bytes| seen(bytes)),
            "{at} is followed"
        );
    }
    let sandbox = Sandbox::tiny();
    link(
        &theirs.path().join("portfolio.yaml"),
        &sandbox.path().join("portfolio/portfolio.yaml"),
    );
    assert_eq!(sandbox.run(&["check"]).code, 2);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_when_writing() {
    let theirs = elsewhere();
    let before = tree(theirs.path());
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    sandbox.run(&["build"]);
    link(theirs.path(), &sandbox.path().join("output/entries"));
    let run = sandbox.run(&["build"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("link"), "{}", run.err);
    sandbox.run(&["build", "--output", "other"]);
    link(theirs.path(), &sandbox.path().join("output"));
    assert_eq!(sandbox.run(&["build"]).code, 2);
    assert_eq!(tree(theirs.path()), before);
    let empty = tempfile::tempdir().unwrap();
    link(empty.path(), &sandbox.path().join("output"));
    assert_eq!(
        sandbox.run(&["build"]).code,
        2,
        "a link that no option named"
    );
    assert_eq!(
        sandbox.run(&["build", "--output", "output"]).code,
        0,
        "a link that was named"
    );
}

#[test]
fn a_forged_list_of_own_files_removes_nothing_elsewhere() {
    let sandbox = Sandbox::tiny();
    sandbox.write("precious.txt", "mine");
    for path in ["../precious.txt", "a/../../precious.txt"] {
        sandbox.write(
            "output/.ksbfolio.json",
            format!("{{\"version\":1,\"files\":{{{path:?}:\"\"}}}}"),
        );
        assert_eq!(sandbox.run(&["build"]).code, 2);
        assert!(sandbox.path().join("precious.txt").is_file());
    }
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_skipped_without_blocking() {
    let sandbox = Sandbox::tiny();
    for path in [
        "portfolio/entries/pipe.md",
        "portfolio/evidence/pipe.png",
        "portfolio/consents.yaml",
    ] {
        let path = sandbox.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }
    assert_eq!(sandbox.run(&["check", "--reporting"]).code, 0);
    assert_eq!(sandbox.run(&["build"]).code, 0);
}

#[test]
fn builds_at_once_wait_for_each_other_and_the_site_is_whole() {
    let sandbox = Sandbox::tiny();
    for number in 0..120 {
        sandbox.write(
            &format!("portfolio/entries/e{number}.md"),
            entry("ksbs: [K1]\n"),
        );
    }
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
        command
            .args(["build", "--as-of", "2026-11-21"])
            .current_dir(sandbox.path());
        command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<_> = (0..5).map(|_| build()).collect();
    for build in running {
        let done = build.wait_with_output().unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    sandbox.run(&["build", "--output", "clean"]);
    assert_eq!(
        tree(&sandbox.path().join("output")),
        tree(&sandbox.path().join("clean"))
    );
}

#[test]
fn a_killed_build_leaves_complete_pages_and_the_next_one_repairs_the_rest() {
    let sandbox = Sandbox::tiny();
    for number in 0..150 {
        sandbox.write(
            &format!("portfolio/entries/e{number}.md"),
            entry("ksbs: [K1]\n"),
        );
    }
    sandbox.run(&["build", "--output", "clean"]);
    let whole = tree(&sandbox.path().join("clean"));
    for moment in 0..12 {
        let mut build = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
            .args(["build", "--as-of", "2026-11-21"])
            .current_dir(sandbox.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(moment * 25));
        let _ = build.kill();
        build.wait().unwrap();
        let output = sandbox.path().join("output");
        for (path, bytes) in output.is_dir().then(|| tree(&output)).into_iter().flatten() {
            let known = whole.iter().find(|(known, _)| *known == path);
            let own = path.to_string_lossy().contains(".ksbfolio");
            assert!(
                own || known.is_some_and(|(_, whole)| *whole == bytes),
                "{} is torn",
                path.display()
            );
        }
    }
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert_eq!(
        tree(&sandbox.path().join("output")),
        whole,
        "nothing is left behind"
    );
}

#[test]
fn files_skipped_for_their_name_or_depth_are_reported() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Workspace::tiny();
    for (folder, name) in [
        ("portfolio/entries", &b"caf\xe9.md"[..]),
        ("portfolio/evidence", b"caf\xe9.png"),
        ("portfolio/decisions", b"caf\xe9.yaml"),
    ] {
        let folder = sandbox.path().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join(std::ffi::OsStr::from_bytes(name)),
            entry("ksbs: [K1]\n"),
        )
        .unwrap();
    }
    let deep = format!("portfolio/entries/{}", "d/".repeat(40));
    sandbox.write(&format!("{deep}deep.md"), entry("ksbs: [K1]\n"));
    let reported: Vec<String> = list_findings(&sandbox)
        .into_iter()
        .filter(|(rule, _)| rule == "unreadable-file")
        .map(|(_, file)| file)
        .collect();
    let deepest = format!("portfolio/entries/{}d", "d/".repeat(31));
    let named = [
        "portfolio/decisions/caf\u{fffd}.yaml",
        "portfolio/entries/caf\u{fffd}.md",
        &deepest,
    ];
    let mut right: Vec<&str> = named
        .into_iter()
        .chain(["portfolio/evidence/caf\u{fffd}.png"])
        .collect();
    right.sort_unstable();
    assert_eq!(reported, right);
}

#[cfg(unix)]
#[test]
fn a_report_to_a_pipe_goes_through_it_and_the_pipe_stays() {
    use std::os::unix::fs::FileTypeExt;
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let pipe = sandbox.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let reader = Command::new("timeout")
        .args(["20", "cat"])
        .arg(&pipe)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    sandbox.run(&["check", "--format", "json", "--output", "pipe"]);
    let read = reader.wait_with_output().unwrap();
    assert!(
        std::fs::symlink_metadata(&pipe)
            .unwrap()
            .file_type()
            .is_fifo()
    );
    assert!(
        read.stdout.starts_with(b"{\"version\":1") || read.stdout.starts_with(b"{\n"),
        "{read:?}"
    );
}

#[test]
fn pictures_and_embeds_from_elsewhere_are_findings_and_no_page_asks_for_them() {
    let remote = "https://elsewhere.example/x";
    let body = format!(
        "Before ![a]({remote}.png) and <img src=\"{remote}.gif\"> after.\n\n<iframe src=\"{remote}\"></iframe>\n\n\
         <video src=\"{remote}.mp4\"></video> ![b](//elsewhere.example/y.png)\n\n<!-- <img src={remote}> -->\n"
    );
    let sandbox = Workspace::with_entry(&(entry("ksbs: [{K1: a}]\n") + &body));
    let out = sandbox.check_as("concise");
    let found: Vec<&str> = out
        .lines()
        .filter(|line| line.contains("entries/one.md"))
        .collect();
    for words in [
        "`https:`",
        "`<img>`",
        "`<iframe>`",
        "`<video>`",
        "`//elsewhere.example/y.png`",
    ] {
        assert_eq!(
            found.iter().filter(|line| line.contains(words)).count(),
            1,
            "{words}: {out}"
        );
    }
    assert_eq!(found.len(), 5, "{out}");
    for (path, bytes) in sandbox.site("private") {
        let text = String::from_utf8_lossy(&bytes);
        for resource in ["<img src=\"http", "<img src=\"//", "<iframe", "<video"] {
            assert!(!text.contains(resource), "{path}: {resource}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn oversized_evidence_is_reported_and_skipped() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [{K1: a}]\n"));
    sandbox.write("portfolio/evidence/film.mp4", "");
    let film = std::fs::OpenOptions::new()
        .write(true)
        .open(sandbox.path().join("portfolio/evidence/film.mp4"));
    // A sparse file.
    film.unwrap().set_len(1 << 42).unwrap();
    let start = std::time::Instant::now();
    let found: Vec<_> = list_findings(&sandbox)
        .into_iter()
        .filter(|(rule, _)| rule == "unreadable-file")
        .collect();
    assert_eq!(
        found,
        [(
            "unreadable-file".to_owned(),
            "portfolio/evidence/film.mp4".to_owned()
        )]
    );
    sandbox.site("assessor");
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn the_next_build_removes_temporary_files_of_an_interrupted_one() {
    let sandbox =
        Sandbox::with_entry("---\ntitle: One\ndate: 2026-11-14\nksbs: [K1]\n---\n\nWords.\n");
    assert_eq!(sandbox.run(&["build"]).code, 0);
    sandbox.write("output/entries/.ksbfolio-part-a1", "<html>half a pa");
    sandbox.write(
        "portfolio/entries/one.md",
        "---\ntitle: One\ndate: 2026-11-14\nksbs: [K1]\n---\n\nOther words.\n",
    );
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert!(
        !sandbox
            .path()
            .join("output/entries/.ksbfolio-part-a1")
            .exists()
    );
}
