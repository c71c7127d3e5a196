//! The worksheets of a workbook. A cell that is merged over several rows is in each of them.

use std::collections::BTreeMap;

use super::cells::{CellReader, CellRow, column_of};
use super::facts::OfficeFacts;
use super::{OfficeRole, open, part_role};
use crate::document::document_type::DocumentType;
use crate::document::package::Parts;
use crate::document::refusal::Refusal;
use crate::document::worksheet::{SheetRow, Worksheet};
use crate::document::xml::{self, Step};

/// The most columns of a row that are read.
const MOST_COLUMNS: usize = 512;

/// The most cells that merging fills in one sheet.
const MOST_FILLED: usize = 200_000;

/// Reads the worksheets in the order of their tabs.
pub(in crate::document) fn read_worksheets(bytes: &[u8]) -> Result<Vec<Worksheet>, Refusal> {
    let parts = open(DocumentType::Xlsx, bytes)?;
    let mut facts = OfficeFacts::default();
    let mut book = None;
    for (name, bytes) in &parts {
        if !matches!(part_role(name), OfficeRole::Markup) {
            continue;
        }
        let root = xml::root_name(bytes);
        facts.read(&root, bytes)?;
        if root == "workbook" {
            book = Some((name, bytes));
        }
    }
    let (book_name, book) = book.ok_or(Refusal::AnotherType)?;
    let targets = read_relations(book_name, &parts)?;
    let mut sheets = Vec::new();
    for (name, relation) in read_tabs(book)? {
        let part = targets.get(&relation);
        let part = part.and_then(|target| parts.iter().find(|(name, _)| name == target));
        let (_, bytes) = part.ok_or(Refusal::Broken)?;
        // A tab may be a chart.
        if xml::root_name(bytes) == "worksheet" {
            let rows = read_rows(bytes, &facts)?;
            sheets.push(Worksheet { name, rows });
        }
    }
    Ok(sheets)
}

/// The tabs of a workbook: their names, and the ids of their relations.
fn read_tabs(book: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let mut tabs = Vec::new();
    xml::walk(book, &mut |step, around| {
        if let Step::Open(element) = step
            && element.name == "sheet"
            && around.last().is_some_and(|one| one.name == "sheets")
        {
            let get = |key| element.get(key).unwrap_or_default().to_owned();
            tabs.push((get("name"), get("id")));
        }
    })?;
    Ok(tabs)
}

/// The paths of the parts that a part relates to, by id.
fn read_relations(name: &str, parts: &Parts) -> Result<BTreeMap<String, String>, Refusal> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let own = |path: &str| match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    };
    let path = own(&format!("_rels/{file}.rels"));
    let mut targets = BTreeMap::new();
    let Some((_, bytes)) = parts.iter().find(|(name, _)| *name == path) else {
        return Ok(targets);
    };
    xml::walk(bytes, &mut |step, _| {
        if let Step::Open(element) = step
            && let (Some(id), Some(target)) = (element.get("Id"), element.get("Target"))
        {
            let target = target.strip_prefix('/').map_or_else(
                || own(target.strip_prefix("./").unwrap_or(target)),
                str::to_owned,
            );
            targets.insert(id.to_owned(), target);
        }
    })?;
    Ok(targets)
}

fn read_rows(bytes: &[u8], facts: &OfficeFacts) -> Result<Vec<SheetRow>, Refusal> {
    let mut reader = CellReader::new(facts);
    let mut rows = Vec::new();
    let mut merged = Vec::new();
    xml::walk(bytes, &mut |step, around| {
        if let Step::Open(element) = step
            && element.name == "mergeCell"
        {
            merged.extend(element.get("ref").and_then(range_of));
        }
        rows.extend(reader.step(step, around).map(sheet_row));
    })?;
    rows.sort_by_key(|row| row.number);
    fill(&mut rows, &merged);
    rows.retain(|row| !row.cells.is_empty());
    Ok(rows)
}

fn sheet_row(row: CellRow) -> SheetRow {
    let mut cells = Vec::new();
    let shown = row.cells.into_iter();
    for (column, cell) in shown.take_while(|(column, _)| *column < MOST_COLUMNS) {
        cells.resize(column, String::new());
        cells.push(cell.text);
    }
    SheetRow {
        number: row.number,
        cells,
    }
}

/// Cells merged over rows: the column, and the first and the last row.
type MergedRows = (usize, usize, usize);

/// The rows of a merged range such as `A3:B13`; `None` if it is one row.
fn range_of(range: &str) -> Option<MergedRows> {
    let (from, to) = range.split_once(':')?;
    let row_of = |reference: &str| {
        let digits = reference.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        digits.parse::<usize>().ok()
    };
    let (first, last) = (row_of(from)?, row_of(to)?);
    let column = column_of(from)?;
    (last > first && column < MOST_COLUMNS).then_some((column, first, last))
}

/// Repeats a cell in the rows over which it is merged.
fn fill(rows: &mut [SheetRow], merged: &[MergedRows]) {
    let mut left = MOST_FILLED;
    for &(column, first, last) in merged {
        let start = rows.partition_point(|row| row.number < first);
        let end = rows.partition_point(|row| row.number <= last);
        let Some(value) = rows[start..end]
            .first()
            .filter(|row| row.number == first)
            .and_then(|row| row.cells.get(column))
            .cloned()
        else {
            continue;
        };
        for row in rows[start..end].iter_mut().skip(1) {
            if left == 0 {
                return;
            }
            left -= 1;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            row.cells[column].clone_from(&value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_merged_over_rows_is_in_each_of_them() {
        let row = |number, cells: &[&str]| SheetRow {
            number,
            cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        };
        let mut rows = vec![
            row(3, &["Duty 1", "K1"]),
            row(4, &["", "K2"]),
            row(6, &[]),
            row(7, &["", "K3"]),
        ];
        fill(&mut rows, &[(0, 3, 6), (1, 9, 12)]);
        let first: Vec<&str> = rows.iter().map(|row| row.cells[0].as_str()).collect();
        assert_eq!(first, ["Duty 1", "Duty 1", "Duty 1", ""]);
        assert_eq!(range_of("B2:C9"), Some((1, 2, 9)));
        assert_eq!(range_of("A1:D1"), None);
        assert_eq!(range_of("A1"), None);
    }
}
