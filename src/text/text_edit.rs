//! Changes of byte ranges.

use super::Span;

/// Replaces the bytes of `range` by `text`. An empty range inserts, an empty text deletes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// The bytes that go, on character boundaries.
    pub range: Span,
    /// The text that takes their place.
    pub text: String,
}

impl TextEdit {
    /// Replaces `range` by `text`.
    #[must_use]
    pub fn replace(range: Span, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }

    /// Inserts `text` before the byte at `offset`.
    #[must_use]
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }

    /// Deletes `range`.
    #[must_use]
    pub fn delete(range: Span) -> Self {
        Self::replace(range, "")
    }
}

/// Applies edits that are sorted by place. `None` if two overlap, or if one is outside the text or
/// splits a character.
///
/// ```
/// use ksbfolio::text::{Span, TextEdit, apply_edits};
///
/// let edits = [TextEdit::insert(0, ">"), TextEdit::replace(Span::new(1, 2), "two")];
/// assert_eq!(apply_edits("a b", &edits).as_deref(), Some(">atwob"));
/// ```
#[must_use]
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.range.start)?);
        text.get(edit.range.range())?;
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
