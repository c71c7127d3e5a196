//! Attempts: which one comes next, and how many a standard leaves.

use crate::model::{CriterionId, Decision, Entry, Portfolio};

/// Attempts at a criterion that a standard limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many are used.
    pub used: u32,
    /// How many there are.
    pub most: u32,
}

impl Attempts {
    /// How many are left.
    #[must_use]
    pub fn left(self) -> u32 {
        self.most.saturating_sub(self.used)
    }

    /// How many are used and left, in words; empty where none is used.
    #[must_use]
    pub fn words(self) -> String {
        let Self { used, most } = self;
        match self.left() {
            _ if used == 0 => String::new(),
            0 => format!("all {most} attempts are used: ask the provider what follows"),
            1 => format!("{used} of {most} attempts used, and the next one is the last"),
            left => format!("{used} of {most} attempts used, {left} left"),
        }
    }
}

/// The attempts at a criterion, where it is assessed by marks and its standard says how many there are. An attempt is
/// used when it was decided about, or when marked work that is handed in says that it was made.
#[must_use]
pub fn attempts(portfolio: &Portfolio, criterion: CriterionId) -> Option<Attempts> {
    let most = limit(portfolio, criterion)?;
    let used = portfolio
        .entries
        .iter()
        .filter_map(|entry| used_by(entry, criterion))
        .max();
    Some(Attempts {
        used: used.unwrap_or(0),
        most,
    })
}

/// How many attempts a standard leaves at a criterion; none where it sets no limit, or does not say.
#[must_use]
pub fn limit(portfolio: &Portfolio, criterion: CriterionId) -> Option<u32> {
    let catalogue = &portfolio.catalogue;
    let marked = catalogue
        .standard(criterion.standard)
        .by_marks(criterion.criterion);
    catalogue
        .rules(criterion.standard)
        .max_attempts
        .known()
        .copied()
        .filter(|_| marked)
}

/// The highest attempt at a criterion that an entry is about.
fn used_by(entry: &Entry, criterion: CriterionId) -> Option<u32> {
    entry.claim(criterion)?;
    let decided = entry
        .decisions
        .iter()
        .filter(|one| one.effect(criterion).is_some());
    let marked = entry
        .assignment
        .as_ref()
        .filter(|work| work.mark_percent.is_some());
    let stated = marked
        .and_then(|work| work.attempt)
        .filter(|_| entry.status == crate::model::Status::Submitted);
    decided.map(|one| one.attempt).chain(stated).max()
}

/// The attempt that a decision about some criteria of the entry at `at` judges, as the entry is now.
///
/// An attempt ends when a claim is sent back and the entry changes; reading the same text twice is one attempt, and so
/// is an accepted entry in which a word was mended. Marked work may say itself which attempt it is.
#[must_use]
pub fn next_attempt(portfolio: &Portfolio, at: usize, criteria: &[CriterionId]) -> u32 {
    let entry = &portfolio.entries[at];
    let stated = entry.assignment.as_ref().and_then(|work| work.attempt);
    let own = own_attempt(entry, criteria);
    let elsewhere = || {
        let limited = criteria
            .iter()
            .filter(|&&criterion| limit(portfolio, criterion).is_some());
        let others = || {
            portfolio
                .entries
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
        };
        limited
            .flat_map(|&criterion| others().filter_map(move |(_, other)| used_by(other, criterion)))
            .max()
    };
    match (own, stated) {
        (own, Some(stated)) => own.unwrap_or(1).max(stated),
        (Some(own), None) => own,
        (None, None) => elsewhere().map_or(1, |used| used.saturating_add(1)),
    }
}

/// The attempt by what was decided about these claims of the entry (about any, where none are named); claims that nobody
/// has judged belong to the attempt that the entry is at. None where nobody has decided about it.
fn own_attempt(entry: &Entry, criteria: &[CriterionId]) -> Option<u32> {
    let takes_part = |one: &&Decision| {
        one.decides()
            || one
                .claims
                .iter()
                .any(|claim| one.effect(claim.criterion).is_some())
    };
    let decided = || entry.decisions.iter().filter(takes_part);
    let asked = |criterion| criteria.is_empty() || criteria.contains(&criterion);
    let past = || decided().filter(|one| one.claims.iter().any(|claim| asked(claim.criterion)));
    let Some(last) = past().map(|one| one.attempt).max() else {
        return decided().map(|one| one.attempt).max();
    };
    let same_text = past()
        .filter(|one| one.is_about(&entry.digest))
        .map(|one| one.attempt)
        .max();
    let sent_back = |criterion| {
        entry
            .standing(criterion)
            .is_some_and(|standing| standing.sent_back())
    };
    let mut judged = past()
        .filter(|one| one.attempt == last)
        .flat_map(|one| &one.claims);
    let over = judged.any(|claim| asked(claim.criterion) && sent_back(claim.criterion));
    same_text.or(Some(if over { last.saturating_add(1) } else { last }))
}
