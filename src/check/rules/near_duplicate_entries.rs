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
    let mut with: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.body.sketch.len() >= FEWEST) {
        for &run in &entry.body.sketch {
            with.entry(run).or_default().push(at);
        }
    }
    let mut earlier: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for together in with.into_values().filter(|entries| (2..=FORM).contains(&entries.len())) {
        for (n, &second) in together.iter().enumerate() {
            earlier.entry(second).or_default().extend(&together[..n]);
        }
    }
    for (second, mut firsts) in earlier {
        firsts.sort_unstable();
        firsts.dedup();
        if let Some(&first) = firsts.iter().find(|&&first| are_near(&entries[first], &entries[second])) {
            let (first, second) = (&entries[first], &entries[second]);
            let message = format!("this entry is largely the same as {}", first.id);
            let finding = case.about(NEAR_DUPLICATE_ENTRIES.name, second, second.place, message);
            found.push(finding.help("keep one, or write about what was different"));
        }
    }
}

/// Whether two thirds of the shorter text's runs of words stand in the longer one.
fn are_near(a: &Entry, b: &Entry) -> bool {
    let shorter = a.body.sketch.len().min(b.body.sketch.len());
    common(&a.body.sketch, &b.body.sketch) * 3 >= shorter * 2
}
