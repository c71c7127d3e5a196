//! From byte offsets to lines and columns.

/// A place as people count: both from 1, columns in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Whether every sign has one byte, so that signs need not be counted.
    plain: bool,
}

impl LineIndex {
    /// Reads the line ends of `text`; `\n` and `\r\n` both end a line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { starts, plain: text.is_ascii() }
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    #[must_use]
    pub fn place(&self, text: &str, offset: usize) -> LineColumn {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        if self.plain {
            return LineColumn { line, column: offset - start + 1 };
        }
        // A byte-order mark is no character to the person who counts columns.
        let before = text[start..offset].trim_start_matches('\u{feff}');
        LineColumn { line, column: before.chars().count() + 1 }
    }

    /// The byte offset of a line and a column in characters, both from 1.
    #[must_use]
    pub fn offset(&self, text: &str, place: LineColumn) -> usize {
        let Some(&start) = self.starts.get(place.line.saturating_sub(1)) else {
            return text.len();
        };
        let rest = &text[start..];
        let column = place.column.saturating_sub(1);
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_with_either_sign() {
        let text = "é1\r\nK7\nlast";
        let lines = LineIndex::new(text);
        let place = |offset| {
            let place = lines.place(text, offset);
            (place.line, place.column)
        };
        assert_eq!(place(2), (1, 2));
        assert_eq!(place(5), (2, 1));
        assert_eq!(place(1), (1, 1));
        assert_eq!(place(999), (3, 5));
        for offset in [0, 2, 5, 6, 8] {
            assert_eq!(lines.offset(text, lines.place(text, offset)), offset);
        }
    }
}
