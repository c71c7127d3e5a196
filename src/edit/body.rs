//! Changing the text below the front matter.

use super::line_ends::{line_end_at, with_line_ends};
use super::yaml_part::body;
use super::{RefusalReason, Refused};
use crate::parse::front_matter;
use crate::text::{Span, TextEdit, apply_edits, printable};

/// Plans other words for `range`.
pub(super) fn replace_words(text: &str, range: Span, new: &str) -> Result<Vec<TextEdit>, Refused> {
    check_range(text, range)?;
    check_characters(range, new)?;
    let line_end = body_line_end_at(text, range.start);
    let mut new = with_line_ends(new, line_end);
    if range.of(text) == new {
        return Ok(Vec::new());
    }
    // A lone return before the words must not become one line end with the line feed that follows.
    let follows = if new.is_empty() {
        &text[range.end..]
    } else {
        new.as_str()
    };
    if text[..range.start].ends_with('\r') && follows.starts_with('\n') {
        new.insert(0, '\n');
    }
    // The line that closes the front matter may be the last one, without a line end.
    if range.start > 0 && range.start == body(text).start && is_unclosed_line(text, range.start) {
        new.insert_str(0, line_end);
    }
    let edits = vec![TextEdit::replace(range, new)];
    verified_text(text, &edits)?;
    Ok(edits)
}

/// How lines of a body end around `at`; with a lone return in a text that has no other line ends.
fn body_line_end_at(text: &str, at: usize) -> &'static str {
    if !text.contains('\n') && text.contains('\r') {
        "\r"
    } else {
        line_end_at(text, at)
    }
}

/// Whether words, and not a line end or a byte-order mark, are before `at`.
fn is_unclosed_line(text: &str, at: usize) -> bool {
    !text[..at].ends_with(['\n', '\r', '\u{feff}'])
}

/// Refuses a range outside the body, or one that splits a character or a line end.
pub(super) fn check_range(text: &str, range: Span) -> Result<(), Refused> {
    let body = body(text);
    let is_inside = body.start <= range.start && range.end <= body.end;
    let splits = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
    let is_whole = text.get(range.range()).is_some() && !splits(range.start) && !splits(range.end);
    if is_inside && is_whole {
        return Ok(());
    }
    Err(Refused::new(body, RefusalReason::BadRange))
}

fn check_characters(place: Span, new: &str) -> Result<(), Refused> {
    if printable(new) == new {
        return Ok(());
    }
    Err(Refused::new(place, RefusalReason::ControlCharacter))
}

/// The edited text, if its front matter is as it was.
pub(super) fn verified_text(text: &str, edits: &[TextEdit]) -> Result<String, Refused> {
    let place = edits.first().map_or(Span::default(), |edit| edit.range);
    let not_exact = || Refused::new(place, RefusalReason::NotExact);
    let changed = apply_edits(text, edits).ok_or_else(not_exact)?;
    let head = |text: &str| {
        front_matter::split(text)
            .map(|parts| parts.front_matter)
            .ok()
    };
    if head(text) == head(&changed) {
        Ok(changed)
    } else {
        Err(Refused::new(place, RefusalReason::ChangesOtherText))
    }
}
