//! Changes of byte ranges.

use crate::text::Span;

/// Replaces the bytes of `range` by `text`. An empty range inserts, an empty text deletes.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Sorts edits by place; insertions at one place keep their order.
pub(super) fn sort(edits: &mut Vec<TextEdit>) {
    edits.retain(|edit| edit.range.start < edit.range.end || !edit.text.is_empty());
    edits.sort_by_key(|edit| edit.range);
}

/// Applies edits that are sorted by place. `None` if two overlap, or if one is outside the text or
/// splits a character.
///
/// ```
/// use ksbfolio::edit::{TextEdit, apply};
/// use ksbfolio::text::Span;
///
/// let edits = [TextEdit::insert(0, ">"), TextEdit::replace(Span::new(1, 2), "two")];
/// assert_eq!(apply("a b", &edits).as_deref(), Some(">atwob"));
/// ```
#[must_use]
pub fn apply(text: &str, edits: &[TextEdit]) -> Option<String> {
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
