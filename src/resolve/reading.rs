//! The stages of a reflection, and a summary of their words.

use std::borrow::Cow;

use crate::model::{ReflectionModel, Section, Stage, StageSummary};
use crate::parse::DraftBody;
use crate::text::{Word, repeated};

/// Length of the compared runs, in words.
const RUN: usize = 4;

/// Stages with fewer runs than this are not compared: they repeat others by chance.
const FEWEST_RUNS: usize = 20;

/// Finds the sections whose heading is a stage of the model or one of its synonyms.
pub(super) fn find_stages(model: &ReflectionModel, sections: &[Section]) -> Vec<Stage> {
    let mut found = Vec::with_capacity(sections.len());
    for (section, part) in sections.iter().enumerate() {
        if let Some(stage) = model.find_stage(&part.heading) {
            found.push(Stage { stage, section });
        }
    }
    found
}

/// Summarises the words of each found stage once, in the order of the model.
pub(super) fn summarise_stages(body: &DraftBody, found: &[Stage]) -> Vec<StageSummary> {
    let mut stages: Vec<usize> = found.iter().map(|found| found.stage).collect();
    stages.sort_unstable();
    stages.dedup();
    let words: Vec<Cow<'_, [Word]>> = stages
        .iter()
        .map(|&stage| words_of(body, found, stage))
        .collect();
    let summarise = |(&stage, words): (&usize, &Cow<'_, [Word]>)| StageSummary {
        stage,
        a_time: words.iter().any(|word| word.is_time()),
        a_source: words.iter().any(|word| word.is_source()),
        repeats: Vec::new(),
    };
    let mut summaries: Vec<StageSummary> = stages.iter().zip(&words).map(summarise).collect();
    let words: Vec<&[Word]> = words.iter().map(AsRef::as_ref).collect();
    for (first, second) in repeated::<RUN>(&words, FEWEST_RUNS) {
        summaries[second].repeats.push(stages[first]);
    }
    summaries
}

/// The words of a stage, from all its sections.
fn words_of<'a>(body: &'a DraftBody, found: &[Stage], stage: usize) -> Cow<'a, [Word]> {
    let mut parts = found
        .iter()
        .filter(|found| found.stage == stage)
        .map(|found| section_words(body, found.section));
    let first = parts.next().unwrap_or_default();
    let mut rest = parts.peekable();
    if rest.peek().is_none() {
        return Cow::Borrowed(first);
    }
    Cow::Owned(first.iter().chain(rest.flatten()).copied().collect())
}

/// The words of a section and its subsections.
fn section_words(body: &DraftBody, at: usize) -> &[Word] {
    let rank = body.sections[at].rank;
    let end = body.sections[at + 1..]
        .iter()
        .position(|next| next.rank <= rank);
    let end = end.map_or(body.prose.len(), |next| body.before[at + 1 + next]);
    &body.prose[body.before[at]..end]
}
