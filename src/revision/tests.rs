//! Generated revisions: everything is found again, and nothing is taken for what it is not.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::compare;
use crate::model::{Known, LockedStandard, LockedStatement, Relation, digest_of};
use crate::text::natural;

const OFFICIAL: &str = include_str!("../../standards/st0215.yaml");

/// The statements of the official standard, as kind and words.
fn statements() -> Vec<(String, String)> {
    let source = crate::text::Source::new("standards/st0215.yaml", OFFICIAL);
    let Some(standard) = crate::parse::standard(&source).value else {
        panic!("the standard cannot be read");
    };
    let version = LockedStandard::of(&standard);
    let words = |one: LockedStatement| (one.kind, one.words.known().cloned().unwrap_or_default());
    version.statements.into_iter().map(words).collect()
}

/// A version with codes in the order of its statements. `marks` say where each came from.
fn version(statements: &[(String, String)]) -> LockedStandard {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all: Vec<LockedStatement> = Vec::new();
    for (kind, words) in statements {
        let number = numbers.entry(kind).or_default();
        *number += 1;
        all.push(LockedStatement {
            code: format!("{}{number}", kind[..1].to_uppercase()),
            kind: kind.clone(),
            guid: Known::Unknown,
            words: Known::Known(words.clone()),
        });
    }
    all.sort_by(|a, b| natural(&a.code, &b.code));
    LockedStandard {
        id: "st".to_owned(),
        version: Known::Unknown,
        recorded: None,
        file: String::new(),
        digest: digest_of("st", &all),
        statements: all,
    }
}

/// What is done to one statement.
#[derive(Clone, Debug)]
enum Revised {
    Keep,
    Reword(usize),
    Split,
    Merge,
    Remove,
    InsertBefore(usize),
    OtherKind,
}

fn change() -> impl Strategy<Value = Revised> {
    prop_oneof![
        20 => Just(Revised::Keep),
        2 => (0..100usize).prop_map(Revised::Reword),
        1 => Just(Revised::Split),
        1 => Just(Revised::Merge),
        1 => Just(Revised::Remove),
        1 => (0..6usize).prop_map(Revised::InsertBefore),
        1 => Just(Revised::OtherKind),
    ]
}

const ADDED: [&str; 6] = [
    "Ways to calibrate a telescope before an evening of public viewing",
    "Safe storage of beekeeping smoke fuel in dry sheds",
    "How sourdough starters are fed through a cold winter",
    "Tides, moorings and knots used when a harbour is crowded",
    "Bookbinding with linen thread, awl and bone folder",
    "The rules of croquet, and courtesy towards opponents",
];

/// Expected changes: relation, old words and new words.
type Expected = BTreeSet<(Relation, Vec<String>, Vec<String>)>;

fn revise(old: &[(String, String)], changes: &[Revised]) -> (Vec<(String, String)>, Expected) {
    let (mut new, mut expected) = (Vec::new(), Expected::new());
    let mut at = 0;
    while at < old.len() {
        let (kind, words) = &old[at];
        let many: Vec<&str> = words.split(' ').collect();
        let mut expect = |relation, old: Vec<String>, new: Vec<String>| {
            expected.insert((relation, old, new));
        };
        let one = vec![words.clone()];
        match changes[at % changes.len()] {
            Revised::Reword(which) if many.len() >= 8 => {
                let mut many = many;
                let at = which % many.len();
                many[at] = "promptly";
                let other = many.join(" ");
                if other != *words {
                    expect(Relation::Reworded, one, vec![other.clone()]);
                }
                new.push((kind.clone(), other));
            }
            Revised::Split if many.len() >= 10 => {
                let half = many.len() / 2;
                let parts = [many[..half].join(" "), many[half..].join(" ")];
                expect(Relation::Split, one, parts.to_vec());
                new.extend(parts.map(|part| (kind.clone(), part)));
            }
            Revised::Merge if at + 1 < old.len() && old[at + 1].0 == *kind => {
                let other = &old[at + 1].1;
                let both = format!("{words}; {other}");
                expect(
                    Relation::Merged,
                    vec![words.clone(), other.clone()],
                    vec![both.clone()],
                );
                new.push((kind.clone(), both));
                at += 1;
            }
            Revised::Remove => expect(Relation::Gone, one, Vec::new()),
            Revised::InsertBefore(which) => {
                new.push((kind.clone(), ADDED[which].to_owned()));
                new.push((kind.clone(), words.clone()));
            }
            Revised::OtherKind => {
                let other = if kind == "skill" {
                    "knowledge"
                } else {
                    "skill"
                };
                new.push((other.to_owned(), words.clone()));
            }
            _ => new.push((kind.clone(), words.clone())),
        }
        at += 1;
    }
    (new, expected)
}

#[derive(Default)]
struct Score {
    expected: BTreeMap<Relation, usize>,
    found: BTreeMap<Relation, usize>,
    missed: Expected,
}

#[test]
fn two_hundred_generated_revisions_are_described() {
    let old = statements();
    let mut score = Score::default();
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    for _ in 0..200 {
        let changes = proptest::collection::vec(change(), old.len());
        let Ok(changes) = changes.new_tree(&mut runner) else {
            panic!("no revision is generated");
        };
        let changes = changes.current();
        let (new, expected) = revise(&old, &changes);
        judge(&old, &new, &expected, &mut score);
    }
    // Each relation, with the least share in tenths that is found.
    for (relation, least) in [
        (Relation::Reworded, 10),
        (Relation::Split, 9),
        (Relation::Merged, 9),
    ] {
        let number = |of: &BTreeMap<Relation, usize>| of.get(&relation).copied().unwrap_or(0);
        let (expected, found) = (number(&score.expected), number(&score.found));
        assert!(expected > 100, "{relation:?}");
        let missed = score.missed.iter().filter(|one| one.0 == relation);
        let missed: Vec<_> = missed.collect();
        assert!(
            found * 10 >= expected * least,
            "{found} of {expected}: {missed:?}"
        );
    }
}

/// Kept and moved statements are all placed, none is wrong, and no change crosses kinds.
fn judge(
    old: &[(String, String)],
    new: &[(String, String)],
    expected: &Expected,
    score: &mut Score,
) {
    let (before, after) = (version(old), version(new));
    let changes = compare(&before, &after);
    let words = |one: &LockedStatement| one.words.known().cloned().unwrap_or_default();
    let mut placed = 0;
    let mut seen = Expected::new();
    for change in &changes {
        let left: Vec<&LockedStatement> = change
            .old
            .iter()
            .map(|&at| &before.statements[at])
            .collect();
        let right: Vec<&LockedStatement> =
            change.new.iter().map(|&at| &after.statements[at]).collect();
        let kinds: BTreeSet<&str> = left
            .iter()
            .chain(&right)
            .map(|one| one.kind.as_str())
            .collect();
        assert_eq!(kinds.len(), 1, "{change:?}");
        if matches!(change.relation, Relation::Kept | Relation::Moved) {
            placed += 1;
            assert_eq!(left[0].words, right[0].words);
            assert_eq!(
                left[0].code == right[0].code,
                change.relation == Relation::Kept
            );
        }
        let found = (
            change.relation,
            left.iter().map(|one| words(one)).collect(),
            right.iter().map(|one| words(one)).collect(),
        );
        seen.insert(found.clone());
        if expected.contains(&found) {
            *score.found.entry(change.relation).or_default() += 1;
        }
    }
    let is_missed = |one: &&_| !seen.contains(*one);
    score
        .missed
        .extend(expected.iter().filter(is_missed).cloned());
    for (relation, ..) in expected {
        *score.expected.entry(*relation).or_default() += 1;
    }
    let both = old.iter().filter(|one| new.contains(one)).count();
    assert_eq!(placed, both);
    let olds: usize = changes.iter().map(|change| change.old.len()).sum();
    assert_eq!(olds, before.statements.len());
}

#[test]
fn the_publishers_id_goes_before_words_and_never_beyond_a_kind() {
    let statement = |code: &str, kind: &str, guid: &str, words: &str| LockedStatement {
        code: code.to_owned(),
        kind: kind.to_owned(),
        guid: Known::Known(guid.to_owned()),
        words: Known::Known(words.to_owned()),
    };
    let of = |statements: Vec<LockedStatement>| LockedStandard {
        id: "st".to_owned(),
        version: Known::Unknown,
        recorded: None,
        file: String::new(),
        digest: digest_of("st", &statements),
        statements,
    };
    let old = of(vec![
        statement("K1", "knowledge", "a", "How a hoist is checked"),
        statement("K2", "knowledge", "b", "How a bed is made"),
        statement("S1", "skill", "c", "Check a hoist before use"),
    ]);
    let new = of(vec![
        statement("K1", "knowledge", "b", "Sleep and rest in hospital"),
        statement("K2", "knowledge", "a", "How a hoist is checked"),
        statement("S1", "skill", "d", "How a bed is made"),
        statement("K3", "knowledge", "c", "Check a hoist before use"),
    ]);
    let found = compare(&old, &new);
    let relations: Vec<(Relation, Vec<usize>, Vec<usize>)> = found
        .into_iter()
        .map(|one| (one.relation, one.old, one.new))
        .collect();
    assert_eq!(
        relations,
        [
            (Relation::Reworded, vec![1], vec![0]),
            (Relation::Moved, vec![0], vec![1]),
            (Relation::New, vec![], vec![2]),
            (Relation::New, vec![], vec![3]),
            (Relation::Gone, vec![2], vec![]),
        ]
    );
}
