//! Hashes of runs of words, and texts that repeat each other.

use std::collections::BTreeSet;

use super::hints::Word;

/// The base of the rolling hash; odd, so that no bits are lost.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The factor of a word that is `away` words before the last one of its run.
const fn weight(away: usize) -> u64 {
    let (mut weight, mut at) = (1_u64, 0);
    while at < away {
        weight = weight.wrapping_mul(STEP);
        at += 1;
    }
    weight
}

/// Calls `visit` with the rolling hash of each run of `LENGTH` words, in order. The highest bits of a
/// hash depend on all words.
#[inline]
pub(super) fn each_run<const LENGTH: usize>(words: &[Word], mut visit: impl FnMut(u64)) {
    let Some((first, later)) = words.split_at_checked(LENGTH) else {
        return;
    };
    let with = |run: u64, word: &Word| run.wrapping_mul(STEP).wrapping_add(word.number());
    let mut run = first.iter().fold(0, with);
    visit(run);
    let gone = const { weight(LENGTH) };
    for (comes, goes) in later.iter().zip(words) {
        run = with(run, comes).wrapping_sub(goes.number().wrapping_mul(gone));
        visit(run);
    }
}

/// Finds pairs among the first eight texts of which one largely repeats the other: at least half of
/// the runs of `LENGTH` words of the shorter one are in both. A text with fewer than `fewest` runs
/// is not compared. The lower index of a pair comes first.
#[must_use]
pub fn repeated<const LENGTH: usize>(texts: &[&[Word]], fewest: usize) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    for (first, second) in find_candidates::<LENGTH>(texts) {
        let runs_of = |text: &[Word]| {
            let mut runs = BTreeSet::new();
            each_run::<LENGTH>(text, |run| _ = runs.insert(run));
            runs
        };
        let (one, other) = (runs_of(texts[first]), runs_of(texts[second]));
        let shorter = one.len().min(other.len());
        let common = one.intersection(&other).count();
        if shorter >= fewest && common * 2 >= shorter {
            repeated.push((first, second));
        }
    }
    repeated
}

/// Finds the pairs that may share enough runs, by hashing each run into one of a few slots. Almost no
/// pair does, so that the exact comparison is rare. Collisions add pairs and never remove one.
fn find_candidates<const LENGTH: usize>(texts: &[&[Word]]) -> Vec<(usize, usize)> {
    const MOST: usize = 8;
    const SLOTS: usize = 4096;
    let texts = &texts[..texts.len().min(MOST)];
    let mut slots = [0_u8; SLOTS];
    let mut counts = [0_usize; MOST];
    let mut shared = [[0_usize; MOST]; MOST];
    for (at, text) in texts.iter().enumerate() {
        each_run::<LENGTH>(text, |run| {
            let slot = &mut slots[(run >> 52) as usize % SLOTS];
            if *slot & (1 << at) != 0 {
                return;
            }
            counts[at] += 1;
            if *slot != 0 {
                for (other, shared) in shared[at][..at].iter_mut().enumerate() {
                    *shared += usize::from(*slot >> other & 1);
                }
            }
            *slot |= 1 << at;
        });
    }
    let pairs = (0..texts.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    pairs
        .filter(|&(first, second)| shared[second][first] * 2 >= counts[first].min(counts[second]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::hints::words_of;
    use super::*;

    fn runs<const LENGTH: usize>(words: &[Word]) -> Vec<u64> {
        let mut runs = Vec::new();
        each_run::<LENGTH>(words, |run| runs.push(run));
        runs
    }

    #[test]
    fn a_run_has_the_same_hash_everywhere_and_another_in_another_order() {
        let words = words_of("one two one two three two");
        let found = runs::<2>(&words);
        assert_eq!(found.len(), 5);
        assert_eq!(found[0], found[2]);
        assert_ne!(found[0], found[1]);
        assert_ne!(found[3], found[4]);
        assert!(runs::<7>(&words).is_empty());
        for (at, alone) in words.windows(2).enumerate() {
            assert_eq!(runs::<2>(alone), [found[at]]);
        }
    }

    #[test]
    fn texts_that_repeat_each_other_are_found() {
        let text = |from: usize| {
            words_of(
                &(from..from + 60)
                    .map(|word| format!("w{word}"))
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        };
        let (one, half, other) = (text(0), text(29), text(500));
        assert_eq!(repeated::<4>(&[&one, &other, &half, &one], 20), [(0, 3)]);
        assert_eq!(repeated::<4>(&[&one[..20], &one[..20]], 20), []);
    }
}
