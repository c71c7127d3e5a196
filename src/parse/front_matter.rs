//! Splits an entry into front matter and body.

use crate::diagnostic::{FaultKind, Untidy};
use crate::text::Span;

/// The two parts of an entry, as ranges of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryParts {
    /// Between the lines of dashes.
    pub front_matter: Span,
    /// After them.
    pub body: Span,
}

/// Splits `text` after its front matter: a first line `---`, and the next line that is `---` or
/// `...`. Skips a byte-order mark and blank lines, and accepts LF and CRLF. Dashes that a word
/// processor made of `---` are accepted too, round lines with keys.
///
/// # Errors
/// Returns the missing part and its place. All of the text is body then.
pub fn split(text: &str) -> Result<EntryParts, (FaultKind, Span)> {
    let start = skip_blank_lines(text);
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let other = find_other_fence(first);
    let is_loose = is_loose_fence(first) || other.is_some();
    let is_open = first.trim_end() == "---" || is_loose && has_key(&text[start + first.len()..]);
    if !is_open {
        let start = byte_order_mark(text);
        let first = text[start..].lines().next().unwrap_or_default();
        let shown = first.trim_end().len();
        return Err((FaultKind::NoFrontMatter, Span::new(start, start + shown)));
    }
    let opened = start + first.len();
    let mut at = opened;
    for line in lines {
        let is_other = other.is_some() && find_other_fence(line) == other;
        if matches!(line.trim_end(), "---" | "...") || is_loose_fence(line) || is_other {
            return Ok(EntryParts {
                front_matter: Span::new(opened, at),
                body: Span::new(at + line.len(), text.len()),
            });
        }
        at += line.len();
    }
    Err((FaultKind::UnclosedFrontMatter, Span::new(start, start + 3)))
}

/// The places where front matter is not written as other programs read it, with the text to write
/// instead.
pub fn find_untidy(text: &str, parts: &EntryParts) -> Vec<(Untidy, Span, &'static str)> {
    let mut found = Vec::new();
    let start = byte_order_mark(text);
    let first = skip_blank_lines(text);
    if first > start {
        found.push((Untidy::BlankStart, Span::new(start, first), ""));
    }
    let opening = Span::new(first, parts.front_matter.start);
    let closing = Span::new(parts.front_matter.end, parts.body.start);
    for line in [opening, closing] {
        let written = line.of(text).trim_end();
        if !matches!(written, "---" | "...") {
            found.push((
                Untidy::Fence,
                Span::new(line.start, line.start + written.len()),
                "---",
            ));
        }
    }
    found
}

fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// The place of the first line that is not blank, if `---` can be there.
fn skip_blank_lines(text: &str) -> usize {
    let start = byte_order_mark(text);
    let rest = text[start..].trim_start();
    let first = text.len() - rest.len();
    // Spaces before the first line belong to it.
    let line = text[start..first]
        .rfind('\n')
        .map_or(start, |at| start + at + 1);
    if line == first { first } else { start }
}

/// Whether a line is what a word processor makes of `---`, or a slip in typing it.
fn is_loose_fence(line: &str) -> bool {
    let line = line.trim_end();
    let is_dash = |sign: char| matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let is_long = |sign: char| matches!(sign, '\u{2012}'..='\u{2015}');
    !line.is_empty()
        && line.chars().all(is_dash)
        && (line.contains(is_long) || line.chars().count() > 1)
        && line.chars().count() < 80
}

/// A line that other programs write for `---`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OtherFence {
    /// `***`, `___` or `- - -`, which are rules in Markdown too.
    Rule(char),
    /// Google Docs protects the dashes: `\---`.
    Protected,
    /// The fence of a block of code.
    Code,
    /// The name of the format follows: `---yaml`.
    Named,
}

/// The form in which another program wrote `---`; `None` if the line is something else.
fn find_other_fence(line: &str) -> Option<OtherFence> {
    let line = line.trim_end();
    if line.len() > 80 || line.starts_with(' ') {
        return None;
    }
    let signs: String = line.chars().filter(|sign| *sign != ' ').collect();
    let is_rule = |sign: char| signs.len() > 2 && signs.chars().all(|one| one == sign);
    let rule = ['*', '_', '-'].into_iter().find(|sign| is_rule(*sign));
    match &*signs.to_lowercase() {
        _ if rule.is_some() => rule.map(OtherFence::Rule),
        "```" | "```yaml" | "```yml" => Some(OtherFence::Code),
        "---yaml" | "---yml" => Some(OtherFence::Named),
        "\\---" | "\\-\\-\\-" => Some(OtherFence::Protected),
        _ => None,
    }
}

/// Whether the next line with words begins with a key.
fn has_key(text: &str) -> bool {
    let line = text.lines().find(|line| !line.trim().is_empty());
    let key = line
        .and_then(|line| line.split_once([':', '\u{ff1a}']))
        .map_or("", |(key, _)| key);
    !key.is_empty()
        && key
            .chars()
            .all(|sign| sign.is_alphanumeric() || "_- ".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<(&str, &str)> {
        let parts = split(text).ok()?;
        Some((parts.front_matter.of(text), parts.body.of(text)))
    }

    #[test]
    fn splits_once_with_any_line_ending() {
        assert_eq!(
            cut("---\na: 1\n---\nb\n---\nc"),
            Some(("a: 1\n", "b\n---\nc"))
        );
        assert_eq!(
            cut("\u{feff}---\r\na: 1\r\n---\r\nb"),
            Some(("a: 1\r\n", "b"))
        );
        assert_eq!(cut("---\n---"), Some(("", "")));
        assert_eq!(
            split("# Title").map_err(|(kind, _)| kind),
            Err(FaultKind::NoFrontMatter)
        );
        assert_eq!(
            split("---\na: 1\n").map_err(|(kind, _)| kind),
            Err(FaultKind::UnclosedFrontMatter)
        );
        assert_eq!(
            split("").map_err(|(kind, _)| kind),
            Err(FaultKind::NoFrontMatter)
        );
    }

    #[test]
    fn dashes_and_blank_lines_of_other_programs_are_read_and_found() {
        let keys = "title: A\n";
        for (text, untidy) in [
            (format!("\u{2014}\n{keys}\u{2014}\nWords"), 2),
            (format!("\n\n---\n{keys}---\nWords"), 1),
            (format!("\u{feff}\r\n--\n{keys}----\nWords"), 3),
            (format!("---\n{keys}---\nWords"), 0),
            (format!("***\n{keys}***\nWords"), 2),
            (format!("_ _ _\n{keys}___\nWords"), 2),
            (format!("\\---\n{keys}\\---\nWords"), 2),
            (format!("```yaml\n{keys}```\nWords"), 2),
            (format!("---yaml\n{keys}---\nWords"), 1),
        ] {
            let parts = split(&text).ok();
            assert_eq!(
                parts.map(|parts| parts.front_matter.of(&text)),
                Some(keys),
                "{text}"
            );
            assert_eq!(
                parts.map(|parts| find_untidy(&text, &parts).len()),
                Some(untidy),
                "{text}"
            );
        }
        for text in [
            "\u{2014}\nWords, and no key\n\u{2014}\n",
            " ---\ntitle: A\n---\n",
            "-\na: 1\n-\n",
            "***\nWords\n***\n",
            "***\na: 1\n___\n",
        ] {
            assert!(split(text).is_err(), "{text}");
        }
    }
}
