//! The stages of a reflection model in the sections of a text.

use std::mem::take;

use crate::model::{ReflectionModel, Section, Stage};
use crate::parse::{DraftBody, DraftBoldLine};
use crate::text::{UniqueNames, slug};

/// Finds the sections whose heading means a stage of the model. A heading such as "Evaluation and
/// analysis" means two.
pub(super) fn find_stages(model: &ReflectionModel, sections: &[Section]) -> Vec<Stage> {
    let mut found = Vec::with_capacity(sections.len());
    for (section, part) in sections.iter().enumerate() {
        let stages = model.stages_of(&part.heading).into_iter();
        found.extend(stages.map(|stage| Stage { stage, section }));
    }
    found
}

/// The sections of a body, and those that are stages of a model.
#[must_use]
pub fn read_sections(
    mut body: DraftBody,
    model: Option<&ReflectionModel>,
) -> (Vec<Section>, Vec<Stage>) {
    let Some(model) = model else {
        return (body.sections, Vec::new());
    };
    promote_bold_lines(&mut body, model);
    let stages = find_stages(model, &body.sections);
    (body.sections, stages)
}

/// Makes sections of bold lines that name a stage of the model.
pub(super) fn promote_bold_lines(body: &mut DraftBody, model: &ReflectionModel) {
    let lines = take(&mut body.bold_lines).into_iter();
    let lines: Vec<DraftBoldLine> = lines
        .filter(|line| !model.stages_of(&line.words).is_empty())
        .collect();
    if lines.is_empty() {
        return;
    }
    let mut names = UniqueNames::without(&[]);
    for section in &body.sections {
        names.take(&section.anchor);
    }
    let places: Vec<Option<usize>> = body
        .passages
        .iter()
        .map(|passage| passage.section)
        .collect();
    let starts: Vec<usize> = body
        .sections
        .iter()
        .map(|section| section.span.start)
        .collect();
    let mut all: Vec<(Section, usize)> = take(&mut body.sections)
        .into_iter()
        .zip(take(&mut body.before))
        .collect();
    all.extend(lines.into_iter().map(|line| {
        let section = Section {
            anchor: names.take(&slug(&line.words)),
            heading: line.words,
            rank: LOWEST_RANK,
            span: line.span,
            words: 0,
            commented: false,
            is_bold: true,
        };
        (section, line.before)
    }));
    all.sort_by_key(|(section, _)| section.span.start);
    (body.sections, body.before) = all.into_iter().unzip();
    for at in 0..body.sections.len() {
        if body.sections[at].is_bold {
            let end = body.before.get(at + 1).copied().unwrap_or(body.prose.len());
            body.sections[at].words = end.saturating_sub(body.before[at]);
        }
    }
    place_passages(body, &places, &starts);
}

/// Puts each passage into its nearest section: `places` are the headings' indexes before bold lines
/// were added, `starts` the places of those headings.
fn place_passages(body: &mut DraftBody, places: &[Option<usize>], starts: &[usize]) {
    let sections = &body.sections;
    // The last bold line up to each section.
    let mut last_bold = None;
    let bold: Vec<Option<usize>> = (0..sections.len())
        .map(|at| {
            if sections[at].is_bold {
                last_bold = Some(at);
            }
            last_bold
        })
        .collect();
    let first_at = |start: usize| sections.partition_point(|section| section.span.start < start);
    for (passage, place) in body.passages.iter_mut().zip(places) {
        // A bold line after the heading is the nearer section.
        let heading = place.map(|old| first_at(starts[old]));
        let last = first_at(passage.span.start + 1).checked_sub(1);
        let line = last.and_then(|last| bold[last]);
        passage.section = line.max(heading);
    }
}

/// The rank of sections that begin with a bold line: they are part of any other.
const LOWEST_RANK: u8 = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::text::Source;

    fn gibbs() -> ReflectionModel {
        let text = include_str!("../../standards/reflection/gibbs.yaml");
        let model = parse::reflection_model(&Source::new("gibbs.yaml", text)).value;
        model.unwrap_or_else(|| unreachable!("the model is compiled in"))
    }

    fn names(model: &ReflectionModel, heading: &str) -> String {
        let stages = model.stages_of(heading).into_iter();
        let names = stages.map(|stage| model.stages[stage].name.value.as_str());
        names.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn numbers_articles_attributes_and_additions_change_no_stage() {
        let model = gibbs();
        for heading in [
            "Description",
            "DESCRIPTION",
            "The description",
            "Stage 1: Description",
            "Stage One - Description",
            "Step 1 – Description",
            "1. Description",
            "1) Description",
            "i) Description",
            "(i) Description",
            "a) Description",
            "1 Description",
            "Description:",
            "Description {#description}",
            "Description (what happened)",
            "Description of the incident",
            "Description stage",
            "Description – what happened?",
            "Q1. What happened?",
            "1a. Description",
        ] {
            assert_eq!(names(&model, heading), "Description", "{heading}");
        }
        for heading in [
            "My feelings",
            "What I felt",
            "Feelings & emotions",
            "How did I feel?",
        ] {
            assert_eq!(names(&model, heading), "Feelings", "{heading}");
        }
        assert_eq!(
            names(&model, "Evaluation and analysis"),
            "Evaluation, Analysis"
        );
        assert_eq!(names(&model, "Conclusion / learning"), "Conclusion");
        assert_eq!(names(&model, "Action plan for next time"), "Action plan");
    }

    #[test]
    fn other_headings_are_no_stages() {
        let model = gibbs();
        for heading in [
            "Data analysis",
            "References",
            "I",
            "1.",
            "",
            "Background",
            "My shift",
        ] {
            assert_eq!(names(&model, heading), "", "{heading}");
        }
    }
}
