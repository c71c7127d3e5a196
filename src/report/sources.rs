//! The texts that findings point into, with what must not be shown of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::text::{LineColumn, LineIndex, Source, SourcePath, Span};

/// Texts by path. What is masked in one is masked wherever it would be shown.
#[derive(Debug, Default)]
pub struct Sources {
    texts: BTreeMap<SourcePath, Text>,
}

#[derive(Debug)]
struct Text {
    whole: Arc<str>,
    masked: Vec<Span>,
    lines: OnceLock<LineIndex>,
}

impl Text {
    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.whole))
    }

    /// A part of the text with everything masked replaced sign by sign; its bytes keep their places.
    fn shown(&self, part: Span) -> String {
        let hidden = |at: usize| self.masked.iter().any(|span| span.start <= at && at < span.end);
        let mut shown = String::with_capacity(part.end - part.start);
        for (at, sign) in part.of(&self.whole).char_indices() {
            if hidden(part.start + at) && !sign.is_control() {
                // As many bytes as before, so that every place still fits.
                shown.extend(std::iter::repeat_n('*', sign.len_utf8()));
            } else {
                shown.push(sign);
            }
        }
        shown
    }
}

/// The line that a range begins on, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's number, from 1.
    pub line: usize,
    /// The line, masked.
    pub text: String,
    /// The part of the range that stands on it.
    pub marked: std::ops::Range<usize>,
}

impl Sources {
    /// Adds a text.
    pub fn add(&mut self, source: &Source, masked: &[Span]) {
        let text = Text { whole: source.text.clone(), masked: masked.to_vec(), lines: OnceLock::new() };
        self.texts.insert(source.path.clone(), text);
    }

    /// Whether there is a text of this name, or one in a folder of this name.
    #[must_use]
    pub fn has_below(&self, path: &SourcePath) -> bool {
        let folder = format!("{path}/");
        let mut from = self.texts.range(path.clone()..);
        self.texts.contains_key(path) || from.any(|(known, _)| known.as_str().starts_with(&folder))
    }

    /// The text of a source as it may be shown.
    #[must_use]
    pub fn shown(&self, path: &SourcePath) -> Option<String> {
        let text = self.texts.get(path)?;
        Some(text.shown(Span::new(0, text.whole.len())))
    }

    /// The text of a source as it was read. Never to be shown.
    #[must_use]
    pub fn raw(&self, path: &SourcePath) -> Option<&Arc<str>> {
        self.texts.get(path).map(|text| &text.whole)
    }

    /// The line that a range begins on.
    #[must_use]
    pub fn excerpt(&self, path: &SourcePath, span: Span) -> Option<Excerpt> {
        let text = self.texts.get(path)?;
        let whole = &text.whole;
        let start = span.start.min(whole.len());
        let from = whole[..start].rfind('\n').map_or(0, |at| at + 1);
        let from = if from == 0 && whole.starts_with('\u{feff}') { 3.min(start) } else { from };
        let to = whole[start..].find(['\n', '\r']).map_or(whole.len(), |at| start + at);
        Some(Excerpt {
            line: text.lines().place(whole, start).line,
            text: text.shown(Span::new(from, to)),
            marked: start - from..span.end.clamp(start, to) - from,
        })
    }

    /// Where a range begins and ends, as people count.
    #[must_use]
    pub fn place(&self, path: &SourcePath, span: Span) -> (LineColumn, LineColumn) {
        let start = LineColumn { line: 1, column: 1 };
        let Some(text) = self.texts.get(path) else {
            return (start, start);
        };
        (text.lines().place(&text.whole, span.start), text.lines().place(&text.whole, span.end))
    }
}
