//! The mapping annex as CSV.

use jiff::civil::Date;

use super::csv::to_csv;
use super::identity::Identity;
use crate::model::Portfolio;
use crate::view::{MappedPiece, MappingRow};

const COLUMNS: [&str; 13] = [
    "Standard",
    "Code",
    "Statement",
    "State",
    "Entry",
    "Title",
    "Type",
    "Written",
    "Paragraph",
    "Words that prove it",
    "Reason",
    "Decision",
    "Place",
];

/// A line for each place that counts for a code, and one for each code without any. `site` is the
/// folder of the linked pages.
#[must_use]
pub fn mapping_csv(portfolio: &Portfolio, as_of: Date, rows: &[MappingRow], site: &str) -> String {
    let line = |row: &MappingRow| {
        let standard = portfolio.catalogue.standard(row.standard).id.value.clone();
        let piece = row.piece.as_ref();
        let of = |what: fn(&MappedPiece) -> &str| piece.map(what).unwrap_or_default().to_owned();
        let paragraph = piece
            .and_then(|piece| piece.paragraph)
            .map(|number| number.to_string());
        [
            standard,
            row.code.clone(),
            row.statement.clone(),
            row.state.key.to_owned(),
            of(|piece| &piece.id),
            of(|piece| &piece.title),
            of(|piece| piece.kind),
            of(|piece| &piece.date),
            paragraph.unwrap_or_default(),
            of(|piece| &piece.passage),
            of(|piece| &piece.reason),
            of(|piece| &piece.decision),
            piece.map_or_else(String::new, |piece| format!("{site}{}", piece.place)),
        ]
    };
    let about = Identity::of(portfolio, as_of);
    to_csv(COLUMNS, rows.iter().map(|row| (line(row), &about)))
}
