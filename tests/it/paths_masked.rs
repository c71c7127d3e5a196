//! Identifiers in file names and ids appear in no output and in no path of a site.

use image::ImageFormat;

use crate::support::files::picture;
use crate::support::{Run, SETTINGS, Sandbox, TINY, Workspace, entry, tree};

/// Parts of the identifiers in the canary names below, in lower case, in every spelling of a
/// number.
const SECRETS: [&str; 12] = [
    "9434765919",
    "943-476",
    "943_476",
    "943 476",
    "943–476",
    "943.476",
    "john.smith",
    "oakapple",
    "12-34-56",
    "891-0277",
    "900123",
    "larkspur",
];

const FORMATS: [&str; 8] = [
    "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
];

fn assert_hidden(what: &str, text: &str) {
    let small = text.to_lowercase();
    for secret in SECRETS {
        if let Some(at) = small.find(secret) {
            let near: String = small
                .chars()
                .skip(small[..at].chars().count().saturating_sub(80))
                .take(200)
                .collect();
            panic!("{what} shows {secret}: {near}");
        }
    }
}

fn assert_run_hides(command: &[&str], run: &Run) {
    assert_hidden(&format!("{command:?}"), &run.out);
    assert_hidden(&format!("{command:?} (messages)"), &run.err);
}

/// A portfolio with an identifier in the file name of every kind of source.
fn canaries() -> Sandbox {
    let keys = "ksbs: [{K1: why}]\nvisibility: public\nhours: many\n";
    let mut sandbox = Sandbox::tiny()
        .file("portfolio/entries/a-quiet-visit.md", entry("visibility: public\n"))
        .file("portfolio/entries/named.md", entry(&format!("{keys}id: john.smith@nhs.net\n")))
        .file("standards/mrs-oakapple.yaml", TINY.replace("id: tiny", "id: tiny\ncolour: red"))
        .file("standards/tiny.yaml", "version: 1\n")
        .file("portfolio/evidence/MrsOakapple.png", picture(ImageFormat::Png))
        .file("portfolio/evidence/999_891_0277.jpg", "no picture")
        .file("portfolio/evidence/07700-900123.jpg", "no picture")
        .file(
            "portfolio/decisions/Mr-Larkspur.yaml",
            "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-19\ndecisions:\n  - { entry: gone, attempt: 1, claims: { K1: referred } }\n",
        )
        .file("portfolio/decisions/943_476_5919.yaml", "version: 1\nassessor: AS-1\n");
    for (at, name) in [
        "943_476_5919",
        "9434765919",
        "943476 5919",
        "943–476–5919",
        "943\u{2011}476\u{2011}5919",
        "qq-12-34-56-c",
        "MrsOakapple",
        "mrs.oakapple",
        "john.smith@nhs.net",
        "943.476.5919",
    ]
    .iter()
    .enumerate()
    {
        sandbox = sandbox.file(&format!("portfolio/entries/{at}/{name}.md"), entry(keys));
    }
    let attached = "attachments: [{ file: evidence/MrsOakapple.png, alt: A, shows: nobody }]\n";
    sandbox.file(
        "portfolio/entries/mrs_oakapple/two.md",
        entry(&format!("ksbs: [{{K1: why}}]\n{attached}")),
    )
}

#[test]
fn no_command_and_no_format_shows_an_identifier_in_a_name() {
    let sandbox = canaries();
    let mut commands: Vec<Vec<&str>> = FORMATS
        .iter()
        .map(|format| vec!["check", "--format", format])
        .collect();
    for format in ["text", "json", "csv", "markdown"] {
        commands.push(vec!["coverage", "--format", format]);
    }
    for command in [
        &["explain", "K1"][..],
        &["explain", "entry:john.smith@nhs.net"],
        &["explain", "entry:943_476_5919"],
        &["explain", "mrs-larkspur"],
        &["gateway"],
        &["gateway", "--format", "json"],
        &["gateway", "--format", "markdown"],
        &["review"],
        &["review", "--format", "json"],
        &["sample"],
        &["sample", "--format", "json"],
        &["hours"],
        &["hours", "--format", "csv"],
        &["decisions", "list"],
        &["decisions", "verify"],
        &["decisions", "verify", "--format", "json"],
        &["pack", "--output", "pack.html"],
        &["gateway", "--pack", "p", "--anyway"],
        &["standards", "list"],
        &["standards", "check", "standards/mrs-oakapple.yaml"],
        &[
            "decisions",
            "import",
            "portfolio/decisions/Mr-Larkspur.yaml",
        ],
        &[
            "assess",
            "mrs.oakapple",
            "--as",
            "AS-1",
            "--refer",
            "K1",
            "--feedback",
            "Say more.",
        ],
        &[
            "assess",
            "mrs-larkspur",
            "--as",
            "AS-1",
            "--refer",
            "K1",
            "--feedback",
            "Say more.",
        ],
        &["check", "--baseline", "base.json", "--update-baseline"],
        &["build", "--output", "mrs-larkspur"],
        &["build", "--audience", "public", "--output", "public"],
        &["build", "--audience", "private", "--output", "private"],
    ] {
        commands.push(command.to_vec());
    }
    for command in &commands {
        assert_run_hides(command, &sandbox.run(command));
    }
    let completed = sandbox.run_with(
        &["--", "ksbfolio", "explain", ""],
        &[("KSBFOLIO_COMPLETE", "fish")],
    );
    assert_run_hides(&["completions"], &completed);
    for folder in ["mrs-larkspur", "public", "private", "p"] {
        let files = tree(&sandbox.path().join(folder));
        assert!(!files.is_empty(), "{folder}");
        for (path, bytes) in files {
            assert_hidden(folder, &path.to_string_lossy());
            assert_hidden(
                &format!("{folder}/{}", path.display()),
                &String::from_utf8_lossy(&bytes),
            );
        }
    }
    let public = tree(&sandbox.path().join("public"));
    let pages = public
        .iter()
        .filter(|(path, _)| path.starts_with("entries"));
    let pages: Vec<String> = pages
        .map(|(path, _)| path.to_string_lossy().replace('\\', "/"))
        .collect();
    assert_eq!(
        pages,
        ["entries/a-quiet-visit.html"],
        "the others are withheld from the public"
    );
}

#[test]
fn a_decision_file_that_git_has_lost_is_named_without_its_identifier() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: why}]\n")).file(
        "portfolio/decisions/943_476_5919.yaml",
        "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-19\ndecisions:\n  - { entry: one, attempt: 1, claims: { K1: referred } }\n",
    );
    for arguments in [
        &["init", "-q"][..],
        &["add", "."],
        &[
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.org",
            "commit",
            "-qm",
            "a",
        ],
    ] {
        let done = std::process::Command::new("git")
            .args(arguments)
            .current_dir(sandbox.path())
            .status();
        assert!(done.unwrap().success());
    }
    std::fs::remove_file(sandbox.path().join("portfolio/decisions/943_476_5919.yaml")).unwrap();
    for format in ["text", "json"] {
        let command = ["decisions", "verify", "--format", format];
        let run = sandbox.run(&command);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(run.out.contains("************"), "{}", run.out);
        assert_run_hides(&command, &run);
    }
}

#[test]
fn titles_and_ids_with_identifiers_are_refused() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: why}]\n")).file(
        "portfolio/entries/mrs-oakapple.md",
        entry("ksbs: [{K1: why}]\n"),
    );
    let before = tree(sandbox.path());
    for (command, message) in [
        (
            &["new", "Mrs Oakapple 943 476 5919"][..],
            "the title may identify a person",
        ),
        (&["new", "943_476_5919"], "the title may identify a person"),
        (&["new", "qq 12 34 56 c"], "the title may identify a person"),
        (
            &["assess", "one", "--as", "AS-943-476-5919", "--refer", "K1"],
            "the assessor's reference may identify",
        ),
        (
            &["assess", "one", "--as", "Mrs Oakapple", "--refer", "K1"],
            "the assessor's reference may identify",
        ),
        (
            &[
                "assess",
                "mrs-oakapple",
                "--as",
                "AS-1",
                "--refer",
                "K1",
                "--feedback",
                "Say more.",
            ],
            "the id of this entry may identify a person",
        ),
    ] {
        let run = sandbox.run(command);
        assert!(
            run.code != 0 && run.err.contains(message),
            "{command:?}: {}{}",
            run.out,
            run.err
        );
        assert!(run.err.contains("nothing was written"), "{}", run.err);
        assert_run_hides(command, &run);
    }
    assert_eq!(tree(sandbox.path()), before);
    let run = sandbox.run(&[
        "assess",
        "one",
        "--as",
        "AS-12",
        "--refer",
        "K1",
        "--feedback",
        "More, please.",
    ]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn no_decision_is_imported_that_names_a_person_as_its_assessor_or_its_entry() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: why}]\n")).file(
        "portfolio/entries/mrs-oakapple.md",
        entry("ksbs: [{K1: why}]\n"),
    );
    let decision = |assessor: &str, entry: &str| {
        format!(
            "version: 1\nassessor: {{ id: {assessor}, role: assessor }}\ndate: 2026-11-19\ndecisions:\n  - {{ entry: {entry}, attempt: 1, claims: {{ K1: referred }} }}\n"
        )
    };
    for (assessor, entry, message) in [
        (
            "Mrs Oakapple",
            "one",
            "the assessor's reference may identify",
        ),
        (
            "AS-1",
            "mrs-oakapple",
            "the id of the entry may identify a person",
        ),
    ] {
        sandbox.write("new.yaml", decision(assessor, entry));
        let before = tree(sandbox.path());
        let command = ["decisions", "import", "new.yaml"];
        let run = sandbox.run(&command);
        assert!(
            run.code == 2 && run.err.contains(message),
            "{}{}",
            run.out,
            run.err
        );
        assert_run_hides(&command, &run);
        assert_eq!(tree(sandbox.path()), before);
    }
}

#[test]
fn a_theme_with_an_identifier_in_the_name_of_a_file_is_refused() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: why}]\n"))
        .file("themes/own/assets/mrs-oakapple.css", "a {}")
        .file(
            "portfolio/portfolio.yaml",
            format!("{SETTINGS}theme: own\n"),
        );
    let run = sandbox.run(&["build"]);
    assert!(
        run.code != 0 && run.err.contains("may identify a person"),
        "{}{}",
        run.out,
        run.err
    );
    assert_run_hides(&["build"], &run);
}

#[test]
fn rules_about_withheld_or_uncounted_evidence_cannot_be_switched_off() {
    for rule in [
        "tracked-changes",
        "hidden-content",
        "document-comments",
        "embedded-content",
        "unreadable-document",
        "unread-text",
        "unreadable-picture",
        "unpublishable-file",
        "unreadable-file",
        "wrong-type",
        "unknown-word",
        "unknown-key",
        "duplicate-key",
        "broken-front-matter",
        "stale-claim",
        "accepted-though-insufficient",
        "too-many-hours",
        "unknown-word",
        "unknown-code",
        "missing-key",
    ] {
        let sandbox = Workspace::with_entry(&entry("ksbs: [{K1: why}]\nhours: many\n")).file(
            "portfolio/portfolio.yaml",
            format!("{SETTINGS}levels: {{ {rule}: off }}\n"),
        );
        let out = sandbox.check_as("text");
        assert!(out.contains("cannot be off"), "{rule}: {out}");
        assert!(out.contains("wrong-type"), "{rule}: {out}");
    }
    let sandbox = Workspace::with_entry(&entry("ksbs: [{K1: why}]\n")).file(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}levels: {{ over-linked: off, unknown-heading: off }}\n"),
    );
    assert!(!sandbox.check_as("text").contains("cannot be off"));
}

#[test]
fn a_site_has_only_the_scripts_that_its_pages_use() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [{K1: why}]\nvisibility: public\n"));
    let scripts = |audience: &str| -> Vec<String> {
        sandbox
            .site(audience)
            .into_keys()
            .filter(|name| name.starts_with("assets/") && !name.starts_with("assets/search/"))
            .collect()
    };
    assert_eq!(
        scripts("public"),
        [
            "assets/icon.svg",
            "assets/search-index.js",
            "assets/search.js",
            "assets/site.css"
        ]
    );
    assert_eq!(
        scripts("assessor"),
        [
            "assets/decide-form.js",
            "assets/decide.css",
            "assets/decide.js",
            "assets/decision-file.js",
            "assets/filter.js",
            "assets/icon.svg",
            "assets/search-index.js",
            "assets/search.js",
            "assets/site.css",
        ]
    );
}
