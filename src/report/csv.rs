//! Tables as CSV (RFC 4180).

/// Renders a table. A cell that a spreadsheet would run as a formula is prefixed with an
/// apostrophe.
pub(super) fn to_csv<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in std::iter::once(head.map(str::to_owned)).chain(rows) {
        // Writing rows of equal length to memory cannot fail.
        let _ = writer.write_record(row.map(|cell| escape_formula(&cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn escape_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
