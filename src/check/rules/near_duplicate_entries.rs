//! `near-duplicate-entries`: two entries whose texts are largely the same, or a copy that a sync
//! program made.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::ops::Range;

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};
use crate::layout::ENTRIES;
use crate::model::{Entry, FiledEntry};
use crate::par;
use crate::text::{SourcePath, common};

pub(super) const NEAR_DUPLICATE_ENTRIES: Rule = Rule {
    name: "near-duplicate-entries",
    group: RuleGroup::Evidence,
    levels: Levels::WARNING.never_off(),
    since: "0.1.0",
    text: RuleText {
        finds: "Two entries whose texts are largely the same, or the copy of an entry that a sync program made.",
        why: "The same account submitted twice counts once, and raises the question whose work it is. A copy under the name that a sync program gives is not read, and decisions are about the original.",
        example: "two reflections on the same shift, word for word but for the title",
        instead: "Keep one and tag it with the codes of both, or write the second about what was different. Move what is missing from a copy into the original, then delete the copy.",
    },
    run: Run::Portfolio(run),
};

/// Sketches with fewer members say little.
const FEWEST: usize = 8;

/// A run of words in more entries than this is a form that everybody fills in.
const FORM: usize = 20;

/// Runs are split into this many parts by their first bits, so that each part is sorted in cache.
const PARTS: u32 = 16;

/// An entry's place in the portfolio's list, and its runs of words, sorted.
type Sketch<'a> = (u32, &'a [u32]);

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    find_copies(case, found);
    let entries = &case.portfolio.entries;
    let sketches = (0_u32..)
        .zip(entries)
        .map(|(at, entry)| (at, &*entry.body.vocabulary.sketch));
    let sketches: Vec<Sketch<'_>> = sketches
        .filter(|(_, sketch)| sketch.len() >= FEWEST)
        .collect();
    let mut seen = Seen::with_room_for(sketches.iter().map(|(_, sketch)| sketch.len()).sum());
    sketches
        .iter()
        .flat_map(|&(_, sketch)| sketch)
        .for_each(|&run| seen.add(run));
    let halves = [0..PARTS / 2, PARTS / 2..PARTS];
    let found_alike = par::map(&halves, |parts| {
        alike(&sketches, &seen, parts, entries.len())
    });
    let most_in_common = |runs: usize, first: usize, second: usize| {
        let forms = found_alike.iter().map(|found| &found.forms);
        runs + forms
            .map(|forms| forms.most_in_both(first, second))
            .sum::<usize>()
    };
    let mut pairs = identical(entries);
    pairs.extend(found_alike.iter().flat_map(|found| &found.pairs));
    pairs.sort_unstable();
    for of_second in pairs.chunk_by(|(a, _), (b, _)| a == b) {
        let may_be_near = |same: &&[(usize, usize)]| {
            let (second, first) = same[0];
            let most = most_in_common(same.len(), first, second);
            let (first, second) = (&entries[first], &entries[second]);
            // Runs of short texts are not counted.
            fewer_runs(first, second) < FEWEST || is_most_of(most, first, second)
        };
        let mut by_first = of_second.chunk_by(|a, b| a == b).filter(may_be_near);
        let near = by_first.find(|same| are_near(&entries[same[0].1], &entries[same[0].0]));
        if let Some(&(second, first)) = near.map(|same| &same[0]) {
            let (first, second) = (&entries[first], &entries[second]);
            let message = format!("this entry is largely the same as {}", first.id);
            let finding = case.about(
                NEAR_DUPLICATE_ENTRIES.name,
                second,
                second.front_matter.place,
                message,
            );
            found.push(
                finding
                    .fact(&first.id)
                    .help("keep one, or write about what was different")
                    .with(&first.path),
            );
        }
    }
}

/// Entries with the digest of an earlier one, with that one: short texts have no sketch, and a run
/// of words in many entries is taken for a form.
fn identical(entries: &[FiledEntry]) -> Vec<(usize, usize)> {
    let mut first_of: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    let mut found = Vec::new();
    for (at, entry) in entries
        .iter()
        .enumerate()
        .filter(|(_, one)| one.has_substance())
    {
        match first_of.entry(entry.digests.current()) {
            Slot::Occupied(first) => found.push((at, *first.get())),
            Slot::Vacant(slot) => {
                slot.insert(at);
            }
        }
    }
    found
}

/// Reports the copies that a sync program made of entries.
fn find_copies(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| match kind {
        FaultKind::SyncCopy { of, differs } if place.path.as_str().starts_with(ENTRIES) => {
            let (message, help) = describe_copy(of, *differs);
            let finding = Finding::new(NEAR_DUPLICATE_ENTRIES.name, place, subject, message);
            Some(finding.help(help).with(of))
        }
        _ => None,
    });
}

/// Message and help for a copy that a sync program made.
pub(super) fn describe_copy(of: &SourcePath, differs: bool) -> (String, &'static str) {
    if differs {
        (
            format!("this is a changed copy of {of}, so it is not read"),
            "move what is missing from it into the original, then delete it",
        )
    } else {
        (
            format!("this is an unchanged copy of {of}, so it is not read"),
            "delete it",
        )
    }
}

/// What entries have in common in some parts of the runs.
struct AlikeEntries {
    /// Pairs of entries, the later one first, once for each run that is in both and no form.
    pairs: Vec<(usize, usize)>,
    /// The other runs that are in several entries.
    forms: Forms,
}

/// Forms that are counted one by one, in words of 64.
const FORM_WORDS: usize = 32;

/// The runs of each entry that are forms.
struct Forms {
    number: usize,
    /// The first forms, a bit for each.
    first: Vec<[u64; FORM_WORDS]>,
    /// The number of further ones.
    further: Vec<usize>,
}

impl Forms {
    fn of(entries: usize) -> Self {
        Self {
            number: 0,
            first: vec![[0; FORM_WORDS]; entries],
            further: vec![0; entries],
        }
    }

    fn add(&mut self, entries: impl Iterator<Item = usize>) {
        let (word, bit) = (self.number / 64, 1 << (self.number % 64));
        self.number += 1;
        for at in entries {
            match self.first[at].get_mut(word) {
                Some(word) => *word |= bit,
                None => self.further[at] += 1,
            }
        }
    }

    /// At least the number of forms that are in both of two entries.
    fn most_in_both(&self, a: usize, b: usize) -> usize {
        let words = self.number.div_ceil(64).min(FORM_WORDS);
        let (in_a, in_b) = (&self.first[a][..words], &self.first[b][..words]);
        let mut both = self.further[a].min(self.further[b]);
        for (a, b) in in_a.iter().zip(in_b) {
            both += (a & b).count_ones() as usize;
        }
        both
    }
}

/// Finds the entries that have a run of words of some parts in common.
fn alike(sketches: &[Sketch<'_>], seen: &Seen, parts: &Range<u32>, entries: usize) -> AlikeEntries {
    let size = u32::MAX / PARTS + 1;
    let from = |sketch: &[u32]| sketch.partition_point(|&run| run < parts.start * size);
    let mut later: Vec<&[u32]> = sketches
        .iter()
        .map(|(_, sketch)| &sketch[from(sketch)..])
        .collect();
    // One sorted list of pairs: a map of lists takes ten times the memory for thousands of entries.
    // A pair of a run and an entry is one number, because a million of them are sorted.
    let mut with: Vec<u64> = Vec::new();
    let mut alike = AlikeEntries {
        pairs: Vec::new(),
        forms: Forms::of(entries),
    };
    for part in parts.clone() {
        let last = part * size + (size - 1);
        with.clear();
        for ((at, _), later) in sketches.iter().zip(&mut later) {
            let here = later.iter().take_while(|&&run| run <= last);
            let (here, rest) = later.split_at(here.count());
            *later = rest;
            let twice = here.iter().filter(|&&run| seen.twice(run));
            with.extend(twice.map(|&run| u64::from(run) << 32 | u64::from(*at)));
        }
        with.sort_unstable();
        let same_run = with.chunk_by(|a, b| a >> 32 == b >> 32);
        for together in same_run {
            if together.len() > FORM {
                alike.forms.add(together.iter().map(|&pair| entry_of(pair)));
                continue;
            }
            for (n, &second) in together.iter().enumerate() {
                alike.pairs.extend(
                    together[..n]
                        .iter()
                        .map(|&first| (entry_of(second), entry_of(first))),
                );
            }
        }
    }
    alike
}

fn entry_of(pair: u64) -> usize {
    usize::try_from(pair & u64::from(u32::MAX)).unwrap_or_default()
}

/// Whether two thirds of the shorter text's runs of words are in the longer one.
fn are_near(a: &Entry, b: &Entry) -> bool {
    let both = common(&a.body.vocabulary.sketch, &b.body.vocabulary.sketch);
    is_most_of(both, a, b)
}

/// Whether a number of runs in common is two thirds of those of the shorter text.
fn is_most_of(both: usize, a: &Entry, b: &Entry) -> bool {
    both * 3 >= fewer_runs(a, b) * 2
}

/// The number of runs of the shorter text.
fn fewer_runs(a: &Entry, b: &Entry) -> usize {
    let runs = |entry: &Entry| entry.body.vocabulary.sketch.len();
    runs(a).min(runs(b))
}

/// Bit sets of runs seen once and seen again: most runs are in one entry and need no sorting.
/// Two runs may share a bit, and then both count as seen again.
struct Seen {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Seen {
    fn with_room_for(runs: usize) -> Self {
        // Eight bits for each run, in words of 64.
        let words = (runs / 8).next_power_of_two();
        Self {
            once: vec![0; words],
            again: vec![0; words],
        }
    }

    fn add(&mut self, run: u32) {
        let (word, bit) = self.place(run);
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    fn twice(&self, run: u32) -> bool {
        let (word, bit) = self.place(run);
        self.again[word] & bit != 0
    }

    fn place(&self, run: u32) -> (usize, u64) {
        // Three bits decided which runs are in a sketch, and are the same in all of them.
        let word = usize::try_from((run >> 17) << 8 | run & 0xff).unwrap_or_default();
        (word & (self.once.len() - 1), 1 << (run >> 11 & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_forms_are_in_both_than_are_counted() {
        let forms: Vec<Vec<usize>> = (0..5_000_usize)
            .map(|form| (0..4).filter(|entry| form % (entry + 2) == 0).collect())
            .collect();
        let mut counted = Forms::of(4);
        for (number, entries) in forms.iter().enumerate() {
            counted.add(entries.iter().copied());
            if ![10, 64, 2_000, 5_000].contains(&(number + 1)) {
                continue;
            }
            for (a, b) in [(0, 1), (1, 2), (0, 2), (2, 3)] {
                let both = |entries: &&Vec<usize>| entries.contains(&a) && entries.contains(&b);
                let both = forms[..=number].iter().filter(both).count();
                let most = counted.most_in_both(a, b);
                assert!(most >= both, "{number}: {most} of {both}");
                // Up to that number they are counted exactly.
                assert!(most == both || number >= FORM_WORDS * 64, "{number}");
            }
        }
    }
}
