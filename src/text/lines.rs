//! From byte offsets to lines and columns.

/// A line and a column, both from 1; columns in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The offsets of the lines of a text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// The number of characters before each block of the text, so that columns in long lines take
    /// constant time; empty if the text is ASCII.
    characters: Vec<usize>,
}

/// The size of a block in bytes.
const BLOCK: usize = 512;

impl LineIndex {
    /// Indexes `text`; both `\n` and `\r\n` end a line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self {
            starts,
            characters: if text.is_ascii() {
                Vec::new()
            } else {
                count_before_blocks(text)
            },
        }
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
        if self.characters.is_empty() {
            return LineColumn {
                line,
                column: offset - start + 1,
            };
        }
        // Editors do not count a byte-order mark as a column.
        let before = &text[start..offset];
        let marks =
            (before.len() - before.trim_start_matches('\u{feff}').len()) / '\u{feff}'.len_utf8();
        LineColumn {
            line,
            column: self.count_before(text, offset) - self.count_before(text, start) - marks + 1,
        }
    }

    fn count_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.characters[block] + count_characters(&text.as_bytes()[block * BLOCK..offset])
    }

    /// The byte offset of a line and a column in characters, both from 1.
    #[must_use]
    pub fn offset(&self, text: &str, place: LineColumn) -> usize {
        let Some(&start) = self.starts.get(place.line.saturating_sub(1)) else {
            return text.len();
        };
        let rest = &text[start..];
        let column = place.column.saturating_sub(1);
        start
            + rest
                .char_indices()
                .nth(column)
                .map_or(rest.len(), |(at, _)| at)
    }
}

fn count_before_blocks(text: &str) -> Vec<usize> {
    let mut before = vec![0];
    let mut sum = 0;
    for block in text.as_bytes().chunks(BLOCK) {
        sum += count_characters(block);
        before.push(sum);
    }
    before
}

/// The number of characters that begin in these bytes.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_both_line_ends_are_known() {
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
        let long = "\u{feff}".to_owned() + &"é".repeat(4000) + "x\nü";
        let lines = LineIndex::new(&long);
        let columns = [3, 5, 8003, 8004, 8005, 8007].map(|offset| lines.place(&long, offset));
        let counted = columns.map(|place| (place.line, place.column));
        assert_eq!(
            counted,
            [(1, 1), (1, 2), (1, 4001), (1, 4002), (2, 1), (2, 2)]
        );
        let lines = LineIndex::new(text);
        for offset in [0, 2, 5, 6, 8] {
            assert_eq!(lines.offset(text, lines.place(text, offset)), offset);
        }
    }
}
