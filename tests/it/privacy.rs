//! Recall and precision of the identifier search on annotated sentences; see
//! `tests/privacy/README.md`.

use std::collections::BTreeMap;
use std::path::Path;

use ksbfolio::check::rules;
use ksbfolio::privacy::{Kind, identifiers};
use ksbfolio::text::Span;

use crate::support::{Sandbox, Workspace, entry, tree};

/// Kinds of direct identifiers; the others are soft.
const CORE: [&str; 8] = [
    "nhs-number",
    "chi-number",
    "ni-number",
    "hospital-number",
    "phone",
    "email",
    "postcode",
    "birth-date",
];

/// A sentence without its marks, and the marked spans with their kinds.
struct Line {
    number: usize,
    text: String,
    marks: Vec<(String, Span)>,
}

fn lines(file: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/privacy")
        .join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|(number, line)| {
            let fields: Vec<&str> = line.split('\t').collect();
            let (text, marks) = unmarked(fields[2], fields[0]);
            Line {
                number: number + 1,
                text,
                marks,
            }
        })
        .collect()
}

/// Strips marks such as `my ⟦07700 900123⟧` and `⟦email:a@b.example⟧`; `kind` is the default.
fn unmarked(marked: &str, kind: &str) -> (String, Vec<(String, Span)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for (n, part) in marked.split('⟦').enumerate() {
        let Some((inside, rest)) = part.split_once('⟧').filter(|_| n > 0) else {
            text.push_str(part);
            continue;
        };
        let other = inside.split_once(':').filter(|(kind, _)| {
            kind.len() > 3 && kind.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        });
        let (kind, inside) = other.unwrap_or((kind, inside));
        let span = Span::new(text.len(), text.len() + inside.len());
        marks.push((kind.to_owned(), span));
        text.push_str(inside);
        text.push_str(rest);
    }
    (text, marks)
}

#[derive(Default)]
struct Score {
    /// By kind: number of marks found, number of marks.
    kinds: BTreeMap<String, (u32, u32)>,
    right: u32,
    wrong: u32,
    misses: Vec<String>,
}

impl Score {
    fn of(file: &str) -> Self {
        let mut score = Self::default();
        for line in lines(file) {
            let found = identifiers(&line.text, &[]);
            for (kind, mark) in &line.marks {
                let hit = found.iter().any(|one| one.span.overlaps(*mark));
                let (hits, all) = score.kinds.entry(kind.clone()).or_default();
                *hits += u32::from(hit);
                *all += 1;
                if !hit {
                    score.misses.push(format!(
                        "{file}:{} missed {kind}: {}",
                        line.number, line.text
                    ));
                }
            }
            for one in found {
                let right = line.marks.iter().any(|(_, mark)| one.span.overlaps(*mark));
                score.right += u32::from(right);
                score.wrong += u32::from(!right);
                if !right {
                    let what = one.span.of(&line.text);
                    score.misses.push(format!(
                        "{file}:{} wrong {:?} `{what}`: {}",
                        line.number, one.kind, line.text
                    ));
                }
            }
        }
        score
    }

    fn recall(&self, core: bool) -> f64 {
        let kinds = self
            .kinds
            .iter()
            .filter(|(kind, _)| CORE.contains(&kind.as_str()) == core);
        let (hits, all) = kinds.fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
        f64::from(hits) / f64::from(all)
    }

    fn precision(&self) -> f64 {
        f64::from(self.right) / f64::from(self.right + self.wrong)
    }

    fn table(&self) -> String {
        let kinds = self
            .kinds
            .iter()
            .map(|(kind, (hits, all))| format!("| {kind} | {hits} of {all} |\n"));
        let sums = format!(
            "| core recall | {:.3} |\n| softer recall | {:.3} |\n| precision | {:.3} |\n",
            self.recall(true),
            self.recall(false),
            self.precision()
        );
        kinds.collect::<String>() + &sums
    }
}

#[test]
fn recall_and_precision_hold_on_annotated_sentences() {
    let mut reported = String::new();
    for file in ["first.tsv", "second.tsv", "third.tsv", "fourth.tsv"] {
        let score = Score::of(file);
        let (core, soft) = (score.recall(true), score.recall(false));
        if core < 0.97 || soft < 0.60 || score.precision() < 0.95 {
            reported.push_str(&score.misses.join("\n"));
            reported.push_str(&score.table());
        }
    }
    assert!(reported.is_empty(), "{reported}");
}

/// An entry with an identifier in every possible place.
const REVEALING: &str = "---
title: Mrs Oakapple and her DOB 12/09/1938
date: 2026-11-14
event_date: 2026-11-13
type: product
ksbs: [{ K1: \"she lives at QX4 7TB\" }, \"999 891 0277\"]
practice: { treatment: \"MRN: 00381946\" }
attachments:
  - { file: evidence/NHS-9995642697.png, alt: \"Label of QQ 12 34 56 C, National Insurance\" }
actions: [{ what: ring 07700 900123, by: 2026-12-01, closed_by: fern@example.org }]
status: mrs larkspur
check: [{ ignore: \"no such rule, Mr Tern\", reason: x }]
---

## What JB, my patient JB, said

[K7 for 020 7946 0182](ksb:K1) and [mail](mailto:odell@example.org) ![My patient Odell Marchbank](gone/odell-m@example.org.png)

<!-- Ward 7, bed 12 -->

    CHI: 030794 7467
";

const SECRETS: [&str; 17] = [
    "Oakapple",
    "12/09/1938",
    "QX4",
    "999 891 0277",
    "00381946",
    "9995642697",
    "QQ 12 34 56 C",
    "07700 900123",
    "fern@example.org",
    "larkspur",
    "Tern",
    "020 7946",
    "odell@example.org",
    "Marchbank",
    "Ward 7",
    "030794",
    "2026-11-13",
];

#[test]
fn identifiers_are_masked_in_every_output() {
    let sandbox = Sandbox::with_entry(REVEALING);
    let mut outputs = Vec::new();
    for format in [
        "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        outputs.push((format, sandbox.run(&["check", "--format", format])));
    }
    for format in ["text", "json", "markdown", "csv"] {
        outputs.push((format, sandbox.run(&["coverage", "--format", format])));
    }
    outputs.push(("diff", sandbox.run(&["check", "--diff"])));
    outputs.push(("explain", sandbox.run(&["explain", "entry:one"])));
    outputs.push(("explain", sandbox.run(&["explain", "K1"])));
    outputs.push(("build", sandbox.run(&["build"])));
    sandbox.run(&["check", "--baseline", "base.json", "--update-baseline"]);
    let baseline = std::fs::read_to_string(sandbox.path().join("base.json")).unwrap();
    for secret in SECRETS {
        for (what, run) in &outputs {
            assert!(
                !run.out.contains(secret) && !run.err.contains(secret),
                "{what} reveals {secret}"
            );
        }
        assert!(!baseline.contains(secret), "the baseline reveals {secret}");
        for (path, bytes) in tree(&sandbox.path().join("output")) {
            assert!(
                !String::from_utf8_lossy(&bytes).contains(secret),
                "{} reveals {secret}",
                path.display()
            );
        }
    }
}

fn sandbox_with(words: &str, front: &str) -> Sandbox {
    let text = format!(
        "---\ntitle: One\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n{front}---\n\n{words}\n"
    );
    let sandbox = Sandbox::with_entry(&text);
    sandbox.write("portfolio/entries/two.md", entry("ksbs: [K2]\n"));
    sandbox
}

#[test]
fn a_page_with_a_certain_identifier_is_withheld_and_the_rest_is_built() {
    let sandbox = sandbox_with("I rang 07700 900123.", "visibility: public\n");
    let page = |audience: &str| {
        let run = sandbox.run(&["build", "--audience", audience, "--output", audience]);
        (
            run.code,
            sandbox
                .path()
                .join(audience)
                .join("entries/one.html")
                .is_file(),
            run.err,
        )
    };
    let (code, there, said) = page("assessor");
    assert_eq!((code, there), (1, false), "{said}");
    assert!(
        said.contains("Withheld: portfolio/entries/one.md (phone-number)."),
        "{said}"
    );
    assert!(sandbox.path().join("assessor/entries/two.html").is_file());
    assert_eq!(
        sandbox.run(&["build", "--output", "assessor"]).code,
        1,
        "a second build says so too"
    );
    assert_eq!(page("public").0, 1);
    assert_eq!(&page("private").1, &true, "its author may see it");
    let coverage = sandbox.coverage();
    let line = &coverage["standards"][0]["criteria"][0];
    assert_eq!(
        (line["state"].as_str(), line["flags"][0].as_str()),
        (Some("thin"), Some("withheld"))
    );
    // Likely identifiers are shown to an assessor, who knows the place, and withheld from the
    // public.
    let sandbox = sandbox_with(
        "The gentleman in Ward 7, bed 12 was in pain.",
        "visibility: public\n",
    );
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert_eq!(sandbox.run(&["build", "--audience", "public"]).code, 1);
}

#[test]
fn an_answered_rule_withholds_nothing() {
    let answered =
        "check: [{ ignore: phone-number, words: 07700 900123, reason: a number for drama }]\n";
    let sandbox = sandbox_with("I rang 07700 900123.", answered);
    assert!(sandbox.site("assessor").contains_key("entries/one.html"));
    let other = "check: [{ ignore: postcode, reason: it is not one }]\n";
    let sandbox = sandbox_with("I rang 07700 900123.", other);
    assert!(!sandbox.site("assessor").contains_key("entries/one.html"));
}

#[test]
fn names_are_followed_into_other_entries() {
    let workspace = Workspace::tiny();
    let other = "Then Quillfeather rang, and the Butcher sat. Butcher came. Gibbs (1988) says so. \
                 The Tern Unit and Fenn (2001).\n";
    let found_in = |workspace: &Workspace| {
        let found = workspace.check();
        let found = found["findings"].as_array().unwrap();
        let names = found.iter().filter(|one| one["rule"] == "personal-name");
        names
            .filter(|one| one["file"].as_str().unwrap().ends_with("two.md"))
            .map(|one| (one["column"].as_u64().unwrap(), one["level"].clone()))
            .collect::<Vec<_>>()
    };
    let entry_of =
        |id: &str, text: &str| format!("{}\n{text}", entry(&format!("id: {id}\nksbs: [K1]\n")));
    workspace.write("portfolio/entries/two.md", entry_of("two", other));
    let before = found_in(&workspace).len();
    let one = "I washed Mrs Quillfeather, Mr Butcher, Mrs Gibbs, Mr Tern and Mrs Fenn.\n";
    workspace.write("portfolio/entries/one.md", entry_of("one", one));
    let after = found_in(&workspace);
    assert_eq!(after.len(), before + 2, "{after:?}");
}

#[test]
fn file_names_are_searched_for_identifiers() {
    let sandbox = Workspace::tiny();
    sandbox.write(
        "portfolio/entries/nhs-9995642697.md",
        entry("id: x\nksbs: [K1]\n"),
    );
    let found = sandbox.check();
    let found = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["rule"] == "nhs-number")
        .unwrap();
    assert!(
        found["message"]
            .as_str()
            .unwrap()
            .starts_with("the name of this file holds")
    );
}

#[test]
fn identifiers_in_the_consent_register_are_reported_and_masked() {
    let register = "version: 1\nconsents:\n  - { id: Mrs Oakapple, date: 2026-01-01, take: true, share: [portfolio] }\n  - { id: Mrs Oakapple, take: no }\n  # rang 07700 900123\n";
    let keys =
        "ksbs: [K1]\nattachments: [{ file: evidence/a.png, alt: A, consent: Mrs Oakappel }]\n";
    let sandbox = Workspace::with_entry(&entry(keys)).file("portfolio/consents.yaml", register);
    let found = sandbox.findings();
    let of_register = found.iter();
    let of_register = of_register.filter(|finding| finding["file"] == "portfolio/consents.yaml");
    let rules: Vec<&str> = of_register
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    for rule in ["personal-name", "phone-number", "duplicate-key"] {
        assert!(rules.contains(&rule), "{rule} is not among {rules:?}");
    }
    assert!(
        !rules.contains(&"event-date"),
        "the day of a consent is asked for: {rules:?}"
    );
    for format in ["text", "concise", "json", "sarif", "markdown"] {
        let out = sandbox.check_as(format);
        for secret in ["Oakapple", "900123"] {
            assert!(!out.contains(secret), "{format} holds {secret}: {out}");
        }
    }
}

#[test]
fn the_example_of_each_rule_on_identifiers_is_found() {
    for kind in Kind::ALL {
        let rule = rules::named().find(|rule| rule.name == kind.rule());
        let example = rule.unwrap().text.example;
        let found = identifiers(example, &[]);
        assert!(found.iter().any(|one| one.kind == kind), "{example}");
    }
}
