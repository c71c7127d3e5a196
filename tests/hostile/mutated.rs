//! Half a minute of random mutations of the corpus for each fuzz target. Needs no nightly compiler,
//! and has no coverage feedback; see `tests/fuzz/README.md` for real fuzzing.
//!
//! `KSBFOLIO_SEED` repeats a run, `KSBFOLIO_SECONDS` makes it longer.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

#[path = "../fuzz/targets.rs"]
mod targets;

use targets::Target;

use crate::support::repository;

/// Time limit for one input.
const PATIENCE: Duration = Duration::from_secs(10);

/// Length limit of an input in bytes.
const LONGEST: usize = 20_000;

/// Fragments that are inserted into inputs.
const WORDS: &[&str] = &[
    "---\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    ": ",
    "- ",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "# ",
    "## ",
    "> ",
    "* ",
    "1. ",
    "| a |\n|---|\n",
    "```\n",
    "`",
    "**",
    "[a](",
    "![",
    "](ksb:K1)",
    "<b>",
    "<!--",
    "-->",
    "&#0;",
    "&lt;",
    "\\",
    "ksbs: [",
    "K1",
    "tiny:K1",
    "event_date: ",
    "2026-01-02",
    "2026-13-45",
    "title: ",
    "type: ",
    "attachments:\n",
    "check:\n",
    "decisions:\n",
    "claims: {",
    "criteria:\n",
    "code: ",
    "groups:\n",
    "kinds: [",
    "rules: {",
    "consents:\n",
    "unknown",
    "Mrs ",
    "NHS number ",
    "bed 4",
    "date of birth ",
    "@example.org",
    "https://",
    "javascript:",
    "\u{feff}",
    "\u{202e}",
    "\u{200d}",
    "e\u{301}",
    "\u{1f469}\u{200d}\u{1f52c}",
    "\u{0}",
    "99999999999999999999",
    "-1",
    "1e309",
    "0x1f",
];

/// A seeded random number generator: `SplitMix64`, by Steele, Lea and Flood (2014).
struct Dice(u64);

impl Dice {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap();
        usize::try_from(self.number() % limit).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A random range within `length` bytes, usually short.
    fn part(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 24 };
        from..(from + self.below(most)).min(length)
    }
}

/// A corpus input with a few random changes.
fn changed(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut input = dice.of(corpus).clone();
    for _ in 0..=dice.below(6) {
        let part = dice.part(input.len());
        match dice.below(6) {
            0 => drop(input.splice(part, [])),
            1 => drop(input.splice(part.start..part.start, dice.of(WORDS).bytes())),
            2 => drop(input.splice(part, dice.of(WORDS).bytes())),
            3 => {
                let again = input[part.clone()].repeat(1 + dice.below(8));
                input.splice(part.start..part.start, again);
            }
            4 => {
                let other = dice.of(corpus);
                let taken = other[dice.part(other.len())].to_vec();
                input.splice(part, taken);
            }
            _ => {
                if let Some(byte) = input.get_mut(part.start) {
                    *byte ^= 1 << dice.below(7);
                }
            }
        }
    }
    input.truncate(LONGEST);
    // Targets take text only; other bytes are rejected before they are called.
    String::from_utf8_lossy(&input).into_owned().into_bytes()
}

fn assert_holds(name: &str, target: Target, input: &[u8]) {
    let begin = Instant::now();
    let stood = catch_unwind(|| target(input)).is_ok();
    let took = begin.elapsed();
    assert!(
        stood && took < PATIENCE,
        "{name} after {took:?}, of {:?}",
        String::from_utf8_lossy(input)
    );
}

fn half_a_minute(name: &str) {
    let &(_, target) = targets::TARGETS
        .iter()
        .find(|(known, _)| *known == name)
        .unwrap();
    let files = std::fs::read_dir(repository().join("tests/fuzz/corpus").join(name)).unwrap();
    let mut corpus: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    corpus.sort();
    let corpus: Vec<Vec<u8>> = corpus
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    let set = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|typed| typed.parse::<u64>().ok())
    };
    let seed = set("KSBFOLIO_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    let end = Instant::now() + Duration::from_secs(set("KSBFOLIO_SECONDS").unwrap_or(30));
    let mut dice = Dice(seed);
    let mut inputs = 0;
    while Instant::now() < end {
        assert_holds(
            &format!("{name} with KSBFOLIO_SEED={seed}"),
            target,
            &changed(&corpus, &mut dice),
        );
        inputs += 1;
    }
    assert!(inputs > 100, "only {inputs} inputs in half a minute");
}

#[test]
fn mutated_entries_are_read() {
    half_a_minute("entry");
}

#[test]
fn mutated_standards_are_read() {
    half_a_minute("standard");
}

#[test]
fn mutated_decisions_are_read() {
    half_a_minute("decisions");
}

#[test]
fn mutated_consents_are_read() {
    half_a_minute("consents");
}

#[test]
fn mutated_documents_are_read() {
    half_a_minute("documents");
}

#[test]
fn mutated_markdown_is_harmless() {
    half_a_minute("sanitiser");
}
