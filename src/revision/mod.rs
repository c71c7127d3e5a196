//! Compares two versions of a standard, statement by statement.
//!
//! Statements are matched within one kind: first by the publisher's id, then by equal words, then
//! by likeness. Likeness never decides that a statement is kept: words that differ are reworded,
//! and what is not clearly one thing or another is `unsure`.

mod likeness;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use likeness::Likeness;

use crate::model::{Code, LockedStandard, LockedStatement, Relation};

pub use likeness::likeness;

/// One change between two versions: statements of the old one, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementChange {
    /// What became of them.
    pub relation: Relation,
    /// Indexes of statements of the old version.
    pub old: Vec<usize>,
    /// Indexes of statements of the new version.
    pub new: Vec<usize>,
}

/// What happened to every statement, in the order of the new version; those that are gone come
/// last. Every statement of both versions is in exactly one change, unless it is unsure.
#[must_use]
pub fn compare(old: &LockedStandard, new: &LockedStandard) -> Vec<StatementChange> {
    let kinds: BTreeSet<&str> = [old, new]
        .iter()
        .flat_map(|version| &version.statements)
        .map(|statement| statement.kind.as_str())
        .collect();
    let mut changes = Vec::new();
    for kind in kinds {
        let of_kind = |version: &LockedStandard| -> Vec<usize> {
            let statements = version.statements.iter().enumerate();
            let of_kind = statements.filter(|(_, statement)| statement.kind == kind);
            of_kind.map(|(at, _)| at).collect()
        };
        let mut matcher = Matcher {
            old: &old.statements,
            new: &new.statements,
            left: of_kind(old),
            right: of_kind(new),
            found: Vec::new(),
        };
        matcher.run();
        changes.append(&mut matcher.found);
    }
    let place = |change: &StatementChange| {
        let new = change.new.first().copied();
        (new.is_none(), new, change.old.first().copied())
    };
    changes.sort_by_key(place);
    changes
}

/// Matches the statements of one kind.
struct Matcher<'a> {
    old: &'a [LockedStatement],
    new: &'a [LockedStatement],
    /// Statements of the old version that are not placed yet.
    left: Vec<usize>,
    /// Those of the new version.
    right: Vec<usize>,
    found: Vec<StatementChange>,
}

impl Matcher<'_> {
    fn run(&mut self) {
        let same_id = self.pair_by_id();
        self.pair_equal_words();
        let likeness = Likeness::new(self.old, &self.left, self.new, &self.right);
        let parts = parts::find(&likeness, &same_id);
        for (old, new) in parts {
            let relation = if old.len() == 1 {
                Relation::Split
            } else {
                Relation::Merged
            };
            self.place(relation, old, new);
        }
        for &(old, new) in &same_id {
            if self.left.contains(&old) && self.right.contains(&new) {
                self.place(Relation::Reworded, vec![old], vec![new]);
            }
        }
        for (old, new, is_sure) in self.like_pairs(&likeness) {
            let relation = if is_sure {
                Relation::Reworded
            } else {
                Relation::Unsure
            };
            self.place(relation, vec![old], vec![new]);
        }
        for old in std::mem::take(&mut self.left) {
            self.place(Relation::Gone, vec![old], Vec::new());
        }
        for new in std::mem::take(&mut self.right) {
            self.place(Relation::New, Vec::new(), vec![new]);
        }
    }

    fn place(&mut self, relation: Relation, old: Vec<usize>, new: Vec<usize>) {
        self.left.retain(|one| !old.contains(one));
        self.right.retain(|one| !new.contains(one));
        self.found.push(StatementChange { relation, old, new });
    }

    /// Pairs statements with the same publisher's id. Those with the same words are placed, and
    /// the others returned: they may be parts of a split or a merger.
    fn pair_by_id(&mut self) -> Vec<(usize, usize)> {
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &at in &self.right {
            if let Some(id) = self.new[at].guid.known() {
                by_id.entry(id).or_default().push(at);
            }
        }
        let mut pairs = Vec::new();
        let mut seen = BTreeSet::new();
        for &at in &self.left {
            let Some(id) = self.old[at].guid.known() else {
                continue;
            };
            // An id that several statements have identifies none of them.
            if let Some([new]) = by_id.get(id.as_str()).map(Vec::as_slice)
                && seen.insert(*new)
            {
                pairs.push((at, *new));
            }
        }
        let (same, differ): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .partition(|&(old, new)| self.has_same_words(old, new));
        for (old, new) in same {
            self.place(self.kept_or_moved(old, new), vec![old], vec![new]);
        }
        differ
    }

    fn has_same_words(&self, old: usize, new: usize) -> bool {
        let (old, new) = (&self.old[old].words, &self.new[new].words);
        old.known().is_some() && old == new
    }

    fn has_same_code(&self, old: usize, new: usize) -> bool {
        Code::fold(&self.old[old].code) == Code::fold(&self.new[new].code)
    }

    fn kept_or_moved(&self, old: usize, new: usize) -> Relation {
        if self.has_same_code(old, new) {
            Relation::Kept
        } else {
            Relation::Moved
        }
    }

    /// Pairs statements with equal words; of several, those with the same code first. Statements
    /// without words are kept if their code is.
    fn pair_equal_words(&mut self) {
        let mut by_words: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for &at in &self.right {
            let words = self.new[at].words.known();
            by_words
                .entry(words.map(String::as_str))
                .or_default()
                .push(at);
        }
        let mut pairs = Vec::new();
        let left = self.left.clone();
        for is_same_code in [true, false] {
            for &old in &left {
                if pairs.iter().any(|&(known, _)| known == old) {
                    continue;
                }
                let words = self.old[old].words.known().map(String::as_str);
                let Some(equal) = by_words.get_mut(&words) else {
                    continue;
                };
                let fits = |new: &usize| self.has_same_code(old, *new);
                let at = match words {
                    _ if is_same_code => equal.iter().position(fits),
                    Some(_) if !equal.is_empty() => Some(0),
                    _ => None,
                };
                if let Some(at) = at {
                    pairs.push((old, equal.remove(at)));
                }
            }
        }
        for (old, new) in pairs {
            self.place(self.kept_or_moved(old, new), vec![old], vec![new]);
        }
    }

    /// Pairs of statements that are more like each other than like any other, each with whether
    /// that is sure.
    fn like_pairs(&self, likeness: &Likeness) -> Vec<(usize, usize, bool)> {
        let mut pairs: Vec<(f64, usize, usize)> = likeness
            .pairs()
            .filter(|&(_, old, new)| self.left.contains(&old) && self.right.contains(&new))
            .filter(|&(like, ..)| like >= LEAST_UNSURE)
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let best = |side: fn(&(f64, usize, usize)) -> usize, at: usize| {
            let own = pairs.iter().filter(|pair| side(pair) == at);
            own.map(|pair| pair.0).fold(0.0, f64::max)
        };
        // A statement that is more like a third one is no rival.
        let rival = |old: usize, new: usize| {
            let others = pairs.iter().filter(|pair| {
                let is_old = pair.1 == old && pair.2 != new && pair.0 >= best(|one| one.2, pair.2);
                let is_new = pair.2 == new && pair.1 != old && pair.0 >= best(|one| one.1, pair.1);
                is_old || is_new
            });
            others.map(|pair| pair.0).fold(0.0, f64::max)
        };
        let (mut used_old, mut used_new) = (BTreeSet::new(), BTreeSet::new());
        let mut placed = Vec::new();
        for &(like, old, new) in &pairs {
            if used_old.contains(&old) || used_new.contains(&new) {
                continue;
            }
            used_old.insert(old);
            used_new.insert(new);
            let is_clear = like - rival(old, new) >= MARGIN;
            let is_sure = like >= CERTAIN || (like >= LEAST_REWORDED && is_clear);
            placed.push((old, new, is_sure));
        }
        placed
    }
}

/// The least likeness of a statement and its rewording.
const LEAST_REWORDED: f64 = 0.5;

/// The likeness of a statement and its rewording that no rival puts in doubt.
const CERTAIN: f64 = 0.7;

/// The least likeness of statements that a person should look at.
const LEAST_UNSURE: f64 = 0.3;

/// How much more alike two statements have to be than each of them and any other.
const MARGIN: f64 = 0.1;

#[cfg(test)]
mod tests;
