//! Tables as an Excel workbook. Cells are never formulas.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::cell::TableCell;
use super::identity::Identity;

/// Why a workbook could not be written.
pub(super) type WorkbookError = rust_xlsxwriter::XlsxError;

/// A sheet of a workbook.
pub(super) struct TableSheet {
    /// Its name.
    pub name: String,
    /// The names of its columns, with their widths.
    pub columns: Vec<(String, f64)>,
    /// Its rows.
    pub rows: Vec<Vec<TableCell>>,
}

/// Writes sheets, each with a filter over its columns. The workbook is dated by the day of the
/// judgement, so that the same input gives the same bytes.
pub(super) fn write_workbook(
    title: &str,
    as_of: Option<Date>,
    sheets: &[TableSheet],
) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let created = match as_of.and_then(to_excel_day) {
        Some(day) => day,
        None => ExcelDateTime::from_ymd(1900, 1, 1)?,
    };
    let properties = DocProperties::new().set_title(title);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = name_sheet(&sheet.name, &names);
        write_sheet(workbook.add_worksheet().set_name(&name)?, sheet)?;
        names.push(name);
    }
    workbook.save_to_buffer()
}

/// A day as Excel has it; `None` before 1900.
fn to_excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// A name that Excel takes: at most 31 characters, none of `[]:*?/\`, and no other sheet's.
fn name_sheet(wanted: &str, taken: &[String]) -> String {
    let plain = |letter: char| {
        if "[]:*?/\\'".contains(letter) {
            '-'
        } else {
            letter
        }
    };
    let base: String = wanted.chars().map(plain).take(28).collect();
    let is_taken = |name: &str| taken.iter().any(|one| one.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut names = [base.clone()].into_iter().chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or(base)
}

/// A sheet that says which portfolio a workbook is about.
pub(super) fn about_sheet(about: &Identity) -> TableSheet {
    let row = |(name, value): (&str, String)| vec![TableCell::text(name), TableCell::text(&value)];
    TableSheet {
        name: "About".to_owned(),
        columns: vec![("About".to_owned(), 20.0), (String::new(), 60.0)],
        rows: Identity::COLUMNS
            .into_iter()
            .zip(about.cells())
            .map(row)
            .collect(),
    }
}

fn write_sheet(into: &mut Worksheet, sheet: &TableSheet) -> Result<(), WorkbookError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let dated = wrapped.clone().set_num_format("yyyy-mm-dd");
    for (at, (name, width)) in sheet.columns.iter().enumerate() {
        into.write_string_with_format(0, column_number(at), name, &bold)?;
        into.set_column_width(column_number(at), *width)?;
    }
    into.set_freeze_panes(1, 1)?;
    for (row, cells) in sheet.rows.iter().enumerate() {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (column, cell) in cells.iter().enumerate() {
            let column = column_number(column);
            match cell {
                TableCell::Text(text) => {
                    into.write_string_with_format(row, column, text, &wrapped)?;
                }
                TableCell::Number(number) => {
                    into.write_number_with_format(row, column, *number, &wrapped)?;
                }
                TableCell::Day(day) => match to_excel_day(*day) {
                    Some(day) => {
                        into.write_datetime_with_format(row, column, &day, &dated)?;
                    }
                    None => {
                        into.write_string_with_format(row, column, day.to_string(), &wrapped)?;
                    }
                },
                TableCell::Empty => {}
            }
        }
    }
    let last = u32::try_from(sheet.rows.len()).unwrap_or(0);
    into.autofilter(0, 0, last, column_number(sheet.columns.len().max(1) - 1))?;
    Ok(())
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::name_sheet;

    #[test]
    fn names_of_sheets_are_short_plain_and_different() {
        assert_eq!(name_sheet("a/b", &[]), "a-b");
        assert_eq!(name_sheet("A-b", &["a-B".to_owned()]), "A-b-2");
        assert!(name_sheet(&"x".repeat(99), &[]).len() <= 31);
    }
}
