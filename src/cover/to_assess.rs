//! Claims that wait for an assessor. Home, header, gateway and the list of the assessor read this.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::model::{
    Audience, ClaimStanding, Coverage, CriterionId, FiledEntry, Line, Portfolio, State, Status,
};

/// Why a claim waits for an assessor, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitingReason {
    /// It was accepted, and the entry or the statement changed since.
    Changed,
    /// It was referred or partly accepted, and the entry changed since.
    Resubmitted,
    /// No decision about it holds.
    Undecided,
}

/// An entry with claims that wait for an assessor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryToAssess {
    /// Index of the entry in the portfolio.
    pub entry: usize,
    /// The claims, in the order of the standards.
    pub claims: Vec<(CriterionId, WaitingReason)>,
    /// The most urgent reason among its claims.
    pub reason: WaitingReason,
    /// The day since which it waits; `None` if that is unknown, as for an entry that changed after
    /// a decision.
    pub since: Option<Date>,
    /// The day of the decision after which it changed; `None` if it did not.
    pub decided: Option<Date>,
}

/// Entries with claims that wait for an assessor: changed after an acceptance first, then
/// resubmitted ones, then the oldest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToAssess {
    /// Entries with the claims that can change the state of their criterion.
    pub entries: Vec<EntryToAssess>,
    /// Entries with the claims to criteria that other entries have accepted already. A decision
    /// about them changes no state, so they are not counted with those that wait.
    pub accepted: Vec<EntryToAssess>,
}

impl ToAssess {
    /// The number of claims that wait.
    #[must_use]
    pub fn claims(&self) -> usize {
        count_claims(&self.entries)
    }

    /// The number of undecided claims to criteria that are accepted already.
    #[must_use]
    pub fn accepted_claims(&self) -> usize {
        count_claims(&self.accepted)
    }

    /// Whether the claim of an entry to a criterion is undecided.
    #[must_use]
    pub fn is_undecided(&self, entry: usize, criterion: CriterionId) -> bool {
        let all = self.entries.iter().chain(&self.accepted);
        let mut of_entry = all.filter(|one| one.entry == entry);
        of_entry.any(|one| one.claims.iter().any(|(claimed, _)| *claimed == criterion))
    }

    /// The place of an entry in the list, from 0; `None` if it does not wait.
    #[must_use]
    pub fn place(&self, entry: usize) -> Option<usize> {
        self.entries.iter().position(|one| one.entry == entry)
    }
}

fn count_claims(entries: &[EntryToAssess]) -> usize {
    entries.iter().map(|one| one.claims.len()).sum()
}

/// Whether an assessor can decide about an entry: it is submitted, readable, shown to assessors,
/// and a decision can identify it.
#[must_use]
pub fn is_assessable(entry: &FiledEntry) -> bool {
    entry.front_matter.status == Status::Submitted
        && !entry.front_matter.unread
        && !entry.shares_id
        && Audience::Assessor.is_visible(entry.front_matter.visibility)
        && entry.withheld_from(Audience::Assessor).next().is_none()
}

/// Lists what waits for an assessor. An entry dated in the future does not wait yet: a decision
/// dated before its entry does not count.
#[must_use]
pub fn list_to_assess(portfolio: &Portfolio, coverage: &Coverage) -> ToAssess {
    let as_of = coverage.as_of;
    let is_due = |entry: &FiledEntry| entry.front_matter.date.is_none_or(|date| date <= as_of);
    let all = portfolio.entries.iter().enumerate();
    let (mut entries, mut accepted) = (Vec::new(), Vec::new());
    for (at, entry) in all.filter(|(_, entry)| is_assessable(entry) && is_due(entry)) {
        entries.extend(judge_entry(coverage, at, entry, false));
        accepted.extend(judge_entry(coverage, at, entry, true));
    }
    for list in [&mut entries, &mut accepted] {
        list.sort_by_key(|one| {
            let day = one.since.or(one.decided);
            (one.reason, Reverse(day.is_some()), day, one.entry)
        });
    }
    ToAssess { entries, accepted }
}

/// The undecided claims of the entry at `at` to criteria that are accepted already, or to the
/// others; `None` if there are none.
fn judge_entry(
    coverage: &Coverage,
    at: usize,
    entry: &FiledEntry,
    accepted: bool,
) -> Option<EntryToAssess> {
    let (mut claims, mut decided) = (Vec::new(), None);
    for (claim, known) in coverage.of_claims(at, &entry.claims) {
        let Some((line, piece)) = known else {
            continue;
        };
        if (line.state == State::Accepted) != accepted {
            continue;
        }
        let Some(reason) = find_reason(line, piece.standing) else {
            continue;
        };
        claims.push((claim.criterion, reason));
        let changed = |standing: &ClaimStanding| !standing.unchanged || standing.stale();
        let standing = piece.standing.filter(changed);
        decided = decided.max(standing.map(|standing| entry.decisions[standing.decision].date));
    }
    let reason = claims.iter().map(|(_, reason)| *reason).min()?;
    let submitted = entry.front_matter.submitted;
    let submitted = submitted.filter(|&day| day <= coverage.as_of);
    // The day of a change is known only if the entry was submitted again afterwards.
    let since = match decided {
        Some(decided) => submitted.filter(|&day| day > decided),
        None => submitted.or(entry.front_matter.date),
    };
    Some(EntryToAssess {
        entry: at,
        claims,
        reason,
        since,
        decided,
    })
}

/// Why a claim waits; `None` if it does not. A waived criterion needs no decision, and neither does
/// a referred claim whose criterion is accepted by other evidence.
fn find_reason(line: &Line, standing: Option<ClaimStanding>) -> Option<WaitingReason> {
    let reason = match standing {
        None => WaitingReason::Undecided,
        Some(standing) if standing.settled => return None,
        Some(standing) if standing.is_broken => WaitingReason::Undecided,
        Some(standing) if standing.stale() => WaitingReason::Changed,
        Some(standing) if standing.resubmitted() => WaitingReason::Resubmitted,
        Some(_) => return None,
    };
    (!line.is_waived()).then_some(reason)
}
