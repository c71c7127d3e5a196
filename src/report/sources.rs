//! The texts that findings refer to, with identifiers masked.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::privacy::Mask;
use crate::text::{LineColumn, LineIndex, Source, SourcePath, SourceProvider, Span, in_place, sum};

/// Texts by path, with their masked spans.
///
/// Texts on the shelf are loaded on demand, when a finding refers to them, to save memory. A text
/// that has changed since it was judged is never shown.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: BTreeMap<SourcePath, SourceText>,
    shelf: Option<Arc<dyn SourceProvider>>,
    moved: OnceLock<SourcePath>,
}

#[derive(Clone, Debug)]
struct SourceText {
    /// The loaded text; `Some(None)` if loading failed.
    held: OnceLock<Option<Box<Held>>>,
    /// The checksum of a text on the shelf; `None` for other texts.
    shelved: Option<u128>,
    masked: Vec<Span>,
}

#[derive(Clone, Debug)]
struct Held {
    whole: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl Held {
    fn new(whole: Arc<str>) -> Self {
        Self {
            whole,
            lines: OnceLock::new(),
        }
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.whole))
    }

    /// A part of the text with masked spans replaced by as many bytes, so that offsets stay valid.
    fn shown(&self, part: Span, masked: &[Span]) -> String {
        let mut masked: Vec<Span> = masked
            .iter()
            .copied()
            .filter(|span| span.overlaps(part))
            .collect();
        masked.sort_unstable();
        let (mut next, mut hidden_to) = (masked.iter().peekable(), 0);
        let mut shown = String::with_capacity(part.end - part.start);
        for (at, letter) in part.of(&self.whole).char_indices() {
            while let Some(span) = next.next_if(|span| span.start <= part.start + at) {
                hidden_to = hidden_to.max(span.end);
            }
            if part.start + at < hidden_to && !letter.is_control() {
                shown.extend(std::iter::repeat_n('*', letter.len_utf8()));
            } else {
                shown.push(letter);
            }
        }
        shown
    }
}

/// The most bytes of a line that an excerpt has on either side of the place.
const EXCERPT_REACH: usize = 500;

/// The masked line on which a span begins, or the part of a very long one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line number, from 1.
    pub line: usize,
    /// The column at which the span begins, in characters from 1, if the excerpt leaves out the
    /// beginning of the line.
    pub column: Option<usize>,
    /// The masked text.
    pub text: String,
    /// The part of the span on this line, in bytes.
    pub marked: std::ops::Range<usize>,
}

impl Sources {
    /// The same texts, and those of a provider, which are loaded on demand.
    #[must_use]
    pub fn with_shelf(self, provider: Arc<dyn SourceProvider>) -> Self {
        Self {
            shelf: Some(provider),
            ..self
        }
    }

    /// Adds a text.
    pub fn add(&mut self, source: &Source, masked: &[Span]) {
        let held = OnceLock::from(Some(Box::new(Held::new(source.text.clone()))));
        let text = SourceText {
            held,
            shelved: None,
            masked: masked.to_vec(),
        };
        self.texts.insert(source.path.clone(), text);
    }

    /// Adds texts of the shelf: path, checksum and masked spans.
    pub fn shelve(&mut self, texts: impl Iterator<Item = (SourcePath, u128, Vec<Span>)>) {
        let text = |(path, sum, masked)| {
            let (held, shelved) = (OnceLock::new(), Some(sum));
            let text = SourceText {
                held,
                shelved,
                masked,
            };
            (path, text)
        };
        // Appending a sorted map is faster than single inserts.
        let mut shelved: BTreeMap<SourcePath, SourceText> = texts.map(text).collect();
        self.texts.append(&mut shelved);
    }

    /// The first text that had changed on the shelf when it was loaded.
    #[must_use]
    pub fn moved(&self) -> Option<&SourcePath> {
        self.moved.get()
    }

    /// Whether there is a text at this path or below it.
    #[must_use]
    pub fn has_below(&self, path: &SourcePath) -> bool {
        let folder = format!("{}/", path.as_str());
        let mut from = self.texts.range(path.clone()..);
        self.texts.contains_key(path) || from.any(|(known, _)| known.as_str().starts_with(&folder))
    }

    /// The checksum of a text on the shelf.
    #[must_use]
    pub fn hash(&self, path: &SourcePath) -> Option<u128> {
        self.texts.get(path)?.shelved
    }

    /// The masked text of a source.
    #[must_use]
    pub fn shown(&self, path: &SourcePath) -> Option<String> {
        let (held, masked) = self.held(path)?;
        Some(held.shown(Span::new(0, held.whole.len()), masked))
    }

    /// A cover over the words that are masked in a source, for other texts about it.
    #[must_use]
    pub fn cover(&self, path: &SourcePath) -> Mask {
        let Some((held, masked)) = self.held(path) else {
            return Mask::default();
        };
        Mask::new(masked.iter().map(|span| span.of(&held.whole)))
    }

    /// The unmasked text of a source, which must not be shown.
    #[must_use]
    pub fn raw(&self, path: &SourcePath) -> Option<&Arc<str>> {
        self.held(path).map(|(held, _)| &held.whole)
    }

    /// The line on which a span begins, or the part of a very long one around its beginning.
    #[must_use]
    pub fn excerpt(&self, path: &SourcePath, span: Span) -> Option<Excerpt> {
        let (held, masked) = self.held(path)?;
        let whole = &held.whole;
        let start = span.start.min(whole.len());
        let from = whole[..start].rfind('\n').map_or(0, |at| at + 1);
        let from = if from == 0 && whole.starts_with('\u{feff}') {
            3.min(start)
        } else {
            from
        };
        let to = whole[start..]
            .find(['\n', '\r'])
            .map_or(whole.len(), |at| start + at);
        let begin = whole.ceil_char_boundary(from.max(start.saturating_sub(EXCERPT_REACH)));
        let end = whole.floor_char_boundary(
            to.min(span.end.max(start).min(start + EXCERPT_REACH) + EXCERPT_REACH),
        );
        let column = || whole[from..start].chars().count() + 1;
        Some(Excerpt {
            line: held.lines().place(whole, start).line,
            column: (begin > from).then(column),
            text: in_place(&held.shown(Span::new(begin, end), masked)),
            marked: start - begin..span.end.clamp(start, end) - begin,
        })
    }

    /// The start and end of a span as lines and columns; 1:1 if the text is not available.
    #[must_use]
    pub fn place(&self, path: &SourcePath, span: Span) -> (LineColumn, LineColumn) {
        let start = LineColumn { line: 1, column: 1 };
        let Some((held, _)) = self.held(path) else {
            return (start, start);
        };
        (
            held.lines().place(&held.whole, span.start),
            held.lines().place(&held.whole, span.end),
        )
    }

    /// Loads a text, and returns it with its masked spans.
    fn held(&self, path: &SourcePath) -> Option<(&Held, &[Span])> {
        let text = self.texts.get(path)?;
        let held = text.held.get_or_init(|| {
            self.load(path, text)
                .map(|whole| Box::new(Held::new(whole)))
        });
        Some((held.as_ref()?, &text.masked))
    }

    /// Loads a text from the shelf; `None` if it has changed.
    fn load(&self, path: &SourcePath, text: &SourceText) -> Option<Arc<str>> {
        let there = self.shelf.as_ref()?.text(path);
        let same = there.filter(|there| text.shelved == Some(sum(there.as_bytes())));
        if same.is_none() {
            // Only the first is recorded.
            let _ = self.moved.set(path.clone());
        }
        same
    }
}

impl SourceProvider for Sources {
    fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        let text = self.texts.get(path)?;
        match text.held.get() {
            Some(held) => held.as_ref().map(|held| held.whole.clone()),
            None => self.load(path, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_very_long_line_the_part_around_the_place_is_shown() {
        let around = "é ".repeat(2_000);
        let text = format!("first\n{around}éfault {around}\nlast");
        let source = Source::new("one.md", &text);
        let mut sources = Sources::default();
        sources.add(&source, &[]);
        let start = "first\n".len() + around.len() + "é".len();
        let excerpt = sources.excerpt(&source.path, Span::new(start, start + 5));
        let found = excerpt.map(|one| {
            let is_short = one.text.len() < 3 * EXCERPT_REACH;
            let marked = one.text[one.marked].to_owned();
            (one.line, one.column, marked, is_short)
        });
        let expected = (2, Some(4_002), "fault".to_owned(), true);
        assert_eq!(found, Some(expected));
        let whole = sources.excerpt(&source.path, Span::new(0, 5));
        let whole = whole.map(|one| (one.column, one.text));
        assert_eq!(whole, Some((None, "first".to_owned())));
    }
}
