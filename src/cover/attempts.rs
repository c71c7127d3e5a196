//! Attempts at a criterion: the number used, the limit and the next one.

use jiff::civil::Date;

use crate::model::{CriterionId, Decision, FiledEntry, Portfolio, Status};

/// Attempts at a criterion with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// Attempts used.
    pub used: u32,
    /// The limit.
    pub most: u32,
}

impl Attempts {
    /// Attempts left.
    #[must_use]
    pub fn left(self) -> u32 {
        self.most.saturating_sub(self.used)
    }

    /// Attempts used and left in words; empty if none is used.
    #[must_use]
    pub fn words(self) -> String {
        let Self { used, most } = self;
        match self.left() {
            _ if used == 0 => String::new(),
            0 if most == 1 => "the only attempt is used: ask the provider what follows".to_owned(),
            0 => format!("all {most} attempts are used: ask the provider what follows"),
            1 => format!("{used} of {most} attempts used, and the next one is the last"),
            left => format!("{used} of {most} attempts used, {left} left"),
        }
    }
}

/// The attempts at a criterion; `None` if it has no limit. An attempt is used once it was decided
/// about, or submitted as marked work.
#[must_use]
pub fn attempts(portfolio: &Portfolio, criterion: CriterionId) -> Option<Attempts> {
    let most = limit(portfolio, criterion)?;
    let used = portfolio
        .entries
        .iter()
        .filter_map(|entry| highest_attempt(entry, criterion))
        .max();
    Some(Attempts {
        used: used.unwrap_or(0),
        most,
    })
}

/// The first day on which a decision about the entry at `at` counts: no earlier than the entry, the
/// programme and the last decision file; `None` if every day does.
#[must_use]
pub fn first_day_to_decide(portfolio: &Portfolio, at: usize) -> Option<Date> {
    let files = portfolio.chain.files.iter().rev();
    let last = files
        .filter(|file| !file.is_copy())
        .find_map(|file| file.author.as_ref());
    let days = [
        portfolio.entries[at].front_matter.date,
        portfolio.settings.start,
        last.map(|author| author.date),
    ];
    days.into_iter().flatten().max()
}

/// The limit of attempts at a criterion; `None` if it is not assessed by marks, or the standard
/// gives none.
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

/// The highest attempt at a criterion in an entry.
fn highest_attempt(entry: &FiledEntry, criterion: CriterionId) -> Option<u32> {
    entry.claim(criterion)?;
    let decided = entry
        .decisions
        .iter()
        .filter(|one| one.effect(criterion).is_some());
    let marked = entry
        .front_matter
        .assignment
        .as_ref()
        .filter(|work| work.mark_percent.is_some());
    let stated = marked
        .and_then(|work| work.attempt)
        .filter(|_| entry.front_matter.status == Status::Submitted);
    decided.map(|one| one.attempt).chain(stated).max()
}

/// The number of the attempt that a new decision about `criteria` of the entry at index `at`
/// judges.
///
/// An attempt ends when a claim is sent back and the entry changes. A second decision about the
/// same text belongs to the same attempt, and so does an accepted entry with a correction. Marked
/// work may state its attempt.
#[must_use]
pub fn next_attempt(portfolio: &Portfolio, at: usize, criteria: &[CriterionId]) -> u32 {
    let entry = &portfolio.entries[at];
    let stated = entry
        .front_matter
        .assignment
        .as_ref()
        .and_then(|work| work.attempt);
    let own = entry_attempt(entry, criteria);
    let elsewhere = || {
        let is_limited = |criterion| limit(portfolio, criterion).is_some();
        let limited = criteria.iter().copied().filter(|&one| is_limited(one));
        let others = || {
            portfolio
                .entries
                .iter()
                .filter(|one| one.path != entry.path)
        };
        limited
            .flat_map(|one| others().filter_map(move |other| highest_attempt(other, one)))
            .max()
    };
    match (own, stated) {
        (own, Some(stated)) => own.unwrap_or(1).max(stated),
        (Some(own), None) => own,
        (None, None) => elsewhere().map_or(1, |used| used.saturating_add(1)),
    }
}

/// The attempt by the decisions about these claims of the entry, or about any if `criteria` is
/// empty. Claims without a decision belong to the entry's attempt. `None` if the entry has no
/// decision.
fn entry_attempt(entry: &FiledEntry, criteria: &[CriterionId]) -> Option<u32> {
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
        .filter(|one| one.is_about(&entry.digests))
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
