//! The search for identifiers in the blocks of one text.

use std::borrow::Cow;

use super::block::Block;
use super::identifier::{Confidence, Identifier, Matches};
use super::people::{Followed, People};
use super::plain::plain_blocks;
use super::references::find_references;
use super::{ages, contact, dates, handles, named_places, names, numbers, places};
use crate::text::{ShownBlock, ShownText, Span};

/// Finds all identifiers in a plain `text`, in order; no two overlap.
///
/// `skipped` are ranges that are known to be something else, such as the date of an entry. Matches
/// that overlap one of them are dropped.
#[must_use]
pub fn identifiers(text: &str, skipped: &[Span]) -> Vec<Identifier> {
    let blocks = plain_blocks(text, Span::new(0, text.len()));
    let found = identifiers_in(&blocks, skipped).into_iter();
    found.map(|one| one.identifier).collect()
}

/// Finds all identifiers in a text of which the first part is plain, as front matter is, and all else
/// is in `blocks`.
#[must_use]
pub fn shown_identifiers(
    text: &str,
    plain: Span,
    blocks: &[ShownBlock],
    skipped: &[Span],
) -> Vec<ShownIdentifier> {
    let mut all = plain_blocks(text, plain);
    all.extend_from_slice(blocks);
    identifiers_in(&all, skipped)
}

/// A match with its words as they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownIdentifier {
    /// The match. Its span is in the source, and covers the markup between its words.
    pub identifier: Identifier,
    /// Its words.
    pub text: Box<str>,
}

fn identifiers_in(sources: &[ShownBlock], skipped: &[Span]) -> Vec<ShownIdentifier> {
    let texts: Vec<LabelledText<'_>> = sources.iter().map(LabelledText::new).collect();
    let blocks: Vec<Block<'_>> = texts.iter().map(|text| Block::new(&text.text)).collect();
    let is_reference = find_references(sources, &blocks);
    let mut people = People::default();
    for (block, &is_reference) in blocks.iter().zip(&is_reference) {
        people.read(block, is_reference);
    }
    let mut all: Vec<Matches> = Vec::with_capacity(blocks.len());
    let mut followed = Followed::default();
    for (block, &is_reference) in blocks.iter().zip(&is_reference) {
        let mut matches = Matches::default();
        if is_reference {
            names::read_titled(block, &mut matches);
        } else {
            read(block, &mut matches);
        }
        people.keep_private(block, &mut matches);
        followed.add(block, &matches);
        all.push(matches);
    }
    for block in &blocks {
        followed.mark_ordinary(block);
    }
    let mut found = Vec::new();
    for (at, mut matches) in all.into_iter().enumerate() {
        if !is_reference[at] {
            followed.find(&blocks[at], &mut matches);
        }
        let placed = matches.identifiers.into_iter();
        found.extend(placed.filter_map(|one| texts[at].place(one)));
    }
    let mut skipped = skipped.to_vec();
    skipped.sort_unstable();
    let is_skipped = |span: Span| {
        let before = skipped.partition_point(|skipped| skipped.start < span.end);
        let last = skipped[..before].last();
        last.is_some_and(|skipped| skipped.overlaps(span))
    };
    found.retain(|one| !is_skipped(one.identifier.span));
    keep_surest(found)
}

/// Of overlapping matches, keeps the surest, and among equals the first.
fn keep_surest(mut found: Vec<ShownIdentifier>) -> Vec<ShownIdentifier> {
    let mut matches = Matches::default();
    found.sort_by_key(|one| one.identifier.confidence == Confidence::Likely);
    found.retain(|one| {
        let is_free = !matches.overlaps(one.identifier.span);
        matches.add(one.identifier);
        is_free
    });
    found.sort_by_key(|one| one.identifier.span);
    found
}

/// The text of a block after its label.
struct LabelledText<'a> {
    text: Cow<'a, str>,
    /// The length of the label.
    before: usize,
    shown: Cow<'a, ShownText>,
}

impl<'a> LabelledText<'a> {
    fn new(block: &'a ShownBlock) -> Self {
        let shown = if block.text.text().is_ascii() {
            Cow::Borrowed(&block.text)
        } else {
            Cow::Owned(block.text.clone().folded(fold))
        };
        if block.label.is_empty() {
            let text = match &shown {
                Cow::Borrowed(shown) => Cow::Borrowed(shown.text()),
                Cow::Owned(shown) => Cow::Owned(shown.text().to_owned()),
            };
            return Self {
                text,
                before: 0,
                shown,
            };
        }
        let label = format!("{}: ", block.label.trim_end_matches([':', ' ']));
        Self {
            before: label.len(),
            text: Cow::Owned(label + shown.text()),
            shown,
        }
    }

    /// A match in the text with its place in the source; `None` if it is in the label.
    fn place(&self, one: Identifier) -> Option<ShownIdentifier> {
        let start = one.span.start.max(self.before) - self.before;
        let end = one.span.end.max(self.before) - self.before;
        let sources = self.shown.source_of(start..end);
        let span = Span::new(sources.first()?.start, sources.last()?.end);
        (start < end).then(|| ShownIdentifier {
            identifier: Identifier { span, ..one },
            text: self.shown.text()[start..end].into(),
        })
    }
}

/// The form in which readers expect a character: hyphens, dashes, apostrophes and digits have many.
fn fold(letter: char) -> Option<&'static str> {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => Some("'"),
        '\u{ff10}'..='\u{ff19}' => {
            let digit = usize::try_from(u32::from(letter) - 0xff10).unwrap_or_default();
            "0123456789".get(digit..=digit)
        }
        _ => None,
    }
}

/// Runs the readers, the surest first: of overlapping matches the first is kept.
fn read(block: &Block<'_>, matches: &mut Matches) {
    numbers::read(block, matches);
    contact::read(block, matches);
    contact::read_house_names(block, matches);
    dates::read(block, matches);
    ages::read(block, matches);
    places::read(block, matches);
    handles::read(block, matches);
    named_places::read(block, matches);
    names::read(block, matches);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "I", "a", "A", "J", "B", "R", "É", "X", "Mr", "mrs", "Dr", "to", "that", "with", "thank",
        "sat", "told", "said", "Odell", "Priya", "Oakapple", "AO's", "JB", "NI", "AB", "ward",
        "Kestrel", "bay", "bed", "7", "12", "1950", "9434765919", "123456", "C", "H12", "RX1",
        "patient", "hospital", "number", "only", "first", "March", "born", "fell", "flat", "lives",
        "at", "address", "evidence", "oakapple", "wound", "form", "d", "o", "b", "²3", "M1", "1AA",
        "street", "her", "the", "called",
    ];
    const GAPS: &[&str] = &[
        " ", " ", " ", " ", ". ", ".", ", ", "-", "_", "/", "'", ": ", "", "\n",
    ];

    proptest! {
        #[test]
        fn matches_begin_at_starts_only(
            parts in prop::collection::vec((select(WORDS), select(GAPS)), 1..24),
        ) {
            let text: String = parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect();
            let (mut found, mut all) = (Matches::default(), Matches::default());
            let block = Block::new(&text);
            read(&block, &mut found);
            read(&block.with_all_starts(), &mut all);
            prop_assert_eq!(found.identifiers, all.identifiers);
        }
    }
}
