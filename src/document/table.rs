//! Tables: the heading of a column is a label of the cells below it.

/// The headings of a table whose rows are read one after the other.
#[derive(Debug, Default)]
pub(super) struct Headings {
    words: Vec<String>,
    /// The number of cells of the last row that are not empty.
    filled_before: usize,
}

impl Headings {
    /// A row as `Heading: value, Heading: value`; `None` if it is a row of headings, or no cell has one.
    ///
    /// Headings are words without digits, in the first row, or after an empty row or a title.
    pub(super) fn label(&mut self, cells: &[String]) -> Option<String> {
        let is_filled = |cell: &&String| !cell.trim().is_empty();
        let filled = cells.iter().filter(is_filled).count();
        let starts = self.filled_before <= 1;
        self.filled_before = filled;
        if filled == 0 {
            return None;
        }
        let of_row = (filled == 2).then(|| label_of_row(cells)).flatten();
        if starts && cells.iter().filter(is_filled).all(|cell| is_heading(cell)) {
            self.words = cells.to_vec();
            return None;
        }
        let mut labelled: Vec<String> = cells
            .iter()
            .zip(&self.words)
            .filter(|(cell, heading)| !cell.trim().is_empty() && !heading.trim().is_empty())
            .map(|(cell, heading)| {
                format!("{}: {}", heading.trim(), with_zero(heading, cell.trim()))
            })
            .collect();
        labelled.extend(of_row);
        (!labelled.is_empty()).then(|| labelled.join(", "))
    }
}

/// A row of two cells, of which the first is a label and the other has a number: `Phone: 07700900123`.
fn label_of_row(cells: &[String]) -> Option<String> {
    let mut filled = cells.iter().map(|cell| cell.trim());
    let mut next = || filled.find(|cell| !cell.is_empty());
    let (label, value) = (next()?, next()?);
    let is_value = value.chars().any(|letter| letter.is_ascii_digit());
    (is_heading(label) && is_value).then(|| format!("{label}: {}", with_zero(label, value)))
}

fn is_heading(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic) && !cell.chars().any(|letter| letter.is_ascii_digit())
}

/// A value, with the zero that a workbook drops from a telephone number.
fn with_zero(heading: &str, value: &str) -> String {
    let heading = heading.to_lowercase();
    let is_phone = ["phone", "tel", "mobile", "fax", "contact"]
        .iter()
        .any(|word| heading.contains(word));
    let is_number = value.len() == 10 && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_phone && is_number && value.starts_with(['1', '2', '3', '7']) {
        format!("0{value}")
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn headings_label_the_cells_below_them() {
        let mut headings = Headings::default();
        assert_eq!(headings.label(&row(&["Audit of 2026", "", ""])), None);
        assert_eq!(headings.label(&row(&["Patient", "NHS No", "Phone"])), None);
        let labelled = headings.label(&row(&["A", "9990000018", "7700900123"]));
        assert_eq!(
            labelled.as_deref(),
            Some("Patient: A, NHS No: 9990000018, Phone: 07700900123")
        );
        // Rows of words below the headings are no headings.
        let labelled = headings.label(&row(&["B", "", "none"]));
        assert_eq!(labelled.as_deref(), Some("Patient: B, Phone: none"));
        assert_eq!(headings.label(&row(&["", "", ""])), None);
        assert_eq!(headings.label(&row(&["DOB"])), None);
        let labelled = headings.label(&row(&["14/03/1938"]));
        assert_eq!(labelled.as_deref(), Some("DOB: 14/03/1938"));
    }

    #[test]
    fn the_heading_of_a_row_labels_its_number() {
        let mut headings = Headings::default();
        assert_eq!(headings.label(&row(&["Name", "Odell"])), None);
        let labelled = headings.label(&row(&["Phone", "7700900123"]));
        assert_eq!(
            labelled.as_deref(),
            Some("Name: Phone, Odell: 7700900123, Phone: 07700900123")
        );
        let mut headings = Headings::default();
        let labelled = headings.label(&row(&["Mobile", "", "7700900123"]));
        assert_eq!(labelled.as_deref(), Some("Mobile: 07700900123"));
    }
}
