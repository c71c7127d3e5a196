//! Decisions made in branches: nothing is lost, nothing is rewritten, and disagreement is shown.

use std::process::Command;

use ksbfolio::resolve::decision_file_digest;
use proptest::prelude::*;
use serde_json::Value;

use super::support::{Sandbox, Workspace, entry};

const VERDICTS: [&str; 3] = ["accepted", "partly", "referred"];

fn digest(workspace: &Workspace) -> String {
    let out = workspace.explain_entry("one");
    let line = out
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "));
    line.expect(&out).to_owned()
}

/// A decision file about K1 in the entry `one`.
fn decision(by: &str, day: u8, previous: &[String], verdict: Option<&str>, digest: &str) -> String {
    let previous = match previous {
        [] => String::new(),
        [one] => format!("previous: {one}\n"),
        several => format!("previous:\n  - {}\n", several.join("\n  - ")),
    };
    let decisions = verdict.map_or_else(
        || "decisions: []\n".to_owned(),
        |verdict| {
            format!(
                "decisions:\n  - entry: one\n    attempt: 1\n    digest: {digest}\n    claims: {{ K1: {verdict} }}\n    \
                 feedback: \"Read.\"\n"
            )
        },
    );
    format!(
        "version: 1\nassessor: {{ id: {by}, role: assessor }}\ndate: 2026-11-{day}\n{previous}{decisions}"
    )
}

fn claiming() -> Workspace {
    Workspace::with_entry(&entry("ksbs: [K1]\n"))
}

/// The state of K1 with its flags.
fn state(workspace: &Workspace) -> String {
    let coverage = workspace.coverage();
    let one = &coverage["standards"][0]["criteria"][0];
    assert_eq!(one["code"], "K1");
    let flags = one["flags"].as_array().unwrap().iter();
    let flags: Vec<&str> = flags.map(|flag| flag.as_str().unwrap()).collect();
    format!("{} {}", one["state"].as_str().unwrap(), flags.join(" "))
        .trim()
        .to_owned()
}

fn rules(workspace: &Workspace) -> Vec<(String, String)> {
    let found = workspace.findings();
    let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let of_chain = found.iter().filter(|one| {
        [
            "contested-claim",
            "several-chain-ends",
            "broken-decision-chain",
        ]
        .contains(&one["rule"].as_str().unwrap())
    });
    of_chain
        .map(|one| (word(one, "rule"), word(one, "level")))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Neither names of files nor dates settle a disagreement: only a file that follows both does.
    #[test]
    fn names_and_dates_settle_nothing(
        first in 0..3usize, second in 0..3usize,
        days in (15..20u8, 15..20u8), swapped in any::<bool>(),
        begun in any::<bool>(),
    ) {
        let names = if swapped { ["b", "a"] } else { ["a", "b"] };
        let workspace = claiming();
        let digest = digest(&workspace);
        let root = decision("AS-1", 14, &[], begun.then_some("referred"), &digest);
        let previous = [decision_file_digest(&root)];
        let one = decision("AS-1", days.0, &previous, Some(VERDICTS[first]), &digest);
        let two = decision("AS-2", days.1, &previous, Some(VERDICTS[second]), &digest);
        workspace.write("portfolio/decisions/root.yaml", &root);
        workspace.write(&format!("portfolio/decisions/{}.yaml", names[0]), &one);
        workspace.write(&format!("portfolio/decisions/{}.yaml", names[1]), &two);
        let note = ("several-chain-ends".to_owned(), "note".to_owned());
        let error = ("contested-claim".to_owned(), "error".to_owned());
        if first == second {
            let agreed = ["accepted", "thin referred", "thin referred"][first];
            prop_assert_eq!(state(&workspace), agreed);
            prop_assert_eq!(rules(&workspace), [note]);
        } else {
            prop_assert_eq!(state(&workspace), "thin contested");
            let mut found = rules(&workspace);
            found.sort();
            prop_assert_eq!(found, [error.clone(), note]);
        }
        // A file that names both and says nothing about the claim joins the chain and settles nothing.
        let heads = [decision_file_digest(&one), decision_file_digest(&two)];
        let join = decision("AS-3", 20, &heads, None, &digest);
        workspace.write("portfolio/decisions/c.yaml", &join);
        let left: Vec<_> = if first == second { Vec::new() } else { vec![error] };
        prop_assert_eq!(rules(&workspace), left);
        // A verdict that follows both settles it, whatever it is.
        let last = decision("AS-3", 20, &[decision_file_digest(&join)], Some("accepted"), &digest);
        workspace.write("portfolio/decisions/0.yaml", &last);
        prop_assert_eq!(state(&workspace), "accepted");
        prop_assert_eq!(rules(&workspace), []);
    }
}

#[test]
fn a_contested_claim_is_not_met_at_the_gateway() {
    let workspace = claiming();
    let standard = super::support::TINY.to_owned()
        + "gateway:\n  - { id: referrals, asks: \"No claim stands referred\", check: referrals, source: \"A test\" }\n";
    workspace.write("standards/tiny.yaml", standard);
    let digest = digest(&workspace);
    for (name, verdict) in [("a", "accepted"), ("b", "referred")] {
        let text = decision("AS-1", 15, &[], Some(verdict), &digest);
        workspace.write(&format!("portfolio/decisions/{name}.yaml"), text);
    }
    let gateway = workspace.gateway().to_string();
    assert!(
        gateway.contains("K1 (contested: assessors disagree)"),
        "{gateway}"
    );
    let explained = workspace.explain_criterion("K1");
    assert!(
        explained.contains("assessors who decided at the same time disagree"),
        "{explained}"
    );
}

fn git(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let done = Command::new("git")
        .arg("-C")
        .arg(sandbox.path())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "{arguments:?}: {done:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// Two assessors decide in two clones on one day; the merge is clean, and the next decision joins.
#[test]
fn two_branches_merge_in_git() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1, {K2: \"I did it\"}]\n"));
    git(&sandbox, &["init", "-q", "-b", "main"]);
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "-qm", "begin"]);
    let decide = |verdict: &[&str]| {
        let fixed = [
            "assess",
            "one",
            "--as",
            "AS-1",
            "--date",
            "2026-11-20",
            "--feedback",
            "Read.",
        ];
        let run = sandbox.run(&[&fixed[..], verdict].concat());
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        git(&sandbox, &["add", "."]);
        git(&sandbox, &["commit", "-qm", "decide"]);
    };
    git(&sandbox, &["checkout", "-qb", "other"]);
    decide(&["--refer", "K1"]);
    git(&sandbox, &["checkout", "-q", "main"]);
    decide(&["--accept", "K2", "--vacsr"]);
    git(&sandbox, &["merge", "-q", "--no-edit", "other"]);
    let verified = sandbox.run(&["decisions", "verify"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(
        verified.out.contains("The chain has 2 ends"),
        "{}",
        verified.out
    );
    let document = sandbox.json(&["decisions", "verify", "--format", "json"]);
    let heads = document["heads"].as_array().unwrap();
    assert_eq!((heads.len(), &document["holds"]), (2, &Value::Bool(true)));
    let expected: Vec<&str> = heads.iter().map(|head| head.as_str().unwrap()).collect();
    let both = [
        "decisions",
        "verify",
        "--head",
        expected[0],
        "--head",
        expected[1],
    ];
    assert_eq!(sandbox.run(&both).code, 0);
    assert_eq!(sandbox.run(&both[..4]).code, 1);
    let joined = sandbox.run(&["decisions", "join", "--as", "AS-2", "--as-of", "2026-11-20"]);
    assert_eq!(joined.code, 0, "{}{}", joined.out, joined.err);
    let document = sandbox.json(&["decisions", "verify", "--format", "json"]);
    assert_eq!(document["heads"].as_array().unwrap().len(), 1);
    let again = sandbox.run(&["decisions", "join", "--as", "AS-2"]);
    assert!(again.err.contains("nothing to join"), "{}", again.err);
}

/// A signed file from another branch is filed as it is, beside what was filed since.
#[test]
fn an_imported_file_may_follow_an_earlier_one() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let digest = digest(&sandbox);
    sandbox.write(
        "portfolio/decisions/a.yaml",
        decision("AS-1", 15, &[], Some("accepted"), &digest),
    );
    let other = decision("AS-2", 16, &[], Some("referred"), &digest);
    sandbox.write("other.yaml", &other);
    let run = sandbox.run(&["decisions", "import", "other.yaml"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.err.contains("several ends"), "{}", run.err);
    let filed = run.out.lines().next().unwrap();
    assert_eq!(sandbox.read(filed), other);
    assert_eq!(state(&sandbox), "thin contested");
}
