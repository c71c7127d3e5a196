//! Statements that were split, and statements that were merged.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::Likeness;

/// How much of a part's words the whole has to have.
const LEAST_IN_WHOLE: f64 = 0.7;

/// How much of the whole's words its parts have to have together.
const LEAST_COVERED: f64 = 0.7;

/// How much of the whole's words each part has to have: less is a coincidence.
const LEAST_OF_WHOLE: f64 = 0.15;

/// How much of what a part shares with the whole no other part may have.
const LEAST_OWN: f64 = 0.5;

/// Statements of the old version with those of the new version that they became: one with several,
/// or several with one. `same_id` are pairs with the same publisher's id.
pub(super) fn find(
    likeness: &Likeness,
    same_id: &[(usize, usize)],
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut found: Vec<(f64, Vec<usize>, Vec<usize>)> = Vec::new();
    for is_split in [true, false] {
        let mut parts_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for pair in likeness.keys() {
            let (whole, part) = if is_split { pair } else { (pair.1, pair.0) };
            if is_part(likeness, pair, is_split) && !is_taken(same_id, pair, is_split) {
                parts_of.entry(whole).or_default().push(part);
            }
        }
        for (whole, parts) in parts_of {
            let parts = apart(likeness, whole, &parts, is_split);
            let covered = likeness.cover(whole, &parts, is_split);
            if parts.len() < 2 || covered < LEAST_COVERED {
                continue;
            }
            found.push(if is_split {
                (covered, vec![whole], parts)
            } else {
                (covered, parts, vec![whole])
            });
        }
    }
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2)))
    });
    let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
    found.retain(|(_, left, right)| {
        let is_free =
            !left.iter().any(|one| old.contains(one)) && !right.iter().any(|one| new.contains(one));
        if is_free {
            old.extend(left.iter().copied());
            new.extend(right.iter().copied());
        }
        is_free
    });
    found
        .into_iter()
        .map(|(_, left, right)| (left, right))
        .collect()
}

/// Whether one statement of a pair is a part of the other.
fn is_part(likeness: &Likeness, pair: (usize, usize), is_split: bool) -> bool {
    likeness.share(pair, is_split) >= LEAST_IN_WHOLE
        && likeness.share(pair, !is_split) >= LEAST_OF_WHOLE
}

/// Whether a publisher's id gives the part of a pair to another whole.
fn is_taken(same_id: &[(usize, usize)], pair: (usize, usize), is_split: bool) -> bool {
    same_id.iter().any(|known| {
        if is_split {
            known.1 == pair.1 && known.0 != pair.0
        } else {
            known.0 == pair.0 && known.1 != pair.1
        }
    })
}

/// The parts with words that the others do not have: the rest are coincidences.
fn apart(likeness: &Likeness, whole: usize, parts: &[usize], is_split: bool) -> Vec<usize> {
    let all = likeness.cover(whole, parts, is_split);
    let adds_words = |part: &&usize| {
        let others: Vec<usize> = parts.iter().filter(|one| one != part).copied().collect();
        let gain = all - likeness.cover(whole, &others, is_split);
        gain >= LEAST_OWN * likeness.cover(whole, &[**part], is_split)
    };
    parts.iter().filter(adds_words).copied().collect()
}
