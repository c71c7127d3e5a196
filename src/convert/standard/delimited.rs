//! Rows of a text whose cells are separated by commas, semicolons or tabs.

use crate::document::{SheetRow, Worksheet};

/// Signs that separate cells.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// Lines by which the separator is found.
const LOOKED_AT: usize = 50;

/// A cell has at most so many lines; a longer one began with a stray quotation mark.
const MOST_LINES: usize = 60;

/// A text as rows.
#[derive(Clone, Debug, Default)]
pub struct DelimitedText {
    /// Its rows, as a sheet without a name.
    pub sheet: Worksheet,
    /// The line of a quotation mark that is never closed.
    pub unclosed: Option<usize>,
}

/// Reads a text of rows: with or without a byte-order mark, and with Excel's `sep=` line.
#[must_use]
pub fn read_delimited(text: &str) -> DelimitedText {
    let text = text.trim_start_matches('\u{feff}');
    let (given, text, first) = match text.split_once('\n') {
        Some((line, rest)) => match line.trim().strip_prefix("sep=") {
            Some(sign) => (sign.chars().next(), rest, 2),
            None => (None, text, 1),
        },
        None => (None, text, 1),
    };
    let separator = given.unwrap_or_else(|| find_separator(text));
    let mut reader = RowReader {
        separator,
        line: first,
        ..RowReader::default()
    };
    for line in text.split('\n') {
        reader.read_line(line.strip_suffix('\r').unwrap_or(line));
    }
    reader.finish()
}

/// The sign that most lines have, and equally often.
fn find_separator(text: &str) -> char {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .collect();
    let fits = |separator: char| {
        let lines = lines.iter();
        let counts = lines.map(|line| count_outside_quotes(line, separator));
        let with = counts.filter(|count| *count > 0).count();
        // Commas and full lines of text are in statements too.
        match separator {
            ',' | '|' => with,
            _ => with * 2,
        }
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|one| fits(*one));
    best.unwrap_or(',')
}

fn count_outside_quotes(line: &str, separator: char) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for sign in line.chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            sign if sign == separator && !is_quoted => count += 1,
            _ => {}
        }
    }
    count
}

#[derive(Default)]
struct RowReader {
    separator: char,
    line: usize,
    cells: Vec<String>,
    /// The line on which the quoted cell began that is open.
    quoted_since: Option<usize>,
    cell: String,
    row_start: usize,
    rows: Vec<SheetRow>,
    unclosed: Option<usize>,
}

impl RowReader {
    fn read_line(&mut self, line: &str) {
        match self.quoted_since {
            Some(since) if self.line - since >= MOST_LINES => {
                self.unclosed = self.unclosed.or(Some(since));
                self.quoted_since = None;
                self.end_row();
            }
            Some(_) => self.cell.push('\n'),
            None => {}
        }
        if self.quoted_since.is_none() {
            self.row_start = self.line;
        }
        let mut signs = line.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '"' if self.quoted_since.is_some() => {
                    if signs.peek() == Some(&'"') {
                        signs.next();
                        self.cell.push('"');
                    } else {
                        self.quoted_since = None;
                    }
                }
                '"' if self.cell.trim().is_empty() => {
                    self.cell.clear();
                    self.quoted_since = Some(self.line);
                }
                sign if sign == self.separator && self.quoted_since.is_none() => {
                    self.cells.push(std::mem::take(&mut self.cell));
                }
                sign => self.cell.push(sign),
            }
        }
        if self.quoted_since.is_none() {
            self.end_row();
        }
        self.line += 1;
    }

    fn end_row(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push(SheetRow {
                number: self.row_start,
                cells,
            });
        }
    }

    fn finish(mut self) -> DelimitedText {
        self.unclosed = self.unclosed.or(self.quoted_since);
        if self.quoted_since.is_some() {
            self.end_row();
        }
        let sheet = Worksheet {
            name: String::new(),
            rows: self.rows,
        };
        DelimitedText {
            sheet,
            unclosed: self.unclosed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let read = read_delimited(text);
        assert_eq!(read.unclosed, None, "{text}");
        let rows = read.sheet.rows.into_iter();
        rows.map(|row| (row.number, row.cells)).collect()
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn each_separator_is_found() {
        for (text, signs) in [
            ("\u{feff}K1,Two words\r\n\r\nS1,\"One, two\"\r\n", "comma"),
            ("sep=;\nK1;Two words\nS1;One, two\n", "named"),
            ("K1;Two words\n\nS1;One, two\n", "semicolon"),
            ("K1\tTwo words\n\nS1\tOne, two", "tab"),
        ] {
            let read = rows(text);
            let (first, last) = (&read[0], &read[1]);
            assert_eq!(first.1, cells(&["K1", "Two words"]), "{signs}");
            assert_eq!(last.1, cells(&["S1", "One, two"]), "{signs}");
            assert_eq!(last.0, 3, "{signs}");
        }
    }

    #[test]
    fn quoted_cells_have_lines_and_quotes() {
        let read = rows("K1,\"One\ntwo \"\"three\"\"\"\nK2,next\n");
        assert_eq!(read[0].1, cells(&["K1", "One\ntwo \"three\""]));
        assert_eq!(read[1].0, 3);
        let open = read_delimited("K1,one\nK2,\"two\nK3,three\n");
        assert_eq!(open.unclosed, Some(2));
    }
}
