//! Writes blocks of a document as `CommonMark` that reads well in any editor.

use std::fmt::Write;
use std::sync::Arc;

use super::escape::{escape_line_starts, escape_words};
use super::marks::{MARKS, picture_mark};
use crate::document::{TextBlock, TextCell, TextLook, TextPiece};

/// Writes blocks and notes. Pictures are marks, which get their paths later.
pub(super) fn write_markdown(blocks: &[TextBlock], notes: &[Vec<TextBlock>]) -> String {
    let mut writer = MarkdownWriter::default();
    for block in blocks {
        writer.write(block);
    }
    writer.end_list();
    let mut out = writer.out;
    for (number, note) in (1..).zip(notes) {
        let text = write_markdown(note, &[]);
        let text = text.trim().replace('\n', "\n    ");
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, "\n[^{number}]: {}\n", text.replace("\n    \n", "\n\n"));
    }
    out
}

/// A list that is written.
struct ListMarks {
    level: u8,
    list: u32,
    is_numbered: bool,
    /// Whether it has the second form of marks, because it follows another list.
    has_other_marks: bool,
    /// The width of the last mark.
    width: usize,
}

/// The kind of the last block.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum LastBlock {
    #[default]
    None,
    Item,
    Quotation,
    Code,
    Other,
}

#[derive(Default)]
struct MarkdownWriter {
    out: String,
    lists: Vec<ListMarks>,
    last: LastBlock,
}

impl MarkdownWriter {
    fn write(&mut self, block: &TextBlock) {
        match block {
            TextBlock::Item {
                level,
                number,
                list,
                text,
            } => {
                self.write_item(*level, *number, *list, text);
                return;
            }
            _ => self.end_list(),
        }
        let is_same = |last, kind| last == kind;
        match block {
            TextBlock::Title(text) => self.write_heading(1, text),
            TextBlock::Heading { level, text } => self.write_heading(*level, text),
            TextBlock::Paragraph(text) => {
                self.begin(LastBlock::Other);
                let text = escape_line_starts(&inline(text, false));
                self.out.push_str(&text);
                self.out.push('\n');
            }
            TextBlock::Quotation(text) => {
                if is_same(self.last, LastBlock::Quotation) {
                    self.out.push_str(">\n");
                } else {
                    self.begin(LastBlock::Quotation);
                }
                let text = escape_line_starts(&inline(text, false));
                let _ = writeln!(self.out, "> {}", text.replace('\n', "\n> "));
            }
            TextBlock::Code(text) => {
                if is_same(self.last, LastBlock::Code) {
                    // Lines of one block follow each other.
                    self.out.truncate(self.out.trim_end_matches("```\n").len());
                } else {
                    self.begin(LastBlock::Code);
                    self.out.push_str("```\n");
                }
                let _ = write!(
                    self.out,
                    "{}\n```\n",
                    text.replace("```", "'''").replace(MARKS, "")
                );
            }
            TextBlock::Table(rows) => {
                self.begin(LastBlock::Other);
                write_table(rows, &mut self.out);
            }
            TextBlock::Item { .. } => {}
        }
    }

    /// Begins a block, after a blank line.
    fn begin(&mut self, kind: LastBlock) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.last = kind;
    }

    fn write_heading(&mut self, level: u8, text: &[TextPiece]) {
        self.begin(LastBlock::Other);
        let marks = "#".repeat(usize::from(level.clamp(1, 6)));
        let text = inline(text, true).replace("\\\n", " ");
        // A # at the end would be taken for a closing mark.
        let text = text
            .strip_suffix('#')
            .map_or(text.clone(), |text| format!("{text}\\#"));
        let _ = writeln!(self.out, "{marks} {text}");
    }

    fn end_list(&mut self) {
        self.lists.clear();
    }

    fn write_item(&mut self, level: u8, number: Option<u32>, list: u32, text: &[TextPiece]) {
        if self.last != LastBlock::Item || self.lists.is_empty() {
            self.begin(LastBlock::Item);
        }
        while self.lists.last().is_some_and(|list| list.level > level) {
            let ended = self.lists.pop();
            // A list may begin deeper than it goes on.
            if let (Some(ended), true) = (ended, self.lists.is_empty()) {
                self.lists.push(ListMarks { level, ..ended });
            }
        }
        let is_numbered = number.is_some();
        let is_sibling = self.lists.last().is_some_and(|list| list.level == level);
        let before = is_sibling.then(|| self.lists.pop()).flatten();
        let follows = before
            .as_ref()
            .is_some_and(|before| before.list != list && before.is_numbered == is_numbered);
        let had_other = before.as_ref().is_some_and(|before| before.has_other_marks);
        let has_other_marks = had_other != follows;
        if follows {
            self.out.push('\n');
        }
        let mark = match (number, has_other_marks) {
            (Some(number), false) => format!("{number}. "),
            (Some(number), true) => format!("{number}) "),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        // A list that does not begin with 1 interrupts no paragraph.
        if before.is_none() && !self.lists.is_empty() && number.is_some_and(|number| number != 1) {
            self.out.push('\n');
        }
        let indent = " ".repeat(self.lists.iter().map(|list| list.width).sum());
        let inner = format!("\n{indent}{}", " ".repeat(mark.len()));
        let text = escape_line_starts(&inline(text, false)).replace('\n', &inner);
        let _ = writeln!(self.out, "{indent}{mark}{text}");
        self.lists.push(ListMarks {
            level,
            list,
            is_numbered,
            has_other_marks,
            width: mark.len(),
        });
    }
}

/// Writes a table. Its first row is the head, as Markdown requires one.
fn write_table(rows: &[Vec<TextCell>], out: &mut String) {
    let width = |row: &Vec<TextCell>| row.iter().map(|cell| cell.columns).sum::<usize>();
    let columns = rows.iter().map(width).max().unwrap_or_default();
    for (number, row) in rows.iter().enumerate() {
        out.push('|');
        for cell in row {
            let text = cell_text(cell);
            let _ = write!(out, " {text} |{}", "  |".repeat(cell.columns - 1));
        }
        out.push_str(&"  |".repeat(columns - width(row)));
        out.push('\n');
        if number == 0 {
            let _ = writeln!(out, "|{}", " --- |".repeat(columns));
        }
    }
}

/// The blocks of a cell on one line.
fn cell_text(cell: &TextCell) -> String {
    let mut out = String::new();
    for block in &cell.blocks {
        let text = match block {
            TextBlock::Table(_) | TextBlock::Code(_) => escape_words(&block.words(), true),
            TextBlock::Item { number, text, .. } => match number {
                Some(number) => format!("{number}. {}", inline(text, false)),
                None => format!("• {}", inline(text, false)),
            },
            _ => inline(block.pieces(), false),
        };
        if !out.is_empty() {
            out.push_str("<br>");
        }
        out.push_str(&text.replace("\\\n", "<br>"));
    }
    out.replace('|', "\\|")
}

/// Writes pieces as inline Markdown. `is_heading`: bold says nothing there.
pub(super) fn inline(pieces: &[TextPiece], is_heading: bool) -> String {
    let mut pieces = pieces.to_vec();
    for piece in &mut pieces {
        if let TextPiece::Words { look, text, .. } = piece {
            look.bold &= !is_heading;
            if text.trim().is_empty() {
                *look = TextLook::default();
            }
        }
    }
    let has_links = pieces.iter().any(|piece| link_of(piece).is_some());
    let mut out = String::new();
    for group in pieces.chunk_by(|a, b| link_of(a) == link_of(b)) {
        if let Some(target) = link_of(&group[0]) {
            let text = looks(group, &["~~", "**", "_"], true);
            let text = text.replace("\\\n", " ");
            let target = target.replace('<', "%3C").replace('>', "%3E");
            let target = if target.contains(['(', ')']) {
                format!("<{target}>")
            } else {
                target
            };
            let (lead, core, tail) = split_spaces(&text);
            if core.is_empty() {
                out.push_str(&text);
            } else {
                let _ = write!(out, "{lead}[{core}]({target}){tail}");
            }
        } else {
            let text = looks(group, &["~~", "**", "_"], has_links);
            out.push_str(&text);
        }
    }
    out
}

fn link_of(piece: &TextPiece) -> Option<&Arc<str>> {
    match piece {
        TextPiece::Words { link, .. } => link.as_ref(),
        _ => None,
    }
}

/// Whether a piece has the look of a mark. Pictures and line ends take the look of what is around.
fn has_look(piece: &TextPiece, mark: &str) -> bool {
    match piece {
        TextPiece::Words { look, .. } => match mark {
            "~~" => look.struck,
            "**" => look.bold,
            _ => look.italic,
        },
        _ => false,
    }
}

/// Writes pieces with the marks of their looks, the outermost first.
fn looks(pieces: &[TextPiece], marks: &[&str], is_strict: bool) -> String {
    let Some((mark, inner)) = marks.split_first() else {
        return pieces
            .iter()
            .map(|one| plain_piece(one, is_strict))
            .collect();
    };
    let mut out = String::new();
    let mut groups = pieces
        .chunk_by(|a, b| has_look(a, mark) == has_look(b, mark))
        .peekable();
    while let Some(group) = groups.next() {
        let text = looks(group, inner, is_strict);
        if !has_look(&group[0], mark) {
            out.push_str(&text);
            continue;
        }
        let next = groups.peek().and_then(|group| first_letter(&group[0]));
        wrap(&text, mark, next, &mut out);
    }
    out
}

fn first_letter(piece: &TextPiece) -> Option<char> {
    match piece {
        TextPiece::Words { text, .. } => text.chars().next(),
        _ => None,
    }
}

/// Puts a mark around words, so that `CommonMark` reads it: no space inside, and no punctuation inside
/// that touches a letter outside.
fn wrap(text: &str, mark: &str, next: Option<char>, out: &mut String) {
    let before = out.chars().next_back();
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_punctuation = |letter: char| letter.is_ascii_punctuation() || "“”‘’–—…".contains(letter);
    let (lead, mut core, tail) = split_spaces(text);
    let mut tail = tail.to_owned();
    let mut lead = lead.to_owned();
    if is_letter(next) && tail.is_empty() {
        let kept = core.trim_end_matches(|letter| is_punctuation(letter) && letter != '*');
        if !kept.ends_with('\\') {
            core[kept.len()..].clone_into(&mut tail);
            core = kept;
        }
    }
    if is_letter(before) && lead.is_empty() {
        let kept = core.trim_start_matches(|letter| is_punctuation(letter) && letter != '*');
        core[..core.len() - kept.len()].clone_into(&mut lead);
        core = kept;
    }
    out.push_str(&lead);
    if core.is_empty() {
        out.push_str(&tail);
        return;
    }
    // Within a word, _ is a letter.
    let within =
        |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || one == '_');
    let touches = lead.is_empty() && within(before) || tail.is_empty() && within(next);
    let mark = if mark == "_" && touches { "*" } else { mark };
    let _ = write!(out, "{mark}{core}{mark}{tail}");
}

/// Spaces and line ends before, the words, and spaces and line ends after.
fn split_spaces(text: &str) -> (&str, &str, &str) {
    let is_space = |letter: char| letter.is_whitespace();
    let lead = text.len() - text.trim_start_matches(is_space).len();
    let mut end = text.trim_end_matches(is_space).len().max(lead);
    // The backslash of a line end belongs to it.
    if text[lead..end].ends_with('\\') && text[end..].starts_with('\n') {
        end -= 1;
    }
    (&text[..lead], &text[lead..end], &text[end..])
}

fn plain_piece(piece: &TextPiece, is_strict: bool) -> String {
    match piece {
        TextPiece::Words { text, .. } => escape_words(text, is_strict),
        TextPiece::LineBreak => "\\\n".to_owned(),
        TextPiece::Note(at) => format!("[^{}]", at + 1),
        TextPiece::Picture(at) => picture_mark(*at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, bold: bool, italic: bool) -> TextPiece {
        TextPiece::Words {
            text: text.to_owned(),
            look: TextLook {
                bold,
                italic,
                struck: false,
            },
            link: None,
        }
    }

    fn item(level: u8, number: Option<u32>, list: u32, text: &str) -> TextBlock {
        TextBlock::Item {
            level,
            number,
            list,
            text: vec![words(text, false, false)],
        }
    }

    #[test]
    fn looks_are_marks_that_commonmark_reads() {
        let cases = [
            (
                vec![
                    words("a ", false, false),
                    words("b ", true, false),
                    words("c", false, false),
                ],
                "a **b** c",
            ),
            (
                vec![words("Plan:", true, false), words("rest", false, false)],
                "**Plan**:rest",
            ),
            (
                vec![words("un", false, false), words("do", false, true)],
                "un*do*",
            ),
            (
                vec![words("a", true, false), words("b", true, true)],
                "**a*b***",
            ),
            (
                vec![words("2 * 3 _x_ #4", false, false)],
                "2 \\* 3 \\_x\\_ #4",
            ),
        ];
        for (pieces, expected) in cases {
            assert_eq!(inline(&pieces, false), expected);
        }
    }

    #[test]
    fn lists_nest_continue_and_stay_apart() {
        let blocks = [
            item(0, Some(3), 1, "three"),
            item(1, None, 1, "below"),
            item(1, Some(2), 1, "two"),
            item(0, Some(4), 1, "four"),
            item(0, Some(1), 2, "another"),
        ];
        let expected = "3. three\n   - below\n   2. two\n4. four\n\n1) another\n";
        assert_eq!(write_markdown(&blocks, &[]), expected);
    }

    #[test]
    fn lines_that_look_like_markup_are_escaped() {
        for (text, expected) in [
            ("# no heading", "\\# no heading\n"),
            ("1. no list", "1\\. no list\n"),
            ("- no list", "\\- no list\n"),
            ("> none", "\\> none\n"),
            ("<b> & &amp;", "\\<b> & \\&amp;\n"),
            ("[patient] said", "[patient] said\n"),
            ("[x](ksb:K7)", "\\[x](ksb:K7)\n"),
        ] {
            let block = TextBlock::Paragraph(vec![words(text, false, false)]);
            assert_eq!(write_markdown(&[block], &[]), expected);
        }
    }

    #[test]
    fn a_table_has_a_head_and_all_its_columns() {
        let cell = |text: &str, columns| TextCell {
            blocks: vec![TextBlock::Paragraph(vec![words(text, false, false)])],
            columns,
        };
        let rows = vec![vec![cell("a", 2)], vec![cell("b|c", 1), cell("d", 1)]];
        let expected = "| a |  |\n| --- | --- |\n| b\\|c | d |\n";
        assert_eq!(write_markdown(&[TextBlock::Table(rows)], &[]), expected);
    }
}
