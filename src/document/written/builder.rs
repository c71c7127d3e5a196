//! Collects the blocks of a document while it is read.

use std::mem::take;
use std::sync::Arc;

use super::manuscript::{LeftBehind, TextBlock, TextCell, TextLook, TextPiece};

/// The deepest nested list.
const DEEPEST_LIST: u8 = 8;

/// The block that a paragraph becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    #[default]
    Plain,
    Title,
    Heading(u8),
    Quotation,
    Code,
    Item {
        level: u8,
        number: Option<u32>,
        list: u32,
    },
    /// A line of a table of contents.
    Dropped,
}

/// Blocks on one level: of the body, a cell, a text box or a note.
#[derive(Debug, Default)]
struct BlockLevel {
    blocks: Vec<TextBlock>,
    /// The text of paragraphs whose ends were deleted: it belongs to the next.
    carried: Vec<TextPiece>,
}

/// A paragraph that is read.
#[derive(Debug, Default)]
struct OpenLine {
    pieces: Vec<TextPiece>,
    /// Blocks of text boxes that are anchored in it.
    after: Vec<TextBlock>,
}

/// A table that is read.
#[derive(Debug, Default)]
struct TextTable {
    rows: Vec<Vec<TextCell>>,
    row: Vec<TextCell>,
}

/// Collects blocks.
#[derive(Debug, Default)]
pub(super) struct BlockBuilder {
    levels: Vec<BlockLevel>,
    lines: Vec<OpenLine>,
    tables: Vec<TextTable>,
    /// Counts of contents that are not text.
    pub(super) left: LeftBehind,
}

impl BlockBuilder {
    /// Begins with these counts.
    pub(super) fn counting_on(left: LeftBehind) -> Self {
        Self {
            left,
            ..Self::default()
        }
    }

    /// Opens the body, a cell, a text box or a note.
    pub(super) fn open_level(&mut self) {
        self.levels.push(BlockLevel::default());
    }

    /// Ends it, and returns its blocks.
    pub(super) fn close_level(&mut self) -> Vec<TextBlock> {
        let mut level = self.levels.pop().unwrap_or_default();
        if let Some(text) = trimmed(level.carried) {
            level.blocks.push(TextBlock::Paragraph(text));
        }
        level.blocks
    }

    /// Adds finished blocks after the open paragraph, or here if there is none.
    pub(super) fn add_blocks(&mut self, blocks: Vec<TextBlock>) {
        match (self.lines.last_mut(), self.levels.last_mut()) {
            (Some(line), _) => line.after.extend(blocks),
            (None, Some(level)) => level.blocks.extend(blocks),
            (None, None) => {}
        }
    }

    pub(super) fn open_paragraph(&mut self) {
        self.lines.push(OpenLine::default());
    }

    /// Ends a paragraph. `joins_next`: its end was deleted.
    pub(super) fn close_paragraph(&mut self, kind: &ParagraphKind, joins_next: bool) {
        let Some(line) = self.lines.pop() else { return };
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        let mut text = take(&mut level.carried);
        for piece in line.pieces {
            push_piece(&mut text, piece);
        }
        if joins_next && line.after.is_empty() {
            level.carried = text;
            return;
        }
        level.blocks.extend(finished(text, kind));
        level.blocks.extend(line.after);
    }

    /// Adds words to the open paragraph.
    pub(super) fn add_words(&mut self, text: &str, look: TextLook, link: Option<Arc<str>>) {
        if !text.is_empty() {
            let text = text.to_owned();
            self.add_piece(TextPiece::Words { text, look, link });
        }
    }

    /// Adds a piece to the open paragraph.
    pub(super) fn add_piece(&mut self, piece: TextPiece) {
        if let Some(line) = self.lines.last_mut() {
            push_piece(&mut line.pieces, piece);
        }
    }

    pub(super) fn open_table(&mut self) {
        self.tables.push(TextTable::default());
    }

    /// Adds a cell to the open row.
    pub(super) fn add_cell(&mut self, blocks: Vec<TextBlock>, columns: usize) {
        if let Some(table) = self.tables.last_mut() {
            table.row.push(TextCell {
                blocks,
                columns: columns.max(1),
            });
        }
    }

    /// Ends a row, which is kept or dropped.
    pub(super) fn close_row(&mut self, is_kept: bool) {
        if let Some(table) = self.tables.last_mut() {
            let row = take(&mut table.row);
            if is_kept && !row.is_empty() {
                table.rows.push(row);
            }
        }
    }

    pub(super) fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        let mut cells = table.rows.iter().flatten();
        if cells.any(|cell| !cell.blocks.is_empty()) {
            self.add_blocks(vec![TextBlock::Table(table.rows)]);
        }
    }
}

/// Adds a piece, joined to the one before if both look alike.
fn push_piece(pieces: &mut Vec<TextPiece>, piece: TextPiece) {
    if let TextPiece::Words { text, look, link } = &piece
        && let Some(TextPiece::Words {
            text: before,
            look: look_before,
            link: link_before,
        }) = pieces.last_mut()
        && look == look_before
        && link == link_before
    {
        before.push_str(text);
    } else {
        pieces.push(piece);
    }
}

/// The block of a paragraph; `None` if it is empty.
fn finished(text: Vec<TextPiece>, kind: &ParagraphKind) -> Option<TextBlock> {
    if let ParagraphKind::Code = kind {
        let mut code = String::new();
        for piece in &text {
            match piece {
                TextPiece::Words { text, .. } => code.push_str(text),
                TextPiece::LineBreak => code.push('\n'),
                TextPiece::Note(_) | TextPiece::Picture(_) => {}
            }
        }
        return Some(TextBlock::Code(code));
    }
    let text = trimmed(text)?;
    Some(match *kind {
        ParagraphKind::Dropped => return None,
        ParagraphKind::Plain | ParagraphKind::Code => TextBlock::Paragraph(text),
        ParagraphKind::Title => TextBlock::Title(text),
        ParagraphKind::Heading(level) => TextBlock::Heading { level, text },
        ParagraphKind::Quotation => TextBlock::Quotation(text),
        ParagraphKind::Item {
            level,
            number,
            list,
        } => TextBlock::Item {
            level: level.min(DEEPEST_LIST),
            number,
            list,
            text,
        },
    })
}

/// Pieces without spaces and line ends around them; `None` if nothing is left.
fn trimmed(mut pieces: Vec<TextPiece>) -> Option<Vec<TextPiece>> {
    let is_blank = |piece: &TextPiece| match piece {
        TextPiece::Words { text, .. } => text.trim().is_empty(),
        TextPiece::LineBreak => true,
        TextPiece::Note(_) | TextPiece::Picture(_) => false,
    };
    while pieces.last().is_some_and(is_blank) {
        pieces.pop();
    }
    let first = pieces.iter().position(|piece| !is_blank(piece))?;
    pieces.drain(..first);
    if let Some(TextPiece::Words { text, .. }) = pieces.first_mut() {
        text.drain(..text.len() - text.trim_start().len());
    }
    if let Some(TextPiece::Words { text, .. }) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
    }
    Some(pieces)
}
