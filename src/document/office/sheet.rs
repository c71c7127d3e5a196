//! The text of a worksheet, with each cell below its heading.

use super::cells::{CellReader, CellRow};
use super::facts::OfficeFacts;
use crate::document::carried::{ContentKind, Contents, Part};
use crate::document::table::Headings;
use crate::document::xml::{Element, Step};

/// Columns after this one have no heading, so that a row stays small.
const MOST_LABELLED: usize = 512;

/// The cells of one worksheet.
pub(super) struct Sheet<'a> {
    cells: CellReader<'a>,
    headings: Headings,
    /// The number of the last row, to notice that rows are left out.
    last_row: usize,
    text: String,
    invisible: usize,
}

impl<'a> Sheet<'a> {
    /// `None` if the part is no worksheet.
    pub(super) fn new(root: &str, facts: &'a OfficeFacts) -> Option<Self> {
        (root == "worksheet").then(|| Self {
            cells: CellReader::new(facts),
            headings: Headings::default(),
            last_row: 0,
            text: String::new(),
            invisible: 0,
        })
    }

    pub(super) fn step(&mut self, step: Step<'_>, around: &[Element]) {
        if let Some(row) = self.cells.step(step, around) {
            self.add_row(&row);
        }
    }

    fn add_row(&mut self, row: &CellRow) {
        if row.number > self.last_row + 1 {
            self.headings.label(&[]);
        }
        self.last_row = row.number;
        let mut cells = Vec::new();
        for (column, cell) in &row.cells {
            self.invisible += usize::from(cell.is_invisible);
            self.text.push_str(&cell.text);
            self.text.push('\t');
            if *column < MOST_LABELLED {
                cells.resize(*column, String::new());
                cells.push(cell.text.clone());
            }
        }
        self.text.push('\n');
        if let Some(labelled) = self.headings.label(&cells) {
            self.text.push_str(&labelled);
            self.text.push('\n');
        }
    }

    /// Records the text, and cells that do not show.
    pub(super) fn finish(self, carried: &mut Contents) {
        carried.line(Part::Text, &self.text);
        for _ in 0..self.invisible {
            carried.note(ContentKind::Invisible);
        }
    }
}
