//! The cells of a worksheet, row by row, as they are shown: dates as dates.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::date};

use super::facts::{NumberShape, OfficeFacts};
use crate::document::xml::{Element, Step};

/// The most columns of a worksheet.
const MOST_COLUMNS: usize = 16_384;

/// A row that was read.
pub(super) struct CellRow {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// Its cells that are not blank, by column, counted from 0.
    pub(super) cells: BTreeMap<usize, ShownCell>,
}

/// A cell that is not blank.
pub(super) struct ShownCell {
    pub(super) text: String,
    /// Whether its format hides it.
    pub(super) is_invisible: bool,
}

/// Reads the cells of one worksheet.
pub(super) struct CellReader<'a> {
    facts: &'a OfficeFacts,
    row: BTreeMap<usize, ShownCell>,
    row_number: usize,
    cell: SheetCell,
}

/// The cell that is read.
#[derive(Default)]
struct SheetCell {
    column: usize,
    kind: String,
    format: usize,
    value: String,
}

impl<'a> CellReader<'a> {
    pub(super) fn new(facts: &'a OfficeFacts) -> Self {
        Self {
            facts,
            row: BTreeMap::new(),
            row_number: 0,
            cell: SheetCell::default(),
        }
    }

    /// Takes a step of a worksheet, and returns the row that it ends.
    pub(super) fn step(&mut self, step: Step<'_>, around: &[Element]) -> Option<CellRow> {
        match step {
            Step::Open(element) if element.name == "row" => {
                let number = element.get("r").and_then(|number| number.parse().ok());
                self.row_number = number.unwrap_or(self.row_number + 1);
            }
            Step::Open(element) if element.name == "c" => self.open_cell(element),
            Step::Text(text) => {
                let is_value = around
                    .last()
                    .is_some_and(|one| matches!(one.name.as_str(), "v" | "t"));
                let in_cell = || around.iter().any(|one| one.name == "c");
                if is_value && in_cell() && !around.iter().any(|one| one.name == "rPh") {
                    self.cell.value.push_str(text);
                }
            }
            Step::Close(element) if element.name == "c" => self.close_cell(),
            Step::Close(element) if element.name == "row" => {
                return Some(CellRow {
                    number: self.row_number,
                    cells: std::mem::take(&mut self.row),
                });
            }
            _ => {}
        }
        None
    }

    fn open_cell(&mut self, element: &Element) {
        let next = self.row.last_key_value().map_or(0, |(last, _)| last + 1);
        let column = element.get("r").and_then(column_of).unwrap_or(next);
        self.cell = SheetCell {
            column: column.min(MOST_COLUMNS),
            kind: element.get("t").unwrap_or_default().to_owned(),
            format: element
                .get("s")
                .and_then(|number| number.parse().ok())
                .unwrap_or_default(),
            value: String::new(),
        };
    }

    fn close_cell(&mut self) {
        let format = self.facts.formats.get(self.cell.format).copied();
        let format = format.unwrap_or_default();
        let value = std::mem::take(&mut self.cell.value);
        let shown = match self.cell.kind.as_str() {
            "s" => value
                .trim()
                .parse()
                .ok()
                .and_then(|number: usize| self.facts.strings.get(number).cloned())
                .unwrap_or_default(),
            "" | "n" => self.show_number(&value, format.shape),
            _ => value,
        };
        if shown.trim().is_empty() {
            return;
        }
        let cell = ShownCell {
            text: shown,
            is_invisible: format.shape == NumberShape::Hidden || format.is_pale,
        };
        self.row.insert(self.cell.column, cell);
    }

    /// A number as its format shows it.
    fn show_number(&self, value: &str, shape: NumberShape) -> String {
        let Ok(number) = value.trim().parse::<f64>() else {
            return value.to_owned();
        };
        let is_whole = number.fract() == 0.0 && number.abs() < 1e15;
        match shape {
            NumberShape::Date => {
                show_date(number, self.facts.is_from_1904).unwrap_or_else(|| value.to_owned())
            }
            NumberShape::Digits(digits) if is_whole => format!("{number:0digits$.0}"),
            _ if is_whole => format!("{number:.0}"),
            _ => value.to_owned(),
        }
    }
}

/// The column of a reference such as `AB12`, counted from 0.
pub(super) fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0_usize, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    number.checked_sub(1)
}

/// The date of a day's number; `None` if it is none. The count from 1900 has a 29 February of that
/// year, which there was not.
fn show_date(number: f64, is_from_1904: bool) -> Option<String> {
    if !(1.0..2_958_466.0).contains(&number) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked, and a part of a day is its time"
    )]
    let days = number as i64;
    let first = match days {
        _ if is_from_1904 => date(1904, 1, 1),
        ..60 => date(1899, 12, 31),
        _ => date(1899, 12, 30),
    };
    let day = first.checked_add(days.days()).ok()?;
    Some(format!(
        "{:02}/{:02}/{}",
        day.day(),
        day.month(),
        day.year()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_days_are_dates() {
        assert_eq!(show_date(13_953.0, false).as_deref(), Some("14/03/1938"));
        assert_eq!(show_date(1.0, false).as_deref(), Some("01/01/1900"));
        assert_eq!(show_date(1.5, true).as_deref(), Some("02/01/1904"));
        assert_eq!(show_date(-3.0, false), None);
        assert_eq!(column_of("A1"), Some(0));
        assert_eq!(column_of("AB12"), Some(27));
        assert_eq!(column_of("12"), None);
    }
}
