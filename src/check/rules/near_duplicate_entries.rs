//! `near-duplicate-entries`: two entries whose texts are largely the same.

use std::collections::BTreeMap;

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::Finding;
use crate::model::Entry;
use crate::text::common;

/// The rule's record.
pub const NEAR_DUPLICATE_ENTRIES: Rule = Rule {
    name: "near-duplicate-entries",
    group: Group::Evidence,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: Text {
        finds: "Two entries whose texts are largely the same.",
        why: "The same account handed in twice is one piece of evidence, and raises the question whose work it is.",
        example: "two reflections on the same shift, word for word but for the title",
        instead: "Keep one and tag it with the codes of both, or write the second about what was different.",
    },
    run: Run::Portfolio(run),
};

/// Sketches with fewer members say little.
const FEWEST: usize = 8;

/// A run of words in more entries than this is a form that everybody fills in.
const FORM: usize = 20;

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let entries = &case.portfolio.entries;
    // Pairs in one list, sorted: a map of lists takes ten times the memory for thousands of entries. A pair is one number,
    // because a million of them are sorted.
    let mut with: Vec<u64> = Vec::new();
    for (at, entry) in (0_u32..).zip(entries) {
        let sketch = &entry.body.vocabulary.sketch;
        let pair = |&run: &u32| u64::from(run) << 32 | u64::from(at);
        with.extend(sketch.iter().filter(|_| sketch.len() >= FEWEST).map(pair));
    }
    with.sort_unstable();
    let entry_of = |pair: u64| usize::try_from(pair & u64::from(u32::MAX)).unwrap_or_default();
    let mut earlier: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let same_run = with.chunk_by(|a, b| a >> 32 == b >> 32);
    for together in same_run.filter(|entries| (2..=FORM).contains(&entries.len())) {
        for (n, &second) in together.iter().enumerate() {
            let firsts = together[..n].iter().map(|&first| entry_of(first));
            earlier.entry(entry_of(second)).or_default().extend(firsts);
        }
    }
    for (second, mut firsts) in earlier {
        firsts.sort_unstable();
        firsts.dedup();
        if let Some(&first) = firsts.iter().find(|&&first| are_near(&entries[first], &entries[second])) {
            let (first, second) = (&entries[first], &entries[second]);
            let message = format!("this entry is largely the same as {}", first.id);
            let finding = case.about(NEAR_DUPLICATE_ENTRIES.name, second, second.place, message);
            found.push(finding.help("keep one, or write about what was different").with(&first.path));
        }
    }
}

/// Whether two thirds of the shorter text's runs of words stand in the longer one.
fn are_near(a: &Entry, b: &Entry) -> bool {
    let shorter = a.body.vocabulary.sketch.len().min(b.body.vocabulary.sketch.len());
    common(&a.body.vocabulary.sketch, &b.body.vocabulary.sketch) * 3 >= shorter * 2
}
