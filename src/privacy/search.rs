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
