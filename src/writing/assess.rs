//! An entry as an assessor reads it: the text with its passages, and what was decided about it.

use std::collections::BTreeMap;

use super::answers::WriteAnswer;
use super::assess_answer::AssessAnswer;
use super::code_names::CodeNames;
use super::entry_answer::FeedbackLine;
use super::feedback::describe_verdict;
use super::waiting::link_entry;
use crate::cover::{is_assessable, list_to_assess};
use crate::engine::{self, EngineError, Snapshot};
use crate::model::{Audience, Word};
use crate::view::{self, Job, Page, SiteScope};

/// Describes the entry at `at` for an assessor.
///
/// # Errors
/// It is a draft or private, or holds what identifies a person, or a picture cannot be read.
pub(super) fn describe_for_assessor(
    project: &Snapshot,
    at: usize,
) -> Result<WriteAnswer, EngineError> {
    let portfolio = &project.portfolio;
    let entry = &portfolio.entries[at];
    if !is_assessable(entry) {
        let help = "its author submits it first, shows it to assessors, and takes out what identifies a person";
        return Err(EngineError::refused(
            "this entry cannot be assessed yet",
            help,
        ));
    }
    let pictures = engine::embedded_in(project, Audience::Assessor, at)?;
    let backdrop = SiteScope::new(portfolio, Audience::Assessor, pictures, None);
    let scene = project.scene(&backdrop);
    let job = Job::Entry(at);
    let (_, page) = view::page(&scene, job);
    let Page::Entry(page) = page else {
        return Err(EngineError::refused("this is no entry", ""));
    };
    let list = list_to_assess(portfolio, &project.coverage);
    let place = list.place(at);
    let link = |place: Option<usize>| {
        let one = list.entries.get(place?)?;
        Some(link_entry(project, one.entry))
    };
    let waits = place.map_or(&[][..], |place| &list.entries[place].claims);
    let names = CodeNames::new(&portfolio.catalogue);
    let code = |id| names.of(id);
    let mut before: BTreeMap<String, Vec<FeedbackLine>> = BTreeMap::new();
    for decision in entry.decisions.iter().rev() {
        for verdict in &decision.claims {
            let said = describe_verdict(project, &names, entry, decision, verdict);
            before
                .entry(code(verdict.criterion))
                .or_default()
                .push(said);
        }
    }
    Ok(WriteAnswer::Assess(Box::new(AssessAnswer {
        path: entry.path.as_str().to_owned(),
        digest: entry.digests.current().to_owned(),
        is_part: project.is_part(&entry.path),
        site_path: job.path(&scene).as_str().to_owned(),
        attempt: engine::describe_attempt(project, at, &[]),
        waits: waits.iter().map(|(id, _)| code(*id)).collect(),
        before,
        kind: entry.front_matter.kind.word().to_owned(),
        place: place.map_or(0, |place| place + 1),
        of: list.entries.len(),
        previous: link(place.and_then(|place| place.checked_sub(1))),
        next: link(Some(place.map_or(0, |place| place + 1))),
        page: Page::Entry(page),
    })))
}
