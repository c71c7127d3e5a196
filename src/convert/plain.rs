//! Plain text: its lines as blocks.

use crate::document::{TextBlock, TextCell, TextLook, TextPiece};
use crate::parse::BULLETS;

/// Lines of about this length were broken by a program, and go together.
const BROKEN_LINES: std::ops::RangeInclusive<usize> = 50..=100;

/// Whether a text is Markdown: it has front matter, a heading, a link or bold words.
pub(super) fn is_markdown(text: &str) -> bool {
    let is_heading = |line: &str| {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        (1..=6).contains(&level) && line[level..].starts_with(' ')
    };
    let is_marked = |line: &str| line.contains("](") || line.contains("[[") || line.contains("**");
    text.starts_with("---\n") || text.lines().any(|line| is_heading(line) || is_marked(line))
}

/// The blocks of a plain text.
pub(super) fn blocks(text: &str) -> Vec<TextBlock> {
    let mut out = Vec::new();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    for group in lines.split(|line| line.trim().is_empty()) {
        if group.is_empty() {
            continue;
        }
        let (last, before) = (group[group.len() - 1], &group[..group.len() - 1]);
        let length = |line: &&str| line.chars().count();
        let are_broken = !before.is_empty()
            && before
                .iter()
                .all(|line| BROKEN_LINES.contains(&length(line)))
            && length(&last) <= *BROKEN_LINES.end()
            && !group.iter().any(|line| item(line).is_some());
        if are_broken {
            out.push(paragraph(&group.join(" ")));
        } else {
            add_lines(group, &mut out);
        }
    }
    out
}

/// Makes items of paragraphs that begin with the sign of a list. A hyphen alone may be a dash, so it
/// needs another item beside it.
pub(super) fn mark_items(mut blocks: Vec<TextBlock>) -> Vec<TextBlock> {
    let marks: Vec<Option<ItemMark>> = blocks.iter().map(find_mark).collect();
    let is_item = |at: usize| marks.get(at).is_some_and(Option::is_some);
    for (at, block) in blocks.iter_mut().enumerate() {
        let Some(mark) = &marks[at] else { continue };
        let has_neighbour = is_item(at + 1) || (at > 0 && is_item(at - 1));
        if let TextBlock::Paragraph(pieces) = block
            && (mark.is_sure || has_neighbour)
        {
            *block = TextBlock::Item {
                level: 0,
                number: None,
                list: 0,
                text: without_mark(std::mem::take(pieces), mark.length),
            };
        }
    }
    blocks
}

/// The sign of a list at the beginning of a paragraph.
struct ItemMark {
    /// Its length in bytes, with spaces before it.
    length: usize,
    /// Whether it can be nothing else.
    is_sure: bool,
}

fn find_mark(block: &TextBlock) -> Option<ItemMark> {
    let TextBlock::Paragraph(pieces) = block else {
        return None;
    };
    let TextPiece::Words { text, .. } = pieces.first()? else {
        return None;
    };
    let words = text.trim_start();
    let sign = words.chars().next()?;
    let is_sure = BULLETS.contains(&sign);
    let is_hyphen = ["- ", "– ", "o "]
        .iter()
        .any(|mark| words.starts_with(mark));
    (is_sure || is_hyphen).then(|| ItemMark {
        length: text.len() - words.len() + sign.len_utf8(),
        is_sure,
    })
}

fn without_mark(mut pieces: Vec<TextPiece>, length: usize) -> Vec<TextPiece> {
    let mut cut = length;
    while let Some(TextPiece::Words { text, .. }) = pieces.first_mut() {
        text.drain(..cut);
        text.drain(..text.len() - text.trim_start().len());
        if !text.is_empty() {
            break;
        }
        pieces.remove(0);
        cut = 0;
    }
    pieces
}

fn add_lines(lines: &[&str], out: &mut Vec<TextBlock>) {
    let columns = |line: &&str| line.trim().split('\t').count();
    for group in lines.chunk_by(|a, b| columns(a) == columns(b) && item(a).is_none()) {
        let is_table = group.len() > 1 && columns(&group[0]) > 1 && item(group[0]).is_none();
        if is_table {
            let cell = |text: &str| TextCell {
                blocks: vec![paragraph(text)],
                columns: 1,
            };
            let row = |line: &&str| line.trim().split('\t').map(cell).collect();
            out.push(TextBlock::Table(group.iter().map(row).collect()));
        } else {
            out.extend(
                group
                    .iter()
                    .map(|line| item(line).unwrap_or_else(|| paragraph(line))),
            );
        }
    }
}

fn pieces(text: &str) -> Vec<TextPiece> {
    vec![TextPiece::Words {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        look: TextLook::default(),
        link: None,
    }]
}

fn paragraph(text: &str) -> TextBlock {
    TextBlock::Paragraph(pieces(text))
}

/// An item of a list, as people and Word mark it.
fn item(line: &str) -> Option<TextBlock> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let bullets = [
        "- ",
        "* ",
        "+ ",
        "• ",
        "•\t",
        "·\t",
        "o\t",
        "▪ ",
        "▪\t",
        "– ",
        "-\t",
        "\u{f0b7}\t",
    ];
    let bullet = bullets.iter().find_map(|mark| text.strip_prefix(mark));
    let numbered = || {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = text[digits..].strip_prefix(['.', ')'])?;
        let rest = rest.strip_prefix([' ', '\t'])?;
        Some((text[..digits].parse::<u32>().ok()?, rest)).filter(|_| digits <= 3)
    };
    let (number, rest) = match bullet {
        Some(rest) => (None, rest),
        None => numbered().map(|(number, rest)| (Some(number), rest))?,
    };
    Some(TextBlock::Item {
        level: u8::try_from(indent / 2).unwrap_or(8).min(8),
        number,
        list: u32::from(number.is_some()),
        text: pieces(rest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_lists_make_items_and_a_lone_dash_does_not() {
        let marked = |lines: &[&str]| {
            let blocks = mark_items(lines.iter().map(|line| paragraph(line)).collect());
            let kind = |block: &TextBlock| match block {
                TextBlock::Item { .. } => format!("[{}]", block.words()),
                _ => block.words(),
            };
            blocks.iter().map(kind).collect::<Vec<_>>().join(" ")
        };
        for (lines, expected) in [
            (&["Steps", "• Wash", "·Dry"][..], "Steps [Wash] [Dry]"),
            (&["- one", "- two"], "[one] [two]"),
            (&["▪ one", "o two"], "[one] [two]"),
            (&["- a dash", "words"], "- a dash words"),
            (&["o well", "-5 degrees"], "o well -5 degrees"),
            (&["•"], "[]"),
        ] {
            assert_eq!(marked(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn lines_become_paragraphs_items_and_tables() {
        let text = "Feelings\nI was calm.\n\n•\tone\n•\ttwo\n\na\tb\nc\td\n";
        let kinds: Vec<&str> = blocks(text)
            .iter()
            .map(|block| match block {
                TextBlock::Paragraph(_) => "p",
                TextBlock::Item { .. } => "li",
                TextBlock::Table(_) => "table",
                _ => "",
            })
            .collect();
        assert_eq!(kinds, ["p", "p", "li", "li", "table"]);
        let broken = "The first line of a paragraph that a program has broken\nin the middle.";
        assert_eq!(blocks(broken).len(), 1);
    }
}
