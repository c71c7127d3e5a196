//! Claims that wait for a decision.

use super::scene::RenderContext;
use crate::model::{CriterionId, Piece};

/// An entry with claims that wait for a decision.
#[derive(Clone, Debug)]
pub(super) struct WaitingEntry {
    pub entry: usize,
    pub criteria: Vec<CriterionId>,
}

/// The visible entries with claims that wait for a decision, oldest first.
pub(super) fn list_waiting(scene: &RenderContext<'_>) -> Vec<WaitingEntry> {
    let waiting = |&entry: &usize| {
        let claims = &scene.portfolio.entries[entry].claims;
        let known = scene.coverage.of_claims(entry, claims);
        let open = known.filter_map(|(claim, known)| {
            known.filter(|(line, piece)| !line.is_waived() && waits(piece))?;
            Some(claim.criterion)
        });
        let criteria: Vec<CriterionId> = open.collect();
        (!criteria.is_empty()).then_some(WaitingEntry { entry, criteria })
    };
    scene.visible.iter().filter_map(waiting).collect()
}

/// Whether a claim waits for a decision: it is submitted, and not decided since it changed.
pub(super) fn waits(piece: &Piece) -> bool {
    piece.handed_in()
        && piece.standing.is_none_or(|standing| {
            standing.stale() || (standing.resubmitted() && !standing.settled)
        })
}
