//! Internal quality assurers' second look at assessors' decisions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{CriterionId, Decision, FiledEntry, Role, Verdict};

/// The result of the second look at a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleOutcome {
    /// No second look yet.
    Open,
    /// Only the same assessor, acting as quality assurer. This is no second look.
    ByTheAssessor,
    /// A quality assurer looked at it.
    LookedAt {
        /// The quality assurer, by reference.
        by: String,
        /// The day.
        on: Date,
        /// Whether one of the assessor's verdicts was overturned.
        overturned: bool,
    },
}

impl SampleOutcome {
    /// Whether another person has looked at the piece.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::LookedAt { .. })
    }
}

/// The result of the second look, from the entry's decisions after the one at index `last`. `own`
/// are the assessor's decisions.
pub(super) fn outcome<'a>(
    entry: &FiledEntry,
    assessor: &str,
    last: usize,
    own: impl Iterator<Item = &'a Decision>,
) -> SampleOutcome {
    let judged: Vec<CriterionId> = own
        .flat_map(|one| &one.claims)
        .map(|claim| claim.criterion)
        .collect();
    let about = |decision: &Decision| {
        let claims = &decision.claims;
        claims.is_empty() || claims.iter().any(|claim| judged.contains(&claim.criterion))
    };
    let later = entry.decisions.iter().enumerate().skip(last + 1);
    let later = later.filter(|(_, decision)| {
        decision.decides() && decision.role == Role::Iqa && about(decision)
    });
    let (own, others): (Vec<_>, Vec<_>) =
        later.partition(|(_, decision)| decision.assessor == assessor);
    let Some((_, decision)) = others.last() else {
        return if own.is_empty() {
            SampleOutcome::Open
        } else {
            SampleOutcome::ByTheAssessor
        };
    };
    let places: Vec<usize> = others.iter().map(|(at, _)| *at).collect();
    let overturned = overturnings(entry)
        .iter()
        .any(|one| places.contains(&one.by) && judged.contains(&one.criterion));
    SampleOutcome::LookedAt {
        by: decision.assessor.clone(),
        on: decision.date,
        overturned,
    }
}

/// An assessor's verdict that a quality assurer replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overturning {
    /// The criterion.
    pub criterion: CriterionId,
    /// Index of the overturned decision in the entry's list.
    pub of: usize,
    /// Its verdict.
    pub was: Verdict,
    /// Index of the overturning decision.
    pub by: usize,
    /// The new verdict.
    pub now: Verdict,
}

/// The overturned verdicts of an entry, in the order of the chain.
#[must_use]
pub fn overturnings(entry: &FiledEntry) -> Vec<Overturning> {
    let mut standing: BTreeMap<CriterionId, (usize, Verdict)> = BTreeMap::new();
    let mut found = Vec::new();
    for (by, decision) in entry.decisions.iter().enumerate() {
        if !decision.decides() {
            continue;
        }
        for claim in &decision.claims {
            let before = standing.insert(claim.criterion, (by, claim.verdict));
            let Some((of, was)) = before.filter(|(_, was)| *was != claim.verdict) else {
                continue;
            };
            if decision.role == Role::Iqa && entry.decisions[of].role == Role::Assessor {
                found.push(Overturning {
                    criterion: claim.criterion,
                    of,
                    was,
                    by,
                    now: claim.verdict,
                });
            }
        }
    }
    found
}
