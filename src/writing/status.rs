//! How far an entry is, in the words of the page. The list of entries and the form both show it.

use crate::engine::Snapshot;
use crate::model::{CriterionId, Status};

/// An entry that was sent back is referred or partly accepted for these criteria; whether it has
/// changed since.
pub(super) fn list_sent_back(project: &Snapshot, at: usize) -> Vec<(CriterionId, bool)> {
    let entry = &project.portfolio.entries[at];
    let claims = project.coverage.of_claims(at, &entry.claims);
    let open = claims.filter_map(|(claim, known)| {
        let standing = known?.1.open_referral()?;
        Some((claim.criterion, standing.resubmitted()))
    });
    open.collect()
}

/// How far an entry is: `Draft`, `Sent back`.
pub(super) fn describe_status(project: &Snapshot, at: usize) -> &'static str {
    let entry = &project.portfolio.entries[at];
    if entry.is_example {
        return "Example";
    }
    let is_draft = entry.front_matter.status == Status::Draft;
    let sent_back = list_sent_back(project, at);
    let is_waiting = sent_back.iter().any(|(_, has_changed)| !has_changed);
    match (is_draft, sent_back.is_empty()) {
        (true, true) => "Draft",
        (true, false) => "Sent back, a draft now",
        (false, true) => "Submitted",
        (false, false) if is_waiting => "Sent back",
        (false, false) => "Changed since it was sent back",
    }
}
