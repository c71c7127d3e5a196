//! Table, files, headings and fixtures of the rules agree, and every rule finds its defect at the exact place.
//!
//! A fixture is `tests/fixtures/rules/RULE.txt`, and for a rule with kinds one for each kind: after
//! each `=== bad` a workspace with the defect, after each `=== good` one without, each file after
//! `>>> PATH`. The text to be marked is between `«` and `»`, which are not part of the file. A path
//! followed by `(zip)` is packed of the parts that follow, each after `--- NAME`; one with `(hex)`
//! is written in hexadecimal digits, one with `(picture)` is a small picture. Words after `bad` or
//! `good` are arguments of `check`; `git` puts the workspace into a repository; `expects=N` is the
//! number of findings if no text can be marked; `beside=RULE` names a rule that finds the same
//! defect and cannot be switched off.

use std::collections::{BTreeMap, BTreeSet};

use image::ImageFormat;
use ksbfolio::check::{RuleGroup, Run, rules};
use ksbfolio::diagnostic::{Finding, Findings};
use ksbfolio::model::{Profile, Word};
use serde_json::Value;

use super::support::files::{picture, zipped};
use super::support::in_process::CheckOptions;
use super::support::{SETTINGS, Sandbox, TINY, Workspace, repository};

/// Path, line, column and the column after it.
type Mark = (String, u64, u64, u64);

struct Scenario {
    workspace: Workspace,
    marks: Vec<Mark>,
    options: CheckOptions,
    expects: Option<usize>,
    /// A rule that cannot be silent where this defect is.
    beside: Option<String>,
}

/// The bad and the good scenarios of a rule.
fn fixture(rule: &str) -> (Vec<Scenario>, Vec<Scenario>) {
    let path = repository().join(format!("tests/fixtures/rules/{rule}.txt"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{rule} has no fixture: {error}"));
    let (mut bad, mut good) = (Vec::new(), Vec::new());
    for part in format!("\n{text}").split("\n=== ").skip(1) {
        match part.strip_prefix("bad") {
            Some(part) => bad.push(scenario(part)),
            None => good.push(scenario(part.strip_prefix("good").unwrap())),
        }
    }
    assert!(
        !bad.is_empty() && !good.is_empty(),
        "{rule} lacks a scenario"
    );
    (bad, good)
}

fn scenario(text: &str) -> Scenario {
    let (head, rest) = text.split_once('\n').unwrap();
    let (expects, arguments): (Vec<&str>, Vec<&str>) = head
        .split_whitespace()
        .partition(|word| word.starts_with("expects="));
    let (git, arguments): (Vec<&str>, Vec<&str>) =
        arguments.into_iter().partition(|word| *word == "git");
    let (beside, arguments): (Vec<&str>, Vec<&str>) = arguments
        .into_iter()
        .partition(|word| word.starts_with("beside="));
    let beside = beside
        .first()
        .map(|word| word["beside=".len()..].to_owned());
    let expects = expects
        .first()
        .map(|word| word["expects=".len()..].parse().unwrap());
    let workspace = Workspace::empty()
        .file("standards/tiny.yaml", TINY)
        .file("portfolio/portfolio.yaml", SETTINGS);
    let mut marks = Vec::new();
    for file in format!("\n{rest}").split("\n>>> ").skip(1) {
        let (name, text) = file.split_once('\n').unwrap();
        if let Some(path) = name.strip_suffix(" (zip)") {
            workspace.write(path, packed(text));
            continue;
        }
        if let Some(path) = name.strip_suffix(" (hex)") {
            workspace.write(path, from_hex(text));
            continue;
        }
        if let Some(path) = name.strip_suffix(" (picture)") {
            workspace.write(path, picture(ImageFormat::Png));
            continue;
        }
        let (path, latin) = name
            .strip_suffix(" (latin-1)")
            .map_or((name, false), |path| (path, true));
        marks.extend(marked(path, text));
        let plain = text.replace(['«', '»'], "") + "\n";
        if latin {
            workspace.write(
                path,
                plain
                    .chars()
                    .map(|sign| u8::try_from(u32::from(sign)).unwrap())
                    .collect::<Vec<_>>(),
            );
        } else {
            workspace.write(path, plain);
        }
    }
    if !git.is_empty() {
        committed(workspace.path());
    }
    marks.sort();
    Scenario {
        workspace,
        marks,
        options: check_options(&arguments),
        expects,
        beside,
    }
}

fn check_options(arguments: &[&str]) -> CheckOptions {
    let value = |option: &str| {
        let at = arguments.iter().position(|argument| *argument == option)?;
        Some(arguments[at + 1])
    };
    CheckOptions {
        profile: value("--profile").map(|word| Profile::from_word(word).unwrap()),
        baseline: value("--baseline").map(str::to_owned),
        history: arguments.contains(&"--history"),
    }
}

/// A zip of parts, each behind a line `--- NAME`.
fn packed(text: &str) -> Vec<u8> {
    let parts = text
        .split("--- ")
        .skip(1)
        .map(|part| part.split_once('\n').unwrap());
    let parts: Vec<(&str, &[u8])> = parts
        .map(|(name, body)| (name, body.trim_end().as_bytes()))
        .collect();
    zipped(&parts)
}

/// Bytes that stand there as digits.
fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits
        .chunks_exact(2)
        .map(|pair| std::str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

/// Puts everything in a folder into a repository of its own.
fn committed(folder: &std::path::Path) {
    let identity = [
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.org",
    ];
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &["commit", "--quiet", "--message", "All"],
    ] {
        let mut git = std::process::Command::new("git");
        assert!(
            git.args(identity)
                .args(arguments)
                .current_dir(folder)
                .status()
                .unwrap()
                .success()
        );
    }
}

fn marked(path: &str, text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut column = 1;
        let mut start = 0;
        for sign in line.chars() {
            match sign {
                '«' => start = column,
                '»' => marks.push((path.to_owned(), number as u64 + 1, start, column)),
                _ => column += 1,
            }
        }
    }
    marks
}

impl Scenario {
    fn findings(&self) -> Vec<Value> {
        self.workspace.findings_with(&self.options)
    }
}

fn place(finding: &Value) -> Mark {
    let number = |key: &str| finding[key].as_u64().unwrap();
    (
        finding["file"].as_str().unwrap().to_owned(),
        number("line"),
        number("column"),
        number("end_column"),
    )
}

/// Findings of other rules than the one looked at, but for what a standard of four criteria lacks anyway.
fn others<'a>(findings: &'a [Value], rule: &str) -> Vec<&'a str> {
    let name = |finding: &'a Value| finding["rule"].as_str().unwrap();
    let beside =
        |name: &&str| *name != rule && rules::find(name).unwrap().group != RuleGroup::Coverage;
    findings.iter().map(name).filter(beside).collect()
}

#[test]
fn every_rule_finds_its_defect_at_the_exact_place_and_one_fault_gives_one_finding() {
    for rule in rules::named() {
        for bad in fixture(rule.name).0 {
            check_bad(rule.name, &bad);
        }
    }
}

fn check_bad(rule: &str, bad: &Scenario) {
    let findings = bad.findings();
    let own = findings.iter().filter(|finding| finding["rule"] == rule);
    let mut places: Vec<Mark> = own.map(place).collect();
    places.sort();
    match bad.expects {
        Some(number) => assert_eq!(places.len(), number, "{rule}: {findings:#?}"),
        None => assert_eq!(places, bad.marks, "{rule}: {findings:#?}"),
    }
    assert!(!places.is_empty(), "{rule}: a bad scenario expects nothing");
    let mut others = others(&findings, rule);
    others.retain(|other| bad.beside.as_deref() != Some(other));
    assert_eq!(others, [""; 0], "{rule}: {findings:#?}");
}

#[test]
fn every_rule_lets_what_is_right_alone() {
    for rule in rules::named() {
        for good in fixture(rule.name).1 {
            let findings = good.findings();
            assert!(
                findings.iter().all(|finding| finding["rule"] != rule.name),
                "{}: {findings:#?}",
                rule.name
            );
            let others = others(&findings, rule.name);
            assert_eq!(others, [""; 0], "{}: {findings:#?}", rule.name);
        }
    }
}

/// A better wording breaks no baseline, and no finding hides behind another one.
#[test]
fn fingerprints_depend_on_no_wording_and_are_shared_by_no_two_findings() {
    let fixtures = rules::named().flat_map(|rule| fixture(rule.name).0);
    let mut outcomes: Vec<_> = fixtures
        .map(|bad| bad.workspace.outcome(&bad.options).1.all)
        .collect();
    outcomes.push(Workspace::sample().outcome(&CheckOptions::default()).1.all);
    for found in outcomes {
        let fingerprints: BTreeSet<&str> = found.fingerprinted().map(|(_, print)| print).collect();
        assert_eq!(fingerprints.len(), found.iter().count(), "{found:#?}");
        // Other words, which sort the other way round.
        let reworded = found
            .iter()
            .rev()
            .enumerate()
            .map(|(number, finding)| Finding {
                message: format!("{number:06} in other words"),
                label: None,
                help: None,
                ..finding.clone()
            });
        let reworded = Findings::new(reworded.collect());
        assert_eq!(by_place(&reworded), by_place(&found));
    }
}

/// The fingerprints of all findings, by what does not depend on words.
fn by_place(findings: &Findings) -> BTreeSet<(String, String)> {
    let described = findings.fingerprinted().map(|(finding, fingerprint)| {
        let Finding {
            rule, place, facts, ..
        } = finding;
        (
            format!("{rule} {place:?} {facts:?}"),
            fingerprint.to_owned(),
        )
    });
    described.collect()
}

/// Settings and answers of earlier versions are answered with the new name.
#[test]
fn an_old_rule_name_leads_to_the_rule_that_took_over() {
    let sandbox = Sandbox::with_entry(
        "---\ntitle: A\ndate: 2026-11-10\ntype: product\n\
         check: [{ ignore: empty-stage, reason: r }]\nksbs: [{K1: as said}]\n---\n\nWords.\n",
    )
    .file(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}levels: {{ wrong-case: note, stage-order: off, identifier: note }}\n"),
    );
    let out = sandbox.run(&["check"]).out;
    for words in [
        "the rule `empty-stage` is now part of `missing-stage`",
        "the rule `wrong-case` is now part of `missing-file`",
        "the rule `stage-order` no longer exists",
        "`identifier` has several kinds",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let explained = sandbox.run(&["explain", "unknown-status"]).out;
    assert!(explained.starts_with("unknown-word ("), "{explained}");
}

#[test]
fn table_files_headings_and_fixtures_agree() {
    let names: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted(), "rules are sorted");
    let stems = |folder: &str, ending: &str| -> Vec<String> {
        let files = std::fs::read_dir(repository().join(folder)).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut stems: Vec<String> = names
            .filter_map(|name| Some(name.strip_suffix(ending)?.replace('_', "-")))
            .collect();
        stems.retain(|stem| stem != "mod");
        stems.sort();
        stems
    };
    assert_eq!(stems("src/check/rules", ".rs"), names);
    let mut fixtures: Vec<&str> = rules::named().map(|rule| rule.name).collect();
    fixtures.sort_unstable();
    assert_eq!(stems("tests/fixtures/rules", ".txt"), fixtures);
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in rules::ALL {
        let file = format!("src/check/rules/{}.rs", rule.name.replace('-', "_"));
        let source = std::fs::read_to_string(repository().join(file)).unwrap();
        assert!(
            source.starts_with(&format!("//! `{}`: ", rule.name)),
            "{}",
            rule.name
        );
    }
    let kinds = rules::ALL
        .iter()
        .copied()
        .filter(|rule| matches!(rule.run, Run::Kinds(_)));
    for rule in rules::named().chain(kinds) {
        for text in [
            rule.text.finds,
            rule.text.why,
            rule.text.example,
            rule.text.instead,
        ] {
            assert!(!text.is_empty(), "{}", rule.name);
        }
        assert!(
            rule.text.finds.ends_with('.') && rule.text.why.ends_with('.'),
            "{}",
            rule.name
        );
        assert_eq!(
            texts.insert(rule.text.finds, rule.name),
            None,
            "two rules say that they find the same"
        );
    }
}

#[test]
fn the_rule_reference_is_what_the_records_say() {
    let reference = std::fs::read_to_string(repository().join("RULES.md")).unwrap_or_default();
    assert_eq!(
        reference,
        ksbfolio::report::rule_reference(),
        "write it anew: `ksbfolio explain --all > RULES.md`"
    );
}
