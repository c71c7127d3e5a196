//! The blocks of a body as they are shown, for the search for identifiers.

use std::mem::take;

use crate::text::{ShownBlock, ShownText, Span};

/// The most words of a block that can be the label of the block after it.
const LONGEST_LABEL: usize = 4;

/// The most words of a block that is not a number and can have a label.
const LONGEST_LABELLED: usize = 6;

/// The digits of a number that is not that of an item.
const LEAST_DIGITS: usize = 3;

/// Gathers the blocks of a body.
///
/// A row of a table is a block, so that its first cell is read together with the others, and each of
/// its cells is another, with the heading of its column as label.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    all: Vec<ShownBlock>,
    /// The open HTML block, without its tags and comments.
    pub html: ShownText,
    /// The headings of the columns of the open table.
    columns: Vec<String>,
    /// The cells of the open row, and the block just closed if it is a cell.
    cells: Vec<ShownText>,
    closed: ShownText,
    /// Whether the number of an item was read with the last block.
    is_joined: bool,
    /// The last block, if it can be a label.
    label: String,
}

impl Blocks {
    /// Adds a closed block.
    pub(super) fn add(&mut self, text: ShownText, is_heading: bool) {
        if !self.closed.text().is_empty() {
            let closed = take(&mut self.closed);
            self.push(closed, false);
        }
        if is_heading {
            self.push(text, true);
        } else if !text.text().is_empty() {
            self.closed = text;
        }
    }

    fn push(&mut self, mut text: ShownText, is_heading: bool) {
        self.is_joined = false;
        text.shrink_to_fit();
        let words = text.text().split(' ').count();
        let is_number = text
            .text()
            .starts_with(|first: char| first.is_ascii_digit());
        let can_have_label = !is_heading && (is_number || words <= LONGEST_LABELLED);
        let label = take(&mut self.label);
        if words <= LONGEST_LABEL {
            text.text().clone_into(&mut self.label);
        }
        self.all.push(ShownBlock {
            label: if can_have_label {
                label.into()
            } else {
                Box::default()
            },
            text,
            is_heading,
        });
    }

    /// Adds the number of an item to the block before it: `960` at the end of a line and `227.` at the beginning of
    /// the next are a list to a Markdown reader, and one number to its author. No list is so long.
    pub(super) fn add_item(&mut self, item: Span, text: &str) {
        let marker = item.of(text);
        let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
        let is_marker = marker[digits..].starts_with(['.', ')']);
        // Items can be within items without a text in between.
        let before = self.all.last().filter(|_| !self.is_joined);
        let Some(before) = before.filter(|_| digits >= LEAST_DIGITS && is_marker) else {
            return;
        };
        let mut joined = before.text.clone();
        self.is_joined = true;
        let number = Span::new(item.start, item.start + digits);
        joined.push(" ", Span::at(item.start), text);
        joined.push(number.of(text), number, text);
        self.all.push(ShownBlock::new(joined));
    }

    /// Takes the block just added as the next cell of a row.
    pub(super) fn close_cell(&mut self) {
        self.cells.push(take(&mut self.closed));
    }

    /// Ends the first row of a table, which has the headings of its columns.
    pub(super) fn close_head(&mut self) {
        let columns = self.cells.iter().map(|cell| cell.text().to_owned());
        self.columns = columns.collect();
        self.close_row(false);
    }

    /// Ends an HTML block.
    pub(super) fn close_html(&mut self) {
        let html = take(&mut self.html);
        self.add(html, false);
    }

    /// Ends a row. `has_labels`: each of its cells is also a block under the heading of its column.
    pub(super) fn close_row(&mut self, has_labels: bool) {
        self.label.clear();
        let cells = take(&mut self.cells);
        let mut row = ShownText::default();
        for cell in &cells {
            row.join(" | ", cell);
        }
        row.shrink_to_fit();
        self.all.push(ShownBlock::new(row));
        let labelled = cells.into_iter().zip(&self.columns);
        let labelled = labelled
            .filter(|(cell, label)| has_labels && !label.is_empty() && !cell.text().is_empty());
        self.all.extend(labelled.map(|(text, label)| ShownBlock {
            label: label.as_str().into(),
            text,
            is_heading: false,
        }));
    }

    /// All blocks, and those for the parts of the source that no block shows: addresses of links,
    /// comments, tags, definitions.
    pub(super) fn finish(mut self, text: &str, body: Span) -> Vec<ShownBlock> {
        self.add(ShownText::default(), true);
        self.all.retain(|block| !block.text.text().is_empty());
        let mut shown: Vec<Span> = self
            .all
            .iter()
            .flat_map(|block| block.text.sources(LEAST_HIDDEN))
            .collect();
        shown.sort_unstable();
        shown.push(Span::at(body.end));
        let mut at = body.start;
        for span in shown {
            add_hidden(text, Span::new(at, span.start), &mut self.all);
            at = at.max(span.end);
        }
        self.all
    }
}

/// The least number of letters and digits of a hidden part that is searched.
const LEAST_HIDDEN: usize = 4;

/// Adds a part of the source that is not shown, if it has words.
fn add_hidden(text: &str, span: Span, blocks: &mut Vec<ShownBlock>) {
    let part = span.of(text);
    if part.len() < LEAST_HIDDEN {
        return;
    }
    let count = |part: &str| {
        part.chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
    };
    if count(part) < LEAST_HIDDEN {
        return;
    }
    let mut shown = ShownText::default();
    shown.push(part, span, text);
    blocks.push(ShownBlock::new(shown));
}
