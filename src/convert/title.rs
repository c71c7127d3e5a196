//! Finds the title of a document.

use super::stages::{is_bold, line_words};
use crate::document::{TextBlock, TextPiece, plain_words};
use crate::privacy::has_identifier;

/// The blocks among which a heading can be the title.
const TITLE_BLOCKS: usize = 4;

/// The blocks among which a line can be labelled as the title.
const LABELLED_BLOCKS: usize = 12;

/// The most words of a title.
const LONGEST_TITLE: usize = 25;

/// The title of a document, and the rest of its blocks. A heading that names a stage is no title,
/// unless no other line names one; one that may identify a person stays in the text.
pub(super) fn take_title(
    blocks: &mut Vec<TextBlock>,
    is_stage: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let is_title = |block: &TextBlock| matches!(block, TextBlock::Title(_));
    let is_heading = |block: &TextBlock| matches!(block, TextBlock::Heading { .. });
    let near = &blocks[..blocks.len().min(TITLE_BLOCKS)];
    let (bold, heading) = (bold_title(blocks), near.iter().position(is_heading));
    let first = match (bold, heading) {
        (Some(bold), Some(heading)) => Some(bold.min(heading)),
        (bold, heading) => bold.or(heading),
    };
    let at = blocks.iter().position(is_title).or(first);
    let labelled = labelled_title(blocks, is_stage);
    let Some(at) = at else {
        return labelled;
    };
    let pieces = blocks[at].pieces();
    let title = plain_words(pieces);
    if let (Some(labelled), false) = (labelled, says_more(&title)) {
        // `Reflective account template` is no title beside `Title of reflection: Lunch`.
        if !is_stage(&title) && !has_identifier(&title) {
            blocks.remove(at);
        }
        return Some(labelled);
    }
    let is_plain = !pieces
        .iter()
        .any(|piece| matches!(piece, TextPiece::Note(_) | TextPiece::Picture(_)));
    let others = blocks.iter().enumerate().filter(|(other, _)| *other != at);
    let names_stage = is_stage(&title)
        && (title.split_whitespace().nth(3).is_none()
            || others
                .filter_map(|(_, block)| line_words(block))
                .any(|line| is_stage(&line)));
    if !fits(&title) || !is_plain || names_stage || has_identifier(&title) {
        return None;
    }
    blocks.remove(at);
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn fits(title: &str) -> bool {
    (1..=LONGEST_TITLE).contains(&title.split_whitespace().count())
}

/// The title after its label, as forms have it: `Title of reflection: Lunch`. The line stays.
fn labelled_title(blocks: &[TextBlock], is_stage: &dyn Fn(&str) -> bool) -> Option<String> {
    const LABELS: [&str; 9] = [
        "title of reflection",
        "title of entry",
        "title of activity",
        "title of evidence",
        "title of account",
        "reflection title",
        "activity title",
        "evidence title",
        "topic",
    ];
    let near = blocks.iter().take(LABELLED_BLOCKS);
    near.filter(|block| matches!(block, TextBlock::Paragraph(_)))
        .find_map(|block| {
            let words = block.words();
            let (label, title) = words.split_once([':', '\t'])?;
            let label = label.trim().to_lowercase();
            // `Title: Mrs` is about a person.
            let is_named = LABELS.contains(&label.as_str())
                || label == "title" && title.split_whitespace().nth(1).is_some();
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_clean = fits(&title) && !is_stage(&title) && !has_identifier(&title);
            (is_named && is_clean).then_some(title)
        })
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

/// Whether a title says what a document is about.
fn says_more(title: &str) -> bool {
    let words = title.to_lowercase();
    let mut named = words.split(|letter: char| !letter.is_alphanumeric());
    named.any(|word| !word.is_empty() && !GENERIC.contains(&word))
}

/// The index of a first paragraph that is one bold line, as many write a title. Lines of a form may
/// be before it: `Date: 11 March 2026`.
fn bold_title(blocks: &[TextBlock]) -> Option<usize> {
    let is_empty = |block: &TextBlock| block.words().trim().is_empty();
    let is_of_form = |block: &TextBlock| match block {
        TextBlock::Paragraph(text) => !is_bold(text) && is_labelled(&plain_words(text)),
        _ => false,
    };
    let near = blocks.iter().take(LABELLED_BLOCKS);
    let at = near
        .enumerate()
        .find(|(_, block)| !is_empty(block) && !is_of_form(block))?
        .0;
    let TextBlock::Paragraph(text) = &blocks[at] else {
        return None;
    };
    let words = plain_words(text).to_lowercase();
    let is_label = words.trim_end().ends_with([':', '.', '?']);
    let is_title = is_bold(text) && !is_label && says_more(&words) && at + 1 < blocks.len();
    is_title.then_some(at)
}

/// Whether a line is a short label with a short value.
fn is_labelled(line: &str) -> bool {
    let is_short = line.split_whitespace().nth(9).is_none();
    let label = line.split_once([':', '\t']).map(|(label, _)| label);
    label.is_some_and(|label| is_short && label.split_whitespace().nth(3).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextLook;

    fn line(text: &str, bold: bool) -> TextBlock {
        let look = TextLook {
            bold,
            ..TextLook::default()
        };
        let text = text.to_owned();
        TextBlock::Paragraph(vec![TextPiece::Words {
            text,
            look,
            link: None,
        }])
    }

    #[test]
    fn a_title_is_labelled_bold_or_below_the_lines_of_a_form() {
        let is_stage = |words: &str| words.starts_with("Feelings") || words.contains("what I do");
        let title = |lines: &[(&str, bool)]| {
            let mut blocks: Vec<TextBlock> =
                lines.iter().map(|(text, bold)| line(text, *bold)).collect();
            take_title(&mut blocks, &is_stage)
        };
        let words = ("Words of the text.", false);
        for (lines, expected) in [
            (
                vec![
                    ("Name: AP-2", false),
                    ("Date: today", false),
                    ("Lunch", true),
                    words,
                ],
                Some("Lunch"),
            ),
            (
                vec![
                    ("My reflective account", true),
                    ("Topic: Lunch", false),
                    words,
                ],
                Some("Lunch"),
            ),
            (
                vec![("Title of reflection:\tLunch", false), words],
                Some("Lunch"),
            ),
            (vec![("Title: Mrs", false), words], None),
            (
                vec![("Hygiene: what I do", true), words],
                Some("Hygiene: what I do"),
            ),
            (
                vec![("Hygiene: what I do", true), ("Feelings", true), words],
                None,
            ),
            (vec![("Feelings", true), words], None),
        ] {
            assert_eq!(title(&lines).as_deref(), expected, "{lines:?}");
        }
    }
}
