//! A block of text as its reader sees it, with a map back to the source.

use std::num::NonZeroU32;
use std::ops::Range;

use super::Span;
use super::visible::is_invisible_format;

/// One block as it is shown: a paragraph, a heading, a cell of a table, the value of a key.
///
/// Each run of white space is one space, and none is at either end. Characters without a width are
/// left out, and the hyphens U+2010 and U+2011 are `-`. All else is as written.
#[derive(Clone, Debug, Default)]
pub struct ShownText {
    text: String,
    /// The parts of the text in order, without gaps; their sources ascend.
    pieces: Vec<ShownPiece>,
    /// The white space since the last visible character.
    gap: Option<Gap>,
}

/// White space in the source. There are as many texts as blocks, so its offsets are 32-bit, too, and
/// none takes no more room than one: its end is never 0.
#[derive(Clone, Copy, Debug)]
struct Gap {
    start: u32,
    end: NonZeroU32,
}

/// A part of the text that ends where the next one begins. A long text has a part for each line, so
/// offsets are 32-bit: texts are at most 4 MiB.
#[derive(Clone, Copy, Debug)]
struct ShownPiece {
    start: u32,
    source_start: u32,
    /// The end of the source. The top bit is set if each byte is one byte of the source; if not,
    /// the part is all of its source.
    source_end: u32,
}

const VERBATIM: u32 = 1 << 31;

impl ShownPiece {
    fn new(start: usize, source: Span, verbatim: bool) -> Self {
        let flag = if verbatim { VERBATIM } else { 0 };
        Self {
            start: narrow(start),
            source_start: narrow(source.start),
            source_end: narrow(source.end) | flag,
        }
    }

    fn start(self) -> usize {
        self.start as usize
    }

    fn source(self) -> Span {
        let end = self.source_end & !VERBATIM;
        Span::new(self.source_start as usize, end as usize)
    }

    fn is_verbatim(self) -> bool {
        self.source_end & VERBATIM != 0
    }
}

/// An offset in 31 bits.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).map_or(VERBATIM - 1, |offset| offset.min(VERBATIM - 1))
}

impl ShownText {
    /// The value of a key, or another text without markup, which is its own source.
    #[must_use]
    pub fn of(value: &str) -> Self {
        let mut shown = Self::default();
        shown.push(value, Span::new(0, value.len()), value);
        shown
    }

    /// A text that is written at `span` of `source`.
    #[must_use]
    pub fn written(text: &str, span: Span, source: &str) -> Self {
        let mut shown = Self::default();
        shown.push(text, span, source);
        shown
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives back what it does not need: there are as many texts as blocks.
    pub fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    /// Appends `text`, which is written at `span` of `source`, perhaps as an entity.
    pub fn push(&mut self, text: &str, span: Span, source: &str) {
        let verbatim = span.of(source) == text;
        let place = |from: usize, to: usize| {
            if verbatim {
                Span::new(span.start + from, span.start + to)
            } else {
                span
            }
        };
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let plain = plain_length(rest);
            if plain > 0 {
                self.add(&rest[..plain], place(at, at + plain), verbatim);
                at += plain;
                continue;
            }
            let letter = rest.chars().next().unwrap_or_default();
            let end = at + letter.len_utf8();
            match letter {
                _ if letter.is_whitespace() => self.push_gap(place(at, end)),
                '\u{2010}' | '\u{2011}' => self.add("-", place(at, end), false),
                _ if self.is_left_out(letter) => {}
                _ => self.add(&text[at..end], place(at, end), verbatim),
            }
            at = end;
        }
    }

    /// Appends another text that comes later in the same source, after a separator in between.
    pub fn join(&mut self, separator: &str, other: &Self) {
        if let (Some(last), Some(next)) = (self.pieces.last(), other.pieces.first()) {
            let between = Span::new(last.source().end, next.source().start);
            self.append(separator, between, false);
        }
        self.append_part(other, 0..other.text.len());
    }

    /// The same text with some characters replaced, which keep their places in the source.
    #[must_use]
    pub fn folded(self, fold: impl Fn(char) -> Option<&'static str>) -> Self {
        let is_kept = |letter: char| letter.is_ascii() || fold(letter).is_none();
        if self.text.is_ascii() || self.text.chars().all(is_kept) {
            return self;
        }
        let (mut folded, mut from) = (Self::default(), 0);
        for (at, letter) in self.text.char_indices() {
            let Some(other) = Some(letter).filter(|_| !is_kept(letter)).and_then(&fold) else {
                continue;
            };
            folded.append_part(&self, from..at);
            from = at + letter.len_utf8();
            let place = self.source_of(at..from);
            let start = place.first().map_or(0, |first| first.start);
            let end = place.last().map_or(0, |last| last.end);
            folded.append(other, Span::new(start, end), false);
        }
        folded.append_part(&self, from..self.text.len());
        folded
    }

    fn append_part(&mut self, other: &Self, range: Range<usize>) {
        for at in 0..other.pieces.len() {
            let piece = other.pieces[at];
            let from = range.start.max(piece.start());
            let to = range.end.min(other.end_of(at));
            if from < to {
                let source = piece.source();
                let start = source.start + from - piece.start();
                let exact = Span::new(start, start + to - from);
                let source = if piece.is_verbatim() { exact } else { source };
                self.append(&other.text[from..to], source, piece.is_verbatim());
            }
        }
    }

    fn push_gap(&mut self, span: Span) {
        let start = self.gap.map_or(narrow(span.start), |gap| gap.start);
        self.gap = NonZeroU32::new(narrow(span.end)).map(|end| Gap { start, end });
    }

    /// The ranges of the source that show this part of the text, in order and apart from each other.
    #[must_use]
    pub fn source_of(&self, shown: Range<usize>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let first = self
            .pieces
            .partition_point(|piece| piece.start() <= shown.start);
        for at in first.saturating_sub(1)..self.pieces.len() {
            let piece = self.pieces[at];
            if piece.start() >= shown.end {
                break;
            }
            let source = if piece.is_verbatim() {
                let from = shown.start.max(piece.start()) - piece.start();
                let to = shown.end.min(self.end_of(at)) - piece.start();
                let start = piece.source().start;
                Span::new(start + from, start + to)
            } else {
                piece.source()
            };
            match spans.last_mut() {
                Some(last) if last.end >= source.start => last.end = last.end.max(source.end),
                _ => spans.push(source),
            }
        }
        spans
    }

    /// The ranges of the source that show the text, in order; those less than `apart` bytes apart are
    /// one.
    #[must_use]
    pub fn sources(&self, apart: usize) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for source in self.pieces.iter().map(|piece| piece.source()) {
            match spans.last_mut() {
                Some(last) if last.end + apart > source.start => {
                    last.end = last.end.max(source.end);
                }
                _ => spans.push(source),
            }
        }
        spans
    }

    /// The part of the text that shows something of this range of the source; empty if none does.
    #[must_use]
    pub fn shown_of(&self, source: Span) -> Range<usize> {
        let first = self
            .pieces
            .partition_point(|piece| piece.source().end <= source.start);
        let last = self
            .pieces
            .partition_point(|piece| piece.source().start < source.end);
        if first >= last {
            return 0..0;
        }
        let from = self.pieces[first];
        let skipped = source.start.saturating_sub(from.source().start);
        let to = self.pieces[last - 1];
        let left = to.source().end.saturating_sub(source.end);
        let start = from.start() + if from.is_verbatim() { skipped } else { 0 };
        start..self.end_of(last - 1) - if to.is_verbatim() { left } else { 0 }
    }

    fn end_of(&self, piece: usize) -> usize {
        let next = self.pieces.get(piece + 1);
        next.map_or(self.text.len(), |next| next.start())
    }

    /// Appends visible text, after a space if there was white space.
    fn add(&mut self, text: &str, source: Span, verbatim: bool) {
        if let Some(gap) = self.gap.take().filter(|_| !self.text.is_empty()) {
            let source = Span::new(gap.start as usize, gap.end.get() as usize);
            self.append(" ", source, source.end - source.start == 1);
        }
        self.append(text, source, verbatim);
    }

    fn append(&mut self, text: &str, source: Span, verbatim: bool) {
        match self.pieces.last_mut() {
            Some(last) if verbatim && last.is_verbatim() && last.source().end == source.start => {
                last.source_end = narrow(source.end) | VERBATIM;
            }
            _ => {
                let start = self.text.len();
                self.pieces.push(ShownPiece::new(start, source, verbatim));
            }
        }
        self.text.push_str(text);
    }

    /// Whether a character has no width here. Emoji and scripts other than Latin need joiners.
    fn is_left_out(&self, letter: char) -> bool {
        match letter {
            '\u{200c}' | '\u{200d}' => self.text.chars().next_back().is_none_or(|c| c < '\u{300}'),
            '\u{ad}' | '\u{200b}' | '\u{2060}' => true,
            _ => is_invisible_format(letter),
        }
    }
}

/// The length of the beginning of `text` that is shown as it is: visible ASCII with single spaces.
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    let mut at = 0;
    while is_plain(at) || (at > 0 && bytes.get(at) == Some(&b' ') && is_plain(at + 1)) {
        at += 1;
    }
    at
}

/// A block as it is shown, with what readers of single blocks have to know about its neighbours.
#[derive(Clone, Debug, Default)]
pub struct ShownBlock {
    /// The words that say what the block is, such as the heading of its column; empty if there are
    /// none. They are shown by another block.
    pub label: Box<str>,
    /// Its text.
    pub text: ShownText,
    /// Whether it is a heading.
    pub is_heading: bool,
}

impl ShownBlock {
    /// A block without a label.
    #[must_use]
    pub fn new(text: ShownText) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_folded_and_invisible_characters_left_out() {
        for (written, shown) in [
            (" a\u{a0}\u{2009}\tb\n", "a b"),
            ("Oak\u{ad}ap\u{200b}ple", "Oakapple"),
            ("943\u{2011}476\u{2010}5919", "943-476-5919"),
            ("Oak\u{200d}apple \u{202e}x", "Oakapple x"),
            ("20–30 — écart’s", "20–30 — écart’s"),
            ("👩\u{200d}🔬", "👩\u{200d}🔬"),
            ("\u{200b} ", ""),
        ] {
            assert_eq!(ShownText::of(written).text(), shown);
        }
    }

    #[test]
    fn parts_are_mapped_to_all_places_of_the_source() {
        let source = "Mrs&nbsp;**Oak**apple `x  y`";
        let mut shown = ShownText::default();
        for (text, start, end) in [
            ("Mrs", 0, 3),
            ("\u{a0}", 3, 9),
            ("Oak", 11, 14),
            ("apple ", 16, 22),
            ("x y", 22, 28),
        ] {
            shown.push(text, Span::new(start, end), source);
        }
        assert_eq!(shown.text(), "Mrs Oakapple x y");
        let name = shown.source_of(4..12);
        let parts: Vec<&str> = name.iter().map(|span| span.of(source)).collect();
        assert_eq!(parts, ["Oak", "apple"]);
        assert_eq!(shown.shown_of(Span::new(9, 22)), 4..13);
        assert_eq!(shown.source_of(3..4), [Span::new(3, 9)]);
        let folded = shown
            .clone()
            .folded(|letter| (letter == 'é').then_some("e"));
        assert_eq!(folded.text(), shown.text());
        // No byte of the code is the source's, so each is all of it.
        assert_eq!(shown.source_of(13..14), [Span::new(22, 28)]);
        assert!(shown.shown_of(Span::new(14, 16)).is_empty());
    }

    #[test]
    fn replaced_and_joined_texts_keep_their_places() {
        let source = "943–476 |é’s";
        let part = |from: usize, to: usize| {
            let mut shown = ShownText::default();
            shown.push(&source[from..to], Span::new(from, to), source);
            shown
        };
        let mut row = part(0, 9);
        row.join(" | ", &part(11, source.len()));
        let row = row.folded(|letter| match letter {
            '–' => Some("-"),
            '’' => Some("'"),
            _ => None,
        });
        assert_eq!(row.text(), "943-476 | é's");
        let places = |range: Range<usize>| {
            let spans = row.source_of(range);
            let whole = Span::new(spans[0].start, spans[spans.len() - 1].end);
            whole.of(source)
        };
        assert_eq!(places(0..7), "943–476");
        assert_eq!(places(10..12), "é");
        assert_eq!(places(10..14), "é’s");
    }
}
