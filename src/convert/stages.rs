//! Finds the stages of a reflection model in a document, and its title.

use crate::document::{TextBlock, TextLook, TextPiece, plain_words};
use crate::model::ReflectionModel;
use crate::privacy::has_identifier;

/// Levels below the page's title.
const FIRST_LEVEL: u8 = 2;

/// The blocks among which a heading can be the title.
const TITLE_BLOCKS: usize = 4;

/// The most words of a title.
const LONGEST_TITLE: usize = 25;

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

/// The title of a document, and the rest of its blocks. A heading that names a stage is no title; one
/// that may identify a person stays in the text.
pub(super) fn take_title(
    blocks: &mut Vec<TextBlock>,
    is_stage: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let is_title = |block: &TextBlock| matches!(block, TextBlock::Title(_));
    let is_heading = |block: &TextBlock| matches!(block, TextBlock::Heading { .. });
    let near = &blocks[..blocks.len().min(TITLE_BLOCKS)];
    let at = blocks
        .iter()
        .position(is_title)
        .or_else(|| near.iter().position(is_heading))
        .or_else(|| bold_title(blocks))?;
    let pieces = blocks[at].pieces();
    let title = plain_words(pieces);
    let words = title.split_whitespace().count();
    let is_plain = !pieces
        .iter()
        .any(|piece| matches!(piece, TextPiece::Note(_) | TextPiece::Picture(_)));
    let fits = (1..=LONGEST_TITLE).contains(&words) && is_plain;
    if !fits || is_stage(&title) || has_identifier(&title) {
        return None;
    }
    blocks.remove(at);
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Words that say what kind of document it is, and not what it is about.
const GENERIC: [&str; 24] = [
    "a",
    "account",
    "apprentice",
    "cycle",
    "diary",
    "driscoll",
    "entry",
    "evidence",
    "form",
    "gibbs",
    "journal",
    "kolb",
    "learning",
    "log",
    "model",
    "my",
    "of",
    "reflection",
    "reflective",
    "s",
    "statement",
    "template",
    "the",
    "weekly",
];

/// The index of a first paragraph that is one bold line, as many write a title.
fn bold_title(blocks: &[TextBlock]) -> Option<usize> {
    let is_empty = |block: &TextBlock| block.words().trim().is_empty();
    let at = blocks.iter().position(|block| !is_empty(block))?;
    let TextBlock::Paragraph(text) = &blocks[at] else {
        return None;
    };
    let words = plain_words(text).to_lowercase();
    let is_label = words.trim_end().ends_with([':', '.', '?']);
    let mut named = words.split(|letter: char| !letter.is_alphanumeric());
    let says_more = named.any(|word| !word.is_empty() && !GENERIC.contains(&word));
    let is_title = is_bold(text) && !is_label && says_more && at + 1 < blocks.len();
    is_title.then_some(at)
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
fn line_words(block: &TextBlock) -> Option<String> {
    match block {
        TextBlock::Heading { text, .. } | TextBlock::Title(text) => Some(plain_words(text)),
        TextBlock::Paragraph(text) => {
            let words = plain_words(text);
            let is_short = words.split_whitespace().count() <= 12;
            if is_short {
                Some(words)
            } else {
                lead(text).map(|(words, _)| words)
            }
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
    let mut stages = FoundStages::default();
    let find = |words: &str| model.and_then(|model| find_stage(model, words));
    let is_line = |block: &&TextBlock| matches!(block, TextBlock::Paragraph(text) if find(&plain_words(text)).is_some());
    let several = blocks.iter().filter(is_line).count() > 1;
    let mut marked = Vec::with_capacity(blocks.len());
    for block in blocks {
        let TextBlock::Paragraph(text) = block else {
            marked.push(block);
            continue;
        };
        let words = plain_words(&text);
        let is_marked = is_bold(&text) || words.ends_with(':') || several;
        if is_marked && find(&words).is_some() {
            stages.made.push(trim_colon(&words));
            marked.push(stage_heading(&words));
        } else if let Some((label, rest)) = lead(&text).filter(|(label, _)| find(label).is_some()) {
            stages.made.push(trim_colon(&label));
            marked.push(stage_heading(&label));
            marked.push(TextBlock::Paragraph(rest));
        } else {
            marked.push(TextBlock::Paragraph(text));
        }
    }
    let level_of_stage = |block: &TextBlock| match block {
        TextBlock::Heading { level, text } if find(&plain_words(text)).is_some() => Some(*level),
        _ => None,
    };
    let level_of = |block: &TextBlock| match block {
        TextBlock::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let base = marked.iter().filter_map(level_of_stage).min();
    let base = base.or_else(|| marked.iter().filter_map(level_of).min());
    let base = base.unwrap_or(FIRST_LEVEL);
    for block in &mut marked {
        if let Some(stage) = find(&block.words()).filter(|_| level_of(block).is_some()) {
            stages.found.push(stage);
        }
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
    stages.found.sort_unstable();
    stages.found.dedup();
    (marked, stages)
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
fn is_bold(text: &[TextPiece]) -> bool {
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
