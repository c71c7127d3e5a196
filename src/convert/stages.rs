//! Finds the stages of a reflection model in a document.

use std::collections::BTreeSet;

use crate::document::{TextBlock, TextLook, TextPiece, plain_words};
use crate::model::ReflectionModel;

/// Levels below the page's title.
const FIRST_LEVEL: u8 = 2;

/// The most words of a line that can name a stage.
const LONGEST_STAGE: usize = 8;

/// The stage of a model that words name. A sentence names none: "Analysis of the urine was clear."
pub(super) fn find_stage(model: &ReflectionModel, words: &str) -> Option<usize> {
    let is_sentence = words.trim_end().ends_with('.');
    let is_long = words.split_whitespace().nth(LONGEST_STAGE).is_some();
    if is_sentence || is_long {
        return None;
    }
    model.stages_of(words).first().copied()
}

/// The model whose stages most headings name: the one that is wanted, or else the first of the best.
pub(super) fn choose_model(
    blocks: &[TextBlock],
    models: &[ReflectionModel],
    wanted: Option<usize>,
    default: usize,
) -> Option<usize> {
    if wanted.is_some() {
        return wanted;
    }
    let named: Vec<String> = blocks.iter().filter_map(line_words).collect();
    let count = |model: &ReflectionModel| {
        let mut stages: Vec<usize> = named
            .iter()
            .filter_map(|line| find_stage(model, line))
            .collect();
        stages.sort_unstable();
        stages.dedup();
        stages.len()
    };
    let best = models.iter().map(count).max().unwrap_or_default();
    let default = models.get(default).map(|_| default);
    if best == 0 || default.is_some_and(|at| count(&models[at]) == best) {
        return default;
    }
    models.iter().position(|model| count(model) == best)
}

/// The words of a block that may name a stage: a heading, or a paragraph that is short or begins with
/// a label.
pub(super) fn line_words(block: &TextBlock) -> Option<String> {
    match block {
        TextBlock::Heading { text, .. } | TextBlock::Title(text) => Some(plain_words(text)),
        TextBlock::Item { text, .. } if is_bold(text) => Some(plain_words(text)),
        TextBlock::Paragraph(text) => {
            if let Some((label, _)) = lead(text).or_else(|| plain_lead(text)) {
                return Some(label);
            }
            let words = plain_words(text);
            let is_short = words.split_whitespace().count() <= 12;
            is_short.then_some(words)
        }
        _ => None,
    }
}

/// The stages of a document.
#[derive(Debug, Default)]
pub(super) struct FoundStages {
    /// Indexes of stages that have a heading, in the model's order.
    pub(super) found: Vec<usize>,
    /// Lines of text that were made headings.
    pub(super) made: Vec<String>,
}

/// Makes headings of lines that name a stage, and brings all headings below the page's title.
pub(super) fn mark_stages(
    blocks: Vec<TextBlock>,
    model: Option<&ReflectionModel>,
) -> (Vec<TextBlock>, FoundStages) {
    let find = |words: &str| model.and_then(|model| find_stage(model, words));
    let signs = StageSigns::of(&blocks, &find);
    let mut stages = FoundStages::default();
    let mut marked: Vec<TextBlock> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match signs.read(&block, marked.last(), &find) {
            Some((label, rest)) => {
                stages.made.push(trim_colon(&label));
                marked.push(stage_heading(&label));
                marked.extend(rest.map(TextBlock::Paragraph));
            }
            None => marked.push(block),
        }
    }
    set_levels(&mut marked, &find);
    let headings = marked
        .iter()
        .filter(|block| matches!(block, TextBlock::Heading { .. }));
    stages.found = headings.filter_map(|block| find(&block.words())).collect();
    stages.found.sort_unstable();
    stages.found.dedup();
    (marked, stages)
}

/// The ways in which lines of a document name its stages. One line without a sign of its own may be
/// anything; several that name stages are headings.
struct StageSigns {
    /// Lines that are nothing but the name of a stage.
    lines: bool,
    /// Labels before a text: `Feelings: I was …`.
    labels: bool,
    /// Bold items of a list, as Word numbers headings.
    items: bool,
}

impl StageSigns {
    fn of(blocks: &[TextBlock], find: &dyn Fn(&str) -> Option<usize>) -> Self {
        let are_several = |stage_of: &dyn Fn(&TextBlock) -> Option<usize>| {
            let named: BTreeSet<usize> = blocks.iter().filter_map(stage_of).collect();
            named.len() > 1
        };
        let is_line = |block: &&TextBlock| matches!(block, TextBlock::Paragraph(text) if find(&plain_words(text)).is_some());
        Self {
            lines: blocks.iter().filter(is_line).count() > 1,
            labels: are_several(&|block| match block {
                TextBlock::Paragraph(text) => plain_lead(text).and_then(|(label, _)| find(&label)),
                _ => None,
            }),
            items: are_several(&|block| match block {
                TextBlock::Item { text, .. } if is_bold(text) => find(&plain_words(text)),
                _ => None,
            }),
        }
    }

    /// The words of a block that are a heading, and the text behind them; `None` if it stays.
    fn read(
        &self,
        block: &TextBlock,
        before: Option<&TextBlock>,
        find: &dyn Fn(&str) -> Option<usize>,
    ) -> Option<(String, Option<Vec<TextPiece>>)> {
        let text = match block {
            TextBlock::Paragraph(text) => text,
            TextBlock::Item { text, .. } if self.items && is_bold(text) => text,
            _ => return None,
        };
        let words = plain_words(text);
        let stage = find(&words);
        if matches!(block, TextBlock::Item { .. }) {
            return stage.map(|_| (words, None));
        }
        // The question of a template stays below its stage.
        let is_asked = words.trim_end().ends_with('?') && !is_bold(text);
        let is_below = before.is_some_and(|before| {
            matches!(before, TextBlock::Heading { .. }) && find(&before.words()) == stage
        });
        let is_marked = is_bold(text) || words.ends_with(':') || self.lines;
        if stage.is_some() && is_marked && !(is_asked && is_below) {
            return Some((words, None));
        }
        let label = lead(text).or_else(|| plain_lead(text).filter(|_| self.labels));
        let (label, rest) = label.filter(|(label, _)| find(label).is_some())?;
        Some((label, Some(rest)))
    }
}

/// Brings headings below the page's title: those of stages, or the highest, to the first level.
fn set_levels(blocks: &mut [TextBlock], find: &dyn Fn(&str) -> Option<usize>) {
    let level_of = |block: &TextBlock| match block {
        TextBlock::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let is_stage = |block: &&TextBlock| find(&block.words()).is_some();
    let base = blocks.iter().filter(is_stage).filter_map(level_of).min();
    let base = base.or_else(|| blocks.iter().filter_map(level_of).min());
    let base = base.unwrap_or(FIRST_LEVEL);
    for block in blocks {
        match block {
            TextBlock::Heading { level, .. } => {
                *level = (level.saturating_sub(base) + FIRST_LEVEL).min(6);
            }
            TextBlock::Title(text) => {
                let text = std::mem::take(text);
                *block = TextBlock::Heading {
                    level: FIRST_LEVEL,
                    text,
                };
            }
            _ => {}
        }
    }
}

fn trim_colon(words: &str) -> String {
    words.trim().trim_end_matches(':').trim_end().to_owned()
}

fn stage_heading(words: &str) -> TextBlock {
    let text = vec![TextPiece::Words {
        text: trim_colon(words),
        look: TextLook::default(),
        link: None,
    }];
    TextBlock::Heading {
        level: FIRST_LEVEL,
        text,
    }
}

/// Whether all words are bold.
pub(super) fn is_bold(text: &[TextPiece]) -> bool {
    let is_bold = |piece: &TextPiece| match piece {
        TextPiece::Words { text, look, .. } => look.bold || text.trim().is_empty(),
        _ => false,
    };
    text.iter().all(is_bold)
}

/// A bold label at the beginning of a paragraph, with the rest: `**Feelings:** I was …`.
fn lead(text: &[TextPiece]) -> Option<(String, Vec<TextPiece>)> {
    let (
        TextPiece::Words {
            text: label, look, ..
        },
        rest,
    ) = text.split_first()?
    else {
        return None;
    };
    if !look.bold || rest.is_empty() || label.split_whitespace().count() > 12 {
        return None;
    }
    let mut rest = rest.to_vec();
    while let Some(TextPiece::LineBreak) = rest.first() {
        rest.remove(0);
    }
    let is_lead = |letter: char| letter.is_whitespace() || matches!(letter, ':' | '-' | '–');
    if let Some(TextPiece::Words { text, .. }) = rest.first_mut() {
        text.drain(..text.len() - text.trim_start_matches(is_lead).len());
    }
    rest.retain(|piece| !matches!(piece, TextPiece::Words { text, .. } if text.is_empty()));
    (!rest.is_empty()).then(|| (label.clone(), rest))
}

/// A label at the beginning of a paragraph that nothing but its colon marks, with the rest:
/// `Feelings: I was …`.
fn plain_lead(text: &[TextPiece]) -> Option<(String, Vec<TextPiece>)> {
    let (TextPiece::Words { text: words, .. }, _) = text.split_first()? else {
        return None;
    };
    let (label, after) = words.split_once(':')?;
    let is_short = label.split_whitespace().nth(LONGEST_STAGE).is_none();
    let after = after.trim_start().to_owned();
    let has_rest = !after.is_empty() || text.len() > 1;
    if label.trim().is_empty() || !is_short || !has_rest {
        return None;
    }
    let label = label.to_owned();
    let mut rest = text.to_vec();
    if let Some(TextPiece::Words { text, .. }) = rest.first_mut() {
        *text = after;
    }
    rest.retain(|piece| !matches!(piece, TextPiece::Words { text, .. } if text.is_empty()));
    Some((label, rest))
}
