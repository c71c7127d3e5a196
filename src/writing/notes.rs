//! Notes in comments. The page shows what is between the signs of the comment, and changes nothing
//! else, so that no edit of a note makes one of its words visible.

use crate::engine::EngineError;
use crate::text::Span;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The words of a comment that takes this span of a text, without its signs and the blanks beside
/// them.
pub(super) fn find_words(text: &str, comment: Span) -> Span {
    let inner = inside(comment);
    let words = inner.of(text);
    if words.trim().is_empty() {
        return Span::at(inner.start);
    }
    let start = inner.end - words.trim_start().len();
    Span::new(start, inner.start + words.trim_end().len())
}

/// Whether this text between the signs leaves them the only signs of the comment.
pub(super) fn is_safe(inner: &str) -> bool {
    !inner.starts_with('>')
        && !inner.starts_with("->")
        && !ENDINGS.iter().any(|one| inner.contains(one))
}

/// What ends a comment, in Markdown or in a browser.
const ENDINGS: [&str; 2] = [CLOSE, "--!>"];

fn inside(comment: Span) -> Span {
    Span::new(comment.start + OPEN.len(), comment.end - CLOSE.len())
}

/// Makes replacements of a text keep to the notes in these comments: one within a note cannot end
/// the comment, and one over a sign of a comment is refused, but for removing the whole note.
///
/// # Errors
/// A replacement is over a sign of a comment.
pub(super) fn keep_notes_hidden(
    text: &str,
    comments: impl Iterator<Item = Span>,
    edits: &mut Vec<(Span, String)>,
) -> Result<(), EngineError> {
    for note in comments {
        let inner = inside(note);
        let is_apart = |span: &Span| span.end <= note.start || span.start >= note.end;
        let is_within = |span: &Span| span.start >= inner.start && span.end <= inner.end;
        let is_removal = |span: &Span, words: &str| {
            span.start <= note.start && span.end >= note.end && words.is_empty()
        };
        let mut own = edits.iter().filter(|(span, _)| !is_apart(span)).peekable();
        if own.peek().is_none() {
            continue;
        }
        if own
            .clone()
            .any(|(span, words)| !is_within(span) && !is_removal(span, words))
        {
            let message = "these words would take the signs of a note that does not show";
            return Err(EngineError::refused(
                message,
                "change the words of the note alone",
            ));
        }
        let own: Vec<&(Span, String)> = own.filter(|(span, _)| is_within(span)).collect();
        let words = replace_within(text, inner, &own);
        if is_safe(&words) {
            continue;
        }
        let at = edits.iter().position(|(span, _)| !is_apart(span));
        edits.retain(|(span, _)| is_apart(span));
        edits.insert(at.unwrap_or(edits.len()), (inner, make_safe(&words)));
    }
    Ok(())
}

fn replace_within(text: &str, inner: Span, edits: &[&(Span, String)]) -> String {
    let (mut words, mut at) = (String::new(), inner.start);
    for (span, new) in edits {
        words.push_str(&text[at..span.start]);
        words.push_str(new);
        at = span.end;
    }
    words + &text[at..inner.end]
}

/// The same words with a blank in what would end the comment.
fn make_safe(inner: &str) -> String {
    let mut words = inner.replace(CLOSE, "-- >").replace("--!>", "--! >");
    if words.starts_with('>') || words.starts_with("->") {
        words.insert(0, ' ');
    }
    words
}
