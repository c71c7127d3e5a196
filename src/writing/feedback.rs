//! What assessors decided and said about an entry: all of it, and the part on one code.

use super::assess_answer::ToChange;
use super::code_names::CodeNames;
use super::entry_answer::FeedbackLine;
use super::waiting::link_entry;
use crate::cover::{Referral, open_referrals};
use crate::engine::Snapshot;
use crate::model::{ClaimVerdict, Decision, FiledEntry, Word};
use crate::privacy::Mask;
use crate::view::feedback_on;

/// What was decided and said about an entry, newest first.
pub(super) fn list_feedback(project: &Snapshot, entry: &FiledEntry) -> Vec<FeedbackLine> {
    let names = CodeNames::new(&project.portfolio.catalogue);
    let mut lines = Vec::new();
    for decision in entry.decisions.iter().rev() {
        for verdict in &decision.claims {
            lines.push(describe_verdict(project, &names, entry, decision, verdict));
        }
        if decision.claims.is_empty() && decision.feedback.is_some() {
            lines.push(FeedbackLine {
                still_holds: decision.is_about(&entry.digests),
                ..describe_decision(decision)
            });
        }
    }
    lines
}

/// The verdict of a decision on one claim.
pub(super) fn describe_verdict(
    project: &Snapshot,
    names: &CodeNames<'_>,
    entry: &FiledEntry,
    decision: &Decision,
    verdict: &ClaimVerdict,
) -> FeedbackLine {
    let about = feedback_on(&project.portfolio, decision, verdict.criterion);
    FeedbackLine {
        code: Some(names.of(verdict.criterion)),
        verdict: Some(verdict.verdict.word().to_owned()),
        about: mask_feedback(decision, &about.join("\n\n")),
        still_holds: decision.is_about(&entry.digests) && verdict.wording.holds(),
        ..describe_decision(decision)
    }
}

fn describe_decision(decision: &Decision) -> FeedbackLine {
    let text = decision.feedback.as_deref().unwrap_or_default();
    FeedbackLine {
        code: None,
        verdict: None,
        by: decision.assessor.clone(),
        role: decision.role.title().to_owned(),
        on: decision.date.to_string(),
        text: mask_feedback(decision, text.trim()),
        about: String::new(),
        still_holds: false,
    }
}

fn mask_feedback(decision: &Decision, text: &str) -> String {
    Mask::new(decision.identifiers.iter().map(|one| &*one.text)).over(text)
}

/// Claims that were sent back and wait for the learner, by entry and code.
pub(super) fn list_to_change(project: &Snapshot, names: &CodeNames<'_>) -> Vec<ToChange> {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let open = open_referrals(portfolio, coverage).into_iter();
    let open = open.filter(|one| !one.resubmitted);
    let describe = |one: Referral<'_>| {
        let criterion = portfolio.catalogue.criterion(one.criterion);
        let about = feedback_on(portfolio, one.decision, one.criterion);
        ToChange {
            entry: link_entry(project, one.entry),
            code: names.of(one.criterion),
            statement: criterion.text.known().cloned(),
            verdict: one.verdict.word().to_owned(),
            by: one.decision.assessor.clone(),
            on: one.decision.date.to_string(),
            text: mask_feedback(one.decision, &about.join("\n\n")),
        }
    };
    open.map(describe).collect()
}
