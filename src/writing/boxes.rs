//! The text of an entry as boxes: one for each stage of its reflection model, and what is between
//! them. Boxes never overlap, and nothing that a box leaves out is lost: headings, gaps, and the
//! comments with questions that a new entry has.

use super::notes::find_words;
use crate::model::{Entry, ReflectionModel, Section, Stage, StageModel};
use crate::parse;
use crate::resolve::read_sections;
use crate::text::{Source, Span};

/// The boxes of a body.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// Stages, in the order of the text; those that the text does not have are where the model has
    /// them.
    pub stages: Vec<StagePart>,
    /// Text that belongs to no stage, in order.
    pub other: Vec<OtherPart>,
    /// The end of the body.
    end: usize,
}

/// The text of a stage.
#[derive(Debug)]
pub(super) struct StagePart {
    /// The stage's index in the model.
    pub stage: usize,
    /// Its id, with a number from the second heading of the stage on.
    pub id: String,
    /// The heading, or else the name of the stage.
    pub title: String,
    /// The heading with all text up to the next box; empty, and where it would be, if it is missing.
    pub whole: Span,
    /// The text.
    pub text: Span,
    /// Whether the text has no such heading.
    pub is_missing: bool,
    /// The index of the part that has its text, if one heading means several stages.
    pub shares: Option<usize>,
    /// The number of its words.
    pub words: usize,
}

/// Text that belongs to no stage.
#[derive(Debug)]
pub(super) struct OtherPart {
    /// The text; of a comment, what is between its signs.
    pub text: Span,
    /// The comment that has it, signs included; `None` if it is no comment.
    pub comment: Option<Span>,
}

impl Boxes {
    /// The boxes of an entry with this text.
    pub(super) fn of(entry: &Entry, model: Option<&ReflectionModel>, text: &str) -> Self {
        let stages = &entry.reflection.stages;
        Self::of_sections(&entry.body.sections, stages, entry.body.span, model, text)
    }

    /// The boxes of a text that is no entry of a portfolio yet.
    pub(super) fn read(text: &str, model: Option<&ReflectionModel>) -> Self {
        let draft = parse::entry(&Source::new("entry.md", text)).value;
        let body = draft.body.span;
        let (sections, stages) = read_sections(draft.body, model);
        Self::of_sections(&sections, &stages, body, model, text)
    }

    fn of_sections(
        sections: &[Section],
        stages: &[Stage],
        body: Span,
        model: Option<&ReflectionModel>,
        text: &str,
    ) -> Self {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let body = Span::new(body.start.max(start), body.end);
        let mut boxes = Self {
            end: body.end,
            ..Self::default()
        };
        if let Some(model) = model {
            boxes.find_stages((sections, stages), model, text, body);
        }
        boxes.find_other(text, body);
        if let Some(model) = model {
            boxes.add_missing(model, body.end);
        }
        boxes
    }

    /// The boxes of a body without stages.
    #[cfg(test)]
    pub(super) fn of_body(text: &str, body: Span) -> Self {
        let mut boxes = Self {
            end: body.end,
            ..Self::default()
        };
        boxes.find_other(text, body);
        boxes
    }

    fn find_stages(
        &mut self,
        (sections, stages): (&[Section], &[Stage]),
        model: &ReflectionModel,
        text: &str,
        body: Span,
    ) {
        let mut is_stage = vec![false; sections.len()];
        for found in stages {
            is_stage[found.section] = true;
        }
        let mut earlier = vec![0; model.stages.len()];
        let mut part_of: Vec<Option<usize>> = vec![None; sections.len()];
        for found in stages {
            let section = &sections[found.section];
            let ends = |at: &usize| is_stage[*at] || sections[*at].rank <= section.rank;
            let next = (found.section + 1..sections.len()).find(ends);
            let end = next.map_or(body.end, |next| sections[next].span.start);
            let known = &model.stages[found.stage];
            let from = find_start(text, section.span.end, end, &known.prompts);
            let shares = part_of[found.section];
            part_of[found.section] = shares.or(Some(self.stages.len()));
            self.stages.push(StagePart {
                stage: found.stage,
                id: number_id(known, earlier[found.stage]),
                title: section.heading.clone(),
                whole: Span::new(section.span.start, end),
                text: Span::new(from, find_end(text, from, end, body.end)),
                is_missing: false,
                shares,
                words: section.words,
            });
            earlier[found.stage] += 1;
        }
    }

    /// Puts stages that the text does not have behind the one that comes before them in the model.
    fn add_missing(&mut self, model: &ReflectionModel, end: usize) {
        for (stage, known) in model.stages.iter().enumerate() {
            if self.stages.iter().any(|one| one.stage == stage) {
                continue;
            }
            let before = self.stages.iter().filter(|one| one.stage < stage);
            let before = before.max_by_key(|one| (one.stage, one.whole.end));
            let at = before.map_or(0, |before| {
                let id = &before.id;
                self.stages.iter().take_while(|one| one.id != *id).count() + 1
            });
            let place = match (before, self.stages.first()) {
                (Some(before), _) => before.whole.end,
                (None, Some(first)) => first.whole.start,
                (None, None) => end,
            };
            let missing = StagePart {
                stage,
                id: known.id.clone(),
                title: known.name.value.clone(),
                whole: Span::at(place),
                text: Span::at(place),
                is_missing: true,
                shares: None,
                words: 0,
            };
            self.stages.insert(at, missing);
            for one in &mut self.stages {
                // Parts behind the new one have moved.
                one.shares = one.shares.map(|part| part + usize::from(part >= at));
            }
        }
    }

    fn find_other(&mut self, text: &str, body: Span) {
        let mut gaps = Vec::new();
        let mut at = body.start;
        for part in self.stages.iter().filter(|part| part.shares.is_none()) {
            gaps.push(Span::new(at, part.whole.start));
            at = part.whole.end.max(at);
        }
        gaps.push(Span::new(at, body.end));
        for gap in gaps {
            let mut from = skip_blank_line(text, gap.start, gap.end);
            while let Some(comment) = find_comment(text, from, gap.end) {
                self.other.push(OtherPart {
                    text: find_words(text, comment),
                    comment: Some(comment),
                });
                let line = skip_line(text, comment.end, gap.end);
                from = skip_blank_line(text, line, gap.end);
            }
            let words = Span::new(from, find_end(text, from, gap.end, body.end));
            let is_only = self.stages.is_empty() && gap.end == body.end;
            if is_only || !words.of(text).trim().is_empty() {
                self.other.push(OtherPart {
                    text: words,
                    comment: None,
                });
            }
        }
    }

    /// The stage that a place is in.
    pub(super) fn stage_at(&self, place: usize) -> Option<&StagePart> {
        let after = self
            .stages
            .partition_point(|part| part.whole.start <= place);
        let holds = |part: &&StagePart| part.shares.is_none() && place < part.whole.end;
        // Behind it are only missing stages, and stages that share its heading.
        self.stages[..after].iter().rev().take(16).find(holds)
    }

    /// The line ends that the first words of an empty box need on both sides; none for other places.
    pub(super) fn gaps_at(&self, text: &str, place: Span) -> Option<(usize, usize)> {
        let is_empty = |span: Span| span.start == span.end;
        if !is_empty(place) {
            return None;
        }
        let stages = self.stages.iter().filter(|part| !part.is_missing);
        let stages = stages.map(|part| (part.text, part.whole.end));
        let other = self.other.iter().filter(|part| part.comment.is_none());
        let other = other.map(|part| (part.text, self.end));
        let (_, end) = stages.chain(other).find(|(text, _)| *text == place)?;
        Some(self.gaps_between(text, place.start, end))
    }

    /// The line ends that new text needs before it, and before what follows at `end`.
    pub(super) fn gaps_between(&self, text: &str, at: usize, end: usize) -> (usize, usize) {
        let before = text[..at].trim_end_matches(['\n', '\r']);
        let is_first = before.trim_start_matches('\u{feff}').is_empty();
        let above = if is_first {
            2
        } else {
            count_line_ends(&text[before.len()..at])
        };
        let rest = &text[at..end];
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let wanted = if end < self.end { 2 } else { 1 };
        let below = count_line_ends(&rest[..blank]);
        (
            2_usize.saturating_sub(above),
            usize::saturating_sub(wanted, below),
        )
    }

    /// Whether a place is the end of the body.
    pub(super) fn is_end(&self, place: usize) -> bool {
        place == self.end
    }

    /// The rank of the headings of stages: that of the first in the text, or else 2.
    pub(super) fn heading_marks(&self, text: &str) -> &'static str {
        let mut found = self.stages.iter().filter(|part| !part.is_missing);
        let marks = found.find_map(|part| {
            let heading = part.whole.of(text);
            let rank = heading.len() - heading.trim_start_matches('#').len();
            (rank > 0).then_some(rank)
        });
        &"######"[..marks.unwrap_or(2).min(6)]
    }
}

fn number_id(stage: &StageModel, earlier: usize) -> String {
    match earlier {
        0 => stage.id.clone(),
        earlier => format!("{}-{}", stage.id, earlier + 1),
    }
}

/// Where the text of a stage begins: behind its heading, a blank line, and a comment with the
/// questions of the stage, as `new` writes it.
fn find_start(text: &str, heading: usize, end: usize, prompts: &[String]) -> usize {
    let from = skip_blank_line(text, skip_line(text, heading, end), end);
    let Some(comment) = find_comment(text, from, end) else {
        return from;
    };
    let inner = comment.of(text);
    let inner = inner.trim_start_matches("<!--").trim_end_matches("-->");
    let lines = inner.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_prompt = |line: &str| {
        let mut prompts = prompts.iter();
        prompts.any(|prompt| prompt.replace("--", "–") == line)
    };
    if lines.clone().next().is_none() || !lines.into_iter().all(is_prompt) {
        return from;
    }
    skip_blank_line(text, skip_line(text, comment.end, end), end)
}

/// Where a text ends that goes to `end`: before the gap in front of the next heading, or before the
/// last line end of the file.
fn find_end(text: &str, from: usize, end: usize, body_end: usize) -> usize {
    let once = strip_line_end(text, from, end);
    if end == body_end {
        return once;
    }
    strip_line_end(text, from, once)
}

fn strip_line_end(text: &str, from: usize, end: usize) -> usize {
    let part = &text[from..end];
    let stripped = part.strip_suffix("\r\n");
    let stripped = stripped.or_else(|| part.strip_suffix(['\n', '\r']));
    from + stripped.map_or(part.len(), str::len)
}

/// Behind the line end of the line at `at`.
fn skip_line(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at.min(end)..end];
    let Some(found) = rest.find(['\n', '\r']) else {
        return end;
    };
    let length = if rest[found..].starts_with("\r\n") {
        2
    } else {
        1
    };
    at + found + length
}

/// Behind the line at `at`, if it is blank.
fn skip_blank_line(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at.min(end)..end];
    let words = rest.trim_start_matches([' ', '\t']);
    if words.starts_with(['\n', '\r']) {
        skip_line(text, at, end)
    } else {
        at
    }
}

/// A comment that begins at `at` and has its last line for itself.
fn find_comment(text: &str, at: usize, end: usize) -> Option<Span> {
    let rest = &text[at.min(end)..end];
    let inner = rest.strip_prefix("<!--")?;
    // These end a comment where it begins.
    if inner.starts_with('>') || inner.starts_with("->") {
        return None;
    }
    let length = 4 + inner.find("-->")? + 3;
    let line = rest[length..]
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default();
    line.trim().is_empty().then(|| Span::new(at, at + length))
}

/// The number of line ends in a text of nothing else.
fn count_line_ends(text: &str) -> usize {
    text.replace("\r\n", "\n").len()
}
