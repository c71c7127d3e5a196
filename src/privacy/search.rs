//! The search for identifiers in the blocks of one text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::across::find_possible_names;
use super::block::Block;
use super::followed::Followed;
use super::identifier::{Confidence, Identifier, Matches};
use super::people::People;
use super::plain::plain_blocks;
use super::references::find_references;
use super::{
    ages, called, combinations, contact, dates, event_days, handles, houses, in_cells,
    named_places, names, numbers, places, unlisted,
};
use crate::text::{ShownBlock, ShownText, Span};

/// Finds all identifiers in a plain `text`, in order; no two overlap.
///
/// `skipped` are ranges that are known to be something else, such as the date of an entry. Matches
/// that overlap one of them are dropped.
#[must_use]
pub fn identifiers(text: &str, skipped: &[Span]) -> Vec<Identifier> {
    let blocks = plain_blocks(text, Span::new(0, text.len()));
    let found = search(&blocks, skipped).found.into_iter();
    found.map(|one| one.identifier).collect()
}

/// The finds of a text.
#[derive(Clone, Debug, Default)]
pub struct SearchedText {
    /// Its identifiers, in order.
    pub found: Vec<ShownIdentifier>,
    /// Other words that are names if another text of the portfolio has them for certain.
    pub possible_names: Vec<ShownIdentifier>,
}

/// Searches a text of which the first part is plain, as front matter is, and all else is in `blocks`.
#[must_use]
pub fn search_shown(
    text: &str,
    plain: Span,
    mut blocks: Vec<ShownBlock>,
    skipped: &[Span],
) -> SearchedText {
    blocks.splice(0..0, plain_blocks(text, plain));
    search(&blocks, skipped)
}

/// A match with its words as they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownIdentifier {
    /// The match. Its span is in the source, and covers the markup between its words.
    pub identifier: Identifier,
    /// Its words.
    pub text: Box<str>,
}

/// The most blocks that are divided into words at a time. Most texts have far fewer; of a longer one
/// the words of all blocks would need many times its size.
const MOST_AT_ONCE: usize = 4_000;

/// The most bytes of blocks that are divided at a time, but for a larger single block.
const MOST_BYTES: usize = 512 * 1024;

/// The end of the blocks that are divided together with the one at `first`.
fn end_of_chunk(sources: &[ShownBlock], first: usize) -> usize {
    let mut bytes = 0;
    let fits = |source: &&ShownBlock| {
        bytes += source.text.text().len();
        bytes <= MOST_BYTES
    };
    let number = sources[first..].iter().take(MOST_AT_ONCE).take_while(fits);
    first + number.count().max(1)
}

fn search(sources: &[ShownBlock], skipped: &[Span]) -> SearchedText {
    let mut search = IdentifierSearch::default();
    let passes = [
        IdentifierSearch::read_people,
        IdentifierSearch::read_identifiers,
        IdentifierSearch::keep_private,
        IdentifierSearch::mark_ordinary,
        IdentifierSearch::follow,
    ];
    if end_of_chunk(sources, 0) >= sources.len() {
        let texts: Vec<LabelledText<'_>> = sources.iter().map(LabelledText::new).collect();
        let chunk = Chunk::new(0, sources, &texts);
        for pass in passes {
            pass(&mut search, &chunk);
        }
    } else {
        for pass in passes {
            let mut first = 0;
            while first < sources.len() {
                let end = end_of_chunk(sources, first);
                let sources = &sources[first..end];
                let texts: Vec<LabelledText<'_>> = sources.iter().map(LabelledText::new).collect();
                pass(&mut search, &Chunk::new(first, sources, &texts));
                first = end;
            }
        }
    }
    let mut found = search.found;
    let mut skipped = skipped.to_vec();
    skipped.sort_unstable();
    let is_skipped = |span: Span| {
        let before = skipped.partition_point(|skipped| skipped.start < span.end);
        let last = skipped[..before].last();
        last.is_some_and(|skipped| skipped.overlaps(span))
    };
    found.retain(|one| !is_skipped(one.identifier.span));
    let mut possible_names = search.possible_names;
    possible_names.retain(|one| !is_skipped(one.identifier.span));
    SearchedText {
        found: keep_surest(found),
        possible_names,
    }
}

/// Blocks of a text, divided into words.
struct Chunk<'a> {
    /// The number of blocks before them.
    first: usize,
    texts: &'a [LabelledText<'a>],
    blocks: Vec<Block<'a>>,
    /// Whether each belongs to a list of references.
    is_reference: Vec<bool>,
}

impl<'a> Chunk<'a> {
    fn new(first: usize, sources: &[ShownBlock], texts: &'a [LabelledText<'a>]) -> Self {
        let blocks: Vec<Block<'_>> = texts.iter().map(|text| Block::new(&text.text)).collect();
        Self {
            first,
            texts,
            is_reference: find_references(sources, &blocks),
            blocks,
        }
    }
}

/// A search in passes over all blocks: each needs what the ones before it found in any block.
#[derive(Default)]
struct IdentifierSearch {
    people: People,
    followed: Followed,
    /// The matches in each block that has any.
    matches: HashMap<usize, Matches>,
    found: Vec<ShownIdentifier>,
    possible_names: Vec<ShownIdentifier>,
}

impl IdentifierSearch {
    fn read_people(&mut self, chunk: &Chunk<'_>) {
        for (block, &is_reference) in chunk.blocks.iter().zip(&chunk.is_reference) {
            self.people.read(block, is_reference);
        }
    }

    fn read_identifiers(&mut self, chunk: &Chunk<'_>) {
        for (at, block) in chunk.blocks.iter().enumerate() {
            let mut matches = Matches::default();
            if chunk.is_reference[at] {
                names::read_titled(block, &mut matches);
            } else {
                read(block, &mut matches);
                self.people.weigh(&matches);
            }
            if !matches.identifiers.is_empty() {
                self.matches.insert(chunk.first + at, matches);
            }
        }
    }

    fn keep_private(&mut self, chunk: &Chunk<'_>) {
        let has_people = self.people.has_people();
        for (at, block) in chunk.blocks.iter().enumerate() {
            let known = self.matches.remove(&(chunk.first + at));
            if known.is_none() && (!has_people || chunk.is_reference[at]) {
                continue;
            }
            let mut matches = known.unwrap_or_default();
            if has_people && !chunk.is_reference[at] {
                numbers::read_unsummed(block, &mut matches);
                called::read(block, &mut matches);
                houses::read(block, &mut matches);
                in_cells::read_cell(block, &mut matches);
                unlisted::read(block, &mut matches);
                in_cells::read_listed(block, &mut matches);
                event_days::read(block, &mut matches);
                combinations::read_told(block, &mut matches);
            }
            self.people.keep_private(block, &mut matches);
            self.followed.add(block, &matches);
            if !matches.identifiers.is_empty() {
                self.matches.insert(chunk.first + at, matches);
            }
        }
    }

    fn mark_ordinary(&mut self, chunk: &Chunk<'_>) {
        let blocks = chunk.blocks.iter();
        blocks.for_each(|block| self.followed.mark_ordinary(block));
    }

    fn follow(&mut self, chunk: &Chunk<'_>) {
        for (at, block) in chunk.blocks.iter().enumerate() {
            let known = self.matches.remove(&(chunk.first + at));
            let mut matches = known.unwrap_or_default();
            if !chunk.is_reference[at] {
                self.followed.find(block, &mut matches);
            }
            let text = &chunk.texts[at];
            if !chunk.is_reference[at] {
                let words = find_possible_names(block, &matches).into_iter();
                let words = words.filter(|one| !self.people.is_author(block, one.span));
                self.possible_names
                    .extend(words.filter_map(|one| text.place(one)));
            }
            let placed = matches.identifiers.into_iter();
            self.found.extend(placed.filter_map(|one| text.place(one)));
        }
    }
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
    combinations::read(block, matches);
    handles::read(block, matches);
    named_places::read(block, matches);
    names::read(block, matches);
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
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

    fn kinds(text: &str) -> Vec<(Kind, Confidence)> {
        let found = identifiers(text, &[]).into_iter();
        found.map(|one| (one.kind, one.confidence)).collect()
    }

    #[test]
    fn no_ordinary_word_switches_a_reader_off() {
        for text in [
            "Mrs Oakapple was changed and washed.",
            "Mrs Oakapple was in real pain.",
            "I shall remember Mrs Oakapple.",
            "The Mrs Oakapple dressing took an hour.",
            "I read the Mrs Oakapple chart.",
            "Mrs Oakapple 1938",
            "I washed Mrs Allen.",
            "I washed Mr Murphy.",
            "I washed Mrs Ward.",
        ] {
            assert_eq!(kinds(text), [(Kind::Name, Confidence::Certain)], "{text}");
        }
        for (text, kind) in [
            (
                "My job was to check 943 476 5919 on the band",
                Kind::NhsNumber,
            ),
            ("In my job I rang 07700 900123", Kind::Phone),
        ] {
            assert_eq!(kinds(text), [(kind, Confidence::Certain)], "{text}");
        }
    }

    #[test]
    fn a_pseudonym_is_declared_by_a_sentence_about_the_name() {
        for text in [
            "I will call her Mrs Oakapple.",
            "Mrs Oakapple is a pseudonym.",
            "Mrs Oakapple (not her real name) sat down.",
            "Mrs Oakapple is not a real person. Mrs Oakapple is 68.",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
        let once = "All names have been changed.\n\nMrs T. sat. I helped Mrs Oakapple.";
        assert_eq!(kinds(once), [(Kind::Name, Confidence::Certain)]);
    }

    #[test]
    fn nothing_is_certain_that_is_not() {
        for text in [
            "At 8 we close the doors",
            "see 10.7748/ns2013.09.28.1.44",
            "NICE CG50 (25 July 2007)",
            "I joined the trust on 2 September 2010",
            "Adobe XMP Core 5.3, 2012/02/06",
            "My unit reference is T/617/4578.",
            "shot@2x.png, 1g@08.00, react@18.2.0",
            "Gibbs (1988) and Benner say so; Betty Neuman and Spencer Wells forceps",
            "We talked about films and books. Then came Mrs Oakapple out of Dickens.",
            "In this scenario from the workbook a simulated Mr Oakapple lives at 1 Any Street.",
        ] {
            let found = identifiers(text, &[]);
            let certain = found
                .iter()
                .any(|one| one.confidence == Confidence::Certain);
            assert!(!certain, "{text}: {found:?}");
        }
    }

    #[test]
    fn ten_digits_behind_nhs_are_likely_whatever_their_sum() {
        for number in [
            "943 476 5918",
            "9434765918",
            "9434-765-918",
            "９４３ ４７６ ５９１８",
        ] {
            let text = format!("NHS number {number} was read");
            assert_eq!(
                kinds(&text),
                [(Kind::NhsNumber, Confidence::Likely)],
                "{number}"
            );
        }
        let text = "her CHI number 310299 0018 was read";
        assert_eq!(kinds(text), [(Kind::ChiNumber, Confidence::Likely)]);
    }

    #[test]
    fn parts_of_a_name_are_followed_through_the_text() {
        let text = "I met Mrs Brindle Oakapple.\n\nLater Oakapple slept.";
        let found = identifiers(text, &[]);
        let words: Vec<&str> = found.iter().map(|one| one.span.of(text)).collect();
        assert_eq!(words, ["Mrs Brindle Oakapple", "Oakapple"]);
        // An ordinary word is followed only where a name is meant.
        let text = "I met Mrs Ward. The ward was full.\n\nWard rounds began when Ward laughed.";
        let found = identifiers(text, &[]);
        let words: Vec<&str> = found.iter().map(|one| one.span.of(text)).collect();
        assert_eq!(words, ["Mrs Ward", "Ward"]);
    }

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
