//! What the words of an entry's stages tell, read once, while they are at hand.

use std::borrow::Cow;

use crate::model::{ReflectionModel, Section, Stage, Told};
use crate::parse::DraftBody;
use crate::text::{Word, repeated, slug};

/// Runs of so many words are compared.
const RUN: usize = 4;

/// A stage of fewer runs than this repeats others by chance.
const FEWEST_RUNS: usize = 20;

/// The sections whose heading is a stage of the model or a synonym of one.
pub fn stages(model: &ReflectionModel, sections: &[Section]) -> Vec<Stage> {
    let mut found = Vec::with_capacity(sections.len());
    for (section, part) in sections.iter().enumerate() {
        // People number their headings.
        let heading = part
            .heading
            .trim_start_matches(|sign: char| sign.is_ascii_digit() || ".) :".contains(sign));
        let heading = slug(heading);
        if let Some(stage) = model
            .stages
            .iter()
            .position(|stage| stage.slugs.contains(&heading))
        {
            found.push(Stage { stage, section });
        }
    }
    found
}

/// What the words of the stages found tell, each stage once, in the model's order.
pub fn told(body: &DraftBody, found: &[Stage]) -> Vec<Told> {
    let mut stages: Vec<usize> = found.iter().map(|found| found.stage).collect();
    stages.sort_unstable();
    stages.dedup();
    let words: Vec<Cow<'_, [Word]>> = stages
        .iter()
        .map(|&stage| words_of(body, found, stage))
        .collect();
    let tell = |(&stage, words): (&usize, &Cow<'_, [Word]>)| Told {
        stage,
        a_time: words.iter().any(|word| word.is_time()),
        a_source: words.iter().any(|word| word.is_source()),
        repeats: Vec::new(),
    };
    let mut told: Vec<Told> = stages.iter().zip(&words).map(tell).collect();
    let words: Vec<&[Word]> = words.iter().map(AsRef::as_ref).collect();
    for (first, second) in repeated::<RUN>(&words, FEWEST_RUNS) {
        told[second].repeats.push(stages[first]);
    }
    told
}

/// The words of a stage, under however many headings it stands.
fn words_of<'a>(body: &'a DraftBody, found: &[Stage], stage: usize) -> Cow<'a, [Word]> {
    let mut parts = found
        .iter()
        .filter(|found| found.stage == stage)
        .map(|found| under(body, found.section));
    let first = parts.next().unwrap_or_default();
    let mut rest = parts.peekable();
    if rest.peek().is_none() {
        return Cow::Borrowed(first);
    }
    Cow::Owned(first.iter().chain(rest.flatten()).copied().collect())
}

/// The words under a heading, with those under the headings below it.
fn under(body: &DraftBody, at: usize) -> &[Word] {
    let rank = body.sections[at].rank;
    let end = body.sections[at + 1..]
        .iter()
        .position(|next| next.rank <= rank);
    let end = end.map_or(body.prose.len(), |next| body.before[at + 1 + next]);
    &body.prose[body.before[at]..end]
}
