//! Pages of lists, tables and paragraphs. They share one struct, so that a theme needs one
//! template.

use serde::Serialize;

use super::decisions::VerdictView;
use super::frame::NavLink;
use super::link::Link;
use super::rows::StateLabel;
use crate::text::slug;

/// A page of sections.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingPage {
    /// The title.
    pub title: String,
    /// A summary in a sentence.
    pub lead: String,
    /// A state of everything on the page.
    pub state: Option<StateLabel>,
    /// A chart.
    pub chart: Option<Chart>,
    /// The sections, in order.
    pub sections: Vec<Part>,
    /// The pages of a list that is too long for one; empty for a single page.
    pub pages: Vec<NavLink>,
}

/// The most columns of a table that a narrow screen shows beside each other.
const MOST_FIGURES: usize = 4;

/// A section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// The fragment.
    pub anchor: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// A list.
    pub items: Vec<Item>,
    /// A table.
    pub table: Option<Grid>,
    /// Whether the table is folded, because a chart shows the same.
    pub table_folded: bool,
    /// Whether it is folded under its heading.
    pub folded: bool,
}

/// An item of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Item {
    /// The main link. Fields without a value are not serialised, because lists have thousands of
    /// items with few values each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The title of an item without a link, or what is said before the link.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// A state or warning.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub flag: &'static str,
    /// A state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateLabel>,
    /// Type and date.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub meta: String,
    /// Verdicts on claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<VerdictView>,
    /// The text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Feedback as HTML.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub html: String,
    /// The Markdown source of `html`, for reports that are not HTML.
    #[serde(skip)]
    pub source: String,
    /// A source or another remark in small print, last.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Links to entries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Grid {
    /// The caption.
    pub caption: String,
    /// The columns; the first one identifies the row.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it is wide, so that head and first column stay visible.
    pub wide: bool,
    /// Whether it is a form to be filled in by hand.
    pub form: bool,
    /// For each column, whether its cells are numbers.
    pub numbers: Vec<bool>,
    /// Whether it has a few columns of numbers, and so fits on a narrow screen.
    pub figures: bool,
}

impl Grid {
    /// A table that is neither wide nor a form.
    pub fn new(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self {
            caption: caption.to_owned(),
            columns,
            rows,
            ..Self::default()
        }
    }

    /// Its rows, and the table without them.
    pub(super) fn take_rows(mut self) -> (Vec<Vec<Cell>>, Self) {
        (std::mem::take(&mut self.rows), self)
    }

    /// Finds the columns of numbers.
    #[must_use]
    fn with_numbers(mut self) -> Self {
        let is_number = |at: usize| {
            let cells = || self.rows.iter().filter_map(|row| row.get(at));
            cells().any(Cell::is_number)
                && cells().all(|cell| cell.is_number() || cell.is_unknown())
        };
        self.numbers = (0..self.columns.len()).map(is_number).collect();
        self.figures = self.columns.len() <= MOST_FIGURES
            && self
                .numbers
                .get(1..)
                .is_some_and(|rest| rest.iter().all(|one| *one));
        self
    }

    /// Drops columns without a value in any row, unless it is a form to be filled in.
    #[must_use]
    fn without_empty_columns(mut self) -> Self {
        if self.form || self.rows.is_empty() {
            return self;
        }
        let is_kept = |at: usize| {
            at == 0
                || self
                    .rows
                    .iter()
                    .any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()))
        };
        let kept: Vec<bool> = (0..self.columns.len()).map(is_kept).collect();
        retain(&mut self.columns, &kept);
        for row in &mut self.rows {
            retain(row, &kept);
        }
        self
    }
}

/// Keeps the items whose place is marked in `kept`, and those beyond it.
fn retain<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut marks = kept.iter();
    items.retain(|_| marks.next().is_none_or(|kept| *kept));
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The address of a link. Not serialised if empty, because most cells of long tables are plain
    /// text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
    /// A state; not serialised if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateLabel>,
    /// The shade from 1 to 4, in addition to the number; not serialised if 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub weight: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "so it is asked")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A chart. Places are percentages of the column, so that text keeps its size at any width.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Chart {
    /// Horizontal bars, each with its own line.
    pub bars: Vec<ChartBar>,
    /// Lines over time.
    pub plot: Option<Plot>,
}

/// A horizontal bar.
#[derive(Clone, Debug, Serialize)]
pub struct ChartBar {
    pub name: String,
    /// Width in percent.
    pub width: String,
    /// The place of the target in percent; empty if there is none.
    pub target: String,
    /// The figures beside the bar.
    pub figures: String,
    /// The length of the bar in words, for people who do not see it.
    pub share: String,
    /// Whether it is the sum of the others, on a scale of its own.
    pub is_total: bool,
}

/// Planned and actual progress as lines, in a square of 1000 by 1000 that fills the chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plot {
    /// The content in words, for people who do not see it.
    pub label: String,
    /// SVG path of the plan.
    pub plan: String,
    /// SVG path of the progress.
    pub actual: String,
    /// The place of the as-of date in percent.
    pub today: String,
    /// Labels.
    pub words: Vec<ChartWord>,
}

/// A label in a chart.
#[derive(Clone, Debug, Serialize)]
pub struct ChartWord {
    /// Percent from the left.
    pub x: String,
    /// Pixels from the top to the base line.
    pub y: usize,
    /// Which part of the text is at `x`: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Whether it belongs to an axis.
    pub is_axis: bool,
    pub text: String,
}

impl ListingPage {
    /// A page without a chart.
    pub fn new(title: impl Into<String>, lead: impl Into<String>, sections: Vec<Part>) -> Self {
        Self {
            title: title.into(),
            lead: lead.into(),
            sections,
            ..Self::default()
        }
    }
}

impl Part {
    fn named(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            anchor: slug(title),
            ..Self::default()
        }
    }

    /// A section with a list.
    pub fn list(title: &str, items: Vec<Item>) -> Self {
        Self {
            items,
            ..Self::named(title)
        }
    }

    /// A section with a table.
    pub fn table(title: &str, table: Grid) -> Self {
        Self {
            table: Some(table.without_empty_columns().with_numbers()),
            ..Self::named(title)
        }
    }

    /// A section of paragraphs.
    pub fn prose(title: &str, text: Vec<String>) -> Self {
        Self {
            text,
            ..Self::named(title)
        }
    }
}

impl Cell {
    fn is_number(&self) -> bool {
        let is_digit = |sign: char| sign.is_ascii_digit() || sign == '.';
        self.href.is_empty() && !self.text.is_empty() && self.text.chars().all(is_digit)
    }

    /// Whether it may be in a column of numbers without being one.
    fn is_unknown(&self) -> bool {
        self.is_empty() || matches!(self.text.as_str(), "none" | "unknown")
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.state.is_none()
    }

    /// A cell of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A cell with a link.
    pub fn link(link: Link) -> Self {
        Self {
            text: link.label,
            href: link.href,
            ..Self::default()
        }
    }

    /// A cell with a number, shaded by it.
    pub fn weighed(number: usize) -> Self {
        Self {
            text: number.to_string(),
            weight: number.min(4),
            ..Self::default()
        }
    }

    /// A cell with a state.
    pub fn state(state: StateLabel) -> Self {
        Self {
            state: Some(state),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;

    #[test]
    fn columns_of_numbers_are_found() {
        let row = |cells: [&str; 3]| cells.map(Cell::text).to_vec();
        let rows = vec![
            row(["May 2026", "1.5", "2"]),
            row(["June 2026", "none", "x"]),
        ];
        let grid = Grid::new("Caption", &["Month", "Hours", "Kind"], rows).with_numbers();
        assert_eq!(grid.numbers, [false, true, false]);
        assert!(!grid.figures);
        let rows = vec![row(["May 2026", "1", "2"]), row(["June 2026", "3", ""])];
        let grid = Grid::new("Caption", &["Month", "Hours", "Days"], rows).with_numbers();
        assert!(grid.figures);
    }

    #[test]
    fn columns_without_a_value_are_dropped_from_tables_and_kept_in_forms() {
        let rows = || {
            vec![vec![
                Cell::text("a"),
                Cell::text(""),
                Cell::state(StateLabel::of_state(State::Gap)),
            ]]
        };
        let grid = Grid::new("Caption", &["One", "Two", "Three"], rows());
        let form = Grid {
            form: true,
            ..grid.clone()
        };
        let columns = |grid| {
            Part::table("T", grid)
                .table
                .map(|table| table.columns.len())
        };
        assert_eq!((columns(grid), columns(form)), (Some(2), Some(3)));
    }
}
