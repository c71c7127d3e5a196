//! Claims that were sent back: work for the learner, until they are accepted.

use crate::model::{Coverage, CriterionId, Decision, Portfolio, State, Verdict};

/// A claim that was sent back and is not accepted since.
#[derive(Clone, Copy, Debug)]
pub struct Referral<'a> {
    /// The place of the entry in the portfolio's list.
    pub entry: usize,
    /// The criterion claimed.
    pub criterion: CriterionId,
    /// Referred, or partly accepted.
    pub verdict: Verdict,
    /// The decision that stands, with its feedback.
    pub decision: &'a Decision,
    /// Whether the entry has changed since, so that it waits for the assessor and not for the learner.
    pub handed_in_again: bool,
}

/// Claims whose standing verdict sends them back, by entry and criterion. One closes when it is accepted, and when the
/// criterion is accepted or waived without it.
pub fn open_referrals<'a>(portfolio: &'a Portfolio, coverage: &Coverage) -> Vec<Referral<'a>> {
    let mut open = Vec::new();
    let decided = portfolio.entries.iter().enumerate().filter(|(_, entry)| !entry.decisions.is_empty());
    for (at, entry) in decided {
        for claim in &entry.claims {
            let line = coverage.line(claim.criterion);
            if line.is_none_or(|line| line.is_waived() || line.state == State::Accepted) {
                continue;
            }
            let standing = entry.standing(claim.criterion);
            if let Some((decision, verdict)) = standing.filter(|(_, verdict)| *verdict != Verdict::Accepted) {
                open.push(Referral {
                    entry: at,
                    criterion: claim.criterion,
                    verdict,
                    decision,
                    handed_in_again: !decision.is_about(&entry.digest),
                });
            }
        }
    }
    open
}
