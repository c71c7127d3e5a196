//! Dates in words.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month in words: `March 2025`.
#[must_use]
pub fn month_in_words(year: i16, month: i8) -> String {
    let month = usize::try_from(month - 1).map_or("", |at| MONTHS[at]);
    format!("{month} {year}")
}

/// A date in words: `4 March 2025`.
#[must_use]
pub fn in_words(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).map_or("", |at| MONTHS[at]);
    format!("{} {month} {}", date.day(), date.year())
}
