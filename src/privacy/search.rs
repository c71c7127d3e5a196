//! The search for identifiers in one text.

use super::block::Block;
use super::identifier::{Identifier, Matches};
use super::{contact, dates, names, numbers, places};
use crate::text::Span;

/// Finds all identifiers in `text`, in order; no two overlap.
///
/// `skipped` are ranges that are known to be something else, such as the date of an entry. Matches
/// that overlap one of them are dropped.
#[must_use]
pub fn identifiers(text: &str, skipped: &[Span]) -> Vec<Identifier> {
    let mut skipped = skipped.to_vec();
    skipped.sort_unstable();
    let mut matches = Matches::default();
    Block::each(text, |block| read(block, &mut matches));
    let mut identifiers = matches.identifiers;
    identifiers.retain(|one| {
        let before = skipped.partition_point(|skipped| skipped.start < one.span.end);
        !skipped[..before]
            .last()
            .is_some_and(|skipped| skipped.overlaps(one.span))
    });
    identifiers.sort_by_key(|one| one.span);
    identifiers
}

/// Runs the readers, the surest first: of overlapping matches the first is kept.
fn read(block: &Block<'_>, matches: &mut Matches) {
    numbers::read(block, matches);
    contact::read(block, matches);
    dates::read(block, matches);
    places::read(block, matches);
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
            Block::each(&text, |block| {
                read(block, &mut found);
                read(&block.with_all_starts(), &mut all);
            });
            prop_assert_eq!(found.identifiers, all.identifiers);
        }
    }
}
