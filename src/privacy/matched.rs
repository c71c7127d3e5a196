//! The words of a match.

use super::block::{Block, Shape, Token};
use super::given::without_possessive;
use super::lists::List;
use crate::text::Span;

/// The last token of a match.
pub(super) fn last_token(block: &Block<'_>, span: Span) -> usize {
    let after = block
        .tokens
        .partition_point(|token| token.span().start < span.end);
    after.saturating_sub(1)
}

/// The words of a match that are names: no titles, roles or particles.
pub(super) fn names_in<'b, 'a>(
    block: &'b Block<'a>,
    span: Span,
) -> impl Iterator<Item = &'b Token<'a>> {
    const PARTICLES: &[&str] = &[
        "and", "de", "van", "von", "der", "del", "bin", "the", "al", "el",
    ];
    let tokens = block.tokens[block.token_at(span.start)..=last_token(block, span)].iter();
    tokens.filter(|token| {
        token.shape != Shape::Number
            && without_possessive(token.text).chars().count() > 2
            && !token.is(List::Title)
            && !token.is(PARTICLES)
    })
}

/// The word of a token without case, marks and a possessive ending.
pub(super) fn lower(token: &Token<'_>) -> String {
    let bare = without_possessive(token.text).to_lowercase();
    if bare.is_ascii() {
        return bare;
    }
    bare.chars().map(without_mark).collect()
}

/// A letter without its mark: Wróblewska is also written Wroblewska.
fn without_mark(letter: char) -> char {
    const MARKED: [(&str, char); 14] = [
        ("àáâãäåāăą", 'a'),
        ("çćĉċč", 'c'),
        ("ďđð", 'd'),
        ("èéêëēĕėęě", 'e'),
        ("ĝğġģ", 'g'),
        ("ìíîïĩīĭį", 'i'),
        ("ĺļľł", 'l'),
        ("ñńņň", 'n'),
        ("òóôõöøōŏő", 'o'),
        ("śŝşšș", 's'),
        ("ţťț", 't'),
        ("ùúûüũūŭůűų", 'u'),
        ("ýÿŷŵẁẃ", 'y'),
        ("źżž", 'z'),
    ];
    if letter.is_ascii() {
        return letter;
    }
    let plain = MARKED.iter().find(|(marked, _)| marked.contains(letter));
    plain.map_or(letter, |(_, plain)| *plain)
}
