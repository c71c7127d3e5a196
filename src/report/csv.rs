//! Tables as CSV (RFC 4180).

use super::identity::Identity;

/// Renders a table. A cell that a spreadsheet would run as a formula is prefixed with an
/// apostrophe.
pub(super) fn rows_to_csv(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows) {
        // Writing rows of equal length to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| escape_formula(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Renders a table whose last columns say which portfolio a row is about.
pub(super) fn to_csv<'a, const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = ([String; N], &'a Identity)>,
) -> String {
    let head = head.into_iter().chain(Identity::COLUMNS);
    let row =
        |(row, about): ([String; N], &Identity)| row.into_iter().chain(about.cells()).collect();
    rows_to_csv(head.map(str::to_owned).collect(), rows.map(row))
}

fn escape_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
