//! The stages of a reflection model that a heading means.

use std::mem::take;

use crate::model::{ReflectionModel, Section, Stage};
use crate::parse::{DraftBody, DraftBoldLine};
use crate::text::{UniqueNames, heading_words, slug};

/// Finds the sections whose heading means a stage of the model. A heading such as "Evaluation and
/// analysis" means two.
pub(super) fn find_stages(model: &ReflectionModel, sections: &[Section]) -> Vec<Stage> {
    let mut found = Vec::with_capacity(sections.len());
    for (section, part) in sections.iter().enumerate() {
        let stages = stages_of(model, &part.heading).into_iter();
        found.extend(stages.map(|stage| Stage { stage, section }));
    }
    found
}

/// Makes sections of bold lines that name a stage of the model.
pub(super) fn promote_bold_lines(body: &mut DraftBody, model: &ReflectionModel) {
    let lines = take(&mut body.bold_lines).into_iter();
    let lines: Vec<DraftBoldLine> = lines
        .filter(|line| !stages_of(model, &line.words).is_empty())
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

/// The stages that a heading means: as a whole, without its number, by the words before or after a
/// colon, a dash or a bracket, or by the words before "of" and "and".
pub(super) fn stages_of(model: &ReflectionModel, heading: &str) -> Vec<usize> {
    let heading = strip_attributes(heading);
    let plain = strip_number(heading);
    let whole = [heading, plain];
    if let Some(stage) = whole.iter().find_map(|form| named(model, form)) {
        return vec![stage];
    }
    let parts = split_parts(plain);
    if parts.len() > 1 {
        let stages = parts.iter().find_map(|part| {
            let found = named(model, part).or_else(|| named(model, strip_number(part)));
            found.map(|stage| vec![stage])
        });
        if let Some(stages) = stages {
            return stages;
        }
    }
    let first = parts.first().copied().unwrap_or(plain);
    let joined = joined_stages(model, first);
    if !joined.is_empty() {
        return joined;
    }
    qualified(model, first).into_iter().collect()
}

/// The stage with this name or synonym.
fn named(model: &ReflectionModel, heading: &str) -> Option<usize> {
    let words = heading_words(heading);
    if words.is_empty() {
        return None;
    }
    let is_named = |words: &str| {
        let mut stages = model.stages.iter();
        stages.position(|stage| stage.headings.iter().any(|known| known == words))
    };
    is_named(&words).or_else(|| {
        let (rest, last) = words.rsplit_once(' ')?;
        let is_kind = ["stage", "phase", "section", "part"].contains(&last);
        is_kind.then(|| is_named(rest)).flatten()
    })
}

/// Stages joined by "and" or "&"; a part that is no stage is ignored.
fn joined_stages(model: &ReflectionModel, heading: &str) -> Vec<usize> {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let mut stages = Vec::new();
    let mut parts = words.split(|word| ["and", "&", "+"].contains(&word.to_lowercase().as_str()));
    for stage in parts
        .by_ref()
        .filter_map(|part| named(model, &part.join(" ")))
    {
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    stages
}

/// The stage before a word such as "of": "Analysis of what happened".
fn qualified(model: &ReflectionModel, heading: &str) -> Option<usize> {
    const LINKING: [&str; 8] = ["of", "for", "about", "on", "from", "in", "to", "with"];
    let words: Vec<&str> = heading.split_whitespace().collect();
    let is_linking = |word: &&str| LINKING.contains(&word.to_lowercase().as_str());
    let at = words.iter().position(is_linking)?;
    named(model, &words[..at].join(" "))
}

/// Splits a heading at colons, brackets, slashes, and dashes that stand between spaces.
fn split_parts(heading: &str) -> Vec<&str> {
    let is_mark = |sign: char| matches!(sign, ':' | '(' | ')' | '/' | '|' | '–' | '—');
    let parts = heading.split(is_mark).flat_map(|part| part.split(" - "));
    let parts = parts.map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Removes a closing `{#id .class}`, which other tools read as attributes.
fn strip_attributes(heading: &str) -> &str {
    let heading = heading.trim();
    match heading.rfind('{') {
        Some(at) if at > 0 && heading.ends_with('}') => heading[..at].trim_end(),
        _ => heading,
    }
}

/// Removes a number at the beginning: `1.`, `iv)`, `(b)`, `Stage 2:`, `Step two -`.
fn strip_number(heading: &str) -> &str {
    const COUNTED: [&str; 8] = [
        "stage", "step", "part", "section", "phase", "question", "q", "no",
    ];
    let is_end = |sign: char| !sign.is_alphanumeric();
    let opened = heading.trim_start_matches(['(', '[', '#', '•', '-', ' ']);
    let end = opened.find(is_end).unwrap_or(opened.len());
    let (first, rest) = opened.split_at(end);
    let is_counted = COUNTED.contains(&first.to_lowercase().as_str());
    let (number, rest, is_marked) = if is_counted {
        let rest = rest.trim_start();
        let end = rest.find(is_end).unwrap_or(rest.len());
        let (number, rest) = rest.split_at(end);
        (number, rest, true)
    } else {
        // A letter or a Roman number alone is a word: "I felt".
        let is_marked = rest.starts_with(['.', ')', ']', ':']) || is_figures(first);
        (first, rest, is_marked)
    };
    if !is_marked || !is_number(number) {
        return heading;
    }
    let is_between = |sign: char| !sign.is_alphabetic();
    let rest = rest.trim_start_matches(is_between);
    if rest.is_empty() { heading } else { rest }
}

fn is_figures(word: &str) -> bool {
    // `1a` and `Q1` number, too.
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let digits = digits.trim_start_matches(['Q', 'q']);
    word.len() <= 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(word: &str) -> bool {
    const WORDS: [&str; 8] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    let lower = word.to_lowercase();
    let is_roman = !lower.is_empty() && lower.chars().all(|letter| "ivx".contains(letter));
    let is_letter = lower.len() == 1 && lower.chars().all(|letter| letter.is_ascii_lowercase());
    is_figures(&lower) || is_roman || is_letter || WORDS.contains(&lower.as_str())
}

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
        let stages = stages_of(model, heading).into_iter();
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
