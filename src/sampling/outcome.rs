//! What internal quality assurers made of what assessors decided.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{CriterionId, Decision, Entry, Role, Verdict};

/// What came of looking at a piece again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has looked at it since.
    Open,
    /// Nobody but the assessor, in the role of a quality assurer: that is not looking at it again.
    ByTheAssessor,
    /// A quality assurer has.
    LookedAt {
        /// Who, by reference.
        by: String,
        /// When.
        on: Date,
        /// Whether a verdict of the assessor was overturned.
        overturned: bool,
    },
}

impl Outcome {
    /// Whether somebody else has looked at it.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::LookedAt { .. })
    }
}

/// What came of a piece after the decision at `last`.
pub fn outcome<'a>(
    entry: &Entry,
    assessor: &str,
    last: usize,
    own: impl Iterator<Item = &'a Decision>,
) -> Outcome {
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
            Outcome::Open
        } else {
            Outcome::ByTheAssessor
        };
    };
    let places: Vec<usize> = others.iter().map(|(at, _)| *at).collect();
    let overturned = overturnings(entry)
        .iter()
        .any(|one| places.contains(&one.by) && judged.contains(&one.criterion));
    Outcome::LookedAt {
        by: decision.assessor.clone(),
        on: decision.date,
        overturned,
    }
}

/// A verdict that a quality assurer put in the place of an assessor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overturning {
    /// The criterion.
    pub criterion: CriterionId,
    /// The place of the overturned decision among the entry's.
    pub of: usize,
    /// What it said.
    pub was: Verdict,
    /// The place of the decision that overturned it.
    pub by: usize,
    /// What that says.
    pub now: Verdict,
}

/// Every verdict of an assessor that a quality assurer has overturned, in the order of the chain.
#[must_use]
pub fn overturnings(entry: &Entry) -> Vec<Overturning> {
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
