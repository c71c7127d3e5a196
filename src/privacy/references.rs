//! Lists of references.

use super::block::{Block, Shape};
use super::candidate::is_name;
use super::lists::List;
use crate::text::ShownBlock;

/// Whether each block belongs to a list of references: it is under such a heading or begins like a
/// reference, and has a year or a publisher.
pub(super) fn find_references(sources: &[ShownBlock], blocks: &[Block<'_>]) -> Vec<bool> {
    let mut is_under = false;
    let in_list = |(source, block): (&ShownBlock, &Block<'_>)| {
        if is_heading_of_references(block) {
            is_under = true;
        } else if source.is_heading {
            is_under = false;
        }
        (is_under && is_printed(block))
            || begins_like_reference(block)
            || is_of_authors(&source.label)
    };
    sources.iter().zip(blocks).map(in_list).collect()
}

/// Whether the heading of a column says that its cells are authors.
fn is_of_authors(label: &str) -> bool {
    const MAKERS: &[&str] = &["author", "authors", "inventor", "developer", "creator"];
    let label = label.to_lowercase();
    let mut words = label.split(|letter: char| !letter.is_alphabetic());
    words.any(|word| MAKERS.contains(&word))
        || ["who made", "made by", "developed by", "designed by"]
            .iter()
            .any(|words| label.contains(words))
}

fn is_heading_of_references(block: &Block<'_>) -> bool {
    const WORDS: &[&str] = &[
        "references",
        "bibliography",
        "reference",
        "sources",
        "works",
        "reading",
    ];
    block.tokens.len() <= 3
        && block.tokens.iter().any(|token| token.is(WORDS))
        && block.tokens.iter().all(|token| {
            token.is(WORDS)
                || token.is(&["list", "cited", "further", "and", "my"])
                || token.digits() > 0
        })
}

fn is_year(block: &Block<'_>, at: usize) -> bool {
    block.get(at).is_some_and(|token| {
        let year = token
            .text
            .trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        year.len() == 4 && (year.starts_with("19") || year.starts_with("20"))
    })
}

fn is_printed(block: &Block<'_>) -> bool {
    !block.quiet.is_empty()
        || (0..block.tokens.len()).any(|at| is_year(block, at) || block.is(at, List::Printed))
}

/// Whether a block begins with authors and a year: `Gibbs, G. (1988)`, `Department of Health (2005)`.
fn begins_like_reference(block: &Block<'_>) -> bool {
    const REACH: usize = 16;
    let has_name = block.tokens.first().is_some_and(is_name);
    let has_initial = block.get(1).is_some_and(|token| {
        token.shape == Shape::Capitals
            && token.text.len() <= 3
            && [", ", " "].contains(&block.gap(1))
    });
    let reach = block.tokens.len().min(REACH);
    let has_year = || {
        (1..reach).any(|at| {
            is_year(block, at) && (block.gap(at).ends_with('(') || block.gap(at).ends_with(". "))
        })
    };
    has_name && has_initial && has_year()
}
