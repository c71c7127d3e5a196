//! Coverage as CSV and as an Excel workbook.

#[cfg(feature = "spreadsheet")]
use super::cell::TableCell;
use super::csv::to_csv;
use super::identity::Identity;
#[cfg(feature = "spreadsheet")]
use super::workbook::{TableSheet, WorkbookError, about_sheet, write_workbook};
use crate::model::{Coverage, Line, Portfolio, Word};

/// The columns, with their widths in the workbook.
const COLUMNS: [(&str, f64); 11] = [
    ("Standard", 26.0),
    ("Code", 12.0),
    ("Kind", 12.0),
    ("Statement", 60.0),
    ("State", 11.0),
    ("Waived", 8.0),
    ("Pieces", 8.0),
    ("Types", 24.0),
    ("Entries", 36.0),
    ("Why", 48.0),
    ("Next", 48.0),
];

/// Index of the numeric column.
#[cfg(feature = "spreadsheet")]
const PIECES: usize = 6;

/// Coverage as CSV with a line for each criterion.
#[must_use]
pub fn coverage_csv(portfolio: &Portfolio, coverage: &Coverage) -> String {
    let about = Identity::of(portfolio, coverage.as_of);
    let rows = rows(portfolio, coverage).into_iter();
    to_csv(COLUMNS.map(|(name, _)| name), rows.map(|row| (row, &about)))
}

/// A workbook with a sheet for criteria, one for groups, and one that says what it is about.
///
/// # Errors
/// If the library cannot write the workbook. No input is known to cause this.
#[cfg(feature = "spreadsheet")]
pub fn coverage_workbook(
    portfolio: &Portfolio,
    coverage: &Coverage,
) -> Result<Vec<u8>, WorkbookError> {
    let criteria = TableSheet {
        name: "Criteria".to_owned(),
        columns: COLUMNS.map(|(name, width)| (name.to_owned(), width)).into(),
        rows: rows(portfolio, coverage).iter().map(cells).collect(),
    };
    let sheets = [
        criteria,
        group_sheet(portfolio, coverage),
        about_sheet(&Identity::of(portfolio, coverage.as_of)),
    ];
    write_workbook("Coverage", Some(coverage.as_of), &sheets)
}

/// The cells of a row, of which one is a number.
#[cfg(feature = "spreadsheet")]
fn cells(row: &[String; 11]) -> Vec<TableCell> {
    let cell = |(column, text): (usize, &String)| match text.parse() {
        Ok(number) if column == PIECES => TableCell::Number(number),
        _ => TableCell::text(text),
    };
    row.iter().enumerate().map(cell).collect()
}

#[cfg(feature = "spreadsheet")]
fn group_sheet(portfolio: &Portfolio, coverage: &Coverage) -> TableSheet {
    let columns = [
        ("Standard", 26.0),
        ("Group", 16.0),
        ("State", 11.0),
        ("Evidenced", 10.0),
        ("Of", 6.0),
    ];
    let standards = coverage.standards.iter();
    let rows = standards.flat_map(|standard| &standard.groups).map(|line| {
        vec![
            TableCell::text(&portfolio.catalogue.standard(line.group.standard).id.value),
            TableCell::text(portfolio.catalogue.group(line.group).code.value.as_str()),
            TableCell::text(line.state.word()),
            TableCell::count(line.counts.complete()),
            TableCell::count(line.counts.out_of()),
        ]
    });
    TableSheet {
        name: "Groups".to_owned(),
        columns: columns.map(|(name, width)| (name.to_owned(), width)).into(),
        rows: rows.collect(),
    }
}

fn rows(portfolio: &Portfolio, coverage: &Coverage) -> Vec<[String; 11]> {
    let lines = coverage.lines();
    lines.map(|line| row(portfolio, line)).collect()
}

fn row(portfolio: &Portfolio, line: &Line) -> [String; 11] {
    let standard = portfolio.catalogue.standard(line.criterion.standard);
    let criterion = portfolio.catalogue.criterion(line.criterion);
    let entries = || line.counting().map(|piece| &portfolio.entries[piece.entry]);
    let mut types: Vec<&str> = entries()
        .map(|entry| entry.front_matter.kind.word())
        .collect();
    types.sort_unstable();
    types.dedup();
    [
        standard.id.value.clone(),
        criterion.code.value.to_string(),
        standard.kind_of(criterion).id.clone(),
        criterion.text.to_string(),
        line.state.word().to_owned(),
        if line.is_waived() { "yes" } else { "no" }.to_owned(),
        line.counting().count().to_string(),
        types.join(" "),
        entries()
            .map(|entry| entry.id.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        line.why.clone(),
        line.next.clone().unwrap_or_default(),
    ]
}
