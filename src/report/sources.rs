//! The texts that findings point into, with what must not be shown of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::text::{LineColumn, LineIndex, Source, SourcePath, Span, Texts, in_place, sum};

/// Texts by path. What is masked in one is masked wherever it would be shown.
///
/// Thousands of entries are not held in memory: their texts stay on a shelf, and are only taken down where a finding
/// points into them. One that is no longer what was judged is not shown at all.
#[derive(Debug, Default)]
pub struct Sources {
    texts: BTreeMap<SourcePath, Text>,
    shelf: Option<Box<dyn Texts>>,
    moved: OnceLock<SourcePath>,
}

#[derive(Debug)]
struct Text {
    /// The text, where it is held; nothing where it could no longer be had.
    held: OnceLock<Option<Box<Held>>>,
    /// The sum of the text, where it stands on the shelf.
    shelved: Option<u128>,
    masked: Vec<Span>,
}

#[derive(Debug)]
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

    /// A part of the text with everything masked replaced sign by sign; its bytes keep their places.
    fn shown(&self, part: Span, masked: &[Span]) -> String {
        let mut masked: Vec<Span> = masked
            .iter()
            .copied()
            .filter(|span| span.overlaps(part))
            .collect();
        masked.sort_unstable();
        let (mut next, mut hidden_to) = (masked.iter().peekable(), 0);
        let mut shown = String::with_capacity(part.end - part.start);
        for (at, sign) in part.of(&self.whole).char_indices() {
            while let Some(span) = next.next_if(|span| span.start <= part.start + at) {
                hidden_to = hidden_to.max(span.end);
            }
            if part.start + at < hidden_to && !sign.is_control() {
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
    /// No texts yet, and the shelf that some of them will stand on.
    #[must_use]
    pub fn on(shelf: Box<dyn Texts>) -> Self {
        Self {
            shelf: Some(shelf),
            ..Self::default()
        }
    }

    /// Adds a text.
    pub fn add(&mut self, source: &Source, masked: &[Span]) {
        let held = OnceLock::from(Some(Box::new(Held::new(source.text.clone()))));
        let text = Text {
            held,
            shelved: None,
            masked: masked.to_vec(),
        };
        self.texts.insert(source.path.clone(), text);
    }

    /// Adds texts that stand on the shelf: each by its path and sum, with what is masked in it.
    pub fn shelve(&mut self, texts: impl Iterator<Item = (SourcePath, u128, Vec<Span>)>) {
        let text = |(path, sum, masked)| {
            (
                path,
                Text {
                    held: OnceLock::new(),
                    shelved: Some(sum),
                    masked,
                },
            )
        };
        // Many at once, and by path already: each by itself would be looked for in vain.
        let mut shelved: BTreeMap<SourcePath, Text> = texts.map(text).collect();
        self.texts.append(&mut shelved);
    }

    /// A text that stood on the shelf and was no longer what was judged when it was asked for.
    #[must_use]
    pub fn moved(&self) -> Option<&SourcePath> {
        self.moved.get()
    }

    /// Whether there is a text of this name, or one in a folder of this name.
    #[must_use]
    pub fn has_below(&self, path: &SourcePath) -> bool {
        let folder = format!("{}/", path.as_str());
        let mut from = self.texts.range(path.clone()..);
        self.texts.contains_key(path) || from.any(|(known, _)| known.as_str().starts_with(&folder))
    }

    /// Whether a source has exactly this text.
    #[must_use]
    pub fn is(&self, path: &SourcePath, text: &str) -> bool {
        self.texts
            .get(path)
            .is_some_and(|known| match known.shelved {
                Some(known) => known == sum(text.as_bytes()),
                None => known
                    .held
                    .get()
                    .is_some_and(|held| held.as_ref().is_some_and(|held| &*held.whole == text)),
            })
    }

    /// The text of a source as it may be shown.
    #[must_use]
    pub fn shown(&self, path: &SourcePath) -> Option<String> {
        let (held, masked) = self.held(path)?;
        Some(held.shown(Span::new(0, held.whole.len()), masked))
    }

    /// The text of a source as it was read. Never to be shown.
    #[must_use]
    pub fn raw(&self, path: &SourcePath) -> Option<&Arc<str>> {
        self.held(path).map(|(held, _)| &held.whole)
    }

    /// The line that a range begins on.
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
        Some(Excerpt {
            line: held.lines().place(whole, start).line,
            text: in_place(&held.shown(Span::new(from, to), masked)),
            marked: start - from..span.end.clamp(start, to) - from,
        })
    }

    /// Where a range begins and ends, as people count.
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

    /// A text, held from now on, and what is masked in it.
    fn held(&self, path: &SourcePath) -> Option<(&Held, &[Span])> {
        let text = self.texts.get(path)?;
        let held = text.held.get_or_init(|| {
            self.taken_down(path, text)
                .map(|whole| Box::new(Held::new(whole)))
        });
        Some((held.as_ref()?, &text.masked))
    }

    /// A text from the shelf, where it is still what it was.
    fn taken_down(&self, path: &SourcePath, text: &Text) -> Option<Arc<str>> {
        let there = self.shelf.as_ref()?.text(path);
        let same = there.filter(|there| text.shelved == Some(sum(there.as_bytes())));
        if same.is_none() {
            // The first of several is told.
            let _ = self.moved.set(path.clone());
        }
        same
    }
}

impl Texts for Sources {
    fn text(&self, path: &SourcePath) -> Option<Arc<str>> {
        let text = self.texts.get(path)?;
        match text.held.get() {
            Some(held) => held.as_ref().map(|held| held.whole.clone()),
            None => self.taken_down(path, text),
        }
    }
}
