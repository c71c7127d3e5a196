//! Escapes words that Markdown would take for markup, and no others.

use super::marks::MARKS;

/// Escapes words within a line. `is_strict`: brackets too, because links are near.
pub(super) fn escape_words(text: &str, is_strict: bool) -> String {
    let brackets = is_strict || ["](", "][", "]:"].iter().any(|pair| text.contains(pair));
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if MARKS.contains(&letter) {
            continue;
        }
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let is_markup = match letter {
            '*' | '`' | '~' => true,
            '\\' => next.is_ascii_punctuation() || at + 1 == text.len(),
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '[' => brackets || matches!(next, '[' | '^') || at + 1 == text.len(),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => begins_entity(&text[at + 1..]),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        // Two spaces before a line end would be a mark.
        out.push(if matches!(letter, '\n' | '\r' | '\t') {
            ' '
        } else {
            letter
        });
        before = letter;
    }
    out
}

fn begins_entity(rest: &str) -> bool {
    let end = rest.bytes().take(33).position(|byte| byte == b';');
    end.is_some_and(|end| {
        let name = rest[..end].trim_start_matches('#');
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Escapes the beginnings of lines that would begin another block.
pub(super) fn escape_line_starts(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(escape_line_start).collect();
    lines.join("\n")
}

fn escape_line_start(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[digits..];
    let is_number = (1..=9).contains(&digits)
        && after.starts_with(['.', ')'])
        && (after.len() == 1 || after[1..].starts_with(' '));
    if is_number {
        return format!("{}\\{after}", &line[..digits]);
    }
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let after = &line[hashes..];
    let is_heading = (1..=6).contains(&hashes) && (after.is_empty() || after.starts_with(' '));
    let is_item = line.starts_with("- ") || line.starts_with("+ ") || matches!(line, "-" | "+");
    let is_rule = !line.is_empty() && line.chars().all(|sign| "-=|: ".contains(sign));
    let is_markup = is_heading || is_item || is_rule || line.starts_with(['>', '|']);
    if is_markup {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}
