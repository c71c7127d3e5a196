//! Blocks of a plain text: front matter, the text of a document, a name.

use crate::text::{ShownBlock, ShownText, Span};

/// The blocks of a range of `text`: paragraphs, and lines that begin like a list, a table, a heading
/// or a key.
pub(super) fn plain_blocks(text: &str, range: Span) -> Vec<ShownBlock> {
    let mut blocks = Vec::new();
    let mut add = |from: usize, to: usize| {
        let span = Span::new(from, to);
        let mut shown = ShownText::default();
        shown.push(span.of(text), span, text);
        if !shown.text().is_empty() {
            let is_heading = shown.text().starts_with("# ") || shown.text().starts_with("##");
            blocks.push(ShownBlock {
                is_heading,
                ..ShownBlock::new(shown)
            });
        }
    };
    let (mut from, mut at, mut after_own) = (range.start, range.start, false);
    for line in range.of(text).split_inclusive('\n') {
        let is_own = is_own_block(line);
        if at > from && (is_own || after_own) {
            add(from, at);
            from = at;
        }
        (at, after_own) = (at + line.len(), is_own);
    }
    add(from, range.end);
    blocks
}

/// Whether a line is empty, or begins like a list, a table, a heading or a key.
fn is_own_block(line: &str) -> bool {
    let first = line.trim_start();
    let has_key = || {
        let end = line.bytes().position(|byte| matches!(byte, b' ' | b'.'));
        end.is_some_and(|end| line[..end].ends_with(':') && line[end..].starts_with(' '))
    };
    first.is_empty() || first.starts_with(['#', '|', '>', '-', '*', '+']) || has_key()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_like_blocks_are_blocks() {
        let text = "# A\nb\nc  d\n\n| e |\nkey: v\nf";
        let blocks = plain_blocks(text, Span::new(0, text.len()));
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.text()).collect();
        assert_eq!(texts, ["# A", "b c d", "| e |", "key: v", "f"]);
        assert!(blocks[0].is_heading && !blocks[1].is_heading);
        let span = blocks[1].text.source_of(4..5)[0];
        assert_eq!(span.of(text), "d");
    }
}
