//! Decisions: recorded, superseded, tampered with, lapsed, limited, signed and imported.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use ksbfolio::resolve::decision_file_digest;
use serde_json::Value;

use super::support::{Run, Sandbox, TINY, Workspace, entry, plain_name, tree};

const ACCEPT: &[&str] = &["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"];

fn state(sandbox: &Workspace, code: &str) -> String {
    let document = sandbox.coverage();
    let all = document["standards"][0]["criteria"]
        .as_array()
        .unwrap()
        .clone();
    all.iter().find(|one| one["code"] == code).unwrap()["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn done(run: Run) -> Run {
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run
}

/// File names of the decisions, sorted.
fn filed(sandbox: &Sandbox) -> Vec<String> {
    let folder = sandbox.path().join("portfolio/decisions");
    if !folder.is_dir() {
        return Vec::new();
    }
    let files = tree(&folder).into_iter().map(|(path, _)| path);
    let decisions = files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    decisions
        .map(|path| plain_name(&path.to_string_lossy()))
        .collect()
}

fn verified(sandbox: &Sandbox, more: &[&str]) -> (i32, Value) {
    let arguments = [&["decisions", "verify", "--format", "json"][..], more].concat();
    let run = sandbox.run(&arguments);
    (
        run.code,
        serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{error}: {}", run.out + &run.err)),
    )
}

fn problems(document: &Value) -> Vec<(String, String)> {
    let files = document["files"].as_array().unwrap().iter();
    let of = |file: &Value| {
        let path = file["file"].as_str().unwrap();
        let name = plain_name(path.trim_start_matches("portfolio/decisions/"));
        let problems = file["problems"].as_array().unwrap().clone().into_iter();
        problems
            .map(move |one| (name.clone(), one["kind"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    files.flat_map(of).collect()
}

/// A workspace with an entry that claims K1, K2 and B1.
fn claiming() -> Sandbox {
    Sandbox::with_entry(&entry("ksbs: [K1, {K2: \"I did it\"}, B1]\n"))
}

#[test]
fn a_decision_file_has_the_documented_form_and_its_effect_is_reported() {
    let sandbox = claiming();
    let run = done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--accept",
        "k1",
        "--partly",
        "B1",
        "--refer",
        "K2",
        "--vacsr",
        "--not-sufficient",
        "--feedback",
        "Say *why*.\n\nThen hand it in again.",
    ]));
    assert!(
        run.out.starts_with(&format!(
            "{}\none, attempt 1\n",
            sandbox.filed("2026-11-21-AS-1.yaml")
        )),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("K1         accepted  evidenced -> accepted"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("K2         referred  evidenced -> thin"),
        "{}",
        run.out
    );
    let text = sandbox.read(&sandbox.filed("2026-11-21-AS-1.yaml"));
    for part in [
        "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-21\nstandards: { \"tiny\": \
         sha256:a70e1113b893dadcdb1021e7465294c4742988b42a5c21eec9f49de99cdc53b7 }\ndecisions:\n",
        "    claims: { K1: accepted }\n    vacsr: { valid: true, authentic: true, current: true, sufficient: true, reliable: true }\n",
        "    claims: { K2: referred, B1: partly }\n    vacsr: { valid: true, authentic: true, current: true, sufficient: false, reliable: true }\n",
        "    feedback: |\n      Say *why*.\n\n      Then hand it in again.\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert_eq!(
        (
            state(&sandbox, "K1").as_str(),
            state(&sandbox, "K2").as_str()
        ),
        ("accepted", "thin")
    );
    assert_eq!(
        verified(&sandbox, &[]).1["head"],
        decision_file_digest(&text)
    );
    let reported = sandbox.run(&["explain", "entry:one"]).out;
    assert!(
        reported.contains("To do for K2, referred on 2026-11-21.")
            && reported.contains("Say *why*."),
        "{reported}"
    );
}

#[test]
fn a_later_decision_supersedes_and_no_file_is_ever_changed() {
    let sandbox = claiming();
    done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K1",
        "--not",
        "sufficient",
        "--feedback",
        "Say more.",
    ]));
    assert_eq!(state(&sandbox, "K1"), "thin");
    let first = sandbox.read(&sandbox.filed("2026-11-21-AS-1.yaml"));
    let text = sandbox
        .read("portfolio/entries/one.md")
        .replace("own.", "own, and what was missing.");
    sandbox.write("portfolio/entries/one.md", text);
    done(sandbox.run(ACCEPT));
    assert_eq!(state(&sandbox, "K1"), "accepted");
    assert_eq!(
        filed(&sandbox),
        ["2026-11-21-AS-1.yaml", "2026-11-21-AS-1.yaml"]
    );
    assert_eq!(sandbox.read(&sandbox.filed("2026-11-21-AS-1.yaml")), first);
    let second = sandbox.read(&sandbox.filed("2026-11-21-AS-1-2.yaml"));
    assert!(
        second.contains(&format!("previous: {}\n", decision_file_digest(&first))),
        "{second}"
    );
    assert!(
        second.contains("    attempt: 2\n"),
        "the entry was handed in again: {second}"
    );
    done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        "IQA-2",
        "--role",
        "iqa",
        "--refer",
        "K1",
        "--not",
        "reliable",
        "--feedback",
        "Say more.",
    ]));
    assert_eq!(state(&sandbox, "K1"), "thin", "a quality assurer overturns");
    let third = sandbox.read(&sandbox.filed("2026-11-21-IQA-2.yaml"));
    assert!(
        third.contains("    attempt: 2\n"),
        "the same text is the same attempt: {third}"
    );
}

#[test]
fn invalid_decisions_are_refused_with_a_reason_and_nothing_is_written() {
    let cases: &[(&[&str], &str)] = &[
        (&["oen", "--accept", "K1", "--vacsr"], "did you mean one?"),
        (
            &["one", "--accept", "K10", "--vacsr"],
            "one does not claim K10",
        ),
        (
            &["one", "--accept", "K99,K98", "--vacsr"],
            "no one criterion K98",
        ),
        (
            &[
                "one",
                "--accept",
                "K1",
                "--refer",
                "K1",
                "--vacsr",
                "--feedback",
                "Say more.",
            ],
            "K1 is named twice",
        ),
        (&["one", "--accept", "K1"], "rules of evidence"),
        (
            &["one", "--accept", "K1", "--not-sufficient"],
            "cannot be accepted",
        ),
        (
            &["one", "--refer", "K1", "--vacsr", "--feedback", "Say more."],
            "cannot meet all five rules",
        ),
        (&["one", "--vacsr"], "nothing is decided"),
        (&["draft", "--accept", "K1", "--vacsr"], "is a draft"),
        (&["private", "--accept", "K1", "--vacsr"], "is private"),
        (
            &["named", "--accept", "K1", "--vacsr"],
            "identifies a person",
        ),
        (
            &["one", "--role", "tutor", "--accept", "K1", "--vacsr"],
            "tutor comments",
        ),
        (
            &[
                "one",
                "--refer",
                "K1",
                "--feedback",
                "Ring NHS number 943 476 5919.",
            ],
            "identifies a person (nhs-number)",
        ),
        (&["one", "--again"], "no acceptance of one has lapsed"),
        (
            &["one", "--refer", "K1", "--feedback-file", "nowhere.md"],
            "cannot read nowhere.md",
        ),
    ];
    let sandbox = claiming()
        .file(
            "portfolio/entries/draft.md",
            entry("ksbs: [K1]\nstatus: draft\n"),
        )
        .file(
            "portfolio/entries/private.md",
            entry("ksbs: [K1]\nvisibility: private\n"),
        )
        .file(
            "portfolio/entries/named.md",
            entry("ksbs: [K1]\n") + "NHS number 943 476 5919.\n",
        );
    for (arguments, reason) in cases {
        let all = [&["assess", "--as", "AS-1"][..], *arguments].concat();
        let run = sandbox.run(&all);
        assert_eq!(run.code, 2, "{arguments:?}: {}{}", run.out, run.err);
        assert!(run.err.contains(reason), "{arguments:?}: {}", run.err);
        assert!(!run.err.contains("943"), "{}", run.err);
        assert_eq!(filed(&sandbox), [""; 0], "{arguments:?}");
    }
    let unnamed = sandbox.run(&["assess", "one", "--accept", "K1", "--vacsr"]);
    assert!(
        unnamed.code == 2 && unnamed.err.contains("whose it is"),
        "{}",
        unnamed.err
    );
    let shown = done(sandbox.run(&[ACCEPT, &["--dry-run"]].concat()));
    assert!(
        shown.out.contains("claims: { K1: accepted }") && filed(&sandbox).is_empty(),
        "{}",
        shown.out
    );
    done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        "T-1",
        "--role",
        "tutor",
        "--feedback",
        "Well done.",
    ]));
    assert_eq!(
        state(&sandbox, "K1"),
        "evidenced",
        "a comment decides nothing"
    );
}

/// A chain of three decisions.
fn three() -> Sandbox {
    let sandbox = claiming();
    for code in ["K1", "K2", "B1"] {
        done(sandbox.run(&[
            "assess",
            "one",
            "--as",
            code,
            "--accept",
            code,
            "--vacsr",
            "--feedback",
            "Good.",
        ]));
    }
    sandbox
}

#[test]
fn edited_removed_reordered_forked_and_copied_files_are_found() {
    let path = |sandbox: &Sandbox, name: &str| sandbox.filed(&format!("2026-11-21-{name}.yaml"));
    let remove = |sandbox: &Sandbox, name: &str| {
        std::fs::remove_file(sandbox.path().join(path(sandbox, name))).unwrap();
    };
    let (code, document) = verified(&three(), &[]);
    assert_eq!(
        (code, problems(&document), &document["holds"]),
        (0, vec![], &Value::Bool(true))
    );

    let edited = three();
    edited.write(
        &path(&edited, "K1"),
        edited.read(&path(&edited, "K1")).replace("Good.", "Bad."),
    );
    assert_eq!(verified(&edited, &[]).0, 1);
    assert_eq!(
        problems(&verified(&edited, &[]).1),
        [(
            "2026-11-21-K2.yaml".to_owned(),
            "missing-previous".to_owned()
        )]
    );
    assert_eq!(edited.run(&["check"]).code, 1);
    let refused = edited.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K1",
        "--feedback",
        "Say more.",
    ]);
    assert!(
        refused.code == 2 && refused.err.contains("the chain of decisions is broken"),
        "{}",
        refused.err
    );

    let removed = three();
    remove(&removed, "K2");
    assert_eq!(
        problems(&verified(&removed, &[]).1),
        [(
            "2026-11-21-B1.yaml".to_owned(),
            "missing-previous".to_owned()
        )]
    );

    let reordered = three();
    let previous = |text: &str| {
        text.lines()
            .find(|line| line.starts_with("previous"))
            .unwrap()
            .to_owned()
    };
    let (k2, b1) = (path(&reordered, "K2"), path(&reordered, "B1"));
    let (second, third) = (
        reordered.read(&path(&reordered, "K2")),
        reordered.read(&path(&reordered, "B1")),
    );
    reordered.write(&k2, second.replace(&previous(&second), &previous(&third)));
    reordered.write(&b1, third.replace(&previous(&third), &previous(&second)));
    assert_eq!(verified(&reordered, &[]).0, 1);

    let forked = three();
    let other = forked
        .read(&path(&forked, "B1"))
        .replace("id: \"B1\"", "id: AS-9")
        .replace("id: B1", "id: AS-9");
    forked.write("portfolio/decisions/2026-11-21-AS-9.yaml", other);
    let (code, document) = verified(&forked, &[]);
    assert_eq!((code, problems(&document)), (0, vec![]));
    assert_eq!(document["heads"].as_array().unwrap().len(), 2);

    let copied = three();
    copied.write(
        "portfolio/decisions/2026-11-21-COPY.yaml",
        copied.read(&path(&copied, "B1")),
    );
    assert_eq!(
        problems(&verified(&copied, &[]).1),
        [("2026-11-21-COPY.yaml".to_owned(), "copy".to_owned())]
    );

    // Line ends and byte-order marks change in transport.
    let travelled = three();
    travelled.write(
        &path(&travelled, "K1"),
        format!(
            "\u{feff}{}",
            travelled
                .read(&path(&travelled, "K1"))
                .replace('\n', "\r\n")
        ),
    );
    assert_eq!(verified(&travelled, &[]).0, 0);
}

#[test]
fn a_changed_end_of_the_chain_is_found_only_with_a_kept_digest() {
    let sandbox = three();
    let head = verified(&sandbox, &[]).1["head"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(verified(&sandbox, &["--head", &head]).0, 0);
    // A digest that was kept some decisions ago is no end, and is still contained.
    let first = verified(&sandbox, &[]).1["files"][0]["digest"].clone();
    let first = first.as_str().unwrap();
    assert_eq!(verified(&sandbox, &["--contains", first]).0, 0);
    let run = sandbox.run(&["decisions", "verify", "--head", first]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("other files follow"), "{}", run.out);
    let last = &sandbox.filed("2026-11-21-B1.yaml");
    sandbox.write(last, sandbox.read(last).replace("Good.", "Bad."));
    assert_eq!(
        verified(&sandbox, &[]).0,
        0,
        "the chain alone cannot show it, and the help says so"
    );
    let (code, document) = verified(&sandbox, &["--head", &head]);
    assert_eq!(
        (code, &document["ends_as_expected"]),
        (1, &Value::Bool(false))
    );
    std::fs::remove_file(sandbox.path().join(last)).unwrap();
    assert_eq!(verified(&sandbox, &["--head", &head]).0, 1);
    let (code, document) = verified(&sandbox, &["--contains", &head]);
    assert_eq!(
        (code, &document["not_contained"]),
        (1, &serde_json::json!([head]))
    );
    assert_eq!(
        sandbox
            .run(&["decisions", "verify", "--head", "sha256:12"])
            .code,
        2
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = [
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(who)
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn committed(sandbox: &Sandbox) {
    if !sandbox.path().join(".git").exists() {
        git(sandbox.path(), &["init", "--quiet"]);
    }
    git(sandbox.path(), &["add", "--all"]);
    git(sandbox.path(), &["commit", "--quiet", "--message", "kept"]);
}

#[test]
fn changes_since_an_acceptance_are_shown_and_a_corrected_typo_is_accepted_again_in_one_step() {
    let text = entry("event_date: 2026-11-12\nksbs: [K1]\n")
        + "\nI read the gaurding as pain. She is on 07700 900123.\n";
    let sandbox = Sandbox::with_entry(&text.replace(" She is on 07700 900123.", ""));
    done(sandbox.run(ACCEPT));
    committed(&sandbox);
    let unchanged = sandbox.run(&["explain", "entry:one"]).out;
    assert!(!unchanged.contains("What changed"), "{unchanged}");
    let new = text
        .replace(" She is on 07700 900123.", "")
        .replace("gaurding", "guarding")
        .replace("2026-11-12", "2026-11-13");
    sandbox.write("portfolio/entries/one.md", new);
    assert_eq!(state(&sandbox, "K1"), "evidenced");
    let reported = sandbox.run(&["explain", "entry:one"]).out;
    assert!(
        reported.contains("I read the [-gaurding-]{+guarding+} as pain."),
        "{reported}"
    );
    assert!(
        !reported.contains("2026-11-12") && !reported.contains("2026-11-13"),
        "the day of the event is never shown: {reported}"
    );
    let again = done(sandbox.run(&["assess", "one", "--again"]));
    assert!(
        again.out.contains("{+guarding+}") && again.out.contains("evidenced -> accepted"),
        "{}",
        again.out
    );
    let text = sandbox.read(&sandbox.filed("2026-11-21-AS-1-2.yaml"));
    assert!(
        text.contains("id: AS-1,")
            && text.contains("attempt: 1\n")
            && text.contains("K1: accepted"),
        "{text}"
    );
    let other = sandbox.run(&["assess", "one", "--again", "--as", "AS-2"]);
    assert_eq!(other.code, 2, "{}", other.err);
}

#[test]
fn identifiers_removed_from_an_entry_are_masked_in_the_difference() {
    let sandbox =
        Sandbox::with_entry(&(entry("ksbs: [K1]\n") + "\nShe is on 07700 900123 at home.\n"));
    done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K1",
        "--not",
        "authentic",
        "--feedback",
        "Say more.",
    ]));
    committed(&sandbox);
    sandbox.write(
        "portfolio/entries/one.md",
        entry("ksbs: [K1]\n") + "\nShe can be rung at home.\n",
    );
    let reported = sandbox.run(&["explain", "entry:one"]).out;
    assert!(
        reported.contains("rung") && !reported.contains("900123"),
        "{reported}"
    );
    let outside = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    done(outside.run(ACCEPT));
    outside.write(
        "portfolio/entries/one.md",
        entry("ksbs: [K1]\n") + "\nMore.\n",
    );
    let reported = outside.run(&["explain", "entry:one"]).out;
    assert!(
        reported.contains("cannot be shown: no git history"),
        "{reported}"
    );
}

#[test]
fn verify_finds_changed_and_removed_files_in_git_history() {
    let sandbox = three();
    committed(&sandbox);
    let path = &sandbox.filed("2026-11-21-K2.yaml");
    sandbox.write(path, sandbox.read(path).replace("Good.", "Bad."));
    let reported = sandbox.run(&["decisions", "verify"]).out;
    assert!(
        reported.contains(&format!("{path}, was changed since; as it was: git show ")),
        "{reported}"
    );
    std::fs::remove_file(sandbox.path().join(path)).unwrap();
    let reported = sandbox.run(&["decisions", "verify"]).out;
    assert!(
        reported.contains(&format!("{path}, was removed; as it was: git show ")),
        "{reported}"
    );
}

#[test]
fn a_decision_that_git_has_long_after_its_day_is_named() {
    let sandbox = three();
    let late = |sandbox: &Sandbox| verified(sandbox, &[]).1["late"].as_array().unwrap().clone();
    assert_eq!(late(&sandbox), [] as [Value; 0]);
    git(sandbox.path(), &["init", "--quiet"]);
    git(sandbox.path(), &["add", "--all"]);
    let commit = |day: &str| {
        let done = Command::new("git")
            .arg("-C")
            .arg(sandbox.path())
            .args([
                "-c",
                "user.name=Nobody",
                "-c",
                "user.email=nobody@example.org",
            ])
            .args(["commit", "--quiet", "--amend", "--no-edit", "--allow-empty"])
            .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z"))
            .env("GIT_COMMITTER_NAME", "Nobody")
            .env("GIT_COMMITTER_EMAIL", "nobody@example.org")
            .status();
        assert!(done.unwrap().success());
    };
    git(sandbox.path(), &["commit", "--quiet", "--message", "kept"]);
    commit("2026-11-25");
    assert_eq!(late(&sandbox), [] as [Value; 0]);
    commit("2026-12-24");
    let found = late(&sandbox);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0]["committed"], "2026-12-24");
    let run = sandbox.run(&["decisions", "verify"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out
            .contains("is dated 2026-11-21, and was first committed on 2026-12-24"),
        "{}",
        run.out
    );
}

#[test]
fn attempts_are_counted_and_limited_as_the_standard_requires() {
    let marked = TINY.to_owned()
        + "rules: { pass_mark_percent: 65, max_attempts: 3 }\nmethods:\n  - { id: test, marks: true, criteria: [K1] }\n";
    let work = |mark: u32, attempt: u32, words: &str| {
        entry(&format!(
            "ksbs: [K1, K2]\nassignment: {{ mark_percent: {mark}, attempt: {attempt} }}\n"
        ))
        .replace("type: product", "type: assignment")
            + words
    };
    let sandbox = Sandbox::with_entry(&work(50, 1, "")).file("standards/tiny.yaml", marked);
    let refer = [
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K1",
        "--not",
        "sufficient",
        "--feedback",
        "Say more.",
    ];
    let next = |sandbox: &Sandbox| {
        let document = sandbox.coverage();
        document["standards"][0]["criteria"][0]["next"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(
        next(&sandbox).contains("1 of 3 attempts used, 2 left"),
        "{}",
        next(&sandbox)
    );
    done(sandbox.run(&refer));
    for attempt in 2..=3 {
        sandbox.write(
            "portfolio/entries/one.md",
            work(60, attempt, &format!("Mended {attempt}.\n")),
        );
        let run = done(sandbox.run(&refer));
        assert_eq!(
            run.err.contains("attempt 3 of 3, the last"),
            attempt == 3,
            "{}",
            run.err
        );
    }
    assert!(
        next(&sandbox).contains("ll 3 attempts are used"),
        "{}",
        next(&sandbox)
    );
    sandbox.write("portfolio/entries/one.md", work(90, 4, "Mended again.\n"));
    let fourth = sandbox.run(ACCEPT);
    assert_eq!(fourth.code, 2, "{}", fourth.out);
    assert!(fourth.err.contains("allows 3 attempts"), "{}", fourth.err);
    // K2 is not marked, so attempts are unlimited.
    done(sandbox.run(&["assess", "one", "--as", "AS-1", "--accept", "K2", "--vacsr"]));
}

#[test]
fn a_referral_is_work_to_do_until_accepted() {
    let sandbox = claiming();
    let open = |sandbox: &Sandbox| {
        let document = sandbox.check();
        let found = document["findings"].as_array().unwrap().clone();
        found
            .into_iter()
            .filter(|one| one["rule"] == "open-referral")
            .count()
    };
    done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K1",
        "--not-sufficient",
        "--feedback",
        "Say *why*.",
    ]));
    assert_eq!(open(&sandbox), 1);
    done(sandbox.run(&["build"]));
    let page = sandbox.read("output/gaps.html");
    assert!(
        page.contains("<h2 id=\"sent-back\">Referred") && page.contains("Say <em>why</em>."),
        "{page}"
    );
    sandbox.write(
        "portfolio/entries/one.md",
        entry("ksbs: [K1]\n") + "Because.\n",
    );
    assert_eq!(open(&sandbox), 0, "it waits for the assessor");
    done(sandbox.run(&["build"]));
    assert!(
        sandbox
            .read("output/gaps.html")
            .contains("it waits for the assessor")
    );
    done(sandbox.run(ACCEPT));
    done(sandbox.run(&["build"]));
    assert!(!sandbox.read("output/gaps.html").contains("sent-back"));
}

#[test]
fn identifiers_in_feedback_are_found_and_masked_everywhere() {
    let sandbox = claiming();
    done(sandbox.run(ACCEPT));
    let path = &sandbox.filed("2026-11-21-AS-1.yaml");
    sandbox.write(
        path,
        sandbox.read(path) + "    feedback: |\n      Ring her on 07700 900123, as you did.\n",
    );
    let check = sandbox.check_as("text");
    assert!(
        check.contains("feedback holds a telephone number"),
        "{check}"
    );
    done(sandbox.run(&["build"]));
    for shown in [
        check,
        sandbox.run(&["explain", "entry:one"]).out,
        sandbox.read("output/decisions.html"),
    ] {
        assert!(!shown.contains("900123"), "{shown}");
    }
    assert!(sandbox.read("output/decisions.html").contains("*****"));
}

#[test]
fn a_comment_in_a_decision_file_is_read_like_feedback() {
    let sandbox = claiming();
    done(sandbox.run(ACCEPT));
    let path = &sandbox.filed("2026-11-21-AS-1.yaml");
    let clean = sandbox.check_as("json");
    assert!(
        !clean.contains("this decision file holds"),
        "dates and digests are no identifiers: {clean}"
    );
    sandbox.write(
        path,
        sandbox.read(path) + "# she is NHS number 943 476 5919, ring 07700 900123\n",
    );
    let all = ["text", "json", "sarif", "markdown"]
        .map(|format| sandbox.run(&["check", "--format", format]).out);
    assert!(
        all[0].contains("this decision file holds an NHS number"),
        "{}",
        all[0]
    );
    assert!(
        all[0].contains("this decision file holds a telephone number"),
        "{}",
        all[0]
    );
    assert!(
        all.iter()
            .all(|shown| !shown.contains("943 476") && !shown.contains("900123")),
        "{}",
        all[0]
    );
    // A decision about an unknown entry is searched too.
    sandbox.write(
        path,
        sandbox.read(path).replace("entry: one", "entry: nobody"),
    );
    assert!(
        sandbox
            .check_as("text")
            .contains("this decision file holds an NHS number")
    );
}

/// Keys generated for this test.
struct Keys(tempfile::TempDir);

impl Keys {
    fn new(names: &[&str]) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        for name in names {
            let kind = if name.starts_with("ecdsa") {
                "ecdsa"
            } else if name.starts_with("rsa") {
                "rsa"
            } else {
                "ed25519"
            };
            let made = Command::new("ssh-keygen")
                .args([
                    "-q",
                    "-t",
                    kind,
                    "-N",
                    "",
                    "-C",
                    "an invented key of a test",
                    "-f",
                ])
                .arg(folder.path().join(name))
                .status();
            assert!(
                made.expect("ssh-keygen is there: tests/run installs it")
                    .success()
            );
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }

    fn public(&self, name: &str) -> String {
        let line = std::fs::read_to_string(self.path(&format!("{name}.pub"))).unwrap();
        line.trim().to_owned()
    }
}

/// Runs `ssh-keygen -Y verify` on a decision file and its signature.
fn ssh_verifies(sandbox: &Sandbox, name: &str, principal: &str) -> bool {
    let folder = sandbox.path().join("portfolio/decisions");
    let name = name.trim_start_matches("portfolio/decisions/");
    let mut child = Command::new("ssh-keygen")
        .args([
            "-Y",
            "verify",
            "-n",
            "ksbfolio-decision",
            "-I",
            principal,
            "-Overify-time=20261121120000",
            "-f",
        ])
        .arg(folder.join("allowed_signers"))
        .arg("-s")
        .arg(folder.join(format!("{name}.sig")))
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let text = std::fs::read(folder.join(name)).unwrap();
    let _ = child.stdin.take().unwrap().write_all(&text);
    child.wait().unwrap().success()
}

#[test]
fn signatures_are_accepted_exactly_if_ssh_keygen_accepts_them() {
    let keys = Keys::new(&["good", "other", "ecdsa"]);
    let good = keys.public("good");
    // The allowed signers, the signing key, and the expected defect.
    let cases: &[(String, &str, &str)] = &[
        (format!("AS-1 {good}"), "good", "good"),
        (
            format!("# the assessors\n\nAS-9,AS-* namespaces=\"git,ksbfolio-*\" {good}"),
            "good",
            "good",
        ),
        (format!("AS-1 {}", keys.public("ecdsa")), "ecdsa", "good"),
        (
            format!("AS-1 valid-after=\"20260101\",valid-before=\"20270101\" {good}"),
            "good",
            "good",
        ),
        (format!("AS-1 {good}"), "other", "unknown-key"),
        (format!("AS-2 {good}"), "good", "other-principal"),
        (format!("*,!AS-1 {good}"), "good", "other-principal"),
        (
            format!("AS-1 valid-before=\"20261120\" {good}"),
            "good",
            "expired",
        ),
        (
            format!("AS-1 valid-after=\"20261122\" {good}"),
            "good",
            "not-yet-valid",
        ),
        (
            format!("AS-1 namespaces=\"git\" {good}"),
            "good",
            "other-namespace",
        ),
        (
            format!("AS-1 valid-before=\"20260101\" {good}\nAS-1 {good}"),
            "good",
            "good",
        ),
    ];
    for (signers, key, expected) in cases {
        let sandbox = claiming();
        let signed = done(sandbox.run(&[ACCEPT, &["--sign", &keys.path(key)]].concat()));
        assert!(
            signed.out.contains("evidenced -> accepted"),
            "{}",
            signed.out
        );
        sandbox.write(
            "portfolio/decisions/allowed_signers",
            format!("{signers}\n"),
        );
        let (code, document) = verified(&sandbox, &[]);
        assert_eq!(document["files"][0]["signature"], *expected, "{signers}");
        let good = *expected == "good";
        assert_eq!(code, i32::from(!good), "{signers}");
        assert_eq!(
            state(&sandbox, "K1"),
            if good { "accepted" } else { "evidenced" },
            "{signers}"
        );
        assert_eq!(
            ssh_verifies(&sandbox, &sandbox.filed("2026-11-21-AS-1.yaml"), "AS-1"),
            good,
            "ssh-keygen agrees: {signers}"
        );
        let check = sandbox.check_as("text");
        assert_eq!(
            check.contains("does not count"),
            !good,
            "{signers}: {check}"
        );
    }
}

#[test]
fn unsigned_edited_and_revoked_decisions_do_not_count_and_line_ends_do_not_matter() {
    let keys = Keys::new(&["good", "rsa"]);
    let sandbox = claiming();
    done(sandbox.run(&[ACCEPT, &["--sign", &keys.path("good")]].concat()));
    let path = &sandbox.filed("2026-11-21-AS-1.yaml");
    let text = sandbox.read(path);
    sandbox.write(
        "portfolio/decisions/allowed_signers",
        format!("AS-1 {}\n", keys.public("good")),
    );
    let signature = |sandbox: &Sandbox| {
        verified(sandbox, &[]).1["files"][0]["signature"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(signature(&sandbox), "good");
    sandbox.write(path, text.replace('\n', "\r\n"));
    assert_eq!(
        (signature(&sandbox).as_str(), state(&sandbox, "K1").as_str()),
        ("good", "accepted")
    );
    sandbox.write(path, text.replace("AS-1", "AS-2"));
    assert_eq!(
        (signature(&sandbox).as_str(), state(&sandbox, "K1").as_str()),
        ("mismatch", "evidenced")
    );
    sandbox.write(path, &text);
    sandbox.write("portfolio/decisions/revoked_keys", keys.public("good"));
    assert_eq!(
        (signature(&sandbox).as_str(), state(&sandbox, "K1").as_str()),
        ("revoked", "evidenced")
    );
    std::fs::remove_file(sandbox.path().join("portfolio/decisions/revoked_keys")).unwrap();
    let signed = sandbox.read(&format!("{path}.sig"));
    sandbox.write(
        &format!("{path}.sig"),
        "-----BEGIN SSH SIGNATURE-----\nnonsense\n-----END SSH SIGNATURE-----\n",
    );
    assert_eq!(signature(&sandbox), "unreadable");
    std::fs::remove_file(sandbox.path().join(format!("{path}.sig"))).unwrap();
    assert_eq!(
        (signature(&sandbox).as_str(), state(&sandbox, "K1").as_str()),
        ("missing", "evidenced")
    );
    sandbox.write(&format!("{path}.sig"), signed);

    // A forged decision neither accepts nor revokes.
    let refused = sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K1",
        "--not-sufficient",
        "--feedback",
        "Say more.",
    ]);
    assert!(
        refused.code == 2 && refused.err.contains("it is not signed"),
        "{}",
        refused.err
    );
    let signed_with = |key: &str| {
        sandbox.run(&[
            "assess",
            "one",
            "--as",
            "AS-1",
            "--accept",
            "K2",
            "--vacsr",
            "--sign",
            &keys.path(key),
        ])
    };
    let rsa = signed_with("rsa");
    assert!(
        rsa.code == 2 && rsa.err.contains("cannot be verified here"),
        "{}",
        rsa.err
    );
    assert_eq!(filed(&sandbox), ["2026-11-21-AS-1.yaml"]);
    done(signed_with("good"));
    assert_eq!(state(&sandbox, "K2"), "accepted");
}

#[test]
fn allowed_signers_can_be_given_on_the_command_line() {
    let keys = Keys::new(&["good"]);
    let sandbox = claiming();
    done(sandbox.run(ACCEPT));
    let signers = keys.path("signers");
    std::fs::write(&signers, format!("AS-1 {}\n", keys.public("good"))).unwrap();
    assert_eq!(sandbox.run(&["decisions", "verify"]).code, 0);
    assert_eq!(
        sandbox
            .run(&["decisions", "verify", "--allowed-signers", &signers])
            .code,
        1
    );
    let check = sandbox.run(&["check", "--allowed-signers", &signers]).out;
    assert!(check.contains("it is not signed"), "{check}");
    done(sandbox.run(&["build"]));
    sandbox.run(&["build", "--allowed-signers", &signers]);
    assert!(
        sandbox
            .read("output/decisions.html")
            .contains("does not count"),
        "a build asks again"
    );
}

/// A decision as composed by the form on an entry's page.
fn composed(sandbox: &Sandbox, previous: &str, claims: &str) -> String {
    let out = sandbox.run(&["explain", "entry:one"]).out;
    let digest = out
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "))
        .unwrap();
    format!(
        "version: 1\nassessor: {{ id: AS-7, role: assessor }}\ndate: 2026-11-20\n{previous}decisions:\n  - entry: one\n    \
         attempt: 1\n    digest: {digest}\n    claims: {{ {claims} }}\n    vacsr: {{ valid: true, authentic: true, current: true, sufficient: true, reliable: true }}\n    \
         feedback: \"Well shown.\"\n"
    )
}

#[test]
fn an_imported_decision_is_filed_once_and_overwrites_none() {
    let sandbox = claiming();
    let text = composed(&sandbox, "", "K1: accepted");
    sandbox.write("from-browser.yaml", &text);
    let run = done(sandbox.run(&["decisions", "import", "from-browser.yaml"]));
    assert!(
        run.out
            .starts_with(&format!("{}\n", sandbox.filed("2026-11-20-AS-7.yaml"))),
        "{}",
        run.out
    );
    assert_eq!(sandbox.read(&sandbox.filed("2026-11-20-AS-7.yaml")), text);
    let again = done(sandbox.run(&["decisions", "import", "from-browser.yaml"]));
    assert!(
        again.err.contains("filed already") && filed(&sandbox).len() == 1,
        "{}",
        again.err
    );

    // Another decision was filed in the meantime.
    let late = composed(&sandbox, "", "K2: accepted");
    sandbox.write("late.yaml", &late);
    done(sandbox.run(&["decisions", "import", "late.yaml", "--rechain"]));
    let filed_text = sandbox.read(&sandbox.filed("2026-11-20-AS-7-2.yaml"));
    let line = format!("previous: {}\n", decision_file_digest(&text));
    assert_eq!(
        filed_text.replace(&line, ""),
        late,
        "nothing else was changed"
    );
    done(sandbox.run(&["decisions", "import", "late.yaml", "--rechain"]));
    assert_eq!(filed(&sandbox).len(), 2, "it was filed already");
    assert_eq!(verified(&sandbox, &[]).0, 0);
    assert_eq!(
        (
            state(&sandbox, "K1").as_str(),
            state(&sandbox, "K2").as_str()
        ),
        ("accepted", "accepted")
    );
}

#[test]
fn decisions_saved_from_one_site_are_chained() {
    let sandbox = claiming();
    sandbox.write(
        "portfolio/entries/two.md",
        sandbox
            .read("portfolio/entries/one.md")
            .replace("title: ", "title: Also "),
    );
    let of = |entry: &str, claims: &str| {
        let text = composed(&sandbox, "", claims).replace("entry: one", &format!("entry: {entry}"));
        let out = sandbox.run(&["explain", &format!("entry:{entry}")]).out;
        let own = out
            .lines()
            .find_map(|line| line.trim().strip_prefix("digest "))
            .unwrap()
            .to_owned();
        let other = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("digest: "))
            .unwrap()
            .to_owned();
        text.replace(&other, &own)
    };
    sandbox.write("a.yaml", of("one", "K1: accepted"));
    sandbox.write("b.yaml", of("two", "K1: accepted"));
    let run = done(sandbox.run(&["decisions", "import", "a.yaml", "b.yaml"]));
    assert!(
        run.err.contains("of the same assessor about other entries"),
        "{}",
        run.err
    );
    assert_eq!((filed(&sandbox).len(), verified(&sandbox, &[]).0), (2, 0));
    // Decisions of another assessor, or a second one about the same entry, are a branch of their own.
    sandbox.write("d.yaml", of("two", "K2: accepted").replace("AS-7", "AS-8"));
    let run = done(sandbox.run(&["decisions", "import", "d.yaml"]));
    assert!(run.err.contains("several ends"), "{}", run.err);
    assert_eq!((filed(&sandbox).len(), verified(&sandbox, &[]).0), (3, 0));
    let unknown = format!("previous: sha256:{}\n", "0".repeat(64));
    let late = of("two", "K2: accepted").replace("decisions:", &format!("{unknown}decisions:"));
    sandbox.write("e.yaml", &late);
    let run = sandbox.run(&["decisions", "import", "e.yaml"]);
    assert!(
        run.code == 2 && run.err.contains("is not in this portfolio"),
        "{}",
        run.err
    );
    assert_eq!(filed(&sandbox).len(), 3);
}

#[test]
fn concurrent_decisions_do_not_fork_the_chain() {
    let sandbox = claiming();
    let text = sandbox.read("portfolio/entries/one.md");
    for number in 0..6 {
        sandbox.write(&format!("portfolio/entries/e{number}.md"), &text);
    }
    let decide = |number: usize| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
        let id = format!("e{number}");
        command.args([
            "--as-of",
            "2026-11-21",
            "assess",
            &id,
            "--as",
            "AS-1",
            "--accept",
            "K1",
            "--vacsr",
        ]);
        command
            .args(["--feedback", "Well shown."])
            .current_dir(sandbox.path());
        command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<_> = (0..6).map(decide).collect();
    for one in running {
        let done = one.wait_with_output().unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    assert_eq!(filed(&sandbox).len(), 6);
    let (code, said) = verified(&sandbox, &[]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn an_invalid_imported_decision_is_refused_with_every_reason() {
    let sandbox = claiming();
    let good = composed(&sandbox, "", "K1: accepted");
    let digest = good
        .lines()
        .find(|line| line.contains("digest"))
        .unwrap()
        .to_owned();
    let cases: Vec<(String, &str)> = vec![
        (
            good.replace("entry: one", "entry: oen"),
            "did you mean one?",
        ),
        (good.replace("K1:", "K10:"), "does not claim K10"),
        (good.replace("K1:", "K99:"), "has the code K99"),
        (
            good.replace("attempt: 1", "attempt: 2"),
            "this is attempt 1",
        ),
        (
            good.replace(&digest, &format!("    digest: sha256:{}", "0".repeat(64))),
            "never had",
        ),
        (
            good.replace(&format!("{digest}\n"), ""),
            "which text of one was read",
        ),
        (
            good.replace("sufficient: true", "sufficient: false"),
            "not sufficient",
        ),
        (
            good.replace("K1: accepted", "K1: referred"),
            "sent back, but is said to meet all five",
        ),
        (good.replace("2026-11-20", "2026-12-24"), "later than today"),
        (
            good.replace("Well shown.", "Ring NHS number 943 476 5919."),
            "identifies a person",
        ),
        (
            good.replace("role: assessor", "role: employer"),
            "employer comments",
        ),
        (
            good.replace("role: assessor", "role: king"),
            "`role` takes one of",
        ),
        (good.replace("version: 1", "verson: 1"), "no key `verson`"),
        (good.replace("date: 2026-11-20\n", ""), "`date` is missing"),
        ("a: &a [*a, *a]\n".to_owned(), "not a decision file"),
        ("[".repeat(5000), "not a decision file"),
        (
            "Not YAML at all: \u{0}\u{1b}[31m".to_owned(),
            "not a decision file",
        ),
        (String::new(), "not a decision file"),
        ("#".repeat(1024 * 1024 + 1), "larger than a megabyte"),
    ];
    for (text, reason) in cases {
        sandbox.write("given.yaml", &text);
        let run = sandbox.run(&["decisions", "import", "given.yaml"]);
        let short: String = text.chars().take(300).collect();
        assert_eq!(run.code, 2, "{short}\n{}{}", run.out, run.err);
        assert!(run.err.contains(reason), "{reason}: {}", run.err);
        assert!(
            !run.err.contains('\u{1b}') && !run.err.contains("943"),
            "{}",
            run.err
        );
        assert_eq!(filed(&sandbox), [""; 0], "{short}");
    }
}

#[test]
fn a_decision_about_an_earlier_text_is_filed_and_reported_as_lapsed() {
    let sandbox = claiming();
    committed(&sandbox);
    let text = composed(&sandbox, "", "K1: accepted");
    sandbox.write(
        "portfolio/entries/one.md",
        sandbox.read("portfolio/entries/one.md") + "More.\n",
    );
    sandbox.write("given.yaml", &text);
    let run = done(sandbox.run(&["decisions", "import", "given.yaml"]));
    assert!(
        run.err.contains("has changed since it was read"),
        "{}",
        run.err
    );
    assert_eq!(state(&sandbox, "K1"), "evidenced");
}

#[test]
fn an_imported_signed_decision_keeps_its_signature_and_is_never_rechained() {
    let keys = Keys::new(&["good"]);
    let sandbox = claiming();
    sandbox.write(
        "portfolio/decisions/allowed_signers",
        format!("AS-7 {0}\nAS-1 {0}\n", keys.public("good")),
    );
    let sign = |name: &str| {
        let signed = Command::new("ssh-keygen")
            .args([
                "-q",
                "-Y",
                "sign",
                "-n",
                "ksbfolio-decision",
                "-f",
                &keys.path("good"),
            ])
            .arg(sandbox.path().join(name))
            .output()
            .unwrap();
        assert!(
            signed.status.success(),
            "{}",
            String::from_utf8_lossy(&signed.stderr)
        );
    };
    sandbox.write("given.yaml", composed(&sandbox, "", "K1: accepted"));
    let unsigned = sandbox.run(&["decisions", "import", "given.yaml"]);
    assert!(
        unsigned.code == 2 && unsigned.err.contains("not signed"),
        "{}",
        unsigned.err
    );
    sign("given.yaml");
    sandbox.write("late.yaml", composed(&sandbox, "", "K2: accepted"));
    sign("late.yaml");
    done(sandbox.run(&["decisions", "import", "given.yaml"]));
    assert_eq!(state(&sandbox, "K1"), "accepted");
    let late = done(sandbox.run(&["decisions", "import", "late.yaml", "--rechain"]));
    assert!(late.err.contains("several ends"), "{}", late.err);
    assert_eq!(state(&sandbox, "K2"), "accepted");
}

#[test]
fn one_file_decides_about_several_entries_or_about_none() {
    let sandbox = claiming();
    let one = sandbox.read("portfolio/entries/one.md");
    sandbox.write(
        "portfolio/entries/two.md",
        one.replace("title: ", "title: Also "),
    );
    let first = composed(&sandbox, "", "K1: accepted");
    let (head, decision) = first.split_once("decisions:\n").unwrap();
    let out = sandbox.run(&["explain", "entry:two"]).out;
    let digest = |text: &str, word: &str| {
        let mut lines = text.lines();
        let found = lines.find_map(|line| line.trim().strip_prefix(word));
        found.unwrap().to_owned()
    };
    let (own, other) = (digest(&first, "digest: "), digest(&out, "digest "));
    let back = decision
        .replace("K1: accepted", "K2: referred")
        .replace("sufficient: true", "sufficient: false");
    let second = decision
        .replace("entry: one", "entry: two")
        .replace(&own, &other);
    let all = format!("{head}decisions:\n{decision}{back}{second}");

    let wrong = all.replace(&other, &format!("sha256:{}", "0".repeat(64)));
    sandbox.write("sitting.yaml", wrong);
    let run = sandbox.run(&["decisions", "import", "sitting.yaml"]);
    assert!(
        run.code == 2 && run.err.contains("never had"),
        "{}",
        run.err
    );
    assert_eq!(
        filed(&sandbox),
        [""; 0],
        "a file is filed as a whole or not"
    );

    sandbox.write("sitting.yaml", &all);
    let run = done(sandbox.run(&["decisions", "import", "sitting.yaml"]));
    assert!(
        run.out.contains("one, attempt 1\n") && run.out.contains("two, attempt 1\n"),
        "{}",
        run.out
    );
    assert_eq!(
        (filed(&sandbox).len(), verified(&sandbox, &[]).0),
        (1, 0),
        "one file for the sitting"
    );
    assert_eq!(state(&sandbox, "K1"), "accepted");
    assert_eq!(sandbox.read(&sandbox.filed("2026-11-20-AS-7.yaml")), all);
}

/// The ids of the entries on the list to assess, in order.
fn waiting(page: &str) -> Vec<&str> {
    let rows = page.split("data-waits=\"").skip(1);
    rows.map(|row| row.split('"').next().unwrap()).collect()
}

/// An entry that claims `codes`, with further front matter.
fn dated(date: &str, codes: &str, keys: &str) -> String {
    entry(&format!("ksbs: [{codes}]\n{keys}")).replace("2026-11-14", date)
}

#[test]
fn the_list_to_assess_has_what_changed_first_and_then_the_oldest() {
    assert!(
        entry("").contains("date: 2026-11-14"),
        "the date is replaced below"
    );
    let nothing = Workspace::tiny();
    let page = nothing.page("to-decide.html");
    assert!(
        page.contains("Nothing to assess.") && !page.contains("<table"),
        "{page}"
    );

    let workspace = Workspace::tiny();
    let write = |id: &str, text: String| {
        workspace.write(&format!("portfolio/entries/{id}.md"), text);
    };
    write("recent", dated("2026-11-10", "K1", ""));
    let page = workspace.page("to-decide.html");
    assert!(page.contains("1 claim to decide in 1 entry."), "{page}");
    assert!(page.contains("<td class=\"waits\">11 days</td>"), "{page}");

    write(
        "long-written",
        dated("2026-01-10", "K1", "submitted: 2026-11-20\n"),
    );
    write("oldest", dated("2026-03-10", "K1, K2", ""));
    write("changed", dated("2026-11-01", "K1, K2", ""));
    write("sent-back", dated("2026-11-01", "K1", ""));
    write("settled", dated("2026-11-01", "K10", ""));
    write("also-settled", dated("2026-11-01", "K10", ""));
    write("draft", dated("2026-01-01", "K1", "status: draft\n"));
    write(
        "private",
        dated("2026-01-01", "K1", "visibility: private\n"),
    );
    write("future", dated("2026-12-01", "K1", ""));
    write(
        "withheld",
        dated("2026-01-01", "K1", "") + "NHS number 943 476 5919.\n",
    );
    let settled = workspace.explain_entry("settled");
    let settled = settled
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "));
    let none = format!("sha256:{}", "0".repeat(64));
    let decision = |id: &str, digest: &str, claims: &str| {
        format!(
            "  - {{ entry: {id}, attempt: 1, digest: \"{digest}\", claims: {{ {claims} }}, \
             feedback: Say why. }}\n"
        )
    };
    let decisions = [
        decision("changed", &none, "K1: accepted"),
        decision("sent-back", &none, "K1: partly"),
        decision("also-settled", &none, "K10: referred"),
        decision("settled", settled.unwrap(), "K10: accepted"),
    ];
    workspace.write(
        "portfolio/decisions/1.yaml",
        format!(
            "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-12\ndecisions:\n{}",
            decisions.concat()
        ),
    );
    let page = workspace.page("to-decide.html");
    assert_eq!(
        waiting(&page),
        ["changed", "sent-back", "oldest", "recent", "long-written"]
    );
    assert!(page.contains("7 claims to decide in 5 entries."), "{page}");
    for words in [
        "changed since 12 November 2026",
        "changed since accepted",
        "resubmitted",
        "<td class=\"waits\">1 day<",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let private = workspace.page_for("private", "to-decide.html");
    assert_eq!(waiting(&private), waiting(&page));
    assert!(!workspace.site("public").contains_key("to-decide.html"));

    let entry = workspace.page("entries/oldest.html");
    for words in [
        "Previous to assess (2 of 5): ",
        "Next to assess (4 of 5): ",
        "Assess this entry</a>: 2 codes to decide",
    ] {
        assert!(entry.contains(words), "{words}\n{entry}");
    }
    let decided = workspace.page("entries/settled.html");
    assert!(
        decided.contains("Next to assess (1 of 5): ") && !decided.contains("Previous to assess"),
        "{decided}"
    );
    let criterion = workspace.page("criteria/tiny/K1.html");
    assert!(criterion.contains("Next code to assess: <a class=\"code\" href=\"K2.html\">K2</a>"));
    let private = workspace.page_for("private", "entries/private.html");
    assert!(
        !private.contains("data-digest"),
        "no assessor can read it, so no decision about it can be filed"
    );
}

#[test]
fn claims_to_codes_that_are_accepted_already_are_folded() {
    let workspace = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    let digest = workspace.explain_entry("one");
    let digest = digest
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "))
        .unwrap();
    let workspace = workspace
        .file(
            "portfolio/decisions/1.yaml",
            format!(
                "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-20\n\
                 decisions:\n  - {{ entry: one, attempt: 1, digest: \"{digest}\", \
                 claims: {{ K1: accepted }}, feedback: Clear. }}\n"
            ),
        )
        .file("portfolio/entries/both.md", entry("ksbs: [K1, K2]\n"))
        .file("portfolio/entries/spare.md", entry("ksbs: [K1]\n"));
    let page = workspace.page("to-decide.html");
    let (first, folded) = page.split_once("<details class=\"accepted\">").unwrap();
    assert!(first.contains("1 claim to decide in 1 entry."), "{page}");
    assert_eq!(waiting(first), ["both"]);
    assert!(
        folded.contains("Also claimed, already accepted: 2 claims in 2 entries"),
        "{page}"
    );
    assert_eq!(waiting(folded), ["both", "spare"]);
    let both = workspace.page("entries/both.html");
    assert!(both.contains("1 code to decide"), "{both}");
    // It can be decided, and is not on the way through what waits.
    let spare = workspace.page("entries/spare.html");
    assert!(
        spare.contains("data-digest") && spare.contains("Next to assess (1 of 1)"),
        "{spare}"
    );
}

#[test]
fn a_learner_sees_what_waits_and_cannot_assess() {
    let workspace = Workspace::with_entry(&entry("ksbs: [K1, K2]\n"));
    let site = workspace.site("private");
    let text = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    let list = text("to-decide.html");
    assert!(
        list.contains("<h1>Waiting for your assessor</h1>"),
        "{list}"
    );
    assert!(
        list.contains("Your assessor has 2 claims to decide in 1 entry."),
        "{list}"
    );
    assert!(text("index.html").contains(">Your assessor has 2 claims to decide in 1 entry</a>"));
    for path in [
        "index.html",
        "to-decide.html",
        "entries/one.html",
        "criteria/tiny/K1.html",
    ] {
        let page = text(path);
        let menu = page.split_once(">Progress</summary>").unwrap().1;
        let first = menu.split_once("</a>").unwrap().0;
        assert!(
            first.ends_with("Waiting for your assessor"),
            "{path}: {first}"
        );
        for forbidden in [
            "Assess this entry",
            "To assess",
            "to assess:",
            "data-digest",
            "decide.js",
        ] {
            assert!(!page.contains(forbidden), "{path}: {forbidden}\n{page}");
        }
    }
    assert!(!site.contains_key("assets/decide-form.js"));
}

#[test]
fn verdicts_are_marked_and_the_chain_is_folded() {
    let workspace = Workspace::with_entry(&entry("ksbs: [K1, K2, B1]\n")).file(
        "portfolio/decisions/1.yaml",
        "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-20\ndecisions:\n  - { entry: one, attempt: 1, claims: { K1: accepted, K2: partly, B1: referred }, feedback: Say why. }\n",
    );
    for path in ["decisions.html", "entries/one.html"] {
        let page = workspace.page(path);
        for (class, code, words) in [
            ("accepted", "K1", "accepted"),
            ("partly", "K2", "partly accepted"),
            ("referred", "B1", "referred"),
        ] {
            let opened = format!("<span class=\"verdict verdict-{class}\"><a class=\"code\"");
            let mut pills = page.split(&opened).skip(1);
            let closed = format!(">{code}</a> {words}</span>");
            assert!(
                pills.any(|pill| pill.find(&closed).is_some_and(|at| at < 60)),
                "{path}: {code} {words}\n{page}"
            );
        }
    }
    let page = workspace.page("decisions.html");
    let (shown, folded) = page.split_once("<details class=\"verify\"").unwrap();
    assert!(folded.contains("How to verify</summary>"), "{page}");
    assert!(
        folded.contains("1 decision file. Its digest is sha256:") && !shown.contains("sha256:"),
        "{page}"
    );
}

#[test]
fn criteria_that_are_ready_to_assess_can_be_filtered() {
    let workspace = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    let page = workspace.page("standards/tiny.html");
    assert!(
        page.contains("<option value=\"evidenced\">ready to assess</option>"),
        "{page}"
    );
    assert_eq!(
        page.matches("data-state=\"evidenced\"").count(),
        1,
        "{page}"
    );
}
