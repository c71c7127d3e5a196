//! `assess --again`: accepts again what was accepted before the entry or the statement changed.

use super::given;
use crate::cli::CliError;
use crate::cli::args::Assess;
use crate::cli::console::Console;
use crate::engine::{self, Judgement, Snapshot};
use crate::model::{ClaimStanding, CriterionId, Decision, Verdict};

/// The same verdicts by the same assessor, for the entry as it is now. Shows the changes first.
pub(super) fn judgement(
    project: &Snapshot,
    at: usize,
    command: &Assess,
    console: &mut Console,
) -> Result<(String, Judgement), CliError> {
    let entry = &project.portfolio.entries[at];
    let lapsed = lapsed(project, at);
    let Some(&(_, last)) = lapsed.last() else {
        let help = "--again is for claims that were accepted before the entry or the statement changed; decide again with --accept";
        return Err(CliError::new(
            format!("no acceptance of {} has lapsed", entry.id),
            help,
        ));
    };
    let assessor = command
        .assessor
        .clone()
        .unwrap_or_else(|| last.assessor.clone());
    let own: Vec<&(CriterionId, &Decision)> = lapsed
        .iter()
        .filter(|(_, decision)| decision.assessor == assessor)
        .collect();
    let Some(&&(_, basis)) = own.last() else {
        let help = format!(
            "{} accepted it; read it as a whole and decide again with --accept",
            last.assessor
        );
        return Err(CliError::new(
            format!("{assessor} has not accepted {} before", entry.id),
            help,
        ));
    };
    show_changes(project, at, &own, console);
    let before = given::feedback(command)?;
    let feedback = if before.is_empty() {
        format!(
            "Accepted again as on {}: what changed since leaves what was shown as it is.",
            basis.date
        )
    } else {
        before
    };
    let judgement = Judgement {
        verdicts: own
            .iter()
            .map(|(criterion, _)| (*criterion, Verdict::Accepted))
            .collect(),
        accepted: given::rules(&[]),
        sent_back: given::rules(&[]),
        notes: Vec::new(),
        feedback,
        attempt: Some(basis.attempt),
    };
    Ok((assessor, judgement))
}

/// Shows what changed since the claims were accepted: the entry, and the statements.
fn show_changes(
    project: &Snapshot,
    at: usize,
    own: &[&(CriterionId, &Decision)],
    console: &mut Console,
) {
    let digest = own.last().and_then(|(_, basis)| basis.digest.as_deref());
    console.report(&engine::describe_changes(
        project,
        at,
        digest.unwrap_or_default(),
    ));
    for &&(criterion, decision) in own {
        if !decision.wording(criterion).holds() {
            console.report(&engine::describe_statement(project, decision, criterion));
        }
    }
}

/// Claims whose acceptance lapsed when the entry or the statement changed, each with its decision.
fn lapsed(project: &Snapshot, at: usize) -> Vec<(CriterionId, &Decision)> {
    let entry = &project.portfolio.entries[at];
    let mut lapsed = Vec::new();
    for claim in &entry.claims {
        if let Some(standing) = entry.standing(claim.criterion).filter(ClaimStanding::stale) {
            lapsed.push((claim.criterion, &entry.decisions[standing.decision]));
        }
    }
    lapsed
}
