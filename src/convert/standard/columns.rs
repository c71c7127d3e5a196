//! Columns of a table, by its row of headings.

use std::collections::BTreeMap;

use super::codes::{read_code, read_codes, read_duty, split_code};

/// The longest heading of a column.
const LONGEST_HEADING: usize = 60;

/// The columns of the table that is read.
#[derive(Clone, Debug, Default)]
pub(super) struct TableColumns {
    pub(super) code: Option<usize>,
    pub(super) text: Option<usize>,
    pub(super) duty: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) guid: Option<usize>,
    /// Columns of a matrix: those with a duty as heading.
    pub(super) marks: Vec<(usize, u32)>,
    names: BTreeMap<usize, String>,
}

/// The role of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnRole {
    Code,
    Text,
    Duty,
    Kind,
    Guid,
}

fn role_of(heading: &str) -> Option<ColumnRole> {
    let lower = heading.to_lowercase();
    let plain = lower.trim_matches(|one: char| !one.is_alphanumeric() && one != '#');
    Some(match plain {
        "code" | "ref" | "reference" | "no" | "no." | "number" | "ksb" | "ksbs" | "ksb code"
        | "ksb ref" | "ksb reference" | "ksb no" | "ksb number" | "id" | "#" | "ksb id"
        | "criterion code" | "criteria code" | "ksb code/number" => ColumnRole::Code,
        "statement" | "statements" | "text" | "description" | "detail" | "details" | "wording"
        | "ksb statement" | "ksb description" | "ksb text" | "ksb detail" | "criterion"
        | "criteria" | "ksb wording" | "statement text" | "full text" | "what" => ColumnRole::Text,
        "duty" | "duties" | "duty no" | "duty number" | "linked duties" | "mapped duties"
        | "related duties" | "linked duty" | "duty ref" | "duty mapping" => ColumnRole::Duty,
        "type" | "kind" | "category" | "ksb type" | "area" | "element" | "k/s/b" | "k, s or b" => {
            ColumnRole::Kind
        }
        "guid" | "uuid" | "publisher's id" | "skills england id" => ColumnRole::Guid,
        _ => return None,
    })
}

/// Whether a text is the heading of a column.
pub(super) fn is_column(text: &str) -> bool {
    role_of(text).is_some() || matches!(read_duty(text), Some((_, "")))
}

impl TableColumns {
    /// The columns that a row of headings names; `None` if it is none.
    pub(super) fn of(cells: &[(usize, &str)]) -> Option<Self> {
        let is_heading = |text: &str| {
            text.chars().count() <= LONGEST_HEADING
                && read_code(text).is_none()
                && read_codes(text).is_none()
                && split_code(text).is_none()
        };
        if cells.len() < 2 || !cells.iter().all(|(_, text)| is_heading(text)) {
            return None;
        }
        let mut columns = Self::default();
        for &(at, text) in cells {
            columns.names.insert(at, text.to_owned());
            if let Some((number, "")) = read_duty(text) {
                columns.marks.push((at, number));
                continue;
            }
            let place = match role_of(text) {
                Some(ColumnRole::Code) => &mut columns.code,
                Some(ColumnRole::Text) => &mut columns.text,
                Some(ColumnRole::Duty) => &mut columns.duty,
                Some(ColumnRole::Kind) => &mut columns.kind,
                Some(ColumnRole::Guid) => &mut columns.guid,
                None => continue,
            };
            place.get_or_insert(at);
        }
        let has_table = columns.code.is_some() || columns.text.is_some();
        // A row of one duty and text is a duty.
        let is_matrix = columns.marks.len() > 1;
        if !is_matrix {
            columns.marks.clear();
        }
        (has_table || is_matrix).then_some(columns)
    }

    /// Whether both codes and statements have their columns, so that other columns are something else.
    pub(super) fn is_complete(&self) -> bool {
        self.code.is_some() && self.text.is_some()
    }

    /// Whether a column has a heading.
    pub(super) fn has_name(&self, at: usize) -> bool {
        self.names.contains_key(&at)
    }

    /// The name of a column in messages: `column D “Evidence”`.
    pub(super) fn name(&self, at: usize) -> String {
        let letters = column_letters(at);
        match self.names.get(&at) {
            Some(name) => format!("column {letters} “{name}”"),
            None => format!("column {letters}"),
        }
    }
}

/// The letters of a column: `A`, `AB`.
fn column_letters(at: usize) -> String {
    let mut letters = Vec::new();
    let mut left = at + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(cells: &[&str]) -> Option<TableColumns> {
        let cells: Vec<(usize, &str)> = cells.iter().copied().enumerate().collect();
        TableColumns::of(&cells)
    }

    #[test]
    fn a_row_of_headings_names_the_columns() {
        let found = columns(&["Ref.", "KSB statement", "Duties", "Evidence"]).unwrap_or_default();
        assert_eq!(
            (found.code, found.text, found.duty),
            (Some(0), Some(1), Some(2))
        );
        assert_eq!(found.name(3), "column D “Evidence”");
        assert_eq!(found.name(27), "column AB");
        let matrix = columns(&["KSB", "Statement", "Duty 1", "Duty 2"]).unwrap_or_default();
        assert_eq!(matrix.marks, [(2, 1), (3, 2)]);
        assert!(columns(&["K1", "Statement"]).is_none());
        assert!(columns(&["Some words", "Other words"]).is_none());
        assert!(columns(&["Statement"]).is_none());
    }
}
