//! The texts that findings point into, with what must not be shown of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::{LineColumn, LineIndex, Source, SourcePath, Span};

/// Texts by path. What is masked in one is masked wherever it would be shown.
#[derive(Debug, Default)]
pub struct Sources {
    texts: BTreeMap<SourcePath, (Arc<str>, Vec<Span>)>,
}

impl Sources {
    /// Adds a text.
    pub fn add(&mut self, source: &Source, masked: &[Span]) {
        self.texts.insert(source.path.clone(), (source.text.clone(), masked.to_vec()));
    }

    /// The text of a source with everything masked replaced sign by sign; its bytes keep their places.
    #[must_use]
    pub fn shown(&self, path: &SourcePath) -> Option<String> {
        let (text, masked) = self.texts.get(path)?;
        let hidden = |at: usize| masked.iter().any(|span| span.start <= at && at < span.end);
        let mut shown = String::with_capacity(text.len());
        for (at, sign) in text.char_indices() {
            if hidden(at) && !sign.is_control() {
                // As many bytes as before, so that every place still fits.
                shown.push_str(&"*".repeat(sign.len_utf8()));
            } else {
                shown.push(sign);
            }
        }
        Some(shown)
    }

    /// Where a range begins and ends, as people count.
    #[must_use]
    pub fn place(&self, path: &SourcePath, span: Span) -> (LineColumn, LineColumn) {
        let start = LineColumn { line: 1, column: 1 };
        let Some((text, _)) = self.texts.get(path) else {
            return (start, start);
        };
        let lines = LineIndex::new(text);
        (lines.place(text, span.start), lines.place(text, span.end))
    }
}
