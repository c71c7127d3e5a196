//! Claims that were sent back and are not accepted yet.

use crate::model::{Coverage, CriterionId, Decision, Portfolio, Verdict};

/// A claim that was sent back and has not been accepted since.
#[derive(Clone, Copy, Debug)]
pub struct Referral<'a> {
    /// Index of the entry.
    pub entry: usize,
    /// The claimed criterion.
    pub criterion: CriterionId,
    /// Referred or partly accepted.
    pub verdict: Verdict,
    /// The decision that sent it back, with its feedback.
    pub decision: &'a Decision,
    /// Whether the entry has changed since: then it is the assessor's turn.
    pub resubmitted: bool,
    /// Whether assessors who decided at the same time disagree.
    pub contested: bool,
}

/// Open referrals, by entry and criterion.
pub fn open_referrals<'a>(portfolio: &'a Portfolio, coverage: &Coverage) -> Vec<Referral<'a>> {
    let mut open = Vec::new();
    let decided = portfolio
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.decisions.is_empty());
    for (at, entry) in decided {
        for (claim, known) in coverage.of_claims(at, &entry.claims) {
            let Some(standing) = known.and_then(|(_, piece)| piece.open_referral()) else {
                continue;
            };
            open.push(Referral {
                entry: at,
                criterion: claim.criterion,
                verdict: standing.verdict,
                decision: &entry.decisions[standing.decision],
                resubmitted: standing.resubmitted(),
                contested: standing.contested,
            });
        }
    }
    open
}
