//! Pages of lists, tables and paragraphs. They share one struct, so that a theme needs one
//! template.

use serde::Serialize;

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
    /// Whether it is shown only on demand.
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
    /// Verdicts on codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<CodeVerdict>,
    /// Type and date.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub meta: String,
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

/// A verdict on a claim.
#[derive(Clone, Debug, Serialize)]
pub struct CodeVerdict {
    /// The code, with a link to its page.
    pub code: Link,
    /// The verdict, in the shape of a state.
    pub state: StateLabel,
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
}

impl Grid {
    /// A table that is neither wide nor a form.
    pub fn new(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self {
            caption: caption.to_owned(),
            columns,
            rows,
            wide: false,
            form: false,
        }
    }
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

/// A chart of squares.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Chart {
    /// The name of the chart.
    pub name: &'static str,
    /// A description of its content.
    pub label: String,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// The squares by shade.
    pub shades: Vec<Shade>,
    /// The labels.
    pub words: Vec<ChartWord>,
}

/// All squares of one shade.
#[derive(Clone, Debug, Serialize)]
pub struct Shade {
    /// The shade, from 0 (lightest) to 4.
    pub weight: usize,
    /// The outline of all squares as an SVG path.
    pub path: String,
}

impl Chart {
    /// Adds a square of the shade `weight`; `x` and `y` are pixels from the top left corner.
    pub fn square(&mut self, weight: usize, x: usize, y: usize) {
        let square = format!("M{x} {y}h12v12h-12z");
        match self.shades.iter_mut().find(|shade| shade.weight == weight) {
            Some(shade) => shade.path.push_str(&square),
            None => self.shades.push(Shade {
                weight,
                path: square,
            }),
        }
    }
}

/// A label in a chart.
#[derive(Clone, Debug, Serialize)]
pub struct ChartWord {
    /// Pixels from the left.
    pub x: usize,
    /// Pixels from the top to the base line.
    pub y: usize,
    /// The text.
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
            table: Some(table),
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
