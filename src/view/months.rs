//! Visible entries by month, in parts that fit on a page.

use std::ops::Range;

use jiff::civil::Date;

use crate::model::Portfolio;
use crate::text::month_in_words;

/// The most entries of a site whose lists are one page each.
pub(super) const ONE_PAGE: usize = 250;

/// The most entries on a page of a longer list: a matrix has some twenty elements for each.
const A_PAGE: usize = 200;

/// Entries of one month, or a part of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSlice {
    /// `2026-03`, `2026-03-2` or `undated`.
    pub name: String,
    /// The month in words.
    pub title: String,
    /// Indices into the visible entries.
    pub entries: Range<usize>,
}

/// The months of the entries `visible`, which are sorted by date: newest first.
pub(super) fn slice_by_month(portfolio: &Portfolio, visible: &[usize]) -> Vec<MonthSlice> {
    let month = |at: &usize| {
        let date: Option<Date> = portfolio.entries[*at].front_matter.date;
        date.map(|date| (date.year(), date.month()))
    };
    let mut slices = Vec::new();
    let mut start = 0;
    for entries in visible.chunk_by(|a, b| month(a) == month(b)) {
        let (name, title) = match month(&entries[0]) {
            Some((year, number)) => (format!("{year}-{number:02}"), month_in_words(year, number)),
            None => ("undated".to_owned(), "Without a date".to_owned()),
        };
        for (part, chunk) in entries.chunks(A_PAGE).enumerate() {
            let end = start + chunk.len();
            let of_several = (entries.len() > A_PAGE).then_some(part + 1);
            slices.push(MonthSlice {
                name: of_several.map_or_else(|| name.clone(), |part| format!("{name}-{part}")),
                title: of_several
                    .map_or_else(|| title.clone(), |part| format!("{title}, part {part}")),
                entries: start..end,
            });
            start = end;
        }
    }
    slices.reverse();
    slices
}
