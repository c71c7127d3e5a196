//! Pages that are lists and tables: one shape for all of them, so that a theme needs one template.

use serde::Serialize;

use super::link::Link;
use crate::text::slug;

/// A page of sections.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingPage {
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub lead: String,
    /// A drawing, with words that say the same.
    pub chart: Option<Chart>,
    /// Its parts, in order.
    pub sections: Vec<Part>,
}

/// One part of a listing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Its place on the page.
    pub anchor: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// A list.
    pub items: Vec<Item>,
    /// A table.
    pub table: Option<Grid>,
}

/// One thing in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Item {
    /// Where it leads, if anywhere. Lists have thousands of things, and most of them have few of these: what a thing does
    /// not have is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// What it is called where it leads nowhere, unless its words are enough.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// A word about how it stands.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub flag: &'static str,
    /// When and what kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub meta: String,
    /// Words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Feedback, as HTML.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub html: String,
    /// The Markdown that it was made from, for documents that are no pages.
    #[serde(skip)]
    pub source: String,
    /// Entries that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Grid {
    /// What it shows.
    pub caption: String,
    /// Its columns; the first names the row.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it is wide, and its head and first column are to stay in sight.
    pub wide: bool,
    /// Whether people write into it by hand.
    pub form: bool,
}

impl Grid {
    /// A table that fits a page.
    #[must_use]
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

/// One cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// Where it leads; missing for nowhere. A table of thousands of rows is long, and most of its cells are words alone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
    /// A state to show as such; missing for none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub state: &'static str,
    /// How heavy it is, from 1 to 4, missing for 0; the number in it says the same.
    #[serde(skip_serializing_if = "is_zero")]
    pub weight: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "so it is asked")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A drawing of squares, made at build time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Chart {
    /// What kind of drawing it is.
    pub name: &'static str,
    /// What it shows, in words.
    pub label: String,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// Its squares, one drawing for each shade.
    pub shades: Vec<Shade>,
    /// Words beside them.
    pub words: Vec<ChartWord>,
}

/// All squares of one shade.
#[derive(Clone, Debug, Serialize)]
pub struct Shade {
    /// How dark, from 0 to 4.
    pub weight: usize,
    /// Their outline, as an SVG path.
    pub path: String,
}

impl Chart {
    /// Draws a square of the shade `weight`, so far from the left and from the top.
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

/// Words in a drawing.
#[derive(Clone, Debug, Serialize)]
pub struct ChartWord {
    /// From the left.
    pub x: usize,
    /// The base line, from the top.
    pub y: usize,
    /// The words.
    pub text: String,
}

impl Part {
    fn named(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            anchor: slug(title),
            ..Self::default()
        }
    }

    /// A part that is a list.
    #[must_use]
    pub fn list(title: &str, items: Vec<Item>) -> Self {
        Self {
            items,
            ..Self::named(title)
        }
    }

    /// A part that is a table.
    #[must_use]
    pub fn table(title: &str, table: Grid) -> Self {
        Self {
            table: Some(table),
            ..Self::named(title)
        }
    }

    /// A part of paragraphs.
    #[must_use]
    pub fn prose(title: &str, text: Vec<String>) -> Self {
        Self {
            text,
            ..Self::named(title)
        }
    }
}

impl Cell {
    /// A cell of words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A cell that leads somewhere.
    #[must_use]
    pub fn link(link: Link) -> Self {
        Self {
            text: link.label,
            href: link.href,
            ..Self::default()
        }
    }

    /// A cell with a number, drawn as heavy as it is.
    #[must_use]
    pub fn weighed(number: usize) -> Self {
        Self {
            text: number.to_string(),
            weight: number.min(4),
            ..Self::default()
        }
    }

    /// A cell that shows a state.
    #[must_use]
    pub fn state(state: &'static str) -> Self {
        Self {
            state,
            ..Self::default()
        }
    }
}
