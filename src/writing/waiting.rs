//! What waits for an assessor, in the order of the site's list.

use super::answers::WriteAnswer;
use super::assess_answer::{WaitingAnswer, WaitingClaim, WaitingEntry};
use super::code_names::CodeNames;
use super::entry_answer::{EntryLink, KindChoice};
use super::sitting_draft::KeptSitting;
use crate::cover::{EntryToAssess, WaitingReason, list_to_assess};
use crate::engine::{self, Snapshot};
use crate::model::{Role, Word};
use crate::view::{count_waiting, describe_wait};

/// Lists the entries that wait for an assessor, the most urgent first.
pub(super) fn list_waiting(project: &Snapshot, kept: &KeptSitting) -> WriteAnswer {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let names = CodeNames::new(&portfolio.catalogue);
    let list = list_to_assess(portfolio, coverage);
    let describe = |one: &EntryToAssess| describe_waiting(project, &names, one);
    let role = |role: &Role| KindChoice {
        id: role.word().to_owned(),
        title: role.title().to_owned(),
    };
    WriteAnswer::Waiting(Box::new(WaitingAnswer {
        title: portfolio.settings.title.clone(),
        learner: portfolio.settings.learner_id.clone(),
        is_copy: project.is_filtered(),
        lead: match list.claims() {
            0 => "Nothing to assess".to_owned(),
            claims => count_waiting(claims, list.entries.len()),
        },
        entries: list.entries.iter().map(describe).collect(),
        accepted: list.accepted.iter().map(describe).collect(),
        today: engine::day_to_decide(project).to_string(),
        roles: Role::ALL.iter().map(role).collect(),
        sitting: kept.clone(),
    }))
}

fn describe_waiting(
    project: &Snapshot,
    names: &CodeNames<'_>,
    one: &EntryToAssess,
) -> WaitingEntry {
    let catalogue = &project.portfolio.catalogue;
    let name_reason = |reason| match reason {
        WaitingReason::Changed => "changed since accepted",
        WaitingReason::Resubmitted => "resubmitted",
        WaitingReason::Undecided => "not decided yet",
    };
    let claims = one.claims.iter().map(|(id, reason)| WaitingClaim {
        code: names.of(*id),
        statement: catalogue.criterion(*id).text.known().cloned(),
        reason: name_reason(*reason).to_owned(),
    });
    WaitingEntry {
        entry: link_entry(project, one.entry),
        codes: one.claims.iter().map(|(id, _)| names.of(*id)).collect(),
        claims: claims.collect(),
        reason: name_reason(one.reason).to_owned(),
        since: one.since.map(|day| day.to_string()),
        waits: describe_wait(one, project.coverage.as_of),
    }
}

/// An entry by path and title.
pub(super) fn link_entry(project: &Snapshot, at: usize) -> EntryLink {
    let entry = &project.portfolio.entries[at];
    EntryLink {
        path: entry.path.as_str().to_owned(),
        title: entry.front_matter.title.clone(),
    }
}
