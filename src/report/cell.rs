//! Cells of tables.

use jiff::civil::Date;

/// A cell of a table.
#[derive(Clone, Debug)]
pub(super) enum TableCell {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// Nothing is known.
    Empty,
}

impl TableCell {
    /// A count.
    pub(super) fn count(number: usize) -> Self {
        u32::try_from(number).map_or(Self::Empty, |number| Self::Number(f64::from(number)))
    }

    /// A number of days, if it is known.
    pub(super) fn days(number: Option<i64>) -> Self {
        let number = number.and_then(|number| i32::try_from(number).ok());
        number.map_or(Self::Empty, |number| Self::Number(f64::from(number)))
    }

    /// A day, if it is known.
    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A text, which may be empty.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// The cell in CSV.
    pub(super) fn to_csv(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Empty => String::new(),
        }
    }
}
