//! Splits an entry into front matter and body.

use crate::diagnostic::FaultKind;
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
/// `...`. Skips a byte-order mark, and accepts LF and CRLF.
///
/// # Errors
/// Returns the missing part and its place. All of the text is body then.
pub fn split(text: &str) -> Result<EntryParts, (FaultKind, Span)> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        let shown = first.trim_end().len();
        return Err((FaultKind::NoFrontMatter, Span::new(start, start + shown)));
    }
    let opened = start + first.len();
    let mut at = opened;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok(EntryParts {
                front_matter: Span::new(opened, at),
                body: Span::new(at + line.len(), text.len()),
            });
        }
        at += line.len();
    }
    Err((FaultKind::UnclosedFrontMatter, Span::new(start, start + 3)))
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
}
