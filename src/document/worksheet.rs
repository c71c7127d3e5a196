//! A sheet of a workbook, or a text of rows, as plain data.

/// A sheet with its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worksheet {
    /// Its name; empty for a text of rows.
    pub name: String,
    /// The rows that are not empty, in order.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// The number of the row, or of its first line in a text, counted from 1.
    pub number: usize,
    /// Its cells as they are shown; blank ones are empty.
    pub cells: Vec<String>,
}
