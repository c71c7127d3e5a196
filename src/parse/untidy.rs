//! Text as other programs write it: Word's bullets and tabs, addresses with spaces, callouts and
//! comments of Obsidian.

use crate::diagnostic::{Fault, FaultKind, Place, Untidy};
use crate::text::{Source, Span};

/// The most faults of one entry: the same slip is often on every line.
const MOST: usize = 50;

/// Longer texts in brackets are no addresses, in bytes.
const LONGEST_ADDRESS: usize = 300;

/// Signs that Word and other programs put before the items of a list.
pub const BULLETS: [char; 12] = [
    '•', '·', '▪', '◦', '‣', '●', '○', '■', '➢', '✓', '\u{f0b7}', '\u{f0a7}',
];

/// Finds text in a body that Markdown shows otherwise than its author meant.
pub(super) fn find_untidy(source: &Source, body: Span) -> Vec<Fault> {
    let mut finder = Finder {
        source,
        faults: Vec::new(),
        bullets: None,
        columns: None,
        before: true,
    };
    let mut is_code = false;
    let mut at = body.start;
    for line in body.of(&source.text).split_inclusive('\n') {
        let place = Span::new(at, at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
        let text = place.of(&source.text);
        let is_fence = text.trim_start().starts_with("```") || text.trim_start().starts_with("~~~");
        if is_fence {
            is_code = !is_code;
        }
        if is_code || is_fence {
            finder.end_blocks();
        } else {
            finder.read_line(text, place);
        }
        if finder.faults.len() >= MOST {
            break;
        }
    }
    finder.end_blocks();
    finder.faults
}

/// Lines of one kind that follow each other, and what they should be.
struct LineBlock {
    span: Span,
    lines: Vec<String>,
    /// The number of cells; 0 for a list.
    cells: usize,
    /// Whether words are directly before it.
    follows_words: bool,
}

struct Finder<'a> {
    source: &'a Source,
    faults: Vec<Fault>,
    bullets: Option<LineBlock>,
    columns: Option<LineBlock>,
    /// Whether the line before is blank.
    before: bool,
}

impl Finder<'_> {
    fn read_line(&mut self, text: &str, place: Span) {
        let follows_words = !self.before;
        self.before = text.trim().is_empty();
        let item = list_item(text);
        let cells = if item.is_some() { None } else { row(text) };
        if item.is_none() {
            self.end_bullets();
        }
        if self.columns.as_ref().is_some_and(|block| {
            cells
                .as_ref()
                .is_none_or(|cells| cells.len() != block.cells)
        }) {
            self.end_columns();
        }
        if let Some(item) = item {
            add_line(&mut self.bullets, item, 0, place, follows_words);
        }
        if let Some(cells) = cells {
            let line = format!("| {} |", cells.join(" | "));
            add_line(&mut self.columns, line, cells.len(), place, follows_words);
        }
        self.find_addresses(text, place);
        self.find_obsidian(text, place);
    }

    /// Finds callouts and comments of Obsidian.
    fn find_obsidian(&mut self, text: &str, place: Span) {
        if let Some(by) = plain_callout(text) {
            self.report(place, Untidy::Callout, Some(by));
        }
        let Some(start) = text.find("%%") else {
            return;
        };
        let end = text[start + 2..].find("%%").map(|at| start + at + 4);
        let is_code = text[..start].matches('`').count() % 2 == 1;
        let is_block = start == 0;
        if !is_code && (is_block || end.is_some()) {
            let span = Span::new(start, end.unwrap_or(text.len()));
            self.report(span.shifted(place.start), Untidy::Comment, None);
        }
    }

    fn end_blocks(&mut self) {
        self.end_bullets();
        self.end_columns();
    }

    fn end_bullets(&mut self) {
        if let Some(block) = self.bullets.take() {
            let by = block.lines.join("\n");
            self.report(block.span, Untidy::Bullets, Some(by));
        }
    }

    /// One line with a tab may be anything; two with the same cells are a table.
    fn end_columns(&mut self) {
        let Some(mut block) = self.columns.take().filter(|block| block.lines.len() > 1) else {
            return;
        };
        block
            .lines
            .insert(1, format!("|{}", "---|".repeat(block.cells)));
        let before = if block.follows_words { "\n" } else { "" };
        let by = format!("{before}{}", block.lines.join("\n"));
        self.report(block.span, Untidy::Columns, Some(by));
    }

    /// Finds `[words](an address)` with spaces in it, which is no link.
    fn find_addresses(&mut self, text: &str, place: Span) {
        let (mut ticks, mut counted) = (0, 0);
        for (at, _) in text.match_indices("](") {
            let start = at + 2;
            ticks += text[counted..at]
                .bytes()
                .filter(|byte| *byte == b'`')
                .count();
            counted = at;
            let reach = text.floor_char_boundary(start + LONGEST_ADDRESS);
            let is_code = ticks % 2 == 1;
            let Some(length) = closing_bracket(&text[start..reach]).filter(|_| !is_code) else {
                continue;
            };
            let address = &text[start..start + length];
            let is_link = address.starts_with('<')
                || !address.trim().contains(char::is_whitespace)
                || address.ends_with(['"', '\'', ')'])
                    && address.contains([' '])
                    && has_title(address);
            if is_link || !looks_like_address(address) {
                continue;
            }
            let by = if address.starts_with("ksb:") {
                address.replace(", ", ",").trim().replace(' ', "%20")
            } else {
                format!("<{}>", address.trim())
            };
            let span = Span::new(start, start + length).shifted(place.start);
            self.report(span, Untidy::SpacedAddress, Some(by));
        }
    }

    fn report(&mut self, span: Span, what: Untidy, by: Option<String>) {
        let place = Place::new(&self.source.path, span);
        let kind = FaultKind::UntidyText { what, by };
        self.faults.push(Fault { place, kind });
    }
}

fn add_line(
    block: &mut Option<LineBlock>,
    line: String,
    cells: usize,
    place: Span,
    follows_words: bool,
) {
    let block = block.get_or_insert_with(|| LineBlock {
        span: place,
        lines: Vec::new(),
        cells,
        follows_words,
    });
    block.span = Span::new(block.span.start, place.end);
    block.lines.push(line);
}

/// The item of a Markdown list that a line with a bullet means.
fn list_item(text: &str) -> Option<String> {
    let trimmed = text.trim_start();
    let indent = text.len() - trimmed.len();
    let rest = trimmed.strip_prefix(BULLETS);
    // Word's second level is a round letter o, and a tab.
    let second = trimmed.strip_prefix("o\t");
    let item = rest.filter(|rest| {
        rest.starts_with(char::is_whitespace) || rest.starts_with(char::is_alphabetic)
    });
    let item = item.or(second)?.trim();
    let depth = usize::from(second.is_some() || indent > 1);
    (!item.is_empty()).then(|| format!("{}- {item}", "  ".repeat(depth)))
}

/// The cells of a line with tabs between words.
fn row(text: &str) -> Option<Vec<String>> {
    if !text.contains('\t') || text.starts_with([' ', '\t', '|', '>', '-', '*', '+', '#']) {
        return None;
    }
    let cells: Vec<String> = text
        .split('\t')
        .map(|cell| cell.trim().replace('|', "\\|"))
        .collect();
    let first = cells[0].trim_end_matches(['.', ')']);
    let is_numbered =
        first.len() < cells[0].len() && first.bytes().all(|byte| byte.is_ascii_digit());
    let is_full = cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    (is_full && !is_numbered).then_some(cells)
}

/// The first line of a callout of Obsidian as a line of a quotation: `> **Note**`.
pub fn plain_callout(line: &str) -> Option<String> {
    let inner = line.trim_start().strip_prefix('>')?.trim_start();
    let (kind, title) = inner.strip_prefix("[!")?.split_once(']')?;
    let title = title.trim_start_matches(['+', '-']).trim();
    let title = if title.is_empty() { kind } else { title };
    Some(format!("> **{title}**"))
}

/// The bytes before the bracket that closes an address.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether an address is followed by a title in quotes.
fn has_title(address: &str) -> bool {
    let rest = address
        .split_once(char::is_whitespace)
        .map_or("", |(_, rest)| rest.trim());
    let opens = rest.starts_with(['"', '\'', '(']);
    opens && rest.len() > 1 && rest.ends_with(['"', '\'', ')'])
}

/// Whether text in brackets is an address rather than words: it names codes, or a file.
fn looks_like_address(address: &str) -> bool {
    let name = address.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = (1..=4).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric);
    address.starts_with("ksb:") || address.starts_with("http") || is_file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TextEdit, apply_edits};

    fn tidied(text: &str) -> String {
        let source = Source::new("portfolio/entries/one.md", text);
        let faults = find_untidy(&source, Span::new(0, text.len()));
        let edits: Vec<TextEdit> = faults
            .into_iter()
            .filter_map(|fault| match fault.kind {
                FaultKind::UntidyText { by: Some(by), .. } => {
                    Some(TextEdit::replace(fault.place.span, by))
                }
                _ => None,
            })
            .collect();
        apply_edits(text, &edits).unwrap_or_default()
    }

    #[test]
    fn comments_of_obsidian_are_found() {
        for (text, found) in [
            ("A %%remark%% here.\n", 1),
            ("%%\nA remark\n%%\n", 2),
            ("`%%a%%` and 100%% of it\n", 0),
        ] {
            let source = Source::new("portfolio/entries/one.md", text);
            let faults = find_untidy(&source, Span::new(0, text.len()));
            assert_eq!(faults.len(), found, "{text}");
        }
    }

    #[test]
    fn lists_tables_and_addresses_of_other_programs_become_markdown() {
        for (text, tidy) in [
            ("•\tOne\n•\tTwo\no\tInner\n", "- One\n- Two\n  - Inner\n"),
            ("· One\n", "- One\n"),
            (
                "Words\nTime\tPulse\n10:00\t80\n",
                "Words\n\n| Time | Pulse |\n|---|---|\n| 10:00 | 80 |\n",
            ),
            ("1.\tOne\n2.\tTwo\n", "1.\tOne\n2.\tTwo\n"),
            ("A\tline alone\n", "A\tline alone\n"),
            ("[a](ksb:K7, K8) b\n", "[a](ksb:K7,K8) b\n"),
            ("[a](ksb:K7 and K8)\n", "[a](ksb:K7%20and%20K8)\n"),
            (
                "![a](../evidence/IMG 20 (1).jpg)\n",
                "![a](<../evidence/IMG 20 (1).jpg>)\n",
            ),
            (
                "[a](b.md \"title\") [c] (words in brackets)\n",
                "[a](b.md \"title\") [c] (words in brackets)\n",
            ),
            ("`[a](ksb:K7, K8)`\n", "`[a](ksb:K7, K8)`\n"),
            ("```\n•\tOne\n```\n", "```\n•\tOne\n```\n"),
            ("> [!tip]- Hands\n> Wash.\n", "> **Hands**\n> Wash.\n"),
        ] {
            assert_eq!(tidied(text), tidy);
        }
    }
}
