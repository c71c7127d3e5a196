//! Coverage as CSV and as an Excel workbook.

#[cfg(feature = "spreadsheet")]
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::csv::to_csv;
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
    to_csv(
        COLUMNS.map(|(name, _)| name),
        rows(portfolio, coverage).into_iter(),
    )
}

/// A workbook with a sheet for criteria and one for groups. Cells are never formulas.
///
/// # Errors
/// If the library cannot write the workbook. No input is known to cause this.
#[cfg(feature = "spreadsheet")]
pub fn coverage_workbook(portfolio: &Portfolio, coverage: &Coverage) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The date of the judgement, so that the same input gives the same bytes.
    let (year, month, day) = (
        coverage.as_of.year(),
        coverage.as_of.month(),
        coverage.as_of.day(),
    );
    let date = |part: i8| u8::try_from(part).unwrap_or(1);
    let created =
        ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), date(month), date(day))?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Coverage")
            .set_creation_datetime(&created),
    );
    let bold = Format::new().set_bold();
    let wrapped = Format::new()
        .set_text_wrap()
        .set_align(rust_xlsxwriter::FormatAlign::Top);
    let criteria = workbook.add_worksheet().set_name("Criteria")?;
    write_head(criteria, &COLUMNS, &bold)?;
    let rows = rows(portfolio, coverage);
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let (at, column_at) = (row_number(at), column_number(column));
            match cell.parse::<f64>() {
                Ok(number) if column == PIECES => {
                    criteria.write_number_with_format(at, column_at, number, &wrapped)?
                }
                _ => criteria.write_string_with_format(at, column_at, cell, &wrapped)?,
            };
        }
    }
    criteria.autofilter(
        0,
        0,
        u32::try_from(rows.len()).unwrap_or(0),
        column_number(COLUMNS.len() - 1),
    )?;
    write_groups(
        workbook.add_worksheet().set_name("Groups")?,
        portfolio,
        coverage,
        &bold,
    )?;
    workbook.save_to_buffer()
}

#[cfg(feature = "spreadsheet")]
fn write_head(
    sheet: &mut Worksheet,
    columns: &[(&str, f64)],
    bold: &Format,
) -> Result<(), XlsxError> {
    for (at, (name, width)) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, column_number(at), *name, bold)?;
        sheet.set_column_width(column_number(at), *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(feature = "spreadsheet")]
fn row_number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

#[cfg(feature = "spreadsheet")]
fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(feature = "spreadsheet")]
fn write_groups(
    sheet: &mut Worksheet,
    portfolio: &Portfolio,
    coverage: &Coverage,
    bold: &Format,
) -> Result<(), XlsxError> {
    let columns = [
        ("Standard", 26.0),
        ("Group", 16.0),
        ("State", 11.0),
        ("Evidenced", 10.0),
        ("Of", 6.0),
    ];
    write_head(sheet, &columns, bold)?;
    let lines = coverage
        .standards
        .iter()
        .flat_map(|standard| &standard.groups);
    for (at, line) in lines.enumerate() {
        let id = &portfolio.catalogue.standard(line.group.standard).id.value;
        let row = row_number(at);
        sheet.write_string(row, 0, id)?;
        sheet.write_string(
            row,
            1,
            portfolio.catalogue.group(line.group).code.value.as_str(),
        )?;
        sheet.write_string(row, 2, line.state.word())?;
        sheet.write_number(row, 3, number(line.counts.complete()))?;
        sheet.write_number(row, 4, number(line.counts.out_of()))?;
    }
    Ok(())
}

#[cfg(feature = "spreadsheet")]
fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
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
